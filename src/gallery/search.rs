//! Finding an application: by the words of its name, by nearly these words, and by what it can do.

use super::Recipe;

/// What an application can be asked to support.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capability {
    /// Groups and memberships.
    Groups,
    /// Roles: an attribute or a source for them.
    Roles,
    /// Users are disabled or removed.
    Deactivate,
    /// Users are really deleted.
    Delete,
    /// Sign-on through Entra ID.
    SignOn,
}

impl Capability {
    /// All of them, as the filters list them.
    pub const ALL: [Self; 5] =
        [Self::Groups, Self::Roles, Self::Deactivate, Self::Delete, Self::SignOn];

    /// A word or two.
    pub fn label(self) -> &'static str {
        match self {
            Self::Groups => "Groups",
            Self::Roles => "Roles",
            Self::Deactivate => "Disable users",
            Self::Delete => "Delete users",
            Self::SignOn => "Single sign-on",
        }
    }

    /// Whether a recipe says that the application has it.
    pub fn is_of(self, recipe: &Recipe) -> bool {
        let can = &recipe.capabilities;
        match self {
            Self::Groups => can.groups,
            Self::Roles => {
                let mut names = recipe.user_attributes.iter().map(|each| each.name.as_str());
                recipe.role_provisioning.is_some() || names.any(is_of_roles)
            }
            Self::Deactivate => can.deactivate_users,
            Self::Delete => can.delete_users,
            Self::SignOn => can.sso,
        }
    }
}

/// `roles`, `roles[primary eq "True"].value`, `…:bstack_role`.
fn is_of_roles(name: &str) -> bool {
    let last = name.rsplit(':').next().unwrap_or_default().to_lowercase();
    last.starts_with("roles") || last.ends_with("role")
}

/// What is looked for; empty finds everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Words of the name or the id.
    pub words: String,
    /// What the application must support.
    pub needs: Vec<Capability>,
    /// How Entra signs in: a recipe's `auth`.
    pub auth: Option<String>,
    /// Whether its attribute table is known, and it speaks SCIM.
    pub is_complete: Option<bool>,
}

impl Query {
    fn admits(&self, recipe: &Recipe) -> bool {
        self.needs.iter().all(|need| need.is_of(recipe))
            && self.auth.as_ref().is_none_or(|auth| *auth == recipe.auth)
            && self.is_complete.is_none_or(|wanted| wanted == recipe.is_complete())
    }
}

/// What was found, best first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found<'a> {
    /// The recipes.
    pub recipes: Vec<&'a Recipe>,
    /// Nothing has the words as they were typed: these are nearly spelled so.
    pub is_near: bool,
}

/// The recipes that answer a query.
pub fn find<'a>(recipes: &'a [Recipe], query: &Query) -> Found<'a> {
    let words: Vec<String> =
        query.words.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let admitted: Vec<&Recipe> = recipes.iter().filter(|recipe| query.admits(recipe)).collect();
    let exact = ranked(&admitted, &words, rank);
    if exact.is_empty() {
        let near = ranked(&admitted, &words, near_rank);
        return Found { is_near: !near.is_empty(), recipes: near };
    }
    Found { recipes: exact, is_near: false }
}

/// The recipes that answer to words, best first; all of them for none.
pub fn search<'a>(recipes: &'a [Recipe], words: &str) -> Vec<&'a Recipe> {
    find(recipes, &Query { words: words.to_owned(), ..Query::default() }).recipes
}

/// How well a recipe answers to one word; lower is better.
type Rank = fn(&str, &Recipe, &str) -> Option<usize>;

fn ranked<'a>(recipes: &[&'a Recipe], words: &[String], rank: Rank) -> Vec<&'a Recipe> {
    let of = |recipe: &Recipe| {
        let name = recipe.name.to_lowercase();
        words
            .iter()
            .map(|word| rank(&name, recipe, word))
            .sum::<Option<usize>>()
            .map(|rank| (rank, name))
    };
    let mut found: Vec<_> =
        recipes.iter().filter_map(|recipe| Some((of(recipe)?, *recipe))).collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found.into_iter().map(|(_, recipe)| recipe).collect()
}

fn rank(name: &str, recipe: &Recipe, word: &str) -> Option<usize> {
    if name.starts_with(word) {
        Some(0)
    } else if name.split(is_gap).any(|part| part.starts_with(word)) {
        Some(1)
    } else {
        (name.contains(word) || recipe.id.contains(word)).then_some(2)
    }
}

