//! The chore runner.

fn main() {}
