//! What the application holds, as far as a mapping compares it, found by matching values.

use std::str::FromStr;

use scim::path::Path;
use scim::resource::Resource;
use serde_json::{Value, json};

use super::account_line::{self, Account};
use super::key;
use super::place::Places;
use super::texts::{Held, Slot, Texts};
use crate::holders::Holders;
use crate::mapping::value::as_text;
use crate::mapping::{Mapper, shape};
use crate::planning::compare::{current_value, is_same_text, reference_id};

/// Bytes of text for which room is made for each account that is expected.
const TEXT_OF_ONE: usize = 128;

/// The accounts of one application, as far as one mapping reads them.
#[derive(Clone, Debug)]
pub struct Accounts {
    pub(super) texts: Texts,
    places: Places,
    matching: Vec<Matching>,
    ids: Vec<Slot>,
    /// The places of the first account, of the second, and so on.
    slots: Vec<Slot>,
    /// The whole line, where it is needed to judge the account.
    lines: Vec<Slot>,
    reading: Account,
    reading_line: Slot,
}

/// Whose value of one matching attribute is what.
#[derive(Clone, Debug)]
struct Matching {
    row: usize,
    path: Path,
    place: usize,
    case_exact: bool,
    holders: Holders,
}

impl Accounts {
    /// No account yet.
    pub(super) fn new(mapper: &Mapper) -> Self {
        let places = Places::new(mapper);
        let matching = mapper.matching().iter().filter_map(|index| {
            let row = mapper.mapping().attributes.get(*index)?;
            let place = places.of_row.get(*index).copied().flatten()?;
            let (path, case_exact) = (row.target.path.clone(), row.target.case_exact);
            Some(Matching { row: *index, path, place, case_exact, holders: Holders::default() })
        });
        let matching = matching.collect();
        let slots = vec![Slot::default(); places.paths.len()];
        Self {
            texts: Texts::default(),
            places,
            matching,
            ids: Vec::new(),
            slots: Vec::new(),
            lines: Vec::new(),
            reading: Account { slots, ..Account::default() },
            reading_line: Slot::default(),
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Makes room for so many: what has to be moved to make room is held twice.
    pub(super) fn reserve(&mut self, count: usize) {
        self.ids.reserve_exact(count);
        self.lines.reserve_exact(count);
        self.slots.reserve_exact(count.saturating_mul(self.reading.slots.len()));
        self.texts.reserve(count.saturating_mul(TEXT_OF_ONE));
        for matching in &mut self.matching {
            matching.holders = Holders::with_room(count);
        }
    }

    /// Gives back the room that was made for more.
    pub(super) fn shrink_to_fit(&mut self) {
        self.texts.shrink_to_fit();
    }

    /// The application's id of an account.
    pub fn id(&self, account: usize) -> &str {
        self.ids.get(account).map_or("", |slot| self.texts.str_at(*slot))
    }

    /// Reads a line; [`Accounts::keep`] takes it over.
    pub(super) fn read_line(&mut self, line: &str) -> Result<(), serde_json::Error> {
        let Self { texts, places, reading, .. } = self;
        account_line::read(line, &places.members, texts, reading)?;
        self.reading_line = Slot::default();
        if reading.is_odd || !places.are_plain {
            let no_room = |_| serde::de::Error::custom("there is no room for more accounts");
            self.reading_line = texts.own(line).map_err(no_room)?;
            let whole = Resource::from_str(line)?;
            reading.id = texts.text(whole.id().unwrap_or_default()).map_err(no_room)?;
        }
        Ok(())
    }

    pub(super) fn read_id(&self) -> &str {
        match self.texts.get(self.reading.id) {
            Held::Text(id) => id,
            _ => "",
        }
    }

    /// Takes over the line that was read last.
    pub(super) fn keep(&mut self) {
        let account = self.ids.len();
        self.ids.push(self.reading.id);
        self.slots.extend_from_slice(&self.reading.slots);
        self.lines.push(self.reading_line);
        let number = u32::try_from(account).unwrap_or_default();
        let mut matching = std::mem::take(&mut self.matching);
        for each in &mut matching {
            let Matching { path, place, case_exact, holders, .. } = each;
            self.each_value(account, path, *place, &mut |text| {
                holders.insert(key::hash_of_value(text, *case_exact), number);
            });
        }
        self.matching = matching;
    }

    /// The accounts that hold the matching value of a row, each once.
    pub fn find(&self, row: usize, value: &str) -> Vec<usize> {
        let mut found = Vec::new();
        let Some(matching) = self.matching.iter().find(|matching| matching.row == row) else {
            return found;
        };
        for account in matching.holders.find(key::hash_of_value(value, matching.case_exact)) {
            let account = account as usize;
            let mut is_same = false;
            self.each_value(account, &matching.path, matching.place, &mut |text| {
                is_same |= is_same_text(text, value, matching.case_exact);
            });
            if is_same && !found.contains(&account) {
                found.push(account);
            }
        }
        found
    }

    /// Goes through the texts that an account holds at a matching attribute.
    fn each_value(&self, account: usize, path: &Path, place: usize, each: &mut dyn FnMut(&str)) {
        if let Some(whole) = self.whole(account) {
            let values = whole.values(path).into_iter().filter_map(as_text);
            values.for_each(|text| each(&text));
        } else if let Some(text) = text_of(self.held(account, place)) {
            each(text);
        }
    }

    /// What an account holds where a row writes.
    pub(super) fn held_by_row(&self, account: usize, row: usize) -> Held<'_> {
        match self.places.of_row.get(row) {
            Some(Some(place)) => self.held(account, *place),
            _ => Held::Absent,
        }
    }

    fn held(&self, account: usize, place: usize) -> Held<'_> {
        let slot = self.slots.get(account * self.places.paths.len() + place);
        self.texts.get(slot.copied().unwrap_or_default())
    }

