//! What a sandbox is made with.

use scim::patch::Dialect;
use scim::schema::Schemas;

use crate::quirk::Quirks;

/// Where the sandbox answers, whom it lets in and how it behaves.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The path below which the endpoints lie, such as `/scim/v2`; a slash at the end is ignored.
    pub base_path: String,
    /// The bearer token that every request must carry.
    pub token: String,
    /// The seed of the ids: the same requests in the same order then give the same ids.
    pub seed: u64,
    /// The attributes that are kept; others are ignored in what a client sends. An extension
    /// whose URN ends in `:Group` extends groups, any other extends users.
    pub schemas: Schemas,
    /// Whether only the RFC's shapes are understood, or Entra's too.
    pub dialect: Dialect,
    /// How many resources a page holds at most, and when the request does not say.
    pub max_results: usize,
    /// How the sandbox departs from the RFC.
    pub quirks: Quirks,
}

impl Default for Settings {
    /// `/scim/v2`, the [public token](crate::Sandbox::PUBLIC_TOKEN), seed 0, the schemas of
    /// RFC 7643, the RFC's dialect, 200 resources a page, no quirk.
    fn default() -> Self {
        Self {
            base_path: "/scim/v2".to_owned(),
            token: crate::Sandbox::PUBLIC_TOKEN.to_owned(),
            seed: 0,
            schemas: Schemas::rfc7643(),
            dialect: Dialect::Rfc,
            max_results: 200,
            quirks: Quirks::none(),
        }
    }
}
