//! The command with which an administrator asks a question without this page.
//!
//! The token is never part of it: it is asked for when the command runs, and handed on where other
//! programs of the machine do not see it.

mod fetching;

use crate::draft::authentication::{Authentication, Method};
use crate::worker::message::WireRequest;

/// What the command asks for when it runs, and how it shows that to the application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Showing {
    /// A token, after the word Bearer.
    Token,
    /// The password of this user, as Basic.
    Basic(String),
    /// The password of this user in Base64, after the word Bearer.
    Encoded(String),
    /// The access token that the command before has left in the shell.
    Fetched,
}

impl Showing {
    /// By the way to authenticate that was chosen.
    pub fn of(chosen: &Authentication) -> Self {
        let user = || chosen.user_name.trim().to_owned();
        match chosen.method {
            Method::Basic => Self::Basic(user()),
            Method::EncodedPassword => Self::Encoded(user()),
            Method::ClientCredentials => Self::Fetched,
            _ => Self::Token,
        }
    }

    fn scheme(&self) -> &'static str {
        if matches!(self, Self::Basic(_)) { "Basic" } else { "Bearer" }
    }

    fn user(&self) -> Option<&str> {
        match self {
            Self::Token | Self::Fetched => None,
            Self::Basic(user) | Self::Encoded(user) => Some(user),
        }
    }

    fn prompt(&self) -> &'static str {
        if self.user().is_some() { "Password" } else { "Secret token" }
    }
}

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
    pub fn command(self, request: &WireRequest, showing: &Showing, seconds: u32) -> String {
        match self {
            Self::Curl => curl(request, showing, seconds),
            Self::PowerShell => powershell(request, showing, seconds),
        }
    }
}

/// `-q` and `--noproxy` keep a forgotten `.curlrc` from following redirects or asking somebody
/// else; the header comes by a pipe, so that no list of processes shows it.
fn curl(request: &WireRequest, showing: &Showing, seconds: u32) -> String {
    let shown = match showing.user() {
        None => "\"$SCIM_TOKEN\"".to_owned(),
        Some(user) => {
            let user = single(user, r"'\''");
            format!("\"$(printf '%s:%s' {user} \"$SCIM_TOKEN\" | base64 | tr -d '\\n')\"")
        }
    };
    let is_kept = *showing == Showing::Fetched;
    let mut lines = Vec::new();
    if !is_kept {
        lines.push(format!("printf '{}: '; IFS= read -rs SCIM_TOKEN; echo", showing.prompt()));
    }
    lines.extend([
        format!("printf 'Authorization: {} %s' {shown} |", showing.scheme()),
        format!("  curl -q --include --silent --show-error --globoff --max-time {seconds} \\"),
        format!("  --request {} --header @- \\", request.method),
    ]);
    for (name, value) in &request.headers {
        lines.push(format!("  --header {} \\", single(&format!("{name}: {value}"), r"'\''")));
    }
    let end = if is_kept { "" } else { "; unset SCIM_TOKEN" };
    lines.push(format!("  {}{end}", single(&request.uri, r"'\''")));
    lines.join("\n")
}

fn powershell(request: &WireRequest, showing: &Showing, seconds: u32) -> String {
    let text = |text: &str| single(text, "''");
    let secret = "(New-Object System.Net.NetworkCredential '', $Token).Password";
    let shown = match showing.user() {
        None => secret.to_owned(),
        Some(user) => format!(
            "[Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes({} + {secret}))",
            text(&format!("{user}:"))
        ),
    };
    let is_kept = *showing == Showing::Fetched;
    let mut lines = Vec::new();
    if !is_kept {
        lines.push(format!("$Token = Read-Host '{}' -AsSecureString", showing.prompt()));
    }
    lines.extend(powershell_request(request, seconds));
    let scheme = showing.scheme();
    lines.push(format!(
        "[void]$Request.Headers.TryAddWithoutValidation('Authorization', '{scheme} ' +\n  {shown})"
    ));
    let token = if is_kept { "" } else { "Token, " };
    lines.extend([
        "try {".to_owned(),
        POWERSHELL_SEND.to_owned(),
        "  $Text".to_owned(),
        POWERSHELL_CATCH.to_owned(),
        format!("$Request.Dispose(); $Client.Dispose(); Remove-Variable {token}Request"),
    ]);
    lines.join("\n")
}

