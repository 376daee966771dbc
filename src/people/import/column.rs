//! What the columns of a table mean: the portal's own tables, the admin center's, and any other.
//!
//! The portal's "Download users" (read from a file of November 2026's layout) and Microsoft Graph
//! PowerShell's `Export-Csv` name columns as attributes; the Microsoft 365 admin center and people
//! name them in words. A name that is none of these is proposed as an attribute of its own where it
//! could be one, and otherwise left out.

/// The id of a user or group, as a column's meaning.
pub const ID: &str = "id";
/// The reverse of `accountEnabled`, which the admin center exports.
pub const BLOCKED: &str = "blockCredential";

/// Attributes with their exact names, and other words that columns have for them.
const KNOWN: [(&str, &[&str]); 57] = [
    (ID, &["objectid", "userid", "memberid", "memberobjectidorupn"]),
    ("userPrincipalName", &["upn", "username", "login", "loginname", "signinname", "benutzername"]),
    ("displayName", &["name", "fullname", "anzeigename"]),
    ("givenName", &["firstname", "forename", "vorname", "prenom", "prénom", "nombre"]),
    ("surname", &["lastname", "familyname", "nachname", "nom", "apellidos"]),
    ("mail", &["email", "emailaddress", "mailaddress", "primarysmtpaddress", "emailadresse"]),
    ("mailNickname", &["alias", "nickname"]),
    ("accountEnabled", &["enabled", "active", "signinallowed"]),
    (BLOCKED, &["signinblocked", "blocksignin"]),
    ("userType", &["usertype"]),
    ("employeeId", &["employeenumber", "personnelnumber", "personalnummer"]),
    ("employeeType", &[]),
    ("employeeHireDate", &["hiredate", "startdate"]),
    ("employeeLeaveDateTime", &["leavedate"]),
    ("jobTitle", &["title", "position", "funktion"]),
    ("department", &["dept", "abteilung"]),
    ("companyName", &["company", "organization", "firma"]),
    ("manager", &["managerid", "managerupn", "manageruserprincipalname"]),
    ("physicalDeliveryOfficeName", &["office", "officelocation", "officename"]),
    ("streetAddress", &["street", "address", "straße"]),
    ("city", &["town", "locality", "ort", "stadt"]),
    ("state", &["region", "stateorprovince", "province"]),
    ("postalCode", &["zip", "zipcode", "ziporpostalcode", "postcode", "plz"]),
    ("country", &["countryorregion", "countryregion", "land"]),
    ("usageLocation", &[]),
    ("preferredLanguage", &["language", "sprache"]),
    ("telephoneNumber", &["phone", "phonenumber", "officephone", "businessphone", "telefon"]),
    ("mobile", &["mobilephone", "cellphone", "mobil"]),
    ("facsimileTelephoneNumber", &["fax", "faxnumber"]),
    ("businessPhones", &[]),
    ("proxyAddresses", &[]),
    ("otherMails", &["alternateemailaddress", "alternateemailaddresses"]),
    ("deletedDateTime", &["softdeletiontimestamp", "deleteddate", "deletiondate"]),
    ("createdDateTime", &["whencreated", "created"]),
    ("creationType", &[]),
    ("directorySynced", &["dirsyncenabled", "onpremisessyncenabled"]),
    ("invitationState", &["externaluserstate"]),
    ("identityIssuer", &[]),
    ("ageGroup", &[]),
    ("consentProvidedForMinor", &[]),
    ("legalAgeGroupClassification", &[]),
    ("onPremisesSamAccountName", &["samaccountname"]),
    ("onPremisesDistinguishedName", &["distinguishedname"]),
    ("onPremisesImmutableId", &["immutableid"]),
    ("onPremisesUserPrincipalName", &[]),
    ("onPremisesDomainName", &[]),
    ("originalUserPrincipalName", &[]),
    ("costCenter", &["costcentre", "kostenstelle"]),
    ("division", &[]),
    ("groupType", &[]),
    ("groupTypes", &[]),
    ("membershipType", &[]),
    ("membershipRule", &[]),
    ("securityEnabled", &[]),
    ("mailEnabled", &[]),
    ("description", &[]),
    ("objectType", &[]),
];

/// What a table has a row for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rows {
    /// A row for each user.
    #[default]
    Users,
    /// A row for each group.
    Groups,
    /// A row for each member of one group.
    Members,
}

