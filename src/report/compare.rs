//! This period beside the one before: what turned red, what recovered, what did not move.

use super::figures::number;
use super::scope::Scope;
use super::summary::{Summary, summary};
use crate::catalog::{Lang, Say};
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

/// 与上期相比 in a sentence, with the items' numbers; `None` in the first period of a year.
pub(super) fn told(scope: &Scope<'_>, period: Period, lang: Lang) -> Option<String> {
    let compared = compare(scope, period)?;
    let book = scope.book();
    let before = lang.period(compared.before);
    let told = [&compared.newly_red, &compared.recovered, &compared.unmoved].map(|items| {
        let numbers: Vec<String> = items.iter().map(|item| number(&book, *item)).collect();
        let numbers = numbers.join(lang.say(Say::ReportListJoin));
        (items.len(), if items.is_empty() { String::new() } else { lang.fill(Say::ReportNumbers, &[&numbers]) })
    });
    let [(red, reds), (better, betters), (unmoved, unmoveds)] = &told;
    Some(lang.fill(Say::ReportCompared, &[&before, red, reds, better, betters, unmoved, unmoveds]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Book, RequestKind, Status};
    use crate::report::For;
    use crate::report::fixture::{Making, id, q};

    #[test]
    fn what_turned_red_recovered_and_did_not_move_is_told_from_the_period_before() {
        let mut making = Making::new("东城区");
        let courses = [("30", "40"), ("10", "70"), ("20", "20"), ("45", "80"), ("100", "100"), ("10", "10")];
        for (no, (before, now)) in (1..).zip(courses) {
            making.task(no, "任务", "张三", "市发改委").filed(no, q(2), Some(before)).filed(no, q(3), Some(now));
        }
        // One that was red and is not known now has not recovered; one that was stopped is not compared.
        making.task(7, "任务", "张三", "市发改委").filed(7, q(2), Some("10"));
        making.granted("T6", RequestKind::Stop, q(3), None);
        let ledger = making.ledger();
        let book = Book::open(&ledger, &id()).unwrap();
        let scope = Scope::new(&book, &For::All);
        let compared = compare(&scope, q(3)).unwrap();
        let names = |items: &[ItemKey]| items.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(names(&compared.newly_red), ["T1", "T3"]);
        assert_eq!(names(&compared.recovered), ["T2"]);
        assert_eq!(names(&compared.unmoved), ["T3"], "100 of 100 is complete, not unmoved");
        assert_eq!((compared.before, compared.counts.tasks.of(Status::FarBehind)), (q(2), 3));
        assert_eq!(compare(&scope, q(1)), None, "the first of the year");
    }
}
