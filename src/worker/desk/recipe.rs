//! Reading a recipe that the gallery does not hold.

use crate::gallery::check::Fault;
use crate::gallery::{check, drafted};
use crate::worker::message::{ReadRecipe, RecipeText, Refusal};

/// Checks a recipe's file, or drafts one of schemas.
pub(super) fn read(text: &RecipeText) -> ReadRecipe {
    let read = match text {
        RecipeText::File(text) => check::read(text),
        RecipeText::Schemas { name, text, url } => {
            drafted::from_schemas(name, text).map(|recipe| recipe.asked_at(url.as_deref()))
        }
    };
    read.map(Box::new).map_err(|faults| faults.into_iter().map(refusal).collect())
}

fn refusal(Fault { place, rule, repair }: Fault) -> Refusal {
    Refusal { place, rule, repair }
}
