//! 核对: what a person decides about a doubt, as the writes it takes. The doubt remembers the choice, and what the item held
//! before, so that another choice starts from the page again.

use std::sync::Arc;

use super::{LONGEST_TEXT, NoDeed, Together};
use crate::model::{Aliases, Alternative, Book, Finding, Fix, Key, Record, SameUnit, Unit, Write};

/// The writes that settle a doubt by its alternative `choice` (from 0): the doubt remembers the choice, and the item takes
/// its reading. `None`: there is no such alternative, or the item it is about is not there.
pub fn settle(book: &Book<'_>, finding: &Finding, choice: u16) -> Option<Vec<Write>> {
    let alternative = finding.alternatives.get(usize::from(choice))?;
    decided(book, finding, (Some(choice), false), &alternative.fix)
}

/// The writes that settle a doubt by what a person reads in the page: it becomes one more alternative, and the one chosen.
///
/// # Errors
/// When nothing is said, a text is too long, or the item is not there.
pub fn settle_typed(book: &Book<'_>, finding: &Finding, typed: Alternative) -> Result<Vec<Write>, NoDeed> {
    let long = |text: &String| text.chars().count() > LONGEST_TEXT;
    if typed.fix == Fix::default() {
        return Err(NoDeed::NoReason);
    }
    if typed.fix.text.as_ref().is_some_and(long) || long(&typed.reading) {
        return Err(NoDeed::TooLong);
    }
    let mut finding = finding.clone();
    let fix = typed.fix.clone();
    let known = finding.alternatives.iter().position(|one| one.fix == fix);
    let at = known.unwrap_or(finding.alternatives.len());
    if known.is_none() {
        finding.alternatives.push(typed);
    }
    let choice = u16::try_from(at).map_err(|_| NoDeed::OutOfRange)?;
    decided(book, &finding, (Some(choice), true), &fix).ok_or(NoDeed::NoItem)
}

/// The writes that open a doubt again: the item reads as it did before. `None`: the doubt was not settled.
pub fn reopen(book: &Book<'_>, finding: &Finding) -> Option<Vec<Write>> {
    finding.settled?;
    decided(book, finding, (None, false), &Fix::default())
}

/// The open doubts of a kind.
pub fn open_of_kind<'a>(book: &Book<'a>, kind: &str) -> Vec<&'a Finding> {
    book.findings().filter(|finding| finding.is_open() && finding.kind() == kind).collect()
}

/// The writes that accept the first reading of every open doubt of a kind, with how many they are.
pub fn settle_kind(book: &Book<'_>, kind: &str) -> (Vec<Write>, usize) {
    let mut together = Together::new(book.ledger());
    let mut count = 0;
    for finding in open_of_kind(book, kind) {
        let writes = together.book(book.id()).and_then(|book| settle(&book, finding, 0));
        if let Some(writes) = writes {
            together.add(&writes);
            count += 1;
        }
    }
    (together.writes(), count)
}

/// The doubt with another choice (or none), and what follows from it.
fn decided(book: &Book<'_>, finding: &Finding, (choice, typed): (Option<u16>, bool), fix: &Fix) -> Option<Vec<Write>> {
    let write = |key: Key, value: Option<Record>| Write { base: book.ledger().version(&key), key, value };
    let mut settled = Finding { settled: choice, before: None, typed, ..finding.clone() };
    let mut writes = Vec::new();
    let there = finding.item.and_then(|item| {
        let key = Key::item(book.id(), item);
        let record = book.ledger().get(&key)?.record.as_ref();
        Some((key, record))
    });
    match there {
        Some((key, record)) => {
            let printed = match &finding.before {
                Some(before) => before.applied_to_record(record)?,
                None => record.clone(),
            };
            let read = fix.applied_to_record(&printed)?;
            settled.before = choice.is_some().then(|| fix.undone_on(&printed)).filter(Fix::changes_an_item);
            if read != *record {
                writes.push(write(key, Some(read)));
            }
        }
        None if fix.changes_an_item() => return None,
        None => {}
    }
    let before = finding.settled.and_then(|at| finding.alternatives.get(usize::from(at)));
    let before = before.and_then(|one| one.fix.same_unit.as_ref());
    for (key, unit) in spellings(book, before, fix.same_unit.as_ref()) {
        writes.push(write(key, unit.map(Record::Unit)));
    }
    writes.insert(0, write(Key::finding(book.id(), finding.line, finding.no), Some(Record::Finding(settled))));
    Some(writes)
}

