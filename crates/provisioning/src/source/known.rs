//! What is known of Entra's attributes by their names: their types, and the two names that some
//! have (the user and group resource types of Microsoft Graph v1.0; Microsoft's published mappings,
//! SCIM tutorial, September 2026). Whatever reads people goes by it.

/// Attributes that are text, so that another type is a mistake.
pub(crate) const TEXTS: [&str; 9] = [
    "displayName",
    "userPrincipalName",
    "mail",
    "mailNickname",
    "givenName",
    "surname",
    "jobTitle",
    "department",
    "mobilePhone",
];

/// Attributes that are true or false.
pub(crate) const BOOLEANS: [&str; 3] = ["accountEnabled", "securityEnabled", "mailEnabled"];

/// Graph's name, and the name in attribute mappings.
pub(crate) const RENAMED: [(&str, &str); 4] = [
    ("id", "objectId"),
    ("mobilePhone", "mobile"),
    ("officeLocation", "physicalDeliveryOfficeName"),
    ("faxNumber", "facsimileTelephoneNumber"),
];

/// Graph's list of phones, of which the first is the one in attribute mappings.
pub(crate) const PHONES: (&str, &str) = ("businessPhones", "telephoneNumber");
