//! How cost grows, drawn: seconds over people, both by powers of ten, so that what grows in
//! proportion is a straight line.

use std::fmt::Write;

/// What is drawn of one number of people.
pub(crate) struct Point {
    pub(crate) people: u32,
    /// Seconds of each of [`LINES`].
    pub(crate) seconds: [f64; LINES.len()],
}

/// The lines: title and colour.
const LINES: [(&str, &str); 3] =
    [("read both files", "#0f7b6c"), ("scope, map, match, plan", "#b4540a"), ("whole", "#3b5bdb")];

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 380.0;
/// Left, top, right and bottom of the field in which the lines are.
const FIELD: [f64; 4] = [64.0, 20.0, 470.0, 330.0];
/// Titles of two lines that end at about the same height stand one below the other.
const LINE_HEIGHT: f64 = 18.0;

/// An axis by powers of ten.
struct Axis {
    from: f64,
    to: f64,
    start: f64,
    end: f64,
}

impl Axis {
    /// The whole powers of ten around some values, and the places of the first and the last.
    fn around(values: impl Iterator<Item = f64>, start: f64, end: f64) -> Self {
        let (least, most) = values
            .map(f64::log10)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(l, m), v| (l.min(v), m.max(v)));
        let (from, to) = (least.floor(), most.ceil());
        Self { from, to: to.max(from + 1.0), start, end }
    }

    fn place(&self, value: f64) -> f64 {
        let share = (value.log10() - self.from) / (self.to - self.from);
        self.start + share * (self.end - self.start)
    }

    /// The powers of ten, each with its place.
    fn ticks(&self) -> impl Iterator<Item = (f64, f64)> {
        let powers = std::iter::successors(Some(self.from), |power| Some(power + 1.0));
        powers.take_while(|power| *power <= self.to).map(|power| {
            let value = 10_f64.powf(power);
            (value, self.place(value))
        })
    }
}

/// The picture.
pub(crate) fn svg(points: &[Point]) -> String {
    let [left, top, right, bottom] = FIELD;
    let people = Axis::around(points.iter().map(|point| f64::from(point.people)), left, right);
    let seconds = Axis::around(points.iter().flat_map(|point| point.seconds), bottom, top);
    let mut svg = opening(points);
    for (value, x) in people.ticks() {
        let _ = writeln!(svg, r#"<path class="grid" d="M{x:.1} {top}V{bottom}"/>"#);
        let y = bottom + 20.0;
        let text = thousands(value);
        let _ = writeln!(svg, r#"<text x="{x:.1}" y="{y}" text-anchor="middle">{text}</text>"#);
    }
    for (value, y) in seconds.ticks() {
        let _ = writeln!(svg, r#"<path class="grid" d="M{left} {y:.1}H{right}"/>"#);
        let (x, y) = (left - 8.0, y + 4.0);
        let _ = writeln!(svg, r#"<text x="{x}" y="{y:.1}" text-anchor="end">{value} s</text>"#);
    }
    let middle = f64::midpoint(left, right);
    let below = bottom + 42.0;
    let _ = writeln!(svg, r#"<text x="{middle}" y="{below}" text-anchor="middle">people</text>"#);
    lines(&mut svg, points, &people, &seconds);
    svg + "</svg>\n"
}

fn opening(points: &[Point]) -> String {
    let told = points.iter().map(|point| {
        let [.., whole] = point.seconds;
        format!("{} people: {whole:.2} s", thousands(f64::from(point.people)))
    });
    let told = told.collect::<Vec<_>>().join("; ");
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
         width=\"{WIDTH}\" height=\"{HEIGHT}\" role=\"img\">\n\
         <title>How cost grows with the number of people</title>\n<desc>{told}</desc>\n\
         <style>text{{font:13px system-ui,sans-serif;fill:#333}}.grid{{stroke:#8886}}\
         .line{{fill:none;stroke-width:2}}\
         @media(prefers-color-scheme:dark){{text{{fill:#ddd}}}}</style>\n"
    )
}

/// Every line with its points, and its title where it ends, none over another.
fn lines(svg: &mut String, points: &[Point], people: &Axis, seconds: &Axis) {
    let place = |point: &Point, line: usize| {
        (people.place(f64::from(point.people)), seconds.place(point.seconds[line]))
    };
    let mut ends = Vec::new();
    for (line, (title, colour)) in LINES.iter().enumerate() {
        let mut drawn = String::new();
        for point in points {
            let (x, y) = place(point, line);
            let step = if drawn.is_empty() { 'M' } else { 'L' };
            let _ = write!(drawn, "{step}{x:.1} {y:.1}");
            let _ = writeln!(svg, r#"<circle cx="{x:.1}" cy="{y:.1}" r="3" fill="{colour}"/>"#);
        }
        let _ = writeln!(svg, r#"<path class="line" stroke="{colour}" d="{drawn}"/>"#);
        ends.extend(points.last().map(|point| (place(point, line), title, colour)));
    }
    ends.sort_by(|((_, a), ..), ((_, b), ..)| a.total_cmp(b));
    let mut free = f64::NEG_INFINITY;
    for ((x, y), title, colour) in ends {
        let (x, y) = (x + 10.0, (y + 4.0).max(free));
        free = y + LINE_HEIGHT;
        let _ =
            writeln!(svg, r#"<text x="{x:.1}" y="{y:.1}" style="fill:{colour}">{title}</text>"#);
    }
}

/// A whole number with its thousands apart.
fn thousands(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points() -> [Point; 3] {
        [1_000, 10_000, 1_000_000].map(|people| {
            let each = f64::from(people) * 1e-6;
            Point { people, seconds: [each * 3.0, each * 2.0, each * 5.0] }
        })
    }

    #[test]
    fn what_grows_in_proportion_is_straight() {
        let axis = Axis::around([2_000.0, 900_000.0].into_iter(), 0.0, 300.0);
        let places = [1e3, 1e4, 1e5, 1e6].map(|value| axis.place(value).round());
        assert_eq!(places, [0.0, 100.0, 200.0, 300.0]);
        assert_eq!(axis.ticks().count(), 4);
    }

    #[test]
    fn every_line_has_its_points_and_its_title() {
        let svg = svg(&points());
        for (title, colour) in LINES {
            assert!(svg.contains(&format!(">{title}</text>")), "{svg}");
            assert_eq!(svg.matches(&format!("r=\"3\" fill=\"{colour}\"")).count(), 3);
        }
        assert!(svg.contains("1,000,000 people: 5.00 s") && svg.ends_with("</svg>\n"));
    }

    #[test]
    fn titles_do_not_cover_one_another() {
        let svg = svg(&points());
        let heights = svg.lines().filter(|line| line.contains("style=\"fill")).map(|line| {
            let (_, rest) = line.split_once("y=\"").unwrap();
            rest.split('"').next().unwrap().parse::<f64>().unwrap()
        });
        let heights: Vec<f64> = heights.collect();
        assert!(heights.windows(2).all(|pair| pair[1] - pair[0] >= LINE_HEIGHT), "{heights:?}");
    }
}
