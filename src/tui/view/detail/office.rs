//! What the office knows of an item beside its text: why its light, targets, filing state, chasing, steps, requests.

use crate::catalog::{Lang, Say};
use crate::model::{Book, ItemKey, Outcome, Period, Review, StepState, Task};
use crate::report::why;
use crate::text::width::pad;

use super::super::super::update::asking::actual_text;
use super::Text;

impl Text<'_> {
    /// Why the light is what it is, in a sentence.
    pub(super) fn why(&mut self, book: &Book<'_>, item: ItemKey) {
        let rating = book.rate(item, self.state.period);
        let sentence = why::why(book, item, self.state.period, self.state.lang());
        self.styled(&sentence, self.state.theme.tone(rating.light));
    }

    /// 完成时限 with the printed one where a later one was granted.
    pub(super) fn deadline(&mut self, book: &Book<'_>, item: ItemKey) {
        let lang = self.state.lang();
        let deadline = book.deadline(item, self.state.period);
        let printed = book.task(item).map_or(deadline, |task| task.deadline);
        let mut text = deadline.to_string();
        if book.is_past_deadline(item, self.state.period, self.state.setup.today) {
            let days = self.state.setup.today.signed_duration_since(deadline).num_days();
            text = lang.fill(Say::DeadlinePast, &[&text, &days]);
        }
        if deadline != printed {
            text = lang.fill(Say::DeadlineMoved, &[&text, &printed]);
        }
        self.labelled(Say::LabelDeadline, &text);
    }

    /// 填报状态 with the reason of a return, and how often it was chased.
    pub(super) fn filing_state(&mut self, book: &Book<'_>, item: ItemKey) {
        let lang = self.state.lang();
        let period = self.state.period;
        let state = lang.filing_state(book.filing_state(item, period, self.state.setup.today));
        let text = match book.filing(item, period).map(|(filing, _)| &filing.review) {
            Some(Review::Returned(reason)) => lang.fill(Say::ReturnedBecause, &[&state, reason]),
            _ => state.to_owned(),
        };
        self.labelled(Say::LabelFiling, &text);
        if let Some((chase, _)) = book.chase_of(item, period).filter(|(chase, _)| chase.times > 0) {
            let times = match chase.last {
                Some(day) => lang.fill(Say::ChasedLast, &[&chase.times, &day]),
                None => lang.fill(Say::ChasedOften, &[&chase.times]),
            };
            let note = if chase.note.is_empty() { String::new() } else { format!("  {}", chase.note) };
            self.labelled(Say::LabelChased, &format!("{times}{note}"));
        }
    }

    /// Targets with their lights and their figures by period.
    pub(super) fn targets(&mut self, book: &Book<'_>, task: &Task) {
        let (lang, theme) = (self.state.lang(), self.state.theme);
        let document = book.document();
        let count = book.targets(task.key).count();
        if count == 0 {
            return;
        }
        self.gap();
        self.styled(&format!("{} {count}", lang.say(Say::CmdTargets)), theme.title());
        for (no, target, _) in book.targets(task.key) {
            let rating = book.rate_target(task, no, self.state.period).filter(|rating| rating.status.has_light());
            let mark = rating.map_or(" ", |rating| self.state.glyphs().light(rating.light));
            let day = target.deadline.map(|day| format!("  {}", lang.fill(Say::TargetBy, &[&day]))).unwrap_or_default();
            let style = rating.map_or(theme.text(), |rating| theme.tone(rating.light));
            self.indented(&format!("{mark} {no}. "), &format!("{}{day}", why::target_text(target, lang)), style);
            let figures: Vec<String> = Period::all(document.year, document.settings.span)
                .filter_map(|period| {
                    let (value, _) = book.actual(task.key, no, period)?;
                    Some(format!("{} {}", short_period(lang, period), actual_text(lang, target, value)))
                })
                .collect();
            if !figures.is_empty() {
                self.indented("     ", &figures.join("  "), theme.text());
            }
        }
    }

    /// 工作举措.
    pub(super) fn steps(&mut self, book: &Book<'_>, item: ItemKey) {
        let (lang, theme) = (self.state.lang(), self.state.theme);
        let deadline = book.deadline(item, self.state.period);
        for (at, (no, step, _)) in book.steps(item).enumerate() {
            if at == 0 {
                self.gap();
                self.styled(lang.say(Say::CmdSteps), theme.title());
            }
            let day = step.deadline.unwrap_or(deadline);
            let late = step.state != StepState::Done && day < self.state.setup.today;
            let style = match step.state {
                StepState::Done => theme.good(),
                _ if late => theme.bad(),
                StepState::Todo | StepState::Doing => theme.text(),
            };
            let unit = step.unit.as_ref().map(|unit| format!("  {unit}")).unwrap_or_default();
            let head = format!("{no}. {} ", pad(lang.step_state(step.state), 7));
            self.indented(&head, &format!("{}{unit}  {day}", step.text), style);
        }
    }

    /// 延期, 调整, 终止, 办结: what was asked and what was decided.
    pub(super) fn requests(&mut self, book: &Book<'_>, item: ItemKey) {
        let (lang, theme) = (self.state.lang(), self.state.theme);
        for (at, (no, request, _)) in book.requests(item).enumerate() {
            if at == 0 {
                self.gap();
                self.styled(lang.say(Say::CmdRequests), theme.title());
            }
            let until = request.until.map(|day| lang.fill(Say::RequestUntil, &[&day])).unwrap_or_default();
            let outcome = lang.outcome(&request.outcome);
            let (answer, style) = match &request.outcome {
                Outcome::Asked => (String::new(), theme.warn()),
                Outcome::Granted { approver, note } => (format!(" {approver} {note}"), theme.good()),
                Outcome::Refused { approver, note } => (format!(" {approver} {note}"), theme.text()),
            };
            let asked =
                format!("{no}. {}{until}{}{}", lang.request_kind(request.kind), lang.say(Say::Colon), request.reason);
            self.indented("", &asked, style);
            self.indented("   ", format!("{outcome}{answer}").trim_end(), style);
        }
    }
}

/// A period without its year, where the words allow it: 三季度.
fn short_period(lang: Lang, period: Period) -> String {
    let name = lang.period(period);
    let year = period.year().to_string();
    let short = name.strip_prefix(&year).unwrap_or(&name).trim_start_matches(['年', ' ']);
    short.to_owned()
}
