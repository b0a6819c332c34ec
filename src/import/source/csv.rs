//! Comma- and tab-separated files: cells in quotation marks may hold the sign that parts cells, and line ends.

use std::borrow::Cow;

use super::cells::{MOST_COLUMNS, folded};
use crate::import::shape::is_head_row;

/// Lines that are looked at for the head of a table.
const LOOKED_AT: usize = 30;

/// The text with its cells parted by tabs, where it is such a file: a line near its beginning is the head of a table.
pub(super) fn text(text: &str) -> Option<String> {
    let comma = text.lines().take(LOOKED_AT).any(|line| is_head(line, b','));
    let semicolon = || text.lines().take(LOOKED_AT).any(|line| is_head(line, b';'));
    // Cells parted by tabs are read as they are, but for those in quotation marks.
    let quoted = || text.contains("\t\"") && text.lines().take(LOOKED_AT).any(|line| is_head(line, b'\t'));
    let delimiter = if comma {
        b','
    } else if semicolon() {
        b';'
    } else if quoted() {
        b'\t'
    } else {
        return None;
    };
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut out = Vec::new();
    let mut record = csv::StringRecord::new();
    // Text is always text: nothing fails.
    while reader.read_record(&mut record).unwrap_or(false) {
        let cells: Vec<String> = record.iter().take(MOST_COLUMNS).map(cell).collect();
        let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
        // A title stands alone in its row.
        out.push(if filled == 1 && cells.first().is_some_and(|cell| !cell.is_empty()) {
            cells.concat()
        } else {
            cells.join("\t")
        });
    }
    Some(out.join("\n"))
}

/// A cell on one line: the lines of a list stay apart, those of a sentence do not.
fn cell(cell: &str) -> String {
    if !cell.contains(['\n', '\r']) {
        return folded(cell);
    }
    let lines: Vec<Cow<'_, str>> = cell.lines().map(|line| Cow::Owned(folded(line))).collect();
    super::cells::joined_lines(&lines)
}

fn is_head(line: &str, delimiter: u8) -> bool {
    if !line.as_bytes().contains(&delimiter) {
        return false;
    }
    let cells: Vec<&str> = line.split(char::from(delimiter)).map(|cell| cell.trim().trim_matches('"')).collect();
    cells.len() >= 3 && is_head_row(&cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_in_quotation_marks_hold_anything() {
        let file = "2025年任务清单,,\n序号,工作任务,责任单位\n1,\"办学3所,\n学位540个。\",\"市教育局\n市住建局\"\n2,修路,市交通局\n";
        let lines = text(file).unwrap();
        assert_eq!(
            lines,
            "2025年任务清单\n序号\t工作任务\t责任单位\n1\t办学3所,学位540个。\t市教育局 市住建局\n2\t修路\t市交通局"
        );
        assert_eq!(
            text("序号\t工作任务\t责任单位\n1\t\"甲\n乙\"\t丙").unwrap(),
            "序号\t工作任务\t责任单位\n1\t甲 乙\t丙"
        );
        for not in ["1.办学,修路,植树。\n责任单位:市教育局,市住建局", "序号\t工作任务\t责任单位\n1\t甲\t乙"]
        {
            assert_eq!(text(not), None);
        }
    }
}
