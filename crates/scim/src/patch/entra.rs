//! PATCH requests as Microsoft Entra ID writes them, in the form that it sends by default and in the compliant one.
//!
//! The counterpart of [`Dialect::Entra`](super::Dialect::Entra), which reads them.
//!
//! Sources: "Known issues and resolutions with SCIM 2.0 protocol compliance of the Microsoft Entra provisioning
//! service" (August 2025) and "Tutorial: Develop and plan provisioning for a SCIM endpoint" (September 2026).

use serde_json::{Map, Value, json};

use super::{Op, Operation, PatchRequest, Spelling};
use crate::filter::Filter;
use crate::path::Path;

/// The two forms in which Entra writes a PATCH.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WireForm {
    /// What is sent by default: `Add`, `Replace`, booleans as text, one operation per attribute.
    #[default]
    Legacy,
    /// What the flag `aadOptscim062020` on the tenant URL asks for: the RFC's spelling and types, and one `replace`
    /// without a path for the single-valued attributes.
    Compliant,
}

/// One attribute that is written into a resource that exists.
#[derive(Clone, Debug, PartialEq)]
pub struct Write {
    /// Where, as it stands in the attribute mapping: `name.givenName`, `emails[type eq "work"].value`.
    pub path: String,
    /// What. Booleans are booleans here; the form makes text of them where it must.
    pub value: Value,
    /// Whether the resource has a value there: then it is a `replace`, else an `add`.
    pub replaces: bool,
    /// Whether it never travels in the operation without a path: `active`, which is printed with its path in either
    /// form, and roles.
    pub by_itself: bool,
}

impl WireForm {
    /// Both, the default first.
    pub const ALL: [Self; 2] = [Self::Legacy, Self::Compliant];

    /// The one request that carries these writes; without operations where there are none.
    ///
    /// In the compliant form the operations with a path come first, then the one without.
    pub fn update(self, writes: &[Write]) -> PatchRequest {
        let gathers = |write: &&Write| self == Self::Compliant && write.is_gathered();
        let (gathered, own): (Vec<&Write>, Vec<&Write>) = writes.iter().partition(gathers);
        let mut operations: Vec<Operation> =
            own.into_iter().map(|write| self.operation(write)).collect();
        if !gathered.is_empty() {
            let members: Map<String, Value> = gathered
                .into_iter()
                .map(|write| (write.path.clone(), write.value.clone()))
                .collect();
            let value = Some(Value::Object(members));
            operations.push(Operation { op: Op::Replace, path: None, value });
        }
        self.request(operations)
    }

    /// Sets a manager (or another single reference) in the form that is seen in the field: the whole path, the id as
    /// plain text. [`Self::reference_as_documented`] is the form that the documentation prints.
    pub fn reference(self, path: &Path, id: &str) -> PatchRequest {
        self.request(vec![Operation::add(path, id)])
    }

    /// Sets a manager in the form that the documentation prints: a list of one object.
    pub fn reference_as_documented(self, location: &str, id: &str) -> PatchRequest {
        let value = json!([{ "$ref": location, "value": id }]);
        self.request(vec![Operation::add("manager", value)])
    }

    /// Adds members to a group, all in one operation.
    pub fn members_added<S: AsRef<str>>(self, ids: &[S]) -> PatchRequest {
        self.request(vec![Operation::add("members", listed(ids))])
    }

    /// Removes a member from a group: a list as value in the default form, a value filter in the compliant one.
    pub fn member_removed(self, id: &str) -> PatchRequest {
        self.members_removed(&[id])
    }

    /// Removes members from a group: all in one list in the default form, one operation each in the compliant one,
    /// whose value filters are printed for one member only.
    pub fn members_removed<S: AsRef<str>>(self, ids: &[S]) -> PatchRequest {
        let filtered = |id: &S| {
            let filter = Filter::equals(&Path::attribute("value"), id.as_ref());
            let path = Path { filter: Some(filter.into()), ..Path::attribute("members") };
            Operation::remove(path)
        };
        let operations = match self {
            Self::Legacy => vec![Operation {
                op: Op::Remove,
                path: Some("members".to_owned()),
                value: Some(listed(ids)),
            }],
            Self::Compliant => ids.iter().map(filtered).collect(),
        };
        self.request(operations)
    }

    fn operation(self, write: &Write) -> Operation {
        let value = match (&write.value, self) {
            (Value::Bool(true), Self::Legacy) => Value::from("True"),
            (Value::Bool(false), Self::Legacy) => Value::from("False"),
            (value, _) => value.clone(),
        };
        match write.replaces {
            true => Operation::replace(&write.path, value),
            false => Operation::add(&write.path, value),
        }
    }

