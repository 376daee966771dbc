//! The field of a secret: judged while it is typed, held in memory, told by its length alone.

use leptos::prelude::*;

use crate::ambient;
use crate::draft::Route;
use crate::secret::{Look, Purpose, TypedSecret};
use crate::ui::SecretField;
use crate::wizard::Wizard;

/// One day, in milliseconds.
const DAY: f64 = 86_400_000.0;

/// The field for a secret of this purpose.
#[component]
pub(super) fn Secret(wizard: Wizard, purpose: Purpose) -> impl IntoView {
    let fault = RwSignal::new(None::<String>);
    let held = Signal::derive(move || wizard.secret_length(purpose));
    let hint = Signal::derive(move || Some(hint(wizard, purpose)));
    // A secret that has gone to one host is not sent to another because the address was edited.
    let problem = Signal::derive(move || fault.get().or_else(|| wizard.belongs_elsewhere(purpose)));
    let judge = move |text: &str| match TypedSecret::parse(purpose, text) {
        Ok(secret) => Ok(secret),
        Err(wrong) => Err(format!("{} – {}", wrong.message, wrong.repair)),
    };
    // Told while it is typed already, so that nothing moves when it is handed over.
    let look = RwSignal::new(None::<Look>);
    let typed = move |text: String| {
        let judged = judge(&text);
        look.set(judged.as_ref().ok().map(TypedSecret::look));
        fault.set(judged.err().filter(|_| !text.is_empty()));
    };
    let commit = move |text: String| match judge(&text) {
        Ok(secret) => {
            fault.set(None);
            look.set(None);
            wizard.hold_secret(secret);
        }
        Err(why) => fault.set(Some(why)),
    };
    let label = match purpose {
        Purpose::Token => "Secret token",
        Purpose::Password => "Password",
        Purpose::Client => "Client secret",
        Purpose::RelayKey => "Session key",
    };
    let forget = move |()| match purpose {
        Purpose::RelayKey => wizard.forget_relay_key(),
        _ => wizard.forget_secrets(),
    };
    view! {
        <SecretField
            label
            noun=purpose.noun()
            held
            hint
            problem
            on_input=typed
            on_commit=commit
            on_forget=forget
        />
        <ul class="notes">
            {move || {
                let told = look.get().or_else(|| wizard.secret_look(purpose)).map(remarks);
                let forgotten = wizard.forgotten.get().map(|minutes| {
                    format!("The {} was forgotten: nobody touched the page for {minutes} minutes.", purpose.noun())
                });
                let lines = told.unwrap_or_default().into_iter().chain(forgotten);
                lines.map(|text| view! { <li>{text}</li> }).collect_view()
            }}
        </ul>
    }
}

fn hint(wizard: Wizard, purpose: Purpose) -> String {
    let name = wizard.with(|draft| {
        let app = draft.application.as_ref()?;
        let name = app.recipe.secret_label.as_ref().filter(|_| purpose == Purpose::Token)?;
        Some(format!("{} calls it “{name}”. ", app.recipe.name))
    });
    let rest = match wizard.with(|draft| draft.connection.route) {
        Route::Sandbox => {
            "The sandbox has a token of its own (sandbox), which is used while this is empty."
        }
        Route::Paste => "Not needed here: the command asks for it, and the page never hears it.",
        _ => return format!("{}{}", name.unwrap_or_default(), path(wizard, purpose)),
    };
    format!("{}{rest}", name.unwrap_or_default())
}

/// Where it goes, and through whose hands.
fn path(wizard: Wizard, purpose: Purpose) -> String {
    let relay = wizard.with(|draft| {
        let host = draft.connection.relay.host().filter(|_| draft.connection.route == Route::Relay);
        host.map(|host| format!(", through `{host}`")).unwrap_or_default()
    });
    let path = match purpose {
        Purpose::RelayKey => "It goes to the relay and nowhere else.".to_owned(),
        Purpose::Client => format!(
            "It goes to the token endpoint, and the token that comes back to the tenant URL{relay}."
        ),
        _ => format!("It goes to the tenant URL{relay} and nowhere else."),
    };
    format!("Kept in memory only: a reload forgets it. {path}")
}

/// What can be told of a token without telling it.
fn remarks(look: Look) -> Vec<String> {
    let Look { is_long, is_jwt, ends } = look;
    let mut told = Vec::new();
    if let Some(ends) = ends {
        told.push(expiry(ends, ambient::now()));
    } else if is_jwt {
        told.push("It is a JSON Web Token that names no end.".to_owned());
    }
    if is_long {
        told.push(
            "It has more than 1,024 characters: in the clouds of the US Government, Entra's field \
             does not take it."
                .to_owned(),
        );
    }
    told
}

/// When a token ends, seen from now; both in milliseconds since 1970.
fn expiry(ends: f64, now: f64) -> String {
    let days = (ends - now) / DAY;
    let date = ambient::date(ends);
    if days < 0.0 {
        return format!("It is a JSON Web Token that ended on {date}: create a new one.");
    }
    let warning =
        if days < 30.0 { " The job would go into quarantine then: plan the next one." } else { "" };
    format!("It is a JSON Web Token that ends on {date}, in {days:.0} days.{warning}")
}
