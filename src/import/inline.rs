//! Responsibility that stands in brackets at the end of a paragraph: （牵头单位：甲；责任单位：乙）, （甲牵头，乙、丙配合）, （甲、乙负责）.

use std::borrow::Cow;

use super::names;
use super::vocabulary::{Label, own_labels};

/// What a paragraph says beside its text.
pub(super) type Said = Vec<(Label, String)>;

/// How a clause ends that says who does what, longer ones first.
const CLAUSES: [(&str, Label); 23] = [
    // As pages in the old characters print them.
    ("牽頭", Label::Lead),
    ("分工負責", Label::Coop),
    ("負責", Label::Units),
    ("负责落实", Label::Units),
    ("负责实施", Label::Units),
    ("组织实施", Label::Units),
    ("承办", Label::Units),
    ("牵头负责", Label::Lead),
    ("负责牵头", Label::Lead),
    ("分别牵头", Label::Lead),
    ("共同牵头", Label::Lead),
    ("牵头落实", Label::Lead),
    ("牵头", Label::Lead),
    ("主办", Label::Lead),
    ("按职责分工负责", Label::Coop),
    ("分工负责", Label::Coop),
    ("参与配合", Label::Coop),
    ("协同配合", Label::Coop),
    ("配合", Label::Coop),
    ("协办", Label::Coop),
    ("参与", Label::Coop),
    ("参加", Label::Coop),
    ("负责", Label::Units),
];

/// A paragraph in its pieces: each with its text and what its brackets say. A paragraph in which several sentences have
/// brackets of their own is several pieces; what follows the last brackets has none.
pub(super) fn pieces(paragraph: &str) -> Vec<(Cow<'_, str>, Said)> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let brackets = brackets(paragraph);
    for (nth, &(open, close)) in brackets.iter().enumerate() {
        let inner = paragraph.get(open..close).and_then(within).unwrap_or_default();
        let rest = paragraph.get(close..).unwrap_or_default();
        let behind = close + (rest.len() - rest.trim_start_matches(ENDS).len());
        let text = paragraph.get(from..open).unwrap_or_default().trim();
        if text.is_empty() {
            if let Some((said, more)) = pieces.last_mut().map(|(_, said)| said).zip(further(inner)) {
                Said::extend(said, more);
                from = behind;
            }
            continue;
        }
        let at_end = says_no_more(paragraph, close, brackets.get(nth + 1..).unwrap_or_default());
        let (text, said) = if let Some(said) = responsibility(inner, at_end && is_sentence(text)) {
            (Cow::Borrowed(text), said)
        } else if let Some((words, mut said)) = after_words(inner) {
            if names::is_units(words) && !said.iter().any(|(label, _)| label.is_of_units()) {
                // Names alone, and when it is due: （市工信局；完成时限：12月）.
                said.push((Label::Units, words.to_owned()));
                pieces.push((Cow::Borrowed(text), said));
                from = behind;
                continue;
            }
            // What stands before the label stays in brackets, as it was.
            let bracket = |at: Option<char>| at.map(String::from).unwrap_or_default();
            let held = paragraph.get(open..close).unwrap_or_default();
            let (left, right) = (bracket(held.chars().next()), bracket(held.chars().next_back()));
            (Cow::Owned(format!("{text}{left}{words}{right}")), said)
        } else {
            continue;
        };
        pieces.push((text, said));
        from = behind;
    }
    let mut rest = paragraph.get(from..).unwrap_or_default().trim();
    if let Some((text, said)) = sentence(rest).filter(|_| pieces.is_empty()) {
        pieces.push((Cow::Borrowed(text), said));
        rest = "";
    }
    if !rest.is_empty() || pieces.is_empty() {
        pieces.push((Cow::Borrowed(rest), Vec::new()));
    }
    pieces
}

