//! People out of files: chosen, dropped and pasted, read whole or not at all, forgotten.

use std::path::{Path, PathBuf};
use std::time::Duration;

use browser::{Page, Relay, Role, Visit};
use thirtyfour::Key;

const USERS: &str = "userPrincipalName;displayName;id;accountEnabled;department\r\n\
    ada@contoso.com;Ada Okafor;u1;True;\"Finance\r\nand more\"\r\n\
    zoe@contoso.com;Zoë Łuk;u2;False;\r\n";
const MEMBERS: &str = "id,userPrincipalName,displayName,objectType,userType,isUser,isGroup,isGuest\n\
    u1,ada@contoso.com,Ada Okafor,user,Member,True,False,False\n\
    u3,cy@contoso.com,Cy,user,Member,True,False,False\n";

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
    let file = folder.join(name);
    std::fs::write(&file, bytes).unwrap();
    file
}

fn utf16(text: &str) -> Vec<u8> {
    [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

async fn own_people(page: &Page) {
    page.add_envoy().await;
    page.open("#/people").await;
    page.pick("Your own people").await;
}

#[tokio::test]
async fn tables_are_chosen_joined_read_and_forgotten() {
    let relay = Relay::closed().await;
    let folder = tempfile::tempdir().unwrap();
    let users = write(folder.path(), "users.csv", utf16(USERS));
    let members = write(folder.path(), "Front desk.csv", MEMBERS);
    Visit::of(relay.url())
        .run(async |page| {
            own_people(page).await;
            page.open_file("Choose files", &users).await;
            page.expect_text("a table with 5 columns").await;
            page.open_file("Choose files", &members).await;
            page.expect_text("a table with 8 columns").await;
            page.click_button("Read").await;
            page.wait_for(Role::Grid, "Users and groups").await;
            let use_of = page.within(Role::Region, "People in use");
            use_of.expect_text("Users 3").await;
            use_of.expect_text("Sign-in blocked 1").await;
            page.assign("Front desk").await;
            page.expect_text("2 direct members").await;

            page.reload().await;
            page.within(Role::Region, "People in use").expect_text("Users 3").await;
            page.click_button("Forget all").await;
            page.expect_text("No people yet").await;
            page.reload().await;
            page.expect_text("No people yet").await;
        })
        .await;
}

#[tokio::test]
async fn columns_are_assigned_by_hand() {
    let relay = Relay::closed().await;
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), "hr.csv", "Nr,Wer,Aktiv\n7,Ada,no\n8,Bo,yes\n");
    Visit::of(relay.url())
        .run(async |page| {
            own_people(page).await;
            page.open_file("Choose files", &file).await;
            page.expect_text("no column says who a row is").await;
            page.choose("Attribute of the column Wer", "userPrincipalName").await;
            page.choose("Attribute of the column Nr", "employeeId").await;
            page.choose("Attribute of the column Aktiv", "accountEnabled").await;
            page.expect_no_text("no column says who a row is").await;
            page.click_button("Read").await;
            let use_of = page.within(Role::Region, "People in use");
            use_of.expect_text("Users 2").await;
            use_of.expect_text("Sign-in blocked 1").await;
        })
        .await;
}

#[tokio::test]
async fn a_broken_file_leaves_those_in_use() {
    let relay = Relay::closed().await;
    let folder = tempfile::tempdir().unwrap();
    let sound = write(folder.path(), "a.csv", "id,displayName\n1,Ada\n");
    let broken = write(folder.path(), "b.csv", b"id,displayName\n1,Bo\n2,Zo\xeb\n");
    let book = write(folder.path(), "c.csv", b"PK\x03\x04\x14\0\x06\0");
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.invent("10 users").await;
            page.pick("Your own people").await;
            for file in [&sound, &broken, &book] {
                page.open_file("Choose files", file).await;
            }
            page.expect_text("this is a workbook").await;
            page.click_button("Read").await;
            page.expect_text("The people were not read: 3 things must be mended").await;
            page.expect_text("b.csv, line 2, column 1, id").await;
            page.expect_text("b.csv, line 3, column 5").await;
            page.expect_text("the people from before are still in use").await;
            page.within(Role::Region, "People in use").expect_text("Users 10").await;
            page.click_button("Leave c.csv out").await;
            page.click_button("Leave b.csv out").await;
            page.click_button("Read").await;
            page.within(Role::Region, "People in use").expect_text("Users 1").await;
            page.press_with(Key::Control, 'z').await;
            page.within(Role::Region, "People in use").expect_text("Users 10").await;
        })
        .await;
}

/// The form in front of the step, by its title.
fn form(page: &Page, title: &str) -> Page {
    page.within(Role::Dialog, title)
}

