//! Where in an unfinished text a position stands: in which token, in which call, at which argument.

use super::super::function::{self, Function};
use super::super::lex::{self, Token, TokenKind};

/// Where a position stands.
pub(super) struct Context<'t> {
    /// The token that is being typed there.
    pub(super) token: Option<Token>,
    /// Whether a parenthesis follows the token.
    pub(super) is_called: bool,
    /// What stands before it.
    previous: Option<TokenKind>,
    /// The parentheses that are open there, the innermost last: the name before each, and how
    /// many commas stand in it so far.
    open: Vec<(Option<&'t str>, usize)>,
}

impl<'t> Context<'t> {
    pub(super) fn of(text: &'t str, position: usize) -> Self {
        let tokens = lex::tokens(text);
        let mut context = Self { token: None, is_called: false, previous: None, open: Vec::new() };
        let mut name = None;
        let mut rest = tokens.into_iter().peekable();
        while let Some(token) = rest.next_if(|token| token.span.start < position) {
            if is_touched(&token, position) {
                context.is_called = rest.peek().is_some_and(|next| next.kind == TokenKind::Open);
                context.token = Some(token);
                break;
            }
            match token.kind {
                TokenKind::Open => context.open.push((name, 0)),
                TokenKind::Close => {
                    context.open.pop();
                }
                TokenKind::Comma => {
                    if let Some((_, commas)) = context.open.last_mut() {
                        *commas += 1;
                    }
                }
                _ => {}
            }
            name = if token.kind == TokenKind::Name { text.get(token.span) } else { None };
            context.previous = Some(token.kind);
        }
        context
    }

    /// The innermost call of a function, and the place of the argument.
    pub(super) fn call(&self) -> Option<(&'static Function, usize)> {
        let (name, commas) = self.open.iter().rev().find(|(name, _)| name.is_some())?;
        Some((function::find((*name)?)?, *commas))
    }

    /// Whether a value may begin here.
    pub(super) fn takes_value(&self) -> bool {
        matches!(
            self.previous,
            None | Some(TokenKind::Open | TokenKind::Comma | TokenKind::Comparison)
        )
    }
}

/// Whether a position stands inside a token, or at the end of one that goes on there.
fn is_touched(token: &Token, position: usize) -> bool {
    let goes_on = matches!(token.kind, TokenKind::Name | TokenKind::Number | TokenKind::Unclosed);
    let inside =
        matches!(token.kind, TokenKind::Text | TokenKind::Attribute | TokenKind::ForeignQuotes);
    (goes_on && position <= token.span.end) || (inside && position < token.span.end)
}
