//! PATCH: the changes that are asked of one resource (RFC 7644, section 3.5.2).

mod apply;
mod element;
pub mod entra;
mod remove;
mod target;
mod value;

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};

pub use self::apply::apply;
use crate::json;
use crate::message::{PATCH_OP, ScimType};
use crate::resource::member;

/// How many operations a request may have.
pub const MAX_OPERATIONS: usize = 10_000;

/// A PATCH request: operations, applied one after the other, all or none.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(try_from = "Value")]
pub struct PatchRequest {
    /// The operations.
    pub operations: Vec<Operation>,
    /// How their names are spelled on the wire.
    pub spelling: Spelling,
}

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// What to do.
    pub op: Op,
    /// Where, as text; it is read when it is applied. Without it, the value is an object of attributes.
    pub path: Option<String>,
    /// With what. A JSON null is a value; `None` is a member that is not there.
    pub value: Option<Value>,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// Add values; on a single-valued attribute, the same as replace.
    Add,
    /// Replace values.
    Replace,
    /// Remove values.
    Remove,
}

/// How operations are spelled on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spelling {
    /// `add`, `replace`, `remove`: the RFC's.
    #[default]
    Lower,
    /// `Add`, `Replace`, `Remove`: what Entra sends unless the tenant URL carries its compliance flag.
    Capital,
}

/// How strictly a PATCH request is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// As RFC 7644 has it and no other way.
    Rfc,
    /// Entra's shapes are understood too: capital operation names, `"False"` for false, dotted and filtered keys in a
    /// value without path, a value filter that selects nothing in an `Add` or `Replace`, a manager as a plain id or in a list, a
    /// list in a `Remove` of members, a plain value wrapped in a list.
    Entra,
}

/// Why a request was refused. Nothing has been changed then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatchError {
    /// The keyword for the answer, whose status is 400.
    pub scim_type: ScimType,
    /// For people.
    pub detail: String,
    /// The operation at fault; the first is 0.
    pub operation_index: usize,
}

impl PatchRequest {
    /// A request in the RFC's spelling.
    pub fn new(operations: Vec<Operation>) -> Self {
        Self { operations, spelling: Spelling::Lower }
    }

    /// The request with its operations spelled like this.
    #[must_use]
    pub fn spelled(self, spelling: Spelling) -> Self {
        Self { spelling, ..self }
    }

    /// The request as JSON.
    pub fn to_value(&self) -> Value {
        let operations: Vec<Value> =
            self.operations.iter().map(|operation| operation.to_value(self.spelling)).collect();
        serde_json::json!({ "schemas": [PATCH_OP], "Operations": operations })
    }

    /// Reads a request from its bytes.
    ///
    /// # Errors
    /// `invalidSyntax` where they are longer than [`MAX_BODY`](crate::json::MAX_BODY), nested deeper than
    /// [`MAX_DEPTH`](crate::json::MAX_DEPTH), not JSON, or no PATCH request.
    pub fn parse(body: &[u8]) -> Result<Self, PatchError> {
        json::read(body).map_err(|fault| PatchError::malformed(0, fault)).and_then(Self::from_value)
    }

    /// Reads a request. Operation names are read in any case; if any is not in lower case, the spelling is
    /// [`Spelling::Capital`].
    ///
    /// # Errors
    /// `invalidSyntax` where it is no PATCH request.
    pub fn from_value(value: Value) -> Result<Self, PatchError> {
        let list = value
            .as_object()
            .and_then(|members| member(members, "Operations"))
            .and_then(Value::as_array)
            .ok_or_else(|| PatchError::malformed(0, "a PATCH request has a list `Operations`"))?;
        if list.is_empty() {
            return Err(PatchError::malformed(0, "a PATCH request has one operation at least"));
        }
        if list.len() > MAX_OPERATIONS {
            let detail = format!("a PATCH request has {MAX_OPERATIONS} operations at most");
            return Err(PatchError::malformed(MAX_OPERATIONS, detail));
        }
        let mut request = Self::new(Vec::with_capacity(list.len()));
        for (index, item) in list.iter().enumerate() {
            let members = item
                .as_object()
                .ok_or_else(|| PatchError::malformed(index, "an operation is an object"))?;
            let (operation, spelling) =
                Operation::read(members).map_err(|detail| PatchError::malformed(index, detail))?;
            if spelling == Spelling::Capital {
                request.spelling = spelling;
            }
            request.operations.push(operation);
        }
        Ok(request)
    }
}

impl PatchError {
    fn malformed(operation_index: usize, detail: impl fmt::Display) -> Self {
        let detail = detail.to_string();
        Self { scim_type: ScimType::InvalidSyntax, detail, operation_index }
    }
}

impl TryFrom<Value> for PatchRequest {
    type Error = PatchError;

    fn try_from(value: Value) -> Result<Self, PatchError> {
        Self::from_value(value)
    }
}

impl Serialize for PatchRequest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_value().serialize(serializer)
    }
}

