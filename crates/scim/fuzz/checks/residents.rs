//! The users and groups that are asked and changed: those of the vectors.

use std::sync::LazyLock;

use scim::resource::Resource;
use scim::schema::Schemas;
use serde_json::Value;

/// The RFC's schemas.
pub(crate) static SCHEMAS: LazyLock<Schemas> = LazyLock::new(Schemas::rfc7643);

/// Nine users and three groups.
pub(crate) static RESIDENTS: LazyLock<Vec<Resource>> = LazyLock::new(|| {
    let vectors: Value =
        serde_json::from_str(include_str!("../../tests/vectors/scim-filters.json"))
            .expect("the vectors are JSON");
    serde_json::from_value(vectors["resources"].clone()).expect("resources")
});
