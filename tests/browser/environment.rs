//! Where the tests find what `cargo xtask test browser` built and installed.

use std::path::PathBuf;

/// The folder of the built page.
pub fn dist() -> PathBuf {
    path("SCIM_WIZARD_DIST")
}

/// The relay's program.
pub fn relay() -> PathBuf {
    path("SCIM_WIZARD_RELAY")
}

/// Chromium.
pub fn chrome() -> PathBuf {
    path("SCIM_WIZARD_CHROME")
}

/// Chromium's driver.
pub fn chromedriver() -> PathBuf {
    path("SCIM_WIZARD_CHROMEDRIVER")
}

/// axe-core's script.
pub fn axe() -> PathBuf {
    path("SCIM_WIZARD_AXE")
}

/// The folder of the whole project.
pub fn project() -> PathBuf {
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    own.join("..").join("..").canonicalize().expect("the tests stand inside the project")
}

/// The file or folder that a variable names; without it, the advice how to have it set.
fn path(variable: &str) -> PathBuf {
    let path = text(variable).map(PathBuf::from).unwrap_or_else(|| {
        panic!("{variable} is not set: run these tests with `cargo xtask test browser`")
    });
    assert!(path.exists(), "{variable} names `{}`, which does not exist", path.display());
    path
}

/// A variable's text, unless it is unset or empty.
pub fn text(variable: &str) -> Option<String> {
    std::env::var(variable).ok().filter(|text| !text.is_empty())
}
