//! The built page: files of one folder, with the headers that hold it together.

use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use axum::body::Body;
use http::header::{
    ACCEPT_ENCODING, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH,
    VARY,
};
use http::{HeaderMap, HeaderValue, Response, StatusCode};

use crate::policy::Refusal;

/// What the page may do, and nothing else.
///
/// - Scripts, styles, fonts and workers come from the relay's own origin; `'wasm-unsafe-eval'`
///   compiles WebAssembly and allows no `eval`. `data:` serves small images in style sheets.
/// - `connect-src` is wide for one reason: a server that answers CORS is called directly, and its
///   host is only known when somebody types it. Plain http goes to this machine and nowhere else.
/// - No form is sent, no base is changed, nobody frames the page.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; \
     script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
     font-src 'self'; connect-src 'self' https: http://127.0.0.1:* http://localhost:*; \
     worker-src 'self'; manifest-src 'self'; form-action 'none'; base-uri 'none'; \
     frame-ancestors 'none'";

const SAFETY: [(&str, &str); 5] = [
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
];

/// A file whose name holds the hash of its content never changes.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// Every other file is asked for again; its tag saves the transfer.
const ASK_AGAIN: &str = "no-cache";

const MEDIA_TYPES: [(&str, &str); 17] = [
    ("css", "text/css; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("gif", "image/gif"),
    ("html", "text/html; charset=utf-8"),
    ("ico", "image/x-icon"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("map", "application/json"),
    ("md", "text/markdown; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("txt", "text/plain; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("webmanifest", "application/manifest+json"),
    ("woff2", "font/woff2"),
];

/// Packed forms of a file that may stand beside it, best first: coding and extension.
const PACKED: [(&str, &str); 2] = [("br", "br"), ("gzip", "gz")];

/// The folder of a built page.
#[derive(Clone, Debug)]
pub struct Page {
    root: PathBuf,
}

impl Page {
    /// The page in `root`.
    ///
    /// # Errors
    /// There is no `index.html` in it.
    pub fn new(root: impl Into<PathBuf>) -> Result<Self, Refusal> {
        let root = root.into();
        if root.join("index.html").is_file() {
            return Ok(Self { root });
        }
        Err(Refusal::new(format!(
            "cannot serve `{}`: it holds no `index.html`; build the page first, or name the \
             folder it was built into",
            root.display()
        )))
    }

    /// Answers a request for `path` with a file, or 404.
    pub(crate) async fn answer(&self, path: &str, headers: &HeaderMap) -> Response<Body> {
        let Some(file) = relative(path) else { return missing() };
        self.file(&file, headers).await.unwrap_or_else(|_| missing())
    }

    async fn file(&self, file: &str, asked: &HeaderMap) -> io::Result<Response<Body>> {
        let plain = self.root.join(file);
        let (chosen, coding) = self.choose(&plain, asked).await;
        let about = tokio::fs::metadata(&chosen).await?;
        let changed = about.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
        let tag = format!("W/\"{:x}-{:x}\"", about.len(), changed.as_nanos());
        let known = asked.get(IF_NONE_MATCH).is_some_and(|value| value == tag.as_str());
        let mut response = if known {
            with_status(StatusCode::NOT_MODIFIED, Body::empty())
        } else {
            with_status(StatusCode::OK, Body::from(tokio::fs::read(&chosen).await?))
        };
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type(&plain)));
        let kept = if is_hashed(file) { IMMUTABLE } else { ASK_AGAIN };
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(kept));
        headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
        if let Ok(tag) = HeaderValue::try_from(tag) {
            headers.insert(ETAG, tag);
        }
        if let Some(coding) = coding {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        Ok(response)
    }

    /// The packed form that the browser accepts, or the file itself.
    async fn choose(&self, plain: &Path, asked: &HeaderMap) -> (PathBuf, Option<&'static str>) {
        let accepted = asked.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
        for (coding, extension) in PACKED {
            let mut packed = plain.as_os_str().to_owned();
            packed.push(".");
            packed.push(extension);
            let wanted = accepted.is_some_and(|accepted| accepts(accepted, coding));
            if wanted && tokio::fs::try_exists(&packed).await.unwrap_or(false) {
                return (packed.into(), Some(coding));
            }
        }
        (plain.to_owned(), None)
    }
}

/// A short answer in plain text, with the page's own safety headers.
pub(crate) fn plain(status: StatusCode, text: impl Into<Body>) -> Response<Body> {
    let mut response = with_status(status, text.into());
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The answer to a method that would change something.
pub(crate) fn read_only() -> Response<Body> {
    let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "this path is only read\n");
    response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    response
}

/// The answer for a path that leads nowhere.
pub(crate) fn missing() -> Response<Body> {
    plain(StatusCode::NOT_FOUND, "there is nothing at this path\n")
}

fn with_status(status: StatusCode, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    for (name, value) in SAFETY {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// The file that a path names, or nothing: only plain names, none of them hidden, so that no path
/// leads out of the folder.
fn relative(path: &str) -> Option<String> {
    let path = path.strip_prefix('/')?;
    let path = if path.is_empty() { "index.html" } else { path };
    let plain = |segment: &str| {
        !segment.is_empty()
            && !segment.starts_with('.')
            && segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    path.split('/').all(plain).then(|| path.to_owned())
}

fn media_type(file: &Path) -> &'static str {
    let extension = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let known = MEDIA_TYPES.iter().find(|(known, _)| known.eq_ignore_ascii_case(extension));
    known.map_or("application/octet-stream", |(_, media_type)| media_type)
}

/// A builder's `name-0123456789abcdef.js` or `name-0123456789abcdef_bg.wasm`.
fn is_hashed(file: &str) -> bool {
    let name = file.rsplit_once('/').map_or(file, |(_, name)| name);
    let Some((_, tail)) = name.rsplit_once('-') else { return false };
    let hash = tail.split(['.', '_']).next().unwrap_or_default();
    hash.len() >= 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether `Accept-Encoding` names a coding with a weight above zero (RFC 9110 §12.5.3).
fn accepts(accepted: &str, coding: &str) -> bool {
    accepted.split(',').any(|entry| {
        let (name, weight) = entry.split_once(';').unwrap_or((entry, "q=1"));
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse().ok());
        name.trim().eq_ignore_ascii_case(coding) && weight.is_some_and(|weight: f32| weight > 0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_never_leads_out_of_the_folder() {
        for path in ["/../secret", "/a/../b", "/%2e%2e/x", "/.git/config", "//etc", "/a\\b", "x"] {
            assert_eq!(relative(path), None, "{path}");
        }
        assert_eq!(relative("/").unwrap(), "index.html");
        assert_eq!(relative("/snippets/a-1/inline0.js").unwrap(), "snippets/a-1/inline0.js");
    }

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        assert!(is_hashed("wizard-0123456789abcdef.js"));
        assert!(is_hashed("wizard-0123456789abcdef_bg.wasm"));
        assert!(is_hashed("style/base-0123456789abcdef.css"));
        for file in ["index.html", "worker.js", "worker_bg.wasm", "a-b.js", "cafe-cafe.js"] {
            assert!(!is_hashed(file), "{file}");
        }
    }

    #[test]
    fn a_packed_form_needs_the_browsers_consent() {
        assert!(accepts("gzip, deflate, br", "br"));
        assert!(accepts("br;q=0.5", "br"));
        assert!(!accepts("br;q=0, gzip", "br"));
        assert!(!accepts("gzip", "br"));
        assert!(!accepts("", "br"));
    }
}
