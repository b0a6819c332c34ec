//! Rows of a table on their way to a line: cells with several paragraphs, cells that span columns or rows.

/// A cell while its paragraphs come in.
#[derive(Debug, Default, Clone)]
pub(super) struct Cell {
    /// Its paragraphs; the rows of a table within it hold tabs.
    pub(super) lines: Vec<String>,
    /// How many columns it takes; 0 counts as 1.
    pub(super) span: usize,
    /// It goes on from the row above: what it holds stands there.
    pub(super) continued: bool,
}

/// What stands in a cell that goes on from the row above: it is certain, other than of an empty cell, that it is the same.
pub(in crate::import) const DITTO: &str = "〃";

/// More columns than any page has: a wrong number of spanned columns is not believed.
pub(super) const MOST_COLUMNS: usize = 256;

/// A paragraph of a cell is a name rather than a sentence up to this many characters.
const SHORT: usize = 16;

/// Puts a row down as lines: one with its cells parted by tabs. A single cell is a frame around text, and a cell that holds a
/// table is a frame too: their paragraphs stand alone.
pub(super) fn put_row(cells: Vec<Cell>, out: &mut Vec<String>) {
    let frame = cells.len() == 1 || cells.iter().any(|cell| cell.lines.iter().any(|line| line.contains('\t')));
    if frame {
        out.extend(cells.into_iter().flat_map(|cell| cell.lines));
        return;
    }
    let mut columns: Vec<String> = Vec::new();
    for cell in cells {
        columns.push(if cell.continued { DITTO.to_owned() } else { joined_lines(&cell.lines) });
        let further = cell.span.clamp(1, MOST_COLUMNS) - 1;
        columns.extend(std::iter::repeat_n(String::new(), further));
        if columns.len() > MOST_COLUMNS {
            break;
        }
    }
    if columns.iter().any(|cell| !cell.is_empty() && cell != DITTO) {
        out.push(columns.join("\t"));
    }
}

/// The paragraphs of a cell as one: names stay apart, the lines of a sentence do not.
pub(super) fn joined_lines<T: AsRef<str>>(lines: &[T]) -> String {
    let lines: Vec<&str> = lines.iter().map(|line| line.as_ref().trim()).filter(|line| !line.is_empty()).collect();
    let names =
        lines.iter().all(|line| line.chars().count() <= SHORT && !line.ends_with(['，', '、', '。', '；', ',']));
    lines.join(if names { " " } else { "" })
}

/// Text without line ends, tabs and runs of blanks: what stands between the tags of a file.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() && c != '\u{3000}' {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(c);
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(lines: &[&str]) -> Cell {
        Cell { lines: lines.iter().map(|line| (*line).to_owned()).collect(), ..Cell::default() }
    }

    #[test]
    fn a_row_is_a_line_and_a_frame_is_none() {
        let mut out = Vec::new();
        put_row(vec![cell(&["1"]), cell(&["办学3所，", "新增学位。"]), cell(&["市教育局", "市住建局"])], &mut out);
        put_row(vec![Cell { span: 3, ..cell(&["一、兴业"]) }, cell(&[])], &mut out);
        put_row(vec![cell(&["第一段", "第二段"])], &mut out);
        put_row(vec![cell(&["甲"]), cell(&["1\t2", "3\t4"])], &mut out);
        put_row(vec![Cell { continued: true, ..cell(&["上"]) }, cell(&["下"])], &mut out);
        let expected = [
            "1\t办学3所，新增学位。\t市教育局 市住建局",
            "一、兴业\t\t\t",
            "第一段",
            "第二段",
            "甲",
            "1\t2",
            "3\t4",
            "〃\t下",
        ];
        assert_eq!(out, expected);
        assert_eq!(folded(" 甲\n  乙\t丙 "), "甲 乙 丙");
    }
}
