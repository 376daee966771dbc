//! Who may use whom: between the packages, inside the engine, inside the wizard.

use crate::tree::{self, File, Finding, found_at, hold};

/// What each package depends on: all of it for the pure ones, ours for the rest (`…`).
const PACKAGES: [(&str, &[&str]); 9] = [
    ("crates/scim", &["http", "httpdate", "serde", "serde_json"]),
    ("crates/sandbox", &["http", "scim", "serde", "serde_json"]),
    (
        "crates/provisioning",
        &["base64", "fancy-regex", "http", "scim", "serde", "serde_json", "unicode-normalization"],
    ),
    ("crates/cors-proxy", &["…"]),
    ("xtask", &["…"]),
    ("tests/browser", &["…", "servers"]),
    ("tests/compliance", &["…"]),
    ("tests/servers", &["…"]),
    (".", &["…", "provisioning", "sandbox", "scim"]),
];
const OURS: [&str; 5] = ["provisioning", "sandbox", "scim", "servers", "wizard"];

/// The names below `[dependencies]`, with their lines.
fn dependencies(manifest: &File) -> Vec<(usize, &str)> {
    let mut inside = false;
    let mut found = Vec::new();
    for (line, number) in manifest.text.lines().zip(1..) {
        if line.starts_with('[') {
            inside = line == "[dependencies]";
        } else if inside
            && let Some((name, _)) = line.split_once(['=', '.'])
            && !line.starts_with([' ', '#', '"', ']'])
        {
            found.push((number, name.trim()));
        }
    }
    found
}

fn beyond(manifest: &File, allowed: &[&str]) -> Vec<Finding> {
    let only_ours = allowed.contains(&"…");
    dependencies(manifest)
        .into_iter()
        .filter(|(_, name)| !allowed.contains(name) && (!only_ours || OURS.contains(name)))
        .map(|(line, name)| {
            let rule = format!("this package may not depend on `{name}`");
            manifest.finding(line, rule, "keep to the layers in ARCHITECTURE.md, or change both")
        })
        .collect()
}

#[test]
fn packages_depend_downwards_only() {
    for (folder, allowed) in PACKAGES {
        let manifest = format!("{folder}/Cargo.toml");
        let files = tree::files(&[manifest.trim_start_matches("./")]);
        assert!(files.iter().all(|file| !dependencies(file).is_empty()), "{manifest}");
        hold(files.iter().flat_map(|file| beyond(file, allowed)).collect());
    }
}

#[test]
fn a_package_too_many_is_found() {
    let manifest = "[dependencies]\nhttp.workspace = true\nscim = { path = \"x\" }\nrand = \"1\"\n\
                    [dev-dependencies]\nsandbox = \"1\"\n";
    let file = File::new("Cargo.toml", manifest);
    found_at(&beyond(&file, &["http"]), &[3, 4]);
    found_at(&beyond(&file, &["…"]), &[3]);
}

/// First names of the paths in a line: `a` in `use a::b` and in `a::b()`, not `b` in `a::b::c`.
fn heads(line: &str) -> Vec<&str> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices("::")
        .filter_map(|(at, _)| {
            let before = &line[..at];
            let start = before.rfind(|c| !is_name(c)).map_or(0, |at| at + 1);
            let is_head = start < at && !before[..start].ends_with(':');
            is_head.then(|| &before[start..])
        })
        .collect()
}

#[test]
fn a_relay_has_never_heard_of_us() {
    let used = |file: &File| {
        let lines = file.code().filter(|(_, line)| heads(line).iter().any(|h| OURS.contains(h)));
        lines.map(|(line, _)| file.finding(line, "the relay knows no SCIM", "")).collect::<Vec<_>>()
    };
    hold(tree::rust(&["crates/cors-proxy"]).iter().flat_map(used).collect());
    found_at(&used(&File::new("a.rs", "use http::Uri;\nlet a = scim::b();")), &[2]);
}

