//! 单位: one unit under several spellings.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A unit known under more than one spelling. Units with a single spelling need no record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Unit {
    /// The name it is listed under.
    pub name: Arc<str>,
    /// The other spellings; the documents' texts keep theirs.
    pub aliases: Vec<Arc<str>>,
}

/// Which name each spelling stands for.
#[derive(Debug, Clone, Default)]
pub struct Aliases(HashMap<Arc<str>, Arc<str>>);

impl Aliases {
    /// The table of these units. One that is listed under another brings its spellings along.
    pub fn new<'a>(units: impl IntoIterator<Item = &'a Unit>) -> Self {
        let pairs = units.into_iter().flat_map(|unit| unit.aliases.iter().map(|alias| (alias, &unit.name)));
        let under: HashMap<&Arc<str>, &Arc<str>> = pairs.collect();
        let listed = |alias, name| {
            // No more steps than there are spellings: a ring ends somewhere.
            let names =
                std::iter::successors(Some(name), |name| under.get(name).copied().filter(|next| *next != alias));
            names.take(under.len()).last().unwrap_or(name)
        };
        Self(under.iter().map(|(alias, name)| (Arc::clone(alias), Arc::clone(listed(*alias, *name)))).collect())
    }

    /// The name that a spelling stands for; itself where none is recorded.
    pub fn name<'a>(&'a self, spelling: &'a Arc<str>) -> &'a Arc<str> {
        self.0.get(spelling).unwrap_or(spelling)
    }

    /// The spellings that stand for `name`, itself first.
    pub fn spellings(&self, name: &Arc<str>) -> Vec<Arc<str>> {
        let mut others: Vec<Arc<str>> =
            self.0.iter().filter(|(_, of)| *of == name).map(|(alias, _)| Arc::clone(alias)).collect();
        others.sort();
        others.insert(0, Arc::clone(name));
        others
    }
}
