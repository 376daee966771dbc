//! Text to tree: one function per production, and recovery at commas and parentheses.
//!
//! The parser never fails. Whatever it cannot use becomes [`NodeKind::Missing`] with a fault,
//! so that the rest of the text is still coloured, checked and completed.

mod trouble;

use std::ops::Range;

use super::fault::Fault;
use super::function;
use super::lex::{self, Token, TokenKind};
use super::tree::{Call, Comparison, Keyword, Node, NodeKind};

/// Deeper nesting is refused, so that no text can exhaust the stack.
const DEPTH_LIMIT: usize = 100;

/// What reading a text yields.
pub(super) struct Parsed {
    /// The tree.
    pub(super) root: Node,
    /// Parts that have no place in the tree, because something is wrong before them.
    pub(super) beside: Vec<Node>,
    /// What is wrong with the grammar.
    pub(super) faults: Vec<Fault>,
}

/// Reads a text.
pub(super) fn parse(text: &str) -> Parsed {
    let mut parser = Parser {
        text,
        tokens: lex::tokens(text),
        at: 0,
        depth: 0,
        unclosed: 0,
        beside: Vec::new(),
        faults: Vec::new(),
    };
    let root = parser.mapping();
    Parsed { root, beside: parser.beside, faults: parser.faults }
}

struct Parser<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    /// Parentheses that were open when the text ended.
    unclosed: usize,
    beside: Vec<Node>,
    faults: Vec<Fault>,
}

impl<'a> Parser<'a> {
    /// `mapping = expr`
    fn mapping(&mut self) -> Node {
        if self.tokens.is_empty() {
            self.empty();
            return Node { span: 0..self.text.len(), kind: NodeKind::Missing };
        }
        let root = self.value();
        self.rest();
        root
    }

    /// What stands behind the whole expression: of the pieces there the first is a fault, each of
    /// them is read for its own faults, and every parenthesis too many is one.
    fn rest(&mut self) {
        let mut is_first = true;
        while let Some(kind) = self.peek() {
            match kind {
                TokenKind::Close => {
                    self.surplus_parentheses();
                    while self.peek() == Some(TokenKind::Close) {
                        self.at += 1;
                    }
                }
                _ => {
                    if std::mem::take(&mut is_first) {
                        self.left_over();
                    }
                    if matches!(kind, TokenKind::Comma | TokenKind::Comparison) {
                        self.at += 1;
                        continue;
                    }
                    let beside = self.value();
                    self.beside.push(beside);
                }
            }
        }
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
        while self.peek() == Some(TokenKind::Comparison) {
            self.chained_comparison();
            self.at += 1;
            let beside = self.operand();
            self.beside.push(beside);
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
            Some(TokenKind::Open) => return self.group(),
            Some(TokenKind::Name) => self.word(written),
            Some(TokenKind::Attribute) => self.attribute(written),
            Some(TokenKind::Text) => NodeKind::Text(lex::unquote(written)),
            Some(TokenKind::Number) => NodeKind::Number(written.to_owned()),
            Some(TokenKind::Comma | TokenKind::Close | TokenKind::Comparison) | None => {
                self.missing_value();
                return Node { span: span.start..span.start, kind: NodeKind::Missing };
            }
            Some(TokenKind::Unclosed | TokenKind::ForeignQuotes | TokenKind::Unknown) => {
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
                self.nameless_attribute();
                NodeKind::Missing
            }
        }
    }

    /// `keyword = vbTextCompare | vbBinaryCompare`; no other bare word has a meaning.
    fn word(&mut self, word: &str) -> NodeKind {
        match Keyword::ALL.into_iter().find(|(name, _)| *name == word) {
            Some((_, keyword)) => NodeKind::Keyword(keyword),
            None => {
                self.bare_word(word);
                NodeKind::Missing
            }
        }
    }

