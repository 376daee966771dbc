//! The command line: what can be asked for, and the text that teaches it.

use std::fmt::Write;
use std::num::{NonZeroU16, NonZeroU32};
use std::path::PathBuf;

use lexopt::prelude::{Long, Short, Value, ValueExt};

use crate::failure::Failure;
use crate::fuzz::TARGETS;
use crate::work::Work;

/// What was asked for.
#[derive(Debug, PartialEq)]
pub(crate) enum Command {
    Help,
    Serve(Serve),
    Test(Vec<Work>),
    Dist,
    Split,
    Fuzz(Fuzz),
    Bench(Bench),
}

/// How the page is to be served.
#[derive(Debug, PartialEq)]
pub(crate) struct Serve {
    /// The port on 127.0.0.1.
    pub(crate) port: u16,
    /// The relay's own flags, each with its value, in the order in which they were given.
    pub(crate) relay: Vec<(&'static str, String)>,
    /// Whether the page is brought up to date first.
    pub(crate) build: bool,
}

/// What is to be fuzzed.
#[derive(Debug, PartialEq)]
pub(crate) struct Fuzz {
    /// The targets, one after the other.
    pub(crate) targets: Vec<&'static str>,
    /// How long each of them runs.
    pub(crate) seconds: u32,
}

/// What is to be measured.
#[derive(Debug, PartialEq)]
pub(crate) struct Bench {
    /// For how many people, one after the other.
    pub(crate) people: Vec<u32>,
    /// How often each program runs.
    pub(crate) rounds: u32,
    /// A program that was written by hand for the workload.
    pub(crate) by_hand: Option<PathBuf>,
    /// Where a picture of how cost grows is drawn.
    pub(crate) plot: Option<PathBuf>,
    /// What is measured.
    pub(crate) subject: Subject,
}

/// What can be measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// The stages of the pipeline, on this machine.
    Pipeline,
    /// The same in a browser, and the page.
    Browser,
    /// The relay beside nginx.
    Relay,
    /// Everybody of a server, read by pages.
    Reading,
}

impl Default for Bench {
    fn default() -> Self {
        Self {
            people: vec![1_000, 10_000, 100_000],
            rounds: 9,
            by_hand: None,
            plot: None,
            subject: Subject::Pipeline,
        }
    }
}

impl Default for Fuzz {
    fn default() -> Self {
        Self { targets: TARGETS.to_vec(), seconds: 600 }
    }
}

impl Default for Serve {
    fn default() -> Self {
        Self { port: 4180, relay: Vec::new(), build: true }
    }
}

/// Reads the words after `cargo xtask`.
pub(crate) fn parse(mut words: lexopt::Parser) -> Result<Command, Failure> {
    let first = words.next().map_err(unclear)?;
    match first {
        None | Some(Long("help") | Short('h')) => Ok(Command::Help),
        Some(Value(name)) => match name.to_str() {
            Some("serve") => serve(&mut words),
            Some("test") => test(&mut words),
            Some("dist") => alone(&mut words, Command::Dist),
            Some("split") => alone(&mut words, Command::Split),
            Some("fuzz") => fuzz(&mut words),
            Some("bench") => bench(&mut words),
            Some("help") => Ok(Command::Help),
            _ => Err(unclear(format!("there is no chore `{}`", name.display()))),
        },
        Some(other) => Err(unclear(other.unexpected())),
    }
}

fn serve(words: &mut lexopt::Parser) -> Result<Command, Failure> {
    let mut serve = Serve::default();
    while let Some(word) = words.next().map_err(unclear)? {
        match word {
            Long("port") => {
                let port = words.value().and_then(|value| value.parse::<NonZeroU16>());
                serve.port = port.map_err(unclear)?.get();
            }
            Long("allow") => serve.relay.push(("--allow", text(words)?)),
            Long("allow-private") => serve.relay.push(("--allow-private", text(words)?)),
            Long("origin") => serve.relay.push(("--origin", text(words)?)),
            Long("no-build") => serve.build = false,
            Long("help") | Short('h') => return Ok(Command::Help),
            other => return Err(unclear(other.unexpected())),
        }
    }
    Ok(Command::Serve(serve))
}

