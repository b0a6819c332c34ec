//! Who may write what. The expectations are those of the office's rules, written by hand, not the code's.

mod contact;
mod random;
mod world;

use super::*;
use crate::model::{Ledger, Seq};
use world::*;

/// A line a kind of record (and whose), a column a person of [`world`]: `+` may write it, `-` may not.
const MATRIX: &str = "
                          root owner admin editor fagai zhujian dong  nanxi reader nobody
settings                   +    +     +     +      -     -       -     -     -      -
document                   +    +     +     +      -     -       -     -     -      -
task                       +    +     +     +      -     -       -     -     -      -
row                        +    +     +     +      -     -       -     -     -      -
unit                       +    +     +     +      -     -       -     -     -      -
finding                    +    +     +     +      -     -       -     -     -      -
target                     +    +     +     +      -     -       -     -     -      -
view                       +    +     +     +      -     -       -     -     -      -
bulletin                   +    +     +     +      -     -       -     -     -      -
frozen                     +    +     +     +      -     -       -     -     -      -
light                      +    +     +     +      -     -       -     -     -      -
chase                      +    +     +     +      -     -       -     -     -      -
accepted                   +    +     +     +      -     -       -     -     -      -
returned                   +    +     +     +      -     -       -     -     -      -
decision                   +    +     +     +      -     -       -     -     -      -
role                       +    +     +     -      -     -       -     -     -      -
filing-led                 +    +     +     +      +     -       -     -     -      -
filing-supported           +    +     +     +      +     -       -     -     -      -
filing-foreign             +    +     +     +      -     -       -     -     -      -
filing-row                 +    +     +     +      -     +       -     +     -      -
actual-led                 +    +     +     +      +     -       -     -     -      -
actual-foreign             +    +     +     +      -     -       -     -     -      -
step-led                   +    +     +     +      +     -       -     -     -      -
step-supported             +    +     +     +      +     -       -     -     -      -
step-foreign               +    +     +     +      -     -       -     -     -      -
request-led                +    +     +     +      +     -       -     -     -      -
request-foreign            +    +     +     +      -     -       -     -     -      -
request-row                +    +     +     +      -     +       -     +     -      -
done-东城区                +    +     +     +      -     +       +     -     -      -
done-南溪县                +    +     +     +      -     +       -     +     -      -
";

#[test]
fn each_role_writes_what_is_its_own_and_nothing_else() {
    let ledger = ledger();
    let mut lines = MATRIX.trim().lines();
    let people: Vec<&str> = lines.next().unwrap().split_whitespace().collect();
    assert_eq!(people, PEOPLE.map(|(name, _)| name));
    let mut seen = Vec::new();
    for line in lines {
        let mut words = line.split_whitespace();
        let kind = words.next().unwrap();
        let (intent, key, record) = sample(kind);
        seen.push(kind);
        for (name, expected) in people.iter().zip(words) {
            for value in [Some(record.clone()), None] {
                // A request is taken away only by taking back its asking, and what is not there cannot be reviewed or decided.
                let taken = value.is_none();
                if taken && (kind.starts_with("request") || matches!(kind, "accepted" | "returned" | "decision")) {
                    continue;
                }
                let batch = batch(intent, vec![write(&ledger, &key, value)]);
                let judged = judge(&ledger, name, &batch);
                assert_eq!(judged.is_ok(), expected == "+", "{name} {kind} taken away: {taken}: {judged:?}");
            }
        }
    }
    assert_eq!(seen, KINDS, "every kind of record is judged");
}

#[test]
fn a_role_holds_for_both_number_and_name() {
    let ledger = ledger();
    let of = |uid, name: &str| super::of(&ledger, OWNER, &actor(uid, name));
    assert_eq!(of(2003, "editor"), Some(May::Editor));
    assert_eq!(of(2004, "editor"), None, "the account was made anew");
    assert_eq!(of(2003, "chief"), None, "the number went to somebody else");
    assert_eq!(of(2003, "Editor"), None);
    assert_eq!(of(OWNER, "whoever"), Some(May::Admin));
    assert_eq!(of(0, "root"), Some(May::Admin));
}

#[test]
fn a_role_of_the_owner_does_not_lock_them_out() {
    let mut ledger = ledger();
    let mine = Role { uid: OWNER, name: "owner".into(), may: May::Reader };
    ledger.suppose(&give(&ledger, mine));
    assert_eq!(super::of(&ledger, OWNER, &actor(OWNER, "owner")), Some(May::Admin));
}

