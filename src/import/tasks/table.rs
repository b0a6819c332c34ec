//! What the tasks' reader does with the rows of tables: those of tasks are read, those of quotas end the tasks, and those that stand
//! under no head are told.

use std::borrow::Cow;

use super::Reader;
use crate::import::cells::Cell;
use crate::import::lists::Lists;
use crate::import::scan::{Kind, Part};
use crate::import::task_table::{self, Table};
use crate::import::unreadable::Unreadable;
use crate::import::vocabulary::Field;

impl Reader<'_> {
    /// The head of a table of tasks, or of one that goes on.
    pub(super) fn columns(
        &mut self,
        line: u32,
        columns: &[Option<Field>],
        heads: &[Cow<'_, str>],
    ) -> Result<(), Unreadable> {
        self.close();
        if self.table.as_ref().is_none_or(|table| !table.goes_on(columns)) {
            self.begin(line, 1, 0)?;
            self.level = 0;
            self.table = Some(Table::new(columns, heads));
        }
        Ok(())
    }

    /// A row of a table of tasks.
    pub(super) fn cells(&mut self, line: u32, cells: &[Cow<'_, str>]) {
        self.enter_pending();
        if let Some(table) = &mut self.table {
            task_table::row(table, cells, line, &mut self.lists);
        } else {
            let why = "它上面的表格里有一项不成行的任务，分不清各栏；没有读入".to_owned();
            self.lists.doubt(line, &cells.join("\t"), "表格的这一行没有读入", why);
        }
    }

    /// A line across a table.
    pub(super) fn across(&mut self, line: u32, text: &str) {
        self.enter_pending();
        if let Some(table) = &mut self.table {
            task_table::across(table, text, line, &mut self.lists);
        }
    }

    /// A table of quotas: the tasks end here.
    pub(super) fn quotas(&mut self) {
        self.close();
        // The titles over a table are the table's, but no rows of one that ended.
        for (line, text) in std::mem::take(&mut self.heads) {
            lost_row(line, &text, &mut self.lists);
        }
        self.pending.clear();
        self.pending_lines.clear();
    }
}

/// Says which rows of tables were read as text, because the table ended above them or its head is none that is known: then
/// figures tell it from what a page of the web says of itself.
pub(super) fn lost_rows(parts: &[Part<'_>], lists: &mut Lists) {
    let mut headed = false;
    for part in parts {
        headed |= matches!(part.kind, Kind::Head(_));
        if let Kind::Text(text) | Kind::Numbered(_, text) = part.kind
            && (headed || text.split(CELL_ENDS).any(|cell| matches!(Cell::read(cell), Cell::Amount(..))))
        {
            lost_row(part.line, text, lists);
        }
    }
}

/// What parts the cells of a row.
const CELL_ENDS: [char; 3] = ['\t', '|', '｜'];

pub(super) fn is_row(text: &str) -> bool {
    text.matches(CELL_ENDS).count() > 1
}

fn lost_row(line: u32, text: &str, lists: &mut Lists) {
    if is_row(text) {
        let why =
            "它上面没有表头，或者表格在它之前已经结束，分不清各栏；没有读入，请在它上面补上表头后重新读入".to_owned();
        lists.doubt(line, text, "表格的这一行没有读入", why);
    }
}
