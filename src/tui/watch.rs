//! The watcher: what the others write and who is in, handed to the loop; and the way back to a host that has gone.

use std::time::Duration;

use super::update::Msg;
use crate::model::Seq;
use crate::store::Company;

/// How long it waits for news at a time; it sleeps on a condition, not on a clock.
const WATCH: Duration = Duration::from_hours(1);
/// The pause before a host that does not answer is asked again: at first, and at most.
const PAUSE: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(2));

/// Follows the company from the commit `known` on, until `tell` answers that nobody listens any more. `sleep` passes the pauses.
pub(super) fn follow(
    company: &dyn Company,
    mut known: Seq,
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
        let fine = (news.commits.is_empty() || tell(Msg::Commits(news.commits)))
            && (away.take().is_none() || tell(Msg::Link(Ok(()))));
        let who = (news.others, news.seat);
        if !fine || (last.as_ref() != Some(&who) && !tell(Msg::News { others: who.0.clone(), seat: who.1 })) {
            return;
        }
        last = Some(who);
    }
}
