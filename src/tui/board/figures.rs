//! What a board shows, worked out once for a state of the ledger and a period, not for every frame.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::About;
use crate::catalog::Say;
use crate::model::{Book, FilingState, ItemKey, Light, Period, Rating, Seq, Status};
use crate::report::areas::areas;
use crate::report::scope::{For, Scope};
use crate::report::summary::{Counts, Summary, by_lead_unit, by_leader, summary};
use crate::report::{Reason, ToChase, chase_list, compare};

/// A line of 亮灯, of the items, or of 对比.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// An empty line.
    Gap,
    /// A heading with how many stand below it; 0 says so in words.
    Head(Say, usize),
    /// A note in words.
    Note(Say),
    /// Lights of a leader, a unit or an area.
    Bar {
        /// Whose.
        of: For,
        /// The name.
        name: Arc<str>,
        /// How many are red, yellow, grey, green, as [`Light::ALL`].
        lights: [usize; 4],
        /// Of areas: the rank and the mean 完成率.
        standing: Option<(Option<usize>, Option<Decimal>)>,
    },
    /// An item and its rating now, in the scope of the board.
    Item(ItemKey, Rating),
    /// Counts of the period before and now, one or two side by side.
    Changes(Change, Option<Change>),
}

/// How a count changed from the period before to this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// What is counted.
    pub of: Counted,
    /// In the period before.
    pub then: usize,
    /// Now.
    pub now: usize,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Items that show a light.
    Light(Light),
    /// Items of a status.
    Status(Status),
}

impl Entry {
    /// What the line is about.
    pub(super) fn about(&self) -> Option<About> {
        match self {
            Self::Item(item, _) => Some(About::Item(*item)),
            Self::Bar { of, .. } => Some(About::Bar(of.clone())),
            _ => None,
        }
    }

    /// Whether the cursor may stand on it.
    pub const fn can_be_chosen(&self) -> bool {
        matches!(self, Self::Item(..) | Self::Bar { .. })
    }
}

