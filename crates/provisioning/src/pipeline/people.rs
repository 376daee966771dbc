//! The people of a directory in columns' clothing: numbered slots over shared texts.

use std::collections::BTreeMap;

use super::layout::Layout;
use super::texts::{Full, Held, Slot, Texts};
use crate::assignment::Assignments;
use crate::configuration::ObjectKind;
use crate::expression::value::{List, Number, Value};
use crate::scoping::ClauseTexts;
use crate::source::{AppRole, Directory, SourceObject, SourceValue};

/// The people of one directory, as far as one configuration reads them.
#[derive(Clone, Debug)]
pub struct People {
    layout: Layout,
    pub(super) texts: Texts,
    ids: Vec<Slot>,
    deleted: Vec<bool>,
    /// The slots of the first person, of the second, and so on.
    slots: Vec<Slot>,
    /// How each person is assigned, by the number of the standing.
    standing: Vec<u32>,
    standings: Vec<Standing>,
    by_roles: BTreeMap<Vec<String>, u32>,
}

/// How somebody is assigned to the application; many share one.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Standing {
    pub(super) is_assigned: bool,
    pub(super) has_default_access_alone: bool,
    pub(super) roles: Vec<AppRole>,
}

impl People {
    /// Nobody yet.
    pub fn new(layout: Layout) -> Self {
        Self {
            layout,
            texts: Texts::default(),
            ids: Vec::new(),
            deleted: Vec::new(),
            slots: Vec::new(),
            standing: Vec::new(),
            standings: vec![Standing::default()],
            by_roles: BTreeMap::new(),
        }
    }

    /// The users of a directory with their assignments; nothing where they are more than fit.
    pub fn of(layout: Layout, directory: &Directory, assignments: &Assignments) -> Option<Self> {
        let mut people = Self::new(layout);
        people.make_room(directory.users.len());
        for user in &directory.users {
            people.add(user).ok()?;
        }
        people.texts.shrink_to_fit();
        people.assign(assignments);
        Some(people)
    }

