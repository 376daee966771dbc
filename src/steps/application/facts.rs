//! What the gallery knows of an application, line by line.

use leptos::prelude::*;

use super::attributes::tables;
use crate::gallery::{Capability, Recipe, TenantUrlRecipe};

/// Why an application can only be looked at, if it can.
pub(super) fn obstacle(recipe: &Recipe) -> Option<&'static str> {
    (recipe.protocol != "scim")
        .then_some("its connector speaks the vendor's own interface, not SCIM")
}

/// The list of facts.
#[component]
pub(super) fn Facts(recipe: Recipe) -> impl IntoView {
    let text = |text: &Option<String>| text.clone().map(IntoAny::into_any);
    let several = |texts: &[String]| (!texts.is_empty()).then(|| texts.join(", ").into_any());
    let code = |text: &String| view! { <code>{text.clone()}</code> }.into_any();
    let urns = &recipe.custom_extension_urns;
    let all = [
        ("Publisher", text(&recipe.publisher)),
        ("Categories", several(&recipe.categories)),
        ("Supports", Some(supports(&recipe).into_any())),
        ("Tenant URL", Some(tenant_url(&recipe.tenant_url))),
        ("Authentication", Some(authentication(&recipe).into_any())),
        ("Token endpoint", recipe.token_endpoint.as_ref().map(code)),
        ("Extensions", (!urns.is_empty()).then(|| urns.iter().map(code).collect_view().into_any())),
        ("Roles", text(&recipe.role_provisioning)),
        ("Attributes", Some(attributes(&recipe).into_any())),
        ("In its console", console(&recipe)),
        ("Role needed there", several(&recipe.prerequisite_roles)),
        ("Good to know", text(&recipe.notes)),
        ("Open questions", questions(&recipe)),
        ("Source", Some(source(&recipe))),
    ];
    let lines = all
        .into_iter()
        .filter_map(|(term, fact)| fact.map(|fact| view! { <dt>{term}</dt><dd>{fact}</dd> }));
    view! {
        <dl class="facts">{lines.collect_view()}</dl>
        {tables(&recipe)}
    }
}

fn questions(recipe: &Recipe) -> Option<AnyView> {
    let open = recipe.open_questions();
    (!open.is_empty()).then(|| {
        let lines = open.into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
        view! { <ul>{lines}</ul> }.into_any()
    })
}

fn supports(recipe: &Recipe) -> String {
    let can = &recipe.capabilities;
    let all = [
        (can.create_users, "create users"),
        (can.update_users, "update users"),
        (can.deactivate_users, "disable or remove users"),
        (can.delete_users, "delete users"),
        (can.groups, "groups and memberships"),
        (Capability::Roles.is_of(recipe), "roles"),
        (can.sso, "single sign-on"),
        (can.import_users, "import of users"),
    ];
    let named: Vec<_> = all.into_iter().filter_map(|(does, what)| does.then_some(what)).collect();
    sentence(&named.join(", "))
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).chain(std::iter::once('.')).collect()
    })
}

fn tenant_url(url: &TenantUrlRecipe) -> AnyView {
    let address = |text: &str| view! { <code>{text.to_owned()}</code> };
    let proposal = Some(url.proposal()).filter(|text| !text.is_empty());
    let parameters = url
        .parameters
        .iter()
        .map(|part| view! { <li>{address(&part.name)} " – " {part.describe.clone()}</li> })
        .collect_view();
    let others = url
        .alternatives
        .iter()
        .map(|other| view! { <li>{other.label.clone()} ": " {address(&other.value)}</li> })
        .collect_view();
    let note = match (proposal, url.admin_supplies) {
        (_, true) => "You copy it from the application.",
        (None, false) if url.alternatives.is_empty() => {
            "None to type: the portal's Authorize button connects to it."
        }
        _ => "",
    };
    let has_lines = !url.parameters.is_empty() || !url.alternatives.is_empty();
    view! {
        {proposal.map(address)}
        " "
        {note}
        {has_lines.then(|| view! { <ul>{parameters} {others}</ul> })}
    }
    .into_any()
}

fn authentication(recipe: &Recipe) -> String {
    let kind = match recipe.auth.as_str() {
        "bearer" => "A secret token",
        "basic" => "An administrator's name and password",
        "oauth-authorization-code" => "OAuth 2.0, with the portal's Authorize button",
        "oauth-client-credentials" => "OAuth 2.0 client credentials",
        "other" => "Not known",
        other => other,
    };
    let own = recipe.secret_label.as_ref();
    let label = own.map(|label| format!(", which its console calls “{label}”")).unwrap_or_default();
    format!("{kind}{label}.")
}

fn attributes(recipe: &Recipe) -> String {
    let (users, groups) = (recipe.user_attributes.len(), recipe.group_attributes.len());
    match (recipe.attributes_complete, groups) {
        (false, _) => "The tutorial shows its table as an image only, or shows none.".to_owned(),
        (true, 0) => format!("{users} for users."),
        (true, _) => format!("{users} for users, {groups} for groups."),
    }
}

/// The console's address and the way through its menus. A project file can bring its own recipe:
/// only addresses of the web become links.
fn console(recipe: &Recipe) -> Option<AnyView> {
    let address = recipe.admin_console.clone();
    let path = recipe.console_path.join(" › ");
    if address.is_none() && path.is_empty() {
        return None;
    }
    let address = address.map(|address| {
        if address.starts_with("https://") || address.starts_with("http://") {
            outside(address.clone(), address).into_any()
        } else {
            view! { <code>{address}</code> }.into_any()
        }
    });
    Some(view! { <span>{address}</span> " " <span>{path}</span> }.into_any())
}

fn source(recipe: &Recipe) -> AnyView {
    let name = format!("Microsoft's tutorial for {}", recipe.name);
    match (recipe.tutorial_address(), &recipe.source) {
        (Some(address), _) => {
            view! { {outside(address, name)} " (edition of 2023 to 2025)" }.into_any()
        }
        (None, Some(source)) => source.clone().into_any(),
        (None, None) => "Not said".into_any(),
    }
}

fn outside(href: String, text: String) -> impl IntoView {
    view! {
        <a href=href target="_blank" rel="noopener noreferrer">
            {text}
        </a>
    }
}
