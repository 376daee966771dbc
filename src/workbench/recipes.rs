//! The recipe book: expressions for what is asked for most, ready to be taken and changed.

use leptos::prelude::*;
use provisioning::expression::recipe::{self, Recipe, Sample};

use super::bench::Bench;
use crate::ui::{Button, Code, EmptyState, Glyph, Message, SearchField};

/// All recipes.
#[component]
pub(super) fn RecipesPanel(bench: Bench) -> impl IntoView {
    let search = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        search.with(|search| recipe::ALL.iter().filter(|recipe| answers(recipe, search)).count())
    });
    let told =
        Signal::derive(move || Some(format!("{} of {} recipes", found.get(), recipe::ALL.len())));
    let entries = recipe::ALL.iter().map(|recipe| {
        let is_seen = Memo::new(move |_| search.with(|search| answers(recipe, search)));
        view! {
            <li hidden=move || !is_seen.get()>
                <Entry bench recipe />
            </li>
        }
    });
    view! {
        <div class="bench-panel">
            <SearchField
                label="Search the recipes"
                value=search
                on_input=move |text| search.set(text)
                found=told
            />
            <ul class="recipe-list">{entries.collect_view()}</ul>
            <Show when=move || found.get() == 0>
                <EmptyState title="No recipe answers to these words" glyph=Glyph::Search />
            </Show>
        </div>
    }
}

#[component]
fn Entry(bench: Bench, recipe: &'static Recipe) -> impl IntoView {
    let samples = recipe.samples.iter().map(|sample| view! { <li>{line(sample)}</li> });
    view! {
        <section aria-label=recipe.name>
            <h3>{recipe.name}</h3>
            <p>
                <Message text=Some(recipe.purpose.to_owned()) />
            </p>
            <Code label="Expression" text=recipe.expression />
            <ul>{samples.collect_view()}</ul>
            <small>
                <Message text=Some(recipe.notes.to_owned()) />
            </small>
            <Button
                label="Use this recipe"
                on_click=move |()| bench.take(recipe.expression, "The recipe")
            />
        </section>
    }
}

/// "surname = Silva gives Silva".
fn line(sample: &Sample) -> String {
    let pairs: Vec<String> =
        sample.attributes.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    let given = if pairs.is_empty() { "no value".to_owned() } else { pairs.join(", ") };
    format!("{given} → {}", sample.result.unwrap_or("nothing is sent"))
}

fn answers(recipe: &Recipe, search: &str) -> bool {
    let text = format!("{} {} {} {}", recipe.name, recipe.purpose, recipe.expression, recipe.notes);
    let text = text.to_lowercase();
    search.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recipes_are_found_by_what_they_are_for_and_what_they_call() {
        let found = |search: &str| recipe::ALL.iter().filter(|r| answers(r, search)).count();
        assert_eq!(found(""), recipe::ALL.len());
        assert!(0 < found("coalesce mail") && found("coalesce mail") < recipe::ALL.len());
    }

    #[test]
    fn a_sample_says_what_comes_out() {
        let sample = Sample { attributes: &[("surname", "Silva")], result: None };
        assert_eq!(line(&sample), "surname = Silva → nothing is sent");
    }
}
