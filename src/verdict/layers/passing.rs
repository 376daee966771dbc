//! What is seen at the layers that a request passed, and at those behind the one that failed.

use super::{Finding, Layer, State};
use crate::draft::Route;
use crate::draft::relay::RelayChoice;
use crate::verdict::trace::Trace;
use crate::worker::message::{FaultKind, WireFault, WireResponse};

/// One day, in milliseconds.
const DAY: f64 = 86_400_000.0;

/// A certificate that ends in so many days is worth a word.
const SOON: f64 = 30.0;

/// What is known of a request that passed a layer.
pub(super) struct Passing<'a> {
    pub(super) route: Route,
    pub(super) relay: &'a RelayChoice,
    /// A proxy stands between that tells nothing.
    pub(super) is_silent: bool,
    pub(super) uri: &'a str,
    pub(super) response: Option<&'a WireResponse>,
    pub(super) fault: Option<&'a WireFault>,
    pub(super) trace: &'a Trace<'a>,
    /// Milliseconds since 1970.
    pub(super) now: f64,
    pub(super) ms: Option<f64>,
}

impl Passing<'_> {
    pub(super) fn time(&self, layer: Layer) -> Option<f64> {
        match layer {
            Layer::Name => self.trace.name,
            Layer::Tcp => self.trace.connect,
            Layer::Tls => self.trace.tls,
            Layer::Status => self.ms,
            _ => None,
        }
    }

    /// Behind the layer that failed nothing is known, but for what the browser has given away.
    pub(super) fn beyond(&self, layer: Layer) -> Finding {
        let is_there = self.fault.is_some_and(|fault| fault.kind == FaultKind::Cors);
        match layer {
            Layer::Name | Layer::Tcp if is_there => {
                Finding::new(layer, State::Good, "The endpoint is there.")
            }
            _ => Finding::new(layer, State::Unreached, ""),
        }
    }

    pub(super) fn passed(&self, layer: Layer) -> Finding {
        match layer {
            Layer::Route => self.route(),
            Layer::Name | Layer::Tcp | Layer::Tls => self.below(layer).after(self.time(layer)),
            Layer::Redirect => Finding::new(layer, State::Good, "Not redirected."),
            Layer::Status => Finding::new(layer, State::Good, self.status()).after(self.ms),
            Layer::MediaType => self.media_type(),
            Layer::Json => Finding::new(layer, State::Good, "The body is JSON."),
            Layer::List => Finding::new(layer, State::Good, "The body is a ListResponse."),
            _ => Finding::new(layer, State::Good, "Nobody was found, and nobody was to be found."),
        }
    }

    fn route(&self) -> Finding {
        let seen = match self.route {
            Route::Sandbox => "Answered inside this page; nothing left this device.",
            Route::Relay => return Finding::new(Layer::Route, State::Good, self.by_relay()),
            Route::Direct => "From this browser; the endpoint lets the page read its answers.",
            Route::Paste => "Sent by your own command; the page has read what you pasted.",
        };
        Finding::new(Layer::Route, State::Good, seen)
    }

    fn by_relay(&self) -> String {
        match self.relay.host() {
            None => "Through the relay that serves this page.".to_owned(),
            Some(host) if self.is_silent => {
                format!("Through the proxy at {host}. What it did on the way cannot be seen.")
            }
            Some(host) => format!("Through the relay at {host}."),
        }
    }

    /// Name, connection and encryption: the relay tells them, nobody else does.
    fn below(&self, layer: Layer) -> Finding {
        let trace = self.trace;
        if self.route == Route::Sandbox {
            return Finding::new(layer, State::Unseen, "The sandbox needs no network.");
        }
        if layer == Layer::Tls && self.uri.starts_with("http://") {
            let seen = "Not encrypted. That is for trials on your own machine.";
            return Finding::new(layer, State::Doubtful, seen)
                .repaired("Give Entra an address that begins with https.");
        }
        if self.is_silent {
            return Finding::new(layer, State::Unseen, "The proxy between does not tell.");
        }
        if !trace.is_told {
            let seen = match self.route {
                Route::Direct => "It worked; the browser tells no more.",
                _ => "It worked; the pasted reply tells no more.",
            };
            return Finding::new(layer, State::Good, seen);
        }
        let seen = match layer {
            Layer::Name => "The name leads to an address that the relay may go to.".to_owned(),
            Layer::Tcp => match (trace.connect, trace.family) {
                (Some(_), Some(family)) => format!("Connected by {family}."),
                (None, _) => "A connection was open already.".to_owned(),
                _ => "Connected.".to_owned(),
            },
            _ => return self.tls(),
        };
        Finding::new(layer, State::Good, seen)
    }

    /// The version, and the certificate's end: a word of warning where that is near.
    fn tls(&self) -> Finding {
        let seen = tls(self.trace);
        let days = self.trace.expires_at().map(|end| (end - self.now) / DAY);
        match days.filter(|days| *days <= SOON) {
            None => Finding::new(Layer::Tls, State::Good, seen),
            Some(days) => {
                let seen = format!("{seen} The certificate ends in {:.0} days.", days.max(0.0));
                Finding::new(Layer::Tls, State::Doubtful, seen).repaired(
                    "Have it renewed in time: Entra refuses an endpoint whose certificate has \
                     ended, and the job goes into quarantine.",
                )
            }
        }
    }

    fn status(&self) -> String {
        let status = self.response.map(|response| response.status).unwrap_or_default();
        match self.trace.first_byte {
            Some(ms) => format!("Status {status}. First byte of the answer after {ms:.0} ms."),
            None => format!("Status {status}."),
        }
    }

    fn media_type(&self) -> Finding {
        let headers = self.response.map(|response| response.headers.as_slice()).unwrap_or_default();
        let label = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        let label = label.map(|(_, value)| value.as_str()).unwrap_or_default();
        let bare = label.split(';').next().unwrap_or_default().trim();
        if bare.eq_ignore_ascii_case(scim::endpoint::MEDIA_TYPE) {
            return Finding::new(Layer::MediaType, State::Good, format!("{label}."));
        }
        let seen = match label {
            "" => "The answer does not say what it is.".to_owned(),
            label => format!("The answer is labelled {label}."),
        };
        Finding::new(Layer::MediaType, State::Doubtful, seen).repaired(
            "The body itself could be read. Ask the vendor to label it application/scim+json.",
        )
    }
}

fn tls(trace: &Trace<'_>) -> String {
    let version = trace.version.as_deref().unwrap_or("TLS");
    let expires =
        trace.expires.map(|date| format!("; the certificate is for this host, until {date}"));
    let entra = if version.ends_with("1.3") { " Entra itself speaks TLS 1.2." } else { "" };
    format!("{version}{}.{entra}", expires.unwrap_or_default())
}
