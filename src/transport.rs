//! The one door to the network, and to the sandbox: a request goes in, an answer or a fault comes
//! out. The secret token is added here, at the last moment.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use futures_util::future::LocalBoxFuture;
use gloo_net::http::{Method, RequestBuilder};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::{RwSignal, Update, set_timeout_with_handle};
use web_sys::{AbortController, AbortSignal, RequestCache, RequestCredentials, RequestRedirect};

pub mod relay;

use crate::ambient;
use crate::draft::Route;
use crate::ledger::{Ledger, Line};
use crate::secret::SecretProof;
use crate::worker::Client;
use crate::worker::message::{Answer, Ask, FaultKind, WireFault, WireRequest, WireResponse};
use relay::Relay;

/// Gives an access token, and fetches one where there is none that is still good.
pub type Fresh = Rc<dyn Fn() -> LocalBoxFuture<'static, Result<SecretProof, WireFault>>>;

/// What a request needs besides itself.
#[derive(Clone)]
pub struct Via {
    /// Which way it takes.
    pub route: Route,
    /// The token; the sandbox's own goes to the sandbox.
    pub token: Option<SecretProof>,
    /// Which relay, where the route is through one.
    pub relay: Relay,
    /// The session key of a relay at another address.
    pub key: Option<SecretProof>,
    /// Gives the access token in its place, where one has to be fetched.
    pub fresh: Option<Fresh>,
    /// The worker, which has a line to the sandbox.
    pub worker: Client,
    /// After how many seconds without an answer it counts as lost.
    pub timeout_seconds: u32,
    /// Aborts everything that is under way.
    pub cancel: Cancel,
    /// Hears of every request that leaves the page.
    pub ledger: RwSignal<Ledger>,
    /// The step that causes them, for the ledger.
    pub cause: &'static str,
}

/// Cancels requests; cheap to clone.
#[derive(Clone, PartialEq)]
pub struct Cancel(AbortController);

impl Default for Cancel {
    fn default() -> Self {
        // Every browser that runs WebAssembly has AbortController.
        #[expect(clippy::expect_used, reason = "its constructor takes nothing and cannot throw")]
        Self(AbortController::new().expect("AbortController"))
    }
}

impl Cancel {
    /// Cancels.
    pub fn cancel(&self) {
        self.0.abort();
    }

    /// Whether it was cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.0.signal().aborted()
    }
}

/// Sends a request the way that was chosen.
///
/// # Errors
/// A [`WireFault`] that names the layer which failed before the application answered.
pub async fn send(request: WireRequest, via: &Via) -> Result<WireResponse, WireFault> {
    if let Some(fresh) = &via.fresh {
        let token = Some(fresh().await?);
        return Box::pin(send(request, &Via { token, fresh: None, ..via.clone() })).await;
    }
    let (left, at) = (request.clone(), ambient::timestamp());
    let answer = match via.route {
        Route::Sandbox => sandbox(request, via).await,
        Route::Relay => relay::send(request, via).await,
        Route::Direct => direct(request, via).await,
        Route::Paste => Err(fault(FaultKind::NoRelay, "this route sends nothing by itself")),
    };
    let line = Line::of(at, via.cause, via.route, &left, &answer);
    line.into_iter().for_each(|line| note(line.through(via.relay.host()), via));
    answer
}

fn note(line: Line, via: &Via) {
    // Fails only where the page is being left.
    let _ = via.ledger.try_update(|ledger| ledger.note(line));
}

/// Reads a file that is published beside the page; its address is relative to the page's.
///
/// # Errors
/// A sentence that names the file and what stopped it.
pub async fn published(path: &str) -> Result<String, String> {
    let answer = RequestBuilder::new(path).credentials(RequestCredentials::SameOrigin).send().await;
    match answer {
        Ok(answer) if answer.ok() => answer.text().await.map_err(|error| {
            format!("`{path}` broke off while it was loaded ({error}); try again")
        }),
        Ok(answer) => Err(format!(
            "`{path}` was answered with status {}; check that it lies beside the page",
            answer.status()
        )),
        Err(_) => Err(format!("`{path}` could not be loaded; check the connection and try again")),
    }
}

/// Puts the token onto the request.
fn authorized(mut request: WireRequest, token: Option<&SecretProof>) -> WireRequest {
    let Some(token) = token else { return request };
    let mut carrier = http::Request::new(request.body.into_bytes());
    token.authorize(&mut carrier);
    for (name, value) in carrier.headers() {
        if let Ok(value) = value.to_str() {
            request.headers.push((name.to_string(), value.to_owned()));
        }
    }
    // What was text and got more text is text.
    request.body = String::from_utf8(carrier.into_body()).unwrap_or_default();
    request
}

/// The sandbox's token is public. Whatever else was typed stays on the page: the sandbox hears
/// only that it is not the right one.
async fn sandbox(mut request: WireRequest, via: &Via) -> Result<WireResponse, WireFault> {
    let token = via.token.as_ref().map(|token| {
        let right = token.is(sandbox::Sandbox::PUBLIC_TOKEN);
        if right { sandbox::Sandbox::PUBLIC_TOKEN } else { "another-token" }
    });
    if let Some(token) = token {
        request.headers.push(("authorization".to_owned(), format!("Bearer {token}")));
    }
    let Ok(Answer::Served(served)) = via.worker.ask(Ask::Sandbox(request)).await else {
        return Err(fault(FaultKind::Broken, "the worker has ended; load the page again"));
    };
    linger(served.delay_millis, via).await?;
    Ok(served.response)
}

