//! One object mapping: its switches, its attribute table, what there is to remark.

use leptos::prelude::*;

use super::attributes::Attributes;
use crate::advice::AdviceCard;
use crate::draft::mapping::MappingDraft;
use crate::draft::place::{Kind, Place};
use crate::route::Step;
use crate::ui::{Card, Cluster, Notice, Toggle, ToggleKind, Tone};
use crate::wizard::Wizard;

/// The users' or the groups' mapping.
#[component]
pub(super) fn ObjectMapping(wizard: Wizard, kind: Kind) -> impl IntoView {
    let problem = Memo::new(move |_| wizard.problem_at(Place::Mapping(kind)));
    view! {
        <div class="object-mapping">
            {move || {
                problem
                    .get()
                    .map(|problem| view! { <Notice title=problem tone=Tone::Bad /> })
            }}
            <Switches wizard kind />
            <Attributes wizard kind />
            <AdviceCard wizard step=Step::Mappings kind />
        </div>
    }
}

#[component]
fn Switches(wizard: Wizard, kind: Kind) -> impl IntoView {
    let enabled = Signal::derive(move || {
        kind == Kind::User || wizard.with(|draft| draft.mapping(kind).enabled)
    });
    let set_enabled = move |on| {
        wizard.edit("mapping-enabled", |draft| draft.mapping_mut(kind).enabled = on);
    };
    let (hint, always) = match kind {
        Kind::User => (
            "Users are created, updated and disabled in the application.",
            Some("Entra cannot switch users off.".to_owned()),
        ),
        Kind::Group => (
            "Groups and their members are written too. Switched off, the members of assigned \
             groups are still provisioned as users.",
            None,
        ),
    };
    view! {
        <Card title=format!("Provision Microsoft Entra ID {}", kind.plural())>
            <Toggle
                label="Enabled"
                checked=enabled
                on_change=set_enabled
                hint=hint.to_owned()
                off_because=always
            />
            <fieldset class="target-object-actions">
                <legend>"Target object actions"</legend>
                <Cluster>
                    <ActionToggle
                        wizard
                        kind
                        label="Create"
                        read=|mapping| mapping.create
                        write=|mapping, on| mapping.create = on
                    />
                    <ActionToggle
                        wizard
                        kind
                        label="Update"
                        read=|mapping| mapping.update
                        write=|mapping, on| mapping.update = on
                    />
                    <ActionToggle
                        wizard
                        kind
                        label="Delete"
                        read=|mapping| mapping.delete
                        write=|mapping, on| mapping.delete = on
                    />
                </Cluster>
                {(kind == Kind::User)
                    .then(|| {
                        view! {
                            <small>
                                "Disabling an account is an update. A delete follows only when \
                                 somebody is deleted for good in Entra ID."
                            </small>
                        }
                    })}
            </fieldset>
        </Card>
    }
}

#[component]
fn ActionToggle(
    wizard: Wizard,
    kind: Kind,
    label: &'static str,
    read: fn(&MappingDraft) -> bool,
    write: fn(&mut MappingDraft, bool),
) -> impl IntoView {
    let checked = Signal::derive(move || wizard.with(|draft| read(draft.mapping(kind))));
    let set = move |on| wizard.edit(label, |draft| write(draft.mapping_mut(kind), on));
    view! { <Toggle label checked on_change=set kind=ToggleKind::Checkbox /> }
}
