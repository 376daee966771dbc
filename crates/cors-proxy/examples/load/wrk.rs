//! One run of wrk, and what it says.

use std::process::Command;
use std::time::Duration;

pub(crate) const CONNECTIONS: u32 = 32;

pub(crate) struct Heard {
    pub(crate) requests: f64,
    pub(crate) per_second: f64,
    pub(crate) p99: Duration,
}

pub(crate) fn run(url: &str, headers: &[String], seconds: u64) -> Heard {
    let mut wrk = Command::new("wrk");
    wrk.args(["-t1", &format!("-c{CONNECTIONS}"), &format!("-d{seconds}s"), "--latency"]);
    for header in headers {
        wrk.args(["-H", header]);
    }
    let output = wrk.arg(url).output().expect("wrk is installed: `apt-get install wrk`");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!text.contains("Non-2xx") && !text.contains("Socket errors"), "{text}");
    let after = |mark: &str| {
        let line = text.lines().find(|line| line.contains(mark));
        line.unwrap_or_else(|| panic!("no `{mark}` in {text}")).trim()
    };
    let requests = after(" requests in ").split(' ').next().unwrap().parse().unwrap();
    let per_second = after("Requests/sec:").split_whitespace().nth(1).unwrap().parse().unwrap();
    let p99 = read_time(after("99%").split_whitespace().nth(1).unwrap());
    Heard { requests, per_second, p99 }
}

/// A time as wrk writes it: `312.00us`, `4.56ms`, `1.20s`.
fn read_time(text: &str) -> Duration {
    let number = text.trim_end_matches(|sign: char| sign.is_ascii_alphabetic());
    let seconds = match text.trim_start_matches(number) {
        "us" => 1e-6,
        "ms" => 1e-3,
        "s" => 1.0,
        unit => panic!("wrk measures in `{unit}`"),
    };
    Duration::from_secs_f64(number.parse::<f64>().unwrap() * seconds)
}
