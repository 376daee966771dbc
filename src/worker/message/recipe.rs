//! The words for a recipe of an application that the gallery does not hold.

use serde::{Deserialize, Serialize};

use super::Refusal;
use crate::gallery::Recipe;

/// What a recipe is read from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum RecipeText {
    /// A recipe's file.
    File(String),
    /// The answer to `GET /Schemas` of an application with this name.
    Schemas {
        /// The application's name.
        name: String,
        /// The body of the answer.
        text: String,
        /// The tenant URL of the endpoint that gave it, where it was asked from here.
        url: Option<String>,
    },
}

/// The recipe, or everything that must be mended before it is one.
pub type ReadRecipe = Result<Box<Recipe>, Vec<Refusal>>;
