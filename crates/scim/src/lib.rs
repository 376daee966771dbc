//! Placeholder face of the crate; filled by the commits that follow.
