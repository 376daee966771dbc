//! What goes wrong on the way to an endpoint, and what the page says of it.

use browser::{Page, Peer, PeerKind, Relay, Role, Seeded, TOKEN, Visit};

/// Walks to Connection, through the relay, with one thing that may be wrong.
async fn verdict(kind: PeerKind, path: &str, token: &str, expected: &str) {
    let peer = Peer::start(kind, Seeded { users: 1, ..Seeded::default() }).await;
    let base = peer.url();
    let relay = Relay::allowing(&[base, &format!("{base}{path}")]).await;
    let url = format!("{base}{path}");
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.connect("Relay", &url, token).await;
            page.test_connection(expected).await;
            // The relay tells how far the request came.
            page.expect_text("First byte of the answer").await;
            rail_says(page, expected).await;
        })
        .await;
}

/// The row of steps tells a failed test too, and a good one not as a problem.
async fn rail_says(page: &Page, expected: &str) {
    let words = match expected {
        "Connected" => "Connection Done",
        _ => "Connection Problem: the last connection test failed",
    };
    page.wait_for(Role::Link, words).await;
}

#[tokio::test]
async fn the_right_token_and_path_connect_to_node_scimmy() {
    verdict(PeerKind::NodeScimmy, "", TOKEN, "Connected").await;
}

#[tokio::test]
async fn the_right_token_and_path_connect_to_python_scim2() {
    verdict(PeerKind::PythonScim2, "", TOKEN, "Connected").await;
}

#[tokio::test]
async fn what_left_the_device_is_told_without_the_token_and_the_query() {
    let peer = Peer::start(PeerKind::NodeScimmy, Seeded { users: 1, ..Seeded::default() }).await;
    let relay = Relay::allowing(&[peer.url()]).await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.test_connection("Connected").await;
            let ledger = page.within(Role::Region, "What left this device");
            ledger.expect_text("No request has left this page").await;
            page.connect("Relay", peer.url(), TOKEN).await;
            page.test_connection("Connected").await;
            ledger.expect_text("4 requests have left this page").await;
            ledger.click(Role::Disclosure, "The last requests").await;
            let host = peer.url().strip_prefix("http://").expect("an address");
            ledger.expect_text(&format!("GET {host}/Users")).await;
            let (name, csv) = page.download("Save the ledger").await;
            assert_eq!(name, "ledger.csv");
            assert!(csv.contains(&format!(",Connection,GET,{host}/Users,0,")), "{csv}");
            assert!(csv.contains(",relay,200"), "{csv}");
            assert!(csv.contains(&format!("{host}/ServiceProviderConfig,")), "{csv}");
            assert!(!csv.contains(TOKEN) && !csv.contains("filter"), "{csv}");
        })
        .await;
}

#[tokio::test]
async fn a_wrong_token_is_called_refused_by_node_scimmy() {
    verdict(PeerKind::NodeScimmy, "", "not-the-token", "Token refused (401)").await;
}

#[tokio::test]
async fn a_wrong_token_is_called_refused_by_python_scim2() {
    verdict(PeerKind::PythonScim2, "", "not-the-token", "Token refused (401)").await;
}

#[tokio::test]
async fn a_wrong_path_is_called_not_found() {
    verdict(PeerKind::PythonScim2, "/nowhere", TOKEN, "Not found (404)").await;
}

#[tokio::test]
async fn a_stopped_server_is_called_refused_and_answers_again_once_it_runs() {
    let mut peer = Peer::of_fifty(PeerKind::NodeScimmy).await;
    let url = peer.url().to_owned();
    let relay = Relay::allowing(&[&url]).await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.connect("Relay", &url, TOKEN).await;
            page.test_connection("Connected").await;
            peer.stop().await;
            page.test_connection("Connection refused").await;
        })
        .await;
}

