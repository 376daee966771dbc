//! The sandbox's side: a service provider in memory, with a worker of its own.
//!
//! It is on the other side of a line, as a real application is, so it answers while the engine
//! computes. Like the desk it is a plain value, and a test holds both in one thread.

use std::cell::RefCell;

use futures_util::future::LocalBoxFuture;
use sandbox::{Moment, Quirk, Quirks, ResourceType, Sandbox, Settings};
use scim::patch::Dialect;
use scim::path::Path;
use scim::schema::{Attribute, Schemas};

use super::Gone;
use super::message::{Obeyed, Order, Served, WireRequest, WireResponse};
use crate::ambient;

/// Whoever passes orders to a provider.
pub trait Provides {
    /// Passes an order on at once, in the order of the calls; what it came to is told later.
    fn order(&self, order: Order) -> LocalBoxFuture<'static, Result<Obeyed, Gone>>;
}

/// The sandbox.
#[derive(Default)]
pub struct Provider {
    sandbox: Option<Sandbox>,
}

impl Provider {
    /// Obeys one order; `now` is the time in milliseconds since 1970.
    pub fn obey(&mut self, order: Order, now: f64) -> Obeyed {
        let served = self.serve(order, now);
        Obeyed { served, held: ambient::held() }
    }

    fn serve(&mut self, order: Order, now: f64) -> Option<Served> {
        let moment = Moment::from_unix_millis(now as i64);
        if let Order::Open { base_path, published } = order {
            let schemas = schemas(&published);
            let settings =
                Settings { base_path, dialect: Dialect::Entra, schemas, ..Settings::default() };
            self.sandbox = Some(Sandbox::new(settings));
            return None;
        }
        let sandbox = self.sandbox.as_mut()?;
        match order {
            Order::Open { .. } => None,
            Order::Insert(accounts) => {
                for account in accounts {
                    // Whose mapped values the application would refuse has no account there.
                    let _ = sandbox.insert(ResourceType::User, account, &moment);
                }
                None
            }
            Order::Quirks(names) => {
                let named = names.iter().filter_map(|name| Quirk::named(name));
                sandbox.set_quirks(named.fold(Quirks::none(), Quirks::with));
                None
            }
            Order::Serve(request) => Some(answer(sandbox, &request, &moment)),
        }
    }
}

fn answer(sandbox: &mut Sandbox, request: &WireRequest, moment: &Moment) -> Served {
    match request.to_http() {
        Some(request) => Served::from_http(&sandbox.handle(&request, moment)),
        None => {
            let response = WireResponse { status: 400, headers: Vec::new(), body: String::new() };
            Served { response, delay_millis: 0 }
        }
    }
}

/// The RFC's schemas, and what the application publishes beyond them: Envoy's `department` stands
/// outside the enterprise extension.
fn schemas(published: &[String]) -> Schemas {
    let mut schemas = Schemas::rfc7643();
    let Some(mut user) = schemas.get(scim::schema::USER).cloned() else { return schemas };
    for name in published {
        let Ok(path) = Path::parse(name) else { continue };
        let is_simple =
            path.schema.is_none() && path.filter.is_none() && path.sub_attribute.is_none();
        if is_simple && user.attribute(&path.attribute).is_none() {
            user.attributes.push(Attribute { name: path.attribute, ..Attribute::default() });
        }
    }
    schemas.insert(user);
    schemas
}

/// A provider in the same thread, at a time that stands still.
#[derive(Default)]
pub struct Beside {
    provider: RefCell<Provider>,
    now: f64,
}

impl Beside {
    /// At a time in milliseconds since 1970.
    pub fn at(now: f64) -> Self {
        Self { now, ..Self::default() }
    }
}

impl Provides for Beside {
    fn order(&self, order: Order) -> LocalBoxFuture<'static, Result<Obeyed, Gone>> {
        let obeyed = self.provider.borrow_mut().obey(order, self.now);
        Box::pin(std::future::ready(Ok(obeyed)))
    }
}
