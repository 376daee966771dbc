//! What can be known of the first cycle before it runs: how long it takes in Entra, how many calls
//! the application gets, what is sure to fail, and what would be disabled or deleted.

use leptos::prelude::*;

use crate::ui::{Card, Disclosure, Table};
use crate::wizard::Wizard;
use crate::worker::message::Forecast;

/// The forecast on a card of its own; nothing while nobody is in scope.
#[component]
pub fn ForecastCard(
    /// The shared context.
    wizard: Wizard,
) -> impl IntoView {
    let forecast = forecast(wizard);
    move || {
        forecast.get().map(|forecast| {
            view! {
                <Card
                    title="The first cycle in Entra"
                    note="Computed from your people and mappings; nobody is asked for it."
                >
                    <Facts forecast />
                </Card>
            }
        })
    }
}

/// How long the first cycle takes, for a card that says more.
#[component]
pub fn ForecastLength(
    /// The shared context.
    wizard: Wizard,
) -> impl IntoView {
    let forecast = forecast(wizard);
    move || {
        let line = |forecast| {
            view! {
                <dl class="facts">
                    <Length forecast />
                </dl>
            }
        };
        forecast.get().map(line)
    }
}

fn forecast(wizard: Wizard) -> Memo<Option<Forecast>> {
    Memo::new(move |_| {
        let forecast = wizard.review.with(|review| review.as_ref()?.forecast.clone());
        forecast.filter(|forecast| forecast.events > 0)
    })
}

#[component]
fn Facts(forecast: Forecast) -> impl IntoView {
    let Forecast { calls, all_calls, seconds, .. } = forecast.clone();
    let (least, most) = all_calls;
    let pace =
        duration_range(seconds.0.saturating_mul(100) / 60, seconds.1.saturating_mul(100) / 60);
    let failing = failing(&forecast);
    let leaving = leaving(&forecast);
    let lines = calls.into_iter().filter(|(_, _, most)| *most > 0).map(|(purpose, least, most)| {
        view! {
            <tr>
                <th scope="row">{purpose}</th>
                <td>{least}</td>
                <td>{most}</td>
            </tr>
        }
    });
    view! {
        <dl class="facts">
            <Length forecast />
            <dt>"Calls to the application"</dt>
            <dd>
                <strong>{range(least, most)}</strong>
                {format!(
                    ", {pace} at 25 a second, the rate that an application has to bear. How many, \
                     depends on what it holds already.",
                )}
                <Disclosure summary="What for">
                    <Table
                        caption="Calls of the first cycle"
                        caption_hidden=true
                        dense=true
                        head=vec!["Call", "At the least", "At the most"]
                    >
                        {lines.collect_view()}
                    </Table>
                </Disclosure>
            </dd>
            <dt>"Sure to fail"</dt>
            <dd>{failing}</dd>
            {leaving
                .map(|leaving| {
                    view! {
                        <dt>"Disabled or deleted by the next cycle"</dt>
                        <dd>{leaving}</dd>
                    }
                })}
        </dl>
    }
}

#[component]
fn Length(forecast: Forecast) -> impl IntoView {
    let (least, most) = forecast.minutes;
    let objects = objects(&forecast);
    view! {
        <dt>"In Entra this takes"</dt>
        <dd>
            <strong>{duration_range(hundredths(least), hundredths(most))}</strong>
            {format!(
                " for {objects}, by Microsoft's rule of thumb: 0.01 to 0.08 minutes for each.",
            )}
            <Disclosure summary="How sure that is">
                <ul>
                    {forecast.doubts.into_iter().map(|doubt| view! { <li>{doubt}</li> }).collect_view()}
                </ul>
                <small>
                    "Source: Microsoft Learn, How application provisioning works, September 2026."
                </small>
            </Disclosure>
        </dd>
    }
}

