//! One value of a line, kept among the texts.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::super::asked::Asked;
use super::super::texts::{Slot, Texts};
use super::full;

/// What a value must be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Any,
    Text,
    Boolean,
    Reference,
}

/// A value, kept among the texts.
pub(super) struct Worth<'r> {
    pub(super) texts: &'r mut Texts,
    pub(super) kind: Kind,
}

impl Worth<'_> {
    fn allow<E: Error>(&self, kind: Kind) -> Result<(), E> {
        match self.kind {
            Kind::Text if kind != Kind::Text => Err(E::custom("text in quotes was expected")),
            Kind::Boolean if kind != Kind::Boolean => {
                Err(E::custom("true or false without quotes was expected"))
            }
            _ => Ok(()),
        }
    }

    fn number<E: Error>(self, number: &serde_json::Number) -> Result<Slot, E> {
        self.allow(Kind::Any)?;
        match self.kind {
            Kind::Reference => Ok(Slot::default()),
            _ => self.texts.number(&number.to_string()).map_err(full),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Worth<'_> {
    type Value = Slot;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Slot, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Worth<'_> {
    type Value = Slot;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Slot, E> {
        Ok(Slot::default())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Slot, E> {
        self.allow(Kind::Text)?;
        self.texts.text(text).map_err(full)
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Slot, E> {
        self.allow(Kind::Boolean)?;
        Ok(if self.kind == Kind::Reference { Slot::default() } else { Slot::boolean(flag) })
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Slot, E> {
        self.number(&number.into())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Slot, E> {
        self.number(&number.into())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Slot, E> {
        match serde_json::Number::from_f64(number) {
            Some(number) => self.number(&number),
            None => Ok(Slot::default()),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Slot, A::Error> {
        self.allow(Kind::Any)?;
        let mut texts = Vec::new();
        while let Some(element) = elements.next_element::<serde_json::Value>()? {
            if let Some(text) = element.as_str() {
                texts.push(self.texts.text(text).map_err(full)?);
            }
        }
        if self.kind == Kind::Reference {
            return Ok(Slot::default());
        }
        self.texts.several(&texts).map_err(full)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Slot, A::Error> {
        self.allow(Kind::Any)?;
        let mut id = Slot::default();
        while let Some(is_id) = members.next_key_seed(Asked(|name: &str| name == "id"))? {
            if self.kind == Kind::Reference && is_id {
                let kind = Kind::Reference;
                id = members.next_value_seed(Worth { texts: &mut *self.texts, kind })?;
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(id)
    }
}
