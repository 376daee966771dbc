//! A recipe that somebody else wrote, checked place by place before it is used.
//!
//! The rules are those of `public/gallery/apps.schema.json`, told in sentences; a test holds the
//! two together. Beyond them it is asked whether attributes are SCIM paths and whether the parts of
//! an address are explained.

use scim::path::Path;
use serde_json::{Map, Value};

use super::Recipe;
use form::{Form, Member};

mod form;

/// Something in a recipe that must be mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Line and column, or the way to the member: `userAttributes, entry 3, name`.
    pub place: String,
    /// The rule that is broken.
    pub rule: String,
    /// What to do.
    pub repair: String,
}

impl Fault {
    pub(super) fn new(place: &str, rule: impl Into<String>, repair: impl Into<String>) -> Self {
        let place = if place.is_empty() { "the recipe" } else { place };
        Self { place: place.to_owned(), rule: rule.into(), repair: repair.into() }
    }
}

/// Reads one recipe; a list that holds exactly one is taken too, as the gallery's own file is a list.
///
/// # Errors
/// Every fault that was found.
pub fn read(text: &str) -> Result<Recipe, Vec<Fault>> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        vec![Fault::new(&place, format!("this is no JSON: {error}"), "mend it there")]
    })?;
    let value = match value {
        Value::Array(mut list) if list.len() == 1 => list.remove(0),
        Value::Array(list) => {
            let rule = format!("the file holds {} recipes", list.len());
            return Err(vec![Fault::new("", rule, "keep one recipe in the file")]);
        }
        other => other,
    };
    let faults = faults(&value);
    if !faults.is_empty() {
        return Err(faults);
    }
    serde_json::from_value(value).map_err(|error| {
        vec![Fault::new("", error.to_string(), "compare with a recipe that was saved here")]
    })
}

/// Everything that is wrong with a recipe.
fn faults(recipe: &Value) -> Vec<Fault> {
    let mut faults = Vec::new();
    Form::Object(RECIPE).check("", recipe, &mut faults);
    if let Some(recipe) = recipe.as_object() {
        check_source(recipe, &mut faults);
        check_address(recipe, &mut faults);
        check_paths(recipe, &mut faults);
    }
    faults
}

fn check_source(recipe: &Map<String, Value>, faults: &mut Vec<Fault>) {
    if !recipe.contains_key("tutorial") && !recipe.contains_key("source") {
        let rule = "it does not say where its facts are from";
        let repair = "add `source` with the page and its date, or `tutorial` with the file's name";
        faults.push(Fault::new("source", rule, repair));
    }
}

/// An address is fixed, a template, or given by the administrator; and its parts are explained.
fn check_address(recipe: &Map<String, Value>, faults: &mut Vec<Fault>) {
    let Some(url) = recipe.get("tenantUrl").and_then(Value::as_object) else { return };
    let kinds = ["value", "template", "adminSupplies"];
    let given: Vec<&str> = kinds.into_iter().filter(|kind| url.contains_key(*kind)).collect();
    if let [first, second, ..] = given.as_slice() {
        let rule = format!("it has both `{first}` and `{second}`");
        faults.push(Fault::new("tenantUrl", rule, "keep the one that the administrator needs"));
    }
    let explained: Vec<&str> = listed(url.get("parameters"), "name").collect();
    let template = url.get("template").and_then(Value::as_str);
    for part in template.into_iter().flat_map(parts) {
        if !explained.contains(&part) {
            let rule = format!("nothing says what `{{{part}}}` is");
            let repair = format!("add `{part}` to `parameters`, with where it is found");
            faults.push(Fault::new("tenantUrl, template", rule, repair));
        }
    }
}

/// The names between braces.
fn parts(template: &str) -> impl Iterator<Item = &str> {
    template.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0))
}

/// A member of every object in a list.
fn listed<'a>(list: Option<&'a Value>, name: &'a str) -> impl Iterator<Item = &'a str> {
    let list = list.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(move |entry| entry.get(name)?.as_str())
}

