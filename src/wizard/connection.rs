//! The token in memory, and Test Connection: Entra's own first question, sent the way that was
//! chosen.

use leptos::reactive::spawn_local;

use leptos::prelude::*;
use scim::endpoint::{Endpoint, Search};
use scim::filter::Filter;
use scim::path::Path;

use super::Wizard;
use crate::ambient;
use crate::draft::Route;
use crate::route::Step;
use crate::secret::{HeldToken, SecretToken};
use crate::transport::{self, Cancel, Via};
use crate::worker::message::{FaultKind, WireFault, WireRequest, WireResponse};

/// The last connection test.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Test {
    /// None for what is typed now.
    #[default]
    None,
    /// The answer to this question is awaited; no two tests ask for the same user.
    Running(WireRequest),
    /// What was sent and what came back, in how many milliseconds.
    Ended(WireRequest, Result<WireResponse, WireFault>, f64),
}

impl Wizard {
    /// Holds the token.
    pub fn hold_token(self, token: SecretToken) {
        self.token.set(Some(HeldToken::new(token)));
        self.test.set(Test::None);
    }

    /// Forgets the token.
    pub fn forget_token(self) {
        self.token.set(None);
        self.test.set(Test::None);
    }

    /// How many characters the token in memory has.
    pub fn token_length(self) -> Option<usize> {
        self.token.with(|token| token.as_ref().map(HeldToken::length))
    }

    /// A text without the token, should a server's answer repeat it.
    pub fn redact(self, text: &str) -> String {
        self.token.with_untracked(|token| {
            token.as_ref().map_or_else(|| text.to_owned(), |token| token.redact(text))
        })
    }

    /// What a request needs besides itself. The sandbox takes its own, public, token where the
    /// administrator has pasted none.
    pub fn via(self, cancel: Cancel) -> Via {
        let connection = self.peek(|draft| draft.connection.clone());
        let origin = untrack(|| self.origin());
        let token = match connection.route {
            Route::Sandbox => self.token.with_untracked(|held| match held {
                Some(held) => Some(held.for_sandbox()),
                None => SecretToken::parse(sandbox::Sandbox::PUBLIC_TOKEN).ok(),
            }),
            Route::Relay | Route::Direct => {
                let mut held = self.token.get_untracked();
                let token = held.as_mut().zip(origin).and_then(|(held, to)| held.for_origin(&to));
                self.token.set(held);
                token
            }
        };
        Via {
            route: connection.route,
            token,
            worker: self.worker,
            timeout_seconds: connection.timeout_seconds,
            cancel,
            ledger: self.ledger,
            cause: self.screen.get_untracked().step().map_or("Start", Step::title),
        }
    }

    /// The origin of the tenant URL.
    fn origin(self) -> Option<String> {
        self.checked.with(|checked| Some(checked.tenant_url.as_ref()?.origin()))
    }

    /// The origin that the token in memory has gone to, where the tenant URL now names another.
    pub fn token_is_elsewhere(self) -> Option<String> {
        let origin = self.origin()?;
        self.token.with(|held| Some(held.as_ref()?.elsewhere(&origin)?.to_owned()))
    }

    /// Whether a token is in memory that may go to the tenant URL.
    pub(super) fn has_usable_token(self) -> bool {
        self.token_length().is_some() && self.token_is_elsewhere().is_none()
    }

    /// The matching attribute that Entra asks by, and the question for a value of it.
    ///
    /// Nothing while the tenant URL cannot be used.
    pub fn probe(self, value: &str) -> Option<WireRequest> {
        let checked = self.checked.get_untracked();
        let endpoint = Endpoint::new(checked.tenant_url?);
        let matching = checked.configuration.users.matching();
        let path = matching
            .first()
            .map_or_else(|| Path::attribute("userName"), |row| row.target.path.clone());
        let search = Search { filter: Some(Filter::equals(&path, value)), ..Search::default() };
        Some(WireRequest::from_http(&endpoint.search("Users", &search)))
    }

    /// Why the connection cannot be tested now.
    pub fn not_testable(self) -> Option<String> {
        if self.checked.with(|checked| checked.tenant_url.is_none()) {
            return Some("type a tenant URL first".to_owned());
        }
        let needs_token = self.with(|draft| draft.connection.route != Route::Sandbox);
        if needs_token && self.token_length().is_none() {
            return Some("paste the secret token first".to_owned());
        }
        let elsewhere = self.token_is_elsewhere().filter(|_| needs_token)?;
        Some(format!("the token in memory belongs to {elsewhere}; replace it by this one's"))
    }

    /// Sends the question for a user that cannot exist, and keeps the answer in [`Wizard::test`].
    /// A later edit of what is tested makes the answer void.
    pub fn test_connection(self, cancel: Cancel) {
        let Some(request) = self.probe(&ambient::guid()) else { return };
        self.test.set(Test::Running(request.clone()));
        let via = self.via(cancel.clone());
        spawn_local(async move {
            // The sandbox is filled at the first question, from the draft that the worker has:
            // what was edited a moment ago must not be missing from it.
            if via.route == Route::Sandbox {
                self.judged().await;
            }
            let begun = ambient::now();
            let mut answer = transport::send(request.clone(), &via).await;
            if cancel.is_cancelled() {
                let (kind, message) = (FaultKind::Cancelled, "cancelled".into());
                answer = Err(WireFault { kind, message });
            }
            // An edit, or another test, may have taken this one's place.
            let is_awaited =
                |test: &Test| matches!(test, Test::Running(awaited) if *awaited == request);
            if self.test.with_untracked(is_awaited) {
                self.test.set(Test::Ended(request, answer, ambient::now() - begun));
            }
        });
    }
}
