//! What the office and the units did beside filing: reviews, lights set by hand, chasing, steps, requests.

use std::sync::Arc;

use chrono::{Days, Months, NaiveDate};

use super::Maker;
use super::dice::Dice;
use crate::model::{
    Chase, ItemKey, Key, Light, Outcome, Override, Period, Record, Request, RequestKind, Review, Status, Step,
    StepState,
};

/// What happens to an item beside its course.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Nothing in particular.
    None,
    /// 办结 was granted a period ago.
    Closed,
    /// 终止 was granted.
    Stopped,
    /// A request waits, or was refused, or was granted (延期 into the next year, 调整 to a day soon, 调整 to a day past).
    Asked(RequestKind),
    Refused(RequestKind),
    Extended,
    DueSoon,
    PastDue,
    /// The office set the light.
    Eased,
    Warned,
    /// 退回, and chased for it.
    Returned,
    /// Chased once, or again and again.
    Chased(u16),
    /// Split into steps.
    Split,
    /// The same figures as a period ago.
    Unmoved,
}

impl Part {
    /// The part of the `nth` item (from 0) of a course.
    pub(super) const fn of(course: Status, nth: usize) -> Self {
        use RequestKind::{Adjust, Close, Extend, Stop};
        match (course, nth) {
            (Status::Complete, 0) => Self::Closed,
            (Status::Complete, 1) => Self::Asked(Close),
            (Status::Complete, 2) => Self::Refused(Close),
            (Status::OnTime, 0) => Self::Stopped,
            (Status::OnTime, 1) => Self::DueSoon,
            (Status::OnTime, 2) => Self::Asked(Adjust),
            (Status::OnTime, 3) => Self::Refused(Adjust),
            (Status::OnTime, 4) | (Status::Behind, 5) => Self::Split,
            (Status::OnTime, 5) => Self::Warned,
            (Status::Behind, 0) => Self::Refused(Stop),
            (Status::Behind, 1) => Self::Extended,
            (Status::Behind, 2) => Self::Refused(Extend),
            (Status::Behind, 3) => Self::PastDue,
            (Status::Behind, 4) => Self::Unmoved,
            (Status::Behind | Status::OnTime, 6) => Self::Returned,
            (Status::FarBehind, 0) => Self::Asked(Stop),
            (Status::FarBehind, 1) => Self::Asked(Extend),
            (Status::FarBehind, 2) => Self::Eased,
            (Status::FarBehind, 3) | (Status::Unknown, 1) => Self::Chased(1),
            (Status::Unknown, 0) => Self::Chased(2),
            _ => Self::None,
        }
    }

    /// Whether nothing is filed on it any more.
    pub(super) const fn files_nothing_more(self) -> bool {
        matches!(self, Self::Closed | Self::Stopped)
    }

    /// Whether its figures are those of a period ago.
    pub(super) const fn is_level_since_the_period_before(self) -> bool {
        matches!(self, Self::Closed | Self::Unmoved)
    }
}

const RETURNS: [&str; 3] = [
    "进展情况过于笼统，请逐项写明完成数和时间节点。",
    "完成数与上报的进展不一致，请核对后重新填报。",
    "存在问题一栏未说明原因，请补充下一步具体举措。",
];

/// What the office made of a filing: almost all of earlier periods is accepted, of the last one some, and some is returned.
pub(super) fn review(item: ItemKey, period: Period, last: bool, part: Part) -> Review {
    let mut dice = Dice::of(item, &format!("review {period}"));
    let returned = |dice: &mut Dice| Review::Returned(dice.pick(&RETURNS).to_owned());
    match (last, dice.below(20)) {
        (true, _) if part == Part::Returned => returned(&mut dice),
        // What something else is told about shall not be hidden behind a return.
        (true, 0..=1) if part == Part::None => returned(&mut dice),
        (true, 2..=9) | (false, 1..) => Review::Accepted,
        _ => Review::Pending,
    }
}

