//! The quirks that do not depend on what is asked: answers given instead, and answers spoilt.

use http::header::{HeaderValue, LOCATION, RETRY_AFTER};
use http::{Response, StatusCode};

use crate::quirk::{Quirk, Quirks};
use crate::refusal::Refusal;
use crate::reply;

/// How many seconds a throttled client is asked to wait.
const WAIT: HeaderValue = HeaderValue::from_static("2");

/// Where a redirect leads: a sign-in page, as a wrong tenant URL often does.
const ELSEWHERE: HeaderValue = HeaderValue::from_static("https://login.example/sign-in");

const SIGN_IN_PAGE: &str = "<!DOCTYPE html><html lang=\"en\"><head><title>Sign in</title></head>\
    <body><h1>Sign in</h1><p>Your session has ended.</p></body></html>";

/// What is answered instead of looking at the request. Requests are numbered from 1.
pub(crate) fn instead(quirks: &Quirks, number: u64) -> Option<Response<Vec<u8>>> {
    if quirks.contains(Quirk::Redirect) {
        let mut response = reply::empty(StatusCode::FOUND);
        response.headers_mut().insert(LOCATION, ELSEWHERE);
        return Some(response);
    }
    let refusal = match quirks.failure(number)? {
        Quirk::Throttled => {
            Refusal::new(StatusCode::TOO_MANY_REQUESTS, "too many requests: wait before the next")
                .with_header(RETRY_AFTER, WAIT)
        }
        _ => Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "the server has failed"),
    };
    Some(refusal.into_response())
}

/// What becomes of an answer on its way out: only successes with a body are spoilt.
pub(crate) fn spoil(quirks: &Quirks, mut response: Response<Vec<u8>>) -> Response<Vec<u8>> {
    if response.status().is_success() && !response.body().is_empty() {
        if quirks.contains(Quirk::EmptyBody) {
            response.body_mut().clear();
        } else if quirks.contains(Quirk::HtmlBody) {
            *response.body_mut() = SIGN_IN_PAGE.as_bytes().to_vec();
        }
    }
    response
}
