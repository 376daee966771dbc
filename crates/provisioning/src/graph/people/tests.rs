use super::*;
use crate::source::SourceValue;

fn faults(text: &str) -> Vec<String> {
    read(text).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn an_answer_of_graph_is_read_under_both_names() {
    let text = r##"{
        "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users",
        "value": [{
            "id": "1", "displayName": "Ana", "userPrincipalName": "ana@contoso.example",
            "mobilePhone": "+1", "businessPhones": ["+2", "+3"], "officeLocation": "HQ", "faxNumber": null,
            "manager": { "@odata.type": "#microsoft.graph.user", "id": "2" },
            "onPremisesExtensionAttributes": { "extensionAttribute1": "a", "extensionAttribute2": null },
            "extension_1f_costCode": "7", "accountEnabled": false, "proxyAddresses": ["SMTP:ana@contoso.example"]
        }]
    }"##;
    let directory = read(text).unwrap();
    let ana = &directory.users[0];
    let expected = [
        ("objectId", "1"),
        ("mobile", "+1"),
        ("mobilePhone", "+1"),
        ("telephoneNumber", "+2"),
        ("physicalDeliveryOfficeName", "HQ"),
        ("manager", "2"),
        ("extensionAttribute1", "a"),
        ("extension_1f_costCode", "7"),
    ];
    for (name, value) in expected {
        assert_eq!(ana.text(name), Some(value), "{name}");
    }
    assert_eq!(ana.get("facsimileTelephoneNumber"), None);
    assert_eq!(ana.get("extensionAttribute2"), None);
    assert!(!ana.is_enabled());
    assert!(matches!(ana.get("businessPhones"), Some(SourceValue::List(list)) if list.len() == 2));
}

#[test]
fn one_object_may_gather_everything() {
    let text = r#"{
        "users": { "value": [{ "id": "u1" }, { "id": "u2", "deletedDateTime": "2026-01-01T00:00:00Z" }] },
        "groups": [{ "id": "g1", "displayName": "Desk", "members": ["u1", { "id": "u2" }] }],
        "appRoles": [{ "id": "r1", "displayName": "Admin", "value": null },
                     { "id": "r2", "displayName": "Daemon", "allowedMemberTypes": ["Application"] }],
        "appRoleAssignedTo": [{ "principalId": "g1", "appRoleId": "r1" }, { "principalId": "u1" }]
    }"#;
    let directory = read(text).unwrap();
    assert_eq!(directory.groups[0].members, ["u1", "u2"]);
    assert!(directory.users[1].soft_deleted);
    assert_eq!(directory.app_roles.len(), 1);
    assert_eq!(directory.assignments[1].app_role_id, DEFAULT_ACCESS);
}

#[test]
fn a_guest_is_known_by_the_home_address() {
    let text = r##"[{ "id": "1", "userPrincipalName": "ana_m_contoso.com#EXT#@fabrikam.onmicrosoft.com" }]"##;
    let directory = read(text).unwrap();
    let guest = &directory.users[0];
    assert_eq!(guest.text("userPrincipalName"), Some("ana_m@contoso.com"));
    assert!(guest.text("originalUserPrincipalName").unwrap().contains("#EXT#"));
}

#[test]
fn faults_name_place_rule_and_repair_all_at_once() {
    let text = r#"{ "users": [{ "id": "1" }, { "displayName": "Bo" }, { "id": "1", "mail": 7 },
                   { "id": "3", "accountEnabled": "false" }], "groups": 5 }"#;
    let found = faults(text);
    let places: Vec<&str> = found.iter().map(|fault| fault.split(": ").next().unwrap()).collect();
    assert_eq!(places, ["users[1].id", "users[2].id", "users[3].accountEnabled", "groups"]);
    assert!(found[1].contains("taken by users[0]"), "{}", found[1]);
}

#[test]
fn broken_json_is_located() {
    let fault = &read("{\n \"value\": [ {,} ]\n}").unwrap_err()[0];
    assert_eq!(fault.spot.map(|spot| spot.line), Some(2));
    assert!(read("{ \"value\": [").unwrap_err()[0].repair.contains("whole answer"));
}

#[test]
fn depth_is_bounded_and_strangers_are_refused() {
    let deep = "[".repeat(100_000);
    assert_eq!(read(&deep).unwrap_err().len(), 1);
    assert!(faults(r#"{ "error": { "code": "Forbidden" } }"#)[0].contains("error answer"));
    assert!(faults("42")[0].contains("no people"));
}

#[test]
fn a_page_is_not_taken_for_the_whole() {
    let next = r#""@odata.nextLink": "https://graph.microsoft.com/v1.0/users?$skiptoken=x""#;
    let alone = format!(r#"{{ "value": [{{ "id": "1" }}], {next} }}"#);
    assert!(faults(&alone)[0].contains("one page of several"), "{:?}", faults(&alone));
    let inside = format!(r#"{{ "users": {{ "value": [{{ "id": "1" }}], {next} }} }}"#);
    assert!(faults(&inside)[0].starts_with("users.@odata.nextLink"), "{:?}", faults(&inside));
}
