//! The release page: built by Trunk into `dist`, and only when what it is made from has changed.

use std::fs;
use std::path::Path;

use crate::command::{Echo, Invocation};
use crate::failure::Failure;
use crate::fingerprint::Fingerprint;
use crate::progress::Progress;
use crate::workspace::Workspace;
use crate::{compression, names, tools, weight};

/// Folders of the checkout that no part of the page is made from.
const NOT_THE_PAGE: [&str; 8] =
    [".ci", ".git", ".github", "crates/cors-proxy", "dist", "target", "tests", "xtask"];

/// Builds the page unless the one in `dist` was made from exactly these files.
pub(crate) fn build(workspace: &Workspace, progress: &mut Progress) -> Result<(), Failure> {
    let sources = sources(workspace)?;
    let noted = workspace.stamp("page");
    let index = workspace.dist().join("index.html");
    if index.is_file() && fs::read_to_string(&noted).ok() == Some(stamp(&sources, workspace)?) {
        progress.say("  unchanged: the page in dist is the one that these files make");
        return Ok(());
    }
    tools::c_compiler(workspace)?;
    tools::wasm_target(workspace, progress)?;
    let trunk = tools::trunk(workspace, progress)?;
    let wasm_bindgen = tools::wasm_bindgen(workspace, progress)?;
    Invocation::new("trunk", &workspace.root)
        .args(["build", "--release", "--skip-version-check", "--color", "never"])
        .path_first(&[&trunk, &wasm_bindgen])?
        .run(&workspace.log("page"), Echo::OnFailure, progress)?
        .succeeded(tools::CRATES)?;
    names::remove(&workspace.dist())?;
    let files = compression::beside_each(&workspace.dist(), progress)?;
    weight::told(&files).iter().for_each(|line| progress.say(&format!("  {line}")));
    weight::hold(&files)?;
    // The sources as they were before: what was edited meanwhile makes another page.
    let made = stamp(&sources, workspace)?;
    fs::write(&noted, made).map_err(|error| Failure::file("write", &noted, &error))
}

/// Sees that there is a page to serve as it is.
pub(crate) fn must_be_built(workspace: &Workspace) -> Result<(), Failure> {
    let index = workspace.dist().join("index.html");
    if index.is_file() {
        return Ok(());
    }
    Err(Failure::new(format!("there is no page: `{}` is missing", index.display()))
        .repair("leave `--no-build` out, or run `cargo xtask dist` first"))
}

/// The fingerprint of all that the page is made from.
fn sources(workspace: &Workspace) -> Result<String, Failure> {
    let mut sources = Fingerprint::default();
    sources.folder(&workspace.root, &|path| is_source(path))?;
    for name in ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_RUSTFLAGS"] {
        sources.text(&std::env::var(name).unwrap_or_default());
    }
    Ok(sources.to_string())
}

/// What is noted of a page: what it was made from, and what it became.
fn stamp(sources: &str, workspace: &Workspace) -> Result<String, Failure> {
    let mut page = Fingerprint::default();
    page.folder(&workspace.dist(), &|_| true)?;
    Ok(format!("sources {sources}\npage {page}\n"))
}

/// Whether a file or folder, named from the root, may be part of the page.
fn is_source(path: &Path) -> bool {
    let is_shut_out = NOT_THE_PAGE.iter().any(|folder| path == Path::new(folder));
    let is_installed = path.ends_with("node_modules") || path.ends_with(".venv");
    !is_shut_out && !is_installed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_made_from_all_but_what_is_shut_out() {
        for (path, expected) in [
            ("src", true),
            ("src/tests", true),
            ("Cargo.lock", true),
            (".cargo", true),
            ("crates/scim/src/lib.rs", true),
            ("crates/cors-proxy", false),
            ("dist", false),
            ("tests", false),
            ("public/node_modules", false),
        ] {
            assert_eq!(is_source(Path::new(path)), expected, "{path}");
        }
    }
}
