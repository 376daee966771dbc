//! Regular expressions as .NET writes them, on an engine whose backtracking is bounded.
//!
//! `fancy-regex` has what .NET patterns need (lookaround, named and lazy groups) and stops after a
//! fixed amount of work. Where its syntax gives a piece of a .NET pattern another meaning,
//! [`dialect::translate`] rewrites that piece, and what .NET does not know, or is not evaluated here,
//! [`dotnet_regex`] refuses. Known to remain: `$` does not match before a final line feed.

mod class;
mod dialect;

use std::fmt;
use std::ops::Range;

use fancy_regex::{Captures, Regex, RegexBuilder};

use self::class::Class;
use crate::dotnet_regex::{self, Objection};

/// Steps after which a match is given up; a harmless pattern needs a few hundred.
const BACKTRACK_LIMIT: usize = 200_000;
/// Bytes that a compiled pattern may take.
const SIZE_LIMIT: usize = 2 << 20;
/// Instructions that a pattern may need where backtracking is needed.
const PROGRAM_LIMIT: usize = 50_000;
/// Bytes of the longest text that is searched with look-around: each step of it may look at all
/// of the text. Everything else is searched in time that grows with the text alone.
const TEXT_LIMIT: usize = 1 << 13;

/// Bytes that may be searched for all matches in a text: thousands in the longest, and all in any
/// that a directory holds.
const SEARCH_LIMIT: usize = 1 << 28;

/// A regular expression, ready to search.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    regex: Regex,
    /// The class of characters that it is, where it is nothing else.
    class: Option<Class>,
    /// Whether it has what only backtracking finds.
    looks_around: bool,
    /// Whether something in it may be as long as the text.
    repeats: bool,
}

/// Why a pattern cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PatternProblem {
    /// It cannot be built; what the engine says about it.
    Syntax(String),
    /// A match took too many steps.
    GaveUp,
    /// A replacement grew too large.
    TooLarge,
    /// The text is longer than this pattern may be searched in.
    TextTooLong,
}

impl Pattern {
    /// Builds a pattern from .NET's syntax.
    pub(crate) fn new(pattern: &str) -> Result<Self, PatternProblem> {
        if let Some(Objection { piece, repair, is_dotnet }) = dotnet_regex::objection(pattern) {
            let problem = match is_dotnet {
                true => "is not evaluated here",
                false => "has no meaning in .NET",
            };
            return Err(PatternProblem::Syntax(format!("`{piece}` {problem}; {repair}")));
        }
        let regex = RegexBuilder::new(&dialect::translate(pattern))
            .backtrack_limit(BACKTRACK_LIMIT)
            .delegate_size_limit(SIZE_LIMIT)
            .max_prog_size(PROGRAM_LIMIT)
            .build()
            .map_err(|error| PatternProblem::Syntax(first_line(&error.to_string())))?;
        Ok(Self {
            class: Class::new(pattern, |text| regex.is_match(text).unwrap_or_default()),
            looks_around: dialect::looks_around(pattern),
            repeats: pattern.contains(['*', '+', '{']),
            regex,
        })
    }

    /// The same pattern, made to match whole texts only.
    pub(crate) fn anchored(pattern: &str) -> Result<Self, PatternProblem> {
        Self::new(&format!(r"\A(?:{pattern})\z"))
    }

    /// Whether the pattern is found anywhere in the text.
    pub(crate) fn is_found_in(&self, text: &str) -> Result<bool, PatternProblem> {
        self.check_length(text)?;
        self.regex.is_match(text).map_err(|_| PatternProblem::GaveUp)
    }

    /// Whether the pattern has a group of this name.
    pub(crate) fn has_group(&self, name: &str) -> bool {
        self.regex.capture_names().flatten().any(|known| known == name)
    }

