//! The wizard's own words: what an administrator does on its steps, for tests that are about
//! something else.

use crate::found::Role;
use crate::page::Page;

impl Page {
    /// Adds Envoy out of the gallery, under its own name.
    pub async fn add_envoy(&self) {
        self.open("#/application").await;
        self.type_into("Search applications", "envoy").await;
        self.click_button("Envoy").await;
        self.click_button("Add").await;
        self.within(Role::Region, "Your application").wait_for(Role::Field, "Name").await;
    }

    /// Invents a tenant: `50 users`.
    pub async fn invent(&self, size: &str) {
        self.open("#/people").await;
        self.pick("An invented tenant").await;
        self.choose("Number of users", size).await;
        self.click_button("Invent a tenant").await;
        self.wait_for(Role::Grid, "Users and groups").await;
    }

    /// Reads people as Microsoft Graph lists them.
    pub async fn paste_people(&self, graph: &str) {
        self.open("#/people").await;
        self.pick("Your own people").await;
        self.paste_into("Or paste them as text", graph).await;
        self.click_button("Read").await;
        self.wait_for(Role::Grid, "Users and groups").await;
    }

    /// Assigns a user or group of the list.
    pub async fn assign(&self, label: &str) {
        self.open("#/people").await;
        self.type_into("Search users and groups", label).await;
        self.click_button(&format!("Assign {label}")).await;
        self.wait_for(Role::Button, &format!("Unassign {label}")).await;
    }

    /// Types where the endpoint is and how it is reached.
    pub async fn connect(&self, route: &str, url: &str, token: &str) {
        self.open("#/connection").await;
        self.pick(route).await;
        self.type_into("Tenant URL", url).await;
        self.hold_token(token).await;
    }

    /// Types the secret token and leaves the field.
    pub async fn hold_token(&self, token: &str) {
        self.type_into("Secret token", token).await;
        self.press(thirtyfour::Key::Enter).await;
        let held = format!("A token is held in memory ({} characters)", token.chars().count());
        self.expect_text(&held).await;
    }

    /// Presses Test Connection and waits for a verdict.
    pub async fn test_connection(&self, verdict: &str) {
        self.open("#/connection").await;
        let card = self.within(Role::Region, "Test Connection");
        card.click_button("Test Connection").await;
        card.expect_text(verdict).await;
    }

    /// Presses Preview and waits for its end.
    pub async fn run_preview(&self) {
        self.open("#/preview").await;
        self.click_button("Run the preview").await;
        self.preview_is_there().await;
    }

    /// Waits for the end of a preview.
    pub async fn preview_is_there(&self) {
        self.open("#/preview").await;
        self.wait_for(Role::Grid, "Outcomes").await;
        self.expect_no_text("requests sent").await;
    }

    /// Saves the preview as `CSV` or `JSON`, and gives the file's name and text.
    pub async fn save_preview_as(&self, format: &str) -> (String, String) {
        self.open("#/deliver").await;
        self.download(&format!("Save preview as {format}")).await
    }
}