/// A paragraph whose last brackets are never closed, as where a page was cut off, with what they say.
pub(super) fn unclosed(paragraph: &str) -> Option<(&str, Said)> {
    let mut open: Vec<usize> = Vec::new();
    for (at, c) in paragraph.char_indices() {
        match c {
            _ if OPEN.contains(&c) => open.push(at),
            _ if CLOSE.contains(&c) => drop(open.pop()),
            _ => {}
        }
    }
    let (text, rest) = paragraph.split_at_checked(*open.first()?)?;
    let inner = rest.get(rest.chars().next()?.len_utf8()..)?;
    if text.trim().is_empty() {
        return None;
    }
    let said = own_labels(inner.trim());
    let owned = said.into_iter().map(|(label, value)| (label, value.to_owned())).collect::<Said>();
    if !owned.is_empty() {
        return Some((text.trim(), owned));
    }
    // Names without labels, as far as they were copied.
    let names = |names: &str| names::names_units(names) && !names.contains(['。', '；', ';']);
    let said = match inner.split_once("牵头") {
        Some((lead, rest)) if names(lead) => {
            let rest = rest.trim_matches(['，', ',', '、', '；', ';']);
            let others = (!rest.is_empty()).then(|| (Label::Coop, rest.to_owned()));
            std::iter::once((Label::Lead, lead.to_owned())).chain(others).collect()
        }
        None if names(inner) && text.trim_end().ends_with(ENDS) => vec![(Label::Units, inner.to_owned())],
        _ => return None,
    };
    Some((text.trim(), said))
}

/// A paragraph whose last sentence says who answers for it: 由市财政局、市农业农村局负责落实。
fn sentence(paragraph: &str) -> Option<(&str, Said)> {
    let words = paragraph.trim_end_matches('。');
    if !SENTENCE_ENDS.iter().any(|end| words.ends_with(end)) {
        return None;
    }
    let (at, end) = words.char_indices().rev().take(LONGEST_SENTENCE).find(|(_, c)| "。；;".contains(*c))?;
    let (text, last) = paragraph.split_at_checked(at + end.len_utf8())?;
    let who = last.trim().strip_prefix('由')?;
    let said = clauses(who)?;
    let named = said.iter().all(|(label, who)| *label == Label::Deadline || names::names_units(who));
    (named && !text.trim().is_empty()).then(|| (text.trim(), said))
}

/// How a sentence ends that says who answers for a task.
pub(super) const SENTENCE_ENDS: [&str; 5] = ["负责", "落实", "牵头", "实施", "承办"];

/// No sentence that says who answers for a task is longer, in characters.
const LONGEST_SENTENCE: usize = 200;

/// How a sentence ends.
const ENDS: [char; 4] = ['。', '；', ';', '.'];

/// Whether names in brackets may answer for a text: a name with another in brackets is no sentence.
fn is_sentence(text: &str) -> bool {
    text.ends_with(ENDS) || (text.chars().count() >= 6 && !text.contains(['：', ':']))
}

/// Brackets that may hold who answers for a task.
const OPEN: [char; 10] = ['（', '(', '【', '[', '［', '〔', '{', '｛', '〖', '「'];
pub(super) const CLOSE: [char; 10] = ['）', ')', '】', ']', '］', '〕', '}', '｝', '〗', '」'];

/// Where outermost brackets open and where they are closed, in bytes.
fn brackets(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut depth = 0_usize;
    let mut open = 0;
    for (at, c) in text.char_indices() {
        match c {
            _ if OPEN.contains(&c) => {
                if depth == 0 {
                    open = at;
                }
                depth += 1;
            }
            _ if CLOSE.contains(&c) && depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    found.push((open, at + c.len_utf8()));
                }
            }
            _ => {}
        }
    }
    found
}

/// Names of units in brackets at the end of a sentence that are part of the text, because another follows: 增长8%（市商务局）；….
pub(super) fn names_within(text: &str) -> Option<&str> {
    brackets(text).into_iter().find_map(|(open, close)| {
        let inner = text.get(open..close).and_then(within)?;
        let ends = text.get(close..).is_some_and(|rest| rest.starts_with(ENDS));
        (ends && names::is_units(inner)).then_some(inner)
    })
}

