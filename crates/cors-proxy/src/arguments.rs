//! The command line: read, checked, and explained.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::policy::{Policy, Refusal, Use};

/// What `--help` prints.
pub const HELP: &str = "\
cors-proxy - lets one browser page call the servers you list, and no others

A page in a browser may only call servers that answer CORS; most APIs do not.
This relay makes the calls for it. It runs on your machine, reaches only what
you allow, and keeps nothing.

USAGE
  cors-proxy [--listen ADDRESS] [--serve DIR] --allow URL [--allow URL ...]

EXAMPLES
  cors-proxy --serve dist --allow https://app.envoy.com/scim/v2
      serves the page in `dist` and lets it call this one API
  cors-proxy --serve dist
      serves the page; every call is refused and says how to allow it
  cors-proxy --serve dist --allow http://127.0.0.1:8901/scim/v2
      reaches an API on this machine: exactly this origin and path

OPTIONS
  --listen ADDRESS      IP address and port [default: 127.0.0.1:4180]; port 0
                        takes a free one
  --serve DIR           serve the built page in DIR; it is given the session
                        key by itself
  --allow URL           an origin (https://host) or an origin and a path prefix
                        (https://host/scim/v2) that may be reached; repeat it.
                        Plain http, loopback and private addresses need the
                        path and a relay on loopback
  --allow-private URL   the same for a server of your own network that has a
                        name: it may resolve to private addresses
  --allow-any-public    every https server on a public address
  --origin ORIGIN       a page elsewhere that may call this relay; repeat it.
                        It needs the session key, which is then printed here
  --calls-per-minute N  most calls of one client within a minute
                        [default: 30000 on loopback, 600 elsewhere]
  --help                this text

WHAT IT PRINTS
  READY http://127.0.0.1:4180/    on standard output, when it listens
  one line per call               on standard error: time, method, host, path
                                  without names, status, milliseconds, bytes

It stops at Ctrl-C. It exits with 2 when it cannot start, and says why.
";

/// What the command line asks for.
#[derive(Debug)]
pub enum Command {
    /// Print [`HELP`].
    Help,
    /// Start a relay.
    Start(Box<Arguments>),
}

/// How a relay is to be started.
#[derive(Debug)]
pub struct Arguments {
    /// The address to listen on.
    pub listen: SocketAddr,
    /// The folder of the page.
    pub serve: Option<PathBuf>,
    /// What may be reached.
    pub policy: Policy,
    /// Pages elsewhere that may call.
    pub origins: Vec<String>,
    /// The rate that replaces the default one.
    pub calls_per_minute: Option<u32>,
}

impl Command {
    /// Reads the arguments after the program's name.
    ///
    /// # Errors
    /// A text for the terminal: an unknown or incomplete option, an entry that may not be listed,
    /// or nothing to do.
    pub fn read<I>(arguments: I) -> Result<Self, Refusal>
    where
        I: IntoIterator<Item = OsString>,
    {
        use lexopt::Arg::Long;
        let mut listen = SocketAddr::from(([127, 0, 0, 1], 4180));
        let (mut serve, mut calls_per_minute) = (None, None);
        let (mut allow, mut private, mut origins) = (Vec::new(), Vec::new(), Vec::new());
        let mut any_public = false;
        let mut parser = lexopt::Parser::from_args(arguments);
        while let Some(argument) = parser.next().map_err(|error| misread(&error))? {
            match argument {
                Long("help") | lexopt::Arg::Short('h') => return Ok(Self::Help),
                Long("listen") => listen = read_listen(&text(&mut parser)?)?,
                Long("serve") => {
                    serve = Some(PathBuf::from(parser.value().map_err(|error| misread(&error))?));
                }
                Long("allow") => allow.push(text(&mut parser)?),
                Long("allow-private") => private.push(text(&mut parser)?),
                Long("allow-any-public") => any_public = true,
                Long("origin") => origins.push(text(&mut parser)?),
                Long("calls-per-minute") => {
                    calls_per_minute = Some(read_rate(&text(&mut parser)?)?)
                }
                other => return Err(misread(&other.unexpected())),
            }
        }
        let policy = read_policy(&allow, &private, any_public, Use::of(listen.ip()))?;
        if policy.is_empty() && serve.is_none() {
            return Err(Refusal::new(
                "there is nothing to do: name a server that may be reached with \
                 `--allow https://host/path`, or a page to serve with `--serve DIR`",
            ));
        }
        Ok(Self::Start(Box::new(Arguments { listen, serve, policy, origins, calls_per_minute })))
    }
}

fn read_policy(
    allow: &[String],
    private: &[String],
    any_public: bool,
    relay: Use,
) -> Result<Policy, Refusal> {
    let mut policy = Policy::default();
    for entry in allow {
        policy.allow(entry, relay)?;
    }
    for entry in private {
        policy.allow_private(entry, relay)?;
    }
    if any_public {
        policy.allow_any_public();
    }
    Ok(policy)
}

fn read_listen(text: &str) -> Result<SocketAddr, Refusal> {
    text.parse().map_err(|_| {
        Refusal::new(format!(
            "`--listen {text}` is not an IP address and a port; write `127.0.0.1:4180`"
        ))
    })
}

fn read_rate(text: &str) -> Result<u32, Refusal> {
    text.parse().ok().filter(|rate| *rate > 0).ok_or_else(|| {
        Refusal::new(format!("`--calls-per-minute {text}` is not a number above 0; write `600`"))
    })
}

fn text(parser: &mut lexopt::Parser) -> Result<String, Refusal> {
    let value = parser.value().map_err(|error| misread(&error))?;
    value.into_string().map_err(|value| {
        Refusal::new(format!("`{}` is not UTF-8; write it in plain letters", value.display()))
    })
}

fn misread(error: &lexopt::Error) -> Refusal {
    Refusal::new(format!("{error}; `cors-proxy --help` lists the options"))
}
