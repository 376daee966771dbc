//! The tests of the built page, by theme. Each starts the relay and servers that it needs, and a
//! browser of its own.

mod address;
mod assignment;
mod authentication;
mod axe;
mod change;
mod connection;
mod cycles;
mod expression;
mod failure;
mod fluency;
mod gallery;
mod journey;
mod keyboard;
mod many;
mod people;
mod pictures;
mod places;
mod relay;
mod reload;
mod review;
mod secret;
mod servers;
mod timing;
mod workbench;
