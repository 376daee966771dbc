//! Several texts, lent where they are read and cut only when they are asked for.

use std::borrow::Cow;
use std::slice;

/// Several texts.
///
/// An attribute's are lent by the person, and the parts of a text are cut one by one while they
/// are read: asking for one of them makes no list of all.
#[derive(Clone, Debug)]
pub struct List<'a>(Texts<'a>);

#[derive(Clone, Debug)]
enum Texts<'a> {
    /// The values of an attribute.
    Attribute(&'a [String]),
    /// Texts that an evaluation made.
    Made(Vec<Cow<'a, str>>),
    /// Made texts of somebody else.
    Lent(&'a [Cow<'a, str>]),
    /// The parts of a text between delimiters.
    Parts { text: Cow<'a, str>, delimiter: &'a str },
}

impl<'a> List<'a> {
    /// The values of an attribute.
    pub(in crate::expression) fn of_attribute(texts: &'a [String]) -> Self {
        Self(Texts::Attribute(texts))
    }

    /// The trimmed, non-empty parts of a text; an empty delimiter cuts nothing.
    pub(in crate::expression) fn of_parts(text: Cow<'a, str>, delimiter: Cow<'a, str>) -> Self {
        match delimiter {
            Cow::Borrowed(delimiter) => Self(Texts::Parts { text, delimiter }),
            // Rare, and what is lent is smaller.
            Cow::Owned(delimiter) => Self(Texts::Made(cut(text, &delimiter))),
        }
    }

    /// The texts in their order.
    pub fn iter(&self) -> Iter<'_> {
        Iter(match &self.0 {
            Texts::Attribute(texts) => Source::Attribute(texts.iter()),
            Texts::Made(texts) => Source::Made(texts.iter()),
            Texts::Lent(texts) => Source::Made(texts.iter()),
            Texts::Parts { text, delimiter } => {
                Source::Parts(Parts { rest: Some(text), delimiter })
            }
        })
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// One of the texts, by its place from 0, lent as long as the list was; else how many there are.
    pub(in crate::expression) fn into_nth(self, place: usize) -> Result<Cow<'a, str>, usize> {
        let lend = |text: &'a str| Cow::Borrowed(text);
        match self.0 {
            Texts::Attribute(texts) => texts.get(place).map(|text| lend(text)).ok_or(texts.len()),
            Texts::Lent(texts) => texts.get(place).map(|text| lend(text)).ok_or(texts.len()),
            Texts::Made(texts) => {
                let count = texts.len();
                texts.into_iter().nth(place).ok_or(count)
            }
            Texts::Parts { text: Cow::Borrowed(text), delimiter } => {
                nth_part(text, delimiter, place).map(lend)
            }
            Texts::Parts { text: Cow::Owned(text), delimiter } => {
                nth_part(&text, delimiter, place).map(|part| Cow::Owned(part.to_owned()))
            }
        }
    }

    /// The texts as a list of their own.
    pub fn into_texts(self) -> Vec<Cow<'a, str>> {
        match self.0 {
            Texts::Attribute(texts) => {
                texts.iter().map(|text| Cow::Borrowed(text.as_str())).collect()
            }
            Texts::Made(texts) => texts,
            Texts::Lent(texts) => texts.iter().map(|text| Cow::Borrowed(text.as_ref())).collect(),
            Texts::Parts { text, delimiter } => cut(text, delimiter),
        }
    }

    /// The same texts, lent by this list.
    pub(super) fn reborrow(&self) -> List<'_> {
        List(match &self.0 {
            Texts::Attribute(texts) => Texts::Attribute(texts),
            Texts::Made(texts) => Texts::Lent(texts),
            Texts::Lent(texts) => Texts::Lent(texts),
            Texts::Parts { text, delimiter } => {
                Texts::Parts { text: Cow::Borrowed(text.as_ref()), delimiter }
            }
        })
    }

    /// The same texts without borrows.
    pub(super) fn into_owned(self) -> List<'static> {
        let texts = self.into_texts().into_iter().map(|text| Cow::Owned(text.into_owned()));
        List(Texts::Made(texts.collect()))
    }
}

impl<'a> From<Vec<Cow<'a, str>>> for List<'a> {
    fn from(texts: Vec<Cow<'a, str>>) -> Self {
        Self(Texts::Made(texts))
    }
}

