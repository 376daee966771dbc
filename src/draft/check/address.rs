//! What is worth knowing of a tenant URL, and what breaks Entra's rules though it is a legal URL.
//!
//! No network is asked: the address is only read.

use std::net::IpAddr;

use scim::tenant_url::{TenantUrl, TenantUrlFault};

use super::is_loopback;

/// Ends of a path that Entra appends itself, or that belong to another question.
const APPENDED: [&str; 5] =
    ["/users", "/groups", "/schemas", "/resourcetypes", "/serviceproviderconfig"];

/// Ends of names that lead nowhere on the internet (RFC 6761, RFC 6762, RFC 8375 and the
/// internet's own list of private names).
const PRIVATE: [&str; 7] = ["local", "internal", "lan", "corp", "home", "intranet", "test"];

/// The rule that a legal URL breaks, and the repair.
pub(super) fn broken(url: &TenantUrl) -> Option<(String, String)> {
    let path = url.path();
    let lower = path.trim_end_matches('/').to_ascii_lowercase();
    if let Some(end) = APPENDED.into_iter().find(|end| lower.ends_with(end)) {
        let repair = "end it before: Entra appends /Users and /Groups itself";
        return Some((format!("the tenant URL ends in `{end}`"), repair.to_owned()));
    }
    let doubled = doubled(path)?;
    let rule = format!("the part `{doubled}` stands twice in a row");
    Some((rule, format!("take one `{doubled}` out")))
}

/// One or two segments that follow themselves: `/scim/v2/scim/v2`.
fn doubled(path: &str) -> Option<String> {
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    [2, 1].into_iter().find_map(|length| {
        let twice = segments.windows(2 * length).find(|window| {
            let (first, second) = window.split_at(length);
            first.iter().zip(second).all(|(a, b)| a.eq_ignore_ascii_case(b))
        })?;
        Some(format!("/{}", twice.get(..length)?.join("/")))
    })
}

/// How what is no URL is mended.
pub(super) fn repair(typed: &str, fault: &TenantUrlFault) -> String {
    let repair = match fault {
        TenantUrlFault::UserInfo => {
            "leave name and password out of the address; choose an authentication method below"
        }
        TenantUrlFault::Fragment => "leave out the `#` and what stands behind it",
        TenantUrlFault::Character { character: ' ' | '\t' | '\u{a0}', .. } => "take the blank out",
        TenantUrlFault::Character { character, .. } if !character.is_ascii() => {
            return match sent_host(typed) {
                Some(host) => format!("type the host as it is sent, `{host}`"),
                None => "leave out the letters that are not plain ASCII".to_owned(),
            };
        }
        _ if typed.contains("://") => "type it like https://app.envoy.com/scim/v2",
        _ => "begin it with https://, like https://app.envoy.com/scim/v2",
    };
    repair.to_owned()
}

/// The host of what was typed in its ASCII form, where it has another one.
fn sent_host(typed: &str) -> Option<String> {
    let (_, behind) = typed.split_once("://")?;
    super::international::ascii(behind.split(['/', '?', '#', ':']).next()?)
}

/// What is worth knowing of an address that can be used, in the order of its parts.
pub fn notes(typed: &str, url: &TenantUrl) -> Vec<String> {
    let mut notes = Vec::new();
    notes.extend(host(url.host()));
    let path = url.path().to_ascii_lowercase();
    if !path.contains("scim") && !url.host().contains("scim") {
        notes.push(
            "Most SCIM addresses have `scim` in them, often as /scim/v2 at the end. This one has \
             not: compare it with the console."
                .to_owned(),
        );
    }
    if typed.trim().split('?').next().is_some_and(|before| before.ends_with('/')) {
        notes.push("The slash at the end makes no difference: it is left out.".to_owned());
    }
    notes.extend(url.query().map(query));
    notes
}

