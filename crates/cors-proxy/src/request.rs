//! What the relay takes from a page: a listed method, a bounded body of JSON or of a posted form,
//! and one target.

use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, EXPECT, TRANSFER_ENCODING};
use http::request::Parts;
use http::{Method, Uri};

use crate::fault::{Fault, METHODS, Rule};
use crate::headers::{self, TARGET};
use crate::target::Target;

const CONTINUE: &[u8] = b"100-continue";

/// Lets one of [`METHODS`] pass.
///
/// # Errors
/// [`Rule::MethodNotAllowed`].
pub(crate) fn check_method(method: &Method) -> Result<(), Fault> {
    if METHODS.split(", ").any(|listed| listed == method.as_str()) {
        return Ok(());
    }
    Err(Fault::new(
        Rule::MethodNotAllowed,
        "the relay does not forward this method",
        format!("use one of {METHODS}"),
    ))
}

/// A body needs a method that has one, a length, and a known type: so it is refused before any of
/// it is read. A form is posted to a token endpoint (RFC 6749 section 4.4.2); that of another page
/// cannot be, for it has no session key.
pub(crate) fn check_body(parts: &Parts, longest: u64) -> Result<(), Fault> {
    let headers = &parts.headers;
    if headers.get(EXPECT).is_some_and(|value| !value.as_bytes().eq_ignore_ascii_case(CONTINUE)) {
        return Err(Fault::new(
            Rule::ExpectationFailed,
            "the relay meets no expectation but `100-continue`",
            "send the call without `Expect`",
        ));
    }
    if headers.contains_key(TRANSFER_ENCODING) {
        return Err(Fault::new(
            Rule::LengthRequired,
            "the body's length is not given",
            "send the body with `Content-Length`, not in chunks",
        ));
    }
    let length = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    let length = length.and_then(|value| value.parse().ok()).unwrap_or(0);
    if length == 0 {
        return Ok(());
    }
    if !matches!(parts.method, Method::POST | Method::PUT | Method::PATCH) {
        return Err(Fault::new(
            Rule::BodyNotAllowed,
            format!("a body came with {}", parts.method),
            "send it with POST, PUT or PATCH",
        ));
    }
    if length > longest {
        return Err(Fault::new(
            Rule::RequestTooLarge,
            format!("the body is longer than {longest} bytes"),
            "split it into smaller calls",
        ));
    }
    // What it unpacks to could not be bounded, and the upstream would not be told how.
    if headers.contains_key(CONTENT_ENCODING) {
        return Err(Fault::new(
            Rule::MediaTypeNotAllowed,
            "the body is compressed",
            "send it as it is, without `Content-Encoding`",
        ));
    }
    let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let is_form = parts.method == Method::POST && media_type.is_some_and(is_form);
    if !is_form && !media_type.is_some_and(headers::is_json) {
        return Err(Fault::new(
            Rule::MediaTypeNotAllowed,
            "the body is neither JSON nor a posted form",
            "send it as `application/json`, a `+json` kind of it, or, by POST, as \
             `application/x-www-form-urlencoded`",
        ));
    }
    Ok(())
}

fn is_form(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// The target of a call that was made by the convention of other CORS proxies: the relay's own
/// origin, a `/`, and the target's whole URL.
pub(crate) fn target_in_path(uri: &Uri) -> Option<&str> {
    let text = uri.path_and_query()?.as_str().strip_prefix('/')?;
    let (scheme, _) = text.split_once(':')?;
    let known = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    known.then_some(text)
}

/// The one target of a call; two could be read differently by two readers.
///
/// # Errors
/// [`Rule::BadTarget`], and those of [`Target::parse`].
pub fn read_target(parts: &Parts, longest: usize) -> Result<Target, Fault> {
    let repair = "give one absolute URL in the header `x-relay-target`, and nothing in the query; \
                  or write it behind the relay's own address";
    let bad = |message| Fault::new(Rule::BadTarget, message, repair);
    let mut values = parts.headers.get_all(TARGET).iter();
    if let Some(text) = target_in_path(&parts.uri) {
        if values.next().is_some() {
            return Err(bad("the call names more than one target"));
        }
        return Target::parse(text, longest);
    }
    let value = values.next().ok_or_else(|| bad("the header `x-relay-target` is missing"))?;
    if values.next().is_some() || parts.uri.query().is_some() {
        return Err(bad("the call names more than one target"));
    }
    let text = std::str::from_utf8(value.as_bytes()).map_err(|_| bad("it is not UTF-8"))?;
    Target::parse(text, longest)
}
