//! The expression as a form: a select for each part, a slot for each parameter. What is changed
//! here is written as text, and what is changed there is read again.

use leptos::prelude::*;
use provisioning::expression::Expression;
use provisioning::expression::form::Form;
use provisioning::expression::highlight::tokens;
use provisioning::expression::tree::{Comparison, Keyword};

mod part;
mod slot;

use super::super::advice::Explanation;
use super::super::bench::Bench;
use crate::ui::{Notice, Tone};
use part::Way;
use slot::Slot;

/// The form and the text that it was read from or written to.
#[derive(Clone, Copy)]
struct Filling {
    bench: Bench,
    form: RwSignal<Form>,
    written: StoredValue<String>,
}

impl Filling {
    fn new(bench: Bench) -> Self {
        let text = bench.text.get_untracked();
        let filling = Self {
            bench,
            form: RwSignal::new(Form::of(&Expression::parse(&text))),
            written: StoredValue::new(text),
        };
        Effect::new(move |_| {
            let text = bench.text.get();
            // What the form wrote itself says less than the form: it has no empty slots.
            if filling.written.with_value(|written| *written != text) {
                filling.form.set(Form::of(&Expression::parse(&text)));
                filling.written.set_value(text);
            }
        });
        filling
    }

    fn change(self, change: impl FnOnce(&mut Form)) {
        self.form.update(change);
        let text = self.form.with_untracked(Form::to_text);
        self.written.set_value(text.clone());
        self.bench.write(text);
    }

    fn put(self, way: &[usize], value: Option<Form>) {
        self.change(|form| part::put(form, way, value));
    }
}

/// The form; in its place a word on the text, where the form cannot hold all of it.
#[component]
pub(super) fn FormView(bench: Bench) -> impl IntoView {
    let filling = Filling::new(bench);
    let is_whole =
        Memo::new(move |_| filling.form.with(|form| bench.text.with(|text| holds(form, text))));
    view! {
        <div class="form-view" role="group" aria-label="The expression as a form">
            {move || {
                if is_whole.get() {
                    view! {
                        <Slot filling way=Way::new() />
                        <Explanation bench />
                    }
                        .into_any()
                } else {
                    view! {
                        <Notice title="The form cannot hold this text" tone=Tone::Warning>
                            <p>"Mend the faults in the text first; nothing is lost until then."</p>
                        </Notice>
                    }
                        .into_any()
                }
            }}
        </div>
    }
}

/// Whether a form holds every piece of a text, blanks and the commas of empty places aside.
fn holds(form: &Form, text: &str) -> bool {
    let pieces = |text: &str| -> Vec<String> {
        let pieces = tokens(text).into_iter().filter_map(|token| text.get(token.span));
        pieces.filter(|piece| *piece != ",").map(str::to_owned).collect()
    };
    Expression::parse(text).is_sound() || pieces(&form.to_text()) == pieces(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, is_held: bool) {
        assert_eq!(holds(&Form::of(&Expression::parse(text)), text), is_held, "{text}");
    }

    #[test]
    fn a_text_that_would_be_cut_is_not_shown_as_a_form() {
        check("Join(\" \", [givenName], [surname])", true);
        check("Left([mail], )", true);
        check("", true);
        check("Left([mail], 3) and more", false);
        check("Left([mail], 3", false);
    }
}
