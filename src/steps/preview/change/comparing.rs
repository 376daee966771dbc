//! Two states beside each other: which ones, their counts, and who moves.

use leptos::prelude::*;
use leptos::reactive::spawn_local;
use leptos::web_sys::File;

use super::state::{NOW, Origins, PREVIEW, State};
use crate::download;
use crate::draft::Draft;
use crate::project::Project;
use crate::ui::{CHUNK, chunk_from};
use crate::wizard::Wizard;
use crate::worker::message::{Answer, Ask, Compared, MoveQuery, MoveRow, Moves};

/// A comparison on show.
#[derive(Clone, Copy)]
pub(super) struct Comparing {
    pub(super) wizard: Wizard,
    /// The file that was opened to be compared, by its name.
    pub(super) opened_file: RwSignal<Option<(String, Draft)>>,
    pub(super) refused: RwSignal<Option<String>>,
    /// The states that can be compared.
    pub(super) states: Memo<Vec<State>>,
    /// The keys of the two that are.
    pub(super) earlier: RwSignal<String>,
    pub(super) later: RwSignal<String>,
    /// The counts, with the view and the two states that they belong to.
    pub(super) compared: RwSignal<Option<(Compared, Basis)>>,
    pub(super) movement: RwSignal<Option<String>>,
    pub(super) attribute: RwSignal<Option<String>>,
    pub(super) from: RwSignal<usize>,
    pub(super) moves: RwSignal<Moves>,
    pub(super) opened: RwSignal<Option<usize>>,
}

/// What a comparison holds for.
type Basis = (u32, String, String);

impl Comparing {
    pub(super) fn new(wizard: Wizard) -> Self {
        let opened_file = RwSignal::new(None);
        let states = Memo::new(move |_| {
            let preview = wizard.preview.basis.get();
            let origins = Origins {
                now: wizard.with(Draft::clone),
                preview: preview.filter(|basis| wizard.with(|now| now.people == basis.people)),
                in_file: wizard.in_file.get(),
                opened: opened_file.get(),
                past: wizard.past(),
            };
            origins.states()
        });
        let comparing = Self {
            wizard,
            opened_file,
            refused: RwSignal::new(None),
            states,
            earlier: RwSignal::new(PREVIEW.to_owned()),
            later: RwSignal::new(NOW.to_owned()),
            compared: RwSignal::new(None),
            movement: RwSignal::new(None),
            attribute: RwSignal::new(None),
            from: RwSignal::new(0),
            moves: RwSignal::default(),
            opened: RwSignal::new(None),
        };
        comparing.follow_rows();
        comparing
    }

    fn draft(self, key: &str) -> Option<Draft> {
        let found = self.states.with_untracked(|states| {
            states.iter().find(|state| state.key == key).map(|state| state.draft.clone())
        });
        found.filter(|_| !key.is_empty())
    }

    fn basis(self) -> Basis {
        (self.wizard.view.get(), self.earlier.get(), self.later.get())
    }

    /// The counts of what is chosen now; those of an earlier text are void.
    pub(super) fn present(self) -> Option<Compared> {
        let basis = self.basis();
        self.compared.get().filter(|(_, of)| *of == basis).map(|(compared, _)| compared)
    }

    /// Why nothing can be compared now.
    pub(super) fn idle(self) -> Option<String> {
        let there =
            |key: &str| self.states.with(|states| states.iter().any(|state| state.key == key));
        let (earlier, later) = (self.earlier.get(), self.later.get());
        match there(&earlier) && there(&later) {
            false => Some("choose two states of the configuration".to_owned()),
            true if earlier == later => Some("both are the same state".to_owned()),
            true => None,
        }
    }

    pub(super) fn compare(self) {
        let basis = untrack(|| self.basis());
        let Some(earlier) = self.draft(&basis.1) else { return };
        // The worker has prepared everybody for the present one already.
        let later = self.draft(&basis.2).filter(|_| basis.2 != NOW).map(Box::new);
        spawn_local(async move {
            let asked = self.wizard.worker.ask(Ask::Compare(Box::new(earlier), later)).await;
            if let Ok(Answer::Compared(compared)) = asked {
                self.opened.try_set(None);
                self.movement.try_set(None);
                self.attribute.try_set(None);
                self.compared.try_set(Some((compared, basis)));
            }
        });
    }

    /// Takes a project file to compare with; the draft stays as it is.
    pub(super) fn open(self, file: File) {
        spawn_local(async move {
            let read = download::read(&file).await.and_then(|text| Project::read(&text));
            match read {
                Ok(project) => {
                    self.refused.try_set(None);
                    self.opened_file.try_set(Some((file.name(), project.draft)));
                    self.earlier.try_set("opened".to_owned());
                }
                Err(why) => drop(self.refused.try_set(Some(why))),
            }
        });
    }

    /// The rows follow the filter and the table's window; an answer to an earlier question is
    /// dropped.
    fn follow_rows(self) {
        let query = Memo::new(move |_| {
            self.present()?;
            let from = chunk_from(self.from.get());
            let (movement, attribute) = (self.movement.get(), self.attribute.get());
            Some(MoveQuery { movement, attribute, from, count: CHUNK })
        });
        Effect::new(move |_| {
            let Some(asked) = query.get() else { return self.moves.set(Moves::default()) };
            spawn_local(async move {
                let answer = self.wizard.worker.ask(Ask::Moves(asked.clone())).await;
                if let Ok(Answer::Moves(moves)) = answer
                    && query.try_get_untracked().flatten() == Some(asked)
                {
                    self.moves.try_set(moves);
                }
            });
        });
    }

    pub(super) fn row(self) -> Option<MoveRow> {
        let at = self.opened.get()?;
        self.moves.with(|moves| moves.rows.get(at.checked_sub(moves.from)?).cloned())
    }
}
