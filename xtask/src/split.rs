//! Splits a program of the page in two: what the first paint needs, and a module that loads later.
//!
//! Trunk calls this as its hook, when it has linked everything and before it publishes it: see
//! `Trunk.toml`. It takes the program as the compiler left it, with its relocations, cuts it where
//! the source says `wasm_split`, links the first part anew with wasm-bindgen, and puts both in the
//! place of what Trunk has linked.

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::{Echo, Invocation};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::tools;
use crate::workspace::Workspace;

/// The program that is split, as cargo names it.
const PROGRAM: &str = "wizard";
/// Cargo's profile behind `trunk build --release`, as `index.html` names it.
const RELEASE: &str = "web";

/// Where Trunk has put what it linked, and how it was built.
struct Stage {
    folder: PathBuf,
    profile: &'static str,
}

/// Splits the program in Trunk's staging folder.
pub(crate) fn run() -> Result<(), Failure> {
    let workspace = Workspace::find()?;
    let mut progress = Progress::new(1);
    let stage = Stage::of_trunk()?;
    let linked = stage.linked()?;
    let compiled = workspace.target.join(tools::WASM).join(stage.profile);
    let compiled = compiled.join(PROGRAM).with_extension("wasm");
    let program = fs::read(&compiled).map_err(|error| Failure::file("read", &compiled, &error))?;
    let apart = workspace.target.join("split");
    // Parts of an earlier split would be published with this one's.
    let _ = fs::remove_dir_all(&apart);
    let first = cut(&program, &apart, &linked, &stage.folder)?;
    link(&first, &linked, &stage.folder, &workspace, &mut progress)
}

impl Stage {
    fn of_trunk() -> Result<Self, Failure> {
        let told = |name| {
            std::env::var(name).map_err(|_| {
                Failure::usage(format!("Trunk tells no `{name}`"))
                    .repair("run `cargo xtask dist`, or `trunk build`, which call this chore")
            })
        };
        let folder = PathBuf::from(told("TRUNK_STAGING_DIR")?);
        let profile = if told("TRUNK_PROFILE")? == "release" { RELEASE } else { "debug" };
        Ok(Self { folder, profile })
    }

    /// The name under which Trunk has linked the program: with a fingerprint of its content.
    fn linked(&self) -> Result<String, Failure> {
        let entries = fs::read_dir(&self.folder)
            .map_err(|error| Failure::file("read", &self.folder, &error))?;
        entries
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .find_map(|name| linked_name(&name).map(str::to_owned))
            .ok_or_else(|| {
                let folder = self.folder.display();
                Failure::new(format!("Trunk has linked no `{PROGRAM}` into `{folder}`"))
                    .repair("run `cargo clean` and build again")
            })
    }
}

/// `wizard-0123456789abcdef` of `wizard-0123456789abcdef_bg.wasm`.
fn linked_name(file: &str) -> Option<&str> {
    file.strip_suffix("_bg.wasm").filter(|name| name.starts_with(&format!("{PROGRAM}-")))
}

/// Cuts the program; gives the first part, which is not linked yet. The later parts and what loads
/// them stand in the stage, under names that change with the program: a browser that keeps an
/// older part never puts it to a newer one.
fn cut(program: &[u8], apart: &Path, linked: &str, stage: &Path) -> Result<PathBuf, Failure> {
    let first = apart.join("first.wasm");
    let loader = format!("./{linked}-later.js");
    let main = format!("./{linked}.js");
    let mut options = wasm_split_cli_support::Options::new(program);
    options.output_dir = apart;
    options.main_out_path = &first;
    options.link_name = &loader;
    options.main_module = &main;
    let parts = wasm_split_cli_support::transform(options).map_err(|error| {
        Failure::new(format!("the program cannot be split: {error:#}"))
            .repair("its relocations come from build.rs; run `cargo clean` and build again")
    })?;
    let written = apart.join(&loader);
    let mut script =
        fs::read_to_string(&written).map_err(|error| Failure::file("read", &written, &error))?;
    for (part, number) in parts.split_modules.iter().zip(1..) {
        let name = part.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let renamed = format!("{linked}-later-{number}_bg.wasm");
        script = script.replace(&name, &renamed);
        let place = stage.join(&renamed);
        fs::copy(part, &place).map_err(|error| Failure::file("write", &place, &error))?;
    }
    let place = stage.join(&loader);
    fs::write(&place, script).map_err(|error| Failure::file("write", &place, &error))?;
    Ok(first)
}

/// Links the first part, in the place of what Trunk has linked.
fn link(
    first: &Path,
    linked: &str,
    stage: &Path,
    workspace: &Workspace,
    progress: &mut Progress,
) -> Result<(), Failure> {
    let tool = tools::wasm_bindgen(workspace, progress)?;
    Invocation::new("wasm-bindgen", &workspace.root)
        // The later parts share the memory and the table, which are exported for them.
        .args(["--target", "web", "--no-typescript", "--keep-lld-exports"])
        .args(["--out-name", linked, "--out-dir"])
        .args([stage, first])
        .path_first(&[&tool])?
        .run(&workspace.log("split"), Echo::OnFailure, progress)?
        .succeeded_locally()
}

#[cfg(test)]
mod tests {
    use super::linked_name;

    #[test]
    fn the_program_is_known_by_its_name() {
        for (file, expected) in [
            ("wizard-0123456789abcdef_bg.wasm", Some("wizard-0123456789abcdef")),
            ("wizard-0123456789abcdef.js", None),
            ("worker_bg.wasm", None),
        ] {
            assert_eq!(linked_name(file), expected, "{file}");
        }
    }
}
