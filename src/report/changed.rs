//! What changed since a day: by day and item, who, from what to what; then item by item.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

use super::bulletin::date;
use super::changes::describe;
use super::figures::number;
use super::model::{Cell, Column, Joined, Kind, Report};
use super::paper::{Paper, count, list};
use crate::catalog::{Lang, Say};
use crate::model::former::about;
use crate::model::{Book, Change, Commit, Intent, ItemKey, Of, Record, Seq};

/// What changed, oldest first: these commits, those from a day on as [`clock::since`](crate::model::clock::since) chooses them.
/// Those that only concern other documents are left out.
pub fn changed(book: &Book<'_>, since: NaiveDate, commits: &[Commit], today: NaiveDate, lang: Lang) -> Report {
    let undone = undone(commits);
    let mut paper = Paper::new(book, lang);
    let mut recent: Vec<(&Commit, Vec<&Change>)> = commits
        .iter()
        .map(|commit| (commit, of_document(book, commit)))
        .filter(|(_, changes)| !changes.is_empty())
        .collect();
    recent.sort_by_key(|(commit, _)| commit.seq);
    if recent.is_empty() {
        paper.say(Say::KindNothingChanged, &[]);
    } else {
        counts(&mut paper, &recent, &undone);
        paper.chapter(lang.say(Say::KindByDay));
        by_day(&mut paper, &recent, &undone);
        paper.chapter(lang.say(Say::KindByItem));
        by_item(&mut paper, &recent);
    }
    let lines = vec![lang.fill(Say::KindSince, &[&date(since, lang), &date(today, lang)])];
    paper.report(Kind::Changes, lang.say(Say::KindChangesTitle).to_owned(), lines, today)
}

/// The commits that stand undone. The newest are heard first: an undo that was itself undone takes nothing back.
fn undone(commits: &[Commit]) -> HashSet<Seq> {
    let mut newest: Vec<&Commit> = commits.iter().collect();
    newest.sort_by_key(|commit| std::cmp::Reverse(commit.seq));
    let mut undone = HashSet::new();
    for commit in newest {
        if let Some(taken_back) = commit.undoes.filter(|_| !undone.contains(&commit.seq)) {
            undone.insert(taken_back);
        }
    }
    undone
}

fn of_document<'c>(book: &Book<'_>, commit: &'c Commit) -> Vec<&'c Change> {
    commit.changes.iter().filter(|change| change.key.document == *book.id()).collect()
}

/// Whether a commit writes so much at once that it is told in one line: a document read in, made-up progress.
const fn is_bulk(intent: Intent) -> bool {
    matches!(intent, Intent::Import | Intent::Demo)
}

/// How many commits by how many people, and what they did. What was undone, and its undoing, count as nothing done.
fn counts(paper: &mut Paper<'_>, recent: &[(&Commit, Vec<&Change>)], undone: &HashSet<Seq>) {
    let lang = paper.lang;
    let people: HashSet<&str> = recent.iter().map(|(commit, _)| commit.actor.name.as_str()).collect();
    let touched = recent.iter().filter(|(commit, _)| !is_bulk(commit.intent)).flat_map(|(_, changes)| changes);
    let items: HashSet<ItemKey> = touched.filter_map(|change| about(change)).collect();
    paper.say(Say::KindChangesHead, &[&recent.len(), &people.len(), &items.len()]);
    let done = recent.iter().filter(|(commit, _)| commit.undoes.is_none());
    let (taken_back, standing): (Vec<_>, Vec<_>) = done.partition(|(commit, _)| undone.contains(&commit.seq));
    let mut by: BTreeMap<usize, (Say, usize)> = BTreeMap::new();
    for (commit, changes) in standing {
        let sorts: Vec<(usize, Say)> = match commit.intent {
            Intent::Import => vec![(11, Say::IntentImport)],
            Intent::Demo => vec![(12, Say::IntentDemo)],
            _ => changes.iter().map(|change| sort_of(change)).collect(),
        };
        for (place, say) in sorts {
            by.entry(place).or_insert((say, 0)).1 += 1;
        }
    }
    let mut told: Vec<String> =
        by.values().map(|(say, n)| lang.fill(Say::KindCountOf, &[&lang.say(*say), n])).collect();
    if !taken_back.is_empty() {
        told.push(lang.fill(Say::KindCountOf, &[&lang.say(Say::IntentUndo), &taken_back.len()]));
    }
    if !told.is_empty() {
        paper.say(Say::KindChangesOf, &[&list(lang, told)]);
    }
}

/// What a change is counted as, with its place among the counts.
fn sort_of(change: &Change) -> (usize, Say) {
    match (&change.key.of, change.old.as_deref(), change.new.as_deref()) {
        (Of::Filing(..), Some(Record::Filing(old)), Some(Record::Filing(new)))
            if old.says_the_same(new) && old.review != new.review =>
        {
            (1, Say::IntentReview)
        }
        (Of::Filing(..), ..) => (0, Say::IntentFile),
        (Of::Done(..) | Of::Actual(..), ..) => (2, Say::IntentQuota),
        (Of::Request(..), Some(_), Some(_)) => (4, Say::IntentDecide),
        (Of::Request(..), ..) => (3, Say::IntentAsk),
        (Of::Chase(..), ..) => (5, Say::IntentChase),
        (Of::Override(..), ..) => (6, Say::IntentOverride),
        (Of::Target(..), ..) => (7, Say::IntentTarget),
        (Of::Step(..), ..) => (8, Say::IntentStep),
        (Of::Finding(..), ..) => (9, Say::IntentSettle),
        _ => (10, Say::KindOther),
    }
}

