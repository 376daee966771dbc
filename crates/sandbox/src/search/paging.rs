//! Which part of what was found is shown (RFC 7644 section 3.4.2.4).

use crate::quirk::{Quirk, Quirks};

/// How many resources a page holds that is capped.
const CAP: usize = 30;

/// How many resources a search found, and those of its page.
pub(crate) struct Page<T> {
    /// How many there are, as it is told.
    pub(crate) total: usize,
    /// The number of the first resource of the page, as it is told; the very first is 1.
    pub(crate) start_index: usize,
    pub(crate) resources: Vec<T>,
}

impl<T> Page<T> {
    /// The same page with its resources in another form.
    pub(crate) fn map<U>(self, form: impl FnMut(T) -> U) -> Page<U> {
        let Self { total, start_index, resources } = self;
        Page { total, start_index, resources: resources.into_iter().map(form).collect() }
    }
}

/// Which page is wanted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paging {
    /// The number of the first resource, 1 or more.
    pub(super) start_index: usize,
    /// How many resources are wanted at most.
    pub(super) count: Option<usize>,
}

impl Paging {
    /// Cuts the page out of what was found; it holds `max_results` at most.
    pub(crate) fn cut<T: Clone>(
        self,
        found: Vec<T>,
        max_results: usize,
        quirks: &Quirks,
    ) -> Page<T> {
        let has = |quirk| quirks.contains(quirk);
        let most = if has(Quirk::PageUnlimited) { usize::MAX } else { max_results };
        let usual = if has(Quirk::PageOfTwenty) { most.min(20) } else { most };
        let wanted = self.count.map_or(usual, |count| count.min(most));
        let wanted = if has(Quirk::CountCapped) { wanted.min(CAP) } else { wanted };
        let start_index = if has(Quirk::PageRepeated) { 1 } else { self.start_index };
        let before = start_index - 1;
        let wraps = has(Quirk::StartPastEndWraps) && before >= found.len();
        let skipped = if wraps { 0 } else { before };
        let listed = found.len() - usize::from(has(Quirk::LastLost) && found.len() > 1);
        let page = found.iter().take(listed).skip(skipped).take(wanted);
        let mut resources: Vec<T> = page.cloned().collect();
        if has(Quirk::PageGap) && skipped > 0 && !resources.is_empty() {
            resources.remove(0);
        }
        let last = skipped.checked_sub(1).and_then(|place| found.get(place));
        if let Some(last) = last.filter(|_| has(Quirk::PageOverlap)) {
            resources.insert(0, last.clone());
            resources.truncate(wanted);
        }
        let further_pages = before.checked_div(wanted).unwrap_or_default();
        let added = if has(Quirk::TotalMoving) { further_pages } else { 0 };
        let all = if has(Quirk::TotalOfPage) { resources.len() } else { found.len() };
        Page { total: all.saturating_add(added), start_index, resources }
    }
}

#[cfg(test)]
mod tests {
    use super::Paging;
    use crate::quirk::{Quirk, Quirks};

    /// The pages of six numbers, two a page.
    fn pages(quirks: &[Quirk]) -> [Vec<u8>; 3] {
        let quirks: Quirks = quirks.iter().copied().collect();
        [1, 3, 5].map(|start_index| {
            let paging = Paging { start_index, count: Some(2) };
            paging.cut((1..=6).collect(), 200, &quirks).resources
        })
    }

    #[test]
    fn quirks_of_pages_show_side_by_side() {
        assert_eq!(pages(&[]), [[1, 2], [3, 4], [5, 6]]);
        assert_eq!(pages(&[Quirk::PageGap]), [vec![1, 2], vec![4], vec![6]]);
        assert_eq!(pages(&[Quirk::PageOverlap]), [[1, 2], [2, 3], [4, 5]]);
        assert_eq!(pages(&[Quirk::PageGap, Quirk::PageOverlap]), [[1, 2], [2, 4], [4, 6]]);
        assert_eq!(pages(&[Quirk::PageRepeated, Quirk::PageOverlap]), [[1, 2]; 3]);
    }
}
