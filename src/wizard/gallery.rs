//! Loading the gallery: when it is first needed, and again after a failure.

use leptos::prelude::*;

use super::Wizard;
use crate::gallery::{self, Recipe};
use crate::transport;

/// The gallery's file, relative to the page.
const FILE: &str = "gallery/apps.json";

impl Wizard {
    /// The gallery; loaded once.
    ///
    /// # Errors
    /// A sentence that names the file, what is wrong, and the repair.
    pub async fn load_gallery(self) -> Result<Vec<Recipe>, String> {
        if let Some(Ok(recipes)) = self.gallery.get_untracked() {
            return Ok(recipes);
        }
        self.gallery.set(None);
        let loaded = transport::published(FILE).await.and_then(|text| gallery::read(&text));
        self.gallery.set(Some(loaded.clone()));
        loaded
    }
}
