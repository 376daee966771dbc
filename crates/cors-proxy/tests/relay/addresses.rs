//! C: what a target's name or number leads to.

use std::net::IpAddr;
use std::time::Duration;

use cors_proxy::{Limits, Network, Policy, Reach, Rule, Target, Use, reach};
use http::Method;
use proptest::prelude::*;

use crate::upstream::Upstream;
use crate::world::{Setup, Silence, Table};

const LONGEST: usize = 8 * 1024;

#[track_caller]
fn check_reach(expected: Reach, addresses: &[&str]) {
    for address in addresses {
        assert_eq!(reach(address.parse().unwrap()), expected, "{address}");
    }
}

/// A relay that is open to the whole internet refuses these all the same.
#[track_caller]
fn check_refused(hosts: &[&str]) {
    let mut policy = Policy::default();
    policy.allow_any_public();
    for host in hosts {
        let target = Target::parse(&format!("https://{host}/scim/v2"), LONGEST).unwrap();
        let fault = policy.permit(target, &Method::GET).unwrap_err();
        assert_eq!(fault.rule(), Rule::TargetNotAllowed, "{host}");
    }
}

#[test]
fn c01_every_spelling_of_loopback_is_refused() {
    check_refused(&[
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "017700000001",
        "0x7f.0.0.0x1",
    ]);
}

#[test]
fn c02_digits_of_other_scripts_are_digits() {
    check_refused(&["１２７.０.０.１", "①②⑦.0.0.1"]);
}

#[test]
fn c03_the_unspecified_address_is_refused() {
    check_refused(&["0", "0.0.0.0", "0x0"]);
}

#[test]
fn c04_every_spelling_of_a_private_address_is_refused() {
    check_refused(&[
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.0.1",
        "3232235521",
        "0300.0250.0.1",
    ]);
    check_reach(Reach::Private, &["10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.1"]);
}

#[test]
fn c05_the_borders_of_private_ranges_are_exact() {
    check_reach(
        Reach::Public,
        &[
            "172.15.255.255",
            "172.32.0.0",
            "11.0.0.0",
            "9.255.255.255",
            "192.167.255.255",
            "192.169.0.0",
            "169.253.255.255",
            "169.255.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "8.8.8.8",
            "2606:4700:4700::1111",
            "2003::1",
        ],
    );
    check_reach(Reach::Private, &["10.255.255.255", "fc00::1", "fdff::1"]);
    check_reach(Reach::Loopback, &["127.0.0.1", "127.255.255.255", "::1"]);
}

#[test]
fn c06_the_space_shared_by_carriers_is_private() {
    check_reach(Reach::Private, &["100.64.0.1", "100.127.255.255"]);
    check_reach(Reach::Public, &["100.63.255.255", "100.128.0.0"]);
    check_refused(&["100.64.0.1", "100.127.255.255"]);
}

#[test]
fn c07_metadata_services_are_never_reached() {
    check_reach(Reach::Special, &["169.254.169.254", "169.254.170.2", "fd00:ec2::254"]);
    check_refused(&["169.254.169.254", "169.254.170.2", "[fd00:ec2::254]"]);
}

#[test]
fn c08_wire_servers_of_clouds_are_never_reached() {
    check_reach(Reach::Special, &["168.63.129.16", "100.100.100.200", "192.0.0.192"]);
    check_reach(Reach::Public, &["168.63.129.15", "168.63.129.17"]);
    check_refused(&["168.63.129.16", "100.100.100.200", "192.0.0.192"]);
}

#[test]
fn c09_special_use_ranges_are_never_reached() {
    let addresses = [
        "192.0.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "0.0.0.0",
        "0.255.255.255",
    ];
    check_reach(Reach::Special, &addresses);
    check_refused(&addresses);
}

#[test]
fn c10_loopback_and_unspecified_of_ipv6_are_refused() {
    check_reach(Reach::Loopback, &["::1"]);
    check_reach(Reach::Special, &["::", "fe80::1", "fec0::1", "ff02::1", "100::1"]);
    check_refused(&["[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[fe80::1]"]);
}

