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

/// Reads a piece of a file that the administrator chose.
///
/// # Errors
/// A sentence where it cannot be read, because it is gone or was changed.
pub async fn piece(file: &File, from: u64, to: u64) -> Result<Vec<u8>, String> {
    let why = || "the file cannot be read, or has changed since it was chosen".to_owned();
    // Lengths of files are whole numbers far below 2^53.
    let slice = file.slice_with_f64_and_f64(from as f64, to as f64).map_err(|_| why())?;
    let buffer = JsFuture::from(slice.array_buffer()).await.map_err(|_| why())?;
    let bytes = js_sys::Uint8Array::new(&buffer).to_vec();
    let is_whole = bytes.len() as u64 == to - from;
    if is_whole { Ok(bytes) } else { Err(why()) }
}

/// A text as a file, so that what was pasted is read as files are.
pub fn file(name: &str, text: &str) -> Option<File> {
    File::new_with_str_sequence(&js_sys::Array::of1(&text.into()), name).ok()
}
