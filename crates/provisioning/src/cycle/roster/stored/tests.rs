use serde_json::json;

use super::*;

fn names(text: &str) -> Vec<String> {
    let read = accounts(text).unwrap_or_else(|faults| panic!("{faults:?}"));
    let name = |one: &Resource| one.get("userName").and_then(Value::as_str).map(str::to_owned);
    read.iter().filter_map(name).collect()
}

fn refused(text: &str) -> Vec<String> {
    accounts(text).expect_err("faults").iter().map(LineFault::to_string).collect()
}

#[test]
fn lists_lines_arrays_and_tables_hold_the_same_people() {
    let list = r#"{"totalResults":2,"Resources":[{"id":"1","userName":"ada"},{"id":"2","userName":"bo"}]}"#;
    let pages = "{\"Resources\":[{\"id\":\"1\",\"userName\":\"ada\"}]}\n\n\
                 {\"resources\":[{\"id\":\"2\",\"userName\":\"bo\"}]}";
    let lines = "{\"id\":\"1\",\"userName\":\"ada\"}\n{\"id\":\"2\",\"userName\":\"bo\"}\n";
    let array = r#"[{"id":"1","userName":"ada"},{"id":"2","userName":"bo"}]"#;
    let table = "\u{feff}id,userName\r\n1,ada\r\n2,bo\r\n";
    let semicolons = "userName;title\nada;\"Boss; and more\"\nbo;\n";
    for text in [list, pages, lines, array, table, semicolons] {
        assert_eq!(names(text), ["ada", "bo"], "{text}");
    }
    assert_eq!(names(r#"{"totalResults":0,"Resources":[]}"#), [""; 0]);
}

#[test]
fn heads_of_a_table_are_paths_of_scim() {
    let text = "id,name.givenName,\"emails[type eq \"\"work\"\"].value\",active,\
                urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department\n\
                7,\"Ada \"\"A\"\"\nB\",ada@h.test,FALSE,Sales\n";
    let read = accounts(text).expect("a table");
    let expected = json!({
        "id": "7",
        "name": { "givenName": "Ada \"A\"\nB" },
        "emails": [{ "type": "work", "value": "ada@h.test" }],
        "active": false,
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": { "department": "Sales" },
    });
    assert_eq!(read.into_iter().map(Resource::into_value).collect::<Vec<_>>(), [expected]);
}

#[test]
fn faults_name_their_lines_and_nobody_is_taken_over() {
    let told = refused("{\"id\":\"1\"}\n{\"id\":\"1\"}\n{\"userName\":\"x\"}\n");
    assert_eq!(told.len(), 2);
    assert!(told[0].starts_with("line 2: the id `1` is there twice"), "{told:?}");
    assert!(told[1].starts_with("line 3: every account needs an `id`"), "{told:?}");
    assert!(refused("{\"id\":\"1\"}\n\n{\"id\":")[0].starts_with("line 3: this is no JSON"));
    assert!(refused("[1]")[0].starts_with("line 1: this is neither"));
    assert!(refused(" \n")[0].starts_with("line 1: the file is empty"));
    assert!(refused("id,user name\n")[0].starts_with("line 1: `user name` is no SCIM attribute"));
    assert!(refused("id,title\n1,a,b\n")[0].starts_with("line 2: the line has 3 cells"));
}

#[test]
fn an_account_stands_on_one_line_and_keeps_its_numbers() {
    let text = "{\n \"id\": \"1\", \"rate\": 1.50 }";
    let read: Resource = text.parse().expect("an account");
    assert_eq!(line(&read), "{  \"id\": \"1\", \"rate\": 1.50 }");
}
