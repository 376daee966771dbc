//! What a recipe leaves open: the questions that the administrator answers, because nobody has
//! published an answer.

use provisioning::configuration::default::{Provenance, propose};
use scim::path::Path;

use super::Recipe;
use crate::draft::place::Kind;

impl Recipe {
    /// The target attributes of one kind of object, as they are published.
    pub fn attributes(&self, kind: Kind) -> &[super::RecipeAttribute] {
        match kind {
            Kind::User => &self.user_attributes,
            Kind::Group => &self.group_attributes,
        }
    }

    /// The target attributes for which no source is known.
    pub fn without_source(&self, kind: Kind) -> Vec<&str> {
        let names = self.attributes(kind).iter().map(|each| each.name.as_str());
        names.filter(|name| propose(kind.into(), name).provenance == Provenance::Open).collect()
    }

    /// The open questions, a sentence each.
    pub fn open_questions(&self) -> Vec<String> {
        let mut questions = Vec::new();
        if self.protocol == "scim" && !self.attributes_complete {
            questions.push(format!(
                "Which attributes does {} take? Its tutorial shows no table that can be read: \
                 compare every target with the portal's.",
                self.name
            ));
        }
        for kind in Kind::ALL {
            let open = self.without_source(kind);
            if !open.is_empty() {
                let of = if kind == Kind::User { "users" } else { "groups" };
                questions.push(format!(
                    "Where do these values of {of} come from? No source is published: {}.",
                    open.join(", ")
                ));
            }
        }
        questions.extend(Kind::ALL.into_iter().filter_map(|kind| self.unmatched(kind)));
        questions.extend(self.disabling());
        let slips = self.no_paths();
        if !slips.is_empty() {
            questions.push(format!(
                "What is meant by {}? It is printed so, and is no SCIM path.",
                slips.join(" and ")
            ));
        }
        if self.auth == "other" {
            questions.push("How does Entra sign in? Ask the application's maker.".to_owned());
        }
        questions
    }

    fn unmatched(&self, kind: Kind) -> Option<String> {
        let attributes = self.attributes(kind);
        let ticked: Vec<&str> =
            attributes.iter().filter(|each| each.matching).map(|each| each.name.as_str()).collect();
        let open = self.without_source(kind);
        if attributes.is_empty() || ticked.iter().any(|name| !open.contains(name)) {
            return None;
        }
        let (of, usual) = match kind {
            Kind::User => ("users", "userName"),
            Kind::Group => ("groups", "displayName"),
        };
        let rest = if !ticked.is_empty() {
            format!("The table ticks {}, for which no source is known.", ticked.join(" and "))
        } else if attributes.iter().any(|each| each.name == usual) {
            format!("The table does not say; {usual} is filled in, as in Microsoft's example.")
        } else {
            format!("The table does not say, and it has no {usual}: choose one.")
        };
        Some(format!("Which attribute are {of} matched by? {rest}"))
    }

    /// What the table leaves open of how somebody is disabled.
    fn disabling(&self) -> Option<String> {
        if self.protocol != "scim" || self.user_attributes.is_empty() {
            return None;
        }
        let active = self.user_attributes.iter().find(|each| each.name == "active");
        match active.map(|active| active.kind.as_str()) {
            Some("Boolean") => None,
            Some(kind) => Some(format!(
                "Is active true or false, as in SCIM, or text? The table says {kind}: compare it \
                 with what the application publishes."
            )),
            None => Some(
                "How is somebody disabled? The table has no active: ask the application's maker, \
                 or whoever is unassigned or blocked keeps an active account."
                    .to_owned(),
            ),
        }
    }

    /// Attributes whose printed name no SCIM server could read.
    fn no_paths(&self) -> Vec<&str> {
        let names = self.user_attributes.iter().chain(&self.group_attributes);
        let names = names.map(|each| each.name.as_str());
        names.filter(|name| self.protocol == "scim" && Path::parse(name).is_err()).collect()
    }
}

#[cfg(test)]
mod tests {
    use provisioning::review;

    use crate::draft::Draft;
    use crate::draft::mapping::Origin;
    use crate::draft::place::{Kind, Place};
    use crate::gallery::tests::{envoy, gallery};

    #[test]
    fn what_no_source_is_known_for_is_asked() {
        let open = envoy().open_questions();
        assert_eq!(open.len(), 4, "{open:?}");
        assert!(open[0].contains(": locale.") && open[1].contains("userName is"), "{open:?}");
        assert!(open[3].contains("has no active"), "{open:?}");
    }

    #[test]
    fn every_recipe_gives_a_configuration_and_what_is_missing_in_it_is_an_open_question() {
        for recipe in gallery().into_iter().filter(|recipe| recipe.protocol == "scim") {
            let mut draft = Draft::default();
            draft.add_application(&recipe.name.clone(), recipe.clone());
            // Parts of an address are the administrator's.
            "https://example.com/scim".clone_into(&mut draft.connection.tenant_url);
            let checked = draft.check();
            let questions = recipe.open_questions().concat();
            for problem in &checked.problems {
                let (kind, row) = match &problem.place {
                    Place::Row(kind, row, _) => (kind, row),
                    Place::Mapping(Kind::Group) => {
                        assert!(questions.contains("groups matched by"), "{}", recipe.id);
                        continue;
                    }
                    _ => panic!("{}: {problem:?}", recipe.id),
                };
                let row = draft.mapping(*kind).row(*row).unwrap();
                assert_eq!(row.origin, Origin::Open, "{}: {problem:?}", recipe.id);
                assert!(questions.contains(&row.target), "{}: {problem:?}", recipe.id);
            }
            for kind in Kind::ALL {
                for row in &draft.mapping(kind).rows {
                    let is_asked = questions.contains(row.target.as_str());
                    assert!(row.is_complete() || is_asked, "{}: {}", recipe.id, row.target);
                }
            }
            for advice in review::review(&checked.configuration) {
                let of = format!("{}: {}", recipe.id, advice.text);
                if advice.id == "switch-applied-always" {
                    // A defect of the expression that Microsoft itself prints for `active`.
                    let mut rows = draft.users.rows.iter().filter(|row| row.target == "active");
                    assert!(rows.all(|row| row.origin == Origin::Published), "{of}");
                    continue;
                }
                let asked = match (advice.id, advice.place) {
                    ("no-matching-attribute", _) => "groups matched by".to_owned(),
                    ("active-not-mapped", _) => "has no active".to_owned(),
                    (_, review::Place::Row(at)) => {
                        let rows = &checked.configuration.mapping(advice.kind).attributes;
                        format!("Is {} true", rows[at].target.path)
                    }
                    _ => panic!("{of}"),
                };
                assert!(questions.contains(&asked), "{of}: {questions}");
            }
        }
    }
}
