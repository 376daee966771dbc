//! All misbehaviours at once: those of a real server, or none.

use leptos::prelude::*;
use sandbox::{Profile, Quirks};

use super::{chosen, switch};
use crate::ui::{Button, Glyph, Select, SelectOption, use_announcer};
use crate::wizard::Wizard;

/// No misbehaviour.
const STANDARD: &str = "standard";
/// What no server is known by.
const OWN: &str = "own";

/// A choice of a server to imitate, and the way back.
#[component]
pub(super) fn Imitation(wizard: Wizard) -> impl IntoView {
    let imitated = Memo::new(move |_| name_of(&chosen(wizard)));
    let options = Signal::derive(move || options(imitated.get()));
    let announcer = use_announcer();
    let switch = move |quirks: Quirks| {
        switch(wizard, &quirks);
        announcer.say(match quirks.iter().count() {
            0 => "All misbehaviours are off".to_owned(),
            count => format!("{count} misbehaviours are on"),
        });
    };
    let choose = move |name: String| {
        if name != OWN {
            switch(Profile::named(&name).map(Quirks::imitating).unwrap_or_default());
        }
    };
    let off_because = Signal::derive(move || {
        (imitated.get() == STANDARD).then(|| "No misbehaviour is on".to_owned())
    });
    view! {
        <Select
            label="Imitate a server"
            hint="What it was seen to do is switched on, and all else off."
            value=Signal::derive(move || imitated.get().to_owned())
            on_change=choose
            options
        />
        <div>
            <Button
                label="Switch all off"
                icon=Glyph::Reset
                on_click=move |()| switch(Quirks::none())
                off_because
            />
        </div>
    }
}

/// What the chosen misbehaviours amount to.
fn name_of(quirks: &Quirks) -> &'static str {
    if *quirks == Quirks::none() {
        return STANDARD;
    }
    let profile = Profile::ALL.into_iter().find(|profile| Quirks::imitating(*profile) == *quirks);
    profile.map_or(OWN, Profile::name)
}

/// A mixture of one's own is offered while it is there: nobody can choose it otherwise.
fn options(chosen: &str) -> Vec<SelectOption> {
    let standard = SelectOption::new(STANDARD, "None: what the RFC says");
    let servers =
        Profile::ALL.into_iter().map(|server| SelectOption::new(server.name(), server.title()));
    let own = SelectOption::new(OWN, "None: a mixture of your own");
    let own = (chosen == OWN).then_some(own);
    std::iter::once(standard).chain(servers).chain(own).collect()
}

#[cfg(test)]
mod tests {
    use super::{OWN, STANDARD, name_of, options};
    use sandbox::{Profile, Quirk, Quirks};

    #[test]
    fn a_choice_is_called_by_its_server_until_it_is_changed() {
        assert_eq!(name_of(&Quirks::none()), STANDARD);
        let mut quirks = Quirks::imitating(Profile::PythonScim2);
        assert_eq!(name_of(&quirks), "python-scim2");
        quirks.set(Quirk::Slow, true);
        assert_eq!(name_of(&quirks), OWN);
        assert_eq!(options(OWN).len(), options(STANDARD).len() + 1);
    }
}
