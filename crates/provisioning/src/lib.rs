//! What Entra ID's automatic provisioning would do, computed without doing it.
//!
//! A [`configuration::Configuration`] says what the administrator decided, a
//! [`source::Directory`] who there is, which [`tenant`] indexes. [`population::Population`] puts the
//! two together;
//! [`scoping`] says who is in scope, [`mapping`] what the application should hold, [`matching`]
//! whom it holds already, and [`planning`] what follows from the difference. [`cycle`] asks and
//! tells the application in the right order: a state machine that yields requests and takes
//! answers, so that whoever drives it owns the network; [`cycle::job`] is what remembers between two
//! of them. [`report`] is one person's story.
//! [`provisioning_log`] is the same as Entra's log tells it.
//!
//! What needs no application is said without one: [`review`] is advice on a configuration and the
//! people under it, [`difference`] what another configuration would do to them, [`forecast`] how
//! long a first cycle takes, how many calls it makes and what fails, and [`pilot`] whom to begin
//! with.
//!
//! The preview for very many people is [`pipeline`]: the same decisions, counted without their
//! reasons.
//!
//! Nothing here sends, waits, reads a clock or rolls dice. Reading order: [`source`],
//! [`configuration`], [`scoping`], [`expression`], [`mapping`], [`matching`], [`planning`],
//! [`cycle`].

pub mod ambient;
pub mod assignment;
pub mod census;
pub mod configuration;
pub mod cycle;
pub mod difference;
mod dotnet_regex;
pub mod expression;
pub mod forecast;
pub mod graph;
mod holders;
pub mod mapping;
pub mod matching;
mod pattern;
pub mod pilot;
pub mod pipeline;
pub mod planning;
pub mod population;
pub mod provisioning_log;
pub mod quarantine;
pub mod report;
pub mod review;
pub mod scoping;
pub mod source;
pub mod tenant;
