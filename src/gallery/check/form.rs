//! What a member of a recipe may hold, and the sentence where it holds something else.

use serde_json::{Map, Value};

use super::Fault;

/// A member of an object.
pub(super) struct Member {
    pub(super) name: &'static str,
    pub(super) form: Form,
    pub(super) is_required: bool,
}

/// What a value looks like.
pub(super) enum Form {
    /// Any text.
    Text,
    /// A text that is not empty.
    Words,
    /// Small letters, digits and hyphens.
    Id,
    /// A file of the documentation.
    Page,
    /// An https address, or one that begins with a part that the administrator fills in.
    Address,
    /// An address of the web.
    Web,
    /// A schema's name.
    Urn,
    /// Letters alone.
    Letters,
    /// One of several words.
    OneOf(&'static [&'static str]),
    /// `true` or `false`.
    Flag,
    /// `true`, or the member is left out.
    Yes,
    /// A list of texts, at least so many.
    Texts(&'static Form, usize),
    /// An object.
    Object(&'static [Member]),
    /// A list of objects, at least so many.
    Objects(&'static [Member], usize),
}

impl Form {
    /// Adds what is wrong with a value at its place.
    pub(super) fn check(&self, place: &str, value: &Value, faults: &mut Vec<Fault>) {
        match (self, value) {
            (Self::Object(members), Value::Object(object)) => {
                check_members(place, members, object, faults);
            }
            (Self::Objects(members, least), Value::Array(list)) => {
                check_list(place, &Self::Object(members), *least, list, faults);
            }
            (Self::Texts(each, least), Value::Array(list)) => {
                check_list(place, each, *least, list, faults);
            }
            (Self::Flag, Value::Bool(_)) | (Self::Yes, Value::Bool(true)) => {}
            (_, Value::String(text)) if self.takes(text) => {}
            _ => {
                let rule = format!("{} stands where {} belongs", told(value), self.expected());
                faults.push(Fault::new(place, rule, self.repair()));
            }
        }
    }

    fn takes(&self, text: &str) -> bool {
        let all =
            |text: &str, is_legal: fn(char) -> bool| !text.is_empty() && text.chars().all(is_legal);
        let is_small = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        match self {
            Self::Text => true,
            Self::Words => !text.is_empty(),
            Self::Id => all(text, is_small) && !text.starts_with('-'),
            Self::Page => text.strip_suffix(".md").is_some_and(|stem| all(stem, is_small)),
            Self::Address => text.starts_with("https://") || begins_with_part(text),
            Self::Web => text.starts_with("https://") || text.starts_with("http://"),
            Self::Urn => text.starts_with("urn:"),
            Self::Letters => all(text, |c| c.is_ascii_alphabetic()),
            Self::OneOf(words) => words.contains(&text),
            _ => false,
        }
    }

    fn expected(&self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Words => "a text that is not empty",
            Self::Id => "an id of small letters, digits and hyphens",
            Self::Page => "the name of a tutorial's file",
            Self::Address => {
                "an address that begins with `https://` or with a part such as `{name}/`"
            }
            Self::Web => "an address that begins with `https://`",
            Self::Urn => "a name that begins with `urn:`",
            Self::Letters => "a name of letters alone",
            Self::OneOf(_) => "a known word",
            Self::Flag => "`true` or `false`",
            Self::Yes => "`true`",
            Self::Texts(..) | Self::Objects(..) => "a list",
            Self::Object(_) => "an object",
        }
    }

    fn repair(&self) -> String {
        match self {
            Self::OneOf(words) => format!("write one of `{}`", words.join("`, `")),
            Self::Yes => "write `true`, or leave the member out".to_owned(),
            Self::Page => "write it like `envoy-provisioning-tutorial.md`".to_owned(),
            Self::Address => "write the whole address of the SCIM base".to_owned(),
            _ => format!("write {}", self.expected()),
        }
    }
}

/// `{domain}/scim`: letters in braces and a slash.
fn begins_with_part(text: &str) -> bool {
    let part = text.strip_prefix('{').and_then(|rest| rest.split_once("}/"));
    part.is_some_and(|(name, _)| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic()))
}

fn check_members(
    place: &str,
    members: &[Member],
    object: &Map<String, Value>,
    faults: &mut Vec<Fault>,
) {
    for member in members {
        match object.get(member.name) {
            Some(value) => member.form.check(&below(place, member.name), value, faults),
            None if member.is_required => {
                let rule = format!("`{}` is missing", member.name);
                let repair = format!("add it: {}", member.form.expected());
                faults.push(Fault::new(place, rule, repair));
            }
            None => {}
        }
    }
    for name in object.keys().filter(|name| members.iter().all(|member| member.name != **name)) {
        let known: Vec<&str> = members.iter().map(|member| member.name).collect();
        let repair = format!("take it out, or write one of `{}`", known.join("`, `"));
        faults.push(Fault::new(place, format!("a recipe knows no `{name}` here"), repair));
    }
}

fn check_list(place: &str, each: &Form, least: usize, list: &[Value], faults: &mut Vec<Fault>) {
    if list.len() < least {
        faults.push(Fault::new(place, "the list is empty", "leave it out, or fill it"));
    }
    for (entry, number) in list.iter().zip(1_usize..) {
        each.check(&below(place, &format!("entry {number}")), entry, faults);
    }
    // The schema says where no entry may stand twice; attributes are compared by name elsewhere.
    if matches!(each, Form::Urn) && (1..list.len()).any(|at| list[..at].contains(&list[at])) {
        faults.push(Fault::new(place, "an entry stands twice", "keep one of the two"));
    }
}

fn below(place: &str, name: &str) -> String {
    if place.is_empty() { name.to_owned() } else { format!("{place}, {name}") }
}

/// A value in a few words.
fn told(value: &Value) -> String {
    match value {
        Value::String(text) => format!("`{text}`"),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        other => format!("`{other}`"),
    }
}
