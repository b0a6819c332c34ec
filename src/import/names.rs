//! Names of leaders and units out of the lines and cells that list them.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use super::vocabulary::{AND_OTHERS, COOP_MARKS, GROUP_ENDS, LEAD_MARKS, NOTES, POSTS, TAILS, UNIT_ENDS};

/// The leaders of a label line or a cell, without their posts. Names of two characters are often printed with a blank between
/// them, and joined to the next without a separator: `陆 明俞 悦` are two.
pub(super) fn leaders(value: &str) -> Vec<Arc<str>> {
    let mut names: Vec<Arc<str>> = Vec::new();
    let mut seen = HashSet::new();
    for some in split(value, &|c| "、，,；;\n/／+＋".contains(c)) {
        for name in padded(&some) {
            let name = without_inner_note(&name);
            let bare = without_note(&name);
            // A dash says that there is none.
            if is_post(bare) || !bare.chars().any(char::is_alphanumeric) {
                continue;
            }
            let bare: Arc<str> = Arc::from(without_post(bare));
            if seen.insert(Arc::clone(&bare)) {
                names.push(bare);
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

/// 林一舟 of 林一舟副市长 and of 副市长林一舟, where what is left is a name.
fn without_post(name: &str) -> &str {
    let fits = |name: &&str| (2..=4).contains(&name.chars().count()) && !is_post(name);
    let before = POSTS.iter().find_map(|post| name.strip_suffix(post).filter(fits));
    // Of 县长助理马军 the shortest.
    let after = || {
        let posts = POSTS.iter().chain(&LESSER_POSTS);
        posts.filter_map(|post| Some(name.rsplit_once(post)?.1)).filter(fits).min_by_key(|name| name.len())
    };
    before.or_else(after).unwrap_or(name)
}

/// Whether words are somebody with a post: 副市长夏某, 夏某副市长.
pub(super) fn is_somebody_with_a_post(words: &str) -> bool {
    without_post(words) != words && !is_units(words)
}

/// Posts that no heading names anybody by.
const LESSER_POSTS: [&str; 8] = ["党组成员", "党组副书记", "党组书记", "调研员", "巡视员", "部长", "委员", "助理"];

/// 副县长张某 of 副县长（挂职）张某.
fn without_inner_note(name: &str) -> Cow<'_, str> {
    let parted = name.split_once(['（', '(']).and_then(|(post, rest)| Some((post, rest.split_once(['）', ')'])?.1)));
    match parted {
        Some((post, after)) if !after.is_empty() && is_post(post) => Cow::Owned(format!("{post}{after}")),
        _ => Cow::Borrowed(name),
    }
}

/// 林一舟 of 林一舟（常务副市长）.
fn without_note(name: &str) -> &str {
    name.split_once(['（', '(']).map_or(name, |(name, _)| name.trim()).trim_end_matches(['：', ':'])
}

/// Whether words are a post without a name: 副市长, 市委常委, 市政府党组成员.
fn is_post(words: &str) -> bool {
    let mut before = POSTS.iter().chain(&LESSER_POSTS).filter_map(|post| words.strip_suffix(post));
    before.any(|before| {
        before.is_empty()
            || before.starts_with(['市', '县', '区', '州', '旗', '盟', '镇', '乡', '各', '省', '政'])
            || ["一级", "二级", "三级", "四级"].contains(&before)
            // Of an organ: 公安局局长, 党工委副书记.
            || UNIT_ENDS.iter().any(|end| before.ends_with(end))
    })
}

/// The units of a label line of a task. 各县（市、区）政府 is one name: nothing is split inside brackets.
pub(super) fn units(value: &str) -> Vec<Arc<str>> {
    named(split(&without_table(value), &|c| "、，,；;".contains(c)))
}

/// A list of units without the cells of a table that was copied into the same line.
fn without_table(value: &str) -> Cow<'_, str> {
    let words: Vec<&str> = value.split_whitespace().collect();
    let cell = |word: &&str| *word == "合计" || word.chars().all(|c| c.is_ascii_digit());
    if words.len() < FEWEST_CELLS || !words.iter().any(cell) {
        return Cow::Borrowed(value);
    }
    let sure =
        |word: &&&str| split(word, &|c| "、，,；;".contains(c)).iter().all(|name| is_unit(name) || is_group(name));
    let kept: Vec<&str> = words.iter().take_while(sure).copied().collect();
    if kept.is_empty() { Cow::Borrowed(value) } else { Cow::Owned(kept.join(" ")) }
}

/// A table has as many cells at the least.
const FEWEST_CELLS: usize = 6;

/// The units of a table's cell, where white space separates them too. `/` means none.
pub(super) fn cell_units(cell: &str) -> Vec<Arc<str>> {
    named(split(cell, &|c| "、，,；;".contains(c) || c.is_whitespace()))
}

/// The units of a list that are marked as leading, and the others: 市环保局（牵头）、市住建局.
pub(super) fn marked(units: Vec<Arc<str>>) -> (Vec<Arc<str>>, Vec<Arc<str>>) {
    let (mut lead, mut others) = (Vec::new(), Vec::new());
    for unit in units {
        match without_mark(&unit) {
            Some(bare) => lead.push(Arc::from(bare)),
            None => others.push(marked_as(&unit, &COOP_MARKS).map_or_else(|| Arc::clone(&unit), Arc::from)),
        }
    }
    (lead, others)
}

/// 市环保局 of 市环保局（牵头）.
fn without_mark(unit: &str) -> Option<&str> {
    marked_as(unit, &LEAD_MARKS)
}

fn marked_as<'a>(unit: &'a str, marks: &[&str]) -> Option<&'a str> {
    let (name, mark) = unit.strip_suffix(['）', ')'])?.rsplit_once(['（', '('])?;
    (marks.contains(&mark.trim()) && !name.is_empty()).then_some(name)
}