/// By slips of the finger, fewest first: one in a word from four letters on, two from eight on.
fn near_rank(name: &str, recipe: &Recipe, word: &str) -> Option<usize> {
    if let Some(rank) = rank(name, recipe, word) {
        return Some(rank);
    }
    let word: Vec<char> = word.chars().collect();
    let most = match word.len() {
        0..4 => return None,
        4..8 => 1,
        _ => 2,
    };
    // `service now` is one word in the gallery, and `one trust` another.
    let parts = name.split(is_gap).chain([name]);
    let slips = parts.map(|part| slips(&word, part)).min()?;
    (slips <= most).then_some(2 + slips)
}

fn is_gap(c: char) -> bool {
    !c.is_alphanumeric()
}

/// The fewest letters that are missing, too many, wrong or swapped with the next one, until the
/// typed letters are the beginning of the part.
fn slips(typed: &[char], part: &str) -> usize {
    let part: Vec<char> = part.chars().take(typed.len() + 2).collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=part.len()).collect();
    for (row, letter) in typed.iter().enumerate() {
        let mut next = vec![row + 1];
        for (column, other) in part.iter().enumerate() {
            let changed = last[column] + usize::from(letter != other);
            let mut least = changed.min(last[column + 1] + 1).min(next[column] + 1);
            let is_swapped =
                row > 0 && column > 0 && typed[row - 1] == *other && part[column - 1] == *letter;
            if is_swapped {
                least = least.min(before[column - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut last, next);
    }
    // However long the part goes on.
    last.into_iter().min().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gallery::tests::gallery;

    fn names(query: &Query) -> (Vec<String>, bool) {
        let gallery = gallery();
        let found = find(&gallery, query);
        (found.recipes.iter().map(|recipe| recipe.name.clone()).collect(), found.is_near)
    }

    fn words(words: &str) -> Query {
        Query { words: words.to_owned(), ..Query::default() }
    }

    #[test]
    fn a_search_finds_by_the_start_of_a_word_and_prefers_the_start_of_the_name() {
        let gallery = gallery();
        assert_eq!(search(&gallery, "env")[0].name, "Envoy");
        assert_eq!(search(&gallery, "ENVOY")[0].name, "Envoy");
        assert!(search(&gallery, "cloud identity").iter().any(|r| r.name.contains("SAP")));
        assert!(search(&gallery, "no such application").is_empty());
        assert_eq!(search(&gallery, " ").len(), gallery.len());
    }

    #[test]
    fn a_slip_of_the_finger_still_finds() {
        for (typed, meant) in [
            ("enovy", "Envoy"),
            ("envyo", "Envoy"),
            ("ennvoy", "Envoy"),
            ("snowflke", "Snowflake"),
            ("slakc", "Slack"),
            ("tablaeu", "Tableau"),
            ("smartshet", "Smartsheet"),
        ] {
            let (found, is_near) = names(&words(typed));
            assert!(is_near && found[0].starts_with(meant), "{typed}: {found:?}");
        }
        let (found, is_near) = names(&words("slack"));
        assert!(
            !is_near && found == ["Slack"],
            "what is spelled right shows nothing beside: {found:?}"
        );
        assert_eq!(names(&words("xqz")).0, [""; 0], "three letters are too few to guess by");
    }

    #[test]
    fn filters_narrow_whatever_the_words_say() {
        let all = gallery();
        for capability in Capability::ALL {
            let needs = vec![capability];
            let found = names(&Query { needs, ..Query::default() }).0.len();
            // All applications of the gallery disable users; an own recipe may not.
            let is_everywhere = capability == Capability::Deactivate;
            let narrows = found < all.len() || is_everywhere;
            assert!(found > 0 && narrows, "{}: {found}", capability.label());
        }
        let roles = |name: &str| {
            Capability::Roles.is_of(all.iter().find(|recipe| recipe.name == name).unwrap())
        };
        assert!(roles("Slack") && roles("Amazon Business") && !roles("Envoy"));
        let complete = |is_complete| {
            names(&Query { is_complete: Some(is_complete), ..Query::default() }).0.len()
        };
        assert_eq!((complete(true), complete(true) + complete(false)), (96, 120));
        let basic = Query { auth: Some("basic".to_owned()), ..Query::default() };
        assert_eq!(names(&basic).0.len(), 4);
        let neither = Query { words: "envoy".to_owned(), ..basic };
        assert_eq!(names(&neither).0, [""; 0]);
    }
}
