//! What an answer of a token endpoint means (RFC 6749 sections 4.4 and 5).

use super::layers::{Finding, Layer, State};
use super::trial::{Answer, Question, Trial};
use super::{Verdict, bad, capitalised, layer};
use crate::grant::{self, Refused, Told};

/// The finding at the token endpoint; nothing where no token has to be fetched.
pub(super) fn finding(trial: &Trial, is_over: bool) -> Option<Finding> {
    let asked = trial.asked(Question::Grant)?;
    let found = match &asked.answer {
        // By hand the reply may be left out.
        None if is_over => Finding::new(Layer::Grant, State::Unseen, ""),
        None => Finding::new(Layer::Grant, State::Awaited, ""),
        Some(answer) => match refusal(answer) {
            Some(Verdict { text, repair, .. }) => {
                Finding::new(Layer::Grant, State::Failed, text).repaired(repair)
            }
            None => Finding::new(Layer::Grant, State::Good, told(answer)),
        },
    };
    Some(found.after(asked.ms))
}

/// Whether an answer holds a token.
pub(super) fn is_granted(answer: &Answer) -> bool {
    answer.as_ref().is_ok_and(|response| grant::told(response).is_ok())
}

fn told(answer: &Answer) -> String {
    let told = answer.as_ref().ok().and_then(|response| grant::told(response).ok());
    match told {
        Some(Told { kind, lifetime: Some(seconds) }) => {
            format!("A token of the kind {kind}, good for {seconds:.0} seconds.")
        }
        Some(Told { kind, lifetime: None }) => {
            format!("A token of the kind {kind}; for how long is not told.")
        }
        None => String::new(),
    }
}

/// The verdict where no token was given.
pub(super) fn refusal(answer: &Answer) -> Option<Verdict> {
    let response = match answer {
        Ok(response) => response,
        Err(fault) => {
            let verdict = layer(fault);
            let text = format!("At the token endpoint: {}", verdict.text);
            return Some(Verdict { text, ..verdict });
        }
    };
    Some(match grant::told(response).err()? {
        Refused::Error(error, said) => refused(&error, said.as_deref()),
        Refused::Status(status) => bad(
            "No token endpoint",
            format!("The token endpoint answered with status {status} and no error of OAuth."),
            "Compare the address with the console: it often ends in /token.",
        ),
        Refused::NoToken => bad(
            "No access token",
            "The token endpoint answered with success, and without an access token.".to_owned(),
            "Compare the address with the console: it often ends in /token.",
        ),
        Refused::Kind(kind) => bad(
            "Not a bearer token",
            format!("The token is of the kind {kind}."),
            "Entra sends bearer tokens only; tell the vendor.",
        ),
    })
}

fn refused(error: &str, said: Option<&str>) -> Verdict {
    let said = said.map(|said| format!("; it says: {}", said.trim_end_matches('.')));
    let text = format!("The token endpoint refuses: {error}{}.", said.unwrap_or_default());
    let text = capitalised(&text);
    match error {
        "invalid_client" => bad(
            "Client refused",
            text,
            "Check client identifier and client secret, and whether they are sent in the header or \
             in the body.",
        ),
        "invalid_scope" => bad(
            "Scope refused",
            text,
            "Type the scopes that the console names, parted by blanks; or leave them out.",
        ),
        "unauthorized_client" | "unsupported_grant_type" => bad(
            "Client credentials not allowed",
            text,
            "Allow this client the grant `client_credentials` in the application's console.",
        ),
        _ => bad("Token refused", text, "Compare all four fields with the application's console."),
    }
}