/// The modules directly below `top` (such as `src`) that a file below it names.
///
/// `crate_path` is what leads to `top` from the crate's root: empty, or `steps::`.
fn modules<'a>(file: &'a File, top: &str, crate_path: &str) -> Vec<(usize, &'a str)> {
    let below = file.path.strip_prefix(top).and_then(|rest| rest.strip_prefix('/'));
    let Some(below) = below else { return Vec::new() };
    // `super` leads from `x.rs` to `top`, and from `x/y.rs` to `x`.
    let climb = "super::".repeat(below.split('/').count());
    let absolute = format!("crate::{crate_path}");
    let mut found = Vec::new();
    for (number, line) in file.code() {
        for start in [absolute.as_str(), climb.as_str()] {
            let paths = line.match_indices(start).filter(|(at, _)| !line[..*at].ends_with("::"));
            for (at, _) in paths {
                let rest = &line[at + start.len()..];
                let name = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next();
                found.push((number, name.filter(|name| !name.is_empty()).unwrap_or("{")));
            }
        }
    }
    found
}

#[test]
fn modules_are_seen_by_every_path() {
    let text = "use crate::graph::a;\nuse super::super::cycle::b;\nuse super::near::c;\n\
                fn f() { crate::report::d() }\n// crate::no\nuse crate::{e, f};\n";
    let file = File::new("src/x/y.rs", text);
    let found = modules(&file, "src", "");
    assert_eq!(found, [(1, "graph"), (2, "cycle"), (4, "report"), (6, "{")]);
    let step = File::new("src/steps/a/b.rs", "use crate::steps::c::D;\nuse super::super::e;\n");
    assert_eq!(modules(&step, "src/steps", "steps::"), [(1, "c"), (2, "e")]);
}

/// Who inside a package must not name which of its modules.
struct Wall {
    top: &'static str,
    crate_path: &'static str,
    /// The modules that are shut off; `*` is all but the file's own.
    from: &'static [&'static str],
    /// Where they may be named all the same.
    but: &'static [&'static str],
    why: &'static str,
}

const WALLS: [Wall; 8] = [
    Wall {
        top: "crates/provisioning/src",
        crate_path: "",
        from: &["graph"],
        but: &["crates/provisioning/src/graph.rs", "crates/provisioning/src/graph/"],
        why: "the engine knows nothing of Microsoft Graph's JSON",
    },
    Wall {
        top: "crates/provisioning/src",
        crate_path: "",
        from: &["cycle"],
        but: &["crates/provisioning/src/cycle.rs", "crates/provisioning/src/cycle/"],
        why: "the cycle uses everything and nothing uses the cycle",
    },
    Wall {
        top: "crates/provisioning/src/expression",
        crate_path: "expression::",
        from: &["date_format", "evaluate", "program"],
        but: &[
            "crates/provisioning/src/expression/date_format/",
            "crates/provisioning/src/expression/evaluate.rs",
            "crates/provisioning/src/expression/evaluate/",
            "crates/provisioning/src/expression/function/",
            "crates/provisioning/src/expression/program.rs",
            "crates/provisioning/src/expression/program/",
            "crates/provisioning/src/expression/trace.rs",
        ],
        why: "the page reads expressions, and only the worker runs them",
    },
    Wall {
        top: "crates/provisioning/src",
        crate_path: "",
        from: &["pattern"],
        but: &[
            "crates/provisioning/src/expression/evaluate.rs",
            "crates/provisioning/src/expression/evaluate/",
            "crates/provisioning/src/expression/function/",
            "crates/provisioning/src/expression/program.rs",
            "crates/provisioning/src/expression/program/",
            "crates/provisioning/src/scoping/",
        ],
        why: "the page links no regular expression engine",
    },
    Wall {
        top: "src",
        crate_path: "",
        from: &["steps"],
        but: &["src/steps.rs", "src/steps/", "src/app.rs", "src/app/"],
        why: "only the app knows the steps",
    },
    Wall {
        top: "src",
        crate_path: "",
        from: &["app"],
        but: &["src/app.rs", "src/app/"],
        why: "the app stands above everything",
    },
    Wall {
        top: "src/steps",
        crate_path: "steps::",
        from: &["*"],
        but: &[],
        why: "no step uses another: what two of them share belongs beside `steps`",
    },
    // Grouped imports hide what is imported from the rules above.
    Wall {
        top: "src",
        crate_path: "",
        from: &["{"],
        but: &[],
        why: "one `use` names one module of the crate",
    },
];

