//! How a preview reads whom the application holds, and what that costs.

use provisioning::cycle::roster::cost::{Requests, Way};
use serde::{Deserialize, Serialize};

/// Which way is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reading {
    /// As Entra does for a few people, by pages for many, unless that takes more requests.
    #[default]
    Cheaper,
    /// Everybody by pages.
    Pages,
    /// One question a person, as Entra does.
    AskEach,
}

/// Up to so many people are asked for one by one where the wizard chooses: that is what Entra does,
/// and it takes little more than a minute at 25 requests a second.
pub const MOST_ASKED: usize = 2_000;

/// What is known before a preview begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Users of the directory.
    pub users: usize,
    /// Users who are looked up.
    pub people: usize,
    /// Matching attributes of the user mapping.
    pub matching_attributes: usize,
    /// Accounts of the application, once they were counted.
    pub accounts: Option<u64>,
    /// Requests a second; 0 is no limit.
    pub a_second: u32,
}

impl Reading {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Cheaper, Self::Pages, Self::AskEach];

    /// A stable name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Cheaper => "cheaper",
            Self::Pages => "pages",
            Self::AskEach => "ask-each",
        }
    }

    /// Whether a preview begins by reading pages, for a directory of so many users.
    pub fn by_pages(self, users: usize) -> bool {
        match self {
            Self::Cheaper => users > MOST_ASKED,
            Self::Pages => true,
            Self::AskEach => false,
        }
    }

    /// The requests that pages may take before each person is asked for after all.
    pub fn most_requests(self, users: usize) -> Option<u64> {
        (self == Self::Cheaper).then_some(users as u64)
    }

    /// The way that is taken, as far as it is known before.
    pub fn way(self, size: Size) -> Way {
        let pages = size.accounts.map(|accounts| Requests::by_pages(accounts).most);
        let most = self.most_requests(size.users);
        let is_dearer = pages.zip(most).is_some_and(|(pages, most)| pages > most);
        match self.by_pages(size.users) && !is_dearer {
            true => Way::Pages,
            false => Way::AskEach,
        }
    }
}

impl Size {
    /// What a way costs, in words: "20 to 23 requests, 1 s at 25 a second".
    pub fn cost(self, way: Way) -> String {
        let requests = match (way, self.accounts) {
            (Way::AskEach, _) => {
                Requests::for_each(self.people as u64, self.matching_attributes as u64)
            }
            (Way::Pages, Some(accounts)) => Requests::by_pages(accounts),
            (Way::Pages, None) => return "one request for every 100 accounts".to_owned(),
        };
        let Requests { least, most } = requests;
        let count = match least == most {
            true => format!("{most} requests"),
            false => format!("{least} to {most} requests"),
        };
        match requests.seconds(u64::from(self.a_second)) {
            Some(seconds) => {
                let duration = if seconds < 120 {
                    format!("{seconds} s")
                } else {
                    format!("{} min", seconds.div_ceil(60))
                };
                format!("{count}, {duration} at {} a second", self.a_second)
            }
            None => count,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(users: usize, accounts: Option<u64>) -> Size {
        Size { users, people: users / 2, matching_attributes: 2, accounts, a_second: 25 }
    }

    #[test]
    fn the_cheaper_way_is_entras_for_few_and_pages_for_many() {
        let way = |reading: Reading, users, accounts| reading.way(size(users, accounts));
        assert_eq!(way(Reading::Cheaper, 2_000, None), Way::AskEach);
        assert_eq!(way(Reading::Cheaper, 2_001, None), Way::Pages);
        assert_eq!(way(Reading::Cheaper, 2_001, Some(190_000)), Way::Pages);
        assert_eq!(way(Reading::Cheaper, 2_001, Some(300_000)), Way::AskEach);
        assert_eq!(way(Reading::Pages, 1, Some(300_000)), Way::Pages);
        assert_eq!(way(Reading::AskEach, 100_000, Some(1)), Way::AskEach);
    }

    #[test]
    fn a_cost_is_told_before_anything_is_sent() {
        let told = |way, accounts| size(100, accounts).cost(way);
        assert_eq!(told(Way::AskEach, None), "50 to 100 requests, 4 s at 25 a second");
        assert_eq!(told(Way::Pages, None), "one request for every 100 accounts");
        assert_eq!(told(Way::Pages, Some(2_001)), "21 to 24 requests, 1 s at 25 a second");
        let many = Size { a_second: 0, ..size(200_000, None) };
        assert_eq!(many.cost(Way::AskEach), "100000 to 200000 requests");
        let many = size(200_000, None);
        assert_eq!(many.cost(Way::AskEach), "100000 to 200000 requests, 134 min at 25 a second");
    }
}
