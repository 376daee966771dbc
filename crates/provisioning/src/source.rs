//! The directory as provisioning reads it: users, groups, and who is assigned to the application.
//!
//! A source object is a bag of attributes under Entra's names (`userPrincipalName`,
//! `extension_<appId>_<name>`), because mappings and filters speak of attributes by name.
//! An absent attribute is null: the directory knows no empty text.

mod attributes;
pub(crate) mod known;

use std::sync::Arc;

pub use self::attributes::{Attributes, Iter, Sharing};
use crate::configuration::ObjectKind;

/// One tenant's users and groups with the application's assignments.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Directory {
    /// Every user that was read, in the order of the source.
    pub users: Vec<SourceObject>,
    /// Every group that was read, in the order of the source.
    pub groups: Vec<SourceObject>,
    /// Who is assigned to the application, and with which role.
    pub assignments: Vec<AppRoleAssignment>,
    /// The roles that the application defines; empty means Default Access only.
    pub app_roles: Vec<AppRole>,
}

impl Directory {
    /// The directory with every guest known by the home address, as attribute mappings see them.
    pub fn with_home_addresses(self: Arc<Self>) -> Arc<Self> {
        let has_suffix = |user: &SourceObject| {
            user.text(PRINCIPAL_NAME).is_some_and(|name| name.contains(GUEST))
        };
        if !self.users.iter().any(has_suffix) {
            return self;
        }
        let mut shared = self;
        // Copied only where somebody else holds it: very many people take much room.
        let directory = Arc::make_mut(&mut shared);
        for user in directory.users.iter_mut().filter(|user| has_suffix(user)) {
            know_guest_by_home_address(&mut user.attributes);
        }
        shared
    }
}

/// The home address in the name of a guest; nothing for other people's names.
pub(crate) fn home_address(name: &str) -> Option<String> {
    let (alias, _) = name.split_once(GUEST)?;
    Some(match alias.rsplit_once('_') {
        Some((local, domain)) if !local.is_empty() && domain.contains('.') => {
            format!("{local}@{domain}")
        }
        _ if alias.is_empty() => return None,
        _ => alias.to_owned(),
    })
}

const PRINCIPAL_NAME: &str = "userPrincipalName";
/// What the name of a B2B guest holds between the home address and the tenant's domain.
const GUEST: &str = "#EXT#";

/// A guest's `ana_contoso.com#EXT#@fabrikam.onmicrosoft.com` provisions as `ana@contoso.com`; the
/// full form is `originalUserPrincipalName`. Other people's names stay as they are.
pub(crate) fn know_guest_by_home_address(attributes: &mut Attributes) {
    let Some(SourceValue::Text(name)) = attributes.get(PRINCIPAL_NAME) else { return };
    let Some(home) = home_address(name) else { return };
    attributes.lend(PRINCIPAL_NAME, "originalUserPrincipalName");
    attributes.insert(PRINCIPAL_NAME.to_owned(), SourceValue::Text(home));
}

/// A user or group of the directory.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceObject {
    /// The directory object id, unique over users and groups.
    pub id: String,
    /// User or group.
    pub kind: ObjectKind,
    /// Attributes by their exact, case-sensitive name; null ones are absent.
    pub attributes: Attributes,
    /// Ids of the direct members, for a group; empty for a user.
    pub members: Vec<String>,
    /// The object was deleted and can still be restored.
    pub soft_deleted: bool,
}

impl SourceObject {
    /// The value of an attribute, or nothing where it is null.
    pub fn get(&self, name: &str) -> Option<&SourceValue> {
        self.attributes.get(name)
    }

    /// The value of a single-valued text attribute.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.attributes.get(name) {
            Some(SourceValue::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// What a person calls it: display name, else user principal name, else id.
    pub fn label(&self) -> &str {
        self.text("displayName").or_else(|| self.text("userPrincipalName")).unwrap_or(&self.id)
    }

    /// `accountEnabled`; an object that does not say counts as enabled.
    pub fn is_enabled(&self) -> bool {
        self.attributes.get("accountEnabled") != Some(&SourceValue::Boolean(false))
    }
}

/// The value of a source attribute.
#[derive(Clone, Debug, PartialEq)]
pub enum SourceValue {
    /// Text; also dates, which the directory holds as ISO 8601 text.
    Text(String),
    /// `true` or `false`.
    Boolean(bool),
    /// A number, in the form in which it was read.
    Number(serde_json::Number),
    /// Several texts, as in `proxyAddresses`.
    List(Vec<String>),
}

/// A role that the application defines (Graph `appRole`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AppRole {
    /// The role's id.
    pub id: String,
    /// The claim value, for example `Admin`; often empty.
    pub value: String,
    /// The name that an administrator picks.
    pub display_name: String,
}

/// The id of the role "Default Access", which every application has.
pub const DEFAULT_ACCESS: &str = "00000000-0000-0000-0000-000000000000";

/// One line under "Users and groups" of the enterprise application (Graph `appRoleAssignment`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppRoleAssignment {
    /// The user or group that is assigned.
    pub principal_id: String,
    /// The role; [`DEFAULT_ACCESS`] where the application defines none.
    pub app_role_id: String,
}
