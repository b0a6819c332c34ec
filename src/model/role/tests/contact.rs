//! What a contact may and may not do with reviews, figures, requests, undo and what a batch says of itself.

use super::world::*;
use super::*;
use crate::model::*;
use crate::report::fixture::{dec, id, q};

const OFFICE: Denial = Denial::OfficeOnly(Reserved::Review);

fn filing_key(no: u16) -> Key {
    Key::filing(&id(), task(no), q(3))
}

fn cell() -> Key {
    Key::done(&id(), row(), "东城区", q(3))
}

fn row_filing() -> Key {
    Key::filing(&id(), row(), q(3))
}

/// The office's world with these records on top.
fn with(records: &[(Key, Record)]) -> Ledger {
    let mut making = making();
    for (key, record) in records {
        making.put(key.clone(), record.clone());
    }
    making.ledger()
}

fn file(ledger: &Ledger, name: &str, intent: Intent, writes: &[(Key, Option<Record>)]) -> Result<(), Denial> {
    let writes = writes.iter().map(|(key, value)| write(ledger, key, value.clone())).collect();
    judge(ledger, name, &batch(intent, writes))
}

#[test]
fn filing_anew_opens_the_review_and_nothing_else_does() {
    let ledger = with(&[(filing_key(1), words("开工", Review::Accepted))]);
    let alone = |record| file(&ledger, "fagai", Intent::File, &[(filing_key(1), Some(record))]);
    assert_eq!(alone(filed("完工")), Ok(()));
    assert_eq!(alone(words("完工", Review::Accepted)), Err(OFFICE), "an acceptance goes to what was accepted");
    assert_eq!(alone(words("完工", Review::Returned("不实".into()))), Err(OFFICE));
    assert_eq!(alone(filed("开工")), Err(OFFICE), "an acceptance is not taken away without a word");
    let returned = with(&[(filing_key(1), words("开工", Review::Returned("不实".into())))]);
    let again = file(&returned, "fagai", Intent::File, &[(filing_key(1), Some(filed("开工")))]);
    assert_eq!(again, Ok(()), "a unit may stand by its words");
}

#[test]
fn a_figure_under_a_reviewed_filing_opens_its_review() {
    let actual = Key::actual(&id(), task(1), 1, q(3));
    let ledger = with(&[(filing_key(1), words("开工", Review::Accepted)), (actual.clone(), figure("2"))]);
    let reopened = (filing_key(1), Some(filed("开工")));
    let target = |writes: &[(Key, Option<Record>)]| file(&ledger, "fagai", Intent::Target, writes);
    assert_eq!(target(&[(actual.clone(), Some(figure("3")))]), Err(Denial::Reviewed(task(1))));
    assert_eq!(target(&[(actual.clone(), Some(figure("3"))), reopened.clone()]), Ok(()));
    assert_eq!(target(&[(actual.clone(), Some(figure("2"))), reopened]), Err(OFFICE), "the same figure is no news");
    assert_eq!(target(&[(actual, None)]), Err(Denial::Reviewed(task(1))));
}

#[test]
fn an_areas_contact_opens_the_review_of_a_row_by_its_own_figure_only() {
    let ledger = with(&[(row_filing(), words("已装", Review::Accepted))]);
    let quota = |writes: &[(Key, Option<Record>)]| file(&ledger, "dong", Intent::Quota, writes);
    assert_eq!(quota(&[(cell(), Some(figure("6"))), (row_filing(), Some(filed("已装")))]), Ok(()));
    assert!(quota(&[(cell(), Some(figure("6"))), (row_filing(), Some(filed("另说")))]).is_err());
    assert!(quota(&[(row_filing(), Some(filed("已装")))]).is_err());
}

