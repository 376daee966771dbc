//! How the application knows who calls: the method, and the fields that it needs.

use leptos::prelude::*;

use super::secret::Secret;
use crate::draft::authentication::{Authentication, ClientStyle, Method};
use crate::draft::place::Place;
use crate::secret::Purpose;
use crate::ui::{Notice, Select, SelectOption, TextField, TextKind, Tone};
use crate::wizard::Wizard;

/// The method, and below it what it needs.
#[component]
pub(super) fn AuthenticationFields(wizard: Wizard) -> impl IntoView {
    let method = Memo::new(move |_| wizard.with(|draft| draft.connection.authentication.method));
    let options = Method::ALL.map(|method| SelectOption::new(method.title(), method.title()));
    let choose = move |title: String| {
        let chosen = Method::ALL.into_iter().find(|method| method.title() == title);
        // A secret for one purpose is of no use for another.
        if Purpose::of(chosen.unwrap_or_default()) != Purpose::of(method.get_untracked()) {
            wizard.forget_secret();
        }
        edit(wizard, "authentication", |it| it.method = chosen.unwrap_or_default());
    };
    view! {
        <Select
            label="Authentication method"
            value=Signal::derive(move || method.get().title().to_owned())
            options=Signal::stored(options.to_vec())
            hint=Signal::derive(move || Some(hint(method.get()).to_owned()))
            on_change=choose
        />
        {move || fields(wizard, method.get())}
    }
}

fn edit(wizard: Wizard, what: &'static str, change: impl FnOnce(&mut Authentication)) {
    wizard.edit(what, |draft| change(&mut draft.connection.authentication));
}

/// What the method is in Entra.
fn hint(method: Method) -> &'static str {
    match method {
        Method::Bearer => {
            "A long-lived token, pasted as Secret Token. Entra allows it for custom applications \
             and for those that have it already."
        }
        Method::ClientCredentials => {
            "Entra fetches a token that lasts an hour or so, again and again. The way that \
             Microsoft recommends for new applications."
        }
        Method::Basic => "Only the connectors of some older applications take it; new ones do not.",
        Method::EncodedPassword => {
            "Some applications take user name and password in Base64 where others take a token."
        }
        Method::AuthorizationCode => {
            "Somebody signs in to the application and consents. Retired for new applications in \
             2026."
        }
        Method::Federated => {
            "Entra shows an assertion that it signs itself (RFC 7523); no secret is stored."
        }
    }
}

fn fields(wizard: Wizard, method: Method) -> AnyView {
    match method {
        Method::Bearer => view! { <Secret wizard purpose=Purpose::Token /> }.into_any(),
        Method::ClientCredentials => client(wizard),
        Method::Basic | Method::EncodedPassword => password(wizard),
        Method::AuthorizationCode => elsewhere(
            "In Entra choose Authorize, sign in to the application as its administrator, and \
             consent; Entra keeps what it gets. There is nothing to paste.",
        ),
        Method::Federated => elsewhere(
            "In Entra choose or register a workload identity, and type client identifier, token \
             endpoint and SCIM URL. In the application enter the issuer, the address of the keys \
             (JWKS), the subject and the audience that Entra shows.",
        ),
    }
}

/// What cannot be tried from a page: it has neither Entra's consent page nor its key.
fn elsewhere(text: &'static str) -> AnyView {
    view! {
        <Notice title="Cannot be tried from here" tone=Tone::Info>
            <p>{text}</p>
            <p>"The sandbox stands in for the application meanwhile; everything else works."</p>
        </Notice>
    }
    .into_any()
}

/// One line that is kept in the draft.
fn line(
    wizard: Wizard,
    label: &'static str,
    place: Option<Place>,
    what: &'static str,
    at: fn(&mut Authentication) -> &mut String,
) -> AnyView {
    let value = Signal::derive(move || {
        wizard.with(|draft| at(&mut draft.connection.authentication.clone()).clone())
    });
    let kind = if place.is_some() { TextKind::Url } else { TextKind::Text };
    let problem = Signal::derive(move || wizard.problem_at(place.clone()?));
    let set = move |text: String| edit(wizard, what, |it| *at(it) = text);
    view! { <TextField label kind mono=true value problem on_input=set /> }.into_any()
}

fn client(wizard: Wizard) -> AnyView {
    let style = Signal::derive(move || {
        style_name(wizard.with(|draft| draft.connection.authentication.style)).to_owned()
    });
    let options = STYLES.map(|(name, title, _)| SelectOption::new(name, title)).to_vec();
    let choose = move |name: String| {
        let chosen = STYLES.into_iter().find(|(known, _, _)| *known == name);
        edit(wizard, "client-style", |it| it.style = chosen.map(|it| it.2).unwrap_or_default());
    };
    view! {
        {line(wizard, "Token endpoint", Some(Place::TokenEndpoint), "token-endpoint", |it| {
            &mut it.token_endpoint
        })}
        {line(wizard, "Client identifier", None, "client-id", |it| &mut it.client_id)}
        <Secret wizard purpose=Purpose::Client />
        {line(wizard, "Scopes (parted by blanks; often none)", None, "scope", |it| &mut it.scope)}
        <Select
            label="Send identifier and secret"
            value=style
            options=Signal::stored(options)
            on_change=choose
        />
    }
    .into_any()
}

const STYLES: [(&str, &str, ClientStyle); 3] = [
    ("header", "in the header (Basic)", ClientStyle::Header),
    ("form", "in the body", ClientStyle::Form),
    ("both", "in both", ClientStyle::Both),
];

fn style_name(style: ClientStyle) -> &'static str {
    STYLES.iter().find(|(_, _, known)| *known == style).map_or("", |(name, _, _)| name)
}

fn password(wizard: Wizard) -> AnyView {
    view! {
        {line(wizard, "User name", None, "user-name", |it| &mut it.user_name)}
        <Secret wizard purpose=Purpose::Password />
    }
    .into_any()
}
