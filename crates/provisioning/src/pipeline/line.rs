//! One person of Microsoft Graph on one line, read straight into slots.

mod worth;

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use self::worth::{Kind, Worth};
use super::asked::Asked;
use super::layout::Layout;
use super::texts::{Full, Held, Slot, Texts};
use crate::source::home_address;
use crate::source::known::{BOOLEANS, TEXTS};

/// What a member of a line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    Nothing,
    Id { slot: Option<usize>, counts: bool },
    Deleted,
    Extensions,
    Roles,
    Reference(usize),
    Text(usize),
    Boolean(usize),
    Any(usize),
}

impl Use {
    fn of(layout: &Layout, name: &str) -> Self {
        let slot = layout.filled_by(name);
        match (name, slot) {
            ("id", slot) => Self::Id { slot, counts: true },
            ("objectId", slot) => Self::Id { slot, counts: false },
            ("deletedDateTime", None) => Self::Deleted,
            ("onPremisesExtensionAttributes", _) => Self::Extensions,
            (name, _) if layout.roles.as_deref() == Some(name) => Self::Roles,
            ("manager", Some(slot)) => Self::Reference(slot),
            (name, Some(slot)) if TEXTS.contains(&name) => Self::Text(slot),
            (name, Some(slot)) if BOOLEANS.contains(&name) => Self::Boolean(slot),
            (name, Some(slot)) if !name.contains("@odata.") && name != "members" => Self::Any(slot),
            _ => Self::Nothing,
        }
    }
}

/// What a line yields, before it is taken over.
#[derive(Debug, Default)]
pub(super) struct Person {
    pub(super) id: Slot,
    pub(super) slots: Vec<Slot>,
    pub(super) roles: Vec<String>,
    deleted: bool,
}

/// The members of the lines before: the next line mostly has the same, in the same order.
#[derive(Debug, Default)]
pub(super) struct Habit {
    members: Vec<(String, Use)>,
    extensions: Vec<(String, Option<usize>)>,
}

/// A file whose every line has other members would be remembered without end.
const MOST_REMEMBERED: usize = 256;

impl Habit {
    /// What a member is for, looked up where it stood in the line before.
    fn of(&mut self, place: usize, name: &str, layout: &Layout) -> Use {
        if let Some((known, used)) = self.members.get(place)
            && known == name
        {
            return *used;
        }
        if let Some((_, used)) = self.members.iter().find(|(known, _)| known == name) {
            return *used;
        }
        let used = Use::of(layout, name);
        if self.members.len() < MOST_REMEMBERED {
            self.members.insert(place.min(self.members.len()), (name.to_owned(), used));
        }
        used
    }

    /// The slot that an extension attribute fills.
    fn of_extension(&mut self, name: &str, layout: &Layout) -> Option<usize> {
        if let Some((_, slot)) = self.extensions.iter().find(|(known, _)| known == name) {
            return *slot;
        }
        let slot = layout.filled_by(name);
        if self.extensions.len() < MOST_REMEMBERED {
            self.extensions.push((name.to_owned(), slot));
        }
        slot
    }
}

/// Reads one line into `person`; its texts are in `texts` then, and taken over or taken back by the
/// caller.
pub(super) fn read(
    line: &str,
    layout: &Layout,
    texts: &mut Texts,
    habit: &mut Habit,
    person: &mut Person,
) -> Result<(), serde_json::Error> {
    person.start(layout.names().len());
    let mut reader = serde_json::Deserializer::from_str(line);
    reader.deserialize_map(PersonVisitor { layout, texts, habit, person })?;
    reader.end()?;
    person.finish(layout, texts).map_err(full)
}

impl Person {
    fn start(&mut self, slots: usize) {
        self.id = Slot::default();
        self.deleted = false;
        self.roles.clear();
        self.slots.clear();
        self.slots.resize(slots, Slot::default());
    }

    pub(super) fn is_deleted(&self) -> bool {
        self.deleted
    }

