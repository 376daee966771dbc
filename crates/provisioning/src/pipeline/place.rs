//! The places of an account that a mapping compares, as far as they can be found while its line is
//! read.

use scim::filter::{CompareOp, Filter};
use scim::path::Path;
use serde_json::Value;

use crate::configuration::ObjectKind;
use crate::mapping::role::RoleForm;
use crate::mapping::{Mapper, flows_on_update, is_reference, shape};

/// What the line of an account is read for.
#[derive(Clone, Debug)]
pub(super) struct Places {
    /// The paths that are compared, each once.
    pub(super) paths: Vec<Path>,
    /// The place of each row; nothing where it is not compared.
    pub(super) of_row: Vec<Option<usize>>,
    /// The members of an account that are read.
    pub(super) members: Vec<Member>,
    /// Whether every place can be found while a line is read. If not, whole lines are kept.
    pub(super) are_plain: bool,
}

/// A member of an account, or of an object in it, with what is read below it.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) below: Below,
}

/// What is read of a member.
#[derive(Clone, Debug)]
pub(super) enum Below {
    /// Its value, into a place.
    Value(usize),
    /// The members of the object that it is.
    Object(Vec<Member>),
    /// Of the elements that a value filter selects, one member each.
    Elements(Vec<Element>),
}

/// One member of the elements that a filter selects.
#[derive(Clone, Debug)]
pub(super) struct Element {
    pub(super) place: usize,
    pub(super) tested: String,
    pub(super) wanted: Value,
    pub(super) member: String,
}

impl Places {
    pub(super) fn new(mapper: &Mapper) -> Self {
        let mut places = Self {
            paths: Vec::new(),
            of_row: Vec::new(),
            members: Vec::new(),
            are_plain: mapper.mapping().kind == ObjectKind::User,
        };
        let adds_roles =
            |row| matches!(mapper.role_form(row), Some(RoleForm::Single | RoleForm::Adding));
        for (index, row, path) in mapper.places() {
            let refers = is_reference(&row.target);
            let is_compared = flows_on_update(row) && !refers;
            let matches = row.matching_precedence.is_some();
            let place = match flows_on_update(row) && refers {
                true => Some(places.place(&referred(path))),
                false => (is_compared || matches).then(|| places.place(path)),
            };
            places.of_row.push(place);
            let is_odd = is_compared && adds_roles(index);
            let matches_element = matches && path.filter.is_some();
            places.are_plain &= !is_odd && !matches_element;
        }
        places
    }

    fn place(&mut self, path: &Path) -> usize {
        if let Some(known) = self.paths.iter().position(|known| known == path) {
            return known;
        }
        let place = self.paths.len();
        self.paths.push(path.clone());
        if add(&mut self.members, path, place).is_none() {
            self.are_plain = false;
        }
        place
    }
}

/// Where the id stands that a reference holds.
pub(super) fn referred(path: &Path) -> Path {
    let value = || "value".to_owned();
    Path { sub_attribute: path.sub_attribute.clone().or_else(|| Some(value())), ..path.clone() }
}

/// Adds a path to what is read; nothing where it cannot be found while a line is read.
fn add(members: &mut Vec<Member>, path: &Path, place: usize) -> Option<()> {
    let members = match path.schema.as_deref() {
        None => members,
        Some(urn) if shape::is_core(urn) => return None,
        Some(urn) => object(members, urn)?,
    };
    match (path.filter.as_deref(), path.sub_attribute.as_deref()) {
        (None, None) => leaf(members, &path.attribute, place),
        (None, Some(sub)) => leaf(object(members, &path.attribute)?, sub, place),
        (Some(Filter::Compare { path: tested, op: CompareOp::Eq, value }), Some(sub)) => {
            let is_name = *tested == Path::attribute(tested.attribute.clone());
            let is_simple = match value {
                Value::String(text) => text.is_ascii() && !text.is_empty(),
                value => value.is_boolean(),
            };
            let element = Element {
                place,
                tested: tested.attribute.clone(),
                wanted: value.clone(),
                member: sub.to_owned(),
            };
            (is_name && is_simple).then(|| elements(members, &path.attribute, element))?
        }
        _ => None,
    }
}

fn member<'m>(members: &'m mut Vec<Member>, name: &str, below: Below) -> Option<&'m mut Member> {
    let known = members.iter().position(|member| member.name.eq_ignore_ascii_case(name));
    let at = known.unwrap_or_else(|| {
        members.push(Member { name: name.to_owned(), below });
        members.len() - 1
    });
    members.get_mut(at)
}

fn leaf(members: &mut Vec<Member>, name: &str, place: usize) -> Option<()> {
    let member = member(members, name, Below::Value(place))?;
    matches!(member.below, Below::Value(known) if known == place).then_some(())
}

fn object<'m>(members: &'m mut Vec<Member>, name: &str) -> Option<&'m mut Vec<Member>> {
    match &mut member(members, name, Below::Object(Vec::new()))?.below {
        Below::Object(members) => Some(members),
        _ => None,
    }
}

fn elements(members: &mut Vec<Member>, name: &str, element: Element) -> Option<()> {
    match &mut member(members, name, Below::Elements(Vec::new()))?.below {
        Below::Elements(elements) => elements.push(element),
        _ => return None,
    }
    Some(())
}

impl Below {
    /// Every place that is read here or below.
    pub(super) fn places(&self, each: &mut dyn FnMut(usize)) {
        match self {
            Self::Value(place) => each(*place),
            Self::Object(members) => members.iter().for_each(|member| member.below.places(each)),
            Self::Elements(elements) => elements.iter().for_each(|element| each(element.place)),
        }
    }
}
