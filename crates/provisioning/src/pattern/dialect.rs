//! .NET's syntax of regular expressions: what the engine would read otherwise, and what it costs.

use std::iter::Peekable;
use std::str::Chars;

/// Whether a pattern has what only backtracking finds: look-around, atomic groups, conditions, and
/// references to what was captured. Rather too often yes than too rarely.
pub(super) fn looks_around(pattern: &str) -> bool {
    const PIECES: [&str; 9] = ["(?=", "(?!", "(?<=", "(?<!", "(?>", "(?(", "\\k", "\\G", "\\Z"];
    let mut after_backslash = pattern.split('\\').skip(1);
    PIECES.iter().any(|piece| pattern.contains(piece))
        || after_backslash.any(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// A .NET pattern in the engine's syntax.
pub(super) fn translate(pattern: &str) -> String {
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
}
