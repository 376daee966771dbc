//! Choosing the pilot, in portions: in between, the worker answers other questions.

use provisioning::pilot::{self, Scout};
use provisioning::population::Population;

use super::Desk;
use crate::worker::message::{PilotMember, Piloted};

/// So many users are looked at for one question: some tens of milliseconds.
const PORTION: usize = 1_000;

/// The looking under way, or the choice that came of it.
#[derive(Debug)]
pub(super) struct Scouting {
    scout: Scout,
    looked_at: usize,
    chosen: Option<Piloted>,
}

impl Desk {
    /// Goes on looking, and chooses once everybody was looked at.
    pub(super) fn pilot(&mut self) -> Piloted {
        let scouting = self.scouting.take();
        let population = &self.view().population;
        if let Some(fault) = population.faults().first() {
            return Piloted { fault: Some(fault.clone()), ..Piloted::default() };
        }
        let of = population.directory().users.len();
        let mut scouting = scouting.unwrap_or_else(|| Scouting {
            scout: Scout::new(population),
            looked_at: 0,
            chosen: None,
        });
        if scouting.chosen.is_none() {
            let from = scouting.looked_at;
            scouting.looked_at = of.min(from + PORTION);
            scouting.scout.look_at(population, from..scouting.looked_at);
            if scouting.looked_at == of {
                scouting.chosen = Some(told(population, &scouting.scout, of));
            }
        }
        let underway = Piloted { looked_at: scouting.looked_at, of, ..Piloted::default() };
        let piloted = scouting.chosen.clone().unwrap_or(underway);
        self.scouting = Some(scouting);
        piloted
    }
}

fn told(population: &Population, scout: &Scout, of: usize) -> Piloted {
    let pilot = scout.choose();
    let people = pilot.people.iter().filter_map(|chosen| {
        let user = population.object(chosen.position)?;
        Some(PilotMember {
            id: user.id.clone(),
            label: user.label().to_owned(),
            detail: user.text("userPrincipalName").unwrap_or_default().to_owned(),
            shows: pilot::sentences(population, &chosen.shows),
            others: chosen.alike.saturating_sub(1),
        })
    });
    Piloted {
        looked_at: of,
        of,
        people: Some(people.collect()),
        turns: pilot.turns,
        is_smallest: pilot.is_smallest,
        fault: None,
    }
}
