//! What must hold of every address: what the standard library knows as special is not public, and an
//! address in another's clothes is no better than itself.

use std::net::{Ipv4Addr, Ipv6Addr};

use cors_proxy::{Reach, reach};

/// Takes four bytes as an IPv4 address, and sixteen as an IPv6 address.
pub(crate) fn check(bytes: &[u8]) {
    if let Ok(octets) = <[u8; 4]>::try_from(bytes) {
        check_v4(Ipv4Addr::from(octets));
    } else if let Ok(octets) = <[u8; 16]>::try_from(bytes) {
        check_v6(Ipv6Addr::from(octets));
    }
}

fn check_v4(address: Ipv4Addr) {
    let found = reach(address.into());
    let [a, b, c, d] = address.octets();
    let shared = a == 100 && b & 0xc0 == 64;
    let special = address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        || a == 0
        || a >= 240
        || (a == 198 && b & 0xfe == 18);
    assert_eq!(found == Reach::Loopback, address.is_loopback(), "{address}");
    if special {
        assert_eq!(found, Reach::Special, "{address}");
    } else if address.is_private() || shared {
        // A metadata server may lie within.
        assert!(matches!(found, Reach::Private | Reach::Special), "{address}");
    } else {
        assert_ne!(found, Reach::Private, "{address}");
    }
    let (high, low) = (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
    let clothed = if found == Reach::Public { Reach::Public } else { Reach::Special };
    for worn in [address.to_ipv6_mapped(), Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, high, low)] {
        assert_eq!(reach(worn.into()), clothed, "{worn}");
    }
    for tunnel in [
        Ipv6Addr::new(0x2002, high, low, 0, 0, 0, 0, 1),
        Ipv6Addr::new(0x2606, 0x4700, 0, 0, 0, 0x5efe, high, low),
        Ipv6Addr::new(0x2001, 0, high, low, 0, 0, high, low),
    ] {
        assert_eq!(reach(tunnel.into()), Reach::Special, "{tunnel}");
    }
}

fn check_v6(address: Ipv6Addr) {
    let found = reach(address.into());
    let [first, second, third, ..] = address.segments();
    assert_eq!(found == Reach::Loopback, address.is_loopback(), "{address}");
    if found == Reach::Private {
        assert!(address.is_unique_local(), "{address}");
    }
    let translated = address.to_ipv4_mapped().is_some()
        || (first, second) == (0x64, 0xff9b) && address.segments()[2..6] == [0; 4];
    if found == Reach::Public && !translated {
        assert_eq!(first >> 13, 1, "{address} is no global unicast");
        assert_ne!(first, 0x2002, "{address}");
        let assigned = first == 0x2001 && (second < 0x200 || second == 0xdb8);
        let documented = first == 0x3fff && second < 0x1000;
        let sink = (first, second, third) == (0x2620, 0x4f, 0x8000);
        assert!(!(assigned || documented || sink), "{address}");
    }
    if let Some(inner) = address.to_ipv4_mapped() {
        check_v4(inner);
    }
}
