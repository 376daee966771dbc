//! How many are left after each sieve.

use leptos::prelude::*;

use super::tone::Tone;

/// One bar of a [`Funnel`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunnelBar {
    label: String,
    count: usize,
    tone: Tone,
    note: String,
}

impl FunnelBar {
    /// A bar: what is counted and how many there are.
    pub fn new(label: impl Into<String>, count: usize) -> Self {
        Self { label: label.into(), count, tone: Tone::Info, note: String::new() }
    }

    /// How it is meant.
    #[must_use]
    pub const fn tone(mut self, tone: Tone) -> Self {
        self.tone = tone;
        self
    }

    /// A few words on where the others went.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = note.into();
        self
    }
}

/// Shows how a number of people becomes a smaller one, step by step. The widest bar is the
/// greatest number; the numbers stand beside the bars.
///
/// Keyboard: none; it is read as a list.
#[component]
pub fn Funnel(
    /// What is counted.
    #[prop(into)]
    label: Signal<String>,
    /// The bars, in order.
    #[prop(into)]
    bars: Signal<Vec<FunnelBar>>,
) -> impl IntoView {
    let greatest = move || bars.with(|bars| bars.iter().map(|bar| bar.count).max().unwrap_or(0));
    let items = move || {
        let greatest = greatest();
        bars.get().into_iter().map(|bar| item(bar, greatest)).collect_view()
    };
    view! { <ol class="funnel" aria-label=label>{items}</ol> }
}

fn item(bar: FunnelBar, greatest: usize) -> impl IntoView {
    let FunnelBar { label, count, tone, note } = bar;
    view! {
        <li data-tone=tone.name()>
            <span>{label}</span>
            <strong>{count}</strong>
            <i aria-hidden="true">
                <b style:width=width(count, greatest)></b>
            </i>
            <small>{note}</small>
        </li>
    }
}

/// The bar's width in per cent, in tenths so that it needs no floating point.
fn width(count: usize, greatest: usize) -> String {
    let tenths = (count * 1000).checked_div(greatest).unwrap_or(0);
    format!("{}.{}%", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::width;

    #[test]
    fn the_greatest_bar_is_full_and_nothing_is_nothing() {
        assert_eq!(width(7, 7), "100.0%");
        assert_eq!(width(1, 3), "33.3%");
        assert_eq!(width(0, 0), "0.0%");
    }
}
