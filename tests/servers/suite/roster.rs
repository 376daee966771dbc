//! Everybody read by pages, as a preview reads them.

use std::collections::BTreeSet;

use http::Method;
use provisioning::configuration::default;
use provisioning::configuration::{ObjectKind, ObjectMapping, TargetActions};
use provisioning::cycle::Step;
use provisioning::cycle::roster::{self, End, Roster};
use provisioning::mapping::Mapper;
use provisioning::scoping::ScopingFilter;
use scim::resource::Resource;

use crate::behaviour::{Behaviour, behaviours};
use crate::client::Client;
use crate::paging::{MANY, SIZE};

pub(crate) fn behaviours() -> Vec<Behaviour> {
    let all = behaviours![everybody_is_read_whole_with_few_requests];
    all.into_iter().map(|behaviour| behaviour.among(MANY)).collect()
}

/// What the usual mapping compares.
fn attributes() -> Vec<String> {
    let rows = default::users().into_iter();
    let attributes = rows.map(|row| row.mapping().expect("a row").expect("a sound row")).collect();
    let (actions, filter) = (TargetActions::default(), ScopingFilter::default());
    let kind = ObjectKind::User;
    roster::attributes(&Mapper::new(ObjectMapping {
        kind,
        enabled: true,
        actions,
        attributes,
        filter,
    }))
}

/// Some refuse the attributes of the usual mapping, one begins anew behind the end: all are read
/// whole, with requests that change nothing.
fn everybody_is_read_whole_with_few_requests(client: &mut Client) {
    let mut roster = Roster::new(client.endpoint.clone(), attributes(), 1);
    let (mut attempt, mut came) = (0, BTreeSet::new());
    loop {
        let batch = roster.take();
        if batch.attempt != attempt {
            (attempt, came) = (batch.attempt, BTreeSet::new());
        }
        came.extend(batch.accounts.iter().filter_map(Resource::id).map(str::to_owned));
        match roster.step() {
            Step::Send(exchange) => {
                assert_eq!(exchange.request.method(), Method::GET);
                roster.receive(exchange.id, Ok(client.send(exchange.request)));
            }
            Step::Done => break,
            other => panic!("one request at a time, and no pause: {other:?}"),
        }
    }
    assert_eq!(roster.end(), Some(&End::Complete), "{:?}", roster.findings());
    assert_eq!(came.len(), SIZE);
    let requests = roster.read().requests;
    assert!(requests <= SIZE.div_ceil(100) + 3, "{requests} requests");
}
