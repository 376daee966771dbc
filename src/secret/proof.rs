//! A secret on its way onto a request: as a bearer token, as Basic, as a client's, or as a relay's
//! session key.

use std::fmt;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use http::{HeaderName, HeaderValue, Request, header::AUTHORIZATION};

use super::{Purpose, TypedSecret};
use crate::draft::authentication::{Authentication, ClientStyle, Method};

/// Where a relay looks for its session key.
const RELAY_KEY: HeaderName = HeaderName::from_static("x-relay-key");

/// What a request carries to show who sends it.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretProof(Way);

#[derive(Clone, PartialEq, Eq)]
enum Way {
    Bearer(Arc<str>),
    Basic { user: Arc<str>, password: Arc<str> },
    Client { id: Arc<str>, secret: Arc<str>, style: ClientStyle },
    RelayKey(Arc<str>),
}

impl SecretProof {
    /// The secret in the form that was chosen; nothing where it was typed for another purpose.
    pub fn of(secret: &TypedSecret, chosen: &Authentication) -> Option<Self> {
        if Purpose::of(chosen.method) != Some(secret.purpose) {
            return None;
        }
        let text = secret.text.clone();
        let user: Arc<str> = chosen.user_name.trim().into();
        Some(Self(match chosen.method {
            Method::Basic => Way::Basic { user, password: text },
            Method::EncodedPassword => Way::Bearer(encoded(&user, &text).into()),
            Method::ClientCredentials => {
                let (id, style) = (chosen.client_id.trim().into(), chosen.style);
                Way::Client { id, secret: text, style }
            }
            _ => Way::Bearer(text),
        }))
    }

    /// The session key of a relay; nothing where it was typed for another purpose.
    pub fn for_relay(secret: &TypedSecret) -> Option<Self> {
        let is_key = secret.purpose == Purpose::RelayKey;
        is_key.then(|| Self(Way::RelayKey(secret.text.clone())))
    }

    /// A token as a token endpoint gave it; nothing where no header can carry it.
    pub fn fetched(token: &str) -> Option<Self> {
        let token = TypedSecret::parse(Purpose::Token, token).ok()?;
        Some(Self(Way::Bearer(token.text)))
    }

    /// Adds it to a request, at the last moment before that is sent.
    pub fn authorize(&self, request: &mut Request<Vec<u8>>) {
        let name = if matches!(self.0, Way::RelayKey(_)) { RELAY_KEY } else { AUTHORIZATION };
        let header = match &self.0 {
            Way::Bearer(token) => Some(format!("Bearer {token}")),
            Way::RelayKey(key) => Some(key.to_string()),
            Way::Basic { user, password } => Some(format!("Basic {}", encoded(user, password))),
            Way::Client { style: ClientStyle::Form, .. } => None,
            Way::Client { id, secret, .. } => {
                Some(format!("Basic {}", encoded(&form(id), &form(secret))))
            }
        };
        // All forms are graphic ASCII, so the value is always a legal header.
        if let Some(mut value) = header.and_then(|text| HeaderValue::from_str(&text).ok()) {
            value.set_sensitive(true);
            request.headers_mut().insert(name, value);
        }
        if let Way::Client { id, secret, style: ClientStyle::Form | ClientStyle::Both } = &self.0 {
            let own = format!("&client_id={}&client_secret={}", form(id), form(secret));
            request.body_mut().extend(own.into_bytes());
        }
    }

    /// Whether this is the given, publicly known, token; used for the sandbox's own.
    pub fn is(&self, public: &str) -> bool {
        matches!(&self.0, Way::Bearer(token) if &**token == public)
    }

    /// A text without the secret, whichever way a server's answer repeats it.
    pub fn redact(&self, text: &str) -> String {
        match &self.0 {
            Way::Bearer(secret) | Way::RelayKey(secret) => redact(text, secret, ""),
            Way::Basic { user, password } => redact(text, password, user),
            Way::Client { id, secret, .. } => redact(text, secret, id),
        }
    }
}

impl fmt::Debug for SecretProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretProof(***)")
    }
}

fn encoded(user: &str, password: &str) -> String {
    STANDARD.encode(format!("{user}:{password}"))
}

/// A text as forms write it (RFC 6749 appendix B).
pub fn form(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'*' => {
                written.push(char::from(byte));
            }
            b' ' => written.push('+'),
            _ => written.push_str(&format!("%{byte:02X}")),
        }
    }
    written
}

