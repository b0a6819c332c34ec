//! Which name of a list is meant by what was typed.

use std::sync::Arc;

use super::marks;

/// Why no name is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotNamed {
    /// No name fits.
    Unknown,
    /// These fit alike.
    Ambiguous(Vec<Arc<str>>),
}

/// The one of `names` that is meant: exactly, else from its beginning, else by a part or pinyin, else by some of its characters.
///
/// # Errors
/// When none fits, or several fit alike.
pub fn named(names: &[Arc<str>], typed: &str) -> Result<Arc<str>, NotNamed> {
    let fits: [&dyn Fn(&str) -> bool; 4] = [
        &|name| name == typed,
        &|name| name.starts_with(typed) || marks(typed, name).first().is_some_and(|mark| mark.start == 0),
        &|name| name.contains(typed) || !marks(typed, name).is_empty(),
        &|name| is_short_for(typed, name),
    ];
    if typed.is_empty() {
        return Err(NotNamed::Unknown);
    }
    for fit in fits {
        let found: Vec<Arc<str>> = names.iter().filter(|name| fit(name)).cloned().collect();
        match found.as_slice() {
            [] => {}
            [one] => return Ok(Arc::clone(one)),
            _ => return Err(NotNamed::Ambiguous(found)),
        }
    }
    Err(NotNamed::Unknown)
}

/// Whether a name has the characters of a shorter one in their order: 人社局 of 市人力社保局.
fn is_short_for(typed: &str, name: &str) -> bool {
    let mut rest = name.chars();
    typed.chars().count() > 1 && typed.chars().all(|wanted| rest.any(|c| c == wanted))
}
