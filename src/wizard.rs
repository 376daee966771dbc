//! The one context that all screens share: the draft, what is derived from it, and the errands.
//!
//! Every edit goes through [`Wizard::edit`], so that undo, autosave and the worker hear of all of
//! them; everything else here is derived. The handle is `Copy`: components take it from context.

use leptos::prelude::*;

mod access;
mod accounts;
mod by_hand;
mod connection;
pub mod errand;
mod gallery;
mod idle;
pub mod import;
mod keeping;
mod later;
mod people;
mod relay;
mod steps;
mod tour;
mod workbench;

pub use connection::Test;
pub use gallery::Asked;
pub use keeping::Saved;
pub use later::Later;
pub use people::People;

use crate::ambient;
use crate::draft::by_hand::ByHand;
use crate::draft::check::Checked;
use crate::draft::place::Place;
use crate::draft::workpiece::Workpiece;
use crate::draft::{Draft, PeopleSource};
use crate::gallery::Recipe;
use crate::grant::Access;
use crate::guidance::Guide;
use crate::history::History;
use crate::ledger::Ledger;
use crate::project::Project;
use crate::route::{Screen, Step};
use crate::secret::HeldSecret;
use crate::storage::{self, Key};
use crate::worker::Client;
use crate::worker::message::{Judgement, Reviewed};
use errand::Progressing;
use import::Import;

/// What all screens share.
#[derive(Clone, Copy)]
pub struct Wizard {
    later: RwSignal<Option<Later>>,
    draft: RwSignal<Draft>,
    history: RwSignal<History<Draft>>,
    secret: RwSignal<Option<HeldSecret>>,
    relay_key: RwSignal<Option<HeldSecret>>,
    access: StoredValue<Option<Access>>,
    /// After how many idle minutes the secret was forgotten, if it was.
    pub forgotten: RwSignal<Option<u32>>,
    pasted: StoredValue<Option<String>>,
    /// The changes by hand that the numbers of the people know of.
    counted_by_hand: StoredValue<ByHand>,
    /// What checking the draft says.
    pub checked: Memo<Checked>,
    /// What is on show.
    pub screen: RwSignal<Screen>,
    /// The worker.
    pub worker: Client,
    /// The people in use.
    pub people: RwSignal<People>,
    /// What the worker says of the draft.
    pub judgement: RwSignal<Option<Judgement>>,
    /// What the worker remarks on the draft over all people, and foretells. It follows the draft
    /// once that has rested for a while.
    pub review: RwSignal<Option<Reviewed>>,
    /// Counts up whenever the worker's view changes: slices are then asked for anew.
    pub view: RwSignal<u32>,
    /// People as text, as it stands in its field: it outlives the step, refused or read.
    pub pasting: RwSignal<String>,
    /// Files that people are read from.
    pub import: Import,
    /// The last connection test.
    pub test: RwSignal<Test>,
    /// The sandbox's misbehaviours that are switched on, by name; for this visit only.
    pub quirks: RwSignal<Vec<String>>,
    /// The gallery, once it is loaded, or why it is not.
    pub gallery: RwSignal<Option<Result<Vec<Recipe>, String>>>,
    /// Where each step is in the portal.
    pub guide: Guide,
    /// The preview.
    pub preview: Progressing,
    /// The cycle in the sandbox.
    pub run: Progressing,
    /// Whether the work is kept.
    pub saved: RwSignal<Saved>,
    /// The file whose users stand for those of the application: its name, and how many.
    pub target_file: RwSignal<Option<(String, usize)>>,
    /// The draft as a file of this device holds it: as it was last saved there, or opened.
    pub in_file: RwSignal<Option<Draft>>,
    /// Whether a file was saved in the last step.
    pub delivered: RwSignal<bool>,
    /// What left the page.
    pub ledger: RwSignal<Ledger>,
    /// What lies on the workbench.
    pub workpiece: RwSignal<Workpiece>,
}

impl Wizard {
    /// An empty draft; [`Wizard::complete`] takes up the kept one.
    pub fn start() -> Self {
        let later = RwSignal::new(None);
        let draft = RwSignal::new(Draft::default());
        let wizard = Self {
            later,
            draft,
            history: RwSignal::default(),
            secret: RwSignal::new(None),
            relay_key: RwSignal::new(None),
            access: StoredValue::new(None),
            forgotten: RwSignal::new(None),
            pasted: StoredValue::new(None),
            counted_by_hand: StoredValue::new(ByHand::default()),
            checked: Memo::new(move |_| draft.with(|draft| Self::check(later.get(), draft))),
            screen: RwSignal::new(Screen::Start),
            worker: Client::default(),
            people: RwSignal::default(),
            judgement: RwSignal::new(None),
            review: RwSignal::new(None),
            view: RwSignal::new(0),
            pasting: RwSignal::default(),
            import: Import::default(),
            test: RwSignal::default(),
            quirks: RwSignal::default(),
            gallery: RwSignal::new(None),
            guide: Guide::default(),
            preview: Progressing::default(),
            run: Progressing::default(),
            saved: RwSignal::default(),
            target_file: RwSignal::new(None),
            in_file: RwSignal::new(None),
            delivered: RwSignal::new(false),
            ledger: RwSignal::default(),
            workpiece: RwSignal::default(),
        };
        provide_context(wizard);
        wizard
    }

