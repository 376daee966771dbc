//! The workload's configuration in the engine's words, and its checksums.
//!
//! The workload knows a filter and nothing else: a blocked sign-in keeps nobody out, guests keep the
//! name that they have, and `isSoftDeleted` is an attribute. So its attributes are read under names
//! of their own, which mean nothing to the service, and what leaves is disabled by `IsSoftDeleted`.

use std::fmt::Write;
use std::num::NonZeroU32;

use provisioning::ambient::Ambient;
use provisioning::configuration::default::target_attribute;
use provisioning::configuration::{
    Apply, AttributeMapping, Configuration, Connector, ObjectKind, ObjectMapping, Scope, Source,
    TargetActions,
};
use provisioning::expression::Expression;
use provisioning::expression::value::DateTime;
use provisioning::pipeline::{Accounts, Fate, Layout, People, Pipeline, Plan};
use provisioning::scoping::{Clause, FilterGroup, Operator, ScopingFilter};
use scim::path::Path;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::Trouble;

/// Put before a name of the workload.
const OWN: &str = "extension_";

/// The workload's configuration, ready to run.
pub(crate) fn pipeline(mappings: &str) -> Result<Pipeline, Trouble> {
    let workload: Value = serde_json::from_str(mappings)?;
    let matching = text(&workload["matching"], "target")?;
    let rows = list(&workload, "mappings")?.iter().map(|row| mapping(row, matching));
    let users = ObjectMapping {
        attributes: rows.collect::<Result<_, _>>()?,
        filter: filter(&workload)?,
        ..nothing(ObjectKind::User)
    };
    let configuration = Configuration {
        users,
        groups: ObjectMapping { enabled: false, ..nothing(ObjectKind::Group) },
        scope: Scope::All,
        skip_out_of_scope_deletions: false,
        accidental_deletions_threshold: None,
        default_domain: None,
        connector: Connector::default(),
    };
    let ambient = Ambient { now: DateTime::from_unix_milliseconds(0), seed: 0 };
    Pipeline::new(configuration, ambient).map_err(|why| format!("{why:?}").into())
}

fn nothing(kind: ObjectKind) -> ObjectMapping {
    let (actions, filter) = (TargetActions::default(), ScopingFilter::default());
    ObjectMapping { kind, enabled: true, actions, attributes: Vec::new(), filter }
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

fn filter(workload: &Value) -> Result<ScopingFilter, Trouble> {
    let groups = list(workload, "scope")?.iter().zip(1..).map(|(clauses, number)| {
        let clauses = clauses.as_array().into_iter().flatten().map(clause);
        Ok(FilterGroup {
            name: format!("group {number}"),
            clauses: clauses.collect::<Result<_, Trouble>>()?,
        })
    });
    Ok(ScopingFilter { groups: groups.collect::<Result<_, Trouble>>()? })
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

/// The first eight bytes of a digest.
fn hexadecimal(digest: Sha256) -> String {
    digest.finalize().iter().take(8).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The checksum over the mapped values of whoever is in scope.
pub(crate) fn sha_rows(pipeline: &Pipeline, people: &People) -> String {
    let mut digest = Sha256::new();
    for person in (0..people.len()).filter(|person| pipeline.in_scope(people, *person)) {
        pipeline.texts(people, person, &mut |row, text| {
            if row > 0 {
                digest.update("\u{1f}");
            }
            digest.update(text.unwrap_or("\0"));
        });
        digest.update("\n");
    }
    hexadecimal(digest)
}

/// The counts, and the checksum over what would be written.
pub(crate) fn sha_ops(
    pipeline: &Pipeline,
    people: &People,
    accounts: &Accounts,
    plan: &Plan,
) -> (String, String) {
    let mut digest = Sha256::new();
    let (mut created, mut updated, mut disabled, mut equal, mut in_scope) = (0, 0, 0, 0, 0);
    let verdicts = plan.verdicts().iter().enumerate();
    for (person, verdict) in verdicts {
        in_scope += usize::from(verdict.in_scope);
        let account = verdict.account().map_or("", |account| accounts.id(account));
        let id = people.id(person);
        match verdict.fate {
            Fate::Create => {
                created += 1;
                digest.update(format!("C\t{id}\n"));
            }
            Fate::Update | Fate::Enable => {
                updated += 1;
                digest.update(format!("U\t{id}\t{account}\t{:05x}\n", plan.changed(verdict)));
            }
            Fate::Disable => {
                disabled += 1;
                digest.update(format!("D\t{account}\n"));
            }
            _ => equal += usize::from(verdict.in_scope),
        }
    }
    let rows = pipeline.mapper().rows().count();
    let counts = format!(
        "\"rows\":{rows},\"in_scope\":{in_scope},\"create\":{created},\"update\":{updated},\
         \"disable\":{disabled},\"equal\":{equal}"
    );
    (counts, hexadecimal(digest))
}
