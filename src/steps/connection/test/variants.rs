//! The paths that SCIM services are known by, tried on request and only by reading.

use leptos::prelude::*;
use leptos::reactive::spawn_local;
use scim::tenant_url::TenantUrl;

use crate::transport::Cancel;
use crate::ui::{Button, Check, Checks, Cluster, Tone, use_announcer};
use crate::verdict::variants::variants;
use crate::verdict::{self, Outlook, Verdict};
use crate::wizard::Wizard;

/// What is known of each variant by now; nothing until they are asked for.
type Tried = Vec<(TenantUrl, Option<Verdict>)>;

/// A button, and what came of each variant.
#[component]
pub(super) fn Variants(wizard: Wizard) -> impl IntoView {
    let tried = RwSignal::new(Tried::new());
    let announcer = use_announcer();
    let is_running = Memo::new(move |_| tried.with(|tried| tried.iter().any(|it| it.1.is_none())));
    let off = Signal::derive(move || is_running.get().then(|| "they are being tried".to_owned()));
    let start = move |()| {
        let Some(url) = wizard.checked.with_untracked(|checked| checked.tenant_url.clone()) else {
            return;
        };
        tried.set(variants(&url).into_iter().map(|variant| (variant, None)).collect());
        spawn_local(async move {
            let cancel = Cancel::default();
            while let Some((at, variant)) = tried.try_with_untracked(next).flatten() {
                let answer = wizard.ask_variant(variant, cancel.clone()).await;
                // The screen may have been left meanwhile.
                let told = tried.try_update(|tried| {
                    if let Some(line) = tried.get_mut(at) {
                        line.1 = Some(verdict::judge(&answer));
                    }
                });
                if told.is_none() {
                    return;
                }
            }
            let found = tried.try_with_untracked(|tried| good(tried).count()).unwrap_or_default();
            announcer.say(format!("{found} of the variants answer as Entra expects"));
        });
    };
    let checks = Signal::derive(move || tried.with(|tried| tried.iter().map(check).collect()));
    view! {
        <Cluster>
            <Button label="Try other paths of this host" off_because=off on_click=start />
        </Cluster>
        {move || {
            (!tried.with(Vec::is_empty))
                .then(|| view! { <Checks label="Other paths of this host" checks /> })
        }}
        {move || uses(wizard, tried)}
    }
}

fn next(tried: &Tried) -> Option<(usize, TenantUrl)> {
    let at = tried.iter().position(|(_, verdict)| verdict.is_none())?;
    Some((at, tried.get(at)?.0.clone()))
}

fn good(tried: &Tried) -> impl Iterator<Item = &TenantUrl> {
    let is_good = |verdict: &Verdict| verdict.outlook == Outlook::Good;
    tried.iter().filter(move |(_, told)| told.as_ref().is_some_and(is_good)).map(|(url, _)| url)
}

/// A button for each address that answers as Entra expects.
fn uses(wizard: Wizard, tried: RwSignal<Tried>) -> AnyView {
    let button = |url: &TenantUrl| {
        let address = url.to_string();
        let label = format!("Use {address}");
        let choose = move |()| {
            let address = address.clone();
            wizard.edit("tenant-url", |draft| draft.connection.tenant_url = address);
        };
        view! { <Button label on_click=choose /> }
    };
    let buttons = tried.with(|tried| good(tried).map(button).collect_view());
    view! { <Cluster>{buttons}</Cluster> }.into_any()
}

fn check((url, verdict): &(TenantUrl, Option<Verdict>)) -> Check {
    let (tone, state, text) = match verdict {
        None => (Tone::Neutral, "awaited", String::new()),
        Some(told) if told.outlook == Outlook::Good => (Tone::Good, "good", told.title.to_owned()),
        Some(told) => (Tone::Neutral, "not it", told.title.to_owned()),
    };
    let told = verdict.as_ref().map(|told| ("Seen".to_owned(), told.text.clone()));
    Check {
        title: if url.path().is_empty() { "/".to_owned() } else { url.path().to_owned() },
        tone,
        state: state.to_owned(),
        text,
        note: String::new(),
        repair: String::new(),
        more: told.into_iter().collect(),
    }
}
