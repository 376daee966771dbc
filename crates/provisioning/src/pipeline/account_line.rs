//! One account of the application on one line, read straight into its places.
//!
//! What is unusual about a line (a name in another case, a list where one value is usual) is noted,
//! and the line is kept whole: the reader of whole resources judges it then.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::asked::Asked;
use super::place::{Below, Element, Member};
use super::texts::{Held, Slot, Texts};

/// What a line yields.
#[derive(Clone, Debug, Default)]
pub(super) struct Account {
    pub(super) id: Slot,
    pub(super) slots: Vec<Slot>,
    /// The line says something in a way that only the reader of whole resources understands.
    pub(super) is_odd: bool,
}

/// Reads one line.
pub(super) fn read(
    line: &str,
    members: &[Member],
    texts: &mut Texts,
    account: &mut Account,
) -> Result<(), serde_json::Error> {
    account.id = Slot::default();
    account.is_odd = false;
    account.slots.fill(Slot::default());
    let mut reader = serde_json::Deserializer::from_str(line);
    reader.deserialize_map(Object { members, texts, account, is_top: true })?;
    reader.end()
}

/// An object whose members are read.
struct Object<'r> {
    members: &'r [Member],
    texts: &'r mut Texts,
    account: &'r mut Account,
    is_top: bool,
}

/// Which member of an object a name is.
enum Known {
    At(usize),
    Id,
    Other,
    /// Another spelling of a name that is read.
    Odd,
}

struct Name<'r> {
    members: &'r [Member],
    /// Where the member is expected.
    next: usize,
    is_top: bool,
}

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = Known;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Known, D::Error> {
        reader.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = Known;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Known, E> {
        if self.is_top && name == "id" {
            return Ok(Known::Id);
        }
        let is_at = |at: &usize| self.members.get(*at).is_some_and(|member| member.name == name);
        let mut places = (self.next..self.members.len()).chain(0..self.next);
        if let Some(at) = places.find(is_at) {
            return Ok(Known::At(at));
        }
        let is_spelling = |member: &Member| {
            let head = name.get(..member.name.len());
            head.is_some_and(|head| head.eq_ignore_ascii_case(&member.name))
                && (name.len() == member.name.len() || member.name.contains(':'))
        };
        let is_odd = self.members.iter().any(is_spelling)
            || (self.is_top && name.eq_ignore_ascii_case("id"));
        Ok(if is_odd { Known::Odd } else { Known::Other })
    }
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object in { }")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let Self { members: known, texts, account, is_top } = self;
        let mut next = 0;
        while let Some(name) = members.next_key_seed(Name { members: known, next, is_top })? {
            let member = match name {
                Known::At(at) => {
                    next = at + 1;
                    known.get(at)
                }
                Known::Id => {
                    let id = members.next_value_seed(Worth { texts })?;
                    account.id = id.unwrap_or_default();
                    continue;
                }
                Known::Odd => {
                    account.is_odd = true;
                    None
                }
                Known::Other => None,
            };
            match member {
                None => drop(members.next_value::<IgnoredAny>()?),
                Some(member) => {
                    member.below.places(&mut |place| account.put(place, Slot::default()));
                    let below = &member.below;
                    members.next_value_seed(BelowSeed { below, texts, account })?;
                }
            }
        }
        Ok(())
    }
}

impl Account {
    fn put(&mut self, place: usize, held: Slot) {
        if let Some(slot) = self.slots.get_mut(place) {
            *slot = held;
        }
    }

    fn has(&self, place: usize) -> bool {
        self.slots.get(place).is_some_and(|slot| !slot.is_absent())
    }
}

struct BelowSeed<'r> {
    below: &'r Below,
    texts: &'r mut Texts,
    account: &'r mut Account,
}

