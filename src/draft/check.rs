//! From what was typed to what the engine may use: a sound [`Configuration`], or problems.
//!
//! Runs on every edit, in the page and in the worker, so it builds no regular expression and
//! evaluates nothing.

use std::num::NonZeroU32;

use provisioning::configuration::{Configuration, Connector, ObjectMapping, Scope, TargetActions};
use scim::tenant_url::TenantUrl;
use serde::{Deserialize, Serialize};

use super::place::{Kind, Place};
use super::{Draft, Route};
use crate::route::Step;
use filters::check_filters;
use rows::check_rows;

pub mod address;
mod filters;
mod international;
mod rows;

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

impl Default for Checked {
    /// Nothing was checked yet: nothing is sound, and nothing is known to be wrong.
    fn default() -> Self {
        let configuration = Configuration {
            users: ObjectMapping::empty(Kind::User.into()),
            groups: ObjectMapping::empty(Kind::Group.into()),
            scope: Scope::Assigned,
            skip_out_of_scope_deletions: false,
            accidental_deletions_threshold: None,
            default_domain: None,
            connector: Connector::default(),
        };
        Self {
            configuration,
            is_sound: false,
            row_ids: Default::default(),
            tenant_url: None,
            problems: Vec::new(),
        }
    }
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
        if let Err((message, repair)) = self.connection.authentication.endpoint() {
            problems.push(Problem::new(Place::TokenEndpoint, message, repair));
        }
        self.check_relay(&mut problems);
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
            connector: Connector::default(),
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
                let repair = address::repair(typed, &fault);
                problems.push(Problem::new(Place::TenantUrl, fault.to_string(), repair));
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
        if let Some((message, repair)) = address::broken(url) {
            return Some(Problem::new(Place::TenantUrl, message, repair));
        }
        if self.connection.route == Route::Sandbox || url.is_https() || is_loopback(url.host()) {
            return None;
        }
        Some(Problem::new(
            Place::TenantUrl,
            "the tenant URL does not begin with https",
            "type https://: Entra speaks to an endpoint over TLS 1.2 only",
        ))
    }

    /// The address of a relay that is not in use breaks no rule.
    fn check_relay(&self, problems: &mut Vec<Problem>) {
        if self.connection.route == Route::Relay
            && let Err((message, repair)) = self.connection.relay.address()
        {
            problems.push(Problem::new(Place::RelayAddress, message, repair));
        }
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

    fn check_mapping(&self, kind: Kind, problems: &mut Vec<Problem>) -> (ObjectMapping, Vec<u32>) {
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

pub(super) fn is_loopback(host: &str) -> bool {
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

#[cfg(test)]
mod tests;
