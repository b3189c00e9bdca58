//! Workers that are kept from call to call: their buffers are used again, and they have learned the order of keys.

use std::sync::{Mutex, PoisonError};

/// Most that are kept: more threads than this make new ones.
const KEPT: usize = 16;

/// Idle workers. The lock is held only while one is taken or put back, never while the GIL is awaited, so that two
/// threads cannot wait for each other.
pub(crate) struct Pool<W>(Mutex<Vec<W>>);

impl<W> Default for Pool<W> {
    fn default() -> Self {
        Pool(Mutex::new(Vec::new()))
    }
}

impl<W> Pool<W> {
    /// Works with an idle worker, or a new one. If `work` panics, the worker is gone.
    pub(crate) fn with<T>(&self, new: impl FnOnce() -> W, work: impl FnOnce(&mut W) -> T) -> T {
        let idle = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut worker = idle.unwrap_or_else(new);
        let result = work(&mut worker);
        let mut idle = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < KEPT {
            idle.push(worker);
        }
        result
    }
}
