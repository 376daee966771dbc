//! The command that exchanges a client's secret for an access token, and leaves the token in the
//! shell for the commands that follow.
//!
//! Neither is printed, nor shown to other programs of the machine.

use super::{POWERSHELL_CATCH, POWERSHELL_SEND, Shell, powershell_request, single};
use crate::draft::authentication::{Authentication, ClientStyle};
use crate::secret::form;
use crate::worker::message::WireRequest;

impl Shell {
    /// The command for this question to a token endpoint, as the client is to show itself.
    pub fn fetching(self, request: &WireRequest, chosen: &Authentication, seconds: u32) -> String {
        let id = form(chosen.client_id.trim());
        match self {
            Self::Curl => curl(request, &id, chosen.style, seconds),
            Self::PowerShell => powershell(request, &id, chosen.style, seconds),
        }
    }
}

/// A secret as forms write it (RFC 6749 appendix B), in what every shell has.
const SHELL_FORM: &str = r#"scim_form() { printf %s "$1" | od -An -v -tx1 | tr -s ' ' '\n' | while read -r h; do
  case $h in 2[ade]|3[0-9]|[46][1-9a-f]|5[0-9af]|7[0-9a]) printf "\x$h";; 20) printf +;;
    ?*) printf '%%%s' "$h" | tr a-f A-F;; esac; done; }"#;

/// The token out of the reply, and the reply without it. Some services write `/` as `\/`.
const SHELL_TAKE: &str = r#"SCIM_TOKEN=$(printf %s "$SCIM_REPLY" | tr -d '\r\n' |
  sed -n 's/.*"access_token" *: *"\([^"]*\)".*/\1/p' | sed 's#\\/#/#g')
printf '%s\n' "$SCIM_REPLY" | sed 's/\("[a-z_]*_token" *: *\)"[^"]*"/\1"..."/g'; unset SCIM_REPLY"#;

/// What is secret comes to curl by a pipe, as lines of a configuration: letters, digits and signs
/// that mean nothing there.
fn curl(request: &WireRequest, id: &str, style: ClientStyle, seconds: u32) -> String {
    let quoted = |text: &str| single(text, r"'\''");
    let mut lines = vec![
        "printf 'Client secret: '; IFS= read -rs SCIM_SECRET; echo".to_owned(),
        SHELL_FORM.to_owned(),
        "SCIM_SECRET=$(scim_form \"$SCIM_SECRET\")".to_owned(),
        "SCIM_REPLY=$( {".to_owned(),
    ];
    if style != ClientStyle::Form {
        lines.push(format!(
            "  printf 'header = \"Authorization: Basic %s\"\\n' \\\n    \"$(printf '%s:%s' {} \"$SCIM_SECRET\" | base64 | tr -d '\\n')\"",
            quoted(id)
        ));
    }
    if style != ClientStyle::Header {
        lines.push(format!(
            "  printf 'data = \"client_id=%s&client_secret=%s\"\\n' {} \"$SCIM_SECRET\"",
            quoted(id)
        ));
    }
    lines.push(format!(
        "}} | curl -q --include --silent --show-error --globoff --max-time {seconds} \\"
    ));
    lines.push(format!("  --request {} --config - \\", request.method));
    for (name, value) in &request.headers {
        lines.push(format!("  --header {} \\", quoted(&format!("{name}: {value}"))));
    }
    lines.push(format!("  --data {} \\", quoted(&request.body)));
    lines.push(format!("  {} 2>&1); unset SCIM_SECRET", quoted(&request.uri)));
    lines.push(SHELL_TAKE.to_owned());
    lines.join("\n")
}