    /// Parentheses around a value, which only calls have: what stands in them is read all the same.
    fn group(&mut self) -> Node {
        let open = self.span();
        let before = self.tokens.get(self.at.wrapping_sub(1)).map(|token| token.kind);
        self.at += 1;
        if self.depth >= DEPTH_LIMIT {
            self.too_deep(open.clone());
            self.skip_nested();
            self.close(&open, "");
            return Node { span: open.start..self.previous_end(), kind: NodeKind::Missing };
        }
        self.depth += 1;
        let inner = self.value();
        if !matches!(self.peek(), Some(TokenKind::Close) | None) {
            self.unexpected();
            self.skip_nested();
        }
        self.depth -= 1;
        // Nothing may run into what stands beside them.
        let is_edge = |kind| {
            matches!(
                kind,
                None | Some(TokenKind::Open | TokenKind::Comma | TokenKind::Close)
                    | Some(TokenKind::Comparison)
            )
        };
        let can_go = is_edge(before)
            && inner.kind != NodeKind::Missing
            && self.peek() == Some(TokenKind::Close)
            && is_edge(self.peek_after());
        self.needless_parentheses(open.clone(), can_go.then(|| self.span()));
        self.close(&open, "");
        inner
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
            self.too_deep(name_span.clone());
            self.skip_nested();
            Vec::new()
        };
        let end = self.close(&name_span, &name);
        let span = name_span.start..end;
        let function = function::find(&name);
        Node { span, kind: NodeKind::Call(Call { name, name_span, function, arguments }) }
    }

    /// Takes the closing parenthesis; answers where the call ends.
    fn close(&mut self, opening: &Range<usize>, name: &str) -> usize {
        if self.peek() == Some(TokenKind::Close) {
            self.at += 1;
            return self.previous_end();
        }
        self.unclosed += 1;
        self.never_closed(opening.clone(), name);
        self.text.len()
    }

    fn arguments(&mut self) -> Vec<Option<Node>> {
        let mut arguments = Vec::new();
        if matches!(self.peek(), Some(TokenKind::Close) | None) {
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
        let node = self.value();
        match self.peek() {
            Some(TokenKind::Comma | TokenKind::Close) | None => {}
            // The comma is taken for granted, so that the rest is read as it was meant.
            Some(
                TokenKind::Name
                | TokenKind::Attribute
                | TokenKind::Text
                | TokenKind::Number
                | TokenKind::Unclosed
                | TokenKind::ForeignQuotes,
            ) => {}
            Some(_) => {
                self.unexpected();
                self.skip(|kind| matches!(kind, TokenKind::Close | TokenKind::Comma));
            }
        }
        Some(node)
    }

    /// `expr`, and operators of other languages behind it with what stands behind them.
    fn value(&mut self) -> Node {
        let start = self.span().start;
        let node = self.expr();
        // Parentheses around an operand belong to it, though its node knows nothing of them.
        let left = start..self.previous_end();
        let mut operands = vec![left];
        let mut symbols = Vec::new();
        while let Some(symbol) = self.operator() {
            symbols.push((symbol, self.span()));
            self.at += 1;
            let start = self.span().start;
            let operand = self.expr();
            operands.push(start..self.previous_end());
            self.beside.push(operand);
        }
        self.foreign_operators(&symbols, &operands);
        node
    }

    /// The operator here, unless it is a word that is called.
    fn operator(&self) -> Option<&'a str> {
        let written = self.slice(self.span());
        match self.peek()? {
            TokenKind::Name if self.peek_after() == Some(TokenKind::Open) => None,
            TokenKind::Name => trouble::CONJUNCTIONS
                .iter()
                .any(|word| written.eq_ignore_ascii_case(word))
                .then_some(written),
            TokenKind::Unknown => trouble::OPERATORS.contains(&written).then_some(written),
            _ => None,
        }
    }

    /// To the parenthesis that closes the current call.
    fn skip_nested(&mut self) {
        self.skip(|kind| kind == TokenKind::Close);
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
        self.unclosed += open;
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
}
