//! Where a row's value comes from: the mapping type, and the field that goes with it.

use leptos::prelude::*;
use provisioning::expression::{Expression, Fault, function};

use super::row::RowHandle;
use crate::draft::mapping::MappingType;
use crate::draft::place::RowField;
use crate::ui::{Disclosure, Select, SelectOption, TextArea, TextField};
use crate::wizard::Wizard;

/// The mapping type and its field; what was typed for the other types is kept.
#[component]
pub(super) fn SourceFields(handle: RowHandle, wizard: Wizard) -> impl IntoView {
    let kind = Memo::new(move |_| handle.with(|row| row.mapping_type));
    // None is not offered by the portal; a row that brought it along keeps the choice.
    let types: Vec<_> =
        [MappingType::Direct, MappingType::Constant, MappingType::Expression, MappingType::None]
            .into_iter()
            .filter(|offered| *offered != MappingType::None || kind.get_untracked() == *offered)
            .collect();
    let options: Vec<_> =
        types.iter().map(|kind| SelectOption::new(kind.label(), kind.label())).collect();
    let choose = move |label: String| {
        if let Some(kind) = types.iter().find(|kind| kind.label() == label) {
            handle.edit_source("row-mapping-type", |row| row.mapping_type = *kind);
        }
    };
    view! {
        <Select
            label="Mapping type"
            value=Signal::derive(move || kind.get().label().to_owned())
            on_change=choose
            options
        />
        {move || match kind.get() {
            MappingType::Direct => view! { <DirectField handle wizard /> }.into_any(),
            MappingType::Constant => view! { <ConstantField handle /> }.into_any(),
            MappingType::Expression => view! { <ExpressionField handle /> }.into_any(),
            MappingType::None => {
                view! { <p>"The target is left as it is, except for the default value."</p> }
                    .into_any()
            }
        }}
    }
}

#[component]
fn DirectField(handle: RowHandle, wizard: Wizard) -> impl IntoView {
    let suggestions =
        Signal::derive(move || wizard.people.with(|people| people.attributes().to_vec()));
    let sample = move || {
        let typed = handle.with(|row| row.direct.trim().to_owned());
        suggestions.with(|known| {
            let found = known.iter().find(|(name, _)| *name == typed);
            match found {
                Some((_, value)) => Some(format!("For example `{value}`.")),
                None if typed.is_empty() || known.is_empty() => {
                    Some("An attribute of Microsoft Entra ID, or `extension_…`.".to_owned())
                }
                None => Some(format!("Nobody among your people has a value for `{typed}`.")),
            }
        })
    };
    view! {
        <TextField
            label="Source attribute"
            mono=true
            value=handle.text(|row| &row.direct)
            on_input=move |text| handle.edit_source("row-direct", |row| row.direct = text)
            problem=handle.problem(RowField::Source)
            hint=Signal::derive(sample)
            suggestions
            placeholder="userPrincipalName"
        />
    }
}

#[component]
fn ConstantField(handle: RowHandle) -> impl IntoView {
    view! {
        <TextField
            label="Constant value"
            value=handle.text(|row| &row.constant)
            on_input=move |text| handle.edit_source("row-constant", |row| row.constant = text)
            problem=handle.problem(RowField::Source)
            hint="Everybody gets this text.".to_owned()
        />
    }
}

#[component]
fn ExpressionField(handle: RowHandle) -> impl IntoView {
    let text = handle.text(|row| &row.expression);
    let problem = Signal::derive(move || {
        text.with(|text| faults(text)).or_else(|| handle.problem(RowField::Source).get())
    });
    view! {
        <TextArea
            label="Expression"
            mono=true
            rows=6
            value=text
            on_input=move |text| handle.edit_source("row-expression", |row| row.expression = text)
            problem
            hint="Attributes in brackets, text in double quotes.".to_owned()
            placeholder="Join(\" \", [givenName], [surname])"
        />
    }
}

/// The functions of the language: how each is called and what it does.
#[component]
pub(super) fn FunctionHelp() -> impl IntoView {
    let functions = function::ALL.iter().map(|function| {
        view! {
            <dt>
                <code>{function.signature()}</code>
            </dt>
            <dd>{function.summary}</dd>
        }
    });
    view! {
        <Disclosure summary="Functions" note=function::ALL.len().to_string()>
            <div class="function-list" role="group" aria-label="Functions" tabindex="0">
                <dl>{functions.collect_view()}</dl>
            </div>
        </Disclosure>
    }
}

/// What is wrong with an expression that is not empty: the first fault, and how many follow.
fn faults(text: &str) -> Option<String> {
    if text.trim().is_empty() {
        return None;
    }
    let expression = Expression::parse(text);
    let (first, rest) = expression.faults().split_first()?;
    let more = match rest.len() {
        0 => String::new(),
        1 => " One more fault follows.".to_owned(),
        count => format!(" {count} more faults follow."),
    };
    Some(format!("{}{more}", sentence(text, first)))
}

/// Place, rule and repair of one fault.
fn sentence(text: &str, fault: &Fault) -> String {
    let place = 1 + text.get(..fault.span.start).unwrap_or_default().chars().count();
    let piece = text.get(fault.span.clone()).unwrap_or_default().trim();
    let at = match piece {
        "" => format!("Character {place}"),
        // The field draws what stands between backticks as code.
        piece => format!("Character {place}, at `{}`", shortened(piece).replace('`', "'")),
    };
    let repair = fault.help.as_deref().unwrap_or("mend it at that place");
    format!("{at}: {} – {repair}.", fault.message)
}

fn shortened(piece: &str) -> String {
    const LONGEST: usize = 24;
    match piece.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{} …", piece.get(..end).unwrap_or_default()),
        None => piece.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_names_its_place_quotes_the_piece_and_tells_the_repair() {
        let told = faults("Tolower([mail])").unwrap();
        assert!(told.starts_with("Character 1, at `Tolower"), "{told}");
        assert!(told.contains("ToLower"), "{told}");
        assert_eq!(faults("ToLower([mail])"), None);
        assert_eq!(faults("  "), None);
    }

    #[test]
    fn places_are_counted_in_characters() {
        let told = faults("Append(\"é\", mail)").unwrap();
        assert!(told.starts_with("Character 13"), "{told}");
    }

    #[test]
    fn a_long_piece_is_cut_at_a_character() {
        assert_eq!(shortened("kurz"), "kurz");
        assert_eq!(shortened(&"é".repeat(30)).chars().count(), 26);
    }
}