/// The units' records once one pair of spellings is no longer the same unit and another is. A unit that is listed under another
/// keeps its own record with its spellings ([`Aliases`] finds the way), so that they part together again.
fn spellings(book: &Book<'_>, before: Option<&SameUnit>, now: Option<&SameUnit>) -> Vec<(Key, Option<Unit>)> {
    if before == now {
        return Vec::new();
    }
    let mut units: Vec<Unit> = book.units_with_aliases().cloned().collect();
    let mut changed: Vec<Arc<str>> = Vec::new();
    if let Some((name, spelling)) = before.and_then(|same| bond(&units, same))
        && let Some(unit) = units.iter_mut().find(|unit| unit.name == name)
    {
        unit.aliases.retain(|one| *one != spelling);
        changed.push(name);
    }
    if let Some(same) = now {
        // Either may itself be listed under another by now.
        let aliases = Aliases::new(&units);
        let [name, spelling] = [&same.name, &same.spelling].map(|one| Arc::clone(aliases.name(one)));
        if name != spelling {
            changed.push(Arc::clone(&name));
            match units.iter_mut().find(|unit| unit.name == name) {
                Some(unit) => unit.aliases.push(spelling),
                None => units.push(Unit { name, aliases: vec![spelling] }),
            }
        }
    }
    let touched = units.into_iter().filter(|unit| changed.contains(&unit.name));
    // A unit with a single spelling needs no record.
    touched.map(|unit| (Key::unit(book.id(), &unit.name), (!unit.aliases.is_empty()).then_some(unit))).collect()
}

/// Where two spellings of one unit are bound together: the name, and what is listed under it on the way from the spelling.
fn bond(units: &[Unit], same: &SameUnit) -> Option<(Arc<str>, Arc<str>)> {
    let names = listed_under(units, &same.name);
    let spellings = listed_under(units, &same.spelling);
    let at = spellings.iter().position(|one| names.contains(one))?;
    Some((Arc::clone(spellings.get(at)?), Arc::clone(spellings.get(at.checked_sub(1)?)?)))
}

