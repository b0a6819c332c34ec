//! The headings that tasks stand under: a path of levels, and the leader whom a heading may name (一、王某市长主抓重点工作).

use std::sync::Arc;

use super::names;
use super::numbering::{Outline, outline};
use super::vocabulary::{IN_CHARGE, LED_BY, Label, POSTS, SURNAMES};

/// The headings that stand above the place that is read.
#[derive(Debug, Default)]
pub(super) struct Chapters {
    path: Vec<Heading>,
    /// How many headings the list has had so far.
    pub(super) count: u16,
}

#[derive(Debug)]
struct Heading {
    level: u8,
    text: String,
    leaders: Vec<Arc<str>>,
    /// What it says about who answers for all below it.
    labels: Vec<(Label, String)>,
}

impl Chapters {
    /// A heading: those as deep as it or deeper end here.
    pub(super) fn enter(&mut self, outline: &Outline<'_>, text: &str, mut labels: Vec<(Label, String)>) {
        self.leave(outline.level);
        self.count = self.count.saturating_add(1);
        let leaders = leader(outline.rest).into_iter().collect();
        let units = units(outline.rest).join("、");
        if !units.is_empty() {
            labels.push((Label::Lead, units));
        }
        self.path.push(Heading { level: outline.level, text: text.to_owned(), leaders, labels });
    }

    /// A task of a level begins: headings as deep as it end here.
    pub(super) fn leave(&mut self, level: u8) {
        while self.path.last().is_some_and(|heading| heading.level >= level) {
            self.path.pop();
        }
    }

    /// The headings, joined by `/`.
    pub(super) fn text(&self) -> String {
        self.path.iter().map(|heading| heading.text.as_str()).collect::<Vec<_>>().join("/")
    }

    /// What the headings say about who answers for the tasks below them, the innermost first.
    pub(super) fn labels(&self) -> impl Iterator<Item = &[(Label, String)]> {
        self.path.iter().rev().map(|heading| heading.labels.as_slice())
    }

    /// Whom the innermost heading that names a leader names.
    pub(super) fn leaders(&self) -> &[Arc<str>] {
        self.path.iter().rev().find(|heading| !heading.leaders.is_empty()).map_or(&[], |heading| &heading.leaders)
    }
}

/// The units that a heading names as leading: 市审计局 of `市审计局牵头的工作`. Empty for any other heading.
pub(super) fn units(words: &str) -> Vec<Arc<str>> {
    let bare: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = uncounted(bare.trim_end_matches(['。', '：', ':']));
    let who = LED_BY.iter().find_map(|end| bare.strip_suffix(end));
    who.filter(|who| names::is_units(who)).map(names::units).unwrap_or_default()
}

/// The units that a heading is nothing but the names of, in a list by units: 一、市教育局（5项）.
pub(super) fn named(words: &str) -> Option<&str> {
    let who = uncounted(words.trim().trim_end_matches(['。', '：', ':']));
    names::is_units(who).then_some(who)
}

/// A heading without how many items stand below it: 市教育局 of 市教育局（5项）.
fn uncounted(words: &str) -> &str {
    let counted = words.split_once(['（', '(']).filter(|(_, rest)| rest.contains(['项', '件', '条']));
    counted.map_or(words, |(words, _)| words.trim())
}

/// What a line across a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Across {
    /// It heads the rows below it: it is numbered, or says who leads them.
    Heads,
    /// It may head them, or be the rest of a cell above that was broken.
    MayHead,
    /// A sentence, a note, or names of units.
    Note,
}

/// What a line across a table is, as far as its words tell.
pub(super) fn across(text: &str) -> Across {
    let note = text.contains(['：', ':'])
        || text.ends_with(['。', '；', ';', '，', ','])
        || text.chars().count() > LONGEST_ACROSS
        || names::is_units(text);
    let sure = || outline(text).is_some() || leader(text).is_some() || !units(text).is_empty();
    match note {
        true => Across::Note,
        false if sure() => Across::Heads,
        false => Across::MayHead,
    }
}

/// A heading across a table is no longer, in characters.
const LONGEST_ACROSS: usize = 60;

