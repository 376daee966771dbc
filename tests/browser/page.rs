//! The vocabulary of the tests: what a person does with the page and sees on it.
//!
//! Every word waits until it can be done. Elements are named as Chromium's accessibility tree
//! names them, so a control that has lost its label is a failed test.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::{By, Key, WebDriver, WebElement};

use crate::found::{self, Found, Role};
use crate::session;

/// How long the page may take to show what is waited for.
const PATIENCE: Duration = Duration::from_secs(20);
/// The same for work that is measured.
const LONG_PATIENCE: Duration = Duration::from_secs(600);

/// The page in a browser, or one named part of it.
#[derive(Clone)]
pub struct Page {
    driver: WebDriver,
    url: String,
    downloads: PathBuf,
    part: Option<(Role, String)>,
    patience: Duration,
}

impl Page {
    pub(crate) fn new(driver: WebDriver, url: String, downloads: PathBuf) -> Self {
        Self { driver, url, downloads, part: None, patience: PATIENCE }
    }

    /// The browser, for what has no word of its own.
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// The same page, narrowed to one part: `within(Role::Dialog, "Edit …")`.
    #[must_use]
    pub fn within(&self, role: Role, name: &str) -> Self {
        Self { part: Some((role, name.to_owned())), ..self.clone() }
    }

    /// The same page, for work that takes minutes.
    #[must_use]
    pub fn patiently(&self) -> Self {
        Self { patience: LONG_PATIENCE, ..self.clone() }
    }

    /// Loads an address below the page's: `#/people`.
    pub async fn open(&self, below: &str) {
        let url = format!("{}{below}", self.url);
        self.driver.goto(url.as_str()).await.expect("the page's server answers");
        self.wait_for(Role::Heading, "…").await;
    }

    /// Loads the page again.
    pub async fn reload(&self) {
        self.driver.refresh().await.expect("the page can be loaded again");
        self.wait_for(Role::Heading, "…").await;
    }

    /// Follows the link of a step in the row of steps.
    pub async fn go_to(&self, step: &str) {
        let path = format!("/{}", step.to_lowercase());
        self.act(&[Role::Link], &format!("{step}…"), async |element| {
            element.click().await.map_err(|error| error.to_string())
        })
        .await;
        self.eventually(&format!("the step {step}"), async || {
            let url = self.driver.current_url().await.map_err(|error| error.to_string())?;
            let there = url.fragment() == Some(path.as_str());
            there.then_some(()).ok_or_else(|| format!("the address is {url}"))
        })
        .await;
    }

