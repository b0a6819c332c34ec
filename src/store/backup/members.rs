//! What may be in a backup. Every name is one of these, so none leads out of the folder that it is unpacked into.

use crate::model::{Hash, Seq};

pub(super) const NOTE: &str = "backup.json";
pub(super) const README: &str = "README.txt";

/// A member, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Member {
    Note,
    Readme,
    Folder,
    Segment(Seq),
    Original(Hash),
}

/// What a name stands for; `None` for every name that no backup has.
pub(super) fn named(name: &str) -> Option<Member> {
    match name {
        NOTE => return Some(Member::Note),
        README => return Some(Member::Readme),
        "journal/" | "originals/" => return Some(Member::Folder),
        _ => {}
    }
    let member = match name.split_once('/')? {
        ("journal", file) => Member::Segment(Seq(file.strip_suffix(".jsonl")?.parse().ok()?)),
        ("originals", file) => Member::Original(file.parse().ok()?),
        _ => return None,
    };
    // Only the one way to write it: no sign, no capitals.
    (name_of(member) == name).then_some(member)
}

/// The name of a member.
pub(super) fn name_of(member: Member) -> String {
    match member {
        Member::Note => NOTE.to_owned(),
        Member::Readme => README.to_owned(),
        Member::Folder => "journal/".to_owned(),
        Member::Segment(first) => format!("journal/{:06}.jsonl", first.0),
        Member::Original(hash) => format!("originals/{hash}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_names_of_a_backup_are_names() {
        assert_eq!(named("journal/000001.jsonl"), Some(Member::Segment(Seq(1))));
        assert_eq!(named("journal/12345678.jsonl"), Some(Member::Segment(Seq(12_345_678))));
        let hash = "ab".repeat(32);
        assert_eq!(named(&format!("originals/{hash}")), Some(Member::Original(hash.parse().unwrap())));
        for name in [
            "",
            "/etc/passwd",
            "../journal/000001.jsonl",
            "journal/../../x.jsonl",
            "journal/1.jsonl",
            "journal/+00001.jsonl",
            "journal/000001.jsonl/",
            "journal\\000001.jsonl",
            "JOURNAL/000001.jsonl",
            "journal/head",
            "sled/db",
            "drafts/x",
            "originals/..",
            "originals/",
            "backup.json\0",
        ] {
            assert!(!matches!(named(name), Some(Member::Segment(_) | Member::Original(_) | Member::Note)), "{name}");
        }
        assert_eq!(named(&format!("originals/{}", hash.to_uppercase())), None);
    }
}
