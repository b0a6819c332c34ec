//! Things listed before 分别, 各 and 双: A、B和C.

use super::metric;
use super::words::MEASURED;

/// The things of a list, each with the verb that the first begins with, and with the tail of the last that they share.
/// `count` is how many there must be, where that is known; where there are not as many, the list is one thing.
pub(super) fn split(words: &str, count: Option<usize>) -> Vec<String> {
    let bare = metric::bare(words);
    let verb = metric::verb(bare).filter(|verb| verb.len() < bare.len()).unwrap_or_default();
    let list = bare.strip_prefix(verb).unwrap_or(bare);
    let mut things = at_commas(list);
    if count.is_none_or(|count| things.len() < count)
        && let Some(last) = things.pop()
    {
        match at_and(&last) {
            Some((one, other)) => things.extend([one, other]),
            None => things.push(last),
        }
    }
    if let Some(count) = count {
        if count == 0 || things.len() < count {
            return vec![bare.to_owned(); count];
        }
        // Words before the list itself.
        let spare = things.len() - count;
        let rest = things.split_off(spare);
        things = rest;
    }
    share_tail(&mut things);
    things.into_iter().map(|thing| format!("{verb}{thing}")).collect()
}

/// At every 、 outside quotes and brackets.
fn at_commas(list: &str) -> Vec<String> {
    let (mut things, mut thing, mut depth) = (Vec::new(), String::new(), 0_i32);
    for c in list.chars() {
        match c {
            '“' | '（' | '《' => depth += 1,
            '”' | '）' | '》' => depth -= 1,
            _ => {}
        }
        if c == '、' && depth <= 0 {
            things.push(std::mem::take(&mut thing));
        } else {
            thing.push(c);
        }
    }
    things.push(thing);
    things.retain(|thing| !thing.is_empty());
    things
}

fn at_and(thing: &str) -> Option<(String, String)> {
    let names = ["和美", "和谐", "和平", "共和", "总和", "与会", "涉及", "以及其"];
    ["以及", "和", "与", "及"].iter().find_map(|word| {
        let (one, other) = thing.split_once(word)?;
        let at = one.len();
        let name =
            names.iter().any(|name| thing.match_indices(name).any(|(from, _)| from <= at && at < from + name.len()));
        let long = |text: &str| text.chars().count() >= 2;
        let quoted = one.matches('“').count() != one.matches('”').count();
        (!name && !quoted && long(one) && long(other)).then(|| (one.to_owned(), other.to_owned()))
    })
}

/// 双柚、油茶、茶叶全产业链产值: the tail is every thing's.
fn share_tail(things: &mut [String]) {
    let Some((last, others)) = things.split_last_mut() else { return };
    let Some(long) = others.first().map(|one| one.chars().count()) else { return };
    let measured = |text: &str| MEASURED.iter().any(|word| text.ends_with(word));
    let even = others.iter().all(|one| one.chars().count() == long && !measured(one));
    let tail: String = last.chars().skip(long).collect();
    if even && tail.chars().count() >= 2 && measured(&tail) {
        for one in others {
            one.push_str(&tail);
        }
    }
}
