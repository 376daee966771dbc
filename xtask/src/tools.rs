//! The tools from the registry of crates and the compiler's parts: what builds the page, and the fuzzer's front end.

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::{Echo, Invocation, find_program};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::workspace::{Workspace, tool_cache};

/// The target of everything that runs in the browser.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";
/// The packages whose tests need a compiler and nothing else.
pub(crate) const UNAIDED: [&str; 7] =
    ["--workspace", "--exclude", "browser", "--exclude", "compliance", "--exclude", "servers"];
const TRUNK: &str = "0.21.14";
const CARGO_FUZZ: &str = "0.13.2";
/// How the client of the crates' registry is named in a message.
pub(crate) const CRATES: &str =
    "the registry of crates (crates.io, or what cargo's config puts in its place)";

/// A program from the registry of crates, in the one version that this workspace is built with.
struct Tool {
    package: &'static str,
    version: String,
    programs: &'static [&'static str],
    /// Whether the versions that its authors tried are used for its dependencies.
    locked: bool,
}

/// Installs Trunk unless it is there, and gives the folder of its program.
pub(crate) fn trunk(workspace: &Workspace, progress: &mut Progress) -> Result<PathBuf, Failure> {
    let programs = &["trunk"];
    Tool { package: "trunk", version: TRUNK.to_owned(), programs, locked: true }
        .provide(workspace, progress)
}

/// Installs wasm-bindgen in the version of the crate unless it is there, and gives its folder.
pub(crate) fn wasm_bindgen(
    workspace: &Workspace,
    progress: &mut Progress,
) -> Result<PathBuf, Failure> {
    let version = workspace.locked("wasm-bindgen")?;
    let programs = &["wasm-bindgen", "wasm-bindgen-test-runner"];
    // Its own lock file names a version that was taken back, so it cannot be followed.
    Tool { package: "wasm-bindgen-cli", version, programs, locked: false }
        .provide(workspace, progress)
}

/// Installs cargo-fuzz unless it is there, and gives the folder of its program.
pub(crate) fn cargo_fuzz(
    workspace: &Workspace,
    progress: &mut Progress,
) -> Result<PathBuf, Failure> {
    let programs = &["cargo-fuzz"];
    Tool { package: "cargo-fuzz", version: CARGO_FUZZ.to_owned(), programs, locked: true }
        .provide(workspace, progress)
}

impl Tool {
    fn provide(&self, workspace: &Workspace, progress: &mut Progress) -> Result<PathBuf, Failure> {
        let on_path = find_program(self.programs[0]);
        if let Some(folder) = on_path.as_deref().and_then(Path::parent)
            && self.is_in(folder)
        {
            return Ok(folder.to_owned());
        }
        let home = tool_cache()?.join(format!("{}-{}", self.package, self.version));
        let folder = home.join("bin");
        if !self.is_in(&folder) {
            self.install(&home, workspace, progress)?;
        }
        Ok(folder)
    }

    /// Whether all programs are in this folder, run, and are of the right version.
    fn is_in(&self, folder: &Path) -> bool {
        self.programs.iter().all(|program| {
            let path = folder.join(format!("{program}{}", std::env::consts::EXE_SUFFIX));
            Invocation::new(path, folder)
                .args(["--version"])
                .ask()
                .is_some_and(|answer| answer.split(' ').nth(1) == Some(&self.version))
        })
    }

    /// Compiles into a folder beside the final one, so that a half-installed tool is never found.
    fn install(
        &self,
        home: &Path,
        workspace: &Workspace,
        progress: &mut Progress,
    ) -> Result<(), Failure> {
        let named = format!("{} {}", self.package, self.version);
        progress.say(&format!("  {named} is compiled once for this user, into {}", home.display()));
        progress.say("  this takes several minutes; every later start finds it there");
        let part = home.with_added_extension("part");
        let build = home.with_added_extension("build");
        let log = workspace.log(self.package);
        Invocation::new("cargo", &workspace.root)
            .args(["install", self.package, "--version", &self.version, "--force"])
            .args(self.locked.then_some("--locked"))
            .args(["--root".as_ref(), part.as_os_str()])
            .args(["--target-dir".as_ref(), build.as_os_str()])
            // The tools wait for files and for cargo: minutes of optimizing them buy nothing.
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .run(&log, Echo::OnFailure, progress)?
            .succeeded(CRATES)
            .map_err(|failure| failure.repair(self.by_hand()))?;
        if home.exists() {
            fs::remove_dir_all(home).map_err(|error| Failure::file("remove", home, &error))?;
        }
        fs::rename(&part, home).map_err(|error| Failure::file("make", home, &error))?;
        // What is left over costs space only.
        let _ = fs::remove_dir_all(&build);
        if self.is_in(&home.join("bin")) {
            return Ok(());
        }
        Err(Failure::new(format!("{named} was installed but does not run")).repair(self.by_hand()))
    }

    fn by_hand(&self) -> String {
        format!(
            "or put {} {} on PATH yourself (its project publishes built programs): it is used when its version is right",
            self.programs.join(" and "),
            self.version
        )
    }
}

/// Adds the standard library for WebAssembly unless it is there.
pub(crate) fn wasm_target(workspace: &Workspace, progress: &mut Progress) -> Result<(), Failure> {
    if has_wasm_target(workspace) {
        return Ok(());
    }
    let by_hand = format!("or install Rust's target {WASM} with what installed Rust here");
    if find_program("rustup").is_none() {
        return Err(Failure::new(format!("Rust's target {WASM} is missing, and so is rustup"))
            .repair("install rustup from https://rustup.rs")
            .repair(by_hand));
    }
    Invocation::new("rustup", &workspace.root)
        .args(["target", "add", WASM])
        .run(&workspace.log("wasm-target"), Echo::OnFailure, progress)?
        .succeeded("Rust's own server (static.rust-lang.org, or RUSTUP_DIST_SERVER)")
        .map_err(|failure| failure.repair(by_hand))
}

fn has_wasm_target(workspace: &Workspace) -> bool {
    Invocation::new("rustc", &workspace.root)
        .args(["--print", "target-libdir", "--target", WASM])
        .ask()
        .is_some_and(|folder| Path::new(&folder).is_dir())
}

/// Sees that there is a C compiler: the relay's TLS and the linking of every program need one.
pub(crate) fn c_compiler(workspace: &Workspace) -> Result<(), Failure> {
    let chosen = std::env::var("CC").ok();
    let known = if cfg!(windows) { vec!["cl", "clang", "gcc"] } else { vec!["cc", "gcc", "clang"] };
    let tried = chosen.as_deref().map_or(known, |compiler| vec![compiler]);
    // On Windows the compiler that Rust finds through the registry need not be on PATH.
    let found = cfg!(all(windows, target_env = "msvc"))
        || tried.iter().any(|compiler| answers(compiler, workspace));
    if found {
        return Ok(());
    }
    let failure = Failure::new(format!("no C compiler answers (tried {})", tried.join(", ")));
    Err(match std::env::consts::OS {
        "macos" => failure.repair("run `xcode-select --install`"),
        "windows" => failure.repair("install the Visual Studio Build Tools with C++"),
        _ => failure.repair(
            "install one: `apt-get install build-essential`, `dnf install gcc` or the like",
        ),
    }
    .repair("where CC is set, let it name a compiler that is there"))
}

fn answers(compiler: &str, workspace: &Workspace) -> bool {
    // CC may carry arguments, as in `ccache gcc`.
    let mut words = compiler.split_whitespace();
    words.next().is_some_and(|program| {
        Invocation::new(program, &workspace.root).args(words).args(["--version"]).ask().is_some()
    })
}
