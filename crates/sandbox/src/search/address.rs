//! Addresses in a filter: a client writes them as it is shown them, and they are kept without the
//! base.

use scim::filter::Filter;
use scim::path::Path;
use serde_json::Value;

/// The addresses that an answer puts the base before.
const ADDRESSES: [(&str, &str); 3] =
    [("meta", "location"), ("members", "$ref"), ("groups", "$ref")];

/// Takes the base from the addresses that the filter compares with.
pub(super) fn below(filter: &mut Filter, base: &str) {
    within(filter, base, None);
}

/// `holder` is the attribute whose values the filter is asked of, in `members[$ref eq "…"]`.
fn within(filter: &mut Filter, base: &str, holder: Option<&str>) {
    let path = match filter {
        Filter::And(terms) | Filter::Or(terms) => {
            return terms.iter_mut().for_each(|term| within(term, base, holder));
        }
        Filter::Not(inner) => return within(inner, base, holder),
        Filter::Present(path) => path,
        Filter::Compare { path, value: Value::String(text), .. } => {
            let rest = text.strip_prefix(base).filter(|rest| rest.starts_with('/'));
            if let Some(rest) = rest.filter(|_| is_address(path, holder)).map(str::to_owned) {
                *text = rest;
            }
            path
        }
        Filter::Compare { path, .. } => path,
    };
    if let Some(inner) = &mut path.filter {
        within(inner, base, Some(&path.attribute));
    }
}

fn is_address(path: &Path, holder: Option<&str>) -> bool {
    let (attribute, sub_attribute) = match (holder, &path.sub_attribute) {
        (Some(holder), _) => (holder, path.attribute.as_str()),
        (None, Some(sub_attribute)) => (path.attribute.as_str(), sub_attribute.as_str()),
        (None, None) => return false,
    };
    ADDRESSES.iter().any(|(known, part)| {
        known.eq_ignore_ascii_case(attribute) && part.eq_ignore_ascii_case(sub_attribute)
    })
}
