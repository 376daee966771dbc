//! The examples of the reference, computed: at the time, in the tenant, and beside the values
//! that they are written for.

use std::collections::BTreeMap;

use provisioning::ambient::Ambient;
use provisioning::configuration::ObjectKind;
use provisioning::expression::value::DateTime;

use super::prepared::{Bystander, Prepared};
use crate::draft::mapping::TargetTypeDraft;
use crate::draft::mapping::unit_test::Literal;
use crate::worker::message::Found;

/// The 30th of July 2025 at six o'clock UTC, in milliseconds since 1970.
const NOW: i64 = 1_753_855_200_000;
/// The tenant's default domain.
const DOMAIN: &str = "contoso.com";
/// What the application holds already, for `SelectUniqueValue`.
const TAKEN: &str = "jsmith@contoso.com";

/// What an example gives.
pub(super) fn example(text: &str, values: &BTreeMap<String, Literal>) -> Found {
    let ambient = Ambient { now: DateTime::from_unix_milliseconds(NOW), seed: 0 };
    let bystander = Bystander::new(ObjectKind::User, values);
    let inputs = bystander.inputs(Some(DOMAIN), &ambient);
    Prepared::new(text, TargetTypeDraft::String).run_unique(&inputs, &|value| value == TAKEN)
}
