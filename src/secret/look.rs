//! What can be told of a secret without telling it: whether it is too long, and when it ends.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::Purpose;

/// Entra's field takes no more characters in the clouds of the US Government.
const GOVERNMENT: usize = 1_024;

/// What is told.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Look {
    /// It is longer than the field takes in the clouds of the US Government.
    pub is_long: bool,
    /// It is a JSON Web Token, readable to anybody.
    pub is_jwt: bool,
    /// When the JSON Web Token says that it ends, in milliseconds since 1970.
    pub ends: Option<f64>,
}

impl Look {
    /// Looks at a secret. A JSON Web Token is read here and nowhere else; its signature is not
    /// checked, for that is the application's affair.
    pub(super) fn at(text: &str, purpose: Purpose) -> Self {
        let claims = (purpose == Purpose::Token).then(|| claims(text)).flatten();
        Self {
            is_long: purpose == Purpose::Token && text.len() > GOVERNMENT,
            is_jwt: claims.is_some(),
            ends: claims
                .as_ref()
                .and_then(|it| it.get("exp")?.as_f64())
                .map(|seconds| seconds * 1000.0),
        }
    }
}

/// The claims of a JSON Web Token: the second of three parts (RFC 7519 section 3).
fn claims(text: &str) -> Option<Value> {
    let mut parts = text.split('.');
    let (head, claims, _) = (parts.next()?, parts.next()?, parts.next()?);
    let read = |part: &str| -> Option<Value> {
        let bytes = URL_SAFE_NO_PAD.decode(part.trim_end_matches('=')).ok()?;
        serde_json::from_slice(&bytes).ok().filter(Value::is_object)
    };
    let (_, claims) = (read(head)?, read(claims)?);
    parts.next().is_none().then_some(claims)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn look(text: &str) -> Look {
        Look::at(text, Purpose::Token)
    }

    fn jwt(head: &str, claims: &str) -> String {
        format!("{}.{}.c2ln", URL_SAFE_NO_PAD.encode(head), URL_SAFE_NO_PAD.encode(claims))
    }

    #[test]
    fn the_end_of_a_json_web_token_is_read() {
        let token = jwt(r#"{"alg":"none"}"#, r#"{"sub":"a","exp":1700000000}"#);
        assert_eq!(look(&token).ends, Some(1_700_000_000_000.0));
        let endless = look(&jwt("{}", r#"{"sub":"a"}"#));
        assert!(endless.is_jwt && endless.ends.is_none());
    }

    #[test]
    fn what_is_no_json_web_token_is_only_measured() {
        for text in ["plain", "a.b.c", "..", &jwt("[]", "{}"), &jwt("{}", "x"), "a.b.c.d"] {
            assert_eq!(look(text), Look::default(), "{text}");
        }
        assert!(!look(&"x".repeat(1_024)).is_long);
        assert!(look(&"x".repeat(1_025)).is_long);
        let claims = jwt("{}", r#"{"exp":1}"#);
        assert_eq!(Look::at(&claims, Purpose::Password), Look::default());
    }

    proptest! {
        #[test]
        fn no_text_brings_the_reader_down(text in "[A-Za-z0-9_.={}\"-]{0,80}|\\PC{0,20}") {
            let _ = look(&text);
        }
    }
}
