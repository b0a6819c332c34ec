//! Drafts: what somebody was typing when the line broke. One small file each under `drafts/`, not part of the ledger.
//!
//! Each sitting at a screen keeps its own: two screens of one user that edit the same record do not write over each other's
//! draft, and both are offered when they are gone.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::{Sealed, files, line};
use crate::model::former::key_after;
use crate::model::{Commit, Key, Seq};

/// An edit that was not written. Its texts are as they were typed: they pass the sanitiser when they are used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The record that was edited.
    pub key: Key,
    /// The version that was edited.
    pub base: Seq,
    /// In which of several forms about the record; empty for its own.
    #[serde(default)]
    pub form: String,
    /// The fields of the form with what they held, by name.
    pub fields: Vec<(String, String)>,
    /// When it was kept.
    pub at: DateTime<FixedOffset>,
    /// The last commit that its screen knew then; `None`: of a program that did not say.
    #[serde(default)]
    pub known: Option<Seq>,
    /// The sitting that kept it; empty: this one.
    #[serde(default = "older")]
    pub sitting: String,
    /// The sittings whose drafts it goes on from: they are gone once it is kept.
    #[serde(skip)]
    pub from: Vec<String>,
    /// The screen that types it is still there: another window, or one whose dropped line nobody has noticed yet.
    #[serde(skip)]
    pub elsewhere: bool,
}

impl Draft {
    /// What a field held; empty where there is none of that name.
    pub fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, text)| text.as_str())
    }

    /// Whether both are of the same form about the same record.
    pub fn is_for(&self, other: &Self) -> bool {
        (&self.key, &self.form) == (&other.key, &other.form)
    }

    /// Whether the same is typed in both about the same items, whatever was stored before.
    pub fn says_the_same(&self, other: &Self) -> bool {
        let typed = |draft: &Self| {
            let fields = draft.fields.iter().filter(|(name, _)| !name.starts_with(WAS));
            fields.cloned().collect::<Vec<_>>()
        };
        typed(self) == typed(other)
    }
}

/// Before the name of a field: what was stored there when the draft was begun.
pub const WAS: &str = "was:";
/// The field of a draft about several items that names them, parted by blanks.
pub const ITEMS: &str = "as:items";

/// What the sittings of a program are called that did not name them: it kept one draft a record.
const OLDER: &str = "older";

fn older() -> String {
    OLDER.to_owned()
}

/// The name of this process's sitting: no other process has it, not even one that gets the same number later.
pub fn sitting() -> String {
    let pid = std::process::id();
    format!("{pid}.{}", started(pid).unwrap_or_default())
}

/// When a process was started, in ticks since the machine was; `None`: there is none.
fn started(pid: u32) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name of the program stands in brackets and may hold anything; what is wanted is the 20th field behind it.
    let (_, behind) = stat.rsplit_once(')')?;
    let mut fields = behind.split_whitespace();
    // One that has ended stays listed until its parent asks after it; it types nothing any more.
    let ended = matches!(fields.next()?, "Z" | "X");
    if ended { None } else { fields.nth(18)?.parse().ok() }
}

/// Whether the process of a sitting is still there.
fn is_there(sitting: &str) -> bool {
    let process = || {
        let (pid, start) = sitting.split_once('.')?;
        Some(started(pid.parse().ok()?)? == start.parse::<u64>().ok()?)
    };
    process().unwrap_or(false)
}

/// Keeps a draft, in place of an earlier one of the same sitting about the same, and of those that it goes on from.
///
/// # Errors
/// When the disk refuses; an earlier draft is whole then.
pub fn keep(dir: &Path, draft: &Draft) -> io::Result<()> {
    files::make_folder(&folder(dir))?;
    let text = serde_json::to_vec(draft).map_err(io::Error::other)?;
    files::write_whole(&path(dir, draft), &text)?;
    let earlier = draft.from.iter().filter(|sitting| **sitting != draft.sitting);
    earlier.map(|sitting| Draft { sitting: sitting.clone(), ..draft.clone() }).try_for_each(|one| discard(dir, &one))
}

/// The last commit that every draft that was left knows of, those that say none of the very first; `None` where none was left.
pub fn oldest(dir: &Path) -> Option<Seq> {
    load(dir).iter().map(|draft| draft.known.unwrap_or(Seq::ZERO)).min()
}

fn is_draft(entry: &fs::DirEntry) -> bool {
    entry.path().extension().is_some_and(|ending| ending == "json")
}

