//! OAuth 2.0 client credentials: the question for an access token, and what a screen may know of
//! the answer.
//!
//! The client's secret is added where the question is sent; the token is taken out of the answer
//! before anything else sees it.

use std::fmt::Write;

use serde_json::Value;

use crate::draft::authentication::Authentication;
use crate::secret::SecretProof;
use crate::worker::message::{WireRequest, WireResponse};

/// How long before its end a token is fetched anew, in seconds; half its lifetime where that is
/// less.
const EARLY: f64 = 60.0;

/// For how long a token counts as good whose lifetime nobody tells, in seconds.
const UNTOLD: f64 = 300.0;

/// What a screen may know of an access token.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// Its kind: `Bearer`.
    pub kind: String,
    /// For how many seconds it is good, where the endpoint says so.
    pub lifetime: Option<f64>,
}

/// Why there is no token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The endpoint refused in OAuth's own words: `invalid_client`, and what it says besides.
    Error(String, Option<String>),
    /// It answered with this status and nothing that OAuth knows.
    Status(u16),
    /// It answered with success and without a token.
    NoToken,
    /// The token is of a kind that Entra does not use.
    Kind(String),
}

/// An access token with the time at which it is to be fetched anew.
#[derive(Clone, Debug)]
pub struct Access {
    /// The token.
    pub proof: SecretProof,
    /// What it was fetched with, and the origin that it is for.
    pub basis: (Authentication, String),
    /// Until when it is used, in milliseconds since 1970.
    pub until: f64,
}

/// The question for a token (RFC 6749 section 4.4.2), without the client's secret. Nothing where
/// the endpoint cannot be used.
pub fn question(chosen: &Authentication) -> Option<WireRequest> {
    let endpoint = chosen.endpoint().ok().flatten()?;
    let mut body = "grant_type=client_credentials".to_owned();
    let scope = chosen.scope.split_whitespace().collect::<Vec<_>>().join(" ");
    if !scope.is_empty() {
        body.push_str("&scope=");
        for byte in scope.bytes() {
            // Writing to a String does not fail.
            let _ = match byte {
                b' ' => write!(body, "+"),
                byte if byte.is_ascii_alphanumeric() => write!(body, "{}", char::from(byte)),
                byte => write!(body, "%{byte:02X}"),
            };
        }
    }
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    Some(WireRequest {
        method: "POST".to_owned(),
        uri: endpoint.to_string(),
        headers: vec![
            header("content-type", "application/x-www-form-urlencoded"),
            header("accept", "application/json"),
        ],
        body,
    })
}

/// What the answer says, be it as it came or without its token.
///
/// # Errors
/// Why there is no token.
pub fn told(answer: &WireResponse) -> Result<Told, Refused> {
    let body: Value = serde_json::from_str(&answer.body).unwrap_or_default();
    let text = |name: &str| body.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    if answer.status != 200 {
        return Err(match text("error") {
            Some(error) => {
                Refused::Error(error.to_owned(), text("error_description").map(Into::into))
            }
            None => Refused::Status(answer.status),
        });
    }
    text("access_token").ok_or(Refused::NoToken)?;
    let kind = text("token_type").unwrap_or("Bearer");
    if !kind.eq_ignore_ascii_case("bearer") {
        return Err(Refused::Kind(kind.to_owned()));
    }
    // Some services write the number as a text.
    let lifetime = body.get("expires_in").and_then(|value| {
        value.as_f64().or_else(|| value.as_str().and_then(|text| text.parse().ok()))
    });
    let lifetime = lifetime.filter(|seconds: &f64| seconds.is_finite() && *seconds >= 0.0);
    Ok(Told { kind: kind.to_owned(), lifetime })
}

/// Takes the token out of an answer: what is left can be shown.
pub fn take(answer: &mut WireResponse) -> Option<SecretProof> {
    let mut body: Value = serde_json::from_str(&answer.body).unwrap_or_default();
    let Some(members) = body.as_object_mut() else {
        // Some old services write a form, in which the token cannot be told from the rest.
        if answer.body.contains("_token") {
            answer.body = "(not JSON, and perhaps with a token in it: not shown)".to_owned();
        }
        return None;
    };
    let mut proof = None;
    // A refresh or identity token that comes along is as secret, and is not used.
    for (name, member) in members.iter_mut().filter(|(name, _)| name.ends_with("_token")) {
        if name == "access_token" {
            proof = member.as_str().and_then(SecretProof::fetched);
        }
        *member = Value::from("‹token›");
    }
    answer.body = body.to_string();
    proof.filter(|_| told(answer).is_ok())
}

/// Until when a token is used that is fetched now; times in milliseconds since 1970.
pub fn until(told: &Told, now: f64) -> f64 {
    let seconds = match told.lifetime {
        None => UNTOLD,
        Some(lifetime) => (lifetime - EARLY).max(lifetime / 2.0),
    };
    now + seconds * 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> WireResponse {
        WireResponse { status, headers: Vec::new(), body: body.to_owned() }
    }

    #[test]
    fn the_question_holds_the_scopes_and_no_secret() {
        let chosen = Authentication {
            token_endpoint: "https://login.example.com/token".to_owned(),
            client_id: "wizard".to_owned(),
            scope: " scim.read  https://a/.default ".to_owned(),
            ..Authentication::default()
        };
        let question = question(&chosen).unwrap();
        assert_eq!(
            (question.method.as_str(), question.uri.as_str()),
            ("POST", "https://login.example.com/token")
        );
        let body = "grant_type=client_credentials&scope=scim%2Eread+https%3A%2F%2Fa%2F%2Edefault";
        assert_eq!(question.body, body);
    }

    #[test]
    fn the_token_is_taken_out_and_kind_and_lifetime_stay() {
        let body = r#"{"access_token":"canary1","token_type":"bearer","expires_in":"3600","refresh_token":"canary2"}"#;
        let mut answer = answer(200, body);
        let proof = take(&mut answer).unwrap();
        assert!(proof.is("canary1"));
        assert!(!answer.body.contains("canary"), "{answer:?}");
        assert_eq!(told(&answer), Ok(Told { kind: "bearer".to_owned(), lifetime: Some(3600.0) }));
    }

    #[test]
    fn every_refusal_is_told_apart() {
        let refused = |status, body| told(&answer(status, body)).unwrap_err();
        let invalid = r#"{"error":"invalid_client","error_description":"unknown"}"#;
        let error = Refused::Error("invalid_client".to_owned(), Some("unknown".to_owned()));
        assert_eq!(refused(401, invalid), error);
        assert_eq!(refused(404, "<html>"), Refused::Status(404));
        assert_eq!(refused(200, "<html>"), Refused::NoToken);
        assert_eq!(refused(200, r#"{"access_token":""}"#), Refused::NoToken);
        let mac = r#"{"access_token":"canary","token_type":"mac"}"#;
        assert_eq!(refused(200, mac), Refused::Kind("mac".to_owned()));
        assert!(take(&mut answer(200, mac)).is_none());
        let mut form = answer(200, "access_token=canary&token_type=bearer");
        assert!(take(&mut form).is_none() && !form.body.contains("canary"), "{form:?}");
    }

    #[test]
    fn a_token_is_fetched_anew_before_its_end() {
        let told = |lifetime| Told { kind: "Bearer".to_owned(), lifetime };
        assert!((until(&told(Some(3600.0)), 5.0) - 3_540_005.0).abs() < 1e-6);
        assert!((until(&told(Some(10.0)), 0.0) - 5_000.0).abs() < 1e-6);
        assert!((until(&told(None), 0.0) - 300_000.0).abs() < 1e-6);
    }
}
