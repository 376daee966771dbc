//! The attributes of a directory object, held so that very many objects fit.
//!
//! The objects of a directory have the same few sets of names and many of the same values: one list
//! of names serves all objects that have just these, and equal values are one value. To whoever
//! reads or changes them they are a map by name.

use std::fmt;
use std::iter::Zip;
use std::slice;
use std::sync::Arc;

use super::SourceValue;
use crate::holders::hash;

/// Attributes by their exact, case-sensitive name, in the order of the names; null ones are absent.
///
/// A copy shares names and values with what it was copied from.
#[derive(Clone, Default, PartialEq)]
pub struct Attributes {
    /// In order, each once.
    names: Arc<Vec<String>>,
    /// The value of each name.
    values: Vec<Arc<SourceValue>>,
}

impl Attributes {
    /// None.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The value of an attribute, or nothing where it is null.
    pub fn get(&self, name: &str) -> Option<&SourceValue> {
        self.values.get(self.place(name).ok()?).map(Arc::as_ref)
    }

    /// The same, to be changed; who shares it keeps what was there.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut SourceValue> {
        let place = self.place(name).ok()?;
        self.values.get_mut(place).map(Arc::make_mut)
    }

    /// Whether an attribute has a value.
    pub fn contains_key(&self, name: &str) -> bool {
        self.place(name).is_ok()
    }

    /// Gives an attribute a value, and says which one it had.
    pub fn insert(&mut self, name: String, value: SourceValue) -> Option<SourceValue> {
        self.put(name, Arc::new(value)).map(Arc::unwrap_or_clone)
    }

    /// Gives `name` the value of another attribute, shared, where that has one and `name` has none.
    pub(crate) fn lend(&mut self, from: &str, name: &str) {
        let held = self.place(from).ok().and_then(|place| self.values.get(place)).cloned();
        if let Some(value) = held.filter(|_| !self.contains_key(name)) {
            self.put(name.to_owned(), value);
        }
    }

    /// Takes an attribute away, and says which value it had.
    pub fn remove(&mut self, name: &str) -> Option<SourceValue> {
        let place = self.place(name).ok()?;
        Arc::make_mut(&mut self.names).remove(place);
        Some(Arc::unwrap_or_clone(self.values.remove(place)))
    }

    /// The names in their order.
    pub fn keys(&self) -> slice::Iter<'_, String> {
        self.names.iter()
    }

    /// The values in the order of the names.
    pub fn values(&self) -> impl Iterator<Item = &SourceValue> {
        self.values.iter().map(Arc::as_ref)
    }

    /// Names and values in the order of the names.
    pub fn iter(&self) -> Iter<'_> {
        Iter(self.names.iter().zip(&self.values))
    }

    /// Where a name stands, or would.
    fn place(&self, name: &str) -> Result<usize, usize> {
        self.names.binary_search_by(|known| known.as_str().cmp(name))
    }

    /// Gives an attribute a value that others may have too.
    pub(crate) fn insert_shared(&mut self, name: String, value: Arc<SourceValue>) {
        self.put(name, value);
    }

    fn put(&mut self, name: String, value: Arc<SourceValue>) -> Option<Arc<SourceValue>> {
        match self.place(&name) {
            Ok(place) => self.values.get_mut(place).map(|known| std::mem::replace(known, value)),
            Err(place) => {
                Arc::make_mut(&mut self.names).insert(place, name);
                self.values.insert(place, value);
                None
            }
        }
    }
}

impl fmt::Debug for Attributes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self).finish()
    }
}

impl FromIterator<(String, SourceValue)> for Attributes {
    fn from_iter<I: IntoIterator<Item = (String, SourceValue)>>(all: I) -> Self {
        let mut attributes = Self::new();
        attributes.extend(all);
        attributes
    }
}

impl Extend<(String, SourceValue)> for Attributes {
    fn extend<I: IntoIterator<Item = (String, SourceValue)>>(&mut self, all: I) {
        for (name, value) in all {
            self.insert(name, value);
        }
    }
}

impl<const N: usize> From<[(String, SourceValue); N]> for Attributes {
    fn from(all: [(String, SourceValue); N]) -> Self {
        all.into_iter().collect()
    }
}

impl<'a> IntoIterator for &'a Attributes {
    type Item = (&'a String, &'a SourceValue);
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

/// Names and values of [`Attributes`], in the order of the names.
#[derive(Clone, Debug)]
pub struct Iter<'a>(Zip<slice::Iter<'a, String>, slice::Iter<'a, Arc<SourceValue>>>);

impl<'a> Iterator for Iter<'a> {
    type Item = (&'a String, &'a SourceValue);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(name, value)| (name, value.as_ref()))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for Iter<'_> {}

/// How many sets of names, and how many values, are remembered, so that they can be shared when
/// they come again. Both are powers of two.
const SETS: usize = 1 << 10;
const VALUES: usize = 1 << 12;

/// What objects that are read one after the other have in common.
///
/// It holds the last set of names and the last value for each part of a hash, so it takes the same
/// room for any number of objects. A value that was pushed out is held once more when it comes
/// again.
#[derive(Clone, Debug, Default)]
pub struct Sharing {
    sets: Vec<Arc<Vec<String>>>,
    values: Vec<Option<Arc<SourceValue>>>,
}

impl Sharing {
    /// Puts what earlier objects have in the place of what is equal to it.
    pub fn share(&mut self, attributes: &mut Attributes) {
        self.share_values(attributes);
        self.share_names(attributes);
    }