/// Everything a board shows.
#[derive(Debug, Default)]
pub struct Figures {
    /// Of which state of the ledger, which period and which day; `None`: of none yet.
    pub stamp: Option<(Seq, Period, NaiveDate)>,
    /// Counts by status and light.
    pub summary: Summary,
    /// 填报状态, in the order of [`FilingState::ALL`].
    pub filing: [usize; 6],
    /// Requests that wait for a decision.
    pub requests: usize,
    /// 催办.
    pub chase: Vec<ToChase>,
    /// How many of them need a call now: all but those that have only not filed yet and still have time to.
    pub urgent: usize,
    /// The reasons of 催办 by name, the most urgent first, with how many items have each.
    pub kinds: Vec<(&'static str, usize)>,
    /// 亮灯.
    pub lights: Vec<Entry>,
    /// The items of a page, the worst first.
    pub items: Vec<Entry>,
    /// The areas of the heat map, in the order of the columns.
    pub areas: Vec<Arc<str>>,
    /// The rows of the heat map with their ratings: 全市, then the areas.
    pub heat: Vec<(ItemKey, Vec<Rating>)>,
    /// 对比.
    pub compare: Vec<Entry>,
}

impl Figures {
    /// Works out what a board shows.
    pub fn of(book: &Book<'_>, of: &For, period: Period, today: NaiveDate) -> Self {
        let scope = Scope::new(book, of);
        let chase = chase_list(book, &scope, period, today);
        let mut filing = [0; 6];
        let mut requests = 0;
        let tasks: Vec<ItemKey> = scope.tasks().map(|task| task.key).collect();
        let rows: Vec<ItemKey> = scope.rows().into_iter().map(|row| row.key).collect();
        for item in tasks.iter().chain(&rows) {
            let state = scope.filing_state(*item, period, today);
            for (count, _) in filing.iter_mut().zip(FilingState::ALL).filter(|(_, one)| *one == state) {
                *count += 1;
            }
        }
        if *of == For::All {
            requests = book.open_requests().count();
        } else {
            let open = |item: &ItemKey| book.requests(*item).filter(|(_, request, _)| request.is_open()).count();
            requests += tasks.iter().chain(&rows).map(open).sum::<usize>();
        }
        let summary = summary(&scope, period);
        Self {
            stamp: Some((book.ledger().head().seq, period, today)),
            compare: compared(&scope, &summary, period),
            summary,
            filing,
            requests,
            kinds: kinds(&chase),
            urgent: chase.iter().filter(|one| is_urgent(one)).count(),
            chase,
            lights: if *of == For::All { lights(&scope, period) } else { Vec::new() },
            items: if *of == For::All { Vec::new() } else { items(&scope, [&tasks, &rows], period) },
            areas: book.document().areas.clone(),
            heat: heat(&scope, period),
        }
    }
}

/// Whether there is more to say of it than that nothing is filed and the due day is still to come.
fn is_urgent(one: &ToChase) -> bool {
    one.reasons.iter().any(|reason| !matches!(reason, Reason::NotFiled(days) if *days <= 0))
}

fn kinds(chase: &[ToChase]) -> Vec<(&'static str, usize)> {
    let mut found: Vec<(&Reason, usize)> = Vec::new();
    for reason in chase.iter().flat_map(|one| &one.reasons) {
        match found.iter_mut().find(|(known, _)| known.name() == reason.name()) {
            Some((_, count)) => *count += 1,
            None => found.push((reason, 1)),
        }
    }
    found.sort_by_key(|(reason, _)| reason.urgency());
    found.into_iter().map(|(reason, count)| (reason.name(), count)).collect()
}

/// Bars of the leaders, the lead units and the areas.
fn lights(scope: &Scope<'_>, period: Period) -> Vec<Entry> {
    let of_counts = |counts: &[&Counts]| Light::ALL.map(|light| counts.iter().map(|counts| counts.light(light)).sum());
    let leaders = by_leader(scope, period).into_iter().map(|(name, counts)| Entry::Bar {
        of: For::Leader(Arc::clone(&name)),
        lights: of_counts(&[&counts]),
        standing: None,
        name,
    });
    let units = by_lead_unit(scope, period).into_iter().map(|(name, summary)| Entry::Bar {
        of: For::Unit(Arc::clone(&name)),
        lights: of_counts(&[&summary.tasks, &summary.rows]),
        standing: None,
        name,
    });
    let areas = areas(&scope.book(), period).into_iter().map(|area| Entry::Bar {
        of: For::Area(Arc::clone(&area.area)),
        lights: of_counts(&[&area.counts]),
        standing: Some((area.rank, area.average)),
        name: area.area,
    });
    let mut lines = Vec::new();
    section(&mut lines, Say::CmdLeaders, leaders.collect());
    section(&mut lines, Say::ColumnLeadUnit, units.collect());
    section(&mut lines, Say::Areas, areas.collect());
    lines
}

/// Tasks and rows of a page, each the worst first.
fn items(scope: &Scope<'_>, [tasks, rows]: [&[ItemKey]; 2], period: Period) -> Vec<Entry> {
    let mut lines = Vec::new();
    for (name, items) in [(Say::CmdTasks, tasks), (Say::CmdMatrix, rows)] {
        let mut rated: Vec<(ItemKey, Rating)> = items.iter().map(|item| (*item, scope.rate(*item, period))).collect();
        rated.sort_by_key(|(item, rating)| (rating.badness(), *item));
        if !rated.is_empty() {
            section(&mut lines, name, rated.into_iter().map(|(item, rating)| Entry::Item(item, rating)).collect());
        }
    }
    lines
}

fn heat(scope: &Scope<'_>, period: Period) -> Vec<(ItemKey, Vec<Rating>)> {
    let book = scope.book();
    let areas = &book.document().areas;
    let cells = |row| {
        let city = std::iter::once(book.rate_row(row, period));
        city.chain(areas.iter().map(|area| book.rate_cell(row, area, period))).collect()
    };
    scope.rows().into_iter().map(|row| (row.key, cells(row))).collect()
}

fn compared(scope: &Scope<'_>, now: &Summary, period: Period) -> Vec<Entry> {
    let Some(compared) = compare(scope, period) else { return vec![Entry::Note(Say::FirstPeriod)] };
    let mut lines = Vec::new();
    let both = |of: &dyn Fn(&Counts) -> usize| {
        (of(&compared.counts.tasks) + of(&compared.counts.rows), of(&now.tasks) + of(&now.rows))
    };
    lines.push(Entry::Head(Say::CompareCounts, now.tasks.total() + now.rows.total()));
    let mut changes = Vec::new();
    for light in Light::ALL {
        let (then, now) = both(&|counts| counts.light(light));
        changes.push(Change { of: Counted::Light(light), then, now });
    }
    for status in Status::ALL {
        let (then, now) = both(&|counts| counts.of(status));
        changes.push(Change { of: Counted::Status(status), then, now });
    }
    changes.retain(|change| matches!(change.of, Counted::Light(_)) || change.then + change.now > 0);
    let half = changes.len().div_ceil(2);
    let right = changes.iter().skip(half).copied().map(Some).chain([None]);
    lines.extend(changes.iter().take(half).copied().zip(right).map(|(left, right)| Entry::Changes(left, right)));
    let lists = [
        (Say::ChaseNewlyRed, compared.newly_red),
        (Say::CompareRecovered, compared.recovered),
        (Say::ChaseUnmoved, compared.unmoved),
    ];
    for (name, items) in lists {
        let rated = items.into_iter().map(|item| Entry::Item(item, scope.rate(item, period)));
        section(&mut lines, name, rated.collect());
    }
    lines
}

/// A heading, the entries under it, and a gap before both.
fn section(lines: &mut Vec<Entry>, name: Say, entries: Vec<Entry>) {
    if !lines.is_empty() {
        lines.push(Entry::Gap);
    }
    lines.push(Entry::Head(name, entries.len()));
    lines.extend(entries);
}
