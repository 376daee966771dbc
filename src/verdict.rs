//! What an answer to Test Connection means, which layer it speaks of, and what repairs it.
//!
//! Entra asks for a user by a random GUID and expects 200 with an empty list; anything else it
//! calls invalid credentials (SCIM tutorial, September 2026). Here each cause has its own name.

pub mod command;
mod discovery;
mod granting;
pub mod layers;
pub mod pasted;
mod rule;
pub mod trace;
pub mod trial;
pub mod variants;

use scim::answer::{self, ProtocolError};

use crate::worker::message::{FaultKind, WireFault, WireResponse};
use trial::{Question, Trial};

/// How good the news is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlook {
    /// Entra would accept it.
    Good,
    /// Entra would refuse it, or quarantine the job.
    Bad,
}

/// The verdict of a connection test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Good or bad.
    pub outlook: Outlook,
    /// The cause in a few words.
    pub title: &'static str,
    /// What was seen.
    pub text: String,
    /// What to do next.
    pub repair: &'static str,
}

/// Judges a whole test: by the answer to Entra's question, and where that leaves a doubt, by what
/// the service says of itself. Nothing before the answer is there.
pub fn verdict(trial: &Trial) -> Option<Verdict> {
    if let Some(refusal) = trial.answer(Question::Grant).and_then(granting::refusal) {
        return Some(refusal);
    }
    let answer = trial.answer(Question::Nobody)?;
    let mut verdict = judge(answer);
    if let Some(host) = trial.silent_proxy() {
        verdict.text.push_str(&format!(
            " What the proxy at `{host}` did on the way cannot be seen: it marks neither its own \
             answers nor a redirect that it followed."
        ));
    }
    let is_missing = matches!(answer, Ok(response) if response.status == 404);
    let was_asked = trial.answer(Question::Configuration).is_some();
    Some(match (is_missing && was_asked, discovery::is_there(trial)) {
        (true, true) => Verdict {
            text: format!(
                "{} At the same address the service tells its schemas or types, so the \
                           path is right.",
                verdict.text
            ),
            repair: "The endpoint says 404 for `nobody found`, where SCIM wants an empty list. \
                     Entra would put the job into quarantine: tell the vendor.",
            ..verdict
        },
        (true, false) => Verdict {
            text: format!(
                "{} It does not know its own discovery addresses either, so the path is \
                           most likely wrong.",
                verdict.text
            ),
            repair: "Compare the path with the console, above all /scim/v2; or try its variants \
                     below.",
            ..verdict
        },
        _ => verdict,
    })
}

/// Whether the service may be at another path of the same host.
pub fn may_be_elsewhere(trial: &Trial) -> bool {
    let Some(Ok(response)) = trial.answer(Question::Nobody) else { return false };
    matches!(response.status, 404 | 405)
        || (response.status == 200 && answer::list(&response.to_http()).is_err())
}

/// Judges the answer to Entra's question.
pub fn judge(answer: &Result<WireResponse, WireFault>) -> Verdict {
    match answer {
        Ok(response) => match answer::list(&response.to_http()) {
            Ok(list) if list.total_results == 0 && list.resources.is_empty() => good(),
            Ok(list) => filter_ignored(list.total_results),
            Err(error) => protocol(&error),
        },
        Err(fault) => layer(fault),
    }
}

fn good() -> Verdict {
    Verdict {
        outlook: Outlook::Good,
        title: "Connected",
        text: "The endpoint accepted the token and answered the query for nobody with an empty \
               list. Entra would say that the credentials are authorized to enable provisioning."
            .to_owned(),
        repair: "",
    }
}

fn bad(title: &'static str, text: String, repair: &'static str) -> Verdict {
    Verdict { outlook: Outlook::Bad, title, text, repair }
}

fn filter_ignored(total: u64) -> Verdict {
    bad(
        "The filter is ignored",
        format!(
            "Asked for a user that cannot exist, the endpoint answered with {total}. Entra would \
             take strangers for matches."
        ),
        "The application must answer `eq` on the matching attribute; tell its vendor. Until then \
         do not switch provisioning on.",
    )
}

