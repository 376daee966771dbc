//! The texts of many objects in one: each is a place in it, and those that come again share theirs.

use crate::holders;
use crate::source::SourceValue;

/// A place in [`Texts`], with what the text there stands for. Eight bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Slot {
    start: u32,
    form: u32,
}

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held<'a> {
    /// Nothing.
    Absent,
    /// A text that is not empty.
    Text(&'a str),
    /// True or false.
    Boolean(bool),
    /// A number, as JSON writes it.
    Number(&'a str),
    /// Several texts.
    Several(&'a [Slot]),
}

const TEXT: u32 = 1;
const BOOLEAN: u32 = 2;
const NUMBER: u32 = 3;
const SEVERAL: u32 = 4;
/// The upper bits say what it is, the lower ones how long.
const LENGTH_BITS: u32 = 29;
const LENGTH: u32 = (1 << LENGTH_BITS) - 1;

/// How many texts are remembered, so that they can be shared when they come again.
const REMEMBERED: usize = 1 << 12;

/// All texts that one side of a preview holds.
#[derive(Clone, Debug, Default)]
pub(super) struct Texts {
    all: String,
    lists: Vec<Slot>,
    /// A text for each place that a hash has, with the other half of the hash: most that differ are
    /// told apart without looking at them.
    remembered: Vec<(u32, Slot)>,
}

/// There is no room for another text: four gigabytes are the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Full;

impl Slot {
    fn new(start: usize, kind: u32, length: usize) -> Result<Self, Full> {
        let length = u32::try_from(length).ok().filter(|length| *length <= LENGTH).ok_or(Full)?;
        let start = u32::try_from(start).map_err(|_| Full)?;
        Ok(Self { start, form: kind << LENGTH_BITS | length })
    }

    pub(super) fn boolean(flag: bool) -> Self {
        Self { start: 0, form: BOOLEAN << LENGTH_BITS | u32::from(flag) }
    }

    pub(super) fn is_absent(self) -> bool {
        self.form == 0
    }

    fn range(self) -> std::ops::Range<usize> {
        let start = self.start as usize;
        start..start + (self.form & LENGTH) as usize
    }
}

/// How much more room is made for what holds so much: half of it, and not as much again, because old
/// and new are both held while one is copied to the other.
pub(super) fn step(held: usize) -> usize {
    (held / 2).max(4096)
}

impl Texts {
    /// Keeps a text, or finds the same one again; an empty one is nothing.
    pub(super) fn text(&mut self, text: &str) -> Result<Slot, Full> {
        if text.is_empty() {
            return Ok(Slot::default());
        }
        if self.remembered.is_empty() {
            self.remembered.resize(REMEMBERED, (0, Slot::default()));
        }
        let hash = holders::hash(text);
        let place = usize::try_from(hash >> 52).unwrap_or_default();
        let half = hash as u32;
        let (known_half, known) = self.remembered.get(place).copied().unwrap_or_default();
        if known_half == half && self.str_at(known) == text {
            return Ok(known);
        }
        let slot = self.own(text)?;
        if let Some(place) = self.remembered.get_mut(place) {
            *place = (half, slot);
        }
        Ok(slot)
    }

    /// Keeps a text that no other object has, such as an id.
    pub(super) fn own(&mut self, text: &str) -> Result<Slot, Full> {
        let slot = Slot::new(self.all.len(), TEXT, text.len())?;
        self.append(text);
        Ok(slot)
    }

    /// Keeps a number as JSON writes it.
    pub(super) fn number(&mut self, text: &str) -> Result<Slot, Full> {
        let slot = Slot::new(self.all.len(), NUMBER, text.len())?;
        self.append(text);
        Ok(slot)
    }

    fn append(&mut self, text: &str) {
        if self.all.capacity() - self.all.len() < text.len() {
            self.all.reserve_exact(step(self.all.len()).max(text.len()));
        }
        self.all.push_str(text);
    }

    /// Keeps the value of a directory's attribute.
    pub(super) fn value(&mut self, value: &SourceValue) -> Result<Slot, Full> {
        match value {
            SourceValue::Text(text) => self.text(text),
            SourceValue::Boolean(flag) => Ok(Slot::boolean(*flag)),
            SourceValue::Number(number) => self.number(&number.to_string()),
            SourceValue::List(list) => {
                let texts: Result<Vec<_>, _> = list.iter().map(|text| self.text(text)).collect();
                self.several(&texts?)
            }
        }
    }

    /// Keeps several texts; none at all is nothing.
    pub(super) fn several(&mut self, texts: &[Slot]) -> Result<Slot, Full> {
        if texts.is_empty() {
            return Ok(Slot::default());
        }
        let slot = Slot::new(self.lists.len(), SEVERAL, texts.len())?;
        self.lists.extend_from_slice(texts);
        Ok(slot)
    }

    /// What stands at a place.
    pub(super) fn get(&self, slot: Slot) -> Held<'_> {
        match slot.form >> LENGTH_BITS {
            TEXT => Held::Text(self.str_at(slot)),
            BOOLEAN => Held::Boolean(slot.form & LENGTH == 1),
            NUMBER => Held::Number(self.str_at(slot)),
            SEVERAL => Held::Several(self.lists.get(slot.range()).unwrap_or_default()),
            _ => Held::Absent,
        }
    }

    /// The text at a place, as it stands there.
    pub(super) fn str_at(&self, slot: Slot) -> &str {
        self.all.get(slot.range()).unwrap_or_default()
    }

    /// Makes room for so many bytes of text.
    pub(super) fn reserve(&mut self, bytes: usize) {
        self.all.reserve_exact(bytes);
    }

    /// Gives back the room that is kept for more.
    pub(super) fn shrink_to_fit(&mut self) {
        self.all.shrink_to_fit();
        self.lists.shrink_to_fit();
    }

    /// How much is kept, to return to with [`Texts::forget_since`].
    pub(super) fn mark(&self) -> (usize, usize) {
        (self.all.len(), self.lists.len())
    }

    /// Takes back what was kept since a mark, so that nothing of a refused line stays.
    pub(super) fn forget_since(&mut self, (texts, lists): (usize, usize)) {
        self.all.truncate(texts);
        self.lists.truncate(lists);
        for (_, slot) in &mut self.remembered {
            if slot.range().end > texts {
                *slot = Slot::default();
            }
        }
    }
}
