//! .NET's syntax of regular expressions, judged by the text alone: what .NET does not know, and what
//! it knows but is not evaluated here.
//!
//! The engine behind [`crate::pattern`] knows more than .NET, and some of that has no bounds. Whoever
//! only reads expressions judges patterns by this too, and links no engine.

/// A piece of a pattern that is not evaluated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Objection {
    /// The piece.
    pub(crate) piece: String,
    /// What to write in its place.
    pub(crate) repair: &'static str,
    /// Whether .NET evaluates it, and so Entra does.
    pub(crate) is_dotnet: bool,
}

impl Objection {
    fn foreign(piece: impl Into<String>, repair: &'static str) -> Self {
        Self { piece: piece.into(), repair, is_dotnet: false }
    }

    fn dotnet(piece: impl Into<String>, repair: &'static str) -> Self {
        Self { piece: piece.into(), repair, is_dotnet: true }
    }
}

/// Letters and digits with a meaning behind a backslash.
const ESCAPES: &str = "0123456789abtrvfnexcudDwWsSpPAZzGBk";

/// How deeply classes may be taken out of each other, as in `[a-z-[aeiou]]`.
const CLASS_DEPTH: usize = 8;

/// The first piece of a pattern that is not evaluated.
pub(crate) fn objection(pattern: &str) -> Option<Objection> {
    let mut reader = Reader { rest: pattern };
    let mut is_quantified = false;
    while let Some(c) = reader.next() {
        let quantifier = match c {
            '\\' => {
                if let Some(objection) = reader.escape() {
                    return Some(objection);
                }
                false
            }
            '[' => {
                if let Some(objection) = reader.class() {
                    return Some(objection);
                }
                false
            }
            '(' => {
                if let Some(objection) = reader.group() {
                    return Some(objection);
                }
                false
            }
            '*' | '+' | '?' => true,
            '{' => reader.braces(),
            _ => false,
        };
        if quantifier && is_quantified {
            let repair = "repeat once, or group: `(?:a+)*`; for a possessive one write `(?>a+)`";
            return Some(Objection::foreign(format!("{c} behind a quantifier"), repair));
        }
        // One `?` makes a quantifier lazy.
        if quantifier {
            reader.take("?");
        }
        is_quantified = quantifier;
    }
    None
}

