//! Loading the gallery: when it is first needed, and again after a failure; and reading recipes
//! that it does not hold, from a text or from an endpoint's own schemas.

use leptos::prelude::*;
use scim::endpoint::Endpoint;

use super::Wizard;
use crate::draft::Route;
use crate::gallery::{self, NonGallery, Recipe};
use crate::transport::{self, Cancel};
use crate::worker::message::{Answer, Ask, ReadRecipe, RecipeText, Refusal, WireRequest};

/// The gallery's file, relative to the page.
const FILE: &str = "gallery/apps.json";

/// What is said of applications that the gallery does not hold.
const NON_GALLERY: &str = "gallery/non-gallery.json";

/// What an endpoint says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// The body of its answer.
    pub body: String,
    /// The tenant URL at which it was asked, where that is not the sandbox's.
    pub url: Option<String>,
}

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

    /// Why the endpoint of the step Connection cannot be asked for its schemas now.
    pub fn not_asked_for_schemas(self) -> Option<String> {
        if self.with(|draft| draft.application.is_none()) {
            let why = "add an application first, perhaps one of your own, and set Connection";
            return Some(why.to_owned());
        }
        if self.with(|draft| draft.connection.route == Route::Paste) {
            let why =
                "the route that Connection is set to sends nothing by itself; paste the answer";
            return Some(why.to_owned());
        }
        self.not_testable().map(|why| format!("Connection is not ready: {why}"))
    }

    /// The answer to `GET /Schemas` by the route that Connection is set to, without the secret
    /// should it repeat that; and the tenant URL, where it is the application's own answer.
    ///
    /// # Errors
    /// What stopped it, with the repair.
    pub async fn ask_for_schemas(self, cancel: Cancel) -> Result<Asked, Refusal> {
        let refused = |rule: String, repair: &str| {
            let (place, repair) = ("GET /Schemas".to_owned(), repair.to_owned());
            Err(Refusal { place, rule, repair })
        };
        let Some(url) = self.checked.with_untracked(|checked| checked.tenant_url.clone()) else {
            return refused("there is no tenant URL".to_owned(), "type it in the step Connection");
        };
        let via = self.via(cancel);
        // The sandbox is filled at the first question, from the draft that the worker has.
        if via.route == Route::Sandbox {
            self.judged().await;
        }
        let request = WireRequest::from_http(&Endpoint::new(url).schemas());
        match transport::send(request, &via).await {
            Ok(answer) if answer.status == 200 => {
                let is_real = via.route != Route::Sandbox;
                let url = is_real.then(|| self.peek(|draft| draft.connection.tenant_url.clone()));
                Ok(Asked { body: self.redact(&answer.body), url })
            }
            Ok(answer) => refused(
                format!("it was answered with status {}", answer.status),
                "see in the step Connection what the test says, or paste the answer",
            ),
            Err(fault) => refused(self.redact(&fault.message), "mend that in the step Connection"),
        }
    }

    /// Reads a recipe that the gallery does not hold; nothing where the worker has ended.
    pub async fn read_recipe(self, text: RecipeText) -> Option<ReadRecipe> {
        match self.worker.ask(Ask::Recipe(text)).await {
            Ok(Answer::Recipe(read)) => Some(read),
            _ => None,
        }
    }
}
