//! SCIM 2.0 (RFC 7643, RFC 7644) as values: resources, filters, requests and answers. No I/O.

pub mod answer;
pub mod discovery;
pub mod endpoint;
pub mod filter;
mod instant;
pub mod message;
pub mod patch;
pub mod path;
pub mod resource;
pub mod schema;
pub mod syntax;
pub mod tenant_url;
