//! The relay: built for this machine, it serves the page and reaches the endpoints it may.

use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;

use crate::arguments::Serve;
use crate::command::{Echo, Invocation};
use crate::failure::Failure;
use crate::progress::Progress;
use crate::tools;
use crate::workspace::Workspace;

const PACKAGE: &str = "cors-proxy";

/// Sees that the port is free before minutes are spent on building.
pub(crate) fn check_port(port: u16) -> Result<(), Failure> {
    let Err(error) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)) else { return Ok(()) };
    let another = if port == u16::MAX { port - 1 } else { port + 1 };
    Err(Failure::new(format!("cannot listen on 127.0.0.1:{port}: {error}"))
        .repair("end the program that holds the port: an earlier `cargo xtask serve`, perhaps")
        .repair(format!("or choose another: `cargo xtask serve --port {another}`")))
}

/// Builds the relay, with the features that the unit tests are built with: then both share what
/// they are made of.
pub(crate) fn build(workspace: &Workspace, progress: &mut Progress) -> Result<(), Failure> {
    tools::c_compiler(workspace)?;
    Invocation::new("cargo", &workspace.root)
        .args(["build"].iter().chain(&tools::UNAIDED).chain(&["--bin", PACKAGE]))
        .run(&workspace.log("relay"), Echo::OnFailure, progress)?
        .succeeded(tools::CRATES)
}

/// The relay's program.
pub(crate) fn binary(workspace: &Workspace) -> PathBuf {
    workspace.binary(PACKAGE)
}

/// Hands this process over to the relay: whoever ends the one has ended the other. Comes back
/// only with a failure, or, where a process cannot be replaced, when the relay has ended.
pub(crate) fn serve(workspace: &Workspace, options: &Serve) -> Result<(), Failure> {
    let mut relay = Invocation::new(binary(workspace), &workspace.root)
        .args(["--listen", &format!("127.0.0.1:{}", options.port)])
        .args(["--serve".as_ref(), workspace.dist().as_os_str()]);
    for (flag, value) in &options.relay {
        relay = relay.args([*flag, value.as_str()]);
    }
    println!("  $ {relay}");
    hand_over(&relay)
}

#[cfg(unix)]
fn hand_over(relay: &Invocation) -> Result<(), Failure> {
    use std::os::unix::process::CommandExt;
    let error = relay.command().exec();
    Err(Failure::new(format!("cannot start `{relay}`: {error}")))
}

#[cfg(not(unix))]
fn hand_over(relay: &Invocation) -> Result<(), Failure> {
    let ended = relay.command().status();
    let status = ended.map_err(|error| Failure::new(format!("cannot start `{relay}`: {error}")))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!("`{relay}` ended ({status})")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_in_use_is_told_with_another_to_choose() {
        let holder = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = holder.local_addr().unwrap().port();
        let message = check_port(port).unwrap_err().to_string();
        assert!(message.contains(&format!("127.0.0.1:{port}")), "{message}");
        assert!(message.contains("--port"), "{message}");
        drop(holder);
        assert!(check_port(0).is_ok());
    }
}
