//! How many accounts the application holds: one question, before a preview says what it will cost.

use leptos::prelude::*;
use scim::answer;
use scim::endpoint::{Endpoint, Search};

use super::Wizard;
use crate::transport::{self, Cancel};
use crate::worker::message::WireRequest;

impl Wizard {
    /// Asks the application how many users it holds. It only reads.
    ///
    /// # Errors
    /// Why there is no answer, or what is wrong with it.
    pub async fn count_accounts(self) -> Result<u64, String> {
        // The sandbox is filled at the first question, from the draft that the worker has.
        self.judged().await;
        let url = self.checked.with_untracked(|checked| checked.tenant_url.clone());
        let endpoint = Endpoint::new(url.ok_or("there is no tenant URL")?);
        // Some take a count of 0 for none at all and send everybody.
        let search = Search { count: Some(1), ..Search::default() };
        let request = WireRequest::from_http(&endpoint.search("Users", &search));
        let via = self.via(Cancel::default());
        let answer = transport::send(request, &via).await.map_err(|fault| fault.message)?;
        let list = answer::list(&answer.to_http());
        let told = list.map(|list| list.total_results);
        told.map_err(|error| self.redact(&format!("The accounts cannot be counted: {error}")))
    }
}
