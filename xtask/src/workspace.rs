//! Where things are: the checkout, the build folder, the logs and the per-user cache.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// The checkout that this program belongs to.
pub(crate) struct Workspace {
    /// The folder of the root `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Cargo's build folder.
    pub(crate) target: PathBuf,
    logs: PathBuf,
}

impl Workspace {
    /// Finds the checkout and makes the folder of the logs.
    pub(crate) fn find() -> Result<Self, Failure> {
        // Cargo tells the package's folder at run time; a binary that is run directly knows where
        // it was built.
        let package = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = package.parent().unwrap_or(&package).to_owned();
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => std::path::absolute(&folder)
                .map_err(|error| Failure::file("find", Path::new(&folder), &error))?,
            None => root.join("target"),
        };
        let logs = target.join("xtask");
        fs::create_dir_all(&logs).map_err(|error| Failure::file("make", &logs, &error))?;
        Ok(Self { root, target, logs })
    }

    /// The log of one piece of work.
    pub(crate) fn log(&self, name: &str) -> PathBuf {
        self.logs.join(format!("{name}.log"))
    }

    /// A file in which a piece of work notes what it was made from.
    pub(crate) fn stamp(&self, name: &str) -> PathBuf {
        self.logs.join(format!("{name}.stamp"))
    }

    /// The built page.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// A program of this workspace, built with the dev profile.
    pub(crate) fn binary(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }

    /// An example of this workspace, built with the dev profile.
    pub(crate) fn example(&self, name: &str) -> PathBuf {
        let folder = self.target.join("debug").join("examples");
        folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }

    /// The version of a package that `Cargo.lock` holds.
    pub(crate) fn locked(&self, package: &str) -> Result<String, Failure> {
        let path = self.root.join("Cargo.lock");
        let lock =
            fs::read_to_string(&path).map_err(|error| Failure::file("read", &path, &error))?;
        locked_version(&lock, package).map(str::to_owned).ok_or_else(|| {
            Failure::new(format!("`{}` holds no version of `{package}`", path.display()))
                .repair("run `git checkout Cargo.lock`")
        })
    }
}

fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let mut lines = lock.lines();
    lines.find(|line| line.strip_prefix("name = ") == Some(&format!("\"{package}\"")))?;
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

/// The folder in which this user keeps the tools of every checkout.
pub(crate) fn tool_cache() -> Result<PathBuf, Failure> {
    cache_home(std::env::consts::OS, |name| std::env::var_os(name))
        .map(|home| home.join("scim-wizard").join("tools"))
        .ok_or_else(|| {
            Failure::new("there is no folder for a per-user cache")
                .repair("set XDG_CACHE_HOME (Linux), HOME (macOS) or LOCALAPPDATA (Windows)")
        })
}

fn cache_home(system: &str, variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let folder =
        |name: &str| variable(name).map(PathBuf::from).filter(|folder| folder.is_absolute());
    match system {
        "windows" => folder("LOCALAPPDATA"),
        "macos" => folder("HOME").map(|home| home.join("Library").join("Caches")),
        _ => folder("XDG_CACHE_HOME").or_else(|| folder("HOME").map(|home| home.join(".cache"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_the_one_of_exactly_that_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"x\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(lock, "wasm"), None);
    }

    #[test]
    #[cfg(unix)]
    fn each_system_has_its_own_cache() {
        let only = |known: &'static str, value: &'static str| {
            move |name: &str| (name == known).then(|| OsString::from(value))
        };
        for (system, known, value, expected) in [
            ("linux", "XDG_CACHE_HOME", "/cache", Some("/cache")),
            ("linux", "XDG_CACHE_HOME", "relative", None),
            ("linux", "HOME", "/home/ada", Some("/home/ada/.cache")),
            ("macos", "HOME", "/Users/ada", Some("/Users/ada/Library/Caches")),
            ("windows", "LOCALAPPDATA", "/local", Some("/local")),
            ("windows", "HOME", "/home/ada", None),
        ] {
            let found = cache_home(system, only(known, value));
            assert_eq!(found, expected.map(PathBuf::from), "{system} {known}");
        }
    }
}
