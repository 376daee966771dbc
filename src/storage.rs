//! The browser's storage: the one door through which the draft is kept over a reload.
//!
//! Kept are the draft, what lies on the workbench, and the pasted people, each under its own key,
//! because the people do not change with every keystroke. The secret token has no way in here.

use leptos::prelude::window;

const DRAFT: &str = "scim-wizard/draft";
const PEOPLE: &str = "scim-wizard/people";
const THEME: &str = "scim-wizard/theme";
const WORKPIECE: &str = "scim-wizard/workpiece";

/// What can be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// The draft, as a project file's text.
    Draft,
    /// The pasted people.
    People,
    /// Light, dark, or the system's choice.
    Theme,
    /// What lies on the workbench.
    Workpiece,
}

impl Key {
    fn name(self) -> &'static str {
        match self {
            Self::Draft => DRAFT,
            Self::People => PEOPLE,
            Self::Theme => THEME,
            Self::Workpiece => WORKPIECE,
        }
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// What is kept under a key.
pub fn load(key: Key) -> Option<String> {
    storage()?.get_item(key.name()).ok().flatten()
}

/// Keeps a text.
///
/// # Errors
/// A sentence for the administrator where the browser refuses, usually for want of room.
pub fn save(key: Key, text: &str) -> Result<(), String> {
    let kept = storage().is_some_and(|storage| storage.set_item(key.name(), text).is_ok());
    if kept {
        return Ok(());
    }
    Err("the browser has no room to keep this over a reload; save a project file instead"
        .to_owned())
}

/// Forgets what is kept under a key.
pub fn forget(key: Key) {
    if let Some(storage) = storage() {
        // Removing fails only where storage itself is gone, and then nothing is kept.
        let _ = storage.remove_item(key.name());
    }
}
