//! The words between the desk and the sandbox's worker.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::wire::{Served, WireRequest};

/// What the sandbox is told, in this order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Order {
    /// Begin anew, with nobody in it.
    Open {
        /// The path of the tenant URL.
        base_path: String,
        /// Names of the attributes that the application has: those that the RFC does not know are
        /// added to its schema.
        published: Vec<String>,
    },
    /// These users are there already.
    Insert(Vec<Value>),
    /// Misbehave in these ways, by their names, and in no others.
    Quirks(Vec<String>),
    /// Answer a request.
    Serve(WireRequest),
}

/// What an order came to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Obeyed {
    /// The sandbox's answer, where it was asked for one and has been opened.
    pub served: Option<Served>,
    /// How many bytes of memory its worker was given.
    pub held: usize,
}