    /// Sets the size of the window, in CSS pixels.
    pub async fn window(&self, width: u32, height: u32) {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// Sets what the system prefers: `light` or `dark`.
    pub async fn colours(&self, scheme: &str) {
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// Sends a command of the DevTools protocol.
    pub async fn devtools(&self, method: &str, question: Value) -> Value {
        let answer = self.driver.cdp().send_raw(method, question).await;
        answer.unwrap_or_else(|error| panic!("{method}: {error}"))
    }

    /// Runs a script in the page and gives what it returns.
    pub async fn script(&self, script: &str) -> Value {
        let answer = self.driver.execute(script, Vec::new()).await;
        answer.unwrap_or_else(|error| panic!("{script}: {error}")).json().clone()
    }

    /// Presses a button.
    pub async fn click_button(&self, name: &str) {
        self.click(Role::Button, name).await;
    }

    /// Follows a link.
    pub async fn click_link(&self, name: &str) {
        self.click(Role::Link, name).await;
    }

    /// Clicks an element that is not off.
    pub async fn click(&self, role: Role, name: &str) {
        self.act(&[role], name, async |element| {
            if is_off(&element).await? {
                return Err("it is off".to_owned());
            }
            element.click().await.map_err(|error| error.to_string())
        })
        .await;
    }

    /// Puts a text in place of what stands in a field.
    pub async fn type_into(&self, label: &str, text: &str) {
        self.act(&[Role::Field], label, async |element| {
            // Selecting first makes the text a replacement, as a person's would be.
            let all = Key::Control + "a" + Key::Null;
            let keys = if text.is_empty() { all + Key::Delete } else { all + text };
            element.send_keys(keys).await.map_err(|error| error.to_string())
        })
        .await;
    }

    /// Puts a long text into a field at once, as pasting does.
    pub async fn paste_into(&self, label: &str, text: &str) {
        self.act(&[Role::Field], label, async |element| {
            element.click().await.map_err(|error| error.to_string())?;
            let select = "arguments[0].select()";
            let this = element.to_json().map_err(|error| error.to_string())?;
            let selected = self.driver.execute(select, vec![this]).await;
            selected.map(|_| ()).map_err(|error| error.to_string())
        })
        .await;
        self.devtools("Input.insertText", json!({ "text": text })).await;
    }

    /// What stands in a field, or is chosen in a list.
    pub async fn value_of(&self, label: &str) -> String {
        self.act(&[Role::Field], label, async |element| {
            let value = element.prop("value").await.map_err(|error| error.to_string())?;
            value.ok_or_else(|| "it has no value".to_owned())
        })
        .await
    }

    /// Chooses a line of a list by its words.
    pub async fn choose(&self, label: &str, line: &str) {
        self.act(&[Role::ComboBox], label, async |element| {
            let lines = element.find_all(By::Tag("option")).await.map_err(|e| e.to_string())?;
            let mut seen = Vec::new();
            for option in lines {
                let text = option.text().await.map_err(|error| error.to_string())?;
                if text == line {
                    return option.click().await.map_err(|error| error.to_string());
                }
                seen.push(text);
            }
            Err(format!("it offers {seen:?}, not `{line}`"))
        })
        .await;
    }

    /// Chooses one of several cards.
    pub async fn pick(&self, name: &str) {
        self.click(Role::Radio, name).await;
    }

    /// Turns a switch or check box on or off.
    pub async fn turn(&self, name: &str, on: bool) {
        self.act(&[Role::CheckBox, Role::Switch], name, async |element| {
            let is_on = element.is_selected().await.map_err(|error| error.to_string())?;
            if is_on == on {
                return Ok(());
            }
            element.click().await.map_err(|error| error.to_string())?;
            Err("it was clicked".to_owned())
        })
        .await;
    }

    /// Gives a file to the button that opens files. The browser's own dialog cannot be reached,
    /// so the file goes to the element behind the button.
    pub async fn open_file(&self, button: &str, file: &Path) {
        self.wait_for(Role::Button, button).await;
        let selector = format!("input[type=file][aria-label='{button}']");
        let input = self.driver.find(By::Css(selector)).await.expect("the button has its input");
        let path = file.to_str().expect("a path of ASCII");
        input.send_keys(path).await.expect("the input takes a file");
    }

    /// Presses a button and gives the name and the text of the file that it saves.
    pub async fn download(&self, button: &str) -> (String, String) {
        self.click_button(button).await;
        let path = self
            .eventually(&format!("the file of `{button}`"), async || {
                let files =
                    std::fs::read_dir(&self.downloads).map_err(|error| error.to_string())?;
                let mut files = files.filter_map(|entry| Some(entry.ok()?.path()));
                let whole =
                    files.find(|path| path.extension().is_none_or(|kind| kind != "crdownload"));
                // Chromium makes the name first and fills the file under another one.
                whole
                    .filter(|path| path.metadata().is_ok_and(|data| data.len() > 0))
                    .filter(|path| !path.with_added_extension("crdownload").exists())
                    .filter(|path| {
                        !path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'))
                    })
                    .ok_or_else(|| "nothing was saved".to_owned())
            })
            .await;
        let text = std::fs::read_to_string(&path).expect("a saved file is text");
        std::fs::remove_file(&path).expect("the folder is the test's own");
        let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        (name, text)
    }

    /// Messages of the console, each once.
    pub async fn console(&self) -> Vec<String> {
        let entries = self.driver.browser_log().await.unwrap_or_default();
        entries.into_iter().map(|entry| format!("{}: {}", entry.level, entry.message)).collect()
    }

    /// Writes a picture of what the window shows.
    pub async fn picture(&self, file: &Path) {
        std::fs::create_dir_all(file.parent().expect("a file in a folder")).expect("can be made");
        self.driver.screenshot(file).await.expect("a picture can be taken");
    }

    pub(crate) async fn assert_sound(&self) {
        let bad = |line: &String| line.contains("panicked") || line.contains("Content Security");
        let bad: Vec<String> = self.console().await.into_iter().filter(bad).collect();
        assert!(bad.is_empty(), "the page complained: {bad:#?}");
    }

    pub(crate) async fn eventually<T>(
        &self,
        what: &str,
        attempt: impl AsyncFnMut() -> Result<T, String>,
    ) -> T {
        session::eventually(self.patience, what, attempt).await
    }

    pub(crate) async fn read(&self) -> Result<String, String> {
        let element = match &self.part {
            None => self.driver.find(By::Tag("body")).await.map_err(|error| error.to_string())?,
            Some(_) => {
                let part = self.part().await?.ok_or("there is no such part")?;
                part.element(&self.driver).await?
            }
        };
        let text = element.prop("innerText").await.map_err(|error| error.to_string())?;
        let text = text.unwrap_or_default();
        // Backticks become code where the page writes a message, and stay in some places.
        Ok(text.replace('`', "").split_whitespace().collect::<Vec<_>>().join(" "))
    }

    async fn part(&self) -> Result<Option<Found>, String> {
        let Some((role, name)) = &self.part else { return Ok(None) };
        let parts = found::all(&self.driver, None, &[*role]).await?;
        let seen: Vec<&str> = parts.iter().map(|part| part.name.as_str()).collect();
        let missing = format!("there is no {role:?} `{name}`, but {seen:?}");
        parts.iter().find(|part| part.is_named(name)).cloned().map(Some).ok_or(missing)
    }

    pub(crate) async fn all(&self, roles: &[Role]) -> Result<Vec<Found>, String> {
        let part = self.part().await?;
        found::all(&self.driver, part.as_ref(), roles).await
    }

    pub(crate) async fn find(&self, roles: &[Role], name: &str) -> Result<Found, String> {
        let all = self.all(roles).await?;
        let seen: Vec<&str> = all.iter().map(|found| found.name.as_str()).collect();
        let missing = format!("seen were {seen:?}");
        all.iter().find(|found| found.is_named(name)).cloned().ok_or(missing)
    }

    pub(crate) async fn act<T>(
        &self,
        roles: &[Role],
        name: &str,
        action: impl AsyncFnMut(WebElement) -> Result<T, String>,
    ) -> T {
        self.act_on(roles, name, action).await.1
    }

    /// Finds an element and does something with it; both again while the page changes.
    pub(crate) async fn act_on<T>(
        &self,
        roles: &[Role],
        name: &str,
        mut action: impl AsyncFnMut(WebElement) -> Result<T, String>,
    ) -> (Found, T) {
        self.eventually(&format!("the {roles:?} `{name}`"), async || {
            let found = self.find(roles, name).await?;
            let element = found.element(&self.driver).await?;
            let answer = action(element).await?;
            Ok((found, answer))
        })
        .await
    }
}

async fn is_off(element: &WebElement) -> Result<bool, String> {
    let off = element.attr("aria-disabled").await.map_err(|error| error.to_string())?;
    Ok(off.as_deref() == Some("true"))
}
