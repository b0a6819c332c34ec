//! How many tasks a document says that it has: 现将6个方面243项工作任务分解印发, 一、经济运行（12项）. Where fewer or more were read, that
//! is said.

use std::collections::BTreeMap;

use crate::model::{Finding, ListCode, Task};

use super::findings::{Place, doubt};
use super::scan::{Kind, Part};

/// What stands before the number of all tasks, within a few characters.
const BEFORE: [&str; 9] = ["共", "计", "分解为", "分解成", "方面", "确定的", "明确的", "、", "细化为"];
/// What follows it.
const AFTER: [&str; 9] =
    ["工作任务", "目标任务", "重点任务", "具体任务", "主要任务", "任务", "重点工作", "具体工作", "工作"];

/// Doubts where what was read is not as many as the document says.
pub(super) fn compare(parts: &[Part<'_>], tasks: &[Task]) -> Vec<Finding> {
    let Some(first) = tasks.first().map(|task| task.line) else { return Vec::new() };
    let mut of_list: BTreeMap<ListCode, usize> = BTreeMap::new();
    let mut of_chapter: BTreeMap<&str, (u32, usize)> = BTreeMap::new();
    for task in tasks.iter().filter(|task| task.key.sub <= 1) {
        *of_list.entry(task.key.list).or_default() += 1;
        for chapter in task.chapter.split('/') {
            of_chapter.entry(chapter).or_insert((task.line, 0)).1 += 1;
        }
    }
    let all: usize = of_list.values().sum();
    let mut findings = Vec::new();
    let said = parts.iter().take_while(|part| part.line < first).filter_map(|part| match &part.kind {
        Kind::Text(text) | Kind::Numbered(_, text) => Some((part.line, *text, total(text)?)),
        _ => None,
    });
    if let Some((line, text, total)) = said.max_by_key(|(.., total)| *total)
        && total != all
        && !of_list.values().any(|count| *count == total)
    {
        let place = Place { line, item: None, printed: text };
        findings.push(doubt(place, "项数与文件所说不符", format!("文件说有{total}项，读到{all}项")));
    }
    for (chapter, (line, count)) in of_chapter {
        if let Some(total) = bracketed(chapter).filter(|total| *total != count) {
            let place = Place { line, item: None, printed: chapter };
            findings.push(doubt(place, "项数与标题所说不符", format!("标题说有{total}项，读到{count}项")));
        }
    }
    findings
}

/// 243 of 6个方面243项工作任务.
fn total(text: &str) -> Option<usize> {
    text.match_indices('项')
        .filter_map(|(at, item)| {
            let (before, after) = (text.get(..at)?, text.get(at + item.len()..)?);
            let words = before.trim_end_matches(|c: char| c.is_ascii_digit());
            let number: usize = before.strip_prefix(words)?.parse().ok().filter(|number| *number >= 5)?;
            let near: Vec<char> = words.chars().rev().take(6).collect();
            let near: String = near.into_iter().rev().collect();
            let counted = BEFORE.iter().any(|word| near.contains(word));
            (counted && (AFTER.iter().any(|word| after.starts_with(word)) || after.starts_with(['）', ')', '，', ','])))
                .then_some(number)
        })
        .max()
}

/// 12 of 一、经济运行（12项）.
fn bracketed(heading: &str) -> Option<usize> {
    let (_, inner) = heading.trim_end().strip_suffix(['）', ')'])?.rsplit_once(['（', '('])?;
    inner.trim_start_matches('共').strip_suffix('项')?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_all_tasks_is_told_from_other_numbers() {
        assert_eq!(total("现将《政府工作报告》2023年6个方面243项工作任务予以分解印发。"), Some(243));
        assert_eq!(total("所列重点工作的落实(共101项,此外另行调度)"), Some(101));
        assert_eq!(total("抓好《方案》确定的146项工作任务落实"), Some(146));
        for not in ["新开工项目12项", "完成3项任务", "建设重点项目30项，投资5亿元", "列入量化指标的55项"]
        {
            assert_eq!(total(not), None, "{not}");
        }
        assert_eq!(bracketed("一、经济运行（12项）"), Some(12));
        assert_eq!(bracketed("一、经济运行（含续建）"), None);
    }
}