#[test]
fn what_no_face_files_is_not_taken_from_the_wire_either() {
    let ledger = ledger();
    let refused = |intent, key: Key, record: Record| {
        assert_eq!(
            file(&ledger, "fagai", intent, &[(key.clone(), Some(record.clone()))]),
            Err(Denial::Unfit(key.clone())),
            "{key} {record:?}"
        );
    };
    let stated = |percent: &str| Record::Filing(Filing { percent: Some(dec(percent)), ..Filing::default() });
    refused(Intent::File, filing_key(1), stated("1000"));
    refused(Intent::File, filing_key(1), filed(&"长".repeat(8_001)));
    refused(Intent::File, Key::filing(&id(), task(1), "2024M03".parse().unwrap()), filed("开工"));
    refused(Intent::File, Key::filing(&id(), task(1), "2031Q1".parse().unwrap()), filed("开工"));
    refused(Intent::File, filing_key(1), figure("1"));
    refused(Intent::Target, Key::actual(&id(), task(1), 2, q(3)), figure("1"));
    refused(Intent::Target, Key::actual(&id(), task(1), 1, q(3)), figure("-1"));
    let step =
        |text: &str| Record::Step(Step { text: text.into(), unit: None, deadline: None, state: StepState::Done });
    refused(Intent::Step, Key::step(&id(), task(1), 1), step(" "));
    let request = |reason: &str, until| {
        let outcome = Outcome::Asked;
        Record::Request(Request { kind: RequestKind::Extend, since: q(3), reason: reason.into(), until, outcome })
    };
    refused(Intent::Ask, Key::request(&id(), task(1), 1), request("", Some(crate::report::fixture::day(12, 31))));
    refused(Intent::Ask, Key::request(&id(), task(1), 1), request("用地", None));
    let quota = |area: &str, value: &str| {
        let key = Key::done(&id(), row(), area, q(3));
        file(&ledger, "zhujian", Intent::Quota, &[(key, Some(figure(value)))])
    };
    assert_eq!(quota("东城区", "5"), Ok(()));
    for (area, value) in [("市本级", "5"), ("全市", "5"), ("西城区", "5"), ("东城区", "-1")] {
        assert!(matches!(quota(area, value), Err(Denial::Unfit(_))), "{area} {value}");
    }
    let stated_on_a_row = file(&ledger, "zhujian", Intent::File, &[(row_filing(), Some(stated("50")))]);
    assert_eq!(stated_on_a_row, Err(Denial::Unfit(row_filing())));
}

#[test]
fn a_batch_that_says_it_is_something_else_is_refused() {
    let ledger = ledger();
    for intent in ALL_INTENTS {
        let judged = file(&ledger, "fagai", intent, &[(filing_key(1), Some(filed("开工")))]);
        let fine = matches!(intent, Intent::File | Intent::Quota | Intent::Target | Intent::Form);
        assert_eq!(judged.is_ok(), fine, "{intent:?}: {judged:?}");
        let asked = file(&ledger, "fagai", intent, &[(Key::request(&id(), task(1), 1), Some(asked(Outcome::Asked)))]);
        assert_eq!(asked.is_ok(), intent == Intent::Ask, "{intent:?}: {asked:?}");
    }
    let mut undoing = batch(Intent::File, vec![write(&ledger, &filing_key(1), Some(filed("开工")))]);
    undoing.undoes = Some(Seq(1));
    assert_eq!(judge(&ledger, "fagai", &undoing), Err(Denial::NotYours(Seq(1))));
}

pub(super) const ALL_INTENTS: [Intent; 21] = [
    Intent::Import,
    Intent::File,
    Intent::Quota,
    Intent::Review,
    Intent::Target,
    Intent::Override,
    Intent::Chase,
    Intent::Step,
    Intent::Ask,
    Intent::Decide,
    Intent::View,
    Intent::Settings,
    Intent::Bulletin,
    Intent::Issue,
    Intent::Recall,
    Intent::Form,
    Intent::Settle,
    Intent::Undo,
    Intent::Redo,
    Intent::Demo,
    Intent::Role,
];

/// A ledger that commits went into, each judged first.
struct Story {
    ledger: Ledger,
    commits: Vec<Commit>,
}

impl Story {
    fn new() -> Self {
        Self { ledger: ledger(), commits: Vec::new() }
    }

    fn try_write(&mut self, name: &str, batch: &Batch) -> Result<Seq, Denial> {
        let known = self.commits.clone();
        let find = |seq| known.iter().find(|commit| commit.seq == seq).cloned().map(Arc::new);
        allow(&self.ledger, OWNER, &person(name), batch, &find)?;
        let commit = self.ledger.prepare(&person(name), batch).unwrap();
        self.ledger.apply(&commit, Hash::default()).unwrap();
        self.commits.push(commit);
        Ok(self.ledger.head().seq)
    }

    fn write(&mut self, name: &str, intent: Intent, key: &Key, value: Option<Record>) -> Seq {
        let batch = batch(intent, vec![write(&self.ledger, key, value)]);
        self.try_write(name, &batch).unwrap()
    }

    fn undo(&mut self, name: &str, seq: Seq) -> Result<Seq, Denial> {
        let commit = self.commits.iter().find(|commit| commit.seq == seq).unwrap();
        let batch = self.ledger.taking_back(commit, BatchId::default(), at());
        let may = super::of(&self.ledger, OWNER, &person(name)).unwrap();
        self.try_write(name, &own_words(&may, batch))
    }

    fn now(&self, key: &Key) -> Option<Record> {
        self.ledger.get(key).map(|entry| entry.record.as_ref().clone())
    }
}

