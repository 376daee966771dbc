//! SCIM 2.0 as values: resources, schemas, filters, PATCH, requests and answers.
//!
//! SCIM is how one system keeps another's users and groups: a [resource] is a JSON object, its attributes are
//! described by [schemas](schema), named by [paths](path), asked for by [filters](filter) and changed by
//! [PATCH](patch). A client sends [requests](endpoint) to the [tenant URL](tenant_url) and reads the
//! [answers](answer). RFC 7643 says what resources are, RFC 7644 how they travel.
//!
//! Nothing here sends, stores or measures time. Requests are [`http::Request`]s that somebody else sends, answers are
//! [`http::Response`]s that somebody else received. So the same code runs in a page, in a worker, in a server and
//! in a test.
//!
//! ```
//! use scim::endpoint::{Endpoint, Search};
//! use scim::patch::{Dialect, Operation, PatchRequest, apply};
//! use scim::{filter::Filter, path::Path, resource::Resource, schema::Schemas, tenant_url::TenantUrl};
//! use serde_json::json;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let endpoint = Endpoint::new(TenantUrl::parse("https://app.example/scim/v2")?);
//! let path = Path::parse(r#"emails[type eq "work"].value"#)?;
//! let search = Search::filtered(Filter::equals(&path, "ada@app.example"));
//! let request = endpoint.search("Users", &search);
//! assert!(request.uri().query().is_some_and(|query| query.ends_with("+eq+%22ada%40app.example%22")));
//!
//! let mut ada = Resource::from_value(json!({ "userName": "ada", "active": true }))?;
//! let disable = PatchRequest::new(vec![Operation::replace("active", false)]);
//! apply(&mut ada, &disable, &Schemas::rfc7643(), Dialect::Rfc)?;
//! assert!(Filter::parse("active eq false")?.matches(&ada, &Schemas::rfc7643()));
//! # Ok(())
//! # }
//! ```
//!
//! Read [`resource`], [`path`] and [`filter`] first, then [`schema`] and [`patch`], then [`tenant_url`], [`endpoint`]
//! and [`answer`]. What Microsoft Entra ID does in its own way is in [`patch::entra`] and
//! [`Dialect::Entra`](patch::Dialect::Entra).

pub mod json;
pub mod resource;

pub mod filter;
pub mod path;
pub mod syntax;

pub mod schema;

pub mod patch;

pub mod discovery;
pub mod message;

pub mod answer;
pub mod endpoint;
pub mod paging;
pub mod tenant_url;
pub mod version;

mod instant;
