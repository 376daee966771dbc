//! The states of the configuration that can be compared, each with its name.

use crate::draft::Draft;

/// One state.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct State {
    /// Names it among the others, and stays while others come and go.
    pub(super) key: String,
    /// What it is called.
    pub(super) label: String,
    pub(super) draft: Draft,
}

/// Where states come from.
#[derive(Clone, Debug, Default)]
pub(super) struct Origins {
    pub(super) now: Draft,
    /// The draft of the last preview.
    pub(super) preview: Option<Draft>,
    /// The draft as it was last saved to a file, or opened from one.
    pub(super) in_file: Option<Draft>,
    /// A file that was opened to be compared.
    pub(super) opened: Option<(String, Draft)>,
    /// The drafts before this one, the latest first.
    pub(super) past: Vec<Draft>,
}

/// The state that is typed now.
pub(super) const NOW: &str = "now";
/// That of the last preview.
pub(super) const PREVIEW: &str = "preview";

impl Origins {
    /// All states that differ in what is provisioned from the one named before them, the present one
    /// first.
    pub(super) fn states(self) -> Vec<State> {
        let Self { now, preview, in_file, opened, past } = self;
        let state = |key: &str, label: &str, draft| {
            let (key, label) = (key.to_owned(), label.to_owned());
            State { key, label, draft }
        };
        let opened =
            opened.map(|(name, draft)| state("opened", &format!("The file {name}"), draft));
        let mut states = vec![state(NOW, "Now", now.clone())];
        states.extend(preview.map(|draft| state(PREVIEW, "The last preview", draft)));
        states.extend(in_file.map(|draft| state("saved", "The project as saved", draft)));
        states.extend(opened);
        let mut later = now.clone();
        let mut ago = 0;
        for earlier in past {
            ago += 1;
            // With other people the comparison would say nothing.
            if earlier.people != now.people {
                break;
            }
            let Some(what) = difference(&earlier, &later) else { continue };
            let edits = if ago == 1 { "1 edit ago".to_owned() } else { format!("{ago} edits ago") };
            let label = format!("{edits}, before {what}");
            states.push(state(&format!("past-{ago}"), &label, earlier.clone()));
            later = earlier;
        }
        states
    }
}

/// What of two drafts differs, as far as it decides who is provisioned with what.
fn difference(earlier: &Draft, later: &Draft) -> Option<&'static str> {
    let skips = |draft: &Draft| (draft.sync_all, draft.skip_out_of_scope_deletions);
    let what = [
        (earlier.application != later.application, "the application"),
        (earlier.users != later.users, "the mapping or filter of users"),
        (earlier.groups != later.groups, "the mapping or filter of groups"),
        (earlier.assignments != later.assignments, "the assignment"),
        (skips(earlier) != skips(later), "the scope"),
        (earlier.connection != later.connection, "the connection"),
    ];
    what.iter().find(|(differs, _)| *differs).map(|(_, what)| *what)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::{Connection, PeopleSource};
    use crate::route::Step;

    fn draft(url: &str) -> Draft {
        let connection = Connection { tenant_url: url.to_owned(), ..Connection::default() };
        Draft { connection, ..Draft::default() }
    }

    fn labels(origins: Origins) -> Vec<String> {
        origins.states().into_iter().map(|state| state.label).collect()
    }

    #[test]
    fn states_are_named_and_those_that_say_the_same_are_left_out() {
        let visited = Draft { visited: vec![Step::Scope], ..draft("a") };
        let origins = Origins {
            now: draft("a"),
            preview: Some(draft("b")),
            in_file: Some(draft("c")),
            opened: Some(("x.json".to_owned(), draft("d"))),
            past: vec![visited, draft("b"), draft("b"), draft("c")],
        };
        let expected = [
            "Now",
            "The last preview",
            "The project as saved",
            "The file x.json",
            "2 edits ago, before the connection",
            "4 edits ago, before the connection",
        ];
        assert_eq!(labels(origins), expected);
        assert_eq!(labels(Origins::default()), ["Now"]);
    }

    #[test]
    fn the_past_ends_where_other_people_were_in_use() {
        let mut other = draft("b");
        other.people = PeopleSource::Invented { size: 1, seed: 1 };
        let now = draft("a");
        let origins = Origins { now, past: vec![draft("c"), other], ..Origins::default() };
        assert_eq!(labels(origins).len(), 2);
    }
}
