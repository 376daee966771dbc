//! How a relay is started: read from all places, checked, and explained.

use std::ffi::OsString;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::limits::Limits;
use crate::options::{FILE, Options, Setting};
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
  cors-proxy --listen 10.1.2.3:4180 --origin https://wizard.example.com \\
             --operator 'Contoso IT, it@contoso.example' --allow-any-public
      a relay for a firm: others reach it, so it needs to know the page and
      must say who can read what passes through it

OPTIONS
  --listen ADDRESS      IP address and port [default: 127.0.0.1:4180]; port 0
                        takes a free one
  --serve DIR           serve the built page in DIR; it is given the session
                        key by itself
  --allow URL           an origin (https://host) or an origin and a path prefix
                        (https://host/scim/v2) that may be reached; repeat it.
                        Plain http, loopback and private addresses need the
                        path and a relay on loopback
  --allow-read URL      as --allow, for GET alone: nothing can be changed
  --allow-private URL   as --allow, for a server of your own network that has a
                        name: it may resolve to private addresses
  --allow-any-public    every https server on a public address
  --origin ORIGIN       a page elsewhere that may call this relay; repeat it.
                        It needs the session key, which is then printed here
  --trusted-proxy IP    a reverse proxy before this relay, whose
                        X-Forwarded-For is believed; repeat it. The relay then
                        counts as one that others reach
  --operator TEXT       who runs a relay that others reach; /relay/about says it
  --calls-per-minute N  most calls of one client within a minute
                        [default: 30000 on loopback, 600 elsewhere]
  --target-calls-per-minute N
                        most calls of all clients to one target
                        [default: 30000 on loopback, 6000 elsewhere]
  --connect-seconds N   longest time for a connection [default: 5]
  --first-byte-seconds N
                        longest time until a reply begins [default: 15]
  --call-seconds N      longest time for a whole call [default: 30]
  --request-bytes N     longest body of a call [default: 1048576]
  --reply-bytes N       longest body of a reply, unpacked [default: 5242880]
  --config FILE         read options from FILE
  --help                this text

OTHER PLACES FOR OPTIONS
  The environment       CORS_PROXY_ALLOW for --allow and so on; several values
                        stand apart by spaces
  A file                one `name = value` in each line, without the dashes:
                          # reached by the page
                          allow = https://app.envoy.com/scim/v2
                          allow-any-public = false
  An option on the command line replaces the one of the environment, and that
  replaces the one of the file, whole lists too. A name that is not known
  stops the start, with its place.

HOW A PAGE CALLS IT
  GET /relay with the headers x-relay-target (the URL) and x-relay-key, or
  GET /https://host/path with x-relay-key, as with other CORS proxies

WHAT IT PRINTS
  READY http://127.0.0.1:4180/    on standard output, when it listens
  one line per call               on standard error: time, method, host, path
                                  without names, status, milliseconds, bytes

It stops at Ctrl-C, once the open calls have ended. It exits with 2 when it
cannot start, and says why.
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
    /// Who reaches the relay.
    pub relay: Use,
    /// The folder of the page.
    pub serve: Option<PathBuf>,
    /// What may be reached.
    pub policy: Policy,
    /// Pages elsewhere that may call.
    pub origins: Vec<String>,
    /// Reverse proxies that say who their client is.
    pub trusted: Vec<IpAddr>,
    /// Who runs the relay.
    pub operator: Option<String>,
    /// How much and how long.
    pub limits: Limits,
}

impl Command {
    /// Reads the arguments after the program's name, the environment, and the file that they name.
    ///
    /// # Errors
    /// A text for the terminal: an unknown or incomplete option, an entry that may not be listed,
    /// or nothing to do.
    pub fn read<A, E>(arguments: A, environment: E) -> Result<Self, Refusal>
    where
        A: IntoIterator<Item = OsString>,
        E: IntoIterator<Item = (OsString, OsString)>,
    {
        let Some(options) = Options::from_arguments(arguments)? else { return Ok(Self::Help) };
        let options = options.before(Options::from_environment(environment)?);
        let file = options.one(FILE).map(|file| Options::from_file(Path::new(file.value())));
        let options = options.before(file.transpose()?.unwrap_or_default());
        Ok(Self::Start(Box::new(Arguments::check(&options)?)))
    }
}

impl Arguments {
    fn check(options: &Options) -> Result<Self, Refusal> {
        let listen = options.one("listen").map(read_listen).transpose()?;
        let listen = listen.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 4180)));
        let trusted =
            options.all("trusted-proxy").map(read_proxy).collect::<Result<Vec<_>, _>>()?;
        // What stands behind a reverse proxy is reached by others, wherever it listens.
        let relay = if trusted.is_empty() { Use::of(listen.ip()) } else { Use::Shared };
        let policy = read_policy(options, relay)?;
        let serve = options.one("serve").map(|folder| PathBuf::from(folder.value()));
        if policy.is_empty() && serve.is_none() {
            return Err(Refusal::new(
                "there is nothing to do: name a server that may be reached with \
                 `--allow https://host/path`, or a page to serve with `--serve DIR`",
            ));
        }
        let texts = |name| options.all(name).map(|setting| setting.text().map(str::to_owned));
        Ok(Self {
            listen,
            relay,
            serve,
            policy,
            trusted,
            origins: texts("origin").collect::<Result<_, _>>()?,
            operator: texts("operator").next().transpose()?,
            limits: read_limits(options, relay)?,
        })
    }
}

