//! How an administrator gets the JSON: the exact calls, and how their answers are put together.

use leptos::prelude::*;

use crate::ui::{Code, Disclosure};

/// Each call of Microsoft Graph v1.0 with what it is for.
const CALLS: [(&str, &str); 4] = [
    (
        "Users",
        "GET https://graph.microsoft.com/v1.0/users?$select=id,userPrincipalName,displayName,\
         givenName,surname,mail,mailNickname,accountEnabled,userType,employeeId,jobTitle,\
         department,companyName,officeLocation,streetAddress,city,state,postalCode,country,\
         preferredLanguage,businessPhones,mobilePhone,proxyAddresses\
         &$expand=manager($select=id)&$top=999",
    ),
    (
        "Groups with their members",
        "GET https://graph.microsoft.com/v1.0/groups?$select=id,displayName,mailNickname,mail,\
         securityEnabled&$expand=members($select=id)&$top=999",
    ),
    (
        "Assignments",
        "GET https://graph.microsoft.com/v1.0/servicePrincipals/{id}/appRoleAssignedTo?$top=999",
    ),
    ("Roles", "GET https://graph.microsoft.com/v1.0/servicePrincipals/{id}?$select=appRoles"),
];

const SHAPE: &str = r#"{
  "users": <the answer of Users>,
  "groups": <the answer of Groups>,
  "appRoleAssignedTo": <the answer of Assignments>,
  "appRoles": <the list in the answer of Roles>
}"#;

/// The calls, folded away.
#[component]
pub(super) fn GraphCalls() -> impl IntoView {
    let calls = CALLS
        .into_iter()
        .map(|(what, call)| view! { <Code label=what text=call /> })
        .collect_view();
    view! {
        <Disclosure summary="How to get the JSON from Microsoft Graph" note="4 calls".to_owned()>
            <p>
                "Run these in Graph Explorer or a tool of your choice. Reading users and groups \
                 needs User.Read.All and GroupMember.Read.All; assignments and roles need \
                 Application.Read.All. " <code>"{id}"</code>
                " is the object ID of the enterprise application."
            </p>
            {calls}
            <Code label="What to paste" text=SHAPE />
            <p>
                "Only " <code>"users"</code> " is needed; the other parts may be left out. The \
                 answer of Users alone can be pasted as it is."
            </p>
            <ul>
                <li>
                    "An answer with " <code>"@odata.nextLink"</code>
                    " goes on: ask for that address too, put all objects into one list, and leave that member out."
                </li>
                <li>
                    <code>"$expand=members"</code>
                    " may name only the first members of a larger group, without saying so. For those ask "
                    <code>"GET /groups/{id}/members?$select=id"</code> " and put its list into "
                    <code>"members"</code> "."
                </li>
                <li>
                    "Deleted users come from "
                    <code>"GET /directory/deletedItems/microsoft.graph.user"</code>
                    "; an object with " <code>"deletedDateTime"</code> " counts as soft-deleted."
                </li>
            </ul>
        </Disclosure>
    }
}
