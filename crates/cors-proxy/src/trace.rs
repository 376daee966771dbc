//! What one call went through, layer by layer, as it is told to the page.

use std::fmt::Write;
use std::net::SocketAddr;
use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderValue};
use rustls::ClientConnection;

use crate::headers::{FAMILY, TIMING, TLS, TLS_EXPIRES};

/// The last second of the year 9998. Certificates that never expire name a later one, which dates
/// of HTTP do not reach.
const FOREVER: u64 = 253_370_764_799;

/// The TLS session of a connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tls {
    version: &'static str,
    expires: Option<u64>,
}

/// How long each layer took, and what it came to; a layer that is not reached stays empty, and so
/// do TCP and TLS of a connection that was open already.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Trace {
    pub(crate) name: Option<Duration>,
    pub(crate) connect: Option<Duration>,
    pub(crate) handshake: Option<Duration>,
    pub(crate) first_byte: Option<Duration>,
    pub(crate) tls: Option<Tls>,
    pub(crate) address: Option<SocketAddr>,
}

impl Tls {
    /// Reads version and expiry off a finished handshake.
    pub(crate) fn of(connection: &ClientConnection) -> Self {
        use rustls::ProtocolVersion::TLSv1_3;
        let version = match connection.protocol_version() {
            Some(TLSv1_3) => "TLSv1.3",
            // The only other version that is built in.
            _ => "TLSv1.2",
        };
        let leaf = connection.peer_certificates().and_then(<[_]>::first);
        let expires = leaf.and_then(|leaf| {
            let (_, certificate) = x509_parser::parse_x509_certificate(leaf).ok()?;
            let seconds = u64::try_from(certificate.validity().not_after.timestamp()).ok()?;
            Some(seconds)
        });
        Self { version, expires }
    }
}

impl Trace {
    /// Writes what is known into the headers of an answer or of a fault.
    pub(crate) fn tell(&self, headers: &mut HeaderMap) {
        let mut timing = String::with_capacity(80);
        let layers = [
            ("name", self.name),
            ("connect", self.connect),
            ("tls", self.handshake),
            ("first-byte", self.first_byte),
        ];
        for (layer, time) in layers {
            let Some(time) = time else { continue };
            let comma = if timing.is_empty() { "" } else { ", " };
            let micros = time.as_micros();
            // Writing to a `String` cannot fail.
            let _ = write!(timing, "{comma}{layer};dur={}.{:03}", micros / 1000, micros % 1000);
        }
        insert(headers, TIMING, timing);
        if let Some(address) = self.address {
            let family = if address.is_ipv4() { "ipv4" } else { "ipv6" };
            headers.insert(FAMILY, HeaderValue::from_static(family));
        }
        if let Some(tls) = self.tls {
            headers.insert(TLS, HeaderValue::from_static(tls.version));
            insert(headers, TLS_EXPIRES, tls.expires.and_then(date).unwrap_or_default());
        }
    }
}

/// The seconds since 1970 as HTTP writes a date.
pub(crate) fn date(seconds: u64) -> Option<String> {
    let time = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))?;
    (seconds < FOREVER).then(|| httpdate::fmt_http_date(time))
}

fn insert(headers: &mut HeaderMap, name: http::HeaderName, text: String) {
    if !text.is_empty()
        && let Ok(value) = HeaderValue::try_from(text)
    {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_layers_that_were_reached_are_told() {
        let mut headers = HeaderMap::new();
        Trace::default().tell(&mut headers);
        assert!(headers.is_empty());
        let trace = Trace {
            name: Some(Duration::from_micros(1500)),
            first_byte: Some(Duration::from_millis(20)),
            address: Some(SocketAddr::from(([8, 8, 8, 8], 443))),
            tls: Some(Tls { version: "TLSv1.3", expires: Some(0) }),
            ..Trace::default()
        };
        trace.tell(&mut headers);
        assert_eq!(headers.get(TIMING).unwrap(), "name;dur=1.500, first-byte;dur=20.000");
        assert_eq!(headers.get(FAMILY).unwrap(), "ipv4");
        assert_eq!(headers.get(TLS).unwrap(), "TLSv1.3");
        assert_eq!(headers.get(TLS_EXPIRES).unwrap(), "Thu, 01 Jan 1970 00:00:00 GMT");
    }
}
