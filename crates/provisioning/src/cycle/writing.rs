//! The writes of one object as requests, and the permit without which none of them is sent.

use scim::endpoint::Endpoint;
use scim::patch::PatchRequest;
use scim::resource::Resource;

use crate::configuration::ObjectKind;

/// Allows a cycle to write. A preview has none, and [`super::traffic::Traffic::tell`] asks for it.
#[derive(Debug)]
pub(super) struct WritePermit(());

impl WritePermit {
    /// For cycles whose caller asked to write.
    pub(super) fn granted() -> Self {
        Self(())
    }
}

/// Builds the writes of a cycle, to be sent or only to be shown.
#[derive(Debug)]
pub(super) struct Writer {
    endpoint: Endpoint,
}

impl Writer {
    pub(super) fn new(endpoint: Endpoint) -> Self {
        Self { endpoint }
    }

    /// POST of a new object.
    pub(super) fn create(&self, kind: ObjectKind, resource: Resource) -> http::Request<Vec<u8>> {
        self.endpoint.create(kind.endpoint(), &resource.into_value())
    }

    /// PATCHes of an object, one after the other.
    pub(super) fn patch(
        &self,
        kind: ObjectKind,
        id: &str,
        requests: &[PatchRequest],
    ) -> Vec<http::Request<Vec<u8>>> {
        requests.iter().map(|request| self.endpoint.patch(kind.endpoint(), id, request)).collect()
    }

    /// DELETE of an object.
    pub(super) fn delete(&self, kind: ObjectKind, id: &str) -> http::Request<Vec<u8>> {
        self.endpoint.delete(kind.endpoint(), id)
    }
}
