//! Reading people holds what the people need, one piece and one person: every byte is counted.

use allocation_counter::measure;
use provisioning::graph::people::{Gathering, Reader};
use provisioning::source::Directory;

const PEOPLE: usize = 2_000;

/// The pieces in which a file comes.
const PIECE: usize = 1 << 16;

/// Somebody as `GET /users` gives the attributes that the wizard proposes in `$select`.
fn person(number: usize) -> String {
    format!(
        "{{\"id\":\"00000000-0000-4000-8000-{number:012}\",\"userPrincipalName\":\"ada.{number}@contoso.com\",\
         \"displayName\":\"Ada Okafor {number}\",\"givenName\":\"Ada\",\"surname\":\"Okafor\",\
         \"mail\":\"ada.{number}@contoso.com\",\"mailNickname\":\"ada.{number}\",\"accountEnabled\":true,\
         \"userType\":\"Member\",\"employeeId\":\"{number}\",\"jobTitle\":\"Engineer\",\"department\":\"Sales\",\
         \"companyName\":\"Contoso\",\"officeLocation\":\"Seattle\",\"streetAddress\":\"Pine Street 1\",\
         \"city\":\"Seattle\",\"state\":\"WA\",\"postalCode\":\"98101\",\"country\":\"US\",\
         \"preferredLanguage\":\"en-US\",\"businessPhones\":[\"+1 206 555 0100\"],\"mobilePhone\":null}}"
    )
}

#[expect(clippy::unwrap_used, reason = "the text was written above")]
fn read(text: &str) -> Directory {
    let mut gathering = Gathering::default();
    let mut reader = Reader::default();
    text.as_bytes().chunks(PIECE).for_each(|piece| reader.piece(piece, &mut gathering));
    reader.end(&mut gathering);
    gathering.finish().unwrap()
}

#[test]
fn what_is_held_is_bounded_by_the_people() {
    let people: Vec<String> = (0..PEOPLE).map(person).collect();
    let texts = [people.join("\n"), format!("{{\"value\":[{}]}}", people.join(","))];
    for text in texts {
        let mut directory = Directory::default();
        let info = measure(|| directory = read(&text));
        assert_eq!(directory.users.len(), PEOPLE);
        let held = usize::try_from(info.bytes_current).unwrap() / PEOPLE;
        let most = usize::try_from(info.bytes_max).unwrap() / PEOPLE;
        println!("{held} bytes held for a person, {most} at the most while reading");
        assert!(held < 1_000, "{held} bytes for a person");
        assert!(most < held + 250, "{most} bytes for a person while reading, {held} afterwards");
    }
}
