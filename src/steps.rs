//! The eight screens, one a step; no step imports another.

pub mod application;
pub mod connection;
pub mod deliver;
pub mod mappings;
pub mod people;
pub mod preview;
pub mod run;
pub mod scope;
