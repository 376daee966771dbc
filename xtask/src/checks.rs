//! The checks: the command line of each, and its run.

use crate::command::{Echo, Invocation};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::summary::{Row, Summary, Tally, Verdict};
use crate::work::{Work, plan};
use crate::workspace::Workspace;
use crate::{browser, peers, relay, sandbox, tools};

/// The server that `cargo xtask test walk` walks to.
pub(crate) const TEST_URL: &str = "SCIM_WIZARD_TEST_URL";
/// Its token.
pub(crate) const TEST_TOKEN: &str = "SCIM_WIZARD_TEST_TOKEN";

/// Runs the asked checks and what they need, to the end even when one fails.
pub(crate) fn all(asked: &[Work]) -> Result<(), Failure> {
    if asked.contains(&Work::Walk) {
        server_is_named(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))?;
    }
    let workspace = Workspace::find()?;
    let planned = plan(asked);
    let mut progress = Progress::new(planned.len());
    let mut summary = Summary::default();
    for work in planned {
        progress.stage(work.name(), work.about());
        let verdict = match work.needs().iter().find(|need| summary.lacks(need.name())) {
            Some(need) => Verdict::not_run(need.name()),
            None => work.run(&workspace, &mut progress),
        };
        if let Some(failure) = &verdict.failure {
            progress.say(&failure.to_string());
        }
        summary.add(Row { name: work.name(), verdict, time: progress.stage_time() });
    }
    progress.say(&format!("\n{}", summary.table(progress.whole_time())));
    summary.judged()
}

/// Formatting.
pub(crate) fn format(workspace: &Workspace, progress: &mut Progress) -> Result<Verdict, Failure> {
    run(Work::Format, &cargo("fmt --all --check", workspace), workspace, progress)
}

/// Lints of everything that runs on this machine.
pub(crate) fn lint(workspace: &Workspace, progress: &mut Progress) -> Result<Verdict, Failure> {
    let clippy = cargo("clippy --workspace --all-targets -- -D warnings", workspace);
    run(Work::Lint, &clippy, workspace, progress)
}

/// Lints of what runs in the browser.
pub(crate) fn lint_wasm(
    workspace: &Workspace,
    progress: &mut Progress,
) -> Result<Verdict, Failure> {
    let packages = "-p wizard -p scim -p provisioning -p sandbox";
    let line = format!("clippy --target {} {packages} -- -D warnings", tools::WASM);
    run(Work::LintWasm, &cargo(&line, workspace), workspace, progress)
}

/// Documentation: a link that leads nowhere is a warning of rustdoc's, and here a failure.
pub(crate) fn docs(workspace: &Workspace, progress: &mut Progress) -> Result<Verdict, Failure> {
    let rustdoc = cargo("doc --workspace --no-deps", workspace).env("RUSTDOCFLAGS", "-D warnings");
    run(Work::Docs, &rustdoc, workspace, progress)
}

/// All tests that need neither a browser nor a server.
pub(crate) fn unit(workspace: &Workspace, progress: &mut Progress) -> Result<Verdict, Failure> {
    let tests = cargo("test --no-fail-fast", workspace).args(tools::UNAIDED);
    run(Work::Unit, &tests, workspace, progress)
}

/// Tests of the libraries against servers that nobody here wrote.
pub(crate) fn peers(workspace: &Workspace, progress: &mut Progress) -> Result<Verdict, Failure> {
    run(Work::Peers, &cargo("test -p servers", workspace), workspace, progress)
}

/// The sandbox before the testers that nobody here wrote.
pub(crate) fn compliance(
    workspace: &Workspace,
    progress: &mut Progress,
) -> Result<Verdict, Failure> {
    let python = peers::testers(workspace, progress)?;
    let tests = cargo("test -p compliance", workspace)
        .env("SCIM_WIZARD_PYTHON", python)
        .env("SCIM_WIZARD_SANDBOX", sandbox::binary(workspace));
    run(Work::Compliance, &tests, workspace, progress)
}

