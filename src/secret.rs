//! The secrets: they go onto a request, and never onto a screen, a disk, or a message.
//!
//! There is no `Display`, no serde, and `Debug` hides the text, so that a leak does not compile.

use std::fmt;
use std::sync::Arc;

use crate::draft::authentication::Method;

mod look;
mod proof;

pub use look::Look;
pub use proof::{SecretProof, form};

/// What a secret is for. One that was typed for one purpose is never used for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A bearer token: it goes to the tenant URL.
    Token,
    /// The password of a user: it goes to the tenant URL.
    Password,
    /// The secret of an OAuth client: it goes to the token endpoint.
    Client,
    /// The session key of a relay at another address: it goes to that relay.
    RelayKey,
}

impl Purpose {
    /// What a way to authenticate needs; nothing where this page cannot try it.
    pub fn of(method: Method) -> Option<Self> {
        match method {
            Method::Bearer => Some(Self::Token),
            Method::Basic | Method::EncodedPassword => Some(Self::Password),
            Method::ClientCredentials => Some(Self::Client),
            Method::AuthorizationCode | Method::Federated => None,
        }
    }

    /// The noun for it.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Password => "password",
            Self::Client => "client secret",
            Self::RelayKey => "session key",
        }
    }
}

/// A secret as somebody typed it, held in memory for as long as the page lives.
#[derive(Clone, PartialEq, Eq)]
pub struct TypedSecret {
    text: Arc<str>,
    purpose: Purpose,
}

/// Why a text cannot be a secret, with the repair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretFault {
    /// The rule that the text breaks.
    pub message: &'static str,
    /// What to type instead.
    pub repair: &'static str,
}

impl TypedSecret {
    /// Checks what was typed; the text is not part of the answer.
    ///
    /// # Errors
    /// When nothing was typed; of a token also a `Bearer ` prefix, quotes, or a character that no
    /// header may hold; of a session key all that is not 64 hexadecimal digits.
    pub fn parse(purpose: Purpose, typed: &str) -> Result<Self, SecretFault> {
        let text = if purpose == Purpose::Password { typed } else { typed.trim() };
        let wrong = match purpose {
            Purpose::Token => wrong_token(text),
            Purpose::Password | Purpose::Client => wrong_password(text),
            Purpose::RelayKey => wrong_key(text),
        };
        match wrong {
            Some((message, repair)) => Err(SecretFault { message, repair }),
            None => Ok(Self { text: text.into(), purpose }),
        }
    }

    /// How many characters it has.
    pub fn length(&self) -> usize {
        self.text.chars().count()
    }

    /// What can be told of it without telling it.
    pub fn look(&self) -> Look {
        Look::at(&self.text, self.purpose)
    }
}

impl fmt::Debug for TypedSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TypedSecret(***)")
    }
}

type Wrong = Option<(&'static str, &'static str)>;

fn wrong_token(text: &str) -> Wrong {
    if text.is_empty() {
        return Some(("there is no token", "paste the token that the application's console shows"));
    }
    if text.get(..7).is_some_and(|head| head.eq_ignore_ascii_case("bearer ")) {
        return Some((
            "the token begins with the word Bearer",
            "leave the word out: Entra adds it to every request",
        ));
    }
    if text.starts_with(['"', '\'']) || text.ends_with(['"', '\'']) {
        return Some(("the token stands in quotes", "paste it without the quotes"));
    }
    if text.contains(char::is_whitespace) {
        return Some((
            "the token holds a blank or a line break",
            "copy it again in one piece, without blanks",
        ));
    }
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Some((
            "the token holds a character that a header cannot carry",
            "copy it again; a token is made of plain ASCII characters",
        ));
    }
    None
}

/// The relay prints 256 bits, behind the words `session key for pages elsewhere:`.
fn wrong_key(text: &str) -> Wrong {
    let is_key = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    (!is_key).then_some((
        "a session key has 64 digits and letters from a to f",
        "copy what the relay has printed behind `session key for pages elsewhere:`",
    ))
}

fn wrong_password(text: &str) -> Wrong {
    if text.is_empty() {
        return Some(("there is nothing", "paste what the application's console shows"));
    }
    text.contains(char::is_control).then_some((
        "it holds a line break or another control character",
        "copy it again in one piece",
    ))
}

