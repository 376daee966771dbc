//! Applying a PATCH request to a resource.

use super::{Dialect, PatchError, PatchRequest};
use crate::resource::Resource;
use crate::schema::Schemas;

/// Applies all operations, or none.
///
/// # Errors
/// The first operation that cannot be applied, and why; the resource is unchanged then.
pub fn apply(
    _resource: &mut Resource,
    request: &PatchRequest,
    _schemas: &Schemas,
    _dialect: Dialect,
) -> Result<(), PatchError> {
    match request.operations.first() {
        None => Ok(()),
        Some(_) => Err(PatchError {
            scim_type: crate::message::ScimType::InvalidSyntax,
            detail: "operations are not supported yet".to_owned(),
            operation_index: 0,
        }),
    }
}
