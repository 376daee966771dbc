//! The quirks of filters: which ones a service refuses, and what it makes of the others.

use scim::filter::Filter;
use scim::message::ScimType;
use scim::path::Path;
use scim::resource::Resource;
use scim::schema::{Attribute, Schemas};

use crate::ResourceType;
use crate::quirk::{Quirk, Quirks};
use crate::refusal::Refusal;
use crate::store::Store;

/// Reads a filter as these quirks have it.
pub(super) fn read(text: &str, quirks: &Quirks) -> Result<Filter, Refusal> {
    let refuse = |detail: String| Refusal::invalid(ScimType::InvalidFilter, detail);
    if quirks.contains(Quirk::EscapedQuoteRefused) && text.contains("\\\"") {
        return Err(refuse("`filter` must not hold an escaped quotation mark".to_owned()));
    }
    Filter::parse(text).or_else(|error| {
        let completed = format!("{text} \"\"");
        let completed = quirks
            .contains(Quirk::FilterWithoutValueAccepted)
            .then(|| Filter::parse(&completed).ok())
            .flatten();
        completed.ok_or_else(|| refuse(format!("`filter` cannot be read: {error}")))
    })
}

/// Refuses a filter that these quirks do not let through.
pub(super) fn check(
    filter: &Filter,
    quirks: &Quirks,
    schemas: &Schemas,
    store: &Store,
    types: &[ResourceType],
) -> Result<(), Refusal> {
    if quirks.contains(Quirk::FilterNotImplemented) {
        let status = http::StatusCode::NOT_IMPLEMENTED;
        return Err(Refusal::new(status, "filters are not supported"));
    }
    if quirks.contains(Quirk::FilterRefused) {
        return Err(Refusal::invalid(ScimType::InvalidFilter, "filters are not supported"));
    }
    for path in paths(filter) {
        if quirks.contains(Quirk::UnknownAttributeInFilterRefused)
            && !is_known(path, schemas, quirks)
        {
            let detail = format!("`filter` asks for `{path}`, which is no attribute here");
            return Err(Refusal::invalid(ScimType::InvalidFilter, detail));
        }
        if quirks.contains(Quirk::FragileValueFilter) && goes_inside(path) {
            let mut stored = types.iter().flat_map(|of| store.shelf(*of).iter());
            if stored.any(|kept| lacks(&kept.read(), path)) {
                let detail = format!("cannot look into `{path}`: it is null");
                return Err(Refusal::invalid(ScimType::InvalidValue, detail));
            }
        }
    }
    Ok(())
}

/// The filter with terms that find nobody in the place of those that these quirks are blind to.
pub(super) fn blinded(filter: Filter, quirks: &Quirks, schemas: &Schemas) -> Filter {
    let all = |terms: Vec<Filter>| -> Vec<Filter> {
        terms.into_iter().map(|term| blinded(term, quirks, schemas)).collect()
    };
    match filter {
        Filter::And(terms) => Filter::And(all(terms)),
        Filter::Or(terms) => Filter::Or(all(terms)),
        Filter::Not(inner) => Filter::Not(Box::new(blinded(*inner, quirks, schemas))),
        Filter::Present(path) | Filter::Compare { path, .. }
            if is_overlooked(&path, quirks, schemas) =>
        {
            // No id is empty.
            Filter::equals(&Path::attribute("id"), "")
        }
        seen => seen,
    }
}

/// Whether an attribute, written without a URN, is one of an extension.
pub(crate) fn needs_urn(path: &Path, schemas: &Schemas) -> bool {
    let stands = |in_extension: bool| {
        let mut schemas = schemas.iter().filter(|schema| schema.is_extension() == in_extension);
        schemas.any(|schema| schema.attribute(&path.attribute).is_some())
    };
    path.schema.is_none() && stands(true) && !stands(false)
}

fn is_overlooked(path: &Path, quirks: &Quirks, schemas: &Schemas) -> bool {
    let names_urn = path.schema.is_some();
    let needs_urn = || needs_urn(path, schemas);
    (quirks.contains(Quirk::UrnFilterFindsNobody) && (names_urn || needs_urn()))
        || (quirks.contains(Quirk::UrnRequired) && needs_urn())
}

/// The paths that are asked for in resources, not those within a value filter.
fn paths(filter: &Filter) -> Vec<&Path> {
    match filter {
        Filter::And(terms) | Filter::Or(terms) => terms.iter().flat_map(paths).collect(),
        Filter::Not(inner) => paths(inner),
        Filter::Present(path) | Filter::Compare { path, .. } => vec![path],
    }
}

fn is_known(path: &Path, schemas: &Schemas, quirks: &Quirks) -> bool {
    if quirks.contains(Quirk::UrnRequired) && needs_urn(path, schemas) {
        return false;
    }
    let whole = Path { sub_attribute: None, ..path.clone() };
    let Some(attribute) = schemas.attribute(&whole) else { return false };
    let is_part = |name: &String| attribute.sub_attribute(name).is_some();
    path.sub_attribute.as_ref().is_none_or(is_part) && knows_value_filter(path, attribute)
}

fn knows_value_filter(path: &Path, attribute: &Attribute) -> bool {
    let inner = path.filter.iter().flat_map(|filter| paths(filter));
    inner.into_iter().all(|inner| attribute.sub_attribute(&inner.attribute).is_some())
}

fn goes_inside(path: &Path) -> bool {
    path.schema.is_none() && (path.filter.is_some() || path.sub_attribute.is_some())
}

fn lacks(resource: &Resource, path: &Path) -> bool {
    resource.values(&Path::attribute(path.attribute.as_str())).is_empty()
}
