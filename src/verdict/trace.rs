//! How far a request came, as the relay's headers tell it.

use std::time::UNIX_EPOCH;

/// What the relay's timing header is called where the answer is told.
pub const TIMING: &str = "x-relay-timing";
/// The family of the address, `ipv4` or `ipv6`.
pub const FAMILY: &str = "x-relay-family";
/// The version of TLS.
pub const TLS: &str = "x-relay-tls";
/// When the server's certificate expires.
pub const TLS_EXPIRES: &str = "x-relay-tls-expires";

/// Milliseconds of each layer that was reached, and what was seen there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace<'a> {
    /// The relay has told of its way at all.
    pub is_told: bool,
    /// The host's name was looked up.
    pub name: Option<f64>,
    /// A connection was opened; nothing where one was open already.
    pub connect: Option<f64>,
    /// It was encrypted.
    pub tls: Option<f64>,
    /// The answer began.
    pub first_byte: Option<f64>,
    /// `IPv4` or `IPv6`.
    pub family: Option<&'static str>,
    /// The version of TLS.
    pub version: Option<String>,
    /// When the certificate expires.
    pub expires: Option<&'a str>,
}

impl<'a> Trace<'a> {
    /// Reads the relay's headers; everything is absent where the answer came another way.
    pub fn of(headers: &'a [(String, String)]) -> Self {
        let header = |name: &str| {
            let found = headers.iter().find(|(key, _)| key == name);
            found.map(|(_, value)| value.as_str())
        };
        let Some(timing) = header(TIMING) else { return Self::default() };
        let layer = |name: &str| {
            let named = timing.split(',').filter_map(|entry| entry.trim().split_once(";dur="));
            let mut named = named.filter(|(known, _)| *known == name);
            named.next().and_then(|(_, time)| time.trim().parse().ok())
        };
        Self {
            is_told: true,
            name: layer("name"),
            connect: layer("connect"),
            tls: layer("tls"),
            first_byte: layer("first-byte"),
            family: header(FAMILY).map(|name| if name == "ipv6" { "IPv6" } else { "IPv4" }),
            version: header(TLS).map(|version| version.replace("TLSv", "TLS ")),
            expires: header(TLS_EXPIRES),
        }
    }

    /// When the certificate expires, in milliseconds since 1970.
    pub fn expires_at(&self) -> Option<f64> {
        let end = httpdate::parse_http_date(self.expires?).ok()?;
        Some(end.duration_since(UNIX_EPOCH).ok()?.as_secs_f64() * 1000.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(headers: &[(&str, &str)]) -> Vec<(String, String)> {
        headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn each_layer_is_told_with_its_time() {
        let told = headers(&[
            (TIMING, "name;dur=1.204, connect;dur=9.731, tls;dur=21.4, first-byte;dur=38.022"),
            (FAMILY, "ipv6"),
            (TLS, "TLSv1.3"),
            (TLS_EXPIRES, "Sun, 06 Dec 2026 08:49:37 GMT"),
        ]);
        let trace = Trace::of(&told);
        let times = [trace.name, trace.connect, trace.tls, trace.first_byte];
        assert_eq!(times, [Some(1.204), Some(9.731), Some(21.4), Some(38.022)]);
        assert_eq!(trace.version.as_deref(), Some("TLS 1.3"));
        assert_eq!(
            (trace.family, trace.expires),
            (Some("IPv6"), Some("Sun, 06 Dec 2026 08:49:37 GMT"))
        );
        assert_eq!(trace.expires_at(), Some(1_796_546_977_000.0));
        assert_eq!(Trace { expires: Some("soon"), ..trace }.expires_at(), None);
    }

    #[test]
    fn what_is_no_timing_is_left_out() {
        assert_eq!(Trace::of(&[]), Trace::default());
        let odd = headers(&[(TIMING, "new;dur=1, connect;dur=x, ;;,")]);
        assert_eq!(Trace::of(&odd), Trace { is_told: true, ..Trace::default() });
    }
}
