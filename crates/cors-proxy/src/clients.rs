//! How often, and how many at once: limits per client, keyed by its address and by nothing it
//! says, and per target, whoever calls it.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::fault::{Fault, Rule};
use crate::limits::Limits;

const WINDOW: Duration = Duration::from_secs(60);

/// The calls of the last minute, by whoever `K` names; bounded in number.
#[derive(Debug)]
pub(crate) struct Counter<K: Clone + Eq + Hash> {
    who: &'static str,
    open_calls: u32,
    calls_per_minute: u32,
    most: usize,
    seen: Mutex<Seen<K>>,
}

#[derive(Debug)]
struct Seen<K> {
    counts: HashMap<K, Count>,
    /// Each window's start and whose it is, oldest first.
    windows: VecDeque<(Instant, K)>,
}

#[derive(Debug)]
struct Count {
    start: Instant,
    calls: u32,
    open: u32,
}

/// One open call; dropping it gives the place back.
#[derive(Debug)]
pub(crate) struct Place<K: Clone + Eq + Hash> {
    counter: Arc<Counter<K>>,
    key: K,
}

/// The clients, each by its network.
pub(crate) fn clients(limits: &Limits) -> Arc<Counter<IpAddr>> {
    Counter::new("this client", limits.open_calls, limits.calls_per_minute, limits.clients)
}

/// The targets, each by its origin.
pub(crate) fn targets(limits: &Limits) -> Arc<Counter<String>> {
    let Limits { target_open_calls: open, target_calls_per_minute: rate, .. } = *limits;
    Counter::new("all clients of this target together", open, rate, limits.targets)
}

impl<K: Clone + Eq + Hash> Counter<K> {
    fn new(who: &'static str, open_calls: u32, calls_per_minute: u32, most: usize) -> Arc<Self> {
        let seen = Seen { counts: HashMap::new(), windows: VecDeque::new() };
        Arc::new(Self { who, open_calls, calls_per_minute, most, seen: Mutex::new(seen) })
    }

    /// Counts a call.
    ///
    /// # Errors
    /// [`Rule::TooManyCalls`] with the seconds to wait.
    pub(crate) fn enter(self: &Arc<Self>, key: K, now: Instant) -> Result<Place<K>, Fault> {
        let who = self.who;
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.forget(now);
        if !seen.counts.contains_key(&key) {
            if seen.counts.len() >= self.most && !seen.evict() {
                return Err(too_many(1, "the relay has too many calls open".to_owned()));
            }
            seen.windows.push_back((now, key.clone()));
        }
        let count =
            seen.counts.entry(key.clone()).or_insert(Count { start: now, calls: 0, open: 0 });
        if count.calls >= self.calls_per_minute {
            let age = now.saturating_duration_since(count.start);
            let wait = WINDOW.saturating_sub(age).as_secs().max(1);
            return Err(too_many(wait, format!("{who} made too many calls within a minute")));
        }
        if count.open >= self.open_calls {
            return Err(too_many(1, format!("{who} had too many calls open")));
        }
        count.calls += 1;
        count.open += 1;
        Ok(Place { counter: Arc::clone(self), key })
    }
}

impl<K: Clone + Eq + Hash> Seen<K> {
    /// Ends the windows of more than a minute, and forgets whose no call is open.
    fn forget(&mut self, now: Instant) {
        while let Some((start, _)) = self.windows.front()
            && now.saturating_duration_since(*start) >= WINDOW
            && let Some((_, key)) = self.windows.pop_front()
        {
            match self.counts.get_mut(&key) {
                Some(count) if count.open > 0 => {
                    (count.start, count.calls) = (now, 0);
                    self.windows.push_back((now, key));
                }
                _ => drop(self.counts.remove(&key)),
            }
        }
    }

    /// Forgets the oldest of whom no call is open.
    fn evict(&mut self) -> bool {
        for _ in 0..self.windows.len() {
            let Some((start, key)) = self.windows.pop_front() else { return false };
            if self.counts.get(&key).is_none_or(|count| count.open == 0) {
                self.counts.remove(&key);
                return true;
            }
            self.windows.push_back((start, key));
        }
        false
    }
}

impl<K: Clone + Eq + Hash> Drop for Place<K> {
    fn drop(&mut self) {
        let mut seen = self.counter.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = seen.counts.get_mut(&self.key) {
            count.open = count.open.saturating_sub(1);
        }
    }
}

