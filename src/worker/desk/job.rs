//! The provisioning job of the sandbox: its cycles, and what it remembers between them.
//!
//! It has a clock of its own. A cycle that is begun before it is due moves that clock to the time
//! at which Entra would begin it, so that nobody waits forty minutes.

use std::sync::Arc;

use provisioning::ambient::Ambient;
use provisioning::configuration::Configuration;
use provisioning::cycle::Cycle;
use provisioning::cycle::job::{Job, Reset, Status};
use provisioning::expression::value::DateTime;
use provisioning::source::Directory;
use provisioning::tenant::Tenant;
use scim::endpoint::Endpoint;
use scim::patch::entra::WireForm;

use super::errand::PACE;
use super::{Desk, census};
use crate::people::passing;
use crate::worker::message::{Answer, JobOrder, JobState};

/// Thirty days, in milliseconds.
const MONTH: i64 = 30 * 24 * 60 * 60 * 1000;

/// How many of those who wait are named.
const NAMED: usize = 5;

/// A job with its clock.
pub(super) struct Clocked {
    job: Job,
    now: DateTime,
}

impl Desk {
    /// The next cycle of the job, or why none begins.
    pub(super) fn next_cycle(
        &mut self,
        configuration: Configuration,
        people: &Arc<Directory>,
        endpoint: Endpoint,
        ambient: Ambient,
    ) -> Result<Cycle, String> {
        let links = self.links.clone();
        let clocked = self.job.get_or_insert_with(|| Clocked {
            job: Job::new(configuration.clone(), endpoint, WireForm::Legacy, PACE),
            now: ambient.now,
        });
        // Provision on demand links objects beside the job.
        if let Some(links) = links {
            clocked.job = clocked.job.clone().linked(links);
        }
        clocked.job.configure(configuration);
        clocked.now = clocked.now.max(ambient.now);
        if let Some(due) = clocked.job.due() {
            clocked.now = clocked.now.max(due);
        }
        let ambient = Ambient { now: clocked.now, ..ambient };
        let stopped = || "the job is stopped; start it first".to_owned();
        clocked.job.begin(people, ambient).ok_or_else(stopped)
    }

    /// Takes over what the cycle has done that has come to its end.
    pub(super) fn finish_cycle(&mut self) {
        let (Some(clocked), Some(running)) = (&mut self.job, &self.run) else { return };
        clocked.job.finish(&running.cycle, clocked.now);
    }

    /// Lets a month pass: for the people in use, and on the job's clock.
    pub(super) fn pass_month(&mut self) -> Answer {
        self.months += 1;
        self.forget_view();
        self.counting = None;
        let mut directory = std::mem::take(&mut self.tenant).into_directory();
        let told = passing::month(&mut directory, self.months);
        let summary = census::summary(&directory);
        self.tenant = Tenant::new(Arc::new(directory));
        if let Some(clocked) = &mut self.job {
            let later = clocked.now.unix_milliseconds().saturating_add(MONTH);
            clocked.now = DateTime::from_unix_milliseconds(later);
        }
        Answer::Passed(summary, told)
    }

    /// Does something to the job, and tells how it stands; nothing while there is none.
    pub(super) fn order(&mut self, order: JobOrder) -> Option<JobState> {
        let clocked = self.job.as_mut()?;
        match order {
            JobOrder::Tell => {}
            JobOrder::Pause => clocked.job.pause(),
            JobOrder::Start => clocked.job.start(),
            JobOrder::Restart => clocked.job.restart(Reset::Usual),
            JobOrder::RestartFully => {
                clocked.job.restart(Reset::Full);
                self.links = Some(clocked.job.links().clone());
            }
            JobOrder::AllowDeletes => clocked.job.allow_deletes(),
        }
        let directory = Arc::clone(&self.view().directory);
        self.job.as_ref().map(|clocked| clocked.told(&directory))
    }
}

impl Clocked {
    fn told(&self, directory: &Directory) -> JobState {
        let job = &self.job;
        let objects = || directory.users.iter().chain(&directory.groups);
        let label = |id: &String| {
            let object = objects().find(|object| object.id == *id);
            object.map_or_else(|| id.clone(), |object| object.label().to_owned())
        };
        let quarantine = job.quarantine();
        let has_run = job.status() != Status::NotRun;
        JobState {
            status: status(job.status()).to_owned(),
            last: has_run.then(|| in_words(self.now)),
            due: job.due().filter(|_| has_run).map(in_words),
            is_next_initial: job.is_next_initial(),
            links: job.links().len(),
            waiting: job.escrows().len(),
            first_waiting: job
                .escrows()
                .iter()
                .take(NAMED)
                .map(|(id, escrow)| {
                    (label(id), escrow.code.to_string(), in_words(escrow.next_attempt))
                })
                .collect(),
            held_back: job.held_back().len(),
            quarantine: quarantine.map(|q| (q.reason.to_string(), in_words(q.since))),
            escrows_pruned: job.escrows_pruned(),
        }
    }
}

/// Graph's names of the states, and the one that four weeks of quarantine end in.
fn status(status: Status) -> &'static str {
    match status {
        Status::NotRun => "NotRun",
        Status::Active => "Active",
        Status::Paused => "Paused",
        Status::Quarantine => "Quarantine",
        Status::Disabled => "Disabled",
    }
}

/// A time to the minute.
fn in_words(time: DateTime) -> String {
    let (year, month, day) = time.date();
    let minutes = time.unix_milliseconds().div_euclid(60_000).rem_euclid(24 * 60);
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02} UTC", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_to_the_minute() {
        let time = DateTime::from_unix_milliseconds(1_788_220_859_999);
        assert_eq!(in_words(time), "2026-09-01 00:00 UTC");
        assert_eq!(in_words(DateTime::from_unix_milliseconds(-1)), "1969-12-31 23:59 UTC");
    }
}
