//! What can stand in a filter: each value is stored, read back, and found by `eq`.

use scim::endpoint::Search;
use scim::filter::Filter;
use scim::path::Path;
use scim::schema::Schemas;
use serde_json::{Value, json};

use crate::behaviour::{Behaviour, behaviours};
use crate::client::Client;
use crate::outcome;
use crate::target::{Each, all, each};

/// A value, and what a search for it by `eq` gives.
type Row = (&'static str, &'static str, Each<&'static str>);

/// `node-scimmy` takes the escapes of JSON in a filter for the characters themselves.
const ROWS: [Row; 22] = [
    ("an_apostrophe", "O'Hara", all("found")),
    ("a_plus", "a+b", all("found")),
    ("an_umlaut", "Müller", all("found")),
    ("a_hash", "#1", all("found")),
    ("a_quote", "say \"hi\"", each("found", "400 invalidFilter", "found")),
    ("a_backslash", "back\\slash", each("found", "nobody", "found")),
    ("a_backslash_before_a_quote", "a\\\"b", each("found", "400 invalidFilter", "found")),
    ("what_looks_like_an_escape", "\\u0041", each("found", "nobody", "found")),
    ("control_characters", "tab\tnew\nline", each("found", "nobody", "found")),
    ("an_ampersand", "a&b=c", all("found")),
    ("a_percent_sign", "100%", all("found")),
    ("what_looks_percent_encoded", "%41", all("found")),
    ("the_delimiters_of_a_url", "a/b;c?d,e:f@g", all("found")),
    ("parentheses_and_brackets", "(x) [y] {z}", all("found")),
    ("words_of_the_grammar", "a and b or not c pr", all("found")),
    ("blanks_at_both_ends", "  x  ", all("found")),
    ("ideographs_and_an_emoji", "日本 😀", all("found")),
    ("a_letter_with_a_combining_mark", "e\u{301}", all("found")),
    ("the_word_null", "null", all("found")),
    ("the_word_true", "true", all("found")),
    ("digits", "0042", all("found")),
    ("nothing", "", each("nobody", "found", "found")),
];

pub(crate) fn behaviours() -> Vec<Behaviour> {
    let rows = ROWS.into_iter().map(|(name, value, expected)| {
        Behaviour::new("values", name, move |client| {
            assert_eq!(search_by(client, value), expected.of(client.column), "{value:?}");
        })
    });
    rows.chain(behaviours![a_name_with_odd_characters_is_matched]).collect()
}

/// Stores a user with this title, and searches by it.
fn search_by(client: &mut Client, value: &str) -> String {
    let id = client.user(json!({ "title": value }));
    let stored = client.get("Users", &id).expect("the user is there");
    assert_eq!(stored.get("title").and_then(Value::as_str), Some(value));
    let filter = Filter::equals(&Path::attribute("title"), value);
    let list = client.search("Users", &Search::filtered(filter.clone()));
    let found = outcome::found(&list);
    if let Ok(list) = list {
        let ids: Vec<&str> = list.resources.iter().filter_map(|user| user.id()).collect();
        let is_judged_alike = filter.matches(&stored, &Schemas::rfc7643());
        assert_eq!(ids, if found == "found" { vec![id.as_str()] } else { Vec::new() });
        assert!(is_judged_alike || found == "nobody" || value.is_empty(), "{filter}");
    }
    found
}

fn a_name_with_odd_characters_is_matched(client: &mut Client) {
    let name = client.fresh_name("O'Hara+Müller #1 & co@example.test");
    let id = client.user(json!({ "userName": name, "externalId": name }));
    for attribute in ["userName", "externalId"] {
        let filter = Filter::equals(&Path::attribute(attribute), &name);
        let list = client.search("Users", &Search::filtered(filter)).expect("a list");
        let ids: Vec<&str> = list.resources.iter().filter_map(|user| user.id()).collect();
        assert_eq!(ids, [id.as_str()], "{attribute}");
    }
}
