//! How long an answer takes, said instead of waited: the sandbox has no clock.

use http::Response;

/// How long the caller should wait before it hands an answer on.
///
/// A [slow](crate::Quirk::Slow) sandbox puts it among the answer's extensions.
///
/// ```
/// use sandbox::{Delay, Moment, Quirk, Quirks, Sandbox, Settings};
///
/// let quirks = Quirks::none().with(Quirk::Slow).slow_by(Delay::from_millis(700));
/// let mut sandbox = Sandbox::new(Settings { quirks, ..Settings::default() });
/// let request = http::Request::get("/scim/v2/Users").body(Vec::new()).unwrap();
/// let response = sandbox.handle(&request, &Moment::from_unix_millis(0));
/// assert_eq!(Delay::of(&response).millis(), 700);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Delay(u32);

impl Delay {
    /// A delay of so many milliseconds.
    #[must_use]
    pub fn from_millis(millis: u32) -> Self {
        Self(millis)
    }

    /// In milliseconds.
    #[must_use]
    pub fn millis(self) -> u32 {
        self.0
    }

    /// The delay that an answer carries: none where the sandbox is not slow.
    #[must_use]
    pub fn of<T>(response: &Response<T>) -> Self {
        response.extensions().get().copied().unwrap_or_default()
    }
}
