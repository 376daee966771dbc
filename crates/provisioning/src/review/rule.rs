//! The table of all rules: name, repair, source and date, and the function that judges.

use super::{Found, View};
use super::{
    action, assignment, filter, matching, matching_value, published, reference, role, source,
    target, value,
};

/// A rule with what does not depend on the configuration.
pub(super) struct Rule {
    /// The stable name, in kebab case.
    pub(super) id: &'static str,
    /// What to do about it.
    pub(super) repair: &'static str,
    /// The page that says so, and its edition.
    pub(super) source: Source,
    /// What finds it.
    pub(super) judge: fn(&View<'_>) -> Vec<Found>,
}

/// A page by its title, and its edition.
type Source = (&'static str, &'static str);

const MAPPINGS: Source = ("Customize user provisioning attribute-mappings", "August 2026");
const SCIM: Source = ("Develop and plan provisioning for a SCIM endpoint", "September 2026");
const WORKS: Source =
    ("How application provisioning works in Microsoft Entra ID", "September 2026");
const FUNCTIONS: Source =
    ("Reference for writing expressions for attribute mappings", "April 2026");
const FILTERS: Source =
    ("Scoping users or groups to be provisioned with scoping filters", "August 2026");
const ISSUES: Source = ("Known issues for provisioning in Microsoft Entra ID", "September 2026");
const RFC: Source = ("RFC 7643, section 4.1.1", "September 2015");

macro_rules! rules {
    ($($id:literal, $source:ident, $module:ident::$judge:ident, $repair:literal;)*) => {
        /// All rules, in the order in which they are shown.
        pub(super) const RULES: &[Rule] = &[
            $(Rule { id: $id, repair: $repair, source: $source, judge: $module::$judge },)*
        ];
    };
}

rules! {
    "no-matching-attribute", MAPPINGS, matching::none,
        "Mark one row, usually userName or externalId, with \"Match objects using this attribute\".";
    "matching-precedence-shared", MAPPINGS, matching::precedence_shared,
        "Give each matching row a precedence of its own; the lowest is asked first.";
    "matching-attribute-not-filterable", SCIM, matching::not_filterable,
        "Match by an attribute that the application can search with eq: userName, externalId, or emails[type eq \"work\"].value.";
    "matching-attribute-not-unique", MAPPINGS, matching::not_unique,
        "Match by an attribute that only one person can have: userName, externalId or an e-mail address.";
    "matching-attribute-may-drop-out", MAPPINGS, matching::may_drop_out,
        "Give the matching row a source that always yields a value.";
    "matching-value-constant", MAPPINGS, matching::constant,
        "Match by a row whose value differs from person to person.";
    "matching-value-empty", MAPPINGS, matching_value::empty,
        "Fill the source attribute, or match by a second attribute as well.";
    "matching-value-shared", MAPPINGS, matching_value::shared,
        "Give everybody a value of their own, or match by another attribute.";
    "matching-value-case", MAPPINGS, matching_value::differs_by_case,
        "Write the values in one case in the directory, or put ToLower around the source.";
    "matching-value-special-character", ISSUES, matching_value::special_character,
        "Try one of these people with provision on demand, or match by another attribute.";
    "matching-value-blank", MAPPINGS, matching_value::blank_at_an_end,
        "Remove the blank in the directory, or put StripSpaces around the source.";
    "active-not-mapped", WORKS, action::active_not_mapped,
        "Add a row to `active` with IIF([IsSoftDeleted] = \"True\", \"False\", \"True\").";
    "active-stays-on", WORKS, action::active_stays_on,
        "Write the row so that it yields False while IsSoftDeleted is True.";
    "active-only-at-creation", WORKS, action::active_only_at_creation,
        "Apply the row always.";
    "update-off", WORKS, action::update_off,
        "Tick Update under Target object actions.";
    "create-off", MAPPINGS, action::create_off,
        "Tick Create under Target object actions, unless accounts are made elsewhere.";
    "delete-off", WORKS, action::delete_off,
        "Tick Delete under Target object actions, unless accounts are removed elsewhere.";
    "leavers-stay", WORKS, action::leavers_stay,
        "Remove SkipOutOfScopeDeletions, unless accounts are to outlive the assignment.";
    "leavers-are-deleted", WORKS, action::leavers_are_deleted,
        "Try one leaver with provision on demand first; what is deleted does not come back.";
    "deletions-above-threshold", WORKS, action::above_threshold,
        "Repair the scope, or be ready to choose \"Allow deletes\" when the job is quarantined.";
    "deletions-without-threshold", WORKS, action::without_threshold,
        "Switch on \"Prevent accidental deletion\" with a threshold and an e-mail address.";
    "maps-id", MAPPINGS, target::maps_id,
        "Delete the row; the application gives ids itself. Map to externalId instead.";
    "duplicate-target", MAPPINGS, target::duplicate,
        "Keep one of the rows.";
    "overlapping-target", MAPPINGS, target::overlapping,
        "Write either the whole attribute or its parts.";
    "extension-name-form", MAPPINGS, target::extension_name_form,
        "Name it urn:ietf:params:scim:schemas:extension:<Name>:2.0:User:<attribute>.";
    "extension-not-simple", MAPPINGS, target::extension_not_simple,
        "Map to a single value of the extension that is no reference.";
    "target-not-supported", MAPPINGS, target::not_supported,
        "Delete the row.";
    "active-not-boolean", RFC, target::active_not_boolean,
        "Declare `active` as a Boolean in the target attribute list.";
    "user-name-case-exact", RFC, target::user_name_case_exact,
        "Clear \"Exact case\" for `userName` in the target attribute list.";
    "required-unmapped", SCIM, target::required_unmapped,
        "Add a row with that target.";
    "required-without-source", MAPPINGS, target::required_without_source,
        "Give the row a source, or a default value.";
    "published-required-unmapped", SCIM, published::required_unmapped,
        "Add a row with that target.";
    "target-not-published", SCIM, published::not_published,
        "Check the name with the application's maker, or delete the row.";
    "target-declared-otherwise", SCIM, published::declared_otherwise,
        "Declare the attribute in the target attribute list as the application publishes it.";
    "switch-applied-always", FUNCTIONS, value::switch_applied_always,
        "Write it with IIF, or apply it only during object creation.";
    "expression-cannot-run", FUNCTIONS, value::cannot_run,
        "Correct the expression; every person fails as it stands.";
    "unique-value-in-application", FUNCTIONS, value::select_unique,
        "Use an expression without SelectUniqueValue; it is for inbound jobs.";
    "changes-every-cycle", FUNCTIONS, value::changes_every_cycle,
        "Apply the row only during object creation.";
    "never-cleared", ISSUES, value::never_cleared,
        "Send a text that means nothing to the application, for example \"-\", or clear the value there.";
    "default-not-on-updates", MAPPINGS, value::default_not_on_updates,
        "Put the default into the expression with Coalesce, so that existing accounts get it too.";
    "required-value-missing", MAPPINGS, value::required_missing,
        "Fill the source attribute, or give the row a default value.";
    "row-yields-nothing", FUNCTIONS, value::yields_nothing,
        "Complete the expression, for example with Coalesce, or accept that nothing is sent.";
    "row-fails", MAPPINGS, value::fails,
        "Correct the source attribute or the expression; until then these people are not provisioned.";
    "first-of-several", MAPPINGS, value::first_of_several,
        "Pick the value with an expression such as Item([proxyAddresses], 1), or map a single-valued attribute.";
    "source-attribute-case", MAPPINGS, source::case,
        "Write the name exactly as the directory does; names are case-sensitive.";
    "source-attribute-of-nobody", MAPPINGS, source::of_nobody,
        "Check the name, and add the attribute to the attribute list for Microsoft Entra ID.";
    "roles-with-sync-all", MAPPINGS, role::with_sync_all,
        "Choose \"Sync only assigned users and groups\", or remove the row.";
    "roles-mapped-directly", MAPPINGS, role::mapped_directly,
        "Use SingleAppRoleAssignment or AssertiveAppRoleAssignmentsComplex.";
    "roles-never-removed", MAPPINGS, role::never_removed,
        "Use AssertiveAppRoleAssignmentsComplex, which replaces the roles.";
    "several-roles-for-one", MAPPINGS, role::several_for_one,
        "Assign one role only, or use AssertiveAppRoleAssignmentsComplex.";
    "default-access-as-role", MAPPINGS, role::default_access,
        "Assign one of the application's roles in place of Default Access.";
    "default-access-does-not-count", WORKS, role::default_access_does_not_count,
        "Assign one of the application's roles, or make a new provisioning configuration.";
    "role-not-defined", MAPPINGS, role::not_defined,
        "Remove the assignment and assign a role that the application still defines.";
    "reference-not-direct", MAPPINGS, reference::not_direct,
        "Use the mapping type Direct for manager and members.";
    "members-not-mapped", MAPPINGS, reference::members_not_mapped,
        "Add a row from members to members, or switch group provisioning off.";
    "manager-out-of-scope", WORKS, reference::manager_out_of_scope,
        "Bring the managers into scope first; after that only a restart adds the reference.";
    "member-out-of-scope", WORKS, reference::member_out_of_scope,
        "Assign the members too; after that only a restart adds the membership.";
    "filter-unusable", FILTERS, filter::unusable,
        "Correct the clause; nobody can be judged as it stands.";
    "filter-without-clauses", FILTERS, filter::without_clauses,
        "Add a clause, or remove the filter.";
    "filter-drops-empty", FILTERS, filter::drops_empty,
        "Add a scoping filter with IS NULL for the same attribute.";
    "filter-near-miss", FILTERS, filter::near_miss,
        "Correct the values in the directory, or compare with a regular expression.";
    "filter-regex-partial", FILTERS, filter::partial_match,
        "Write ^ and $, with .* where more may stand, so that both readings agree.";
    "filter-fragment", FILTERS, filter::fragment,
        "Write one scoping filter with EQUALS for each value.";
    "everybody-in-scope", WORKS, filter::everybody,
        "Choose \"Sync only assigned users and groups\", or add a scoping filter.";
    "nobody-in-scope", WORKS, filter::nobody,
        "Assign people to the application, and check the scoping filters.";
    "nested-group-assigned", WORKS, assignment::nested,
        "Assign the inner groups themselves; nested groups are never expanded.";
    "group-not-security-enabled", WORKS, assignment::not_security_enabled,
        "Assign a security group with the same members.";
    "disabled-user-assigned", WORKS, assignment::disabled,
        "Enable the account first: who was never provisioned is not created while disabled.";
    "deleted-user-assigned", WORKS, assignment::deleted,
        "Restore the user, or remove the assignment.";
    "assignment-not-read", WORKS, assignment::not_read,
        "Read all users and groups of the tenant, or remove assignments of deleted objects.";
}
