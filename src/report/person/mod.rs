//! The page of a leader, the sheet of a unit or an area.

mod area;
mod leader;
mod unit;

use chrono::NaiveDate;

use super::bulletin::{bulletin_for, date};
use super::chase::{Reason, ToChase};
use super::figures::number;
use super::model::{Cell, Column, Kind, Report};
use super::paper::{Paper, flat, gap};
use super::scope::{For, Scope};
use super::why::target_text;
use crate::catalog::{Lang, Say};
use crate::model::{Book, FilingState, ItemKey, Outcome, Period, Rating, Review};

/// The page of a leader, the sheet of a unit or of an area; of everything, the bulletin's facts.
pub fn page(book: &Book<'_>, of: &For, period: Period, today: NaiveDate, lang: Lang) -> Report {
    match of {
        For::All => {
            let mut paper = Paper::new(book, lang);
            paper.blocks = bulletin_for(book, period, today, lang, of).blocks;
            paper.report(Kind::Bulletin, lang.fill(Say::KindFactsTitle, &[&lang.period(period)]), Vec::new(), today)
        }
        For::Leader(name) => leader::page(book, of, name, (period, today), lang),
        For::Unit(name) => unit::sheet(book, of, name, (period, today), lang),
        For::Area(name) => area::sheet(book, of, name, (period, today), lang),
    }
}

impl Paper<'_> {
    /// What is filed of what is due, and until when: of these items.
    fn filing(&mut self, scope: &Scope<'_>, items: &[ItemKey], (period, today): (Period, NaiveDate)) {
        let states = items.iter().map(|item| scope.filing_state(*item, period, today));
        let states: Vec<FilingState> = states.filter(|state| *state != FilingState::NotDue).collect();
        if states.is_empty() {
            return;
        }
        let of = |state| states.iter().filter(|one| **one == state).count();
        let filed = states.iter().filter(|state| state.is_filed()).count();
        let due = date(self.book.document().settings.due(period), self.lang);
        let (owed, returned) = (of(FilingState::Missing) + of(FilingState::Overdue), of(FilingState::Returned));
        let overdue = of(FilingState::Overdue);
        self.say(Say::KindFiled, &[&due, &states.len(), &filed, &owed, &overdue, &returned]);
    }

    /// Those of these items that are behind, each over the full width: figure and gap, 存在问题, 下一步打算.
    fn details(&mut self, behind: &[(ItemKey, Rating)], period: Period) {
        let lang = self.lang;
        let rows = behind.iter().map(|(item, rating)| {
            let mut told = vec![gap(self.book, *item, *rating, lang)];
            if let Some((filing, _)) = self.book.filing(*item, period) {
                let parts = [(Say::BulletinProblems, &filing.problems), (Say::BulletinPlans, &filing.next)];
                let parts = parts.into_iter().filter(|(_, text)| !text.trim().is_empty());
                told.extend(parts.map(|(say, text)| lang.fill(say, &[&flat(text)])));
            }
            vec![Cell::from(number(self.book, *item)), told.join("\n").into()]
        });
        let rows = rows.collect();
        let columns = [(Say::ReportColNo, Column::marks()), (Say::KindColDetails, Column::text(1))];
        self.table(lang.say(Say::KindDetails), 1, &columns, rows);
    }

    /// 待审批申请: what is asked for these items and not decided.
    fn requests(&mut self, items: &[ItemKey]) {
        let each: Vec<String> = items.iter().flat_map(|item| self.asked(*item)).collect();
        if !each.is_empty() {
            let joined = each.join(self.lang.say(Say::ReportClauseJoin));
            self.note(Say::KindRequests, &[&each.len(), &joined]);
        }
    }

    fn asked(&self, item: ItemKey) -> Vec<String> {
        let lang = self.lang;
        let open = self.book.requests(item).filter(|(_, request, _)| matches!(request.outcome, Outcome::Asked));
        let told = open.map(|(_, request, _)| {
            let until = request.until.map(|day| lang.fill(Say::RequestUntil, &[&day])).unwrap_or_default();
            let what = format!("{}{until}", lang.request_kind(request.kind));
            lang.fill(Say::KindRequest, &[&number(self.book, item), &what, &flat(&request.reason)])
        });
        told.collect()
    }

    /// 催办: which of these are to be chased and why, and how often they were.
    fn chased(&mut self, chased: &[ToChase]) {
        let lang = self.lang;
        let each = chased.iter().map(|one| {
            let mut why: Vec<String> = one.reasons.iter().map(|reason| reason.text(lang)).collect();
            if let Some((times, last)) = one.chased {
                let last = last.map_or_else(|| "-".to_owned(), |day| date(day, lang));
                why.push(lang.fill(Say::ChasedBefore, &[&times, &last]));
            }
            lang.fill(Say::ReportHiddenOne, &[&number(self.book, one.item), &super::paper::list(lang, why)])
        });
        let each: Vec<String> = each.collect();
        if !each.is_empty() {
            let joined = each.join(lang.say(Say::ReportClauseJoin));
            self.note(Say::KindChased, &[&each.len(), &joined]);
        }
    }

    /// 退回: each of these that was sent back, with the reason.
    fn returned(&mut self, items: &[ItemKey], period: Period) {
        for item in items {
            if let Some((filing, _)) = self.book.filing(*item, period)
                && let Review::Returned(why) = &filing.review
            {
                self.say(Say::KindReturned, &[&number(self.book, *item), &flat(why)]);
            }
        }
    }

    /// The targets of a task with the figures reached, a line each.
    fn targets(&self, item: ItemKey, period: Period) -> String {
        let lines = self.book.targets(item).map(|(no, target, _)| {
            let reached = self.book.actual(item, no, period).map(|(value, _)| super::figures::amount(value));
            let text = target_text(target, self.lang);
            match reached {
                Some(reached) => self.lang.fill(Say::KindReached, &[&text, &reached, &target.unit]),
                None => text,
            }
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// The chase list narrowed to these items.
fn among(list: Vec<ToChase>, items: &[ItemKey]) -> Vec<ToChase> {
    list.into_iter().filter(|one| items.contains(&one.item)).collect()
}

/// Whether something is wrong already, rather than near.
fn is_pressing(one: &ToChase) -> bool {
    one.reasons.iter().any(|reason| !matches!(reason, Reason::Near(_)) && reason.urgency().0 < 6)
}
