//! This period beside the one before: what turned red, what recovered, what did not move.

use super::scope::Scope;
use super::summary::{Summary, summary};
use crate::model::{ItemKey, Light, Period};

/// How a period compares with the one before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// The period before.
    pub before: Period,
    /// Its counts.
    pub counts: Summary,
    /// 新转红: red now, not red then.
    pub newly_red: Vec<ItemKey>,
    /// 好转: red or yellow then, a better light now; what is not known now has not recovered.
    pub recovered: Vec<ItemKey>,
    /// 连续两期未动.
    pub unmoved: Vec<ItemKey>,
}

/// Compares a period with the one before it, within a scope. `None` for the first of the year.
pub fn compare(scope: &Scope<'_>, period: Period) -> Option<Compared> {
    let before = period.previous()?;
    let mut compared = Compared {
        before,
        counts: summary(scope, before),
        newly_red: Vec::new(),
        recovered: Vec::new(),
        unmoved: Vec::new(),
    };
    let tasks = scope.tasks().map(|task| task.key);
    for item in tasks.chain(scope.rows().into_iter().map(|row| row.key)) {
        let (now, was) = (scope.rate(item, period), scope.rate(item, before));
        if !now.status.has_light() {
            continue;
        }
        if now.light == Light::Red && was.light != Light::Red {
            compared.newly_red.push(item);
        }
        let was_behind = matches!(was.light, Light::Red | Light::Yellow) && was.status.has_light();
        if was_behind && now.light > was.light && now.light != Light::Grey {
            compared.recovered.push(item);
        }
        if now.unmoved_since(&was) {
            compared.unmoved.push(item);
        }
    }
    Some(compared)
}
