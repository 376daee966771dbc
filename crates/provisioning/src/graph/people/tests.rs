use super::*;
use crate::source::{DEFAULT_ACCESS, SourceValue};

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
    assert_eq!(
        places,
        [
            "line 1, column 28, users[1].id",
            "line 1, column 53, users[2].id",
            "line 2, column 20, users[3].accountEnabled",
            "groups"
        ]
    );
    assert!(found[1].contains("taken by line 1, column 13, users[0]"), "{}", found[1]);
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

/// Reads texts as files that are joined, in pieces of so many bytes.
fn joined(files: &[&str], bytes: usize) -> Result<Directory, Vec<ReadFault>> {
    let mut gathering = Gathering::default();
    for (number, text) in files.iter().enumerate() {
        gathering.begin_file(&format!("{number}.json"));
        let mut reader = Reader::default();
        text.as_bytes().chunks(bytes).for_each(|piece| reader.piece(piece, &mut gathering));
        reader.end(&mut gathering);
    }
    gathering.finish()
}

#[test]
fn pieces_of_any_length_make_the_same_people() {
    let texts = [
        "{ \"users\": { \"@odata.context\": \"x\", \"value\": [{ \"id\": \"1\", \"displayName\": \"A\\\"]}né\" }, { \"id\": \"2\" }] },\n \"groups\": [{ \"id\": \"g\", \"members\": [\"1\"] }] }",
        "[{\"id\":\"1\"}\n,{\"id\":\"1\"}, 7, {\"id\": }]",
        "{\"id\":\"1\"}\n\n{\"id\":\"2\",\"mail\":5}\n{\"id\":\"3\"",
        "[[[",
        "{\"value\":[{\"id\":\"1\"}}",
        "  \n ",
    ];
    for text in texts {
        let whole = joined(&[text], text.len());
        for bytes in 1..20 {
            assert_eq!(joined(&[text], bytes), whole, "{text} by {bytes}");
        }
    }
}

#[test]
fn a_person_on_each_line_is_read() {
    let lines = "{\"id\":\"1\",\"displayName\":\"Ada\"}\r\n{\"id\":\"g\",\"groupTypes\":[],\"members\":[\"1\"]}\n{\"principalId\":\"g\",\"appRoleId\":\"r\"}\n";
    let directory = read(lines).unwrap();
    assert_eq!((directory.users.len(), directory.groups.len()), (1, 1));
    assert_eq!(directory.assignments[0].app_role_id, "r");
    let found = faults("{\"id\":\"1\"}\n{\"id\":\"1\"}\n{\"id\":\"2\",\"mail\":}");
    assert!(
        found[0].starts_with("line 2, column 1, id: the id `1` is taken by line 1, column 1"),
        "{found:?}"
    );
    assert!(found[1].starts_with("line 3, column 18: this is no JSON"), "{found:?}");
}

#[test]
fn pages_are_joined_and_a_missing_last_page_is_told() {
    let first = r#"{"value":[{"id":"1"}],"@odata.nextLink":"https://graph.microsoft.com/x"}"#;
    let last = r#"{"value":[{"id":"2"}]}"#;
    assert_eq!(joined(&[first, last], 7).unwrap().users.len(), 2);
    let fault = &joined(&[first], 7).unwrap_err()[0];
    assert_eq!(fault.file, "0.json");
    assert!(fault.rule.contains("one page of several"));
    let twice = joined(&[last, last], 7).unwrap_err();
    assert!(
        twice[0].to_string().starts_with("1.json, line 1, column 11, value[0].id: "),
        "{twice:?}"
    );
    assert!(twice[0].rule.contains("taken by 0.json, line 1, column 11, value[0]"), "{twice:?}");
}

#[test]
fn an_answer_says_itself_what_it_lists() {
    let groups = r#"{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#groups(id,displayName)","value":[{"id":"1","displayName":"Desk"}]}"#;
    let assigned = r#"{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#appRoleAssignments","value":[{"id":"x","principalId":"1"}]}"#;
    let roles = r#"{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#servicePrincipals(appRoles)/$entity","appRoles":[{"id":"r","displayName":"Admin"}]}"#;
    let directory = joined(&[groups, assigned, roles], 100).unwrap();
    assert_eq!((directory.users.len(), directory.groups.len()), (0, 1));
    assert_eq!((directory.assignments.len(), directory.app_roles.len()), (1, 1));
}

#[test]
fn what_ends_too_early_is_told_where_it_ends() {
    for text in [
        "{\"users\":[{\"id\":\"1\"}",
        "{\"users\":[{\"id\":\"1",
        "{\"id\":\"1\"",
        "[{\"id\":\"1\"},",
    ] {
        let fault = &read(text).unwrap_err()[0];
        assert!(fault.repair.contains("whole answer"), "{text}: {fault}");
        assert_eq!(fault.spot.unwrap().line, 1, "{text}");
    }
    assert!(faults("\u{feff} ")[0].contains("nothing in it"));
}

#[test]
fn a_hundred_faults_are_enough() {
    let many = format!("[{}7]", "7,".repeat(5_000));
    assert_eq!(read(&many).unwrap_err().len(), 100);
}

#[test]
fn an_object_without_end_does_not_fill_the_memory() {
    let mut gathering = Gathering::default();
    let mut reader = Reader::default();
    let piece = vec![b'['; 1 << 20];
    (0..40).for_each(|_| reader.piece(&piece, &mut gathering));
    reader.end(&mut gathering);
    let found = gathering.finish().unwrap_err();
    assert_eq!(found.len(), 1);
    assert!(found[0].rule.contains("within 16 MB"), "{found:?}");
}

#[test]
fn what_is_written_is_read_again() {
    let text = r##"{ "users": [{ "id": "1", "displayName": "Ada \"é\"", "businessPhones": ["+1"], "accountEnabled": false, "deletedDateTime": "2026-01-01T00:00:00Z",
        "userPrincipalName": "ana_m_contoso.com#EXT#@fabrikam.onmicrosoft.com", "employeeOrgData": 1.50, "manager": {"id": "2"} }, {"id": "2"}],
        "groups": [{ "id": "g", "displayName": "Desk", "members": ["1"] }], "appRoles": [{ "id": "r", "displayName": "Admin" }],
        "appRoleAssignedTo": [{ "principalId": "g", "appRoleId": "r" }] }"##;
    let directory = read(text).unwrap();
    let mut written = String::new();
    write(&directory, &mut |piece| written.push_str(piece));
    assert_eq!(read(&written).unwrap(), directory);
}
