//! C27, C28: the connection goes to the checked address, and the certificate is for the name.

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};

use cors_proxy::{Network, Reach};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{RootCertStore, ServerConfig, SupportedProtocolVersion};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::upstream::{Step, converse};
use crate::world::{Answer, Setup, Table};

const NAME: &str = "app.example.com";

/// A certificate authority that only this test trusts.
fn authority(name: &str) -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// A server with one certificate; it remembers the names it was asked for.
struct TlsServer {
    address: SocketAddr,
    heard: Arc<Mutex<Vec<String>>>,
    names: Arc<Mutex<Vec<String>>>,
}

async fn serve(certificate: CertificateDer<'static>, key: &KeyPair) -> TlsServer {
    serve_versions(certificate, key, rustls::ALL_VERSIONS).await
}

async fn serve_versions(
    certificate: CertificateDer<'static>,
    key: &KeyPair,
    versions: &[&'static SupportedProtocolVersion],
) -> TlsServer {
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(versions)
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (heard, names) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(Vec::new())));
    let (record, asked) = (Arc::clone(&heard), Arc::clone(&names));
    let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}".to_vec();
    tokio::spawn(async move {
        while let Ok((tcp, _)) = listener.accept().await {
            let Ok(mut tls) = acceptor.accept(tcp).await else { continue };
            let name = tls.get_ref().1.server_name().unwrap_or_default().to_owned();
            asked.lock().unwrap().push(name);
            converse(&mut tls, &[Step::Write(answer.clone())], &record).await;
            // The end of the stream is part of what the server says.
            let _ = tls.shutdown().await;
        }
    });
    TlsServer { address, heard, names }
}

/// Calls the name, which the resolver leads to the loopback address of a test server.
async fn call(server: SocketAddr, trusted: &CertificateDer<'static>) -> Answer {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let public = |_: IpAddr| Reach::Public;
    let resolver = Box::new(Table::of(NAME, &[&["127.0.0.1"]]));
    let target = format!("https://{NAME}:{}/scim", server.port());
    let setup = Setup {
        network: Network::new(resolver, public, roots).unwrap(),
        ..Setup::allowing(&[&target])
    };
    let world = setup.start().await;
    let answer = world.get(&target).await;
    // Whatever the handshake came to, the relay goes on serving.
    assert_eq!(world.request("GET", "/healthz").send().await.status, 200);
    answer
}

#[track_caller]
fn expect_kind(answer: &Answer, kind: &str) {
    answer.expect_fault(502, "tls_failed");
    assert_eq!(answer.json()["kind"], kind, "{}", answer.text());
}

#[tokio::test]
async fn c27_name_and_host_are_the_targets_and_the_certificate_is_checked() {
    let (authority, key) = (authority("known"), KeyPair::generate().unwrap());
    let params = CertificateParams::new(vec![NAME.to_owned()]).unwrap();
    let certificate = params.signed_by(&key, &authority).unwrap();
    let server = serve(certificate.der().clone(), &key).await;
    let answer = call(server.address, authority.der()).await;
    assert_eq!((answer.status, answer.text().as_str()), (200, "{}"));
    assert_eq!(*server.names.lock().unwrap(), [NAME]);
    let host = format!("host: {NAME}:{}\r\n", server.address.port());
    assert!(server.heard.lock().unwrap()[0].contains(&host));
    assert_eq!(answer.get("x-relay-tls"), Some("TLSv1.3"));
    assert_eq!(answer.get("x-relay-family"), Some("ipv4"));
    let timing = answer.get("x-relay-timing").unwrap();
    let layers: Vec<&str> =
        timing.split(", ").filter_map(|layer| layer.split(';').next()).collect();
    assert_eq!(layers, ["name", "connect", "tls", "first-byte"]);
}

