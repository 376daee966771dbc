//! A connection test: Entra's question first, then what the service says of itself.

use scim::endpoint::{Endpoint, Search};
use scim::filter::Filter;
use scim::path::Path;

use super::granting;
use crate::draft::Route;
use crate::draft::relay::{RelayChoice, RelayKind};
use crate::worker::message::{FaultKind, WireFault, WireRequest, WireResponse};

/// What came of a question.
pub type Answer = Result<WireResponse, WireFault>;

/// The questions of a test, in their order. All of them only read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// The token endpoint's, before all others: an access token for the client's secret.
    Grant,
    /// Entra's: a user who cannot exist, by the matching attribute.
    Nobody,
    /// What the service can do.
    Configuration,
    /// Which types of resources it keeps.
    ResourceTypes,
    /// Which schemas it knows.
    Schemas,
}

impl Question {
    /// Those that go to the tenant URL.
    pub const ALL: [Self; 4] =
        [Self::Nobody, Self::Configuration, Self::ResourceTypes, Self::Schemas];

    /// The question in a few words.
    pub fn title(self) -> &'static str {
        match self {
            Self::Grant => "an access token",
            Self::Nobody => "Entra's question",
            Self::Configuration => "/ServiceProviderConfig",
            Self::ResourceTypes => "/ResourceTypes",
            Self::Schemas => "/Schemas",
        }
    }

    fn request(self, endpoint: &Endpoint, matching: &Path, nobody: &str) -> WireRequest {
        let filter = || Search::filtered(Filter::equals(matching, nobody));
        WireRequest::from_http(&match self {
            Self::Nobody | Self::Grant => endpoint.search("Users", &filter()),
            Self::Configuration => endpoint.service_provider_config(),
            Self::ResourceTypes => endpoint.resource_types(),
            Self::Schemas => endpoint.schemas(),
        })
    }
}

/// One question with its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// Which one it is.
    pub question: Question,
    /// As it is sent, but for the token.
    pub request: WireRequest,
    /// What came back; nothing while it is awaited, or where it was not asked.
    pub answer: Option<Answer>,
    /// After how many milliseconds, where that was measured.
    pub ms: Option<f64>,
}

impl Asked {
    fn new(question: Question, request: WireRequest) -> Self {
        Self { question, request, answer: None, ms: None }
    }
}

/// One test.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// The user who was asked for: no two tests ask for the same one.
    pub nobody: String,
    /// Which way the questions took.
    pub route: Route,
    /// Which relay, where they took one.
    pub relay: RelayChoice,
    /// The questions.
    pub asked: Vec<Asked>,
}

impl Trial {
    /// All questions of a test, unanswered.
    pub fn new(
        route: Route,
        grant: Option<WireRequest>,
        endpoint: &Endpoint,
        matching: &Path,
        nobody: String,
    ) -> Self {
        let grant = grant.map(|request| Asked::new(Question::Grant, request));
        let ask = |question: Question| {
            Asked::new(question, question.request(endpoint, matching, &nobody))
        };
        let asked = grant.into_iter().chain(Question::ALL.map(ask)).collect();
        Self { asked, nobody, route, relay: RelayChoice::default() }
    }

    /// The same questions by this relay.
    #[must_use]
    pub fn through(self, relay: RelayChoice) -> Self {
        Self { relay, ..self }
    }

    /// The host of a proxy that tells nothing of what it did.
    pub fn silent_proxy(&self) -> Option<&str> {
        let is_silent = self.route == Route::Relay && self.relay.kind == RelayKind::Prefix;
        self.relay.host().filter(|_| is_silent)
    }

    /// The answer to a question, where it is there.
    pub fn answer(&self, question: Question) -> Option<&Answer> {
        self.asked(question)?.answer.as_ref()
    }

    /// A question with its answer.
    pub fn asked(&self, question: Question) -> Option<&Asked> {
        self.asked.iter().find(|asked| asked.question == question)
    }

    /// Notes an answer.
    pub fn hear(&mut self, question: Question, answer: Answer, ms: Option<f64>) {
        if let Some(asked) = self.asked.iter_mut().find(|asked| asked.question == question) {
            asked.answer = Some(answer);
            asked.ms = ms;
        }
    }

    /// The question that comes next. There is none where asking on would tell nothing: nobody
    /// answers, the answers are somewhere else, or the service asks for fewer requests.
    pub fn next(&self) -> Option<&Asked> {
        let is_deaf = |answer: &Answer| match answer {
            Ok(response) => (300..400).contains(&response.status) || response.status == 429,
            Err(fault) => fault.kind != FaultKind::Broken,
        };
        let refused = self.answer(Question::Grant).is_some_and(|it| !granting::is_granted(it));
        let mut heard = self.asked.iter().filter_map(|asked| asked.answer.as_ref());
        let goes_on = !refused && !heard.any(is_deaf);
        self.asked.iter().find(|asked| asked.answer.is_none()).filter(|_| goes_on)
    }

    /// How long all answers took together.
    pub fn milliseconds(&self) -> f64 {
        self.asked.iter().filter_map(|asked| asked.ms).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trial() -> Trial {
        let url = scim::tenant_url::TenantUrl::parse("https://a.example/scim").unwrap();
        let path = Path::attribute("userName");
        Trial::new(Route::Relay, None, &Endpoint::new(url), &path, "nobody".to_owned())
    }

    fn status(status: u16) -> Answer {
        Ok(WireResponse { status, headers: Vec::new(), body: String::new() })
    }

    #[test]
    fn entras_question_is_the_first_and_everything_only_reads() {
        let trial = trial();
        assert_eq!(
            trial.next().unwrap().request.uri,
            "https://a.example/scim/Users?filter=userName+eq+%22nobody%22"
        );
        assert!(trial.asked.iter().all(|asked| asked.request.method == "GET"));
        let places: Vec<_> =
            trial.asked[1..].iter().map(|a| a.request.uri.rsplit('/').next().unwrap()).collect();
        assert_eq!(places, ["ServiceProviderConfig", "ResourceTypes", "Schemas"]);
    }

    #[test]
    fn a_failed_answer_is_asked_on_and_silence_is_not() {
        for (answer, goes_on) in [
            (status(200), true),
            (status(401), true),
            (status(404), true),
            (status(302), false),
            (status(429), false),
            (Err(WireFault::new(FaultKind::Timeout, "slow")), false),
        ] {
            let mut trial = trial();
            trial.hear(Question::Nobody, answer.clone(), Some(3.0));
            let next = trial.next().map(|asked| asked.question);
            assert_eq!(next, goes_on.then_some(Question::Configuration), "{answer:?}");
            assert!((trial.milliseconds() - 3.0).abs() < f64::EPSILON);
        }
    }
}
