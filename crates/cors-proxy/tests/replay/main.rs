//! What the fuzz targets check, on inputs of every kind and on every input that once failed.
//!
//! `SCIM_WIZARD_SEEDS=<folder>` writes the inputs there, for the fuzzer to begin with.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "clippy does not take the checks for a part of a test"
)]

#[path = "../../fuzz/checks/address.rs"]
mod address;
#[path = "../../fuzz/checks/destination.rs"]
mod destination;
#[path = "../../fuzz/checks/headers.rs"]
mod headers;

use std::fs;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

#[test]
fn destinations() {
    let origins = [
        "https://app.example.com",
        "HTTPS://APP.example.com:443",
        "https://app.example.com:8443",
        "https://[2606:4700::1111]",
        "http://127.0.0.1:8901",
        "https://user:secret@app.example.com",
        "https://app.example.com.",
        "https://app.ex%61mple.com",
        "https://1.1.1.1",
        "https://2130706433",
        "https://[::ffff:10.0.0.1]",
        "https://elsewhere.example",
    ];
    let paths = [
        "",
        "/",
        "/scim/v2",
        "/scim/v2/Users?filter=userName%20eq%20%22o'neil%22&count=1",
        "/scim/v2evil",
        "/scim/v2/../admin",
        "/scim/v2/%2e%2E/admin",
        "/scim/v2/%2f../admin",
        "/scim/v2/%252e%252e/admin",
        "/scim/v2/a;b",
        "/scim/v2\\..",
        "/scim/v2#part",
        "?x=https://other.example/",
    ];
    let all = origins.iter().flat_map(|origin| paths.map(|path| format!("{origin}{path}")));
    replay("destination", all.map(String::into_bytes).collect(), destination::check);
}

#[test]
fn heads() {
    let seeds: [&[u8]; 7] = [
        b"Authorization:Bearer canary\nAccept:application/scim+json\nCookie:a=b\nX-Other:1",
        b"Authorization:Bearer a\nAuthorization:Bearer b",
        b"If-Match:W/\"1\"\nConnection:close, If-Match\nContent-Type:a%0d%0aCookie: b",
        b"Via:1.1 CORS-Proxy\nAccept:*/*",
        b"Content-Type:text/html\nSet-Cookie:a=b\nLocation:/login\nx-relay-status:200\nServer:x",
        b"Content-Type:application/scim+json; charset=utf-8\nETag:W/\"1\"\nETag:W/\"2\"\nAllow:GET",
        b"WWW-Authenticate:Basic\nWWW-Authenticate:Bearer\nRetry-After:\xff\nX-Request-Id:7\nx-relay-outcome:fault",
    ];
    replay("headers", seeds.map(<[u8]>::to_vec).into(), headers::check);
}

#[test]
fn addresses() {
    let seeds = [
        "0.0.0.0",
        "1.1.1.1",
        "10.0.0.1",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.168.0.1",
        "198.18.0.1",
        "203.0.113.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "::ffff:1.1.1.1",
        "::10.0.0.1",
        "64:ff9b::1.1.1.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b:1::1.1.1.1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "ff02::1",
        "2001::1",
        "2001:db8::1",
        "2002:a00:1::",
        "2606:4700::1111",
        "2606:4700::200:5efe:a00:1",
        "2620:4f:8000::1",
        "3fff::1",
        "4000::1",
    ];
    let octets = |text: &str| match text.parse().expect("an address") {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets().to_vec(),
    };
    replay("address", seeds.map(octets).into(), address::check);
}

/// Checks the seeds and what once failed.
fn replay(target: &str, seeds: Vec<Vec<u8>>, check: fn(&[u8])) {
    assert!(!seeds.is_empty(), "{target} has no seeds");
    if let Ok(folder) = std::env::var("SCIM_WIZARD_SEEDS") {
        write(&PathBuf::from(folder).join(target), &seeds);
    }
    let failed = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/regressions").join(target);
    let failed = fs::read_dir(failed).into_iter().flatten();
    let failed = failed.map(|entry| fs::read(entry.expect("a file").path()).expect("bytes"));
    for input in seeds.into_iter().chain(failed) {
        println!("{}", String::from_utf8_lossy(&input));
        check(&input);
    }
}

fn write(folder: &Path, seeds: &[Vec<u8>]) {
    fs::create_dir_all(folder).expect("a folder for the seeds");
    for (number, seed) in seeds.iter().enumerate() {
        fs::write(folder.join(number.to_string()), seed).expect("a seed can be written");
    }
}
