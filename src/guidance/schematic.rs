//! What is drawn where: a frame with the way on top, the menu at the left, the parts below each
//! other, and the numbers at their right ends.

use super::{Part, PartKind, Portrait};

/// The drawing's width; its height follows from the parts.
pub(super) const WIDTH: u32 = 300;

/// The height of a line of text with what is around it.
const LINE: u32 = 16;
/// The width of a letter on average: narrow letters leave room, wide ones are few.
const LETTER: u32 = 5;
const EDGE: u32 = 8;
const MENU: u32 = 104;
const GAP: u32 = 7;
/// A number's radius; its centre stands on the right edge of what it marks.
pub(super) const RADIUS: u32 = 8;

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) x: u32,
    pub(super) y: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// One thing to draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A rectangle of a kind: the style sheet knows the kinds.
    Box(&'static str, Area),
    /// A line of text, by the left end of its foot line.
    Text(&'static str, u32, u32, String),
    /// A number, by its centre.
    Number(u32, u32, usize),
}

/// The shapes of a portrait, from back to front, and how high the drawing is.
pub(super) fn shapes(portrait: &Portrait) -> (Vec<Shape>, u32) {
    let mut shapes = Vec::new();
    let top = way(portrait, &mut shapes) + GAP;
    let (left, menu_end) = if portrait.menu.is_empty() {
        (EDGE, top)
    } else {
        (EDGE + MENU + GAP, menu(portrait, top, &mut shapes))
    };
    let width = WIDTH - left - EDGE - RADIUS;
    let mut y = top;
    for part in &portrait.parts {
        let area = Area { x: left, y, width, height: height(part, width) };
        draw(part, area, &mut shapes);
        y += area.height + GAP;
    }
    let height = y.max(menu_end) + EDGE - GAP;
    shapes.insert(0, Shape::Box("frame", Area { x: 0, y: 0, width: WIDTH, height }));
    (shapes, height)
}

/// The way there, in as many lines as it needs; gives where it ends.
fn way(portrait: &Portrait, shapes: &mut Vec<Shape>) -> u32 {
    let mut y = EDGE;
    for line in wrapped(&portrait.path.join(" › "), WIDTH - 2 * EDGE) {
        y += LINE;
        shapes.push(Shape::Text("way", EDGE, y - 5, line));
    }
    y
}

fn menu(portrait: &Portrait, top: u32, shapes: &mut Vec<Shape>) -> u32 {
    let mut y = top;
    for line in &portrait.menu {
        let area = Area { x: EDGE, y, width: MENU, height: LINE };
        let kind = if *line == portrait.here { "here" } else { "line" };
        shapes.push(Shape::Box(kind, area));
        shapes.push(Shape::Text(kind, area.x + 4, y + 11, cut(line, MENU - 8)));
        y += LINE + 2;
    }
    y
}

fn height(part: &Part, width: u32) -> u32 {
    match part.kind {
        PartKind::Check | PartKind::Heading => LINE,
        PartKind::Field | PartKind::Button | PartKind::Tabs => LINE + 6,
        PartKind::Tile => 2 * LINE,
        PartKind::Table => 3 * LINE,
        PartKind::Steps => {
            let lines = wrapped(&part.text, width - 2 * EDGE).len();
            LINE * u32::try_from(lines).unwrap_or(1) + 6
        }
    }
}

fn draw(part: &Part, mut area: Area, shapes: &mut Vec<Shape>) {
    let kind = part.kind.name();
    if part.kind == PartKind::Button {
        // A button is as wide as its words.
        let letters = u32::try_from(part.text.chars().count()).unwrap_or(WIDTH);
        area.width = area.width.min(letters.saturating_mul(LETTER + 1) + 4 * EDGE);
    }
    if part.kind != PartKind::Heading {
        let kind = if part.mark.is_some() { "marked" } else { kind };
        shapes.push(Shape::Box(kind, area));
    }
    let inner = area.width - 2 * EDGE;
    let lines = match part.kind {
        PartKind::Steps => wrapped(&part.text, inner),
        _ => vec![cut(&part.text, inner)],
    };
    let mut foot = area.y + if area.height == LINE { 11 } else { 14 };
    for line in lines {
        shapes.push(Shape::Text(kind, area.x + EDGE, foot, line));
        foot += LINE;
    }
    if part.kind == PartKind::Table {
        shapes.extend([1, 2].map(|row| {
            let y = area.y + row * LINE + 6;
            Shape::Box("row", Area { x: area.x + EDGE, y, width: inner, height: 4 })
        }));
    }
    if let Some(number) = part.mark {
        shapes.push(Shape::Number(area.x + area.width, area.y + area.height / 2, number));
    }
}

/// A text that fits into a width, with an ellipsis where something is missing.
fn cut(text: &str, width: u32) -> String {
    let most = (width / LETTER) as usize;
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}

/// A text in lines that fit into a width; a word that is too long is cut.
fn wrapped(text: &str, width: u32) -> Vec<String> {
    let most = (width / LETTER) as usize;
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let word = cut(word, width);
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::console;
    use super::super::tests::portraits;
    use super::*;
    use crate::gallery::tests::gallery;

    /// The areas that hold a part or a line of the menu.
    fn areas(shapes: &[Shape]) -> Vec<Area> {
        let all = shapes.iter().filter_map(|shape| match shape {
            Shape::Box("frame" | "row", _) => None,
            Shape::Box(_, area) => Some(*area),
            _ => None,
        });
        all.collect()
    }

    #[test]
    fn nothing_overlaps_and_nothing_leaves_the_frame() {
        let consoles = gallery();
        let consoles = consoles.iter().filter_map(|recipe| console(recipe, "connection"));
        for portrait in portraits().into_iter().chain(consoles) {
            let (shapes, height) = shapes(&portrait);
            let areas = areas(&shapes);
            for (at, a) in areas.iter().enumerate() {
                assert!(a.x + a.width + RADIUS <= WIDTH && a.y + a.height <= height, "{a:?}");
                for b in &areas[at + 1..] {
                    let apart = a.x + a.width <= b.x
                        || b.x + b.width <= a.x
                        || a.y + a.height <= b.y
                        || b.y + b.height <= a.y;
                    assert!(apart, "{:?}: {a:?} {b:?}", portrait.path);
                }
            }
            for shape in &shapes {
                if let Shape::Text(_, x, y, text) = shape {
                    let wide = u32::try_from(text.chars().count()).unwrap() * LETTER;
                    assert!(x + wide <= WIDTH && *y <= height, "{text}");
                }
            }
        }
    }

    #[test]
    fn a_text_that_does_not_fit_is_cut_or_wrapped() {
        assert_eq!(cut("Provisioning", 60), "Provisioning");
        assert_eq!(cut("Provisioning", 30), "Provi…");
        assert_eq!(wrapped("one two three", 35), ["one two", "three"]);
    }
}
