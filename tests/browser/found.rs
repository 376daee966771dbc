//! Finding elements as people and assistive technology do: by role and accessible name, both as
//! Chromium computed them for its accessibility tree.

use serde_json::{Value, json};
use thirtyfour::{WebDriver, WebElement};

/// What an element is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A button.
    Button,
    /// A link.
    Link,
    /// A field to type into: text, secret, number or search; Chromium calls some a combo box.
    Field,
    /// A list to choose from.
    ComboBox,
    /// One of several cards.
    Radio,
    /// Yes or no.
    CheckBox,
    /// On or off.
    Switch,
    /// One of several views.
    Tab,
    /// The view of a tab.
    TabPanel,
    /// A heading.
    Heading,
    /// A dialog.
    Dialog,
    /// A part of the page with a name.
    Region,
    /// A table.
    Table,
    /// A table that is walked by keys.
    Grid,
    /// A row of a table.
    Row,
    /// An opening and closing heading.
    Disclosure,
    /// A group with a name.
    Group,
    /// A line of a list that opens at what is typed.
    Option,
}

impl Role {
    /// Its names in Chromium's tree.
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Button => &["button"],
            Self::Link => &["link"],
            Self::Field => &["textbox", "searchbox", "spinbutton", "combobox"],
            Self::ComboBox => &["combobox"],
            Self::Radio => &["radio"],
            Self::CheckBox => &["checkbox"],
            Self::Switch => &["switch"],
            Self::Tab => &["tab"],
            Self::TabPanel => &["tabpanel"],
            Self::Heading => &["heading"],
            Self::Dialog => &["dialog", "alertdialog"],
            Self::Region => &["region"],
            Self::Table => &["table"],
            Self::Grid => &["grid"],
            Self::Row => &["row"],
            Self::Disclosure => &["DisclosureTriangle", "DisclosureTriangleGrouped"],
            Self::Group => &["group"],
            Self::Option => &["option"],
        }
    }
}

/// An element with its role and name.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    node: u64,
    pub(crate) name: String,
}

/// All elements of some roles in the page, or inside one element of it, in their order.
pub(crate) async fn all(
    driver: &WebDriver,
    inside: Option<&Found>,
    roles: &[Role],
) -> Result<Vec<Found>, String> {
    let mut found = Vec::new();
    let scope = scope(driver, inside).await?;
    for role in roles.iter().flat_map(|role| role.names()) {
        let mut question = scope.clone();
        question["role"] = json!(role);
        let answer = ask(driver, "Accessibility.queryAXTree", question).await?;
        let nodes = answer["nodes"].as_array().cloned().unwrap_or_default();
        found.extend(nodes.iter().filter(|node| node["ignored"] != true).filter_map(read));
    }
    Ok(found)
}

async fn scope(driver: &WebDriver, inside: Option<&Found>) -> Result<Value, String> {
    if let Some(found) = inside {
        return Ok(json!({ "backendNodeId": found.node }));
    }
    let body = json!({ "expression": "document" });
    let answer = ask(driver, "Runtime.evaluate", body).await?;
    Ok(json!({ "objectId": answer["result"]["objectId"] }))
}

fn read(node: &Value) -> Option<Found> {
    let name = node["name"]["value"].as_str().unwrap_or_default();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Found { node: node["backendDOMNodeId"].as_u64()?, name })
}

impl Found {
    /// Whether its name is this one; a wanted name that ends in `…` may go on.
    pub(crate) fn is_named(&self, wanted: &str) -> bool {
        match wanted.strip_suffix('…') {
            Some(beginning) => self.name.starts_with(beginning),
            None => self.name == wanted,
        }
    }

    /// The element, for clicking and typing.
    pub(crate) async fn element(&self, driver: &WebDriver) -> Result<WebElement, String> {
        let question = json!({ "backendNodeId": self.node });
        let answer = ask(driver, "DOM.resolveNode", question).await?;
        let hand_over = json!({
            "objectId": answer["object"]["objectId"],
            "functionDeclaration": "function() { globalThis.foundElement = this }",
        });
        ask(driver, "Runtime.callFunctionOn", hand_over).await?;
        let script =
            "const found = globalThis.foundElement; delete globalThis.foundElement; return found";
        let answer = driver.execute(script, Vec::new()).await.map_err(|e| e.to_string())?;
        let element = answer.element().map_err(|error| error.to_string())?;
        // As a person scrolls: away from the bars that stick to the edges.
        let centre = "arguments[0].scrollIntoView({ block: 'center', inline: 'nearest' })";
        let this = element.to_json().map_err(|error| error.to_string())?;
        driver.execute(centre, vec![this]).await.map_err(|error| error.to_string())?;
        Ok(element)
    }
}

async fn ask(driver: &WebDriver, method: &str, question: Value) -> Result<Value, String> {
    driver.cdp().send_raw(method, question).await.map_err(|error| error.to_string())
}
