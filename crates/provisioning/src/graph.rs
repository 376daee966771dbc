//! Microsoft Graph's JSON: the only module that knows it, and nothing else here imports it.

pub mod people;
pub mod provisioning_log;
pub mod schema;
