//! Text to tokens, without ever giving up: what fits nothing becomes a token of its own.

use std::ops::Range;

/// A piece of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it stands, in bytes of the text.
    pub span: Range<usize>,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A bare word: the name of a function, or a keyword.
    Name,
    /// `[attribute]`.
    Attribute,
    /// `"text"`.
    Text,
    /// `12`, `-3`, `4.5`, `&HF`.
    Number,
    /// `=`, `<>`, `>`, `>=`, `<`, `<=`.
    Comparison,
    /// `(`.
    Open,
    /// `)`.
    Close,
    /// `,`.
    Comma,
    /// A bracket or a quote that is never closed.
    Unclosed,
    /// Text between apostrophes or typographic quotes, which delimit nothing in this language.
    ForeignQuotes,
    /// A character that has no meaning here.
    Unknown,
}

/// All tokens of a text, white space left out.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut lexer = Lexer { text, at: 0 };
    std::iter::from_fn(|| lexer.next_token()).collect()
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl Lexer<'_> {
    fn next_token(&mut self) -> Option<Token> {
        self.take_while(|c| matches!(c, ' ' | '\t' | '\r' | '\n' | '\u{a0}'));
        let start = self.at;
        let kind = match self.bump()? {
            '(' => TokenKind::Open,
            ')' => TokenKind::Close,
            ',' => TokenKind::Comma,
            '[' => self.attribute(),
            '\'' => self.closed_by(&['\''], TokenKind::ForeignQuotes),
            '“' | '”' | '„' => self.closed_by(&['“', '”'], TokenKind::ForeignQuotes),
            '‘' | '’' | '‚' => self.closed_by(&['‘', '’'], TokenKind::ForeignQuotes),
            '"' => self.quoted(),
            '=' => TokenKind::Comparison,
            '<' | '>' => self.comparison(start),
            '&' => self.hexadecimal(),
            '-' if self.peek().is_some_and(|c| c.is_ascii_digit()) => self.number(),
            c if c.is_ascii_digit() => self.number(),
            c if c.is_alphabetic() || c == '_' => self.name(),
            _ => TokenKind::Unknown,
        };
        Some(Token { kind, span: start..self.at })
    }

    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn take_while(&mut self, wanted: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&wanted) {
            self.bump();
        }
    }

    /// A name up to its bracket. What no name contains ends one that is never closed, so that the
    /// rest of the text is read as it was meant.
    fn attribute(&mut self) -> TokenKind {
        let rest = self.rest();
        let is_end = |c: char| matches!(c, ']' | '[' | '"' | ',' | '(' | ')' | '=' | '\n');
        match rest.char_indices().find(|(_, c)| is_end(*c)) {
            Some((at, ']')) => {
                self.at += at + 1;
                TokenKind::Attribute
            }
            end => {
                let name = rest.get(..end.map_or(rest.len(), |(at, _)| at)).unwrap_or_default();
                self.at += name.trim_end().len();
                TokenKind::Unclosed
            }
        }
    }

    fn closed_by(&mut self, ends: &[char], kind: TokenKind) -> TokenKind {
        match self.rest().char_indices().find(|(_, c)| ends.contains(c)) {
            Some((at, c)) => {
                self.at += at + c.len_utf8();
                kind
            }
            None => {
                self.at = self.text.len();
                TokenKind::Unclosed
            }
        }
    }

    fn quoted(&mut self) -> TokenKind {
        while let Some(c) = self.bump() {
            match c {
                '"' => return TokenKind::Text,
                '\\' if matches!(self.peek(), Some('"' | '\\')) => {
                    self.bump();
                }
                _ => {}
            }
        }
        TokenKind::Unclosed
    }

    fn comparison(&mut self, start: usize) -> TokenKind {
        let less = self.text.get(start..self.at) == Some("<");
        if self.peek() == Some('=') || (less && self.peek() == Some('>')) {
            self.bump();
        }
        TokenKind::Comparison
    }

    fn hexadecimal(&mut self) -> TokenKind {
        let digits = self.rest().strip_prefix(['H', 'h']).unwrap_or_default();
        if !digits.starts_with(|c: char| c.is_ascii_hexdigit()) {
            return TokenKind::Unknown;
        }
        self.bump();
        self.take_while(|c| c.is_ascii_hexdigit());
        self.end_of_number()
    }

    fn number(&mut self) -> TokenKind {
        self.take_while(|c| c.is_ascii_digit());
        let fraction = self.rest().strip_prefix('.').unwrap_or_default();
        if fraction.starts_with(|c: char| c.is_ascii_digit()) {
            self.bump();
            self.take_while(|c| c.is_ascii_digit());
        }
        self.end_of_number()
    }

    /// A number that runs into letters is neither a number nor a name.
    fn end_of_number(&mut self) -> TokenKind {
        let end = self.at;
        self.take_while(|c| c.is_alphanumeric() || c == '_');
        if self.at == end { TokenKind::Number } else { TokenKind::Unknown }
    }

    fn name(&mut self) -> TokenKind {
        self.take_while(|c| c.is_alphanumeric() || c == '_');
        TokenKind::Name
    }
}

/// The text that a quoted token stands for: `\"` and `\\` undone, every other backslash kept.
pub(crate) fn unquote(token: &str) -> String {
    let inner = token.strip_prefix('"').unwrap_or(token);
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    let mut text = String::with_capacity(inner.len());
    let mut characters = inner.chars().peekable();
    while let Some(c) = characters.next() {
        match (c, characters.peek()) {
            ('\\', Some(&escaped @ ('"' | '\\'))) => {
                characters.next();
                text.push(escaped);
            }
            _ => text.push(c),
        }
    }
    text
}

/// A text as it is written in an expression.
pub(crate) fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('"');
    quoted
}
