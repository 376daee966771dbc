//! The main of the sandbox's worker: an order in, what it came to out.

use std::cell::RefCell;

use web_sys::File;

use wizard::ambient;
use wizard::line::{self, Reply};
use wizard::worker::message::Order;
use wizard::worker::provider::Provider;

fn main() {
    let provider = RefCell::new(Provider::default());
    line::listen(move |order: Order, _: Vec<File>, reply: Reply| {
        reply.give(&provider.borrow_mut().obey(order, ambient::now()));
    });
}
