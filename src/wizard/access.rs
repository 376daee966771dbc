//! The secret in memory, where it may go, and the access token that a client's secret is
//! exchanged for.

use std::rc::Rc;

use futures_util::lock::Mutex;
use leptos::prelude::*;

use super::{Test, Wizard};
use crate::ambient;
use crate::draft::Route;
use crate::draft::authentication::{Authentication, Method};
use crate::grant::{self, Access};
use crate::route::Step;
use crate::secret::{HeldSecret, Look, Purpose, SecretProof, TypedSecret};
use crate::transport::{self, Cancel, Fresh, Via};
use crate::verdict::trial::Answer;
use crate::worker::message::{FaultKind, WireFault};

impl Wizard {
    /// Holds the secret.
    pub fn hold_secret(self, secret: TypedSecret) {
        self.secret.set(Some(HeldSecret::new(secret)));
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

    fn authentication(self) -> Authentication {
        self.peek(|draft| draft.connection.authentication.clone())
    }

    /// What the way to authenticate needs, as long as this page can try it.
    pub fn purpose(self) -> Option<Purpose> {
        Purpose::of(self.with(|draft| draft.connection.authentication.method))
    }

    /// How many characters the secret in memory has, where it is the one that is needed.
    pub fn secret_length(self) -> Option<usize> {
        self.held(HeldSecret::length)
    }

    /// What can be told of the secret in memory.
    pub fn secret_look(self) -> Option<Look> {
        self.held(HeldSecret::look)
    }

    fn held<T>(self, read: impl FnOnce(&HeldSecret) -> T) -> Option<T> {
        let purpose = self.purpose();
        self.secret
            .with(|held| held.as_ref().filter(|held| Some(held.purpose()) == purpose).map(read))
    }

    /// A text without the secret, should a server's answer repeat it.
    pub fn redact(self, text: &str) -> String {
        let Authentication { method, client_id, user_name, .. } = self.authentication();
        let user = if method == Method::ClientCredentials { client_id } else { user_name };
        let text = self.secret.with_untracked(|held| match held {
            Some(held) => held.redact(text, user.trim()),
            None => text.to_owned(),
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
        let mut via = Via {
            route: connection.route,
            token: None,
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

    fn sandbox_proof(self) -> Option<SecretProof> {
        let typed = untrack(|| self.held(HeldSecret::for_sandbox));
        let typed = typed.and_then(|typed| SecretProof::of(&typed, &Authentication::default()));
        typed.or_else(|| SecretProof::fetched(sandbox::Sandbox::PUBLIC_TOKEN))
    }

    /// The secret for the origin that it belongs to; from now on it belongs to that one.
    fn proof(self) -> Option<SecretProof> {
        let origin = untrack(|| self.origin())?;
        let mut held = self.secret.get_untracked()?;
        let typed = held.for_origin(&origin);
        self.secret.set(Some(held));
        SecretProof::of(&typed?, &self.authentication())
    }

    /// The origin of the tenant URL; of a client's secret also that of the token endpoint, for the
    /// token that it is exchanged for belongs to the tenant URL.
    fn origin(self) -> Option<String> {
        let tenant = self.tenant_origin()?;
        self.with(|draft| {
            let chosen = &draft.connection.authentication;
            if chosen.method != Method::ClientCredentials {
                return Some(tenant);
            }
            let endpoint = chosen.endpoint().ok().flatten()?;
            Some(format!("{} for {tenant}", endpoint.origin()))
        })
    }

    fn tenant_origin(self) -> Option<String> {
        self.checked.with(|checked| Some(checked.tenant_url.as_ref()?.origin()))
    }

    /// The origin that the secret in memory has gone to, where another is named now.
    pub fn secret_is_elsewhere(self) -> Option<String> {
        let origin = self.origin()?;
        self.held(|held| held.elsewhere(&origin).map(str::to_owned))?
    }

    /// Whether a secret is in memory that may go where it is needed.
    pub(super) fn has_usable_secret(self) -> bool {
        self.secret_length().is_some() && self.secret_is_elsewhere().is_none()
    }

    /// Why requests cannot be sent with what was typed to authenticate.
    pub(super) fn not_authenticated(self) -> Option<String> {
        let chosen = self.with(|draft| draft.connection.authentication.clone());
        let Some(purpose) = Purpose::of(chosen.method) else {
            return Some("this way to authenticate cannot be tried from here".to_owned());
        };
        if purpose == Purpose::Client
            && let Some(missing) = chosen.missing()
        {
            return Some(missing.to_owned());
        }
        if self.secret_length().is_none() {
            return Some(match purpose {
                Purpose::Token => "paste the secret token first".to_owned(),
                other => format!("paste the {} first", other.noun()),
            });
        }
        let elsewhere = self.secret_is_elsewhere()?;
        let noun = purpose.noun();
        Some(format!("the {noun} in memory belongs to {elsewhere}; replace it by this one's"))
    }

    /// Fetches an access token, whatever is left of the one before. The answer comes back without
    /// it.
    pub(super) async fn fetch_access(self, via: &Via) -> Answer {
        self.access.set_value(None);
        let chosen = self.authentication();
        let basis = untrack(|| self.tenant_origin()).zip(grant::question(&chosen));
        let Some((tenant, question)) = basis else {
            return Err(no_access("the token endpoint or the tenant URL cannot be used"));
        };
        // The client's secret goes onto this request and onto no other.
        let asking = Via { token: self.proof(), fresh: None, ..via.clone() };
        let mut answer = transport::send(question, &asking).await?;
        let proof = grant::take(&mut answer);
        if let (Some(proof), Ok(told)) = (proof, grant::told(&answer)) {
            let until = grant::until(&told, ambient::now());
            self.access.set_value(Some(Access { proof, basis: (chosen, tenant), until }));
        }
        Ok(answer)
    }

    /// Gives the access token, and fetches one where there is none or its time is over. Requests
    /// that are under way at the same time wait for one and the same.
    fn fresh(self, via: Via) -> Option<Fresh> {
        let basis = (self.authentication(), untrack(|| self.tenant_origin())?);
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
