//! The browser's clock and chance, and how much memory it gave: the one door through which they
//! enter.

/// Milliseconds since 1970, by the device's clock.
pub fn now() -> f64 {
    js_sys::Date::now()
}

/// How many bytes of memory this program was given; it never gives any back. Nothing outside a
/// browser.
pub fn held() -> usize {
    #[cfg(target_arch = "wasm32")]
    return core::arch::wasm32::memory_size::<0>() * 65_536;
    #[cfg(not(target_arch = "wasm32"))]
    0
}

/// The moment as RFC 3339 text in UTC, to the second.
pub fn timestamp() -> String {
    let text = String::from(js_sys::Date::new_0().to_iso_string());
    text.split_once('.').map_or_else(|| text.clone(), |(seconds, _)| format!("{seconds}Z"))
}

/// The day of a moment, by the device's calendar: `2026-09-01`.
pub fn date(milliseconds: f64) -> String {
    let date = js_sys::Date::new(&milliseconds.into());
    format!("{:04}-{:02}-{:02}", date.get_full_year(), date.get_month() + 1, date.get_date())
}

/// A random GUID, as Test Connection asks for; it names nobody and guards nothing.
pub fn guid() -> String {
    let part = |bits: u32| {
        let span = f64::from(2u32.pow(bits));
        // The product is below 2^16.
        (js_sys::Math::random() * span) as u32
    };
    format!(
        "{:04x}{:04x}-{:04x}-4{:03x}-8{:03x}-{:04x}{:04x}{:04x}",
        part(16),
        part(16),
        part(16),
        part(12),
        part(12),
        part(16),
        part(16),
        part(16)
    )
}