    /// What a named group captures in the first match; nothing where it takes no part.
    pub(crate) fn capture<'t>(
        &self,
        text: &'t str,
        group: &str,
    ) -> Result<Option<&'t str>, PatternProblem> {
        self.check_length(text)?;
        let captures = self.regex.captures(text).map_err(|_| PatternProblem::GaveUp)?;
        Ok(captures.and_then(|captures| captures.name(group)).map(|found| found.as_str()))
    }

    /// Puts a replacement in the place of each match; `$1`, `${name}`, `$&` and `$$` are expanded.
    /// Nothing where there is no match.
    pub(crate) fn replace(
        &self,
        text: &str,
        replacement: &str,
        limit: usize,
    ) -> Result<Option<String>, PatternProblem> {
        if replacement.contains('$') {
            return self.rewrite(text, limit, |captures, output| {
                let whole = captures.get(0).map_or(0..0, |found| found.range());
                expand(replacement, captures, output);
                whole
            });
        }
        // Without references it is enough to know where the matches are.
        self.check_length(text)?;
        let rewriting = Rewriting::new(self, text, limit);
        if let Some(matches) = self.class.as_ref().and_then(|class| class.matches(text)) {
            return rewriting.put(replacement, matches.map(Ok));
        }
        let matches = self.regex.find_iter(text);
        let gave_up = |_| PatternProblem::GaveUp;
        rewriting.put(replacement, matches.map(|found| Ok(found.map_err(gave_up)?.range())))
    }

    /// Puts a replacement in the place of what a named group captures, and keeps the rest of
    /// each match. Nothing where there is no match.
    pub(crate) fn replace_group(
        &self,
        text: &str,
        group: &str,
        replacement: &str,
        limit: usize,
    ) -> Result<Option<String>, PatternProblem> {
        self.rewrite(text, limit, |captures, output| {
            let whole = captures.get(0).map_or(0..0, |found| found.range());
            let Some(part) = captures.name(group).map(|found| found.range()) else {
                output.push_str(text.get(whole.clone()).unwrap_or_default());
                return whole;
            };
            output.push_str(text.get(whole.start..part.start).unwrap_or_default());
            expand(replacement, captures, output);
            output.push_str(text.get(part.end..whole.end).unwrap_or_default());
            whole
        })
    }

    fn rewrite(
        &self,
        text: &str,
        limit: usize,
        write: impl Fn(&Captures<'_, str>, &mut String) -> Range<usize>,
    ) -> Result<Option<String>, PatternProblem> {
        self.check_length(text)?;
        let mut rewriting = Rewriting::new(self, text, limit);
        for captures in self.regex.captures_iter(text) {
            let captures = captures.map_err(|_| PatternProblem::GaveUp)?;
            rewriting.keep_until(captures.get(0).map_or(0, |found| found.start()));
            let whole = write(&captures, &mut rewriting.output);
            rewriting.go_on_at(whole.end)?;
        }
        Ok(rewriting.finish())
    }

    /// Refuses long texts where the engine may look at all of them at every character.
    fn check_length(&self, text: &str) -> Result<(), PatternProblem> {
        let is_long = self.looks_around && text.len() > TEXT_LIMIT;
        if is_long { Err(PatternProblem::TextTooLong) } else { Ok(()) }
    }
}

/// A text while its matches are replaced.
struct Rewriting<'t> {
    text: &'t str,
    limit: usize,
    output: String,
    /// Bytes that one search may look at.
    reach: usize,
    /// Bytes that were looked at, at the most.
    searched: usize,
    /// Up to where the text was taken over; nothing before the first match.
    kept: Option<usize>,
}

impl<'t> Rewriting<'t> {
    fn new(pattern: &Pattern, text: &'t str, limit: usize) -> Self {
        let reach = if pattern.repeats { text.len() } else { 0 };
        Self { text, limit, output: String::new(), reach, searched: 0, kept: None }
    }

    /// Puts the same in the place of each match.
    fn put(
        mut self,
        replacement: &str,
        matches: impl Iterator<Item = Result<Range<usize>, PatternProblem>>,
    ) -> Result<Option<String>, PatternProblem> {
        for found in matches {
            let found = found?;
            self.keep_until(found.start);
            self.output.push_str(replacement);
            self.go_on_at(found.end)?;
        }
        Ok(self.finish())
    }

    /// Takes over what stands before a match.
    fn keep_until(&mut self, start: usize) {
        if self.kept.is_none() {
            self.output.reserve(self.text.len());
        }
        let kept = self.kept.unwrap_or_default();
        self.output.push_str(self.text.get(kept..start).unwrap_or_default());
    }

    fn go_on_at(&mut self, end: usize) -> Result<(), PatternProblem> {
        self.kept = Some(end);
        // Looking for the next match may go to the end of the text and find nothing longer.
        self.searched = self.searched.saturating_add(self.reach);
        if self.searched > SEARCH_LIMIT {
            return Err(PatternProblem::GaveUp);
        }
        if self.output.len() > self.limit { Err(PatternProblem::TooLarge) } else { Ok(()) }
    }

    /// The text with its replacements; nothing where there was no match.
    fn finish(mut self) -> Option<String> {
        let kept = self.kept?;
        self.output.push_str(self.text.get(kept..).unwrap_or_default());
        Some(self.output)
    }
}

impl fmt::Display for PatternProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(problem) => write!(f, "the regular expression cannot be used: {problem}"),
            Self::GaveUp => f.write_str("the regular expression takes too many steps on this text"),
            Self::TooLarge => f.write_str("the replaced text grows beyond any attribute"),
            Self::TextTooLong => write!(
                f,
                "a regular expression that looks around is not searched in more than {TEXT_LIMIT} \
                 bytes"
            ),
        }
    }
}

fn first_line(text: &str) -> String {
    text.lines().map(str::trim).rfind(|line| !line.is_empty()).unwrap_or_default().to_owned()
}

