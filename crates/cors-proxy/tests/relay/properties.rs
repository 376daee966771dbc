//! What must hold for any target and any address.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use cors_proxy::{Reach, Target, reach};
use proptest::prelude::*;

const LONGEST: usize = 8 * 1024;

/// Ways to write an IPv4 address into one of IPv6, each with what the relay makes of it.
const FORMS: [(&str, Form); 8] = [
    // Mapped and translated by the well-known prefix: judged by what is inside.
    ("::ffff:0:0", Form::Unwrapped),
    ("64:ff9b::", Form::Unwrapped),
    // Compatible, translated locally, SIIT, Teredo, ISATAP: never reached.
    ("::", Form::Never),
    ("64:ff9b:1::", Form::Never),
    ("::ffff:0:0:0", Form::Never),
    ("2001::", Form::Never),
    ("2606:4700::5efe:0:0", Form::Never),
    ("fe80::5efe:0:0", Form::Never),
];

#[derive(Clone, Copy, Debug)]
enum Form {
    Unwrapped,
    Never,
}

/// Parts of URLs, sound and odd, in an order that chance chooses.
fn urls() -> impl Strategy<Value = String> {
    let scheme = prop_oneof![
        5 => Just("https://"),
        1 => Just("http://"),
        1 => Just("HTTPS://"),
        1 => Just("https:"),
        1 => Just("ftp://"),
        1 => Just(""),
    ];
    let host = prop_oneof![
        4 => "[a-z]{1,6}(\\.[a-z]{1,6}){0,2}",
        1 => "[A-Z]{1,6}\\.example",
        1 => "[0-9]{1,3}(\\.[0-9]{1,3}){0,3}",
        1 => "0x[0-9a-f]{1,8}",
        1 => "\\[[0-9a-f:]{2,12}\\]",
        1 => "\\PC{0,6}",
        1 => "[a-z]{1,3}[@#?\\\\%;.]{1,2}[a-z]{1,3}",
    ];
    let port = prop_oneof![4 => Just(String::new()), 1 => ":[0-9]{0,6}", 1 => ":[a-z]{1,2}"];
    let path = prop_oneof![
        3 => "(/[a-zA-Z0-9._~%-]{0,6}){0,4}",
        1 => "(/\\.{1,2}|/%2[eEfF]|/[a-z]){0,4}",
        1 => "/\\PC{0,6}",
        1 => "[/\\\\;]{0,3}",
    ];
    let query = prop_oneof![2 => Just(String::new()), 1 => "\\?[ -~]{0,12}", 1 => "\\?\\PC{0,4}"];
    (scheme, host, port, path, query)
        .prop_map(|(scheme, host, port, path, query)| format!("{scheme}{host}{port}{path}{query}"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    /// A: what is accepted is sent as it was written, and reads the same when read again.
    #[test]
    fn a03_what_is_accepted_as_written_is_sent_as_written(text in urls()) {
        let Ok(target) = Target::parse(&text, LONGEST) else { return Ok(()) };
        if target.as_written().is_err() {
            return Ok(());
        }
        let sent = format!("{}{}", target.origin(), target.path_and_query());
        let (scheme, rest) = text.split_once("://").unwrap();
        let at = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, tail) = rest.split_at(at);
        prop_assert_eq!(scheme.to_ascii_lowercase(), target.scheme());
        let host = target.host().to_string();
        prop_assert!(authority.to_ascii_lowercase().starts_with(&host), "{} of {}", host, text);
        let tail = if tail.starts_with('/') { tail.to_owned() } else { format!("/{tail}") };
        prop_assert_eq!(target.path_and_query().as_str(), tail);
        let again = Target::parse(&sent, LONGEST).unwrap();
        prop_assert!(again.as_written().is_ok(), "{}", sent);
        prop_assert_eq!(again.origin(), target.origin());
        prop_assert_eq!(again.path_and_query(), target.path_and_query());
        prop_assert!(target.port() != 0);
    }

    /// A10, A13, A14: these signs are never in an accepted target, wherever they stand.
    #[test]
    fn a14_no_sign_that_parsers_read_differently_gets_through(
        text in urls(),
        sign in prop_oneof![Just(' '), Just('\t'), Just('\n'), Just('\r'), Just('\0'), Just('#'),
                            Just('\\'), Just('\u{7f}')],
        place in any::<prop::sample::Index>(),
    ) {
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut text = text;
        text.insert(*place.get(&places), sign);
        prop_assert!(Target::parse(&text, LONGEST).is_err(), "{:?}", text);
    }

    /// I03: no fault repeats path, query or password.
    #[test]
    fn i03_no_fault_repeats_the_target(
        host in "[a-z]{1,8}",
        odd in prop_oneof![Just("#"), Just(" "), Just("\\"), Just("%zz"), Just("\"")],
    ) {
        for text in [
            format!("https://canary:canary@{host}.example/"),
            format!("https://{host}.example/canary{odd}?canary{odd}"),
            format!("canary://{host}.example/"),
        ] {
            let fault = Target::parse(&text, LONGEST).and_then(|target| target.as_written());
            prop_assert!(!fault.unwrap_err().to_string().contains("canary"), "{}", text);
        }
    }

    /// C11 to C14: no way to write an address into another makes it more reachable.
    #[test]
    fn c11_no_wrapping_makes_an_address_more_reachable(
        bits in prop_oneof![
            any::<u32>(),
            // Private and special ones more often than chance would have it.
            (prop_oneof![Just(10_u8), Just(127), Just(169), Just(172), Just(192), Just(224)],
             any::<[u8; 3]>()).prop_map(|(a, [b, c, d])| u32::from_be_bytes([a, b, c, d])),
        ],
        form in prop::sample::select(FORMS.to_vec()),
    ) {
        let (prefix, form) = form;
        let inner = Ipv4Addr::from(bits);
        let prefix: Ipv6Addr = prefix.parse().unwrap();
        let outer = IpAddr::V6((prefix.to_bits() | u128::from(bits)).into());
        let seen = reach(outer);
        match form {
            Form::Never => prop_assert!(
                seen == Reach::Special || outer == IpAddr::V6(Ipv6Addr::LOCALHOST), "{}", outer),
            Form::Unwrapped => prop_assert_eq!(
                seen == Reach::Public, reach(IpAddr::V4(inner)) == Reach::Public, "{}", outer),
        }
    }

    /// C14: 6to4 carries its address in front, and is refused whatever it is.
    #[test]
    fn c14_no_tunnel_is_reached(bits in any::<u32>(), rest in any::<u64>()) {
        let six_to_four = 0x2002_u128 << 112 | u128::from(bits) << 80 | u128::from(rest);
        prop_assert_eq!(reach(IpAddr::V6(six_to_four.into())), Reach::Special);
        let teredo = 0x2001_u128 << 112 | u128::from(bits) << 64 | u128::from(rest);
        prop_assert_eq!(reach(IpAddr::V6(teredo.into())), Reach::Special);
    }

    /// C05: the rule is not wider than the lists, either.
    #[test]
    fn c05_what_the_standard_library_calls_global_is_reached(bits in any::<u32>()) {
        let address = Ipv4Addr::from(bits);
        let [a, b, c, _] = address.octets();
        let listed = address.is_private() || address.is_loopback() || address.is_link_local()
            || address.is_multicast() || address.is_documentation() || a == 0 || a >= 240
            || (a == 100 && b & 0xc0 == 64) || (a == 198 && b & 0xfe == 18)
            || matches!([a, b, c], [192, 0, 0] | [192, 31, 196] | [192, 52, 193] | [192, 88, 99]
                | [192, 175, 48])
            || [[168, 63, 129, 16], [100, 100, 100, 200]].contains(&address.octets());
        prop_assert_eq!(reach(IpAddr::V4(address)) == Reach::Public, !listed, "{}", address);
    }
}
