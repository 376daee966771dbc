//! The secret token: it goes onto a request, and never onto a screen, a disk, or a message.
//!
//! There is no `Display`, no serde, and `Debug` hides the text, so that a leak does not compile.

use std::fmt;
use std::sync::Arc;

use http::{HeaderValue, Request, header::AUTHORIZATION};

/// A bearer token, held in memory for as long as the page lives.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretToken(Arc<str>);

/// Why a text cannot be a secret token, with the repair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenFault {
    /// The rule that the text breaks.
    pub message: &'static str,
    /// What to type instead.
    pub repair: &'static str,
}

impl SecretToken {
    /// Checks what was typed; the text is not part of the answer.
    ///
    /// # Errors
    /// When nothing, a `Bearer ` prefix, quotes, or a character that no header may hold was typed.
    pub fn parse(typed: &str) -> Result<Self, TokenFault> {
        let text = typed.trim();
        let fault = |message, repair| Err(TokenFault { message, repair });
        if text.is_empty() {
            return fault(
                "there is no token",
                "paste the token that the application's console shows",
            );
        }
        if text.get(..7).is_some_and(|head| head.eq_ignore_ascii_case("bearer ")) {
            return fault(
                "the token begins with the word Bearer",
                "leave the word out: Entra adds it to every request",
            );
        }
        if text.starts_with(['"', '\'']) || text.ends_with(['"', '\'']) {
            return fault("the token stands in quotes", "paste it without the quotes");
        }
        if text.contains(char::is_whitespace) {
            return fault(
                "the token holds a blank or a line break",
                "copy it again in one piece, without blanks",
            );
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return fault(
                "the token holds a character that a header cannot carry",
                "copy it again; a token is made of plain ASCII characters",
            );
        }
        Ok(Self(text.into()))
    }

    /// Adds `Authorization: Bearer …` to a request, at the last moment before it is sent.
    pub fn authorize(&self, request: &mut Request<Vec<u8>>) {
        // `parse` admits graphic ASCII only, so the value is always a legal header.
        if let Ok(mut value) = HeaderValue::from_str(&format!("Bearer {}", self.0)) {
            value.set_sensitive(true);
            request.headers_mut().insert(AUTHORIZATION, value);
        }
    }

    /// Whether this is the given, publicly known, token; used for the sandbox's own.
    pub fn is(&self, public: &str) -> bool {
        &*self.0 == public
    }

    /// How many characters it has: all that a screen may say of it.
    pub fn length(&self) -> usize {
        self.0.len()
    }

    /// Replaces the token wherever a server's answer repeats it, so that it can be shown.
    pub fn redact(&self, text: &str) -> String {
        text.replace(&*self.0, "‹token›")
    }
}

impl fmt::Debug for SecretToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretToken(***)")
    }
}

/// The token in memory with the one origin that it may go to: that of its first request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldToken {
    token: SecretToken,
    origin: Option<String>,
}

impl HeldToken {
    /// Holds a token that has not gone anywhere yet.
    pub fn new(token: SecretToken) -> Self {
        Self { token, origin: None }
    }

    /// The origin that the token has gone to, where it is another than this one: the token must
    /// then be pasted anew, so that a slip in the address cannot hand it to a stranger.
    pub fn elsewhere(&self, origin: &str) -> Option<&str> {
        self.origin.as_deref().filter(|known| *known != origin)
    }

    /// The token for requests to an origin, which is from now on the only one.
    pub fn for_origin(&mut self, origin: &str) -> Option<SecretToken> {
        if self.elsewhere(origin).is_some() {
            return None;
        }
        self.origin = Some(origin.to_owned());
        Some(self.token.clone())
    }

    /// The token for the sandbox, which is no host.
    pub fn for_sandbox(&self) -> SecretToken {
        self.token.clone()
    }

    /// How many characters the token has.
    pub fn length(&self) -> usize {
        self.token.length()
    }

    /// A text without the token.
    pub fn redact(&self, text: &str) -> String {
        self.token.redact(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_goes_to_one_origin_only() {
        let mut held = HeldToken::new(SecretToken::parse("canary").unwrap());
        assert_eq!(held.elsewhere("https://a.example"), None);
        assert!(held.for_origin("https://a.example").is_some());
        assert!(held.for_origin("https://a.example").is_some());
        assert_eq!(held.for_origin("https://b.example"), None);
        assert_eq!(held.elsewhere("https://b.example"), Some("https://a.example"));
        assert!(!format!("{held:?}").contains("canary"));
    }

    #[test]
    fn a_bare_token_is_taken_and_goes_onto_the_request() {
        let token = SecretToken::parse(" eyJ.abc-_~+/= \n").unwrap();
        let mut request = Request::new(Vec::new());
        token.authorize(&mut request);
        assert_eq!(request.headers()[AUTHORIZATION], "Bearer eyJ.abc-_~+/=");
        assert!(request.headers()[AUTHORIZATION].is_sensitive());
    }

    #[test]
    fn what_is_not_a_token_is_refused_without_repeating_it() {
        for typed in ["", "  ", "Bearer canary1", "\"canary2\"", "can ary3", "can\nary4", "canäry5"]
        {
            let fault = SecretToken::parse(typed).unwrap_err();
            assert!(!format!("{fault:?}").contains("canary"), "{typed}");
        }
    }

    #[test]
    fn debug_shows_nothing_of_it() {
        let token = SecretToken::parse("canary").unwrap();
        assert_eq!(format!("{token:?}"), "SecretToken(***)");
        assert_eq!(token.redact("you sent canary!"), "you sent ‹token›!");
    }
}
