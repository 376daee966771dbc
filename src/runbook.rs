//! The runbook: the whole configuration as Markdown, in the order in which the portal asks for it.
//!
//! A plain function of what was typed, so that it can be tested without a page. Whatever comes from
//! people or servers is escaped: a name must not become a heading, a link or HTML.

use crate::draft::mapping::{ClauseDraft, MappingDraft, MappingType, Row};
use crate::draft::place::Kind;
use crate::draft::{Application, Draft};
use crate::forecast::in_words;
use crate::worker::message::{Reviewed, Summary};

/// What the runbook tells besides the draft.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// When it is written, in RFC 3339.
    pub written: String,
    /// What the worker remarks on the draft and foretells.
    pub review: Option<Reviewed>,
    /// The counts of the last preview of this draft.
    pub preview: Option<Summary>,
}

/// Writes the runbook.
pub fn write(draft: &Draft, findings: &Findings) -> String {
    let mut text = String::new();
    let Some(application) = &draft.application else { return text };
    push(&mut text, &format!("# Provisioning of {}", escape(&application.name)));
    push(&mut text, &format!("Written by SCIM Wizard at {}.", findings.written));
    before(&mut text, application);
    connection(&mut text, draft, application);
    for kind in Kind::ALL {
        mapping(&mut text, kind, draft.mapping(kind));
    }
    scope(&mut text, draft);
    expected(&mut text, findings);
    start(&mut text);
    text
}

fn push(text: &mut String, paragraph: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(paragraph);
    text.push('\n');
}

fn before(text: &mut String, application: &Application) {
    let recipe = &application.recipe;
    push(text, "## 1. Before you begin");
    let mut lines = vec![
        "- [ ] You are Application Administrator, Cloud Application Administrator, or owner of the \
         application."
            .to_owned(),
        "- [ ] The tenant has Entra ID P1 or P2 if groups are assigned.".to_owned(),
        format!(
            "- [ ] Enterprise apps > New application > `{}` > Create, under the name {}.",
            code(&recipe.name),
            escape(&application.name)
        ),
    ];
    if !recipe.console_path.is_empty() {
        let console = recipe.admin_console.as_deref().unwrap_or("the application's console");
        lines.push(format!(
            "- [ ] In {}: {}; copy the token.",
            escape(console),
            escape(&recipe.console_path.join(" > "))
        ));
    }
    push(text, &lines.join("\n"));
}

fn connection(text: &mut String, draft: &Draft, application: &Application) {
    let connection = &draft.connection;
    push(text, "## 2. Connection");
    push(
        text,
        "Current layout: Provisioning > New configuration. Classic layout: Provisioning > \
         Automatic > Admin Credentials.",
    );
    let label = application.recipe.secret_label.as_deref().unwrap_or("token");
    let mut rows = vec![
        ("Tenant URL".to_owned(), format!("`{}`", code(&connection.tenant_url))),
        ("Secret token".to_owned(), format!("the {} (not in this file)", escape(label))),
    ];
    if !connection.notification_email.is_empty() {
        let address = format!("`{}`", code(&connection.notification_email));
        rows.push(("Notification e-mail".to_owned(), address));
    }
    let yes_no = |on: bool| if on { "yes" } else { "no" }.to_owned();
    rows.push((
        "Send an email notification when a failure occurs".to_owned(),
        yes_no(connection.notify),
    ));
    let prevent = if connection.prevent_deletions {
        format!("yes, above {}", escape(&connection.deletion_threshold))
    } else {
        "no".to_owned()
    };
    rows.push(("Prevent accidental deletion".to_owned(), prevent));
    push(text, &table(&["Field", "Value"], rows.into_iter().map(|(a, b)| vec![a, b])));
}

fn mapping(text: &mut String, kind: Kind, mapping: &MappingDraft) {
    let number = if kind == Kind::User { 3 } else { 4 };
    push(text, &format!("## {number}. Attribute mapping: {}", kind.plural()));
    if !mapping.enabled && kind == Kind::Group {
        return push(text, "Switched off: groups are not provisioned.");
    }
    let actions =
        [("Create", mapping.create), ("Update", mapping.update), ("Delete", mapping.delete)];
    let on: Vec<_> = actions.iter().filter(|(_, on)| *on).map(|(name, _)| *name).collect();
    push(text, &format!("Target object actions: {}.", on.join(", ")));
    let head = ["Source", "Target", "Type", "Matching", "Apply", "Default"];
    push(text, &table(&head, mapping.rows.iter().filter(|row| row.is_complete()).map(cells)));
    let open: Vec<_> = mapping.rows.iter().filter(|row| !row.is_complete()).collect();
    if !open.is_empty() {
        let names: Vec<_> = open.iter().map(|row| format!("`{}`", code(&row.target))).collect();
        push(text, &format!("Without a source, so not mapped: {}.", names.join(", ")));
    }
    tests(text, mapping);
}

/// What the expressions were tested with, for whoever changes one later.
fn tests(text: &mut String, mapping: &MappingDraft) {
    let tested = |row: &&Row| row.mapping_type == MappingType::Expression;
    let rows = mapping.rows.iter().filter(tested).flat_map(|row| {
        row.tests.iter().map(|test| {
            vec![
                format!("`{}`", code(&row.target)),
                escape(&test.subject.in_words()),
                escape(&test.expected.in_words()),
            ]
        })
    });
    let mut rows = rows.peekable();
    if rows.peek().is_some() {
        push(text, "Tests of the expressions:");
        push(text, &table(&["Target", "For", "Expected"], rows));
    }
}