impl<'de> DeserializeSeed<'de> for BelowSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        if let Below::Value(place) = self.below {
            match (Worth { texts: self.texts }).deserialize(reader)? {
                Some(held) => self.account.put(*place, held),
                None => self.account.is_odd = true,
            }
            return Ok(());
        }
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for BelowSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an attribute")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        self.account.is_odd = true;
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        self.visit_bool(true)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        self.visit_bool(true)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        self.visit_bool(true)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        self.visit_bool(true)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<(), A::Error> {
        let Self { below, texts, account } = self;
        match below {
            Below::Object(known) => {
                Object { members: known, texts, account, is_top: false }.visit_map(members)
            }
            _ => {
                account.is_odd = true;
                IgnoredAny.visit_map(members).map(drop)
            }
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Self { below, texts, account } = self;
        let Below::Elements(elements) = below else {
            account.is_odd = true;
            return IgnoredAny.visit_seq(list).map(drop);
        };
        while list.next_element_seed(ElementSeed { elements, texts, account })?.is_some() {}
        Ok(())
    }
}

/// One element of a list.
struct ElementSeed<'r> {
    elements: &'r [Element],
    texts: &'r mut Texts,
    account: &'r mut Account,
}

impl<'de> DeserializeSeed<'de> for ElementSeed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for ElementSeed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an element in { }")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let Self { elements, texts, account } = self;
        // What was read of this element, by name: few of its members are asked for.
        let mut read: Vec<(&str, Slot)> = Vec::with_capacity(4);
        let names = || elements.iter().flat_map(|each| [&*each.tested, &*each.member]);
        let known = |name: &str| match names().find(|known| *known == name) {
            Some(known) => Ok(known),
            None => Err(names().any(|known| known.eq_ignore_ascii_case(name))),
        };
        while let Some(name) = members.next_key_seed(Asked(known))? {
            match name {
                Ok(known) => match members.next_value_seed(Worth { texts })? {
                    Some(held) => {
                        read.retain(|(other, _)| *other != known);
                        read.push((known, held));
                    }
                    None => account.is_odd = true,
                },
                Err(is_odd) => {
                    account.is_odd |= is_odd;
                    members.next_value::<IgnoredAny>()?;
                }
            }
        }
        let of = |name: &str| read.iter().find(|(known, _)| *known == name).map(|(_, held)| *held);
        for element in elements {
            let selects = of(&element.tested)
                .is_some_and(|held| selects(texts.get(held), &element.wanted, &mut account.is_odd));
            if selects && !account.has(element.place) {
                account.put(element.place, of(&element.member).unwrap_or_default());
            }
        }
        Ok(())
    }
}

/// Whether a value is the one that a filter wants, by the rules of [`scim::filter`].
fn selects(held: Held<'_>, wanted: &Value, is_odd: &mut bool) -> bool {
    match (held, wanted) {
        (Held::Text(text), Value::String(wanted)) => {
            *is_odd |= !text.is_ascii();
            text.eq_ignore_ascii_case(wanted)
        }
        (Held::Boolean(flag), Value::String(wanted)) => {
            wanted.eq_ignore_ascii_case(if flag { "true" } else { "false" })
        }
        (Held::Boolean(flag), Value::Bool(wanted)) => flag == *wanted,
        _ => false,
    }
}

/// A single value, kept among the texts; nothing where it is a list or an object.
struct Worth<'r> {
    texts: &'r mut Texts,
}

impl<'de> DeserializeSeed<'de> for Worth<'_> {
    type Value = Option<Slot>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Option<Slot>, D::Error> {
        reader.deserialize_any(self)
    }
}

fn kept<E: Error>(slot: Result<Slot, super::texts::Full>) -> Result<Option<Slot>, E> {
    slot.map(Some).map_err(|_| E::custom("there is no room for more accounts"))
}

impl<'de> Visitor<'de> for Worth<'_> {
    type Value = Option<Slot>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Option<Slot>, E> {
        Ok(Some(Slot::default()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Option<Slot>, E> {
        kept(self.texts.text(text))
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Option<Slot>, E> {
        Ok(Some(Slot::boolean(flag)))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Option<Slot>, E> {
        kept(self.texts.number(&number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Option<Slot>, E> {
        kept(self.texts.number(&number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Option<Slot>, E> {
        match serde_json::Number::from_f64(number) {
            Some(number) => kept(self.texts.number(&number.to_string())),
            None => Ok(None),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Option<Slot>, A::Error> {
        IgnoredAny.visit_seq(list).map(|_| None)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Option<Slot>, A::Error> {
        IgnoredAny.visit_map(members).map(|_| None)
    }
}