/// What brackets hold.
fn within(bracketed: &str) -> Option<&str> {
    let mut inner = bracketed.chars();
    inner.next()?;
    inner.next_back()?;
    Some(inner.as_str().trim())
}

/// What brackets say about who is responsible; `None` where they say something else. Names alone count at the end only.
fn responsibility(inner: &str, at_end: bool) -> Option<Said> {
    // A rule such as 列第一位者为牵头单位 is no list of units.
    if ["下同", "第一位", "以下"].iter().any(|word| inner.contains(word)) && own_labels(inner).is_empty() {
        return None;
    }
    if inner.is_empty() || inner.chars().count() > 600 {
        return None;
    }
    let labelled = own_labels(inner);
    if !labelled.is_empty() {
        return Some(labelled.into_iter().flat_map(|(label, value)| of_label(label, value)).collect());
    }
    // When it is due may stand behind names without a word between: （市住建局，12月底前）.
    let (inner, due) = due_behind(inner);
    let said = clauses(inner).or_else(|| {
        let included = ["含", "不含", "包括", "其中", "即", "如"].iter().any(|word| inner.starts_with(word));
        let fine = at_end && !included && names::is_units(inner) && !inner.contains(char::is_whitespace);
        fine.then(|| vec![(Label::Units, inner.to_owned())])
    });
    said.map(|said| said.into_iter().chain(due).collect())
}

/// Words, and when something is due if their last part says so alone: 市住建局；12月底前.
fn due_behind(words: &str) -> (&str, Option<(Label, String)>) {
    let Some((before, last)) = words.rsplit_once(['；', ';', '，', ',']) else { return (words, None) };
    let due = last.trim().trim_end_matches('。');
    if is_due(due) && !before.trim().is_empty() {
        return (before.trim_end(), Some((Label::Deadline, due.to_owned())));
    }
    (words, None)
}

/// What brackets say that stand behind others: （牵头单位：甲）（完成时限：6月底前）, （甲负责）（6月底前完成）.
fn further(inner: &str) -> Option<Said> {
    responsibility(inner, false).or_else(|| is_due(inner).then(|| vec![(Label::Deadline, inner.to_owned())]))
}

/// Whether brackets alone say when something is due: 6月底前完成, 全年. Not what only names a time: 含上半年结转项目, 一季度已完成.
fn is_due(inner: &str) -> bool {
    const ENDS: [&str; 13] =
        ["前", "底", "末", "月", "季度", "半年", "全年", "年内", "长期", "完成", "推进", "实施", "坚持"];
    let begins = inner.starts_with(|c: char| c.is_ascii_digit() || "年全上下第一二三四本常长持".contains(c));
    let time = ["年", "月", "日", "季度", "长期", "持续"].iter().any(|word| inner.contains(word));
    let other = inner.contains('已') || inner.contains("年度");
    (2..=20).contains(&inner.chars().count()) && begins && time && !other && ENDS.iter().any(|end| inner.ends_with(end))
}

/// Whether a line is nothing but brackets that say who answers for the text above: （甲牵头，乙配合）.
pub(super) fn says_who_alone(line: &str) -> bool {
    let line = line.trim().trim_end_matches(ENDS);
    match brackets(line).as_slice() {
        [(0, close)] if *close == line.len() => within(line).is_some_and(|inner| responsibility(inner, true).is_some()),
        _ => false,
    }
}

/// Whether nothing stands behind brackets but further ones that say more of the same.
fn says_no_more(paragraph: &str, close: usize, behind: &[(usize, usize)]) -> bool {
    let is_bare = |text: Option<&str>| text.is_some_and(|text| text.trim_start_matches(ENDS).trim().is_empty());
    let mut at = close;
    for &(open, close) in behind {
        let more = paragraph.get(open..close).and_then(within).and_then(further);
        if !is_bare(paragraph.get(at..open)) || more.is_none() {
            break;
        }
        at = close;
    }
    is_bare(paragraph.get(at..))
}

