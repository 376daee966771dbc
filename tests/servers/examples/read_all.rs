//! Reads everybody of a SCIM service by pages, as a preview does, and tells the time it took:
//!
//! ```sh
//! SCIM_TOKEN=… cargo run --release -p servers --example read_all -- URL [REQUESTS AT ONCE]
//! ```

use std::error::Error;
use std::time::Instant;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use http::{HeaderValue, Request, Response, header};
use provisioning::cycle::roster::Roster;
use provisioning::cycle::{Step, TransportFault, TransportFaultKind};
use scim::endpoint::Endpoint;
use scim::tenant_url::TenantUrl;

type Answer = Result<Response<Vec<u8>>, TransportFault>;

/// What `seed` in the two servers fills; the usual mapping compares no more.
const ATTRIBUTES: [&str; 8] = [
    "userName",
    "externalId",
    "displayName",
    "name",
    "emails",
    "title",
    "active",
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
];

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let url = arguments.next().ok_or("give the address of a SCIM service")?;
    let pace = arguments.next().map_or(Ok(6), |pace| pace.parse())?;
    let token = HeaderValue::try_from(format!("Bearer {}", std::env::var("SCIM_TOKEN")?))?;
    let endpoint = Endpoint::new(TenantUrl::parse(&url).map_err(|fault| format!("{fault:?}"))?);
    let http = reqwest::Client::builder().no_proxy().build()?;
    let began = Instant::now();
    let mut roster = Roster::new(endpoint, ATTRIBUTES.map(str::to_owned).to_vec(), pace);
    let mut open = FuturesUnordered::new();
    let mut accounts = 0;
    loop {
        match roster.step() {
            Step::Done => break,
            Step::Pause { seconds } => {
                tokio::time::sleep(std::time::Duration::from_secs(seconds)).await
            }
            Step::Send(exchange) => {
                let (http, token) = (http.clone(), token.clone());
                open.push(async move { (exchange.id, send(http, token, exchange.request).await) });
            }
            Step::Wait => {
                if let Some((id, answer)) = open.next().await {
                    roster.receive(id, answer);
                }
            }
        }
        accounts += roster.take().accounts.len();
    }
    println!(
        "{accounts} accounts, {} requests, {} at once, {:.3} s: {:?}",
        roster.read().requests,
        pace,
        began.elapsed().as_secs_f64(),
        roster.end()
    );
    for finding in roster.findings() {
        println!("{finding}");
    }
    Ok(())
}

async fn send(http: reqwest::Client, token: HeaderValue, mut request: Request<Vec<u8>>) -> Answer {
    request.headers_mut().insert(header::AUTHORIZATION, token);
    let answered = async {
        let answer = http.execute(request.try_into()?).await?;
        let mut response = Response::new(Vec::new());
        *response.status_mut() = answer.status();
        *response.headers_mut() = answer.headers().clone();
        *response.body_mut() = answer.bytes().await?.into();
        Ok::<_, reqwest::Error>(response)
    };
    answered.await.map_err(|error| TransportFault {
        kind: TransportFaultKind::Other,
        message: error.to_string(),
    })
}
