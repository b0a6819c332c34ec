//! Names of leaders and units out of the lines and cells that list them.

use std::collections::HashSet;
use std::sync::Arc;

use super::vocabulary::{POSTS, UNIT_ENDS};

/// The leaders of a label line or a cell, without their posts. Names of two characters are often printed with a blank between
/// them, and joined to the next without a separator: `陆 明俞 悦` are two.
pub(super) fn leaders(value: &str) -> Vec<Arc<str>> {
    let mut names: Vec<Arc<str>> = Vec::new();
    for some in split(value, &|c| "、，,；;\n".contains(c)) {
        for name in padded(&some) {
            let bare = without_post(&name);
            if !names.iter().any(|known| **known == *bare) {
                names.push(Arc::from(bare));
            }
        }
    }
    names
}

/// Names parted by blanks, where a blank may also stand within a name of two characters.
fn padded(names: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    // The first character of a name whose second comes after the blank.
    let mut half: Option<char> = None;
    for word in names.split_whitespace() {
        let mut rest = word;
        if let Some(first) = half.take()
            && let Some(second) = word.chars().next()
        {
            out.push(format!("{first}{second}"));
            rest = word.strip_prefix(second).unwrap_or_default();
        }
        let mut chars = rest.chars();
        match (chars.next(), chars.next()) {
            (None, _) => {}
            (Some(only), None) => half = Some(only),
            _ => out.push(rest.to_owned()),
        }
    }
    out.extend(half.map(String::from));
    out
}

/// 林一舟 of 林一舟副市长, where what is left is a name.
fn without_post(name: &str) -> &str {
    let before = POSTS.iter().find_map(|post| name.strip_suffix(post));
    before.filter(|name| (2..=4).contains(&name.chars().count())).unwrap_or(name)
}

/// The units of a label line of a task. 各县（市、区）政府 is one name: nothing is split inside brackets.
pub(super) fn units(value: &str) -> Vec<Arc<str>> {
    split(value, &|c| "、，,；;".contains(c)).iter().map(without_rule).collect()
}

/// A name without a rule printed after it: 市税务局(列第一位者为牵头单位,下同).
fn without_rule(name: &Arc<str>) -> Arc<str> {
    match name.split_once(['（', '(']) {
        Some((name, rule)) if !name.is_empty() && (rule.contains("下同") || rule.contains("第一位")) => {
            Arc::from(name)
        }
        _ => Arc::clone(name),
    }
}

/// The units of a table's cell, where white space separates them. `/` means none.
pub(super) fn cell_units(cell: &str) -> Vec<Arc<str>> {
    split(cell, &|c| "、，,；;".contains(c) || c.is_whitespace()).into_iter().filter(|name| &**name != "/").collect()
}

/// Whether a cell lists units: every name in it ends like one.
pub(super) fn is_units(cell: &str) -> bool {
    let names = cell_units(cell);
    let unit = |name: &Arc<str>| name.chars().count() <= 24 && UNIT_ENDS.iter().any(|end| name.ends_with(end));
    !names.is_empty() && names.iter().all(unit)
}

/// Whether a list of names goes on: it ends with a separator or within a bracket.
pub(super) fn goes_on(value: &str) -> bool {
    value.trim_end().ends_with(['、', '，', ',']) || depths(value).last().is_some_and(|(_, depth)| depth > 0)
}

fn split(value: &str, separator: &dyn Fn(char) -> bool) -> Vec<Arc<str>> {
    let mut names = Vec::new();
    let mut seen = HashSet::new();
    let mut name = String::new();
    for (c, depth) in depths(value).chain([('、', 0)]) {
        if depth > 0 || !separator(c) {
            name.push(c);
            continue;
        }
        let bare = name.trim().trim_end_matches(['。', '.', '．']);
        if !bare.is_empty() && seen.insert(bare.to_owned()) {
            names.push(Arc::from(bare));
        }
        name.clear();
    }
    names
}

/// Each character with the brackets open around it; a bracket that is never closed counts from where it opens.
fn depths(value: &str) -> impl Iterator<Item = (char, usize)> + '_ {
    value.chars().scan(0usize, |depth, c| {
        match c {
            '（' | '(' => *depth += 1,
            '）' | ')' => *depth = depth.saturating_sub(1),
            _ => {}
        }
        Some((c, *depth))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strs(names: &[Arc<str>]) -> Vec<&str> {
        names.iter().map(AsRef::as_ref).collect()
    }

    #[test]
    fn a_name_with_brackets_stays_whole() {
        assert_eq!(
            strs(&units("市体育局、市水利局，各县（市、区）政府")),
            ["市体育局", "市水利局", "各县（市、区）政府"]
        );
        assert_eq!(strs(&cell_units("市残联 各县(市、区)政府")), ["市残联", "各县(市、区)政府"]);
        assert_eq!(strs(&units("甲局、市税务局(列第一位者为工作牵头单位,下同)")), ["甲局", "市税务局"]);
        assert_eq!(strs(&cell_units("/")), [""; 0]);
        assert_eq!(strs(&leaders("甲某、 乙某")), ["甲某", "乙某"]);
        assert_eq!(strs(&leaders("甲某 乙某某")), ["甲某", "乙某某"]);
        assert_eq!(strs(&leaders("甲 某乙 某")), ["甲某", "乙某"]);
        assert_eq!(strs(&leaders("甲 某　丙某某")), ["甲某", "丙某某"]);
        assert_eq!(strs(&leaders("甲某某副市长、乙某市长")), ["甲某某", "乙某"]);
    }

    #[test]
    fn units_are_known_by_their_ends() {
        for yes in ["市住建局", "市生态环境局 各县（市、区）政府", "智造新城管委会", "市消防救援支队"]
        {
            assert!(is_units(yes), "{yes}");
        }
        for no in ["", "/", "0", "14.66万", "新开工改造城镇老旧小区4200栋", "①市人民医院继续深化；②落实服务内容。"]
        {
            assert!(!is_units(no), "{no}");
        }
    }

    #[test]
    fn a_list_cut_by_a_page_break_is_seen() {
        assert!(goes_on("市住建局、"));
        assert!(goes_on("各县（市、"));
        assert!(!goes_on("市住建局"));
    }
}
