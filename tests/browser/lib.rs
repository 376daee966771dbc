//! Tests of the real page in Chromium.
