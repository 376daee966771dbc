//! A job's `synchronizationSchema` becomes its two object mappings, whole or not at all.
//!
//! Read is the answer of `GET /servicePrincipals/{id}/synchronization/jobs/{id}/schema`. The scope,
//! the default domain and the deletion threshold stand elsewhere: in the job's secrets and settings.

mod document;

use std::fmt;
use std::num::NonZeroU32;

use scim::path::Path;

use self::document::{Document, Object};
use crate::configuration::default::target_attribute;
use crate::configuration::{
    Apply, AttributeMapping, Connector, ObjectKind, ObjectMapping, Source, TargetActions,
    TargetAttribute, TargetType,
};
use crate::expression::Expression;
use crate::scoping::{Clause, FilterGroup, Operator, ScopingFilter};

/// What a schema says of a job.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    /// How users flow.
    pub users: ObjectMapping,
    /// How groups flow; not enabled where the schema has no mapping for them.
    pub groups: ObjectMapping,
    /// What the template fixes.
    pub connector: Connector,
    /// What the schema says and nothing here evaluates, each with its place.
    pub notes: Vec<String>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SchemaFault {
    /// The place in the document; empty where the whole is meant.
    pub place: String,
    /// What is expected there.
    pub rule: String,
    /// What to do about it.
    pub repair: String,
}

impl fmt::Display for SchemaFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let between = if self.place.is_empty() { "" } else { ": " };
        write!(f, "{}{between}{}; {}", self.place, self.rule, self.repair)
    }
}

impl std::error::Error for SchemaFault {}

/// Reads a schema.
///
/// # Errors
/// Everything that is wrong, each with its place; nothing is applied then.
pub fn read(text: &str) -> Result<Schema, Vec<SchemaFault>> {
    let document: Document =
        serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
            let place = format!("line {}, column {}", error.line(), error.column());
            let whole = error.to_string();
            let rule = whole.split(" at line ").next().unwrap_or_default();
            let repair = "paste the schema as Microsoft Graph returns it, the whole of it";
            let rule = format!("this is no synchronization schema: {rule}");
            vec![SchemaFault { place, rule, repair: repair.to_owned() }]
        })?;
    let mut reading = Reading { document: &document, faults: Vec::new(), notes: Vec::new() };
    let users = reading.object_mapping(ObjectKind::User);
    let groups = reading.object_mapping(ObjectKind::Group);
    let connector = reading.connector();
    if users.is_none() {
        reading.refuse(
            String::new(),
            "no rule maps users to the application",
            "read the schema of a job that provisions to an application",
        );
    }
    match (users, reading.faults) {
        (Some(users), faults) if faults.is_empty() => Ok(Schema {
            users,
            groups: groups.unwrap_or_else(|| nothing(ObjectKind::Group)),
            connector,
            notes: reading.notes,
        }),
        (_, faults) => Err(faults),
    }
}

fn nothing(kind: ObjectKind) -> ObjectMapping {
    ObjectMapping {
        kind,
        enabled: false,
        actions: TargetActions::default(),
        attributes: Vec::new(),
        filter: ScopingFilter::default(),
    }
}

struct Reading<'d> {
    document: &'d Document,
    faults: Vec<SchemaFault>,
    notes: Vec<String>,
}

impl<'d> Reading<'d> {
    fn refuse(&mut self, place: String, rule: impl Into<String>, repair: &str) {
        self.faults.push(SchemaFault { place, rule: rule.into(), repair: repair.to_owned() });
    }

    /// The mapping of one kind, by the rule with the lowest priority that has an enabled one, else
    /// by the first that has one.
    fn object_mapping(&mut self, kind: ObjectKind) -> Option<ObjectMapping> {
        let mut found = Vec::new();
        for (number, rule) in self.document.synchronization_rules.iter().enumerate() {
            for (at, mapping) in rule.object_mappings.iter().enumerate() {
                if mapping.source_object_name.eq_ignore_ascii_case(&kind.to_string()) {
                    let place = format!("synchronizationRules[{number}].objectMappings[{at}]");
                    found.push((!mapping.enabled, rule.priority, place, rule, mapping));
                }
            }
        }
        found.sort_by_key(|(is_off, priority, ..)| (*is_off, *priority));
        let (.., place, rule, mapping) = found.into_iter().next()?;
        let target = self.object(&rule.target_directory_name, &mapping.target_object_name);
        let rows = mapping.attribute_mappings.iter().enumerate().filter_map(|(at, row)| {
            self.row(&format!("{place}.attributeMappings[{at}]"), row, target)
        });
        let attributes = rows.collect();
        let filter = self.filter(&format!("{place}.scope"), mapping.scope.as_ref());
        let allows = |action: &str| {
            let mut allowed = mapping.flow_types.split(',');
            allowed.any(|allowed| allowed.trim().eq_ignore_ascii_case(action))
        };
        let actions = TargetActions {
            create: allows("Add"),
            update: allows("Update"),
            delete: allows("Delete"),
        };
        Some(ObjectMapping { kind, enabled: mapping.enabled, actions, attributes, filter })
    }

