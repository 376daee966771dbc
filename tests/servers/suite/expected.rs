//! Where providers differ, or could: what each of them does, in one table.
//!
//! The columns of the two servers are those of `tests/servers/README.md`. A difference that
//! vanishes is a failed test too: the table is to say what is.

use crate::behaviour::{Behaviour, People};
use crate::client::Client;
use crate::target::{Each, all, each};
use crate::{access, discovery, groups, life, paging, refusals, versions};

const SCIM: &str = "application/scim+json";
const INVALID_FILTER: &str = "400 invalidFilter";

/// What is tried, and what comes of it.
struct Row {
    what: &'static str,
    people: People,
    observe: Box<dyn Fn(&mut Client) -> String + Send + Sync>,
    expected: Each<&'static str>,
}

fn row(
    what: &'static str,
    observe: impl Fn(&mut Client) -> String + Send + Sync + 'static,
    expected: Each<&'static str>,
) -> Row {
    Row { what, people: People::Anybody, observe: Box::new(observe), expected }
}

impl Row {
    fn among(self, people: People) -> Self {
        Self { people, ..self }
    }
}

fn rows() -> Vec<Row> {
    vec![
        // Who is let in.
        row("challenge_of_a_wrong_token", access::challenge, each("Bearer", "none", "Bearer")),
        row(
            "configuration_without_a_token",
            access::configuration_without_a_token,
            each("200", "401", "200"),
        ),
        row("schemas_without_a_token", access::schemas_without_a_token, all("401")),
        row("preflight", refusals::preflight, each("401", "401", "405")),
        // What a provider says of itself.
        row(
            "media_type",
            life::media_type,
            each(SCIM, "application/scim+json; charset=utf-8", SCIM),
        ),
        row(
            "abilities",
            discovery::abilities,
            each(
                "patch filter sort etag 200 at most",
                "patch bulk filter sort 200 at most",
                "patch bulk filter changePassword sort etag 1000 at most",
            ),
        ),
        row(
            "attributes_told_otherwise",
            discovery::attributes_told_otherwise,
            each(
                "",
                "groups.$ref groups.value photos.value profileUrl members.$ref members.display members.value manager.$ref",
                "password manager.value",
            ),
        ),
        // What is created.
        row("location", life::location, each("header and meta", "meta alone", "header and meta")),
        row(
            "create_without_schemas",
            refusals::posted(r#"{"userName":"{name}"}"#),
            each("400 invalidSyntax", "201", "201"),
        ),
        row(
            "create_with_a_strange_schema",
            refusals::posted(r#"{"schemas":["urn:x"],"userName":"{name}"}"#),
            all("400 invalidSyntax"),
        ),
        row(
            "create_without_a_name",
            refusals::posted(r#"{"schemas":["{user}"]}"#),
            all("400 invalidValue"),
        ),
        row(
            "create_with_an_empty_name",
            refusals::posted(r#"{"schemas":["{user}"],"userName":""}"#),
            each("400 invalidValue", "201", "201"),
        ),
        row(
            "create_with_a_number_as_name",
            refusals::posted(r#"{"schemas":["{user}"],"userName":7}"#),
            all("400 invalidValue"),
        ),
        row(
            "create_with_a_text_as_boolean",
            refusals::posted(r#"{"schemas":["{user}"],"userName":"{name}","active":"True"}"#),
            each("400 invalidValue", "400 invalidValue", "201"),
        ),
        row(
            "create_with_what_is_unknown",
            refusals::posted(r#"{"schemas":["{user}"],"userName":"{name}","shoeSize":42}"#),
            each("201", "201", "400 invalidSyntax"),
        ),
        row(
            "create_with_an_id",
            refusals::posted(r#"{"schemas":["{user}"],"userName":"{name}","id":"mine"}"#),
            all("201"),
        ),
        row(
            "create_with_nulls",
            refusals::posted(
                r#"{"schemas":["{user}"],"userName":"{name}","title":null,"emails":null}"#,
            ),
            each("201", "400 invalidValue", "201"),
        ),
        row(
            "create_in_capitals",
            refusals::posted(r#"{"SCHEMAS":["{user}"],"USERNAME":"{name}"}"#),
            all("201"),
        ),
        row(
            "create_from_broken_json",
            refusals::posted("{"),
            each("400 invalidSyntax", "400", "400 invalidSyntax"),
        ),
        row("create_from_a_list", refusals::posted("[]"), all("400 invalidSyntax")),
        row(
            "create_from_a_text",
            refusals::posted("\"x\""),
            each("400 invalidSyntax", "400", "400 invalidSyntax"),
        ),
        row(
            "create_from_nothing",
            refusals::posted(""),
            each("400 invalidSyntax", "400 invalidValue", "400 invalidSyntax"),
        ),
        row("create_as_json", refusals::typed("application/json"), all("201")),
        row(
            "create_as_text",
            refusals::typed("text/plain"),
            each("415", "400 invalidValue", "415"),
        ),
        row(
            "create_without_a_media_type",
            refusals::typed(""),
            each("415", "400 invalidValue", "415"),
        ),
        row("create_of_five_megabytes", refusals::five_megabytes, each("413", "413", "201")),
        // What is asked.
        row(
            "filter_without_an_operator",
            refusals::filter("userName"),
            each(INVALID_FILTER, "500", INVALID_FILTER),
        ),
        row(
            "filter_without_a_value",
            refusals::filter("userName+eq"),
            each(INVALID_FILTER, "200", INVALID_FILTER),
        ),
        row(
            "filter_with_an_unknown_operator",
            refusals::filter("userName+xx+%22a%22"),
            all(INVALID_FILTER),
        ),
        row(
            "filter_with_an_open_parenthesis",
            refusals::filter("(userName+eq+%22a%22"),
            all(INVALID_FILTER),
        ),
        row(
            "filter_with_an_open_bracket",
            refusals::filter("emails[type+eq+%22work%22"),
            all(INVALID_FILTER),
        ),
        row(
            "filter_with_an_open_string",
            refusals::filter("userName+eq+%22a"),
            all(INVALID_FILTER),
        ),
        row("filter_that_is_empty", refusals::filter(""), all(INVALID_FILTER)),
        row(
            "filter_that_orders_booleans",
            refusals::filter("active+gt+true"),
            each(INVALID_FILTER, "200", INVALID_FILTER),
        ),
        row(
            "filter_that_compares_a_boolean_with_a_text",
            refusals::filter("active+eq+%22x%22"),
            each("200", "200", INVALID_FILTER),
        ),
        row(
            "email_where_somebody_has_none",
            paging::an_email_where_somebody_has_none,
            each("found", "400 invalidValue", "found"),
        )
        .among(People::Nobody),
        row("search_by_post", refusals::search_by_post, all("found")),
        row(
            "count_that_is_no_number",
            refusals::read("/Users?count=x"),
            each("400 invalidValue", "200", "400 invalidValue"),
        ),
        row("count_below_nothing", refusals::read("/Users?count=-1"), all("200")),
        row(
            "schemas_by_a_filter",
            refusals::read("/Schemas?filter=name+eq+%22User%22"),
            all("403"),
        ),
        row("me", refusals::read("/Me"), all("501")),
        row("put_to_all_users", refusals::a_method_that_is_not_there, each("405", "404", "405")),
        row("bulk", refusals::bulk, each("501", "200", "200")),
        // Pages.
        row("page_without_a_count", paging::a_page_without_a_count, each("200", "20", "250"))
            .among(paging::MANY),
        row("page_past_the_end", paging::a_page_past_the_end, each("0", "10", "0"))
            .among(paging::MANY),
        row("items_of_a_short_page", paging::items_of_a_short_page, each("5", "10", "5"))
            .among(paging::MANY),
        row("order", paging::order, each("as created", "as created", "another"))
            .among(paging::MANY),
        // Changes and versions.
        row(
            "answer_to_a_change",
            life::answer_to_a_change,
            each("200 with the resource", "200 with the resource", "204"),
        ),
        row(
            "answer_to_no_change",
            life::answer_to_no_change,
            each("200 with the resource", "204", "204"),
        ),
        row(
            "patch_without_operations",
            refusals::no_operations,
            each("400 invalidSyntax", "400 invalidValue", "400 invalidValue"),
        ),
        row(
            "version",
            versions::version_told,
            each("header and meta", "header alone", "header and meta"),
        ),
        row(
            "change_of_another_version",
            versions::change_of_another_version,
            each("412", "200", "412"),
        ),
        row("change_of_this_version", versions::change_of_this_version, each("200", "none", "204")),
        row(
            "read_unless_of_this_version",
            versions::read_unless_of_this_version,
            each("304", "none", "304"),
        ),
        // Groups.
        row(
            "group_with_entras_second_schema",
            groups::with_entras_second_schema,
            each("400 invalidSyntax", "201", "400 invalidSyntax"),
        ),
        row("group_of_the_same_name", groups::the_same_name_again, all("201")),
        row("group_with_nobody", groups::with_nobody, each("400 invalidValue", "201", "201")),
        row("deleted_member", groups::deleted_member, each("leaves", "leaves", "stays")),
        row(
            "groups_of_a_user",
            groups::groups_of_a_user,
            each("the group", "the group", "nothing"),
        ),
        row(
            "member_as_entra_asks",
            groups::is_member_as_entra_asks,
            each("found", "400 invalidValue", "found"),
        ),
        row("member_by_value", groups::is_member_by_value, all("found")),
    ]
}

pub(crate) fn behaviours() -> Vec<Behaviour> {
    let behaviour = |Row { what, people, observe, expected }: Row| {
        let check = move |client: &mut Client| {
            let observed = observe(client);
            assert_eq!(observed, expected.of(client.column), "{what}");
        };
        Behaviour::new("differences", what, check).among(people)
    };
    rows().into_iter().map(behaviour).collect()
}