    /// Starts the worker, takes up the kept draft, and follows its edits.
    fn take_up(self) {
        self.worker.start();
        self.restore();
        self.restore_workpiece();
        // The kept draft has taken the place of the one in which this was noted.
        if let Some(step) = self.screen.get_untracked().step() {
            self.visit(step);
        }
        self.follow();
        self.follow_workpiece();
        self.forget_when_idle();
    }

    /// The shared context.
    pub fn here() -> Self {
        expect_context()
    }

    /// Reads the draft, and follows its changes.
    pub fn with<T>(self, read: impl FnOnce(&Draft) -> T) -> T {
        self.draft.with(read)
    }

    /// Reads the draft once.
    pub fn peek<T>(self, read: impl FnOnce(&Draft) -> T) -> T {
        self.draft.with_untracked(read)
    }

    /// Changes the draft: the one way in which anything is edited. `what` names the edited place,
    /// so that typing in one field is one step of undo.
    pub fn edit(self, what: &'static str, change: impl FnOnce(&mut Draft)) {
        let before = self.draft.get_untracked();
        let mut after = before.clone();
        change(&mut after);
        if after != before {
            // Two rows deleted in a row are two steps, however quick the hand is.
            let typed = (before.shape() == after.shape()).then_some(what);
            self.history.update(|history| history.record(before, typed, ambient::now()));
            self.draft.set(after);
        }
    }

    /// Goes to a step, as its link would.
    pub fn go(self, step: Step) {
        self.show(Screen::Step(step));
    }

    /// Goes to a screen, as its link would.
    pub fn show(self, screen: Screen) {
        // Setting the fragment fails only in a page that is being left.
        let _ = window().location().set_hash(screen.path());
    }

    /// Notes that a step was opened; no step of undo.
    pub fn visit(self, step: Step) {
        if !self.peek(|draft| draft.visited.contains(&step)) {
            self.draft.update(|draft| draft.visited.push(step));
        }
    }

    /// Takes the last edit back.
    pub fn undo(self) {
        let current = self.draft.get_untracked();
        if let Some(earlier) = self.history.try_update(|history| history.undo(current)).flatten() {
            self.exchange(earlier);
        }
    }

    /// Does the edit again that was taken back.
    pub fn redo(self) {
        let current = self.draft.get_untracked();
        if let Some(later) = self.history.try_update(|history| history.redo(current)).flatten() {
            self.exchange(later);
        }
    }

    /// The drafts before this one, the latest first.
    pub fn past(self) -> Vec<Draft> {
        self.history.with(|history| history.past().cloned().collect())
    }

    /// Whether there is something to undo, and to redo.
    pub fn can_undo_redo(self) -> (bool, bool) {
        self.history.with(|history| (history.can_undo(), history.can_redo()))
    }

    /// Another draft takes the place of the present one; its people with it, if they differ.
    fn exchange(self, draft: Draft) {
        let others = self.peek(|present| present.people != draft.people);
        self.draft.set(draft);
        if others {
            self.load_people();
        }
    }

    /// Empties everything, the kept draft and the token too. Undo brings the draft back.
    pub fn start_over(self) {
        self.edit("start-over", |draft| *draft = Draft::default());
        storage::forget(Key::People);
        self.pasting.set(String::new());
        self.forget_files();
        self.workpiece.set(Workpiece::default());
        self.forget_secrets();
        self.load_people();
    }

    /// Opens a project that was saved. The secrets stay behind: the file may name another endpoint,
    /// and another relay.
    pub fn open(self, project: Project) {
        self.forget_secrets();
        if let Some(text) = project.people {
            self.keep_people(Some(text));
        }
        self.in_file.set(Some(project.draft.clone()));
        self.edit("open", |draft| *draft = project.draft);
        self.load_people();
    }

    /// The project as a file holds it; with people that were read only if they are asked for.
    pub fn project(self, with_people: bool) -> Project {
        let people = self.pasted.get_value().filter(|_| with_people);
        let mut draft = self.draft.get_untracked();
        self.in_file.set(Some(draft.clone()));
        if !with_people {
            draft.by_hand = ByHand::default();
        }
        Project::new(draft, people)
    }

    /// Whether the people were changed by hand, or were read and are few enough, so that a project
    /// may include them.
    pub fn has_own_people(self) -> bool {
        let is_kept = self.pasted.with_value(Option::is_some);
        self.with(|draft| {
            let is_read = matches!(draft.people, PeopleSource::Graph { .. });
            (is_kept && is_read) || !draft.by_hand.is_empty()
        })
    }

    /// The problem at a place, as a field shows it.
    pub fn problem_at(self, place: Place) -> Option<String> {
        let typed = self.checked.with(|checked| checked.at(&place).map(|p| p.sentence()));
        typed.or_else(|| {
            self.judgement.with(|judged| {
                let problems = &judged.as_ref()?.problems;
                problems.iter().find(|problem| problem.place == place).map(|p| p.sentence())
            })
        })
    }
}
