//! How well a candidate fits what was typed: as its beginning, at the beginning of a word in it,
//! or scattered over it. Case never counts.

use super::{Candidate, Completion};

/// How well a label fits, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// The label is it.
    Exact,
    /// The label begins with it.
    Prefix,
    /// A word of the label begins with it, or the words' first letters do.
    WordStart,
    /// Its letters stand in the label in this order.
    Subsequence,
}

/// The candidates that fit, the best first.
pub(super) fn sort(fragment: &str, candidates: Vec<Candidate>) -> Vec<Completion> {
    let mut fitting: Vec<(Fit, Candidate)> = candidates
        .into_iter()
        .filter_map(|candidate| Some((fit(fragment, &candidate.1.label)?, candidate)))
        .collect();
    // What was typed is a larger part of a short name; where nothing was, the order is kept.
    let length = |item: &Completion| if fragment.is_empty() { 0 } else { item.label.len() };
    fitting.sort_by_key(|(fit, (rank, item))| (*fit, *rank, item.kind, length(item)));
    fitting.into_iter().map(|(_, (_, item))| item).collect()
}

fn fit(fragment: &str, label: &str) -> Option<Fit> {
    let fragment: Vec<char> = fragment.chars().map(|c| c.to_ascii_lowercase()).collect();
    let letters: Vec<char> = label.chars().map(|c| c.to_ascii_lowercase()).collect();
    if letters.starts_with(&fragment) {
        let is_whole = letters.len() == fragment.len();
        return Some(if is_whole { Fit::Exact } else { Fit::Prefix });
    }
    let starts = word_starts(label);
    let initials: Vec<char> = starts.iter().filter_map(|at| letters.get(*at)).copied().collect();
    let begins_word = |at: &usize| letters.get(*at..).is_some_and(|l| l.starts_with(&fragment));
    if initials.starts_with(&fragment) || starts.iter().any(begins_word) {
        return Some(Fit::WordStart);
    }
    let mut rest = letters.iter();
    let is_scattered = fragment.iter().all(|wanted| rest.any(|letter| letter == wanted));
    is_scattered.then_some(Fit::Subsequence)
}

/// Where the words of `userPrincipalName` and `extension_app_name` begin, in characters.
fn word_starts(label: &str) -> Vec<usize> {
    let mut before = '_';
    let mut starts = Vec::new();
    for (at, c) in label.chars().enumerate() {
        let follows_gap = !before.is_alphanumeric() && c.is_alphanumeric();
        if follows_gap || (c.is_uppercase() && !before.is_uppercase()) {
            starts.push(at);
        }
        before = c;
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_fit_better_than_words_and_words_better_than_letters() {
        let check = |fragment, label, expected| assert_eq!(fit(fragment, label), expected);
        check("", "mail", Some(Fit::Prefix));
        check("MAIL", "mail", Some(Fit::Exact));
        check("USER", "userPrincipalName", Some(Fit::Prefix));
        check("name", "userPrincipalName", Some(Fit::WordStart));
        check("upn", "userPrincipalName", Some(Fit::WordStart));
        check("badge", "extension_1a_badge", Some(Fit::WordStart));
        check("srnm", "surname", Some(Fit::Subsequence));
        check("names", "surname", None);
    }
}
