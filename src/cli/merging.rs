//! A deed on one record that somebody else was faster with: made anew over what is there now, unless both changed the same field.

use crate::catalog::Say;
use crate::model::merge::clashes;
use crate::model::{Actor, Batch, Clash, Head, Intent, Ledger, Seq, Write};
use crate::store::{self, Refused, Store};

use super::batch::{self, Deed};
use super::fail::{Exit, Stop};
use super::session::{self, Desk, Session};

/// How often a deed is made anew before it is given up.
const AGAIN: usize = 20;

/// Does one deed, and says what was done, as [`batch::single`] does; `again` makes the deed over a newer ledger.
pub(super) fn single(
    session: &Session,
    desk: &mut Desk,
    intent: Intent,
    (deed, again): (Deed, impl Fn(&Ledger) -> Result<Deed, Stop>),
    told: impl FnOnce(Seq) -> String,
) -> Result<Exit, Stop> {
    session.tell_dropped();
    if deed.writes.is_empty() {
        return batch::say(session, &session.lang.fill(Say::CliNothingChanged, &[&deed.about]));
    }
    batch::agreed(session, &deed.doubts)?;
    let batch = |writes| Batch { id: store::new_batch_id(), at: session.now, intent, undoes: None, writes };
    let again = |ledger: &Ledger| again(ledger).map(|deed| deed.writes);
    let head =
        written((&*desk.store, &desk.actor), &mut desk.ledger, deed.writes, (batch, again)).map_err(
            |not| match not {
                Not::Refused(refused) => Stop::unwritten(session.lang, &refused),
                Not::Made(stop) => stop,
            },
        )?;
    batch::say(session, &told(head.seq))
}

/// Why it was not written.
#[derive(Debug, PartialEq, Eq)]
enum Not<E> {
    /// The store refused.
    Refused(Refused),
    /// The deed is not possible over what is there now.
    Made(E),
}

/// Writes what was made over `ledger`. On a conflict in other fields it is made anew over the ledger of now; nothing left to
/// write is as good as written.
fn written<E>(
    (store, actor): (&dyn Store, &Actor),
    ledger: &mut Ledger,
    mut writes: Vec<Write>,
    (batch, again): (impl Fn(Vec<Write>) -> Batch, impl Fn(&Ledger) -> Result<Vec<Write>, E>),
) -> Result<Head, Not<E>> {
    let mut left = AGAIN;
    loop {
        match session::written((store, actor), &batch(writes.clone())) {
            Err(Refused::Conflict(found)) if left > 0 && !found.iter().any(|one| is_clash(ledger, &writes, one)) => {
                left -= 1;
                *ledger = store.snapshot().map_err(Not::Refused)?;
                writes = again(ledger).map_err(Not::Made)?;
                if writes.is_empty() {
                    return Ok(ledger.head());
                }
            }
            answer => return answer.map_err(Not::Refused),
        }
    }
}