    /// The reference that an account holds where a row writes, where only the reader of whole
    /// resources understands the account.
    pub(super) fn whole_reference(
        &self,
        account: usize,
        row: usize,
        mapper: &Mapper,
    ) -> Option<Option<String>> {
        let whole = self.whole(account)?;
        let place = mapper.places().find(|(at, ..)| *at == row).map(|(_, _, place)| place);
        Some(place.and_then(|place| reference_id(&current_value(&whole, place)?)))
    }

    /// Whether only the reader of whole resources understands an account.
    pub(super) fn is_odd(&self, account: usize) -> bool {
        self.lines.get(account).is_some_and(|line| !line.is_absent())
    }

    fn whole(&self, account: usize) -> Option<Resource> {
        let line = self.lines.get(account).filter(|line| !line.is_absent())?;
        Resource::from_str(self.texts.str_at(*line)).ok()
    }

    /// The account as a resource, with the attributes that the mapping compares.
    pub fn resource(&self, account: usize) -> Resource {
        if let Some(whole) = self.whole(account) {
            return whole;
        }
        let mut resource = Resource::default();
        resource.as_map_mut().insert("id".to_owned(), json!(self.id(account)));
        for (place, path) in self.places.paths.iter().enumerate() {
            let value = match self.held(account, place) {
                Held::Text(text) => json!(text),
                Held::Boolean(flag) => json!(flag),
                Held::Number(number) => serde_json::from_str(number).unwrap_or(Value::Null),
                Held::Absent | Held::Several(_) => continue,
            };
            shape::lay(&mut resource, path, value);
        }
        resource
    }
}

/// The text form in which values are compared.
pub(super) fn text_of(held: Held<'_>) -> Option<&str> {
    match held {
        Held::Text(text) | Held::Number(text) => Some(text),
        Held::Boolean(true) => Some("True"),
        Held::Boolean(false) => Some("False"),
        Held::Absent | Held::Several(_) => None,
    }
}
