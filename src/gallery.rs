//! The gallery: recipes of real applications, as Microsoft's tutorials describe them.
//!
//! The data is `public/gallery/apps.json`, loaded when the first step opens. A recipe says what an
//! application takes; it never says where a value comes from, because the tutorials do not.

use serde::{Deserialize, Serialize};

/// One application of the gallery; unknown members of the file are passed over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Recipe {
    /// The tutorial's file name without its suffix; unique.
    pub id: String,
    /// The name in the gallery.
    pub name: String,
    /// The tutorial's file in the repository of Microsoft's documentation.
    pub tutorial: String,
    /// `scim`, or `proprietary` where the connector uses the vendor's own interface.
    pub protocol: String,
    /// What to type as tenant URL.
    #[serde(default)]
    pub tenant_url: TenantUrlRecipe,
    /// `bearer`, `basic`, `oauth-authorization-code`, or `oauth-client-credentials`.
    pub auth: String,
    /// What the application's console calls the secret token.
    #[serde(default)]
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
    /// Address of the application's own administration console.
    #[serde(default)]
    pub admin_console: Option<String>,
    /// Menus and buttons in that console, in order.
    #[serde(default)]
    pub console_path: Vec<String>,
    /// Roles that the administrator needs in the application.
    #[serde(default)]
    pub prerequisite_roles: Vec<String>,
    /// What is peculiar.
    #[serde(default)]
    pub notes: Option<String>,
}

/// What the tutorial says about the tenant URL; all empty where it shows none to type.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TenantUrlRecipe {
    /// One fixed address.
    pub value: Option<String>,
    /// An address with `{name}` parts.
    pub template: Option<String>,
    /// What the parts mean.
    pub parameters: Vec<UrlParameter>,
    /// Other addresses: a region, a custom domain.
    pub alternatives: Vec<UrlAlternative>,
    /// The administrator copies it from the application.
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
    #[serde(default)]
    pub required: bool,
    /// The tick in the column "Supported for filtering".
    #[serde(default)]
    pub filterable: bool,
    /// Derived: the attribute that objects are matched by.
    #[serde(default)]
    pub matching: bool,
}

impl Recipe {
    /// Whether the wizard can preview it: SCIM, with attribute tables that are known.
    pub fn is_complete(&self) -> bool {
        self.protocol == "scim" && self.attributes_complete
    }

    /// Address of the tutorial that the recipe was read from.
    pub fn source(&self) -> String {
        let page = self.tutorial.trim_end_matches(".md");
        format!("https://learn.microsoft.com/entra/identity/saas-apps/{page}")
    }

    /// How well the recipe answers a search: lower is better, none is no answer.
    fn rank(&self, words: &[String]) -> Option<usize> {
        let name = self.name.to_lowercase();
        let rank = words.iter().map(|word| {
            if name.starts_with(word.as_str()) {
                Some(0)
            } else if name.split([' ', '-', '(']).any(|part| part.starts_with(word.as_str())) {
                Some(1)
            } else if name.contains(word.as_str()) || self.id.contains(word.as_str()) {
                Some(2)
            } else {
                None
            }
        });
        rank.sum()
    }
}

/// Reads the gallery's file.
///
/// # Errors
/// Says the line and column where the file is not a list of recipes.
pub fn read(text: &str) -> Result<Vec<Recipe>, String> {
    serde_json::from_str(text).map_err(|error| {
        format!(
            "the gallery file is broken at line {}, column {}: {error}; load the page again, or \
             put the original public/gallery/apps.json back",
            error.line(),
            error.column()
        )
    })
}

/// The recipes that answer a search, best first; all of them for an empty one.
pub fn search<'a>(recipes: &'a [Recipe], query: &str) -> Vec<&'a Recipe> {
    let words: Vec<String> = query.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let mut found: Vec<_> = recipes
        .iter()
        .filter_map(|recipe| recipe.rank(&words).map(|rank| (rank, recipe)))
        .collect();
    found.sort_by_key(|(rank, recipe)| (*rank, recipe.name.to_lowercase()));
    found.into_iter().map(|(_, recipe)| recipe).collect()
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
    fn a_search_finds_by_the_start_of_a_word_and_prefers_the_start_of_the_name() {
        let gallery = gallery();
        assert_eq!(search(&gallery, "env")[0].name, "Envoy");
        assert_eq!(search(&gallery, "ENVOY")[0].name, "Envoy");
        assert!(search(&gallery, "cloud identity").iter().any(|r| r.name.contains("SAP")));
        assert!(search(&gallery, "no such application").is_empty());
        assert_eq!(search(&gallery, " ").len(), gallery.len());
    }

    #[test]
    fn a_broken_file_says_where() {
        let fault = read("[{\"id\": 7}]").unwrap_err();
        assert!(fault.contains("line 1, column 9"), "{fault}");
    }
}
