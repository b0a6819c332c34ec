//! Code of libraries that may panic, run so that its panics are errors: the one place where unwinding is caught.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// What the deed answers, or what it panicked with; without a trace of that on the screen. A deed may run another one so.
///
/// # Errors
/// The words of the panic, where the deed unwound.
pub(crate) fn caught<T>(deed: impl FnOnce() -> T) -> Result<T, String> {
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
    outcome.map_err(|panic| words(panic.as_ref()))
}

fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("panic").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_panics_is_told_in_its_words() {
        assert_eq!(caught(|| 7), Ok(7));
        assert_eq!(caught(|| panic!("three")), Err::<(), _>("three".to_owned()));
        assert_eq!(caught(|| panic!("{} of {}", 1, 3)), Err::<(), _>("1 of 3".to_owned()));
        let unwound = caught(|| std::panic::resume_unwind(Box::new(3)));
        assert_eq!(unwound, Err::<(), _>("panic".to_owned()));
    }

    #[test]
    fn it_is_quiet_until_the_outermost_deed_has_ended() {
        let outer = caught(|| {
            assert_eq!(caught(|| panic!("inner")), Err::<(), _>("inner".to_owned()));
            QUIET.get()
        });
        assert_eq!((outer, QUIET.get()), (Ok(true), false));
    }
}
