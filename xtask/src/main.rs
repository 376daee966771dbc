//! The chore runner, `cargo xtask`: serves, tests and builds the wizard, and installs what that
//! needs.

mod apt;
mod arguments;
mod bench;
mod browser;
mod checks;
mod command;
mod compression;
mod failure;
mod fingerprint;
mod fuzz;
mod names;
mod npm;
mod page;
mod peers;
mod progress;
mod python;
mod relay;
mod sandbox;
mod split;
mod summary;
mod tools;
mod weight;
mod work;
mod workspace;

use std::process::ExitCode;

use arguments::{Command, Serve};
use failure::Failure;
use progress::{Progress, told};
use work::Work;
use workspace::Workspace;

fn main() -> ExitCode {
    match arguments::parse(lexopt::Parser::from_env()).and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::from(failure.status())
        }
    }
}

fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Help => {
            print!("{}", arguments::help());
            Ok(())
        }
        Command::Serve(options) => serve(&options),
        Command::Test(asked) => checks::all(&asked),
        Command::Dist => dist(),
        Command::Split => split::run(),
        Command::Fuzz(options) => fuzz::run(&options),
        Command::Bench(options) => bench::run(&options),
    }
}

fn serve(options: &Serve) -> Result<(), Failure> {
    relay::check_port(options.port)?;
    let workspace = Workspace::find()?;
    let asked: &[Work] = if options.build { &[Work::Page, Work::Relay] } else { &[Work::Relay] };
    if !options.build {
        page::must_be_built(&workspace)?;
    }
    let progress = prepare(asked, &workspace)?;
    println!("ready after {}", told(progress.whole_time()));
    println!("\n  http://127.0.0.1:{}/\n\nCtrl-C ends it.", options.port);
    relay::serve(&workspace, options)
}

fn dist() -> Result<(), Failure> {
    let workspace = Workspace::find()?;
    prepare(&[Work::Page], &workspace)?;
    println!("the page is in {}", workspace.dist().display());
    Ok(())
}

/// Does the asked work and what it needs, up to the first failure.
fn prepare(asked: &[Work], workspace: &Workspace) -> Result<Progress, Failure> {
    let planned = work::plan(asked);
    let mut progress = Progress::new(planned.len());
    for work in planned {
        progress.stage(work.name(), work.about());
        if let Some(failure) = work.run(workspace, &mut progress).failure {
            return Err(failure);
        }
    }
    Ok(progress)
}
