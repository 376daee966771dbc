//! Cycles in a simulated world: stories told in its words, and properties that always hold.

mod properties;
mod stories;
mod world;
