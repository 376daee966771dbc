//! Who is let in, and with what (RFC 7644 sections 2 and 3.1).

use http::header::{ALLOW, AUTHORIZATION, CONTENT_TYPE, HeaderValue, WWW_AUTHENTICATE};
use http::{Method, Request, StatusCode};

use crate::Settings;
use crate::quirk::Quirk;
use crate::refusal::Refusal;
use crate::route::Route;

/// How many bytes a body may have.
pub(crate) const MAX_BODY: usize = 4 << 20;

/// Refuses a request whose token, method, size or media type is not right.
pub(crate) fn check(
    settings: &Settings,
    route: &Route,
    request: &Request<Vec<u8>>,
) -> Result<(), Refusal> {
    let has = |quirk| settings.quirks.contains(quirk);
    if has(Quirk::MethodBeforeToken) {
        check_method(route, request.method())?;
    }
    if !is_open(settings, route) {
        check_token(settings, request)?;
    }
    check_method(route, request.method())?;
    check_right(settings, route, request.method())?;
    if has(Quirk::DiscoveryMissing) && is_discovery(route) {
        return Err(Refusal::new(StatusCode::NOT_FOUND, "this server does not describe itself"));
    }
    if request.body().len() > MAX_BODY && !has(Quirk::BodyUnlimited) {
        let detail = format!("the body has more than {MAX_BODY} bytes");
        return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, detail));
    }
    if [Method::POST, Method::PUT, Method::PATCH].contains(request.method()) {
        check_media_type(request)?;
    }
    Ok(())
}

fn is_discovery(route: &Route) -> bool {
    matches!(route, Route::ServiceProviderConfig | Route::Schemas(_) | Route::ResourceTypes(_))
}

/// How to authenticate may be read without authentication (RFC 7643 section 5).
fn is_open(settings: &Settings, route: &Route) -> bool {
    let has = |quirk| settings.quirks.contains(quirk);
    let opened = *route == Route::ServiceProviderConfig || has(Quirk::DiscoveryOpen);
    is_discovery(route) && opened && !has(Quirk::DiscoveryNeedsToken)
}

/// What the token allows, where it does not allow everything.
fn check_right(settings: &Settings, route: &Route, method: &Method) -> Result<(), Refusal> {
    let has = |quirk| settings.quirks.contains(quirk);
    let right = match route {
        Route::Collection(_) if *method == Method::POST && has(Quirk::CreateForbidden) => "create",
        Route::Resource(..) if *method != Method::GET && has(Quirk::ChangeForbidden) => "change",
        _ => return Ok(()),
    };
    let detail = format!("the token does not give the right to {right} resources");
    Err(Refusal::new(StatusCode::FORBIDDEN, detail))
}

fn check_token(settings: &Settings, request: &Request<Vec<u8>>) -> Result<(), Refusal> {
    let challenge = |detail: &str, challenge: &'static str| {
        Refusal::new(StatusCode::UNAUTHORIZED, detail)
            .with_header(WWW_AUTHENTICATE, HeaderValue::from_static(challenge))
    };
    let Some(authorization) = request.headers().get(AUTHORIZATION) else {
        return Err(challenge(
            "the request carries no token: send the header Authorization with Bearer and the token",
            "Bearer realm=\"SCIM\"",
        ));
    };
    if settings.quirks.contains(Quirk::ExpiredToken) {
        return Err(challenge(
            "the token has expired",
            "Bearer realm=\"SCIM\", error=\"invalid_token\", error_description=\"The access token expired\"",
        ));
    }
    if bearer_token(authorization) != Some(settings.token.as_bytes()) {
        return Err(challenge(
            "the token is not the one that this server accepts",
            "Bearer realm=\"SCIM\", error=\"invalid_token\"",
        ));
    }
    if settings.quirks.contains(Quirk::Forbidden) {
        return Err(Refusal::new(
            StatusCode::FORBIDDEN,
            "the token does not give the right to do this",
        ));
    }
    Ok(())
}

/// The token after the word Bearer, which may be in any case (RFC 9110 section 11.1).
fn bearer_token(authorization: &HeaderValue) -> Option<&[u8]> {
    let (scheme, token) = authorization.as_bytes().split_at_checked("Bearer ".len())?;
    scheme.eq_ignore_ascii_case(b"Bearer ").then_some(token.trim_ascii())
}

fn check_method(route: &Route, method: &Method) -> Result<(), Refusal> {
    let known = route.methods();
    if known.contains(method) {
        return Ok(());
    }
    let names = known.iter().map(Method::as_str).collect::<Vec<_>>().join(", ");
    let refusal = Refusal::new(
        StatusCode::METHOD_NOT_ALLOWED,
        format!("{method} is not possible here: the methods are {names}"),
    );
    Err(match HeaderValue::from_str(&names) {
        Ok(names) => refusal.with_header(ALLOW, names),
        Err(_) => refusal,
    })
}

fn check_media_type(request: &Request<Vec<u8>>) -> Result<(), Refusal> {
    let named = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = named.and_then(|named| named.split(';').next()).unwrap_or_default().trim();
    let known = ["application/scim+json", "application/json"];
    if known.iter().any(|known| known.eq_ignore_ascii_case(essence)) {
        return Ok(());
    }
    let detail = format!("the Content-Type must be application/scim+json, not `{essence}`");
    Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail))
}
