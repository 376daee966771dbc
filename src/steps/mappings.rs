//! The step Mappings: which attributes the application gets, and where each value comes from.

use leptos::prelude::*;

mod about;
mod attributes;
mod buttons;
mod editor;
mod live;
mod object;
mod restore;
mod row;
mod source;

use crate::draft::place::Kind;
use crate::route::Step;
use crate::ui::{ButtonLink, Notice, Page, Tab, Tabs, Tone};
use crate::wizard::Wizard;
use about::About;
use object::ObjectMapping;

/// The step Mappings.
#[component]
pub fn MappingsStep() -> impl IntoView {
    let wizard = Wizard::here();
    let has_application = Memo::new(move |_| wizard.with(|draft| draft.application.is_some()));
    view! {
        <Page
            title="Mappings"
            place=format!("Step {} of {}", Step::Mappings.number(), Step::ALL.len())
            lead="Every row fills one attribute in the application. Look at a person of yours and \
                  see what each row gives."
            about=move || view! { <About wizard /> }
        >
            {move || {
                if has_application.get() {
                    view! { <Kinds wizard /> }.into_any()
                } else {
                    view! {
                        <Notice title="There is nothing to map yet" tone=Tone::Info>
                            <p>"The application brings its attributes along: add one first."</p>
                            <ButtonLink label="Go to Application" href=Step::Application.href() />
                        </Notice>
                    }
                        .into_any()
                }
            }}
        </Page>
    }
}

#[component]
fn Kinds(wizard: Wizard) -> impl IntoView {
    let selected = RwSignal::new(Kind::User);
    let kind = Memo::new(move |_| selected.get());
    let select = move |name: String| {
        if let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.plural() == name) {
            selected.set(kind);
        }
    };
    view! {
        <Tabs
            label="Object mappings"
            tabs=Kind::ALL.map(|kind| Tab::new(kind.plural(), kind.plural())).to_vec()
            selected=Signal::derive(move || kind.get().plural().to_owned())
            on_select=select
        >
            {move || view! { <ObjectMapping wizard kind=kind.get() /> }}
        </Tabs>
    }
}
