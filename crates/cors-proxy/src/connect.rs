//! One connection to a permitted target: resolve once, check every address, connect to a checked
//! one, and keep the name for SNI and the certificate.

use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

use axum::body::Body;
use hyper::client::conn::http1::{Builder, SendRequest};
use hyper_util::rt::TokioIo;
use rustls::pki_types::ServerName;
use rustls::{CertificateError, ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsConnector;
use url::Host;

use crate::address::{self, Reach};
use crate::fault::{Fault, Rule};
use crate::limits::Limits;
use crate::policy::{Permit, not_allowed};
use crate::pool::Connection;
use crate::trace::{Tls, Trace, date};

/// The answer of a resolver, later.
pub type Addresses<'a> = Pin<Box<dyn Future<Output = io::Result<Vec<IpAddr>>> + Send + 'a>>;

/// Turns a name into addresses. The relay asks once per connection.
pub trait Resolve: Send + Sync {
    /// All addresses of `name`.
    fn resolve<'a>(&'a self, name: &'a str) -> Addresses<'a>;
}

/// The operating system's resolver.
#[derive(Debug)]
pub struct SystemResolver;

impl Resolve for SystemResolver {
    fn resolve<'a>(&'a self, name: &'a str) -> Addresses<'a> {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name, 0)).await?;
            Ok(found.map(|address| address.ip()).collect())
        })
    }
}

/// How the relay reaches the world: who resolves names, what an address is, and whom TLS trusts.
///
/// No proxy variable of the environment is ever read.
pub struct Network {
    resolver: Box<dyn Resolve>,
    reach: fn(IpAddr) -> Reach,
    tls: TlsConnector,
}

impl Network {
    /// The system's resolver, the special-use lists, and Mozilla's public roots: a server behind a
    /// private certificate authority fails here as it fails for a cloud service.
    ///
    /// # Errors
    /// The TLS library has no usable protocol version; it does not happen with the one built in.
    pub fn system() -> Result<Self, rustls::Error> {
        let roots = webpki_roots::TLS_SERVER_ROOTS.iter().cloned().collect();
        Self::new(Box::new(SystemResolver), address::reach, roots)
    }

    /// A network with its own resolver, classifier and roots.
    ///
    /// # Errors
    /// As [`Network::system`].
    pub fn new(
        resolver: Box<dyn Resolve>,
        reach: fn(IpAddr) -> Reach,
        roots: RootCertStore,
    ) -> Result<Self, rustls::Error> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { resolver, reach, tls: TlsConnector::from(Arc::new(config)) })
    }

    /// Every address of the target, all of them checked.
    ///
    /// # Errors
    /// [`Rule::TargetNotAllowed`] if one address may not be reached; [`Rule::NameFailed`] or
    /// [`Rule::UpstreamTimeout`] if there is none.
    pub async fn addresses(
        &self,
        permit: &Permit,
        limits: &Limits,
    ) -> Result<Vec<SocketAddr>, Fault> {
        let target = permit.target();
        let found = match target.host() {
            Host::Ipv4(address) => vec![IpAddr::V4(*address)],
            Host::Ipv6(address) => vec![IpAddr::V6(*address)],
            Host::Domain(name) => timeout(limits.name, self.resolver.resolve(name))
                .await
                .map_err(|_| too_slow(&format!("looking up the name `{name}`"), limits.name))?
                .map_err(|_| name_failed(name))?,
        };
        if found.is_empty() {
            return Err(name_failed(&target.host().to_string()));
        }
        // One bad answer refuses all: the choice among them would be the name server's.
        if found.iter().any(|address| !permit.admits((self.reach)(*address))) {
            return Err(not_allowed(target));
        }
        Ok(found.into_iter().map(|address| SocketAddr::new(address, target.port())).collect())
    }

    /// Opens an HTTP/1.1 connection to one of the checked `addresses`.
    ///
    /// # Errors
    /// [`Rule::UpstreamUnreachable`], [`Rule::TlsFailed`] or [`Rule::BadReply`].
    pub(crate) async fn connect(
        &self,
        permit: &Permit,
        addresses: &[SocketAddr],
        limits: &Limits,
        trace: &mut Trace,
    ) -> Result<Connection, Fault> {
        let start = Instant::now();
        let tcp = first_to_accept(addresses, limits, permit.target().authority()).await?;
        trace.connect = Some(start.elapsed());
        if !permit.is_private() && is_this_machine(&tcp) {
            return Err(not_allowed(permit.target()));
        }
        let address = tcp.peer_addr().map_err(|_| {
            unreachable("reset", permit.target().authority(), "it closed the connection at once")
        })?;
        trace.address = Some(address);
        if permit.target().scheme() == "http" {
            return Ok(Connection { sender: speak(tcp).await?, address, tls: None });
        }
        let name = match permit.target().host() {
            Host::Domain(name) => ServerName::try_from(name.clone()).map_err(|_| {
                tls_failed("wrong_name", "the host's name cannot stand in a certificate")
            })?,
            Host::Ipv4(address) => ServerName::from(IpAddr::V4(*address)),
            Host::Ipv6(address) => ServerName::from(IpAddr::V6(*address)),
        };
        let start = Instant::now();
        let stream = self.tls.connect(name, tcp).await.map_err(|error| explain_tls(&error))?;
        trace.handshake = Some(start.elapsed());
        trace.tls = Some(Tls::of(stream.get_ref().1));
        Ok(Connection { sender: speak(stream).await?, address, tls: trace.tls })
    }
}