#[tokio::test]
async fn people_are_added_one_by_one_changed_and_removed_by_hand() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.open("#/people").await;
            let use_of = page.within(Role::Region, "People in use");
            use_of.expect_text("No people yet").await;
            page.click_button("Add a person").await;
            let new = form(page, "Add a person");
            new.type_into("Mail", "ada").await;
            new.click_button("Save").await;
            new.expect_text("It is not saved: 3 things must be mended").await;
            new.expect_text("an address is a name, @ and a domain").await;
            new.type_into("Mail", "ada@contoso.com").await;
            new.type_into("User principal name", "ada@contoso.com").await;
            new.type_into("Display name", "Ada Okafor").await;
            new.click(Role::Disclosure, "Another attribute").await;
            new.type_into("Name of the attribute", "badge_no").await;
            new.click_button("Add the attribute").await;
            new.type_into("badge_no", "7").await;
            new.click_button("Save").await;
            use_of.expect_text("Users 1").await;

            page.click_button("Add a group").await;
            let group = form(page, "Add a group");
            group.type_into("Display name", "Front desk").await;
            group.click_button("Save").await;
            use_of.expect_text("Groups 1").await;

            page.tab_to(Role::Grid, "Users and groups").await;
            page.press(Key::Enter).await;
            form(page, "Ada Okafor").click_button("Edit").await;
            let ada = form(page, "Edit Ada Okafor");
            assert_eq!(ada.value_of("badge_no").await, "7");
            ada.choose("Account enabled", "False").await;
            ada.type_into("Another group", "Front desk").await;
            ada.click_button("Add to the group").await;
            ada.click_button("Save").await;
            use_of.expect_text("Sign-in blocked 1").await;
            page.expect_text("1 direct member").await;
            page.press_with(Key::Control, 'z').await;
            use_of.expect_text("Sign-in blocked 0").await;
            page.expect_text("0 direct members").await;

            page.reload().await;
            use_of.expect_text("Users 1").await;
            page.tab_to(Role::Grid, "Users and groups").await;
            page.press(Key::Enter).await;
            form(page, "Ada Okafor").click_button("Remove").await;
            form(page, "Remove Ada Okafor?").click_button("Remove").await;
            use_of.expect_text("Users 0").await;
            page.press_with(Key::Control, 'z').await;
            use_of.expect_text("Users 1").await;

            page.open("#/deliver").await;
            let (_, text) = page.download("Save project file").await;
            assert!(!text.contains("Okafor"), "people are in a file only if that is asked for");
            page.turn("Include the people", true).await;
            let (_, text) = page.download("Save project file").await;
            assert!(text.contains("Okafor"), "{text}");
        })
        .await;
}

#[tokio::test]
async fn one_of_very_many_is_changed_without_a_long_task_on_the_page() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            let page = &page.patiently();
            page.invent("100,000 users").await;
            page.wait_for(Role::Button, "Assign the group Envoy Pilot").await;
            page.tab_to(Role::Grid, "Users and groups").await;
            page.press(Key::Enter).await;
            page.click_button("Edit").await;
            page.type_into("Department", "Moon").await;
            page.script(
                "window.longest = 0;
                new PerformanceObserver(list => list.getEntries().forEach(
                    each => { window.longest = Math.max(window.longest, each.duration) }
                )).observe({ type: 'longtask' });",
            )
            .await;
            page.click_button("Save").await;
            // Looking for something reads the whole page, which is a long task itself.
            tokio::time::sleep(Duration::from_secs(4)).await;
            let longest = page.script("return window.longest").await.as_f64().unwrap();
            page.within(Role::Region, "People in use").expect_text("1 is changed by hand").await;
            page.expect_text("Users 100,000").await;
            page.tab_to(Role::Grid, "Users and groups").await;
            page.press(Key::Enter).await;
            page.click_button("Edit").await;
            assert_eq!(page.value_of("Department").await, "Moon");
            println!("the longest task on the page took {longest} ms");
            assert!(longest < 200.0, "a task of {longest} ms on the page");
        })
        .await;
}

#[tokio::test]
async fn files_are_dropped() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            own_people(page).await;
            page.wait_for(Role::Button, "Choose files").await;
            page.script(
                "const data = new DataTransfer();
                data.items.add(new File(['{\"id\":\"1\",\"displayName\":\"Ada\"}\\n{\"id\":\"2\"}\\n'], 'people.ndjson'));
                data.items.add(new File(['id\\n3\\n'], 'more.csv'));
                const area = document.querySelector('.drop-area');
                for (const kind of ['dragenter', 'dragover', 'drop'])
                    area.dispatchEvent(new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true }))",
            )
            .await;
            page.expect_text("people.ndjson").await;
            page.click_button("Read").await;
            page.within(Role::Region, "People in use").expect_text("Users 3").await;
        })
        .await;
}

#[tokio::test]
async fn a_table_is_pasted_and_read_with_the_keyboard_alone() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.open("#/people").await;
            page.tab_to(Role::Radio, "An invented tenant").await;
            page.press(Key::Down).await;
            page.tab_to(Role::Button, "Choose files").await;
            page.tab_to(Role::Field, "Or paste them as text").await;
            page.keys("Wer,Name\nada,Ada\n").await;
            page.tab_and_enter(Role::Button, "Read").await;
            page.expect_text("no column says who a row is").await;
            page.tab_to(Role::ComboBox, "Attribute of the column Wer").await;
            page.keys("userPr").await;
            page.tab_and_enter(Role::Button, "Read").await;
            page.within(Role::Region, "People in use").expect_text("Users 1").await;
        })
        .await;
}
