//! Spellings that are probably one unit: 市发改委 and 市发展和改革委员会. Each pair is a doubt; nobody is merged unasked.
//!
//! What speaks for it: one name is the other shortened, or the same but for brackets, a place in front, or one character of a
//! long name. What speaks against it: both stand in one item, so that its authors told them apart.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::model::{Alternative, Confidence, Finding, Fix, QuotaRow, SameUnit, Task, Unit};
use crate::text::fold_key;

use super::findings::{Place, note};
use super::lines::Line;

/// What these doubts are called; they are one kind.
const WHAT: &str = "疑为同一单位的两种写法";
/// Ends of full names with their short forms, the longer ones first.
const ENDS: [(&str, &str); 9] = [
    ("集团有限公司", "集团"),
    ("集团公司", "集团"),
    ("有限公司", "公司"),
    ("人民政府", "政府"),
    ("委员会", "委"),
    ("办公室", "办"),
    ("联合会", "联"),
    ("协会", "协"),
    ("管理局", "局"),
];
/// Levels of government that names begin with.
const LEVELS: [char; 4] = ['市', '县', '区', '省'];
/// In a name with as many characters one may be a slip; in a shorter one it makes another unit (市民政局, 市民宗局).
const LONG: usize = 6;
/// The most characters of a place in front of a name.
const PLACE: usize = 4;
/// With more names than this only the first are compared: no document has them.
const MOST: usize = 600;
/// No item names more units, and more pairs of them are not looked at.
const MOST_OF_ITEM: usize = 100;

/// A name as it is compared.
struct Name<'a> {
    spelling: &'a Arc<str>,
    /// How many items name it.
    count: usize,
    /// The first item that does.
    line: u32,
    /// Its characters with the end shortened; brackets of one width.
    short: Vec<char>,
}

/// Why two names are probably one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    Width,
    Place,
    Shortened,
    OneCharacter,
}

/// The doubts about units that are named twice. `known` are those whose spellings are settled already.
pub(super) fn findings(tasks: &[Task], rows: &[QuotaRow], known: &[Unit], lines: &[Line<'_>]) -> Vec<Finding> {
    let items = || {
        let tasks = tasks.iter().map(|task| (task.line, task.units().collect::<Vec<_>>()));
        tasks.chain(rows.iter().map(|row| (row.line, row.units().collect::<Vec<_>>())))
    };
    let mut names: Vec<Name<'_>> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut together: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (line, units) in items() {
        let mut here: Vec<usize> = Vec::new();
        for unit in units {
            let at = *places.entry(unit).or_insert_with(|| {
                names.push(Name { spelling: unit, count: 0, line, short: shortened(unit) });
                names.len() - 1
            });
            if let Some(name) = names.get_mut(at) {
                name.count += 1;
            }
            if at < MOST && here.len() < MOST_OF_ITEM {
                here.push(at);
            }
        }
        together.extend(here.iter().flat_map(|one| here.iter().map(|other| (*one, *other))));
    }
    names.truncate(MOST);
    let listed: BTreeMap<&str, &str> =
        known.iter().flat_map(|unit| unit.aliases.iter().map(|alias| (&**alias, &*unit.name))).collect();
    let stands_for = |name: &Name<'_>| listed.get(&**name.spelling).copied().unwrap_or(name.spelling).to_owned();
    let mut found = Vec::new();
    for (at, name) in names.iter().enumerate() {
        // The name that is used most stands for the others; of two used alike the one that comes first.
        let before = |other: usize, one: &Name<'_>| (one.count, other < at) > (name.count, false);
        let candidates = names.iter().enumerate().filter(|(other, one)| *other != at && before(*other, one));
        let same = candidates
            .filter(|(other, _)| !together.contains(&(at, *other)))
            .filter(|(_, one)| stands_for(one) != stands_for(name))
            .filter_map(|(other, one)| Some((other, one, why(name, one)?)))
            .max_by_key(|(other, one, _)| (one.count, std::cmp::Reverse(*other)));
        if let Some((_, main, why)) = same {
            found.push(doubt(name, main, why, place(name, lines)));
        }
    }
    found
}

