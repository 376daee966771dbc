//! Where a step is in the portal, in both of its layouts, and in the application's own console: a
//! drawing of the screen with the places marked, and what each of them does.
//!
//! The data is `public/guidance/screens.json`, loaded when it is first shown. What is drawn where is
//! computed in `schematic`, without a browser.

use leptos::prelude::*;
use leptos::reactive::spawn_local;
use serde::Deserialize;

mod drawing;
mod schematic;

use crate::gallery::Recipe;
use crate::route::Step;
use crate::transport;
use crate::ui::{Select, SelectOption};
use crate::wizard::Wizard;

/// The file, relative to the page.
const FILE: &str = "guidance/screens.json";

/// Which of the screens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Layout {
    /// The portal's left menu of 2026.
    #[default]
    Current,
    /// The portal's Provisioning page.
    Classic,
    /// The application's own console.
    Console,
}

impl Layout {
    const ALL: [Self; 3] = [Self::Current, Self::Classic, Self::Console];

    fn label(self) -> &'static str {
        match self {
            Self::Current => "Entra portal, current layout",
            Self::Classic => "Entra portal, classic layout",
            Self::Console => "The application's console",
        }
    }
}

/// One screen, as far as a step needs it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Portrait {
    /// The step that it belongs to, by its address.
    pub step: String,
    /// Which layout.
    pub layout: Layout,
    /// The way there.
    pub path: Vec<String>,
    /// The menu at the left, in parts.
    pub menu: Vec<String>,
    /// The line of the menu where it is.
    pub here: String,
    /// What stands on it, from top to bottom.
    pub parts: Vec<Part>,
    /// What is marked, in the order of the numbers.
    pub marks: Vec<Mark>,
    /// The page that says so.
    pub source: String,
    /// The edition of that page.
    pub date: String,
}

/// One thing on a screen.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Part {
    /// What it looks like.
    pub kind: PartKind,
    /// What stands on it.
    pub text: String,
    /// Its number, where it is marked.
    #[serde(default)]
    pub mark: Option<usize>,
}

/// What a part looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PartKind {
    /// A field with its label.
    Field,
    /// A button.
    Button,
    /// A tile of a gallery.
    Tile,
    /// A check box.
    Check,
    /// A heading.
    Heading,
    /// Tabs beside each other.
    Tabs,
    /// The steps of a wizard.
    Steps,
    /// The head of a table and a few lines.
    Table,
}

impl PartKind {
    /// Its name in the style sheet.
    fn name(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Button => "button",
            Self::Tile => "tile",
            Self::Check => "check",
            Self::Heading => "heading",
            Self::Tabs => "tabs",
            Self::Steps => "steps",
            Self::Table => "table",
        }
    }
}

/// A place that is marked.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Mark {
    /// The portal's word for it.
    pub term: String,
    /// What it does.
    pub does: String,
    /// What goes wrong if it is wrong.
    pub wrong: String,
}

/// What all steps share of the guidance.
#[derive(Clone, Copy, Debug, Default)]
pub struct Guide {
    portraits: RwSignal<Option<Result<Vec<Portrait>, String>>>,
    layout: RwSignal<Layout>,
}

/// Reads the file.
///
/// # Errors
/// Says where it is broken.
pub fn read(text: &str) -> Result<Vec<Portrait>, String> {
    serde_json::from_str(text).map_err(|error| {
        format!("`{FILE}` is broken at {error}; put the original file back beside the page")
    })
}

/// The console of an application, as far as its recipe tells it.
fn console(recipe: &Recipe, step: &str) -> Option<Portrait> {
    let path = &recipe.console_path;
    if path.is_empty() || !["application", "connection"].contains(&step) {
        return None;
    }
    let parts = path.iter().zip(1..).map(|(text, number)| Part {
        kind: PartKind::Button,
        text: text.clone(),
        mark: Some(number),
    });
    let marks = path.iter().map(|term| Mark {
        term: term.clone(),
        does: String::new(),
        wrong: String::new(),
    });
    Some(Portrait {
        step: step.to_owned(),
        layout: Layout::Console,
        path: vec![recipe.name.clone()],
        menu: Vec::new(),
        here: String::new(),
        parts: parts.collect(),
        marks: marks.collect(),
        source: recipe.source.clone().unwrap_or_else(|| {
            format!("Microsoft's tutorial for {}, the menu and buttons it names", recipe.name)
        }),
        date: if recipe.tutorial.is_empty() { "" } else { "edition of 2023 to 2025" }.to_owned(),
    })
}