fn test(words: &mut lexopt::Parser) -> Result<Command, Failure> {
    let mut asked = Vec::new();
    while let Some(word) = words.next().map_err(unclear)? {
        match word {
            Value(name) => {
                let named = |check: &Work| name == check.name();
                let check = Work::CHECKS.into_iter().find(named);
                asked.push(
                    check.ok_or_else(|| {
                        unclear(format!("there is no check `{}`", name.display()))
                    })?,
                );
            }
            Long("help") | Short('h') => return Ok(Command::Help),
            other => return Err(unclear(other.unexpected())),
        }
    }
    Ok(Command::Test(if asked.is_empty() { Work::ALL.to_vec() } else { asked }))
}

/// A chore without options.
fn alone(words: &mut lexopt::Parser, chore: Command) -> Result<Command, Failure> {
    match words.next().map_err(unclear)? {
        None => Ok(chore),
        Some(Long("help") | Short('h')) => Ok(Command::Help),
        Some(other) => Err(unclear(other.unexpected())),
    }
}

fn fuzz(words: &mut lexopt::Parser) -> Result<Command, Failure> {
    let mut fuzz = Fuzz::default();
    while let Some(word) = words.next().map_err(unclear)? {
        match word {
            Value(name) => {
                let target = TARGETS.into_iter().find(|target| name == *target);
                fuzz.targets = vec![target.ok_or_else(|| {
                    unclear(format!("there is no fuzz target `{}`", name.display()))
                })?];
            }
            Long("seconds") => {
                let seconds = words.value().and_then(|value| value.parse::<NonZeroU32>());
                fuzz.seconds = seconds.map_err(unclear)?.get();
            }
            Long("help") | Short('h') => return Ok(Command::Help),
            other => return Err(unclear(other.unexpected())),
        }
    }
    Ok(Command::Fuzz(fuzz))
}

fn bench(words: &mut lexopt::Parser) -> Result<Command, Failure> {
    let mut bench = Bench::default();
    let mut people = Vec::new();
    while let Some(word) = words.next().map_err(unclear)? {
        match word {
            Long("people") => people.push(count(words)?),
            Long("rounds") => bench.rounds = count(words)?,
            Long("by-hand") => {
                bench.by_hand = Some(words.value().map_err(unclear)?.into());
            }
            Long("browser") => bench.subject = Subject::Browser,
            Long("relay") => bench.subject = Subject::Relay,
            Long("reading") => bench.subject = Subject::Reading,
            Long("plot") => bench.plot = Some(words.value().map_err(unclear)?.into()),
            Long("help") | Short('h') => return Ok(Command::Help),
            other => return Err(unclear(other.unexpected())),
        }
    }
    if !people.is_empty() {
        bench.people = people;
    }
    Ok(Command::Bench(bench))
}

fn count(words: &mut lexopt::Parser) -> Result<u32, Failure> {
    let count = words.value().and_then(|value| value.parse::<NonZeroU32>());
    Ok(count.map_err(unclear)?.get())
}

fn text(words: &mut lexopt::Parser) -> Result<String, Failure> {
    words.value().and_then(ValueExt::string).map_err(unclear)
}

fn unclear(what: impl std::fmt::Display) -> Failure {
    Failure::usage(what.to_string()).repair("`cargo xtask --help` shows what there is")
}