/// Tests that are WebAssembly themselves: wasm-bindgen's runner brings them into the browser.
pub(crate) fn wasm(workspace: &Workspace, progress: &mut Progress) -> Result<Verdict, Failure> {
    let browser = browser::provide(workspace, progress)?;
    let runner = tools::wasm_bindgen(workspace, progress)?.join("wasm-bindgen-test-runner");
    let timeout = std::env::var("WASM_BINDGEN_TEST_TIMEOUT").unwrap_or_else(|_| "120".to_owned());
    let targets = "-p wizard --test web -p provisioning --test wasm --test cycles";
    let line = format!("test --target {} {targets}", tools::WASM);
    let tests = cargo(&line, workspace)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner)
        .env("CHROMEDRIVER", browser.chromedriver)
        .env("WASM_BINDGEN_TEST_TIMEOUT", timeout);
    run(Work::Wasm, &tests, workspace, progress)
}

/// Tests of the built page, with all that they start.
pub(crate) fn browser(workspace: &Workspace, progress: &mut Progress) -> Result<Verdict, Failure> {
    let axe = browser::axe(workspace, progress)?;
    let tests = cargo("test --no-fail-fast -p browser", workspace);
    let tests = of_the_page(tests, workspace, progress)?.env("SCIM_WIZARD_AXE", axe);
    run(Work::Browser, &tests, workspace, progress)
}

/// The walk to the server that the environment names.
pub(crate) fn walk(workspace: &Workspace, progress: &mut Progress) -> Result<Verdict, Failure> {
    let tests = cargo("test -p browser --test walk -- --nocapture", workspace);
    let tests = of_the_page(tests, workspace, progress)?;
    run(Work::Walk, &tests, workspace, progress)
}

fn cargo(line: &str, workspace: &Workspace) -> Invocation {
    Invocation::new("cargo", &workspace.root).args(line.split(' '))
}

/// With all that tests of the built page start.
pub(crate) fn of_the_page(
    tests: Invocation,
    workspace: &Workspace,
    progress: &mut Progress,
) -> Result<Invocation, Failure> {
    let browser = browser::provide(workspace, progress)?;
    Ok(tests
        .env("SCIM_WIZARD_DIST", workspace.dist())
        .env("SCIM_WIZARD_RELAY", relay::binary(workspace))
        .env(browser::CHROME, browser.chrome)
        .env(browser::CHROMEDRIVER, browser.chromedriver))
}

fn run(
    check: Work,
    cargo: &Invocation,
    workspace: &Workspace,
    progress: &mut Progress,
) -> Result<Verdict, Failure> {
    // What the walk prints about each person is what it was started for.
    let echo = if check == Work::Walk { Echo::Everything } else { Echo::Findings };
    let ended = cargo.run(&workspace.log(check.name()), echo, progress)?;
    let tests = Tally::of(&ended.output);
    let judged = match tests {
        // Tests ran, so everything was downloaded: what they say of the network is their own.
        Some(_) => ended.succeeded_locally(),
        None => ended.succeeded(tools::CRATES),
    };
    Ok(Verdict::tested(tests, judged.err()))
}

fn server_is_named(is_set: impl Fn(&str) -> bool) -> Result<(), Failure> {
    let missing: Vec<&str> =
        [TEST_URL, TEST_TOKEN].into_iter().filter(|name| !is_set(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Failure::usage(format!("the walk needs a server: {} not set", missing.join(" and ")))
        .repair(format!("set {TEST_URL} to its SCIM base URL, as in http://127.0.0.1:8901/scim/v2"))
        .repair(format!("set {TEST_TOKEN} to a bearer token that it accepts"))
        .repair("a preview only reads; two servers to try it with are in tests/servers"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_walk_says_which_variable_is_missing() {
        let message = server_is_named(|name| name == TEST_URL).unwrap_err().to_string();
        let first = message.lines().next().unwrap();
        assert!(first.contains(TEST_TOKEN) && !first.contains(TEST_URL), "{first}");
        assert!(server_is_named(|_| true).is_ok());
    }
}
