//! What each layer must be, and who says so.

use super::layers::Layer;

const ENDPOINT: &str =
    "Microsoft Learn, Develop and plan provisioning for a SCIM endpoint (September 2026)";
const ENVOY: &str = "Microsoft Learn, Configure Envoy for automatic user provisioning";

impl Layer {
    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::Route => "Route",
            Self::Grant => "Access token",
            Self::Name => "Name",
            Self::Tcp => "TCP",
            Self::Tls => "TLS",
            Self::Redirect => "Redirect",
            Self::Status => "Status",
            Self::MediaType => "Media type",
            Self::Json => "JSON",
            Self::List => "List",
            Self::Filter => "Filter",
            Self::Configuration => "Configuration",
            Self::ResourceTypes => "Resource types",
            Self::Schemas => "Schemas",
        }
    }

    /// The rule that it is held against.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Route => {
                "A page reads the answers of its own sandbox, of its own relay, and of endpoints \
                 that allow it by CORS. Entra is no page and needs none of that."
            }
            Self::Grant => {
                "The token endpoint exchanges the client's identifier and secret for a bearer \
                 token (`client_credentials`). The secret goes there and to no other host."
            }
            Self::Name => "The host's name must lead to an address on the internet.",
            Self::Tcp => {
                "The endpoint must be reachable from the addresses of the service tag \
                 AzureActiveDirectory, not only from here."
            }
            Self::Tls => {
                "Entra demands TLS 1.2, RSA keys of 2,048 or ECC keys of 256 bits at least, and a \
                 certificate from a public authority."
            }
            Self::Redirect => {
                "The token goes to the address that was typed, and to no other. A redirect is \
                 never followed."
            }
            Self::Status => {
                "The query must be answered with 200, also where nobody is found: never with 404."
            }
            Self::MediaType => "SCIM is application/scim+json; a client should accept JSON too.",
            Self::Json => "The body must be one JSON document in UTF-8.",
            Self::List => {
                "Every query must be answered with a ListResponse: totalResults, and Resources."
            }
            Self::Filter => "A filter by a value that nobody has must find nobody.",
            Self::Configuration => {
                "A service says at /ServiceProviderConfig what it can do. Entra does not ask; it \
                 needs filters and PATCH all the same."
            }
            Self::ResourceTypes => {
                "A service names its types of resources at /ResourceTypes. Entra does not ask."
            }
            Self::Schemas => {
                "A service lists its schemas at /Schemas. Entra reads them for applications of the \
                 gallery only, and adds the attributes that it finds to the target's list."
            }
        }
    }

    /// Where the rule is written.
    pub fn source(self) -> &'static str {
        match self {
            Self::Route => "Fetch Standard, section 3.3 (CORS protocol)",
            Self::Name | Self::Tcp | Self::Tls | Self::Status | Self::Schemas => ENDPOINT,
            Self::Filter => ENVOY,
            Self::Grant => "RFC 6749 sections 4.4 and 5",
            Self::Redirect => "RFC 6750 section 5.3, and this wizard's own rule",
            Self::MediaType => "RFC 7644 section 3.1",
            Self::Json => "RFC 8259 section 8.1",
            Self::List => "RFC 7644 section 3.4.2",
            Self::Configuration | Self::ResourceTypes => "RFC 7644 section 4",
        }
    }
}
