//! A leader's page for the weekly meeting: the worst first, on one page where it can be.

use chrono::NaiveDate;

use super::{among, is_pressing};
use crate::catalog::{Lang, Say};
use crate::model::{Book, ItemKey, Period, Rating, Task};
use crate::report::chase::chase_list;
use crate::report::figures::number;
use crate::report::model::{Cell, Column, Kind, Report};
use crate::report::paper::{Paper, flat, is_behind, light, lights, rate, worst_first};
use crate::report::scope::{For, Scope};
use crate::report::summary::summary;
use crate::text::width::truncate;

/// Columns of a task's text that stand on one line of the table: the whole is in the breakdown.
const TASK: usize = 44;

/// The page of a leader. Quota rows name no leader and are not guessed at: that a unit leads both says nothing about who
/// answers for a quota.
pub(super) fn page(book: &Book<'_>, of: &For, name: &str, (period, today): (Period, NaiveDate), lang: Lang) -> Report {
    let scope = Scope::new(book, of);
    let mut tasks: Vec<(&Task, Rating)> = scope.tasks().map(|task| (task, scope.rate_task(task, period))).collect();
    tasks.sort_by_key(|(task, rating)| (worst_first(rating), task.key));
    let items: Vec<ItemKey> = tasks.iter().map(|(task, _)| task.key).collect();
    let mut paper = Paper::new(book, lang);
    if tasks.is_empty() {
        paper.say(Say::ReportNothing, &[]);
    } else {
        let counts = summary(&scope, period).tasks;
        let [complete, lagging] = [counts.complete(), counts.lagging()];
        paper.say(Say::KindLeaderHead, &[&tasks.len(), &lights(lang, &counts), &complete, &lagging]);
        paper.compared(&scope, period);
        // What is complete asks for nothing any more: its numbers stand below the table.
        let (complete, open): (Vec<_>, Vec<_>) = tasks.iter().partition(|(_, rating)| rating.status.is_complete());
        let rows = open.iter().map(|(task, rating)| row(book, task, *rating, lang)).collect();
        let columns = [
            (Say::ReportColNo, Column::marks()),
            (Say::ReportColLight, Column::marks()),
            (Say::ReportColTask, Column::text(4)),
            (Say::ReportColRate, Column::figures()),
            (Say::ReportColLead, Column::text(1)),
        ];
        paper.table("", 1, &columns, rows);
        if !complete.is_empty() {
            let mut complete: Vec<ItemKey> = complete.iter().map(|(task, _)| task.key).collect();
            complete.sort_unstable();
            let numbers = paper.numbers(&complete);
            paper.note(Say::KindComplete, &[&complete.len(), &numbers]);
        }
        let behind: Vec<(ItemKey, Rating)> =
            tasks.iter().filter(|(_, rating)| is_behind(rating)).map(|(task, rating)| (task.key, *rating)).collect();
        paper.details(&behind, period);
        paper.requests(&items);
        let chased = among(chase_list(book, &scope, period, today), &items);
        let pressing: Vec<_> = chased.into_iter().filter(is_pressing).collect();
        paper.chased(&pressing);
    }
    // One line, to spare the room: the period, office and day.
    let line = format!("{}　{}", lang.period(period), paper.office(today));
    paper.finish(Kind::Leader, lang.fill(Say::KindLeaderTitle, &[&name]), vec![line])
}

fn row(book: &Book<'_>, task: &Task, rating: Rating, lang: Lang) -> Vec<Cell> {
    let lead = match task.lead_units.as_slice() {
        [] => String::new(),
        [one] => one.to_string(),
        [first, ..] => lang.fill(Say::KindAndOthers, &[first]),
    };
    vec![
        number(book, task.key).into(),
        light(lang, rating),
        truncate(&flat(&task.text), TASK, "…").into_owned().into(),
        rate(rating),
        lead.into(),
    ]
}
