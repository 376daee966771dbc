//! From what was typed to what the engine may use: a sound [`Configuration`], or problems.
//!
//! Runs on every edit, in the page and in the worker, so it builds no regular expression and
//! evaluates nothing.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use provisioning::configuration::{
    Apply, AttributeMapping, Configuration, ObjectMapping, Scope, Source, TargetActions,
    TargetAttribute, TargetType,
};
use provisioning::expression::Expression;
use provisioning::scoping::{Arity, Clause, FilterGroup, Operator, ScopingFilter};
use scim::path::Path;
use scim::tenant_url::TenantUrl;
use serde::{Deserialize, Serialize};

use super::mapping::{FilterDraft, MappingDraft, MappingType, Row, TargetTypeDraft};
use super::place::{Kind, Place, RowField};
use super::{Draft, Route};
use crate::route::Step;

/// Something that must be mended: where it stands, which rule it breaks, and the repair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The field.
    pub place: Place,
    /// The rule that is broken, in the administrator's words.
    pub message: String,
    /// What to do.
    pub repair: String,
}

impl Problem {
    fn new(place: Place, message: impl Into<String>, repair: impl Into<String>) -> Self {
        Self { place, message: message.into(), repair: repair.into() }
    }

    /// Both sentences, as a field shows them.
    pub fn sentence(&self) -> String {
        format!("{} – {}", self.message, self.repair)
    }
}

/// What checking a draft gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// Everything that is sound; rows and clauses with a problem are left out.
    pub configuration: Configuration,
    /// Whether nothing was left out of the configuration because of a problem.
    pub is_sound: bool,
    /// The draft's row ids in the order of the configuration's users' and groups' attributes.
    pub row_ids: [Vec<u32>; 2],
    /// The tenant URL, where it can be used.
    pub tenant_url: Option<TenantUrl>,
    /// Everything that is wrong or missing, in the order of the steps.
    pub problems: Vec<Problem>,
}

impl Checked {
    /// The configuration, if nothing stands in the way of running it.
    pub fn sound(&self) -> Option<&Configuration> {
        self.is_sound.then_some(&self.configuration)
    }

    /// The draft's row id of an attribute of the configuration.
    pub fn row_id(&self, kind: Kind, index: usize) -> Option<u32> {
        let [users, groups] = &self.row_ids;
        let ids = match kind {
            Kind::User => users,
            Kind::Group => groups,
        };
        ids.get(index).copied()
    }

    /// The first problem at a place.
    pub fn at(&self, place: &Place) -> Option<&Problem> {
        self.problems.iter().find(|problem| problem.place == *place)
    }

    /// The problems of a step.
    pub fn of(&self, step: Step) -> impl Iterator<Item = &Problem> {
        self.problems.iter().filter(move |problem| problem.place.step() == step)
    }
}

impl Draft {
    /// Checks everything that was typed.
    pub fn check(&self) -> Checked {
        let mut problems = Vec::new();
        self.check_application(&mut problems);
        let tenant_url = self.check_tenant_url(&mut problems);
        self.check_notification(&mut problems);
        let begin = problems.len();
        let threshold = self.check_threshold(&mut problems);
        let (users, user_rows) = self.check_mapping(Kind::User, &mut problems);
        let (groups, group_rows) = self.check_mapping(Kind::Group, &mut problems);
        let is_sound = problems.len() == begin;
        let configuration = Configuration {
            users,
            groups,
            scope: if self.sync_all { Scope::All } else { Scope::Assigned },
            skip_out_of_scope_deletions: self.skip_out_of_scope_deletions,
            accidental_deletions_threshold: threshold,
            default_domain: None,
        };
        let row_ids = [user_rows, group_rows];
        Checked { configuration, is_sound, row_ids, tenant_url, problems }
    }

    fn check_application(&self, problems: &mut Vec<Problem>) {
        match &self.application {
            None => problems.push(Problem::new(
                Place::Application,
                "no application is added",
                "find it in the gallery and choose Add",
            )),
            Some(application) if application.name.trim().is_empty() => problems.push(Problem::new(
                Place::ApplicationName,
                "the application has no name",
                "type the name under which it shall stand in your tenant",
            )),
            Some(_) => {}
        }
    }

    fn check_tenant_url(&self, problems: &mut Vec<Problem>) -> Option<TenantUrl> {
        let typed = self.connection.tenant_url.trim();
        if typed.is_empty() {
            problems.push(Problem::new(
                Place::TenantUrl,
                "there is no tenant URL",
                "type the SCIM base address that the application's console shows",
            ));
            return None;
        }
        if let Some((start, end)) = typed.find('{').zip(typed.find('}'))
            && let Some(name) = typed.get(start..=end)
        {
            problems.push(Problem::new(
                Place::TenantUrl,
                format!("the part `{name}` is a placeholder"),
                "replace it, braces included, by your own value",
            ));
            return None;
        }
        let url = match TenantUrl::parse(typed) {
            Ok(url) => url,
            Err(fault) => {
                problems.push(Problem::new(Place::TenantUrl, fault.to_string(), url_repair(typed)));
                return None;
            }
        };
        if let Some(problem) = self.url_problem(&url) {
            problems.push(problem);
            return None;
        }
        Some(url)
    }