fn cells(row: &Row) -> Vec<String> {
    let source = match row.mapping_type {
        MappingType::None => String::new(),
        _ => format!("`{}`", code(row.source_text())),
    };
    let default = Some(&row.default_value).filter(|text| !text.is_empty());
    vec![
        source,
        format!("`{}`", code(&row.target)),
        row.mapping_type.label().to_owned(),
        escape(&row.precedence),
        if row.only_during_creation { "Only during object creation" } else { "Always" }.to_owned(),
        default.map(|text| format!("`{}`", code(text))).unwrap_or_default(),
    ]
}

fn scope(text: &mut String, draft: &Draft) {
    push(text, "## 5. Scope");
    let scope = if draft.sync_all {
        "Sync all users and groups."
    } else {
        "Sync only assigned users and groups."
    };
    push(text, scope);
    if draft.skip_out_of_scope_deletions {
        push(text, "`SkipOutOfScopeDeletions` is on; it is set through Microsoft Graph only.");
    }
    for kind in Kind::ALL {
        for filter in &draft.mapping(kind).filters {
            push(text, &format!("Scoping filter for {}: {}", kind.plural(), escape(&filter.title)));
            let rows = filter.clauses.iter().map(clause);
            push(text, &table(&["Attribute", "Operator", "Value"], rows));
        }
    }
}

fn clause(clause: &ClauseDraft) -> Vec<String> {
    vec![
        format!("`{}`", code(&clause.attribute)),
        escape(&clause.operator),
        if clause.value.is_empty() { String::new() } else { format!("`{}`", code(&clause.value)) },
    ]
}

fn expected(text: &mut String, findings: &Findings) {
    push(text, "## 6. What the preview expects");
    match &findings.preview {
        Some(summary) => {
            let rows = summary.actions.iter().map(|(name, n)| vec![name.clone(), n.to_string()]);
            push(text, &table(&["Action", "Objects"], rows));
            for finding in summary.failure.iter().chain(&summary.findings) {
                push(text, &format!("- {}", escape(finding)));
            }
        }
        None => push(text, "No preview of this configuration was made."),
    }
    let Some(review) = &findings.review else { return };
    if let Some(forecast) = &review.forecast {
        push(text, &format!("The first cycle: {}", escape(&in_words(forecast))));
    }
    if !review.advice.is_empty() {
        push(text, "Remarks:");
        let lines: Vec<_> = review
            .advice
            .iter()
            .map(|advice| {
                let (what, repair) = (escape(&advice.text), escape(&advice.repair));
                format!("- {what} {repair} ({})", escape(&advice.source))
            })
            .collect();
        push(text, &lines.join("\n"));
    }
}

fn start(text: &mut String) {
    push(text, "## 7. Start");
    push(
        text,
        "- [ ] Provision on demand for one person, and look at the result in the application.\n\
         - [ ] Current layout: Overview > Start provisioning. Classic layout: Provisioning Status \
         On, Save.\n\
         - [ ] Look at Overview after 40 minutes: the cycle, its counts, and the provisioning logs.",
    );
}

fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |", cells.join(" | "));
    let head: Vec<String> = head.iter().map(|name| (*name).to_owned()).collect();
    let rule: Vec<String> = head.iter().map(|_| "---".to_owned()).collect();
    let lines = [line(&head), line(&rule)].into_iter().chain(rows.map(|cells| line(&cells)));
    lines.collect::<Vec<_>>().join("\n")
}

/// A text between backticks: a backtick, a bar or a line break would end it or the table's cell.
fn code(text: &str) -> String {
    text.replace('`', "'").replace('|', "\\|").replace(['\r', '\n'], " ")
}

/// A text that means nothing in Markdown.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '~' => {
                out.push('\\');
                out.push(letter);
            }
            '\r' | '\n' => out.push(' '),
            _ => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::mapping::unit_test::{Expected, Subject, UnitTest};
    use crate::gallery::tests::envoy;

    #[test]
    fn envoys_runbook_holds_every_row_and_no_secret() {
        let mut draft = Draft::default();
        draft.add_application("Envoy", envoy());
        let text = write(&draft, &Findings::default());
        for row in draft.users.rows.iter().chain(&draft.groups.rows) {
            assert!(text.contains(&format!("`{}`", code(&row.target))), "{}", row.target);
        }
        assert!(text.contains("`https://app.envoy.com/scim/v2`"));
        assert!(text.contains("Without a source, so not mapped: `locale`."));
        assert!(text.contains("(not in this file)"));
    }

    #[test]
    fn tests_of_expressions_are_a_table() {
        let mut draft = Draft::default();
        draft.add_application("Envoy", envoy());
        assert!(!write(&draft, &Findings::default()).contains("Tests of the expressions"));
        let row = &mut draft.users.rows[0];
        let target = row.target.clone();
        row.mapping_type = MappingType::Expression;
        row.tests = vec![UnitTest {
            subject: Subject::Person("ada|x@contoso.com".to_owned()),
            expected: Expected::Value("Ada".to_owned()),
        }];
        let text = write(&draft, &Findings::default());
        let line = format!("| `{target}` | ada\\|x@contoso.com | Ada |");
        assert!(text.contains(&line), "{text}");
    }

    #[test]
    fn what_people_type_stays_text() {
        let mut draft = Draft::default();
        draft.add_application("# <img src=x> [a](javascript:b)", envoy());
        let text = write(&draft, &Findings::default());
        assert!(text.starts_with("# Provisioning of \\# \\<img src=x\\> \\[a\\](javascript:b)\n"));
        assert_eq!(code("a|b`c\nd"), "a\\|b'c d");
    }
}
