//! The secrets in memory, where they may go, and the access token that a client's secret is
//! exchanged for.

use std::rc::Rc;

use futures_util::lock::Mutex;
use leptos::prelude::*;

use super::{Test, Wizard};
use crate::ambient;
use crate::draft::Route;
use crate::draft::authentication::{Authentication, Method};
use crate::draft::relay::RelayKind;
use crate::grant::{self, Access};
use crate::route::Step;
use crate::secret::{HeldSecret, Look, Purpose, SecretProof, TypedSecret};
use crate::transport::relay::Relay;
use crate::transport::{self, Cancel, Fresh, Via};
use crate::verdict::trial::Answer;
use crate::worker::message::{FaultKind, WireFault};

impl Wizard {
    /// Where a secret of this purpose is held.
    fn place_of(self, purpose: Purpose) -> RwSignal<Option<HeldSecret>> {
        if purpose == Purpose::RelayKey { self.relay_key } else { self.secret }
    }

    /// Holds a secret.
    pub fn hold_secret(self, secret: TypedSecret) {
        let held = HeldSecret::new(secret);
        self.place_of(held.purpose()).set(Some(held));
        self.forgotten.set(None);
        self.access.set_value(None);
        self.test.set(Test::None);
    }

    /// Forgets the secret, and what it was exchanged for.
    pub fn forget_secret(self) {
        self.secret.set(None);
        self.access.set_value(None);
        self.test.set(Test::None);
    }

    /// Forgets the session key of a relay.
    pub fn forget_relay_key(self) {
        self.relay_key.set(None);
        self.test.set(Test::None);
    }

    /// Forgets all of them.
    pub fn forget_secrets(self) {
        self.forget_secret();
        self.forget_relay_key();
    }

    fn authentication(self) -> Authentication {
        self.peek(|draft| draft.connection.authentication.clone())
    }

    /// How many characters the secret of this purpose in memory has.
    pub fn secret_length(self, purpose: Purpose) -> Option<usize> {
        self.held(purpose, HeldSecret::length)
    }

    /// What can be told of the secret of this purpose in memory.
    pub fn secret_look(self, purpose: Purpose) -> Option<Look> {
        self.held(purpose, HeldSecret::look)
    }

    fn held<T>(self, purpose: Purpose, read: impl FnOnce(&HeldSecret) -> T) -> Option<T> {
        self.place_of(purpose)
            .with(|held| held.as_ref().filter(|held| held.purpose() == purpose).map(read))
    }

    /// A text without the secrets, should a server's answer repeat them.
    pub fn redact(self, text: &str) -> String {
        let Authentication { method, client_id, user_name, .. } = self.authentication();
        let user = if method == Method::ClientCredentials { client_id } else { user_name };
        let text = self.secret.with_untracked(|held| match held {
            Some(held) => held.redact(text, user.trim()),
            None => text.to_owned(),
        });
        let text = self.relay_key.with_untracked(|held| match held {
            Some(held) => held.redact(&text, ""),
            None => text,
        });
        self.access.with_value(|access| match access {
            Some(access) => access.proof.redact(&text),
            None => text.clone(),
        })
    }

    /// What a request needs besides itself. The sandbox takes its own, public, token where the
    /// administrator has pasted none.
    pub fn via(self, cancel: Cancel) -> Via {
        let connection = self.peek(|draft| draft.connection.clone());
        let (relay, key) = self.relay();
        let mut via = Via {
            route: connection.route,
            token: None,
            relay,
            key,
            fresh: None,
            worker: self.worker,
            timeout_seconds: connection.timeout_seconds,
            cancel,
            ledger: self.ledger,
            cause: self.screen.get_untracked().step().map_or("Start", Step::title),
        };
        let is_client = connection.authentication.method == Method::ClientCredentials;
        match connection.route {
            Route::Sandbox => via.token = self.sandbox_proof(),
            Route::Paste => {}
            Route::Relay | Route::Direct if is_client => via.fresh = self.fresh(via.clone()),
            Route::Relay | Route::Direct => via.token = self.proof(),
        }
        via
    }

    /// The relay that requests take, and the session key for it.
    fn relay(self) -> (Relay, Option<SecretProof>) {
        let choice = untrack(|| self.relay_choice());
        let takes_key = choice.kind == RelayKind::Elsewhere;
        let key = takes_key.then(|| self.secret_for(Purpose::RelayKey)).flatten();
        (Relay::of(&choice), key.as_ref().and_then(SecretProof::for_relay))
    }

    fn sandbox_proof(self) -> Option<SecretProof> {
        let typed = Purpose::of(self.authentication().method)
            .and_then(|purpose| untrack(|| self.held(purpose, HeldSecret::for_sandbox)));
        let typed = typed.and_then(|typed| SecretProof::of(&typed, &Authentication::default()));
        typed.or_else(|| SecretProof::fetched(sandbox::Sandbox::PUBLIC_TOKEN))
    }