/// Why a line across a table is doubtful, where it may be a heading.
pub(super) const MAY_HEAD: &str = "这一行横贯表格，暂读作下面各行的标题；也可能是上一行某一格没有印完的部分";
/// The same, where it is none.
pub(super) const NO_HEAD: &str = "这一行横贯表格，又不像标题；没有读入";

/// The leader that a heading names: 王某 of `王某市长主抓重点工作` and of `副市长王某牵头的任务`. A post alone names nobody.
pub(super) fn leader(words: &str) -> Option<Arc<str>> {
    let bare: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    let charge = IN_CHARGE.iter().filter_map(|word| bare.find(word)).min().unwrap_or(bare.len());
    let who = bare.get(..charge)?;
    let before = POSTS.iter().find_map(|post| who.strip_suffix(post));
    let before = before.filter(|name| name.chars().count() <= LONGEST_NAME);
    // Behind a post stands a name where it says that he leads, or the words are his name and no more: not in 市长热线.
    let led = charge < bare.len() || who.ends_with("同志");
    let after = || POSTS.iter().find_map(|post| who.strip_prefix(post)).filter(|name| led || is_a_name(name));
    let name = before.or_else(after)?;
    let name = name.strip_suffix("同志").unwrap_or(name).trim_start_matches(['由', '市', '县', '区']);
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c) || c == '·';
    ((2..=LONGEST_NAME).contains(&name.chars().count()) && name.chars().all(han)).then(|| Arc::from(name))
}

/// The longest name, in characters.
const LONGEST_NAME: usize = 4;

/// Whether two or three characters are a name for all that is known of surnames.
fn is_a_name(words: &str) -> bool {
    (2..=3).contains(&words.chars().count()) && words.starts_with(|c| SURNAMES.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_may_name_a_leader() {
        for (heading, name) in [
            ("林一舟市长主抓重点工作", Some("林一舟")),
            ("何青禾常务副市长牵头负责的工作", Some("何青禾")),
            ("副县长 林 舟分管工作", Some("林舟")),
            ("何青禾同志牵头任务", Some("何青禾")),
            ("市长主抓重点工作", None),
            ("抓好重点工作", None),
            ("着力扩大增量", None),
            ("进一步推动书记领衔项目", None),
            ("书记项目", None),
            ("市长热线", None),
            ("市长质量奖", None),
            ("副市长林一舟", Some("林一舟")),
            ("副市长林一舟同志", Some("林一舟")),
        ] {
            assert_eq!(leader(heading).as_deref(), name, "{heading}");
        }
    }

    #[test]
    fn a_line_across_a_table_heads_it_for_certain_or_perhaps_or_not() {
        for (text, is) in [
            ("一、产业", Across::Heads),
            ("林一舟市长牵头重点工作", Across::Heads),
            ("市审计局牵头的工作", Across::Heads),
            ("产业发展", Across::MayHead),
            ("市住建局", Across::Note),
            ("注：年内完成", Across::Note),
            ("年内完成。", Across::Note),
        ] {
            assert_eq!(across(text), is, "{text}");
        }
    }

    #[test]
    fn a_heading_may_name_the_unit_that_leads() {
        assert_eq!(units("市审计局牵头的工作"), [Arc::from("市审计局")]);
        assert_eq!(units("市审计局牵头的工作（共2项）"), [Arc::from("市审计局")]);
        assert_eq!(units("市委办、市政府办牵头负责的任务").len(), 2);
        for none in ["林一舟市长牵头的工作", "做好审计工作", "审计牵头的工作"] {
            assert!(units(none).is_empty(), "{none}");
        }
    }

    #[test]
    fn a_heading_ends_those_as_deep_as_it() {
        let mut chapters = Chapters::default();
        for text in ["一、兴业", "（一）存量", "（二）增量"] {
            chapters.enter(&outline(text).unwrap(), text, Vec::new());
        }
        assert_eq!(chapters.text(), "一、兴业/（二）增量");
        chapters.leave(3);
        assert_eq!((chapters.text(), chapters.count), ("一、兴业".to_owned(), 3));
    }
}
