//! PATCH: what a provider shows afterwards is what [`apply`] says beforehand.

use scim::message::ScimType;
use scim::patch::{Dialect, PatchRequest, Spelling, apply};
use scim::resource::Resource;
use scim::schema::{ENTERPRISE_USER, GROUP, Returned, Schemas, USER};
use serde_json::{Value, json};

use crate::behaviour::{Behaviour, behaviours};
use crate::client::Client;
use crate::outcome;
use crate::shapes::{PREDICTED, SHAPES, Shape};
use crate::target::Column;

pub(crate) fn behaviours() -> Vec<Behaviour> {
    let spelled = [(Spelling::Lower, ""), (Spelling::Capital, "_in_capitals")];
    let shapes = SHAPES.iter().flat_map(|shape| {
        spelled.map(|(spelling, ending)| {
            let check = move |client: &mut Client| {
                assert_eq!(tried(client, shape, spelling), expected(client, shape, spelling));
            };
            Behaviour::new("patch", &format!("{}{ending}", shape.name), check)
        })
    });
    shapes.chain(behaviours![a_taken_name_is_refused]).collect()
}

/// The outcome that stands in the table; the RFC's column knows operations in lower case only.
fn expected(client: &Client, shape: &Shape, spelling: Spelling) -> String {
    match (client.column, spelling) {
        (Column::Rfc, Spelling::Capital) => "400 invalidSyntax".to_owned(),
        (column, _) => shape.outcome.of(column).to_owned(),
    }
}

/// The two users whom shapes speak of.
struct Cast {
    ada: String,
    bob: String,
}

impl Cast {
    /// A JSON text of a shape, with ids and the URN of the extension in their places.
    fn json(&self, text: &str) -> Value {
        let text = text
            .replace("ADA", &self.ada)
            .replace("BOB", &self.bob)
            .replace("\"E\"", &json!(ENTERPRISE_USER).to_string())
            .replace("\"E:", &format!("\"{ENTERPRISE_USER}:"));
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    /// A text with the two names in the places of their ids.
    fn told(&self, text: &str) -> String {
        text.replace(&self.ada, "ADA").replace(&self.bob, "BOB")
    }
}

/// Creates the resource of a shape, and gives it as the provider shows it.
fn made(client: &mut Client, shape: &Shape, cast: &Cast) -> Resource {
    let mut members = cast.json(shape.before);
    if members.get(ENTERPRISE_USER).is_some() {
        members["schemas"] = json!([USER, ENTERPRISE_USER]);
    }
    let document = match shape.endpoint {
        "Groups" => {
            members["schemas"] = json!([GROUP]);
            members["displayName"] = json!(client.fresh_name("group"));
            members
        }
        _ => client.document(members),
    };
    let made = client.create(shape.endpoint, &document);
    let made = made.unwrap_or_else(|error| panic!("{document} is refused: {error}"));
    client.get(shape.endpoint, made.id().expect("an id")).expect("it is there")
}

/// Sends the operations of a shape, and compares what the provider shows with what is predicted.
fn tried(client: &mut Client, shape: &Shape, spelling: Spelling) -> String {
    let cast = Cast { ada: client.user(json!({})), bob: client.user(json!({})) };
    let before = made(client, shape, &cast);
    let operations = json!({ "Operations": cast.json(shape.operations) });
    let request = PatchRequest::from_value(operations).expect("a request").spelled(spelling);
    cast.told(&compared(client, shape.endpoint, before, &request))
}

/// Sends a request, and compares what the provider shows of the resource with what is predicted.
pub(crate) fn compared(
    client: &mut Client,
    endpoint: &str,
    before: Resource,
    request: &PatchRequest,
) -> String {
    let id = before.id().expect("an id").to_owned();
    let answered = client.patch(endpoint, &id, request);
    let after = client.get(endpoint, &id).expect("it is there");
    match answered {
        Ok(answered) => {
            let otherwise = answered.map(|answered| outcome::otherwise(&after, &answered));
            assert!(otherwise.is_none_or(|members| members.is_empty()), "an answer of its own");
            judged(client, before, request, &after)
        }
        Err(error) => {
            assert_eq!(after, before, "a refused change changes nothing: {error}");
            outcome::refused(&error)
        }
    }
}

/// Whether the provider shows what is predicted, by the RFC's schemas and by its own.
fn judged(
    client: &mut Client,
    before: Resource,
    request: &PatchRequest,
    after: &Resource,
) -> String {
    let dialect = match client.column {
        Column::Rfc => Dialect::Rfc,
        Column::NodeScimmy | Column::PythonScim2 => Dialect::Entra,
    };
    let by = |schemas: &Schemas| match predicted(before.clone(), request, schemas, dialect) {
        Err(refused) => format!("accepted, {refused} by scim"),
        Ok(expected) => match outcome::otherwise(&expected, after) {
            members if members.is_empty() => PREDICTED.to_owned(),
            members => Value::Object(members).to_string(),
        },
    };
    let judged = by(&Schemas::rfc7643());
    assert_eq!(judged, by(client.schemas()), "by the schemas that the provider tells");
    judged
}

/// The resource as it must be shown after a change.
fn predicted(
    mut resource: Resource,
    request: &PatchRequest,
    schemas: &Schemas,
    dialect: Dialect,
) -> Result<Resource, ScimType> {
    apply(&mut resource, request, schemas, dialect).map_err(|error| error.scim_type)?;
    let core = schemas.get(USER);
    resource.as_map_mut().retain(|name, _| {
        let attribute = core.and_then(|core| core.attribute(name));
        attribute.is_none_or(|attribute| attribute.returned != Returned::Never)
    });
    Ok(resource)
}

fn a_taken_name_is_refused(client: &mut Client) {
    let (ada, bob) = (client.user(json!({})), client.user(json!({})));
    let taken = client.get("Users", &ada).expect("she is there").get("userName").cloned();
    let operations = json!([{ "op": "replace", "path": "userName", "value": taken }]);
    let request = PatchRequest::from_value(json!({ "Operations": operations }));
    let refused = client.patch("Users", &bob, &request.expect("a request"));
    assert_eq!(refused.map_err(|error| outcome::refused(&error)), Err("409 uniqueness".to_owned()));
}
