//! The grammar of filters and paths: one function per production of RFC 7644, figure 1.

use serde_json::Value;

use super::{CompareOp, Filter};
use crate::path::Path;
use crate::path::name::{check_name, split_names, split_schema};
use crate::syntax::{MAX_DEPTH, MAX_LENGTH, SyntaxFault};

/// Position and fault; the callers make a `FilterError` or a `PathError` of it.
type Fault = (usize, SyntaxFault);

/// Walks over the text from left to right.
pub(crate) struct Parser<'t> {
    text: &'t str,
    position: usize,
    depth: usize,
    in_value_filter: bool,
}

impl<'t> Parser<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, position: 0, depth: 0, in_value_filter: false }
    }

    /// `FILTER` and nothing after it. Blanks around it are forgiven.
    pub(crate) fn whole_filter(&mut self) -> Result<Filter, Fault> {
        self.check_length()?;
        self.blanks();
        if self.rest().is_empty() {
            return Err((0, SyntaxFault::Empty));
        }
        let filter = self.filter()?;
        self.blanks();
        self.end()?;
        Ok(filter)
    }

    /// `PATH = attrPath / valuePath [subAttr]` and nothing after it.
    pub(crate) fn whole_path(&mut self) -> Result<Path, Fault> {
        self.check_length()?;
        if self.rest().is_empty() {
            return Err((0, SyntaxFault::Empty));
        }
        let path = self.path()?;
        self.end()?;
        Ok(path)
    }

    /// `FILTER`: terms joined by `or`, the operator that binds least.
    fn filter(&mut self) -> Result<Filter, Fault> {
        self.joined("or", Self::conjunction, Filter::Or)
    }

    /// Terms joined by `and`.
    fn conjunction(&mut self) -> Result<Filter, Fault> {
        self.joined("and", Self::term, Filter::And)
    }

    /// `logExp = FILTER SP ("and" / "or") SP FILTER`.
    fn joined(
        &mut self,
        word: &str,
        operand: fn(&mut Self) -> Result<Filter, Fault>,
        join: fn(Vec<Filter>) -> Filter,
    ) -> Result<Filter, Fault> {
        let first = operand(self)?;
        let mut terms = vec![first];
        while self.keyword(word) {
            terms.push(operand(self)?);
        }
        Ok(match terms.pop() {
            Some(only) if terms.is_empty() => only,
            last => {
                terms.extend(last);
                join(terms)
            }
        })
    }

    /// `attrExp / valuePath / *1"not" "(" FILTER ")"`.
    fn term(&mut self) -> Result<Filter, Fault> {
        self.blanks();
        if self.rest().starts_with('(') {
            return self.group();
        }
        if self.at_word("not") {
            self.position += "not".len();
            self.blanks();
            if !self.rest().starts_with('(') {
                return Err((self.position, SyntaxFault::ParenthesisExpected));
            }
            return self.group().map(|inner| Filter::Not(Box::new(inner)));
        }
        self.attribute_expression()
    }

    /// `"(" FILTER ")"`.
    fn group(&mut self) -> Result<Filter, Fault> {
        let open = self.position;
        self.position += 1;
        self.enter(open)?;
        let inner = self.filter()?;
        self.depth -= 1;
        self.blanks();
        self.close(')', (open, SyntaxFault::UnclosedParenthesis))?;
        Ok(inner)
    }

    /// `attrExp = (attrPath SP "pr") / (attrPath SP compareOp SP compValue)`, or a `valuePath` alone.
    ///
    /// Beyond the RFC, the path may be a `valuePath` with a sub-attribute: Entra asks
    /// `emails[type eq "work"].value eq "…"`.
    fn attribute_expression(&mut self) -> Result<Filter, Fault> {
        let path = self.path()?;
        if path.filter.is_some() && path.sub_attribute.is_none() {
            return Ok(Filter::Present(path));
        }
        self.blanks();
        let start = self.position;
        let word = self.word();
        if word.is_empty() {
            return Err((start, SyntaxFault::OperatorExpected));
        }
        if word.eq_ignore_ascii_case("pr") {
            return Ok(Filter::Present(path));
        }
        let op = CompareOp::ALL
            .into_iter()
            .find(|op| word.eq_ignore_ascii_case(op.as_str()))
            .ok_or_else(|| (start, SyntaxFault::UnknownOperator(word.to_owned())))?;
        self.some_blanks()?;
        let value = self.comparison_value()?;
        Ok(Filter::Compare { path, op, value })
    }

    /// `attrPath = [URI ":"] ATTRNAME *1subAttr`, `valuePath = attrPath "[" valFilter "]"`.
    fn path(&mut self) -> Result<Path, Fault> {
        let start = self.position;
        let word = self.word();
        if word.is_empty() {
            return Err((start, SyntaxFault::AttributeExpected));
        }
        let (schema, names) = split_schema(word);
        let (attribute, mut sub_attribute) = split_names(names, start + word.len() - names.len())?;
        if sub_attribute.is_some() && self.rest().starts_with('[') {
            return Err((self.position, SyntaxFault::FilteredSubAttribute));
        }
        let filter = self.value_filter()?;
        if filter.is_some() && self.rest().starts_with('.') {
            self.position += 1;
            sub_attribute = Some(self.attribute_name()?);
        }
        Ok(Path { schema: schema.map(str::to_owned), attribute, filter, sub_attribute })
    }

    /// `"[" valFilter "]"`, where there is one.
    fn value_filter(&mut self) -> Result<Option<Box<Filter>>, Fault> {
        let open = self.position;
        if !self.rest().starts_with('[') {
            return Ok(None);
        }
        if self.in_value_filter {
            return Err((open, SyntaxFault::NestedValueFilter));
        }
        self.position += 1;
        self.in_value_filter = true;
        self.enter(open)?;
        let filter = self.filter()?;
        self.depth -= 1;
        self.in_value_filter = false;
        self.blanks();
        self.close(']', (open, SyntaxFault::UnclosedBracket))?;
        Ok(Some(Box::new(filter)))
    }

    /// `ATTRNAME`, where a word may only be one name.
    fn attribute_name(&mut self) -> Result<String, Fault> {
        let start = self.position;
        let word = self.word();
        check_name(word, start)?;
        Ok(word.to_owned())
    }

    /// `compValue = false / null / true / number / string`, each as JSON writes it.
    fn comparison_value(&mut self) -> Result<Value, Fault> {
        let start = self.position;
        if self.rest().starts_with('"') {
            return self.string();
        }
        let word = self.word();
        if word.is_empty() {
            return Err((start, SyntaxFault::ValueExpected));
        }
        match serde_json::from_str(word) {
            Ok(value @ (Value::Bool(_) | Value::Null | Value::Number(_))) => Ok(value),
            _ => Err((start, SyntaxFault::BadValue(word.to_owned()))),
        }
    }

    /// A JSON string.
    fn string(&mut self) -> Result<Value, Fault> {
        let start = self.position;
        let rest = self.rest();
        let mut escaped = false;
        let quote = rest.char_indices().skip(1).find(|&(_, c)| {
            let closes = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            closes
        });
        let Some((quote, _)) = quote else {
            return Err((start, SyntaxFault::UnclosedString));
        };
        self.position += quote + 1;
        let literal = rest.get(..=quote).unwrap_or_default();
        serde_json::from_str(literal)
            .map(Value::String)
            .map_err(|_| (start, SyntaxFault::BadString))
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.position..).unwrap_or_default()
    }

    /// Steps over blanks.
    fn blanks(&mut self) {
        let rest = self.rest();
        self.position += rest.len() - rest.trim_start_matches(' ').len();
    }

    /// `SP`. At the end of the text it is not the blank that is missed.
    fn some_blanks(&mut self) -> Result<(), Fault> {
        if !self.rest().is_empty() && !self.rest().starts_with(' ') {
            return Err((self.position, SyntaxFault::BlankExpected));
        }
        self.blanks();
        Ok(())
    }

    /// Takes what stands before the next blank, bracket, parenthesis or quote.
    fn word(&mut self) -> &'t str {
        let rest = self.rest();
        let end = rest.find([' ', '[', ']', '(', ')', '"']).unwrap_or(rest.len());
        self.position += end;
        rest.get(..end).unwrap_or_default()
    }

    /// Whether the next word is this one.
    fn at_word(&self, word: &str) -> bool {
        let mut ahead = Parser::new(self.rest());
        ahead.word().eq_ignore_ascii_case(word)
    }

    /// Takes `SP word SP` where it comes next.
    fn keyword(&mut self, word: &str) -> bool {
        let rest = self.rest();
        let ahead = rest.trim_start_matches(' ');
        if ahead.len() == rest.len() || !Parser::new(ahead).at_word(word) {
            return false;
        }
        self.blanks();
        self.position += word.len();
        true
    }

    fn check_length(&self) -> Result<(), Fault> {
        if self.text.len() > MAX_LENGTH { Err((0, SyntaxFault::TooLong)) } else { Ok(()) }
    }

    fn enter(&mut self, open: usize) -> Result<(), Fault> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err((open, SyntaxFault::TooDeep)) } else { Ok(()) }
    }

    /// Takes the closing sign. At the end of the text the fault is the open one; elsewhere the surplus text.
    fn close(&mut self, sign: char, unclosed: Fault) -> Result<(), Fault> {
        if self.rest().starts_with(sign) {
            self.position += sign.len_utf8();
            return Ok(());
        }
        if self.rest().is_empty() { Err(unclosed) } else { self.end() }
    }

    fn end(&self) -> Result<(), Fault> {
        if self.rest().is_empty() {
            return Ok(());
        }
        Err((self.position, SyntaxFault::Trailing(self.rest().chars().take(40).collect())))
    }
}