fn protocol(error: &ProtocolError) -> Verdict {
    let text = sentence(error);
    match error {
        ProtocolError::Redirect { .. } => bad(
            "Redirected",
            text,
            "Type the address that it redirects to. Entra sends the token to the address that you \
             type and to no other.",
        ),
        ProtocolError::Unauthorized { www_authenticate, .. } => {
            bad("Token refused (401)", text, challenged(www_authenticate.as_deref()))
        }
        ProtocolError::Forbidden { .. } => bad(
            "Not allowed (403)",
            text,
            "The token is known but may not read users. Give it the SCIM or provisioning \
             permission, or check the plan.",
        ),
        ProtocolError::NotFound { .. } => bad(
            "Not found (404)",
            text,
            "The path is probably wrong: compare it with the console, above all /scim/v2. An \
             endpoint that says 404 for `nobody found` is not SCIM: it must answer an empty list.",
        ),
        ProtocolError::TooManyRequests { .. } => bad(
            "Throttled (429)",
            text,
            "Wait a minute and test again. Entra expects an endpoint to bear 25 requests a second.",
        ),
        ProtocolError::ServerFault { .. } => bad(
            "The endpoint failed (5xx)",
            text,
            "Nothing is wrong with what you typed; try again, then tell the application's vendor.",
        ),
        ProtocolError::Html { .. } => bad(
            "A web page, not SCIM",
            text,
            "The address leads to a sign-in or start page: type the SCIM base address, which often \
             ends in /scim/v2.",
        ),
        ProtocolError::NotAList { .. } | ProtocolError::NotAResource { .. } => bad(
            "Not a list",
            text,
            "A query must be answered with a SCIM ListResponse (RFC 7644 section 3.4.2). Check the \
             path; if it is right, tell the vendor.",
        ),
        ProtocolError::Empty | ProtocolError::Unreadable(_) => bad(
            "Not SCIM",
            text,
            "The endpoint must answer application/scim+json. Check the path; if it is right, tell \
             the vendor.",
        ),
        ProtocolError::Status { status: 405, .. } => bad(
            "Method not allowed (405)",
            text,
            "GET is not allowed here: the path is not that of a SCIM service. Compare it with the \
             console.",
        ),
        _ => bad(
            "The query was refused",
            text,
            "The endpoint does not understand the query by the matching attribute. Choose a \
             matching attribute that it can filter by, or tell the vendor.",
        ),
    }
}

/// What repairs a refused token depends on what the endpoint asks for.
fn challenged(challenge: Option<&str>) -> &'static str {
    let scheme = challenge.unwrap_or_default().split([' ', ',']).next().unwrap_or_default();
    match scheme.to_ascii_lowercase().as_str() {
        "basic" => {
            "It asks for a user name and a password (Basic), not for a token: look in the \
             application's console for how Entra is to authenticate."
        }
        "bearer" | "" => {
            "Create a new token in the application's console and paste it whole, without the word \
             Bearer."
        }
        _ => {
            "It asks for another way to authenticate than a bearer token: look in the \
             application's console for how Entra is to authenticate."
        }
    }
}

/// The error's sentence, with what the server itself said.
fn sentence(error: &ProtocolError) -> String {
    let mut text = capitalised(&error.to_string());
    if let ProtocolError::Unauthorized { www_authenticate: Some(challenge), .. } = error {
        text.push_str(&format!("; it asks for: {challenge}"));
    }
    text.push('.');
    text
}

fn layer(fault: &WireFault) -> Verdict {
    let text = format!("{}.", capitalised(&fault.message));
    let (title, repair) = match fault.kind {
        FaultKind::NoRelay => (
            "No relay",
            "Start the wizard with `cargo xtask serve`, or choose the sandbox or the direct route.",
        ),
        FaultKind::RelayAway => (
            "No relay at this address",
            "Check the relay's address, and start the relay for this page; or choose another route.",
        ),
        FaultKind::RelayKey => (
            "The relay refuses the session key",
            "Paste the key that the relay has printed last: after a start, or after five wrong ones, \
             it has another. Whoever runs it sees it in its log.",
        ),
        FaultKind::NotAllowed => (
            "The relay may not go there",
            "Start the relay with `--allow` and this address; it goes nowhere that nobody listed.",
        ),
        FaultKind::NoAccess => {
            ("No access token", "Test the connection: it says what the token endpoint answers.")
        }
        FaultKind::Name => ("Unknown host", "Check the host's name for a slip of the pen."),
        FaultKind::Refused => (
            "Connection refused",
            "Check host and port; if they are right, the endpoint is down or a firewall is between.",
        ),
        FaultKind::Tls => (
            "No secure connection",
            "Entra demands TLS 1.2 and a certificate from a public authority. Tell the vendor.",
        ),
        FaultKind::Timeout => (
            "No answer in time",
            "Try again, or raise the time-out under Advanced; if it stays so, tell the vendor.",
        ),
        FaultKind::Cors => (
            "Blocked by the browser (CORS)",
            "Choose the route through the relay. Entra itself is no browser and is not affected.",
        ),
        FaultKind::Broken => {
            ("The answer broke off", "Try again; if it stays so, tell the vendor.")
        }
        FaultKind::Cancelled => ("Cancelled", "Press Test Connection to try again."),
    };
    bad(title, text, repair)
}

/// A sentence with its first letter large.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests;