/// Every attribute that a column can be assigned to by name, in the order of a list to pick from.
pub fn attributes() -> impl Iterator<Item = &'static str> {
    KNOWN.iter().map(|(name, _)| *name)
}

/// What each column means, as far as its name says.
pub fn proposed(names: &[String]) -> Vec<Option<String>> {
    let mut taken = Vec::new();
    let meanings = names.iter().map(|name| meaning(name)).map(|meaning| {
        let meaning = meaning.filter(|meaning| !taken.contains(meaning));
        taken.extend(meaning.clone());
        meaning
    });
    meanings.collect()
}

/// What a table has rows for, as far as its columns say.
pub fn rows_of(names: &[String]) -> Rows {
    let has = |wanted: &str| names.iter().any(|name| plain(name) == plain(wanted));
    if has("objectType") && (has("isGroup") || has("isUser")) || has("memberObjectIdOrUpn") {
        Rows::Members
    } else if has("userPrincipalName") {
        Rows::Users
    } else if has("groupType")
        || has("groupTypes")
        || has("membershipType")
        || has("securityEnabled")
    {
        Rows::Groups
    } else {
        Rows::Users
    }
}

fn meaning(name: &str) -> Option<String> {
    let wanted = plain(name);
    let known = KNOWN
        .iter()
        .find(|(attribute, words)| plain(attribute) == wanted || words.contains(&wanted.as_str()));
    if let Some((attribute, _)) = known {
        return Some((*attribute).to_owned());
    }
    let name = inside(name);
    let is_name = name.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    is_name.then(|| name.to_owned())
}

/// The name in `Display name [displayName] Required`, as the portal's templates write it.
fn inside(name: &str) -> &str {
    let bracket = name.split_once('[').and_then(|(_, rest)| rest.split_once(']'));
    bracket.map_or(name, |(inside, _)| inside).trim()
}

/// Letters and digits alone: people write `E-Mail`, `e_mail` and `Email`.
fn plain(name: &str) -> String {
    let letters = inside(name).chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meanings(header: &str) -> Vec<String> {
        let names: Vec<String> = header.split(',').map(str::to_owned).collect();
        proposed(&names).into_iter().map(Option::unwrap_or_default).collect()
    }

    #[test]
    fn the_portals_columns_are_all_known() {
        let header = "userPrincipalName,displayName,surname,mail,givenName,id,userType,jobTitle,\
            department,accountEnabled,usageLocation,streetAddress,state,country,officeLocation,\
            city,postalCode,telephoneNumber,mobilePhone,alternateEmailAddress,ageGroup,\
            consentProvidedForMinor,legalAgeGroupClassification,companyName,creationType,\
            directorySynced,invitationState,identityIssuer,createdDateTime";
        let found = meanings(header);
        assert!(found.iter().all(|meaning| attributes().any(|name| name == meaning)), "{found:?}");
        assert_eq!(found[5], "id");
        assert_eq!(found[14], "physicalDeliveryOfficeName");
    }

    #[test]
    fn words_and_templates_are_understood() {
        assert_eq!(
            meanings(
                "E-Mail,First name,User principal name [userPrincipalName] Required,Block credential,Country/Region"
            ),
            ["mail", "givenName", "userPrincipalName", "blockCredential", "country"]
        );
        assert_eq!(meanings("UPN,Username"), ["userPrincipalName", ""], "one column each");
        assert_eq!(meanings("badge_no,Favourite colour,7th"), ["badge_no", "", ""]);
    }

    #[test]
    fn a_table_says_what_it_has_rows_for() {
        let of = |header: &str| rows_of(&header.split(',').map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(
            of("id,userPrincipalName,displayName,objectType,userType,isUser,isGroup,isGuest"),
            Rows::Members
        );
        assert_eq!(of("id,displayName,groupType,membershipType,source,mail"), Rows::Groups);
        assert_eq!(of("Name,E-Mail"), Rows::Users);
    }

    #[test]
    fn no_word_means_two_attributes() {
        let mut words: Vec<String> = KNOWN
            .iter()
            .flat_map(|(name, words)| {
                let words = words.iter().map(|word| (*word).to_owned());
                words.filter(|word| *word != plain(name)).chain([plain(name)]).collect::<Vec<_>>()
            })
            .collect();
        let count = words.len();
        words.sort();
        words.dedup();
        assert_eq!(words.len(), count);
    }
}
