//! Merging by field: what a record held when it was read (base), what one side makes of it (mine), what the other side has
//! made of it meanwhile (theirs). Fields that one side alone changed merge by themselves; only the same field changed to
//! different values is a clash, and that somebody has to decide.

use std::fmt::Display;

use super::filing::{Filing, Review};
use super::record::Record;
use super::work::Outcome;
use crate::text::number::plain;

/// What became of a field on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Nobody changed it.
    Neither,
    /// I alone did.
    Mine,
    /// The other side alone did.
    Theirs,
    /// Both did, to the same.
    Alike,
    /// Both did, to different values.
    Clash,
}

impl Side {
    /// Compares the three.
    pub fn of<T: PartialEq + ?Sized>(base: &T, mine: &T, theirs: &T) -> Self {
        match (mine == base, theirs == base) {
            (true, true) => Self::Neither,
            (false, true) => Self::Mine,
            (true, false) => Self::Theirs,
            (false, false) if mine == theirs => Self::Alike,
            (false, false) => Self::Clash,
        }
    }
}

/// The names of the fields.
pub mod name {
    #![expect(missing_docs, reason = "each is the name of its field")]

    pub const PERCENT: &str = "percent";
    pub const PROGRESS: &str = "progress";
    pub const PROBLEMS: &str = "problems";
    pub const NEXT: &str = "next";
    pub const REVIEW: &str = "review";
    pub const VALUE: &str = "value";
    pub const OPENING: &str = "opening";
    pub const NUMBER: &str = "number";
    pub const TITLE: &str = "title";
    pub const NAME: &str = "name";
    pub const ADDRESSEES: &str = "addressees";
    pub const SIGNATURE: &str = "signature";
    pub const SIGNED_ON: &str = "signed_on";
    pub const COPIED_TO: &str = "copied_to";
    pub const NOTE: &str = "note";
    pub const PRINTED_BY: &str = "printed_by";
    pub const PRINTED_ON: &str = "printed_on";
    pub const ISSUED: &str = "issued";
    pub const RECORD: &str = "record";
}

/// The fields of a record by name, each as a text: the one that its form shows where words are typed, else one to compare by. A
/// record that is not there has none, and an empty
/// field is as good as none.
pub fn fields(record: Option<&Record>) -> Vec<(&'static str, String)> {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let mut fields: Vec<(&'static str, String)> = match record {
        None => Vec::new(),
        Some(Record::Filing(filing)) => {
            let mut fields = content(filing);
            fields.push((name::REVIEW, review(&filing.review)));
            fields
        }
        Some(Record::Done(done)) => vec![(name::VALUE, plain(done.value))],
        Some(Record::Override(set)) => vec![("light", format!("{:?}", set.light)), ("reason", set.reason.clone())],
        Some(Record::Chase(chase)) => {
            vec![("times", chase.times.to_string()), ("last", day(chase.last)), (name::NOTE, chase.note.clone())]
        }
        Some(Record::Step(step)) => vec![
            ("text", step.text.clone()),
            ("unit", step.unit.as_deref().unwrap_or_default().to_owned()),
            ("deadline", day(step.deadline)),
            ("state", format!("{:?}", step.state)),
        ],
        Some(Record::Request(request)) => vec![
            ("kind", format!("{:?}", request.kind)),
            ("since", request.since.to_string()),
            ("reason", request.reason.clone()),
            ("until", day(request.until)),
            (
                "outcome",
                if request.outcome == Outcome::Asked { String::new() } else { format!("{:?}", request.outcome) },
            ),
        ],
        Some(Record::Target(target)) => vec![
            ("metric", target.metric.clone()),
            ("comparator", format!("{:?}", target.comparator)),
            (name::VALUE, joined(target.value.iter().chain(&target.tiers).map(|value| plain(*value)))),
            ("unit", target.unit.clone()),
            ("rate", if target.rate { "rate".to_owned() } else { String::new() }),
            ("deadline", day(target.deadline)),
        ],
        Some(Record::Bulletin(bulletin)) => {
            let wording = &bulletin.wording;
            vec![
                (name::OPENING, wording.opening.clone()),
                (name::NEXT, wording.next.clone()),
                (name::NUMBER, wording.number.clone()),
                (name::TITLE, wording.title.clone()),
                (name::NAME, wording.name.clone()),
                (name::ADDRESSEES, wording.addressees.clone()),
                (name::SIGNATURE, wording.signature.clone()),
                (name::SIGNED_ON, day(wording.signed_on)),
                (name::COPIED_TO, wording.copied_to.clone()),
                (name::NOTE, wording.note.clone()),
                (name::PRINTED_BY, wording.printed_by.clone()),
                (name::PRINTED_ON, day(wording.printed_on)),
                (name::ISSUED, bulletin.issued.as_ref().map(|issued| issued.on.to_string()).unwrap_or_default()),
            ]
        }
        Some(Record::Document(document)) => {
            let settings = &document.settings;
            vec![
                ("span", format!("{:?}", settings.span)),
                ("due_month", format!("{:?}", settings.due_month)),
                ("due_day", settings.due_day.to_string()),
                ("near_days", settings.near_days.to_string()),
                ("behind", plain(settings.thresholds.behind)),
                ("far_behind", plain(settings.thresholds.far_behind)),
            ]
        }
        // What nobody fills in field by field is one field.
        Some(other) => vec![(name::RECORD, format!("{other:?}"))],
    };
    fields.retain(|(_, text)| !text.is_empty());
    fields
}

