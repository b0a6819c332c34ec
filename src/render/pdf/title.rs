//! The lines of a title: between words, of about one length (GB/T 9704-2012, 7.3.1: 词意完整、排列对称、长短适宜).

use super::face::Faces;
use super::line::{Measure, Type};
use crate::text::width::clusters;
use crate::text::wrap::may_break;

/// Titles of more lines than this are broken as running text is.
const MOST_LINES: usize = 5;

/// Words of titles that are not parted.
const WORDS: [&str; 52] = [
    "政府",
    "工作",
    "报告",
    "重点",
    "民生",
    "实事",
    "推进",
    "进展",
    "情况",
    "通报",
    "督查",
    "督办",
    "任务",
    "责任",
    "分解",
    "落实",
    "完成",
    "季度",
    "年度",
    "全年",
    "人民",
    "办公室",
    "办公厅",
    "事项",
    "单位",
    "领导",
    "关于",
    "印发",
    "通知",
    "公告",
    "意见",
    "方案",
    "目标",
    "指标",
    "提醒",
    "一季",
    "二季",
    "三季",
    "四季",
    "上半年",
    "下半年",
    "市政府",
    "牵头",
    "各地",
    "进度",
    "变动",
    "项目",
    "建设",
    "重大",
    "主要",
    "清单",
    "事实",
];

/// The lines of a title, as narrow as `room`.
pub(super) fn shaped(faces: &Faces<'_>, title: &str, kind: Type, room: f64) -> Vec<String> {
    let pieces: Vec<&str> = clusters(title).map(|cluster| cluster.text).collect();
    let widths: Vec<f64> = pieces.iter().map(|piece| faces.width(piece, kind)).collect();
    let plain: Vec<String> = faces.lines(title, kind, Measure::plain(room)).into_iter().map(|line| line.text).collect();
    if plain.len() < 2 || plain.len() > MOST_LINES {
        return plain;
    }
    let costs: Vec<Option<f64>> = (0..=pieces.len()).map(|at| cost(&pieces, at)).collect();
    let ideal = widths.iter().sum::<f64>() / f64::from(u16::try_from(plain.len()).unwrap_or(1));
    best(&widths, &costs, (plain.len(), room, ideal)).map_or(plain, |cuts| {
        let mut from = 0;
        let mut lines = Vec::new();
        for cut in cuts.into_iter().chain([pieces.len()]) {
            lines.push(pieces.get(from..cut).unwrap_or_default().concat());
            from = cut;
        }
        lines
    })
}

/// How little a break before the piece is liked; `None` where none may be.
fn cost(pieces: &[&str], at: usize) -> Option<f64> {
    let before = pieces.get(at.checked_sub(1)?)?.chars().next()?;
    let after = pieces.get(at)?.chars().next()?;
    if !may_break(before, after) {
        return None;
    }
    let parted = WORDS.iter().any(|word| {
        let length = word.chars().count();
        (1..length).any(|inside| {
            let from = at.checked_sub(inside);
            from.and_then(|from| pieces.get(from..from + length)).is_some_and(|there| there.concat() == *word)
        })
    });
    let figure = before.is_ascii_digit() || (matches!(before, '年') && "一二三四上下".contains(after));
    Some(match (before, after) {
        _ if parted => 4.0,
        (_, '的' | '和' | '与' | '及' | '等') | ('第', _) => 2.0,
        _ if figure => 2.0,
        ('的' | '和' | '与' | '及' | '）' | '》' | '，' | '、', _) => 0.0,
        _ => 0.3,
    })
}

/// Where to cut for the least cost: that of the breaks, and of lines that differ from the ideal width. All are cut if possible.
fn best(widths: &[f64], costs: &[Option<f64>], (lines, room, ideal): (usize, f64, f64)) -> Option<Vec<usize>> {
    let end = widths.len();
    // For each place the cheapest way to end a line there.
    let mut ways: Vec<Option<(f64, Vec<usize>)>> = vec![None; end + 1];
    *ways.first_mut()? = Some((0.0, Vec::new()));
    for line in 0..lines {
        let mut next: Vec<Option<(f64, Vec<usize>)>> = vec![None; end + 1];
        for (from, way) in ways.iter().enumerate() {
            let Some((so_far, cuts)) = way else { continue };
            let mut width = 0.0;
            for (at, piece) in widths.iter().enumerate().skip(from) {
                width += piece;
                if width > room {
                    break;
                }
                let to = at + 1;
                let last = line + 1 == lines;
                if last != (to == end) {
                    continue;
                }
                let Some(cut) = (if last { Some(0.0) } else { costs.get(to).copied().flatten() }) else { continue };
                let total = so_far + cut + 12.0 * ((width - ideal) / ideal).powi(2);
                let slot = next.get_mut(to)?;
                if slot.as_ref().is_none_or(|(held, _)| total < *held) {
                    let mut cuts = cuts.clone();
                    cuts.extend((!last).then_some(to));
                    *slot = Some((total, cuts));
                }
            }
        }
        ways = next;
    }
    ways.pop().flatten().map(|(_, cuts)| cuts)
}
