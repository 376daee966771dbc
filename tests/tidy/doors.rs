//! One door for each effect: what touches the world outside stands in one file, and the secret
//! token in few.

use crate::tree::{self, File, Finding, found_at, hold};

/// Words that touch the world, the files that may hold them, and what the door is for.
const DOORS: [(&[&str], &[&str], &str); 9] = [
    (
        &["gloo_net", "RequestBuilder", "fetch_with", "XmlHttpRequest", "WebSocket", "EventSource"],
        &["src/transport.rs"],
        "the network is reached through `transport`",
    ),
    (
        &["local_storage", "session_storage", "IdbFactory", "cookie"],
        &["src/storage.rs"],
        "the browser's storage is reached through `storage`",
    ),
    (
        &["js_sys::Date", "Math::random", "SystemTime", "Instant::now", "get_random_values"],
        &["src/ambient.rs"],
        "clock and chance enter through `ambient`",
    ),
    (
        &["Worker::new", "post_message", "DedicatedWorkerGlobalScope"],
        &["src/line.rs"],
        "workers are spoken to through `line`",
    ),
    (
        &["Program", ".compile()", ".evaluate("],
        &["src/worker/desk/workbench/prepared.rs", "src/worker/desk/judgement.rs"],
        "the page reads expressions and patterns, and only the worker runs them",
    ),
    (
        &["Blob", "create_object_url", "FileReader", "set_download"],
        &["src/download.rs"],
        "files leave and enter through `download`",
    ),
    (&["clipboard()"], &["src/ui/copy_button.rs"], "the clipboard is written by its button"),
    (&["inner_html", "outer_html", "insert_adjacent_html"], &[], "text never becomes markup"),
    (&["eval(", "Function::new"], &[], "text never becomes a program"),
];

/// The files that derive serde: what is saved, sent to the worker, or on the wire.
const SERIALISED: [&str; 23] = [
    "crates/provisioning/src/graph/schema/",
    "crates/scim/src/patch.rs",
    "crates/scim/src/resource.rs",
    "crates/scim/src/schema.rs",
    "src/draft.rs",
    "src/draft/authentication.rs",
    "src/draft/by_hand.rs",
    "src/draft/check.rs",
    "src/draft/mapping.rs",
    "src/draft/mapping/",
    "src/draft/place.rs",
    "src/draft/reading.rs",
    "src/draft/relay.rs",
    "src/draft/repair.rs",
    "src/draft/workpiece.rs",
    "src/gallery.rs",
    "src/gallery/",
    "src/guidance.rs",
    "src/project.rs",
    "src/route.rs",
    "src/transport/relay.rs",
    "src/worker/message.rs",
    "src/worker/message/",
];

/// A secret as it was typed, with the origin that it belongs to, and on its way onto a request.
const TOKENS: [&str; 3] = ["TypedSecret", "HeldSecret", "SecretProof"];

/// The files that may name it: where it is defined, typed, held, taken out of an answer, and put
/// onto a request.
const KNOW_THE_TOKEN: [&str; 7] = [
    "src/grant.rs",
    "src/secret.rs",
    "src/secret/proof.rs",
    "src/steps/connection/secret.rs",
    "src/transport.rs",
    "src/wizard.rs",
    "src/wizard/access.rs",
];

/// The files that see a secret's text.
const SEE_THE_TEXT: [&str; 3] = ["src/secret.rs", "src/secret/look.rs", "src/secret/proof.rs"];

/// All that can be done with a secret. Nothing here gives its text away.
const WITH_A_TOKEN: [&str; 16] = [
    "authorize",
    "elsewhere",
    "fetched",
    "for_origin",
    "for_relay",
    "for_sandbox",
    "form",
    "is",
    "length",
    "look",
    "new",
    "noun",
    "of",
    "parse",
    "purpose",
    "redact",
];

fn holding<'a>(file: &'a File, words: &[&str]) -> Vec<(usize, &'a str)> {
    file.code().filter(|(_, line)| words.iter().any(|word| line.contains(word))).collect()
}

fn outside(file: &File, words: &[&str], doors: &[&str], why: &str) -> Vec<Finding> {
    if file.is_in(doors) {
        return Vec::new();
    }
    let found = holding(file, words).into_iter();
    found.map(|(line, _)| file.finding(line, why, "go through the door, or widen it")).collect()
}