fn powershell(request: &WireRequest, id: &str, style: ClientStyle, seconds: u32) -> String {
    let text = |text: &str| single(text, "''");
    let mut lines = vec![
        "$Secret = Read-Host 'Client secret' -AsSecureString".to_owned(),
        "$Secret = [Net.WebUtility]::UrlEncode(\n  (New-Object System.Net.NetworkCredential '', $Secret).Password)".to_owned(),
    ];
    lines.extend(powershell_request(request, seconds));
    let own = match style {
        ClientStyle::Header => String::new(),
        _ => format!(" +\n  {} + $Secret", text(&format!("&client_id={id}&client_secret="))),
    };
    lines.push(format!("$Body = [Text.Encoding]::ASCII.GetBytes({}{own})", text(&request.body)));
    lines.extend(
        [
            "$Request.Content = New-Object System.Net.Http.ByteArrayContent (,$Body)",
            "[void]$Request.Content.Headers.TryAddWithoutValidation('Content-Type',\n  'application/x-www-form-urlencoded')",
        ]
        .map(str::to_owned),
    );
    if style != ClientStyle::Form {
        lines.push(format!(
            "[void]$Request.Headers.TryAddWithoutValidation('Authorization', 'Basic ' +\n  [Convert]::ToBase64String([Text.Encoding]::ASCII.GetBytes({} + $Secret)))",
            text(&format!("{id}:"))
        ));
    }
    lines.extend(
        [
            "try {",
            POWERSHELL_SEND,
            "  $Text -replace '(\"[a-z_]*_token\"\\s*:\\s*)\"[^\"]*\"', '$1\"...\"'",
            "  $Token = ConvertTo-SecureString (ConvertFrom-Json $Text).access_token -AsPlainText -Force",
            POWERSHELL_CATCH,
            "$Request.Dispose(); $Client.Dispose(); Remove-Variable Secret, Body, Text, Request -ErrorAction Ignore",
        ]
        .map(str::to_owned),
    );
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::process::{Command, Stdio};

    use super::*;
    use crate::draft::authentication::Method;
    use crate::grant;

    fn chosen(style: ClientStyle) -> Authentication {
        Authentication {
            method: Method::ClientCredentials,
            token_endpoint: "https://login.example.com/it's/token".to_owned(),
            client_id: "wiz'ard ä".to_owned(),
            scope: "scim.read".to_owned(),
            style,
            ..Authentication::default()
        }
    }

    fn command(shell: Shell, style: ClientStyle) -> String {
        let chosen = chosen(style);
        shell.fetching(&grant::question(&chosen).unwrap(), &chosen, 15)
    }

    #[test]
    fn the_client_shows_itself_as_was_chosen_and_nothing_leaves_its_quotes() {
        for (style, header, form) in [
            (ClientStyle::Header, true, false),
            (ClientStyle::Form, false, true),
            (ClientStyle::Both, true, true),
        ] {
            for shell in [Shell::Curl, Shell::PowerShell] {
                let command = command(shell, style);
                assert_eq!(command.contains("Basic"), header, "{command}");
                assert_eq!(command.contains("client_secret="), form, "{command}");
                assert!(command.contains("grant_type=client_credentials&scope=scim%2Eread"));
                assert!(command.contains("wiz%27ard+%C3%A4"), "{command}");
                assert!(!command.contains("it's"), "{command}");
            }
        }
    }

    /// The lines around curl, run by a shell that has a curl of the test's own: it prints what it
    /// was given by the pipe, and a reply.
    #[cfg(unix)]
    #[test]
    fn a_shell_takes_the_token_and_prints_it_nowhere() {
        let reply = r#"HTTP/1.1 200 OK\n\n{"access_token" : "a\\/canary", "id_token":"canary2", "expires_in": 60}"#;
        let script = format!(
            "curl() {{ cat >&3; printf '{reply}'; }}\nexec 3>&1\n{}\nprintf 'kept: %s' \"$SCIM_TOKEN\"",
            command(Shell::Curl, ClientStyle::Both)
        );
        let mut shell = Command::new("bash");
        shell.args(["-c", &script]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let Ok(mut running) = shell.spawn() else { return };
        running.stdin.take().unwrap().write_all("a&b +ä~_z*\n".as_bytes()).unwrap();
        let output = running.wait_with_output().unwrap();
        let told = String::from_utf8(output.stdout).unwrap();
        let secret = "a%26b+%2B%C3%A4%7E_z*";
        assert!(
            told.contains(&format!("client_id=wiz%27ard+%C3%A4&client_secret={secret}\"")),
            "{told}"
        );
        assert!(told.contains("header = \"Authorization: Basic d2l6JTI3"), "{told}");
        assert!(
            told.contains(r#"{"access_token" : "...", "id_token":"...", "expires_in": 60}"#),
            "{told}"
        );
        assert!(told.ends_with("kept: a/canary") && told.matches("canary").count() == 1, "{told}");
    }
}
