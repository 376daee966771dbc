//! Label, hint, control and problem, wired to each other once.

use leptos::prelude::*;

use super::id;
use super::message::Message;

/// What a control needs to belong to its field.
#[derive(Clone)]
pub struct Wiring {
    /// The control's id; the label points to it.
    pub id: String,
    /// For `aria-describedby`: the hint and the problem.
    pub described_by: String,
    /// For `aria-invalid`: `Some("true")` while there is a problem.
    pub invalid: Signal<Option<&'static str>>,
}

/// One question of a form: its label, how to answer it, the control and what is wrong with the
/// answer. The control is handed in and takes its [`Wiring`]: `<Field label="Name" let:wiring>`.
///
/// Keyboard: a click on the label focuses the control; a new problem is read out politely.
#[component]
pub fn Field<F, V>(
    /// The question, in one to three words.
    #[prop(into)]
    label: Signal<String>,
    /// How to answer, under the label.
    #[prop(into, optional)]
    hint: Signal<Option<String>>,
    /// What is wrong: place, rule and repair.
    #[prop(into, optional)]
    problem: Signal<Option<String>>,
    /// Marks an answer that may be left out.
    #[prop(optional)]
    optional: bool,
    /// The label is heard but not seen: for a control whose place already says it.
    #[prop(optional)]
    label_hidden: bool,
    /// The control.
    children: F,
) -> impl IntoView
where
    F: FnOnce(Wiring) -> V,
    V: IntoView,
{
    let id = id::fresh("field");
    let hint_id = format!("{id}-hint");
    let problem_id = format!("{id}-problem");
    let wiring = Wiring {
        id: id.clone(),
        described_by: format!("{hint_id} {problem_id}"),
        invalid: Signal::derive(move || problem.with(Option::is_some).then_some("true")),
    };
    view! {
        <div class="field" data-state=move || problem.with(Option::is_some).then_some("problem")>
            <label for=id data-hidden=label_hidden.then_some("")>
                {label}
                {optional.then(|| view! { <small>" optional"</small> })}
            </label>
            <p data-part="hint" id=hint_id><Message text=hint /></p>
            {children(wiring)}
            <p data-part="problem" id=problem_id aria-live="polite"><Message text=problem /></p>
        </div>
    }
}
