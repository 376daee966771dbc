use super::*;
use crate::worker::message::{Ask, PeopleSummary, PeopleText, Refusal};

const NOW: f64 = 1_760_000_000_000.0;

/// Files as the worker's main holds them, and what the page would do with the answers.
struct Files<'f>(&'f [(&'f str, &'f str)]);

impl Files<'_> {
    fn orders(&self) -> Vec<FileOrder> {
        let order = |(name, text): &(&str, &str)| FileOrder {
            name: (*name).to_owned(),
            bytes: text.len() as u64,
            table: None,
        };
        self.0.iter().map(order).collect()
    }

    /// Fetches what is wanted until there is an answer for the page.
    fn fetch(&self, desk: &mut Desk, mut answer: Answer) -> Answer {
        while let Answer::Import(ImportAnswer::Wants(wanted)) = answer {
            let piece = &self.0[wanted.file].1.as_bytes()[wanted.from as usize..wanted.to as usize];
            answer = desk.bring(wanted, Ok(piece));
        }
        answer
    }

    fn read(&self, desk: &mut Desk) -> (Answer, usize) {
        let begun = desk.answer(Ask::Import(ImportAsk::Begin(self.orders())), NOW);
        let mut answer = self.fetch(desk, begun);
        let mut told = 0;
        while let Answer::Import(ImportAnswer::Underway(_)) = answer {
            told += 1;
            let next = desk.answer(Ask::Import(ImportAsk::GoOn), NOW);
            answer = self.fetch(desk, next);
        }
        (answer, told)
    }
}

fn summary(answer: Answer) -> PeopleSummary {
    let Answer::People(summary) = answer else { panic!("{answer:?}") };
    summary
}

fn refused(answer: Answer) -> Vec<Refusal> {
    let Answer::Refused(refused) = answer else { panic!("{answer:?}") };
    refused
}

#[test]
fn files_are_read_in_turns_and_joined() {
    let note = "x".repeat(120);
    let row = |n: u32| format!("{n},Person {n} {note}\n");
    let long = "id,displayName\n".to_owned() + &(0..20_000).map(row).collect::<String>();
    let files = Files(&[("a.csv", &long), ("b.json", "[{\"id\":\"x\"}]")]);
    let mut desk = Desk::default();
    let (answer, told) = files.read(&mut desk);
    assert_eq!(summary(answer).users, 20_001);
    assert_eq!(told, 3, "the page hears of it after each megabyte and each file");
}

#[test]
fn whatever_is_wrong_leaves_the_people_in_use() {
    let mut desk = Desk::default();
    desk.answer(Ask::LoadPeople(PeopleText::Invented { size: 20, seed: 1 }), NOW);
    let before = desk.tenant.directory().clone();
    let good = ("a.csv", "id,displayName\n1,Ada\n");
    let bad = ("b.csv", "id,displayName\n1,Bo\n2,\"Cy");
    let found = refused(Files(&[good, bad]).read(&mut desk).0);
    assert_eq!(found[0].place, "b.csv, line 2, column 1, id");
    assert_eq!(found[1].place, "b.csv, line 3, column 3");
    assert_eq!(*desk.tenant.directory(), before);

    let begun = desk.answer(Ask::Import(ImportAsk::Begin(Files(&[good]).orders())), NOW);
    let Answer::Import(ImportAnswer::Wants(wanted)) = begun else { panic!("{begun:?}") };
    let found = refused(desk.bring(wanted, Err("the file has changed")));
    assert!(found[0].place.starts_with("a.csv"), "{found:?}");
    assert_eq!(*desk.tenant.directory(), before);
}

#[test]
fn what_was_stopped_or_overtaken_changes_nothing() {
    let mut desk = Desk::default();
    let files = Files(&[("a.csv", "id\n1\n")]);
    let begun = desk.answer(Ask::Import(ImportAsk::Begin(files.orders())), NOW);
    let Answer::Import(ImportAnswer::Wants(stopped)) = begun else { panic!("{begun:?}") };
    desk.answer(Ask::Import(ImportAsk::Stop), NOW);
    let answer = desk.bring(stopped, Ok(b"id\n1\n"));
    assert!(matches!(answer, Answer::Import(ImportAnswer::Idle)), "{answer:?}");
    assert!(desk.tenant.directory().users.is_empty());
    assert_eq!(summary(files.read(&mut desk).0).users, 1);
}

#[test]
fn files_are_looked_at_one_after_the_other() {
    let files = Files(&[
        ("a.json", " {\"value\":[]}"),
        ("b.csv", "UPN;Name\nada@c.example;Ada\n"),
        ("c", "%PDF-1.7"),
    ]);
    let mut desk = Desk::default();
    let told = files.0.iter().map(|(name, text)| ((*name).to_owned(), text.len() as u64)).collect();
    let asked = desk.answer(Ask::Import(ImportAsk::Look(told)), NOW);
    let answer = files.fetch(&mut desk, asked);
    let Answer::Import(ImportAnswer::Seen(seen)) = answer else { panic!("{answer:?}") };
    assert_eq!(seen[0], FileSeen::Json);
    let FileSeen::Table { columns, proposed } = &seen[1] else { panic!("{seen:?}") };
    assert_eq!(columns[1], ("Name".to_owned(), "Ada".to_owned()));
    assert_eq!(proposed.columns[0].as_deref(), Some("userPrincipalName"));
    assert!(matches!(seen[2], FileSeen::Unreadable(_)));
}

#[test]
fn what_is_kept_brings_the_same_people_back() {
    let mut desk = Desk::default();
    let table = "id,displayName,accountEnabled,proxyAddresses\n1,Zoë,no,SMTP:z@c.example;smtp:y@c.example\n";
    summary(Files(&[("a.csv", table)]).read(&mut desk).0);
    let before = desk.tenant.directory().clone();
    let Answer::Import(ImportAnswer::Kept { fingerprint, text: Some(text) }) =
        desk.answer(Ask::Import(ImportAsk::Keep), NOW)
    else {
        panic!("so few people are kept")
    };
    assert_eq!(crate::people::fingerprint(&text), fingerprint);
    desk.answer(Ask::LoadPeople(PeopleText::Graph(text)), NOW);
    assert_eq!(*desk.tenant.directory(), before);
}

#[test]
fn too_many_people_are_not_kept() {
    let mut desk = Desk::default();
    desk.answer(Ask::LoadPeople(PeopleText::Invented { size: 10_000, seed: 1 }), NOW);
    let kept = desk.answer(Ask::Import(ImportAsk::Keep), NOW);
    assert!(matches!(kept, Answer::Import(ImportAnswer::Kept { text: None, .. })));
}
