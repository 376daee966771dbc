//! Which path means what (RFC 7644 section 3.2), and which methods it knows.

use http::Method;

use crate::ResourceType;
use crate::query::percent_decode;

/// What a request addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// The base itself: a search over all types.
    Root,
    /// `/Users` or `/Groups`.
    Collection(ResourceType),
    /// `/Users/{id}` or `/Groups/{id}`.
    Resource(ResourceType, String),
    /// `/.search`, `/Users/.search` or `/Groups/.search`.
    Search(Option<ResourceType>),
    ServiceProviderConfig,
    /// `/Schemas`, or one of them by its URN.
    Schemas(Option<String>),
    /// `/ResourceTypes`, or one of them by its name.
    ResourceTypes(Option<String>),
    /// The alias of the person who asks; the token of the sandbox stands for nobody.
    Me,
    Bulk,
}

impl Route {
    /// The route of a path, or `None` where nothing lies.
    pub(crate) fn of(path: &str, base_path: &str) -> Option<Self> {
        let below = path.strip_prefix(base_path.trim_end_matches('/'))?;
        let below = if below.is_empty() { below } else { below.strip_prefix('/')? };
        let segments: Vec<&str> = below.strip_suffix('/').unwrap_or(below).split('/').collect();
        match segments.as_slice() {
            [""] => Some(Self::Root),
            [".search"] => Some(Self::Search(None)),
            ["ServiceProviderConfig"] => Some(Self::ServiceProviderConfig),
            ["Schemas"] => Some(Self::Schemas(None)),
            ["Schemas", id] => Some(Self::Schemas(Some(percent_decode(id)))),
            ["ResourceTypes"] => Some(Self::ResourceTypes(None)),
            ["ResourceTypes", id] => Some(Self::ResourceTypes(Some(percent_decode(id)))),
            ["Me", ..] => Some(Self::Me),
            ["Bulk"] => Some(Self::Bulk),
            [endpoint] => resource_type(endpoint).map(Self::Collection),
            [endpoint, ".search"] => resource_type(endpoint).map(|of| Self::Search(Some(of))),
            [endpoint, id] => {
                resource_type(endpoint).map(|of| Self::Resource(of, percent_decode(id)))
            }
            _ => None,
        }
    }

    /// The methods that the route knows.
    pub(crate) fn methods(&self) -> &'static [Method] {
        match self {
            Self::Collection(_) => &[Method::GET, Method::POST],
            Self::Resource(..) => &[Method::GET, Method::PUT, Method::PATCH, Method::DELETE],
            Self::Search(_) | Self::Bulk => &[Method::POST],
            Self::Root
            | Self::ServiceProviderConfig
            | Self::Schemas(_)
            | Self::ResourceTypes(_) => &[Method::GET],
            Self::Me => &[Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE],
        }
    }
}

fn resource_type(endpoint: &str) -> Option<ResourceType> {
    ResourceType::ALL.into_iter().find(|resource_type| resource_type.endpoint() == endpoint)
}

#[cfg(test)]
mod tests {
    use super::Route;
    use crate::ResourceType::{Group, User};

    fn check(path: &str, route: Option<Route>) {
        assert_eq!(Route::of(path, "/scim/v2/"), route, "{path}");
    }

    #[test]
    fn every_endpoint_is_found_and_nothing_beside_the_base() {
        check("/scim/v2", Some(Route::Root));
        check("/scim/v2/", Some(Route::Root));
        check("/scim/v2/Users", Some(Route::Collection(User)));
        check("/scim/v2/Users/", Some(Route::Collection(User)));
        check("/scim/v2/Groups/a%2Fb", Some(Route::Resource(Group, "a/b".to_owned())));
        check("/scim/v2/Users/.search", Some(Route::Search(Some(User))));
        check("/scim/v2/.search", Some(Route::Search(None)));
        check("/scim/v2/Schemas/urn:x", Some(Route::Schemas(Some("urn:x".to_owned()))));
        check("/scim/v2/users", None);
        check("/scim/v2/Users/1/x", None);
        check("/scim/v22/Users", None);
        check("/Users", None);
    }
}
