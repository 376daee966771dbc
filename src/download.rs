//! Files out of the page and into it: the door to the device's disk.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, Url};

/// Offers a text to be saved under a name.
///
/// # Errors
/// A sentence where the browser refuses.
pub fn save(name: &str, media_type: &str, text: &str) -> Result<(), String> {
    offer(name, media_type, text)
        .ok_or_else(|| format!("the browser did not let `{name}` be saved; try again"))
}

fn offer(name: &str, media_type: &str, text: &str) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = js_sys::Array::of1(&text.into());
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let anchor: HtmlAnchorElement = document().create_element("a").ok()?.dyn_into().ok()?;
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    // The click has handed the address over; it would otherwise hold the text for good.
    Url::revoke_object_url(&url).ok()
}

/// Reads a file that the administrator chose, as text.
///
/// # Errors
/// A sentence where it cannot be read, or is larger than 200 MB.
pub async fn read(file: &File) -> Result<String, String> {
    const LARGEST: f64 = 200.0 * 1024.0 * 1024.0;
    let name = file.name();
    if file.size() > LARGEST {
        return Err(format!("`{name}` has more than 200 MB; choose a smaller file"));
    }
    let text = JsFuture::from(file.text()).await;
    text.ok()
        .and_then(|text| text.as_string())
        .ok_or_else(|| format!("`{name}` could not be read; choose it again"))
}
