//! Values of attributes as text in a field: what they are, how they are written, what is wrong.

use provisioning::source::SourceValue;

use crate::draft::by_hand::Typed;
use crate::worker::message::Shape;

/// Rule and repair.
pub type Wrong = (&'static str, &'static str);

/// Attributes that are true or false whoever has them.
const BOOLEANS: [&str; 3] = ["accountEnabled", "securityEnabled", "mailEnabled"];

/// Attributes that hold several texts whoever has them.
const LISTS: [&str; 4] = ["businessPhones", "proxyAddresses", "otherMails", "groupTypes"];

/// What the values of an attribute are, as far as its name says.
pub fn shape(name: &str) -> Shape {
    if BOOLEANS.contains(&name) {
        Shape::Boolean
    } else if LISTS.contains(&name) {
        Shape::List
    } else {
        Shape::Text
    }
}

/// What a value is.
pub fn shape_of(value: &SourceValue) -> Shape {
    match value {
        SourceValue::Text(_) => Shape::Text,
        SourceValue::Boolean(_) => Shape::Boolean,
        SourceValue::Number(_) => Shape::Number,
        SourceValue::List(_) => Shape::List,
    }
}

/// A value as its field shows it; of several texts each has a line.
pub fn written(value: &SourceValue) -> String {
    match value {
        SourceValue::Text(text) => text.clone(),
        SourceValue::Boolean(true) => "True".to_owned(),
        SourceValue::Boolean(false) => "False".to_owned(),
        SourceValue::Number(number) => number.to_string(),
        SourceValue::List(list) => list.join("\n"),
    }
}

/// What was typed into the field of an attribute; nothing where it is empty.
///
/// # Errors
/// What is wrong with it.
pub fn read(name: &str, shape: Shape, text: &str) -> Result<Option<Typed>, Wrong> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return Ok(None);
    }
    if let "userPrincipalName" | "mail" = name {
        check_address(trimmed)?;
    }
    Ok(Some(match shape {
        Shape::Text => Typed::Text(trimmed.to_owned()),
        Shape::Boolean => match trimmed.to_ascii_lowercase().as_str() {
            "true" => Typed::Boolean(true),
            "false" => Typed::Boolean(false),
            _ => return Err(("it is neither True nor False", "choose one of them")),
        },
        Shape::Number => match serde_json::from_str(trimmed) {
            Ok(number) => Typed::Number(number),
            Err(_) => return Err(("it is no number", "write digits, as in 7 or 7.5")),
        },
        Shape::List => {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            Typed::List(lines.map(str::to_owned).collect())
        }
    }))
}

fn check_address(text: &str) -> Result<(), Wrong> {
    let repair = "write it as in ada@contoso.com";
    if text.contains(char::is_whitespace) {
        return Err(("an address has no blanks", repair));
    }
    match text.split_once('@') {
        Some((name, domain)) if !name.is_empty() && !domain.is_empty() && !domain.contains('@') => {
            Ok(())
        }
        _ => Err(("an address is a name, @ and a domain", repair)),
    }
}

/// The name of another attribute.
///
/// # Errors
/// What is wrong with it.
pub fn name(text: &str) -> Result<&str, Wrong> {
    let name = text.trim();
    if matches!(name, "id" | "objectId" | "members") {
        return Err(("it cannot be changed", "name another attribute"));
    }
    let is_name = !name.is_empty()
        && !name.contains(|letter: char| letter.is_whitespace() || letter.is_control());
    let repair = "write the exact name, as in extensionAttribute1";
    if is_name { Ok(name) } else { Err(("the name of an attribute is one word", repair)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_is_written_and_read_back() {
        let texts = ["a".to_owned(), "b c".to_owned()];
        let values = [
            SourceValue::Text("Zoë".to_owned()),
            SourceValue::Boolean(false),
            SourceValue::Number(7.into()),
            SourceValue::List(texts.to_vec()),
        ];
        for value in values {
            let typed = read("x", shape_of(&value), &written(&value)).unwrap().unwrap();
            assert_eq!(super::super::value(&typed), value);
        }
        assert_eq!(read("x", Shape::List, " \n "), Ok(None));
        assert_eq!((shape("accountEnabled"), shape("otherMails")), (Shape::Boolean, Shape::List));
    }

    #[test]
    fn what_an_attribute_cannot_hold_is_refused() {
        let wrong = |name: &str, shape, text: &str| read(name, shape, text).unwrap_err().0;
        assert!(wrong("x", Shape::Number, "7x").contains("no number"));
        assert!(wrong("x", Shape::Boolean, "yes").contains("neither True"));
        assert!(wrong("mail", Shape::Text, "ada").contains('@'));
        assert!(wrong("userPrincipalName", Shape::Text, "a@b@c").contains('@'));
        assert!(wrong("mail", Shape::Text, "a b@c").contains("blanks"));
        assert!(name("objectId").is_err() && name("two words").is_err() && name(" ").is_err());
        assert_eq!(name(" badge_no "), Ok("badge_no"));
    }
}
