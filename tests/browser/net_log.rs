//! Chromium's own record of the network: every request of page and worker, with its headers.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

/// All that went over the network during a visit.
#[derive(Debug)]
pub struct NetLog {
    requests: Vec<NetRequest>,
}

/// One request.
#[derive(Clone, Debug, Default)]
pub struct NetRequest {
    /// Where it went.
    pub url: String,
    /// The origin of the page that made it; `not an origin` for the browser itself.
    pub initiator: String,
    /// Everything recorded of it, among it its headers, as JSON.
    pub record: String,
}

impl NetLog {
    /// Reads the record of a browser that has ended.
    pub(crate) fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).expect("Chromium has written its record");
        let mut lines = text.lines();
        let constants = lines.next().and_then(|line| {
            let line = line.trim_end_matches(',');
            serde_json::from_str::<Value>(&format!("{line}}}")).ok()
        });
        let constants = constants.expect("the record begins with its constants");
        let request_type = constants["constants"]["logSourceType"]["URL_REQUEST"].clone();
        assert!(request_type.is_number(), "the record names its kinds");
        let mut requests: BTreeMap<u64, NetRequest> = BTreeMap::new();
        for line in lines {
            let line = line.trim_end_matches("]}").trim_end_matches(',');
            let Ok(event) = serde_json::from_str::<Value>(line) else { continue };
            if event["source"]["type"] != request_type {
                continue;
            }
            let Some(id) = event["source"]["id"].as_u64() else { continue };
            let request = requests.entry(id).or_default();
            let text = |name: &str| event["params"][name].as_str().map(str::to_owned);
            if let Some(url) = text("url").filter(|_| request.url.is_empty()) {
                request.url = url;
            }
            if let Some(initiator) = text("initiator") {
                request.initiator = initiator;
            }
            request.record.push_str(line);
        }
        Self { requests: requests.into_values().collect() }
    }

    /// The requests, in order.
    pub fn requests(&self) -> &[NetRequest] {
        &self.requests
    }

    /// The addresses that pages asked for; what the browser does for itself is not among them.
    pub fn of_pages(&self) -> Vec<&str> {
        let asked = self.requests.iter().filter(|request| request.initiator.starts_with("http"));
        asked.map(|request| request.url.as_str()).collect()
    }
}
