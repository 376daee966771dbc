//! The `cors-proxy` program: read the command line, listen, serve, stop.

use std::io::Write;
use std::process::ExitCode;

use cors_proxy::{
    Arguments, Callers, Command, HELP, Journal, Network, Page, Refusal, Relay, Use, Workers,
};
use tokio::net::TcpListener;

/// Each call makes and drops a hundred small things; the system's allocator takes twice as long
/// over them, and keeps more of what was freed.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The exit code of a relay that could not start.
const CANNOT_START: u8 = 2;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let started = match Command::read(std::env::args_os().skip(1), std::env::vars_os()) {
        Ok(Command::Help) => print(HELP),
        Ok(Command::Start(arguments)) => start(*arguments).await,
        Err(refusal) => Err(refusal),
    };
    match started {
        Ok(()) => ExitCode::SUCCESS,
        Err(refusal) => {
            eprintln!("cors-proxy: {refusal}");
            ExitCode::from(CANNOT_START)
        }
    }
}

async fn start(arguments: Arguments) -> Result<(), Refusal> {
    let Arguments { listen, relay: used, serve, policy, origins, trusted, operator, limits } =
        arguments;
    let page = serve.map(Page::new).transpose()?;
    #[cfg(unix)]
    raise_handle_limit();
    let listener =
        TcpListener::bind(listen).await.map_err(|error| cannot_listen(listen, &error))?;
    let listen = listener.local_addr().map_err(|error| cannot_listen(listen, &error))?;
    let callers = Callers::new(listen, used, &origins)?.trusting(trusted);
    if used == Use::Shared && operator.is_none() {
        return Err(Refusal::new(
            "others reach this relay, and whoever runs it can read what passes through it; say \
             who that is with `--operator 'NAME, CONTACT'`",
        ));
    }
    let network = Network::system().map_err(|error| broken(&error))?;
    let journal = Journal::terminal();
    if policy.is_empty() {
        eprintln!("nothing may be reached; allow a server with `--allow https://host/path`");
    }
    let relay = Relay::new(policy, callers, listen, limits, network, journal.clone())
        .map_err(|error| broken(&error))?
        .run_by(operator);
    let stop = stop_signal().map_err(|error| broken(&error))?;
    let workers = Workers::start().map_err(|error| broken(&error))?;
    relay.announce_key();
    print(&format!("READY http://{listen}/\n"))?;
    cors_proxy::listen(listener, cors_proxy::router(relay, page), stop, workers).await;
    journal.flush();
    Ok(())
}

/// Writes to standard output at once: whoever started the relay waits for the line.
fn print(text: &str) -> Result<(), Refusal> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| broken(&error))
}

fn cannot_listen(listen: std::net::SocketAddr, error: &std::io::Error) -> Refusal {
    use std::io::ErrorKind::{AddrInUse, AddrNotAvailable, PermissionDenied};
    let repair = match error.kind() {
        AddrInUse => {
            "another program uses this port; stop it, or take a free port with \
                      `--listen 127.0.0.1:0`"
        }
        AddrNotAvailable => {
            "this machine does not have this address; use `--listen 127.0.0.1:4180`"
        }
        PermissionDenied => "this port needs more rights; use one above 1023",
        _ => "use `--listen 127.0.0.1:0`",
    };
    Refusal::new(format!("cannot listen on {listen}: {repair}"))
}

fn broken(error: &dyn std::fmt::Display) -> Refusal {
    Refusal::new(format!("this system lacks something the relay needs: {error}"))
}

/// A call takes two handles, and many systems begin with 1,024: slow clients would use them up. A
/// system that refuses more is used as it is.
#[cfg(unix)]
fn raise_handle_limit() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    const ENOUGH: u64 = 8192;
    let limit = getrlimit(Resource::Nofile);
    let wanted = limit.maximum.map_or(ENOUGH, |most| most.min(ENOUGH));
    if limit.current.is_some_and(|current| current < wanted) {
        let _ = setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), ..limit });
    }
}

/// Done at Ctrl-C or, where it exists, SIGTERM.
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    #[cfg(unix)]
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    Ok(async move {
        let interrupted = tokio::signal::ctrl_c();
        #[cfg(unix)]
        tokio::select! {
            _ = interrupted => {}
            _ = terminate.recv() => {}
        }
        #[cfg(not(unix))]
        let _ = interrupted.await;
    })
}