    fn object(&self, directory: &str, name: &str) -> Option<&'d Object> {
        let directory = self.document.directories.iter().find(|known| known.name == directory)?;
        directory.objects.iter().find(|known| known.name == name)
    }

    fn row(
        &mut self,
        place: &str,
        row: &document::AttributeMapping,
        object: Option<&Object>,
    ) -> Option<AttributeMapping> {
        let target = self.target(place, &row.target_attribute_name, object)?;
        let apply = match row.flow_type.as_str() {
            "" | "Always" => Apply::Always,
            "ObjectAddOnly" => Apply::OnlyDuringCreation,
            other => {
                self.notes.push(format!("{place}.flowType: `{other}` is evaluated as `Always`"));
                Apply::Always
            }
        };
        let source = match &row.source {
            None => Source::None,
            Some(source) => self.source(&format!("{place}.source"), source)?,
        };
        Some(AttributeMapping {
            target,
            source,
            default_value: row.default_value.clone(),
            matching_precedence: NonZeroU32::new(row.matching_priority),
            apply,
        })
    }

    fn source(&mut self, place: &str, source: &document::Source) -> Option<Source> {
        let bare = |open, close| {
            let inner = source.expression.strip_prefix(open);
            inner.and_then(|rest| rest.strip_suffix(close)).unwrap_or(&source.expression)
        };
        let named = |or: &str| source.name.clone().unwrap_or_else(|| or.to_owned());
        match source.kind.as_str() {
            "" | "Attribute" => Some(Source::Direct(named(bare('[', ']')))),
            "Constant" => Some(Source::Constant(named(bare('"', '"')))),
            "Function" => Some(Source::Expression(Expression::parse(&source.expression))),
            other => {
                self.refuse(
                    format!("{place}.type"),
                    format!("there is no type `{other}` of sources"),
                    "write Attribute, Constant or Function",
                );
                None
            }
        }
    }

    /// A target as the schema's own attribute list describes it.
    fn target(
        &mut self,
        place: &str,
        name: &str,
        object: Option<&Object>,
    ) -> Option<TargetAttribute> {
        let Ok(path) = Path::parse(name) else {
            self.refuse(
                format!("{place}.targetAttributeName"),
                format!("`{name}` is no path of a SCIM attribute"),
                "write it as in emails[type eq \"work\"].value",
            );
            return None;
        };
        let usual = target_attribute(path);
        let known = object.and_then(|object| object.attributes.iter().find(|a| a.name == name));
        let Some(known) = known else { return Some(usual) };
        let is_group = |name: &str| name.ends_with("Group");
        let referenced = known.referenced_objects.iter().map(|object| {
            match is_group(&object.referenced_object_name) {
                true => ObjectKind::Group,
                false => ObjectKind::User,
            }
        });
        Some(TargetAttribute {
            kind: kind(&known.kind),
            required: known.required,
            case_exact: known.case_exact,
            multi_valued: known.multivalued,
            referenced: referenced.collect(),
            ..usual
        })
    }

    fn filter(&mut self, place: &str, scope: Option<&document::Scope>) -> ScopingFilter {
        let Some(scope) = scope else { return ScopingFilter::default() };
        for (name, groups) in [
            ("inputFilterGroups", &scope.input_filter_groups),
            ("categoryFilterGroups", &scope.category_filter_groups),
        ] {
            if !groups.is_empty() {
                self.notes.push(format!("{place}.{name}: experimental, and not evaluated"));
            }
        }
        let mut filter = ScopingFilter::default();
        for (at, group) in scope.groups.iter().enumerate() {
            let clauses = group.clauses.iter().enumerate().filter_map(|(number, clause)| {
                self.clause(&format!("{place}.groups[{at}].clauses[{number}]"), clause)
            });
            let clauses = clauses.collect();
            filter.groups.push(FilterGroup { name: group.name.clone(), clauses });
        }
        filter
    }

    fn clause(&mut self, place: &str, clause: &document::Clause) -> Option<Clause> {
        let name = &clause.operator_name;
        let Some(operator) = Operator::from_name(name) else {
            self.refuse(
                format!("{place}.operatorName"),
                format!("there is no operator `{name}`"),
                "write one of the job's schema/filterOperators",
            );
            return None;
        };
        let operand = clause.target_operand.as_ref();
        Some(Clause {
            attribute: clause.source_operand_name.clone(),
            operator,
            values: operand.map(|operand| operand.values.clone()).unwrap_or_default(),
        })
    }

    /// Leavers are deleted where some user object says that it cannot be disabled.
    fn connector(&self) -> Connector {
        let objects = self.document.directories.iter().flat_map(|directory| &directory.objects);
        let mut entries = objects.flat_map(|object| &object.metadata);
        let is_refused = entries.any(|entry| {
            entry.key == "IsSoftDeletionSupported" && entry.value.eq_ignore_ascii_case("false")
        });
        Connector { soft_delete: !is_refused, ..Connector::default() }
    }
}

/// The type of an attribute; one that is not known is text.
fn kind(name: &str) -> TargetType {
    match name {
        "Boolean" => TargetType::Boolean,
        "Integer" => TargetType::Integer,
        "DateTime" => TargetType::DateTime,
        "Binary" => TargetType::Binary,
        "Reference" => TargetType::Reference,
        _ => TargetType::String,
    }
}

#[cfg(test)]
mod tests;