/// Whether both sides changed the same field of a record.
fn is_clash(before: &Ledger, writes: &[Write], found: &Clash) -> bool {
    let base = before.get(&found.key).map(|entry| &*entry.record);
    let mine = writes.iter().find(|write| write.key == found.key).and_then(|write| write.value.as_ref());
    let theirs = found.now.as_ref().map(|entry| &*entry.record);
    !clashes(base, mine, theirs).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import;
    use crate::model::entry::{Said, Verdict, file, review};
    use crate::model::{Book, ItemKey, Period, Review};
    use crate::store::MemoryStore;

    const NOTICE: &str =
        "云溪市2024年重点工作责任分解\n\n1. 推进公园城市建设。\n\n牵头市领导：林一舟\n\n责任单位：市住建局\n";

    fn actor() -> Actor {
        Actor { uid: 1, name: "clerk".to_owned() }
    }

    fn at() -> chrono::DateTime<chrono::FixedOffset> {
        chrono::DateTime::UNIX_EPOCH.fixed_offset()
    }

    fn batch(writes: Vec<Write>) -> Batch {
        Batch { id: store::new_batch_id(), at: at(), intent: Intent::File, undoes: None, writes }
    }

    fn place() -> (ItemKey, Period) {
        (ItemKey::task(1), "2024Q3".parse().unwrap())
    }

    fn said(said: &Said) -> impl Fn(&Ledger) -> Result<Vec<Write>, String> {
        move |ledger| {
            let book = Book::newest(ledger).unwrap();
            file(&book, place().0, place().1, said).map_err(|why| why.to_string())
        }
    }

    /// A deed is made, somebody else is faster, and then it is written.
    fn raced(
        deed: impl Fn(&Ledger) -> Result<Vec<Write>, String>,
        theirs: impl Fn(&Ledger) -> Result<Vec<Write>, String>,
    ) -> (Result<(), Not<String>>, Option<crate::model::Filing>) {
        let store = MemoryStore::new();
        let reading = import::read("yunxi-2024.txt", NOTICE.as_bytes(), None).unwrap();
        let first = reading.batch(&store.snapshot().unwrap(), store::new_batch_id(), at()).unwrap();
        store.commit(&actor(), &first).unwrap();
        let start = Said { progress: Some("原文".to_owned()), ..Said::default() };
        store.commit(&actor(), &batch(said(&start)(&store.snapshot().unwrap()).unwrap())).unwrap();
        let mut ledger = store.snapshot().unwrap();
        let writes = deed(&ledger).unwrap();
        store.commit(&actor(), &batch(theirs(&ledger).unwrap())).unwrap();
        let outcome = written((&store, &actor()), &mut ledger, writes, (batch, deed)).map(|_| ());
        let ledger = store.snapshot().unwrap();
        let book = Book::newest(&ledger).unwrap();
        (outcome, book.filing(place().0, place().1).map(|(filing, _)| filing.clone()))
    }

    #[test]
    fn what_is_not_given_is_what_the_other_side_made_of_it() {
        let mine = Said { problems: Some("缺人".to_owned()), ..Said::default() };
        let theirs = Said { progress: Some("他的进展".to_owned()), ..Said::default() };
        let (outcome, filing) = raced(said(&mine), said(&theirs));
        assert_eq!(outcome, Ok(()));
        let filing = filing.unwrap();
        assert_eq!((filing.progress.as_str(), filing.problems.as_str()), ("他的进展", "缺人"));
    }

    #[test]
    fn the_field_that_is_given_is_not_overwritten() {
        let mine = Said { progress: Some("我的进展".to_owned()), ..Said::default() };
        let theirs = Said { progress: Some("他的进展".to_owned()), ..Said::default() };
        let (outcome, filing) = raced(said(&mine), said(&theirs));
        assert!(matches!(outcome, Err(Not::Refused(Refused::Conflict(_)))), "{outcome:?}");
        assert_eq!(filing.unwrap().progress, "他的进展");
    }

    #[test]
    fn words_that_changed_meanwhile_are_not_accepted() {
        let accept = |ledger: &Ledger| {
            let book = Book::newest(ledger).unwrap();
            review(&book, place().0, place().1, &Verdict::Accept).map_err(|why| why.to_string())
        };
        let theirs = Said { progress: Some("他的进展".to_owned()), ..Said::default() };
        let (outcome, filing) = raced(accept, said(&theirs));
        assert!(matches!(outcome, Err(Not::Refused(Refused::Conflict(_)))), "{outcome:?}");
        assert_eq!(filing.unwrap().review, Review::Pending);
        // A filing anew over a review is: it is looked at anew.
        let mine = Said { progress: Some("我的进展".to_owned()), ..Said::default() };
        let (outcome, filing) = raced(said(&mine), accept);
        assert_eq!((outcome, filing.unwrap().review), (Ok(()), Review::Pending));
    }
}
