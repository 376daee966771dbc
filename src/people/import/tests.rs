use super::*;
use proptest::prelude::*;
use provisioning::source::SourceObject;

/// Files as they are handed in, in pieces of the import's choice.
fn read(files: &[(&str, &[u8])]) -> Result<Directory, Vec<String>> {
    let assigned: Vec<_> = files.iter().map(|(name, bytes)| (*name, *bytes, None)).collect();
    read_as(&assigned)
}

fn read_as(files: &[(&str, &[u8], Option<Assignment>)]) -> Result<Directory, Vec<String>> {
    let order = |(name, bytes, assignment): &(&str, &[u8], Option<Assignment>)| Order {
        name: (*name).to_owned(),
        bytes: bytes.len() as u64,
        assignment: assignment.clone(),
    };
    let mut import = Import::new(files.iter().map(order).collect());
    while let Some(Piece { file, from, to }) = import.wanted() {
        import.piece(&files[file].1[from as usize..to as usize]);
    }
    import.finish().map_err(|faults| faults.iter().map(ToString::to_string).collect())
}

fn user<'d>(directory: &'d Directory, id: &str) -> &'d SourceObject {
    directory.users.iter().find(|user| user.id == id).unwrap()
}

const PORTAL: &str = "userPrincipalName,displayName,surname,mail,givenName,id,userType,jobTitle,department,accountEnabled,usageLocation,streetAddress,state,country,officeLocation,city,postalCode,telephoneNumber,mobilePhone,alternateEmailAddress,ageGroup,consentProvidedForMinor,legalAgeGroupClassification,companyName,creationType,directorySynced,invitationState,identityIssuer,createdDateTime\r\n\
    ada@contoso.com,Ada Okafor,Okafor,ada@contoso.com,Ada,u1,Member,Controller,Finance,True,DE,\"Pine Street 1\nFloor 2\",WA,United States,Seattle,Seattle,98101,+1 206,,,,,,Contoso,,False,,contoso.onmicrosoft.com,2024-01-31T08:00:00Z\r\n\
    bo_partner.example#EXT#@contoso.onmicrosoft.com,\"O'Neil, Bo\",,bo@partner.example,,u2,Guest,,,False,,,,,,,,,+44,,,,,,Invitation,,Accepted,,\r\n";

const MEMBERS: &str = "id,userPrincipalName,displayName,objectType,userType,isUser,isGroup,isGuest\n\
    u1,ada@contoso.com,Ada Okafor,user,Member,True,False,False\n\
    u9,cy@contoso.com,Cy,user,Member,True,False,False\n\
    g2,,Facilities,group,,False,True,False\n";

#[test]
fn the_portals_tables_are_read_together() {
    let files = [("envoy-users.csv", MEMBERS.as_bytes()), ("users.csv", PORTAL.as_bytes())];
    let directory = read(&files).unwrap();
    assert_eq!(directory.users.len(), 3);
    let ada = user(&directory, "u1");
    assert_eq!(ada.text("streetAddress"), Some("Pine Street 1\nFloor 2"));
    assert_eq!(ada.text("physicalDeliveryOfficeName"), Some("Seattle"));
    assert_eq!(ada.text("objectId"), Some("u1"));
    assert!(ada.is_enabled());
    let guest = user(&directory, "u2");
    assert!(!guest.is_enabled());
    assert_eq!(guest.text("userPrincipalName"), Some("bo@partner.example"));
    assert_eq!(guest.text("mobile"), Some("+44"));
    let group = directory.groups.iter().find(|group| group.label() == "envoy-users").unwrap();
    assert_eq!(group.members, ["u1", "u9", "g2"]);
    assert!(directory.groups.iter().any(|group| group.id == "g2"));
}

#[test]
fn every_encoding_and_separator_gives_the_same_people() {
    let plain = "id;displayName;accountEnabled\r\n1;Zoë Łuk;FALSE\r\n2;\"a;b\";yes\r\n";
    let expected = read(&[("a.csv", plain.as_bytes())]).unwrap();
    assert_eq!(user(&expected, "2").text("displayName"), Some("a;b"));
    let marked = format!("\u{feff}{plain}");
    let tabs = "id\tdisplayName\taccountEnabled\n1\tZoë Łuk\tFALSE\n2\ta;b\tyes";
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    for bytes in [marked.clone().into_bytes(), wide(&marked), wide(plain), wide(tabs)] {
        assert_eq!(read(&[("a.csv", &bytes)]).unwrap(), expected);
    }
}

