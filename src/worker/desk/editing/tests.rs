use provisioning::source::SourceValue;

use super::*;
use crate::draft::Draft;
use crate::worker::message::{Answer, Ask, Judgement, ListQuery, PeopleSummary, PeopleText, Shape};

const NOW: f64 = 1_760_000_000_000.0;

/// The desk beside the draft that the page would hold.
struct Page {
    desk: Desk,
    draft: Draft,
}

impl Page {
    fn with(people: PeopleText) -> Self {
        let mut desk = Desk::default();
        desk.answer(Ask::LoadPeople(people), NOW);
        let mut draft = Draft { sync_all: true, ..Draft::default() };
        draft.add_application("Envoy", crate::gallery::tests::envoy());
        let mut page = Self { desk, draft };
        page.configure();
        page
    }

    fn invented(size: u32) -> Self {
        Self::with(PeopleText::Invented { size, seed: 1 })
    }

    fn configure(&mut self) -> Judgement {
        let Answer::Judged(mut judged) = self.desk.answer(Ask::Configure(self.draft.clone()), NOW)
        else {
            panic!("a draft is judged")
        };
        while judged.left > 0 {
            let Answer::Judged(next) = self.desk.answer(Ask::Judge, NOW) else { panic!("judged") };
            judged = next;
        }
        judged
    }

    fn open(&mut self, ask: ByHandAsk) -> Record {
        match self.desk.by_hand(ask) {
            ByHandAnswer::Record(Some(record)) => record,
            other => panic!("{other:?}"),
        }
    }

    fn save(&mut self, record: Record) -> Result<Judgement, Vec<FieldFault>> {
        match self.desk.by_hand(ByHandAsk::Check(record)) {
            ByHandAnswer::Changes(changes) => {
                changes.into_iter().for_each(|change| self.draft.by_hand.make(change));
                Ok(self.configure())
            }
            ByHandAnswer::Wrong(faults) => Err(faults),
            ByHandAnswer::Record(record) => panic!("{record:?}"),
        }
    }

    fn census(&mut self) -> PeopleSummary {
        match self.desk.answer(Ask::Census, NOW) {
            Answer::People(summary) => summary,
            other => panic!("{other:?}"),
        }
    }

    fn first_user(&self) -> String {
        self.desk.tenant.directory().users[0].id.clone()
    }
}

fn set(record: &mut Record, name: &str, text: &str) {
    let field = record.fields.iter_mut().find(|field| field.name == name).unwrap();
    text.clone_into(&mut field.text);
}

fn text<'r>(record: &'r Record, name: &str) -> &'r str {
    &record.fields.iter().find(|field| field.name == name).unwrap().text
}

fn somebody(page: &mut Page, name: &str) -> Record {
    let mut record = page.open(ByHandAsk::New(Kind::User, format!("id-{name}")));
    set(&mut record, "userPrincipalName", &format!("{name}@contoso.com"));
    set(&mut record, "displayName", name);
    record
}

#[test]
fn the_first_person_makes_a_directory() {
    let mut page = Page::with(PeopleText::Nobody);
    let mut ada = somebody(&mut page, "Ada");
    assert!(ada.label.is_empty() && text(&ada, "accountEnabled") == "True");
    let reads = |name: &str| ada.fields.iter().any(|field| field.name == name && field.is_read);
    assert!(reads("userPrincipalName") && reads("mailNickname") && !reads("userType"));
    ada.fields.push(RecordField {
        name: "badge_no".to_owned(),
        shape: Shape::Number,
        text: "7".to_owned(),
        is_read: false,
    });
    assert_eq!(page.save(ada).unwrap().users_in, 1);

    let mut staff = page.open(ByHandAsk::New(Kind::Group, "staff".to_owned()));
    set(&mut staff, "displayName", "Staff");
    page.save(staff).unwrap();
    let mut bob = somebody(&mut page, "Bob");
    set(&mut bob, "manager", "ADA@contoso.com");
    bob.groups.push("Staff".to_owned());
    page.save(bob).unwrap();
    let summary = page.census();
    assert_eq!((summary.users, summary.groups, summary.disabled), (2, 1, 0));
    assert!(summary.remarks.is_empty(), "{:?}", summary.remarks);
    let directory = page.desk.tenant.directory();
    assert_eq!(directory.groups[0].members, ["id-Bob"]);
    assert_eq!(directory.users[1].text("manager"), Some("id-Ada"));
    assert_eq!(directory.users[0].get("badge_no"), Some(&SourceValue::Number(7.into())));
    let bob = page.open(ByHandAsk::Open("id-Bob".to_owned()));
    assert_eq!(text(&bob, "manager"), "Ada@contoso.com");
    assert_eq!(bob.groups, ["Staff"]);
}

