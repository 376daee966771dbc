//! The drawing of a screen, and what its numbers mean.

use leptos::prelude::*;

use super::schematic::{Area, RADIUS, Shape, WIDTH, shapes};
use super::{Mark, Portrait};

/// The figure.
pub(super) fn drawing(portrait: &Portrait) -> AnyView {
    let (shapes, height) = shapes(portrait);
    let shapes = shapes.into_iter().map(shape).collect_view();
    let way = portrait.path.join(" › ");
    let marks = portrait.marks.iter().map(mark).collect_view();
    let source = [portrait.source.as_str(), portrait.date.as_str()];
    let source: Vec<_> = source.into_iter().filter(|text| !text.is_empty()).collect();
    view! {
        <figure class="schematic">
            <svg
                viewBox=format!("0 0 {WIDTH} {height}")
                role="img"
                aria-label=format!("Drawing of the screen {way}; the list below says what is marked")
            >
                {shapes}
            </svg>
            <figcaption>
                <ol>{marks}</ol>
                <small>"Source: " {source.join(", ")}</small>
            </figcaption>
        </figure>
    }
    .into_any()
}

fn mark(Mark { term, does, wrong }: &Mark) -> AnyView {
    let wrong = (!wrong.is_empty()).then(|| view! { <em>{wrong.clone()}</em> });
    view! {
        <li>
            <strong>{term.clone()}</strong>
            " "
            {does.clone()}
            " "
            {wrong}
        </li>
    }
    .into_any()
}

fn shape(shape: Shape) -> AnyView {
    match shape {
        Shape::Box(kind, Area { x, y, width, height }) => {
            view! { <rect data-kind=kind x=x y=y width=width height=height rx="3" /> }.into_any()
        }
        Shape::Text(kind, x, y, text) => {
            view! { <text data-kind=kind x=x y=y>{text}</text> }.into_any()
        }
        Shape::Number(x, y, number) => view! {
            <g data-kind="number">
                <circle cx=x cy=y r=RADIUS />
                <text x=x y=y + 4 text-anchor="middle">{number}</text>
            </g>
        }
        .into_any(),
    }
}
