//! A program that a test starts, waits for, listens to, and ends.

use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::mpsc;
use tokio::time::timeout;

/// The longest that a program may take to be ready, on a loaded machine.
const READY_WITHIN: Duration = Duration::from_secs(60);

/// A running program; it is killed when this goes.
pub struct Program {
    child: Child,
    log: Arc<Mutex<String>>,
    /// Ends only with the pipe, so that the program can always write.
    _lines: mpsc::UnboundedReceiver<String>,
}

impl Program {
    /// Starts a program and waits until a line that it prints gives the answer looked for.
    pub async fn start<T>(mut command: Command, ready: impl Fn(&str) -> Option<T>) -> (Self, T) {
        let told = format!("{:?}", command.as_std());
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start {told}: {error}"));
        let (sender, mut lines) = mpsc::unbounded_channel();
        let log = Arc::new(Mutex::new(String::new()));
        follow(child.stdout.take().expect("piped"), &log, sender.clone());
        follow(child.stderr.take().expect("piped"), &log, sender);
        let answer = timeout(READY_WITHIN, async {
            while let Some(line) = lines.recv().await {
                if let Some(answer) = ready(&line) {
                    return Some(answer);
                }
            }
            None
        })
        .await;
        let Ok(Some(answer)) = answer else {
            panic!("{told} did not get ready; it said:\n{}", log.lock().expect("whole"));
        };
        (Self { child, log, _lines: lines }, answer)
    }

    /// All that it has printed so far, on both streams.
    pub fn log(&self) -> String {
        self.log.lock().expect("the readers do not panic").clone()
    }

    /// Ends it now and waits until it is gone.
    pub async fn end(&mut self) {
        self.child.kill().await.expect("a program of this user can be ended");
    }
}

fn follow(
    stream: impl AsyncRead + Unpin + Send + 'static,
    log: &Arc<Mutex<String>>,
    lines: mpsc::UnboundedSender<String>,
) {
    let log = Arc::clone(log);
    tokio::spawn(async move {
        let mut stream = BufReader::new(stream).lines();
        while let Ok(Some(line)) = stream.next_line().await {
            log.lock().expect("the readers do not panic").push_str(&format!("{line}\n"));
            // Once the program is ready nobody has to receive.
            let _ = lines.send(line);
        }
    });
}