    /// Room for so many and no more: what grows by doubling is half empty in the end.
    fn make_room(&mut self, count: usize) {
        self.ids.reserve_exact(count);
        self.deleted.reserve_exact(count);
        self.slots.reserve_exact(count.saturating_mul(self.layout.names().len()));
        self.standing.reserve_exact(count);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The directory id of a person.
    pub fn id(&self, person: usize) -> &str {
        self.ids.get(person).map_or("", |slot| self.texts.str_at(*slot))
    }

    /// The slots that they were read into.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Takes over how everybody is assigned to the application.
    pub fn assign(&mut self, assignments: &Assignments) {
        self.reassign(assignments, 0..self.len());
    }

    /// The same for some of the people; whoever is not among them is assigned as before.
    pub fn reassign(&mut self, assignments: &Assignments, people: impl IntoIterator<Item = usize>) {
        for person in people {
            let found = assignments.of(self.id(person));
            let is_like = |known: &Standing| {
                known.is_assigned == found.is_assigned()
                    && known.has_default_access_alone == found.has_default_access_alone()
                    && known.roles == found.roles
            };
            let number = match self.standings.iter().position(is_like) {
                Some(at) => u32::try_from(at).unwrap_or_default(),
                None => self.number_of(Standing {
                    is_assigned: found.is_assigned(),
                    has_default_access_alone: found.has_default_access_alone(),
                    roles: found.roles.clone(),
                }),
            };
            if let Some(place) = self.standing.get_mut(person) {
                *place = number;
            }
        }
    }

    fn number_of(&mut self, standing: Standing) -> u32 {
        let known = self.standings.iter().position(|known| *known == standing);
        let at = known.unwrap_or_else(|| {
            self.standings.push(standing);
            self.standings.len() - 1
        });
        u32::try_from(at).unwrap_or_default()
    }

    /// The standing of somebody with these roles, by their names.
    pub(super) fn standing_with(&mut self, roles: &[String]) -> u32 {
        if let Some(known) = self.by_roles.get(roles) {
            return *known;
        }
        let role = |name: &String| AppRole {
            id: name.clone(),
            value: name.clone(),
            display_name: name.clone(),
        };
        let standing = Standing {
            is_assigned: !roles.is_empty(),
            has_default_access_alone: false,
            roles: roles.iter().map(role).collect(),
        };
        let number = self.number_of(standing);
        self.by_roles.insert(roles.to_vec(), number);
        number
    }

    /// What reading a line needs: the slots, and where texts are kept.
    pub(super) fn parts(&mut self) -> (&Layout, &mut Texts) {
        (&self.layout, &mut self.texts)
    }

    /// Adds a person whose slots are filled.
    pub(super) fn push(&mut self, id: Slot, deleted: bool, slots: &[Slot], standing: u32) {
        self.ids.push(id);
        self.deleted.push(deleted);
        self.slots.extend_from_slice(slots);
        self.standing.push(standing);
    }

    /// Takes over a layout that has more slots behind those of this one, in which nobody has a value.
    /// Another layout changes nothing.
    pub fn widen(&mut self, layout: &Layout) {
        let (before, after) = (self.layout.names().len(), layout.names().len());
        if after <= before || !layout.names().starts_with(self.layout.names()) {
            return;
        }
        let mut slots = Vec::with_capacity(self.len() * after);
        for person in self.slots.chunks(before.max(1)) {
            slots.extend_from_slice(person);
            slots.resize(slots.len() + after - before, Slot::default());
        }
        self.slots = slots;
        self.layout = layout.clone();
    }

    fn add(&mut self, object: &SourceObject) -> Result<(), Full> {
        // The id is mostly an attribute too.
        let id = self.texts.text(&object.id)?;
        let mut slots = self.slots_of(object)?;
        super::line::know_guest(&mut self.texts, &self.layout, &mut slots)?;
        self.push(id, object.soft_deleted, &slots, 0);
        Ok(())
    }

    fn slots_of(&mut self, object: &SourceObject) -> Result<Vec<Slot>, Full> {
        let mut slots = vec![Slot::default(); self.layout.names().len()];
        // Both are in the order of the names.
        let mut known = self.layout.by_name().peekable();
        for (name, value) in &object.attributes {
            while known.next_if(|(known, _)| *known < name.as_str()).is_some() {}
            if let Some((_, slot)) = known.next_if(|(known, _)| known == name)
                && let Some(place) = slots.get_mut(slot)
            {
                *place = self.texts.value(value)?;
            }
        }
        Ok(slots)
    }

    fn slot(&self, person: usize, slot: usize) -> Slot {
        let at = person * self.layout.names().len() + slot;
        self.slots.get(at).copied().unwrap_or_default()
    }

    /// The value of an attribute that is a text and not empty.
    pub(super) fn text(&self, person: usize, slot: usize) -> Option<&str> {
        match self.texts.get(self.slot(person, slot)) {
            Held::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value of an attribute, as expressions read it.
    pub(super) fn value(&self, person: usize, slot: usize) -> Value<'_> {
        match self.texts.get(self.slot(person, slot)) {
            Held::Absent => Value::Null,
            Held::Text(text) => Value::from(text),
            Held::Boolean(flag) => Value::Boolean(flag),
            Held::Number(number) => match number.parse() {
                Ok(whole) => Value::Number(Number::Integer(whole)),
                Err(_) => Value::from(number),
            },
            Held::Several(texts) => {
                let texts: Vec<_> =
                    texts.iter().map(|text| self.texts.str_at(*text).into()).collect();
                Value::List(List::from(texts))
            }
        }
    }

    /// The texts of an attribute, as clauses compare them.
    pub(super) fn clause_texts(&self, person: usize, slot: usize) -> ClauseTexts<'_> {
        match self.texts.get(self.slot(person, slot)) {
            Held::Absent => ClauseTexts::One(""),
            Held::Text(text) | Held::Number(text) => ClauseTexts::One(text),
            Held::Boolean(true) => ClauseTexts::One("True"),
            Held::Boolean(false) => ClauseTexts::One("False"),
            Held::Several(texts) => {
                ClauseTexts::Several(texts.iter().map(|text| self.texts.str_at(*text)).collect())
            }
        }
    }

    pub(super) fn is_enabled(&self, person: usize) -> bool {
        self.texts.get(self.slot(person, self.layout.enabled)) != Held::Boolean(false)
    }

    pub(super) fn is_deleted(&self, person: usize) -> bool {
        self.deleted.get(person).copied().unwrap_or_default()
    }

    pub(super) fn standing(&self, person: usize) -> Option<&Standing> {
        self.standings.get(*self.standing.get(person)? as usize)
    }

    /// The person as the whole engine reads one, with the attributes that have a slot.
    pub fn object(&self, person: usize) -> SourceObject {
        let attributes = (0..).zip(self.layout.names()).filter_map(|(slot, name)| {
            let text = |text: &str| SourceValue::Text(text.to_owned());
            let value = match self.texts.get(self.slot(person, slot)) {
                Held::Absent => return None,
                Held::Text(held) => text(held),
                Held::Boolean(flag) => SourceValue::Boolean(flag),
                Held::Number(number) => {
                    serde_json::from_str(number).map_or_else(|_| text(number), SourceValue::Number)
                }
                Held::Several(texts) => SourceValue::List(
                    texts.iter().map(|text| self.texts.str_at(*text).to_owned()).collect(),
                ),
            };
            Some((name.clone(), value))
        });
        SourceObject {
            id: self.id(person).to_owned(),
            kind: ObjectKind::User,
            attributes: attributes.collect(),
            members: Vec::new(),
            soft_deleted: self.is_deleted(person),
        }
    }
}
