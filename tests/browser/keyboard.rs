//! Hands on the keyboard: nothing here touches a mouse.

use thirtyfour::{Key, WebElement};

use crate::found::Role;
use crate::page::Page;

/// More stops than any screen has.
const MOST_STOPS: usize = 300;

/// Whether an element has the focus, and whether some of it can then be seen: `reached`,
/// `covered`, or what has the focus instead.
const FOCUS: &str = "
    const wanted = arguments[0], active = document.activeElement;
    if (active !== wanted) return active.outerHTML.slice(0, 60);
    const box = wanted.getBoundingClientRect();
    const seen = [0.1, 0.5, 0.9].some(part => {
        const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height * part);
        return hit && (wanted.contains(hit) || hit.closest('label')?.contains(wanted));
    });
    return seen ? 'reached' : 'covered'";

impl Page {
    /// Presses a key, wherever the focus is.
    pub async fn press(&self, key: Key) {
        let pressed = self.driver().action_chain().send_keys(key).perform().await;
        pressed.expect("a key can be pressed");
    }

    /// Presses a key while another is held, such as Control.
    pub async fn press_with(&self, held: impl Into<char>, key: impl Into<char>) {
        let (held, key) = (held.into(), key.into());
        let keys = self.driver().action_chain().key_down(held).key_down(key).key_up(key);
        keys.key_up(held).perform().await.expect("keys can be pressed");
    }

    /// Types a text, wherever the focus is.
    pub async fn keys(&self, text: &str) {
        let typed = self.driver().action_chain().send_keys(text).perform().await;
        typed.expect("keys can be pressed");
    }

    /// Presses Tab until the focus is on an element that can be seen. Going round the whole page
    /// without meeting it means that it cannot be reached without a mouse.
    pub async fn tab_to(&self, role: Role, name: &str) {
        let mut met = Vec::new();
        let mut wanted = self.element(role, name).await;
        for _ in 0..MOST_STOPS {
            match self.focus_on(&wanted).await {
                Ok(answer) if answer == "reached" => return,
                Ok(answer) if answer == "covered" => {
                    panic!("the {role:?} `{name}` has the focus and is hidden behind something")
                }
                Ok(other) => met.push(other),
                // It was drawn anew.
                Err(_) => wanted = self.element(role, name).await,
            }
            self.press(Key::Tab).await;
        }
        panic!("Tab does not reach the {role:?} `{name}`; it met {met:#?}");
    }

    /// Goes to an element by Tab and presses Enter on it.
    pub async fn tab_and_enter(&self, role: Role, name: &str) {
        self.tab_to(role, name).await;
        self.press(Key::Enter).await;
    }

    async fn focus_on(&self, wanted: &WebElement) -> Result<String, String> {
        let this = wanted.to_json().map_err(|error| error.to_string())?;
        let answer = self.driver().execute(FOCUS, vec![this]).await;
        let answer = answer.map_err(|error| error.to_string())?;
        answer.convert::<String>().map_err(|error| error.to_string())
    }
}