/// The line on which a spelling stands first, from its item on.
fn place(name: &Name<'_>, lines: &[Line<'_>]) -> u32 {
    let from = usize::try_from(name.line).unwrap_or(usize::MAX).saturating_sub(1);
    let found = lines.iter().skip(from).take(60).find(|line| line.text.contains(&**name.spelling));
    found.map_or(name.line, |line| line.no)
}

fn doubt(name: &Name<'_>, main: &Name<'_>, why: Why, line: u32) -> Finding {
    let (one, other) = (main.spelling, name.spelling);
    let why = match why {
        Why::Width => "只有括号的宽窄不同",
        Why::Place => "只差前面的地名",
        Why::Shortened => "一个像是另一个的简称",
        Why::OneCharacter => "只差一个字",
    };
    let same = |name: &Arc<str>, spelling: &Arc<str>| Alternative {
        reading: format!("同一单位，列作“{name}”"),
        why: String::new(),
        fix: Fix {
            same_unit: Some(SameUnit { name: Arc::clone(name), spelling: Arc::clone(spelling) }),
            ..Fix::default()
        },
    };
    let two = Alternative { reading: "是两个单位".to_owned(), why: String::new(), fix: Fix::default() };
    let printed = format!("{one}｜{other}");
    let place = Place { line, item: None, printed: &printed };
    let counts = format!("{why}；“{one}”见于 {} 项，“{other}”见于 {} 项，没有一项同时写了两者", main.count, name.count);
    Finding {
        alternatives: vec![same(one, other), two, same(other, one)],
        ..note(place, WHAT, "暂作两个单位".to_owned(), counts, Confidence::Probable)
    }
}

/// Why two names are probably one, if they are.
fn why(one: &Name<'_>, other: &Name<'_>) -> Option<Why> {
    let (long, short) = if one.short.len() >= other.short.len() { (one, other) } else { (other, one) };
    if long.short == short.short {
        let widths = folded(long.spelling) == folded(short.spelling);
        return Some(if widths { Why::Width } else { Why::Shortened });
    }
    let level = short.short.first().filter(|c| LEVELS.contains(c));
    let before = long.short.len() - short.short.len();
    if level.is_some() && before <= PLACE && long.short.ends_with(&short.short) {
        return Some(Why::Place);
    }
    if long.short.len() == short.short.len() {
        let differ = long.short.iter().zip(&short.short).filter(|(a, b)| a != b).count();
        let begins = long.short.first() == short.short.first();
        return (differ == 1 && begins && long.short.len() >= LONG).then_some(Why::OneCharacter);
    }
    let ([first, inner @ .., last], [head, body @ .., end]) = (short.short.as_slice(), long.short.as_slice()) else {
        return None;
    };
    // 市发改委 in 市发展改革委: the level, what comes next, and the end are the same, the rest in its order.
    let begins = first == head && last == end && inner.first() == body.first();
    // One character is enough for a federation: 市妇联.
    let federation = ['联', '协'].contains(last);
    let enough = inner.len() >= 2 || (!inner.is_empty() && (federation || !LEVELS.contains(first)));
    (begins && enough && is_within(inner, body)).then_some(Why::Shortened)
}

/// Whether all characters stand in a longer name in their order.
fn is_within(short: &[char], long: &[char]) -> bool {
    let mut rest = long.iter();
    short.iter().all(|c| rest.any(|other| other == c))
}

fn folded(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).map(fold_key).collect()
}