    fn request(self, operations: Vec<Operation>) -> PatchRequest {
        PatchRequest::new(operations).spelled(match self {
            Self::Legacy => Spelling::Capital,
            Self::Compliant => Spelling::Lower,
        })
    }
}

impl Write {
    /// A value that is new to the resource.
    pub fn add(path: impl Into<String>, value: impl Into<Value>) -> Self {
        Self { path: path.into(), value: value.into(), replaces: false, by_itself: false }
    }

    /// A value in the place of another.
    pub fn replace(path: impl Into<String>, value: impl Into<Value>) -> Self {
        Self { replaces: true, ..Self::add(path, value) }
    }

    /// The same, in an operation of its own in either form.
    #[must_use]
    pub fn by_itself(self) -> Self {
        Self { by_itself: true, ..self }
    }

    /// Whether it travels in the operation without a path: replaced, single-valued, no value filter.
    fn is_gathered(&self) -> bool {
        self.replaces && !self.by_itself && !self.value.is_array() && !self.path.contains('[')
    }
}

fn listed<S: AsRef<str>>(ids: &[S]) -> Value {
    ids.iter().map(|id| json!({ "value": id.as_ref() })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::PATCH_OP;
    use crate::schema::ENTERPRISE_USER;

    fn sent(request: &PatchRequest, operations: Value) {
        let expected = json!({ "schemas": [PATCH_OP], "Operations": operations });
        assert_eq!(request.to_value().to_string(), expected.to_string());
    }

    #[test]
    fn the_default_form_writes_one_operation_each() {
        let writes = [
            Write::replace("emails[type eq \"work\"].value", "ada@app.example"),
            Write::add("title", "Lead"),
            Write::replace("active", false).by_itself(),
        ];
        let operations = json!([
            { "op": "Replace", "path": "emails[type eq \"work\"].value", "value": "ada@app.example" },
            { "op": "Add", "path": "title", "value": "Lead" },
            { "op": "Replace", "path": "active", "value": "False" },
        ]);
        sent(&WireForm::Legacy.update(&writes), operations);
    }

    #[test]
    fn the_compliant_form_gathers_what_it_replaces() {
        let department = format!("{ENTERPRISE_USER}:department");
        let writes = [
            Write::replace("name.givenName", "Ada"),
            Write::replace("emails[type eq \"work\"].value", "ada@app.example"),
            Write::add("title", "Lead"),
            Write::replace(department.as_str(), "R&D"),
            Write::replace("active", false).by_itself(),
        ];
        let operations = json!([
            { "op": "replace", "path": "emails[type eq \"work\"].value", "value": "ada@app.example" },
            { "op": "add", "path": "title", "value": "Lead" },
            { "op": "replace", "path": "active", "value": false },
            { "op": "replace", "value": { "name.givenName": "Ada", department: "R&D" } },
        ]);
        sent(&WireForm::Compliant.update(&writes), operations);
    }

    #[test]
    fn a_manager_is_written_in_two_ways() {
        let path = Path::parse(&format!("{ENTERPRISE_USER}:manager")).expect("a path");
        let plain =
            json!([{ "op": "Add", "path": format!("{ENTERPRISE_USER}:manager"), "value": "m-1" }]);
        sent(&WireForm::Legacy.reference(&path, "m-1"), plain);
        let listed = json!([{ "op": "add", "path": "manager", "value": [{ "$ref": "../Users/m-1", "value": "m-1" }] }]);
        sent(&WireForm::Compliant.reference_as_documented("../Users/m-1", "m-1"), listed);
    }

    #[test]
    fn members_come_in_a_list_and_go_in_two_ways() {
        let added = json!([{ "op": "Add", "path": "members", "value": [{ "value": "a" }, { "value": "b" }] }]);
        sent(&WireForm::Legacy.members_added(&["a", "b"]), added);
        let removed = json!([{ "op": "Remove", "path": "members", "value": [{ "value": "a" }] }]);
        sent(&WireForm::Legacy.member_removed("a"), removed);
        let removed = json!([{ "op": "remove", "path": "members[value eq \"a\\\"b\"]" }]);
        sent(&WireForm::Compliant.member_removed("a\"b"), removed);
        let both = json!([{ "op": "remove", "path": "members[value eq \"a\"]" },
                          { "op": "remove", "path": "members[value eq \"b\"]" }]);
        sent(&WireForm::Compliant.members_removed(&["a", "b"]), both);
    }
}