/// The drafts that were left, oldest first, and those that are being typed elsewhere: a line that dropped may go unnoticed for
/// minutes, and its user is back at once. A file that cannot be read is left where it is and passed over.
pub fn load(dir: &Path) -> Vec<Draft> {
    let Ok(entries) = fs::read_dir(folder(dir)) else { return Vec::new() };
    let mut drafts: Vec<Draft> = entries
        .filter_map(Result::ok)
        .filter(is_draft)
        .filter_map(|entry| serde_json::from_slice(&fs::read(entry.path()).ok()?).ok())
        .map(|draft: Draft| Draft { elsewhere: is_there(&draft.sitting), ..draft })
        .collect();
    drafts.sort_by_key(|draft| draft.at);
    drafts
}

/// The drafts that were kept, those of items that have another number since under the key that they have now.
///
/// `commits` are in order. A draft that cannot be put under its new key on disk is there under the old one again the next time.
pub fn load_after(dir: &Path, commits: &[Sealed]) -> Vec<Draft> {
    // By number: the clock may have been set in between. By time only where nothing else is known.
    let since = |draft: &Draft| {
        let (at, known) = (draft.at, draft.known);
        let later = move |commit: &&Commit| known.map_or(commit.at > at, |known| commit.seq > known);
        commits.iter().map(|sealed| sealed.commit.as_ref()).filter(later)
    };
    let (mut drafts, moved): (Vec<Draft>, Vec<Draft>) =
        load(dir).into_iter().partition(|draft| under_new_keys(draft, || since(draft)) == *draft);
    // What was typed about an item after its move is newer than what was typed before.
    let newer: HashSet<(Key, String)> = drafts.iter().map(|draft| (draft.key.clone(), draft.form.clone())).collect();
    // All are kept under their new keys before any is forgotten under its old one: the keys may change places.
    let mut old = Vec::new();
    let mut new = HashSet::new();
    for draft in moved {
        // Kept as of the last of these commits: none of them moves it again.
        let last = since(&draft).next_back();
        let (at, known) = last.map_or((draft.at, draft.known), |commit| (commit.at, Some(commit.seq)));
        let now = Draft { at, known, ..under_new_keys(&draft, || since(&draft)) };
        if newer.contains(&(now.key.clone(), now.form.clone())) {
            old.push(draft);
            continue;
        }
        if keep(dir, &now).is_ok() {
            new.insert(path(dir, &now));
            old.push(draft);
        }
        drafts.push(now);
    }
    for draft in old.iter().filter(|draft| !new.contains(&path(dir, draft))) {
        let _ = discard(dir, draft);
    }
    drafts.sort_by_key(|draft| draft.at);
    drafts
}

/// A draft under the key that its record has once commits have moved it, and about the same items as before.
fn under_new_keys<'c, C: Iterator<Item = &'c Commit>>(draft: &Draft, commits: impl Fn() -> C) -> Draft {
    let moved = |item: &str| {
        let key = Key::item(&draft.key.document, item.parse().ok()?);
        Some(key_after(commits(), &key).about()?.to_string())
    };
    let all = |items: &str| items.split(' ').map(|item| moved(item).unwrap_or_else(|| item.to_owned())).collect();
    let field = |(name, text): &(String, String)| {
        let items: Option<Vec<String>> = (name == ITEMS).then(|| all(text));
        (name.clone(), items.map_or_else(|| text.clone(), |items| items.join(" ")))
    };
    let fields = draft.fields.iter().map(field).collect();
    Draft { key: key_after(commits(), &draft.key), fields, ..draft.clone() }
}