/// What a unit says, without what the office made of it.
fn content(filing: &Filing) -> Vec<(&'static str, String)> {
    vec![
        (name::PERCENT, filing.percent.map(plain).unwrap_or_default()),
        (name::PROGRESS, filing.progress.clone()),
        (name::PROBLEMS, filing.problems.clone()),
        (name::NEXT, filing.next.clone()),
    ]
}

fn review(review: &Review) -> String {
    match review {
        Review::Pending => String::new(),
        Review::Accepted => "accepted".to_owned(),
        Review::Returned(reason) => format!("returned {reason}"),
    }
}

fn joined(texts: impl Iterator<Item = impl Display>) -> String {
    texts.map(|text| text.to_string()).collect::<Vec<_>>().join("/")
}

/// The text of a field; empty where the record has none.
pub fn field(record: Option<&Record>, name: &str) -> String {
    fields(record).into_iter().find(|(one, _)| *one == name).map(|(_, text)| text).unwrap_or_default()
}

/// The fields in which two states of a record differ.
pub fn changed(base: Option<&Record>, now: Option<&Record>) -> Vec<&'static str> {
    let (base, now) = (fields(base), fields(now));
    let text = |fields: &[(&'static str, String)], name: &str| {
        fields.iter().find(|(one, _)| *one == name).map(|(_, text)| text.clone()).unwrap_or_default()
    };
    let mut names: Vec<&'static str> = base.iter().chain(&now).map(|(name, _)| *name).collect();
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(*name) && text(&base, name) != text(&now, name));
    names
}

/// The fields that both sides changed to different values. What a unit says anew is looked at anew, so its review is no clash;
/// but a review of words that have changed meanwhile is one: nobody accepts what he has not seen.
pub fn clashes(base: Option<&Record>, mine: Option<&Record>, theirs: Option<&Record>) -> Vec<&'static str> {
    let (by_me, by_them) = (changed(base, mine), changed(base, theirs));
    if by_me == [name::REVIEW] && !by_them.is_empty() && mine != theirs {
        return vec![name::REVIEW];
    }
    let differ = changed(mine, theirs);
    by_me.into_iter().filter(|one| *one != name::REVIEW && by_them.contains(one) && differ.contains(one)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Done;
    use rust_decimal::Decimal;

    fn filing(progress: &str, next: &str, review: Review) -> Record {
        Record::Filing(Filing { progress: progress.into(), next: next.into(), review, ..Filing::default() })
    }

    #[test]
    fn the_five_ways_of_three_texts() {
        for (base, mine, theirs, side) in [
            ("a", "a", "a", Side::Neither),
            ("a", "b", "a", Side::Mine),
            ("a", "a", "c", Side::Theirs),
            ("a", "b", "b", Side::Alike),
            ("a", "b", "c", Side::Clash),
        ] {
            assert_eq!(Side::of(base, mine, theirs), side, "{base} {mine} {theirs}");
        }
    }

    #[test]
    fn only_the_same_field_changed_differently_clashes() {
        let base = filing("甲", "乙", Review::Pending);
        let mine = filing("甲一", "乙", Review::Pending);
        let clash = |theirs: &Record| clashes(Some(&base), Some(&mine), Some(theirs));
        assert_eq!(clash(&filing("甲", "乙二", Review::Pending)), Vec::<&str>::new());
        assert_eq!(clash(&filing("甲一", "乙", Review::Pending)), Vec::<&str>::new(), "the same twice");
        assert_eq!(clash(&filing("甲二", "乙二", Review::Pending)), ["progress"]);
        assert_eq!(clash(&filing("甲", "乙", Review::Accepted)), Vec::<&str>::new(), "it is looked at anew");
    }

    #[test]
    fn words_that_the_reviewer_has_not_seen_are_not_accepted() {
        let base = filing("甲", "", Review::Pending);
        let accepted = filing("甲", "", Review::Accepted);
        let clash = |theirs: &Record| clashes(Some(&base), Some(&accepted), Some(theirs));
        assert_eq!(clash(&filing("甲一", "", Review::Pending)), ["review"]);
        assert_eq!(clash(&accepted), Vec::<&str>::new(), "two accept the same");
        assert_eq!(clash(&filing("甲", "", Review::Returned("短".into()))), ["review"]);
    }

    #[test]
    fn removing_what_the_other_side_changed_is_a_clash() {
        let figure = |value: i64| Record::Done(Done { value: Decimal::from(value) });
        assert_eq!(clashes(Some(&figure(1)), None, Some(&figure(2))), ["value"]);
        assert_eq!(clashes(Some(&figure(1)), None, None), Vec::<&str>::new());
        assert_eq!(clashes(None, Some(&figure(1)), Some(&figure(2))), ["value"]);
        assert_eq!(clashes(Some(&figure(1)), Some(&figure(1)), None), Vec::<&str>::new());
    }
}