    /// Rules of Entra's Tenant URL field that a legal URL can still break.
    fn url_problem(&self, url: &TenantUrl) -> Option<Problem> {
        let path = url.path().trim_end_matches('/').to_ascii_lowercase();
        let problem = |message, repair| Some(Problem::new(Place::TenantUrl, message, repair));
        if let Some(end) = ["/users", "/groups"].into_iter().find(|end| path.ends_with(end)) {
            let message = format!("the tenant URL ends in `{end}`");
            return problem(message, "end it before: Entra appends /Users and /Groups itself");
        }
        if self.connection.route == Route::Sandbox || url.is_https() || is_loopback(url.host()) {
            return None;
        }
        problem(
            "the tenant URL does not begin with https".to_owned(),
            "type https://: Entra speaks to an endpoint over TLS 1.2 only",
        )
    }

    fn check_notification(&self, problems: &mut Vec<Problem>) {
        let typed = self.connection.notification_email.trim();
        let needed = self.connection.notify || self.connection.prevent_deletions;
        if typed.is_empty() && needed {
            problems.push(Problem::new(
                Place::NotificationEmail,
                "an e-mail is asked for, but there is no address",
                "type an address, or clear the boxes below",
            ));
        } else if !typed.is_empty() && !is_email(typed) {
            problems.push(Problem::new(
                Place::NotificationEmail,
                format!("`{typed}` is not an e-mail address"),
                "type one address such as admin@contoso.com",
            ));
        }
    }

    fn check_threshold(&self, problems: &mut Vec<Problem>) -> Option<NonZeroU32> {
        if !self.connection.prevent_deletions {
            return None;
        }
        let typed = self.connection.deletion_threshold.trim();
        let threshold = typed.parse().ok();
        if threshold.is_none() {
            problems.push(Problem::new(
                Place::DeletionThreshold,
                format!("the threshold `{typed}` is not a whole number above 0"),
                "type a number such as 500",
            ));
        }
        threshold
    }

    fn check_mapping(
        &self,
        kind: Kind,
        problems: &mut Vec<Problem>,
    ) -> (ObjectMapping, Vec<u32>) {
        let draft = self.mapping(kind);
        let enabled = draft.enabled || kind == Kind::User;
        let (mut ids, mut attributes) = (Vec::new(), Vec::new());
        // What is switched off does not stop the walk; it is checked when it is switched on.
        if enabled && self.application.is_some() {
            check_rows(draft, kind, problems);
            let sound = draft.rows.iter().filter_map(|row| Some((row.id, row.sound()?)));
            (ids, attributes) = sound.unzip();
        }
        let mapping = ObjectMapping {
            kind: kind.into(),
            enabled,
            actions: TargetActions {
                create: draft.create,
                update: draft.update,
                delete: draft.delete,
            },
            attributes,
            filter: check_filters(&draft.filters, kind, enabled, problems),
        };
        (mapping, ids)
    }
}

fn check_rows(draft: &MappingDraft, kind: Kind, problems: &mut Vec<Problem>) {
    let mut targets: BTreeMap<String, usize> = BTreeMap::new();
    for (index, row) in draft.rows.iter().enumerate() {
        row.check(kind, problems);
        let key = row.target.trim().to_ascii_lowercase();
        if let Some(first) = targets.get(&key).filter(|_| !key.is_empty()) {
            problems.push(Problem::new(
                Place::Row(kind, row.id, RowField::Target),
                format!("`{}` is mapped in row {} already", row.target, first + 1),
                "keep one of the two rows: a target takes one mapping",
            ));
        } else {
            targets.insert(key, index);
        }
    }
    if !draft.rows.iter().any(|row| row.is_complete() && !row.precedence.trim().is_empty()) {
        problems.push(Problem::new(
            Place::Mapping(kind),
            format!("{} have no matching attribute", kind.plural()),
            "edit a row and give it matching precedence 1, usually userName or displayName",
        ));
    }
}

