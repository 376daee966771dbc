//! A client's round: ask for one user, read the answer, change what was found. `cargo run -p scim --example
//! search_and_patch` prints each step; nothing is sent, for sending is the caller's.

use std::error::Error;

use http::Response;
use scim::answer;
use scim::endpoint::{Endpoint, Search};
use scim::filter::Filter;
use scim::patch::{Dialect, Operation, PatchRequest, apply};
use scim::path::Path;
use scim::schema::Schemas;
use scim::tenant_url::TenantUrl;
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    // Who has this e-mail address? The request is a plain `http::Request`, for any client to send.
    let endpoint = Endpoint::new(TenantUrl::parse("https://app.example/scim/v2")?);
    let email = Path::parse(r#"emails[type eq "work"].value"#)?;
    let question = Search::filtered(Filter::equals(&email, "ada@corp.example"));
    let request = endpoint.search("Users", &question);
    println!("{} {}\n", request.method(), request.uri());

    // What a service provider might have answered.
    let body = json!({
        "schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
        "totalResults": 1,
        "Resources": [{
            "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
            "id": "2819c223",
            "userName": "ada",
            "active": true,
            "emails": [{ "value": "ada@corp.example", "type": "work" }],
        }],
    });
    let list = answer::list(&Response::new(body.to_string().into_bytes()))?;
    let mut ada = list.resources.into_iter().next().ok_or("nobody has that address")?;
    println!("found {}, whose e-mail is {:?}\n", ada.id().unwrap_or_default(), ada.text(&email));

    // Change her: all operations, or none.
    let schemas = Schemas::rfc7643();
    let change = PatchRequest::new(vec![
        Operation::replace(&email, "ada.king@corp.example"),
        Operation::add("name", json!({ "familyName": "King" })),
        Operation::replace("active", false),
    ]);
    println!("{:#}\n", change.to_value());
    apply(&mut ada, &change, &schemas, Dialect::Rfc)?;
    println!("{:#}\n", ada.clone().into_value());

    // Entra's `"False"` is no boolean to the RFC. The answer would be status 400; the title stays away too.
    let refused = PatchRequest::new(vec![
        Operation::add("title", "Countess"),
        Operation::replace("active", "False"),
    ]);
    match apply(&mut ada, &refused, &schemas, Dialect::Rfc) {
        Ok(()) => println!("accepted"),
        Err(error) => println!("refused: {error}"),
    }
    println!("title afterwards: {:?}", ada.get("title"));
    Ok(())
}
