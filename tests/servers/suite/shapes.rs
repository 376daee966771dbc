//! What is asked of a resource by PATCH, and what providers make of it.

use crate::target::{Each, all, each};

/// The provider shows what `scim` predicts.
pub(crate) const PREDICTED: &str = "as predicted";

/// A resource, operations on it, and their outcome.
pub(crate) struct Shape {
    /// The test's name.
    pub(crate) name: &'static str,
    /// Where resources of its type are.
    pub(crate) endpoint: &'static str,
    /// What the resource has besides a name, and a user's work e-mail, as JSON. `ADA` and `BOB` are the
    /// ids of two users, `E` is the URN of the enterprise extension.
    pub(crate) before: &'static str,
    /// The operations, as JSON, in the RFC's spelling.
    pub(crate) operations: &'static str,
    /// [`PREDICTED`], a refusal, or the members that are shown otherwise.
    pub(crate) outcome: Each<&'static str>,
}

const fn user(
    name: &'static str,
    before: &'static str,
    operations: &'static str,
    outcome: Each<&'static str>,
) -> Shape {
    Shape { name, endpoint: "Users", before, operations, outcome }
}

const fn group(
    name: &'static str,
    before: &'static str,
    operations: &'static str,
    outcome: Each<&'static str>,
) -> Shape {
    Shape { name, endpoint: "Groups", before, operations, outcome }
}