/// Forgets a draft, if it is there: it was written, or its user said so.
///
/// # Errors
/// When the disk refuses.
pub fn discard(dir: &Path, draft: &Draft) -> io::Result<()> {
    match fs::remove_file(path(dir, draft)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn folder(dir: &Path) -> PathBuf {
    dir.join("drafts")
}

/// Keys hold slashes and Chinese, so the file is named by the hash of key, form and sitting.
fn path(dir: &Path, draft: &Draft) -> PathBuf {
    let mut name = draft.key.to_string();
    for part in [&draft.form, &draft.sitting].into_iter().filter(|part| !part.is_empty() && *part != OLDER) {
        name = format!("{name}\n{part}");
    }
    folder(dir).join(format!("{}.json", line::sha256(name.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Actor, BatchId, Change, DocumentId, Former, Hash, Intent, ItemKey, Record};
    use std::os::unix::fs::PermissionsExt as _;

    fn draft(key: &str, text: &str, sitting: &str) -> Draft {
        Draft {
            key: key.parse().unwrap(),
            base: Seq(3),
            form: String::new(),
            fields: vec![("progress".into(), text.into())],
            at: DateTime::parse_from_rfc3339("2024-09-30T17:00:00+08:00").unwrap(),
            known: None,
            sitting: sitting.into(),
            from: Vec::new(),
            elsewhere: false,
        }
    }

    const KEY: &str = "a-2024/T5@2024Q3";

    #[test]
    fn a_draft_comes_back_until_it_is_discarded() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(load(dir.path()), []);
        let (first, second) = (draft(KEY, "正在", "a"), draft(KEY, "正在推进\n第二行", "a"));
        keep(dir.path(), &first).unwrap();
        keep(dir.path(), &second).unwrap();
        assert_eq!(load(dir.path()), std::slice::from_ref(&second), "one draft a record and sitting");
        let mode = fs::metadata(path(dir.path(), &second)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        discard(dir.path(), &second).unwrap();
        discard(dir.path(), &second).unwrap();
        assert_eq!(load(dir.path()), []);
    }

    #[test]
    fn two_sittings_do_not_write_over_each_other_and_one_that_goes_on_replaces() {
        let dir = tempfile::tempdir().unwrap();
        let (one, two) = (draft(KEY, "一", "a"), draft(KEY, "二", "b"));
        keep(dir.path(), &one).unwrap();
        keep(dir.path(), &two).unwrap();
        assert_eq!(load(dir.path()).len(), 2);
        let third = Draft { from: vec!["a".into(), "b".into()], ..draft(KEY, "三", "c") };
        keep(dir.path(), &third).unwrap();
        assert_eq!(load(dir.path()), [draft(KEY, "三", "c")]);
    }

    #[test]
    fn what_a_screen_that_is_still_there_types_is_known_as_such() {
        let dir = tempfile::tempdir().unwrap();
        keep(dir.path(), &draft(KEY, "正在", &sitting())).unwrap();
        assert_eq!(load(dir.path()), [Draft { elsewhere: true, ..draft(KEY, "正在", &sitting()) }]);
        discard(dir.path(), &draft(KEY, "", &sitting())).unwrap();
        // The same number, started at another time: that process has gone.
        let gone = format!("{}.1", std::process::id());
        keep(dir.path(), &draft(KEY, "正在", &gone)).unwrap();
        assert_eq!(load(dir.path()), [draft(KEY, "正在", &gone)]);
    }

    #[test]
    fn a_process_that_has_ended_is_gone_though_its_parent_has_not_asked_after_it() {
        let mut child = std::process::Command::new("sleep").arg("60").spawn().unwrap();
        let pid = child.id();
        let there = format!("{pid}.{}", started(pid).unwrap());
        assert!(is_there(&there));
        child.kill().unwrap();
        while is_there(&there) {
            std::thread::yield_now();
        }
        child.wait().unwrap();
    }

    #[test]
    fn a_draft_of_an_older_program_is_read_and_discarded() {
        let dir = tempfile::tempdir().unwrap();
        let old =
            r#"{"key":"a-2024/T5@2024Q3","base":3,"fields":[["progress","正在"]],"at":"2024-09-30T17:00:00+08:00"}"#;
        files::make_folder(&folder(dir.path())).unwrap();
        let file = folder(dir.path()).join(format!("{}.json", line::sha256(KEY.as_bytes())));
        fs::write(file, old).unwrap();
        let found = load(dir.path());
        assert_eq!(found, [draft(KEY, "正在", OLDER)]);
        discard(dir.path(), &found[0]).unwrap();
        assert_eq!(load(dir.path()), []);
    }

    #[test]
    fn a_draft_follows_its_item_to_another_number_and_only_once() {
        let dir = tempfile::tempdir().unwrap();
        keep(dir.path(), &draft("a-2024/T5@2024Q3", "五", "一")).unwrap();
        keep(dir.path(), &draft("a-2024/T6@2024Q3", "六", "一")).unwrap();
        let commits = [moving()];
        for _ in 0..2 {
            assert_eq!(
                kept_after(dir.path(), &commits),
                [("a-2024/T6@2024Q3", "五"), ("a-2024/T7@2024Q3", "六")].map(owned)
            );
        }
        assert_eq!(load(dir.path()).len(), 2, "nothing is left behind");
    }

    #[test]
    fn a_draft_about_several_items_stays_about_these_when_their_numbers_move() {
        let dir = tempfile::tempdir().unwrap();
        // The first of them stays where it is.
        for (key, items, now) in [("a-2024/T4@2024Q3", "T4 T5 T6", "T4 T6 T7"), ("a-2024/T5@2024Q3", "T5 T4", "T6 T4")]
        {
            let mut draft = Draft { form: "file-all".into(), ..draft(key, "一并", "一") };
            draft.fields.push((ITEMS.to_owned(), items.to_owned()));
            keep(dir.path(), &draft).unwrap();
            for _ in 0..2 {
                let kept = load_after(dir.path(), &[moving()]);
                assert_eq!(kept.iter().map(|one| one.field(ITEMS)).collect::<Vec<_>>(), [now]);
            }
            discard(dir.path(), &load(dir.path())[0]).unwrap();
        }
    }

    #[test]
    fn the_same_words_about_other_items_are_something_else() {
        let about = |items: &str| {
            let mut draft = Draft { form: "file-all".into(), ..draft(KEY, "一并", "一") };
            draft.fields.extend([(ITEMS.to_owned(), items.to_owned()), (format!("{WAS}slot-0"), items.to_owned())]);
            draft
        };
        assert!(!about("T5 T6").says_the_same(&about("T5 T7")));
        let mut other = about("T5 T6");
        other.fields.pop();
        assert!(about("T5 T6").says_the_same(&other), "what stood there before is not what is typed");
    }

    /// A draft that was kept under a clock that was years ahead or behind.
    #[test]
    fn a_draft_follows_the_commits_behind_those_that_its_screen_knew_whatever_the_clock_said() {
        for at in ["1970-01-01T00:00:00Z", "2099-01-01T00:00:00Z"] {
            let at = DateTime::parse_from_rfc3339(at).unwrap();
            for (known, key) in [(8, "a-2024/T6@2024Q3"), (9, "a-2024/T5@2024Q3")] {
                let dir = tempfile::tempdir().unwrap();
                let draft = Draft { at, known: Some(Seq(known)), ..draft("a-2024/T5@2024Q3", "五", "一") };
                keep(dir.path(), &draft).unwrap();
                for _ in 0..2 {
                    assert_eq!(kept_after(dir.path(), &[moving()]), [owned((key, "五"))], "{at}, {known}");
                }
            }
        }
    }

    fn owned((key, text): (&str, &str)) -> (String, String) {
        (key.to_owned(), text.to_owned())
    }

    fn kept_after(dir: &Path, commits: &[Sealed]) -> Vec<(String, String)> {
        let drafts = load_after(dir, commits);
        let mut kept: Vec<(String, String)> =
            drafts.iter().map(|one| (one.key.to_string(), one.field("progress").to_owned())).collect();
        kept.sort();
        kept
    }

    /// Commit 9, of October: task 5 becomes 6, and 6 becomes 7.
    fn moving() -> Sealed {
        let id = DocumentId::new("a-2024").unwrap();
        let on = chrono::NaiveDate::from_ymd_opt(2024, 10, 8).unwrap();
        let moved = |was: u16, at: u16| Change {
            key: Key::former(&id, ItemKey::task(at)),
            base: Seq::ZERO,
            old: None,
            new: Some(Record::Former(Former { was: ItemKey::task(was), on, source: String::new() }).into()),
        };
        let commit = Commit {
            seq: Seq(9),
            prev: Hash::default(),
            id: BatchId::default(),
            at: DateTime::parse_from_rfc3339("2024-10-08T09:00:00+08:00").unwrap(),
            actor: Actor { uid: 1, name: "li".into() },
            intent: Intent::Import,
            undoes: None,
            changes: vec![moved(5, 6), moved(6, 7)],
        };
        Sealed { commit: commit.into(), hash: Hash::default() }
    }

    #[test]
    fn half_a_draft_of_a_process_that_was_killed_is_none() {
        let dir = tempfile::tempdir().unwrap();
        assert!(oldest(dir.path()).is_none());
        keep(dir.path(), &draft(KEY, "正在", "a")).unwrap();
        assert!(oldest(dir.path()).is_some());
        discard(dir.path(), &draft(KEY, "正在", "a")).unwrap();
        fs::write(folder(dir.path()).join("x.json.7.0.part"), b"{").unwrap();
        assert!(oldest(dir.path()).is_none());
    }

    #[test]
    fn an_unreadable_draft_does_not_hide_the_others() {
        let dir = tempfile::tempdir().unwrap();
        let good = draft(KEY, "正在", "a");
        keep(dir.path(), &good).unwrap();
        fs::write(folder(dir.path()).join("x.json"), b"{").unwrap();
        assert_eq!(load(dir.path()), [good]);
    }
}