#[tokio::test]
async fn an_endpoint_that_is_not_listed_is_refused_with_the_option_that_lists_it() {
    let peer = Peer::of_fifty(PeerKind::NodeScimmy).await;
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.connect("Relay", peer.url(), TOKEN).await;
            page.test_connection("The relay may not go there").await;
            page.expect_text("--allow").await;
        })
        .await;
    assert_eq!(peer.journal(), [], "the relay went there all the same");
}

#[tokio::test]
async fn a_slow_endpoint_is_given_up_after_the_time_that_was_chosen() {
    let slow = Seeded { users: 1, delay_ms: 4_000, ..Seeded::default() };
    let peer = Peer::start(PeerKind::NodeScimmy, slow).await;
    let relay = Relay::allowing(&[peer.url()]).await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.connect("Relay", peer.url(), TOKEN).await;
            page.click(Role::Disclosure, "Advanced…").await;
            page.choose("Time-out", "1 second").await;
            page.test_connection("No answer in time").await;
            page.expect_text("within 1 second").await;
            page.choose("Time-out", "30 seconds").await;
            page.test_connection("Connected").await;
        })
        .await;
}

#[tokio::test]
async fn the_direct_route_works_where_the_endpoint_answers_cors() {
    let open = Seeded { users: 1, cors_origin: Some("*"), ..Seeded::default() };
    for kind in [PeerKind::NodeScimmy, PeerKind::PythonScim2] {
        let peer = Peer::start(kind, open).await;
        let relay = Relay::closed().await;
        Visit::of(relay.url())
            .run(async |page| {
                page.add_envoy().await;
                page.connect("Direct", peer.url(), TOKEN).await;
                page.test_connection("Connected").await;
            })
            .await;
        let journal = peer.journal();
        let asked: Vec<_> =
            journal.iter().map(|line| (line.method.as_str(), line.status)).collect();
        let each = [("OPTIONS", 204), ("GET", 200)];
        assert_eq!(asked, each.repeat(4), "one preflight for each of the four questions");
    }
}

#[tokio::test]
async fn the_direct_route_tells_cors_from_a_server_that_is_not_there() {
    let mut peer = Peer::of_fifty(PeerKind::NodeScimmy).await;
    let url = peer.url().to_owned();
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.connect("Direct", &url, TOKEN).await;
            page.test_connection("Blocked by the browser (CORS)").await;
            peer.stop().await;
            page.test_connection("Connection refused").await;
        })
        .await;
}

/// What each misbehaviour of the sandbox is called, by the words that switch it on.
const MISBEHAVIOURS: [(&str, &str); 9] = [
    ("Answers every search with everybody…", "The filter is ignored"),
    ("Answers 501 to a search with a filter.", "The endpoint failed (5xx)"),
    ("Answers 400 invalidFilter…", "The query was refused"),
    ("Answers 404 to a search…", "Not found (404)"),
    ("Answers a search with one bare resource…", "Not a list"),
    ("Answers with an HTML page…", "A web page, not SCIM"),
    ("Redirects every request…", "Redirected"),
    ("Says that the token has expired (401).", "Token refused (401)"),
    ("Says that the token may not do this (403).", "Not allowed (403)"),
];

#[tokio::test]
async fn each_misbehaviour_of_an_endpoint_has_its_own_verdict() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.test_connection("Connected").await;
            page.click(Role::Disclosure, "Misbehaviours…").await;
            for (misbehaviour, expected) in MISBEHAVIOURS {
                page.turn(misbehaviour, true).await;
                page.test_connection(expected).await;
                page.turn(misbehaviour, false).await;
            }
            page.test_connection("Connected").await;
        })
        .await;
}