/// A pattern while it is read.
struct Reader<'p> {
    rest: &'p str,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let c = characters.next()?;
        self.rest = characters.as_str();
        Some(c)
    }

    fn take(&mut self, piece: &str) -> bool {
        self.rest.strip_prefix(piece).map(|rest| self.rest = rest).is_some()
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &str {
        let end = self.rest.find(|c| !wanted(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(end).unwrap_or_default();
        self.rest = rest;
        taken
    }

    /// What stands behind a backslash.
    fn escape(&mut self) -> Option<Objection> {
        let c = self.next()?;
        if (c.is_alphanumeric() || c == '_') && !ESCAPES.contains(c) {
            let repair = match c {
                'Q' => "escape each character on its own",
                'K' => "use a look-behind: `(?<=...)`",
                'h' => "write a blank and `\\t`",
                'g' => "refer to a group as in `\\k<name>`",
                _ => "leave the backslash out",
            };
            return Some(Objection::foreign(format!("\\{c}"), repair));
        }
        match c {
            'c' => {
                Some(Objection::dotnet("\\c", "write the character by its number, as in `\\x09`"))
            }
            'p' | 'P' if self.rest.starts_with("{Is") => {
                let repair = "write the range of characters, as in `[\\u0370-\\u03FF]`";
                Some(Objection::dotnet(format!("\\{c}{{Is"), repair))
            }
            _ => None,
        }
    }

    /// The rest of a class.
    fn class(&mut self) -> Option<Objection> {
        let mut depth = 1;
        self.class_start();
        let mut before = ' ';
        while depth > 0 {
            let c = self.next()?;
            match c {
                '\\' => {
                    if let Some(objection) = self.escape() {
                        return Some(objection);
                    }
                }
                ']' => depth -= 1,
                '[' if before == '-' => {
                    depth += 1;
                    self.class_start();
                }
                _ => {}
            }
            if depth > CLASS_DEPTH {
                let repair = "write the characters that are left";
                return Some(Objection::dotnet("-[", repair));
            }
            before = c;
        }
        None
    }

    /// `]` at the beginning stands for itself.
    fn class_start(&mut self) {
        self.take("^");
        self.take("]");
    }

    /// The rest of a group's opening.
    fn group(&mut self) -> Option<Objection> {
        if self.rest.starts_with('*') {
            return Some(Objection::foreign("(*", "there are no verbs; escape the asterisk"));
        }
        if !self.take("?") {
            return None;
        }
        if [":", "=", "!", "<=", "<!", ">", "("].iter().any(|kind| self.take(kind)) {
            return None;
        }
        if self.take("#") {
            self.take_while(|c| c != ')');
            return None;
        }
        for (open, close) in [("<", ">"), ("'", "'")] {
            if self.take(open) {
                let name = self.take_while(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
                if name.contains('-') {
                    let piece = format!("(?{open}{name}{close}");
                    return Some(Objection::dotnet(piece, "do without a balancing group"));
                }
                return None;
            }
        }
        let options = self.take_while(|c| c.is_ascii_alphabetic() || c == '-').to_owned();
        let ends = [":", ")"].iter().any(|end| self.rest.starts_with(end));
        if ends && options.chars().all(|c| "imnsx-".contains(c)) {
            let repair = "name the groups that you need";
            let is_explicit = options.contains('n');
            return is_explicit.then(|| Objection::dotnet(format!("(?{options}"), repair));
        }
        let repair = match options.as_str() {
            "P" => "name a group as in `(?<name>...)`, and refer to it as in `\\k<name>`",
            "R" => "there is no recursion",
            _ => "groups begin with `(`, `(?:`, `(?<name>` or `(?=`",
        };
        let piece: String = options.chars().chain(self.rest.chars().take(1)).collect();
        Some(Objection::foreign(format!("(?{piece}"), repair))
    }

    /// Whether a brace begins a quantifier, which is then taken: `3}`, `3,}`, `3,5}`.
    fn braces(&mut self) -> bool {
        let Some((inner, rest)) = self.rest.split_once('}') else { return false };
        let (least, most) = inner.split_once(',').unwrap_or((inner, ""));
        let is_number = |text: &str| text.chars().all(|c| c.is_ascii_digit());
        let is_quantifier = !least.is_empty() && is_number(least) && is_number(most);
        if is_quantifier {
            self.rest = rest;
        }
        is_quantifier
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_dotnet_does_not_know_is_foreign() {
        let check = |pattern: &str, piece: &str| {
            let found = objection(pattern).expect(pattern);
            assert_eq!((found.piece.as_str(), found.is_dotnet), (piece, false), "{pattern}");
        };
        check(r"a\g1112333333", r"\g");
        check(r"\Qa\E", r"\Q");
        check(r"[\h]", r"\h");
        check(r"a\_", r"\_");
        check("(?P<n>a)", "(?P<");
        check("(?R)", "(?R)");
        check("(?|a|b)", "(?|");
        check("(?&a)", "(?&");
        check("(?1)", "(?1");
        check("(*FAIL)", "(*");
        check("a++", "+ behind a quantifier");
        check("a{2}+", "+ behind a quantifier");
        check("a+?*", "* behind a quantifier");
    }

    #[test]
    fn what_is_not_evaluated_here_is_dotnets_all_the_same() {
        let check = |pattern: &str, piece: &str| {
            let found = objection(pattern).expect(pattern);
            assert_eq!((found.piece.as_str(), found.is_dotnet), (piece, true), "{pattern}");
        };
        check("(?<a-b>x)", "(?<a-b>");
        check("(?'-b'x)", "(?'-b'");
        check("(?n)a", "(?n");
        check("(?in-s:a)", "(?in-s");
        check(r"\p{IsGreek}", r"\p{Is");
        check(r"\cA", r"\c");
        check(&"[a-".repeat(9), "-[");
    }

    #[test]
    fn what_dotnet_writes_is_taken() {
        for pattern in [
            "",
            r"^[()\s-]+$",
            r"(?<Suffix>@(.)*)",
            r"(.*?)(?<id>.{0,8})$",
            r"\\+\+(?<isd>49|44)(?'n'.*)\k<isd>\1",
            "[a-z-[aeiou]]+?[+*?]*",
            "(?i-s:a)(?x)(?#n++)(?>a)(?!b)(?<=c)(?<!d)(?=e)(?:f)",
            "(?(a)b|c)",
            "a{2}b{3,}?c{4,5}{x}{,2}{",
            r"[]+\]]+\*+[^]]+",
            "(",
            "[",
            r"\",
            "(?",
            "(?<",
        ] {
            let found = objection(pattern);
            assert!(found.is_none() || pattern == "(?", "{pattern}: {found:?}");
        }
    }
}