fn read_policy(options: &Options, relay: Use) -> Result<Policy, Refusal> {
    let mut policy = Policy::default();
    for entry in options.all("allow") {
        policy.allow(entry.text()?, relay).map_err(|refusal| entry.locate(refusal))?;
    }
    for entry in options.all("allow-read") {
        policy.allow_reads(entry.text()?, relay).map_err(|refusal| entry.locate(refusal))?;
    }
    for entry in options.all("allow-private") {
        policy.allow_private(entry.text()?, relay).map_err(|refusal| entry.locate(refusal))?;
    }
    if options.is_on("allow-any-public") {
        policy.allow_any_public();
    }
    Ok(policy)
}

fn read_listen(setting: &Setting) -> Result<SocketAddr, Refusal> {
    let refuse = || setting.refuse("is not an IP address and a port", "write `127.0.0.1:4180`");
    setting.text()?.parse().map_err(|_| refuse())
}

fn read_proxy(setting: &Setting) -> Result<IpAddr, Refusal> {
    let refuse = || setting.refuse("is not an IP address", "write it without a port: `10.1.2.3`");
    setting.text()?.parse().map_err(|_| refuse())
}

/// The usual limits, with those that the options name.
fn read_limits(options: &Options, relay: Use) -> Result<Limits, Refusal> {
    let mut limits = match relay {
        Use::Own => Limits::own(),
        Use::Shared => Limits::shared(),
    };
    for (name, rate) in [
        ("calls-per-minute", &mut limits.calls_per_minute),
        ("target-calls-per-minute", &mut limits.target_calls_per_minute),
    ] {
        if let Some(setting) = options.one(name) {
            let wanted = read_number(setting, u32::MAX.into())?;
            *rate = u32::try_from(wanted).unwrap_or(u32::MAX);
        }
    }
    for (name, bytes, most) in [
        ("request-bytes", &mut limits.request_bytes, MOST_REQUEST_BYTES),
        ("reply-bytes", &mut limits.reply_bytes, MOST_REPLY_BYTES),
    ] {
        if let Some(setting) = options.one(name) {
            *bytes = read_number(setting, most)?;
        }
    }
    for (name, time) in [
        ("connect-seconds", &mut limits.connect),
        ("first-byte-seconds", &mut limits.first_byte),
        ("call-seconds", &mut limits.total),
    ] {
        if let Some(setting) = options.one(name) {
            *time = Duration::from_secs(read_number(setting, MOST_SECONDS)?);
        }
    }
    if limits.connect > limits.first_byte || limits.first_byte > limits.total {
        let [connect, first_byte, total] =
            [limits.connect, limits.first_byte, limits.total].map(|time| time.as_secs());
        return Err(Refusal::new(format!(
            "a connection may take {connect} s, the first byte {first_byte} s and a whole call \
             {total} s, of which none may be longer than the next; give `--connect-seconds`, \
             `--first-byte-seconds` and `--call-seconds` that fit together"
        )));
    }
    Ok(limits)
}

/// A body of a call is held in memory until it is sent.
const MOST_REQUEST_BYTES: u64 = 64 << 20;
const MOST_REPLY_BYTES: u64 = 1 << 30;
const MOST_SECONDS: u64 = 3600;

fn read_number(setting: &Setting, most: u64) -> Result<u64, Refusal> {
    let number = setting.text()?.parse().ok().filter(|number| (1..=most).contains(number));
    number.ok_or_else(|| {
        setting.refuse(
            &format!("is not a whole number above 0 and up to {most}"),
            "write it in digits alone, or leave the option out",
        )
    })
}
