//! Markdown as text: without its signs. Tables with bars are read as they are.

/// Whether a text is written in Markdown: several headings, or marks of bold type, or the rule under the head of a table.
pub(super) fn is_markdown(text: &str) -> bool {
    let lines = || text.lines().take(200);
    let headings = lines().filter(|line| heading(line).is_some()).count();
    let rule = |line: &str| line.contains("---") && line.contains('|') && line.chars().all(|c| "|-: ".contains(c));
    headings >= 2 || (headings == 1 && lines().any(|line| line.contains("**"))) || lines().any(rule)
}

/// The text without the signs of Markdown, line by line.
pub(super) fn text(text: &str) -> String {
    text.lines().map(plain).collect::<Vec<_>>().join("\n")
}

fn heading(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('#');
    let deep = line.len() - rest.len();
    ((1..=6).contains(&deep) && rest.starts_with(' ')).then(|| rest.trim())
}

fn plain(line: &str) -> String {
    let line = heading(line).unwrap_or(line);
    let line = line.trim_start_matches("> ");
    let bare = line.trim_start();
    let item = ["- ", "* ", "+ "].iter().find_map(|sign| bare.strip_prefix(sign)).unwrap_or(line);
    let mut out = item.to_owned();
    for (sign, plain) in
        [("<br>", ""), ("<br/>", ""), ("<br />", ""), ("**", ""), ("__", ""), ("\\.", "."), ("\\_", "_")]
    {
        if out.contains(sign) {
            out = out.replace(sign, plain);
        }
    }
    without_links(&out)
}

/// `[words](address)` as its words; pictures as nothing.
fn without_links(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('[') {
        let words = after.find(['[', ']']).and_then(|at| after.split_at_checked(at));
        let pointer = words.and_then(|(words, more)| Some((words, more.strip_prefix("](")?)));
        let found = pointer.and_then(|(words, address)| Some((words, address.split_once(')')?.1)));
        let Some((words, more)) = found else {
            if pointer.is_some() {
                // Nothing is closed any more.
                break;
            }
            out.push_str(before);
            out.push('[');
            rest = after;
            continue;
        };
        match before.strip_suffix('!') {
            Some(before) => out.push_str(before),
            None => out.extend([before, words]),
        }
        rest = more;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_go_and_words_stay() {
        let file = "# 任务分解\n\n## 一、兴业\n**1. 办学。**\n- **责任单位：** [市教育局](http://x)、市住建局\n![图](a.png)\n| 1 | 甲<br>乙 |";
        assert!(is_markdown(file));
        assert_eq!(text(file), "任务分解\n\n一、兴业\n1. 办学。\n责任单位： 市教育局、市住建局\n\n| 1 | 甲乙 |");
        assert!(!is_markdown("# source: x\n1.办学[牵头单位:市教育局]"));
        assert_eq!(plain("办学。[牵头单位:市教育局]"), "办学。[牵头单位:市教育局]");
    }
}
