//! How the application knows who calls: what was chosen and typed, without any secret.

use scim::tenant_url::TenantUrl;
use serde::{Deserialize, Serialize};

/// The ways to authenticate that Entra has had, for applications of the gallery and others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Method {
    /// A long-lived bearer token, pasted as Secret Token.
    #[default]
    Bearer,
    /// OAuth 2.0 client credentials: a token is fetched for each hour or so.
    ClientCredentials,
    /// User name and password, as HTTP's Basic.
    Basic,
    /// User name and password in Base64, pasted as if they were a token.
    EncodedPassword,
    /// OAuth 2.0 authorization code: somebody consents on a page of the application.
    AuthorizationCode,
    /// Workload identity federation: Entra presents an assertion that it signs itself.
    Federated,
}

/// Where the client's name and secret stand in the question for a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClientStyle {
    /// In the header Authorization (RFC 6749 section 2.3.1).
    #[default]
    Header,
    /// In the body, as `client_id` and `client_secret`.
    Form,
    /// In both.
    Both,
}

/// What was typed of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Authentication {
    /// Which way.
    pub method: Method,
    /// Where tokens are fetched, as typed.
    pub token_endpoint: String,
    /// The client identifier.
    pub client_id: String,
    /// The scopes, parted by blanks.
    pub scope: String,
    /// Where the client's name and secret stand.
    pub style: ClientStyle,
    /// The user name of Basic.
    pub user_name: String,
}

impl Method {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::Bearer,
        Self::ClientCredentials,
        Self::Basic,
        Self::EncodedPassword,
        Self::AuthorizationCode,
        Self::Federated,
    ];

    /// What Entra calls it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Bearer => "Bearer token",
            Self::ClientCredentials => "OAuth 2.0 client credentials",
            Self::Basic => "User name and password (Basic)",
            Self::EncodedPassword => "User name and password in Base64, as the token",
            Self::AuthorizationCode => "OAuth 2.0 authorization code",
            Self::Federated => "Workload identity federation",
        }
    }

    /// The method that a recipe of the gallery names.
    pub fn of_recipe(auth: &str) -> Self {
        match auth {
            "basic" => Self::Basic,
            "oauth-client-credentials" => Self::ClientCredentials,
            "oauth-authorization-code" => Self::AuthorizationCode,
            _ => Self::Bearer,
        }
    }

    /// Whether a page can try it: the others need Entra's own consent page or signature.
    pub fn can_be_tried(self) -> bool {
        !matches!(self, Self::AuthorizationCode | Self::Federated)
    }

    /// Whether it takes a user name and a password.
    pub fn has_password(self) -> bool {
        matches!(self, Self::Basic | Self::EncodedPassword)
    }
}

impl Authentication {
    /// The token endpoint, where it can be used.
    ///
    /// # Errors
    /// The rule that it breaks, with the repair; an empty one breaks none.
    pub fn endpoint(&self) -> Result<Option<TenantUrl>, (String, &'static str)> {
        let typed = self.token_endpoint.trim();
        if typed.is_empty() {
            return Ok(None);
        }
        let repair = "type it like https://login.example.com/oauth2/token";
        let url = TenantUrl::parse(typed)
            .map_err(|fault| (fault.to_string().replace("tenant URL", "token endpoint"), repair))?;
        if !url.is_https() && !super::check::is_loopback(url.host()) {
            let rule = "the token endpoint does not begin with https".to_owned();
            return Err((rule, "type https://: the client secret goes there"));
        }
        Ok(Some(url))
    }

    /// What is missing before a token can be fetched.
    pub fn missing(&self) -> Option<&'static str> {
        match self.endpoint() {
            Ok(None) => Some("type the token endpoint first"),
            Err(_) => Some("mend the token endpoint first"),
            Ok(Some(_)) if self.client_id.trim().is_empty() => {
                Some("type the client identifier first")
            }
            Ok(Some(_)) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(endpoint: &str) -> Authentication {
        Authentication { token_endpoint: endpoint.to_owned(), ..Authentication::default() }
    }

    #[test]
    fn a_token_endpoint_is_https_or_on_this_machine() {
        assert_eq!(at(" ").endpoint(), Ok(None));
        assert!(at("https://login.example.com/token").endpoint().unwrap().is_some());
        assert!(at("http://127.0.0.1:8080/token").endpoint().unwrap().is_some());
        assert!(at("http://login.example.com/token").endpoint().unwrap_err().0.contains("https"));
        let (rule, _) = at("login.example.com").endpoint().unwrap_err();
        assert!(rule.contains("token endpoint"), "{rule}");
    }

    #[test]
    fn what_is_missing_is_told_in_order() {
        assert!(at("").missing().unwrap().contains("token endpoint"));
        let mut typed = at("https://login.example.com/token");
        assert!(typed.missing().unwrap().contains("client identifier"));
        typed.client_id = "wizard".to_owned();
        assert_eq!(typed.missing(), None);
    }

    #[test]
    fn every_word_of_the_gallery_has_its_method() {
        for recipe in crate::gallery::tests::gallery() {
            let expected = match recipe.auth.as_str() {
                "bearer" => Method::Bearer,
                "basic" => Method::Basic,
                "oauth-authorization-code" => Method::AuthorizationCode,
                "oauth-client-credentials" => Method::ClientCredentials,
                other => panic!("{other}"),
            };
            assert_eq!(Method::of_recipe(&recipe.auth), expected);
        }
    }
}
