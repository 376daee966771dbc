//! The one context that all screens share: the draft, what is derived from it, and the errands.
//!
//! Every edit goes through [`Wizard::edit`], so that undo, autosave and the worker hear of all of
//! them; everything else here is derived. The handle is `Copy`: components take it from context.

use std::time::Duration;

use leptos::prelude::*;
use leptos::reactive::spawn_local;

pub mod connection;
pub mod errand;
mod gallery;
mod tour;

use crate::ambient;
use crate::draft::check::Checked;
use crate::draft::place::Place;
use crate::draft::{Draft, PeopleSource, Route};
use crate::gallery::Recipe;
use crate::history::History;
use crate::people;
use crate::project::Project;
use crate::route::{Screen, Step};
use crate::secret::SecretToken;
use crate::standing::{Facts, Standing};
use crate::storage::{self, Key};
use crate::transport::{Cancel, Via};
use crate::worker::Client;
use crate::worker::message::{
    Answer, Ask, Judgement, PeopleSummary, PeopleText, Refusal, WireFault, WireRequest,
    WireResponse,
};
use errand::Progressing;

/// How long an edit rests before the worker and the storage hear of it.
const REST: Duration = Duration::from_millis(150);

/// The people in use.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum People {
    /// Nobody is loaded.
    #[default]
    Nobody,
    /// The worker reads them.
    Loading,
    /// They are read.
    Ready(PeopleSummary),
    /// They could not be read.
    Refused(Vec<Refusal>),
}

impl People {
    /// The attributes that anybody has a value for, with one such value.
    pub fn attributes(&self) -> &[(String, String)] {
        match self {
            Self::Ready(summary) => &summary.attributes,
            _ => &[],
        }
    }
}

/// The last connection test.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Test {
    /// None for what is typed now.
    #[default]
    None,
    /// The answer is awaited.
    Running,
    /// What was sent and what came back, in how many milliseconds.
    Ended(WireRequest, Result<WireResponse, WireFault>, f64),
}

/// Whether the work is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Saved {
    /// Nothing has been typed yet.
    #[default]
    Nothing,
    /// The draft is kept in this browser.
    Kept,
    /// It is not, and why.
    Failed(String),
}

/// What all screens share.
#[derive(Clone, Copy)]
pub struct Wizard {
    draft: RwSignal<Draft>,
    history: RwSignal<History<Draft>>,
    token: RwSignal<Option<SecretToken>>,
    pasted: StoredValue<Option<String>>,
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
    /// Counts up whenever the worker's view changes: slices are then asked for anew.
    pub view: RwSignal<u32>,
    /// Microsoft Graph JSON as it stands in its field: it outlives the step, refused or read.
    pub pasting: RwSignal<String>,
    /// The last connection test.
    pub test: RwSignal<Test>,
    /// The sandbox's misbehaviours that are switched on, by name; for this visit only.
    pub quirks: RwSignal<Vec<String>>,
    /// The gallery, once it is loaded, or why it is not.
    pub gallery: RwSignal<Option<Result<Vec<Recipe>, String>>>,
    /// The preview.
    pub preview: Progressing,
    /// The cycle in the sandbox.
    pub run: Progressing,
    /// Whether the work is kept.
    pub saved: RwSignal<Saved>,
    /// Whether a file was saved in the last step.
    pub delivered: RwSignal<bool>,
}

