//! Filters and paths: what is read, what is refused, who passes.

use std::sync::Arc;

use libtest_mimic::{Failed, Trial};
use scim::filter::Filter;
use scim::path::Path;
use scim::resource::Resource;
use scim::schema::{Attribute, AttributeType, Schema, Schemas};
use serde_json::{Value, json};

use super::{each, same, text};

/// The extension of the vectors' own making.
const LAB: &str = "urn:example:params:scim:schemas:extension:lab:2.0:User";

pub(crate) fn trials(file: &Value) -> Vec<Trial> {
    let schemas = Arc::new(schemas(&file["attributes"]));
    let resources: Arc<Vec<Resource>> =
        Arc::new(serde_json::from_value(file["resources"].clone()).expect("resources"));
    let known = schemas.clone();
    let mut trials =
        each(&file["vectors"], "filter", move |vector| check_filter(vector, &resources, &known));
    trials.extend(each(&file["paths"], "path", check_path));
    let attributes = file["attributes"].clone();
    trials.push(
        Trial::test("attributes", move || check_attributes(&attributes, &schemas))
            .with_kind("schema"),
    );
    trials
}

/// The RFC's schemas and the vectors' extension.
fn schemas(attributes: &Value) -> Schemas {
    let mut lab = Schema { id: LAB.to_owned(), ..Schema::default() };
    for (name, facts) in attributes.as_object().expect("attributes") {
        let Some(name) = name.strip_prefix(LAB).and_then(|rest| rest.strip_prefix(':')) else {
            continue;
        };
        let attribute: Attribute = serde_json::from_value(facts.clone()).expect("an attribute");
        lab.attributes.push(Attribute { name: name.to_owned(), ..attribute });
    }
    let mut schemas = Schemas::rfc7643();
    schemas.insert(lab);
    schemas
}

fn check_attributes(attributes: &Value, schemas: &Schemas) -> Result<(), Failed> {
    for (name, facts) in attributes.as_object().expect("attributes") {
        let path = Path::parse(name)?;
        let attribute = schemas.attribute(&path).ok_or_else(|| format!("`{name}` is not known"))?;
        let found =
            json!({ "type": attribute.attribute_type, "multiValued": attribute.multi_valued });
        same(name, &found, &json!({ "type": facts["type"], "multiValued": facts["multiValued"] }))?;
        if attribute.attribute_type == AttributeType::String {
            same(name, &json!(attribute.case_exact), &facts["caseExact"])?;
        }
    }
    Ok(())
}

fn check_filter(vector: &Value, resources: &[Resource], schemas: &Schemas) -> Result<(), Failed> {
    let parsed = Filter::parse(text(vector, "filter"));
    match text(vector, "kind") {
        "syntax" => {
            return parsed.map_or(Ok(()), |filter| Err(format!("read as `{filter}`").into()));
        }
        "semantic" => {
            let filter = parsed?;
            same("passes nothing", &passing(&filter, resources, schemas), &Vec::new())?;
            return filter
                .resolve(schemas)
                .map_or(Ok(()), |_| Err("accepted by the schemas".into()));
        }
        _ => {}
    }
    let filter = parsed?;
    let expected: Vec<&str> =
        vector["matches"].as_array().expect("matches").iter().filter_map(Value::as_str).collect();
    same("who passes", &passing(&filter, resources, schemas), &expected)?;
    same("printed and read again", &Filter::parse(&filter.to_string())?, &filter)?;
    match vector.get("ast") {
        Some(expected) => same("the tree", &tree(&filter), expected),
        None => Ok(()),
    }
}

fn passing<'r>(filter: &Filter, resources: &'r [Resource], schemas: &Schemas) -> Vec<&'r str> {
    resources
        .iter()
        .filter(|resource| filter.matches(resource, schemas))
        .filter_map(Resource::id)
        .collect()
}

/// The tree as the vectors draw it: `and` and `or` with two arms, the left one growing.
fn tree(filter: &Filter) -> Value {
    let joined = |op: &str, terms: &[Filter]| {
        let arms = terms.iter().map(tree);
        arms.reduce(|left, right| json!({ "op": op, "left": left, "right": right })).expect("terms")
    };
    match filter {
        Filter::And(terms) => joined("and", terms),
        Filter::Or(terms) => joined("or", terms),
        Filter::Not(inner) => json!({ "op": "not", "arg": tree(inner) }),
        Filter::Present(Path { attribute, filter: Some(filter), sub_attribute: None, .. }) => {
            json!({ "op": "valuePath", "attr": attribute, "filter": tree(filter) })
        }
        Filter::Present(path) => json!({ "op": "pr", "attr": path.to_string() }),
        Filter::Compare {
            path: Path { attribute, filter: Some(filter), sub_attribute, .. },
            op,
            value,
        } => {
            let place = tree(filter);
            json!({ "op": op.as_str(), "attr": attribute, "where": place, "sub": sub_attribute, "value": value })
        }
        Filter::Compare { path, op, value } => {
            json!({ "op": op.as_str(), "attr": path.to_string(), "value": value })
        }
    }
}

fn check_path(vector: &Value) -> Result<(), Failed> {
    let written = text(vector, "path");
    let parsed = Path::parse(written);
    if vector["valid"] == json!(false) {
        return parsed.map_or(Ok(()), |path| Err(format!("read as `{path}`").into()));
    }
    let path = parsed?;
    let parts = &vector["parts"];
    let part = |name: &str| parts[name].as_str().map(str::to_owned);
    same("the schema", &path.schema, &part("schema"))?;
    same("the attribute", &Some(path.attribute.clone()), &part("attr"))?;
    same("the sub-attribute", &path.sub_attribute, &part("sub"))?;
    let filter = part("filter").map(|filter| Filter::parse(&filter)).transpose()?;
    same("the value filter", &path.filter.as_deref(), &filter.as_ref())?;
    same("printed", &path.to_string(), &written.to_owned())
}
