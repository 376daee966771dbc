//! What goes wrong between the job and the application: one object's failure, or the whole job's.
//!
//! Source: the service's reaction to status codes and its error codes (September 2026).

use scim::answer::ProtocolError;

use super::step::{TransportFault, TransportFaultKind};
use crate::planning::ErrorCode;
use crate::report::Purpose;

/// How far a failure reaches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The job cannot go on: Entra would quarantine it.
    Job(ErrorCode, String),
    /// This object fails and is tried again in a later cycle.
    Object(ErrorCode, String),
}

/// What an answer that is not what SCIM promises means for a request of this purpose.
pub(super) fn of_answer(purpose: Purpose, error: &ProtocolError) -> Trouble {
    use ErrorCode as Code;
    let text = format!("{}.", capitalized(&error.to_string()));
    if matches!(error, ProtocolError::Unauthorized { .. }) {
        let code = Code::SystemForCrossDomainIdentityManagementCredentialValidationFailure;
        return Trouble::Job(code, format!("{text} Check the secret token, then restart."));
    }
    let is_query = matches!(purpose, Purpose::Probe | Purpose::Match | Purpose::CheckReference);
    let code = code(error);
    if is_query && matches!(error, ProtocolError::NotFound { .. }) {
        let code = Code::SystemForCrossDomainIdentityManagementServiceIncompatible;
        let rule = "A search without hits must answer 200 with an empty ListResponse. Check the \
                    tenant URL; if it is right, the application does not comply.";
        return Trouble::Job(code, format!("{text} {rule}"));
    }
    let is_incompatible = code == Code::SystemForCrossDomainIdentityManagementServiceIncompatible;
    if purpose == Purpose::Probe || (is_query && is_incompatible) {
        return Trouble::Job(code, text);
    }
    if matches!(error, ProtocolError::NotFound { .. }) && purpose != Purpose::Create {
        let repair =
            "The linked object no longer exists; a restart with a full reset matches again.";
        return Trouble::Object(Code::InvalidAnchor, format!("{text} {repair}"));
    }
    Trouble::Object(code, text)
}

/// Entra's code for an answer.
fn code(error: &ProtocolError) -> ErrorCode {
    use ErrorCode as Code;
    let names_unknown_path = error
        .scim_error()
        .and_then(|error| error.scim_type.as_deref())
        .is_some_and(|word| word.eq_ignore_ascii_case("invalidPath"));
    match error.status() {
        Some(400) if names_unknown_path => Code::SchemaAttributeNotFound,
        Some(400 | 422) => Code::UnprocessableEntity,
        Some(403) => Code::InsufficientRights,
        Some(405) => Code::MethodNotAllowed,
        Some(408 | 504) => Code::Timeout,
        Some(409) => Code::EntryConflict,
        Some(429) => Code::TooManyRequests,
        Some(501) => Code::NotImplemented,
        Some(500..) => Code::InternalServerError,
        Some(300..400) | None => Code::SystemForCrossDomainIdentityManagementServiceIncompatible,
        Some(_) => Code::WebExceptionProtocolError,
    }
}

/// What a missing answer means. Many in a row end the job, which its caller counts.
pub(super) fn of_silence(purpose: Purpose, fault: &TransportFault) -> Trouble {
    let code = match fault.kind {
        TransportFaultKind::Timeout => ErrorCode::Timeout,
        _ => ErrorCode::WebExceptionProtocolError,
    };
    match purpose {
        Purpose::Probe => Trouble::Job(code, fault.message.clone()),
        _ => Trouble::Object(code, fault.message.clone()),
    }
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
