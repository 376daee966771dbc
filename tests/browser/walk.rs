//! The walk to the preview of any server that somebody starts: `cargo xtask test walk`.
//!
//! Reads at most fifty users of the server, makes people around them, and compares the preview's
//! verdict on each with what the reading says. The server is only read.

use browser::{Directory, Relay, Visit, compared, environment, preview_of, users_of};

const URL: &str = "SCIM_WIZARD_TEST_URL";
const TOKEN: &str = "SCIM_WIZARD_TEST_TOKEN";

#[tokio::test]
async fn walk() {
    let (Some(url), Some(token)) = (environment::text(URL), environment::text(TOKEN)) else {
        println!("not walked: {URL} and {TOKEN} name the server to walk to, and its token");
        return;
    };
    let url = url.trim_end_matches('/');
    let users = users_of(url, &token).await;
    let directory = Directory::around(&users);
    let relay = Relay::allowing(&[url]).await;
    Visit::of(relay.url())
        .run(async |page| {
            let verdicts = preview_of(page, url, &token, &directory).await;
            let (table, wrong) = compared(&directory, &verdicts);
            println!("{url}: {} users were read\n{table}", users.len());
            assert!(wrong.is_empty(), "the readings differ:\n{}", wrong.join("\n"));
            println!("{} verdicts agree with an independent reading", verdicts.len());
        })
        .await;
}