/// Writes a .NET replacement; a reference to a group that does not exist stays as it is.
fn expand(replacement: &str, captures: &Captures<'_, str>, output: &mut String) {
    let mut rest = replacement;
    while let Some((literal, reference)) = rest.split_once('$') {
        output.push_str(literal);
        rest = reference;
        if let Some(after) = reference.strip_prefix('$') {
            output.push('$');
            rest = after;
        } else if let Some(after) = reference.strip_prefix('&') {
            output.push_str(group(captures, "0").unwrap_or_default());
            rest = after;
        } else if let Some((name, after)) = reference_name(reference)
            && let Some(value) = group(captures, name)
        {
            output.push_str(value);
            rest = after;
        } else {
            output.push('$');
        }
    }
    output.push_str(rest);
}

/// The name in `{name}` or the digits in front, and what follows.
fn reference_name(reference: &str) -> Option<(&str, &str)> {
    if let Some(braced) = reference.strip_prefix('{') {
        return braced.split_once('}');
    }
    let digits = reference.find(|c: char| !c.is_ascii_digit()).unwrap_or(reference.len());
    reference.split_at_checked(digits).filter(|(name, _)| !name.is_empty())
}

/// The text of a group that exists; empty where it takes no part in the match.
fn group<'t>(captures: &Captures<'t, str>, name: &str) -> Option<&'t str> {
    if let Ok(number) = name.parse::<usize>() {
        let exists = number < captures.len();
        return exists.then(|| captures.get(number).map_or("", |found| found.as_str()));
    }
    captures.name(name).map(|found| found.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pattern: &str, text: &str) -> bool {
        Pattern::new(pattern).expect(pattern).is_found_in(text).expect(pattern)
    }

    #[test]
    fn net_patterns_match_as_in_net() {
        assert!(found("[a-z-[aeiou]]", "b") && !found("^[a-z-[aeiou]]$", "e"));
        assert!(found("^(?!Svc-).*$", "Sven") && !found("^(?!Svc-).*$", "Svc-1"));
        assert!(found(r"(?<=\d{3})x", "123x"));
        assert!(found("[[]", "[") && found("a{,2}", "a{,2}"));
    }

    #[test]
    fn balancing_groups_are_refused_and_not_misread() {
        for pattern in ["(?<-n>a)", "(?<m-n>a)", "(?'m-n'a)"] {
            assert!(matches!(Pattern::new(pattern), Err(PatternProblem::Syntax(_))), "{pattern}");
        }
        assert!(found("(?<n>a)-(?<m>b)", "a-b") && found("(?<=-)a", "-a"));
        assert!(matches!(Pattern::new(r"a\g1112333333"), Err(PatternProblem::Syntax(_))));
    }

    #[test]
    fn runaway_patterns_are_given_up() {
        let pattern = Pattern::new(r"^(?:(a+)\1?)+(?!c)$").expect("a pattern");
        let text = format!("{}b", "a".repeat(5000));
        assert_eq!(pattern.is_found_in(&text), Err(PatternProblem::GaveUp));
    }

    #[test]
    fn long_texts_are_searched_where_the_time_does_not_grow_faster() {
        let long = "a".repeat(TEXT_LIMIT + 1);
        for pattern in ["(?=a)a", r"(a)\1", "(?>a)", r"(?<n>a)\k<n>"] {
            let pattern = Pattern::new(pattern).expect(pattern);
            assert_eq!(pattern.is_found_in(&long), Err(PatternProblem::TextTooLong));
            assert!(pattern.is_found_in("aa").is_ok());
        }
        for pattern in ["(a+)+$", "(?<n>a)|b", r"a*?[()\s-]"] {
            let pattern = Pattern::new(pattern).expect(pattern);
            assert!(pattern.is_found_in(&long.repeat(8)).is_ok());
        }
    }

    #[test]
    fn matches_that_each_look_at_the_whole_text_are_given_up() {
        let replace = |pattern: &str, length| {
            let pattern = Pattern::new(pattern).expect(pattern);
            pattern.replace(&"A".repeat(length), "b", 1 << 17)
        };
        assert_eq!(replace("A+?", 1 << 17), Err(PatternProblem::GaveUp));
        assert!(matches!(replace("A+?", 1 << 14), Ok(Some(_))));
        assert!(matches!(replace("A", 1 << 17), Ok(Some(_))));
    }

    #[test]
    fn replacements_expand_what_exists() {
        let pattern = Pattern::new("(?<a>[a-z])([0-9])?").expect("a pattern");
        let replaced =
            |with: &str| pattern.replace("x1y", with, 100).expect(with).expect("a match");
        assert_eq!(replaced("<${a}$2>"), "<x1><y>");
        assert_eq!(replaced("$$${b}$9$&"), "$${b}$9x1$${b}$9y");
        assert_eq!(replaced("-"), "--");
        assert_eq!(pattern.replace("123", "-", 100), Ok(None));
        assert_eq!(pattern.replace_group("x1y", "a", "-", 100), Ok(Some("-1-".to_owned())));
        assert_eq!(pattern.replace("aaaa", "0123456789", 20), Err(PatternProblem::TooLarge));
        assert!(matches!(Pattern::new("(a"), Err(PatternProblem::Syntax(_))));
    }
}