/// Pieces of a list as names of units: without rules and marks for none, with those apart that 和 joins, and those together
/// that a sign within a name has parted (各县、区人民政府).
fn named(pieces: Vec<Arc<str>>) -> Vec<Arc<str>> {
    let mut names: Vec<Arc<str>> = Vec::new();
    for piece in pieces {
        let piece = without_rule(&piece);
        let piece = without_others(&piece);
        if NOTES.iter().any(|note| piece.contains(note)) {
            continue;
        }
        if matches!(piece, "" | "/" | "／" | "无" | "-" | "—" | "——" | "\\") {
            continue;
        }
        let words: Vec<&str> = piece.split_whitespace().collect();
        if words.len() > 1 {
            // Blanks part units, or stand within a name that was spaced out.
            if words.first().is_some_and(|word| is_unit(word) || is_group(word)) {
                names.extend(parted(&words));
            } else {
                names.push(Arc::from(if piece.is_ascii() { piece.to_owned() } else { words.concat() }));
            }
            continue;
        }
        if let Some(last) = names.last_mut()
            && is_kind_of_area(last)
            && is_area_office(piece)
        {
            *last = Arc::from(format!("{last}、{piece}"));
            continue;
        }
        if let Some(units) = slashed(piece) {
            names.extend(units);
            continue;
        }
        match apart(piece) {
            Some((one, other)) => names.extend([Arc::from(without_others(one)), Arc::from(other)]),
            None => names.push(Arc::from(piece)),
        }
    }
    let mut seen = HashSet::new();
    names.retain(|name| seen.insert(Arc::clone(name)));
    names
}

/// Names that blanks part, of which the first is a unit's for certain. What belongs to the name before it is put there, and a
/// run of words that name none is something else that was printed behind them.
fn parted(words: &[&str]) -> Vec<Arc<str>> {
    let sure = |word: &&str| is_unit(word) || is_group(word);
    let mut names: Vec<String> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let run = words.iter().skip(at).take(LONGEST_RUN).take_while(|word| !sure(word)).count();
        if run == LONGEST_RUN || word.chars().all(|c| c.is_ascii_digit()) {
            break;
        }
        match names.last_mut() {
            Some(last) if word.starts_with(['（', '(']) || TAILS.contains(word) => last.push_str(word),
            _ => names.push((*word).to_owned()),
        }
    }
    names.into_iter().map(Arc::from).collect()
}

