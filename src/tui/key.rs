//! Keys and their notation: `jj<enter>e改<esc>`, `<c-s>`. The same notation stands in the command table, in the help and in
//! the tests.

use std::fmt;

use crate::text::fold::fold_key;

/// A key without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// A character, as typed (shift is in the character).
    Char(char),
    /// A named key.
    Named(Named),
    /// A function key, 1 to 12.
    F(u8),
}

/// Keys that are not characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the key of that name")]
pub enum Named {
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
}

/// Named keys and how they are written.
const NAMES: [(&str, Named); 14] = [
    ("enter", Named::Enter),
    ("esc", Named::Esc),
    ("tab", Named::Tab),
    ("s-tab", Named::BackTab),
    ("bs", Named::Backspace),
    ("del", Named::Delete),
    ("up", Named::Up),
    ("down", Named::Down),
    ("left", Named::Left),
    ("right", Named::Right),
    ("home", Named::Home),
    ("end", Named::End),
    ("pgup", Named::PageUp),
    ("pgdn", Named::PageDown),
];

/// A key press.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// With Ctrl.
    pub ctrl: bool,
    /// With Alt.
    pub alt: bool,
}

impl Key {
    /// A key without modifiers.
    pub const fn plain(code: Code) -> Self {
        Self { code, ctrl: false, alt: false }
    }

    /// A named key without modifiers.
    pub const fn named(named: Named) -> Self {
        Self::plain(Code::Named(named))
    }

    /// The key for looking up commands: full-width characters typed with the input method on act as their ASCII twins, and characters
    /// that a terminal makes of Alt by its eighth bit (`´` of `4`, as xterm does unless it is told otherwise) as Alt.
    #[must_use]
    pub fn folded(self) -> Self {
        match self.code {
            Code::Char(c @ '\u{a1}'..='\u{fe}') if fold_key(c) == c => match u8::try_from(u32::from(c) - 0x80) {
                Ok(twin) => Self { code: Code::Char(char::from(twin)), alt: true, ..self },
                Err(_) => self,
            },
            Code::Char(c) => Self { code: Code::Char(fold_key(c)), ..self },
            _ => self,
        }
    }

    /// The character it types in a field, if it types one.
    pub const fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self.code {
            Code::Char(' ') => "space".to_owned(),
            Code::Char('<') => "lt".to_owned(),
            Code::Char(c) if !self.ctrl && !self.alt => return write!(f, "{c}"),
            Code::Char(c) => c.to_string(),
            Code::Named(named) => NAMES.iter().find(|(_, n)| *n == named).map_or("", |(name, _)| name).to_owned(),
            Code::F(n) => format!("f{n}"),
        };
        let ctrl = if self.ctrl { "c-" } else { "" };
        let alt = if self.alt { "a-" } else { "" };
        write!(f, "<{ctrl}{alt}{name}>")
    }
}

/// A key of the command table as people read it: `Enter`, `Ctrl-S`, `F2`.
pub fn shown(notation: &str) -> String {
    let Some(name) = notation.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')) else {
        return notation.to_owned();
    };
    let held = [("c-", "Ctrl-"), ("s-", "Shift-"), ("a-", "Alt-")];
    let held = held.into_iter().find_map(|(prefix, held)| Some((held, name.strip_prefix(prefix)?)));
    let (held, name) = held.unwrap_or(("", name));
    let name = match name {
        "pgup" => "PgUp".to_owned(),
        "pgdn" => "PgDn".to_owned(),
        name => {
            let mut letters = name.chars();
            letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
        }
    };
    format!("{held}{name}")
}

/// Why a key sequence could not be read: the part that is no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a key: {0}")]
pub struct BadKeys(pub String);

/// Reads a sequence of keys.
///
/// # Errors
/// When a `<…>` names no key.
pub fn parse_keys(text: &str) -> Result<Vec<Key>, BadKeys> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|inner| inner.split_once('>'));
        if let Some((name, after)) = named {
            keys.push(parse_named(name).ok_or_else(|| BadKeys(format!("<{name}>")))?);
            rest = after;
        } else {
            keys.push(Key::plain(Code::Char(c)));
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
        }
    }
    Ok(keys)
}

fn parse_named(name: &str) -> Option<Key> {
    if let Some((_, named)) = NAMES.iter().find(|(n, _)| *n == name) {
        return Some(Key::named(*named));
    }
    if let Some(inner) = name.strip_prefix("c-") {
        return parse_named(inner).map(|key| Key { ctrl: true, ..key });
    }
    if let Some(inner) = name.strip_prefix("a-") {
        return parse_named(inner).map(|key| Key { alt: true, ..key });
    }
    let code = match name {
        "space" => Code::Char(' '),
        "lt" => Code::Char('<'),
        _ => {
            let number = name.strip_prefix('f').and_then(|n| n.parse().ok()).filter(|n| (1..=12).contains(n));
            match number {
                Some(n) => Code::F(n),
                None => Code::Char(single(name)?),
            }
        }
    };
    Some(Key::plain(code))
}

/// The only character of a text.
fn single(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_back_as_written() {
        let text = "jj<enter>e改<esc><c-s><f10><s-tab><space><lt><a-x>";
        let keys = parse_keys(text).unwrap();
        let back: String = keys.iter().map(ToString::to_string).collect();
        assert_eq!(back, text);
    }

    #[test]
    fn an_unknown_name_is_an_error() {
        assert_eq!(parse_keys("<nokey>"), Err(BadKeys("<nokey>".to_owned())));
    }

    #[test]
    fn full_width_keys_act_as_their_twins() {
        for (typed, key) in [('：', ':'), ('／', '/'), ('？', '?'), ('１', '1'), ('ｊ', 'j')] {
            assert_eq!(Key::plain(Code::Char(typed)).folded(), Key::plain(Code::Char(key)));
        }
    }

    #[test]
    fn alt_by_the_eighth_bit_is_alt() {
        let alt = |c| Key { alt: true, ..Key::plain(Code::Char(c)) };
        assert_eq!(Key::plain(Code::Char('´')).folded(), alt('4'));
        assert_eq!(Key::plain(Code::Char('á')).folded(), alt('a'));
        assert_eq!(Key::plain(Code::Char('·')).folded(), Key::plain(Code::Char('`')), "the input method's");
    }
}
