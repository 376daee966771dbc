//! The quirks that do not depend on what is asked: answers given instead, and answers spoilt.

use http::header::{CONTENT_TYPE, HeaderValue, LOCATION, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{Response, StatusCode};
use serde_json::{Value, json};

use crate::Moment;
use crate::quirk::{Quirk, Quirks};
use crate::refusal::Refusal;
use crate::reply;

/// How many seconds a throttled client is asked to wait.
const WAIT: u8 = 2;

/// Where a redirect leads: a sign-in page, as a wrong tenant URL often does.
const ELSEWHERE: HeaderValue = HeaderValue::from_static("https://login.example/sign-in");

const SIGN_IN_PAGE: &str = "<!DOCTYPE html><html lang=\"en\"><head><title>Sign in</title></head>\
    <body><h1>Sign in</h1><p>Your session has ended.</p></body></html>";

const ERROR_PAGE: &str = "<!DOCTYPE html><html lang=\"en\"><head><title>Error</title></head>\
    <body><h1>Something went wrong</h1></body></html>";

const HTML: HeaderValue = HeaderValue::from_static("text/html");
const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// What is answered instead of looking at the request. Requests are numbered from 1.
pub(crate) fn instead(quirks: &Quirks, number: u64, now: Moment) -> Option<Response<Vec<u8>>> {
    if quirks.contains(Quirk::Redirect) {
        let mut response = reply::empty(StatusCode::FOUND);
        response.headers_mut().insert(LOCATION, ELSEWHERE);
        return Some(response);
    }
    let throttled = |wait: HeaderValue| {
        Refusal::new(StatusCode::TOO_MANY_REQUESTS, "too many requests: wait before the next")
            .with_header(RETRY_AFTER, wait)
    };
    let refusal = match quirks.failure(number)? {
        Quirk::Throttled => throttled(HeaderValue::from(u16::from(WAIT))),
        Quirk::ThrottledUntilDate => {
            throttled(HeaderValue::from_str(&now.http_date(i64::from(WAIT))).ok()?)
        }
        _ => Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "the server has failed"),
    };
    Some(refusal.into_response())
}

/// What becomes of an answer on its way out.
pub(crate) fn spoil(quirks: &Quirks, mut response: Response<Vec<u8>>) -> Response<Vec<u8>> {
    if !response.body().is_empty() {
        if response.status().is_success() {
            spoil_success(quirks, &mut response);
        } else {
            spoil_error(quirks, &mut response);
        }
        relabel(quirks, &mut response);
    }
    if quirks.contains(Quirk::ChallengeMissing) {
        response.headers_mut().remove(WWW_AUTHENTICATE);
    }
    if let Some(delay) = quirks.delay() {
        response.extensions_mut().insert(delay);
    }
    response
}

fn spoil_success(quirks: &Quirks, response: &mut Response<Vec<u8>>) {
    if quirks.contains(Quirk::EmptyBody) {
        response.body_mut().clear();
    } else if quirks.contains(Quirk::HtmlBody) {
        *response.body_mut() = SIGN_IN_PAGE.as_bytes().to_vec();
    }
}

fn spoil_error(quirks: &Quirks, response: &mut Response<Vec<u8>>) {
    if quirks.contains(Quirk::ErrorWithoutBody) {
        response.body_mut().clear();
        response.headers_mut().remove(CONTENT_TYPE);
    } else if quirks.contains(Quirk::ErrorAsHtml) {
        *response.body_mut() = ERROR_PAGE.as_bytes().to_vec();
        response.headers_mut().insert(CONTENT_TYPE, HTML);
    } else if quirks.contains(Quirk::ErrorInOtherJson) {
        let error: Option<Value> = serde_json::from_slice(response.body()).ok();
        let detail = error.as_ref().and_then(|error| error.get("detail"));
        let message = json!({ "message": detail, "code": response.status().as_u16() });
        *response.body_mut() = message.to_string().into_bytes();
        response.headers_mut().insert(CONTENT_TYPE, JSON);
    }
}

/// Gives what SCIM labels as its own another media type.
fn relabel(quirks: &Quirks, response: &mut Response<Vec<u8>>) {
    let headers = response.headers_mut();
    if headers.get(CONTENT_TYPE) == Some(&reply::SCIM_JSON) {
        if quirks.contains(Quirk::MediaTypeHtml) {
            headers.insert(CONTENT_TYPE, HTML);
        } else if quirks.contains(Quirk::MediaTypeJson) {
            headers.insert(CONTENT_TYPE, JSON);
        }
    }
    let Some(media_type) = headers.get(CONTENT_TYPE) else { return };
    if quirks.contains(Quirk::MediaTypeCharset) {
        let labelled = [media_type.as_bytes(), b"; charset=utf-8"].concat();
        if let Ok(labelled) = HeaderValue::from_bytes(&labelled) {
            headers.insert(CONTENT_TYPE, labelled);
        }
    }
}
