//! "Create your own application": what an application begins with that the gallery does not hold,
//! and what differs from one of the gallery.

use leptos::prelude::*;
use leptos::reactive::spawn_local;

use super::Turn;
use super::adding::ApplicationCard;
use crate::gallery::{Difference, NonGallery};
use crate::ui::{Card, Message, Notice, Progress, Table, Tone, Urgency};
use crate::wizard::Wizard;

/// The page of an application of one's own.
#[component]
pub(super) fn NonGalleryPage(wizard: Wizard, turn: Turn) -> impl IntoView {
    let loaded = RwSignal::new(None::<Result<NonGallery, String>>);
    spawn_local(async move {
        let told = wizard.load_non_gallery().await;
        // The page may have been left meanwhile.
        let _ = loaded.try_set(Some(told));
    });
    view! {
        {turn.back()}
        {move || match loaded.get() {
            None => {
                view! { <Progress label="Loading what differs" done=Signal::stored(None) /> }
                    .into_any()
            }
            Some(Err(why)) => {
                view! {
                    <Notice title="It was not loaded" tone=Tone::Bad urgency=Urgency::Alert>
                        <p><Message text=Some(why) /></p>
                    </Notice>
                }
                    .into_any()
            }
            Some(Ok(told)) => {
                let recipe = told.recipe.clone();
                view! {
                    {differences(told)}
                    <ApplicationCard wizard turn recipe />
                }
                    .into_any()
            }
        }}
    }
}

fn differences(told: NonGallery) -> AnyView {
    let row = |Difference { what, gallery, own }: Difference| {
        view! {
            <tr>
                <th scope="row">{what}</th>
                <td>{gallery}</td>
                <td>{own}</td>
            </tr>
        }
    };
    let rows = told.differences.into_iter().map(row).collect_view();
    let head = vec!["", "Of the gallery", "Your own"];
    view! {
        <Card
            title="Create your own application"
            note="What differs where the gallery does not hold the application."
        >
            <Table caption="What differs" caption_hidden=true head>
                {rows}
            </Table>
            <small>"Source: " {told.source}</small>
        </Card>
    }
    .into_any()
}
