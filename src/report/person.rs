//! The page of a leader for the weekly meeting, the sheet of a unit, the sheet of an area.

use std::sync::Arc;

use chrono::NaiveDate;

use super::areas::areas;
use super::bulletin::{self, date};
use super::chase::chase_list;
use super::figures::{number, percent};
use super::filed::filed;
use super::model::{Block, Column, Kind, Report};
use super::paper::{Paper, flat, gap, is_behind, light, lights, list, rate, worst_first};
use super::scope::{For, Scope};
use super::summary::{Counts, summary};
use crate::catalog::{Lang, Say};
use crate::model::{Book, ItemKey, Period, Review, Task};

/// The page of a leader, the sheet of a unit or an area; of everything, the bulletin's facts without the clerk's part.
pub fn page(book: &Book<'_>, of: &For, period: Period, today: NaiveDate, lang: Lang) -> Report {
    let scope = Scope::new(book, of);
    let mut sheet = Sheet { paper: Paper::new(book, lang), scope, period, today };
    let when = lang.period(period);
    let (kind, title) = match of {
        For::All => {
            sheet.paper.blocks = bulletin::bulletin_for(book, period, today, lang, of).blocks;
            (Kind::Bulletin, lang.fill(Say::KindFactsTitle, &[&when]))
        }
        For::Leader(name) => {
            sheet.leader();
            (Kind::Leader, lang.fill(Say::KindLeaderTitle, &[name, &when]))
        }
        For::Unit(name) => {
            sheet.unit(name);
            (Kind::Unit, lang.fill(Say::KindUnitTitle, &[name, &when]))
        }
        For::Area(name) => {
            sheet.area(name);
            (Kind::Area, lang.fill(Say::KindAreaTitle, &[name, &when]))
        }
    };
    sheet.paper.report(kind, title, Vec::new(), today)
}

/// The line under a title that says for whom a report is.
pub(super) fn for_whom(of: &For, lang: Lang) -> Vec<String> {
    match of {
        For::All => Vec::new(),
        For::Leader(name) => vec![lang.fill(Say::ReportForLeader, &[name])],
        For::Unit(name) => vec![lang.fill(Say::ReportForUnit, &[name])],
        For::Area(name) => vec![lang.fill(Say::ReportForArea, &[name])],
    }
}

struct Sheet<'a> {
    paper: Paper<'a>,
    scope: Scope<'a>,
    period: Period,
    today: NaiveDate,
}

