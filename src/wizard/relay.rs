//! Which relay requests take, whether it can be used, and who runs it.

use leptos::prelude::*;

use super::Wizard;
use crate::draft::Route;
use crate::draft::relay::{RelayChoice, RelayKind};
use crate::secret::Purpose;
use crate::transport::relay;
use crate::transport::{Cancel, Via};
use crate::worker::message::WireFault;

impl Wizard {
    /// Which relay was chosen; the page's own where the route takes none.
    pub(super) fn relay_choice(self) -> RelayChoice {
        self.with(|draft| match draft.connection.route {
            Route::Relay => draft.connection.relay.clone(),
            _ => RelayChoice::default(),
        })
    }

    /// The origin of the relay at another address that was chosen, where there is one.
    pub(super) fn relay_origin(self) -> Option<String> {
        Some(self.relay_choice().address().ok()??.origin())
    }

    /// Why the relay that was chosen cannot be used yet.
    pub(super) fn no_relay_yet(self) -> Option<String> {
        let choice = self.relay_choice();
        if let Some(missing) = choice.missing() {
            return Some(missing.to_owned());
        }
        if choice.kind != RelayKind::Elsewhere {
            return None;
        }
        if self.secret_length(Purpose::RelayKey).is_none() {
            return Some("paste the relay's session key first".to_owned());
        }
        self.belongs_elsewhere(Purpose::RelayKey)
    }

    /// Asks the relay at the address that was typed who runs it; no secret goes along.
    pub async fn ask_operator(self, cancel: Cancel) -> Option<Result<String, WireFault>> {
        let url = untrack(|| self.relay_choice()).address().ok()??;
        let via = Via { token: None, key: None, fresh: None, ..self.via(cancel) };
        Some(relay::operator(&url.to_string(), &via).await)
    }
}
