//! The page's main: mounts the app.

use leptos::prelude::*;
use wizard::app::App;

fn main() {
    leptos::mount::mount_to_body(|| view! { <App /> });
}