/// Sends the request, prints the head of the reply, and leaves its body in `$Text`.
const POWERSHELL_SEND: &str = r#"  $Reply = $Client.SendAsync($Request).GetAwaiter().GetResult()
  "HTTP/$($Reply.Version) $([int]$Reply.StatusCode) $($Reply.ReasonPhrase)"
  "$($Reply.Headers)$($Reply.Content.Headers)"
  $Text = $Reply.Content.ReadAsStringAsync().GetAwaiter().GetResult()"#;

const POWERSHELL_CATCH: &str =
    r#"} catch { for ($E = $_.Exception; $E; $E = $E.InnerException) { "Error: $($E.Message)" } }"#;

/// The lines that make the request, but for what it shows.
fn powershell_request(request: &WireRequest, seconds: u32) -> Vec<String> {
    let text = |text: &str| single(text, "''");
    let mut lines = vec![
        "Add-Type -AssemblyName System.Net.Http".to_owned(),
        "$Handler = New-Object System.Net.Http.HttpClientHandler".to_owned(),
        "$Handler.AllowAutoRedirect = $false".to_owned(),
        "$Client = New-Object System.Net.Http.HttpClient $Handler".to_owned(),
        format!("$Client.Timeout = [TimeSpan]::FromSeconds({seconds})"),
        "$Request = New-Object System.Net.Http.HttpRequestMessage".to_owned(),
        format!("$Request.Method = {}", text(&request.method)),
        format!("$Request.RequestUri = {}", text(&request.uri)),
    ];
    for (name, value) in &request.headers {
        let (name, value) = (text(name), text(value));
        lines.push(format!("[void]$Request.Headers.TryAddWithoutValidation({name}, {value})"));
    }
    lines
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
        let curl = Shell::Curl.command(&odd, &Showing::Token, 15);
        assert!(curl.contains(r"'https://a.example/it'\''s/$(id)/`id`/Users?filter=a+eq+%22b%22'"));
        let powershell = Shell::PowerShell.command(&odd, &Showing::Token, 15);
        assert!(powershell.contains("'https://a.example/it''s/$(id)/`id`/Users"), "{powershell}");
    }

    #[test]
    fn the_token_is_asked_for_and_redirects_are_not_followed() {
        let asked = request("https://a.example/Users");
        let curl = Shell::Curl.command(&asked, &Showing::Token, 30);
        assert!(curl.contains("read -rs SCIM_TOKEN") && curl.contains("--header @-"), "{curl}");
        assert!(curl.contains("--max-time 30") && !curl.contains("--location"), "{curl}");
        let powershell = Shell::PowerShell.command(&asked, &Showing::Token, 30);
        assert!(powershell.contains("-AsSecureString"), "{powershell}");
        assert!(powershell.contains("AllowAutoRedirect = $false"), "{powershell}");
    }

    #[test]
    fn a_token_that_was_fetched_is_neither_asked_for_nor_thrown_away() {
        let asked = request("https://a.example/Users");
        let curl = Shell::Curl.command(&asked, &Showing::Fetched, 30);
        assert!(curl.starts_with("printf 'Authorization: Bearer %s' \"$SCIM_TOKEN\" |"), "{curl}");
        assert!(!curl.contains("unset") && !curl.contains("read"), "{curl}");
        let powershell = Shell::PowerShell.command(&asked, &Showing::Fetched, 30);
        assert!(powershell.contains("'', $Token)") && !powershell.contains("Read-Host"));
        assert!(powershell.ends_with("Remove-Variable Request"), "{powershell}");
    }

    #[test]
    fn a_user_name_cannot_leave_its_quotes_either() {
        let asked = request("https://a.example/Users");
        let basic = Showing::Basic("o'hara $(id)".to_owned());
        let curl = Shell::Curl.command(&asked, &basic, 30);
        assert!(curl.contains("Password: ") && curl.contains("Authorization: Basic %s"), "{curl}");
        assert!(curl.contains(r"printf '%s:%s' 'o'\''hara $(id)' "), "{curl}");
        let encoded = Showing::Encoded("o'hara".to_owned());
        let powershell = Shell::PowerShell.command(&asked, &encoded, 30);
        assert!(powershell.contains("GetBytes('o''hara:' + "), "{powershell}");
        assert!(powershell.contains("'Bearer ' +"), "{powershell}");
    }
}