#[test]
fn c11_a_mapped_address_is_what_it_maps() {
    check_reach(
        Reach::Special,
        &["::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "::ffff:10.0.0.1", "::ffff:100.64.0.1"],
    );
    check_reach(Reach::Public, &["::ffff:8.8.8.8"]);
    check_refused(&["[::ffff:127.0.0.1]", "[::ffff:a9fe:a9fe]", "[0:0:0:0:0:ffff:7f00:1]"]);
}

#[test]
fn c12_the_compatible_form_is_refused() {
    check_reach(Reach::Special, &["::7f00:1", "::8.8.8.8"]);
    check_refused(&["[::7f00:1]"]);
}

#[test]
fn c13_a_translated_address_is_what_it_translates() {
    check_reach(
        Reach::Special,
        &["64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b:1::a00:1", "64:ff9b:1::808:808"],
    );
    // How a network with IPv6 only hands out public hosts.
    check_reach(Reach::Public, &["64:ff9b::8.8.8.8"]);
    check_refused(&["[64:ff9b::7f00:1]", "[64:ff9b:1::a00:1]"]);
}

#[test]
fn c14_tunnels_and_documentation_are_refused() {
    let addresses = [
        "2002:7f00:1::",
        "2002:808:808::1",
        "2001::1",
        "2001:db8::1",
        "2001:10::1",
        "3fff::1",
        "2606:4700::5efe:10.0.0.1",
        "2606:4700::200:5efe:10.0.0.1",
    ];
    check_reach(Reach::Special, &addresses);
    let hosts: Vec<String> = addresses.iter().map(|address| format!("[{address}]")).collect();
    check_refused(&hosts.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn c16_an_address_with_a_zone_is_no_target() {
    let fault = Target::parse("https://[fe80::1%25eth0]/", LONGEST).unwrap_err();
    assert_eq!(fault.rule(), Rule::BadTarget);
}

#[test]
fn c17_names_that_only_exist_inside_a_network_are_refused() {
    check_refused(&[
        "localhost",
        "LOCALHOST.",
        "a.localhost",
        "foo.local",
        "x.internal",
        "metadata.google.internal",
        "kubernetes.default.svc",
        "intranet",
    ]);
}

/// A listed name, and what its name server answers, one question after the other.
async fn ask(answers: &[&[&str]]) -> (u16, String, usize) {
    let table = Table::of("app.example.com", answers);
    let setup = Setup::allowing(&["https://app.example.com:9/scim"]).resolving(table.clone());
    let limits = Limits { connect: Duration::from_millis(200), ..Limits::own() };
    let world = Setup { limits, ..setup }.start().await;
    let answer = world.get("https://app.example.com:9/scim/Users").await;
    (answer.status, answer.fault(), table.asked())
}

/// One question, and a refusal that does not say why.
async fn expect_refused(answer: &[&str]) {
    let refused = (403, "target_not_allowed".to_owned(), 1);
    assert_eq!(ask(&[answer]).await, refused, "{answer:?}");
}

#[tokio::test]
async fn c18_a_name_that_looks_public_is_judged_by_its_address() {
    for (name, address) in [
        ("127.0.0.1.nip.io", "127.0.0.1"),
        ("169.254.169.254.nip.io", "169.254.169.254"),
        ("app.example.com", "::ffff:10.0.0.5"),
    ] {
        let table = Table::of(name, &[&[address]]);
        let mut setup = Setup::default().resolving(table.clone());
        setup.policy.allow_any_public();
        let answer = setup.start().await.get(&format!("https://{name}/scim/v2")).await;
        answer.expect_fault(403, "target_not_allowed");
        assert_eq!(table.asked(), 1);
    }
    expect_refused(&["127.0.0.1"]).await;
}

#[tokio::test]
async fn c19_one_bad_answer_of_the_name_server_refuses_all() {
    for answer in [
        &["8.8.8.8", "10.0.0.5"][..],
        &["10.0.0.5", "8.8.8.8"],
        &["2606:4700::1", "64:ff9b::7f00:1"],
        &["8.8.8.8", "8.8.4.4", "::1"],
    ] {
        expect_refused(answer).await;
    }
}

#[tokio::test]
async fn c21_an_alias_is_judged_by_where_it_leads() {
    let table = Table::of("forgotten.cloud.example", &[&["10.0.0.5"]]);
    table.alias("app.example.com", "forgotten.cloud.example");
    let setup = Setup::allowing(&["https://app.example.com/scim"]).resolving(table);
    let answer = setup.start().await.get("https://app.example.com/scim/Users").await;
    answer.expect_fault(403, "target_not_allowed");
    assert!(!answer.text().contains("forgotten"));
}

#[tokio::test]
async fn c19_the_refusal_reads_the_same_for_every_reason() {
    let table = Table::of("app.example.com", &[&["10.0.0.5"]]);
    let world = Setup::allowing(&["https://app.example.com/scim"]).resolving(table).start().await;
    let by_address = world.get("https://app.example.com/scim/Users").await;
    let by_path = world.get("https://app.example.com/other").await;
    by_address.expect_fault(403, "target_not_allowed");
    assert_eq!(by_address.text(), by_path.text());
}

#[tokio::test]
async fn c22_the_name_is_asked_once_per_connection_and_checked_each_time() {
    let upstream = Upstream::ok().await;
    let port = upstream.address.port();
    let table = Table::of("app.test", &[&["127.0.0.1"], &["169.254.169.254"]]);
    let mut setup = Setup::default().resolving(table.clone());
    setup.policy.allow_private(&format!("http://app.test:{port}/"), Use::Own).unwrap();
    let world = setup.start().await;
    let target = format!("http://app.test:{port}/Users");
    assert_eq!(world.get(&target).await.status, 200);
    assert_eq!(table.asked(), 1);
    world.get(&target).await.expect_fault(403, "target_not_allowed");
    assert_eq!((table.asked(), upstream.heard().len()), (2, 1));
    assert!(upstream.heard()[0].contains(&format!("host: app.test:{port}\r\n")));
}

#[tokio::test]
async fn c24_the_machines_own_address_is_refused_even_if_it_looks_public() {
    // No packet is sent: connecting a datagram socket only asks which address would be used.
    let probe = std::net::UdpSocket::bind("0.0.0.0:0").unwrap();
    let routed = probe.connect("192.0.2.1:9").and_then(|()| probe.local_addr());
    let own = routed.map_or("127.0.0.1".parse().unwrap(), |address| address.ip());
    let expected = if own.is_loopback() { "tls_failed" } else { "target_not_allowed" };
    let listener = tokio::net::TcpListener::bind((own, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            drop(stream);
        }
    });
    let table = Table::of("app.example.com", &[&[&own.to_string()]]);
    let target = format!("https://app.example.com:{port}/scim");
    let world = Setup::allowing(&[&target]).network(table, |_| Reach::Public).start().await;
    assert_eq!(world.get(&target).await.fault(), expected);
}

#[tokio::test]
async fn c25_a_name_without_an_answer_fails_and_a_silent_server_times_out() {
    assert_eq!(ask(&[]).await, (502, "name_failed".to_owned(), 1));
    assert_eq!(ask(&[&[]]).await, (502, "name_failed".to_owned(), 1));
    let setup = Setup::allowing(&["https://app.example.com/scim"]).resolving(Silence);
    let limits = Limits { name: Duration::from_millis(50), ..Limits::own() };
    let world = Setup { limits, ..setup }.start().await;
    world.get("https://app.example.com/scim").await.expect_fault(504, "upstream_timeout");
}

#[tokio::test]
async fn plain_http_never_leaves_the_private_network() {
    let table = Table::of("app.corp.example", &[&["8.8.8.8"]]);
    let mut setup = Setup::default().resolving(table);
    setup.policy.allow_private("http://app.corp.example/scim", Use::Own).unwrap();
    let world = setup.start().await;
    world.get("http://app.corp.example/scim").await.expect_fault(403, "target_not_allowed");
}

#[tokio::test]
async fn a_listed_loopback_target_is_reached_by_exactly_its_entry() {
    let upstream = Upstream::ok().await;
    let port = upstream.address.port();
    let world = Setup::allowing(&[&upstream.url("/scim/v2")]).start().await;
    assert_eq!(world.get(&upstream.url("/scim/v2/Users")).await.status, 200);
    for target in [
        upstream.url("/admin"),
        upstream.url("/scim/v2x"),
        format!("http://localhost:{port}/scim/v2/Users"),
        format!("https://127.0.0.1:{port}/scim/v2/Users"),
        format!("http://127.0.0.2:{port}/scim/v2/Users"),
        "http://127.0.0.1:1/scim/v2/Users".to_owned(),
    ] {
        world.get(&target).await.expect_fault(403, "target_not_allowed");
    }
    assert_eq!(upstream.heard().len(), 1);
}

/// Addresses with those at the borders of special ranges more often than chance would have it.
fn addresses() -> impl Strategy<Value = IpAddr> {
    let embedded = prop_oneof![
        Just("::ffff:0:0"),
        Just("64:ff9b::"),
        Just("64:ff9b:1::"),
        Just("::"),
        Just("2606:4700:0:0:0:5efe::"),
    ];
    let v4 = prop_oneof![
        any::<u32>(),
        prop::sample::select(vec![0x7f00_0001, 0x0a00_0005, 0xc0a8_0001, 0xa9fe_a9fe, 0x0808_0808]),
    ];
    prop_oneof![
        v4.clone().prop_map(|bits| IpAddr::V4(bits.into())),
        any::<u128>().prop_map(|bits| IpAddr::V6(bits.into())),
        (embedded, v4).prop_map(|(prefix, low)| {
            let prefix: std::net::Ipv6Addr = prefix.parse().unwrap();
            IpAddr::V6((prefix.to_bits() | u128::from(low)).into())
        }),
    ]
}

/// A second opinion, from the standard library: addresses that surely lie inside a network.
fn is_inside(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            address.is_private()
                || address.is_loopback()
                || address.is_link_local()
                || address.is_broadcast()
                || address.is_documentation()
                || address.is_multicast()
                || address.octets()[0] == 0
        }
        IpAddr::V6(address) => {
            let [a, b, .., g, h] = address.segments();
            let low = IpAddr::V4((u32::from(g) << 16 | u32::from(h)).into());
            address.is_loopback()
                || address.is_multicast()
                || address.is_unique_local()
                || address.is_unicast_link_local()
                || address.to_ipv4().is_some_and(|inner| is_inside(IpAddr::V4(inner)))
                || ((a, b) == (0x64, 0xff9b) && is_inside(low))
        }
    }
}