#[test]
fn whoever_is_changed_is_counted_and_judged_anew_and_undo_takes_it_back() {
    let mut page = Page::invented(50);
    let before = page.desk.tenant.directory().as_ref().clone();
    let (judged, counted) = (page.configure(), page.census());
    let empty = page.draft.clone();
    let id = page.first_user();
    let mut ada = page.open(ByHandAsk::Open(id.clone()));
    assert!(!ada.groups.is_empty());
    set(&mut ada, "accountEnabled", "False");
    set(&mut ada, "department", "Moon");
    ada.groups.clear();
    let after = page.save(ada).unwrap();
    assert_eq!(after.users_in + 1, judged.users_in);
    assert_eq!(page.census().disabled, counted.disabled + 1);
    let query = ListQuery { count: 1, ..ListQuery::default() };
    let Answer::List(found) = page.desk.answer(Ask::List(query), NOW) else { panic!("a list") };
    assert!(!found.rows[0].in_scope);

    page.draft.by_hand.make(Change::Remove { id });
    assert_eq!(page.configure().users_out, judged.users_out);
    assert_eq!(page.census().users, counted.users - 1);
    page.draft = empty;
    assert_eq!(page.configure(), judged);
    assert_eq!(page.census(), counted);
    assert_eq!(*page.desk.tenant.directory().as_ref(), before);
}

#[test]
fn only_what_differs_is_a_change() {
    let mut page = Page::invented(50);
    let id = page.first_user();
    let record = page.open(ByHandAsk::Open(id.clone()));
    page.save(record.clone()).unwrap();
    assert!(page.draft.by_hand.is_empty());
    let mut changed = record;
    set(&mut changed, "department", "");
    page.save(changed).unwrap();
    let [Change::Put(put)] = page.draft.by_hand.changes() else { panic!("{:?}", page.draft) };
    assert_eq!(put.attributes, [("department".to_owned(), None)].into());
    assert_eq!(put.soft_deleted, None);
}

#[test]
fn what_is_wrong_is_told_with_place_rule_and_repair_and_changes_nothing() {
    let mut page = Page::invented(50);
    let users = page.desk.tenant.directory().users.clone();
    let mut record = page.open(ByHandAsk::New(Kind::User, "new".to_owned()));
    set(&mut record, "mail", "ada");
    set(&mut record, "manager", "nobody@contoso.com");
    record.groups.push("No such group".to_owned());
    let faults = page.save(record.clone()).unwrap_err();
    let places: Vec<&str> = faults.iter().map(|fault| fault.place.as_str()).collect();
    let all = ["userPrincipalName", "displayName", "mail", "manager", "No such group"];
    assert_eq!(places, all);
    assert!(faults.iter().all(|fault| !fault.rule.is_empty() && !fault.repair.is_empty()));

    let taken = users[0].text("userPrincipalName").unwrap().to_uppercase();
    set(&mut record, "userPrincipalName", &taken);
    let faults = page.save(record).unwrap_err();
    assert!(faults[0].rule.contains(&format!("taken by {}", users[0].label())), "{faults:?}");
    let mut own = page.open(ByHandAsk::Open(users[0].id.clone()));
    set(&mut own, "manager", &users[0].id);
    assert!(page.save(own).unwrap_err()[0].rule.contains("own manager"));
    assert!(page.draft.by_hand.is_empty() && page.desk.tenant.directory().users == users);
    let unknown = page.desk.by_hand(ByHandAsk::Open("nobody".to_owned()));
    assert!(matches!(unknown, ByHandAnswer::Record(None)));
}

#[test]
fn other_people_begin_without_changes() {
    let mut page = Page::invented(50);
    page.draft.by_hand.make(Change::Remove { id: page.first_user() });
    page.configure();
    page.desk.answer(Ask::LoadPeople(PeopleText::Invented { size: 50, seed: 1 }), NOW);
    assert_eq!(page.census().users, 50);
    page.configure();
    assert_eq!(page.census().users, 49, "those that are read again are changed again");
}

#[test]
fn one_of_very_many_is_changed() {
    let mut page = Page::invented(20_000);
    let id = page.first_user();
    let mut record = page.open(ByHandAsk::Open(id));
    set(&mut record, "department", "Moon");
    let ByHandAnswer::Changes(changes) = page.desk.by_hand(ByHandAsk::Check(record)) else {
        panic!("sound")
    };
    changes.into_iter().for_each(|change| page.draft.by_hand.make(change));
    page.desk.answer(Ask::Configure(page.draft.clone()), NOW);
    page.census();
    assert_eq!(page.desk.tenant.directory().users[0].text("department"), Some("Moon"));
}
