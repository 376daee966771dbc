//! The order of a search that asks for none: that of creation, unless a quirk says otherwise.

use crate::ResourceType;
use crate::quirk::{Quirk, Quirks};
use crate::store::Kept;

/// Brings what was found, as created, into the order of these quirks. `number` is that of the
/// request.
pub(super) fn apply(found: &mut [(ResourceType, &Kept)], quirks: &Quirks, number: u64) {
    if quirks.contains(Quirk::OrderById) {
        found.sort_by_cached_key(|(_, kept)| kept.read().id().map(str::to_owned));
    }
    if quirks.contains(Quirk::OrderChanging) && !found.is_empty() {
        let turn = usize::try_from(number).unwrap_or_default() % found.len();
        found.rotate_left(turn);
    }
}
