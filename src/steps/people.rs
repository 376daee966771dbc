//! The second step: who is in the directory, and who is assigned to the application.

use leptos::prelude::*;

mod assigning;
mod assignment;
mod editing;
mod files;
mod finder;
mod graph_calls;
mod invented;
mod many;
mod notices;
mod pasted;
mod person;
mod pilot;
mod source;
mod suggestion;
mod summary;

use crate::advice::AdviceCard;
use crate::guidance::Guidance;
use crate::route::Step;
use crate::standing::Standing;
use crate::ui::{ButtonLink, Glyph, Notice, Page, Tone};
use crate::wizard::{People, Wizard};
use assignment::Assignments;
use editing::{Editing, EditingDialogs};
use source::Source;
use summary::Summary;

/// The step People.
#[component]
pub fn PeopleStep() -> impl IntoView {
    let wizard = Wizard::here();
    let step = Step::People;
    let blocked = Memo::new(move |_| match wizard.standing(step) {
        Standing::Blocked(why) => Some(why),
        _ => None,
    });
    let editing = Editing::new(wizard);
    let is_ready =
        Memo::new(move |_| wizard.people.with(|people| matches!(people, People::Ready(_))));
    view! {
        <Page
            place=format!("Step {} of {}", step.number(), Step::ALL.len())
            title=step.title()
            lead="Choose the directory that the preview looks at, and assign users and groups to \
                  the application."
            about=about
        >
            {move || blocked.get().map(|why| view! { <Blocked why /> })}
            <Source wizard />
            <Summary wizard editing />
            <Show when=move || is_ready.get()>
                <Assignments wizard editing />
                <AdviceCard wizard step=Step::People />
            </Show>
            <EditingDialogs editing />
        </Page>
    }
}

#[component]
fn Blocked(why: String) -> impl IntoView {
    view! {
        <Notice title=format!("This step waits: {why}") tone=Tone::Warning>
            <p>"People are assigned to an application. You can already choose the directory."</p>
            <ButtonLink
                label="Go to Application"
                href=Step::Application.href()
                trailing_icon=Glyph::ArrowRight
            />
        </Notice>
    }
}

fn about() -> impl IntoView {
    view! {
        <Guidance step=Step::People />
        <p>
            "With " <strong>"Sync only assigned users and groups"</strong>
            ", which is recommended, an object is provisioned only if it is assigned to the \
             enterprise application, itself or through a group of which it is a "
            <strong>"direct"</strong> " member."
        </p>
        <h3>"Tips of the tutorials"</h3>
        <ul>
            <li>"Start with one or two people. Assign the rest when the result is right."</li>
            <li>
                "Assigning a group needs Microsoft Entra ID P1 or P2, and the group must be \
                 security-enabled."
            </li>
            <li>"Groups inside an assigned group are not expanded: their members stay out."</li>
            <li>
                "Where the application defines no roles, the role is " <strong>"Default Access"</strong>
                ". Configurations made since 16 April 2020 provision it like any other role."
            </li>
        </ul>
        <h3>"In the portal"</h3>
        <p>
            "Classic: the enterprise application > Users and groups > Add user/group > pick a role \
             > Assign."
        </p>
        <p>
            "Current: the same page, and also Provisioning > Scoping filters > pencil > Users and \
             groups."
        </p>
        <h3>"In the application"</h3>
        <p>"Nothing yet. Some applications have their own setting for who is synchronised."</p>
        <h3>"When it is wrong"</h3>
        <p>
            "Who is not assigned is skipped with the reason NotEffectivelyEntitled. Who loses the \
             assignment later is disabled in the application."
        </p>
        <h3>"Source"</h3>
        <p>
            <small>
                "Microsoft Learn: Configure Envoy for automatic user provisioning; Scoping users or \
                 groups to be provisioned; the portal's layouts as of August 2026."
            </small>
        </p>
    }
}
