//! One thing that is tried on every target.

use crate::client::Client;

/// What is tried, and on whom.
pub(crate) struct Behaviour {
    /// Theme and name.
    pub(crate) name: String,
    /// Among whom it is tried.
    pub(crate) people: People,
    /// Tries it, and panics where it fails.
    pub(crate) check: Box<dyn Fn(&mut Client) + Send + Sync>,
}

/// Who is there when a behaviour is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum People {
    /// Those whom other behaviours have made, all with a work e-mail: each makes its own.
    Anybody,
    /// So many seeded users and nobody else: only reading is allowed.
    Seeded(usize),
    /// Nobody: the provider is started for this behaviour.
    Nobody,
}

impl Behaviour {
    /// A behaviour of this theme.
    pub(crate) fn new(
        theme: &str,
        name: &str,
        check: impl Fn(&mut Client) + Send + Sync + 'static,
    ) -> Self {
        let name = format!("{theme}::{name}");
        Self { name, people: People::Anybody, check: Box::new(check) }
    }

    /// The same, tried among these people.
    pub(crate) fn among(self, people: People) -> Self {
        Self { people, ..self }
    }
}

/// Functions as behaviours of the theme that their file is called after, each by its own name.
macro_rules! behaviours {
    ($($check:ident),+ $(,)?) => {{
        let theme = module_path!().rsplit("::").next().unwrap_or_default();
        vec![$($crate::behaviour::Behaviour::new(theme, stringify!($check), $check)),+]
    }};
}
pub(crate) use behaviours;
