//! Hands on the keyboard: nothing here touches a mouse.

use thirtyfour::Key;

use crate::found::{self, Role};
use crate::page::Page;

/// More stops than any screen has.
const MOST_STOPS: usize = 400;

impl Page {
    /// Presses a key, wherever the focus is.
    pub async fn press(&self, key: Key) {
        let pressed = self.driver().action_chain().send_keys(key).perform().await;
        pressed.expect("a key can be pressed");
    }

    /// Types a text, wherever the focus is.
    pub async fn keys(&self, text: &str) {
        let typed = self.driver().action_chain().send_keys(text).perform().await;
        typed.expect("keys can be pressed");
    }

    /// Presses Tab until the focus is on an element; going round the whole page without meeting
    /// it means that it cannot be reached without a mouse.
    pub async fn tab_to(&self, role: Role, name: &str) {
        self.wait_for(role, name).await;
        let mut met = Vec::new();
        for _ in 0..MOST_STOPS {
            let focused = self.focused(role).await;
            if focused.as_ref().is_some_and(|found| found.is_named(name)) {
                return;
            }
            met.extend(focused.map(|found| found.name));
            self.press(Key::Tab).await;
        }
        panic!("Tab does not reach the {role:?} `{name}`; of that role it met {met:?}");
    }

    async fn focused(&self, role: Role) -> Option<found::Found> {
        let all = found::all(self.driver(), None, &[role]).await.ok()?;
        all.into_iter().find(|found| found.focused)
    }
}
