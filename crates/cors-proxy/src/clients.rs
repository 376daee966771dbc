//! How often, and how many at once: limits per client, keyed by its address and by nothing it says.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::fault::{Fault, Rule};
use crate::limits::Limits;

const WINDOW: Duration = Duration::from_secs(60);

/// The clients of the last minute, bounded in number.
#[derive(Debug)]
pub(crate) struct Clients {
    open_calls: u32,
    calls_per_minute: u32,
    most: usize,
    seen: Mutex<HashMap<IpAddr, Client>>,
}

#[derive(Debug)]
struct Client {
    window: Instant,
    calls: u32,
    open: u32,
}

/// One open call; dropping it gives the place back.
#[derive(Debug)]
pub(crate) struct Place {
    clients: Arc<Clients>,
    key: IpAddr,
}

impl Clients {
    pub(crate) fn new(limits: &Limits) -> Arc<Self> {
        Arc::new(Self {
            open_calls: limits.open_calls,
            calls_per_minute: limits.calls_per_minute,
            most: limits.clients,
            seen: Mutex::default(),
        })
    }

    /// Counts a call of the client at `address`.
    ///
    /// # Errors
    /// [`Rule::TooManyCalls`] with the seconds to wait.
    pub(crate) fn enter(self: &Arc<Self>, address: IpAddr, now: Instant) -> Result<Place, Fault> {
        let key = network_of(address);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if !seen.contains_key(&key) && seen.len() >= self.most {
            let idle = seen.iter().filter(|(_, client)| client.open == 0);
            let oldest = idle.min_by_key(|(_, client)| client.window).map(|(key, _)| *key);
            seen.remove(&oldest.ok_or_else(|| too_many(1, "the relay serves too many clients"))?);
        }
        let client = seen.entry(key).or_insert(Client { window: now, calls: 0, open: 0 });
        let age = now.saturating_duration_since(client.window);
        if age >= WINDOW {
            (client.window, client.calls) = (now, 0);
        }
        if client.calls >= self.calls_per_minute {
            let wait = WINDOW.saturating_sub(age).as_secs().max(1);
            return Err(too_many(wait, "this client made too many calls within a minute"));
        }
        if client.open >= self.open_calls {
            return Err(too_many(1, "this client has too many calls open"));
        }
        client.calls += 1;
        client.open += 1;
        Ok(Place { clients: Arc::clone(self), key })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut seen = self.clients.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = seen.get_mut(&self.key) {
            client.open = client.open.saturating_sub(1);
        }
    }
}

fn too_many(wait: u64, message: &str) -> Fault {
    Fault::new(Rule::TooManyCalls, message, format!("wait {wait} s and go on more slowly"))
        .retry_after(wait)
}

/// A client with IPv6 holds a whole /64 and would otherwise have as many keys as it likes.
fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clients(limits: Limits) -> Arc<Clients> {
        Clients::new(&limits)
    }

    #[test]
    fn h01_call_61_within_a_minute_waits_for_the_next() {
        let clients = clients(Limits { calls_per_minute: 60, ..Limits::own() });
        let (address, start) = (IpAddr::from([192, 0, 2, 1]), Instant::now());
        for _ in 0..60 {
            clients.enter(address, start).unwrap();
        }
        let fault = clients.enter(address, start + Duration::from_secs(20)).unwrap_err();
        assert_eq!(fault.rule(), Rule::TooManyCalls);
        assert!(clients.enter(address, start + WINDOW).is_ok());
        assert!(clients.enter(IpAddr::from([192, 0, 2, 2]), start).is_ok());
    }

    #[test]
    fn h06_open_calls_are_bounded_and_given_back() {
        let clients = clients(Limits { open_calls: 2, ..Limits::own() });
        let (address, now) = (IpAddr::from([192, 0, 2, 1]), Instant::now());
        let first = clients.enter(address, now).unwrap();
        let _second = clients.enter(address, now).unwrap();
        assert!(clients.enter(address, now).is_err());
        drop(first);
        assert!(clients.enter(address, now).is_ok());
    }

    #[test]
    fn h07_the_table_is_bounded_and_an_open_call_is_never_forgotten() {
        let clients = clients(Limits { clients: 2, ..Limits::own() });
        let now = Instant::now();
        let _open = clients.enter(IpAddr::from([192, 0, 2, 1]), now).unwrap();
        for last in 2..100 {
            clients.enter(IpAddr::from([192, 0, 2, last]), now).unwrap();
        }
        let seen = clients.seen.lock().unwrap();
        assert_eq!(seen.len(), 2);
        assert!(seen.contains_key(&IpAddr::from([192, 0, 2, 1])));
    }

    #[test]
    fn addresses_of_one_ipv6_network_are_one_client() {
        let clients = clients(Limits { calls_per_minute: 1, ..Limits::own() });
        let now = Instant::now();
        clients.enter("2001:db8::1".parse().unwrap(), now).unwrap();
        assert!(clients.enter("2001:db8::2".parse().unwrap(), now).is_err());
        assert!(clients.enter("2001:db8:0:1::2".parse().unwrap(), now).is_ok());
    }
}
