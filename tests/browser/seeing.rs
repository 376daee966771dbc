//! What a person sees on the page, and waits for.

use thirtyfour::WebElement;

use crate::found::Role;
use crate::page::Page;

impl Page {
    /// Waits for an element and gives its whole name.
    pub async fn wait_for(&self, role: Role, name: &str) -> String {
        let (found, _) = self.act_on(&[role], name, async |_| Ok(())).await;
        found.name
    }

    /// Waits for an element and gives it.
    pub(crate) async fn element(&self, role: Role, name: &str) -> WebElement {
        self.act(&[role], name, async |element| Ok(element)).await
    }

    /// Waits until there is no such element.
    pub async fn wait_until_gone(&self, role: Role, name: &str) {
        self.eventually(&format!("the {role:?} `{name}` to go"), async || {
            match self.find(&[role], name).await {
                Err(_) => Ok(()),
                Ok(_) => Err("it is still there".to_owned()),
            }
        })
        .await;
    }

    /// The names of all elements of a role, in their order.
    pub async fn names_of(&self, role: Role) -> Vec<String> {
        let found = self.all(&[role]).await.expect("the page answers");
        found.into_iter().map(|found| found.name).collect()
    }

    /// Waits until there are so many elements of a role.
    pub async fn expect_count(&self, role: Role, count: usize) {
        self.eventually(&format!("{count} of {role:?}"), async || {
            let found = self.all(&[role]).await?;
            (found.len() == count).then_some(()).ok_or_else(|| format!("seen were {found:?}"))
        })
        .await;
    }

    /// What is readable now, as one line.
    pub async fn text(&self) -> String {
        self.read().await.unwrap_or_else(|error| format!("(no text: {error})"))
    }

    /// Waits until a text can be read.
    pub async fn expect_text(&self, text: &str) {
        self.eventually(&format!("the text `{text}`"), async || {
            let seen = self.read().await?;
            seen.contains(text).then_some(()).ok_or_else(|| format!("seen was: {seen}"))
        })
        .await;
    }

    /// The number that stands right after some words: `Users in scope 36`.
    pub async fn number_after(&self, words: &str) -> usize {
        self.eventually(&format!("a number after `{words}`"), async || {
            let seen = self.read().await?;
            let number =
                seen.split_once(words).and_then(|(_, rest)| rest.split_whitespace().next());
            let number = number.and_then(|number| number.replace(',', "").parse().ok());
            number.ok_or_else(|| format!("seen was: {seen}"))
        })
        .await
    }

    /// Waits until a text can no longer be read.
    pub async fn expect_no_text(&self, text: &str) {
        self.eventually(&format!("the text `{text}` to go"), async || {
            let seen = self.read().await?;
            (!seen.contains(text)).then_some(()).ok_or_else(|| format!("seen was: {seen}"))
        })
        .await;
    }

    /// Waits for a heading.
    pub async fn heading(&self, name: &str) {
        self.wait_for(Role::Heading, name).await;
    }
}
