//! Where the steps stand, derived from everything that is known.

use leptos::prelude::*;

use super::errand::Progressing;
use super::{People, Test, Wizard};
use crate::draft::Draft;
use crate::draft::place::Kind;
use crate::route::Step;
use crate::standing::{Facts, Standing};
use crate::verdict::{self, Outlook};

impl Wizard {
    pub(super) fn stands(self, step: Step) -> Standing {
        self.facts(|facts| facts.standing(step))
    }

    /// What stands in the way of a preview, if something does.
    pub fn not_ready(self) -> Option<String> {
        self.facts(|facts| facts.not_ready())
    }

    fn facts<T>(self, read: impl for<'a> FnOnce(&Facts<'a>) -> T) -> T {
        let tested = self.test.with(|test| match test {
            Test::Ended(trial) => verdict::verdict(trial).map(|it| it.outlook == Outlook::Good),
            _ => None,
        });
        let draft = self.draft.read();
        let people = self.people.read();
        let (ready, fault) = match &*people {
            People::Ready(summary) => (Some(summary), None),
            People::Refused(refusals) => (None, refusals.first().map(|r| r.rule.as_str())),
            _ => (None, None),
        };
        let (checked, judgement) = (self.checked.read(), self.judgement.read());
        read(&Facts {
            draft: &draft,
            checked: &checked,
            people: ready,
            people_fault: fault,
            lacks: self.not_authenticated(),
            has_target_file: self.target_file.with(Option::is_some),
            tested,
            judgement: judgement.as_ref(),
            previewed: self.preview.has_succeeded() && !self.is_stale(self.preview),
            has_run: self.run.has_succeeded(),
            delivered: self.delivered.get(),
        })
    }

    /// Whether the draft, or the application, has changed since an errand began.
    pub fn is_stale(self, errand: Progressing) -> bool {
        errand.outdated.get()
            || errand.basis.with(|basis| {
                basis.as_ref().is_some_and(|basis| self.with(|draft| !same_work(basis, draft)))
            })
    }
}

/// Whether two drafts give the same preview: what was opened, switched on, and tested does not
/// matter.
fn same_work(a: &Draft, b: &Draft) -> bool {
    bare(a) == bare(b)
}

fn bare(draft: &Draft) -> Draft {
    let mut bare = Draft { visited: Vec::new(), provisioning_on: false, ..draft.clone() };
    bare.connection.forget_after_minutes = 0;
    for kind in Kind::ALL {
        bare.mapping_mut(kind).rows.iter_mut().for_each(|row| row.tests.clear());
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::mapping::Row;
    use crate::draft::mapping::unit_test::{Expected, Subject, UnitTest};

    #[test]
    fn a_test_of_an_expression_leaves_a_preview_as_it_is() {
        let mut draft = Draft::default();
        draft.users.rows.push(Row::default());
        let mut tested = draft.clone();
        let subject = Subject::Person("ada@contoso.com".to_owned());
        tested.users.rows[0].tests.push(UnitTest { subject, expected: Expected::Empty });
        assert!(same_work(&draft, &tested));
        tested.users.rows[0].expression.push('x');
        assert!(!same_work(&draft, &tested));
    }
}
