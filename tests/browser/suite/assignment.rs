//! Who is assigned, who is lost on the way, and whom to begin with.

use browser::{Page, Relay, Role, Visit};
use serde_json::{Value, json};
use thirtyfour::Key;

fn user(id: &str, name: &str) -> Value {
    json!({ "id": id, "displayName": name, "userPrincipalName": format!("{id}@contoso.com"),
            "accountEnabled": true, "mailNickname": id })
}

fn group(id: &str, name: &str, members: &[(&str, &str)]) -> Value {
    let members: Vec<Value> = members
        .iter()
        .map(|(kind, id)| json!({ "@odata.type": format!("#microsoft.graph.{kind}"), "id": id }))
        .collect();
    json!({ "id": id, "displayName": name, "securityEnabled": true, "members": members })
}

/// Ada is in Everyone itself; Team is in Everyone, and Bob is in Team.
fn nested() -> String {
    let everyone = [("user", "ada"), ("group", "team")];
    json!({
        "users": { "value": [user("ada", "Ada"), user("bob", "Bob")] },
        "groups": { "value": [
            group("everyone", "Everyone", &everyone),
            group("team", "Team", &[("user", "bob")]),
        ] },
    })
    .to_string()
}

async fn with_people(act: impl AsyncFnOnce(&Page)) {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.paste_people(&nested()).await;
            act(page).await;
        })
        .await;
}

#[tokio::test]
async fn whoever_is_lost_in_a_nested_group_is_named_with_the_way() {
    with_people(async |page| {
        page.assign("Everyone").await;
        page.expect_text("A group is assigned: this needs Microsoft Entra ID P1 or P2").await;
        page.expect_text("1 person is lost on the way").await;
        page.click_button("Show who is lost, and the way").await;
        page.type_into("Search users and groups", "").await;
        let list = page.within(Role::Grid, "Users and groups");
        list.expect_text("Bob").await;
        list.expect_text("Lost: in Team, in Everyone").await;
        list.expect_no_text("Ada").await;
        page.choose("Show", "Users").await;
        list.expect_text("Through Everyone, Default Access").await;
    })
    .await;
}

#[tokio::test]
async fn one_and_many_are_assigned_by_keys() {
    with_people(async |page| {
        page.tab_to(Role::Grid, "Users and groups").await;
        page.press(Key::Space).await;
        page.wait_for(Role::Button, "Unassign Ada").await;
        page.press(Key::Down).await;
        page.press(Key::Space).await;
        page.wait_for(Role::Button, "Unassign Bob").await;
        page.press(Key::Space).await;
        page.wait_for(Role::Button, "Assign Bob").await;
        page.tab_to(Role::ComboBox, "Show").await;
        page.keys("Users").await;
        page.tab_and_enter(Role::Button, "Assign all 2 found").await;
        page.wait_for(Role::Button, "Unassign Bob").await;
        page.tab_and_enter(Role::Button, "Undo").await;
        page.wait_for(Role::Button, "Assign Bob").await;
        page.wait_for(Role::Button, "Unassign Ada").await;
        page.tab_and_enter(Role::Button, "Unassign all 2 found").await;
        page.wait_for(Role::Button, "Assign Ada").await;
    })
    .await;
}

#[tokio::test]
async fn a_pilot_shows_everything_on_few_people_and_is_assigned() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.invent("200 users").await;
            page.click_button("Find a pilot").await;
            let card = page.within(Role::Region, "Pilot");
            card.expect_text("turns that anybody takes").await;
            let buttons = card.names_of(Role::Button).await;
            let assign = buttons.iter().find(|name| name.starts_with("Assign these")).expect("one");
            let count: usize =
                assign.trim_start_matches("Assign these ").parse().expect("a number");
            assert!((2..20).contains(&count), "{count}");
            card.click_button(assign).await;
            page.choose("Show", "Only assigned").await;
            page.expect_text(&format!("{count} users and groups")).await;
            page.open("#/mappings").await;
            page.click_button("Edit title").await;
            let form = page.within(Role::Dialog, "Edit attribute");
            form.choose("Mapping type", "Constant").await;
            form.type_into("Constant value", "Visitor").await;
            form.click_button("Done").await;
            page.open("#/people").await;
            page.wait_for(Role::Button, "Find a pilot").await;
            page.expect_no_text("turns that anybody takes").await;
        })
        .await;
}