fn host(host: &str) -> Option<String> {
    if is_loopback(host) {
        return Some(format!(
            "`{host}` is this machine. The relay goes there if it is told the exact address; Entra \
             cannot."
        ));
    }
    if is_private(host) {
        return Some(format!(
            "`{host}` is a private name or address. Entra calls from Microsoft's network and \
             cannot reach it without an on-premises provisioning agent; the relay goes there with \
             `--allow-private`."
        ));
    }
    let shown = super::international::unicode(host)?;
    Some(format!("`{host}` is how the name `{shown}` goes over the network."))
}

fn is_private(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    match bare.parse::<IpAddr>() {
        Ok(IpAddr::V4(address)) => address.is_private() || address.is_link_local(),
        Ok(IpAddr::V6(address)) => address.is_unique_local() || address.is_unicast_link_local(),
        Err(_) => {
            let end = host.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
            !host.contains('.') || PRIVATE.contains(&end)
        }
    }
}

fn query(query: &str) -> String {
    let flag = |name: &str| query.split('&').any(|part| part.eq_ignore_ascii_case(name));
    if flag("aadOptscim062020") {
        return "The flag `aadOptscim062020` makes Entra write PATCH as the RFC has it: lower-case \
                operations, real booleans, one operation for several attributes. Whether Entra \
                sends it along is not documented; this wizard does not."
            .to_owned();
    }
    if flag("AzureAdScimPatch2017") {
        return "The flag `AzureAdScimPatch2017` keeps Entra's older way to write PATCH on the day \
                the newer one becomes the default. This wizard does not send it along."
            .to_owned();
    }
    format!("The query `{query}` goes with every request.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> TenantUrl {
        TenantUrl::parse(text).unwrap()
    }

    #[track_caller]
    fn noted(text: &str, words: &str) {
        let notes = notes(text, &url(text));
        assert!(notes.iter().any(|note| note.contains(words)), "{text}: {notes:?}");
    }

    #[test]
    fn what_entra_appends_and_what_stands_twice_is_broken() {
        for (text, rule) in [
            ("https://a.example/scim/v2/Users", "ends in `/users`"),
            ("https://a.example/scim/v2/Schemas/", "ends in `/schemas`"),
            ("https://a.example/scim/v2/scim/v2", "`/scim/v2` stands twice"),
            ("https://a.example/SCIM/scim/v2", "`/SCIM` stands twice"),
        ] {
            assert!(broken(&url(text)).unwrap().0.contains(rule), "{text}");
        }
        for text in ["https://a.example/scim/v2", "https://a.example", "https://a.example/v2/a/v2"]
        {
            assert_eq!(broken(&url(text)), None, "{text}");
        }
    }

    #[test]
    fn each_part_that_is_worth_a_word_has_one() {
        assert_eq!(
            notes("https://app.envoy.com/scim/v2", &url("https://app.envoy.com/scim/v2")),
            [""; 0]
        );
        noted("http://localhost:8080/scim", "is this machine");
        for host in ["10.1.2.3", "192.168.0.9", "[fd00::1]", "scim", "scim.corp", "a.internal"] {
            noted(&format!("https://{host}/scim"), "private name or address");
        }
        noted("https://a.example/api", "Most SCIM addresses");
        noted("https://a.example/scim/", "slash at the end");
        noted("https://a.example/scim?aadOptscim062020", "lower-case");
        noted("https://a.example/scim?tenant=7", "`tenant=7` goes with every request");
        noted("https://xn--mnchen-3ya.example/scim", "`münchen.example`");
    }

    #[test]
    fn what_is_no_address_is_mended_by_its_own_repair() {
        let repaired = |text: &str| repair(text, &TenantUrl::parse(text).unwrap_err());
        assert!(repaired("https://a:b@c.example").contains("authentication method"));
        assert!(repaired("https://a.example/#x").contains("`#`"));
        assert!(repaired("https://a.example/scim v2").contains("blank"));
        assert!(repaired("https://münchen.example/scim").contains("`xn--mnchen-3ya.example`"));
        assert!(repaired("https://a.example/größe").contains("plain ASCII"));
        assert!(repaired("a.example").contains("begin it with https://"));
    }
}
