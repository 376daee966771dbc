//! What holds for every expression, every filter and every person, however hostile.

mod evaluating;
mod filtering;
mod generators;
mod reading;