    /// The names that the directory has for what Graph calls otherwise.
    fn finish(&mut self, layout: &Layout, texts: &mut Texts) -> Result<(), Full> {
        for (slot, from) in &layout.filled {
            let Some(known) = self.slots.get(*from).copied() else { continue };
            let first = match texts.get(known) {
                Held::Several(several) => several.first().copied(),
                _ => Some(known),
            };
            if let Some(place) = self.slots.get_mut(*slot).filter(|place| place.is_absent()) {
                *place = first.unwrap_or_default();
            }
        }
        know_guest(texts, layout, &mut self.slots)
    }
}

/// A guest is known by the home address.
pub(super) fn know_guest(
    texts: &mut Texts,
    layout: &Layout,
    slots: &mut [Slot],
) -> Result<(), Full> {
    let Some(full) = slots.get(layout.principal_name).copied() else { return Ok(()) };
    let Held::Text(name) = texts.get(full) else { return Ok(()) };
    let Some(home) = home_address(name) else { return Ok(()) };
    if let Some(original) = slots.get_mut(layout.original_name).filter(|slot| slot.is_absent()) {
        *original = full;
    }
    if let Some(name) = slots.get_mut(layout.principal_name) {
        *name = texts.text(&home)?;
    }
    Ok(())
}

fn full<E: Error>(_: Full) -> E {
    E::custom("there is no room for more people")
}

struct PersonVisitor<'r> {
    layout: &'r Layout,
    texts: &'r mut Texts,
    habit: &'r mut Habit,
    person: &'r mut Person,
}

impl<'de> Visitor<'de> for PersonVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a person in { }")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let mut place = 0;
        loop {
            let name = Asked(|name: &str| self.habit.of(place, name, self.layout));
            let Some(used) = members.next_key_seed(name)? else { return Ok(()) };
            place += 1;
            self.person.take(used, &mut members, self.layout, self.texts, self.habit)?;
        }
    }
}

impl Person {
    fn take<'de, A: MapAccess<'de>>(
        &mut self,
        used: Use,
        members: &mut A,
        layout: &Layout,
        texts: &mut Texts,
        habit: &mut Habit,
    ) -> Result<(), A::Error> {
        let mut value = |kind| members.next_value_seed(Worth { texts: &mut *texts, kind });
        match used {
            Use::Nothing => return members.next_value::<IgnoredAny>().map(drop),
            Use::Deleted => {
                self.deleted = members.next_value::<Option<IgnoredAny>>()?.is_some();
            }
            Use::Extensions => {
                members.next_value_seed(Extensions { layout, texts, habit, person: self })?
            }
            Use::Roles => self.roles = members.next_value()?,
            Use::Id { slot, counts } => {
                let held = value(Kind::Any)?;
                self.put(slot, held);
                let is_text = matches!(texts.get(held), Held::Text(_));
                if is_text && (counts || self.id.is_absent()) {
                    self.id = held;
                }
            }
            Use::Reference(slot) => self.put(Some(slot), value(Kind::Reference)?),
            Use::Text(slot) => self.put(Some(slot), value(Kind::Text)?),
            Use::Boolean(slot) => self.put(Some(slot), value(Kind::Boolean)?),
            Use::Any(slot) => self.put(Some(slot), value(Kind::Any)?),
        }
        Ok(())
    }

    fn put(&mut self, slot: Option<usize>, held: Slot) {
        if let Some(place) = slot.and_then(|slot| self.slots.get_mut(slot))
            && !held.is_absent()
        {
            *place = held;
        }
    }
}

/// `onPremisesExtensionAttributes`, whose members are attributes of the person.
struct Extensions<'r> {
    layout: &'r Layout,
    texts: &'r mut Texts,
    habit: &'r mut Habit,
    person: &'r mut Person,
}

impl<'de> DeserializeSeed<'de> for Extensions<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Extensions<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("extension attributes in { }")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let Self { layout, texts, habit, person } = self;
        while let Some(slot) =
            members.next_key_seed(Asked(|name: &str| habit.of_extension(name, layout)))?
        {
            let held = match slot {
                None => members.next_value::<IgnoredAny>().map(|_| Slot::default())?,
                Some(_) => {
                    members.next_value_seed(Worth { texts: &mut *texts, kind: Kind::Any })?
                }
            };
            person.put(slot, held);
        }
        Ok(())
    }
}