/// Waits as long as a slow sandbox takes; time-out and Cancel end it as they end a `fetch`.
async fn linger(delay_millis: u32, via: &Via) -> Result<(), WireFault> {
    const BEAT: u32 = 50;
    let limit = via.timeout_seconds.max(1).saturating_mul(1000);
    let end = ambient::now() + f64::from(delay_millis.min(limit));
    while ambient::now() < end {
        if via.cancel.is_cancelled() {
            return Err(cancelled());
        }
        TimeoutFuture::new(BEAT.min(delay_millis)).await;
    }
    if delay_millis > limit { Err(timed_out(via)) } else { Ok(()) }
}

async fn direct(request: WireRequest, via: &Via) -> Result<WireResponse, WireFault> {
    let uri = request.uri.clone();
    let request = authorized(request, via.token.as_ref());
    match fetch(&request, &request.uri, via).await {
        Ok(response) => Ok(response),
        Err(fault) if fault.kind == FaultKind::Refused => Err(why_unreachable(&uri, via).await),
        Err(fault) => Err(fault),
    }
}

/// A browser does not say whether CORS or the network stopped a request. A second one that asks
/// for no answer, and carries nothing, tells them apart.
async fn why_unreachable(uri: &str, via: &Via) -> WireFault {
    let probe = RequestBuilder::new(uri)
        .mode(web_sys::RequestMode::NoCors)
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        .abort_signal(Some(&via.cancel.0.signal()));
    let at = ambient::timestamp();
    let is_there = probe.send().await.is_ok();
    note(Line::probe(at, via.cause, uri, is_there), via);
    if is_there {
        fault(
            FaultKind::Cors,
            "the endpoint answers, but does not let this page read the answer (CORS); choose the \
             route through the relay",
        )
    } else {
        fault(
            FaultKind::Refused,
            "nobody answers at this address: the name is unknown, nothing listens there, its \
             certificate is not trusted, or the network is down; check the address",
        )
    }
}

/// One `fetch`, with time-out and cancel; redirects are told, never followed.
async fn fetch(request: &WireRequest, address: &str, via: &Via) -> Result<WireResponse, WireFault> {
    let clock = Deadline::start(via);
    let answer = fetch_within(request, address, &clock.signal).await;
    let is_over = clock.stop();
    answer.map_err(|error| {
        if via.cancel.is_cancelled() {
            cancelled()
        } else if is_over {
            timed_out(via)
        } else {
            error
        }
    })
}

async fn fetch_within(
    request: &WireRequest,
    address: &str,
    signal: &AbortSignal,
) -> Result<WireResponse, WireFault> {
    // What the browser says of a network failure is the same for every cause.
    let unsent = |_| fault(FaultKind::Refused, "nobody answers at this address");
    let method = Method::from_bytes(request.method.as_bytes()).unwrap_or(Method::GET);
    let mut builder = RequestBuilder::new(address)
        .method(method)
        .redirect(RequestRedirect::Manual)
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        .referrer_policy(web_sys::ReferrerPolicy::NoReferrer)
        .abort_signal(Some(signal));
    for (name, value) in &request.headers {
        builder = builder.header(name, value);
    }
    let ready = if request.body.is_empty() {
        builder.build().map_err(unsent)?
    } else {
        builder.body(request.body.clone()).map_err(unsent)?
    };
    let response = ready.send().await.map_err(unsent)?;
    if response.type_() == web_sys::ResponseType::Opaqueredirect {
        // The browser hides status and address of a redirect that it does not follow.
        return Ok(WireResponse { status: 302, headers: Vec::new(), body: String::new() });
    }
    let headers = response.headers().entries().collect();
    let cut = |_| {
        let what = "the answer was cut off: it is larger than 5 MiB, takes longer than the limit, \
                    or the connection broke";
        fault(FaultKind::Broken, what)
    };
    let body = response.text().await.map_err(cut)?;
    Ok(WireResponse { status: response.status(), headers, body })
}

/// Aborts one request when its time is over, or when everything is cancelled.
struct Deadline {
    signal: AbortSignal,
    expired: Rc<Cell<bool>>,
    timer: Option<leptos::leptos_dom::helpers::TimeoutHandle>,
}

impl Deadline {
    fn start(via: &Via) -> Self {
        let own = Cancel::default();
        let both = js_sys::Array::of2(&own.0.signal(), &via.cancel.0.signal());
        let signal = AbortSignal::any(&both);
        let expired = Rc::new(Cell::new(false));
        let flag = expired.clone();
        let time = Duration::from_secs(u64::from(via.timeout_seconds.max(1)));
        let expire = move || {
            flag.set(true);
            own.cancel();
        };
        let timer = set_timeout_with_handle(expire, time).ok();
        Self { signal, expired, timer }
    }

    /// Ends the clock and says whether the time was over.
    fn stop(self) -> bool {
        if let Some(timer) = self.timer {
            timer.clear();
        }
        self.expired.get()
    }
}

fn cancelled() -> WireFault {
    fault(FaultKind::Cancelled, "cancelled")
}

fn timed_out(via: &Via) -> WireFault {
    let seconds = via.timeout_seconds;
    let message = format!("no answer within {seconds} seconds; the endpoint is slow or hangs");
    fault(FaultKind::Timeout, &message)
}

fn fault(kind: FaultKind, message: &str) -> WireFault {
    WireFault::new(kind, message)
}
