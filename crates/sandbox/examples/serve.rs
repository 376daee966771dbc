//! The sandbox behind HTTP on this machine, to point a client at:
//! `cargo run -p sandbox --example serve -- --port 8903`.
//!
//! It prints `READY` and the base URL, forgets everything when it ends, and ends when it is told to.

use std::convert::Infallible;
use std::io::Write;
use std::net::{Ipv4Addr, SocketAddr};
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use http::header::HOST;
use http::uri::PathAndQuery;
use http::{Request, Response, Uri};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use lexopt::prelude::{Long, ValueExt};
use sandbox::{Moment, Quirk, Sandbox, Settings};
use scim::patch::Dialect;
use tokio::net::TcpListener;

const USAGE: &str = "serve [--port PORT] [--token TOKEN] [--dialect rfc|entra] [--quirk NAME]…";

/// How much of a body is read: one byte more than the sandbox takes, so that it refuses the rest.
const READ_AT_MOST: usize = (4 << 20) + 1;

fn main() -> ExitCode {
    match options(lexopt::Parser::from_env()) {
        Ok((port, settings)) => match serve(port, settings) {
            Ok(never) => match never {},
            Err(error) => {
                eprintln!("cannot listen on 127.0.0.1:{port}: {error}; try --port 0");
                ExitCode::FAILURE
            }
        },
        Err(error) => {
            eprintln!("{error}\nusage: {USAGE}");
            ExitCode::from(2)
        }
    }
}

fn options(mut words: lexopt::Parser) -> Result<(u16, Settings), lexopt::Error> {
    let (mut port, mut settings) = (0, Settings::default());
    while let Some(word) = words.next()? {
        match word {
            Long("port") => port = words.value()?.parse()?,
            Long("token") => settings.token = words.value()?.string()?,
            Long("dialect") => settings.dialect = words.value()?.parse_with(dialect)?,
            Long("quirk") => settings.quirks.set(words.value()?.parse_with(quirk)?, true),
            other => return Err(other.unexpected()),
        }
    }
    Ok((port, settings))
}

fn dialect(name: &str) -> Result<Dialect, &'static str> {
    match name {
        "rfc" => Ok(Dialect::Rfc),
        "entra" => Ok(Dialect::Entra),
        _ => Err("the dialects are rfc and entra"),
    }
}

fn quirk(name: &str) -> Result<Quirk, String> {
    let names = || Quirk::ALL.map(Quirk::name).join(", ");
    Quirk::named(name).ok_or_else(|| format!("the quirks are {}", names()))
}

/// One thread is enough for the one sandbox, and comes back only with an error.
fn serve(port: u16, settings: Settings) -> std::io::Result<Infallible> {
    tokio::runtime::Builder::new_current_thread().enable_io().build()?.block_on(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        announce(&format!("READY http://{address}{}", settings.base_path))?;
        let sandbox = Arc::new(Mutex::new(Sandbox::new(settings)));
        loop {
            let (stream, _) = listener.accept().await?;
            let sandbox = Arc::clone(&sandbox);
            let answer = service_fn(move |request| answer(Arc::clone(&sandbox), address, request));
            let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), answer);
            // A client that leaves in the middle of a request is nobody's fault here.
            tokio::spawn(async move { drop(connection.await) });
        }
    })
}

/// Whoever started this waits for the line.
fn announce(line: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush())
}

async fn answer(
    sandbox: Arc<Mutex<Sandbox>>,
    address: SocketAddr,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, hyper::Error> {
    let (mut parts, mut incoming) = request.into_parts();
    let mut body = Vec::new();
    while let Some(frame) = incoming.frame().await {
        body.extend(frame?.into_data().into_iter().flatten());
        if body.len() >= READ_AT_MOST {
            body.truncate(READ_AT_MOST);
            break;
        }
    }
    parts.uri = whole(&parts, address);
    let request = Request::from_parts(parts, body);
    let mut sandbox = sandbox.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(sandbox.handle(&request, &now()).map(|body| Full::new(Bytes::from(body))))
}

/// The address as the client wrote it, so that the locations in an answer lead back here.
fn whole(parts: &http::request::Parts, address: SocketAddr) -> Uri {
    let host = parts.headers.get(HOST).and_then(|host| host.to_str().ok());
    let path = parts.uri.path_and_query().map_or("/", PathAndQuery::as_str);
    let uri = |host: &str| format!("http://{host}{path}").parse();
    host.and_then(|host| uri(host).ok())
        .or_else(|| uri(&address.to_string()).ok())
        .unwrap_or_else(|| parts.uri.clone())
}

#[expect(clippy::disallowed_methods, reason = "the caller of the sandbox lends it the time")]
fn now() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Moment::from_unix_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