/// So many words that are no units are no list of units.
const LONGEST_RUN: usize = 4;

/// 市财政局 of 市财政局等部门.
fn without_others(name: &str) -> &str {
    let before = AND_OTHERS.iter().find_map(|others| name.strip_suffix(others));
    before.filter(|before| is_unit(before)).unwrap_or(name)
}

/// The two units that 和 or 及 joins; 和 within a name (市工业和信息化局) joins none.
fn apart(name: &str) -> Option<(&str, &str)> {
    ["以及", "和", "及"].iter().find_map(|and| {
        let (one, other) = name.split_once(and)?;
        let bare = without_others(one);
        let both = (is_unit(bare) || is_group(bare)) && (is_unit(other) || is_group(other) || other.starts_with('各'));
        (both && !one.contains(['（', '('])).then_some((one, other))
    })
}

/// The units that a stroke parts: 市财政局/市审计局; `None` where one of them is none.
fn slashed(name: &str) -> Option<Vec<Arc<str>>> {
    let units: Vec<&str> = name.split(['/', '／']).map(str::trim).collect();
    (units.len() > 1 && units.iter().all(|unit| is_unit(unit) || is_group(unit)))
        .then(|| units.into_iter().map(Arc::from).collect())
}

/// 各县, 各乡镇: the first half of 各县、区人民政府.
fn is_kind_of_area(name: &str) -> bool {
    let kind = |c: char| "县市区旗镇乡街道园（）()".contains(c);
    name.strip_prefix('各').is_some_and(|rest| !rest.is_empty() && rest.split('、').all(|part| part.chars().all(kind)))
}

/// 区人民政府, 街道, 街道办事处: the second half.
pub(super) fn is_area_office(name: &str) -> bool {
    let ends = ["人民政府", "政府", "管委会", "办事处", "党工委"];
    let bare = ends.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    let bare = bare.split_once(['（', '(']).map_or(bare, |(bare, _)| bare);
    // 县开发区 is one of its own; 开发区 beside 各县（市、区） may be all of them.
    let own = bare.starts_with(['县', '市', '区']) && bare.contains("开发");
    !bare.is_empty() && !own && bare.chars().all(|c| "县市区旗镇乡街道园开发".contains(c))
}

/// A name without a rule printed after it: 市税务局(列第一位者为牵头单位,下同).
fn without_rule(name: &Arc<str>) -> Arc<str> {
    match name.split_once(['（', '(']) {
        Some((name, rule)) if !name.is_empty() && is_rule(rule) => Arc::from(name),
        _ => Arc::clone(name),
    }
}

/// What brackets hold that say who leads in general.
fn is_rule(words: &str) -> bool {
    ["下同", "第一位", "排第一", "列首位", "排首位", "排名第一"].iter().any(|word| words.contains(word))
}

/// Whether a name ends like that of a unit.
fn is_unit(name: &str) -> bool {
    let name = without_mark(name).unwrap_or(name);
    (2..=24).contains(&name.chars().count()) && UNIT_ENDS.iter().any(|end| name.ends_with(end))
}

/// Whether words are names of two to four characters that are no units.
pub(super) fn names_leaders(text: &str) -> bool {
    let names = leaders(text);
    let name = |name: &str| {
        (2..=4).contains(&name.chars().count())
            && name.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c) || c == '·')
    };
    !names.is_empty() && names.iter().all(|one| name(one)) && !is_units(text) && !is_group(text)
}

/// Whether a name stands for several units.
pub(super) fn is_group(name: &str) -> bool {
    (2..=24).contains(&name.chars().count()) && GROUP_ENDS.iter().any(|end| name.ends_with(end))
}