/// Lists are equal when their texts are.
impl PartialEq for List<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<'l> IntoIterator for &'l List<'_> {
    type Item = &'l str;
    type IntoIter = Iter<'l>;

    fn into_iter(self) -> Iter<'l> {
        self.iter()
    }
}

/// The texts of a [`List`] in their order.
#[derive(Clone, Debug)]
pub struct Iter<'l>(Source<'l>);

#[derive(Clone, Debug)]
enum Source<'l> {
    Attribute(slice::Iter<'l, String>),
    Made(slice::Iter<'l, Cow<'l, str>>),
    Parts(Parts<'l, 'l>),
}

impl<'l> Iterator for Iter<'l> {
    type Item = &'l str;

    fn next(&mut self) -> Option<&'l str> {
        match &mut self.0 {
            Source::Attribute(texts) => texts.next().map(String::as_str),
            Source::Made(texts) => texts.next().map(AsRef::as_ref),
            Source::Parts(parts) => parts.next(),
        }
    }
}

/// All parts of a text, lent where the text is.
fn cut<'a>(text: Cow<'a, str>, delimiter: &str) -> Vec<Cow<'a, str>> {
    match text {
        Cow::Borrowed(text) => Parts { rest: Some(text), delimiter }.map(Cow::Borrowed).collect(),
        Cow::Owned(text) => {
            Parts { rest: Some(&text), delimiter }.map(|part| Cow::Owned(part.to_owned())).collect()
        }
    }
}

/// One of the parts of a text, by its place from 0; else how many there are.
fn nth_part<'t>(text: &'t str, delimiter: &str, place: usize) -> Result<&'t str, usize> {
    let mut count = 0;
    for part in (Parts { rest: Some(text), delimiter }) {
        if count == place {
            return Ok(part);
        }
        count += 1;
    }
    Err(count)
}

/// The parts of a text that are still to come.
#[derive(Clone, Debug)]
struct Parts<'t, 'd> {
    rest: Option<&'t str>,
    delimiter: &'d str,
}

impl<'t> Iterator for Parts<'t, '_> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        loop {
            let text = self.rest?;
            let cut = match self.delimiter.as_bytes() {
                [] => None,
                // One character is found without preparing a search.
                [byte] => text.split_once(char::from(*byte)),
                _ => text.split_once(self.delimiter),
            };
            let part = cut.map_or(text, |(part, _)| part).trim();
            self.rest = cut.map(|(_, rest)| rest);
            if !part.is_empty() {
                return Some(part);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str, delimiter: &str) -> Vec<String> {
        let owned = List::of_parts(Cow::Owned(text.to_owned()), Cow::Borrowed(delimiter));
        let lent = List::of_parts(Cow::Borrowed(text), Cow::Owned(delimiter.to_owned()));
        assert_eq!(owned, lent);
        for place in 0..4 {
            assert_eq!(lent.clone().into_nth(place), owned.clone().into_nth(place));
            let expected = lent.iter().nth(place).ok_or(lent.iter().count());
            assert_eq!(lent.clone().into_nth(place).as_deref().map_err(|count| *count), expected);
        }
        assert_eq!(owned.clone().into_texts(), lent.iter().collect::<Vec<_>>());
        assert_eq!(owned.reborrow().into_owned(), lent.clone().into_owned());
        assert_eq!(owned.is_empty(), lent.iter().count() == 0);
        lent.iter().map(str::to_owned).collect()
    }

    #[test]
    fn parts_are_trimmed_and_empty_ones_dropped() {
        assert_eq!(parts("a, b,, c ,", ","), ["a", "b", "c"]);
        assert_eq!(parts(" a b ", ""), ["a b"]);
        assert_eq!(parts("a--b", "--"), ["a", "b"]);
        assert_eq!(parts(" , ", ","), [""; 0]);
        assert_eq!(parts("", ","), [""; 0]);
    }

    #[test]
    fn lists_are_equal_by_their_texts() {
        let texts = ["a".to_owned(), "b".to_owned()];
        let attribute = List::of_attribute(&texts);
        assert_eq!(attribute, List::from(vec![Cow::Borrowed("a"), Cow::Borrowed("b")]));
        assert_eq!(attribute, List::of_parts("a;b".into(), ";".into()));
        assert_ne!(attribute, List::of_parts("a;b;c".into(), ";".into()));
        let made = List::from(vec![Cow::Borrowed("a")]);
        assert_eq!(made.reborrow().reborrow().into_nth(0).as_deref(), Ok("a"));
        assert_eq!(made.reborrow().into_texts(), ["a"]);
    }
}
