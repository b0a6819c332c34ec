//! A small hand-made book of an invented place, for the tests of reports.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::model::{
    Alternative, AreaQuota, Comparator, Confidence, Document, DocumentId, Done, Entry, Filing, Finding, Fix, Head,
    ItemKey, Key, Ledger, Light, List, ListCode, ListKind, Outcome, Override, Period, Quota, QuotaRow, Record, Request,
    RequestKind, Review, Seq, Settings, Source, Target, Task, Unit,
};

pub(crate) fn id() -> DocumentId {
    DocumentId::new("yunhe-2024").unwrap()
}

pub(crate) fn q(index: u8) -> Period {
    Period::quarter(2024, index).unwrap()
}

pub(crate) fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn names(text: &str) -> Vec<Arc<str>> {
    text.split_whitespace().map(Arc::from).collect()
}

pub(crate) fn day(m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, m, d).unwrap()
}

/// Records being gathered.
#[derive(Default)]
pub(crate) struct Making {
    entries: BTreeMap<Key, Entry>,
}

impl Making {
    /// A document with the areas 市本级 东城区 南溪县 北山县 and two lists.
    pub(crate) fn new(areas: &str) -> Self {
        let list = |code, kind, title: &str, mark: &str| List { code, kind, title: title.into(), mark: mark.into() };
        let document = Document {
            id: id(),
            title: "云禾市2024年重点工作责任分解".into(),
            number: "云政办发〔2024〕1号".into(),
            issuer: "云禾市人民政府办公室".into(),
            date: None,
            year: 2024,
            lists: vec![
                list(ListCode::TASKS, ListKind::Tasks, "重点工作", ""),
                list(ListCode::PROVINCE, ListKind::Livelihood, "省民生实事", "省"),
            ],
            areas: names(areas),
            source: Source { file: "a.txt".into(), sha256: "0".into(), layout: "test".into() },
            demo: false,
            settings: Settings::default(),
        };
        let mut making = Self::default();
        making.put(Key::document(&id()), Record::Document(Box::new(document)));
        making
    }

    pub(crate) fn put(&mut self, key: Key, record: Record) -> &mut Self {
        self.entries.insert(key, Entry { version: Seq(1), record: Arc::new(record) });
        self
    }

    pub(crate) fn task(&mut self, no: u16, text: &str, leaders: &str, units: &str) -> &mut Self {
        let key = ItemKey::task(no);
        let units = names(units);
        let task = Task {
            key,
            no: no.to_string(),
            chapter: String::new(),
            text: text.into(),
            leaders: names(leaders),
            lead_units: units.iter().take(1).cloned().collect(),
            coop_units: units.iter().skip(1).cloned().collect(),
            deadline: day(12, 31),
            line: u32::from(no) * 10,
        };
        self.put(Key::item(&id(), key), Record::Task(task))
    }

    /// A target of a task: `≥ 4 个` is `(Comparator::AtLeast, "4", "个")`; a unit of `%` makes a rate.
    pub(crate) fn target(
        &mut self,
        task: u16,
        no: u16,
        (comparator, value, unit): (Comparator, &str, &str),
    ) -> &mut Self {
        let target = target(comparator, value, unit);
        self.put(Key::target(&id(), ItemKey::task(task), no), Record::Target(target))
    }

    /// The figure reached on a target.
    pub(crate) fn actual(&mut self, task: u16, no: u16, period: Period, value: &str) -> &mut Self {
        let key = Key::actual(&id(), ItemKey::task(task), no, period);
        self.put(key, Record::Done(Done { value: dec(value) }))
    }

    /// A request that was granted.
    pub(crate) fn granted(
        &mut self,
        item: &str,
        kind: RequestKind,
        since: Period,
        until: Option<NaiveDate>,
    ) -> &mut Self {
        let outcome = Outcome::Granted { approver: "张三".into(), note: String::new() };
        let request = Request { kind, since, reason: "理由".into(), until, outcome };
        self.put(Key::request(&id(), item.parse().unwrap(), 1), Record::Request(request))
    }

