//! The reading of one file: its bytes become text, and its first letter says what the text is.

use provisioning::graph::people::{Gathering, Reader};

use super::Order;
use super::encoding::{Decoder, Wrong};
use super::sheet::{Assignment, Membership, Sheet};

/// The file that is read now.
#[derive(Debug)]
pub(super) struct Reading {
    decoder: Decoder,
    contents: Option<Contents>,
    assignment: Option<Assignment>,
    stem: String,
    /// It is wrong, so that nothing more of it is read.
    is_lost: bool,
}

#[derive(Debug)]
enum Contents {
    Json(Reader),
    Table(Box<Sheet>),
}

impl Reading {
    pub(super) fn new(file: &Order) -> Self {
        let stem = file.name.rsplit_once('.').map_or(file.name.as_str(), |(stem, _)| stem);
        Self {
            decoder: Decoder::default(),
            contents: None,
            assignment: file.assignment.clone(),
            stem: stem.to_owned(),
            is_lost: false,
        }
    }

    /// Whether it is wrong, so that nothing more of it need be read.
    pub(super) fn is_lost(&self) -> bool {
        self.is_lost
    }

    pub(super) fn piece(&mut self, bytes: &[u8], into: &mut Gathering) {
        let Self { decoder, contents, assignment, stem, .. } = self;
        let mut wrong = None;
        let decoded = decoder.piece(bytes, &mut |text| {
            let text = text_of(text, contents, assignment, stem);
            if let (Some((contents, text)), None) = (text, &wrong) {
                wrong = contents.piece(text, into).err();
            }
        });
        self.lose(decoded.err().or(wrong), into);
    }

    pub(super) fn end(mut self, into: &mut Gathering) -> Option<Membership> {
        if self.is_lost {
            return None;
        }
        let Self { decoder, contents, assignment, stem, .. } = &mut self;
        let mut wrong = None;
        let decoded = decoder.end(&mut |text| {
            let text = text_of(text, contents, assignment, stem);
            if let Some((contents, text)) = text {
                wrong = contents.piece(text, into).err();
            }
        });
        let wrong = decoded.err().or(wrong);
        if wrong.is_some() {
            self.lose(wrong, into);
            return None;
        }
        match self.contents {
            None => {
                into.refuse_at(
                    None,
                    "",
                    "there is nothing in it",
                    "choose the file with the people",
                );
                None
            }
            Some(Contents::Json(reader)) => {
                reader.end(into);
                None
            }
            Some(Contents::Table(sheet)) => match sheet.end(into) {
                Ok(membership) => membership,
                Err(wrong) => {
                    into.refuse_at(wrong.spot, "", &wrong.rule, &wrong.repair);
                    None
                }
            },
        }
    }

    fn lose(&mut self, wrong: Option<Wrong>, into: &mut Gathering) {
        if let Some(Wrong { spot, rule, repair }) = wrong {
            into.refuse_at(spot, "", &rule, &repair);
            self.is_lost = true;
        }
    }
}

/// The contents, which the first letter that is no blank decides, and the text that belongs to them.
fn text_of<'t, 'c>(
    text: &'t str,
    contents: &'c mut Option<Contents>,
    assignment: &mut Option<Assignment>,
    stem: &str,
) -> Option<(&'c mut Contents, &'t str)> {
    if contents.is_none() {
        let first = text.trim_start().chars().next()?;
        *contents = Some(match first {
            '{' | '[' => Contents::Json(Reader::default()),
            _ => Contents::Table(Box::new(Sheet::new(assignment.take(), stem))),
        });
    }
    contents.as_mut().map(|contents| (contents, text))
}

impl Contents {
    fn piece(&mut self, text: &str, into: &mut Gathering) -> Result<(), Wrong> {
        match self {
            Self::Json(reader) => {
                reader.piece(text.as_bytes(), into);
                Ok(())
            }
            Self::Table(sheet) => sheet.piece(text, into),
        }
    }
}