/// The sandbox says how long it takes, two seconds, and the page waits as for any endpoint.
#[tokio::test]
async fn a_slow_sandbox_is_waited_for_up_to_the_time_that_was_chosen() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.test_connection("Connected").await;
            page.click(Role::Disclosure, "Misbehaviours…").await;
            page.turn("Takes its time over every answer.", true).await;
            page.click(Role::Disclosure, "Advanced…").await;
            page.choose("Time-out", "1 second").await;
            page.test_connection("No answer in time").await;
            page.expect_text("within 1 second").await;
            page.choose("Time-out", "30 seconds").await;
            page.test_connection("Connected").await;
            page.invent("10 users").await;
            page.assign("Envoy Pilot").await;
            page.open("#/preview").await;
            page.click_button("Run the preview").await;
            page.click_button("Cancel").await;
            page.expect_text("was cancelled").await;
        })
        .await;
}

#[tokio::test]
async fn misbehaviours_are_found_by_typing_and_chosen_by_the_name_of_a_server() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.test_connection("Connected").await;
            page.click(Role::Disclosure, "Misbehaviours…").await;
            page.choose("Imitate a server", "scim2-server 0.8.3 (Python)").await;
            page.wait_for(Role::Disclosure, "Misbehaviours 14 on").await;
            page.test_connection("Connected").await;

            page.type_into("Search misbehaviours", "patch-without-body").await;
            page.expect_text("1 of 78 misbehaviours").await;
            let group = page.within(Role::Group, "Changing and deleting");
            group.expect_count(Role::CheckBox, 1).await;
            page.wait_until_gone(Role::Group, "Searching").await;
            page.turn("Answers a PATCH that worked with 204…", false).await;
            page.wait_for(Role::Disclosure, "Misbehaviours 13 on").await;
            assert_eq!(page.value_of("Imitate a server").await, "own");

            page.click_button("Switch all off").await;
            page.wait_for(Role::Disclosure, "Misbehaviours").await;
            assert_eq!(page.value_of("Imitate a server").await, "standard");
        })
        .await;
}

#[tokio::test]
async fn a_wrong_entry_is_told_while_typing_and_kept() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.open("#/connection").await;
            page.type_into("Tenant URL", "ftp://app.envoy.com/scim").await;
            page.wait_for(Role::Link, "Connection Problem: …").await;
            page.type_into("Notification e-mail…", "nobody").await;
            page.go_to("People").await;
            page.go_to("Connection").await;
            assert_eq!(page.value_of("Tenant URL").await, "ftp://app.envoy.com/scim");
            assert_eq!(page.value_of("Notification e-mail…").await, "nobody");
        })
        .await;
}

#[tokio::test]
async fn people_that_cannot_be_read_are_refused_with_place_rule_and_repair() {
    let relay = Relay::closed().await;
    let broken = r#"{"users":[{"id":"1","userPrincipalName":"a@contoso.com"},{"id":"1"},{"displayName":7,"id":"3"}]}"#;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.open("#/people").await;
            page.pick("Your own people").await;
            page.paste_into("Or paste them as text", broken).await;
            page.click_button("Read").await;
            page.expect_text("The people were not read: 2 things must be mended").await;
            page.expect_text("users[1].id").await;
            page.expect_text("users[2].displayName").await;
            assert_eq!(page.value_of("Or paste them as text").await, broken);
            page.paste_into("Or paste them as text", "{ \"users\": [").await;
            page.click_button("Read").await;
            page.expect_text("1 thing must be mended").await;
            page.expect_text("line 1").await;
        })
        .await;
}

/// Every third request is refused with 429 and a time to wait: who waits loses nobody.
#[tokio::test]
async fn a_throttled_preview_waits_and_decides_everybody() {
    let relay = Relay::closed().await;
    Visit::of(relay.url())
        .run(async |page| {
            page.add_envoy().await;
            page.invent("10 users").await;
            page.assign("Envoy Pilot").await;
            page.open("#/connection").await;
            page.click(Role::Disclosure, "Misbehaviours…").await;
            page.turn("Answers every nth request with 429…", true).await;
            page.run_preview().await;
            page.wait_for(Role::Button, "Error 0").await;
            page.expect_no_text("The job stopped here").await;
        })
        .await;
}