#[test]
fn a_contact_takes_back_and_redoes_their_own_and_nobody_elses() {
    let mut story = Story::new();
    let mine = story.write("fagai", Intent::File, &filing_key(1), Some(filed("开工")));
    let theirs = story.write("zhujian", Intent::Quota, &cell(), Some(figure("5")));
    let office = story.write("editor", Intent::File, &filing_key(2), Some(filed("代填")));
    assert_eq!(story.undo("fagai", theirs), Err(Denial::NotYours(theirs)));
    assert_eq!(story.undo("fagai", office), Err(Denial::NotYours(office)), "their own task, but not their own words");
    let undone = story.undo("fagai", mine).unwrap();
    assert_eq!(story.now(&filing_key(1)), None);
    story.undo("fagai", undone).unwrap();
    assert_eq!(story.now(&filing_key(1)), Some(filed("开工")));
    story.undo("editor", theirs).unwrap();
    assert_eq!(story.now(&cell()), None);
}

#[test]
fn an_undo_of_their_own_may_not_carry_anything_else() {
    let mut story = Story::new();
    let mine = story.write("fagai", Intent::File, &filing_key(1), Some(filed("开工")));
    let commit = story.commits.last().unwrap().clone();
    let undo = story.ledger.taking_back(&commit, BatchId::default(), at());
    let more = write(&story.ledger, &filing_key(2), Some(filed("夹带")));
    let with_more = Batch { writes: [undo.writes.clone(), vec![more]].concat(), ..undo.clone() };
    assert_eq!(story.try_write("fagai", &with_more), Err(Denial::Unfit(filing_key(2))));
    let other = vec![write(&story.ledger, &filing_key(1), Some(filed("改口")))];
    let other = Batch { writes: other, ..undo.clone() };
    assert_eq!(story.try_write("fagai", &other), Err(Denial::Unfit(filing_key(1))));
    let redo = Batch { intent: Intent::Redo, ..undo.clone() };
    assert_eq!(story.try_write("fagai", &redo), Err(Denial::Unfit(filing_key(1))), "an undo is no redo");
    let of_nothing = Batch { undoes: None, ..undo.clone() };
    assert!(story.try_write("fagai", &of_nothing).is_err());
    assert!(story.try_write("fagai", &undo).is_ok(), "{mine}");
}

#[test]
fn an_undo_does_not_bring_an_acceptance_back() {
    let mut story = Story::new();
    story.write("fagai", Intent::File, &filing_key(1), Some(filed("开工")));
    story.write("editor", Intent::Review, &filing_key(1), Some(words("开工", Review::Accepted)));
    let again = story.write("fagai", Intent::File, &filing_key(1), Some(filed("完工")));
    let commit = story.commits.last().unwrap().clone();
    let plain = story.ledger.taking_back(&commit, BatchId::default(), at());
    assert!(story.try_write("fagai", &plain).is_err(), "as it was, accepted");
    story.undo("fagai", again).unwrap();
    assert_eq!(story.now(&filing_key(1)), Some(filed("开工")), "the words, to be reviewed");
}

#[test]
fn a_request_is_taken_back_by_who_asked_until_it_is_decided() {
    let mut story = Story::new();
    let key = Key::request(&id(), task(1), 1);
    let first = story.write("fagai", Intent::Ask, &key, Some(asked(Outcome::Asked)));
    let removal = batch(Intent::Ask, vec![write(&story.ledger, &key, None)]);
    assert_eq!(story.try_write("fagai", &removal), Err(Denial::Unfit(key.clone())));
    story.undo("fagai", first).unwrap();
    let second = story.write("fagai", Intent::Ask, &key, Some(asked(Outcome::Asked)));
    let granted = Outcome::Granted { approver: String::new(), note: String::new() };
    story.write("editor", Intent::Decide, &key, Some(asked(granted)));
    assert_eq!(story.undo("fagai", second), Err(Denial::OfficeOnly(Reserved::Decisions)));
}

#[test]
fn what_somebody_did_as_an_editor_they_do_not_take_back_as_a_contact() {
    let mut story = Story::new();
    story.write("fagai", Intent::File, &filing_key(1), Some(filed("开工")));
    let mut role = given(&story.ledger, "editor").unwrap().clone();
    let accepted = story.write("editor", Intent::Review, &filing_key(1), Some(words("开工", Review::Accepted)));
    role.may = contact(Some("市发改委"), None);
    story.write("admin", Intent::Role, &Key::role("editor"), Some(Record::Role(role)));
    assert_eq!(story.undo("editor", accepted), Err(OFFICE));
}

#[test]
fn a_role_that_is_taken_away_is_gone_with_the_next_batch_and_comes_back_by_undo() {
    let mut story = Story::new();
    let taken = story.write("admin", Intent::Role, &Key::role("fagai"), None);
    let batch = batch(Intent::File, vec![write(&story.ledger, &filing_key(1), Some(filed("开工")))]);
    assert_eq!(story.try_write("fagai", &batch), Err(Denial::NoRole { name: "fagai".into(), uid: 2004 }));
    assert_eq!(story.undo("editor", taken), Err(Denial::AdminOnly));
    story.undo("admin", taken).unwrap();
    story.try_write("fagai", &batch).unwrap();
}
