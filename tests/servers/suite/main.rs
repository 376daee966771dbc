//! `scim` held against service providers: its builders make every request, its readers read every
//! answer, and what it says of PATCH and filters is compared with what the provider does.
//!
//! Each behaviour is a test of its own for each target, named `<target>::<theme>::<behaviour>`:
//! `cargo test -p servers node_scimmy::patch` runs some of them. A new behaviour is a function in
//! its theme's file; where providers differ, its outcome is a row of `expected.rs`.

mod access;
mod behaviour;
mod client;
mod discovery;
mod entra;
mod exchange;
mod expected;
mod filters;
mod groups;
mod imitated;
mod life;
mod outcome;
mod paging;
mod patch;
mod projection;
mod refusals;
mod roster;
mod seed;
mod shapes;
mod stage;
mod target;
mod values;
mod versions;

use std::process::ExitCode;
use std::sync::Arc;

use libtest_mimic::{Arguments, Trial};

use crate::behaviour::Behaviour;
use crate::stage::Stage;
use crate::target::{Place, TARGETS};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let runtime = tokio::runtime::Runtime::new().expect("this machine can run threads");
    let runtime = Arc::new(runtime);
    let stages = TARGETS.map(|target| Arc::new(Stage::new(target, Arc::clone(&runtime))));
    // Neighbours have different targets, so that they need not wait for each other.
    let trials = behaviours()
        .into_iter()
        .map(Arc::new)
        .flat_map(|behaviour| stages.each_ref().map(|stage| trial(&behaviour, stage)))
        .collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn behaviours() -> Vec<Behaviour> {
    let themes = [
        access::behaviours(),
        discovery::behaviours(),
        life::behaviours(),
        values::behaviours(),
        projection::behaviours(),
        filters::behaviours(),
        paging::behaviours(),
        roster::behaviours(),
        groups::behaviours(),
        refusals::behaviours(),
        versions::behaviours(),
        expected::behaviours(),
        // Last, for they leave many users, and some providers slow down with every one.
        patch::behaviours(),
        entra::behaviours(),
    ];
    themes.into_iter().flatten().collect()
}

fn trial(behaviour: &Arc<Behaviour>, stage: &Arc<Stage>) -> Trial {
    let (behaviour, stage) = (Arc::clone(behaviour), Arc::clone(stage));
    let name = format!("{}::{}", stage.target.name, behaviour.name);
    let otherwise = match stage.target.place {
        Place::Imitation(profile) => imitated::otherwise(profile),
        Place::Sandbox | Place::Peer(_) => &[],
    };
    let is_left_out = otherwise.contains(&behaviour.name.as_str());
    let test = Trial::test(name, move || {
        stage.play(&behaviour);
        Ok(())
    });
    test.with_ignored_flag(is_left_out)
}
