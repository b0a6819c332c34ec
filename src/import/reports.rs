//! Reports on how far the tasks are, as this program prints them: they list tasks, but are no breakdown to begin a ledger with.

use super::lines::Line;

/// Heads of columns that only such a report has, and how many of them must stand in one row.
const HEADS: [&[&str]; 2] = [&["亮灯"], &["颜色", "反馈时限"]];

/// Whether a row of a table has such heads, whatever parts its cells.
pub(super) fn is_report(lines: &[Line<'_>]) -> bool {
    lines.iter().any(|line| {
        HEADS.iter().any(|heads| {
            heads.iter().all(|head| line.text.contains(head)) && {
                let cells: Vec<&str> = line.text.split(['\t', '|', '｜', ' ', '　']).map(str::trim).collect();
                cells.len() > 2 && heads.iter().all(|head| cells.contains(head))
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::lines::lines;

    #[test]
    fn a_table_of_lights_is_a_report() {
        for yes in
            ["| 序号 | 指标 | 完成率 | 亮灯 |", "编号\t颜色\t责任单位\t反馈时限", "序号 工作任务  亮灯  牵头单位"]
        {
            assert!(is_report(&lines(yes)), "{yes}");
        }
        for no in ["1.对进展滞后的亮灯督办。", "序号|工作任务|责任单位", "反馈时限：6月底"]
        {
            assert!(!is_report(&lines(no)), "{no}");
        }
    }
}
