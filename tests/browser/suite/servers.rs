//! The preview against real SCIM servers, through the relay: its verdict on each person is the one
//! that an independent reading of the server gives, and nothing but GET reaches the server.

use browser::{
    Directory, Peer, PeerKind, Relay, Role, TOKEN, Visit, compared, preview_of, users_of,
};

async fn agree(kind: PeerKind) {
    let peer = Peer::of_fifty(kind).await;
    let users = users_of(peer.url(), TOKEN).await;
    assert_eq!(users.len(), 50, "the server was seeded");
    let directory = Directory::around(&users);
    let relay = Relay::allowing(&[peer.url()]).await;
    Visit::of(relay.url())
        .run(async |page| {
            let verdicts = preview_of(page, peer.url(), TOKEN, &directory).await;
            let (table, wrong) = compared(&directory, &verdicts);
            assert!(wrong.is_empty(), "{table}\n{}", wrong.join("\n"));
            assert_eq!(verdicts.len(), directory.len());
            // The table of the page says the same as the file.
            page.open("#/preview").await;
            for verdict in verdicts.iter().step_by(7) {
                page.type_into("Search names, causes and values", &verdict.name).await;
                let rows = page.within(Role::Grid, "Outcomes");
                // The heading, and the one person.
                rows.expect_count(Role::Row, 2).await;
                rows.expect_text(&verdict.label).await;
                rows.expect_text(&verdict.action).await;
                rows.expect_text(&verdict.reason).await;
            }
        })
        .await;
    let journal = peer.journal();
    assert!(journal.len() > 40, "the preview has asked for every person: {}", journal.len());
    let writes: Vec<_> = journal.iter().filter(|line| line.method != "GET").collect();
    assert!(writes.is_empty(), "a preview only reads: {writes:?}");
    let after = users_of(peer.url(), TOKEN).await;
    assert_eq!(after.len(), users.len());
    assert!(users.iter().all(|user| after.contains(user)), "the preview has changed somebody");
}

#[tokio::test]
async fn preview_and_independent_reading_agree_on_node_scimmy() {
    agree(PeerKind::NodeScimmy).await;
}

#[tokio::test]
async fn preview_and_independent_reading_agree_on_python_scim2() {
    agree(PeerKind::PythonScim2).await;
}