#[tokio::test]
async fn c27_version_and_expiry_of_a_good_certificate_are_told() {
    let tls12: &[_] = &[&rustls::version::TLS12];
    for (versions, told) in [(rustls::ALL_VERSIONS, "TLSv1.3"), (tls12, "TLSv1.2")] {
        for (year, expires) in [
            (2089, Some("Sat, 01 Jan 2089 00:00:00 GMT")),
            // A certificate that never expires: dates of HTTP end before it does.
            (9999, None),
        ] {
            let (authority, key) = (authority("known"), KeyPair::generate().unwrap());
            let mut params = CertificateParams::new(vec![NAME.to_owned()]).unwrap();
            params.not_after = date_time_ymd(year, 1, 1);
            let certificate = params.signed_by(&key, &authority).unwrap();
            let server = serve_versions(certificate.der().clone(), &key, versions).await;
            let answer = call(server.address, authority.der()).await;
            assert_eq!((answer.status, answer.get("x-relay-tls")), (200, Some(told)));
            assert_eq!(answer.get("x-relay-tls-expires"), expires);
        }
    }
}

#[tokio::test]
async fn c28_a_certificate_for_another_name_is_refused() {
    let (authority, key) = (authority("known"), KeyPair::generate().unwrap());
    let params = CertificateParams::new(vec!["other.example.com".to_owned()]).unwrap();
    let certificate = params.signed_by(&key, &authority).unwrap();
    let server = serve(certificate.der().clone(), &key).await;
    expect_kind(&call(server.address, authority.der()).await, "wrong_name");
    assert!(server.heard.lock().unwrap().is_empty());
}

#[tokio::test]
async fn c28_a_certificate_outside_its_time_is_refused() {
    for (from, to, kind) in [(2019, 2020, "expired"), (2090, 2091, "not_yet_valid")] {
        let (authority, key) = (authority("known"), KeyPair::generate().unwrap());
        let mut params = CertificateParams::new(vec![NAME.to_owned()]).unwrap();
        params.not_before = date_time_ymd(from, 1, 1);
        params.not_after = date_time_ymd(to, 1, 1);
        let certificate = params.signed_by(&key, &authority).unwrap();
        let server = serve(certificate.der().clone(), &key).await;
        let answer = call(server.address, authority.der()).await;
        expect_kind(&answer, kind);
        assert_eq!(answer.text().contains("expired on Wed, 01 Jan 2020"), kind == "expired");
        assert!(answer.get("x-relay-timing").unwrap().starts_with("name;dur="));
    }
}

#[tokio::test]
async fn c28_a_certificate_of_an_unknown_authority_is_refused() {
    let (known, unknown) = (authority("known"), authority("unknown"));
    let key = KeyPair::generate().unwrap();
    let params = CertificateParams::new(vec![NAME.to_owned()]).unwrap();
    let signed = params.clone().signed_by(&key, &unknown).unwrap();
    let server = serve(signed.der().clone(), &key).await;
    expect_kind(&call(server.address, known.der()).await, "unknown_issuer");

    let self_signed = params.self_signed(&key).unwrap();
    let server = serve(self_signed.der().clone(), &key).await;
    expect_kind(&call(server.address, known.der()).await, "unknown_issuer");
    assert!(server.heard.lock().unwrap().is_empty());
}

#[tokio::test]
async fn c28_a_port_without_tls_or_with_an_old_one_is_told_as_that() {
    // An alert record: fatal, protocol_version. So answers a server that stops at TLS 1.1.
    let alert = b"\x15\x03\x02\x00\x02\x02\x46".to_vec();
    // A hello that settles on TLS 1.1, with AES and SHA. So answers one that knows no better.
    let mut hello = b"\x16\x03\x02\x00\x2a\x02\x00\x00\x26\x03\x02".to_vec();
    hello.extend([7; 32]);
    hello.extend(b"\x00\x00\x2f\x00");
    for (greeting, kind) in [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec(), "not_tls"),
        (alert, "old_version"),
        (hello, "old_version"),
        (Vec::new(), "closed"),
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((mut tcp, _)) = listener.accept().await {
                let mut hello = [0; 4096];
                let _ = tcp.read(&mut hello).await;
                tcp.write_all(&greeting).await.unwrap();
            }
        });
        expect_kind(&call(address, authority("known").der()).await, kind);
    }
}
