//! From a key to a command, by the contexts that are active.

use super::command::{COMMANDS, Command, Context};
use super::key::{Key, parse_keys};

/// The default keys.
#[derive(Debug, Clone)]
pub struct Keymap {
    bindings: Vec<(Context, Key, &'static Command)>,
}

impl Keymap {
    /// The keys of the command table.
    pub fn new() -> Self {
        let bindings = COMMANDS
            .iter()
            .flat_map(|command| {
                let keys = command.keys.iter().filter_map(|keys| parse_keys(keys).ok()?.first().copied());
                keys.map(move |key| (command.context, key, command))
            })
            .collect();
        Self { bindings }
    }

    /// The command of a key in the first of these contexts that has one.
    pub fn command(&self, contexts: &[Context], key: Key) -> Option<&'static Command> {
        contexts.iter().find_map(|context| {
            self.bindings.iter().find(|(c, k, _)| c == context && *k == key).map(|(_, _, command)| *command)
        })
    }

    /// Whether the key means something in some other context; then the footer says so instead of staying silent.
    pub fn elsewhere(&self, key: Key) -> Option<&'static Command> {
        self.bindings.iter().find(|(_, k, _)| *k == key).map(|(_, _, command)| *command)
    }
}

impl Default for Keymap {
    fn default() -> Self {
        Self::new()
    }
}
