//! The tests of the built page, by theme.

mod smoke;