    fn proof(self) -> Option<SecretProof> {
        let chosen = self.authentication();
        SecretProof::of(&self.secret_for(Purpose::of(chosen.method)?)?, &chosen)
    }

    /// The secret for the origin that it belongs to; from now on it belongs to that one.
    fn secret_for(self, purpose: Purpose) -> Option<TypedSecret> {
        let origin = untrack(|| self.origin(purpose))?;
        let place = self.place_of(purpose);
        let mut held = place.get_untracked().filter(|held| held.purpose() == purpose)?;
        let typed = held.for_origin(&origin);
        place.set(Some(held));
        typed
    }

    /// Where a secret may go: a relay's key to the relay; all others to the tenant URL, by the
    /// relay that stands between; a client's to the token endpoint too, for the token that it is
    /// exchanged for belongs to the tenant URL.
    fn origin(self, purpose: Purpose) -> Option<String> {
        match purpose {
            Purpose::RelayKey => self.relay_origin(),
            Purpose::Token | Purpose::Password => self.destination(),
            Purpose::Client => {
                let endpoint =
                    self.with(|draft| draft.connection.authentication.endpoint().ok().flatten())?;
                Some(format!("{} for {}", endpoint.origin(), self.destination()?))
            }
        }
    }

    /// The origin of the tenant URL, and that of a relay at another address before it: whoever
    /// runs that can read what passes through.
    fn destination(self) -> Option<String> {
        let tenant = self.checked.with(|checked| Some(checked.tenant_url.as_ref()?.origin()))?;
        Some(match self.relay_origin() {
            Some(relay) => format!("{tenant} through {relay}"),
            None => tenant,
        })
    }

    /// Why the secret in memory cannot go where it is needed now: it has gone elsewhere.
    pub fn belongs_elsewhere(self, purpose: Purpose) -> Option<String> {
        let origin = self.origin(purpose)?;
        let other = self.held(purpose, |held| held.elsewhere(&origin).map(str::to_owned))??;
        let noun = purpose.noun();
        Some(format!("the {noun} in memory belongs to `{other}` – replace it by this one's"))
    }

    /// Why requests cannot be sent with what was typed to authenticate.
    pub(super) fn not_authenticated(self) -> Option<String> {
        if let Some(why) = self.no_relay_yet() {
            return Some(why);
        }
        let chosen = self.with(|draft| draft.connection.authentication.clone());
        let Some(purpose) = Purpose::of(chosen.method) else {
            return Some("this way to authenticate cannot be tried from here".to_owned());
        };
        if purpose == Purpose::Client
            && let Some(missing) = chosen.missing()
        {
            return Some(missing.to_owned());
        }
        if self.secret_length(purpose).is_none() {
            return Some(match purpose {
                Purpose::Token => "paste the secret token first".to_owned(),
                other => format!("paste the {} first", other.noun()),
            });
        }
        self.belongs_elsewhere(purpose)
    }

    /// Fetches an access token, whatever is left of the one before. The answer comes back without
    /// it.
    pub(super) async fn fetch_access(self, via: &Via) -> Answer {
        self.access.set_value(None);
        let chosen = self.authentication();
        let basis = untrack(|| self.destination()).zip(grant::question(&chosen));
        let Some((destination, question)) = basis else {
            return Err(no_access("the token endpoint or the tenant URL cannot be used"));
        };
        // The client's secret goes onto this request and onto no other.
        let asking = Via { token: self.proof(), fresh: None, ..via.clone() };
        let mut answer = transport::send(question, &asking).await?;
        let proof = grant::take(&mut answer);
        if let (Some(proof), Ok(told)) = (proof, grant::told(&answer)) {
            let until = grant::until(&told, ambient::now());
            self.access.set_value(Some(Access { proof, basis: (chosen, destination), until }));
        }
        Ok(answer)
    }

    /// Gives the access token, and fetches one where there is none or its time is over. Requests
    /// that are under way at the same time wait for one and the same.
    fn fresh(self, via: Via) -> Option<Fresh> {
        let basis = (self.authentication(), untrack(|| self.destination())?);
        let turn = Rc::new(Mutex::new(()));
        let good = move |basis: &(Authentication, String)| {
            let now = ambient::now();
            self.access.with_value(|access| {
                let access = access.as_ref()?;
                (access.basis == *basis && now < access.until).then(|| access.proof.clone())
            })
        };
        Some(Rc::new(move || {
            let (via, turn, basis) = (via.clone(), turn.clone(), basis.clone());
            Box::pin(async move {
                let _turn = turn.lock().await;
                if let Some(proof) = good(&basis) {
                    return Ok(proof);
                }
                self.fetch_access(&via).await?;
                let why = "the token endpoint gave no access token; test the connection, which \
                           says why";
                good(&basis).ok_or_else(|| no_access(why))
            })
        }))
    }
}

fn no_access(why: &str) -> WireFault {
    WireFault::new(FaultKind::NoAccess, why)
}