/// Day by day, item by item within a day in the order in which they were first touched.
fn by_day(paper: &mut Paper<'_>, recent: &[(&Commit, Vec<&Change>)], undone: &HashSet<Seq>) {
    let (book, lang) = (paper.book, paper.lang);
    let mut days: BTreeMap<NaiveDate, Vec<Told>> = BTreeMap::new();
    for (commit, changes) in recent {
        let day = days.entry(commit.at.date_naive()).or_default();
        let deed = deed(commit, undone.contains(&commit.seq), lang);
        let told = |item, what| Told {
            item,
            time: commit.at.format("%H:%M").to_string(),
            who: commit.actor.name.clone(),
            deed: deed.clone(),
            what,
        };
        if is_bulk(commit.intent) {
            day.push(told(None, lang.fill(Say::KindRecords, &[&changes.len()])));
        } else {
            day.extend(changes.iter().map(|change| told(about(change), describe(lang, change))));
        }
    }
    let mut rows = Vec::new();
    for (day, mut told) in days {
        let mut first: HashMap<Option<ItemKey>, usize> = HashMap::new();
        for (at, one) in told.iter().enumerate() {
            first.entry(one.item).or_insert(at);
        }
        told.sort_by_key(|one| first.get(&one.item).copied());
        let mut before: Option<&Told> = None;
        for one in &told {
            let above = |same: bool| if same { Joined::Above } else { Joined::No };
            let name = one.item.map_or_else(|| "-".to_owned(), |item| number(book, item));
            let same_item = before.is_some_and(|before| one.item.is_some() && before.item == one.item);
            let mut row = vec![
                Cell::from(day.to_string()).joined(above(before.is_some())),
                Cell::from(name).joined(above(same_item)),
            ];
            row.extend(Cell::row([&one.time, &one.who, &one.deed, &one.what]));
            rows.push(row);
            before = Some(one);
        }
    }
    let columns = [
        (Say::KindColDay, Column::marks()),
        (Say::ReportColItem, Column::marks()),
        (Say::KindColTime, Column::marks()),
        (Say::CliHeadWho, Column::text(1)),
        (Say::CliHeadIntent, Column::text(2)),
        (Say::CliHeadChange, Column::text(5)),
    ];
    paper.table("", 2, &columns, rows);
}

/// A change in words.
struct Told {
    item: Option<ItemKey>,
    time: String,
    who: String,
    deed: String,
    what: String,
}

/// 填报 #12; what was taken back says so, and what takes back says what.
fn deed(commit: &Commit, undone: bool, lang: Lang) -> String {
    let mut deed = format!("{} #{}", lang.intent(commit.intent), commit.seq);
    if let Some(of) = commit.undoes {
        deed.push_str(&lang.fill(Say::KindUndoes, &[&of]));
    }
    if undone {
        deed.push_str(lang.say(Say::KindWasUndone));
    }
    deed
}

/// Each item that was touched: how often, when last, by whom. What is written in bulk touches everything, and is left out.
fn by_item(paper: &mut Paper<'_>, recent: &[(&Commit, Vec<&Change>)]) {
    let (book, lang) = (paper.book, paper.lang);
    let mut by: BTreeMap<ItemKey, (usize, &Commit)> = BTreeMap::new();
    for (commit, changes) in recent.iter().filter(|(commit, _)| !is_bulk(commit.intent)) {
        for item in changes.iter().filter_map(|change| about(change)) {
            let entry = by.entry(item).or_insert((0, commit));
            entry.0 += 1;
            entry.1 = commit;
        }
    }
    if by.is_empty() {
        paper.say(Say::KindNoItems, &[]);
    }
    let mut touched: Vec<_> = by.into_iter().collect();
    let place = |item: &ItemKey| book.document().lists.iter().position(|list| list.code == item.list);
    touched.sort_by_key(|(item, _)| (place(item), *item));
    let rows = touched.into_iter().map(|(item, (times, last))| {
        vec![
            number(book, item).into(),
            book.title(item).unwrap_or_default().into(),
            list(lang, book.lead_units(item)).into(),
            count(times),
            last.at.format("%Y-%m-%d %H:%M").to_string().into(),
            last.actor.name.as_str().into(),
        ]
    });
    let columns = [
        (Say::ReportColNo, Column::marks()),
        (Say::ReportColItem, Column::text(5)),
        (Say::ReportColLead, Column::text(2)),
        (Say::KindColTimes, Column::figures()),
        (Say::KindColLast, Column::marks()),
        (Say::CliHeadWho, Column::text(1)),
    ];
    paper.table("", 1, &columns, rows.collect());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Actor, BatchId, Done, Hash, Key};
    use crate::report::fixture::{Making, day, dec, id, q};

    /// A clock that was behind is no reason to leave out what was chosen.
    #[test]
    fn what_is_handed_over_is_told_whatever_its_clock_said() {
        let mut making = Making::new("东城区");
        making.task(1, "修路", "张三", "市交通局");
        let ledger = making.ledger();
        let book = Book::open(&ledger, &id()).unwrap();
        let change = Change {
            key: Key::actual(&id(), ItemKey::task(1), 1, q(3)),
            base: Seq::ZERO,
            old: None,
            new: Some(Record::Done(Done { value: dec("3") }).into()),
        };
        let commit = Commit {
            seq: Seq(9),
            prev: Hash::default(),
            id: BatchId::default(),
            at: chrono::DateTime::UNIX_EPOCH.fixed_offset(),
            actor: Actor { uid: 1, name: "li".to_owned() },
            intent: Intent::Target,
            undoes: None,
            changes: vec![change],
        };
        let report = changed(&book, day(9, 1), &[commit], day(10, 25), Lang::Zh);
        assert_eq!(report.tables().map(|table| table.rows.len()).collect::<Vec<_>>(), [1, 1]);
    }
}
