//! I06: options, wherever they are written, and the help that lists them.

use std::path::PathBuf;
use std::time::Duration;

use crate::program::{ask, program, refused, session_key, start};
use crate::upstream::{Step, Upstream};
use crate::world::{Answer, exchange};

const ENVOY: &str = "https://app.envoy.com/scim/v2";

/// A file with options, removed at the end.
struct Written(PathBuf);

impl Written {
    fn new(name: &str, text: &str) -> Self {
        let name = format!("cors-proxy-{}-{name}.conf", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, text).unwrap();
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        // What the system does not remove now, it removes with its other temporary files.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// What the program says when it does not start with this environment.
async fn refused_with(variables: &[(&str, &str)]) -> String {
    let output = program(&[]).envs(variables.iter().copied()).output().await.unwrap();
    assert_eq!(output.status.code(), Some(2), "{variables:?}");
    String::from_utf8(output.stderr).unwrap()
}

#[tokio::test]
async fn i06_an_unknown_or_unsafe_option_stops_the_start() {
    let envoy = "https://app.envoy.com/scim/v2";
    assert!(refused(&[]).await.contains("--allow"));
    assert!(refused(&["--allow", envoy, "--alow-any-public"]).await.contains("--help"));
    assert!(refused(&["--allow"]).await.contains("--help"));
    assert!(refused(&["--allow", "http://app.envoy.com/scim"]).await.contains("https"));
    assert!(refused(&["--listen", "localhost", "--allow", envoy]).await.contains("127.0.0.1:4180"));
    let shared = ["--listen", "0.0.0.0:0", "--allow", "http://127.0.0.1:8901/scim/v2"];
    assert!(refused(&shared).await.contains("listen on loopback"));
    assert!(refused(&["--listen", "0.0.0.0:0", "--allow", envoy]).await.contains("--origin"));
    assert!(refused(&["--serve", "/nonexistent"]).await.contains("index.html"));
    assert!(refused(&["--allow", envoy, "--calls-per-minute", "0"]).await.contains("above 0"));
    assert!(refused(&["--allow", envoy, "--origin", "tool.example"]).await.contains("--origin"));
}

#[tokio::test]
async fn i06_an_option_is_given_once() {
    let twice = ["--allow", ENVOY, "--listen", "127.0.0.1:0", "--listen", "127.0.0.1:1"];
    let message = refused(&twice).await;
    assert!(message.contains("`--listen 127.0.0.1:1` is given twice"), "{message}");
}

#[tokio::test]
async fn i06_an_unknown_variable_stops_the_start() {
    let message = refused_with(&[("CORS_PROXY_ALOW", ENVOY)]).await;
    assert!(message.contains("`CORS_PROXY_ALOW`, which is no option"), "{message}");
    let message = refused_with(&[("CORS_PROXY_ALLOW_ANY_PUBLIC", "yes")]).await;
    assert!(message.contains("`CORS_PROXY_ALLOW_ANY_PUBLIC=yes`"), "{message}");
    assert!(message.contains("write `true` or `false`"), "{message}");
    let entries = format!("{ENVOY} http://a.example/");
    let message = refused_with(&[("CORS_PROXY_ALLOW", &entries)]).await;
    assert!(message.contains("`CORS_PROXY_ALLOW=http://a.example/`"), "{message}");
    assert!(message.contains("plain http"), "{message}");
}

#[tokio::test]
async fn i06_an_unknown_name_in_a_file_is_told_with_its_place() {
    for (name, line, told) in [
        ("unknown", "alow = https://a.example", "`alow` is no option"),
        ("nested", "config = other.conf", "`config` is no option"),
        ("shape", "allow https://a.example", "write `name = value`"),
        ("switch", "allow-any-public = on", "write `true` or `false`"),
        ("rate", "calls-per-minute = many", "not a whole number above 0"),
        ("entry", "allow = http://a.example/", "plain http"),
        ("twice", "listen = 127.0.0.1:1", "given twice"),
    ] {
        let text = format!("# a comment\nallow = {ENVOY}\nlisten = 127.0.0.1:0\n{line}\n");
        let file = Written::new(name, &text);
        let message = refused(&["--config", file.path()]).await;
        assert!(message.contains(told), "{message}");
        assert!(message.contains(&format!("`{}`, line 4", file.path())), "{message}");
    }
    let message = refused(&["--config", "/nonexistent"]).await;
    assert!(message.contains("cannot read `/nonexistent`"), "{message}");
}

#[tokio::test]
async fn a_flag_goes_before_the_environment_and_that_before_the_file() {
    let mut upstreams = Vec::new();
    for _ in 0..3 {
        upstreams.push(Upstream::ok().await.url("/scim"));
    }
    let [flag, variable, line] = [&upstreams[0], &upstreams[1], &upstreams[2]];
    let text = format!("listen = 127.0.0.1:0\nallow = {line}\n");
    let file = Written::new("precedence", &text);
    // Which of the three may be reached, with the file always, and with the others as given.
    for (by_flag, by_variable, reached) in [
        (true, true, [200, 403, 403]),
        (false, true, [403, 200, 403]),
        (false, false, [403, 403, 200]),
    ] {
        let mut command = program(&["--config", file.path()]);
        command.args(by_flag.then_some(["--allow", flag]).into_iter().flatten());
        command.envs(by_variable.then_some(("CORS_PROXY_ALLOW", variable)));
        let (_child, address) = start(command).await;
        let key = session_key(address).await;
        for (target, status) in upstreams.iter().zip(reached) {
            let headers = format!("x-relay-key: {key}\r\nx-relay-target: {target}\r\n");
            assert_eq!(ask(address, "/relay", &headers).await.status, status, "{target}");
        }
    }
}

#[tokio::test]
async fn the_file_may_be_named_in_the_environment() {
    let upstream = Upstream::ok().await.url("/scim");
    let file = Written::new("named", &format!("listen = 127.0.0.1:0\nallow = {upstream}\n"));
    let mut command = program(&[]);
    command.env("CORS_PROXY_CONFIG", file.path());
    let (_child, address) = start(command).await;
    assert_eq!(ask(address, "/healthz", "").await.status, 200);
}

#[tokio::test]
async fn i06_limits_are_bounded_and_fit_together() {
    for (option, value, most) in [
        ("--reply-bytes", "5M", "1073741824"),
        ("--reply-bytes", "0", "1073741824"),
        ("--request-bytes", "67108865", "67108864"),
        ("--call-seconds", "3601", "3600"),
        ("--connect-seconds", "-1", "3600"),
    ] {
        let message = refused(&["--allow", ENVOY, option, value]).await;
        assert!(message.contains(&format!("`{option} {value}` is not")), "{message}");
        assert!(message.contains(&format!("above 0 and up to {most}")), "{message}");
    }
    for (option, value) in [("--call-seconds", "10"), ("--connect-seconds", "20")] {
        let message = refused(&["--allow", ENVOY, option, value]).await;
        assert!(message.contains("none may be longer than the next"), "{message}");
        assert!(message.contains(&format!("{value} s")), "{message}");
    }
}

#[tokio::test]
async fn limits_of_size_and_time_are_options_everywhere() {
    let slow = Upstream::does(vec![Step::Wait(Duration::from_secs(5))]).await.url("/scim");
    let quick = Upstream::ok().await.url("/scim");
    let text = "first-byte-seconds = 1\nconnect-seconds = 1\n";
    let file = Written::new("limits", text);
    let mut command = program(&["--listen", "127.0.0.1:0", "--config", file.path()]);
    command.args(["--allow", &quick, "--allow", &slow, "--reply-bytes", "1"]);
    command.env("CORS_PROXY_REQUEST_BYTES", "2");
    let (_child, address) = start(command).await;
    let key = session_key(address).await;
    let to = |target: &str| format!("x-relay-key: {key}\r\nx-relay-target: {target}\r\n");
    let fault = ask(address, "/relay", &to(&quick)).await;
    fault.expect_fault(502, "reply_too_large");
    let fault = ask(address, "/relay", &to(&slow)).await;
    fault.expect_fault(504, "upstream_timeout");
    let body = "content-type: application/json\r\ncontent-length: 3\r\nconnection: close";
    let head = format!("POST /relay HTTP/1.1\r\nhost: {address}\r\n{}{body}", to(&quick));
    let answer = exchange(address, format!("{head}\r\n\r\n[1]").as_bytes()).await;
    Answer::read(answer).expect_fault(413, "request_too_large");
}

#[tokio::test]
async fn help_teaches_and_needs_nothing_else() {
    let output = program(&["--help"]).output().await.unwrap();
    assert!(output.status.success());
    let help = String::from_utf8(output.stdout).unwrap();
    for option in [
        "--allow",
        "--allow-private",
        "--allow-read",
        "--allow-any-public",
        "--serve",
        "--listen",
        "--origin",
        "--calls-per-minute",
        "--target-calls-per-minute",
        "--connect-seconds",
        "--first-byte-seconds",
        "--call-seconds",
        "--request-bytes",
        "--reply-bytes",
        "--trusted-proxy",
        "--operator",
        "--config",
        "CORS_PROXY_ALLOW",
        "/relay/about",
        "x-relay-target",
        "EXAMPLES",
        "READY",
    ] {
        assert!(help.contains(option), "{option}");
    }
    assert!(help.lines().all(|line| line.len() <= 80));
}