/// The text that teaches the chores.
pub(crate) fn help() -> String {
    let mut help = String::from(
        "cargo xtask <chore>: what a developer does with this checkout, from a fresh clone on.
Each chore installs what it needs, says so, and prints every command that it runs.

serve   build the release page and serve it, with the relay, until Ctrl-C
          --port 4180              the port on 127.0.0.1
          --allow ORIGIN[/PATH]    an endpoint that the relay may reach; may be repeated.
                                   Without one the sandbox works and real endpoints are refused.
                                   One on this machine or intranet is reached only if it is
                                   listed exactly.
          --allow-private ORIGIN/PATH
                                   the same for a host with a name in your own network
          --origin ORIGIN          a further page that may ask the relay; may be repeated
          --no-build               serve the page in dist as it is
bench   measure the pipeline for very many people
          --people 100000          for how many; may be repeated
          --rounds 9               how often each program runs
          --by-hand PROGRAM        a program that was written for the workload alone, to compare with
          --plot FILE.svg          draw how cost grows with the number of people
          --browser                the same in a worker of Chromium against here, and how fluent
                                   the built page stays
          --relay                  the relay beside nginx, both asked the same by wrk
          --reading                10,000 accounts of a server by pages, beside a published client
dist    build the release page into dist, with .br and .gz beside each file
split   cut the page's program in two: Trunk calls it, see Trunk.toml
fuzz    let a fuzzer look for what the libraries do not bear; one target, or all one after the other
          TARGET                   one of ",
    );
    help.push_str(&TARGETS.join(", "));
    help.push_str(
        "
          --seconds 600            how long each of them runs
test    run all checks, or those that you name:
",
    );
    for check in Work::CHECKS {
        let note = if Work::ALL.contains(&check) { "" } else { "; only when named" };
        // Writing to a String does not fail.
        let _ = writeln!(help, "          {:<10} {}{note}", check.name(), check.about());
    }
    help.push_str(
        "
examples
  cargo xtask serve --allow https://app.envoy.com
  cargo xtask serve --port 5000 --allow http://127.0.0.1:8901/scim/v2
  cargo xtask test format lint unit
  SCIM_WIZARD_TEST_URL=http://127.0.0.1:8901/scim/v2 SCIM_WIZARD_TEST_TOKEN=secret \\
    cargo xtask test walk
",
    );
    help
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Command, Failure> {
        parse(lexopt::Parser::from_args(line.split_whitespace()))
    }

    fn measuring(subject: Subject) -> Command {
        Command::Bench(Bench { subject, ..Bench::default() })
    }

    #[test]
    fn command_lines_are_read() {
        let relay = vec![
            ("--allow", "https://app.envoy.com".to_owned()),
            ("--origin", "https://a.example".to_owned()),
            ("--allow", "http://127.0.0.1:8901/a".to_owned()),
            ("--allow-private", "https://scim.intranet/v2".to_owned()),
        ];
        let serve = Serve { port: 5000, relay, build: false };
        let line = "serve --port 5000 --allow https://app.envoy.com --origin https://a.example \
                    --allow=http://127.0.0.1:8901/a --allow-private https://scim.intranet/v2 --no-build";
        for (line, expected) in [
            ("", Command::Help),
            ("--help", Command::Help),
            ("serve --help", Command::Help),
            ("serve", Command::Serve(Serve::default())),
            (line, Command::Serve(serve)),
            ("test", Command::Test(Work::ALL.to_vec())),
            ("test unit lint-wasm", Command::Test(vec![Work::Unit, Work::LintWasm])),
            ("test walk", Command::Test(vec![Work::Walk])),
            ("dist", Command::Dist),
            ("bench", Command::Bench(Bench::default())),
            (
                "bench --people 10 --people 20 --rounds 3 --by-hand a/b --plot c.svg",
                Command::Bench(Bench {
                    people: vec![10, 20],
                    rounds: 3,
                    by_hand: Some("a/b".into()),
                    plot: Some("c.svg".into()),
                    subject: Subject::Pipeline,
                }),
            ),
            ("bench --browser", measuring(Subject::Browser)),
            ("bench --relay", measuring(Subject::Relay)),
            ("bench --reading", measuring(Subject::Reading)),
            ("fuzz", Command::Fuzz(Fuzz::default())),
            (
                "fuzz patch --seconds 30",
                Command::Fuzz(Fuzz { targets: vec!["patch"], seconds: 30 }),
            ),
        ] {
            assert_eq!(read(line).unwrap(), expected, "{line}");
        }
    }

    #[test]
    fn what_is_unclear_is_said_and_ends_with_status_2() {
        for (line, said) in [
            ("bake", "no chore `bake`"),
            ("test relay", "no check `relay`"),
            ("serve --port high", "high"),
            ("serve --port 70000", "70000"),
            ("serve --port 0", "zero"),
            ("serve --allow", "--allow"),
            ("dist now", "now"),
            ("fuzz relay", "no fuzz target `relay`"),
            ("fuzz --seconds 0", "zero"),
            ("bench --rounds 0", "zero"),
        ] {
            let failure = read(line).unwrap_err();
            assert_eq!(failure.status(), 2, "{line}");
            assert!(failure.to_string().contains(said), "{line}: {failure}");
        }
    }

    #[test]
    fn the_help_names_every_check_and_target() {
        let help = help();
        assert!(Work::CHECKS.iter().all(|check| help.contains(check.name())), "{help}");
        assert!(TARGETS.iter().all(|target| help.contains(target)), "{help}");
    }
}
