//! The name of a place in a resource: `attrPath` and `valuePath` of RFC 7644, sections 3.4.2.2 and 3.5.2.

pub(crate) mod name;

use std::fmt;
use std::str::FromStr;

use crate::filter::Filter;
use crate::filter::parse::Parser;
use crate::syntax::SyntaxFault;

/// A path such as `userName`, `name.givenName`, `emails[type eq "work"].value` or
/// `urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value`.
///
/// Names keep the spelling they were written with; they are compared without regard to case.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// The URN of the schema, where the path names one.
    pub schema: Option<String>,
    /// The attribute.
    pub attribute: String,
    /// Which values of a multi-valued attribute are meant.
    pub filter: Option<Box<Filter>>,
    /// The sub-attribute of a complex attribute.
    pub sub_attribute: Option<String>,
}

/// Why a text is no path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathError {
    /// Where it went wrong: an offset in bytes from the start of the text.
    pub position: usize,
    /// What went wrong.
    pub fault: SyntaxFault,
}

impl Path {
    /// The path of a top-level attribute.
    pub fn attribute(name: impl Into<String>) -> Self {
        Self { schema: None, attribute: name.into(), filter: None, sub_attribute: None }
    }

    /// Reads a path.
    ///
    /// # Errors
    /// A [`PathError`] with the position at which the text leaves the grammar.
    pub fn parse(text: &str) -> Result<Self, PathError> {
        Parser::new(text).whole_path().map_err(|(position, fault)| PathError { position, fault })
    }

    /// Whether this names the same place as `other`: names without regard to case, filters alike.
    pub fn same_place(&self, other: &Self) -> bool {
        let same = |a: &Option<String>, b: &Option<String>| match (a, b) {
            (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
            (None, None) => true,
            _ => false,
        };
        same(&self.schema, &other.schema)
            && self.attribute.eq_ignore_ascii_case(&other.attribute)
            && same(&self.sub_attribute, &other.sub_attribute)
            && self.filter == other.filter
    }
}

impl FromStr for Path {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, PathError> {
        Self::parse(text)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(schema) = &self.schema {
            let separator = if is_scim_1(schema) { '.' } else { ':' };
            write!(f, "{schema}{separator}")?;
        }
        f.write_str(&self.attribute)?;
        if let Some(filter) = &self.filter {
            write!(f, "[{filter}]")?;
        }
        match &self.sub_attribute {
            Some(name) => write!(f, ".{name}"),
            None => Ok(()),
        }
    }
}

/// SCIM 1 ended its URNs with the version and set the attribute behind a dot:
/// `urn:scim:schemas:extension:enterprise:1.0.department`.
fn is_scim_1(schema: &str) -> bool {
    let version = schema.rsplit(':').next().unwrap_or_default();
    schema.get(..9).is_some_and(|head| head.eq_ignore_ascii_case("urn:scim:"))
        && version.starts_with(|c: char| c.is_ascii_digit())
        && version.chars().all(|c| c.is_ascii_digit() || c == '.')
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at position {}", self.fault, self.position)
    }
}

impl std::error::Error for PathError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (Option<String>, String, Option<String>) {
        let path = Path::parse(text).expect("a path");
        assert_eq!(path.to_string(), text);
        (path.schema, path.attribute, path.sub_attribute)
    }

    #[test]
    fn the_dots_of_a_urn_are_not_those_of_a_sub_attribute() {
        let check = |text: &str, schema: &str, attribute: &str, sub: Option<&str>| {
            let expected = (Some(schema.to_owned()), attribute.to_owned(), sub.map(str::to_owned));
            assert_eq!(parts(text), expected);
        };
        let enterprise = crate::schema::ENTERPRISE_USER;
        check(&format!("{enterprise}:department"), enterprise, "department", None);
        check(&format!("{enterprise}:manager.value"), enterprise, "manager", Some("value"));
        check(
            "urn:scim:schemas:extension:enterprise:1.0.department",
            "urn:scim:schemas:extension:enterprise:1.0",
            "department",
            None,
        );
        check(
            "urn:scim:schemas:core:1.0.name.givenName",
            "urn:scim:schemas:core:1.0",
            "name",
            Some("givenName"),
        );
        check("urn:example:app:2.0:level", "urn:example:app:2.0", "level", None);
        check("http://example.com/app:level", "http://example.com/app", "level", None);
    }

    #[test]
    fn a_fault_says_where() {
        let check = |text: &str, position: usize, fault: SyntaxFault| {
            assert_eq!(Path::parse(text), Err(PathError { position, fault }), "{text}");
        };
        check("", 0, SyntaxFault::Empty);
        check("name.", 5, SyntaxFault::AttributeExpected);
        check("name.givenName.first", 5, SyntaxFault::TooManySubAttributes);
        check("emails[type eq \"work\"", 6, SyntaxFault::UnclosedBracket);
        check("emails[type eq \"work\"]value", 22, SyntaxFault::Trailing("value".to_owned()));
        check("emails.value[type pr]", 12, SyntaxFault::FilteredSubAttribute);
        check("urn:example:1:", 14, SyntaxFault::AttributeExpected);
        check(" name", 0, SyntaxFault::AttributeExpected);
        check("grö.ße", 0, SyntaxFault::BadName("grö".to_owned()));
    }

    #[test]
    fn the_same_place_has_many_spellings() {
        let same = |a: &str, b: &str| {
            Path::parse(a).expect("a path").same_place(&Path::parse(b).expect("a path"))
        };
        assert!(same("NAME.givenname", "name.givenName"));
        assert!(same("URN:example:app:2.0:Level", "urn:example:app:2.0:level"));
        assert!(!same("emails", "emails.value"));
        assert!(!same("emails[type eq \"work\"]", "emails[type eq \"home\"]"));
    }
}
