//! How an administrator gets the JSON: the exact calls, and what to do with their answers.

use leptos::prelude::*;

use crate::ui::{Code, Disclosure};

/// Each call of Microsoft Graph v1.0 with what it is for.
const CALLS: [(&str, &str); 5] = [
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
         securityEnabled,groupTypes&$expand=members($select=id)&$top=999",
    ),
    (
        "Assignments",
        "GET https://graph.microsoft.com/v1.0/servicePrincipals/{id}/appRoleAssignedTo?$top=999",
    ),
    ("Roles", "GET https://graph.microsoft.com/v1.0/servicePrincipals/{id}?$select=appRoles"),
    (
        "Deleted users",
        "GET https://graph.microsoft.com/v1.0/directory/deletedItems/microsoft.graph.user\
         ?$select=id,userPrincipalName,displayName,mail,deletedDateTime&$top=999",
    ),
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
        <Disclosure summary="How to get the JSON from Microsoft Graph" note="5 calls".to_owned()>
            <p>
                "Run these in Graph Explorer or a tool of your choice. Reading users and groups \
                 needs User.Read.All and GroupMember.Read.All; assignments and roles need \
                 Application.Read.All. " <code>"{id}"</code>
                " is the object ID of the enterprise application."
            </p>
            {calls}
            <p>
                "Save each answer as a file and read the files together. Only the users are needed; \
                 the other answers may be left out."
            </p>
            <ul>
                <li>
                    "An answer with " <code>"@odata.nextLink"</code>
                    " goes on: ask for that address too, and save its answer as another file. \
                     A last page that is missing is noticed."
                </li>
                <li>
                    <code>"$expand=members"</code>
                    " may name only the first members of a larger group, without saying so. For those ask "
                    <code>"GET /groups/{id}/members?$select=id"</code> " and put its list into "
                    <code>"members"</code>
                    ", or take the portal's download of the group's members as CSV."
                </li>
            </ul>
            <Code label="All of it as one text" text=SHAPE />
        </Disclosure>
    }
}