impl Row {
    fn check(&self, kind: Kind, problems: &mut Vec<Problem>) {
        let mut problem = |field, message: String, repair: &str| {
            problems.push(Problem::new(Place::Row(kind, self.id, field), message, repair));
        };
        let target = self.target.trim();
        if target.is_empty() {
            problem(
                RowField::Target,
                "there is no target attribute".to_owned(),
                "type one, such as displayName",
            );
        } else if let Err(fault) = Path::parse(target) {
            problem(
                RowField::Target,
                format!("`{target}` is not a SCIM path: {fault}"),
                "write it like name.givenName or emails[type eq \"work\"].value",
            );
        } else if target.eq_ignore_ascii_case("id") {
            problem(
                RowField::Target,
                "`id` belongs to the application".to_owned(),
                "choose another target; the application gives the id itself",
            );
        }
        if self.mapping_type == MappingType::Expression && !self.expression.trim().is_empty() {
            let expression = Expression::parse(&self.expression);
            if let Some(fault) = expression.faults().first() {
                let at = 1 + self.expression.get(..fault.span.start).unwrap_or("").chars().count();
                let repair = fault.help.clone();
                problem(
                    RowField::Source,
                    format!("the expression is wrong at character {at}: {}", fault.message),
                    repair.as_deref().unwrap_or("mend it at that place"),
                );
            }
        }
        if self.mapping_type != MappingType::None
            && self.source_text().trim().is_empty()
            && !self.precedence.trim().is_empty()
        {
            problem(
                RowField::Source,
                "a matching attribute needs a source".to_owned(),
                "choose a source attribute, such as userPrincipalName",
            );
        }
        let precedence = self.precedence.trim();
        if !precedence.is_empty() && precedence.parse::<NonZeroU32>().is_err() {
            problem(
                RowField::Precedence,
                format!("the matching precedence `{precedence}` is not a whole number above 0"),
                "type 1 for the attribute that is asked first, or leave it empty",
            );
        }
    }

    /// The row as the engine takes it; a row without a sound source waits and is left out.
    fn sound(&self) -> Option<AttributeMapping> {
        if !self.is_complete() {
            return None;
        }
        let text = self.source_text().trim();
        let source = match self.mapping_type {
            MappingType::Direct => Source::Direct(text.to_owned()),
            // Blanks around a constant are part of it.
            MappingType::Constant => Source::Constant(self.constant.clone()),
            MappingType::Expression => {
                let expression = Expression::parse(&self.expression);
                if !expression.is_sound() {
                    return None;
                }
                Source::Expression(expression)
            }
            MappingType::None => Source::None,
        };
        Some(AttributeMapping {
            target: TargetAttribute {
                path: Path::parse(self.target.trim()).ok()?,
                kind: self.target_type.into(),
                required: self.required,
                case_exact: self.case_exact,
            },
            source,
            default_value: Some(self.default_value.clone()).filter(|text| !text.is_empty()),
            matching_precedence: self.precedence.trim().parse().ok(),
            apply: if self.only_during_creation {
                Apply::OnlyDuringCreation
            } else {
                Apply::Always
            },
        })
    }
}

impl From<TargetTypeDraft> for TargetType {
    fn from(kind: TargetTypeDraft) -> Self {
        match kind {
            TargetTypeDraft::String => Self::String,
            TargetTypeDraft::Boolean => Self::Boolean,
            TargetTypeDraft::Integer => Self::Integer,
            TargetTypeDraft::DateTime => Self::DateTime,
            TargetTypeDraft::Binary => Self::Binary,
            TargetTypeDraft::Reference => Self::Reference,
        }
    }
}

fn check_filters(
    filters: &[FilterDraft],
    kind: Kind,
    enabled: bool,
    problems: &mut Vec<Problem>,
) -> ScopingFilter {
    let mut sound = ScopingFilter::default();
    for (group, filter) in filters.iter().enumerate() {
        if enabled && filter.title.trim().is_empty() {
            problems.push(Problem::new(
                Place::FilterTitle(kind, group),
                "the scoping filter has no title",
                "type one: the provisioning log names filters by it",
            ));
        }
        let clauses = filter.clauses.iter().enumerate().filter_map(|(index, clause)| {
            let operator = Operator::from_name(&clause.operator);
            if operator.is_none() {
                problems.push(Problem::new(
                    Place::Clause(kind, group, index),
                    "the clause has no operator",
                    "choose one from the list",
                ));
            }
            let operator = operator?;
            let values = match operator.arity() {
                Arity::Unary => Vec::new(),
                Arity::Binary => vec![clause.value.clone()],
            };
            Some(Clause { attribute: clause.attribute.trim().to_owned(), operator, values })
        });
        let clauses = clauses.collect();
        sound.groups.push(FilterGroup { name: filter.title.trim().to_owned(), clauses });
    }
    if enabled {
        problems.extend(sound.problems().into_iter().map(|found| {
            let place = match found.clause {
                Some(clause) => Place::Clause(kind, found.group, clause),
                None => Place::FilterTitle(kind, found.group),
            };
            Problem::new(place, found.message, found.repair)
        }));
    }
    sound
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host == "[::1]" || host.starts_with("127.")
}

/// One address: something, one `@`, and a domain with a dot; the rest is the mail server's affair.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    !local.is_empty()
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && domain.contains('.')
        && !text.contains(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>'))
        && !domain.contains('@')
}

fn url_repair(typed: &str) -> &'static str {
    if typed.contains("://") {
        "type it like https://app.envoy.com/scim/v2"
    } else {
        "begin it with https://, like https://app.envoy.com/scim/v2"
    }
}

#[cfg(test)]
mod tests;