/// A name, then the one that it is listed under, and so on.
fn listed_under(units: &[Unit], name: &Arc<str>) -> Vec<Arc<str>> {
    let next =
        |name: &Arc<str>| units.iter().find(|unit| unit.aliases.contains(name)).map(|unit| Arc::clone(&unit.name));
    std::iter::successors(Some(Arc::clone(name)), next).take(units.len() + 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Confidence, Ledger, Quota};
    use crate::report::fixture::{Making, amount, cells, dec, id};

    const AREAS: [&str; 2] = ["东城区", "南溪县"];

    /// A row whose figures may stand one cell to the right.
    fn ledger() -> Ledger {
        let mut making = Making::new(&AREAS.join(" "));
        making.task(1, "修路", "张三", "市交通局 市发展改革委");
        making.row("P1.1", "路灯", amount("20"), &cells(&AREAS, "12 8"));
        let row_fix = |quotas: &str| {
            let area = |(area, quota): (&str, Quota)| crate::model::AreaQuota { area: area.into(), quota };
            Fix { areas: Some(cells(&AREAS, quotas).into_iter().map(area).collect()), ..Fix::default() }
        };
        let other = Alternative { reading: "对调".into(), why: String::new(), fix: row_fix("8 12") };
        let literal = Alternative { reading: "照原文".into(), why: String::new(), fix: Fix::default() };
        let doubt = |line, item: Option<&str>, alternatives| Finding {
            line,
            no: 1,
            item: item.map(|item| item.parse().unwrap()),
            what: "错格".into(),
            printed: "12 8".into(),
            reading: String::new(),
            why: String::new(),
            confidence: Confidence::Open,
            alternatives,
            settled: None,
            before: None,
            typed: false,
        };
        let same = SameUnit { name: "市发展改革委".into(), spelling: "市发改委".into() };
        let fix = Fix { same_unit: Some(same), ..Fix::default() };
        let one = Alternative { reading: "同一单位".into(), why: String::new(), fix };
        for finding in [
            doubt(801, Some("P1.1"), vec![literal.clone(), other]),
            doubt(10, None, vec![one, literal.clone()]),
            doubt(11, Some("T1"), vec![literal]),
        ] {
            making.put(Key::finding(&id(), finding.line, 1), Record::Finding(finding));
        }
        making.ledger()
    }

    fn finding(ledger: &Ledger, line: u32) -> Finding {
        let Record::Finding(finding) = ledger.get(&Key::finding(&id(), line, 1)).unwrap().record.as_ref() else {
            unreachable!()
        };
        finding.clone()
    }

    fn done(ledger: &Ledger, writes: &[Write]) -> Ledger {
        let mut after = ledger.clone();
        after.suppose(writes);
        after
    }

    fn settled(ledger: &Ledger, line: u32, choice: u16) -> Ledger {
        let book = Book::open(ledger, &id()).unwrap();
        done(ledger, &settle(&book, &finding(ledger, line), choice).unwrap())
    }

    fn east(ledger: &Ledger) -> Option<rust_decimal::Decimal> {
        Book::open(ledger, &id()).unwrap().row("P1.1".parse().unwrap()).unwrap().quota("东城区").unwrap().amount()
    }

    #[test]
    fn another_choice_starts_from_the_page_and_so_does_opening_again() {
        let first = ledger();
        let second = settled(&first, 801, 1);
        assert_eq!(east(&second), Some(dec("8")));
        assert_eq!(east(&settled(&second, 801, 0)), Some(dec("12")), "as printed");
        let book = Book::open(&second, &id()).unwrap();
        let opened = done(&second, &reopen(&book, &finding(&second, 801)).unwrap());
        assert_eq!(opened, first);
        assert_eq!(reopen(&Book::open(&first, &id()).unwrap(), &finding(&first, 801)), None);
    }

    #[test]
    fn what_is_typed_becomes_the_choice_and_remembers_what_was_printed() {
        let first = ledger();
        let book = Book::open(&first, &id()).unwrap();
        let fix = Fix { total: Some(amount("21")), text: Some("路灯改造".into()), ..Fix::default() };
        let typed = Alternative { reading: "全市21".into(), why: "电话核实".into(), fix };
        let second = done(&first, &settle_typed(&book, &finding(&first, 801), typed.clone()).unwrap());
        let doubt = finding(&second, 801);
        assert_eq!((doubt.settled, doubt.alternatives.len()), (Some(2), 3));
        let book = Book::open(&second, &id()).unwrap();
        let row = book.row("P1.1".parse().unwrap()).unwrap();
        assert_eq!((row.name.as_str(), row.total.amount()), ("路灯改造", Some(dec("21"))));
        assert_eq!(done(&second, &reopen(&book, &doubt).unwrap()).get(&Key::item(&id(), row.key)).unwrap().record, {
            first.get(&Key::item(&id(), row.key)).unwrap().record.clone()
        });
        let nothing = Alternative { fix: Fix::default(), ..typed };
        assert_eq!(settle_typed(&book, &doubt, nothing), Err(NoDeed::NoReason));
    }

    #[test]
    fn all_open_doubts_of_a_kind_are_accepted_together_and_no_other() {
        let first = settled(&ledger(), 10, 1);
        let book = Book::open(&first, &id()).unwrap();
        let (writes, count) = settle_kind(&book, "错格");
        assert_eq!(count, 2);
        let second = done(&first, &writes);
        let book = Book::open(&second, &id()).unwrap();
        assert!(book.findings().all(|finding| !finding.is_open()));
        assert_eq!(finding(&second, 10).settled, Some(1), "what was decided stays");
        assert_eq!(settle_kind(&book, "错格"), (vec![], 0));
        assert_eq!(settle_kind(&Book::open(&ledger(), &id()).unwrap(), "别的").1, 0);
    }

    #[test]
    fn one_unit_under_two_spellings_is_listed_once_until_it_is_said_to_be_two() {
        let first = ledger();
        let second = settled(&first, 10, 0);
        let names = |ledger: &Ledger| Book::open(ledger, &id()).unwrap().aliases().name(&"市发改委".into()).to_string();
        assert_eq!((names(&first).as_str(), names(&second).as_str()), ("市发改委", "市发展改革委"));
        let third = settled(&second, 10, 1);
        assert_eq!(names(&third), "市发改委", "refused after all");
        assert!(third.get(&Key::unit(&id(), "市发展改革委")).is_none(), "no record without another spelling");
        assert_eq!(finding(&third, 10).settled, Some(1), "and the refusal is remembered");
    }

    #[test]
    fn a_unit_that_has_spellings_itself_brings_them_along_and_takes_them_away_again() {
        let same = SameUnit { name: "市发展改革委".into(), spelling: "市发改委".into() };
        // The doubt may name either spelling of the unit that goes under the other.
        for spelling in ["市发改委", "市发展和改革委"] {
            let same = SameUnit { spelling: spelling.into(), ..same.clone() };
            let mut making = Making::new("东城区");
            making.unit("市发改委", "市发展和改革委");
            making.task(1, "修路", "张三", "市发展改革委");
            making.doubt(10, "T1", None);
            let key = Key::finding(&id(), 10, 1);
            let asked = Fix { same_unit: Some(same), ..Fix::default() };
            let alternative = |fix| Alternative { reading: String::new(), why: String::new(), fix };
            let doubt = Finding {
                alternatives: vec![alternative(asked), alternative(Fix::default())],
                item: None,
                ..finding(&making.ledger(), 10)
            };
            making.put(key, Record::Finding(doubt));
            let first = making.ledger();
            let listed = |ledger: &Ledger| {
                let aliases = Book::open(ledger, &id()).unwrap().aliases();
                ["市发改委", "市发展和改革委", "市发展改革委"].map(|name| aliases.name(&name.into()).to_string())
            };
            let second = settled(&first, 10, 0);
            assert_eq!(listed(&second), ["市发展改革委"; 3].map(str::to_owned));
            let book = Book::open(&second, &id()).unwrap();
            let third = done(&second, &reopen(&book, &finding(&second, 10)).unwrap());
            assert_eq!(listed(&third), ["市发改委", "市发改委", "市发展改革委"].map(str::to_owned), "{spelling}");
            assert_eq!(third, first, "{spelling}");
        }
    }
}
