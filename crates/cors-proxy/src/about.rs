//! What a relay says of itself to whoever is about to send a token through it.

use crate::policy::Use;

/// Who runs it, what it can see, what it keeps, and how to run one's own.
pub(crate) fn text(relay: Use, operator: Option<&str>) -> String {
    let operator = match (operator, relay) {
        (Some(operator), _) => operator,
        (None, Use::Own) => "whoever started it on this machine",
        (None, Use::Shared) => "not told",
    };
    format!(
        "This is a relay for one web page (cors-proxy).\n\
         \n\
         Run by: {operator}\n\
         \n\
         It makes the page's calls to the servers that its operator listed. While it does, token \
         and data pass through its memory in the clear, so its operator could read them.\n\
         \n\
         It writes one line for each call to its operator's terminal: time, method, host, path \
         without names, status, milliseconds, bytes. It writes no query, no header and no body, \
         keeps no file and has no cache. How long the lines are kept is for its operator to say.\n\
         \n\
         Run your own: cors-proxy --serve DIR --allow https://host/path, on your machine. \
         `cors-proxy --help` explains the rest.\n"
    )
}
