use super::*;
use crate::draft::mapping::{ClauseDraft, FilterDraft, MappingType, Row};
use crate::draft::place::RowField;
use crate::draft::relay::RelayKind;
use crate::gallery::tests::envoy;

fn envoy_draft() -> Draft {
    let mut draft = Draft::default();
    draft.add_application("Envoy", envoy());
    draft
}

/// The problems of Envoy's draft after an edit.
fn problems(edit: impl FnOnce(&mut Draft)) -> Vec<Problem> {
    let mut draft = envoy_draft();
    edit(&mut draft);
    draft.check().problems
}

#[track_caller]
fn check(edit: impl FnOnce(&mut Draft), place: &Place, part: &str) {
    let found = problems(edit);
    let hit = found.iter().find(|problem| problem.place == *place);
    let hit = hit.unwrap_or_else(|| panic!("no problem at {place:?} among {found:?}"));
    assert!(hit.message.contains(part), "{hit:?} does not say {part:?}");
    assert!(!hit.repair.is_empty());
}

#[test]
fn envoy_as_proposed_is_sound() {
    let checked = envoy_draft().check();
    assert_eq!(checked.problems, []);
    let configuration = checked.sound().unwrap();
    assert_eq!(configuration.users.matching().len(), 1);
    // `locale` has no published source, so its row waits.
    assert_eq!(configuration.users.attributes.len(), 18);
    assert_eq!(configuration.groups.attributes.len(), 3);
}

#[test]
fn an_empty_draft_asks_for_an_application_and_a_url() {
    let places: Vec<_> = Draft::default().check().problems.into_iter().map(|p| p.place).collect();
    assert_eq!(places, [Place::Application, Place::TenantUrl]);
}

#[test]
fn the_tenant_url_is_checked_by_entras_rules() {
    let cases = [
        ("", "no tenant URL"),
        ("app.envoy.com/scim/v2", ""),
        ("https://app.envoy.com/scim/v2/Users", "/users"),
        ("https://user:pw@app.envoy.com/scim/v2", ""),
        ("https://{tenant}.example.com/scim", "{tenant}"),
        ("https://app.envoy.com/sc im", ""),
    ];
    for (typed, part) in cases {
        check(|d| typed.clone_into(&mut d.connection.tenant_url), &Place::TenantUrl, part);
    }
    check(
        |d| {
            d.connection.route = Route::Relay;
            "http://app.envoy.com/scim/v2".clone_into(&mut d.connection.tenant_url);
        },
        &Place::TenantUrl,
        "https",
    );
}

#[test]
fn plain_http_to_this_machine_is_left_to_the_relay_to_allow() {
    let found = problems(|d| {
        d.connection.route = Route::Relay;
        "http://127.0.0.1:8901/scim/v2".clone_into(&mut d.connection.tenant_url);
    });
    assert_eq!(found, []);
}

#[test]
fn the_address_of_a_relay_is_checked_while_one_is_used() {
    let typed = |route| {
        problems(|d| {
            d.connection.route = route;
            d.connection.relay.kind = RelayKind::Prefix;
            "http://cors.example".clone_into(&mut d.connection.relay.address);
        })
    };
    let [found] = <[Problem; 1]>::try_from(typed(Route::Relay)).unwrap();
    assert_eq!(found.place, Place::RelayAddress);
    assert!(found.sentence().contains("https"), "{found:?}");
    assert_eq!(typed(Route::Direct), []);
}

#[test]
fn notification_and_threshold() {
    check(|d| d.connection.notify = true, &Place::NotificationEmail, "no address");
    for typed in ["admin", "admin@", "@contoso.com", "a@b", "a b@c.de", "a@b.c, d@e.f"] {
        let edit = |d: &mut Draft| typed.clone_into(&mut d.connection.notification_email);
        check(edit, &Place::NotificationEmail, typed);
    }
    for typed in ["", "0", "-1", "many"] {
        let edit = |d: &mut Draft| {
            "a@b.example".clone_into(&mut d.connection.notification_email);
            d.connection.prevent_deletions = true;
            typed.clone_into(&mut d.connection.deletion_threshold);
        };
        check(edit, &Place::DeletionThreshold, typed);
    }
}

#[test]
fn a_row_is_checked_field_by_field() {
    let row = |field| Place::Row(Kind::User, 1, field);
    let edit = |change: fn(&mut Row)| move |d: &mut Draft| change(d.users.row_mut(1).unwrap());
    check(edit(|r| r.target.clear()), &row(RowField::Target), "no target");
    check(edit(|r| r.target = "emails[".into()), &row(RowField::Target), "emails[");
    check(edit(|r| r.target = "ID".into()), &row(RowField::Target), "`id`");
    check(edit(|r| r.precedence = "first".into()), &row(RowField::Precedence), "first");
    check(edit(|r| r.direct.clear()), &row(RowField::Source), "matching attribute");
    check(
        edit(|r| {
            r.mapping_type = MappingType::Expression;
            r.expression = "ToUper([mail])".into();
        }),
        &row(RowField::Source),
        "ToUper",
    );
}

#[test]
fn a_target_is_mapped_once_whatever_its_case() {
    check(
        |d| {
            let id = d.users.add_row();
            let row = d.users.row_mut(id).unwrap();
            row.target = "USERNAME".into();
            row.direct = "mail".into();
        },
        &Place::Row(Kind::User, 20, RowField::Target),
        "row 1",
    );
}

#[test]
fn without_matching_attribute_nothing_runs() {
    let mut draft = envoy_draft();
    draft.users.row_mut(1).unwrap().precedence.clear();
    let checked = draft.check();
    assert!(checked.at(&Place::Mapping(Kind::User)).is_some());
    assert!(checked.sound().is_none());
}

#[test]
fn groups_that_are_switched_off_are_not_checked() {
    let found = problems(|d| {
        d.groups.rows.clear();
        d.groups.enabled = false;
    });
    assert_eq!(found, []);
}

#[test]
fn a_clause_needs_operator_and_value() {
    let filter = |operator: &str, value: &str| FilterDraft {
        title: "Sales".into(),
        clauses: vec![ClauseDraft {
            attribute: "department".into(),
            operator: operator.into(),
            value: value.into(),
        }],
    };
    let place = Place::Clause(Kind::User, 0, 0);
    check(|d| d.users.filters.push(filter("", "x")), &place, "operator");
    check(|d| d.users.filters.push(filter("Greater_Than", "ten")), &place, "");
    assert_eq!(problems(|d| d.users.filters.push(filter("EQUALS", "Sales"))), []);
    assert_eq!(problems(|d| d.users.filters.push(filter("IS NULL", ""))), []);
}
