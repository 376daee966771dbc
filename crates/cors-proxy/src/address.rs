//! Which IP addresses a relay may reach: special-use ranges, after unwrapping translated forms.
//!
//! Sources: the IANA special-purpose address registries for IPv4 and IPv6 (RFC 6890), and the
//! metadata services of clouds that stand on public-looking addresses.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What kind of place an address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// A host on the internet.
    Public,
    /// This machine.
    Loopback,
    /// A private network: RFC 1918, RFC 6598, RFC 4193.
    Private,
    /// Never reached, listed or not: link-local, metadata, multicast, documentation, translation.
    Special,
}

/// Classifies an address; the relay lends this to its network and tests lend their own.
#[must_use]
pub fn reach(address: IpAddr) -> Reach {
    match address {
        IpAddr::V4(address) => reach_v4(address),
        IpAddr::V6(address) => reach_v6(address),
    }
}

/// Metadata and wire servers of clouds within ranges that are otherwise public or private.
const METADATA_V4: [Ipv4Addr; 2] =
    [Ipv4Addr::new(168, 63, 129, 16), Ipv4Addr::new(100, 100, 100, 200)];

const METADATA_V6: Ipv6Addr = Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254);

const V4_RANGES: [(Ipv4Addr, u32, Reach); 20] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8, Reach::Special),
    (Ipv4Addr::new(10, 0, 0, 0), 8, Reach::Private),
    (Ipv4Addr::new(100, 64, 0, 0), 10, Reach::Private),
    (Ipv4Addr::new(127, 0, 0, 0), 8, Reach::Loopback),
    (Ipv4Addr::new(169, 254, 0, 0), 16, Reach::Special),
    (Ipv4Addr::new(172, 16, 0, 0), 12, Reach::Private),
    (Ipv4Addr::new(192, 0, 0, 0), 24, Reach::Special),
    (Ipv4Addr::new(192, 0, 2, 0), 24, Reach::Special),
    (Ipv4Addr::new(192, 31, 196, 0), 24, Reach::Special),
    (Ipv4Addr::new(192, 52, 193, 0), 24, Reach::Special),
    (Ipv4Addr::new(192, 88, 99, 0), 24, Reach::Special),
    (Ipv4Addr::new(192, 168, 0, 0), 16, Reach::Private),
    (Ipv4Addr::new(192, 175, 48, 0), 24, Reach::Special),
    (Ipv4Addr::new(198, 18, 0, 0), 15, Reach::Special),
    (Ipv4Addr::new(198, 51, 100, 0), 24, Reach::Special),
    (Ipv4Addr::new(203, 0, 113, 0), 24, Reach::Special),
    (Ipv4Addr::new(224, 0, 0, 0), 4, Reach::Special),
    (Ipv4Addr::new(240, 0, 0, 0), 4, Reach::Special),
    (METADATA_V4[0], 32, Reach::Special),
    (METADATA_V4[1], 32, Reach::Special),
];

/// Within global unicast (2000::/3); everything outside it is special unless named in [`reach_v6`].
const V6_SPECIAL: [(Ipv6Addr, u32); 5] = [
    // IETF protocol assignments: Teredo, benchmarking, ORCHID and the like.
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    // 6to4.
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0x2620, 0x4f, 0x8000, 0, 0, 0, 0, 0), 48),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

const GLOBAL_UNICAST: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);
const UNIQUE_LOCAL: (Ipv6Addr, u32) = (Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7);
const NAT64: (Ipv6Addr, u32) = (Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96);

fn reach_v4(address: Ipv4Addr) -> Reach {
    // The narrowest range decides: a metadata server lies within a private range.
    V4_RANGES
        .iter()
        .filter(|(base, length, _)| within_v4(address, *base, *length))
        .max_by_key(|(_, length, _)| *length)
        .map_or(Reach::Public, |(_, _, reach)| *reach)
}

fn reach_v6(address: Ipv6Addr) -> Reach {
    if address == Ipv6Addr::LOCALHOST {
        return Reach::Loopback;
    }
    // A resolver on a network with IPv6 only hands out public hosts in these two forms; anything
    // else behind them has no reason to be written so.
    if let Some(inner) = address.to_ipv4_mapped().or_else(|| nat64(address)) {
        return match reach_v4(inner) {
            Reach::Public => Reach::Public,
            _ => Reach::Special,
        };
    }
    if within_v6(address, UNIQUE_LOCAL) && address != METADATA_V6 {
        return Reach::Private;
    }
    let special = V6_SPECIAL.iter().any(|range| within_v6(address, *range)) || isatap(address);
    if within_v6(address, GLOBAL_UNICAST) && !special { Reach::Public } else { Reach::Special }
}

/// The IPv4 address behind the well-known prefix of RFC 6052.
fn nat64(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let [.., a, b, c, d] = address.octets();
    within_v6(address, NAT64).then_some(Ipv4Addr::new(a, b, c, d))
}

/// An interface identifier of RFC 5214, which names an IPv4 tunnel end.
const fn isatap(address: Ipv6Addr) -> bool {
    let [_, _, _, _, high, low, _, _] = address.segments();
    high & !0x0200 == 0 && low == 0x5efe
}

const fn within_v4(address: Ipv4Addr, base: Ipv4Addr, length: u32) -> bool {
    (address.to_bits() ^ base.to_bits()) >> (32 - length) == 0
}

const fn within_v6(address: Ipv6Addr, (base, length): (Ipv6Addr, u32)) -> bool {
    (address.to_bits() ^ base.to_bits()) >> (128 - length) == 0
}
