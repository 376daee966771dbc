//! The browser of the tests: Chromium with its driver, and the accessibility rules.

use std::path::{Path, PathBuf};

use crate::command::{Invocation, find_program};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::workspace::Workspace;
use crate::{apt, npm};

/// The variables by which the tests and a developer name the two programs.
pub(crate) const CHROME: &str = "SCIM_WIZARD_CHROME";
pub(crate) const CHROMEDRIVER: &str = "SCIM_WIZARD_CHROMEDRIVER";

const CHROMES: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const CHROME_ON_MACOS: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// The two programs, of one major version.
pub(crate) struct Browser {
    /// Chromium or Chrome.
    pub(crate) chrome: PathBuf,
    /// The driver that the tests talk to.
    pub(crate) chromedriver: PathBuf,
}

/// Finds Chromium and its driver, or installs both with apt.
pub(crate) fn provide(workspace: &Workspace, progress: &mut Progress) -> Result<Browser, Failure> {
    let browser = match find()? {
        Some(browser) => browser,
        None => {
            apt::install(&["chromium", "chromium-driver"], workspace, progress).map_err(by_hand)?;
            find()?.ok_or_else(|| {
                by_hand(Failure::new("apt has installed Chromium, but it is not on PATH"))
            })?
        }
    };
    check_versions(&browser, workspace)?;
    Ok(browser)
}

fn find() -> Result<Option<Browser>, Failure> {
    let macos = || Some(PathBuf::from(CHROME_ON_MACOS)).filter(|path| path.is_file());
    let chrome =
        named(CHROME)?.or_else(|| CHROMES.into_iter().find_map(find_program)).or_else(macos);
    // Machines of CI services name the driver's folder in this variable.
    let of_service = || {
        let folder = PathBuf::from(std::env::var_os("CHROMEWEBDRIVER")?);
        let name = format!("chromedriver{}", std::env::consts::EXE_SUFFIX);
        Some(folder.join(name)).filter(|path| path.is_file())
    };
    let driver = named(CHROMEDRIVER)?.or_else(|| find_program("chromedriver")).or_else(of_service);
    Ok(chrome.zip(driver).map(|(chrome, chromedriver)| Browser { chrome, chromedriver }))
}

fn named(variable: &str) -> Result<Option<PathBuf>, Failure> {
    match std::env::var_os(variable).map(PathBuf::from) {
        Some(path) if !path.is_file() => Err(Failure::new(format!(
            "{variable} names `{}`, and there is no such program",
            path.display()
        ))
        .repair(format!("let {variable} name the program's file, or leave it out"))),
        path => Ok(path),
    }
}

fn by_hand(failure: Failure) -> Failure {
    failure
        .repair("put Chromium (or Chrome) and the chromedriver of the same version on PATH")
        .repair(format!("or name them in {CHROME} and {CHROMEDRIVER}"))
}

/// A driver refuses a browser of another major version only when the first test starts.
fn check_versions(browser: &Browser, workspace: &Workspace) -> Result<(), Failure> {
    let version = |program: &Path| {
        let answer = Invocation::new(program, &workspace.root).args(["--version"]).ask();
        answer.as_deref().and_then(major)
    };
    match (version(&browser.chrome), version(&browser.chromedriver)) {
        (Some(chrome), Some(driver)) if chrome != driver => Err(by_hand(Failure::new(format!(
            "`{}` is version {chrome} and `{}` is version {driver}: they do not work together",
            browser.chrome.display(),
            browser.chromedriver.display()
        )))),
        // A browser that does not tell its version (Chrome on Windows opens a window) is tried.
        _ => Ok(()),
    }
}

/// The major version in an answer such as `ChromeDriver 131.0.6778.85 (…)`.
fn major(answer: &str) -> Option<u32> {
    answer.split_whitespace().find_map(|word| word.split_once('.')?.0.parse().ok())
}

/// Installs axe-core, and gives the file that the tests put into the page.
pub(crate) fn axe(workspace: &Workspace, progress: &mut Progress) -> Result<PathBuf, Failure> {
    let folder = workspace.root.join("tests").join("browser").join("axe");
    npm::ci(&folder, workspace, progress)?;
    Ok(folder.join("node_modules").join("axe-core").join("axe.min.js"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read() {
        for (answer, expected) in [
            ("Chromium 131.0.6778.85 built on Debian GNU/Linux 12 (bookworm)", Some(131)),
            ("ChromeDriver 130.0.1 (abc-refs/heads/6778@{#1})", Some(130)),
            ("Opening in existing browser session.", None),
        ] {
            assert_eq!(major(answer), expected, "{answer}");
        }
    }
}
