//! What a service provider answered: a list, a resource, nothing, or what went wrong.

mod body;
mod error;

use http::Response;
use serde_json::Value;

pub use self::body::{MAX_BODY, MAX_DEPTH};
pub use self::error::ProtocolError;
use crate::message::ListResponse;
use crate::resource::{Resource, member};

/// Reads the answer to a search.
///
/// # Errors
/// Any status but success, and any body that is no ListResponse.
pub fn list(response: &Response<Vec<u8>>) -> Result<ListResponse, ProtocolError> {
    let value = body::read(response)?.ok_or(ProtocolError::Empty)?;
    read_list(value)
}

/// Reads the answer to a read or a create.
///
/// # Errors
/// Any status but success, and any body that is no resource with an `id`.
pub fn resource(response: &Response<Vec<u8>>) -> Result<Resource, ProtocolError> {
    let value = body::read(response)?.ok_or(ProtocolError::Empty)?;
    read_resource(value)
}

/// Reads the answer to a change or a deletion: the resource as it is now, or nothing.
///
/// # Errors
/// Any status but success, and any body that is neither empty nor a resource.
pub fn nothing(response: &Response<Vec<u8>>) -> Result<Option<Resource>, ProtocolError> {
    body::read(response)?.map(read_resource).transpose()
}

/// Reads a document that is no resource of the service's keeping, such as its configuration.
///
/// # Errors
/// Any status but success, and any body that is not JSON.
pub fn document(response: &Response<Vec<u8>>) -> Result<Value, ProtocolError> {
    body::read(response)?.ok_or(ProtocolError::Empty)
}

fn read_resource(value: Value) -> Result<Resource, ProtocolError> {
    let missing = |missing| ProtocolError::NotAResource { missing };
    let resource = Resource::from_value(value).map_err(|_| missing("a JSON object"))?;
    match resource.id() {
        Some(id) if !id.is_empty() => Ok(resource),
        _ => Err(missing("the member `id`")),
    }
}

/// A list must say how many there are; the other numbers are optional unless there are more pages.
fn read_list(value: Value) -> Result<ListResponse, ProtocolError> {
    let missing = |missing| ProtocolError::NotAList { missing };
    let Value::Object(mut members) = value else {
        return Err(missing("a JSON object"));
    };
    let number = |name: &str| member(&members, name).and_then(Value::as_u64);
    let total_results = number("totalResults").ok_or(missing("the number `totalResults`"))?;
    let (start_index, items_per_page) = (number("startIndex"), number("itemsPerPage"));
    let key = members.keys().find(|key| key.eq_ignore_ascii_case("Resources")).cloned();
    let resources = match key.and_then(|key| members.remove(&key)) {
        Some(Value::Array(items)) => items,
        // A list without hits may leave it out (RFC 7644, section 3.4.2).
        None | Some(Value::Null) if total_results == 0 => Vec::new(),
        _ => return Err(missing("the list `Resources`")),
    };
    let resources: Vec<Resource> = resources
        .into_iter()
        .map(Resource::from_value)
        .collect::<Result<_, _>>()
        .map_err(|_| missing("objects in `Resources`"))?;
    Ok(ListResponse {
        total_results,
        start_index: start_index.unwrap_or(1),
        items_per_page: items_per_page.unwrap_or(resources.len() as u64),
        resources,
    })
}
