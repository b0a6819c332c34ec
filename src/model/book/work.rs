//! What a book knows of an item beside its text: targets, steps, requests, chasing, filing states, deadlines.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Book;
use crate::model::{
    Bulletin, CITY_TOTAL, Chase, FilingState, ItemKey, Key, Light, Of, Override, Period, QuotaRow, Record, Request,
    RequestKind, Review, RowKind, Seq, Step, Target, View, Wording,
};

impl<'a> Book<'a> {
    fn record(&self, key: &Key) -> Option<(&'a Record, Seq)> {
        self.ledger().get(key).map(|entry| (entry.record.as_ref(), entry.version))
    }

    /// Lead units of an item, as printed.
    pub fn lead_units(&self, item: ItemKey) -> &'a [Arc<str>] {
        let task = self.task(item).map(|task| task.lead_units.as_slice());
        task.or_else(|| self.row(item).map(|row| row.lead_units.as_slice())).unwrap_or_default()
    }

    /// What an item is about: a task's text, a row's title.
    pub fn title(&self, item: ItemKey) -> Option<String> {
        self.task(item).map(|task| task.text.clone()).or_else(|| self.row(item).map(QuotaRow::title))
    }

    /// Whether a task or quota row has this key.
    pub fn has_item(&self, item: ItemKey) -> bool {
        self.task(item).is_some() || self.row(item).is_some()
    }

    /// Every task, then every quota row, as keys.
    pub fn item_keys(&self) -> Vec<ItemKey> {
        self.tasks().map(|task| task.key).chain(self.rows().into_iter().map(|row| row.key)).collect()
    }

    /// The targets of a task with their numbers and versions, in the order of its text.
    pub fn targets(&self, item: ItemKey) -> impl Iterator<Item = (u16, &'a Target, Seq)> {
        let first = Key::target(self.id(), item, 0);
        self.ledger().from(first).map_while(move |(of, entry)| match (of, entry.record.as_ref()) {
            (Of::Target(of, no), Record::Target(target)) if *of == item => Some((*no, target, entry.version)),
            _ => None,
        })
    }

    /// One target of a task.
    pub fn target(&self, item: ItemKey, no: u16) -> Option<(&'a Target, Seq)> {
        match self.record(&Key::target(self.id(), item, no))? {
            (Record::Target(target), version) => Some((target, version)),
            _ => None,
        }
    }

    /// The figure reached on a target by the end of a period, as recorded for that period.
    pub fn actual(&self, item: ItemKey, no: u16, period: Period) -> Option<(Decimal, Seq)> {
        match self.record(&Key::actual(self.id(), item, no, period))? {
            (Record::Done(done), version) => Some((done.value, version)),
            _ => None,
        }
    }

    /// The light that the office set for a period.
    pub fn override_of(&self, item: ItemKey, period: Period) -> Option<(&'a Override, Seq)> {
        match self.record(&Key::light(self.id(), item, period))? {
            (Record::Override(set), version) => Some((set, version)),
            _ => None,
        }
    }

    /// How an item was chased in a period.
    pub fn chase_of(&self, item: ItemKey, period: Period) -> Option<(&'a Chase, Seq)> {
        match self.record(&Key::chase(self.id(), item, period))? {
            (Record::Chase(chase), version) => Some((chase, version)),
            _ => None,
        }
    }

    /// The steps of a task with their numbers and versions.
    pub fn steps(&self, item: ItemKey) -> impl Iterator<Item = (u16, &'a Step, Seq)> {
        let first = Key::step(self.id(), item, 0);
        self.ledger().from(first).map_while(move |(of, entry)| match (of, entry.record.as_ref()) {
            (Of::Step(of, no), Record::Step(step)) if *of == item => Some((*no, step, entry.version)),
            _ => None,
        })
    }

    /// The requests about an item with their numbers and versions, in the order they were asked.
    pub fn requests(&self, item: ItemKey) -> impl Iterator<Item = (u16, &'a Request, Seq)> {
        let first = Key::request(self.id(), item, 0);
        self.ledger().from(first).map_while(move |(of, entry)| match (of, entry.record.as_ref()) {
            (Of::Request(of, no), Record::Request(request)) if *of == item => Some((*no, request, entry.version)),
            _ => None,
        })
    }

    /// Every request of the document that waits for a decision.
    pub fn open_requests(&self) -> impl Iterator<Item = (ItemKey, u16, &'a Request)> {
        self.records().filter_map(|(of, record)| match (of, record) {
            (Of::Request(item, no), Record::Request(request)) if request.is_open() => Some((*item, *no, request)),
            _ => None,
        })
    }

    /// The saved views, by name.
    pub fn views(&self) -> impl Iterator<Item = (&'a View, Seq)> {
        let first = Key::view(self.id(), "");
        self.ledger().from(first).map_while(|(_, entry)| match entry.record.as_ref() {
            Record::View(view) => Some((view, entry.version)),
            _ => None,
        })
    }

    /// A period's bulletin and its version; `None` while nobody has written anything for it.
    pub fn bulletin(&self, period: Period) -> Option<(&'a Bulletin, Seq)> {
        let entry = self.ledger().get(&Key::bulletin(self.id(), period))?;
        match entry.record.as_ref() {
            Record::Bulletin(bulletin) => Some((bulletin, entry.version)),
            _ => None,
        }
    }

    /// The clerk's part of a period's bulletin: what is written; else what stays from one issue to the next (head,
    /// addressees, signature, copies) as in the last bulletin before it.
    pub fn wording(&self, period: Period) -> Wording {
        if let Some((bulletin, _)) = self.bulletin(period) {
            return bulletin.wording.clone();
        }
        let mut before = (1..period.index()).rev().filter_map(|index| Period::new(period.year(), period.span(), index));
        let last = before.find_map(|period| self.bulletin(period));
        last.map_or_else(Wording::default, |(bulletin, _)| bulletin.wording.for_next_issue())
    }

    /// What is kept of a period's issued bulletin, put together again; `None` where none is issued or a piece is missing.
    pub fn frozen(&self, period: Period) -> Option<String> {
        let issued = self.bulletin(period)?.0.issued?;
        let piece = |no| match self.ledger().get(&Key::frozen(self.id(), period, no))?.record.as_ref() {
            Record::Frozen(piece) => Some(piece.as_str()),
            _ => None,
        };
        (1..=issued.pieces).map(piece).collect()
    }

    fn granted(&self, item: ItemKey, kind: RequestKind, period: Period) -> bool {
        self.requests(item).any(|(_, request, _)| request.kind == kind && request.holds(period))
    }

    /// Whether 办结 was granted in this period or before.
    pub fn closed(&self, item: ItemKey, period: Period) -> bool {
        self.granted(item, RequestKind::Close, period)
    }

    /// Whether 终止 was granted in this period or before.
    pub fn stopped(&self, item: ItemKey, period: Period) -> bool {
        self.granted(item, RequestKind::Stop, period)
    }

    /// 完成时限 of an item as it stands in a period: the printed one, or the one granted last. Quota rows are due at the end of
    /// the document's year.
    pub fn deadline(&self, item: ItemKey, period: Period) -> NaiveDate {
        let year = i32::from(self.document().year);
        let year_end = || NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(NaiveDate::MAX);
        let printed = || self.task(item).map_or_else(year_end, |task| task.deadline);
        self.granted_until(item, period).unwrap_or_else(printed)
    }

    /// The deadline that was granted last for an item by a period, if any was.
    pub fn granted_until(&self, item: ItemKey, period: Period) -> Option<NaiveDate> {
        let granted = self.requests(item).filter(|(_, request, _)| request.holds(period));
        granted.filter_map(|(_, request, _)| request.until).last()
    }

    /// Whether anything is recorded for an item and a period: words, a percentage, a figure.
    pub fn has_filed(&self, item: ItemKey, period: Period) -> bool {
        let words = self.filing(item, period).is_some_and(|(filing, _)| !filing.is_empty());
        words || self.has_figures(item, period)
    }

    /// Whether a figure is recorded for an item and a period: of a cell, or on a target.
    pub fn has_figures(&self, item: ItemKey, period: Period) -> bool {
        if let Some(row) = self.row(item) {
            let areas = row.areas.iter().map(|cell| &*cell.area);
            return areas.chain([CITY_TOTAL]).any(|area| self.done(item, area, period).is_some());
        }
        self.targets(item).any(|(no, _, _)| self.actual(item, no, period).is_some())
    }

    /// 填报状态 of an item in a period, as of a day.
    pub fn filing_state(&self, item: ItemKey, period: Period, today: NaiveDate) -> FilingState {
        match self.filing(item, period).map(|(filing, _)| &filing.review) {
            Some(Review::Returned(_)) => return FilingState::Returned,
            Some(Review::Accepted) => return FilingState::Accepted,
            Some(Review::Pending) | None => {}
        }
        let no_task = || self.row(item).is_some_and(|row| row.kind() == RowKind::None);
        if self.has_filed(item, period) {
            FilingState::Pending
        } else if no_task() || self.closed(item, period) || self.stopped(item, period) {
            FilingState::NotDue
        } else if today > self.document().settings.due(period) {
            FilingState::Overdue
        } else {
            FilingState::Missing
        }
    }

    /// Whether an item's deadline has passed, as of a day, without its being complete, closed or stopped: 逾期.
    pub fn is_past_deadline(&self, item: ItemKey, period: Period, today: NaiveDate) -> bool {
        let rating = self.rate(item, period);
        let open = rating.status.has_light() && !rating.status.is_complete();
        open && today > self.deadline(item, period)
    }

    /// 临期: whether an item that is not complete, closed or stopped has its deadline ahead, no further off than the document's
    /// setting says.
    pub fn is_near_deadline(&self, item: ItemKey, period: Period, today: NaiveDate) -> bool {
        let rating = self.rate(item, period);
        let open = rating.status.has_light() && !rating.status.is_complete();
        let left = self.deadline(item, period).signed_duration_since(today).num_days();
        open && (0..=i64::from(self.document().settings.near_days)).contains(&left)
    }

    /// 连续两期未动: whether an item that is not complete has the same figures as in the period before.
    pub fn is_unmoved(&self, item: ItemKey, period: Period) -> bool {
        period.previous().is_some_and(|before| self.rate(item, period).unmoved_since(&self.rate(item, before)))
    }

    /// Whether an item is in the way of being late: owed a filing after its due day, or past its deadline.
    pub fn is_late(&self, item: ItemKey, period: Period, today: NaiveDate) -> bool {
        self.filing_state(item, period, today) == FilingState::Overdue || self.is_past_deadline(item, period, today)
    }

    /// The light that is shown for an item, if it shows one.
    pub fn light(&self, item: ItemKey, period: Period) -> Option<Light> {
        let rating = self.rate(item, period);
        rating.status.has_light().then_some(rating.light)
    }
}
