//! The pager: what a text is looked through with on a terminal.

use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Write as _};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use signal_hook::consts::SIGINT;

/// Shows a text page by page, where there are a terminal and a pager; whether it was shown.
///
/// # Errors
/// When the pager ran but could not be waited for.
pub fn show(text: &[u8]) -> io::Result<bool> {
    let terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
    let Some((program, args)) = chosen().filter(|_| terminal && !dumb) else { return Ok(false) };
    let mut command = Command::new(program);
    command.args(args).stdin(Stdio::piped());
    // What `less` needs to stop at the end of a short text, and to show Chinese whatever the locale is. No shell out of it.
    for (name, value) in [("LESS", "FRX"), ("LESSCHARSET", "utf-8")] {
        if std::env::var_os(name).is_none() {
            command.env(name, value);
        }
    }
    command.env("LESSSECURE", "1");
    // Ctrl-C is the pager's: it must not end us and leave the pager without its terminal.
    let held = signal_hook::flag::register(SIGINT, Arc::new(AtomicBool::new(false)));
    let shown = match command.spawn() {
        Ok(mut child) => {
            // A pager that is left early reads no more: no error.
            let _ = child.stdin.take().map(|mut stdin| stdin.write_all(text));
            child.wait().map(|_| true)
        }
        Err(_) => Ok(false),
    };
    if let Ok(held) = held {
        signal_hook::low_level::unregister(held);
    }
    shown
}

/// `$PAGER` and its arguments, else `less`; none where it is empty or `cat`. The one place that says who may have a pager:
/// somebody with a restricted role must not start a program of their own choice.
fn chosen() -> Option<(String, Vec<String>)> {
    read(std::env::var_os("PAGER"))
}

fn read(pager: Option<OsString>) -> Option<(String, Vec<String>)> {
    let line = match pager {
        Some(line) => line.into_string().ok()?,
        None => "less".to_owned(),
    };
    let mut words = line.split_whitespace().map(str::to_owned);
    let program = words.next().filter(|program| program != "cat")?;
    Some((program, words.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pager_is_split_into_words_and_no_shell_reads_it() {
        let chosen = |pager: &str| read(Some(pager.into()));
        assert_eq!(read(None), Some(("less".into(), vec![])));
        assert_eq!(chosen("most -w"), Some(("most".into(), vec!["-w".into()])));
        assert_eq!(chosen("less; rm -r x"), Some(("less;".into(), vec!["rm".into(), "-r".into(), "x".into()])));
        assert_eq!((chosen(""), chosen("cat")), (None, None));
    }
}