async fn first_to_accept(
    addresses: &[SocketAddr],
    limits: &Limits,
    authority: &str,
) -> Result<TcpStream, Fault> {
    let mut fault = unreachable("no_address", authority, "it has no address");
    for address in addresses {
        match timeout(limits.connect, TcpStream::connect(address)).await {
            Ok(Ok(tcp)) => {
                // Requests are small; waiting to fill a segment would only delay them. A socket
                // that does not know the option is used as it is.
                let _ = tcp.set_nodelay(true);
                return Ok(tcp);
            }
            Ok(Err(error)) if error.kind() == io::ErrorKind::ConnectionRefused => {
                fault = unreachable("refused", authority, "it refused the connection");
            }
            Ok(Err(_)) => fault = unreachable("no_route", authority, "there is no way to it"),
            Err(_) => fault = unreachable("timeout", authority, "it does not accept connections"),
        }
    }
    Err(fault)
}

/// Whether both ends are one address: this machine's own, though it may look public. Nothing has
/// been sent yet. Loopback is the classifier's affair.
fn is_this_machine(tcp: &TcpStream) -> bool {
    match (tcp.local_addr(), tcp.peer_addr()) {
        (Ok(local), Ok(peer)) => local.ip() == peer.ip() && !peer.ip().is_loopback(),
        _ => false,
    }
}

async fn speak<S>(stream: S) -> Result<SendRequest<Body>, Fault>
where
    S: AsyncRead + AsyncWrite + Send + Unpin + 'static,
{
    let (sender, connection) = Builder::new()
        .max_headers(100)
        .max_buf_size(32 * 1024)
        .handshake(TokioIo::new(stream))
        .await
        .map_err(|_| {
            Fault::new(Rule::BadReply, "no HTTP/1.1 connection came about", "try again")
        })?;
    // The connection ends with its sender and its reply body; what it ends with is told by those.
    tokio::spawn(async move {
        let _ = connection.await;
    });
    Ok(sender)
}

pub(crate) fn too_slow(what: &str, limit: std::time::Duration) -> Fault {
    Fault::new(
        Rule::UpstreamTimeout,
        format!("{what} took longer than {} s", limit.as_secs_f32()),
        "try again; if it stays slow, look at the server and the network between",
    )
}

fn name_failed(name: &str) -> Fault {
    Fault::new(
        Rule::NameFailed,
        format!("the name `{name}` has no address"),
        "check the spelling of the host, and that this machine's name server knows it",
    )
}

pub(crate) fn unreachable(kind: &'static str, authority: &str, what: &str) -> Fault {
    Fault::new(
        Rule::UpstreamUnreachable,
        format!("`{authority}` could not be reached: {what}"),
        "check host and port, that the server runs, and that a firewall lets this machine through",
    )
    .kind(kind)
}

fn tls_failed(kind: &'static str, what: &str) -> Fault {
    Fault::new(
        Rule::TlsFailed,
        format!("no trusted TLS connection: {what}"),
        "the server needs TLS 1.2 or newer and a valid certificate from a public authority for \
         this host name, with its intermediate certificates",
    )
    .kind(kind)
}

fn explain_tls(error: &io::Error) -> Fault {
    use rustls::{AlertDescription, Error};
    let cause = error.get_ref().and_then(|inner| inner.downcast_ref::<Error>());
    match cause {
        Some(Error::InvalidCertificate(certificate)) => explain_certificate(certificate),
        Some(
            Error::PeerIncompatible(_) | Error::AlertReceived(AlertDescription::ProtocolVersion),
        ) => tls_failed("old_version", "the server offers only versions older than TLS 1.2"),
        Some(Error::InvalidMessage(_)) => {
            tls_failed("not_tls", "the server does not speak TLS on this port")
        }
        Some(Error::AlertReceived(_)) => tls_failed("alert", "the server refused the handshake"),
        Some(_) => tls_failed("other", "the server broke the TLS protocol"),
        None => tls_failed("closed", "the server closed the connection during the handshake"),
    }
}

fn explain_certificate(error: &CertificateError) -> Fault {
    match error {
        CertificateError::ExpiredContext { not_after, .. } => {
            let date = date(not_after.as_secs()).unwrap_or_default();
            tls_failed("expired", &format!("the certificate expired on {date}"))
        }
        CertificateError::Expired => tls_failed("expired", "the certificate has expired"),
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            tls_failed("not_yet_valid", "the certificate is not valid yet")
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            tls_failed("wrong_name", "the certificate is for another host name")
        }
        CertificateError::Revoked => tls_failed("revoked", "the certificate was revoked"),
        CertificateError::UnknownIssuer => tls_failed(
            "unknown_issuer",
            "the certificate is self-signed, or comes from an authority that is not public, or \
             its intermediate certificate is missing",
        ),
        // A self-signed certificate that calls itself an authority ends here.
        CertificateError::Other(_) => {
            tls_failed("bad_certificate", "the certificate is not one for a server")
        }
        _ => tls_failed("bad_certificate", "the certificate does not hold"),
    }
}