/// The attributes of a SCIM application are SCIM paths, each once. What a tutorial prints is kept
/// as it is printed, slips included.
fn check_paths(recipe: &Map<String, Value>, faults: &mut Vec<Fault>) {
    let is_scim = recipe.get("protocol").and_then(Value::as_str) == Some("scim");
    let is_own = !recipe.contains_key("tutorial");
    for list in ["userAttributes", "groupAttributes"] {
        let mut seen: Vec<String> = Vec::new();
        for (name, number) in listed(recipe.get(list), "name").zip(1_usize..) {
            let place = format!("{list}, entry {number}, name");
            if is_scim
                && is_own
                && let Err(wrong) = Path::parse(name)
            {
                let repair = "write it as SCIM does, such as `emails[type eq \"work\"].value`";
                faults.push(Fault::new(&place, format!("`{name}`: {wrong}"), repair));
            }
            if seen.contains(&name.to_lowercase()) {
                let rule = format!("`{name}` is listed twice");
                faults.push(Fault::new(&place, rule, "keep one of the two"));
            }
            seen.push(name.to_lowercase());
        }
    }
}

const fn must(name: &'static str, form: Form) -> Member {
    Member { name, form, is_required: true }
}

const fn may(name: &'static str, form: Form) -> Member {
    Member { name, form, is_required: false }
}

const RECIPE: &[Member] = &[
    must("id", Form::Id),
    must("name", Form::Words),
    may("publisher", Form::Text),
    may("categories", Form::Texts(&Form::Text, 0)),
    may("tutorial", Form::Page),
    may("source", Form::Words),
    must("protocol", Form::OneOf(&["scim", "proprietary"])),
    must("tenantUrl", Form::Object(TENANT_URL)),
    may("tokenEndpoint", Form::Address),
    must(
        "auth",
        Form::OneOf(&[
            "bearer",
            "oauth-authorization-code",
            "oauth-client-credentials",
            "basic",
            "other",
        ]),
    ),
    may("secretLabel", Form::Text),
    must("capabilities", Form::Object(CAPABILITIES)),
    must("attributesComplete", Form::Flag),
    must("userAttributes", Form::Objects(ATTRIBUTE, 0)),
    must("groupAttributes", Form::Objects(ATTRIBUTE, 0)),
    may("enterpriseExtension", Form::Flag),
    may("customExtensionUrns", Form::Texts(&Form::Urn, 1)),
    may("adminConsole", Form::Web),
    may("consolePath", Form::Texts(&Form::Words, 1)),
    may("prerequisiteRoles", Form::Texts(&Form::Text, 1)),
    may("roleProvisioning", Form::Text),
    may("notes", Form::Text),
];

const TENANT_URL: &[Member] = &[
    may("value", Form::Address),
    may("template", Form::Address),
    may("parameters", Form::Objects(PARAMETER, 1)),
    may("alternatives", Form::Objects(ALTERNATIVE, 1)),
    may("adminSupplies", Form::Yes),
];

const PARAMETER: &[Member] = &[must("name", Form::Letters), must("describe", Form::Words)];

const ALTERNATIVE: &[Member] = &[must("label", Form::Text), must("value", Form::Address)];

const CAPABILITIES: &[Member] = &[
    must("createUsers", Form::Flag),
    must("updateUsers", Form::Flag),
    must("deactivateUsers", Form::Flag),
    may("deleteUsers", Form::Flag),
    must("groups", Form::Flag),
    may("sso", Form::Flag),
    may("importUsers", Form::Flag),
];

const ATTRIBUTE: &[Member] = &[
    must("name", Form::Words),
    must(
        "type",
        Form::OneOf(&["String", "Boolean", "Reference", "DateTime", "Integer", "Array", "List"]),
    ),
    may("matching", Form::Yes),
    may("filterable", Form::Yes),
    may("required", Form::Yes),
];

#[cfg(test)]
mod tests;