#[test]
fn columns_are_read_as_somebody_assigned_them() {
    let text = "Nr,Wer,Chef,Aktiv\n7,Ada,bo@c.example,no\n8,Bo,,yes\n";
    let columns = ["employeeId", "userPrincipalName", "manager", "accountEnabled"];
    let columns = columns.map(|column| Some(column.to_owned())).to_vec();
    let assignment = Assignment { columns, ..Assignment::default() };
    let directory = read_as(&[("hr.csv", text.as_bytes(), Some(assignment))]).unwrap();
    let ada = user(&directory, "Ada");
    assert_eq!((ada.text("employeeId"), ada.is_enabled()), (Some("7"), false));
    let left_out = Assignment { columns: vec![None; 4], ..Assignment::default() };
    let faults = read_as(&[("hr.csv", text.as_bytes(), Some(left_out))]).unwrap_err();
    assert!(faults[0].starts_with("hr.csv, line 1, column 1: no column says who"), "{faults:?}");
}

#[test]
fn a_manager_may_be_named_in_a_table() {
    let text = "id,userPrincipalName,Manager\n1,ada@c.example,BO@c.example\n2,bo@c.example,\n";
    let directory = read(&[("a.csv", text.as_bytes())]).unwrap();
    assert_eq!(user(&directory, "1").text("manager"), Some("2"));
}

#[test]
fn graph_tables_and_lines_are_joined() {
    let json = r#"{"value":[{"id":"1","displayName":"Ada"}],"@odata.nextLink":"https://x"}"#;
    let last = r#"{"value":[{"id":"2","displayName":"Bo"}]}"#;
    let lines = "{\"id\":\"3\"}\n{\"id\":\"g\",\"groupTypes\":[],\"members\":[\"3\"]}\n";
    let table = "id,displayName\n4,Cy\n";
    let files = [("1.json", json), ("2.json", last), ("3.ndjson", lines), ("4.csv", table)];
    let directory = read(&files.map(|(name, text)| (name, text.as_bytes()))).unwrap();
    assert_eq!((directory.users.len(), directory.groups.len()), (4, 1));
}

/// Each broken file, and words of what is told first.
#[test]
fn broken_files_are_refused_with_file_line_and_column() {
    let cases: [(&[u8], &str); 18] = [
        (b"", "there is nothing in it"),
        (b" \r\n \n", "there is nothing in it"),
        (b"PK\x03\x04\x14\0\x06\0", "this is a workbook"),
        (b"id,displayName\n1,Zo\xeb\n", "line 2, column 5: the byte EB is no UTF-8"),
        (b"id,displayName\n1,\"Zo", "line 2, column 3: the quote that opens here is never closed"),
        (b"id,displayName\n1,\"Zo\"e\n", "line 2, column 7: there is text behind a quote"),
        (b"id,displayName\n1\n", "line 2, column 1: the row has 1 cells"),
        (b"id,displayName\n1,a,b\n", "line 2, column 1: the row has 3 cells"),
        (b"id,displayName\n1,a\n1,b\n", "line 3, column 1, id: the id `1` is taken by line 2"),
        (b"id,accountEnabled\n1,maybe\n", "line 2, column 3, accountEnabled: `maybe` is neither"),
        (b"id,displayName\n,a\n", "line 2, column 1: the row does not say who it is"),
        (b"Name,City\nAda,Berlin\n", "line 1, column 1: no column says who a row is"),
        (b"id,displayName\n", "no people were found"),
        (
            b"{\"value\":[{\"id\":\"1\"}",
            "line 1, column 21: this is no JSON: the list is not closed",
        ),
        (b"{\"id\":\"1\"}\n{\"id\":\"1\"}\n", "line 2, column 1, id: the id `1` is taken"),
        (b"[{\"id\":\"1\",\"mail\":7}]", "line 1, column 2, [0].mail: text in quotes"),
        (b"{\"error\":{\"code\":\"Forbidden\"}}", "line 1, column 1: this is an error answer"),
        (b"\xff\xfei\0d\0,", "the file ends within a letter"),
    ];
    for (bytes, words) in cases {
        let faults = read(&[("people", bytes)]).unwrap_err();
        let text = String::from_utf8_lossy(bytes);
        assert!(faults[0].contains(words), "{text:?}: {faults:?}");
        let is_of_file = faults[0].starts_with("people") || words.starts_with("no people");
        assert!(is_of_file, "{text:?}: {faults:?}");
    }
}

#[test]
fn a_missing_column_is_told_once_and_not_for_every_row() {
    let faults = read(&[("people", b"Name,City\nAda,Berlin\nBo,Oslo\n")]).unwrap_err();
    assert_eq!(faults.len(), 1, "{faults:?}");
}

