//! 更名、接任: who follows on a unit or a leader from a day on. The document keeps the names as printed; what is shown as of a
//! day has the names of that day.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::key::{BadKey, DocumentId, Key, Of};
use super::ledger::{Entry, Ledger};
use super::record::Record;
use super::unit::{Aliases, Unit};

/// Whose names change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Office {
    /// A unit was renamed, or another one took over.
    Unit,
    /// A leader's posts passed on.
    Leader,
}

impl fmt::Display for Office {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unit => "unit",
            Self::Leader => "leader",
        })
    }
}

impl FromStr for Office {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, BadKey> {
        match text {
            "unit" => Ok(Self::Unit),
            "leader" => Ok(Self::Leader),
            _ => Err(BadKey(text.to_owned())),
        }
    }
}

/// Who follows, and from when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Successor {
    /// The name from then on.
    pub to: Arc<str>,
    /// The first day of it.
    pub since: NaiveDate,
}

/// Everything that was said about who follows whom.
#[derive(Debug, Clone, Default)]
pub struct Successions(BTreeMap<(Office, Arc<str>), Successor>);

impl Successions {
    /// Those of a document.
    pub fn of(ledger: &Ledger, document: &DocumentId) -> Self {
        let first = Key::successor(document, Office::Unit, "");
        let known = ledger.from(first).map_while(|(of, entry)| match (of, entry.record.as_ref()) {
            (Of::Successor(office, name), Record::Successor(next)) => Some(((*office, Arc::clone(name)), next.clone())),
            _ => None,
        });
        Self(known.collect())
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each with the name that was.
    pub fn iter(&self) -> impl Iterator<Item = (Office, &Arc<str>, &Successor)> {
        self.0.iter().map(|((office, name), next)| (*office, name, next))
    }

    /// What was said about a name.
    pub fn next(&self, office: Office, name: &Arc<str>) -> Option<&Successor> {
        self.0.get(&(office, Arc::clone(name)))
    }

    /// The names that stood for `name` one after the other up to a day, itself first.
    pub fn until<'a>(
        &'a self,
        office: Office,
        name: &'a Arc<str>,
        day: NaiveDate,
    ) -> impl Iterator<Item = &'a Arc<str>> {
        let next =
            move |name: &&'a Arc<str>| self.next(office, name).filter(|next| next.since <= day).map(|next| &next.to);
        // No more steps than there are successors: a ring of names ends somewhere.
        std::iter::successors(Some(name), next).take(self.0.len() + 1)
    }

    /// The name that stands for `name` on a day, through all that follow on each other; itself where none does yet.
    pub fn on(&self, office: Office, name: &Arc<str>, day: NaiveDate) -> Arc<str> {
        Arc::clone(self.until(office, name, day).last().unwrap_or(name))
    }

    /// Whether `to` is followed by `from` at any step: then `from` cannot be followed by `to`, whoever follows on it by now.
    pub fn leads_back(&self, office: Office, from: &Arc<str>, to: &Arc<str>) -> bool {
        self.until(office, to, NaiveDate::MAX).any(|name| name == from)
    }
}

/// The ledger as it reads on a day: items name the units and leaders of that day, and old names of units still find them.
/// `None` where no succession is in force: it reads as it stands. For showing; writes are made on the ledger itself.
pub fn as_of(ledger: &Ledger, document: &DocumentId, day: NaiveDate) -> Option<Ledger> {
    let known = Successions::of(ledger, document);
    if known.iter().all(|(_, _, next)| next.since > day) {
        return None;
    }
    let aliases = Aliases::new(units(ledger, document));
    let unit = |name: &Arc<str>| {
        let listed = aliases.name(name);
        let now = known.on(Office::Unit, listed, day);
        if now == *listed { Arc::clone(name) } else { now }
    };
    let leader = |name: &Arc<str>| known.on(Office::Leader, name, day);
    let mut entries: BTreeMap<Key, Entry> = ledger.entries().map(|(key, entry)| (key.clone(), entry.clone())).collect();
    for (key, entry) in entries.iter_mut().filter(|(key, _)| key.document == *document) {
        if !matches!(key.of, Of::Item(_)) {
            continue;
        }
        let shown = match entry.record.as_ref() {
            Record::Task(task) => {
                let mut task = task.clone();
                task.leaders = renamed(&task.leaders, &leader, &[]);
                task.lead_units = renamed(&task.lead_units, &unit, &[]);
                task.coop_units = renamed(&task.coop_units, &unit, &task.lead_units);
                Record::Task(task)
            }
            Record::Row(row) => {
                let mut row = row.clone();
                row.lead_units = renamed(&row.lead_units, &unit, &[]);
                row.coop_units = renamed(&row.coop_units, &unit, &row.lead_units);
                Record::Row(row)
            }
            _ => continue,
        };
        if shown != *entry.record {
            entry.record = Arc::new(shown);
        }
    }
    rename_units(&mut entries, document, &known, day);
    Some(Ledger::from_parts(ledger.head(), entries))
}

/// The names of a day, each once, and none that is among `others`.
fn renamed(names: &[Arc<str>], name: &impl Fn(&Arc<str>) -> Arc<str>, others: &[Arc<str>]) -> Vec<Arc<str>> {
    let mut out: Vec<Arc<str>> = Vec::with_capacity(names.len());
    for one in names {
        let now = name(one);
        if !out.contains(&now) && !others.contains(&now) {
            out.push(now);
        }
    }
    out
}

/// The units' records of a day: the name that was, with its spellings, is a spelling of the name that is.
fn rename_units(entries: &mut BTreeMap<Key, Entry>, document: &DocumentId, known: &Successions, day: NaiveDate) {
    for (office, was, _) in known.iter() {
        let now = known.on(Office::Unit, was, day);
        if office != Office::Unit || now == *was {
            continue;
        }
        let mut spellings = vec![Arc::clone(was)];
        if let Some(Record::Unit(old)) =
            entries.remove(&Key::unit(document, was)).map(|entry| entry.record.as_ref().clone())
        {
            spellings.extend(old.aliases);
        }
        let key = Key::unit(document, &now);
        let there = entries.get(&key);
        let version = there.map_or(super::change::Seq::ZERO, |entry| entry.version);
        let mut unit = match there.map(|entry| entry.record.as_ref()) {
            Some(Record::Unit(unit)) => unit.clone(),
            _ => Unit { name: Arc::clone(&now), aliases: Vec::new() },
        };
        spellings.retain(|one| *one != now && !unit.aliases.contains(one));
        unit.aliases.extend(spellings);
        entries.insert(key, Entry { version, record: Arc::new(Record::Unit(unit)) });
    }
}

fn units<'a>(ledger: &'a Ledger, document: &DocumentId) -> impl Iterator<Item = &'a Unit> {
    ledger.from(Key::unit(document, "")).map_while(|(_, entry)| match entry.record.as_ref() {
        Record::Unit(unit) => Some(unit),
        _ => None,
    })
}
