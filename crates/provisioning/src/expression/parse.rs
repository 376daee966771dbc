//! Text to tree: one function per production, and recovery at commas and parentheses.
//!
//! The parser never fails. Whatever it cannot use becomes [`NodeKind::Missing`] with a fault,
//! so that the rest of the text is still coloured, checked and completed.

use std::ops::Range;

use super::fault::{Fault, FaultKind};
use super::function;
use super::lex::{self, Token, TokenKind};
use super::tree::{Call, Comparison, Keyword, Node, NodeKind};

/// Deeper nesting is refused, so that no text can exhaust the stack.
const DEPTH_LIMIT: usize = 100;

/// Words of other languages, which this one lacks.
const CONJUNCTIONS: [&str; 2] = ["AND", "OR"];

/// The tree of a text, and what is wrong with its grammar.
pub(super) fn parse(text: &str) -> (Node, Vec<Fault>) {
    let mut parser =
        Parser { text, tokens: lex::tokens(text), at: 0, depth: 0, faults: Vec::new() };
    let root = parser.mapping();
    (root, parser.faults)
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    faults: Vec<Fault>,
}

impl<'a> Parser<'a> {
    /// `mapping = expr`
    fn mapping(&mut self) -> Node {
        if self.tokens.is_empty() {
            let help = "for example `Join(\" \", [givenName], [surname])`";
            self.fault(0..self.text.len(), "the expression is empty", Some(help));
            return Node { span: 0..self.text.len(), kind: NodeKind::Missing };
        }
        let root = self.expr();
        if self.peek().is_some() {
            self.unexpected("after the end of the expression");
        }
        root
    }

    /// `expr = operand [ cmp operand ]`
    fn expr(&mut self) -> Node {
        let left = self.operand();
        let Some(comparison) = self.comparison() else { return left };
        let right = self.operand();
        let node = Node {
            span: left.span.start..right.span.end,
            kind: NodeKind::Comparison(Box::new(left), comparison, Box::new(right)),
        };
        let next = self.span();
        if self.comparison().is_some() {
            let help = "nest one `IIF` in the other";
            self.fault(next, "comparisons cannot be chained", Some(help));
            self.operand();
        }
        node
    }

    fn comparison(&mut self) -> Option<Comparison> {
        if self.peek() != Some(TokenKind::Comparison) {
            return None;
        }
        let comparison = Comparison::from_symbol(self.slice(self.span()));
        self.at += 1;
        comparison
    }

    /// `operand = call | attribute | string | number | keyword`
    fn operand(&mut self) -> Node {
        let span = self.span();
        let written = self.slice(span.clone());
        let kind = match self.peek() {
            Some(TokenKind::Name) if self.peek_after() == Some(TokenKind::Open) => {
                return self.call();
            }
            Some(TokenKind::Name) => self.word(written),
            Some(TokenKind::Attribute) => self.attribute(written),
            Some(TokenKind::Text) => NodeKind::Text(lex::unquote(written)),
            Some(TokenKind::Number) => NodeKind::Number(written.to_owned()),
            Some(TokenKind::Comma | TokenKind::Close) | None => {
                self.fault(span.clone(), "a value is missing here", None);
                return Node { span: span.start..span.start, kind: NodeKind::Missing };
            }
            Some(_) => {
                self.unusable(written);
                NodeKind::Missing
            }
        };
        self.at += 1;
        Node { span, kind }
    }

    /// `attribute = "[" attribute-name "]"`
    fn attribute(&mut self, written: &str) -> NodeKind {
        let name = written.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        match name {
            Some(name) if !name.trim().is_empty() => NodeKind::Attribute(name.to_owned()),
            _ => {
                let help = "write its name between the brackets";
                self.fault(self.span(), "the brackets name no attribute", Some(help));
                NodeKind::Missing
            }
        }
    }

    /// `keyword = vbTextCompare | vbBinaryCompare`; no other bare word has a meaning.
    fn word(&mut self, word: &str) -> NodeKind {
        if let Some((_, keyword)) = Keyword::ALL.into_iter().find(|(name, _)| *name == word) {
            return NodeKind::Keyword(keyword);
        }
        let help = match word {
            "IgnoreAttributeFlow" | "IgnoreObjectFlow" => {
                "this keyword belongs to inbound jobs from HR systems; \
                 for an application use `IgnoreFlowIfNullOrEmpty`"
                    .to_owned()
            }
            _ if function::find_ignoring_case(word).is_some() => {
                format!("a function needs parentheses: `{word}(...)`")
            }
            _ => format!("write `[{word}]` for the attribute, or `\"{word}\"` for the text"),
        };
        self.fault(self.span(), &format!("`{word}` is a bare word"), Some(&help));
        NodeKind::Missing
    }

    fn unusable(&mut self, written: &str) {
        let (message, help) = match (self.peek(), written.chars().next()) {
            (Some(TokenKind::Unclosed), Some('[')) => {
                ("the bracket is never closed".to_owned(), "end the attribute's name with `]`")
            }
            (Some(TokenKind::Unclosed), _) => {
                ("the text is never closed".to_owned(), "end it with a double quote")
            }
            (Some(TokenKind::ForeignQuotes), _) => {
                (format!("{written} is no text"), "text stands in straight double quotes")
            }
            _ => (format!("`{written}` cannot stand here"), "a value was expected"),
        };
        self.fault(self.span(), &message, Some(help));
    }

