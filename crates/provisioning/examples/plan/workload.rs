//! The workload's configuration in the engine's words, from its own file or as a synchronization
//! schema.
//!
//! The workload knows a filter and nothing else: a blocked sign-in keeps nobody out, guests keep the
//! name that they have, and `isSoftDeleted` is an attribute. So its attributes are read under names
//! of their own, which mean nothing to the service, and what leaves is disabled by `IsSoftDeleted`.

use std::num::NonZeroU32;

use provisioning::ambient::Ambient;
use provisioning::configuration::default::target_attribute;
use provisioning::configuration::{
    Apply, AttributeMapping, Configuration, Connector, ObjectKind, ObjectMapping, Scope, Source,
    TargetActions,
};
use provisioning::expression::Expression;
use provisioning::expression::value::DateTime;
use provisioning::graph::schema::{self, SchemaFault};
use provisioning::pipeline::{Layout, Pipeline};
use provisioning::scoping::{Clause, FilterGroup, Operator, ScopingFilter};
use scim::path::Path;
use serde_json::Value;

use crate::Trouble;

/// Put before a name of the workload.
const OWN: &str = "workload_";

/// A configuration, ready to run.
pub(crate) fn pipeline(configuration: &Configuration) -> Result<Pipeline, Trouble> {
    let ambient = Ambient { now: DateTime::from_unix_milliseconds(0), seed: 0 };
    Pipeline::new(configuration.clone(), ambient).map_err(|why| format!("{why:?}").into())
}

/// The configuration that a file describes, with what of it is not evaluated.
pub(crate) fn configuration(text: &str) -> Result<(Configuration, Vec<String>), Trouble> {
    let file: Value = serde_json::from_str(text)?;
    if file.get("synchronizationRules").is_none() {
        return Ok((of_users(users(&file)?, nothing(ObjectKind::Group)), Vec::new()));
    }
    let told = |faults: Vec<SchemaFault>| faults.iter().map(|fault| format!("{fault}\n")).collect();
    let schema = schema::read(text).map_err(|faults| -> Trouble { String::into(told(faults)) })?;
    let configuration =
        Configuration { connector: schema.connector, ..of_users(schema.users, schema.groups) };
    Ok((configuration, schema.notes))
}

fn of_users(users: ObjectMapping, groups: ObjectMapping) -> Configuration {
    Configuration {
        users,
        groups,
        scope: Scope::All,
        skip_out_of_scope_deletions: false,
        accidental_deletions_threshold: None,
        default_domain: None,
        connector: Connector::default(),
    }
}

fn users(workload: &Value) -> Result<ObjectMapping, Trouble> {
    let matching = text(&workload["matching"], "target")?;
    let rows = list(workload, "mappings")?.iter().map(|row| mapping(row, matching));
    Ok(ObjectMapping {
        enabled: true,
        attributes: rows.collect::<Result<_, _>>()?,
        filter: filter(workload)?,
        ..nothing(ObjectKind::User)
    })
}

fn nothing(kind: ObjectKind) -> ObjectMapping {
    let (actions, filter) = (TargetActions::default(), ScopingFilter::default());
    ObjectMapping { kind, enabled: false, actions, attributes: Vec::new(), filter }
}

/// The slots, each filled from the member without the prefix.
pub(crate) fn layout(pipeline: &Pipeline) -> Layout {
    let names = pipeline.layout().names().to_vec();
    let own = names.iter().filter_map(|name| Some((name, name.strip_prefix(OWN)?)));
    own.fold(pipeline.layout().clone(), |layout, (name, member)| layout.reading(name, member))
        .reading_roles("appRoleAssignments")
}

fn text<'a>(value: &'a Value, name: &str) -> Result<&'a str, Trouble> {
    value[name].as_str().ok_or_else(|| format!("`{name}` must be a text").into())
}

fn list<'a>(value: &'a Value, name: &str) -> Result<&'a Vec<Value>, Trouble> {
    value[name].as_array().ok_or_else(|| format!("`{name}` must be a list").into())
}

fn mapping(row: &Value, matching: &str) -> Result<AttributeMapping, Trouble> {
    let (target, expression) = (text(row, "target")?, text(row, "expr")?);
    let own = expression.replace('[', &format!("[{OWN}"));
    // The same bracket opens a class of characters, and the roles are the service's.
    let own =
        own.replace(&format!("\"[{OWN}"), "\"[").replace(&format!("[{OWN}appRole"), "[appRole");
    let soft_deleted = format!("[{OWN}isSoftDeleted]");
    let own = match own.contains(&soft_deleted) {
        true => format!("IIF([IsSoftDeleted] = \"True\", \"False\", {own})"),
        false => own,
    };
    let own = match own.contains("Item(Split([") {
        // The workload has nothing where the engine finds no such part.
        true => format!("IIF(IsPresent([{}]), {own}, \"\")", first_attribute(&own)),
        false => own,
    };
    let direct = own.strip_prefix('[').and_then(|name| name.strip_suffix(']'));
    let source = match direct.filter(|name| !name.contains(']')) {
        Some(name) => Source::Direct(name.to_owned()),
        None => Source::Expression(Expression::parse(&own)),
    };
    Ok(AttributeMapping {
        target: target_attribute(
            Path::parse(target).map_err(|error| format!("{:?}", error.fault))?,
        ),
        source,
        default_value: None,
        matching_precedence: (target == matching).then_some(NonZeroU32::MIN),
        apply: Apply::Always,
    })
}

fn first_attribute(expression: &str) -> &str {
    let name = expression.split_once('[').and_then(|(_, rest)| rest.split_once(']'));
    name.map_or("", |(name, _)| name)
}

/// The groups; one that compares by NOT EQUALS comes once more for whoever has no value, which the
/// workload lets pass and Entra does not.
fn filter(workload: &Value) -> Result<ScopingFilter, Trouble> {
    let mut filter = ScopingFilter::default();
    for clauses in list(workload, "scope")? {
        let clauses = clauses.as_array().into_iter().flatten().map(clause);
        let clauses = clauses.collect::<Result<Vec<_>, Trouble>>()?;
        let mut without = clauses.clone();
        for clause in without.iter_mut().filter(|clause| clause.operator == Operator::NotEquals) {
            (clause.operator, clause.values) = (Operator::IsNull, Vec::new());
        }
        let alternatives = if without == clauses { vec![clauses] } else { vec![clauses, without] };
        for clauses in alternatives {
            let name = format!("group {}", filter.groups.len() + 1);
            filter.groups.push(FilterGroup { name, clauses });
        }
    }
    Ok(filter)
}

fn clause(clause: &Value) -> Result<Clause, Trouble> {
    let name = text(clause, "op")?;
    let operator =
        Operator::ALL.into_iter().find(|operator| operator.to_string().eq_ignore_ascii_case(name));
    Ok(Clause {
        attribute: format!("{OWN}{}", text(clause, "attr")?),
        operator: operator.ok_or_else(|| format!("there is no operator `{name}`"))?,
        values: vec![text(clause, "value")?.to_owned()],
    })
}
