//! The command with which an administrator asks a question without this page.
//!
//! The token is never part of it: it is asked for when the command runs, and handed on where other
//! programs of the machine do not see it.

use crate::worker::message::WireRequest;

/// Where the command is run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shell {
    /// curl, from bash or zsh.
    #[default]
    Curl,
    /// PowerShell, 5.1 or later.
    PowerShell,
}

impl Shell {
    /// The command that sends a request and prints the whole reply.
    pub fn command(self, request: &WireRequest, timeout_seconds: u32) -> String {
        match self {
            Self::Curl => curl(request, timeout_seconds),
            Self::PowerShell => powershell(request, timeout_seconds),
        }
    }
}

/// `-q` and `--noproxy` keep a forgotten `.curlrc` from following redirects or asking somebody
/// else; the header comes by a pipe, so that no list of processes shows it.
fn curl(request: &WireRequest, timeout_seconds: u32) -> String {
    let mut lines = vec![
        "printf 'Secret token: '; read -rs SCIM_TOKEN; echo".to_owned(),
        "printf 'Authorization: Bearer %s' \"$SCIM_TOKEN\" |".to_owned(),
        format!(
            "  curl -q --include --silent --show-error --globoff --max-time {timeout_seconds} \\"
        ),
        format!("  --request {} --header @- \\", request.method),
    ];
    for (name, value) in &request.headers {
        lines.push(format!("  --header {} \\", single(&format!("{name}: {value}"), r"'\''")));
    }
    lines.push(format!("  {}; unset SCIM_TOKEN", single(&request.uri, r"'\''")));
    lines.join("\n")
}

fn powershell(request: &WireRequest, timeout_seconds: u32) -> String {
    let text = |text: &str| single(text, "''");
    let mut lines = vec![
        "Add-Type -AssemblyName System.Net.Http".to_owned(),
        "$Token = Read-Host 'Secret token' -AsSecureString".to_owned(),
        "$Handler = New-Object System.Net.Http.HttpClientHandler".to_owned(),
        "$Handler.AllowAutoRedirect = $false".to_owned(),
        "$Client = New-Object System.Net.Http.HttpClient $Handler".to_owned(),
        format!("$Client.Timeout = [TimeSpan]::FromSeconds({timeout_seconds})"),
        "$Request = New-Object System.Net.Http.HttpRequestMessage".to_owned(),
        format!("$Request.Method = {}", text(&request.method)),
        format!("$Request.RequestUri = {}", text(&request.uri)),
    ];
    for (name, value) in &request.headers {
        let (name, value) = (text(name), text(value));
        lines.push(format!("[void]$Request.Headers.TryAddWithoutValidation({name}, {value})"));
    }
    lines.extend(
        [
            "[void]$Request.Headers.TryAddWithoutValidation('Authorization', 'Bearer ' +",
            "  (New-Object System.Net.NetworkCredential '', $Token).Password)",
            "try {",
            "  $Reply = $Client.SendAsync($Request).GetAwaiter().GetResult()",
            "  \"HTTP/$($Reply.Version) $([int]$Reply.StatusCode) $($Reply.ReasonPhrase)\"",
            "  \"$($Reply.Headers)$($Reply.Content.Headers)\"",
            "  $Reply.Content.ReadAsStringAsync().GetAwaiter().GetResult()",
            "} catch { for ($E = $_.Exception; $E; $E = $E.InnerException) { \"Error: $($E.Message)\" } }",
            "$Request.Dispose(); $Client.Dispose(); Remove-Variable Token, Request",
        ]
        .map(str::to_owned),
    );
    lines.join("\n")
}

/// A text in single quotes, in which both shells read everything but the quote as it is.
fn single(text: &str, quote: &str) -> String {
    format!("'{}'", text.replace('\'', quote))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(uri: &str) -> WireRequest {
        WireRequest {
            method: "GET".to_owned(),
            uri: uri.to_owned(),
            headers: vec![("accept".to_owned(), "application/scim+json".to_owned())],
            body: String::new(),
        }
    }

    #[test]
    fn an_address_cannot_leave_its_quotes() {
        let odd = request("https://a.example/it's/$(id)/`id`/Users?filter=a+eq+%22b%22");
        let curl = Shell::Curl.command(&odd, 15);
        assert!(curl.contains(r"'https://a.example/it'\''s/$(id)/`id`/Users?filter=a+eq+%22b%22'"));
        let powershell = Shell::PowerShell.command(&odd, 15);
        assert!(powershell.contains("'https://a.example/it''s/$(id)/`id`/Users"), "{powershell}");
    }

    #[test]
    fn the_token_is_asked_for_and_redirects_are_not_followed() {
        let curl = Shell::Curl.command(&request("https://a.example/Users"), 30);
        assert!(curl.contains("read -rs SCIM_TOKEN") && curl.contains("--header @-"), "{curl}");
        assert!(curl.contains("--max-time 30") && !curl.contains("--location"), "{curl}");
        let powershell = Shell::PowerShell.command(&request("https://a.example/Users"), 30);
        assert!(powershell.contains("-AsSecureString"), "{powershell}");
        assert!(powershell.contains("AllowAutoRedirect = $false"), "{powershell}");
    }
}
