//! What a service says of itself: worth a look, and never a reason for Entra to refuse.

use scim::answer;
use scim::discovery::ServiceProviderConfig;
use serde_json::Value;

use super::layers::{Finding, Layer, State};
use super::sentence;
use super::trial::{Answer, Asked, Question, Trial};
use crate::worker::message::FaultKind;

/// What was found at each of the three addresses.
pub(super) fn findings(trial: &Trial, is_over: bool) -> Vec<Finding> {
    trial.asked.iter().filter_map(|asked| finding(asked, is_over)).collect()
}

/// Whether the service answers for itself at this address, so that the address is right.
pub(super) fn is_there(trial: &Trial) -> bool {
    let told = |question| match trial.answer(question) {
        Some(Ok(response)) => answer::document(&response.to_http()).is_ok_and(|it| it.is_object()),
        _ => false,
    };
    told(Question::Configuration) || told(Question::ResourceTypes) || told(Question::Schemas)
}

fn finding(asked: &Asked, is_over: bool) -> Option<Finding> {
    let layer = match asked.question {
        Question::Grant | Question::Nobody => return None,
        Question::Configuration => Layer::Configuration,
        Question::ResourceTypes => Layer::ResourceTypes,
        Question::Schemas => Layer::Schemas,
    };
    let found = match &asked.answer {
        None if is_over => Finding::new(layer, State::Unreached, ""),
        None => Finding::new(layer, State::Awaited, ""),
        Some(answer) => answered(layer, answer),
    };
    Some(found.after(asked.ms))
}

fn answered(layer: Layer, answer: &Answer) -> Finding {
    let response = match answer {
        Ok(response) => response,
        Err(fault) if fault.kind == FaultKind::Cancelled => {
            return Finding::new(layer, State::Unreached, "Cancelled.");
        }
        Err(fault) => return doubtful(layer, format!("{}.", super::capitalised(&fault.message))),
    };
    match answer::document(&response.to_http()) {
        Err(error) => doubtful(layer, sentence(&error)),
        Ok(document) if layer == Layer::Configuration => configuration(&document),
        Ok(document) => list(layer, &document),
    }
}

fn doubtful(layer: Layer, seen: String) -> Finding {
    Finding::new(layer, State::Doubtful, seen).repaired(
        "Provisioning works without it. Check against the vendor's documentation what the \
         application can do.",
    )
}

fn configuration(document: &Value) -> Finding {
    let layer = Layer::Configuration;
    let Some(config) = ServiceProviderConfig::from_value(document) else {
        return doubtful(layer, "The document is no object.".to_owned());
    };
    let missing = [("filters", config.filter), ("PATCH", config.patch)];
    let missing: Vec<_> = missing.iter().filter(|(_, is)| !is).map(|(name, _)| *name).collect();
    if !missing.is_empty() {
        let seen = format!("The service says that it has no {}.", missing.join(" and no "));
        return Finding::new(layer, State::Doubtful, seen).repaired(
            "Entra finds people by filters and changes them by PATCH. If the service is right, it \
             cannot be provisioned; tell its vendor.",
        );
    }
    let schemes = config.authentication_schemes.iter();
    let schemes: Vec<_> = schemes.map(|scheme| scheme.scheme_type.as_str()).collect();
    let schemes = match schemes.as_slice() {
        [] => "names no way to authenticate".to_owned(),
        known => format!("authenticates by {}", known.join(", ")),
    };
    Finding::new(layer, State::Good, format!("It has filters and PATCH, and {schemes}."))
}

/// The endpoint of each type, or the URN of each schema.
fn list(layer: Layer, document: &Value) -> Finding {
    let member = if layer == Layer::Schemas { "id" } else { "endpoint" };
    // Some services answer with the bare list.
    let resources = document.get("Resources").unwrap_or(document).as_array();
    let named = resources.map(|resources| {
        let names = resources.iter().filter_map(|resource| resource.get(member)?.as_str());
        names.map(str::to_owned).collect::<Vec<_>>()
    });
    let needed = if layer == Layer::Schemas { "core:2.0:User" } else { "Users" };
    match named {
        None => doubtful(layer, "The answer is no list.".to_owned()),
        Some(names) if !names.iter().any(|name| name.ends_with(needed)) => {
            doubtful(layer, format!("The answer does not name {needed}."))
        }
        Some(names) if layer == Layer::Schemas => {
            let seen = format!("{} schemas, that of users among them.", names.len());
            Finding::new(layer, State::Good, seen)
        }
        Some(names) => Finding::new(layer, State::Good, format!("{}.", names.join(", "))),
    }
}