pub(crate) const SHAPES: [Shape; 107] = [
    // Single-valued attributes.
    user("adds_a_title", "{}", r#"[{"op":"add","path":"title","value":"Lead"}]"#, all(PREDICTED)),
    user(
        "adds_a_title_over_another",
        r#"{"title":"Old"}"#,
        r#"[{"op":"add","path":"title","value":"Lead"}]"#,
        all(PREDICTED),
    ),
    user(
        "replaces_a_title",
        r#"{"title":"Old"}"#,
        r#"[{"op":"replace","path":"title","value":"Lead"}]"#,
        all(PREDICTED),
    ),
    user(
        "replaces_a_title_that_is_not_there",
        "{}",
        r#"[{"op":"replace","path":"title","value":"Lead"}]"#,
        all(PREDICTED),
    ),
    user(
        "removes_a_title",
        r#"{"title":"Old"}"#,
        r#"[{"op":"remove","path":"title"}]"#,
        all(PREDICTED),
    ),
    user(
        "removes_a_title_that_is_not_there",
        "{}",
        r#"[{"op":"remove","path":"title"}]"#,
        all(PREDICTED),
    ),
    user(
        "replaces_a_title_by_null",
        r#"{"title":"Old"}"#,
        r#"[{"op":"replace","path":"title","value":null}]"#,
        all(PREDICTED),
    ),
    user(
        "replaces_a_title_by_nothing",
        r#"{"title":"Old"}"#,
        r#"[{"op":"replace","path":"title","value":""}]"#,
        all(PREDICTED),
    ),
    user(
        "replaces_a_title_by_odd_characters",
        r#"{"title":"Old"}"#,
        r#"[{"op":"replace","path":"title","value":"O'Hara + Ü # \"x\" \\ & 日本 😀"}]"#,
        all(PREDICTED),
    ),
    user(
        "replaces_a_title_by_a_number",
        r#"{"title":"Old"}"#,
        r#"[{"op":"replace","path":"title","value":7}]"#,
        all("400 invalidValue"),
    ),
    user(
        "replaces_a_title_by_an_object",
        r#"{"title":"Old"}"#,
        r#"[{"op":"replace","path":"title","value":{"a":1}}]"#,
        all("400 invalidValue"),
    ),
    user(
        "replaces_a_title_wrapped_in_a_list",
        r#"{"title":"Old"}"#,
        r#"[{"op":"replace","path":"title","value":[{"$ref":null,"value":"Lead"}]}]"#,
        all("400 invalidValue"),
    ),
    user(
        "replaces_a_title_in_capitals",
        r#"{"title":"Old"}"#,
        r#"[{"op":"replace","path":"TITLE","value":"Lead"}]"#,
        each(PREDICTED, "400 invalidPath", PREDICTED),
    ),
    user(
        "replaces_a_title_by_its_full_name",
        r#"{"title":"Old"}"#,
        r#"[{"op":"replace","path":"urn:ietf:params:scim:schemas:core:2.0:User:title","value":"Lead"}]"#,
        each(PREDICTED, "400 invalidPath", PREDICTED),
    ),
    user(
        "replaces_a_name",
        "{}",
        r#"[{"op":"replace","path":"userName","value":"renamed.ADA"}]"#,
        all(PREDICTED),
    ),
    user(
        "removes_a_name",
        "{}",
        r#"[{"op":"remove","path":"userName"}]"#,
        each("400 mutability", "400 invalidValue", "400 mutability"),
    ),
    user(
        "replaces_an_id",
        "{}",
        r#"[{"op":"replace","path":"id","value":"other"}]"#,
        all("400 mutability"),
    ),
    user(
        "replaces_a_password",
        "{}",
        r#"[{"op":"replace","path":"password","value":"t1meMa$heen"}]"#,
        all(PREDICTED),
    ),
    user(
        "replaces_an_external_id",
        r#"{"externalId":"a"}"#,
        r#"[{"op":"replace","path":"externalId","value":"b"}]"#,
        all(PREDICTED),
    ),
    // The switch that disables.
    user(
        "disables",
        r#"{"active":true}"#,
        r#"[{"op":"replace","path":"active","value":false}]"#,
        all(PREDICTED),
    ),
    user(
        "disables_by_a_text",
        r#"{"active":true}"#,
        r#"[{"op":"replace","path":"active","value":"False"}]"#,
        each("400 invalidValue", "400 invalidValue", PREDICTED),
    ),
    user(
        "disables_by_a_text_without_path",
        r#"{"active":true}"#,
        r#"[{"op":"replace","value":{"active":"False"}}]"#,
        each("400 invalidValue", "400 invalidValue", PREDICTED),
    ),
    user(
        "enables_by_a_text",
        "{}",
        r#"[{"op":"add","path":"active","value":"True"}]"#,
        each("400 invalidValue", "400 invalidValue", PREDICTED),
    ),
    // Complex attributes.
    user(
        "replaces_a_given_name",
        r#"{"name":{"givenName":"Ada","familyName":"Byron"}}"#,
        r#"[{"op":"replace","path":"name.givenName","value":"Augusta"}]"#,
        all(PREDICTED),
    ),
    user(
        "adds_a_given_name",
        "{}",
        r#"[{"op":"add","path":"name.givenName","value":"Ada"}]"#,
        all(PREDICTED),
    ),
    user(
        "removes_a_given_name",
        r#"{"name":{"givenName":"Ada","familyName":"Byron"}}"#,
        r#"[{"op":"remove","path":"name.givenName"}]"#,
        all(PREDICTED),
    ),
    user(
        "replaces_a_part_of_the_whole_name",
        r#"{"name":{"givenName":"Ada","familyName":"Byron"}}"#,
        r#"[{"op":"replace","path":"name","value":{"givenName":"Augusta"}}]"#,
        each(PREDICTED, r#"{"name":{"givenName":"Augusta"}}"#, PREDICTED),
    ),
    user(
        "removes_the_whole_name",
        r#"{"name":{"givenName":"Ada","familyName":"Byron"}}"#,
        r#"[{"op":"remove","path":"name"}]"#,
        all(PREDICTED),
    ),
    user(
        "adds_an_unknown_part",
        "{}",
        r#"[{"op":"add","path":"name.nick","value":"A"}]"#,
        all("400 invalidPath"),
    ),
    // Elements of a list, as Entra names them.
    user(
        "replaces_the_work_email",
        r#"{"emails":[{"type":"home","value":"h@example.test","display":"H"},{"type":"work","value":"w@example.test"}]}"#,
        r#"[{"op":"replace","path":"emails[type eq \"work\"].value","value":"n@example.test"}]"#,
        all(PREDICTED),
    ),
    user(
        "adds_over_the_work_email",
        r#"{"emails":[{"type":"home","value":"h@example.test","display":"H"},{"type":"work","value":"w@example.test"}]}"#,
        r#"[{"op":"add","path":"emails[type eq \"work\"].value","value":"n@example.test"}]"#,
        all(PREDICTED),
    ),
    user(
        "adds_the_first_email",
        r#"{"emails":null}"#,
        r#"[{"op":"add","path":"emails[type eq \"work\"].value","value":"n@example.test"}]"#,
        all("400 noTarget"),
    ),
    user(
        "adds_a_work_email_beside_another",
        r#"{"emails":[{"type":"home","value":"h@example.test"}]}"#,
        r#"[{"op":"add","path":"emails[type eq \"work\"].value","value":"n@example.test"}]"#,
        all("400 noTarget"),
    ),
    user(
        "replaces_a_work_email_that_is_not_there",
        r#"{"emails":[{"type":"home","value":"h@example.test"}]}"#,
        r#"[{"op":"replace","path":"emails[type eq \"work\"].value","value":"n@example.test"}]"#,
        all("400 noTarget"),
    ),
    user(
        "replaces_by_two_conditions",
        r#"{"emails":[{"type":"work","value":"w@example.test","primary":true},{"type":"home","value":"h@example.test"}]}"#,
        r#"[{"op":"replace","path":"emails[type eq \"work\" and primary eq true].value","value":"n@example.test"}]"#,
        all(PREDICTED),
    ),
    user(
        "replaces_a_whole_element",
        r#"{"emails":[{"type":"home","value":"h@example.test","display":"H"},{"type":"work","value":"w@example.test"}]}"#,
        r#"[{"op":"replace","path":"emails[type eq \"work\"]","value":{"type":"work","value":"n@example.test","primary":true}}]"#,
        all(PREDICTED),
    ),
    user(
        "removes_an_element",
        r#"{"emails":[{"type":"home","value":"h@example.test","display":"H"},{"type":"work","value":"w@example.test"}]}"#,
        r#"[{"op":"remove","path":"emails[type eq \"work\"]"}]"#,
        all(PREDICTED),
    ),
    user(
        "removes_the_last_element",
        r#"{"emails":[{"type":"work","value":"w@example.test"}]}"#,
        r#"[{"op":"remove","path":"emails[type eq \"work\"]"}]"#,
        all(PREDICTED),
    ),
    user(
        "removes_an_element_that_is_not_there",
        r#"{"emails":[{"type":"home","value":"h@example.test"}]}"#,
        r#"[{"op":"remove","path":"emails[type eq \"work\"]"}]"#,
        all(PREDICTED),
    ),
    user(
        "removes_a_part_of_an_element",
        r#"{"emails":[{"type":"home","value":"h@example.test","display":"H"},{"type":"work","value":"w@example.test"}]}"#,
        r#"[{"op":"remove","path":"emails[type eq \"home\"].display"}]"#,
        all(PREDICTED),
    ),
    user(
        "makes_another_element_primary",
        r#"{"emails":[{"type":"work","value":"w@example.test","primary":true},{"type":"home","value":"h@example.test"}]}"#,
        r#"[{"op":"replace","path":"emails[type eq \"home\"].primary","value":true}]"#,
        each(
            PREDICTED,
            r#"{"emails":[{"value":"w@example.test","type":"work","primary":true},{"value":"h@example.test","type":"home","primary":true}]}"#,
            PREDICTED,
        ),
    ),
    user(
        "replaces_a_locality",
        r#"{"addresses":[{"type":"work","locality":"Bonn","country":"DE"}]}"#,
        r#"[{"op":"replace","path":"addresses[type eq \"work\"].locality","value":"Berlin"}]"#,
        all(PREDICTED),
    ),
    user(
        "adds_an_address_part_by_part",
        "{}",
        r#"[{"op":"add","path":"addresses[type eq \"work\"].locality","value":"Berlin"},{"op":"add","path":"addresses[type eq \"work\"].country","value":"DE"}]"#,
        all("400 noTarget"),
    ),
    user(
        "adds_a_mobile_number",
        r#"{"phoneNumbers":[{"type":"work","value":"1"}]}"#,
        r#"[{"op":"add","path":"phoneNumbers[type eq \"mobile\"].value","value":"2"}]"#,
        all("400 noTarget"),
    ),
    // Whole lists.
    user(
        "adds_an_email",
        r#"{"emails":[{"type":"work","value":"w@example.test"}]}"#,
        r#"[{"op":"add","path":"emails","value":[{"type":"home","value":"h@example.test"}]}]"#,
        all(PREDICTED),
    ),
    user(
        "adds_an_email_without_a_list",
        r#"{"emails":[{"type":"work","value":"w@example.test"}]}"#,
        r#"[{"op":"add","path":"emails","value":{"type":"home","value":"h@example.test"}}]"#,
        all(PREDICTED),
    ),
    user(
        "adds_an_email_again",
        r#"{"emails":[{"type":"home","value":"h@example.test"}]}"#,
        r#"[{"op":"add","path":"emails","value":[{"type":"home","value":"h@example.test"}]}]"#,
        each(
            PREDICTED,
            r#"{"emails":[{"value":"h@example.test","type":"home"},{"value":"h@example.test","type":"home"}]}"#,
            PREDICTED,
        ),
    ),
    user(
        "adds_another_primary_email",
        r#"{"emails":[{"type":"work","value":"w@example.test","primary":true}]}"#,
        r#"[{"op":"add","path":"emails","value":[{"type":"home","value":"h@example.test","primary":true}]}]"#,
        each(
            PREDICTED,
            r#"{"emails":[{"value":"w@example.test","type":"work","primary":true},{"value":"h@example.test","type":"home","primary":true}]}"#,
            PREDICTED,
        ),
    ),
    user(
        "replaces_all_emails",
        r#"{"emails":[{"type":"work","value":"w@example.test"}]}"#,
        r#"[{"op":"replace","path":"emails","value":[{"type":"home","value":"h@example.test"}]}]"#,
        all(PREDICTED),
    ),
    user(
        "replaces_all_emails_by_none",
        r#"{"emails":[{"type":"work","value":"w@example.test"}]}"#,
        r#"[{"op":"replace","path":"emails","value":[]}]"#,
        each(PREDICTED, r#"{"emails":[]}"#, PREDICTED),
    ),
    user(
        "removes_all_emails",
        r#"{"emails":[{"type":"home","value":"h@example.test","display":"H"},{"type":"work","value":"w@example.test"}]}"#,
        r#"[{"op":"remove","path":"emails"}]"#,
        all(PREDICTED),
    ),
    user(
        "adds_a_role_as_entra_does",
        "{}",
        r#"[{"op":"add","path":"roles","value":[{"value":"{\"id\":\"r\",\"value\":\"v\",\"displayName\":\"d\"}"}]}]"#,
        all(PREDICTED),
    ),
    user(
        "asserts_the_roles_as_entra_does",
        r#"{"roles":[{"value":"old"}]}"#,
        r#"[{"op":"replace","path":"roles","value":[{"primary":false,"type":"WindowsAzureActiveDirectoryRole","display":"R","value":"R"}]}]"#,
        each(PREDICTED, "400 invalidValue", PREDICTED),
    ),
    // Without a path.
    user(
        "replaces_two_without_path",
        r#"{"title":"Old"}"#,
        r#"[{"op":"replace","value":{"title":"Lead","displayName":"Ada"}}]"#,
        all(PREDICTED),
    ),
    user(
        "adds_two_without_path",
        r#"{"title":"Old"}"#,
        r#"[{"op":"add","value":{"title":"Lead","displayName":"Ada"}}]"#,
        all(PREDICTED),
    ),
    user(
        "replaces_a_part_without_path",
        r#"{"name":{"givenName":"Ada","familyName":"Byron"}}"#,
        r#"[{"op":"replace","value":{"name":{"givenName":"Augusta"}}}]"#,
        all(PREDICTED),
    ),
    user(
        "replaces_by_a_dotted_key",
        r#"{"name":{"givenName":"Ada","familyName":"Byron"}}"#,
        r#"[{"op":"replace","value":{"name.givenName":"Augusta"}}]"#,
        each("400 invalidPath", PREDICTED, PREDICTED),
    ),
    user(
        "adds_by_a_dotted_key",
        "{}",
        r#"[{"op":"add","value":{"name.givenName":"Ada"}}]"#,
        each("400 invalidPath", PREDICTED, PREDICTED),
    ),
    user(
        "replaces_by_a_filtered_key",
        r#"{"emails":[{"type":"work","value":"w@example.test"}]}"#,
        r#"[{"op":"replace","value":{"emails[type eq \"work\"].value":"n@example.test"}}]"#,
        each("400 invalidPath", PREDICTED, "400 invalidValue"),
    ),
    user(
        "replaces_by_a_full_key",
        r#"{"E":{"department":"Old"}}"#,
        r#"[{"op":"replace","value":{"E:department":"R&D"}}]"#,
        each("400 invalidPath", PREDICTED, PREDICTED),
    ),
    user(
        "adds_by_a_full_key",
        "{}",
        r#"[{"op":"add","value":{"E:department":"R&D"}}]"#,
        each("400 invalidPath", PREDICTED, PREDICTED),
    ),
    user(
        "replaces_in_an_extension_without_path",
        r#"{"E":{"department":"Old","division":"North"}}"#,
        r#"[{"op":"replace","value":{"E":{"department":"R&D"}}}]"#,
        all(PREDICTED),
    ),
    user(
        "adds_an_extension_without_path",
        "{}",
        r#"[{"op":"add","value":{"E":{"department":"R&D"}}}]"#,
        all(PREDICTED),
    ),
    user(
        "adds_what_is_unknown_without_path",
        "{}",
        r#"[{"op":"add","value":{"shoeSize":"42"}}]"#,
        each("400 invalidPath", "400 invalidPath", "400 invalidValue"),
    ),
    // The enterprise extension.
    user(
        "replaces_a_department",
        r#"{"E":{"department":"Old"}}"#,
        r#"[{"op":"replace","path":"E:department","value":"R&D"}]"#,
        all(PREDICTED),
    ),
    user(
        "adds_the_first_of_an_extension",
        "{}",
        r#"[{"op":"add","path":"E:department","value":"R&D"}]"#,
        all(PREDICTED),
    ),
    user(
        "removes_one_of_an_extension",
        r#"{"E":{"department":"Old","division":"North"}}"#,
        r#"[{"op":"remove","path":"E:department"}]"#,
        all(PREDICTED),
    ),
    user(
        "removes_the_last_of_an_extension",
        r#"{"E":{"department":"Old"}}"#,
        r#"[{"op":"remove","path":"E:department"}]"#,
        all(r#"{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"]}"#),
    ),
    user(
        "adds_a_whole_extension",
        "{}",
        r#"[{"op":"add","path":"E","value":{"department":"R&D"}}]"#,
        all(PREDICTED),
    ),
    user(
        "removes_a_whole_extension",
        r#"{"E":{"department":"Old"}}"#,
        r#"[{"op":"remove","path":"E"}]"#,
        each(
            r#"{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"]}"#,
            "400 invalidValue",
            r#"{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"]}"#,
        ),
    ),
    user(
        "replaces_a_department_without_its_urn",
        r#"{"E":{"department":"Old"}}"#,
        r#"[{"op":"replace","path":"department","value":"R&D"}]"#,
        all("400 invalidPath"),
    ),
    // Managers, in all the shapes that are seen.
    user(
        "adds_a_manager",
        "{}",
        r#"[{"op":"add","path":"E:manager","value":{"value":"ADA"}}]"#,
        all(PREDICTED),
    ),
    user(
        "replaces_a_manager",
        r#"{"E":{"manager":{"value":"BOB"}}}"#,
        r#"[{"op":"replace","path":"E:manager","value":{"value":"ADA"}}]"#,
        all(PREDICTED),
    ),
    user(
        "adds_a_manager_as_a_plain_id",
        "{}",
        r#"[{"op":"add","path":"E:manager","value":"ADA"}]"#,
        all("400 invalidValue"),
    ),
    user(
        "adds_a_manager_in_a_list",
        "{}",
        r#"[{"op":"add","path":"E:manager","value":[{"value":"ADA"}]}]"#,
        all("400 invalidValue"),
    ),
    user(
        "adds_a_manager_as_documented",
        "{}",
        r#"[{"op":"add","path":"manager","value":[{"$ref":null,"value":"ADA"}]}]"#,
        all("400 invalidPath"),
    ),
    user(
        "adds_the_value_of_a_manager",
        "{}",
        r#"[{"op":"add","path":"E:manager.value","value":"ADA"}]"#,
        each(PREDICTED, "400 noTarget", PREDICTED),
    ),
    user(
        "replaces_the_value_of_a_manager",
        r#"{"E":{"manager":{"value":"BOB"}}}"#,
        r#"[{"op":"replace","path":"E:manager.value","value":"ADA"}]"#,
        each(PREDICTED, "400 noTarget", PREDICTED),
    ),
    user(
        "removes_a_manager",
        r#"{"E":{"department":"R&D","manager":{"value":"BOB"}}}"#,
        r#"[{"op":"remove","path":"E:manager"}]"#,
        all(PREDICTED),
    ),
    user(
        "replaces_a_manager_by_nothing",
        r#"{"E":{"manager":{"value":"BOB"}}}"#,
        r#"[{"op":"replace","path":"E:manager","value":""}]"#,
        all("400 invalidValue"),
    ),
    // Several operations, and requests that make no sense.
    user(
        "does_one_after_the_other",
        r#"{"title":"Old"}"#,
        r#"[{"op":"replace","path":"title","value":"Lead"},{"op":"remove","path":"title"},{"op":"add","path":"displayName","value":"Ada"}]"#,
        all(PREDICTED),
    ),
    user(
        "does_all_or_none",
        r#"{"title":"Old"}"#,
        r#"[{"op":"replace","path":"title","value":"Lead"},{"op":"replace","path":"shoeSize","value":"42"}]"#,
        all("400 invalidPath"),
    ),
    user(
        "adds_what_is_unknown",
        "{}",
        r#"[{"op":"add","path":"shoeSize","value":"42"}]"#,
        all("400 invalidPath"),
    ),
    user("adds_without_a_value", "{}", r#"[{"op":"add","path":"title"}]"#, all("400 invalidValue")),
    user("removes_without_a_path", "{}", r#"[{"op":"remove"}]"#, all("400 noTarget")),
    user(
        "names_no_path_at_all",
        "{}",
        r#"[{"op":"add","path":"emails[type eq","value":"x"}]"#,
        all("400 invalidPath"),
    ),
    user(
        "adds_a_group_to_a_user",
        "{}",
        r#"[{"op":"add","path":"groups","value":[{"value":"ADA"}]}]"#,
        each("400 mutability", "accepted, mutability by scim", "400 mutability"),
    ),
    // Groups.
    group(
        "renames",
        "{}",
        r#"[{"op":"replace","path":"displayName","value":"New"}]"#,
        all(PREDICTED),
    ),
    group(
        "renames_without_path",
        "{}",
        r#"[{"op":"replace","value":{"displayName":"New"}}]"#,
        all(PREDICTED),
    ),
    group(
        "renames_with_another_id",
        "{}",
        r#"[{"op":"replace","value":{"id":"x","displayName":"New"}}]"#,
        all("400 mutability"),
    ),
    group(
        "removes_a_group_name",
        "{}",
        r#"[{"op":"remove","path":"displayName"}]"#,
        each("400 mutability", "400 invalidValue", "400 mutability"),
    ),
    group(
        "adds_a_member",
        "{}",
        r#"[{"op":"add","path":"members","value":[{"value":"ADA"}]}]"#,
        all(PREDICTED),
    ),
    group(
        "adds_a_member_with_an_empty_reference",
        "{}",
        r#"[{"op":"add","path":"members","value":[{"$ref":null,"value":"ADA"}]}]"#,
        all(PREDICTED),
    ),
    group(
        "adds_a_member_with_all_that_is_known",
        "{}",
        r#"[{"op":"add","path":"members","value":[{"value":"ADA","type":"User","display":"Ada"}]}]"#,
        all(PREDICTED),
    ),
    group(
        "adds_a_member_without_a_list",
        "{}",
        r#"[{"op":"add","path":"members","value":{"value":"ADA"}}]"#,
        all(PREDICTED),
    ),
    group(
        "adds_a_member_without_path",
        "{}",
        r#"[{"op":"add","value":{"members":[{"value":"ADA"}]}}]"#,
        all(PREDICTED),
    ),
    group(
        "adds_two_members",
        "{}",
        r#"[{"op":"add","path":"members","value":[{"value":"ADA"},{"value":"BOB"}]}]"#,
        all(PREDICTED),
    ),
    group(
        "adds_a_second_member",
        r#"{"members":[{"value":"ADA"}]}"#,
        r#"[{"op":"add","path":"members","value":[{"value":"BOB"}]}]"#,
        all(PREDICTED),
    ),
    group(
        "adds_a_member_again",
        r#"{"members":[{"value":"ADA"}]}"#,
        r#"[{"op":"add","path":"members","value":[{"value":"ADA"}]}]"#,
        each(PREDICTED, r#"{"members":[{"value":"ADA"},{"value":"ADA"}]}"#, PREDICTED),
    ),
    group(
        "adds_nobody",
        r#"{"members":[{"value":"ADA"}]}"#,
        r#"[{"op":"add","path":"members","value":[]}]"#,
        all(PREDICTED),
    ),
    group(
        "adds_who_does_not_exist",
        "{}",
        r#"[{"op":"add","path":"members","value":[{"value":"nobody"}]}]"#,
        each("400 invalidValue", PREDICTED, PREDICTED),
    ),
    group(
        "replaces_the_members",
        r#"{"members":[{"value":"ADA"}]}"#,
        r#"[{"op":"replace","path":"members","value":[{"value":"BOB"}]}]"#,
        all(PREDICTED),
    ),
    group(
        "removes_a_member",
        r#"{"members":[{"value":"ADA"},{"value":"BOB"}]}"#,
        r#"[{"op":"remove","path":"members[value eq \"ADA\"]"}]"#,
        all(PREDICTED),
    ),
    group(
        "removes_the_last_member",
        r#"{"members":[{"value":"ADA"}]}"#,
        r#"[{"op":"remove","path":"members[value eq \"ADA\"]"}]"#,
        all(PREDICTED),
    ),
    group(
        "removes_who_is_no_member",
        r#"{"members":[{"value":"ADA"}]}"#,
        r#"[{"op":"remove","path":"members[value eq \"BOB\"]"}]"#,
        all(PREDICTED),
    ),
    group(
        "removes_a_member_by_a_list",
        r#"{"members":[{"value":"ADA"},{"value":"BOB"}]}"#,
        r#"[{"op":"remove","path":"members","value":[{"value":"ADA"}]}]"#,
        each("400 invalidSyntax", PREDICTED, "400 invalidValue"),
    ),
    group(
        "removes_all_members",
        r#"{"members":[{"value":"ADA"},{"value":"BOB"}]}"#,
        r#"[{"op":"remove","path":"members"}]"#,
        all(PREDICTED),
    ),
];
