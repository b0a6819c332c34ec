//! Targets with a figure.

use super::accept::{accepts, share};
use super::clauses::Clause;
use super::dates::{Due, dates};
use super::figures::{After, Figure, figures};
use super::sheet::Sheet;
use super::words::Kind;
use super::{Found, Subject, lists, metric};

/// The targets of a clause that have a figure, in its order; `subject` is left as the next clause finds it.
pub(super) fn counted(sheet: &Sheet, clause: &Clause, subject: &mut Subject, year: u16) -> Vec<Found> {
    let mut all = figures(sheet, clause.from, clause.to);
    // 保4争5拼6 is read as a whole elsewhere.
    let tiers = super::tiers::tiers(sheet, clause.from, clause.to);
    all.retain(|figure| tiers.iter().all(|one| figure.to <= one.from || figure.from >= one.to));
    let due = dates(sheet, clause.from, clause.to, year);
    all.retain(|figure| due.iter().all(|one| figure.to <= one.from || figure.from >= one.to));
    let mut row = Row { sheet, clause, due: &due, left: clause.from, verb: "", found: Vec::new() };
    let mut next = 0;
    while let Some(figure) = all.get(next) {
        next += 1;
        let others = all.get(next..).unwrap_or_default();
        if !accepts(sheet, row.left, figure, others) {
            continue;
        }
        if figure.after == After::Of && share(sheet, row.left, figure) {
            row.share(figure, subject);
            break;
        }
        if figure.respectively {
            let run = others.iter().take(run_length(sheet, figure, others));
            let group: Vec<&Figure> = std::iter::once(figure).chain(run).collect();
            next += group.len() - 1;
            row.group(&group, subject);
        } else {
            row.single(figure, subject);
        }
    }
    row.found
}

/// How many of the figures behind `first` follow on it with nothing but joints and words of comparison between.
fn run_length(sheet: &Sheet, first: &Figure, others: &[Figure]) -> usize {
    let mut end = first.to;
    others
        .iter()
        .take_while(|other| {
            let between = sheet.words(end, other.lead);
            let follows = matches!(between.as_str(), "、" | "和" | "及" | "与" | "，" | "以及");
            end = other.to;
            follows
        })
        .count()
}

/// The reading of one clause.
struct Row<'a> {
    sheet: &'a Sheet<'a>,
    clause: &'a Clause,
    due: &'a [Due],
    /// Where the words of the next figure begin.
    left: usize,
    /// The verb of the first thing, for those listed behind it: 创建示范县1个、示范乡镇8个.
    verb: &'static str,
    found: Vec<Found>,
}

impl Row<'_> {
    /// Begin and end of the words that name what is measured, dates at either end left out.
    fn words(&self, figure: &Figure) -> (usize, usize) {
        let first = self.left == self.clause.from;
        let (mut from, mut to) = (metric::start(self.sheet, self.left, figure.lead, first), figure.lead);
        for due in self.due.iter().filter(|due| due.from >= self.left && due.to <= figure.lead) {
            if due.from <= from && due.to > from {
                from = metric::start(self.sheet, due.to, to, true);
            }
            if due.to == to && due.from >= from {
                to = due.from;
            }
        }
        (from, to)
    }

    fn due(&self, figure: &Figure, subject: &Subject) -> Option<chrono::NaiveDate> {
        let before = self.due.iter().rev().find(|due| due.to <= figure.from);
        before.map(|due| due.day).or(subject.due)
    }

    fn push(&mut self, figure: &Figure, phrase: (usize, usize), metric: String, subject: &Subject) {
        let due = self.due(figure, subject);
        self.found.push(Found {
            at: figure.from,
            phrase,
            metric,
            comparator: figure.comparator,
            value: Some(figure.number.value.normalize()),
            tiers: Vec::new(),
            unit: figure.number.unit.clone(),
            due,
        });
    }

    /// 95%的行政村实现…: the rest of the clause is what is measured.
    fn share(&mut self, figure: &Figure, subject: &mut Subject) {
        let (from, to) = self.words(figure);
        let metric = format!("{}{}", self.sheet.words(from, to), self.sheet.words(figure.to + 1, self.clause.to));
        subject.metric.clone_from(&metric);
        self.push(figure, (from, self.clause.to), metric, subject);
        self.left = self.clause.to;
    }

    /// A、B分别达到8%、9%.
    fn group(&mut self, group: &[&Figure], subject: &mut Subject) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { return };
        let (from, to) = self.words(first);
        let count = if group.len() == 1 { None } else { Some(group.len()) };
        let words = self.sheet.words(from, to);
        let names = lists::split(&words, count);
        for (place, name) in names.into_iter().enumerate() {
            let Some(figure) = group.get(place).or(group.first()) else { return };
            // All compare as the first does, unless they say otherwise.
            let mut figure = (*figure).clone();
            if !figure.said {
                figure.comparator = first.comparator;
            }
            metric::grown(&name).clone_into(&mut subject.metric);
            self.push(&figure, (from, last.to), format!("{name}{}", first.grows), subject);
        }
        self.left = last.to;
    }

    fn single(&mut self, figure: &Figure, subject: &mut Subject) {
        let (from, to) = self.words(figure);
        let words = self.sheet.words(from, to);
        let bare = metric::bare(&words);
        let end = self.end(figure);
        if figure.each {
            for name in lists::split(&words, None) {
                self.push(figure, (from, end), format!("{name}{}", figure.grows), subject);
            }
        } else if let Some((name, own)) = self.name(figure, bare, end, subject) {
            let start = if own { from } else { self.begin(figure) };
            metric::grown(&name).clone_into(&mut subject.metric);
            self.push(figure, (start, end), name, subject);
        }
        if self.verb.is_empty() && figure.after == After::End {
            self.verb = metric::verb(bare).filter(|verb| verb.len() < bare.len()).unwrap_or_default();
        }
        self.left = end;
    }

    /// Where the phrase of a figure without a name of its own begins: at its date or its word of comparison.
    fn begin(&self, figure: &Figure) -> usize {
        let date = self.due.iter().rev().find(|due| due.to == figure.lead && due.from >= self.left);
        let from = date.map_or(figure.lead, |due| due.from);
        metric::start(self.sheet, self.left, from, false)
    }

    /// Where the phrase ends: behind the figure, or behind what it counts.
    fn end(&self, figure: &Figure) -> usize {
        if figure.after != After::Words {
            return figure.to;
        }
        (figure.to..self.clause.to).find(|place| self.sheet.open_at(*place) == Some('、')).unwrap_or(self.clause.to)
    }

    /// The metric, and whether its words stand before the figure.
    fn name(&self, figure: &Figure, bare: &str, end: usize, subject: &Subject) -> Option<(String, bool)> {
        if figure.after == After::Words {
            let counted = self.sheet.words(figure.to, end);
            return Some((format!("{}{counted}", bare.trim_end_matches("全市")), true));
        }
        let grows = !bare.is_empty() && metric::grown(bare).is_empty();
        if bare.is_empty() || grows {
            let known = if subject.metric.is_empty() { metric::bare(&subject.clause) } else { &subject.metric };
            return (!known.is_empty()).then(|| (format!("{known}{bare}"), false));
        }
        let follows = figure.number.kind == Some(Kind::Count) && metric::verb(bare).is_none();
        let verb = if follows { self.verb } else { "" };
        Some((format!("{verb}{bare}"), true))
    }
}