/// What brackets say after something else: 预期性指标 of （预期性指标，牵头单位：市发改委）.
fn after_words(inner: &str) -> Option<(&str, Said)> {
    let (at, _) = inner.char_indices().take(30).find(|(at, c)| {
        "，,；;".contains(*c)
            && inner.get(at + c.len_utf8()..).is_some_and(|rest| !own_labels(rest.trim_start()).is_empty())
    })?;
    let (words, rest) = inner.split_at_checked(at)?;
    let rest = rest.trim_start_matches(['，', ',', '；', ';']).trim_start();
    Some((words, own_labels(rest).into_iter().flat_map(|(label, value)| of_label(label, value)).collect()))
}

/// What the value of a label says: 责任单位：甲牵头，乙、丙配合 names who leads.
pub(super) fn of_label(label: Label, value: &str) -> Said {
    within_label(label, value).unwrap_or_else(|| vec![(label, value.to_owned())])
}

/// The same where the value says more than names.
pub(super) fn within_label(label: Label, value: &str) -> Option<Said> {
    if !label.is_of_units() {
        return None;
    }
    let (names, due) = due_behind(value);
    let own = clauses(names).map(|said| {
        // Who answers for it under 牵头单位 leads.
        let led = label == Label::Lead && !said.iter().any(|(label, _)| *label == Label::Lead);
        let of = |one: Label| if led && one == Label::Units { Label::Lead } else { one };
        said.into_iter().map(|(one, who)| (of(one), who)).collect::<Said>()
    });
    let own = own.or_else(|| led_and_helped(label, names));
    match (own, due) {
        (None, None) => None,
        (own, due) => Some(own.unwrap_or_else(|| vec![(label, names.to_owned())]).into_iter().chain(due).collect()),
    }
}

/// 牵头单位：甲，乙、丙配合: who leads stands before the first sign, without a word for it.
fn led_and_helped(label: Label, names: &str) -> Option<Said> {
    let (lead, others) = names.split_once(['，', ',', '；', ';'])?;
    clauses(&format!("{lead}牵头，{others}")).filter(|said| label != Label::Coop && said.len() > 1)
}

/// 甲、乙牵头，丙、丁配合，6月底前完成.
fn clauses(inner: &str) -> Option<Said> {
    let mut said = Vec::new();
    // Clauses may be parted like names: 甲牵头、乙配合.
    let mut inner = Cow::Borrowed(inner);
    for word in ["牵头、", "主办、", "负责、"].iter().filter(|word| inner.contains(*word)).collect::<Vec<_>>()
    {
        inner = Cow::Owned(inner.replace(word, &word.replace('、', "，")));
    }
    // The names of a clause may be parted by the same sign as the clauses: 甲，乙、丙配合.
    let mut before = String::new();
    for clause in inner.trim_end_matches('。').split_inclusive(['，', ',', '；', ';']) {
        let sign = clause.chars().next_back().filter(|c| "，,；;".contains(*c));
        let clause = clause.trim_end_matches(['，', ',', '；', ';']).trim();
        let ends = CLAUSES.iter().find(|(word, _)| clause.ends_with(word));
        let Some((word, label)) = ends else {
            if is_time(clause) && before.is_empty() {
                said.push((Label::Deadline, clause.to_owned()));
            } else if names::names_units(clause) && sign.is_some_and(|sign| "，,".contains(sign)) {
                before.push_str(clause);
                before.push('、');
            } else {
                return None;
            }
            continue;
        };
        let mut who = clause.strip_suffix(word)?;
        while let Some(shorter) = MANNERS.iter().find_map(|manner| who.strip_suffix(manner)) {
            who = shorter;
        }
        let who = names::units(&format!("{before}{who}"));
        before.clear();
        let fits = |name: &str| (2..=20).contains(&name.chars().count()) && !name.contains(['。', '：', ':']);
        if who.is_empty() || !who.iter().all(|name| fits(name)) {
            return None;
        }
        let somebody = *label != Label::Coop && who.iter().all(|name| names::is_somebody_with_a_post(name));
        if somebody {
            said.push((Label::Leaders, names::leaders(&who.join("、")).join("、")));
        } else {
            said.push((*label, who.join("、")));
        }
    }
    // Nobody leads where all answer for it by their duties.
    if !said.iter().any(|(label, _)| matches!(label, Label::Lead | Label::Units)) {
        for (label, _) in said.iter_mut().filter(|_| inner.contains('责') || inner.contains('責')) {
            if *label == Label::Coop {
                *label = Label::Units;
            }
        }
    }
    // Somebody has to lead or to answer for it: 由市民参与 is no responsibility.
    let led = said.iter().any(|(label, _)| matches!(label, Label::Lead | Label::Units | Label::Leaders));
    (led && before.is_empty()).then_some(said)
}