#[test]
fn each_effect_has_one_door() {
    let files = tree::rust(&["src"]);
    for (words, doors, why) in DOORS {
        hold(files.iter().flat_map(|file| outside(file, words, doors, why)).collect());
        for door in doors {
            let file = files.iter().find(|file| file.path == *door).expect(door);
            assert!(!holding(file, words).is_empty(), "{door}: {why}, but it does not");
        }
    }
}

#[test]
fn an_effect_outside_its_door_is_found() {
    let file = File::new("src/steps/run.rs", "// js_sys::Date\nlet now = js_sys::Date::now();\n");
    let (words, doors, why) = DOORS[2];
    found_at(&outside(&file, words, doors, why), &[2]);
    let door = File::new("src/ambient.rs", &file.text);
    found_at(&outside(&door, words, doors, why), &[]);
}

/// The line of the first derive of serde; a derive may have several lines.
fn derives_serde(file: &File) -> Option<usize> {
    let mut is_inside = false;
    file.code().find_map(|(number, line)| {
        is_inside |= line.contains("derive(");
        let is_serde = line.contains("Serialize") || line.contains("Deserialize");
        let found = is_inside && is_serde;
        is_inside &= !line.contains(")]");
        found.then_some(number)
    })
}

#[test]
fn serde_is_derived_at_the_borders_only() {
    let files = tree::rust(&["src", "crates"]);
    let found: Vec<&File> = files.iter().filter(|file| derives_serde(file).is_some()).collect();
    let beyond = found.iter().filter(|file| !file.is_in(&SERIALISED));
    hold(
        beyond
            .map(|file| {
                let rule = "serde is derived where something is saved, sent or on the wire";
                let repair = "give the border a type of its own, or add the file to `SERIALISED`";
                file.finding(derives_serde(file).unwrap_or_default(), rule, repair)
            })
            .collect(),
    );
    for place in SERIALISED {
        assert!(found.iter().any(|file| file.is_in(&[place])), "`{place}` derives serde no more");
    }
}

#[test]
fn a_derive_is_seen() {
    let file = File::new("a.rs", "//! A.\n#[derive(Clone, serde::Serialize)]\nstruct A;\n");
    assert_eq!(derives_serde(&file), Some(2));
    let file = File::new("a.rs", "#[derive(\n    Clone, Deserialize,\n)]\nstruct A;\n");
    assert_eq!(derives_serde(&file), Some(2));
    let file = File::new("a.rs", "#[derive(Clone)]\nstruct A;\nimpl Serialize for A {}\n");
    assert_eq!(derives_serde(&file), None);
}

/// What would let a token's text out of its type.
fn leaks(secret: &File) -> Vec<Finding> {
    let words = [
        "Display for",
        "serde::",
        "Serialize",
        "Deref for",
        "AsRef<",
        "From<TypedSecret>",
        "From<SecretProof>",
    ];
    let repair = "a token goes onto a request and nowhere else";
    let mut found: Vec<Finding> = holding(secret, &words)
        .into_iter()
        .map(|(line, text)| secret.finding(line, format!("`{}`", text.trim()), repair))
        .collect();
    for (line, text) in secret.code() {
        let name = text.trim().strip_prefix("pub fn ").and_then(|rest| rest.split('(').next());
        if name.is_some_and(|name| !WITH_A_TOKEN.contains(&name)) {
            found.push(secret.finding(line, "a new way to use a token", repair));
        }
        if TOKENS.iter().any(|token| text.contains(&format!("struct {token}(pub"))) {
            found.push(secret.finding(line, "the token's text is public", repair));
        }
    }
    found
}

#[test]
fn the_token_cannot_leave_its_type() {
    let files = tree::rust(&["src"]);
    for path in SEE_THE_TEXT {
        hold(leaks(files.iter().find(|file| file.path == path).expect(path)));
    }
    let why = "the secret token is named only where it is typed, held and sent";
    hold(files.iter().flat_map(|file| outside(file, &TOKENS, &KNOW_THE_TOKEN, why)).collect());
    for path in KNOW_THE_TOKEN {
        let file = files.iter().find(|file| file.path == path).expect(path);
        assert!(!holding(file, &TOKENS).is_empty(), "`{path}` knows the token no more");
    }
}

#[test]
fn a_leak_is_found() {
    let text = "pub struct SecretProof(pub Arc<str>);\nimpl fmt::Display for SecretProof {\n\
                }\nimpl SecretProof {\n    pub fn parse() {}\n    pub fn text(&self) -> &str {\n";
    found_at(&leaks(&File::new("src/secret.rs", text)), &[2, 1, 6]);
}
