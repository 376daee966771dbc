//! Writing an expression: with suggestions and repairs, by keys and by buttons, in the form of a
//! mapping row.

use browser::{Page, Relay, Role, Visit};
use thirtyfour::Key;

/// Opens the form of a row, with the focus in its empty expression.
async fn begin(page: &Page) -> Page {
    page.add_envoy().await;
    page.invent("10 users").await;
    page.assign("Envoy Users").await;
    page.open("#/mappings").await;
    page.click_button("Edit title").await;
    let form = page.within(Role::Dialog, "Edit attribute");
    form.choose("Mapping type", "Expression").await;
    form.click(Role::Field, "Expression").await;
    form
}

/// The wrong text of most tests: a name in the wrong case, and a bracket too few.
const WRONG: &str = "Join(\" \", Tolower([givenName]), \"é😀\"";

#[tokio::test]
async fn an_expression_is_written_with_suggestions_by_keyboard_alone() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            let form = begin(page).await;
            page.keys("Joi").await;
            form.wait_for(Role::Option, "Join…").await;
            page.press(Key::Enter).await;
            assert_eq!(form.value_of("Expression").await, "Join()");
            form.expect_text("separator (text)").await;
            page.keys("\"-\", [giv").await;
            form.wait_for(Role::Option, "givenName…").await;
            page.press(Key::Tab).await;
            page.keys(", ").await;
            page.press_with(Key::Control, Key::Space).await;
            form.wait_for(Role::Option, "surname…").await;
            // The first Escape is the list's, and not the dialog's.
            page.press(Key::Escape).await;
            form.wait_until_gone(Role::Option, "surname…").await;
            page.keys("[sur").await;
            form.wait_for(Role::Option, "surname…").await;
            page.press(Key::Enter).await;
            assert_eq!(form.value_of("Expression").await, "Join(\"-\", [givenName], [surname])");
            form.expect_text("Sends givenName and surname joined by \"-\".").await;
            // What is typed gives its value at once, and Tab leaves a field without a list.
            let name = form.text().await;
            let name = name.split_once("Live value for ").expect("there is somebody").1.to_owned();
            let mut names = name.split_whitespace();
            let joined = format!("{}-{}", names.next().unwrap(), names.next().unwrap());
            form.expect_text(&joined).await;
            page.press(Key::Tab).await;
            let left = page.script("return document.activeElement.tagName").await;
            assert_ne!(left, "TEXTAREA", "Tab leaves the field");
        })
        .await;
}

#[tokio::test]
async fn faults_are_mended_by_key_and_by_button_and_undone() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            let form = begin(page).await;
            form.type_into("Expression", WRONG).await;
            form.expect_text("Character 11: there is no function Tolower").await;
            form.expect_text("not evaluated").await;
            page.press(Key::Home).await;
            for _ in 0.."Join(\" \", Tol".len() {
                page.press(Key::Right).await;
            }
            page.press_with(Key::Alt, Key::Enter).await;
            form.expect_no_text("there is no function").await;
            // The caret stays behind the letter that it stood behind.
            page.keys("_").await;
            let typed = form.value_of("Expression").await;
            assert!(typed.contains("ToL_ower("), "{typed}");
            page.press(Key::Backspace).await;
            form.click_button("Close it at the end").await;
            let mended = "Join(\" \", ToLower([givenName]), \"é😀\")";
            assert_eq!(form.value_of("Expression").await, mended);
            form.expect_text(" é😀").await;
            form.expect_no_text("not evaluated").await;
            page.press_with(Key::Control, 'z').await;
            assert_eq!(form.value_of("Expression").await, mended.trim_end_matches(')'));
        })
        .await;
}

/// Sets the box to many widths, and gives those at which the layer breaks its lines elsewhere than
/// the text area does.
const WIDTHS: &str = "
    const box = document.querySelector('dialog .code-field [data-part=box]');
    const area = box.querySelector('textarea'), layer = box.querySelector('pre');
    const wrong = [];
    area.style.height = '1px';
    for (let width = 180; width < 400; width += 0.37) {
        box.style.width = width + 'px';
        const [seen, typed] = [layer.offsetHeight, area.scrollHeight];
        if (Math.abs(seen - typed) > 2) wrong.push(`${width}: ${seen} and ${typed}`);
    }
    box.style.width = area.style.height = '';
    return wrong.join(', ')";

/// Whether the box is scrolled by a line or more once the next frame is drawn, and whether the text
/// is by itself.
const SCROLLED: &str = "return new Promise(done => requestAnimationFrame(() => setTimeout(() => {
    const box = document.querySelector('dialog .code-field [data-part=box]');
    const lines = [box.scrollTop, box.querySelector('textarea').scrollTop];
    done(lines.map(pixels => Math.sign(Math.round(pixels / 20))).join());
}, 50)))";

#[tokio::test]
async fn the_colours_lie_on_the_letters_at_every_width() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            let form = begin(page).await;
            let part = "Switch([department], \"日本語\", \"Sales  \tteam\", ToUpper(Mid([a], 1,3)), \
                        \"👩‍👩‍👧 é\",\nJoin(\".\",[givenName])),  ";
            // The box scrolls both; if the text scrolled by itself, the layer would stay behind.
            form.paste_into("Expression", &part.repeat(12)).await;
            form.expect_text("Line 2, character").await;
            assert_eq!(page.script(SCROLLED).await, "1,0", "the end of what was pasted is seen");
            assert_eq!(page.script(WIDTHS).await, "");
            page.press_with(Key::Control, Key::Home).await;
            assert_eq!(page.script(SCROLLED).await, "0,0");
            for _ in 0..8 {
                page.press(Key::Enter).await;
            }
            assert_eq!(page.script(SCROLLED).await, "1,0", "typing goes on where it is seen");
            page.press_with(Key::Control, Key::Home).await;
            form.click_button("Line 10, character 23").await;
            assert_eq!(page.script(SCROLLED).await, "1,0", "a place that is asked for is seen");
        })
        .await;
}

/// How far below the last word of the text the list begins, and how far beyond the window it is.
const HUNG: &str = "
    const list = document.querySelector('dialog [data-part=menu]').getBoundingClientRect();
    const words = document.querySelectorAll('dialog .code-field pre span');
    const word = words[words.length - 1].getBoundingClientRect();
    const beyond = Math.max(0, -list.left, list.right - document.documentElement.clientWidth);
    return [list.top - word.bottom, beyond]";

#[tokio::test]
async fn the_list_hangs_below_the_word_that_was_begun() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            let form = begin(page).await;
            for width in [1280, 320] {
                page.window(width, 800).await;
                // The word is begun at the end of a line and goes over into the next one.
                for text in ["To", "Join(\" \", [surname], To", "Join(\"\",\n\n\n\n\n\n\n\n To"] {
                    form.type_into("Expression", text).await;
                    form.wait_for(Role::Option, "ToLower…").await;
                    let hung = page.script(HUNG).await;
                    let far = hung[0].as_f64().expect("a number");
                    assert!((0.0..16.0).contains(&far), "{far} below `{text}` at {width}");
                    assert_eq!(hung[1], 0, "the list is in the window");
                    page.press(Key::Escape).await;
                }
            }
        })
        .await;
}
