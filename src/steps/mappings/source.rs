//! Where a row's value comes from: the mapping type, and the field that goes with it.

use std::ops::Range;

use leptos::prelude::*;

use super::row::RowHandle;
use crate::draft::mapping::MappingType;
use crate::draft::place::RowField;
use crate::expression_editor::ExpressionEditor;
use crate::ui::{Select, SelectOption, TextField};
use crate::wizard::Wizard;

/// The mapping type and its field; what was typed for the other types is kept.
#[component]
pub(super) fn SourceFields(
    handle: RowHandle,
    wizard: Wizard,
    /// The pieces of the expression to light up.
    lit: RwSignal<Vec<Range<usize>>>,
) -> impl IntoView {
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
            MappingType::Expression => view! { <ExpressionField handle lit /> }.into_any(),
            MappingType::None => {
                view! { <p>"The target is left as it is, except for the default value."</p> }
                    .into_any()
            }
        }}
    }
}

#[component]
fn DirectField(handle: RowHandle, wizard: Wizard) -> impl IntoView {
    let suggestions = Signal::derive(move || wizard.people.with(|people| people.samples()));
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
fn ExpressionField(handle: RowHandle, lit: RwSignal<Vec<Range<usize>>>) -> impl IntoView {
    view! {
        <ExpressionEditor
            label="Expression"
            value=handle.text(|row| &row.expression)
            on_input=move |text| handle.edit_source("row-expression", |row| row.expression = text)
            setting=handle.setting()
            lit
            problem=handle.problem(RowField::Source)
            hint="Attributes in brackets, text in double quotes.".to_owned()
        />
    }
}
