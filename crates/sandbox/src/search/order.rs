//! The order of a search that asks for none: that of creation, unless a quirk says otherwise.

use scim::resource::Resource;

use crate::ResourceType;
use crate::quirk::{Quirk, Quirks};

/// Brings what was found, as created, into the order of these quirks. `number` is that of the
/// request.
pub(super) fn apply(found: &mut [(ResourceType, &Resource)], quirks: &Quirks, number: u64) {
    if quirks.contains(Quirk::OrderById) {
        found.sort_by(|(_, one), (_, other)| one.id().cmp(&other.id()));
    }
    if quirks.contains(Quirk::OrderChanging) && !found.is_empty() {
        let turn = usize::try_from(number).unwrap_or_default() % found.len();
        found.rotate_left(turn);
    }
}
