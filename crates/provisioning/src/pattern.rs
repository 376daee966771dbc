//! Regular expressions as .NET writes them, on an engine whose backtracking is bounded.
//!
//! `fancy-regex` has what .NET patterns need (lookaround, named and lazy groups) and stops after a
//! fixed amount of work. Where its syntax gives a piece of a .NET pattern another meaning,
//! [`translate`] rewrites that piece. Known to remain: `$` does not match before a final line
//! feed, and balancing groups and the option `n` are refused.

use std::fmt;
use std::iter::Peekable;
use std::str::Chars;

use fancy_regex::{Captures, Regex, RegexBuilder};

/// Steps after which a match is given up; a harmless pattern needs a few hundred.
const BACKTRACK_LIMIT: usize = 200_000;
/// Bytes that a compiled pattern may take.
const SIZE_LIMIT: usize = 2 << 20;
/// Instructions that a pattern may need where backtracking is needed.
const PROGRAM_LIMIT: usize = 50_000;

/// A regular expression, ready to search.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    regex: Regex,
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
}

impl Pattern {
    /// Builds a pattern from .NET's syntax.
    pub(crate) fn new(pattern: &str) -> Result<Self, PatternProblem> {
        if has_balancing_group(pattern) {
            let problem = "balancing groups, as in `(?<a-b>...)`, are not evaluated here";
            return Err(PatternProblem::Syntax(problem.to_owned()));
        }
        RegexBuilder::new(&translate(pattern))
            .backtrack_limit(BACKTRACK_LIMIT)
            .delegate_size_limit(SIZE_LIMIT)
            .max_prog_size(PROGRAM_LIMIT)
            .build()
            .map(|regex| Self { regex })
            .map_err(|error| PatternProblem::Syntax(first_line(&error.to_string())))
    }

    /// The same pattern, made to match whole texts only.
    pub(crate) fn anchored(pattern: &str) -> Result<Self, PatternProblem> {
        Self::new(&format!(r"\A(?:{pattern})\z"))
    }

    /// Whether the pattern is found anywhere in the text.
    pub(crate) fn is_found_in(&self, text: &str) -> Result<bool, PatternProblem> {
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
        let captures = self.regex.captures(text).map_err(|_| PatternProblem::GaveUp)?;
        Ok(captures.and_then(|captures| captures.name(group)).map(|found| found.as_str()))
    }

    /// Puts a replacement in the place of each match; `$1`, `${name}`, `$&` and `$$` are expanded.
    pub(crate) fn replace(
        &self,
        text: &str,
        replacement: &str,
        limit: usize,
    ) -> Result<String, PatternProblem> {
        self.rewrite(text, limit, |captures, output| {
            let whole = captures.get(0).map_or(0..0, |found| found.range());
            expand(replacement, captures, output);
            whole
        })
    }

    /// Puts a replacement in the place of what a named group captures, and keeps the rest of
    /// each match.
    pub(crate) fn replace_group(
        &self,
        text: &str,
        group: &str,
        replacement: &str,
        limit: usize,
    ) -> Result<String, PatternProblem> {
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
        write: impl Fn(&Captures<'_, str>, &mut String) -> std::ops::Range<usize>,
    ) -> Result<String, PatternProblem> {
        let mut output = String::with_capacity(text.len());
        let mut kept = 0;
        for captures in self.regex.captures_iter(text) {
            let captures = captures.map_err(|_| PatternProblem::GaveUp)?;
            let start = captures.get(0).map_or(kept, |found| found.start());
            output.push_str(text.get(kept..start).unwrap_or_default());
            kept = write(&captures, &mut output).end;
            if output.len() > limit {
                return Err(PatternProblem::TooLarge);
            }
        }
        output.push_str(text.get(kept..).unwrap_or_default());
        Ok(output)
    }
}

impl fmt::Display for PatternProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(problem) => write!(f, "the regular expression cannot be used: {problem}"),
            Self::GaveUp => f.write_str("the regular expression takes too many steps on this text"),
            Self::TooLarge => f.write_str("the replaced text grows beyond any attribute"),
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

/// Whether a group takes a capture away from another; the engine would take its name for a name.
fn has_balancing_group(pattern: &str) -> bool {
    let openings = [("(?<", '>'), ("(?'", '\'')];
    openings.iter().any(|(opening, closing)| {
        pattern.split(opening).skip(1).any(|rest| {
            let name = rest.split(*closing).next().unwrap_or_default();
            let is_name = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
            is_name && name.contains('-')
        })
    })
}

/// A .NET pattern in the engine's syntax.
fn translate(pattern: &str) -> String {
    let mut output = String::with_capacity(pattern.len() + 8);
    let mut characters = pattern.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\\' => translate_escape(&mut characters, &mut output),
            '[' => translate_class(&mut characters, &mut output),
            '{' if is_quantifier(&characters) => copy_braces(&mut characters, &mut output, c),
            '{' | '}' => output.extend(['\\', c]),
            _ => output.push(c),
        }
    }
    output
}

