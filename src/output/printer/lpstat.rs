//! What `lpstat` answers in the C locale.

use super::{Printer, is_name};
use crate::text::one_line;

/// The printers of `lpstat -e` (a name a line; older ones do not know it), `lpstat -d` and `lpstat -p`; the default one first.
pub(super) fn read(names: &[u8], default: &[u8], states: &[u8]) -> Vec<Printer> {
    let states = read_states(states);
    let default = read_default(default);
    let listed = String::from_utf8_lossy(names);
    let mut printers: Vec<Printer> = Vec::new();
    for name in listed.lines().map(str::trim).chain(states.iter().map(|(name, _)| name.as_str())) {
        if is_name(name) && printers.iter().all(|known| known.name != name) {
            let state = states.iter().find(|(of, _)| of == name).map(|(_, state)| state.clone());
            let is_default = default.as_deref() == Some(name);
            printers.push(Printer { name: name.to_owned(), default: is_default, state: state.unwrap_or_default() });
        }
    }
    printers.sort_by_key(|printer| !printer.default);
    printers
}

/// `system default destination: laser`; without one it says so or nothing.
fn read_default(answer: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(answer).into_owned();
    text.lines().find_map(|line| line.split_once("default destination:").map(|(_, name)| name.trim().to_owned()))
}

/// `printer laser is idle.  enabled since …`, `printer laser now printing laser-7.  enabled since …`, `printer laser disabled
/// since … -` with the reason on lines of its own, indented.
fn read_states(answer: &[u8]) -> Vec<(String, String)> {
    let text = String::from_utf8_lossy(answer).into_owned();
    let mut states: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        match (line.strip_prefix("printer "), states.last_mut()) {
            (Some(rest), _) => {
                let (name, state) = rest.split_once(' ').unwrap_or((rest, ""));
                // Since when it is enabled helps nobody.
                let state = state.split(".  enabled since").next().unwrap_or_default();
                states.push((name.to_owned(), one_line(state.strip_prefix("is ").unwrap_or(state)).text));
            }
            (None, Some((_, state))) if line.starts_with([' ', '\t']) => {
                *state = one_line(format!("{state} {}", line.trim()).trim()).text;
            }
            (None, _) => {}
        }
    }
    states
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printer(name: &str, default: bool, state: &str) -> Printer {
        Printer { name: name.into(), default, state: state.into() }
    }

    #[test]
    fn the_default_printer_stands_first_and_each_has_its_state() {
        let states = "printer a-laser is idle.  enabled since Mon Nov 25 09:00:00 2024\n\
                      printer Office now printing Office-7.  enabled since Mon Nov 25 09:00:00 2024\n\tSending data to printer.\n\
                      printer old disabled since Mon Nov 25 09:00:00 2024 -\n\tPaused\u{1b}[31m\n";
        let read = read(b"a-laser\nOffice\nold\nnew\n", b"system default destination: Office\n", states.as_bytes());
        let expected = [
            printer("Office", true, "now printing Office-7 Sending data to printer."),
            printer("a-laser", false, "idle"),
            printer("old", false, "disabled since Mon Nov 25 09:00:00 2024 - Paused[31m"),
            printer("new", false, ""),
        ];
        assert_eq!(read, expected);
    }

    #[test]
    fn an_lpstat_that_lists_no_names_still_names_printers_by_their_states() {
        let read = read(b"", b"no system default destination\n", b"printer laser is idle.  enabled since now\n");
        assert_eq!(read, [printer("laser", false, "idle")]);
    }

    #[test]
    fn whatever_it_answers_no_option_becomes_a_printer() {
        assert_eq!(read(b"", b"", b""), []);
        let junk = b"-o\n\xff\xfe\n a b\nprinter\nprinter \n\tx\n";
        let read = read(junk, junk, junk);
        assert!(read.iter().all(|printer| is_name(&printer.name)), "{read:?}");
    }
}
