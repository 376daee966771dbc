//! What the parser says where a text leaves the grammar, and how that is mended.

use std::ops::Range;

use super::super::fault::Fault;
use super::super::fix::{Edit, Fix};
use super::super::function;
use super::super::lex::{self, Token, TokenKind};
use super::super::rule::Rule;
use super::super::tree::Keyword;
use super::{DEPTH_LIMIT, Parser};

/// Words that connect conditions in other languages.
pub(super) const CONJUNCTIONS: [&str; 2] = ["AND", "OR"];

/// Symbols that compute in other languages.
pub(super) const OPERATORS: [&str; 5] = ["&", "+", "-", "*", "/"];

impl Parser<'_> {
    fn say(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    pub(super) fn empty(&mut self) {
        self.say(
            Fault::new(Rule::Syntax, 0..self.text.len(), "the expression is empty")
                .helping("for example `Join(\" \", [givenName], [surname])`"),
        );
    }

    pub(super) fn missing_value(&mut self) {
        let span = self.span();
        let fix = Fix::inserting("put an empty text there", span.start, "\"\"");
        self.say(Fault::new(Rule::Syntax, span, "a value is missing here").fixing([fix]));
    }

    pub(super) fn chained_comparison(&mut self) {
        self.say(
            Fault::new(Rule::Operator, self.span(), "comparisons cannot be chained")
                .helping("nest one `IIF` in the other"),
        );
    }

    pub(super) fn nameless_attribute(&mut self) {
        self.say(
            Fault::new(Rule::Syntax, self.span(), "the brackets name no attribute")
                .helping("write its name between the brackets"),
        );
    }

    pub(super) fn too_deep(&mut self, span: Range<usize>) {
        let message = format!("more than {DEPTH_LIMIT} calls are nested here");
        self.say(Fault::new(Rule::TooDeep, span, message).helping("split the expression"));
    }

    pub(super) fn bare_word(&mut self, word: &str) {
        self.say(bare_word(word, self.span()));
    }

    /// A token that is no value.
    pub(super) fn unusable(&mut self, written: &str) {
        let span = self.span();
        self.say(match (self.peek(), written.chars().next()) {
            (Some(TokenKind::Unclosed), Some('[')) => {
                let fix = Fix::inserting("close the bracket", span.end, "]");
                Fault::new(Rule::Unclosed, span, "the bracket is never closed")
                    .helping("end the attribute's name with `]`")
                    .fixing([fix])
            }
            (Some(TokenKind::Unclosed), _) => {
                let fix = Fix::replacing("close the text", span.clone(), closed(written).0);
                Fault::new(Rule::Unclosed, span, "the text is never closed")
                    .helping("end it with a double quote")
                    .fixing([fix])
            }
            (Some(TokenKind::ForeignQuotes), _) => {
                let mut inner = written.chars();
                inner.next();
                inner.next_back();
                let quoted = lex::quote(inner.as_str());
                let fix = Fix::replacing("use double quotes", span.clone(), quoted);
                Fault::new(Rule::ForeignQuotes, span, format!("{written} is no text"))
                    .helping("text stands in straight double quotes")
                    .fixing([fix])
            }
            _ => Fault::new(Rule::Syntax, span, format!("`{written}` cannot stand here"))
                .helping("a value was expected"),
        });
    }

    pub(super) fn needless_parentheses(&mut self, open: Range<usize>, close: Option<Range<usize>>) {
        let out = |span| Edit { span, text: String::new() };
        let fix = close.map(|close| Fix {
            label: "leave the parentheses out".to_owned(),
            edits: vec![out(open.clone()), out(close)],
        });
        self.say(
            Fault::new(Rule::Syntax, open.clone(), "`(` stands behind no function's name")
                .helping("parentheses belong to calls alone; leave them out")
                .fixing(fix),
        );
    }

    /// A call, or a parenthesis, that the end of the text cuts off.
    pub(super) fn never_closed(&mut self, opening: Range<usize>, name: &str) {
        let fix = self.closing();
        self.say(
            Fault::new(Rule::Unclosed, opening, format!("`{name}(` is never closed"))
                .helping("add `)` behind its last argument")
                .fixing([fix]),
        );
    }

    /// Closes all parentheses that were found open so far, and the text that hides their ends.
    fn closing(&self) -> Fix {
        let label = "close it at the end".to_owned();
        let end = self.text.trim_end().len();
        let cut_off = self.tokens.last().filter(|token| {
            token.kind == TokenKind::Unclosed && !self.slice(token.span.clone()).starts_with('[')
        });
        let Some(Token { span, .. }) = cut_off else {
            return Fix::inserting(label, end, ")".repeat(self.unclosed));
        };
        let (mut text, parentheses) = closed(self.slice(span.clone()));
        text.push_str(&")".repeat(self.unclosed.saturating_sub(parentheses)));
        Fix::replacing(label, span.clone(), text)
    }

    pub(super) fn missing_comma(&mut self) {
        let message = format!("a comma is missing before `{}`", self.slice(self.span()));
        let fix = Fix::inserting("put a comma there", self.previous_end(), ",");
        self.say(
            Fault::new(Rule::MissingComma, self.span(), message)
                .helping("arguments are separated by commas")
                .fixing([fix]),
        );
    }

    /// Operators between values; texts that are put together with them become a `Join`.
    pub(super) fn foreign_operators(
        &mut self,
        symbols: &[(&str, Range<usize>)],
        operands: &[Range<usize>],
    ) {
        let Some((first, span)) = symbols.first() else { return };
        let is_concatenation = symbols.iter().all(|(symbol, _)| matches!(*symbol, "&" | "+"));
        let help = match *first {
            _ if is_concatenation => "texts are put together with `Append` or `Join`",
            "-" | "*" | "/" | "&" | "+" => "there is no arithmetic; compute it in the directory",
            _ => "there is no AND and no OR: nest one `IIF` in the other",
        };
        let place = match self.depth {
            0 => "after the end of the expression",
            _ => "between two arguments",
        };
        let fix = is_concatenation.then(|| self.concatenation(operands)).flatten();
        self.say(
            Fault::new(Rule::Operator, span.clone(), format!("`{first}` cannot stand {place}"))
                .helping(help)
                .fixing(fix),
        );
    }

    fn concatenation(&self, operands: &[Range<usize>]) -> Option<Fix> {
        let whole = operands.first()?.start..operands.last()?.end;
        let texts: Vec<&str> = operands.iter().map(|span| self.slice(span.clone())).collect();
        if texts.iter().any(|text| text.is_empty()) {
            return None;
        }
        let (name, call) = match texts[..] {
            [source, suffix] => ("Append", format!("Append({source}, {suffix})")),
            _ => ("Join", format!("Join(\"\", {})", texts.join(", "))),
        };
        Some(Fix::replacing(format!("write `{name}`"), whole, call))
    }

    /// A token that cannot follow a value inside a call.
    pub(super) fn unexpected(&mut self) {
        let message = format!("`{}` cannot stand between two arguments", self.slice(self.span()));
        self.say(
            Fault::new(Rule::Syntax, self.span(), message)
                .helping("a comma or the end of the call was expected"),
        );
    }

    /// A piece behind the whole expression.
    pub(super) fn left_over(&mut self) {
        let span = self.span();
        self.say(
            Fault::new(Rule::Syntax, span.clone(), self.after_the_end(span))
                .helping("an expression is one function call, around all the others"),
        );
    }

    /// Parentheses that close nothing.
    pub(super) fn surplus_parentheses(&mut self) {
        let surplus = self.tokens.iter().skip(self.at);
        let surplus: Vec<&Token> =
            surplus.take_while(|token| token.kind == TokenKind::Close).collect();
        let span = self.span();
        let whole = span.start..surplus.last().map_or(span.end, |token| token.span.end);
        let (help, label) = match surplus.len() {
            1 => ("there is one `)` too many".to_owned(), "take it out"),
            more => (format!("there are {more} `)` too many"), "take them out"),
        };
        let message = self.after_the_end(span.clone());
        // They are what ends an attribute without a bracket.
        let before = self.tokens.get(self.at.wrapping_sub(1));
        let can_go = before.is_none_or(|token| token.kind != TokenKind::Unclosed);
        self.say(
            Fault::new(Rule::Syntax, span, message)
                .helping(help)
                .fixing(can_go.then(|| Fix::removing(label, whole))),
        );
    }

    fn after_the_end(&self, span: Range<usize>) -> String {
        format!("`{}` cannot stand after the end of the expression", self.slice(span))
    }
}