    /// The same for the values alone, of attributes that get more names yet.
    pub(crate) fn share_values(&mut self, attributes: &mut Attributes) {
        attributes.values.iter_mut().for_each(|value| self.share_value(value));
    }

    /// The same for the names alone, of attributes whose values are shared already.
    pub(crate) fn share_names(&mut self, attributes: &mut Attributes) {
        attributes.values.shrink_to_fit();
        let names = &mut attributes.names;
        if self.sets.is_empty() {
            self.sets.resize(SETS, Arc::default());
        }
        let joined = |hash: u64, name: &String| hash.rotate_left(7) ^ self::hash(name);
        let Some(known) = remembered(&mut self.sets, names.iter().fold(0, joined)) else { return };
        match known == names {
            true => *names = Arc::clone(known),
            false => *known = Arc::clone(names),
        }
    }

    /// A value, or what an earlier object has that is equal to it.
    pub(crate) fn value(&mut self, value: SourceValue) -> Arc<SourceValue> {
        let mut value = Arc::new(value);
        self.share_value(&mut value);
        value
    }

    /// A text, without a copy of it where an earlier object has the same.
    pub(crate) fn text(&mut self, text: &str) -> Arc<SourceValue> {
        let is_same =
            |known: &SourceValue| matches!(known, SourceValue::Text(same) if same == text);
        match self.remembered(hash(text)) {
            Some(Some(known)) if is_same(known) => Arc::clone(known),
            place => {
                let value = Arc::new(SourceValue::Text(text.to_owned()));
                place.into_iter().for_each(|place| *place = Some(Arc::clone(&value)));
                value
            }
        }
    }

    fn remembered(&mut self, hash: u64) -> Option<&mut Option<Arc<SourceValue>>> {
        if self.values.is_empty() {
            self.values.resize(VALUES, None);
        }
        remembered(&mut self.values, hash)
    }

    fn share_value(&mut self, value: &mut Arc<SourceValue>) {
        let Some(known) = self.remembered(hash_of(value)) else { return };
        match known {
            Some(known) if known == value => *value = Arc::clone(known),
            _ => {
                if let Some(SourceValue::Text(text)) = Arc::get_mut(value) {
                    text.shrink_to_fit();
                }
                *known = Some(Arc::clone(value));
            }
        }
    }
}

/// The place of a hash among what is remembered.
fn remembered<T>(all: &mut [T], hash: u64) -> Option<&mut T> {
    let upper = usize::try_from(hash >> 40).unwrap_or_default();
    let place = upper & all.len().saturating_sub(1);
    all.get_mut(place)
}

fn hash_of(value: &SourceValue) -> u64 {
    match value {
        SourceValue::Text(text) => hash(text),
        SourceValue::Boolean(flag) => u64::from(*flag) << 40,
        SourceValue::Number(number) => hash(&number.to_string()),
        SourceValue::List(texts) => {
            texts.iter().fold(1, |all: u64, text| all.rotate_left(7) ^ hash(text))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> SourceValue {
        SourceValue::Text(value.to_owned())
    }

    fn somebody(mail: &str) -> Attributes {
        Attributes::from([
            ("mail".to_owned(), text(mail)),
            ("country".to_owned(), text("DE")),
            ("accountEnabled".to_owned(), SourceValue::Boolean(true)),
            ("phones".to_owned(), SourceValue::List(vec!["1".to_owned(), "2".to_owned()])),
            ("level".to_owned(), SourceValue::Number(7.into())),
        ])
    }

    #[test]
    fn what_is_equal_is_held_once() {
        let (mut sharing, mut ana, mut bo) = (Sharing::default(), somebody("a"), somebody("b"));
        sharing.share(&mut ana);
        sharing.share(&mut bo);
        assert!(Arc::ptr_eq(&ana.names, &bo.names));
        let shared = ana.values.iter().zip(&bo.values).map(|(one, other)| Arc::ptr_eq(one, other));
        let names = ana.keys().map(String::as_str).zip(shared);
        let expected = ["accountEnabled", "country", "level", "mail", "phones"];
        assert!(names.eq(expected.map(|name| (name, name != "mail"))));
        assert_eq!((ana, bo), (somebody("a"), somebody("b")), "which shows nowhere");
    }

    #[test]
    fn a_change_reaches_nobody_else() {
        let (mut sharing, mut ana, mut bo) = (Sharing::default(), somebody("a"), somebody("a"));
        sharing.share(&mut ana);
        sharing.share(&mut bo);
        *bo.get_mut("country").expect("it is there") = text("AT");
        bo.remove("level");
        bo.insert("city".to_owned(), text("Wien"));
        let mut next = somebody("a");
        sharing.share(&mut next);
        assert_eq!(ana, somebody("a"));
        assert_eq!(next, somebody("a"), "what is remembered is as it was");
        assert_eq!((bo.get("country"), bo.get("level")), (Some(&text("AT")), None));
    }

    #[test]
    fn a_value_under_two_names_is_one() {
        let mut ana = somebody("a");
        ana.lend("mail", "login");
        ana.lend("country", "mail");
        ana.lend("nothing", "something");
        assert_eq!((ana.get("login"), ana.get("mail")), (Some(&text("a")), Some(&text("a"))));
        assert_eq!(ana.get("something"), None);
        assert!(Arc::ptr_eq(&ana.values[3], &ana.values[4]), "{ana:?}");
    }
}