    /// A light that the office set.
    pub(crate) fn light(&mut self, item: &str, period: Period, light: Light) -> &mut Self {
        let set = Override { light, reason: "已核实".into() };
        self.put(Key::light(&id(), item.parse().unwrap(), period), Record::Override(set))
    }

    /// A filing of any item with its review.
    pub(crate) fn reviewed(&mut self, item: &str, period: Period, percent: Option<&str>, review: Review) -> &mut Self {
        let filing = Filing { percent: percent.map(dec), progress: "进展".into(), review, ..Filing::default() };
        self.put(Key::filing(&id(), item.parse().unwrap(), period), Record::Filing(filing))
    }

    pub(crate) fn filed(&mut self, no: u16, period: Period, percent: Option<&str>) -> &mut Self {
        let filing = Filing { percent: percent.map(dec), progress: "进展".into(), ..Filing::default() };
        self.put(Key::filing(&id(), ItemKey::task(no), period), Record::Filing(filing))
    }

    /// A row with these quotas for the document's areas.
    pub(crate) fn row(&mut self, key: &str, name: &str, total: Quota, areas: &[(&str, Quota)]) -> &mut Self {
        let key: ItemKey = key.parse().unwrap();
        let area = |(area, quota): &(&str, Quota)| AreaQuota { area: Arc::from(*area), quota: quota.clone() };
        let row = QuotaRow {
            key,
            category: String::new(),
            name: name.into(),
            goal: None,
            total,
            unit: "个".into(),
            areas: areas.iter().map(area).collect(),
            lead_units: names("市住建局"),
            coop_units: names("各县（市、区）政府"),
            line: 800 + u32::from(key.no) * 10 + u32::from(key.sub),
        };
        self.put(Key::item(&id(), key), Record::Row(row))
    }

    pub(crate) fn done(&mut self, key: &str, area: &str, period: Period, value: &str) -> &mut Self {
        let key = Key::done(&id(), key.parse().unwrap(), area, period);
        self.put(key, Record::Done(Done { value: dec(value) }))
    }

    pub(crate) fn unit(&mut self, name: &str, aliases: &str) -> &mut Self {
        let unit = Unit { name: Arc::from(name), aliases: names(aliases) };
        self.put(Key::unit(&id(), name), Record::Unit(unit))
    }

    pub(crate) fn doubt(&mut self, line: u32, item: &str, settled: Option<u16>) -> &mut Self {
        let alternative =
            |reading: &str| Alternative { reading: reading.into(), why: String::new(), fix: Fix::default() };
        let finding = Finding {
            line,
            no: 1,
            item: Some(item.parse().unwrap()),
            what: "0.5属于哪个地区".into(),
            printed: "0.5".into(),
            reading: "市本级".into(),
            why: String::new(),
            confidence: Confidence::Open,
            alternatives: vec![alternative("市本级"), alternative("东城区")],
            settled,
            before: None,
            typed: false,
        };
        self.put(Key::finding(&id(), line, 1), Record::Finding(finding))
    }

    pub(crate) fn ledger(&self) -> Ledger {
        Ledger::from_parts(Head::default(), self.entries.clone())
    }
}

/// A target as it is read: a rate where its unit is `%`.
pub(crate) fn target(comparator: Comparator, value: &str, unit: &str) -> Target {
    Target {
        metric: "指标".into(),
        comparator,
        value: (!value.is_empty()).then(|| dec(value)),
        tiers: vec![],
        unit: unit.into(),
        rate: unit == "%",
        deadline: None,
        phrase: "指标".into(),
        by_hand: false,
    }
}

pub(crate) fn amount(text: &str) -> Quota {
    Quota::Amount(dec(text), None)
}

/// Amounts for areas, `/` for none.
pub(crate) fn cells<'a>(areas: &[&'a str], quotas: &str) -> Vec<(&'a str, Quota)> {
    let quota = |text: &str| if text == "/" { Quota::NotAssigned } else { amount(text) };
    areas.iter().copied().zip(quotas.split_whitespace().map(quota)).collect()
}
