//! dump
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use chrono::{DateTime, NaiveDate};
use duban::catalog::Lang;
use duban::import::{demo, read, seed};
use duban::model::*;
use duban::report::{self, *};

fn write(ledger: &mut Ledger, batch: &Batch) -> Commit {
    let actor = Actor { uid: 0, name: "clerk".to_owned() };
    let commit = ledger.prepare(&actor, batch).unwrap();
    ledger.apply(&commit, Hash::default()).unwrap();
    commit
}
#[test]
fn dump() {
    let reading = read(seed::FILE_NAME, seed::TEXT.as_bytes(), Some(seed::CORRECTIONS)).unwrap();
    let mut ledger = Ledger::default();
    let batch = reading.batch(&ledger, BatchId([1; 16]), DateTime::UNIX_EPOCH.into()).unwrap();
    let c1 = write(&mut ledger, &batch);
    let book = Book::newest(&ledger).unwrap();
    let writes = demo::progress(&book);
    let c2 = write(
        &mut ledger,
        &Batch { id: BatchId([2; 16]), at: DateTime::UNIX_EPOCH.into(), intent: Intent::Demo, undoes: None, writes },
    );
    let book = Book::newest(&ledger).unwrap();
    let q = Period::quarter(2024, 3).unwrap();
    let day = NaiveDate::from_ymd_opt(2024, 10, 25).unwrap();
    for what in [
        What::Page(For::Leader("周卫兵".into())),
        What::Page(For::Unit("市住建局".into())),
        What::Page(For::Area("江山市".into())),
        What::Slips(For::All, None),
        What::Breakdown(For::All),
        What::Matrix(For::All),
        What::Changes(NaiveDate::from_ymd_opt(1970, 1, 1).unwrap(), vec![c1, c2]),
    ] {
        let r = report::make(&book, &what, q, day, Lang::Zh).report;
        println!("##### {} | {:?} | {}", r.title, r.subtitle, r.mark);
        for b in &r.blocks {
            match b {
                Block::Table(t) => {
                    println!("[{}] {} cols frozen {}", t.caption, t.columns.len(), t.frozen);
                    for row in t.head.iter().chain(&t.rows) {
                        println!(
                            "  {}",
                            row.iter()
                                .map(|c| format!(
                                    "{}{}",
                                    if c.joined == duban::report::Joined::No { "" } else { "^" },
                                    c.text.replace('\n', "⏎")
                                ))
                                .collect::<Vec<_>>()
                                .join(" | ")
                        );
                    }
                }
                other => println!("{other:?}"),
            }
        }
    }
}
