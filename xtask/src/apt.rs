//! Debian's and Ubuntu's packages, where this user may install them without being asked.

use crate::command::{Echo, Invocation, find_program};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::workspace::Workspace;

const SOURCES: &str = "the system's package sources (see /etc/apt)";

/// Installs packages; an error says which command an administrator of the machine would run.
pub(crate) fn install(
    packages: &[&str],
    workspace: &Workspace,
    progress: &mut Progress,
) -> Result<(), Failure> {
    let wanted = packages.join(" ");
    let Some(prefix) = prefix(workspace) else {
        return Err(Failure::new(format!("cannot install {wanted} here: that takes apt and either root or a sudo without a password"))
            .repair(format!("install what `apt-get install {wanted}` would, by hand")));
    };
    let steps: [&[&str]; 2] = [&["update"], &["install", "-y", "--no-install-recommends"]];
    for (step, names) in steps.into_iter().zip([&[], packages]) {
        let words = [prefix, &["apt-get"], step, names].concat();
        Invocation::new(words[0], &workspace.root)
            .args(&words[1..])
            .env("DEBIAN_FRONTEND", "noninteractive")
            .run(&workspace.log("apt"), Echo::OnFailure, progress)?
            .succeeded(SOURCES)?;
    }
    Ok(())
}

/// The words before `apt-get`, or nothing where it cannot be run.
fn prefix(workspace: &Workspace) -> Option<&'static [&'static str]> {
    find_program("apt-get")?;
    let asked = |program: &str, arguments: &[&str]| {
        Invocation::new(program, &workspace.root).args(arguments).ask()
    };
    if asked("id", &["-u"]).as_deref() == Some("0") {
        return Some(&[]);
    }
    asked("sudo", &["-n", "true"]).map(|_| ["sudo", "-n"].as_slice())
}