/// A word without brackets, quotes or parentheses, and what may be meant by it.
fn bare_word(word: &str, span: Range<usize>) -> Fault {
    let message = format!("`{word}` is a bare word");
    if matches!(word, "IgnoreAttributeFlow" | "IgnoreObjectFlow") {
        return Fault::new(Rule::HrKeyword, span, message).helping(
            "this keyword belongs to inbound jobs from HR systems; \
             for an application use `IgnoreFlowIfNullOrEmpty`",
        );
    }
    let fault = Fault::new(Rule::BareWord, span.clone(), message);
    let write = |text: String| Fix::replacing(format!("write `{text}`"), span.clone(), text);
    let keyword = Keyword::ALL.iter().find(|(name, _)| name.eq_ignore_ascii_case(word));
    let truth = ["True", "False"].into_iter().find(|truth| truth.eq_ignore_ascii_case(word));
    if let Some((name, _)) = keyword {
        fault
            .helping(format!("names are case-sensitive: write `{name}`"))
            .fixing([write((*name).to_owned())])
    } else if let Some(function) = function::find_ignoring_case(word) {
        let is_complete = function.parameters.is_empty();
        fault
            .helping(format!("a function needs parentheses: `{word}(...)`"))
            .fixing(is_complete.then(|| write(format!("{}()", function.name))))
    } else if let Some(truth) = truth {
        let quoted = lex::quote(truth);
        fault.helping(format!("write `{quoted}` for the text")).fixing([write(quoted)])
    } else {
        fault
            .helping(format!("write `[{word}]` for the attribute, or `\"{word}\"` for the text"))
            .fixing([write(format!("[{word}]")), write(lex::quote(word))])
    }
}

/// A text that is never closed, closed: before the parentheses at its end, which are hardly part
/// of it. And how many of those there are.
fn closed(written: &str) -> (String, usize) {
    let opening = written.chars().next().map_or(0, char::len_utf8);
    let content = written.get(opening..).unwrap_or_default();
    let body = content.trim_end_matches(|c: char| c == ')' || c.is_whitespace());
    let tail = content.get(body.len()..).unwrap_or_default();
    let quoted = match written.chars().next() {
        Some('"') => {
            // A backslash at the end would take the quote for itself.
            let is_escaped = body.chars().rev().take_while(|c| *c == '\\').count() % 2 == 1;
            format!("\"{body}{}\"", if is_escaped { "\\" } else { "" })
        }
        _ => lex::quote(body),
    };
    let parentheses = tail.chars().filter(|c| *c == ')').count();
    (quoted + tail, parentheses)
}
