//! The sandbox tour: Envoy filled in, an invented tenant, one group assigned, the preview begun.

use leptos::prelude::*;
use provisioning::source::DEFAULT_ACCESS;

use super::{People, Wizard};
use crate::draft::place::Kind;
use crate::draft::{Draft, PeopleSource};
use crate::gallery::Recipe;
use crate::worker::message::{Answer, Ask, Errand, ListQuery, PeopleSummary, PeopleText};

const APPLICATION: &str = "envoy";
const GROUP: &str = "Envoy Users";
const SIZE: u32 = 200;
const SEED: u32 = 1;

impl Wizard {
    pub(super) async fn begin_tour(self) -> Result<(), String> {
        let recipe = self.tour_recipe().await?;
        let Some((people, group)) = self.tour_people().await else {
            self.load_people();
            return Err("the people could not be invented; load the page again".to_owned());
        };
        self.forget_secrets();
        self.edit("tour", |draft| {
            *draft = Draft::default();
            draft.add_application(&recipe.name.clone(), recipe);
            draft.people = PeopleSource::Invented { size: SIZE, seed: SEED };
            draft.assign(&group, DEFAULT_ACCESS);
        });
        self.people.set(People::Ready(people));
        // The preview is of what the worker has.
        self.judged().await;
        self.preview.begin(self, Errand::Preview);
        Ok(())
    }

    async fn tour_recipe(self) -> Result<Recipe, String> {
        let mut recipes = self.load_gallery().await?.into_iter();
        recipes.find(|recipe| recipe.id == APPLICATION).ok_or_else(|| {
            format!("the gallery does not hold `{APPLICATION}`; put its original file back")
        })
    }

    /// The invented people, and the id of the group that is assigned.
    async fn tour_people(self) -> Option<(PeopleSummary, String)> {
        let people = PeopleText::Invented { size: SIZE, seed: SEED };
        let Ok(Answer::People(summary)) = self.worker.ask(Ask::LoadPeople(people)).await else {
            return None;
        };
        let query = ListQuery {
            search: GROUP.to_owned(),
            kind: Some(Kind::Group),
            count: 1,
            ..ListQuery::default()
        };
        let Ok(Answer::List(slice)) = self.worker.ask(Ask::List(query)).await else { return None };
        slice.rows.into_iter().next().map(|group| (summary, group.id))
    }
}
