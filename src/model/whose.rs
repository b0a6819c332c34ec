//! Which units are whose: through spellings, and through whoever follows on a name.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{Aliases, Office, Successions};

/// Whose units are whose on a day: whoever follows on a unit by then has what was its own, and so does still whoever goes by the
/// name that was.
#[derive(Debug, Clone, Copy)]
pub struct Whose<'a> {
    /// Which name each spelling stands for.
    pub aliases: &'a Aliases,
    /// Who follows on whom.
    pub known: &'a Successions,
    /// The day.
    pub day: NaiveDate,
}

impl Whose<'_> {
    /// Whether a unit that an item names is this one.
    pub fn is(self, unit: &Arc<str>, own: &Arc<str>) -> bool {
        let own = self.aliases.name(own);
        let mut names = self.known.until(Office::Unit, self.aliases.name(unit), self.day);
        names.any(|name| self.aliases.name(name) == own)
    }
}
