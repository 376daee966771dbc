//! How far a request came, layer by layer, as the relay tells it.

use crate::worker::message::WireResponse;

/// What the relay's timing header is called where the answer is told.
pub const TIMING: &str = "x-relay-timing";
/// The family of the address, `ipv4` or `ipv6`.
pub const FAMILY: &str = "x-relay-family";
/// The version of TLS.
pub const TLS: &str = "x-relay-tls";
/// When the server's certificate expires.
pub const TLS_EXPIRES: &str = "x-relay-tls-expires";

/// Each layer in words with its milliseconds, in the order in which they are reached; nothing where
/// the answer did not come through the relay.
pub fn layers(answer: &WireResponse) -> Vec<(String, String)> {
    let header = |name: &str| {
        let found = answer.headers.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    };
    let Some(timing) = header(TIMING) else { return Vec::new() };
    let layer = |entry: &str| {
        let (name, milliseconds) = entry.split_once(";dur=")?;
        let milliseconds: f64 = milliseconds.trim().parse().ok()?;
        let (title, more) = match name.trim() {
            "name" => ("Name resolved", None),
            "connect" => ("Connected", header(FAMILY).map(family)),
            "tls" => ("Encrypted", tls(header(TLS), header(TLS_EXPIRES))),
            "first-byte" => ("First byte of the answer", None),
            _ => return None,
        };
        let more = more.map(|more| format!(", {more}")).unwrap_or_default();
        Some((title.to_owned(), format!("{milliseconds:.0} ms{more}")))
    };
    timing.split(',').filter_map(layer).collect()
}

fn family(name: &str) -> String {
    match name {
        "ipv6" => "IPv6".to_owned(),
        _ => "IPv4".to_owned(),
    }
}

fn tls(version: Option<&str>, expires: Option<&str>) -> Option<String> {
    let version = version?.replace("TLSv", "TLS ");
    Some(match expires {
        Some(expires) => format!("{version}, certificate until {expires}"),
        None => version,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(headers: &[(&str, &str)]) -> WireResponse {
        let headers = headers.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        WireResponse { status: 200, headers, body: String::new() }
    }

    #[test]
    fn each_layer_is_told_with_its_time() {
        let told = layers(&answer(&[
            (TIMING, "name;dur=1.204, connect;dur=9.731, tls;dur=21.4, first-byte;dur=38.022"),
            (FAMILY, "ipv6"),
            (TLS, "TLSv1.3"),
            (TLS_EXPIRES, "Sun, 06 Dec 2026 08:49:37 GMT"),
        ]));
        let expected = [
            ("Name resolved", "1 ms"),
            ("Connected", "10 ms, IPv6"),
            ("Encrypted", "21 ms, TLS 1.3, certificate until Sun, 06 Dec 2026 08:49:37 GMT"),
            ("First byte of the answer", "38 ms"),
        ];
        let told: Vec<_> = told.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn what_is_no_timing_is_left_out() {
        assert_eq!(layers(&answer(&[])), []);
        assert_eq!(layers(&answer(&[(TIMING, "new;dur=1, connect;dur=x, ;;,")])), []);
    }
}