/// The forecast in a sentence, for documents.
pub fn in_words(forecast: &Forecast) -> String {
    let (least, most) = forecast.minutes;
    let (few, many) = forecast.all_calls;
    format!(
        "{} for {} by Microsoft's rule of thumb; {} calls to the application. Sure to fail: {}",
        duration_range(hundredths(least), hundredths(most)),
        objects(forecast),
        range(few, many),
        failing(forecast),
    )
}

fn objects(forecast: &Forecast) -> String {
    let Forecast { users, groups, members, .. } = forecast;
    let count = |count: &usize, one: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{count} {one}s"),
    };
    match groups {
        0 => count(users, "user"),
        _ => {
            let (users, groups) = (count(users, "user"), count(groups, "group"));
            format!("{users}, {groups} and {}", count(members, "membership"))
        }
    }
}

fn failing(forecast: &Forecast) -> String {
    let Forecast { failing, events, quarantine, .. } = forecast;
    let share = failing.saturating_mul(100).checked_div(*events).unwrap_or(0);
    let end = match quarantine {
        Some(reason) => format!("; the job would be put into quarantine ({reason})"),
        None => String::new(),
    };
    match failing {
        0 => "nobody; the application may still refuse some.".to_owned(),
        1 => format!("1 of {events}{end}. The application may refuse more."),
        some => format!("{some} of {events} ({share} %){end}. The application may refuse more."),
    }
}

/// Said only where the cycle in the sandbox has linked somebody.
fn leaving(forecast: &Forecast) -> Option<String> {
    match (forecast.leaving, forecast.threshold) {
        (0, _) => None,
        (count, Some(threshold)) if count > usize::try_from(threshold).unwrap_or(usize::MAX) => {
            Some(format!(
                "{count}, above the threshold of {threshold}: the job would be put into quarantine \
                 and wait for you."
            ))
        }
        (count, Some(threshold)) => Some(format!("{count}, within the threshold of {threshold}.")),
        (count, None) => Some(format!("{count}; no threshold is set.")),
    }
}

fn hundredths(minutes: usize) -> usize {
    minutes.saturating_mul(100)
}

fn range(least: usize, most: usize) -> String {
    if least == most { least.to_string() } else { format!("{least} to {most}") }
}

/// From one time to another, in hundredths of a minute.
fn duration_range(least: usize, most: usize) -> String {
    let (least, most) = (duration(least), duration(most));
    if least == most { least } else { format!("{least} to {most}") }
}

/// A time in words, rounded up.
fn duration(hundredths: usize) -> String {
    match hundredths.div_ceil(100) {
        _ if hundredths < 100 => "less than a minute".to_owned(),
        1 => "1 minute".to_owned(),
        minutes @ ..120 => format!("{minutes} minutes"),
        minutes => format!("{} hours", minutes.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_words() {
        for ((least, most), expected) in [
            ((0, 0), "less than a minute"),
            ((100, 800), "1 minute to 8 minutes"),
            ((1_000, 8_000), "10 minutes to 80 minutes"),
            ((10_000, 80_000), "100 minutes to 14 hours"),
        ] {
            assert_eq!(duration_range(least, most), expected);
        }
    }

    #[test]
    fn failures_and_leavers_are_told_with_what_follows() {
        let forecast = Forecast {
            users: 1,
            events: 10_000,
            failing: 6_000,
            quarantine: Some("EncounteredEscrowProportionThreshold".to_owned()),
            leaving: 501,
            threshold: Some(500),
            ..Forecast::default()
        };
        assert!(failing(&forecast).starts_with("6000 of 10000 (60 %); the job would be"));
        assert!(leaving(&forecast).unwrap().contains("above the threshold of 500"));
        assert!(in_words(&forecast).starts_with("less than a minute for 1 user by"));
        let fine = Forecast { failing: 0, quarantine: None, leaving: 0, ..forecast };
        assert!(failing(&fine).starts_with("nobody"));
        assert_eq!(leaving(&fine), None);
        let within = Forecast { leaving: 3, ..fine };
        assert_eq!(leaving(&within).unwrap(), "3, within the threshold of 500.");
    }
}
