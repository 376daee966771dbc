//! An expression made ready for many objects, and an object that is made up of stated values.

use std::collections::BTreeMap;

use provisioning::ambient::Ambient;
use provisioning::configuration::{ObjectKind, TargetType};
use provisioning::expression::value::Value;
use provisioning::expression::{EvaluationFault, Expression, Flow, Inputs, Program};
use provisioning::mapping::value::to_json;
use provisioning::source::{AppRole, Attributes, SourceObject, SourceValue};

use super::trace;
use crate::draft::mapping::TargetTypeDraft;
use crate::draft::mapping::unit_test::Literal;
use crate::worker::message::{Found, TraceNode};

/// Computed by the service, so not among an object's attributes.
pub(super) const SOFT_DELETED: &str = "IsSoftDeleted";
/// The same, for the roles with which an object is assigned.
pub(super) const ROLES: &str = "appRoleAssignments";

/// An expression ready to run, or why it is not.
pub(super) struct Prepared {
    program: Result<Program, String>,
    target_type: TargetType,
}

impl Prepared {
    pub(super) fn new(text: &str, target_type: TargetTypeDraft) -> Self {
        let program = Expression::parse(text).compile().map_err(|fault| fault.to_string());
        Self { program, target_type: target_type.into() }
    }

    /// What it gives for one object.
    pub(super) fn run(&self, inputs: &Inputs<'_>) -> Found {
        match &self.program {
            Ok(program) => self.tell(program.evaluate(inputs)),
            Err(why) => Found::Fault(why.clone()),
        }
    }

    fn tell(&self, flow: Result<Flow<'_>, EvaluationFault>) -> Found {
        match flow {
            Err(fault) => Found::Fault(fault.to_string()),
            Ok(Flow::Ignore) => Found::Dropped,
            Ok(Flow::Value(value)) => self.judge(value),
        }
    }

    /// How the result comes about; nothing where the expression cannot be run at all.
    pub(super) fn trace(&self, inputs: &Inputs<'_>) -> Option<TraceNode> {
        self.program.as_ref().ok().map(|program| trace::told(program.trace(inputs)))
    }

    /// What it gives for one object where the application holds some values already.
    pub(super) fn run_unique(&self, inputs: &Inputs<'_>, is_taken: &dyn Fn(&str) -> bool) -> Found {
        match &self.program {
            Ok(program) => self.tell(program.evaluate_unique(inputs, is_taken)),
            Err(why) => Found::Fault(why.clone()),
        }
    }

    /// Empty text is no value: it is not sent. Roles have a form of their own in the application.
    fn judge(&self, value: Value<'_>) -> Found {
        if !matches!(value, Value::Roles(_))
            && let Err(why) = to_json(&value, self.target_type)
        {
            return Found::Fault(why);
        }
        let mut texts = value.into_texts();
        texts.retain(|text| !text.is_empty());
        if texts.is_empty() { Found::Empty } else { Found::Value(texts.join("; ")) }
    }
}

/// The attributes that an expression reads, each once, in the order of the text.
pub(super) fn attributes_of(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in Expression::parse(text).attributes() {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

/// An attribute's value as a test states it.
pub(super) fn literal(inputs: &Inputs<'_>, name: &str) -> Literal {
    match (name, inputs.object.get(name)) {
        (SOFT_DELETED, _) => Literal::Boolean(inputs.is_soft_deleted),
        (ROLES, _) => match inputs.attribute(name).into_texts() {
            roles if roles.is_empty() => Literal::Null,
            roles => Literal::List(roles.into_iter().map(|role| role.into_owned()).collect()),
        },
        (_, None) => Literal::Null,
        (_, Some(SourceValue::Text(text))) => Literal::Text(text.clone()),
        (_, Some(SourceValue::Boolean(flag))) => Literal::Boolean(*flag),
        (_, Some(SourceValue::Number(number))) => Literal::Number(number.clone()),
        (_, Some(SourceValue::List(texts))) => Literal::List(texts.clone()),
    }
}

/// Somebody who is in no directory: made up of stated values.
pub(super) struct Bystander {
    object: SourceObject,
    roles: Vec<AppRole>,
    is_soft_deleted: bool,
}

impl Bystander {
    /// Somebody with these attributes and no others.
    pub(super) fn new(kind: ObjectKind, values: &BTreeMap<String, Literal>) -> Self {
        let object = SourceObject {
            // The examples of the reference that draw by chance are written for this one.
            id: "1".to_owned(),
            kind,
            attributes: Attributes::new(),
            members: Vec::new(),
            soft_deleted: false,
        };
        let mut bystander = Self { object, roles: Vec::new(), is_soft_deleted: false };
        for (name, value) in values {
            bystander.set(name, value);
        }
        bystander
    }

    /// Somebody like this object.
    pub(super) fn like(inputs: &Inputs<'_>) -> Self {
        Self {
            object: inputs.object.clone(),
            roles: inputs.roles.to_vec(),
            is_soft_deleted: inputs.is_soft_deleted,
        }
    }

    /// Gives an attribute another value.
    pub(super) fn set(&mut self, name: &str, value: &Literal) {
        match name {
            SOFT_DELETED => {
                self.is_soft_deleted =
                    value == &Literal::Boolean(true) || value == &Literal::Text("True".to_owned());
            }
            ROLES => self.roles = roles(value),
            _ => match source_value(value) {
                Some(value) => _ = self.object.attributes.insert(name.to_owned(), value),
                None => _ = self.object.attributes.remove(name),
            },
        }
    }

    /// What expressions read for them.
    pub(super) fn inputs<'a>(
        &'a self,
        default_domain: Option<&'a str>,
        ambient: &'a Ambient,
    ) -> Inputs<'a> {
        Inputs {
            object: &self.object,
            roles: &self.roles,
            is_soft_deleted: self.is_soft_deleted,
            default_domain,
            ambient,
        }
    }
}

fn roles(value: &Literal) -> Vec<AppRole> {
    let names = match value {
        Literal::List(names) => names.clone(),
        Literal::Text(name) => vec![name.clone()],
        Literal::Null | Literal::Boolean(_) | Literal::Number(_) => Vec::new(),
    };
    let role = |(number, name): (u32, String)| AppRole {
        id: number.to_string(),
        value: name.clone(),
        display_name: name,
    };
    (1..).zip(names).map(role).collect()
}

/// The directory's form of a value; nothing where it is null.
fn source_value(value: &Literal) -> Option<SourceValue> {
    match value {
        Literal::Null => None,
        Literal::Boolean(flag) => Some(SourceValue::Boolean(*flag)),
        Literal::Number(number) => Some(SourceValue::Number(number.clone())),
        Literal::Text(text) => Some(SourceValue::Text(text.clone())),
        Literal::List(texts) => Some(SourceValue::List(texts.clone())),
    }
}