/// How several do what a clause says, between them and the word for it.
const MANNERS: [&str; 13] = [
    "按照职责分工",
    "按职责分工",
    "按職責",
    "按职责",
    "按分工",
    "分工",
    "分别",
    "共同",
    "联合",
    "具体",
    "等",
    "共",
    "同",
];

/// When something is due: 年内持续推进, 6月底前完成.
fn is_time(clause: &str) -> bool {
    let words =
        ["年内", "全年", "长期", "月底前", "月底", "年底前", "季度", "上半年", "下半年", "持续推进", "持续实施"];
    (2..=20).contains(&clause.chars().count()) && words.iter().any(|word| clause.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(paragraph: &str) -> Vec<(String, Vec<(Label, String)>)> {
        pieces(paragraph).into_iter().map(|(text, said)| (text.into_owned(), said)).collect()
    }

    #[test]
    fn brackets_that_say_who_are_cut_out() {
        let lead = |who: &str| (Label::Lead, who.to_owned());
        let coop = |who: &str| (Label::Coop, who.to_owned());
        assert_eq!(
            read("办学3所。（牵头单位:教育局;责任单位：住建局、各县（市、区）政府）"),
            [("办学3所。".to_owned(), vec![lead("教育局"), (Label::Units, "住建局、各县（市、区）政府".to_owned())])]
        );
        assert_eq!(
            read("办学3所（市教育局牵头，市住建局、各县（市、区）政府配合）。"),
            [("办学3所".to_owned(), vec![lead("市教育局"), coop("市住建局、各县（市、区）政府")])]
        );
        assert_eq!(read("办学。（市教育局负责）")[0].1, [(Label::Units, "市教育局".to_owned())]);
        assert_eq!(read("办学。（市教育局、市住建局）")[0].1, [(Label::Units, "市教育局、市住建局".to_owned())]);
    }

    #[test]
    fn other_brackets_stay_in_the_text() {
        for text in [
            "新（改）建学校3所（含续建）。",
            "推进“双招双引”（招商引资、招才引智）。",
            "改造828套（A1地块）",
            "由志愿者（市民参与）",
            "甲（列第一位者为牵头单位,下同）",
            "（",
            "）（",
        ] {
            assert_eq!(read(text), [(text.to_owned(), Vec::new())], "{text}");
        }
    }

    #[test]
    fn brackets_behind_brackets_say_more_of_the_same_text() {
        let lead = (Label::Lead, "市教育局".to_owned());
        let due = |when: &str| (Label::Deadline, when.to_owned());
        for text in
            ["办学。[牵头单位：市教育局] [完成时限：6月底前]", "办学。【牵头单位：市教育局】【完成时限：6月底前】。"]
        {
            assert_eq!(read(text), [("办学。".to_owned(), vec![lead.clone(), due("6月底前")])], "{text}");
        }
        let turned = read("办学。（完成时限：6月底前）（牵头单位：市教育局）修路。（市交通局牵头）（9月底前）");
        assert_eq!(
            turned,
            [
                ("办学。".to_owned(), vec![due("6月底前"), lead]),
                ("修路。".to_owned(), vec![(Label::Lead, "市交通局".to_owned()), due("9月底前")]),
            ]
        );
        let names = read("办学3所。（市教育局、市住建局）（6月底前完成）");
        assert_eq!(
            names,
            [("办学3所。".to_owned(), vec![(Label::Units, "市教育局、市住建局".to_owned()), due("6月底前完成")])]
        );
        // What says neither stays, as it was; a time that is named is not when something is due.
        for other in ["含续建", "含上半年结转项目", "一季度已完成", "详见全年计划表", "年度计划在下半年调整"]
        {
            let stays = read(&format!("办学。（市教育局负责）（{other}）"));
            assert_eq!(stays[1], (format!("（{other}）"), Vec::new()));
        }
    }

    #[test]
    fn a_label_may_say_who_leads_who_helps_and_when_it_is_due() {
        let lead = |who: &str| (Label::Lead, who.to_owned());
        let coop = |who: &str| (Label::Coop, who.to_owned());
        let units = |who: &str| (Label::Units, who.to_owned());
        let due = |when: &str| (Label::Deadline, when.to_owned());
        for (text, said) in [
            ("责任单位：市教育局牵头，市财政局配合", vec![lead("市教育局"), coop("市财政局")]),
            ("牵头单位：市城管局，青山区、绿水区政府配合", vec![lead("市城管局"), coop("青山区、绿水区政府")]),
            ("责任单位：县林业局；3月12日前", vec![units("县林业局"), due("3月12日前")]),
            ("牵头单位：县住建局；年底前", vec![lead("县住建局"), due("年底前")]),
            ("市住建局，12月底前", vec![units("市住建局"), due("12月底前")]),
            (
                "副市长夏鸣牵头，市科技局负责，市财政局配合",
                vec![(Label::Leaders, "夏鸣".to_owned()), units("市科技局"), coop("市财政局")],
            ),
        ] {
            assert_eq!(read(&format!("办学3所。（{text}）")), [("办学3所。".to_owned(), said)], "{text}");
        }
        for (open, close) in OPEN.into_iter().zip(CLOSE) {
            let read = read(&format!("办学3所。{open}市教育局牵头{close}"));
            assert_eq!(read, [("办学3所。".to_owned(), vec![lead("市教育局")])]);
        }
    }

    #[test]
    fn brackets_that_are_cut_off_say_what_they_say() {
        let lead = (Label::Lead, "市教育局".to_owned());
        let units = (Label::Units, "市住".to_owned());
        assert_eq!(unclosed("办学3所。(牵头单位:市教育局;责任单位:市住"), Some(("办学3所。", vec![lead, units])));
        assert_eq!(unclosed("办学3所（含续建"), None);
        assert_eq!(unclosed("办学（牵头单位：市教育局）"), None);
        let nested = "办学3所。[牵头单位:县发改局(粮食局)、县农";
        assert_eq!(unclosed(nested), Some(("办学3所。", vec![(Label::Lead, "县发改局(粮食局)、县农".to_owned())])));
        let coop = (Label::Coop, "市住".to_owned());
        let said = vec![(Label::Lead, "市教育局".to_owned()), coop];
        assert_eq!(unclosed("办学3所。（市教育局牵头，市住"), Some(("办学3所。", said)));
        assert_eq!(
            unclosed("办学3所。（市教育局、市住"),
            Some(("办学3所。", vec![(Label::Units, "市教育局、市住".to_owned())]))
        );
        assert_eq!(unclosed("办学3所（市一中、实验"), None);
    }

    #[test]
    fn sentences_with_brackets_of_their_own_are_pieces() {
        let read = read("办学3所。（市教育局负责）修路5公里。（市交通运输局负责）其余照旧。");
        let texts: Vec<&str> = read.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(texts, ["办学3所。", "修路5公里。", "其余照旧。"]);
        assert!(read[2].1.is_empty());
    }
}