/// The drawing beside a step.
#[component]
pub fn Guidance(
    /// The step.
    step: Step,
) -> impl IntoView {
    let wizard = Wizard::here();
    let guide = wizard.guide;
    load(guide);
    let shown = Memo::new(move |_| {
        let address = step.path().trim_start_matches('/');
        let console = wizard
            .with(|draft| draft.application.as_ref().and_then(|app| console(&app.recipe, address)));
        guide.portraits.with(|loaded| {
            let portraits = loaded.as_ref()?.as_ref().ok()?;
            let own = portraits.iter().filter(|portrait| portrait.step == address);
            let all: Vec<Portrait> = own.cloned().chain(console).collect();
            (!all.is_empty()).then_some(all)
        })
    });
    let fault = move || {
        guide
            .portraits
            .with(|loaded| loaded.as_ref().and_then(|loaded| loaded.as_ref().err().cloned()))
    };
    view! {
        {move || fault().map(|why| view! { <p>{why}</p> })}
        {move || shown.get().map(|all| drawn(guide, &all))}
    }
}

fn load(guide: Guide) {
    if guide.portraits.with_untracked(|loaded| matches!(loaded, Some(Ok(_)))) {
        return;
    }
    spawn_local(async move {
        let loaded = transport::published(FILE).await.and_then(|text| read(&text));
        guide.portraits.set(Some(loaded));
    });
}

fn drawn(guide: Guide, all: &[Portrait]) -> AnyView {
    let options: Vec<_> = Layout::ALL
        .into_iter()
        .filter(|layout| all.iter().any(|portrait| portrait.layout == *layout))
        .map(|layout| SelectOption::new(layout.label(), layout.label()))
        .collect();
    let wanted = guide.layout.get();
    let portrait = all.iter().find(|portrait| portrait.layout == wanted).or_else(|| all.first());
    let chosen = portrait.map(|portrait| portrait.layout).unwrap_or_default();
    let choose = move |label: String| {
        if let Some(layout) = Layout::ALL.into_iter().find(|layout| layout.label() == label) {
            guide.layout.set(layout);
        }
    };
    view! {
        <div class="guidance">
            <Select
                label="Where this is"
                value=Signal::stored(chosen.label().to_owned())
                on_change=choose
                options
            />
            {portrait.map(drawing::drawing)}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gallery::tests::{envoy, gallery};

    pub(super) fn portraits() -> Vec<Portrait> {
        read(include_str!("../public/guidance/screens.json")).unwrap()
    }

    #[test]
    fn every_step_has_both_layouts_with_a_dated_source() {
        let portraits = portraits();
        for step in Step::ALL {
            for layout in [Layout::Classic, Layout::Current] {
                let found = portraits.iter().filter(|each| {
                    step.path() == format!("/{}", each.step) && each.layout == layout
                });
                assert_eq!(found.count(), 1, "{step} {layout:?}");
            }
        }
        assert!(portraits.iter().all(|each| !each.source.is_empty() && each.date.contains("202")));
    }

    #[test]
    fn every_number_stands_on_the_drawing_once_and_in_the_list() {
        for portrait in portraits() {
            let numbers: Vec<usize> = portrait.parts.iter().filter_map(|part| part.mark).collect();
            let listed: Vec<usize> = (1..=portrait.marks.len()).collect();
            assert_eq!(numbers, listed, "{} {:?}", portrait.step, portrait.layout);
            assert!(portrait.marks.iter().all(|mark| !mark.does.is_empty()));
        }
    }

    #[test]
    fn the_console_of_envoy_is_walked_as_in_its_tutorial() {
        let portrait = console(&envoy(), "connection").unwrap();
        let terms: Vec<&str> = portrait.marks.iter().map(|mark| mark.term.as_str()).collect();
        assert_eq!(terms[0], "Integrations");
        assert!(terms.contains(&"Install") && terms.contains(&"Save"), "{terms:?}");
        assert_eq!(console(&envoy(), "scope"), None);
        let some = gallery().iter().filter(|each| console(each, "connection").is_some()).count();
        assert!(some > 80, "{some}");
    }
}
