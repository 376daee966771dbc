//! Test Connection: Entra's own first question and the service's own description, asked the way
//! that was chosen.

use leptos::reactive::spawn_local;

use leptos::prelude::*;
use scim::endpoint::{Endpoint, Search};
use scim::filter::Filter;
use scim::path::Path;
use scim::tenant_url::TenantUrl;

use super::Wizard;
use crate::ambient;
use crate::draft::Route;
use crate::draft::authentication::Method;
use crate::grant;
use crate::transport::{self, Cancel};
use crate::verdict;
use crate::verdict::trial::{Answer, Asked, Question, Trial};
use crate::worker::message::{FaultKind, WireFault, WireRequest};

/// The last connection test.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Test {
    /// None for what is typed now.
    #[default]
    None,
    /// Under way: answers are awaited.
    Running(Trial),
    /// Over.
    Ended(Trial),
}

impl Test {
    /// What was asked and answered by now.
    pub fn trial(&self) -> Option<&Trial> {
        match self {
            Self::None => None,
            Self::Running(trial) | Self::Ended(trial) => Some(trial),
        }
    }
}

impl Wizard {
    /// The attribute that Entra asks by.
    fn matching(self) -> Path {
        self.checked.with_untracked(|checked| {
            let matching = checked.configuration.users.matching();
            let first = matching.first().map(|row| row.target.path.clone());
            first.unwrap_or_else(|| Path::attribute("userName"))
        })
    }

    /// The questions of a test, Entra's by the matching attribute and for somebody of this name.
    ///
    /// Nothing while the tenant URL cannot be used.
    pub fn trial(self, nobody: &str) -> Option<Trial> {
        let checked = self.checked.get_untracked();
        let endpoint = Endpoint::new(checked.tenant_url?);
        let path = self.matching();
        let connection = self.peek(|draft| draft.connection.clone());
        let route = connection.route;
        let chosen = connection.authentication;
        let fetches = route != Route::Sandbox && chosen.method == Method::ClientCredentials;
        let grant = fetches.then(|| grant::question(&chosen)).flatten();
        let trial = Trial::new(route, grant, &endpoint, &path, nobody.to_owned());
        Some(trial.through(connection.relay))
    }

    /// Why the connection cannot be tested now.
    pub fn not_testable(self) -> Option<String> {
        if self.checked.with(|checked| checked.tenant_url.is_none()) {
            return Some("type a tenant URL first".to_owned());
        }
        let (route, chosen) =
            self.with(|draft| (draft.connection.route, draft.connection.authentication.clone()));
        match route {
            Route::Sandbox => None,
            Route::Paste if chosen.method == Method::ClientCredentials => {
                chosen.missing().map(str::to_owned)
            }
            Route::Paste => None,
            Route::Relay | Route::Direct => self.not_authenticated(),
        }
    }

    /// Asks for a user that cannot exist, then what the service says of itself, and keeps the
    /// answers in [`Wizard::test`]. A later edit of what is tested makes them void.
    pub fn test_connection(self, cancel: Cancel) {
        let Some(trial) = self.trial(&ambient::guid()) else { return };
        let nobody = trial.nobody.clone();
        self.test.set(Test::Running(trial));
        let via = self.via(cancel);
        spawn_local(async move {
            // The sandbox is filled at the first question, from the draft that the worker has:
            // what was edited a moment ago must not be missing from it.
            if via.route == Route::Sandbox {
                self.judged().await;
            }
            while let Some(asked) = self.awaited(&nobody) {
                let begun = ambient::now();
                let mut answer = match asked.question {
                    Question::Grant => self.fetch_access(&via).await,
                    _ => transport::send(asked.request, &via).await,
                };
                if via.cancel.is_cancelled() {
                    answer = Err(WireFault::new(FaultKind::Cancelled, "cancelled"));
                }
                let ms = Some(ambient::now() - begun);
                self.hear(&nobody, |trial| trial.hear(asked.question, answer, ms));
            }
            self.test.update(|test| match test {
                Test::Running(trial) if trial.nobody == nobody => {
                    *test = Test::Ended(trial.clone())
                }
                _ => {}
            });
        });
    }

    /// The next question of a test, unless an edit or another test has taken its place.
    fn awaited(self, nobody: &str) -> Option<Asked> {
        self.test.with_untracked(|test| match test {
            Test::Running(trial) if trial.nobody == nobody => trial.next().cloned(),
            _ => None,
        })
    }

    fn hear(self, nobody: &str, note: impl FnOnce(&mut Trial)) {
        self.test.update(|test| match test {
            Test::Running(trial) if trial.nobody == nobody => note(trial),
            _ => {}
        });
    }

    /// Asks Entra's question at another address of the same host.
    pub async fn ask_variant(self, url: TenantUrl, cancel: Cancel) -> Answer {
        let nobody = ambient::guid();
        let filter = Search::filtered(Filter::equals(&self.matching(), &nobody));
        let request = Endpoint::new(url).search("Users", &filter);
        let via = self.via(cancel);
        transport::send(WireRequest::from_http(&request), &via).await
    }

    /// Writes the questions down for a terminal; the answers are pasted.
    pub fn begin_pasting(self) {
        if let Some(trial) = self.trial(&ambient::guid()) {
            self.test.set(Test::Running(trial));
        }
    }

    /// Notes a reply that was pasted. Entra's question makes a verdict, and so does a token that was
    /// refused.
    pub fn hear_pasted(self, question: Question, mut answer: Answer) {
        if let (Question::Grant, Ok(response)) = (question, &mut answer) {
            // Whoever ran another command may have pasted a token, which is of no use here.
            grant::take(response);
        }
        self.test.update(|test| {
            if let Some(mut trial) = test.trial().cloned() {
                trial.hear(question, answer, None);
                let is_judged = verdict::verdict(&trial).is_some();
                *test = if is_judged { Test::Ended(trial) } else { Test::Running(trial) };
            }
        });
    }
}
