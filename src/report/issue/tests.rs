//! An issued bulletin stays what it was, and damage to it shows.

use super::*;
use crate::model::entry::{issue, put_wording, recall};
use crate::model::{Actor, Batch, BatchId, Commit, Intent, Key, Ledger, Record, Seq, Wording, Write};
use crate::report::fixture::{Making, amount, cells, day, id, q};
use crate::report::{What, make};

fn ledger() -> Ledger {
    let areas = ["东城区", "南溪县"];
    let mut making = Making::new(&areas.join(" "));
    making.task(1, "引进项目", "张三", "市发改委").filed(1, q(3), Some("40"));
    making.row("P1.1", "路灯", amount("20"), &cells(&areas, "10 10")).done("P1.1", "东城区", q(3), "7");
    making.ledger()
}

fn write(ledger: &mut Ledger, writes: Vec<Write>) -> Commit {
    let at = chrono::DateTime::UNIX_EPOCH.fixed_offset();
    let batch = Batch { id: BatchId::default(), at, intent: Intent::Issue, undoes: None, writes };
    commit(ledger, &batch)
}

fn commit(ledger: &mut Ledger, batch: &Batch) -> Commit {
    let commit = ledger.prepare(&Actor { uid: 1, name: "clerk".into() }, batch).unwrap();
    ledger.apply(&commit, Hash([u8::try_from(commit.seq.0).unwrap(); 32])).unwrap();
    commit
}

fn book(ledger: &Ledger) -> Book<'_> {
    Book::open(ledger, &id()).unwrap()
}

fn made(ledger: &Ledger) -> String {
    serde_json::to_string(&make(&book(ledger), &What::Bulletin, q(3), day(10, 25), Lang::Zh)).unwrap()
}

fn file(ledger: &mut Ledger, percent: &str) {
    let key = Key::filing(&id(), "T1".parse().unwrap(), q(3));
    let filing = crate::model::Filing { percent: Some(percent.parse().unwrap()), ..Default::default() };
    let base = ledger.version(&key);
    write(ledger, vec![Write { key, base, value: Some(Record::Filing(filing)) }]);
}

fn issue_it(ledger: &mut Ledger) -> Commit {
    let book = book(ledger);
    let fresh = make(&book, &What::Fresh, q(3), day(10, 25), Lang::Zh);
    let (kept, hash) = freeze(&fresh).unwrap();
    let writes = issue(&book, q(3), day(10, 25), &kept, hash).unwrap();
    write(ledger, writes)
}

#[test]
fn an_issued_bulletin_is_the_same_to_the_byte_whatever_is_filed_later() {
    let mut ledger = ledger();
    file(&mut ledger, "41");
    let wording =
        Wording { title: "关于推进情况的通报".into(), next: "一是抓紧。".into(), ..Wording::default() };
    let writes = put_wording(&book(&ledger), q(3), &wording).unwrap();
    write(&mut ledger, writes);
    let before = made(&ledger);
    assert!(before.contains("关于推进情况的通报") && before.contains("#2 020202020202"), "{before}");
    issue_it(&mut ledger);
    file(&mut ledger, "100");
    assert_eq!(made(&ledger), before, "the figures and the mark of the day of issue");
    let fresh = make(&book(&ledger), &What::Fresh, q(3), day(11, 1), Lang::Zh);
    assert_eq!(fresh.report.mark, "#4 040404040404", "the facts of today stand beside it on request");
    let issued = book(&ledger).bulletin(q(3)).unwrap().0.issued.unwrap();
    assert_eq!(issued.from.seq, Seq(2));
    assert!(put_wording(&book(&ledger), q(3), &wording).is_err(), "what was issued is not reworded");
    let (kept, hash) = freeze(&fresh).unwrap();
    assert!(issue(&book(&ledger), q(3), day(11, 1), &kept, hash).is_err(), "nor issued twice");
}

#[test]
fn a_recalled_bulletin_follows_the_ledger_again_and_undo_brings_the_issued_one_back() {
    let mut ledger = ledger();
    let issue = issue_it(&mut ledger);
    let before = made(&ledger);
    file(&mut ledger, "100");
    let writes = recall(&book(&ledger), q(3)).unwrap();
    let recalled = write(&mut ledger, writes);
    assert!(made(&ledger).contains("#3 030303030303"), "computed from now");
    assert!(recall(&book(&ledger), q(3)).is_err(), "there is none to take back");
    let at = chrono::DateTime::UNIX_EPOCH.fixed_offset();
    let back = ledger.taking_back(&recalled, BatchId::default(), at);
    commit(&mut ledger, &back);
    assert_eq!(made(&ledger), before);
    let back = ledger.taking_back(&issue, BatchId::default(), at);
    commit(&mut ledger, &back);
    assert_eq!(book(&ledger).bulletin(q(3)), None, "nothing had been written for it before it was issued");
}

#[test]
fn a_missing_piece_and_a_changed_byte_show_and_are_not_computed_anew() {
    let mut ledger = ledger();
    issue_it(&mut ledger);
    let key = Key::frozen(&id(), q(3), 1);
    let kept = book(&ledger).frozen(q(3)).unwrap();
    let mut lost = ledger.clone();
    let base = lost.version(&key);
    write(&mut lost, vec![Write { key: key.clone(), base, value: None }]);
    assert_eq!(issued(&book(&lost), q(3)), Err(Damaged::Missing));
    let mut spoilt = kept.into_bytes();
    spoilt[20] = if spoilt[20] == b'A' { b'B' } else { b'A' };
    let piece = Record::Frozen(String::from_utf8(spoilt).unwrap());
    write(&mut ledger, vec![Write { key, base, value: Some(piece) }]);
    assert_eq!(issued(&book(&ledger), q(3)), Err(Damaged::Checksum));
    let shown = make(&book(&ledger), &What::Bulletin, q(3), day(10, 25), Lang::Zh);
    assert!(shown.report.tables().next().is_none() && shown.report.title.contains("损坏"), "{shown:?}");
    assert_eq!(shown.data.get("damaged").unwrap(), "checksum does not match");
}

#[test]
fn what_is_kept_is_read_back_whole() {
    let ledger = ledger();
    let made = make(&book(&ledger), &What::Fresh, q(3), day(10, 25), Lang::En);
    let (kept, _) = freeze(&made).unwrap();
    assert!(kept.is_ascii());
    let back = thaw(&kept).unwrap();
    assert_eq!(back, made);
    assert_eq!(serde_json::to_string(&back).unwrap(), serde_json::to_string(&made).unwrap());
    assert!(matches!(thaw("not base64 at all"), Err(Damaged::Content(_))));
    assert!(matches!(thaw("AAAA"), Err(Damaged::Content(_))));
}
