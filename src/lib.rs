//! SCIM Wizard: what Entra ID's automatic provisioning would do, shown before it is switched on.
//!
//! Read in this order: [`route`] lists the steps, [`draft`] is what was typed, [`draft::check`]
//! makes it sound, [`worker`] asks the engine, [`provision`] drives a cycle over [`transport`],
//! and [`steps`] show it all. `ui` holds the widgets, which know nothing of this.

pub mod route;

pub mod csv;
pub mod draft;
pub mod gallery;
pub mod grant;
pub mod history;
pub mod ledger;
pub mod numeral;
pub mod people;
pub mod project;
pub mod runbook;
pub mod secret;
pub mod standing;
pub mod verdict;

pub mod ambient;
pub mod download;
pub mod line;
pub mod provision;
pub mod storage;
pub mod transport;
pub mod worker;

pub mod wizard;

pub mod advice;
pub mod expression_editor;
pub mod forecast;
pub mod guidance;
pub mod outcomes;
pub mod person_picker;
pub mod refusals;
pub mod workbench;

pub mod app;
pub mod steps;
pub mod ui;
