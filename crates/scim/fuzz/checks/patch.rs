//! What must hold of every PATCH request: all or nothing, no change to what the service provider keeps, and what the
//! RFC allows is allowed alike in Entra's dialect.

use arbitrary::{Result, Unstructured};
use scim::patch::{Dialect, Op, Operation, PatchRequest, apply};
use scim::resource::Resource;

use crate::invented::{self, several};
use crate::residents::{RESIDENTS, SCHEMAS};

const PATHS: [&str; 16] = [
    "userName",
    "title",
    "active",
    "name",
    "name.givenName",
    "emails",
    "emails.value",
    "emails[type eq \"work\"]",
    "emails[type eq \"work\" and primary eq true].value",
    "emails[not (value pr)].display",
    "members",
    "members[value eq \"ada\"]",
    "manager",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value",
    "urn:ietf:params:scim:schemas:core:2.0:User:title",
];

/// Takes JSON as a request, and what begins with a zero as operations and a resource.
pub(crate) fn check(bytes: &[u8]) {
    if let Some(mut input) = invented::drawn(bytes) {
        // Input that ends too early draws nothing.
        let _ = check_drawn(&mut input);
    } else if let Ok(request) = PatchRequest::parse(bytes) {
        check_read(&request);
    }
}

fn check_read(request: &PatchRequest) {
    assert_eq!(PatchRequest::from_value(request.to_value()).as_ref(), Ok(request));
    for resident in RESIDENTS.iter() {
        in_both_dialects(resident, request);
    }
}

fn check_drawn(input: &mut Unstructured<'_>) -> Result<()> {
    let request = PatchRequest::new(several(input, operation)?);
    in_both_dialects(&invented::resource(input)?, &request);
    in_both_dialects(input.choose(&RESIDENTS)?, &request);
    Ok(())
}

fn in_both_dialects(before: &Resource, request: &PatchRequest) {
    let strict = applied(before, request, Dialect::Rfc);
    let tolerant = applied(before, request, Dialect::Entra);
    if strict.is_some() {
        assert_eq!(tolerant, strict, "{} applied to {before:?}", request.to_value());
    }
}

/// The resource afterwards, unless the request is refused.
fn applied(before: &Resource, request: &PatchRequest, dialect: Dialect) -> Option<Resource> {
    let mut after = before.clone();
    match apply(&mut after, request, &SCHEMAS, dialect) {
        Ok(()) => {
            let sent = serde_json::to_vec(&after).expect("a resource can be sent");
            assert_eq!(serde_json::from_slice::<Resource>(&sent).as_ref().ok(), Some(&after));
            assert_eq!(after.get("id"), before.get("id"), "{}", request.to_value());
            Some(after)
        }
        Err(error) => {
            assert_eq!(after, *before, "{error}");
            assert!(error.operation_index < request.operations.len().max(1), "{error}");
            None
        }
    }
}

fn operation(input: &mut Unstructured<'_>) -> Result<Operation> {
    let path = match input.int_in_range(0..=4)? {
        0 => None,
        1 => Some(invented::name(input)?),
        _ => Some((*input.choose(&PATHS)?).to_owned()),
    };
    let value = if input.ratio(7, 8)? { Some(invented::value(input, 3)?) } else { None };
    Ok(Operation { op: *input.choose(&Op::ALL)?, path, value })
}
