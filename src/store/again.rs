//! Writing a batch whose answer may be lost on the way.

use super::{Away, Refused, Store};
use crate::model::{Actor, Batch, Head};

/// Writes a batch; when the answer is lost, asks again, up to so many times, with the same id: it is written once.
///
/// # Errors
/// As [`Store::commit`]; [`Refused::Unknown`] also where nobody can be asked again, as it may have been written the first time.
pub fn commit_again(store: &dyn Store, actor: &Actor, batch: &Batch, times: usize) -> Result<Head, Refused> {
    let mut outcome = store.commit(actor, batch);
    for _ in 0..times {
        if outcome != Err(Refused::Unknown) {
            break;
        }
        outcome = match store.commit(actor, batch) {
            Err(Refused::Away(why)) if !matches!(why, Away::Silent { .. }) => return Err(Refused::Unknown),
            answer => answer,
        };
    }
    outcome
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::time::Duration;

    use super::super::{Sealed, new_batch_id, now};
    use super::*;
    use crate::model::{Intent, Ledger, Seq};

    /// Answers a commit what it was given, the last first.
    struct Script(Mutex<Vec<Refused>>);

    impl Store for Script {
        fn snapshot(&self) -> Result<Ledger, Refused> {
            Ok(Ledger::default())
        }

        fn commit(&self, _: &Actor, _: &Batch) -> Result<Head, Refused> {
            self.0.lock().unwrap().pop().map_or(Ok(Head::default()), Err)
        }

        fn since(&self, _: Seq, _: usize, _: Duration) -> Result<Vec<Sealed>, Refused> {
            Ok(Vec::new())
        }
    }

    #[test]
    fn a_lost_answer_stays_lost_where_nobody_can_be_asked_again() {
        let (gone, silent) = (Refused::Away(Away::OwnGone), Refused::Away(Away::Silent { pid: 7 }));
        let (nobody, crowded) = (Refused::Away(Away::NoHost), Refused::Away(Away::Crowded));
        let (down, lost) = (Refused::Down("full".to_owned()), Refused::Unknown);
        let cases = [
            (1, vec![], Ok(Head::default())),
            (1, vec![lost.clone()], Ok(Head::default())),
            (1, vec![lost.clone(); 2], Err(lost.clone())),
            (3, vec![lost.clone(); 2], Ok(Head::default())),
            (3, vec![lost.clone(); 9], Err(lost.clone())),
            (1, vec![nobody, lost.clone()], Err(lost.clone())),
            (1, vec![crowded.clone(), lost.clone()], Err(lost.clone())),
            (3, vec![gone.clone(), lost.clone()], Err(lost.clone())),
            (1, vec![crowded.clone()], Err(crowded)),
            (3, vec![gone.clone()], Err(gone)),
            // It is said of it that it may have been written.
            (1, vec![silent.clone(), lost.clone()], Err(silent.clone())),
            (3, vec![silent.clone(), lost.clone()], Err(silent)),
            // Of one who looked.
            (1, vec![down.clone(), lost], Err(down)),
        ];
        let actor = Actor { uid: 1, name: "li".to_owned() };
        let batch = Batch { id: new_batch_id(), at: now(), intent: Intent::File, undoes: None, writes: Vec::new() };
        for (times, answers, expected) in cases {
            let store = Script(Mutex::new(answers));
            assert_eq!(commit_again(&store, &actor, &batch, times), expected);
        }
    }
}