fn too_many(wait: u64, message: String) -> Fault {
    Fault::new(Rule::TooManyCalls, message, format!("wait {wait} s and go on more slowly"))
        .retry_after(wait)
}

/// A client with IPv6 holds a whole /64 and would otherwise have as many keys as it likes.
pub(crate) fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)),
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h01_call_61_within_a_minute_waits_for_the_next() {
        let clients = clients(&Limits { calls_per_minute: 60, ..Limits::own() });
        let (address, start) = (IpAddr::from([192, 0, 2, 1]), Instant::now());
        for _ in 0..60 {
            clients.enter(address, start).unwrap();
        }
        let fault = clients.enter(address, start + Duration::from_secs(20)).unwrap_err();
        assert_eq!(fault.rule(), Rule::TooManyCalls);
        assert!(fault.to_string().contains("wait 40 s"), "{fault}");
        assert!(clients.enter(address, start + WINDOW).is_ok());
        assert!(clients.enter(IpAddr::from([192, 0, 2, 2]), start).is_ok());
    }

    #[test]
    fn h01_the_rate_holds_for_a_target_whoever_calls_it() {
        let targets = targets(&Limits { target_calls_per_minute: 1, ..Limits::own() });
        let now = Instant::now();
        targets.enter("https://a.example".to_owned(), now).unwrap();
        assert!(targets.enter("https://a.example".to_owned(), now).is_err());
        assert!(targets.enter("https://b.example".to_owned(), now).is_ok());
    }

    #[test]
    fn h06_open_calls_are_bounded_and_given_back() {
        let clients = clients(&Limits { open_calls: 2, ..Limits::own() });
        let (address, now) = (IpAddr::from([192, 0, 2, 1]), Instant::now());
        let first = clients.enter(address, now).unwrap();
        let _second = clients.enter(address, now).unwrap();
        assert!(clients.enter(address, now).is_err());
        drop(first);
        assert!(clients.enter(address, now).is_ok());
    }

    #[test]
    fn h07_the_table_is_bounded_and_an_open_call_is_never_forgotten() {
        let clients = clients(&Limits { clients: 2, ..Limits::own() });
        let now = Instant::now();
        let _open = clients.enter(IpAddr::from([192, 0, 2, 1]), now).unwrap();
        for last in 2..100 {
            clients.enter(IpAddr::from([192, 0, 2, last]), now).unwrap();
        }
        let seen = clients.seen.lock().unwrap();
        assert_eq!((seen.counts.len(), seen.windows.len()), (2, 2));
        assert!(seen.counts.contains_key(&IpAddr::from([192, 0, 2, 1])));
    }

    #[test]
    fn h07_a_hundred_thousand_clients_and_more_are_remembered_no_longer_than_a_minute() {
        let clients = clients(&Limits::shared());
        let start = Instant::now();
        for index in 0..110_000_u32 {
            clients.enter(IpAddr::from(index.to_be_bytes()), start).unwrap();
        }
        assert_eq!(clients.seen.lock().unwrap().counts.len(), 100_000);
        clients.enter(IpAddr::from([192, 0, 2, 1]), start + WINDOW).unwrap();
        let seen = clients.seen.lock().unwrap();
        assert_eq!((seen.counts.len(), seen.windows.len()), (1, 1));
    }

    #[test]
    fn h07_a_client_that_stays_does_not_fill_the_list_of_windows() {
        let clients = clients(&Limits::own());
        let (address, start) = (IpAddr::from([192, 0, 2, 1]), Instant::now());
        let _open = clients.enter(address, start).unwrap();
        for minute in 1..1000 {
            clients.enter(address, start + WINDOW * minute).unwrap();
        }
        assert_eq!(clients.seen.lock().unwrap().windows.len(), 1);
    }

    #[test]
    fn h02_addresses_of_one_ipv6_network_are_one_client() {
        let network = |text: &str| network_of(text.parse().unwrap());
        assert_eq!(network("2001:db8::1"), network("2001:db8::2"));
        assert_ne!(network("2001:db8::1"), network("2001:db8:0:1::2"));
        assert_eq!(network("::ffff:192.0.2.1"), network("192.0.2.1"));
    }
}
