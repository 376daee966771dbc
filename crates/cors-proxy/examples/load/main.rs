//! The relay under load, beside nginx with the same headers, in one run.
//!
//! `cargo run --release -p cors-proxy --example load` prints the table of the README. It needs
//! Linux, and the programs `nginx` and `wrk` (Debian packages of the same names). Both proxies
//! take turns, round by round, and what is printed are medians of the rounds' ratios: other work
//! on the machine then weighs on both alike. `-- --rounds 9 --seconds 5` makes it last longer.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a measurement that cannot go on must end"
)]

mod nginx;
mod process;
mod slow;
mod wrk;

use std::net::SocketAddr;
use std::time::Duration;

use nginx::Nginx;
use process::Process;

/// What an API of this kind answers when nobody is found.
const REPLY: &str = r#"{"schemas":["urn:example:ListResponse"],"totalResults":0,"startIndex":1}"#;
const PATH: &str = "/scim/v2/Users?filter=userName%20eq%20%22ada%40contoso.com%22";

/// Everything that runs, and how it is asked.
struct Bench {
    relay: Process,
    relay_address: SocketAddr,
    key: String,
    kept: Nginx,
    fresh: Nginx,
    upstream: Nginx,
}

/// Rounds and seconds of each.
struct Length {
    rounds: usize,
    seconds: u64,
}

/// One proxy in one round.
#[derive(Clone, Copy)]
struct Measured {
    per_second: f64,
    p99: f64,
    cpu: f64,
}

fn main() {
    let length = read_length();
    let bench = Bench::start();
    println!(
        "{} rounds of {} s each, {} connections\n",
        length.rounds,
        length.seconds,
        wrk::CONNECTIONS
    );
    let before = bench.relay.resident();
    bench.compare(&length);
    bench.slow_clients();
    bench.large_replies();
    println!(
        "\nmemory of the relay: {before} KiB at the start, {} KiB at the end, {} KiB at the most",
        bench.relay.resident(),
        bench.relay.peak()
    );
}

impl Bench {
    fn start() -> Self {
        let upstream = Nginx::upstream(REPLY);
        let fresh = Nginx::proxy(&upstream, PATH, false);
        let kept = Nginx::proxy(&upstream, PATH, true);
        let entry = format!("http://{}/scim/v2", upstream.address);
        let (relay, relay_address) = process::relay(&entry);
        let key = process::session_key(relay_address);
        Self { relay, relay_address, key, kept, fresh, upstream }
    }

    fn headers(&self, path: &str) -> Vec<String> {
        vec![
            format!("x-relay-target: http://{}{path}", self.upstream.address),
            format!("x-relay-key: {}", self.key),
            format!("authorization: Bearer {}", "t".repeat(120)),
            "accept: application/json".to_owned(),
        ]
    }

    /// Relay and nginx by turns.
    fn compare(&self, length: &Length) {
        let headers = self.headers(PATH);
        let relay = |seconds| measure(self.relay_address, &headers, seconds, &self.relay);
        let kept = |seconds| measure(self.kept.address, &headers, seconds, &self.kept.process);
        let fresh = |seconds| measure(self.fresh.address, &headers, seconds, &self.fresh.process);
        for warm_up in [&relay as &dyn Fn(u64) -> Measured, &kept, &fresh] {
            warm_up(1);
        }
        let mut rounds = Vec::new();
        for round in 0..length.rounds {
            // The order changes, so that no one always comes after the same.
            let seconds = length.seconds;
            let (ours, kept, fresh) = match round % 3 {
                0 => (relay(seconds), kept(seconds), fresh(seconds)),
                1 => {
                    let (kept, fresh) = (kept(seconds), fresh(seconds));
                    (relay(seconds), kept, fresh)
                }
                _ => {
                    let (fresh, ours) = (fresh(seconds), relay(seconds));
                    (ours, kept(seconds), fresh)
                }
            };
            println!(
                "round {}: relay {:.0}/s, nginx {:.0}/s, nginx without keepalive {:.0}/s",
                round + 1,
                ours.per_second,
                kept.per_second,
                fresh.per_second
            );
            rounds.push((ours, kept, fresh));
        }
        println!("\n| relay in multiples of nginx | connections to the upstream kept | not kept |");
        println!("|---|---|---|");
        let row = |name: &str, of: fn(&Measured) -> f64| {
            let kept = median(rounds.iter().map(|(ours, kept, _)| of(ours) / of(kept)));
            let fresh = median(rounds.iter().map(|(ours, _, fresh)| of(ours) / of(fresh)));
            println!("| {name} | {kept:.2} | {fresh:.2} |");
        };
        row("requests per second", |measured| measured.per_second);
        row("p99", |measured| measured.p99);
        row("CPU time per request", |measured| measured.cpu);
    }

    /// A fast client beside a thousand that never finish their request's head.
    fn slow_clients(&self) {
        let request = self.request(PATH);
        let alone = slow::latencies(self.relay_address, &request, 500);
        let crowd = slow::half_heads(self.relay_address, slow::CROWD);
        let beside = slow::latencies(self.relay_address, &request, 500);
        println!(
            "\nbeside {} slow clients, p99 of a fast one is {:.2} of what it is without ({:?} to {:?})",
            crowd.len(),
            beside.as_secs_f64() / alone.as_secs_f64(),
            alone,
            beside
        );
    }

    /// A fast client beside a thousand, each from an address of its own, that asked for five
    /// mebibytes and do not read them; three times, to see what stays.
    fn large_replies(&self) {
        for _ in 0..3 {
            let large = self.request("/scim/v2/large");
            let crowd = slow::unread(self.relay_address, &large, slow::CROWD);
            // Until the kernel's buffers are full, the machine is busy filling them.
            std::thread::sleep(Duration::from_secs(5));
            let beside = slow::latencies(self.relay_address, &self.request(PATH), 500);
            let held = self.relay.resident();
            let count = crowd.len();
            drop(crowd);
            std::thread::sleep(Duration::from_secs(2));
            println!(
                "beside {count} clients that do not read their 5 MiB, p99 of a fast one is \
                 {beside:?}; memory of the relay {held} KiB, afterwards {} KiB",
                self.relay.resident()
            );
        }
    }

    fn request(&self, path: &str) -> String {
        let headers = self.headers(path).join("\r\n");
        format!("GET /relay HTTP/1.1\r\nhost: {}\r\n{headers}\r\n\r\n", self.relay_address)
    }
}

fn measure(address: SocketAddr, headers: &[String], seconds: u64, server: &Process) -> Measured {
    let before = server.ticks();
    let heard = wrk::run(&format!("http://{address}/relay"), headers, seconds);
    let ticks = (server.ticks() - before) as f64;
    Measured {
        per_second: heard.per_second,
        p99: heard.p99.as_secs_f64(),
        cpu: ticks / heard.requests,
    }
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn read_length() -> Length {
    let mut length = Length { rounds: 5, seconds: 3 };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next().and_then(|value| value.parse::<u32>().ok());
        match (word.as_str(), value) {
            ("--rounds", Some(value)) if value > 0 => length.rounds = value as usize,
            ("--seconds", Some(value)) if value > 0 => length.seconds = u64::from(value),
            _ => panic!("use `--rounds 5 --seconds 3`"),
        }
    }
    length
}
