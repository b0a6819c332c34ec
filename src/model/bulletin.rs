//! What the clerk adds to the facts of a period's bulletin, and the bulletin as it was issued.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::change::{Hash, Head};

/// The clerk's part of a period's bulletin. An empty text is left out of the bulletin, but for the opening.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Wording {
    /// 发文机关标志: what stands in red at the top (政务督查, …文件); empty: a plain paper without a head.
    pub name: String,
    /// What stands below it: （第3期）, 云政督〔2024〕3号.
    pub number: String,
    /// The title; empty: the program's (2024年三季度重点工作和民生实事督查通报).
    pub title: String,
    /// 主送, without the colon.
    pub addressees: String,
    /// 开头: empty for the program's own sentence.
    pub opening: String,
    /// 下一步工作要求, a paragraph a line.
    pub next: String,
    /// 落款: who signs.
    pub signature: String,
    /// 成文日期.
    pub signed_on: Option<NaiveDate>,
    /// 附注, without its brackets: 此件公开发布.
    pub note: String,
    /// 抄送, without the word and the full stop.
    pub copied_to: String,
    /// 印发机关.
    pub printed_by: String,
    /// 印发日期.
    pub printed_on: Option<NaiveDate>,
}

impl Wording {
    /// What the next issue begins with: everything that stays the same, the number counted up, no texts and no dates.
    #[must_use]
    pub fn for_next_issue(&self) -> Self {
        Self {
            number: counted_up(&self.number),
            title: String::new(),
            opening: String::new(),
            next: String::new(),
            signed_on: None,
            printed_on: None,
            ..self.clone()
        }
    }
}

/// The last run of digits raised by one: （第3期） to （第4期）, 第03期 to 第04期, 云政督〔2024〕9号 to …10号. Left as it is without digits.
fn counted_up(number: &str) -> String {
    let is_digit = |c: char| c.is_ascii_digit();
    let Some((before, digits, after)) = number.rfind(is_digit).and_then(|last| {
        let (head, after) = number.split_at_checked(last + 1)?;
        let before = head.trim_end_matches(is_digit);
        Some((before, head.strip_prefix(before)?, after))
    }) else {
        return number.to_owned();
    };
    digits
        .parse::<u32>()
        .ok()
        .and_then(|no| no.checked_add(1))
        .map_or_else(|| number.to_owned(), |no| format!("{before}{no:0width$}{after}", width = digits.len()))
}

/// A period's bulletin in the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Bulletin {
    /// The clerk's part.
    pub wording: Wording,
    /// Set once it was issued: what was printed then is kept and no longer follows the ledger.
    pub issued: Option<Issued>,
}

/// That a bulletin was issued, and from what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Issued {
    /// The day.
    pub on: NaiveDate,
    /// Where the ledger stood: every figure in it follows from the commits up to here.
    pub from: Head,
    /// SHA-256 of what is kept, before it is cut into pieces.
    pub sha256: Hash,
    /// How many pieces are kept of it, from 1.
    pub pieces: u16,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_issue_counts_up_and_keeps_what_stays() {
        for (now, next) in
            [("（第3期）", "（第4期）"), ("云政督〔2024〕9号", "云政督〔2024〕10号"), ("增刊", "增刊"), ("", "")]
        {
            let wording = Wording {
                name: "政务督查".into(),
                number: now.into(),
                next: "一是抓紧。".into(),
                signature: "市政府督查室".into(),
                ..Wording::default()
            };
            let following = wording.for_next_issue();
            assert_eq!((following.number.as_str(), following.next.as_str()), (next, ""));
            assert_eq!((following.name.as_str(), following.signature.as_str()), ("政务督查", "市政府督查室"));
        }
    }
}