fn copy_braces(characters: &mut Peekable<Chars<'_>>, output: &mut String, open: char) {
    output.push(open);
    while let Some(c) = characters.next_if(|c| *c != '}') {
        output.push(c);
    }
    output.extend(characters.next());
}

/// Copies an escape; the engine takes `\<` and `\>` for edges of words.
fn translate_escape(characters: &mut Peekable<Chars<'_>>, output: &mut String) {
    match characters.next() {
        Some(angle @ ('<' | '>')) => output.push(angle),
        Some(c) => {
            output.push('\\');
            output.push(c);
            if matches!(c, 'p' | 'P') && characters.peek() == Some(&'{') {
                characters.next();
                copy_braces(characters, output, '{');
            }
        }
        None => output.push('\\'),
    }
}

/// Copies a character class; what the engine takes for set operations is escaped, and .NET's one
/// set operation, `[a-z-[aeiou]]`, is written the engine's way.
fn translate_class(characters: &mut Peekable<Chars<'_>>, output: &mut String) {
    output.push('[');
    if characters.next_if_eq(&'^').is_some() {
        output.push('^');
    }
    if characters.next_if_eq(&']').is_some() {
        output.push_str(r"\]");
    }
    while let Some(c) = characters.next() {
        match (c, characters.peek()) {
            (']', _) => return output.push(']'),
            ('\\', _) => translate_escape(characters, output),
            ('-', Some('[')) => {
                output.push_str("--");
                characters.next();
                translate_class(characters, output);
            }
            ('-', Some('-')) => {
                output.push_str(r"-\-");
                characters.next();
            }
            ('[' | '&' | '~', _) => output.extend(['\\', c]),
            _ => output.push(c),
        }
    }
}

/// Whether what follows an open brace makes it a quantifier: `3}`, `3,}`, `3,5}`.
fn is_quantifier(characters: &Peekable<Chars<'_>>) -> bool {
    let mut inner = characters.clone();
    let least = take_digits(&mut inner);
    if inner.next_if_eq(&',').is_some() {
        take_digits(&mut inner);
    }
    least > 0 && inner.next() == Some('}')
}

fn take_digits(characters: &mut Peekable<Chars<'_>>) -> usize {
    std::iter::from_fn(|| characters.next_if(char::is_ascii_digit)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pattern: &str, text: &str) -> bool {
        Pattern::new(pattern).expect(pattern).is_found_in(text).expect(pattern)
    }

    #[test]
    fn pieces_with_another_meaning_are_rewritten() {
        let check = |from: &str, to: &str| assert_eq!(translate(from), to, "{from}");
        check(r"\<a\>", r"<a>");
        check("[[a]", r"[\[a]");
        check("[a&&b~~]", r"[a\&\&b\~\~]");
        check("[a-z-[aeiou]]", "[a-z--[aeiou]]");
        check("[]a]", r"[\]a]");
        check("[+--]", r"[+-\-]");
        check("a{2}b{3,}c{4,5}", "a{2}b{3,}c{4,5}");
        check("{x}a{", r"\{x\}a\{");
        check(r"\p{Lu}{2}", r"\p{Lu}{2}");
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
    }

    #[test]
    fn runaway_patterns_are_given_up() {
        let pattern = Pattern::new(r"^(?:(a+)\1?)+(?!c)$").expect("a pattern");
        let text = format!("{}b", "a".repeat(5000));
        assert_eq!(pattern.is_found_in(&text), Err(PatternProblem::GaveUp));
    }

    #[test]
    fn replacements_expand_what_exists() {
        let pattern = Pattern::new("(?<a>[a-z])([0-9])?").expect("a pattern");
        let replaced = |with: &str| pattern.replace("x1y", with, 100).expect(with);
        assert_eq!(replaced("<${a}$2>"), "<x1><y>");
        assert_eq!(replaced("$$${b}$9$&"), "$${b}$9x1$${b}$9y");
        assert_eq!(pattern.replace("aaaa", "0123456789", 20), Err(PatternProblem::TooLarge));
        assert!(matches!(Pattern::new("(a"), Err(PatternProblem::Syntax(_))));
    }
}
