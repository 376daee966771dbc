//! The project file and the autosaved state: the draft, its version, and perhaps its people.
//!
//! Neither can hold the secret token: it is not part of [`Draft`].

use serde::{Deserialize, Serialize};

use crate::draft::Draft;

/// What the file says it is.
const FORMAT: &str = "scim-wizard-project";

/// The version written; older ones are read, newer ones refused.
const VERSION: u32 = 1;

/// The largest project file that is read, in bytes: far above 100,000 people.
const LARGEST: usize = 200 * 1024 * 1024;

/// A saved project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Project {
    format: String,
    version: u32,
    /// What the administrator typed.
    pub draft: Draft,
    /// The people as Microsoft Graph JSON, where the administrator chose to include them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<String>,
}

impl Project {
    /// A project of the current version.
    pub fn new(draft: Draft, people: Option<String>) -> Self {
        Self { format: FORMAT.to_owned(), version: VERSION, draft, people }
    }

    /// The file's text.
    pub fn write(&self) -> String {
        // Every part of a draft is text, numbers, and lists of them: writing cannot fail.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Reads a file's text.
    ///
    /// # Errors
    /// A sentence with the place, the rule and the repair; the draft in use is not touched.
    pub fn read(text: &str) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Head {
            format: Option<String>,
            version: Option<u32>,
        }
        if text.len() > LARGEST {
            return Err(format!(
                "the file has {} MB, more than the 200 MB that a project can have; choose the file \
                 that the wizard saved",
                text.len() / 1024 / 1024
            ));
        }
        let at =
            |error: &serde_json::Error| format!("line {}, column {}", error.line(), error.column());
        let head: Head = serde_json::from_str(text).map_err(|error| {
            format!(
                "{}: this is not JSON ({error}); choose a file that the wizard saved",
                at(&error)
            )
        })?;
        if head.format.as_deref() != Some(FORMAT) {
            return Err(format!(
                "the member `format` is not `{FORMAT}`; choose a file that the wizard saved"
            ));
        }
        match head.version {
            Some(VERSION) => serde_json::from_str(text).map_err(|error| {
                format!("{}: {error}; put the file back as the wizard saved it", at(&error))
            }),
            Some(newer) if newer > VERSION => Err(format!(
                "the member `version` is {newer}, and this wizard reads versions up to {VERSION}; \
                 open the file with a newer wizard"
            )),
            _ => {
                Err("the member `version` is missing; choose a file that the wizard saved"
                    .to_owned())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gallery::tests::envoy;
    use proptest::prelude::*;

    #[test]
    fn what_was_written_is_read_back() {
        let mut draft = Draft::default();
        draft.add_application("Envoy", envoy());
        let project = Project::new(draft, Some("{}".to_owned()));
        assert_eq!(Project::read(&project.write()), Ok(project));
    }

    #[track_caller]
    fn check(text: &str, part: &str) {
        let fault = Project::read(text).unwrap_err();
        assert!(fault.contains(part), "{fault}");
    }

    #[test]
    fn a_wrong_file_is_refused_with_place_and_repair() {
        check("{", "line 1, column 1");
        check("[]", "choose a file");
        check("{}", "`format`");
        check(r#"{"format":"scim-wizard-project"}"#, "`version` is missing");
        check(r#"{"format":"scim-wizard-project","version":9}"#, "newer wizard");
        check(r#"{"format":"scim-wizard-project","version":1}"#, "draft");
        check(
            r#"{"format":"scim-wizard-project","version":1,"draft":{"token":"x"}}"#,
            "unknown field `token`",
        );
    }

    proptest! {
        #[test]
        fn reading_never_panics(text in ".{0,200}") {
            let _ = Project::read(&text);
        }
    }
}