fn breaches(file: &File, wall: &Wall) -> Vec<Finding> {
    if file.is_in(wall.but) {
        return Vec::new();
    }
    let below = file.path.strip_prefix(wall.top).unwrap_or_default();
    let own = below.trim_start_matches('/').split(['/', '.']).next().unwrap_or_default();
    modules(file, wall.top, wall.crate_path)
        .into_iter()
        .filter(|(_, name)| match wall.from {
            ["*"] => *name != own,
            from => from.contains(name),
        })
        .map(|(line, name)| {
            let repair = "move what is needed to where both may reach it";
            file.finding(line, format!("names `{name}`: {}", wall.why), repair)
        })
        .collect()
}

#[test]
fn no_wall_is_breached() {
    for wall in WALLS {
        hold(tree::rust(&[wall.top]).iter().flat_map(|file| breaches(file, &wall)).collect());
    }
}

#[test]
fn a_breach_is_found() {
    let [graph, _, reading, _, steps, _, siblings, groups] = WALLS;
    let engine = |path| File::new(path, "use crate::graph::people;\nuse super::graph;\n");
    found_at(&breaches(&engine("crates/provisioning/src/source.rs"), &graph), &[1, 2]);
    found_at(&breaches(&engine("crates/provisioning/src/graph/x.rs"), &graph), &[]);
    let reads = "use super::super::evaluate::Call;\nuse super::super::tree::Node;\n";
    let lint = File::new("crates/provisioning/src/expression/lint/x.rs", reads);
    found_at(&breaches(&lint, &reading), &[1]);
    let file = File::new("src/wizard.rs", "use crate::steps::run;\n");
    found_at(&breaches(&file, &steps), &[1]);
    let text = "use crate::steps::run::About;\nuse crate::steps::scope::Gate;\nuse super::x;\n";
    found_at(&breaches(&File::new("src/steps/scope/gate.rs", text), &siblings), &[1]);
    found_at(&breaches(&File::new("src/a.rs", "use crate::{b, c};\n"), &groups), &[1]);
}

/// Folders whose files must not name some packages.
const STRANGERS: [(&[&str], &[&str], &str); 3] = [
    (
        &["crates/provisioning/src/expression.rs", "crates/provisioning/src/expression/"],
        &["scim", "http"],
        "expressions know directory values and nothing of SCIM",
    ),
    (
        &["src/ui.rs", "src/ui/"],
        &["gloo_net", "js_sys", "provisioning", "sandbox", "scim", "serde", "serde_json", "http"],
        "widgets know leptos and nothing else",
    ),
    (
        &[
            "src/draft.rs",
            "src/draft/",
            "src/gallery.rs",
            "src/history.rs",
            "src/people.rs",
            "src/people/",
            "src/project.rs",
            "src/route.rs",
            "src/runbook.rs",
            "src/secret.rs",
            "src/standing.rs",
            "src/verdict.rs",
            "src/worker/",
        ],
        &["leptos", "web_sys", "js_sys", "wasm_bindgen", "gloo_net", "gloo_timers"],
        "what is decided here is tested without a browser",
    ),
];

fn strangers(file: &File, foreign: &[&str], why: &str) -> Vec<Finding> {
    file.code()
        .filter_map(|(line, text)| Some((line, *heads(text).iter().find(|h| foreign.contains(h))?)))
        .map(|(line, name)| {
            file.finding(line, format!("names `{name}`: {why}"), "take it in through an argument")
        })
        .collect()
}

#[test]
fn nobody_names_a_stranger() {
    for (places, foreign, why) in STRANGERS {
        let files = tree::rust(places);
        hold(files.iter().flat_map(|file| strangers(file, foreign, why)).collect());
    }
}

#[test]
fn a_stranger_is_found() {
    let text = "use leptos::web_sys::File;\nuse scim::path::Path;\nlet a = crate::scim::b;\n";
    found_at(&strangers(&File::new("src/ui/a.rs", text), &["scim", "web_sys"], ""), &[2]);
}

/// Inside the wizard, `ui` reaches no module but itself.
#[test]
fn widgets_reach_widgets_only() {
    let reached = |file: &File| {
        let others = modules(file, "src", "").into_iter().filter(|(_, name)| *name != "ui");
        let found = others.map(|(line, name)| {
            file.finding(line, format!("a widget names `{name}`"), "give it in as a prop")
        });
        found.collect::<Vec<_>>()
    };
    let files = tree::rust(&["src/ui.rs", "src/ui"]);
    hold(files.iter().flat_map(reached).collect());
    let text = "use crate::ui::Tone;\nuse crate::draft::Draft;\n";
    found_at(&reached(&File::new("src/ui/a.rs", text)), &[2]);
}