/// Spellings of a host: addresses in many notations, names, and noise.
fn hosts() -> impl Strategy<Value = String> {
    prop_oneof![
        addresses().prop_map(|address| match address {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => format!("[{address}]"),
        }),
        any::<u32>().prop_map(|bits| bits.to_string()),
        any::<u32>().prop_map(|bits| format!("{bits:#x}")),
        any::<[u8; 4]>()
            .prop_map(|[a, b, c, d]| format!("{a:#o}.{b}.{c:#x}.{d}").replace("0o", "0")),
        "[a-z]{1,8}(\\.[a-z]{1,8}){0,3}\\.?",
        "[ -~]{1,12}",
        "app\\.example\\.com[:@.#?\\\\]?.{0,6}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// C: no accepted URL connects to a special-use address unless it is listed exactly.
    #[test]
    fn c00_what_is_connected_is_public_or_listed(
        scheme in prop_oneof![Just("https"), Just("http")],
        host in hosts(),
        path in prop_oneof![Just("/scim/v2/Users"), Just("/scim/v2"), Just("/admin"), Just("")],
        answers in prop::collection::vec(addresses(), 0..4),
    ) {
        let mut policy = Policy::default();
        policy.allow_any_public();
        policy.allow("http://127.0.0.1:80/scim/v2", Use::Own).unwrap();
        let Ok(target) = Target::parse(&format!("{scheme}://{host}{path}"), LONGEST) else {
            return Ok(());
        };
        let Ok(permit) = policy.permit(target, &Method::GET) else { return Ok(()) };
        let listed = permit.target().origin() == "http://127.0.0.1"
            && permit.target().path().starts_with("/scim/v2");
        let name = permit.target().host().to_string();
        let texts: Vec<String> = answers.iter().map(ToString::to_string).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let roots = rustls::RootCertStore::empty();
        let network = Network::new(Box::new(Table::of(&name, &[&texts])), reach, roots).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let connected = runtime.block_on(network.addresses(&permit, &Limits::own()));
        for address in connected.unwrap_or_default() {
            prop_assert!(!is_inside(address.ip()) || listed, "{} leads to {}", permit.target().origin(), address);
            prop_assert!(permit.target().scheme() == "https" || listed);
        }
    }
}