/// Puts a mark in place of a secret: as it is, in Base64, in an address, and in JSON.
pub(super) fn redact(text: &str, secret: &str, user: &str) -> String {
    const MARK: &str = "‹token›";
    let json = serde_json::Value::from(secret).to_string();
    let mut forms = [
        encoded(user, secret),
        encoded(&form(user), &form(secret)),
        secret.to_owned(),
        form(secret),
        form(secret).replace('+', "%20"),
        json.trim_matches('"').to_owned(),
        STANDARD.encode(secret),
        URL_SAFE_NO_PAD.encode(secret),
    ];
    // A longer form may hold a shorter one, and must go as a whole.
    forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
    let forms = forms.iter().filter(|form| !form.is_empty());
    forms.fold(text.to_owned(), |text, form| text.replace(form.as_str(), MARK))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proof(method: Method, style: ClientStyle, typed: &str) -> SecretProof {
        let chosen = Authentication {
            method,
            style,
            client_id: "wiz ard".to_owned(),
            user_name: "Aladdin".to_owned(),
            ..Authentication::default()
        };
        let secret = TypedSecret::parse(Purpose::of(method).unwrap(), typed).unwrap();
        SecretProof::of(&secret, &chosen).unwrap()
    }

    fn sent(proof: &SecretProof) -> (String, String) {
        let mut request = Request::new(b"grant_type=client_credentials".to_vec());
        proof.authorize(&mut request);
        let header = request.headers().get(AUTHORIZATION);
        assert!(header.is_none_or(HeaderValue::is_sensitive));
        let header = header.map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
        (header, String::from_utf8(request.into_body()).unwrap())
    }

    #[test]
    fn each_way_has_its_header() {
        let header = |method, typed| sent(&proof(method, ClientStyle::Header, typed)).0;
        assert_eq!(header(Method::Bearer, " eyJ.abc-_~+/= \n"), "Bearer eyJ.abc-_~+/=");
        // RFC 7617 section 2 prints this one.
        let aladdin = "QWxhZGRpbjpvcGVuIHNlc2FtZQ==";
        assert_eq!(header(Method::Basic, "open sesame"), format!("Basic {aladdin}"));
        assert_eq!(header(Method::EncodedPassword, "open sesame"), format!("Bearer {aladdin}"));
    }

    #[test]
    fn a_client_shows_itself_in_header_form_or_both() {
        let sent = |style| sent(&proof(Method::ClientCredentials, style, "a&b ä"));
        let header = format!("Basic {}", STANDARD.encode("wiz+ard:a%26b+%C3%A4"));
        let own = "grant_type=client_credentials&client_id=wiz+ard&client_secret=a%26b+%C3%A4";
        let bare = "grant_type=client_credentials";
        assert_eq!(sent(ClientStyle::Header), (header.clone(), bare.to_owned()));
        assert_eq!(sent(ClientStyle::Form), (String::new(), own.to_owned()));
        assert_eq!(sent(ClientStyle::Both), (header, own.to_owned()));
    }

    #[test]
    fn a_secret_for_one_purpose_proves_nothing_for_another() {
        let client = TypedSecret::parse(Purpose::Client, "canary").unwrap();
        for method in Method::ALL {
            let chosen = Authentication { method, ..Authentication::default() };
            let proof = SecretProof::of(&client, &chosen);
            assert_eq!(proof.is_some(), method == Method::ClientCredentials, "{method:?}");
        }
    }

    #[test]
    fn a_session_key_has_a_header_of_its_own_and_is_no_token() {
        let typed = TypedSecret::parse(Purpose::RelayKey, &"0123456789abcdef".repeat(4)).unwrap();
        let mut request = Request::new(Vec::new());
        SecretProof::for_relay(&typed).unwrap().authorize(&mut request);
        let value = request.headers().get(RELAY_KEY).unwrap();
        assert!(value.is_sensitive() && value.len() == 64);
        assert!(!request.headers().contains_key(AUTHORIZATION));
        let token = TypedSecret::parse(Purpose::Token, "canary").unwrap();
        assert_eq!(SecretProof::for_relay(&token), None);
        for method in Method::ALL {
            let chosen = Authentication { method, ..Authentication::default() };
            assert_eq!(SecretProof::of(&typed, &chosen), None, "{method:?}");
        }
    }

    #[test]
    fn no_form_of_a_secret_is_shown() {
        let proof = proof(Method::Basic, ClientStyle::Header, "can \"ary");
        let told = format!(
            "can \"ary, can+%22ary, can%20%22ary, can \\\"ary, {}, {}",
            encoded("Aladdin", "can \"ary"),
            STANDARD.encode("can \"ary"),
        );
        let shown = proof.redact(&told);
        assert_eq!(shown, ["‹token›"; 6].join(", "));
        assert_eq!(format!("{proof:?}"), "SecretProof(***)");
    }
}