impl Operation {
    /// An `add`.
    pub fn add(path: impl fmt::Display, value: impl Into<Value>) -> Self {
        Self { op: Op::Add, path: Some(path.to_string()), value: Some(value.into()) }
    }

    /// A `replace`.
    pub fn replace(path: impl fmt::Display, value: impl Into<Value>) -> Self {
        Self { op: Op::Replace, path: Some(path.to_string()), value: Some(value.into()) }
    }

    /// A `remove`.
    pub fn remove(path: impl fmt::Display) -> Self {
        Self { op: Op::Remove, path: Some(path.to_string()), value: None }
    }

    fn read(members: &Map<String, Value>) -> Result<(Self, Spelling), String> {
        let word = member(members, "op")
            .and_then(Value::as_str)
            .ok_or("an operation has a member `op`")?;
        let op = Op::ALL
            .into_iter()
            .find(|op| word.eq_ignore_ascii_case(op.as_str(Spelling::Lower)))
            .ok_or_else(|| format!("`{word}` is no operation: use add, replace or remove"))?;
        let path = match member(members, "path") {
            None | Some(Value::Null) => None,
            Some(Value::String(path)) => Some(path.clone()),
            Some(_) => return Err("the path of an operation is a string".to_owned()),
        };
        let spelling =
            if word == op.as_str(Spelling::Lower) { Spelling::Lower } else { Spelling::Capital };
        Ok((Self { op, path, value: member(members, "value").cloned() }, spelling))
    }

    /// The operation as it stands in a request.
    pub fn to_value(&self, spelling: Spelling) -> Value {
        let mut members = Map::new();
        members.insert("op".to_owned(), self.op.as_str(spelling).into());
        members.extend(self.path.as_ref().map(|path| ("path".to_owned(), path.as_str().into())));
        members.extend(self.value.as_ref().map(|value| ("value".to_owned(), value.clone())));
        Value::Object(members)
    }
}

impl Op {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Add, Self::Replace, Self::Remove];

    /// The name on the wire.
    pub fn as_str(self, spelling: Spelling) -> &'static str {
        match (self, spelling) {
            (Self::Add, Spelling::Lower) => "add",
            (Self::Add, Spelling::Capital) => "Add",
            (Self::Replace, Spelling::Lower) => "replace",
            (Self::Replace, Spelling::Capital) => "Replace",
            (Self::Remove, Spelling::Lower) => "remove",
            (Self::Remove, Spelling::Capital) => "Remove",
        }
    }
}

impl fmt::Display for PatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "operation {}: {} ({})", self.operation_index + 1, self.detail, self.scim_type)
    }
}

impl std::error::Error for PatchError {}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_request_keeps_its_spelling() {
        let sent = json!({ "schemas": [PATCH_OP], "Operations": [{ "op": "Replace", "path": "active", "value": "False" }] });
        let request: PatchRequest = serde_json::from_value(sent.clone()).expect("a request");
        assert_eq!(request.spelling, Spelling::Capital);
        assert_eq!(request.to_value(), sent);
    }

    #[test]
    fn what_is_no_request_is_named_by_its_operation() {
        let check = |operations: Value, index: usize| {
            let error = PatchRequest::from_value(json!({ "Operations": operations }))
                .expect_err("no request");
            assert_eq!(
                (error.scim_type, error.operation_index),
                (ScimType::InvalidSyntax, index),
                "{error}"
            );
        };
        check(json!(null), 0);
        check(json!([]), 0);
        check(json!([{ "op": "add" }, { "op": "set" }]), 1);
        check(json!([{ "op": "add", "path": 1 }]), 0);
        check(json!(["add"]), 0);
    }

    #[test]
    fn documents_are_bounded() {
        let detail = |body: &[u8]| PatchRequest::parse(body).expect_err("refused").detail;
        let deep = format!(r#"{{"Operations":{}{}}}"#, "[".repeat(64), "]".repeat(64));
        assert_eq!(detail(deep.as_bytes()), "nested deeper than 64 levels");
        assert_eq!(detail(&vec![b' '; 16 * 1024 * 1024 + 1]), "longer than 16777216 bytes");
        assert_eq!(detail(b"{ \"a\": x }"), "not JSON: expected value (byte 7)");
        let many = vec![json!({ "op": "remove", "path": "title" }); MAX_OPERATIONS + 1];
        let many = json!({ "Operations": many }).to_string();
        assert_eq!(detail(many.as_bytes()), "a PATCH request has 10000 operations at most");
        assert!(PatchRequest::parse(br#"{"Operations":[{"op":"remove","path":"a"}]}"#).is_ok());
    }

    #[test]
    fn null_is_a_value_and_no_value_is_none() {
        let read = |operation: Value| {
            PatchRequest::from_value(json!({ "Operations": [operation] }))
                .expect("a request")
                .operations
                .remove(0)
                .value
        };
        assert_eq!(
            read(json!({ "op": "replace", "path": "title", "value": null })),
            Some(Value::Null)
        );
        assert_eq!(read(json!({ "op": "remove", "path": "title" })), None);
    }
}
