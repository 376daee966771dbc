//! The coloured layer behind the text, and what is measured on it.
//!
//! All of it happens before the next frame is painted. Within the keystroke the browser would have
//! to lay the text out for it, and once more for the frame.

use leptos::{html, prelude::*};

use super::control::CodeControl;
use super::drawing::Drawing;
use super::menu::Menu;
use super::run::Run;

/// Where something stands on the layer, in pixels from its upper left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Point {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) height: f64,
}

/// The layer of one field.
#[derive(Clone, Copy)]
pub(super) struct Layer {
    element: NodeRef<html::Pre>,
    drawing: StoredValue<Drawing, LocalStorage>,
    runs: Memo<Vec<Run>>,
    control: CodeControl,
    menu: Menu,
    /// Where that place is drawn.
    pub(super) hook: RwSignal<Point>,
    is_due: StoredValue<bool>,
}

impl Layer {
    /// A layer that follows the runs, the caret that is sought, and the list, as they change.
    pub(super) fn following(runs: Memo<Vec<Run>>, control: CodeControl, menu: Menu) -> Self {
        let layer = Self {
            element: NodeRef::new(),
            drawing: StoredValue::new_local(Drawing::default()),
            runs,
            control,
            menu,
            hook: RwSignal::default(),
            is_due: StoredValue::new(false),
        };
        Effect::new(move |_| {
            runs.track();
            control.is_sought.track();
            menu.hangs_at();
            layer.element.track();
            layer.plan();
        });
        layer
    }

    /// The element. It is no text of its own: who hears the page hears the text area.
    pub(super) fn view(self) -> impl IntoView {
        view! { <pre aria-hidden="true" node_ref=self.element></pre> }
    }

    fn plan(self) {
        if !self.is_due.get_value() {
            self.is_due.set_value(true);
            request_animation_frame(move || {
                // Fails if the field has left the page meanwhile.
                if self.is_due.try_set_value(false).is_none() {
                    self.draw();
                }
            });
        }
    }

    fn draw(self) {
        let Some(element) = self.element.get_untracked() else { return };
        let runs = self.runs.get_untracked();
        self.drawing.update_value(|drawing| drawing.draw(&element, runs));
        if self.control.is_sought.get_untracked() {
            self.control.is_sought.update_untracked(|is_sought| *is_sought = false);
            self.bring_into_sight(self.control.caret_now());
        }
        if let Some(point) = untrack(|| self.menu.hangs_at()).and_then(|place| self.point(place)) {
            self.hook.set(point);
        }
    }

    /// Where a place in the text is drawn.
    fn point(self, bytes: usize) -> Option<Point> {
        let origin = self.element.get_untracked()?.get_bounding_client_rect();
        let place = self.drawing.with_value(|drawing| drawing.rectangle(bytes))?;
        Some(Point {
            left: place.left() - origin.left(),
            top: place.top() - origin.top(),
            height: place.height(),
        })
    }

    /// Scrolls the box to a place in the text. The browser does so for what is typed, but before
    /// the layer has given the text area the height for it.
    fn bring_into_sight(self, bytes: usize) {
        let element = self.element.get_untracked();
        let found = element.and_then(|element| element.closest("[data-part=box]").ok().flatten());
        let (Some(frame), Some(point)) = (found, self.point(bytes)) else { return };
        let (seen, height) = (f64::from(frame.scroll_top()), f64::from(frame.client_height()));
        if let Some(wanted) = scrolled(seen, height, point.top, point.top + point.height) {
            frame.set_scroll_top(wanted);
        }
    }
}

/// How far a box is to be scrolled for a line to be seen, with half a line around it; nothing where
/// it is seen already.
fn scrolled(seen: f64, height: f64, top: f64, bottom: f64) -> Option<i32> {
    let around = (bottom - top) / 2.0;
    let wanted = if top < seen {
        top - around
    } else if bottom > seen + height {
        bottom + around - height
    } else {
        return None;
    };
    // Whole pixels are near enough.
    Some(wanted.max(0.0).round() as i32)
}

#[cfg(test)]
mod tests {
    use super::scrolled;

    #[test]
    fn a_line_is_brought_into_sight_from_either_side_and_else_left_alone() {
        assert_eq!(scrolled(0.0, 100.0, 40.0, 60.0), None);
        assert_eq!(scrolled(0.0, 100.0, 90.0, 110.0), Some(20));
        assert_eq!(scrolled(200.0, 100.0, 150.0, 170.0), Some(140));
        assert_eq!(scrolled(200.0, 100.0, 0.0, 20.0), Some(0));
    }
}
