//! What must be at hand before provisioning is set up, and where it comes from.

use serde::{Deserialize, Serialize};

use super::Recipe;

/// One thing to have at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Prerequisite {
    /// A Microsoft Entra tenant.
    Tenant,
    /// A role in it.
    Role,
    /// A licence for what is planned.
    Licence,
    /// An administrator's account in the application.
    Account,
    /// The credentials that the application gives.
    Token,
}

impl Prerequisite {
    /// All of them, in the order in which they are needed.
    pub const ALL: [Self; 5] =
        [Self::Tenant, Self::Role, Self::Licence, Self::Account, Self::Token];

    /// What it is, for an application.
    pub fn title(self, recipe: &Recipe) -> String {
        match self {
            Self::Tenant => "A Microsoft Entra tenant".to_owned(),
            Self::Role => "A role that may set provisioning up".to_owned(),
            Self::Licence => "A licence, if groups are assigned".to_owned(),
            Self::Account => format!("An administrator's account in {}", recipe.name),
            Self::Token => match (&recipe.secret_label, recipe.auth.as_str()) {
                (Some(label), _) => format!("The secret token, there called “{label}”"),
                (None, "bearer") => "The secret token".to_owned(),
                (None, "oauth-client-credentials") => "Client id and client secret".to_owned(),
                (None, "oauth-authorization-code") => "A way to sign in for Authorize".to_owned(),
                (None, "basic") => "Name and password of that account".to_owned(),
                (None, _) => "Credentials for Entra".to_owned(),
            },
        }
    }

    /// Where it comes from, for an application.
    pub fn hint(self, recipe: &Recipe) -> String {
        match self {
            Self::Tenant => "Any tenant does; for a first trial take one of its own.".to_owned(),
            Self::Role => "Application Administrator or Cloud Application Administrator, or you \
                           own the application."
                .to_owned(),
            Self::Licence => "Microsoft Entra ID P1 or P2, for assigning groups and for the \
                              provisioning logs."
                .to_owned(),
            Self::Account => match recipe.prerequisite_roles.as_slice() {
                [] => "The recipe names no role: who manages its integrations will do.".to_owned(),
                roles => format!("With the role {}.", roles.join(" or ")),
            },
            Self::Token => match recipe.console_path.as_slice() {
                [] => "The recipe names no place: look among its integrations.".to_owned(),
                path => format!("In its console: {}.", path.join(" › ")),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gallery::tests::{envoy, gallery};

    #[test]
    fn envoy_needs_what_its_tutorial_lists() {
        let envoy = envoy();
        assert_eq!(Prerequisite::Account.title(&envoy), "An administrator's account in Envoy");
        let token = Prerequisite::Token.hint(&envoy);
        assert!(token.contains("Integrations › "), "{token}");
    }

    #[test]
    fn every_application_says_what_it_needs() {
        for recipe in gallery() {
            for each in Prerequisite::ALL {
                assert!(!each.title(&recipe).is_empty() && each.hint(&recipe).ends_with('.'));
            }
        }
    }
}
