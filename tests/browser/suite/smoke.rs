//! x
use browser::*;
#[tokio::test]
async fn smoke() {
    let relay = Relay::closed().await;
    let log = Visit::of(relay.url())
        .run(async |page| {
            println!("{}", page.text().await);
            println!("{:?}", page.names_of(Role::Button).await);
            println!("{:?}", page.names_of(Role::Link).await);
            println!("{:?}", page.console().await);
        })
        .await;
    println!("{:#?}", log.of_pages());
}
