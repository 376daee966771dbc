//! Matching attributes by precedence: the filters to ask, and what an answer means.
//!
//! Matching attributes are alternatives: the first that finds an object ends the search. A server
//! that answers with somebody else is noticed, because what it returned is compared with what was
//! asked.

use scim::endpoint::Search;
use scim::filter::Filter;
use scim::message::ListResponse;
use scim::path::Path;
use scim::resource::Resource;

use crate::configuration::ObjectKind;
use crate::mapping::value::as_text;
use crate::mapping::{Desired, Mapper, Yield};
use crate::planning::compare::{fold, is_same_text};

/// One question to the application: who has this value?
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// Index of the matching row.
    pub row: usize,
    /// The target attribute that is asked for.
    pub path: Path,
    /// The value that is looked for.
    pub value: String,
    /// Whether letter case tells values apart.
    pub case_exact: bool,
}

/// What an answer to a [`Query`] means.
#[derive(Clone, Debug, PartialEq)]
pub enum Match {
    /// Nobody has the value.
    Nobody,
    /// One object has it.
    One(Resource),
    /// Several objects have it; the ids of those that came.
    Several(Vec<String>),
    /// Objects came that do not have the value: the server ignores or loosens the filter.
    FilterIgnored {
        /// How many came.
        returned: usize,
        /// The value of the first one that does not fit, as far as it has one.
        example: Option<String>,
    },
    /// Objects came whose value is the one that was asked for in another case, with blanks, or as a
    /// part of it: the server compares more loosely than `eq` on this attribute does.
    ComparedLoosely {
        /// The first value that is not the one that was asked for.
        example: String,
    },
    /// A group came with its members although they were excluded.
    MembersReturned,
    /// The answer contradicts itself; the sentence says how.
    Unreadable(String),
}

/// The questions for one object, lowest precedence first; rows without a value ask nothing.
pub fn queries(mapper: &Mapper, desired: &Desired) -> Vec<Query> {
    questions(mapper, |row| desired.rows.get(row).cloned().unwrap_or(Yield::Null))
}

/// The same where only the matching rows are worth computing.
pub fn questions(mapper: &Mapper, yields: impl Fn(usize) -> Yield) -> Vec<Query> {
    mapper
        .matching()
        .iter()
        .filter_map(|index| {
            let row = mapper.mapping().attributes.get(*index)?;
            let Yield::Value(value) = yields(*index) else { return None };
            let (path, case_exact) = (row.target.path.clone(), row.target.case_exact);
            as_text(&value).map(|value| Query { row: *index, path, value, case_exact })
        })
        .collect()
}

/// A search as Entra sends it: groups without their members.
pub fn search(kind: ObjectKind, path: &Path, value: &str) -> Search {
    Search {
        filter: Some(Filter::equals(path, value)),
        excluded_attributes: excluded(kind),
        ..Search::default()
    }
}

/// The attributes that Entra never wants to see when it asks for an object of this kind.
pub fn excluded(kind: ObjectKind) -> Vec<String> {
    match kind {
        ObjectKind::User => Vec::new(),
        ObjectKind::Group => vec!["members".to_owned()],
    }
}

/// What the answer to a question means.
///
/// An object that comes without the attribute cannot be compared with what was asked. It is taken
/// for a match where the application has shown that it honours filters (`is_trusted`), and for a
/// stranger where it has not.
pub fn judge(kind: ObjectKind, query: &Query, list: ListResponse, is_trusted: bool) -> Match {
    let is_stranger = |found: &&Resource| !has_value(found, query).unwrap_or(is_trusted);
    if let Some(stranger) = list.resources.iter().find(is_stranger) {
        let returned = list.resources.len();
        let example = stranger.text(&query.path);
        let mut strangers = list.resources.iter().filter(is_stranger);
        return match example {
            Some(example) if strangers.all(|found| is_similar(found, query)) => {
                Match::ComparedLoosely { example }
            }
            example => Match::FilterIgnored { returned, example },
        };
    }
    let returned = list.resources.len();
    let mut found = list.resources.into_iter();
    match (found.next(), returned) {
        (None, _) if list.total_results > 0 => Match::Unreadable(format!(
            "the application counts {} results but returns none of them",
            list.total_results
        )),
        (None, _) => Match::Nobody,
        (Some(one), 1) if list.total_results < 2 => one_match(kind, one),
        (Some(one), _) => {
            let ids = std::iter::once(one).chain(found);
            Match::Several(ids.filter_map(|each| each.id().map(str::to_owned)).collect())
        }
    }
}

fn one_match(kind: ObjectKind, one: Resource) -> Match {
    if one.id().is_none_or(str::is_empty) {
        return Match::Unreadable("the object that was found has no id".to_owned());
    }
    if has_members(kind, &one) {
        return Match::MembersReturned;
    }
    Match::One(one)
}

/// Whether a group came with members although they were excluded.
pub fn has_members(kind: ObjectKind, resource: &Resource) -> bool {
    let members = resource.get("members").and_then(|members| members.as_array());
    kind == ObjectKind::Group && members.is_some_and(|members| !members.is_empty())
}

/// Whether an object has the value that was asked for; nothing where it came without the attribute.
fn has_value(found: &Resource, query: &Query) -> Option<bool> {
    let texts: Vec<String> = found.values(&query.path).into_iter().filter_map(as_text).collect();
    let is_asked = |text: &String| is_same_text(text, &query.value, query.case_exact);
    (!texts.is_empty()).then(|| texts.iter().any(is_asked))
}

/// Whether an object has a value that somebody who compares loosely takes for the one asked for.
fn is_similar(found: &Resource, query: &Query) -> bool {
    let wanted = fold(query.value.trim());
    let texts = found.values(&query.path).into_iter().filter_map(as_text);
    texts.into_iter().any(|text| fold(&text).contains(&wanted))
}

/// The first character of a matching value that is known to break filters in some applications
/// (known issue: users with special characters in the matching value, September 2026).
pub fn special_character(value: &str) -> Option<char> {
    value.chars().find(|c| !c.is_ascii_alphanumeric() && !matches!(c, '@' | '.' | '-' | '_' | ' '))
}

#[cfg(test)]
mod tests;
