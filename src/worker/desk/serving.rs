//! The sandbox behind its door: filled when it is first asked, and asked by the page or by the worker
//! itself.

use sandbox::{Moment, Quirk, Quirks, Sandbox};

use super::Desk;
use super::seeding::Seeding;
use crate::worker::message::{Served, WireRequest, WireResponse};

impl Desk {
    pub(super) fn chosen_quirks(&self) -> Quirks {
        let named = self.quirks.iter().filter_map(|name| Quirk::named(name));
        named.fold(Quirks::none(), Quirks::with)
    }

    /// Answers as the application would; the sandbox is filled when it is first asked.
    pub(super) fn serve(&mut self, request: &WireRequest) -> Served {
        match request.to_http() {
            Some(request) => Served::from_http(&self.serve_here(&request)),
            None => {
                let response =
                    WireResponse { status: 400, headers: Vec::new(), body: String::new() };
                Served { response, delay_millis: 0 }
            }
        }
    }
    /// The sandbox's answer to a question of this worker's own, which needs no token but the public
    /// one.
    pub(super) fn serve_to_itself(
        &mut self,
        request: &http::Request<Vec<u8>>,
    ) -> http::Response<Vec<u8>> {
        let mut request = request.clone();
        let token = format!("Bearer {}", Sandbox::PUBLIC_TOKEN);
        if let Ok(token) = http::HeaderValue::from_str(&token) {
            request.headers_mut().insert(http::header::AUTHORIZATION, token);
        }
        self.serve_here(&request)
    }

    /// The same without the message around it.
    fn serve_here(&mut self, request: &http::Request<Vec<u8>>) -> http::Response<Vec<u8>> {
        self.fill_sandbox(usize::MAX);
        let moment = Moment::from_unix_millis(self.now as i64);
        match &mut self.sandbox {
            Some(sandbox) => sandbox.handle(request, &moment),
            // It was filled above.
            None => http::Response::default(),
        }
    }

    /// Fills the sandbox with so many more people, where it has not been filled; how far that is.
    pub(super) fn fill_sandbox(&mut self, people: usize) -> Option<(usize, usize)> {
        if self.sandbox.is_some() {
            return None;
        }
        let mut seeding = self.seeding.take().unwrap_or_else(|| {
            let moment = Moment::from_unix_millis(self.now as i64);
            Seeding::new(&self.draft, &self.tenant, &self.ambient(), moment)
        });
        if seeding.advance(people) {
            return Some(self.seeding.insert(seeding).progress());
        }
        let mut sandbox = seeding.finish();
        sandbox.set_quirks(self.chosen_quirks());
        self.sandbox = Some(sandbox);
        None
    }
}
