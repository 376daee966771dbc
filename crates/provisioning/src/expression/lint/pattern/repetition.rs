//! Repetitions of repetitions, found by reading a pattern once from left to right.

/// A group that is still open.
#[derive(Default)]
struct Open {
    /// Whether some alternative so far is one unbounded repetition and nothing that must be there.
    is_loop: bool,
    /// The same of the alternative that is being read.
    alternative: Alternative,
    /// Whether it only looks, or sets an option: repeating it is harmless.
    takes_nothing: bool,
}

#[derive(Clone, Copy, Default)]
struct Alternative {
    /// It contains an unbounded repetition.
    repeats: bool,
    /// It contains something that must be there once.
    must: bool,
}

impl Alternative {
    fn is_loop(self) -> bool {
        self.repeats && !self.must
    }

    /// Adds an element with its quantifier.
    fn add(&mut self, quantifier: Quantifier) {
        self.repeats |= quantifier.is_unbounded;
        self.must |= !quantifier.is_optional && !quantifier.is_unbounded;
    }
}

/// How often an element may stand.
#[derive(Clone, Copy, Default)]
struct Quantifier {
    is_unbounded: bool,
    is_optional: bool,
}

/// Whether an unbounded repetition directly contains one: `(a+)+`, `(a*b?)*`, but not `(,a+)*`,
/// in which the comma tells where the inner one ends.
pub(super) fn is_catastrophic(pattern: &str) -> bool {
    let mut open = vec![Open::default()];
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let element = element(rest);
        rest = rest.get(element..).unwrap_or_default();
        match c {
            '(' => {
                let (length, takes_nothing) = opening(rest);
                rest = rest.get(length..).unwrap_or_default();
                open.push(Open { takes_nothing, ..Open::default() });
            }
            '|' => {
                if let Some(group) = open.last_mut() {
                    group.is_loop |= group.alternative.is_loop();
                    group.alternative = Alternative::default();
                }
            }
            ')' if open.len() > 1 => {
                let Some(group) = open.pop() else { return false };
                let (quantifier, length) = quantifier(rest);
                rest = rest.get(length..).unwrap_or_default();
                let is_loop = group.is_loop || group.alternative.is_loop();
                if is_loop && quantifier.is_unbounded && !group.takes_nothing {
                    return true;
                }
                let Some(outer) = open.last_mut() else { return false };
                match is_loop && !quantifier.is_unbounded {
                    // `((a+))+` is as bad as `(a+)+`.
                    true => outer.alternative.repeats = true,
                    false if group.takes_nothing => {}
                    false => outer.alternative.add(quantifier),
                }
            }
            '^' | '$' => {}
            _ => {
                let (quantifier, length) = quantifier(rest);
                rest = rest.get(length..).unwrap_or_default();
                if let Some(group) = open.last_mut() {
                    group.alternative.add(quantifier);
                }
            }
        }
    }
    false
}

/// How long the element at the beginning is: an escape, a class, or one character.
fn element(pattern: &str) -> usize {
    let mut characters = pattern.char_indices();
    match characters.next() {
        Some((_, '\\')) => characters.next().map_or(pattern.len(), |(at, c)| at + c.len_utf8()),
        Some((_, '[')) => class(pattern),
        Some((_, c)) => c.len_utf8(),
        None => 0,
    }
}

/// How long a class is; `]` at its beginning stands for itself.
fn class(pattern: &str) -> usize {
    let mut is_escaped = false;
    for (at, c) in pattern.char_indices().skip(1) {
        let is_first = at == 1 || (at == 2 && pattern.starts_with("[^"));
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            ']' if !is_first => return at + 1,
            _ => {}
        }
    }
    pattern.len()
}

/// How long the rest of a group's opening is, and whether the group takes nothing.
fn opening(rest: &str) -> (usize, bool) {
    let Some(kind) = rest.strip_prefix('?') else { return (0, false) };
    if let Some(look) = ["=", "!", "<=", "<!"].iter().find(|look| kind.starts_with(**look)) {
        return (1 + look.len(), true);
    }
    let name_end = match kind.chars().next() {
        Some('<') => kind.find('>'),
        Some('\'') => kind.get(1..).and_then(|name| name.find('\'')).map(|at| at + 1),
        Some('>') => Some(0),
        _ => {
            let options = kind.trim_start_matches(|c: char| c.is_ascii_lowercase() || c == '-');
            let length = kind.len() - options.len();
            return match options.starts_with(':') {
                true => (length + 2, false),
                false => (length + 1, options.starts_with(')')),
            };
        }
    };
    (name_end.map_or(1, |at| at + 2), false)
}

/// The quantifier at the beginning, and how long it is.
fn quantifier(rest: &str) -> (Quantifier, usize) {
    let (quantifier, length) = match rest.chars().next() {
        Some('*') => (Quantifier { is_unbounded: true, is_optional: true }, 1),
        Some('+') => (Quantifier { is_unbounded: true, is_optional: false }, 1),
        Some('?') => (Quantifier { is_unbounded: false, is_optional: true }, 1),
        Some('{') => match braces(rest) {
            Some(found) => found,
            None => return (Quantifier::default(), 0),
        },
        _ => return (Quantifier::default(), 0),
    };
    // A lazy one is no better.
    let lazy = rest.get(length..).is_some_and(|rest| rest.starts_with('?'));
    (quantifier, length + usize::from(lazy))
}

fn braces(rest: &str) -> Option<(Quantifier, usize)> {
    let end = rest.find('}')?;
    let inner = rest.get(1..end)?;
    let (least, most) = inner.split_once(',').unwrap_or((inner, inner));
    let least: u32 = least.parse().ok()?;
    let is_unbounded = most.is_empty();
    Some((Quantifier { is_unbounded, is_optional: least == 0 }, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetitions_that_add_nothing_are_found() {
        for pattern in [
            "(a+)+",
            "^(a*)*$",
            "(?:[a-z]+)*!",
            "((a+))+",
            "(a+b?)+",
            "(x|a+)*",
            "(\\w+\\s?)+",
            "(?<n>.*)+",
            "(a{2,})+",
            "((?i)a+)+",
            "(?i:a+)+",
            "(?>a+)+",
            "(.*?,?)*",
            "((ab)*)*",
        ] {
            assert!(is_catastrophic(pattern), "{pattern}");
        }
        for pattern in [
            "",
            "a+b+",
            "(a)+",
            "(,a+)*",
            "(a+,)*",
            "(?<Suffix>@(.)*)",
            "[()\\s-]+",
            "(a+)?",
            "(a+){3}",
            "[(a+)]+",
            "\\(a+\\)+",
            "(?:\\.[a-z]+)*",
            "(?=a+)+",
            "(a|b)*",
            "(a+",
            "a+)+",
            "(?>[^,]*),",
            "(?'n'a,)*",
            "(,(a+))+",
        ] {
            assert!(!is_catastrophic(pattern), "{pattern}");
        }
    }
}
