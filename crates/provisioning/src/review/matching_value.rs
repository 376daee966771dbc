//! Rules about the values by which people are matched.

use super::{Found, Place, View, about, counted};
use crate::census::{Census, Crowd};
use crate::mapping::Yield;
use crate::mapping::value::as_text;
use crate::matching;

pub(super) fn empty(view: &View<'_>) -> Vec<Found> {
    let Some(census) = view.census() else { return Vec::new() };
    if view.mapping.matching().is_empty() {
        return Vec::new();
    }
    let people = census.kind(view.kind()).without_matching_value.clone();
    about(people, Place::Mapping, |people| {
        let have = counted(people.count, view.kind(), "in scope has", "in scope have");
        format!(
            "{have} no value for any matching attribute: Entra skips the import (ImportSkipped)."
        )
    })
}

pub(super) fn shared(view: &View<'_>) -> Vec<Found> {
    same_value(
        view,
        |texts| texts.windows(2).any(|pair| pair.first() == pair.last()),
        |row, have| {
            format!(
                "{have} a value for `{row}` that somebody else in scope has too: Entra cannot tell \
             them apart (DuplicateSourceEntries)."
            )
        },
    )
}

pub(super) fn differs_by_case(view: &View<'_>) -> Vec<Found> {
    same_value(
        view,
        |texts| texts.windows(2).any(|pair| pair.first() != pair.last()),
        |row, have| {
            format!(
                "{have} a value for `{row}` that differs from somebody else's in upper and lower case \
             alone; most applications take the two for one."
            )
        },
    )
}

/// Findings about people who share a value without regard to case, where the texts, sorted, are so.
fn same_value(
    view: &View<'_>,
    is_so: impl Fn(&[String]) -> bool,
    say: impl Fn(&str, &str) -> String,
) -> Vec<Found> {
    let Some(census) = view.census() else { return Vec::new() };
    let mut found = Vec::new();
    for row in view.mapper.matching() {
        let mut people = Crowd::default();
        let shared = census.kind(view.kind()).shared().filter(|(of, _)| of == row);
        for (_, positions) in shared {
            let mut texts: Vec<(String, usize)> = positions
                .iter()
                .filter_map(|position| Some((text(view, census, *row, *position)?, *position)))
                .collect();
            texts.sort();
            let all: Vec<String> = texts.iter().map(|(text, _)| text.clone()).collect();
            if is_so(&all) {
                for (text, position) in texts {
                    people.add(position, || format!("`{text}`"));
                }
            }
        }
        let target = view.mapping.attributes.get(*row).map(|row| row.target.path.to_string());
        let target = target.unwrap_or_default();
        found.extend(about(people, Place::Row(*row), |people| {
            say(&target, &counted(people.count, view.kind(), "has", "have"))
        }));
    }
    found
}

pub(super) fn special_character(view: &View<'_>) -> Vec<Found> {
    odd_value(
        view,
        |text| matching::special_character(text).is_some(),
        |row, have| {
            format!(
                "{have} a special character in the value for `{row}`, which is known to break the \
             search in some applications."
            )
        },
    )
}

pub(super) fn blank_at_an_end(view: &View<'_>) -> Vec<Found> {
    odd_value(
        view,
        |text| text.trim() != text,
        |row, have| {
            format!(
                "{have} a blank at an end of the value for `{row}`; an application that trims it is \
             not found again."
            )
        },
    )
}

/// Findings about people whose matching value is so.
fn odd_value(
    view: &View<'_>,
    is_odd: impl Fn(&str) -> bool,
    say: impl Fn(&str, &str) -> String,
) -> Vec<Found> {
    let Some(census) = view.census() else { return Vec::new() };
    let rows = view.mapper.matching().iter().flat_map(|row| {
        let mut people = Crowd::default();
        for (position, _) in census.objects_in_scope(view.kind()) {
            if let Some(text) = text(view, census, *row, position).filter(|text| is_odd(text)) {
                people.add(position, || format!("`{text}`"));
            }
        }
        let target = view.mapping.attributes.get(*row).map(|row| row.target.path.to_string());
        let target = target.unwrap_or_default();
        about(people, Place::Row(*row), |people| {
            say(&target, &counted(people.count, view.kind(), "has", "have"))
        })
    });
    rows.collect()
}

/// What a matching row yields for the object at a position.
fn text(view: &View<'_>, census: &Census<'_>, row: usize, position: usize) -> Option<String> {
    let population = census.population();
    let object = population.object(position)?;
    match view.mapper.row(row, &population.inputs(object, false)) {
        Yield::Value(value) => as_text(&value),
        _ => None,
    }
}
