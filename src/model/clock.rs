//! What the times of commits are worth. A commit's time is what the clock of its machine said, and clocks are set wrong and set right
//! again; so the order of commits is their numbers, never their times.

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};

use super::change::Commit;

/// From so much on a commit that says it is older than the one before it is remarked on. Less is two processes, one of which looked at
/// the clock a moment sooner.
const REMARKED: TimeDelta = TimeDelta::minutes(1);

/// The time of the commit before, if `commit` says that it was written earlier than that: the clock was set back between the two.
pub fn set_back(before: Option<&Commit>, commit: &Commit) -> Option<DateTime<FixedOffset>> {
    let before = before?.at;
    (before.signed_duration_since(commit.at) >= REMARKED).then_some(before)
}

/// The commits since a day, of all in their order: those whose time says so, and those whose time says otherwise though their number
/// stands behind one of that day or later. A time that is still to come proves nothing about what stands behind it.
pub fn since<'a>(commits: impl Iterator<Item = &'a Commit>, day: NaiveDate, today: NaiveDate) -> Vec<&'a Commit> {
    let mut reached = false;
    commits
        .filter(|commit| {
            let on = commit.at.date_naive();
            reached |= (day..=today).contains(&on);
            on >= day || reached
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Actor, BatchId, Hash, Intent, Seq};

    fn commits(times: &[&str]) -> Vec<Commit> {
        (1..)
            .zip(times)
            .map(|(seq, at)| Commit {
                seq: Seq(seq),
                prev: Hash::default(),
                id: BatchId::default(),
                at: DateTime::parse_from_rfc3339(&format!("{at}:00+08:00")).unwrap(),
                actor: Actor { uid: 1, name: "li".into() },
                intent: Intent::File,
                undoes: None,
                changes: Vec::new(),
            })
            .collect()
    }

    fn numbers(times: &[&str], day: &str, today: &str) -> Vec<u64> {
        let (day, today) = (day.parse().unwrap(), today.parse().unwrap());
        since(commits(times).iter(), day, today).iter().map(|commit| commit.seq.0).collect()
    }

    #[test]
    fn a_clock_that_was_set_back_is_remarked_on_once_and_moments_are_not() {
        let all = commits(&["2024-05-01T08:00", "2099-01-01T08:00", "2024-05-01T08:10", "2024-05-01T08:10"]);
        let remarked: Vec<Option<String>> = all
            .windows(2)
            .map(|pair| set_back(pair.first(), pair.last().unwrap()).map(|at| at.date_naive().to_string()))
            .collect();
        assert_eq!(remarked, [None, Some("2099-01-01".to_owned()), None]);
        let moment = Commit { at: all[0].at - TimeDelta::seconds(59), ..all[0].clone() };
        assert_eq!(set_back(all.first(), &moment), None);
        assert_eq!(set_back(None, &all[0]), None);
        // The same moment in another zone is no step back.
        let elsewhere = Commit { at: all[0].at.with_timezone(&chrono::Utc).fixed_offset(), ..all[0].clone() };
        assert_eq!(set_back(all.first(), &elsewhere), None);
    }

    #[test]
    fn what_was_written_under_a_clock_that_was_behind_counts_as_written_then() {
        let times = ["2024-04-30T08:00", "2024-05-02T08:00", "1970-01-01T08:00", "2024-05-03T08:00"];
        assert_eq!(numbers(&times, "2024-05-01", "2024-05-03"), [2, 3, 4]);
        assert_eq!(numbers(&times, "2024-05-03", "2024-05-03"), [4]);
    }

    #[test]
    fn a_clock_that_was_ahead_does_not_make_all_that_follows_new() {
        let times = ["2024-04-01T08:00", "2099-01-01T08:00", "2024-04-02T08:00", "2024-05-02T08:00"];
        assert_eq!(numbers(&times, "2024-05-01", "2024-05-03"), [2, 4]);
    }
}