/// Whether a list names units for certain: one of its names ends like a unit's, and none is a sentence.
pub(super) fn names_units(value: &str) -> bool {
    let names = units(value);
    let sound = |name: &Arc<str>| name.chars().count() <= 40 && !name.contains(['。', '！', '？']);
    names.iter().all(sound) && names.iter().any(|name| is_unit(name) || is_group(name) || name.ends_with(['）', ')']))
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

/// Whether a line goes on in the middle of a name that the line before it began: 市自然资 / 源和规划局.
pub(super) fn goes_on_in(value: &str, line: &str) -> bool {
    let last = value.rsplit(['、', '，', ',']).next().unwrap_or_default().trim();
    let first = line.split(['、', '，', ',']).next().unwrap_or_default().trim();
    let sure = |name: &str| is_unit(name) || is_group(name) || is_kind_of_area(name) || name.ends_with(['）', ')']);
    line.starts_with(['、', '，', ',']) || (!sure(last) && sure(&format!("{last}{first}")))
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
        let bare = name.trim().trim_end_matches(['。', '.', '．']).trim_end();
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
            '（' | '(' | '〔' | '［' | '[' | '〈' => *depth += 1,
            '）' | ')' | '〕' | '］' | ']' | '〉' => *depth = depth.saturating_sub(1),
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
    fn no_white_space_is_left_of_a_name() {
        assert_eq!(strs(&units("市财政局 、市教育局\t。")), ["市财政局", "市教育局"]);
    }

    #[test]
    fn posts_are_no_names() {
        let names = |value: &str| leaders(value).join(" ");
        assert_eq!(names("党工委副书记、管委会主任 曹旭"), "曹旭");
        assert_eq!(names("市委常委、宣传部部长 秦岚"), "秦岚");
        assert_eq!(names("副市长、公安局局长 程俊"), "程俊");
        assert_eq!(names("二级巡视员 马军"), "马军");
        assert_eq!(names("县长助理马军、党组成员张宏"), "马军 张宏");
        assert_eq!(names("张宏/李艳+赵敏"), "张宏 李艳 赵敏");
        assert_eq!(names("副县长（挂职）张宏"), "张宏");
        assert_eq!(names("—"), "");
    }

    #[test]
    fn a_name_with_brackets_stays_whole() {
        assert_eq!(
            strs(&units("市体育局、市水利局，各县（市、区）政府")),
            ["市体育局", "市水利局", "各县（市、区）政府"]
        );
        assert_eq!(strs(&units("市统计局、各县〈市、区〉政府")), ["市统计局", "各县〈市、区〉政府"]);
        assert_eq!(strs(&units("各乡镇（街道）、县开发区管委会")), ["各乡镇（街道）", "县开发区管委会"]);
        assert_eq!(strs(&units("市财政局/市审计局；/")), ["市财政局", "市审计局"]);
        assert_eq!(strs(&units("5G/6G办公室")), ["5G/6G办公室"], "a stroke within a name");
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
    fn blanks_part_units_and_what_is_no_unit_is_left_out() {
        assert_eq!(strs(&units("市发改委 五县五区政府 开发区管委会")), ["市发改委", "五县五区政府", "开发区管委会"]);
        assert_eq!(strs(&units("市 发 改 委")), ["市发改委"]);
        assert_eq!(strs(&units("市政府 办公室")), ["市政府办公室"]);
        assert_eq!(strs(&units("市财政局 （市国资委）")), ["市财政局（市国资委）"]);
        assert_eq!(strs(&units("市公安局、各区政府 东桥 西桥、南桥 合计 线路 2 5")), ["市公安局", "各区政府"]);
    }

    #[test]
    fn a_line_goes_on_in_the_middle_of_a_name() {
        assert!(goes_on_in("市住建局、市自然资", "源和规划局，各县（市、区）政府"));
        assert!(goes_on_in("市教育局、市", "财政局"));
        assert!(goes_on_in("市教育局", "、市财政局"));
        assert!(goes_on_in("市教育局，各", "县、市、区政府"));
        assert!(!goes_on_in("市教育局", "市财政局"));
        assert!(!goes_on_in("市教育局", "二、兴业"));
    }

    #[test]
    fn a_list_cut_by_a_page_break_is_seen() {
        assert!(goes_on("市住建局、"));
        assert!(goes_on("各县（市、"));
        assert!(!goes_on("市住建局"));
    }
}
