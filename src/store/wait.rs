//! Waiting for a commit without using the processor.

use std::sync::{Condvar, MutexGuard, PoisonError};
use std::time::Duration;

/// Sleeps until `grown` holds of the state or the time is up.
pub(super) fn until_grown<'a, T>(
    signal: &Condvar,
    guard: MutexGuard<'a, T>,
    wait: Duration,
    grown: impl Fn(&T) -> bool,
) -> MutexGuard<'a, T> {
    if wait.is_zero() {
        return guard;
    }
    let (guard, _) =
        signal.wait_timeout_while(guard, wait, |state| !grown(state)).unwrap_or_else(PoisonError::into_inner);
    guard
}
