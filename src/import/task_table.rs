//! Tables of tasks: rows of cells under a head such as 序号 | 工作任务 | 牵头领导 | 责任单位.

use std::borrow::Cow;

use super::cells::Cell;
use super::chapters::{self, Across, MAY_HEAD, NO_HEAD};
use super::draft::Draft;
use super::inline;
use super::lists::Lists;
use super::names;
use super::numbering::{self, Outline, outline};
use super::source::DITTO;
use super::vocabulary::{self, AS_ABOVE, Field, Label, SUMS};

/// A table while its rows come in.
#[derive(Debug)]
pub(super) struct Table {
    /// The columns as their heads name them.
    head: Vec<Option<Field>>,
    /// The same with those that stand under the head of another.
    columns: Vec<Option<Field>>,
    /// What the row above holds, for merged cells.
    above: Vec<(Label, String)>,
    category: String,
    /// The number of the item above, as printed, and how many rows it has.
    number: (u16, String, u16),
    /// The columns that are not read, until it was said.
    unread: Vec<(usize, String)>,
}

impl Table {
    /// A table under a head.
    pub(super) fn new(columns: &[Option<Field>], heads: &[Cow<'_, str>]) -> Self {
        // A head over several columns is that of each: 重点任务 over the project and what is done there.
        let mut under = columns.to_vec();
        for at in 1..under.len() {
            let (before, head) = (under.get(at - 1).copied().flatten(), heads.get(at).map(|head| head.trim()));
            if before == Some(Field::Text) && matches!(head, Some("" | DITTO)) {
                under.splice(at..=at, [before]);
            }
        }
        let unread = under.iter().zip(heads).enumerate().filter_map(|(at, (column, head))| {
            let head = Some(joined_cell(head)).filter(|head| !head.is_empty()).unwrap_or_else(|| "没有表头".to_owned());
            let left_out = matches!(column, None | Some(Field::Remark)) && head != DITTO;
            left_out.then_some((at, head))
        });
        let unread = unread.collect();
        Self {
            head: columns.to_vec(),
            columns: under,
            above: Vec::new(),
            category: String::new(),
            number: (0, String::new(), 0),
            unread,
        }
    }

    /// Whether a head is this table's own, printed again on a further page.
    pub(super) fn goes_on(&self, columns: &[Option<Field>]) -> bool {
        self.head == columns
    }

    /// A line across the table names a leader: an empty cell below it is no part of one above it.
    fn led_anew(&mut self) {
        self.above.retain(|(label, _)| !matches!(label, Label::Leaders | Label::Person));
    }

    fn is_number(&self, at: usize) -> bool {
        self.columns.get(at).is_some_and(|column| *column == Some(Field::No))
    }
}

/// Reads a row into a task, or a heading that stands across the table.
pub(super) fn row(table: &mut Table, cells: &[Cow<'_, str>], line: u32, lists: &mut Lists) {
    let filled: Vec<&str> =
        cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty() && *cell != DITTO).collect();
    let Some(first) = filled.first().copied() else { return };
    if SUMS.contains(&joined_cell(first).as_str()) {
        return;
    }
    let text_at = table.columns.iter().position(|column| *column == Some(Field::Text));
    let at = cells.iter().position(|cell| !cell.trim().is_empty() && cell.trim() != DITTO);
    // A further task of the item above stands alone in its row, in its column or where the page was converted to.
    let in_text = table.number.2 > 0 && (at == text_at || says_a_task(first));
    if filled.len() == 1 && numbering::plain(first).is_none() && !in_text {
        if chapters::leader(outline(first).map_or(first, |one| one.rest)).is_some() {
            table.led_anew();
        }
        heading(first, line, lists);
        return;
    }
    if let [number, words] = filled.as_slice()
        && at == Some(0)
        && table.is_number(0)
        && numbering::han(number).is_some()
        && (table.number.0 == 0 || numbering::plain(&table.number.1).is_some())
    {
        // Among plain numbers 一 heads the rows below it.
        heading(&format!("{number}、{words}"), line, lists);
        return;
    }
    // Where cells are missing rather than empty, nothing is merged: the page ends, or the conversion lost them.
    let whole = cells.len() >= table.columns.len();
    let mut cells = in_columns(table, cells);
    left_out(table, &cells, line, lists);
    // Which cells are certainly those of the row above.
    let same: Vec<Field> =
        cells.iter().zip(&table.columns).filter(|(cell, _)| *cell == DITTO).filter_map(|(_, column)| *column).collect();
    for cell in cells.iter_mut().filter(|cell| *cell == DITTO) {
        cell.clear();
    }
    let of = |field: Field| {
        let mut found: Vec<&str> = Vec::new();
        for (cell, _) in cells.iter().zip(&table.columns).filter(|(_, column)| **column == Some(field)) {
            if !cell.is_empty() && !found.contains(&cell.as_str()) {
                found.push(cell);
            }
        }
        found
    };
    let mut printed = of(Field::No).first().map(|no| (*no).to_owned()).unwrap_or_default();
    let category = of(Field::Category).join("/");
    let mut text = of(Field::Text).into_iter().fold(String::new(), joined);
    if !table.columns.contains(&Some(Field::No))
        && let Some(own) = outline(&text)
    {
        // Where no column has the numbers, the text may.
        (printed, text) = (own.printed.to_owned(), own.rest.to_owned());
    }
    let progress = of(Field::Progress).join("；");
    let mut labels = Vec::new();
    for label in [Label::Leaders, Label::Person, Label::Lead, Label::Units, Label::Coop, Label::Deadline] {
        let value = of(Field::Label(label)).join("、");
        let said = vocabulary::labels(&value);
        if !said.is_empty() {
            // A cell may say itself who leads: 牵头单位：甲；配合单位：乙.
            labels.extend(said.into_iter().flat_map(|(label, value)| inline::of_label(label, value)));
            continue;
        }
        match label {
            _ if value.is_empty() || value == "/" => {}
            Label::Leaders | Label::Person => labels.push((label, names::leaders(&value).join("、"))),
            Label::Deadline | Label::Progress | Label::Aside => labels.push((label, value)),
            Label::Lead | Label::Units | Label::Coop => match inline::within_label(label, &value) {
                Some(said) => labels.extend(said),
                None => labels.push((label, names::cell_units(&value).join("、"))),
            },
        }
    }
    if !labels.iter().any(|(label, _)| label.is_of_units())
        && let [(words, said)] = inline::pieces(&text).as_mut_slice()
        && !said.is_empty()
    {
        // No column says who answers for it, but the text does in brackets.
        labels.append(said);
        text = std::mem::take(words).into_owned();
    }
    if text.is_empty() {
        lists.doubt(line, &filled.join("｜"), "表格的这一行没有任务", "任务一栏是空的；这一行没有读入".to_owned());
        return;
    }
    if !category.is_empty() && category != table.category {
        table.category.clone_from(&category);
        let outline = outline(&category);
        let level = outline.as_ref().map_or(3, |outline| outline.level);
        lists.chapters.enter(&Outline { level, value: 1, printed: "", rest: &category }, &category, Vec::new());
    }
    let mut draft = Draft { line, text, progress, ..Draft::default() };
    number(table, &printed, &mut draft, lists);
    if whole || draft.row > 0 {
        inherit(table, &mut labels, (draft.row > 0, &same), line, lists);
    }
    draft.labels.clone_from(&labels);
    signs(&draft, &filled, lists);
    table.above = labels;
    lists.push(draft);
}

/// Says what of a row stands in no column that is read: once for the columns of a table, and for each row with more cells
/// than its head has.
fn left_out(table: &mut Table, cells: &[String], line: u32, lists: &mut Lists) {
    let filled = |cell: &&String| !cell.is_empty() && *cell != DITTO;
    if table.unread.iter().any(|(at, _)| cells.get(*at).is_some_and(|cell| filled(&cell))) {
        let unread = std::mem::take(&mut table.unread);
        let (heads, said): (Vec<String>, Vec<String>) = unread
            .into_iter()
            .map(|(at, head)| (format!("“{head}”"), cells.get(at).cloned().unwrap_or_default()))
            .unzip();
        let said: Vec<&str> = said.iter().filter(filled).map(String::as_str).collect();
        let why = format!("{}不是任务、领导、单位或时限；这张表里这些栏的内容都没有读入", heads.concat());
        lists.doubt(line, &said.join("｜"), "表格里有的栏没有读入", why);
    }
    let beyond: Vec<&str> = cells.iter().skip(table.columns.len()).filter(filled).map(String::as_str).collect();
    if !beyond.is_empty() {
        let why = format!("“{}”在表头各栏之外，没有读入；其余各格也可能错了一格", beyond.join("”“"));
        lists.doubt(line, &cells.join("｜"), "单元格的数目与表头不符", why);
    }
}

fn joined_cell(cell: &str) -> String {
    cell.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What several columns say of a task, as one text: 办学：新建3所; sentences stand behind each other.
fn joined(mut text: String, more: &str) -> String {
    if !text.is_empty() && !text.ends_with(['。', '；', ';', '！', '：', ':']) {
        text.push('：');
    }
    text.push_str(more);
    text
}

/// Whether words are a task rather than the head of a part of the table: a sentence, or something counted.
fn says_a_task(words: &str) -> bool {
    let counted = words.chars().any(|c| c.is_ascii_digit()) && !words.contains('年');
    outline(words).is_none() && (words.ends_with(['。', '；']) || counted)
}

/// A line across the table heads the rows below it, unless it is a note.
pub(super) fn across(table: &mut Table, text: &str, line: u32, lists: &mut Lists) {
    let said: Vec<(Label, String)> =
        vocabulary::labels(text).into_iter().flat_map(|(label, value)| inline::of_label(label, value)).collect();
    if !said.is_empty() {
        lists.doubt(line, text, "表格里有一行暂读作标题", MAY_HEAD.to_owned());
        lists.chapters.enter(&Outline { level: 3, value: 1, printed: "", rest: text }, text, said);
        table.led_anew();
        return;
    }
    if chapters::leader(outline(text).map_or(text, |one| one.rest)).is_some() {
        table.led_anew();
    }
    match chapters::across(text) {
        Across::Note => lists.doubt(line, text, "表格里有一行没有归入任何任务", NO_HEAD.to_owned()),
        Across::MayHead => {
            lists.doubt(line, text, "表格里有一行暂读作标题", MAY_HEAD.to_owned());
            heading(text, line, lists);
        }
        Across::Heads => heading(text, line, lists),
    }
}

/// A row with one cell alone heads the rows below it.
fn heading(text: &str, line: u32, lists: &mut Lists) {
    if text.chars().count() > 60 {
        let why = "这一行只有一个单元格，又不像标题；没有读入".to_owned();
        lists.doubt(line, text, "表格里有一行没有归入任何任务", why);
        return;
    }
    // What brackets say about everybody below is not part of the heading.
    let mut pieces = inline::pieces(text);
    let (words, said) = match pieces.len() {
        1 => pieces.pop().unwrap_or_default(),
        _ => (Cow::Borrowed(text), Vec::new()),
    };
    let outline = outline(&words).unwrap_or(Outline { level: 2, value: 1, printed: "", rest: &words });
    lists.chapters.enter(&outline, &words, said);
}

/// The cells under their columns. A row whose first cells are merged with those above comes without them: a text stands where
/// the number belongs, and cells are missing or empty at the end.
fn in_columns(table: &Table, cells: &[Cow<'_, str>]) -> Vec<String> {
    let read = |cell: &str| if AS_ABOVE.contains(&cell) { DITTO.to_owned() } else { cell.to_owned() };
    let mut cells: Vec<String> = cells.iter().map(|cell| read(cell.trim())).collect();
    let width = table.columns.len();
    let text_at = table.columns.iter().position(|column| *column == Some(Field::Text)).unwrap_or(0);
    let numbered = |cell: &String| cell.is_empty() || is_number(cell);
    let mut shift = 0;
    while shift < text_at && table.is_number(0) && cells.first().is_some_and(|cell| !numbered(cell)) {
        let spare = cells.len() < width || cells.last().is_some_and(String::is_empty);
        if !spare {
            break;
        }
        if cells.len() >= width {
            cells.pop();
        }
        cells.insert(0, String::new());
        shift += 1;
        // One step brings a text from the number's column; further ones only over columns that hold no text.
        if table.columns.get(shift) == Some(&Some(Field::Text)) {
            break;
        }
    }
    cells.resize(width.max(cells.len()), String::new());
    cells
}

/// 序号: `3`, `3.`, `（三）`, `2-1`.
fn is_number(cell: &str) -> bool {
    numbering::plain(cell).is_some()
        || numbering::outline(cell).is_some_and(|one| one.rest.is_empty())
        || (cell.chars().count() <= 6 && cell.chars().any(|c| c.is_ascii_digit()) && !cell.contains(['%', '％']))
}

/// Numbers a row: without a number it is a further row of the item above.
fn number(table: &mut Table, printed: &str, draft: &mut Draft, lists: &mut Lists) {
    let parted = parted(printed);
    let own = numbering::plain(printed).or_else(|| numbering::outline(printed).map(|one| one.value)).or(parted);
    // 1-2 is a further row of 1.
    let further = parted.is_some_and(|no| table.number.2 > 0 && no == table.number.0);
    match own.filter(|_| !further) {
        Some(no) => {
            let last = lists.last;
            if no <= last && lists.chapters.count > 0 {
                lists.restarts.extend(lists.code());
            } else if last > 0 && no != last.saturating_add(1) {
                let why = format!("按顺序应是第{}项，这一项印作第{no}项", last.saturating_add(1));
                lists.doubt(draft.line, printed, "序号不连续", why);
            }
            lists.last = no;
            table.number = (no, printed.trim().to_owned(), 1);
        }
        None if table.number.2 > 0 => table.number.2 = table.number.2.saturating_add(1),
        None => {}
    }
    let (no, word, rows) = &table.number;
    draft.no = *no;
    draft.row = if *rows > 1 { *rows } else { 0 };
    draft.printed = match (printed.trim(), *rows) {
        ("", 2..) => format!("{word}.{rows}"),
        ("", _) => word.clone(),
        (own, _) => own.to_owned(),
    };
}

/// The item of a number in two parts: 1 of `1.2`, `1-2`.
fn parted(printed: &str) -> Option<u16> {
    let (item, row) = printed.trim().split_once(['.', '-', '－', '—', '–', '．'])?;
    numbering::plain(row)?;
    numbering::plain(item)
}

/// Merged cells: what the row does not say holds from the row above. Beside a number of its own that is only probable.
fn inherit(
    table: &Table,
    labels: &mut Vec<(Label, String)>,
    (same_item, same): (bool, &[Field]),
    line: u32,
    lists: &mut Lists,
) {
    let has_units = labels.iter().any(|(label, _)| label.is_of_units());
    let has_leaders = labels.iter().any(|(label, _)| *label == Label::Leaders);
    let own: Vec<Label> = labels.iter().map(|(label, _)| *label).collect();
    let mut taken = Vec::new();
    for (label, value) in &table.above {
        // A cell that goes on from the row above for certain holds what that row holds.
        let certain = same.contains(&Field::Label(*label)) && !own.contains(label);
        let missing = match label {
            Label::Leaders => !has_leaders,
            Label::Person => !has_leaders && !own.contains(label),
            Label::Deadline | Label::Progress | Label::Aside => false,
            Label::Units | Label::Lead | Label::Coop => !has_units,
        };
        if missing || certain {
            labels.push((*label, value.clone()));
            if !certain {
                taken.push(value.as_str());
            }
        }
    }
    if !taken.is_empty() && !same_item {
        let why = "这一格是空的，可能与上一行合并；暂按上一行读取".to_owned();
        lists.doubt(line, &taken.join("｜"), "责任单位或领导由上一行补入", why);
    }
}

/// Signs that the cells do not stand where they belong.
fn signs(draft: &Draft, filled: &[&str], lists: &mut Lists) {
    let units = [Label::Lead, Label::Units, Label::Coop].into_iter().find_map(|label| draft.value(label));
    let quota = |text: &str| matches!(Cell::read(text), Cell::Amount(..));
    if units.as_deref().is_some_and(quota) || quota(&draft.text) {
        let why = format!("整行可能错了一格：{}", filled.join("｜"));
        lists.doubt(draft.line, &filled.join("｜"), "单位或任务一栏里是数字", why);
    }
}
