//! Addresses with `{name}` parts: what stands in each part of an address that was typed, and the
//! address with other values in them.

use crate::gallery::TenantUrlRecipe;

/// A part that is not filled in stands as it is in the template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The name between the braces.
    pub name: String,
    /// Where the administrator finds the value.
    pub describe: String,
    /// What was typed for it; empty while the braces still stand.
    pub value: String,
}

/// The template of a recipe that an address was made from, with its parts. Nothing where it was
/// made from none.
pub fn parts(recipe: &TenantUrlRecipe, address: &str) -> Option<(String, Vec<Part>)> {
    if recipe.value.as_deref() == Some(address.trim()) {
        return None;
    }
    let others = recipe.alternatives.iter().map(|other| &other.value);
    let templates = recipe.template.iter().chain(others);
    templates.filter(|template| template.contains('{')).find_map(|template| {
        let values = values(template, address.trim())?;
        let part = |(name, value): (&str, &str)| Part {
            name: name.to_owned(),
            describe: describe(recipe, name),
            value: if value == format!("{{{name}}}") { String::new() } else { value.to_owned() },
        };
        Some((template.clone(), values.into_iter().map(part).collect()))
    })
}

fn describe(recipe: &TenantUrlRecipe, name: &str) -> String {
    let known = recipe.parameters.iter().find(|parameter| parameter.name == name);
    known.map(|parameter| parameter.describe.clone()).unwrap_or_default()
}

/// The template with values in place of its parts; an empty value leaves the part as it is.
pub fn fill<'a>(template: &str, values: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    values.into_iter().fold(template.to_owned(), |filled, (name, value)| match value.trim() {
        "" => filled,
        value => filled.replace(&format!("{{{name}}}"), value),
    })
}

/// What an address has in the place of each part, each name once. Nothing where the address is not
/// of this form, or has two values for one name.
fn values<'a>(template: &'a str, address: &'a str) -> Option<Vec<(&'a str, &'a str)>> {
    let mut found: Vec<(&str, &str)> = Vec::new();
    let (mut pattern, mut rest) = (template, address);
    while let Some((before, (name, after))) =
        pattern.split_once('{').and_then(|(before, tail)| Some((before, tail.split_once('}')?)))
    {
        rest = rest.strip_prefix(before)?;
        // The value reaches to what follows the part in the template.
        let next = after.split('{').next().unwrap_or_default();
        let end = if next.is_empty() { rest.len() } else { rest.find(next)? };
        let (value, behind) = rest.split_at_checked(end)?;
        match found.iter().find(|(known, _)| *known == name) {
            Some((_, known)) if *known != value => return None,
            Some(_) => {}
            None => found.push((name, value)),
        }
        (pattern, rest) = (after, behind);
    }
    (pattern == rest && found.iter().all(|(_, value)| !value.is_empty())).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gallery::tests::gallery;

    fn recipe(id: &str) -> TenantUrlRecipe {
        gallery().into_iter().find(|recipe| recipe.id == id).unwrap().tenant_url
    }

    fn told(id: &str, address: &str) -> Option<Vec<(String, String)>> {
        let (_, parts) = parts(&recipe(id), address)?;
        Some(parts.into_iter().map(|part| (part.name, part.value)).collect())
    }

    fn pairs(pairs: &[(&str, &str)]) -> Option<Vec<(String, String)>> {
        Some(pairs.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect())
    }

    #[test]
    fn what_stands_in_each_part_is_found() {
        let snowflake = "https://acme.west-europe.azure.snowflakecomputing.com/scim/v2";
        let both = [("account", "acme"), ("region", "west-europe")];
        assert_eq!(told("snowflake", snowflake), pairs(&both));
        let half = "https://{account}.west.azure.snowflakecomputing.com/scim/v2";
        assert_eq!(told("snowflake", half), pairs(&[("account", ""), ("region", "west")]));
        let twice = "https://api.acme.ghe.com/scim/v2/enterprises/acme";
        assert_eq!(told("github-enterprise-managed-user", twice), pairs(&[("subdomain", "acme")]));
        let uneven = "https://api.acme.ghe.com/scim/v2/enterprises/other";
        assert_eq!(told("github-enterprise-managed-user", uneven), None);
        assert_eq!(told("snowflake", "https://other.example/scim"), None);
        assert_eq!(told("envoy", "https://app.envoy.com/scim/v2"), None);
    }

    #[test]
    fn every_template_of_the_gallery_can_be_filled_and_read_back() {
        let mut count = 0;
        for recipe in gallery() {
            let proposal = recipe.tenant_url.proposal();
            let Some((template, parts)) = parts(&recipe.tenant_url, proposal) else { continue };
            count += 1;
            assert!(parts.iter().all(|part| part.value.is_empty()), "{proposal}: {parts:?}");
            let all_told = parts.iter().all(|part| !part.describe.is_empty());
            assert!(all_told, "{proposal}: {parts:?}");
            let filled = fill(&template, parts.iter().map(|part| (part.name.as_str(), "acme")));
            assert!(!filled.contains('{'), "{filled}");
            let read = super::parts(&recipe.tenant_url, &filled).unwrap().1;
            assert!(read.iter().all(|part| part.value == "acme"), "{filled}: {read:?}");
        }
        assert_eq!(count, 14, "the gallery has so many templates");
    }

    #[test]
    fn an_empty_value_leaves_the_braces() {
        let template = "https://{a}.example/{b}";
        assert_eq!(fill(template, [("a", " x "), ("b", "")]), "https://x.example/{b}");
    }
}
