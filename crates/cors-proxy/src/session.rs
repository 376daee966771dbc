//! The session key: proof that a call comes from the page this relay knows.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use subtle::ConstantTimeEq;

use crate::fault::{Fault, Rule};

/// 256 random bits as 64 hexadecimal digits. It cannot be printed by accident.
#[derive(Clone)]
pub struct SessionKey(String);

impl SessionKey {
    /// A new key from the operating system's random source.
    ///
    /// # Errors
    /// The system has no random source.
    pub fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes.iter().map(|byte| format!("{byte:02x}")).collect()))
    }

    /// The key itself, for the page and for nobody else.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Compares in constant time.
    fn matches(&self, offered: &[u8]) -> bool {
        self.0.as_bytes().ct_eq(offered).into()
    }
}

impl fmt::Debug for SessionKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("SessionKey(***)")
    }
}

/// The key of one run, and how often a wrong one was offered since a right one.
#[derive(Debug)]
pub(crate) struct Session {
    state: Mutex<(SessionKey, u32)>,
    wrong_keys: u32,
}

impl Session {
    pub(crate) fn new(wrong_keys: u32) -> Result<Self, getrandom::Error> {
        Ok(Self { state: Mutex::new((SessionKey::random()?, 0)), wrong_keys })
    }

    pub(crate) fn key(&self) -> SessionKey {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).0.clone()
    }

    /// Lets a call with the right key pass.
    ///
    /// # Errors
    /// [`Rule::KeyMissing`], [`Rule::KeyWrong`], or [`Rule::KeyReplaced`] when it was wrong so
    /// often that there is a new one.
    pub(crate) fn check(&self, offered: Option<&[u8]>) -> Result<(), Fault> {
        let offered = offered.ok_or_else(|| {
            Fault::new(Rule::KeyMissing, "the call has no `x-relay-key`", ASK_AGAIN)
        })?;
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.0.matches(offered) {
            state.1 = 0;
            return Ok(());
        }
        state.1 += 1;
        if state.1 < self.wrong_keys {
            return Err(Fault::new(Rule::KeyWrong, "the session key is not right", ASK_AGAIN));
        }
        // Without randomness the old key stays, which nobody has guessed.
        if let Ok(key) = SessionKey::random() {
            *state = (key, 0);
        }
        Err(Fault::new(Rule::KeyReplaced, "wrong keys were offered too often", ASK_AGAIN)
            .retry_after(1))
    }
}

const ASK_AGAIN: &str = "reload the page; on another origin, paste the key that the relay printed";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn i02_the_key_cannot_be_printed() {
        let session = Session::new(5).unwrap();
        let key = session.key();
        assert_eq!(key.reveal().len(), 64);
        assert!(!format!("{session:?} {key:?}").contains(key.reveal()));
    }

    #[test]
    fn f14_five_wrong_keys_replace_the_key() {
        let session = Session::new(5).unwrap();
        let old = session.key();
        assert_eq!(session.check(None).unwrap_err().rule(), Rule::KeyMissing);
        for _ in 0..4 {
            assert_eq!(session.check(Some(b"guess")).unwrap_err().rule(), Rule::KeyWrong);
        }
        assert_eq!(session.check(Some(b"guess")).unwrap_err().rule(), Rule::KeyReplaced);
        assert_eq!(
            session.check(Some(old.reveal().as_bytes())).unwrap_err().rule(),
            Rule::KeyWrong
        );
        assert!(session.check(Some(session.key().reveal().as_bytes())).is_ok());
    }

    #[test]
    fn f15_the_key_is_compared_in_constant_time() {
        let (code, _) = include_str!("session.rs").split_once("#[cfg(test)]").unwrap();
        assert_eq!(code.matches("ct_eq(").count(), 1);
        assert!(!code.contains(" == ") && !code.contains("derive(PartialEq"));
    }

    #[test]
    fn f15_a_prefix_or_an_empty_key_is_wrong() {
        let session = Session::new(100).unwrap();
        let key = session.key();
        assert!(session.check(Some(b"")).is_err());
        assert!(session.check(key.reveal().as_bytes().get(..63)).is_err());
        assert!(session.check(Some(key.reveal().as_bytes())).is_ok());
    }
}