/// A secret in memory with the one origin that it may go to: that of its first request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldSecret {
    secret: TypedSecret,
    origin: Option<String>,
}

impl HeldSecret {
    /// Holds a secret that has not gone anywhere yet.
    pub fn new(secret: TypedSecret) -> Self {
        Self { secret, origin: None }
    }

    /// What it is for.
    pub fn purpose(&self) -> Purpose {
        self.secret.purpose
    }

    /// The origin that the secret has gone to, where it is another than this one: it must then be
    /// pasted anew, so that a slip in the address cannot hand it to a stranger.
    pub fn elsewhere(&self, origin: &str) -> Option<&str> {
        self.origin.as_deref().filter(|known| *known != origin)
    }

    /// The secret for requests to an origin, which is from now on the only one.
    pub fn for_origin(&mut self, origin: &str) -> Option<TypedSecret> {
        if self.elsewhere(origin).is_some() {
            return None;
        }
        self.origin = Some(origin.to_owned());
        Some(self.secret.clone())
    }

    /// The secret for the sandbox, which is no host.
    pub fn for_sandbox(&self) -> TypedSecret {
        self.secret.clone()
    }

    /// How many characters it has: all that a screen may say of most.
    pub fn length(&self) -> usize {
        self.secret.length()
    }

    /// What can be told of it without telling it.
    pub fn look(&self) -> Look {
        self.secret.look()
    }

    /// A text without the secret, whichever way a server's answer repeats it.
    pub fn redact(&self, text: &str, user_name: &str) -> String {
        proof::redact(text, &self.secret.text, user_name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(typed: &str) -> Result<TypedSecret, SecretFault> {
        TypedSecret::parse(Purpose::Token, typed)
    }

    #[test]
    fn a_secret_goes_to_one_origin_only() {
        for purpose in [Purpose::Token, Purpose::Password, Purpose::Client] {
            let mut held = HeldSecret::new(TypedSecret::parse(purpose, "canary").unwrap());
            assert_eq!(held.elsewhere("https://a.example"), None);
            assert!(held.for_origin("https://a.example").is_some());
            assert!(held.for_origin("https://a.example").is_some());
            assert_eq!(held.for_origin("https://b.example"), None);
            assert_eq!(held.elsewhere("https://b.example"), Some("https://a.example"));
            assert!(!format!("{held:?}").contains("canary"));
        }
    }

    #[test]
    fn what_is_not_a_token_is_refused_without_repeating_it() {
        for typed in ["", "  ", "Bearer canary1", "\"canary2\"", "can ary3", "can\nary4", "canäry5"]
        {
            let fault = token(typed).unwrap_err();
            assert!(!format!("{fault:?}").contains("canary"), "{typed}");
        }
    }

    #[test]
    fn a_password_may_hold_what_a_token_may_not() {
        let password = |typed| TypedSecret::parse(Purpose::Password, typed);
        assert_eq!(password(" Bearer \"ä\" ").unwrap().length(), 12);
        assert!(password("").is_err());
        assert!(password("a\nb").is_err());
    }

    #[test]
    fn a_session_key_is_what_the_relay_prints_and_goes_to_one_relay() {
        let key = |typed: &str| TypedSecret::parse(Purpose::RelayKey, typed);
        let printed = "0123456789abcdef".repeat(4);
        let mut held = HeldSecret::new(key(&format!(" {printed}\n")).unwrap());
        assert_eq!(held.length(), 64);
        assert!(held.for_origin("http://127.0.0.1:4180").is_some());
        assert_eq!(held.for_origin("http://127.0.0.1:4181"), None);
        for typed in
            ["", "canary", &printed[1..], &format!("key: {printed}"), &printed.replace('0', "g")]
        {
            let fault = key(typed).unwrap_err();
            assert!(!format!("{fault:?}").contains("canary"), "{typed}");
        }
    }

    #[test]
    fn debug_shows_nothing_of_it() {
        let held = HeldSecret::new(token("canary").unwrap());
        assert!(format!("{held:?}").contains("TypedSecret(***)"));
        assert_eq!(held.redact("you sent canary!", ""), "you sent ‹token›!");
    }
}