#[test]
fn deep_json_is_one_fault() {
    let deep = format!("{{\"value\":[{}", "[".repeat(200_000));
    assert_eq!(read(&[("deep.json", deep.as_bytes())]).unwrap_err().len(), 1);
    let nested = format!("[{{\"id\":\"1\",\"x\":{}1{}}}]", "[".repeat(200), "]".repeat(200));
    let faults = read(&[("deep.json", nested.as_bytes())]).unwrap_err();
    assert!(faults[0].contains("recursion limit"), "{faults:?}");
}

#[test]
fn formulas_controls_and_marks_of_direction_are_kept_as_text() {
    let text = "id,displayName\n1,=1+1\n2,\"a\u{202e}b\u{1}\"\n3,@SUM(A1)\n";
    let directory = read(&[("a.csv", text.as_bytes())]).unwrap();
    assert_eq!(user(&directory, "1").text("displayName"), Some("=1+1"));
    assert_eq!(user(&directory, "2").text("displayName"), Some("a\u{202e}b\u{1}"));
}

#[test]
fn a_large_file_passes_piece_by_piece() {
    // A row of 100 KB, again and again: the file is large, and few people are in it.
    let row = |number: usize| format!("{number},\"{}\"\n", "x".repeat(100_000));
    let mut import = Import::new(vec![Order {
        name: "large.csv".to_owned(),
        bytes: 16 << 20,
        assignment: Some(Assignment {
            columns: vec![Some("id".to_owned()), None],
            ..Assignment::default()
        }),
    }]);
    let mut text = "id,note\n".to_owned();
    let mut number = 0;
    while let Some(Piece { from, to, .. }) = import.wanted() {
        let wanted = (to - from) as usize;
        while text.len() < wanted {
            number += 1;
            text.push_str(&row(number));
        }
        let piece: String = text.drain(..wanted).collect();
        import.piece(piece.as_bytes());
    }
    // The file ends within a row.
    let faults = import.finish().unwrap_err();
    assert!(faults[0].rule.contains("never closed"), "{faults:?}");
    assert!(number > 160, "{number}");
}

#[test]
fn an_unreadable_piece_ends_the_import() {
    let file = Order { name: "gone.csv".to_owned(), bytes: 10, assignment: None };
    let mut import = Import::new(vec![file]);
    import.unreadable("the file has changed since it was chosen");
    assert_eq!(import.wanted(), None);
    let faults = import.finish().unwrap_err();
    assert!(faults[0].to_string().starts_with("gone.csv: the file has changed"), "{faults:?}");
}

#[test]
fn a_look_names_columns_and_what_is_proposed() {
    let Seen::Table { columns, proposed } = Look::at(PORTAL.as_bytes(), "users.csv") else {
        panic!("it is a table");
    };
    assert_eq!(columns.len(), 29);
    assert_eq!(columns[1].sample, "Ada Okafor");
    assert_eq!(columns[18].sample, "+44", "the first that is not empty");
    assert_eq!(proposed.columns[5].as_deref(), Some("id"));
    let Seen::Table { proposed, .. } = Look::at(MEMBERS.as_bytes(), "Envoy Users.csv") else {
        panic!("it is a table");
    };
    assert_eq!((proposed.rows, proposed.group.as_str()), (Rows::Members, "Envoy Users"));
    assert_eq!(Look::at(b"\xef\xbb\xbf [", "a"), Seen::Json);
    assert!(matches!(Look::at(b"%PDF-1.4", "a"), Seen::Unreadable(_)));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&[("a", &bytes)]);
        let _ = Look::at(&bytes, "a");
    }

    #[test]
    fn no_text_makes_it_panic(text in "[\\[\\]{}:,;\"\na-c1id\u{feff}é]{0,80}") {
        let _ = read(&[("a", text.as_bytes()), ("b", text.as_bytes())]);
        let _ = Look::at(text.as_bytes(), "a");
    }

    #[test]
    fn people_in_a_table_are_those_in_json(
        people in prop::collection::btree_map("[a-z]{1,6}", "[ -~éŁ😀]{0,12}", 1..20),
    ) {
        let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let rows = people.iter().map(|(id, name)| format!("{id},{}\n", cell(name)));
        let table = format!("id,displayName\n{}", rows.collect::<String>());
        let object = |(id, name): (&String, &String)| {
            serde_json::json!({ "id": id, "displayName": name.trim() }).to_string()
        };
        let lines: Vec<String> = people.iter().map(object).collect();
        let from_table = read(&[("a.csv", table.as_bytes())]);
        prop_assert_eq!(&from_table, &read(&[("a.ndjson", lines.join("\n").as_bytes())]));
        let list = format!("[{}]", lines.join(","));
        prop_assert_eq!(from_table, read(&[("a.json", list.as_bytes())]));
    }
}
