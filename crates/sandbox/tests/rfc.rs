//! The sandbox against the examples and rules of RFC 7644, section by section.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test fails by a panic"
)]

#[path = "support/client.rs"]
mod client;

mod rfc {
    mod access;
    mod change;
    mod create;
    mod discovery;
    mod groups;
    mod search;

    use crate::client::Client;
    use sandbox::Settings;
    use serde_json::{Value, json};

    pub(crate) const USER: &str = "urn:ietf:params:scim:schemas:core:2.0:User";
    pub(crate) const GROUP: &str = "urn:ietf:params:scim:schemas:core:2.0:Group";
    pub(crate) const ENTERPRISE: &str =
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    pub(crate) const PATCH_OP: &str = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

    pub(crate) fn client() -> Client {
        Client::new(Settings::default())
    }

    pub(crate) fn user(user_name: &str) -> Value {
        json!({ "schemas": [USER], "userName": user_name })
    }

    /// A user with what the examples of the RFC ask for.
    pub(crate) fn barbara() -> Value {
        json!({
            "schemas": [USER, ENTERPRISE],
            "externalId": "bjensen",
            "userName": "bjensen@example.com",
            "name": { "formatted": "Ms. Barbara J Jensen III", "familyName": "Jensen", "givenName": "Barbara" },
            "title": "Tour Guide",
            "active": true,
            "emails": [
                { "value": "bjensen@example.com", "type": "work", "primary": true },
                { "value": "babs@jensen.org", "type": "home" },
            ],
            ENTERPRISE: { "employeeNumber": "701984", "department": "Tour Operations" },
        })
    }

    pub(crate) fn patch(operations: Value) -> Value {
        json!({ "schemas": [PATCH_OP], "Operations": operations })
    }
}
