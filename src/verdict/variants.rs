//! Where else on the same host the service may be: the paths that SCIM services are known by.

use scim::tenant_url::TenantUrl;

/// Paths by which services are known, behind the host.
const KNOWN: [&str; 6] = ["/scim/v2", "/scim", "/api/scim/v2", "/api/scim", "/v2", "/scim/v1"];

/// Ends of a path that is longer than the service's.
const TAILS: [&str; 5] = ["/Users", "/Groups", "/Schemas", "/v2", "/v1"];

/// Addresses that differ from this one in their path alone, each once, the likely ones first.
pub fn variants(url: &TenantUrl) -> Vec<TenantUrl> {
    let path = url.path();
    let mut paths: Vec<String> = Vec::new();
    let shorter = TAILS.iter().filter_map(|tail| path.strip_suffix(tail)).map(str::to_owned);
    paths.extend(shorter);
    for tail in ["/scim/v2", "/v2", "/scim"] {
        let begins_alike = tail.starts_with("/scim") && path.ends_with("/scim");
        if !path.ends_with(tail) && !begins_alike {
            paths.push(format!("{path}{tail}"));
        }
    }
    paths.extend(KNOWN.map(str::to_owned));
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut found: Vec<TenantUrl> = Vec::new();
    for path in paths {
        let text = format!("{}{path}{query}", url.origin());
        if let Ok(variant) = TenantUrl::parse(&text)
            && variant != *url
            && !found.contains(&variant)
        {
            found.push(variant);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        let url = TenantUrl::parse(text).unwrap();
        variants(&url).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_variant_is_on_the_same_host_and_is_another_address() {
        for text in ["https://a.example:8443", "https://a.example/scim/v2/Users?x=1"] {
            let origin = TenantUrl::parse(text).unwrap().origin();
            let found = of(text);
            assert!(found.len() > 4, "{found:?}");
            assert!(found.iter().all(|it| it.starts_with(&origin) && it != text), "{found:?}");
            let mut once = found.clone();
            once.sort();
            once.dedup();
            assert_eq!(once.len(), found.len(), "{found:?}");
        }
    }

    #[test]
    fn the_likely_ones_come_first() {
        assert_eq!(of("https://a.example/scim/v2/Users")[0], "https://a.example/scim/v2");
        assert_eq!(of("https://a.example/t7")[0], "https://a.example/t7/scim/v2");
        assert_eq!(of("https://a.example/scim")[0], "https://a.example/scim/v2");
        assert!(of("https://a.example/scim?t=1").iter().all(|it| it.ends_with("?t=1")));
    }
}
