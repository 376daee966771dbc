//! The page's main: mounts the app.
//!
//! The one cut of the program stands here and not in the library, because the worker links that
//! too.

use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use wizard::app::{App, Rest};

/// All that the first paint does not need: a module of its own, loaded after it.
#[wasm_split(rest, wasm_split_path = leptos::wasm_split, fallible)]
fn rest() -> Result<&'static Rest, SplitLoaderError> {
    Ok(const { &Rest::HERE })
}

fn main() {
    // The browser's console says what stopped it; the page offers to try again.
    leptos::mount::mount_to_body(|| {
        view! { <App load_rest=|| Box::pin(async { rest().await.ok() }) /> }
    });
}
