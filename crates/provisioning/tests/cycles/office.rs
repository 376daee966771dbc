//! A world with a clock that is moved by hand, and a job that runs in it cycle after cycle.

use std::sync::Arc;

use provisioning::ambient::Ambient;
use provisioning::configuration::Configuration;
use provisioning::cycle::Cycle;
use provisioning::cycle::job::Job;
use provisioning::expression::value::DateTime;
use provisioning::source::{SourceObject, SourceValue};
use scim::patch::entra::WireForm;
use serde_json::Value;

use crate::world::{World, endpoint, usual_configuration};

/// The world, the job, and the time.
pub(crate) struct Office {
    pub(crate) world: World,
    pub(crate) job: Job,
    minutes: i64,
}

impl Office {
    /// The usual mapping in the default wire form.
    pub(crate) fn new() -> Self {
        Self::with(usual_configuration(), WireForm::Legacy)
    }

    pub(crate) fn with(configuration: Configuration, wire: WireForm) -> Self {
        let job = Job::new(configuration, endpoint(), wire, 4);
        Self { world: World::new(), job, minutes: 0 }
    }

    /// These people have joined, and were provisioned by the initial cycle.
    pub(crate) fn with_people(names: &[&str]) -> Self {
        let mut office = Self::new();
        for name in names {
            office.world.joins(name);
        }
        office.cycle();
        office
    }

    pub(crate) fn now(&self) -> DateTime {
        DateTime::from_unix_milliseconds(self.minutes * 60_000)
    }

    /// Time passes.
    pub(crate) fn hours_pass(&mut self, hours: i64) {
        self.minutes += hours * 60;
    }

    /// The next cycle of the job, 40 minutes later.
    pub(crate) fn cycle(&mut self) -> Cycle {
        self.minutes += 40;
        let directory = Arc::new(self.world.directory.clone());
        let ambient = Ambient { now: self.now(), seed: 7 };
        let cycle = self.job.begin(&directory, ambient).expect("the job is stopped");
        let cycle = self.world.drive(cycle);
        self.job.finish(&cycle, self.now());
        cycle
    }

    /// What the next cycle would do.
    pub(crate) fn preview(&mut self) -> Cycle {
        let directory = Arc::new(self.world.directory.clone());
        let ambient = Ambient { now: self.now(), seed: 7 };
        let cycle = self.job.preview(&directory, ambient).expect("the job is stopped");
        self.world.drive(cycle)
    }

    pub(crate) fn set(&mut self, name: &str, attribute: &str, value: &str) {
        let value = SourceValue::Text(value.to_owned());
        self.world.person(name).attributes.insert(attribute.to_owned(), value);
    }

    /// A group of the directory.
    pub(crate) fn group(&mut self, name: &str) -> &mut SourceObject {
        self.world.directory.groups.iter_mut().find(|group| group.id == name).unwrap()
    }

    /// The person or group is removed from the recycle bin too.
    pub(crate) fn is_purged(&mut self, name: &str) {
        self.world.directory.users.retain(|user| user.id != name);
        self.world.directory.groups.retain(|group| group.id != name);
        self.world.is_unassigned(name);
    }

    /// Which people the application lists in a group, by user name.
    pub(crate) fn members(&self, group: &str) -> Vec<String> {
        let found =
            self.world.application.groups().find(|each| each.as_map()["displayName"] == group);
        let members =
            found.and_then(|found| found.get("members").and_then(Value::as_array).cloned());
        let name = |member: &Value| {
            let account =
                self.world.application.users().find(|user| user.id() == member["value"].as_str());
            account.map(|user| {
                user.as_map()["userName"].as_str().unwrap().replace("@contoso.example", "")
            })
        };
        members.unwrap_or_default().iter().filter_map(name).collect()
    }
}
