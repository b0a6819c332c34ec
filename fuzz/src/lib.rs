//! Hands a check over to libFuzzer. All that is unsafe about guided fuzzing is here: the library itself has none of it, and no build of the
//! program takes this package in (`src/fuzz.rs` says how it is used).

use std::cell::Cell;
use std::ffi::{CString, c_char, c_int};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr;

// Linked for its static library; `main` is the test program's own.
use libfuzzer_sys as _;

type Check = dyn FnMut(&[u8]);

thread_local! {
    /// What [`drive`] was given, for the callback, which gets no context. libFuzzer calls it on the thread that started it.
    static CHECK: Cell<Option<*mut Check>> = const { Cell::new(None) };
}

unsafe extern "C" {
    /// See `FuzzerInterface.h` of libFuzzer.
    fn LLVMFuzzerRunDriver(
        count: *mut c_int,
        arguments: *mut *mut *mut c_char,
        input: extern "C" fn(*const u8, usize) -> c_int,
    ) -> c_int;
}

/// Runs libFuzzer with such arguments (folders, files, options; without the name of a program) on a check, and ends the process when it is
/// done. A check that panics ends the process too, and libFuzzer keeps the input in a file.
///
/// # Panics
///
/// Where an argument holds a NUL.
pub fn drive(arguments: &[String], mut check: impl FnMut(&[u8])) -> ! {
    let check: *mut (dyn FnMut(&[u8]) + '_) = &raw mut check;
    #[expect(clippy::transmute_ptr_to_ptr, reason = "no other cast forgets a lifetime")]
    // SAFETY: only the lifetime is forgotten. The check is on this function's stack, and this function never returns nor unwinds past here
    // while the pointer is used: the callback lets nothing unwind.
    let check: *mut Check = unsafe { std::mem::transmute(check) };
    CHECK.set(Some(check));
    let name = std::env::args().next().unwrap_or_default();
    let words = std::iter::once(&name).chain(arguments).map(|word| CString::new(word.as_str()).expect("no NUL"));
    let mut words: Vec<*mut c_char> = words.map(CString::into_raw).collect();
    let mut count = c_int::try_from(words.len()).expect("few arguments");
    words.push(ptr::null_mut());
    let mut words = words.as_mut_ptr();
    // SAFETY: `count` strings and a null pointer, as `main` gets them, which are never freed; the callback is as the interface wants it.
    let status = unsafe { LLVMFuzzerRunDriver(&raw mut count, &raw mut words, input) };
    std::process::exit(status)
}

extern "C" fn input(data: *const u8, length: usize) -> c_int {
    let bytes = if length == 0 {
        &[]
    } else {
        // SAFETY: libFuzzer gives so many readable bytes, which stay until this returns.
        unsafe { std::slice::from_raw_parts(data, length) }
    };
    let Some(check) = CHECK.get() else { std::process::abort() };
    // SAFETY: `drive` set it, is still on this thread's stack, and calls it nowhere else.
    let check = unsafe { &mut *check };
    if catch_unwind(AssertUnwindSafe(|| check(bytes))).is_err() {
        std::process::abort();
    }
    0
}