impl Wizard {
    /// Starts the worker, takes up the kept draft, and follows its edits.
    pub fn start() -> Self {
        let draft = RwSignal::new(Draft::default());
        let wizard = Self {
            draft,
            history: RwSignal::default(),
            token: RwSignal::new(None),
            pasted: StoredValue::new(None),
            checked: Memo::new(move |_| draft.with(Draft::check)),
            screen: RwSignal::new(Screen::Start),
            worker: Client::start(),
            people: RwSignal::default(),
            judgement: RwSignal::new(None),
            view: RwSignal::new(0),
            pasting: RwSignal::default(),
            test: RwSignal::default(),
            quirks: RwSignal::default(),
            gallery: RwSignal::new(None),
            preview: Progressing::default(),
            run: Progressing::default(),
            saved: RwSignal::default(),
            delivered: RwSignal::new(false),
        };
        provide_context(wizard);
        wizard.restore();
        wizard.follow();
        wizard
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
            self.history.update(|history| history.record(before, what, ambient::now()));
            self.draft.set(after);
        }
    }

    /// Goes to a step, as its link would.
    pub fn go(self, step: Step) {
        // Setting the fragment fails only in a page that is being left.
        let _ = window().location().set_hash(step.path());
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
        self.forget_token();
        self.load_people();
    }

    /// Opens a project that was saved. The token stays behind: the file may name another endpoint.
    pub fn open(self, project: Project) {
        self.forget_token();
        if let Some(text) = project.people {
            self.keep_pasted(text);
        }
        self.edit("open", |draft| *draft = project.draft);
        self.load_people();
    }

    /// The project as a file holds it; with the pasted people only if they are asked for.
    pub fn project(self, with_people: bool) -> Project {
        let people = self.pasted.get_value().filter(|_| with_people);
        Project::new(self.draft.get_untracked(), people)
    }

    /// Whether the people were pasted, so that a project may include them.
    pub fn has_pasted_people(self) -> bool {
        self.with(|draft| matches!(draft.people, PeopleSource::Graph { .. }))
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

    /// Where a step stands.
    pub fn standing(self, step: Step) -> Standing {
        self.facts(|facts| facts.standing(step))
    }

    /// What stands in the way of a preview, if something does.
    pub fn not_ready(self) -> Option<String> {
        self.facts(|facts| facts.not_ready())
    }

    fn facts<T>(self, read: impl for<'a> FnOnce(&Facts<'a>) -> T) -> T {
        let tested = self.test.with(|test| match test {
            Test::Ended(_, answer, _) => {
                Some(crate::verdict::judge(answer).outlook == crate::verdict::Outlook::Good)
            }
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
            has_token: self.token.with(Option::is_some),
            tested,
            judgement: judgement.as_ref(),
            previewed: self.preview.is_done() && !self.is_stale(self.preview),
            has_run: self.run.is_done(),
            delivered: self.delivered.get(),
        })
    }

    /// Whether the draft has changed since an errand began.
    pub fn is_stale(self, errand: Progressing) -> bool {
        errand.basis.with(|basis| {
            basis.as_ref().is_some_and(|basis| self.with(|draft| !same_work(basis, draft)))
        })
    }

    /// Holds the token.
    pub fn hold_token(self, token: SecretToken) {
        self.token.set(Some(token));
        self.test.set(Test::None);
    }

    /// Forgets the token.
    pub fn forget_token(self) {
        self.token.set(None);
        self.test.set(Test::None);
    }

    /// How many characters the token in memory has.
    pub fn token_length(self) -> Option<usize> {
        self.token.with(|token| token.as_ref().map(SecretToken::length))
    }

    /// A text without the token, should a server's answer repeat it.
    pub fn redact(self, text: &str) -> String {
        self.token.with_untracked(|token| {
            token.as_ref().map_or_else(|| text.to_owned(), |token| token.redact(text))
        })
    }

    /// What a request needs besides itself. The sandbox takes its own, public, token where the
    /// administrator has pasted none.
    pub fn via(self, cancel: Cancel) -> Via {
        let connection = self.peek(|draft| draft.connection.clone());
        let mut token = self.token.get_untracked();
        if connection.route == Route::Sandbox && token.is_none() {
            token = SecretToken::parse(sandbox::Sandbox::PUBLIC_TOKEN).ok();
        }
        Via {
            route: connection.route,
            token,
            worker: self.worker,
            timeout_seconds: connection.timeout_seconds,
            cancel,
        }
    }

    /// Reads pasted or opened Microsoft Graph JSON; what was in use stays until it is read.
    pub fn paste_people(self, text: String) {
        let fingerprint = people::fingerprint(&text);
        self.people.set(People::Loading);
        spawn_local(async move {
            match self.worker.ask(Ask::LoadPeople(PeopleText::Graph(text.clone()))).await {
                Ok(Answer::People(summary)) => {
                    let assignments = summary.assignments.clone();
                    self.keep_pasted(text);
                    self.edit("people", |draft| {
                        draft.people = PeopleSource::Graph { fingerprint };
                        draft.assignments = assignments;
                    });
                    self.take_people(summary);
                }
                Ok(Answer::Refused(refusals)) => self.people.set(People::Refused(refusals)),
                _ => self.people.set(People::Nobody),
            }
        });
    }

    /// Invents a tenant.
    pub fn invent_people(self, size: u32, seed: u32) {
        self.edit("people", |draft| {
            draft.people = PeopleSource::Invented { size, seed };
            draft.assignments.clear();
        });
        self.load_people();
    }

    /// Forgets the people in use, and what was pasted.
    pub fn forget_people(self) {
        self.pasted.set_value(None);
        storage::forget(Key::People);
        self.edit("people", |draft| {
            draft.people = PeopleSource::Nobody;
            draft.assignments.clear();
        });
        self.load_people();
    }

    fn keep_pasted(self, text: String) {
        if let Err(why) = storage::save(Key::People, &text) {
            self.saved.set(Saved::Failed(format!("the pasted people are not kept: {why}")));
        }
        self.pasted.set_value(Some(text));
    }

    /// Gives the worker the people that the draft names.
    pub fn load_people(self) {
        let text = match self.peek(|draft| draft.people.clone()) {
            PeopleSource::Nobody => PeopleText::Nobody,
            PeopleSource::Invented { size, seed } => PeopleText::Invented { size, seed },
            PeopleSource::Graph { fingerprint } => {
                let text = self.pasted.get_value();
                match text.filter(|text| people::fingerprint(text) == fingerprint) {
                    Some(text) => PeopleText::Graph(text),
                    None => return self.people.set(People::Refused(vec![missing_people()])),
                }
            }
        };
        if matches!(text, PeopleText::Nobody) {
            self.people.set(People::Nobody);
        } else {
            self.people.set(People::Loading);
        }
        spawn_local(async move {
            match self.worker.ask(Ask::LoadPeople(text)).await {
                Ok(Answer::People(summary)) if summary.users + summary.groups > 0 => {
                    self.take_people(summary);
                }
                Ok(Answer::Refused(refusals)) => self.people.set(People::Refused(refusals)),
                _ => self.judge(),
            }
        });
    }

    fn take_people(self, summary: PeopleSummary) {
        self.people.set(People::Ready(summary));
        self.judge();
    }

    fn judge(self) {
        spawn_local(self.judged());
    }

    /// Lets the worker judge the draft as it is now; an answer to an older draft is dropped.
    async fn judged(self) {
        let asked = self.draft.get_untracked();
        if let Ok(Answer::Judged(judgement)) = self.worker.ask(Ask::Configure(asked.clone())).await
            && self.peek(|present| *present == asked)
        {
            self.judgement.set(Some(judgement));
            self.view.update(|view| *view = view.wrapping_add(1));
        }
    }

    /// Autosave and the worker follow every edit after a short rest.
    fn follow(self) {
        let timer = StoredValue::new_local(None::<TimeoutHandle>);
        Effect::watch(
            move || self.draft.get(),
            move |_, _, _| {
                if let Some(earlier) = timer.try_update_value(Option::take).flatten() {
                    earlier.clear();
                }
                let rested = move || {
                    self.judge();
                    self.keep();
                };
                timer.set_value(set_timeout_with_handle(rested, REST).ok());
            },
            false,
        );
        // What was tested is no longer what is typed.
        let connection = Memo::new(move |_| {
            self.with(|draft| (draft.connection.tenant_url.clone(), draft.connection.route))
        });
        Effect::watch(move || connection.get(), move |_, _, _| self.test.set(Test::None), false);
    }

    fn keep(self) {
        if !self.peek(Draft::is_begun) {
            storage::forget(Key::Draft);
            return self.saved.set(Saved::Nothing);
        }
        let kept = storage::save(Key::Draft, &Project::new(self.draft.get_untracked(), None).write());
        self.saved.set(kept.map_or_else(Saved::Failed, |()| Saved::Kept));
    }

    /// Takes up what an earlier visit left; a draft that cannot be read is told, not thrown away.
    fn restore(self) {
        self.pasted.set_value(storage::load(Key::People));
        let Some(text) = storage::load(Key::Draft) else { return };
        match Project::read(&text) {
            Ok(project) => {
                self.draft.set(project.draft);
                self.saved.set(Saved::Kept);
                self.load_people();
            }
            Err(why) => self.saved.set(Saved::Failed(format!("the kept draft is unreadable: {why}"))),
        }
    }
}

/// Whether two drafts give the same preview: what was opened and switched on does not matter.
fn same_work(a: &Draft, b: &Draft) -> bool {
    let bare = |draft: &Draft| Draft {
        visited: Vec::new(),
        provisioning_on: false,
        ..draft.clone()
    };
    bare(a) == bare(b)
}

fn missing_people() -> Refusal {
    Refusal {
        place: "the pasted people".to_owned(),
        rule: "this project was made with pasted people that are not on this device".to_owned(),
        repair: "paste the same Graph JSON again, or invent a tenant".to_owned(),
    }
}
