//! What an answer to Test Connection means, which layer it speaks of, and what repairs it.
//!
//! Entra asks for a user by a random GUID and expects 200 with an empty list; anything else it
//! calls invalid credentials (SCIM tutorial, September 2026). Here each cause has its own name.

pub mod layers;

use scim::answer::{self, ProtocolError};

use crate::worker::message::{FaultKind, WireFault, WireResponse};

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

/// Judges what came back.
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
        ProtocolError::Unauthorized { .. } => bad(
            "Token refused (401)",
            text,
            "Create a new token in the application's console and paste it whole, without the word \
             Bearer.",
        ),
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
        _ => bad(
            "The query was refused",
            text,
            "The endpoint does not understand the query by the matching attribute. Choose a \
             matching attribute that it can filter by, or tell the vendor.",
        ),
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
        FaultKind::NotAllowed => (
            "The relay may not go there",
            "Start the relay with `--allow` and this address; it goes nowhere that nobody listed.",
        ),
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

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(
        status: u16,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Result<WireResponse, WireFault> {
        let headers = headers.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        Ok(WireResponse { status, headers, body: body.to_owned() })
    }

    #[track_caller]
    fn check(answer: Result<WireResponse, WireFault>, title: &str) {
        let verdict = judge(&answer);
        assert_eq!(verdict.title, title, "{verdict:?}");
        assert_eq!(verdict.outlook == Outlook::Good, verdict.repair.is_empty());
    }

    const EMPTY: &str = r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":0,"Resources":[]}"#;
    const JSON: [(&str, &str); 1] = [("content-type", "application/scim+json")];

    #[test]
    fn an_empty_list_is_the_only_good_answer() {
        check(answer(200, &JSON, EMPTY), "Connected");
        check(
            answer(200, &JSON, r#"{"totalResults":1,"Resources":[{"id":"1"}]}"#),
            "The filter is ignored",
        );
    }

    #[test]
    fn every_other_answer_has_its_own_name() {
        check(answer(302, &[("location", "https://x.example/")], ""), "Redirected");
        check(answer(401, &[("www-authenticate", "Bearer")], ""), "Token refused (401)");
        check(answer(403, &JSON, ""), "Not allowed (403)");
        check(answer(404, &JSON, ""), "Not found (404)");
        check(answer(429, &JSON, ""), "Throttled (429)");
        for status in [500, 501, 503] {
            check(answer(status, &JSON, ""), "The endpoint failed (5xx)");
        }
        check(answer(400, &JSON, ""), "The query was refused");
        check(answer(200, &[("content-type", "text/html")], "<html>"), "A web page, not SCIM");
        check(answer(200, &JSON, "<!doctype html><p>"), "A web page, not SCIM");
        check(answer(200, &JSON, r#"{"id":"1","userName":"a"}"#), "Not a list");
        check(answer(200, &JSON, "hello"), "Not SCIM");
        check(answer(200, &JSON, ""), "Not SCIM");
    }

    #[test]
    fn every_layer_below_has_its_own_name() {
        let kinds = [
            FaultKind::NoRelay,
            FaultKind::NotAllowed,
            FaultKind::Name,
            FaultKind::Refused,
            FaultKind::Tls,
            FaultKind::Timeout,
            FaultKind::Cors,
            FaultKind::Broken,
            FaultKind::Cancelled,
        ];
        let titles: std::collections::BTreeSet<_> = kinds
            .map(|kind| judge(&Err(WireFault { kind, message: "x".to_owned() })).title)
            .into_iter()
            .collect();
        assert_eq!(titles.len(), kinds.len());
    }

    #[test]
    fn what_the_server_says_is_passed_on() {
        let body = r#"{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"401","detail":"token expired"}"#;
        let verdict = judge(&answer(401, &[("www-authenticate", "Bearer realm=\"x\"")], body));
        assert!(verdict.text.contains("token expired"), "{verdict:?}");
        assert!(verdict.text.contains("Bearer realm"), "{verdict:?}");
    }
}
