//! What of an account a mapping compares, as `attributes` names it.

use std::collections::BTreeSet;

use crate::mapping::Mapper;
use crate::mapping::shape::is_core;

/// The names for `attributes`: whole attributes, because parts of them are refused by some servers,
/// with the URN of an extension before them. `id` always comes (RFC 7643, section 7).
pub fn attributes(mapper: &Mapper) -> Vec<String> {
    let names: BTreeSet<String> = mapper
        .places()
        .map(|(_, _, path)| match path.schema.as_deref() {
            Some(urn) if !is_core(urn) => format!("{urn}:{}", path.attribute),
            _ => path.attribute.clone(),
        })
        .collect();
    names.into_iter().collect()
}