    /// `call = name "(" [ arg { "," arg } ] ")"`
    fn call(&mut self) -> Node {
        let name_span = self.span();
        let name = self.slice(name_span.clone()).to_owned();
        self.at += 2;
        let arguments = if self.depth < DEPTH_LIMIT {
            self.depth += 1;
            let arguments = self.arguments();
            self.depth -= 1;
            arguments
        } else {
            let message = format!("more than {DEPTH_LIMIT} calls are nested here");
            self.fault(name_span.clone(), &message, Some("split the expression"));
            self.skip_nested();
            Vec::new()
        };
        let end = if self.peek() == Some(TokenKind::Close) {
            self.at += 1;
            self.previous_end()
        } else {
            let message = format!("`{name}(` is never closed");
            self.fault(name_span.clone(), &message, Some("add `)` behind its last argument"));
            self.text.len()
        };
        let span = name_span.start..end;
        let function = function::find(&name);
        Node { span, kind: NodeKind::Call(Call { name, name_span, function, arguments }) }
    }

    fn arguments(&mut self) -> Vec<Option<Node>> {
        let mut arguments = Vec::new();
        if self.peek() == Some(TokenKind::Close) {
            return arguments;
        }
        loop {
            arguments.push(self.argument());
            match self.peek() {
                Some(TokenKind::Comma) => self.at += 1,
                Some(kind) if kind != TokenKind::Close => self.missing_comma(),
                _ => return arguments,
            }
        }
    }

    /// `arg = expr | (nothing)`
    fn argument(&mut self) -> Option<Node> {
        if matches!(self.peek(), Some(TokenKind::Comma | TokenKind::Close) | None) {
            return None;
        }
        let node = self.expr();
        let is_conjunction =
            CONJUNCTIONS.iter().any(|word| self.slice(self.span()).eq_ignore_ascii_case(word));
        match self.peek() {
            Some(TokenKind::Comma | TokenKind::Close) | None => {}
            Some(TokenKind::Name | TokenKind::Attribute | TokenKind::Text | TokenKind::Number)
                if !is_conjunction => {}
            Some(_) => self.unexpected("between two arguments"),
        }
        Some(node)
    }

    /// Two values behind each other: the comma is taken for granted, so that the rest is read
    /// as it was meant.
    fn missing_comma(&mut self) {
        let written = self.slice(self.span());
        let message = format!("a comma is missing before `{written}`");
        self.fault(self.span(), &message, Some("arguments are separated by commas"));
    }

    /// Says what is wrong with the token here, and skips to where the grammar goes on.
    fn unexpected(&mut self, place: &str) {
        let span = self.span();
        let written = self.slice(span.clone());
        let help = match written {
            _ if CONJUNCTIONS.iter().any(|word| written.eq_ignore_ascii_case(word)) => {
                "there is no AND and no OR: nest one `IIF` in the other"
            }
            "&" | "+" => "texts are put together with `Append` or `Join`",
            ")" => "there is one `)` too many",
            _ if self.depth > 0 => "a comma or the end of the call was expected",
            _ => "an expression is one function call, around all the others",
        };
        let message = format!("`{written}` cannot stand {place}");
        self.fault(span, &message, Some(help));
        if self.depth == 0 {
            self.at = self.tokens.len();
        } else {
            self.skip_nested_until_comma();
        }
    }

    /// To the parenthesis that closes the current call.
    fn skip_nested(&mut self) {
        self.skip(|kind| kind == TokenKind::Close);
    }

    /// To the comma or the parenthesis that ends the current argument.
    fn skip_nested_until_comma(&mut self) {
        self.skip(|kind| matches!(kind, TokenKind::Close | TokenKind::Comma));
    }

    fn skip(&mut self, is_end: impl Fn(TokenKind) -> bool) {
        let mut open = 0_usize;
        while let Some(kind) = self.peek() {
            match kind {
                _ if open == 0 && is_end(kind) => return,
                TokenKind::Open => open += 1,
                TokenKind::Close => open = open.saturating_sub(1),
                _ => {}
            }
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<TokenKind> {
        self.tokens.get(self.at).map(|token| token.kind)
    }

    fn peek_after(&self) -> Option<TokenKind> {
        self.tokens.get(self.at + 1).map(|token| token.kind)
    }

    /// Where the current token stands; at the end, the end.
    fn span(&self) -> Range<usize> {
        self.tokens.get(self.at).map_or(self.text.len()..self.text.len(), |t| t.span.clone())
    }

    fn previous_end(&self) -> usize {
        self.tokens.get(self.at.wrapping_sub(1)).map_or(0, |token| token.span.end)
    }

    fn slice(&self, span: Range<usize>) -> &'a str {
        self.text.get(span).unwrap_or_default()
    }

    fn fault(&mut self, span: Range<usize>, message: &str, help: Option<&str>) {
        self.faults.push(Fault {
            span,
            kind: FaultKind::Syntax,
            message: message.to_owned(),
            help: help.map(str::to_owned),
        });
    }
}