impl Sheet<'_> {
    /// Counts in two lines, the table worst first, and of what is behind the gap, the problems, the next steps. Made to fit on one
    /// page of A4.
    fn leader(&mut self) {
        let tasks: Vec<ItemKey> = self.scope.tasks().map(|task| task.key).collect();
        if tasks.is_empty() {
            self.paper.say(Say::ReportNothing, &[]);
            return;
        }
        self.counts(&summary(&self.scope, self.period).tasks);
        let scope = self.scope.clone();
        self.paper.compared(&scope, self.period);
        self.requests(&tasks);
        self.items(Say::KindItems, &tasks);
        self.attention(&tasks);
    }

    /// What the unit leads and what it supports, apart; its quotas; what it has to file.
    fn unit(&mut self, name: &str) {
        let aliases = self.scope.aliases().clone();
        let name: Arc<str> = Arc::from(name);
        let own = |task: &&Task| task.lead_units.iter().any(|unit| aliases.name(unit) == aliases.name(&name));
        let (leads, supports): (Vec<&Task>, Vec<&Task>) = self.scope.tasks().partition(own);
        let [leads, supports] = [leads, supports].map(|tasks| tasks.iter().map(|task| task.key).collect::<Vec<_>>());
        let rows: Vec<ItemKey> = self.scope.rows().iter().map(|row| row.key).collect();
        if leads.is_empty() && supports.is_empty() && rows.is_empty() {
            self.paper.say(Say::ReportNothing, &[]);
            return;
        }
        let all = summary(&self.scope, self.period);
        self.counts(&all.tasks);
        self.filing();
        self.requests(&leads);
        for (say, items) in [(Say::KindLeads, &leads), (Say::KindSupports, &supports)] {
            if !items.is_empty() {
                let words = self.paper.lang.say(say);
                self.paper.chapter(words);
                self.items(say, items);
            }
        }
        self.rows();
        let items: Vec<ItemKey> = leads.into_iter().chain(rows).collect();
        self.attention(&items);
    }

    /// Its rank, its quotas with their gaps, and the tasks that fall on its government.
    fn area(&mut self, name: &str) {
        let tasks: Vec<ItemKey> = self.scope.tasks().map(|task| task.key).collect();
        let rows: Vec<ItemKey> = self.scope.rows().iter().map(|row| row.key).collect();
        if tasks.is_empty() && rows.is_empty() {
            self.paper.say(Say::ReportNothing, &[]);
            return;
        }
        let lang = self.paper.lang;
        let all = areas(self.paper.book, self.period);
        let ranked: Vec<_> = all.iter().filter(|one| one.rank.is_some()).collect();
        match all.iter().find(|one| &*one.area == name).and_then(|one| Some((one.rank?, one.average?))) {
            Some((rank, average)) => {
                let sum = ranked.iter().filter_map(|one| one.average).sum::<rust_decimal::Decimal>();
                let mean = sum.checked_div(rust_decimal::Decimal::from(ranked.len())).unwrap_or_default();
                let (average, mean) = (percent(average), percent(mean));
                self.paper.say(Say::KindRank, &[&name, &rank, &average, &ranked.len(), &mean]);
            }
            None => self.paper.say(Say::KindNoRank, &[&name]),
        }
        self.counts(&summary(&self.scope, self.period).rows);
        self.filing();
        self.rows();
        if !tasks.is_empty() {
            self.paper.chapter(lang.say(Say::ReportWorks));
            self.items(Say::ReportWorks, &tasks);
        }
        self.attention(&rows);
    }

    /// 共27项，其中…；绿灯…
    fn counts(&mut self, counts: &Counts) {
        let lang = self.paper.lang;
        let text = format!("{}{}", lights(lang, counts), lang.say(Say::ReportStop));
        if counts.total() > 0 {
            self.paper.blocks.push(Block::Paragraph(text));
        }
    }

    fn filing(&mut self) {
        let filed = filed(&self.scope, self.period, self.today);
        if filed.due == 0 {
            return;
        }
        let due = self.paper.book.document().settings.due(self.period);
        let due = date(due, self.paper.lang);
        self.paper.say(Say::KindFilingState, &[&filed.due, &filed.filed, &(filed.due - filed.filed), &due]);
        for item in filed.returned {
            let review = self.paper.book.filing(item, self.period).map(|(filing, _)| &filing.review);
            if let Some(Review::Returned(reason)) = review {
                let units = list(self.paper.lang, self.paper.book.lead_units(item));
                let one = self
                    .paper
                    .lang
                    .fill(Say::ReportReturnedOne, &[&number(self.paper.book, item), &units, &flat(reason)]);
                self.paper.say(Say::ReportReturned, &[&1, &one]);
            }
        }
    }

    fn requests(&mut self, items: &[ItemKey]) {
        let (book, lang) = (self.paper.book, self.paper.lang);
        let open = book.open_requests().filter(|(item, ..)| items.contains(item));
        let told: Vec<String> = open
            .map(|(item, _, request)| {
                let until = request.until.map(|day| lang.fill(Say::KindRequestUntil, &[&date(day, lang)]));
                let kind = lang.request_kind(request.kind);
                let values: [&dyn std::fmt::Display; 4] =
                    [&number(book, item), &kind, &flat(&request.reason), &until.unwrap_or_default()];
                lang.fill(Say::KindRequestOne, &values)
            })
            .collect();
        if !told.is_empty() {
            let text = told.join(lang.say(Say::ReportClauseJoin));
            let text = format!("{}{}{text}", lang.say(Say::KindRequests), lang.say(Say::Colon));
            self.paper.blocks.push(Block::Paragraph(text));
        }
    }

    /// 序号, 灯, 工作任务, 完成率, 牵头单位, 填报.
    fn items(&mut self, caption: Say, items: &[ItemKey]) {
        let (book, lang) = (self.paper.book, self.paper.lang);
        let mut rated: Vec<_> = items.iter().map(|item| (*item, self.scope.rate(*item, self.period))).collect();
        rated.sort_by_key(|(item, rating)| (worst_first(rating), *item));
        let rows = rated.into_iter().map(|(item, rating)| {
            let text = book.task(item).map(|task| flat(&task.text)).or_else(|| book.title(item)).unwrap_or_default();
            let state = self.scope.filing_state(item, self.period, self.today);
            vec![
                number(book, item).into(),
                light(lang, rating),
                text.into(),
                rate(rating),
                list(lang, book.lead_units(item)).into(),
                lang.filing_state(state).into(),
            ]
        });
        let rows = rows.collect();
        let columns = [
            (Say::ReportColNo, Column::marks()),
            (Say::ReportColLight, Column::marks()),
            (Say::ReportColTask, Column::text(4)),
            (Say::ReportColRate, Column::figures()),
            (Say::ReportColLead, Column::text(1)),
            (Say::ReportColFiling, Column::marks()),
        ];
        let caption = lang.say(caption);
        self.paper.table(caption, 2, &columns, rows);
    }

    fn rows(&mut self) {
        let (book, of, lang) = (self.paper.book, self.scope.of(), self.paper.lang);
        let blocks = bulletin::row_tables(book, of, self.period, self.today, lang);
        if !blocks.is_empty() {
            let words = self.paper.lang.say(Say::KindRows);
            self.paper.chapter(words);
            self.paper.blocks.extend(blocks);
        }
    }

    /// Of what is behind or to be chased: the gap, how often it was chased, the problems, the next steps.
    fn attention(&mut self, items: &[ItemKey]) {
        let (book, lang) = (self.paper.book, self.paper.lang);
        let chased = chase_list(book, &self.scope, self.period, self.today);
        let mut behind: Vec<_> = items
            .iter()
            .map(|item| (*item, self.scope.rate(*item, self.period)))
            .filter(|(_, rating)| is_behind(rating))
            .collect();
        behind.sort_by_key(|(item, rating)| (worst_first(rating), *item));
        if behind.is_empty() {
            self.paper.say(Say::ReportNoneBehind, &[]);
            return;
        }
        let words = lang.say(Say::KindBehind);
        self.paper.chapter(words);
        for (item, rating) in behind {
            let mut rest = String::new();
            if let Some((times, _)) = chased.iter().find(|one| one.item == item).and_then(|one| one.chased) {
                rest.push_str(&lang.fill(Say::KindChased, &[&times]));
            }
            if let Some((filing, _)) = book.filing(item, self.period) {
                for (say, text) in [(Say::KindProblems, &filing.problems), (Say::KindNext, &filing.next)] {
                    if !text.trim().is_empty() {
                        rest.push_str(&lang.fill(say, &[&flat(text)]));
                    }
                }
            }
            let units = list(lang, book.lead_units(item));
            let gap = gap(book, item, rating, lang);
            self.paper.say(Say::KindAttention, &[&number(book, item), &units, &gap, &rest]);
        }
    }
}
