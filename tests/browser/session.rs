//! A browser of one test: started with an empty profile, watched, and ended.

use std::fmt::Write;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use serde_json::json;
use servers::Program;
use tempfile::TempDir;
use thirtyfour::{CapabilitiesHelper, ChromiumLikeCapabilities, DesiredCapabilities, WebDriver};
use tokio::process::Command;
use tokio::time::{sleep, timeout};

use crate::environment;
use crate::net_log::NetLog;
use crate::page::Page;

/// How long a whole test may take, measurements too.
const WHOLE_TEST: Duration = Duration::from_secs(1_800);
const PAUSE: Duration = Duration::from_millis(40);

/// Tries until there is an answer; says what was waited for, and what was last seen, when there
/// is none in good time.
pub(crate) async fn eventually<T>(
    patience: Duration,
    what: &str,
    mut attempt: impl AsyncFnMut() -> Result<T, String>,
) -> T {
    let begin = Instant::now();
    loop {
        match attempt().await {
            Ok(answer) => return answer,
            Err(seen) if begin.elapsed() > patience => {
                // The driver adds a stack of its own, which tells nothing.
                let seen = seen.split("Stacktrace:").next().unwrap_or_default().trim_end();
                panic!("waited {} s for {what}; {seen}", patience.as_secs())
            }
            Err(_) => sleep(PAUSE).await,
        }
    }
}

/// A visit of a page by one browser.
pub struct Visit {
    url: String,
}

impl Visit {
    /// A visit of the page at this address, in light colours and a window of 1280 by 800.
    pub fn of(url: &str) -> Self {
        Self { url: url.to_owned() }
    }

    /// Runs a test in a browser of its own and ends the browser, whatever happens.
    ///
    /// A failed test leaves a picture and the page's text in `target/browser-failures`. A page
    /// that broke its content security policy or panicked has failed, whatever the test saw.
    pub async fn run(self, test: impl AsyncFnOnce(&Page)) -> NetLog {
        let folder = tempfile::tempdir().expect("there is room for a profile");
        let (driver_program, port) = start_driver().await;
        let address = format!("http://127.0.0.1:{port}");
        let driver = WebDriver::new(address, capabilities(folder.path()))
            .await
            .unwrap_or_else(|error| panic!("no browser: {error}\n{}", driver_program.log()));
        let page = Page::new(driver.clone(), self.url.clone(), downloads_in(&folder));
        let body = AssertUnwindSafe(async {
            page.window(1280, 800).await;
            page.colours("light").await;
            page.open("").await;
            timeout(WHOLE_TEST, test(&page)).await.expect("the test takes too long");
            page.assert_sound().await;
        });
        let outcome = body.catch_unwind().await;
        if outcome.is_err() {
            keep_failure(&page, &driver).await;
        }
        // A browser that is gone already has ended too.
        let _ = driver.quit().await;
        if let Err(panic) = outcome {
            resume_unwind(panic);
        }
        NetLog::read(&net_log_in(folder.path()))
    }
}

async fn start_driver() -> (Program, u16) {
    let mut command = Command::new(environment::chromedriver());
    command.args(["--port=0", "--allowed-ips=127.0.0.1"]);
    Program::start(command, |line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    })
    .await
}

fn capabilities(folder: &Path) -> thirtyfour::ChromeCapabilities {
    let mut wanted = DesiredCapabilities::chrome();
    let chrome = environment::chrome();
    wanted.set_binary(&chrome.to_string_lossy()).expect("a path is JSON");
    let profile = format!("--user-data-dir={}", folder.join("profile").display());
    let net_log = format!("--log-net-log={}", net_log_in(folder).display());
    let flags = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--lang=en-US",
        "--force-prefers-reduced-motion",
        "--net-log-capture-mode=Everything",
        &profile,
        &net_log,
    ];
    for flag in flags {
        wanted.add_arg(flag).expect("a flag is JSON");
    }
    let downloads = folder.join("downloads");
    let preferences = json!({
        "download.default_directory": downloads,
        "download.prompt_for_download": false,
        "profile.default_content_setting_values.automatic_downloads": 1,
    });
    wanted.add_experimental_option("prefs", preferences).expect("preferences are JSON");
    wanted.set("goog:loggingPrefs", json!({ "browser": "ALL" })).expect("a level is JSON");
    wanted
}

fn net_log_in(folder: &Path) -> PathBuf {
    folder.join("net-log.json")
}

fn downloads_in(folder: &TempDir) -> PathBuf {
    let downloads = folder.path().join("downloads");
    std::fs::create_dir(&downloads).expect("there is room for downloads");
    downloads
}

/// Writes what the page looked like and said, for whoever looks into the failure.
async fn keep_failure(page: &Page, driver: &WebDriver) {
    let thread = std::thread::current();
    let name = thread.name().unwrap_or("test").replace("::", "-");
    let folder = environment::project().join("target").join("browser-failures");
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    let mut told = String::new();
    let text = page.text().await;
    let console = page.console().await;
    let url = driver.current_url().await;
    // Writing to a String does not fail.
    let _ = write!(told, "{url:?}\n\n{text}\n\nconsole:\n{}\n", console.join("\n"));
    std::fs::write(folder.join(format!("{name}.txt")), &told).expect("the folder was made");
    let picture = folder.join(format!("{name}.png"));
    // A browser that crashed has no picture to give.
    let _ = driver.screenshot(&picture).await;
    eprintln!("{name}: the page is kept in {}\n{told}", picture.display());
}
