//! The pieces of work behind `cargo xtask test`: checks, and what must be there before them.

use crate::progress::Progress;
use crate::summary::Verdict;
use crate::workspace::Workspace;
use crate::{browser, checks, page, peers, relay, sandbox, tools};

/// One piece of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    Compiler,
    WasmTarget,
    Trunk,
    WasmBindgen,
    Chromium,
    Relay,
    Sandbox,
    Servers,
    Testers,
    Axe,
    Format,
    Lint,
    LintWasm,
    Docs,
    Unit,
    Compliance,
    Peers,
    Wasm,
    Page,
    Browser,
    Walk,
}

use Work::{
    Axe, Browser, Chromium, Compiler, Compliance, Docs, Format, Lint, LintWasm, Page, Peers, Relay,
    Sandbox, Servers, Testers, Trunk, Unit, Walk, Wasm, WasmBindgen, WasmTarget,
};

impl Work {
    /// What runs when no name is given: what is quick to fail stands first.
    pub(crate) const ALL: [Self; 10] =
        [Format, Lint, LintWasm, Docs, Unit, Compliance, Peers, Wasm, Page, Browser];
    /// What can be asked for by name.
    pub(crate) const CHECKS: [Self; 11] =
        [Format, Lint, LintWasm, Docs, Unit, Compliance, Peers, Wasm, Page, Browser, Walk];

    /// Its name in headings, in the summary and, for a check, on the command line.
    pub(crate) fn name(self) -> &'static str {
        self.described().0
    }

    /// What it does, in a few words.
    pub(crate) fn about(self) -> &'static str {
        self.described().1
    }

    fn described(self) -> (&'static str, &'static str) {
        match self {
            Compiler => ("c-compiler", "a C compiler answers"),
            WasmTarget => ("wasm-target", "Rust's standard library for WebAssembly"),
            Trunk => ("trunk", "the page's builder, in the pinned version"),
            WasmBindgen => ("wasm-bindgen", "the page's linker, in the version of the crate"),
            Chromium => ("chromium", "Chromium and its driver"),
            Relay => ("relay", "the relay, built"),
            Sandbox => ("sandbox", "the sandbox behind HTTP, built"),
            Servers => ("servers", "the two SCIM servers of tests/servers"),
            Testers => ("testers", "the two testers of SCIM services of tests/compliance"),
            Axe => ("axe", "axe-core, the accessibility rules"),
            Format => ("format", "the sources are formatted"),
            Lint => ("lint", "clippy on everything, for this machine"),
            LintWasm => ("lint-wasm", "clippy on what the browser runs, for WebAssembly"),
            Docs => ("docs", "the documentation builds, and every link in it leads somewhere"),
            Unit => ("unit", "unit, property, conformance, tidy and documentation tests"),
            Compliance => ("compliance", "the sandbox before two published testers"),
            Peers => ("peers", "`scim` against both servers and the sandbox, without a browser"),
            Wasm => (
                "wasm",
                "the wizard's parts, and the engine's vectors and stories, inside Chromium",
            ),
            Page => ("page", "the release page builds"),
            Browser => ("browser", "the built page in Chromium, with the relay and both servers"),
            Walk => ("walk", "the walk against the server that you name in the environment"),
        }
    }

    /// What must have been done before.
    pub(crate) fn needs(self) -> &'static [Self] {
        match self {
            Compiler | WasmTarget | Chromium | Servers | Testers | Axe | Format => &[],
            Trunk | WasmBindgen | Lint | Docs | Unit | Relay | Sandbox => &[Compiler],
            LintWasm => &[Compiler, WasmTarget],
            Compliance => &[Sandbox, Testers],
            Peers => &[Compiler, Servers],
            Wasm => &[Compiler, WasmTarget, WasmBindgen, Chromium],
            Page => &[Compiler, WasmTarget, Trunk, WasmBindgen],
            Browser => &[Page, Relay, Chromium, Servers, Axe],
            Walk => &[Page, Relay, Chromium],
        }
    }

    /// Does it.
    pub(crate) fn run(self, workspace: &Workspace, progress: &mut Progress) -> Verdict {
        let nothing_to_count = |()| Verdict::default();
        let verdict = match self {
            Compiler => tools::c_compiler(workspace).map(nothing_to_count),
            WasmTarget => tools::wasm_target(workspace, progress).map(nothing_to_count),
            Trunk => tools::trunk(workspace, progress).map(drop).map(nothing_to_count),
            WasmBindgen => tools::wasm_bindgen(workspace, progress).map(drop).map(nothing_to_count),
            Chromium => browser::provide(workspace, progress).map(drop).map(nothing_to_count),
            Relay => relay::build(workspace, progress).map(nothing_to_count),
            Sandbox => sandbox::build(workspace, progress).map(nothing_to_count),
            Servers => peers::servers(workspace, progress).map(nothing_to_count),
            Testers => peers::testers(workspace, progress).map(drop).map(nothing_to_count),
            Axe => browser::axe(workspace, progress).map(drop).map(nothing_to_count),
            Format => checks::format(workspace, progress),
            Lint => checks::lint(workspace, progress),
            LintWasm => checks::lint_wasm(workspace, progress),
            Docs => checks::docs(workspace, progress),
            Unit => checks::unit(workspace, progress),
            Compliance => checks::compliance(workspace, progress),
            Peers => checks::peers(workspace, progress),
            Wasm => checks::wasm(workspace, progress),
            Page => page::build(workspace, progress).map(nothing_to_count),
            Browser => checks::browser(workspace, progress),
            Walk => checks::walk(workspace, progress),
        };
        verdict.unwrap_or_else(Verdict::failed)
    }
}

/// The asked work with all that it needs, each once and after what it needs.
pub(crate) fn plan(asked: &[Work]) -> Vec<Work> {
    let mut planned = Vec::new();
    for work in asked {
        add(*work, &mut planned);
    }
    planned
}

fn add(work: Work, planned: &mut Vec<Work>) {
    for need in work.needs() {
        add(*need, planned);
    }
    if !planned.contains(&work) {
        planned.push(work);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_needed_comes_first_and_once() {
        assert_eq!(plan(&[Format]), [Format]);
        assert_eq!(plan(&[Lint, Unit]), [Compiler, Lint, Unit]);
        let all = plan(&Work::ALL);
        let place = |work| all.iter().position(|planned| *planned == work).unwrap();
        for work in &all {
            assert_eq!(all.iter().filter(|planned| *planned == work).count(), 1, "{work:?}");
            assert!(work.needs().iter().all(|need| place(*need) < place(*work)), "{work:?}");
        }
        assert!(place(Unit) < place(WasmBindgen), "what is cheap runs before tools are compiled");
        assert!(!all.contains(&Walk), "the walk to a named server is only run when asked for");
    }
}
