//! What the desk has to say to the sandbox: who is in it, and how it misbehaves.

use super::Desk;
use super::seeding::{Filling, Seeding};
use crate::worker::message::Order;

impl Desk {
    /// What the sandbox is to be told, in this order; whoever takes it passes it on.
    pub fn take_orders(&mut self) -> Vec<Order> {
        std::mem::take(&mut self.orders)
    }

    /// Has the sandbox filled with so many more people, where it has not been filled, at a time in
    /// milliseconds since 1970; how far that is.
    pub fn fill_sandbox(&mut self, people: usize, now: f64) -> Option<(usize, usize)> {
        self.now = now;
        self.fill(people)
    }

    pub(super) fn fill(&mut self, people: usize) -> Option<(usize, usize)> {
        let mut seeding = match std::mem::take(&mut self.filling) {
            Filling::Filled => {
                self.filling = Filling::Filled;
                return None;
            }
            Filling::Underway(seeding) => seeding,
            Filling::Empty => {
                let (seeding, order) = Seeding::begin(&self.draft, &self.tenant, &self.ambient());
                self.orders.push(order);
                Box::new(seeding)
            }
        };
        let (order, goes_on) = seeding.advance(people);
        self.orders.push(order);
        let progress = seeding.progress();
        self.filling = if goes_on { Filling::Underway(seeding) } else { Filling::Filled };
        if !goes_on {
            self.orders.push(Order::Quirks(self.quirks.clone()));
        }
        goes_on.then_some(progress)
    }

    /// Misbehaves in these ways from now on, or as soon as the sandbox is filled.
    pub(super) fn misbehave(&mut self, names: Vec<String>) {
        if matches!(self.filling, Filling::Filled) {
            self.orders.push(Order::Quirks(names.clone()));
        }
        self.quirks = names;
    }

    /// The next request finds a sandbox that is filled anew.
    pub(super) fn empty_sandbox(&mut self) {
        self.filling = Filling::Empty;
        self.links = None;
        self.job = None;
    }
}
