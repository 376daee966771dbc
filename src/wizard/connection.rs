//! Test Connection: Entra's own first question, sent the way that was chosen.

use leptos::reactive::spawn_local;

use leptos::prelude::*;
use scim::endpoint::{Endpoint, Search};
use scim::filter::Filter;
use scim::path::Path;

use super::{Test, Wizard};
use crate::ambient;
use crate::draft::Route;
use crate::transport::{self, Cancel};
use crate::worker::message::{FaultKind, WireFault, WireRequest};

impl Wizard {
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
        None
    }

    /// Sends the question for a user that cannot exist, and keeps the answer in [`Wizard::test`].
    /// A later edit of what is tested makes the answer void.
    pub fn test_connection(self, cancel: Cancel) {
        let Some(request) = self.probe(&ambient::guid()) else { return };
        self.test.set(Test::Running);
        let via = self.via(cancel.clone());
        let begun = ambient::now();
        spawn_local(async move {
            let answer = transport::send(request.clone(), &via).await;
            if cancel.is_cancelled() {
                let fault = WireFault { kind: FaultKind::Cancelled, message: "cancelled".into() };
                self.test.set(Test::Ended(request, Err(fault), ambient::now() - begun));
            } else if self.test.with_untracked(|test| *test == Test::Running) {
                self.test.set(Test::Ended(request, answer, ambient::now() - begun));
            }
        });
    }
}
