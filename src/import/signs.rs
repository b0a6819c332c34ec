//! Signs that a row's cells do not stand where they belong.
//!
//! A sum that differs is none by itself: whoever looks at the row sees both figures, and the check lists them.

use crate::model::Quota;

use super::cells::Cell;
use super::names;
use super::numbering;
use super::raw_row::RawRow;

/// What looks wrong about a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sign {
    pub(super) what: &'static str,
    pub(super) why: String,
    /// Whether other cells of the row may stand in wrong columns too.
    pub(super) shifted: bool,
}

/// Who leads and who helps may be printed in one cell.
pub(super) const RUN_TOGETHER: &str = "牵头单位与配合单位可能印在同一栏";
/// A cell is of no column that is known.
const LEFT_OUT: &str = "这一行有的单元格没有读入";
/// Signs that are about a cell as it is read, not about where the row's cells stand.
const IN_PLACE: [&str; 4] = [RUN_TOGETHER, LEFT_OUT, "全市与各地的单位不一致", "地区栏里是文字"];

/// The signs of a row as printed; empty where it looks sound.
pub(super) fn of(row: &RawRow) -> Vec<Sign> {
    let total = Cell::read(&row.total);
    let no_task = total == Cell::Other(Quota::NoTask);
    let mut signs = Vec::new();
    let mut say = |is: bool, what: &'static str, why: String| {
        if is {
            signs.push(Sign { what, why, shifted: !IN_PLACE.contains(&what) });
        }
    };
    let lead_is_quota = Cell::read(&row.lead).is_quota() && !no_task;
    say(lead_is_quota, "牵头单位栏里不是单位", format!("这一栏印的是“{}”，整行可能错了一格", row.lead));
    let name_is_quota = Cell::read(&row.name).is_quota();
    say(name_is_quota, "事项名称栏里是数字", format!("这一栏印的是“{}”，这一行可能缺了前面的单元格", row.name));
    let stray =
        std::iter::once(&row.total).chain(row.areas.iter().map(|(_, cell)| cell)).find(|cell| names::is_units(cell));
    if let Some(stray) = stray {
        say(true, "数字栏里是单位名称", format!("印的是“{stray}”"));
    }
    let empty = row.total.is_empty() && !row.name.is_empty() && !row.without_total;
    say(empty, "全市任务栏是空的", "这一行可能缺了前面的单元格".to_owned());
    say(!row.fits, "单元格的数目与表头不符", "多出或缺少的单元格会使后面各栏错位".to_owned());
    say(!row.left.is_empty(), LEFT_OUT, format!("“{}”不知属于哪一栏；没有读入", row.left.join("”“")));
    let run_together = names::cell_units(&row.lead).len() > 1 && row.coop.is_empty();
    say(run_together, RUN_TOGETHER, format!("牵头单位栏印的是“{}”，配合单位栏是空的", row.lead));
    let number = row.number.as_deref().unwrap_or_default();
    let numbered = number.is_empty() || numbering::plain(number).is_some();
    say(!numbered, "序号不是数字", format!("印的是“{number}”"));
    if let Cell::Amount(_, wan, _) = total {
        let other = row.areas.iter().find(|(_, cell)| match Cell::read(cell) {
            Cell::Amount(value, own, _) => own != wan && !value.is_zero(),
            Cell::Other(_) => false,
        });
        if let Some((area, cell)) = other {
            say(true, "全市与各地的单位不一致", format!("全市印的是“{}”，{area}印的是“{cell}”", row.total));
        }
        let words = row
            .areas
            .iter()
            .find(|(_, cell)| matches!(Cell::read(cell), Cell::Other(Quota::Text(_))) && !names::is_units(cell));
        if let Some((area, cell)) = words {
            say(true, "地区栏里是文字", format!("{area}印的是“{cell}”"));
        }
    }
    signs
}
