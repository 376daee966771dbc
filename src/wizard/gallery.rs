//! Loading the gallery: when it is first needed, and again after a failure; and reading recipes
//! that it does not hold.

use leptos::prelude::*;

use super::Wizard;
use crate::gallery::{self, NonGallery, Recipe};
use crate::transport;
use crate::worker::message::{Answer, Ask, ReadRecipe, RecipeText};

/// The gallery's file, relative to the page.
const FILE: &str = "gallery/apps.json";

/// What is said of applications that the gallery does not hold.
const NON_GALLERY: &str = "gallery/non-gallery.json";

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

    /// What an application of one's own begins with, and what differs then.
    ///
    /// # Errors
    /// A sentence that names the file, what is wrong, and the repair.
    pub async fn load_non_gallery(self) -> Result<NonGallery, String> {
        let text = transport::published(NON_GALLERY).await?;
        gallery::read_non_gallery(&text)
    }

    /// Reads a recipe that the gallery does not hold; nothing where the worker has ended.
    pub async fn read_recipe(self, text: RecipeText) -> Option<ReadRecipe> {
        match self.worker.ask(Ask::Recipe(text)).await {
            Ok(Answer::Recipe(read)) => Some(read),
            _ => None,
        }
    }
}
