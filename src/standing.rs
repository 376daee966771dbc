//! Where each step stands: open, done, with a problem, or blocked and why.

use crate::draft::check::Checked;
use crate::draft::place::Place;
use crate::draft::{Draft, PeopleSource, Route};
use crate::route::Step;
use crate::worker::message::{Judgement, PeopleSummary};

/// How far a step is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Still to do.
    Open,
    /// All it needs is there.
    Done,
    /// Something in it is wrong: the first problem's sentence.
    Problem(String),
    /// It cannot be done yet, and why.
    Blocked(String),
}

/// Everything that decides where the steps stand.
pub struct Facts<'a> {
    /// What was typed.
    pub draft: &'a Draft,
    /// What checking it said.
    pub checked: &'a Checked,
    /// The people in use, if there are any.
    pub people: Option<&'a PeopleSummary>,
    /// Why the people could not be read.
    pub people_fault: Option<&'a str>,
    /// What has to be given in Connection before a request can leave the page.
    pub lacks: Option<String>,
    /// The users of the application come from a file.
    pub has_target_file: bool,
    /// The last connection test for what is typed now: passed, failed, or none.
    pub tested: Option<bool>,
    /// What the worker said of the draft.
    pub judgement: Option<&'a Judgement>,
    /// A preview of the configuration as it is now exists.
    pub previewed: bool,
    /// A cycle was run.
    pub has_run: bool,
    /// Something was saved.
    pub delivered: bool,
}

impl Facts<'_> {
    /// Where a step stands.
    pub fn standing(&self, step: Step) -> Standing {
        if let Some(why) = self.blocked(step) {
            return Standing::Blocked(why);
        }
        if let Some(problem) = self.problem(step) {
            return Standing::Problem(problem);
        }
        if self.is_done(step) { Standing::Done } else { Standing::Open }
    }

    fn visited(&self, step: Step) -> bool {
        self.draft.visited.contains(&step)
    }

    fn blocked(&self, step: Step) -> Option<String> {
        let no_application = self.draft.application.is_none();
        match step {
            Step::Application => None,
            _ if no_application => Some("add an application first".to_owned()),
            Step::Scope if self.people.is_none() => Some("choose the people first".to_owned()),
            Step::Preview | Step::Run => self.not_ready(),
            _ => None,
        }
    }

    /// The first thing that stands in the way of a preview.
    pub fn not_ready(&self) -> Option<String> {
        if self.people.is_none() {
            return Some("choose the people first".to_owned());
        }
        if self.checked.tenant_url.is_none() {
            return Some("give a tenant URL in Connection first".to_owned());
        }
        if self.draft.connection.route == Route::Paste && !self.has_target_file {
            let why = "the route No network sends nothing: choose another in Connection first";
            return Some(why.to_owned());
        }
        let is_outside = self.draft.connection.route != Route::Sandbox && !self.has_target_file;
        if is_outside && !self.draft.connection.authentication.method.can_be_tried() {
            return Some(
                "the authentication method cannot be tried from here: choose the sandbox in \
                 Connection first"
                    .to_owned(),
            );
        }
        if let Some(lacks) = self.lacks.as_ref().filter(|_| is_outside) {
            return Some(format!("{}: {lacks}", Step::Connection));
        }
        if self.checked.sound().is_none() {
            let first = self.checked.problems.iter().find(|p| p.place != Place::TenantUrl)?;
            return Some(format!("{}: {}", first.place.step(), first.message));
        }
        let problem = self.judgement?.problems.first()?;
        Some(format!("{}: {}", problem.place.step(), problem.message))
    }

    fn problem(&self, step: Step) -> Option<String> {
        // An empty draft is not wrong, it is empty: what is merely missing is "open".
        let missing = |place: &Place| {
            matches!(place, Place::Application)
                || (*place == Place::TenantUrl && self.draft.connection.tenant_url.is_empty())
        };
        if step == Step::People
            && let Some(fault) = self.people_fault
        {
            return Some(fault.to_owned());
        }
        if step == Step::Connection && self.tested == Some(false) {
            return Some("the last connection test failed".to_owned());
        }
        let typed = self.checked.of(step).find(|problem| !missing(&problem.place));
        let found = self.judgement.iter().flat_map(|judged| &judged.problems);
        let found = typed.or_else(|| found.into_iter().find(|p| p.place.step() == step));
        found.map(|problem| problem.message.clone())
    }

    fn is_done(&self, step: Step) -> bool {
        match step {
            Step::Application => self.draft.application.is_some(),
            Step::People => {
                let somebody = self.draft.sync_all || !self.draft.assignments.is_empty();
                self.draft.people != PeopleSource::Nobody && self.people.is_some() && somebody
            }
            Step::Connection => self.tested == Some(true),
            Step::Mappings => self.visited(step),
            Step::Scope => self.visited(step),
            Step::Preview => self.previewed,
            Step::Run => self.has_run,
            Step::Deliver => self.delivered,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gallery::tests::envoy;

    fn standing(draft: &Draft, people: Option<&PeopleSummary>, step: Step) -> Standing {
        let checked = draft.check();
        let facts = Facts {
            draft,
            checked: &checked,
            people,
            people_fault: None,
            lacks: Some("paste the secret token first".to_owned()),
            has_target_file: false,
            tested: None,
            judgement: None,
            previewed: false,
            has_run: false,
            delivered: false,
        };
        facts.standing(step)
    }

    #[test]
    fn at_the_beginning_only_the_first_step_is_open() {
        let draft = Draft::default();
        assert_eq!(standing(&draft, None, Step::Application), Standing::Open);
        for step in &Step::ALL[1..] {
            let found = standing(&draft, None, *step);
            assert_eq!(found, Standing::Blocked("add an application first".to_owned()), "{step}");
        }
    }

    #[test]
    fn the_preview_says_what_is_missing_in_the_order_of_the_walk() {
        let mut draft = Draft::default();
        draft.add_application("Envoy", envoy());
        let blocked = |draft: &Draft, people| match standing(draft, people, Step::Preview) {
            Standing::Blocked(why) => why,
            other => panic!("{other:?}"),
        };
        assert!(blocked(&draft, None).contains("people"));
        let people = PeopleSummary { users: 10, ..PeopleSummary::default() };
        assert_eq!(standing(&draft, Some(&people), Step::Preview), Standing::Open);
        draft.connection.route = Route::Relay;
        assert!(blocked(&draft, Some(&people)).contains("token"));
        draft.connection.route = Route::Paste;
        assert!(blocked(&draft, Some(&people)).contains("No network"));
        draft.connection.route = Route::Sandbox;
        draft.users.row_mut(1).unwrap().precedence.clear();
        assert!(blocked(&draft, Some(&people)).contains("no matching attribute"));
    }

    #[test]
    fn a_problem_is_told_at_its_own_step() {
        let mut draft = Draft::default();
        draft.add_application("Envoy", envoy());
        draft.connection.tenant_url = "ftp".to_owned();
        assert!(matches!(standing(&draft, None, Step::Connection), Standing::Problem(_)));
        assert_eq!(standing(&draft, None, Step::Mappings), Standing::Open);
    }
}
