//! The threads that serve connections.
//!
//! Each has a runtime of its own, and a connection stays with one of them, as does the connection
//! to its upstream: a call then never wakes another thread, which costs more than all its work.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::runtime::{Builder, Handle};

/// More would wait for the network anyway.
const MOST: usize = 8;

/// The runtimes among which connections are dealt out.
#[derive(Debug)]
pub struct Workers {
    handles: Vec<Handle>,
    next: AtomicUsize,
}

impl Workers {
    /// The runtime of the caller, and no thread of its own.
    ///
    /// # Panics
    /// If there is no runtime.
    #[must_use]
    pub fn here() -> Self {
        Self { handles: vec![Handle::current()], next: AtomicUsize::new(0) }
    }

    /// One thread for each processor; they end with the program.
    ///
    /// # Errors
    /// The system gives no thread or no event queue.
    pub fn start() -> io::Result<Self> {
        let count = std::thread::available_parallelism().map_or(1, usize::from).min(MOST);
        let handles = (0..count).map(|_| start_one()).collect::<io::Result<_>>()?;
        Ok(Self { handles, next: AtomicUsize::new(0) })
    }

    /// Runs a task on the next worker.
    pub(crate) fn run(&self, task: impl Future<Output = ()> + Send + 'static) {
        let turn = self.next.fetch_add(1, Ordering::Relaxed);
        if let Some(handle) = self.handles.get(turn % self.handles.len().max(1)) {
            handle.spawn(task);
        }
    }
}

fn start_one() -> io::Result<Handle> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    let serve = move || runtime.block_on(std::future::pending::<()>());
    std::thread::Builder::new().name("relay".to_owned()).spawn(serve)?;
    Ok(handle)
}
