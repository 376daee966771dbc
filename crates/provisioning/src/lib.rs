//! What Entra ID's automatic provisioning would do, computed without doing it.

pub mod ambient;
pub mod assignment;
pub mod configuration;
pub mod expression;
pub mod scoping;
pub mod source;