/// A name with the end of its full form shortened.
fn shortened(name: &str) -> Vec<char> {
    let name = folded(name);
    let end = ENDS.iter().find_map(|(full, short)| Some((name.strip_suffix(full)?, *short)));
    match end {
        Some((body, short)) if !body.is_empty() => body.chars().chain(short.chars()).collect(),
        _ => name.chars().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ItemKey;
    use chrono::NaiveDate;

    fn task(no: u16, units: &str) -> Task {
        let mut units = units.split(' ').map(Arc::from);
        Task {
            key: ItemKey::task(no),
            no: no.to_string(),
            chapter: String::new(),
            text: String::new(),
            leaders: vec![],
            lead_units: units.next().into_iter().collect(),
            coop_units: units.collect(),
            deadline: NaiveDate::from_ymd_opt(2024, 12, 31).unwrap(),
            line: u32::from(no),
        }
    }

    /// Every pair that is asked about, the name that would be listed first.
    fn asked(items: &[&str], known: &[Unit]) -> Vec<String> {
        let tasks: Vec<Task> = (1..).zip(items).map(|(no, units)| task(no, units)).collect();
        findings(&tasks, &[], known, &[]).into_iter().map(|finding| finding.printed).collect()
    }

    #[test]
    fn a_short_form_beside_the_full_name_is_asked_about() {
        for (pair, expected) in [
            (["市发改委", "市发展改革委"], "市发改委｜市发展改革委"),
            (["市发改委", "市发展和改革委员会"], "市发改委｜市发展和改革委员会"),
            (["市住建局", "市住房城乡建设局"], "市住建局｜市住房城乡建设局"),
            (["市应急局", "市应急管理局"], "市应急局｜市应急管理局"),
            (["市府办", "市政府办公室"], ""),
            (["甲县政府", "甲县人民政府"], "甲县政府｜甲县人民政府"),
            (["各县（市、区）政府", "各县(市、区)政府"], "各县（市、区）政府｜各县(市、区)政府"),
            (["市水利局", "云溪市水利局"], "市水利局｜云溪市水利局"),
            (["市自然资源局", "市自然资原局"], "市自然资源局｜市自然资原局"),
            (["市妇联", "市妇女联合会"], "市妇联｜市妇女联合会"),
        ] {
            let found = asked(&pair, &[]);
            assert_eq!(found.join(""), expected, "{pair:?}");
        }
    }

    #[test]
    fn units_that_only_look_alike_are_not() {
        for pair in [
            ["市民政局", "市民宗局"],
            ["市财政局", "市教育局"],
            ["市科协", "市科技局"],
            ["市水利局", "省水利厅"],
            ["甲县政府", "乙县政府"],
            ["甲县政府", "各县（市、区）政府"],
            ["市委办", "市政府办"],
            ["市人大", "市人民法院"],
        ] {
            assert_eq!(asked(&pair, &[]), Vec::<String>::new(), "{pair:?}");
        }
    }

    #[test]
    fn the_name_used_most_stands_first_and_units_named_in_one_item_are_two() {
        assert_eq!(asked(&["市发改委", "市发展改革委", "市发展改革委"], &[]), ["市发展改革委｜市发改委"]);
        assert_eq!(asked(&["市发改委", "市发展改革委", "市发改委 市发展改革委"], &[]), Vec::<String>::new());
        let known = [Unit { name: "市发改委".into(), aliases: vec!["市发展改革委".into()] }];
        assert_eq!(asked(&["市发改委", "市发展改革委"], &known), Vec::<String>::new());
    }

    #[test]
    fn of_three_spellings_each_is_asked_about_once_beside_the_most_used() {
        let items = ["市发改委", "市发改委", "市发展改革委", "市发展和改革委员会"];
        assert_eq!(asked(&items, &[]), ["市发改委｜市发展改革委", "市发改委｜市发展和改革委员会"]);
    }

    #[test]
    fn the_doubt_names_its_place_and_may_be_refused() {
        let tasks = [task(1, "市发改委"), task(2, "市发展改革委")];
        let line = |no, text: &'static str| Line { no, text: text.into() };
        let lines = [line(1, "责任单位：市发改委"), line(2, "办学。"), line(3, "责任单位：市发展改革委")];
        let found = findings(&tasks, &[], &[], &lines);
        let finding = found.first().unwrap();
        assert_eq!((finding.line, finding.is_open(), finding.alternatives.len()), (3, true, 3));
        assert_eq!(finding.alternatives[1].fix, Fix::default());
    }
}
