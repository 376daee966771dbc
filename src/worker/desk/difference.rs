//! Two drafts side by side, over the same people.

use provisioning::difference::{self, AttributeDifference, Difference, Move, Movement, Reach};

use super::{Desk, View};
use crate::draft::Draft;
use crate::draft::place::Kind;
use crate::people;
use crate::worker::message::{Compared, MoveQuery, MoveRow, Moves, Slice, shown};

/// The largest slice that is handed out at once.
const MOST_ROWS: usize = 500;

impl Desk {
    /// Compares a draft, or the one in use, with an earlier one. The comparison is kept until the
    /// draft in use or the people change.
    pub(super) fn compare(&mut self, before: &Draft, after: Option<&Draft>) -> Compared {
        let before = self.view_of(before);
        let other = after.map(|after| self.view_of(after));
        let after = other.as_ref().unwrap_or_else(|| self.view());
        let difference = difference::between(&before.population, &after.population);
        let told = compared(&difference);
        self.difference = Some(difference);
        told
    }

    /// The people in use under another draft.
    fn view_of(&self, draft: &Draft) -> View {
        let mut tenant = self.tenant.clone().reassigned(people::assigned(&draft.assignments));
        View::new(draft, &mut tenant, self.ambient())
    }

    /// A slice of those who move; nothing while nothing is compared.
    pub(super) fn moves(&self, query: &MoveQuery) -> Moves {
        let Some(difference) = &self.difference else { return Slice::default() };
        let wanted = |each: &&Move| {
            let differs = |name: &String| each.attributes.iter().any(|one| one.attribute == *name);
            query.movement.as_ref().is_none_or(|wanted| wanted == in_a_word(each.movement))
                && query.attribute.as_ref().is_none_or(differs)
        };
        let found: Vec<&Move> = difference.moves.iter().filter(wanted).collect();
        let rows = found.iter().skip(query.from).take(query.count.min(MOST_ROWS));
        Slice { total: found.len(), from: query.from, rows: rows.map(|each| row(each)).collect() }
    }
}

fn compared(difference: &Difference) -> Compared {
    let count = |movement| {
        let of = |counts: &difference::MoveCounts| counts.moves.get(&movement).copied();
        of(&difference.users).unwrap_or_default() + of(&difference.groups).unwrap_or_default()
    };
    let attributes = difference.attributes.iter();
    let mut attributes: Vec<(String, usize)> =
        attributes.map(|(name, count)| (name.clone(), *count)).collect();
    attributes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    Compared {
        movements: MOVEMENTS.map(|each| (in_a_word(each).to_owned(), count(each))).to_vec(),
        unchanged: difference.users.unchanged + difference.groups.unchanged,
        attributes,
        leavers: difference.leavers(),
        is_above_threshold: difference.is_above_threshold,
    }
}

const MOVEMENTS: [Movement; 5] =
    [Movement::Enters, Movement::Leaves, Movement::Changes, Movement::Fails, Movement::Recovers];

fn in_a_word(movement: Movement) -> &'static str {
    match movement {
        Movement::Enters => "Enters",
        Movement::Leaves => "Leaves",
        Movement::Changes => "Changes",
        Movement::Fails => "Fails",
        Movement::Recovers => "Recovers",
    }
}

fn row(moved: &Move) -> MoveRow {
    let mut attributes: Vec<_> = moved.attributes.iter().map(attribute).collect();
    if let Some((before, after)) = &moved.matching {
        let told = |by: &difference::MatchedBy| {
            by.as_ref().map_or_else(|| "–".to_owned(), |(path, value)| format!("{path} = {value}"))
        };
        let note = "an account that is linked stays linked".to_owned();
        attributes.push(("matched by".to_owned(), told(before), told(after), note));
    }
    MoveRow {
        id: moved.source_id.clone(),
        kind: Kind::from(moved.kind),
        label: moved.label.clone(),
        movement: in_a_word(moved.movement).to_owned(),
        action: moved.action.to_string(),
        reason: match moved.action.text() {
            Some(text) if moved.reasons.is_empty() => text.to_owned(),
            _ => moved.reasons.clone(),
        },
        attributes,
    }
}

fn attribute(differs: &AttributeDifference) -> (String, String, String, String) {
    let note = match differs.reach {
        Reach::Written => "",
        Reach::NewAccounts => "new accounts only",
        Reach::Stays => "nothing is sent, so the old value stays",
        Reach::UpdateIsOff => "Update is switched off",
    };
    let [before, after] = [&differs.before, &differs.after].map(|value| shown(value.as_ref()));
    (differs.attribute.clone(), before, after, note.to_owned())
}
