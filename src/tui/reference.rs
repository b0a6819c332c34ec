//! The key reference of the manual, from the one table of commands.

use super::command::{COMMANDS, Command, Context};
use super::key::shown;
use crate::catalog::{Lang, Say};

/// The key reference as Markdown: every command with its keys, by context, in the order of the help.
pub fn keys(lang: Lang) -> String {
    let mut parts = vec![format!("# {}", lang.say(Say::KeysDocTitle)), lang.say(Say::KeysDocIntro).to_owned()];
    for context in Context::ALL {
        parts.push(format!("## {}", lang.say(context.title())));
        let rows = COMMANDS.iter().filter(|command| command.context == context).map(|command| row(lang, command));
        let mut table = vec![format!("| {} |", lang.say(Say::KeysDocHead)), "|---|---|---|---|".to_owned()];
        table.extend(rows);
        parts.push(table.join("\n"));
    }
    format!("{}\n", parts.join("\n\n"))
}

fn row(lang: Lang, command: &Command) -> String {
    let keys: Vec<String> = command.keys.iter().map(|key| format!("`{}`", shown(key))).collect();
    format!("| {} | {} | {} | `{}` |", keys.join(" "), lang.say(command.name), lang.say(command.about), command.id)
}
