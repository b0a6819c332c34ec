//! The watcher: what the others write and who is in, handed to the loop; and the way back to a host that has gone.

use std::time::Duration;

use super::update::Msg;
use crate::model::Seq;
use crate::store::{Company, Notice};

/// How long it waits for news at a time; it sleeps on a condition, not on a clock.
const WATCH: Duration = Duration::from_hours(1);
/// The pause before a host that does not answer is asked again: at first, and at most.
const PAUSE: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(2));

/// Follows the company from the commit `known` on, until `tell` answers that nobody listens any more. `word` words what is found in the ledger meanwhile, `sleep` passes the pauses.
pub(super) fn follow(
    company: &dyn Company,
    mut known: Seq,
    word: impl Fn(&Notice) -> String,
    mut tell: impl FnMut(Msg) -> bool,
    mut sleep: impl FnMut(Duration),
) {
    let (mut heard, mut pause) = (0, PAUSE.0);
    let (mut away, mut last) = (None, None);
    loop {
        let news = match company.watch(known, heard, WATCH) {
            Ok(news) => news,
            Err(why) => {
                if away.as_ref() != Some(&why) && !tell(Msg::Link(Err(why.clone()))) {
                    return;
                }
                // Another host may answer next, which counts anew.
                (away, heard) = (Some(why), 0);
                sleep(pause);
                pause = (pause * 2).min(PAUSE.1);
                continue;
            }
        };
        (heard, pause) = (news.heard, PAUSE.0);
        known = news.commits.last().map_or(known, |sealed| sealed.commit.seq);
        // What was missed stands there before it is said that the link is back.
        let notices: Vec<String> = news.notices.iter().map(&word).collect();
        let fine = (news.commits.is_empty() || tell(Msg::Commits(news.commits)))
            && (notices.is_empty() || tell(Msg::Notices(notices)))
            && (away.take().is_none() || tell(Msg::Link(Ok(()))));
        let who = (news.others, news.seat);
        if !fine || (last.as_ref() != Some(&who) && !tell(Msg::News { others: who.0.clone(), seat: who.1 })) {
            return;
        }
        last = Some(who);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Actor, Commit, Hash, Intent};
    use crate::store::{Away, News, Other, Refused, Sealed, Seat, Whereabouts};
    use std::collections::VecDeque;
    use std::sync::Mutex;

    /// Answers what it was given, one after the other, and remembers what it was asked.
    struct Script {
        answers: Mutex<VecDeque<Result<News, Refused>>>,
        asked: Mutex<Vec<(u64, u64)>>,
    }

    impl Company for Script {
        fn tell(&self, _: &Whereabouts) -> Result<(), Refused> {
            Ok(())
        }

        fn watch(&self, after: Seq, heard: u64, wait: Duration) -> Result<News, Refused> {
            assert!(wait >= Duration::from_mins(1), "it sleeps, it does not ask again and again");
            self.asked.lock().unwrap().push((after.0, heard));
            self.answers.lock().unwrap().pop_front().unwrap_or(Err(Refused::Down("the end".into())))
        }
    }

    fn commit(seq: u64) -> Sealed {
        let commit = Commit {
            seq: Seq(seq),
            prev: Hash::default(),
            id: crate::model::BatchId::default(),
            at: chrono::DateTime::UNIX_EPOCH.fixed_offset(),
            actor: Actor { uid: 1, name: "wang".into() },
            intent: Intent::File,
            undoes: None,
            changes: Vec::new(),
        };
        Sealed { commit: commit.into(), hash: Hash::default() }
    }

    fn news(commits: &[u64], others: usize, heard: u64) -> News {
        let other = Other { actor: Actor { uid: 1, name: "wang".into() }, at: Whereabouts::default() };
        let commits = commits.iter().map(|seq| commit(*seq)).collect();
        News { commits, others: vec![other; others], heard, seat: Seat::Host, notices: Vec::new() }
    }

    /// What the loop hears, in words, what the company is asked, and the pauses, until the script ends.
    fn played(script: Vec<Result<News, Refused>>) -> (Vec<String>, Vec<(u64, u64)>, Vec<u64>) {
        let company = Script { answers: Mutex::new(script.into()), asked: Mutex::default() };
        let (mut told, mut pauses) = (Vec::new(), Vec::new());
        let tell = |msg: Msg| {
            let word = match msg {
                Msg::Commits(commits) => format!("commits {}", commits.len()),
                Msg::News { others, .. } => format!("others {}", others.len()),
                Msg::Link(Ok(())) => "back".to_owned(),
                Msg::Link(Err(Refused::Down(_))) => return false,
                Msg::Link(Err(why)) => format!("{why:?}"),
                other => format!("{other:?}"),
            };
            told.push(word);
            true
        };
        let sleep = |pause: Duration| pauses.push(u64::try_from(pause.as_millis()).unwrap());
        follow(&company, Seq(5), Notice::to_string, tell, sleep);
        let asked = std::mem::take(&mut *company.asked.lock().unwrap());
        (told, asked, pauses)
    }

    #[test]
    fn news_are_handed_on_and_what_is_known_is_not_told_again() {
        let script = vec![Ok(news(&[], 0, 1)), Ok(news(&[6, 7], 0, 1)), Ok(news(&[], 1, 2)), Ok(news(&[], 1, 3))];
        let (told, asked, pauses) = played(script);
        assert_eq!(told, ["others 0", "commits 2", "others 1"]);
        assert_eq!(asked, [(5, 0), (5, 1), (7, 1), (7, 2), (7, 3)]);
        assert!(pauses.is_empty());
    }

    #[test]
    fn a_host_that_is_away_is_asked_again_after_growing_pauses_and_told_of_once() {
        let away = || Err(Refused::Away(Away::NoHost));
        let mut script = vec![Ok(news(&[], 1, 4))];
        script.extend((0..6).map(|_| away()));
        script.extend([
            Err(Refused::Away(Away::Silent { pid: 7 })),
            Ok(news(&[6], 1, 1)),
            Ok(news(&[7], 1, 2)),
            away(),
        ]);
        let (told, asked, pauses) = played(script);
        let expected =
            ["others 1", "Away(NoHost)", "Away(Silent { pid: 7 })", "commits 1", "back", "commits 1", "Away(NoHost)"];
        assert_eq!(told, expected);
        assert_eq!(pauses, [200, 400, 800, 1600, 2000, 2000, 2000, 200], "and from the beginning the next time");
        assert_eq!(asked.get(2), Some(&(5, 0)), "another host counts anew");
    }
}