impl Maker<'_> {
    /// Writes what happens to an item beside its filings.
    pub(super) fn deeds(&mut self, item: ItemKey, part: Part) {
        let Some(last) = self.periods.last().copied() else { return };
        let before = last.previous().unwrap_or(last);
        let day = |back: u64| last.end().checked_sub_days(Days::new(back));
        let granted = || Outcome::Granted {
            approver: "分管副市长".to_owned(),
            note: "同意，请按新要求抓好落实。".to_owned(),
        };
        match part {
            Part::None => {}
            Part::Closed => {
                self.request(item, RequestKind::Close, before, None, granted());
            }
            Part::Stopped => self.request(item, RequestKind::Stop, last, None, granted()),
            Part::Asked(kind) => {
                let until = until_of(kind, last);
                self.request(item, kind, last, until, Outcome::Asked);
            }
            Part::Refused(kind) => {
                let note = "理由不充分，请倒排工期，按原要求推进。".to_owned();
                let outcome = Outcome::Refused { approver: "督查室".to_owned(), note };
                self.request(item, kind, last, until_of(kind, last), outcome);
            }
            Part::Extended => {
                self.request(item, RequestKind::Extend, last, until_of(RequestKind::Extend, last), granted());
            }
            Part::DueSoon => {
                let soon = last.end().checked_add_days(Days::new(20));
                self.request(item, RequestKind::Adjust, before, soon, granted());
            }
            Part::PastDue => {
                self.request(item, RequestKind::Adjust, before, day(15), granted());
                self.chase(item, last, 1, day(5), "主要负责人已表态月底前补上。");
            }
            Part::Eased => {
                let reason = "督查室已到现场核实，主体工程将于下月集中开工，下季度可追平。".to_owned();
                let set = Override { light: Light::Yellow, reason };
                self.write(Key::light(self.book.id(), item, last), Record::Override(set));
            }
            Part::Warned => {
                let reason = "抽查发现部分点位台账不实，整改到位前亮黄灯。".to_owned();
                let set = Override { light: Light::Yellow, reason };
                self.write(Key::light(self.book.id(), item, last), Record::Override(set));
            }
            Part::Returned => self.chase(item, last, 1, day(2), "已电话提醒按退回意见修改。"),
            Part::Chased(times) => self.chase(item, last, times, day(3), "已电话催报，答复三日内报送。"),
            Part::Split => self.steps(item, last),
            Part::Unmoved => self.chase(item, last, 1, day(1), "连续两期未动，请说明原因。"),
        }
    }

    fn request(&mut self, item: ItemKey, kind: RequestKind, since: Period, until: Option<NaiveDate>, outcome: Outcome) {
        let reason = match kind {
            RequestKind::Extend => "前置审批事项尚未办结，需顺延工期。",
            RequestKind::Adjust => "上级年度计划已作调整，完成时限相应变更。",
            RequestKind::Stop => "国家政策调整，该项工作不再实施。",
            RequestKind::Close => "各项指标均已完成，佐证材料齐全，申请销号。",
        };
        let request = Request { kind, since, reason: reason.to_owned(), until, outcome };
        self.write(Key::request(self.book.id(), item, 1), Record::Request(request));
    }

    fn chase(&mut self, item: ItemKey, period: Period, times: u16, last: Option<NaiveDate>, note: &str) {
        let chase = Chase { times, last, note: note.to_owned() };
        self.write(Key::chase(self.book.id(), item, period), Record::Chase(chase));
    }

    fn steps(&mut self, item: ItemKey, last: Period) {
        let unit = self.book.task(item).and_then(|task| task.coop_units.first()).map(Arc::clone);
        let steps = [
            ("制定实施方案，明确责任分工", None, last.previous().map(Period::end), StepState::Done),
            ("组织实施，按月调度进展", unit, None, StepState::Doing),
            ("开展评估验收，形成长效机制", None, None, StepState::Todo),
        ];
        for (no, (text, unit, deadline, state)) in (1..).zip(steps) {
            let step = Step { text: text.to_owned(), unit, deadline, state };
            self.write(Key::step(self.book.id(), item, no), Record::Step(step));
        }
    }
}

/// The deadline that a request asks for.
fn until_of(kind: RequestKind, last: Period) -> Option<NaiveDate> {
    match kind {
        RequestKind::Extend => last.end().checked_add_months(Months::new(6)),
        RequestKind::Adjust => last.end().checked_add_months(Months::new(2)),
        RequestKind::Stop | RequestKind::Close => None,
    }
}
