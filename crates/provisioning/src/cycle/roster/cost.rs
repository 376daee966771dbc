//! What the ways of reading the application cost, and which one is cheaper.

use super::PAGE;

/// A look behind the last page, a look at one account with nothing left out, and one question that
/// may be refused.
const BESIDES: u64 = 3;

/// How the application is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Everybody by pages, and nobody is asked for.
    Pages,
    /// One question a person, as Entra does.
    AskEach,
}

/// The requests that a way takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Requests {
    /// At least.
    pub least: u64,
    /// At most, where the application answers as the RFC has it.
    pub most: u64,
}

/// The requests for so many accounts with so many on a page.
pub fn pages(accounts: u64, on_a_page: u64) -> u64 {
    accounts.div_ceil(on_a_page.max(1)).max(1) + BESIDES
}

impl Requests {
    /// By pages, for so many accounts.
    pub fn by_pages(accounts: u64) -> Self {
        let pages = accounts.div_ceil(PAGE).max(1);
        Self { least: pages, most: pages + BESIDES }
    }

    /// One question a person, and another for each further matching attribute that has a value.
    pub fn for_each(people: u64, matching_attributes: u64) -> Self {
        let most = people.saturating_mul(matching_attributes.max(1));
        Self { least: people, most }
    }

    /// How long they take at the most with so many a second; nothing where there is no limit.
    pub fn seconds(self, a_second: u64) -> Option<u64> {
        (a_second > 0).then(|| self.most.div_ceil(a_second))
    }
}

/// The cheaper way: pages where they take fewer requests at the most than the questions take at the
/// least. For a few people in a large application it is the questions.
pub fn cheaper(people: u64, accounts: u64) -> Way {
    match Requests::by_pages(accounts).most < people {
        true => Way::Pages,
        false => Way::AskEach,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_people_a_request_is_cheaper_until_few_are_looked_for() {
        assert_eq!(cheaper(10_000, 10_000), Way::Pages);
        assert_eq!(cheaper(104, 10_000), Way::Pages);
        assert_eq!(cheaper(103, 10_000), Way::AskEach);
        assert_eq!(cheaper(0, 0), Way::AskEach);
        // An application that holds nobody says so with one request.
        assert_eq!(cheaper(500, 0), Way::Pages);
    }

    #[test]
    fn requests_and_their_time_are_told_before() {
        assert_eq!(Requests::by_pages(10_000), Requests { least: 100, most: 103 });
        assert_eq!(Requests::by_pages(10_001).most, 104);
        assert_eq!(Requests::for_each(40, 2), Requests { least: 40, most: 80 });
        assert_eq!(Requests::for_each(40, 2).seconds(25), Some(4));
        assert_eq!(Requests::for_each(40, 2).seconds(0), None);
    }
}
