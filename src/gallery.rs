//! The gallery: recipes of real applications, as Microsoft's tutorials describe them.
//!
//! The data is `public/gallery/apps.json`, loaded when the first step opens. A recipe says what an
//! application takes; it never says where a value comes from, because the tutorials do not.
//! [`find`] finds one; [`check`] reads one that somebody else wrote, and [`drafted`] makes one of
//! what an endpoint says of itself.

use serde::{Deserialize, Serialize};

pub mod check;
pub mod drafted;
mod open;
mod prerequisite;
mod search;

pub use prerequisite::Prerequisite;
pub use search::{Capability, Found, Query, find, search};

/// One application of the gallery; unknown members of the file are passed over.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Recipe {
    /// The tutorial's file name without its suffix; unique.
    pub id: String,
    /// The name in the gallery.
    pub name: String,
    /// Who makes it, where the recipe says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// What it is for, where the recipe says so.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// The tutorial's file in the repository of Microsoft's documentation; empty where the recipe
    /// has another source.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub tutorial: String,
    /// Where the facts are from, and of when they are, if not from a tutorial.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// `scim`, or `proprietary` where the connector uses the vendor's own interface.
    pub protocol: String,
    /// What to type as tenant URL.
    #[serde(default)]
    pub tenant_url: TenantUrlRecipe,
    /// `bearer`, `basic`, `oauth-authorization-code`, or `oauth-client-credentials`.
    pub auth: String,
    /// The OAuth token endpoint, where the tutorial gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_endpoint: Option<String>,
    /// What the application's console calls the secret token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_label: Option<String>,
    /// What the tutorial says can be provisioned.
    pub capabilities: Capabilities,
    /// Whether the tutorial's attribute tables could be read as text.
    pub attributes_complete: bool,
    /// The target attributes of users.
    #[serde(default)]
    pub user_attributes: Vec<RecipeAttribute>,
    /// The target attributes of groups.
    #[serde(default)]
    pub group_attributes: Vec<RecipeAttribute>,
    /// Some attribute is one of SCIM 2.0's enterprise extension.
    #[serde(default, skip_serializing_if = "is_not")]
    pub enterprise_extension: bool,
    /// The URNs of other extensions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub custom_extension_urns: Vec<String>,
    /// Address of the application's own administration console.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub admin_console: Option<String>,
    /// Menus and buttons in that console, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub console_path: Vec<String>,
    /// Roles that the administrator needs in the application.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prerequisite_roles: Vec<String>,
    /// The expression or the source that the tutorial names for roles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role_provisioning: Option<String>,
    /// What is peculiar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}

/// What the tutorial says about the tenant URL; all empty where it shows none to type.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TenantUrlRecipe {
    /// One fixed address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// An address with `{name}` parts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
    /// What the parts mean.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<UrlParameter>,
    /// Other addresses: a region, a custom domain.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<UrlAlternative>,
    /// The administrator copies it from the application.
    #[serde(skip_serializing_if = "is_not")]
    pub admin_supplies: bool,
}

impl TenantUrlRecipe {
    /// What the connection step proposes: the fixed address or the template, else nothing.
    pub fn proposal(&self) -> &str {
        self.value.as_deref().or(self.template.as_deref()).unwrap_or_default()
    }
}

/// One `{name}` part of a template.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UrlParameter {
    /// The name between the braces.
    pub name: String,
    /// Where the administrator finds the value.
    pub describe: String,
}

/// One of several addresses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UrlAlternative {
    /// When it applies.
    pub label: String,
    /// The address, possibly with `{name}` parts.
    pub value: String,
}

/// What can be provisioned; absent means that the tutorial does not say so.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Capabilities {
    /// Users are created.
    pub create_users: bool,
    /// Users are changed.
    pub update_users: bool,
    /// Users are removed or disabled.
    pub deactivate_users: bool,
    /// Users are really deleted.
    pub delete_users: bool,
    /// Groups and memberships are provisioned.
    pub groups: bool,
    /// The application also signs on through Entra ID.
    pub sso: bool,
    /// Users are read from the application into Entra ID.
    #[serde(skip_serializing_if = "is_not")]
    pub import_users: bool,
}

/// One row of a tutorial's attribute table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RecipeAttribute {
    /// The SCIM path as printed.
    pub name: String,
    /// The printed type; the few that the portal does not know are read as text.
    #[serde(rename = "type")]
    pub kind: String,
    /// The tick in the column "Required by".
    #[serde(default, skip_serializing_if = "is_not")]
    pub required: bool,
    /// The tick in the column "Supported for filtering".
    #[serde(default, skip_serializing_if = "is_not")]
    pub filterable: bool,
    /// Derived: the attribute that objects are matched by.
    #[serde(default, skip_serializing_if = "is_not")]
    pub matching: bool,
}

impl Recipe {
    /// Whether the wizard can preview it: SCIM, with attribute tables that are known.
    pub fn is_complete(&self) -> bool {
        self.protocol == "scim" && self.attributes_complete
    }

    /// Address of the tutorial that the recipe was read from, if it was.
    pub fn tutorial_address(&self) -> Option<String> {
        let page = self.tutorial.trim_end_matches(".md");
        (!page.is_empty())
            .then(|| format!("https://learn.microsoft.com/entra/identity/saas-apps/{page}"))
    }

    /// The recipe as a file holds it; [`check::read`] reads it back.
    pub fn file(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

/// What is false is left out of a file.
fn is_not(flag: &bool) -> bool {
    !*flag
}

/// An application that the gallery does not hold, as Entra begins it, and what differs then.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct NonGallery {
    /// The recipe that it begins with.
    pub recipe: Recipe,
    /// What differs from an application of the gallery.
    pub differences: Vec<Difference>,
    /// The pages that say so, with their dates.
    pub source: String,
}

/// One thing that differs.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Difference {
    /// The thing.
    pub what: String,
    /// How it is with an application of the gallery.
    pub gallery: String,
    /// How it is with an application of one's own.
    pub own: String,
}

/// Reads the file about applications that the gallery does not hold.
///
/// # Errors
/// Says the line and column where it is broken.
pub fn read_non_gallery(text: &str) -> Result<NonGallery, String> {
    serde_json::from_str(text).map_err(|error| broken("public/gallery/non-gallery.json", &error))
}

/// Reads the gallery's file.
///
/// # Errors
/// Says the line and column where the file is not a list of recipes.
pub fn read(text: &str) -> Result<Vec<Recipe>, String> {
    serde_json::from_str(text).map_err(|error| broken("public/gallery/apps.json", &error))
}

fn broken(file: &str, error: &serde_json::Error) -> String {
    format!(
        "the gallery file is broken at line {}, column {}: {error}; load the page again, or put \
         the original {file} back",
        error.line(),
        error.column()
    )
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn gallery() -> Vec<Recipe> {
        read(include_str!("../public/gallery/apps.json")).unwrap()
    }

    pub(crate) fn envoy() -> Recipe {
        gallery().into_iter().find(|recipe| recipe.id == "envoy").unwrap()
    }

    #[test]
    fn envoy_is_complete_to_the_last_attribute() {
        let envoy = envoy();
        assert!(envoy.is_complete());
        assert_eq!(envoy.user_attributes.len(), 19);
        assert_eq!(envoy.group_attributes.len(), 3);
        assert_eq!(envoy.tenant_url.proposal(), "https://app.envoy.com/scim/v2");
    }

    #[test]
    fn a_broken_file_says_where() {
        let fault = read("[{\"id\": 7}]").unwrap_err();
        assert!(fault.contains("line 1, column 9"), "{fault}");
    }
}
