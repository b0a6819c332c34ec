//! Runs the code of the libraries that read PDF and xlsx, so that their panics are errors.
//!
//! Such a file is a program, or sums, that strangers wrote. The libraries check much, but not everything that damaged bytes make of it: a
//! column `ZZZZZZZZ` is more than calamine counts to. And what a page is drawn to cannot tell the library to stop, except by unwinding. So
//! this is the one place of the reader where unwinding is caught.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// What the deed answers; `None` where it unwound.
pub(super) fn caught<T>(deed: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                usual(info);
            }
        }));
    });
    let before = QUIET.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(deed));
    QUIET.set(before);
    outcome.ok()
}