#[test]
fn a_denial_says_who_may() {
    let ledger = ledger();
    let denied = |name: &str, kind: &str| {
        let (intent, key, record) = sample(kind);
        judge(&ledger, name, &batch(intent, vec![write(&ledger, &key, Some(record))])).unwrap_err()
    };
    let unit = |unit: &str| Denial::OwnUnitOnly { unit: unit.into() };
    assert_eq!(denied("nobody", "filing-led"), Denial::NoRole { name: "nobody".into(), uid: 2009 });
    assert_eq!(denied("reader", "filing-led"), Denial::ReadOnly);
    assert_eq!(denied("editor", "role"), Denial::AdminOnly);
    assert_eq!(denied("fagai", "role"), Denial::AdminOnly);
    assert_eq!(denied("fagai", "accepted"), Denial::OfficeOnly(Reserved::Review));
    assert_eq!(denied("fagai", "decision"), Denial::OfficeOnly(Reserved::Decisions));
    assert_eq!(denied("fagai", "settings"), Denial::OfficeOnly(Reserved::Settings));
    assert_eq!(denied("fagai", "filing-foreign"), unit("市发改委"));
    assert_eq!(denied("zhujian", "filing-led"), unit("市住建局"));
    assert_eq!(denied("dong", "filing-led"), Denial::OwnAreaOnly { area: "东城区".into() });
    assert_eq!(denied("dong", "done-南溪县"), Denial::OwnAreaOnly { area: "东城区".into() });
    assert_eq!(denied("nanxi", "done-东城区"), Denial::OwnAreaOnly { area: "南溪县".into() });
}

#[test]
fn one_write_that_is_not_allowed_refuses_the_batch() {
    let ledger = ledger();
    let (intent, own, filing) = sample("filing-led");
    let (_, foreign, other) = sample("filing-foreign");
    let writes = vec![write(&ledger, &own, Some(filing)), write(&ledger, &foreign, Some(other))];
    assert!(matches!(judge(&ledger, "fagai", &batch(intent, writes)), Err(Denial::OwnUnitOnly { .. })));
}

#[test]
fn giving_a_role_twice_or_taking_none_away_writes_nothing() {
    let ledger = ledger();
    let now = given(&ledger, "editor").unwrap().clone();
    assert_eq!(give(&ledger, now.clone()), []);
    assert_eq!(give(&ledger, Role { may: May::Reader, ..now }).len(), 1);
    assert_eq!(take(&ledger, "nobody"), []);
    assert_eq!(take(&ledger, "editor").len(), 1);
    assert_eq!(take(&ledger, "editor").first().map(|write| write.base), Some(Seq(1)));
}

#[test]
fn roles_stand_under_the_reserved_name_alone_and_documents_never_do() {
    let (_, key, record) = sample("role");
    assert!(record.fits(&key));
    let (_, document, of_a_year) = sample("document");
    assert!(of_a_year.fits(&document));
    assert!(!record.fits(&document));
    let office = Key::document(&crate::model::DocumentId::office());
    let Record::Document(mut called) = of_a_year else { panic!() };
    called.id = office.document.clone();
    assert!(!Record::Document(called).fits(&office));
    let (_, task, filed) = sample("filing-led");
    assert!(!filed.fits(&Key { document: crate::model::DocumentId::office(), of: task.of }));
    assert!(!record.fits(&Key::role("somebody-else")));
}

fn judge(ledger: &Ledger, name: &str, batch: &crate::model::Batch) -> Result<(), Denial> {
    allow(ledger, OWNER, &person(name), batch, &|_| None)
}

#[test]
fn who_follows_on_a_unit_files_for_it_from_that_day_and_its_own_contact_goes_on() {
    use crate::model::{Office, Record, Successor};
    use crate::report::fixture::{day, id};
    let mut making = making();
    for (was, to) in [("市发改委", "市发展改革局"), ("市教育局", "市住建局")] {
        let next = Successor { to: to.into(), since: day(7, 1) };
        making.put(Key::successor(&id(), Office::Unit, was), Record::Successor(next));
    }
    for (name, unit) in [("dong", "市发展改革局"), ("nanxi", "市教育局")] {
        let role = Role { uid: person(name).uid, name: name.into(), may: contact(Some(unit), None) };
        making.put(Key::role(name), Record::Role(role));
    }
    let ledger = making.ledger();
    let may = |name: &str, kind: &str, on: chrono::NaiveDate| {
        let (intent, key, record) = sample(kind);
        let at = on.and_hms_opt(9, 0, 0).unwrap().and_utc().fixed_offset();
        let batch = crate::model::Batch { at, ..batch(intent, vec![write(&ledger, &key, Some(record))]) };
        judge(&ledger, name, &batch).is_ok()
    };
    // Led under the printed name, supported under another spelling of it.
    for kind in ["filing-led", "filing-supported", "actual-led", "step-led", "request-led"] {
        for (name, on, expected) in [
            ("dong", day(6, 30), false),
            ("dong", day(7, 1), true),
            ("fagai", day(6, 30), true),
            ("fagai", day(7, 1), true),
            ("nanxi", day(7, 1), false),
        ] {
            assert_eq!(may(name, kind, on), expected, "{name} {kind} {on}");
        }
    }
    // Where a unit that is named already takes over, it has both; who was the other's contact has no more than before.
    assert_eq!([day(6, 30), day(7, 1)].map(|on| may("zhujian", "filing-foreign", on)), [false, true]);
    assert_eq!([day(6, 30), day(7, 1)].map(|on| may("nanxi", "filing-foreign", on)), [true, true]);
    assert_eq!([day(6, 30), day(7, 1)].map(|on| may("nanxi", "filing-row", on)), [false, false]);
}
