//! The help: every command, from the table.

use super::super::command::{COMMANDS, Command, Context};
use super::super::key::shown;
use super::super::state::State;
use super::detail::Line;
use crate::text::width::pad;

/// The commands that work here first, then all the others, by context.
pub(super) fn lines(state: &State) -> Vec<Line> {
    let lang = state.lang();
    // The help itself is on top; what lies under it is what is asked about.
    let here = state.popups.split_last().map(|(_, below)| state.contexts_under(below)).unwrap_or_default();
    let others = Context::ALL.iter().filter(|context| !here.contains(context));
    let mut lines = Vec::new();
    let may = state.may();
    for context in here.iter().chain(others) {
        // What the role never lets one do is left out.
        let offered = |command: &&Command| command.context == *context && command.needs.ever(&may).is_ok();
        if COMMANDS.iter().all(|command| !offered(&command)) {
            continue;
        }
        lines.push((lang.say(context.title()).to_owned(), state.theme.focused()));
        for command in COMMANDS.iter().filter(offered) {
            let keys: Vec<String> = command.keys.iter().map(|key| shown(key)).collect();
            let text = format!(
                "  {} {} {}",
                pad(&keys.join(" "), 18),
                pad(lang.say(command.name), 12),
                lang.say(command.about)
            );
            lines.push((text, state.theme.text()));
        }
        lines.push((String::new(), state.theme.text()));
    }
    lines
}
