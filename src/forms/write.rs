//! The workbook of a unit: instructions, words, figures, identity. The same ledger gives the same bytes.

use std::sync::Arc;

use rust_decimal::prelude::ToPrimitive as _;
use rust_xlsxwriter::{
    DataValidation, DataValidationRule, DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError,
};

use super::identity::{self, Identity};
use super::layout::FIRST;
use super::lines::{About, Field, Line, MOST_TEXT, Page};
use super::looks::Looks;
use crate::catalog::{Lang, Say};
use crate::model::entry::{earlier_actual, earlier_done, earlier_filing};
use crate::model::{Book, Period, RowKind, Target};
use crate::text::number::plain;
use crate::text::{sanitise, wrap};

/// The language of forms: units read Chinese, whatever the clerk's screen speaks.
const ZH: Lang = Lang::Zh;
/// The most characters of a locked cell; the format's own limit is 32,767.
const MOST: usize = 32_000;
/// The figures that a number cell takes at most.
const HIGHEST: f64 = 999_999_999_999.0;
/// The height of a line of text, in points, and the most lines that a row shows: rows are no higher than 409 points.
const HIGH: f64 = 14.0;
const MOST_LINES: usize = 28;
/// A4.
const A4: u8 = 9;

/// The form of a unit for a period, as a file.
///
/// # Errors
/// When it has more lines than a sheet.
pub fn write(book: &Book<'_>, period: Period, unit: &Arc<str>) -> Result<Vec<u8>, XlsxError> {
    let identity = Identity::new(book, period, unit);
    let mut file = Workbook::new();
    // No day of now: the file depends on nothing but the ledger.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let title = ZH.fill(Say::FormHeading, &[&ZH.period(period), &identity.unit]);
    let title = if book.document().demo { format!("{title}　{}", ZH.say(Say::ReportDemo)) } else { title };
    file.set_properties(&DocProperties::new().set_title(&title).set_creation_datetime(&made));
    let looks = Looks::new();
    instructions(file.add_worksheet(), book, &title, &looks)?;
    for page in Page::ALL {
        let sheet = file.add_worksheet();
        heads(sheet, page, &title, &looks)?;
        for made in identity.lines.iter().filter(|made| made.line.about.page() == page) {
            line(sheet, book, period, &made.line, &looks)?;
        }
    }
    let sheet = file.add_worksheet();
    sheet.set_name(identity::sheet())?;
    sheet.set_column_width(0, 22)?.set_column_width(1, 40)?.set_column_width(4, 90)?;
    for (row, cells) in (0..).zip(identity.rows()) {
        for (column, text) in (0..).zip(cells) {
            sheet.write_string(row, column, text)?;
        }
    }
    sheet.protect();
    file.save_to_buffer()
}

fn instructions(sheet: &mut Worksheet, book: &Book<'_>, title: &str, looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_name(ZH.say(Say::FormSheetHow))?;
    dress(sheet, title);
    sheet.set_column_width(0, 90)?;
    sheet.write_string_with_format(0, 0, shown(title), &looks.title)?;
    sheet.write_string_with_format(1, 0, shown(&book.document().title), &looks.plain)?;
    for (row, text) in (2..).zip(ZH.say(Say::FormHow).lines()) {
        sheet.write_string_with_format(row, 0, text, &looks.plain)?;
        sheet.set_row_height(row, height([(90, text)].into_iter()))?;
    }
    sheet.protect();
    Ok(())
}

/// The widths of a page's columns, in characters.
const fn widths(page: Page) -> &'static [u16] {
    match page {
        Page::Words => &[9, 40, 12, 36, 10, 40, 28, 28],
        Page::Figures => &[16, 40, 28, 14, 10, 16, 14],
    }
}

/// How high a line has to be for what stands in it: spreadsheets do not grow rows of files that they did not write.
fn height<'t>(cells: impl Iterator<Item = (u16, &'t str)>) -> f64 {
    let lines = |(width, text): (u16, &str)| {
        text.split('\n')
            .map(|line| wrap::lines(line, usize::from(width.saturating_sub(2)).max(1)).len().max(1))
            .sum::<usize>()
    };
    let most = cells.map(lines).max().unwrap_or(1).clamp(1, MOST_LINES);
    u16::try_from(most).map_or(HIGH, |most| HIGH * f64::from(most) + 3.0)
}

fn heads(sheet: &mut Worksheet, page: Page, title: &str, looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_name(page.name())?;
    dress(sheet, title);
    let heads: &[Say] = match page {
        Page::Words => &[
            Say::FormColKey,
            Say::FormColItem,
            Say::FormColDeadline,
            Say::FormColLast,
            Field::Percent.say(),
            Field::Progress.say(),
            Field::Problems.say(),
            Field::Next.say(),
        ],
        Page::Figures => &[
            Say::FormColKey,
            Say::FormColItem,
            Say::FormColMetric,
            Say::FormColTarget,
            Say::FormColUnit,
            Say::FormColLastFigure,
            Field::Figure.say(),
        ],
    };
    sheet.write_string_with_format(0, 0, shown(title), &looks.title)?;
    for (column, (width, say)) in (0..).zip(widths(page).iter().zip(heads)) {
        sheet.set_column_width(column, f64::from(*width))?;
        sheet.write_string_with_format(FIRST - 1, column, ZH.say(*say), &looks.head)?;
    }
    sheet.set_repeat_rows(FIRST - 1, FIRST - 1)?;
    sheet.set_freeze_panes(FIRST, 2)?;
    sheet.protect();
    Ok(())
}

fn line(sheet: &mut Worksheet, book: &Book<'_>, period: Period, line: &Line, looks: &Looks) -> Result<(), XlsxError> {
    let page = line.about.page();
    let told = told(book, period, &line.about);
    let kept: Vec<String> = page.fields().iter().map(|(_, field)| line.about.kept(book, period, *field)).collect();
    let texts = told.iter().chain(&kept).map(String::as_str);
    sheet.set_row_height(line.row, height(widths(page).iter().copied().zip(texts)))?;
    for (column, text) in (0..).zip(&told) {
        sheet.write_string_with_format(line.row, column, shown(text), &looks.locked)?;
    }
    for ((column, field), kept) in page.fields().iter().zip(&kept) {
        let rule = rule(book, &line.about, *field)?;
        sheet.add_data_validation(line.row, *column, line.row, *column, &rule)?;
        if let Some(answer) = answer(kept).filter(|_| line.about.is_event(book)) {
            put(sheet, (line.row, *column), answer, &looks.text)?;
        } else if field.is_text() {
            put(sheet, (line.row, *column), kept, &looks.text)?;
        } else if let Some(value) = kept.parse::<f64>().ok().filter(|value| value.is_finite()) {
            sheet.write_number_with_format(line.row, *column, value, &looks.number)?;
        } else {
            sheet.write_blank(line.row, *column, &looks.number)?;
        }
    }
    Ok(())
}

fn put(sheet: &mut Worksheet, (row, column): (u32, u16), text: &str, look: &Format) -> Result<(), XlsxError> {
    if text.is_empty() {
        sheet.write_blank(row, column, look)?;
    } else {
        sheet.write_string_with_format(row, column, text, look)?;
    }
    Ok(())
}

/// 是, 否 or nothing for a figure of a target that asks whether something happened; none for any other figure, which stays a number.
fn answer(kept: &str) -> Option<&str> {
    match kept {
        "1" => Some(ZH.say(Say::FormYes)),
        "0" => Some(ZH.say(Say::FormNo)),
        "" => Some(""),
        _ => None,
    }
}

/// The locked cells of a line.
fn told(book: &Book<'_>, period: Period, about: &About) -> Vec<String> {
    let item = about.item();
    let mut cells = vec![about.to_string(), book.title(item).unwrap_or_default()];
    let was = |found: Option<(Period, rust_decimal::Decimal)>| {
        found.map(|(then, value)| format!("{}（{}）", plain(value), ZH.period(then))).unwrap_or_default()
    };
    match about {
        About::Item(_) => {
            cells.push(book.deadline(item, period).to_string());
            cells.push(last(book, period, item));
        }
        About::Target(_, no) => {
            let target = book.target(item, *no).map(|(target, _)| target);
            cells.push(target.map(|target| target.metric.clone()).unwrap_or_default());
            cells.push(target.map(asked).unwrap_or_default());
            cells.push(target.map(|target| target.unit.clone()).unwrap_or_default());
            cells.push(was(earlier_actual(book, item, *no, period)));
        }
        About::Cell(_, area) => {
            let row = book.row(item);
            let quota = row.and_then(|row| row.cell(area)).and_then(crate::model::Quota::target);
            let percent = row.is_some_and(|row| row.kind() == RowKind::Percent);
            let unit = row.map_or("", |row| if percent { "%" } else { row.unit.as_str() });
            cells.extend([area.to_string(), quota.map(plain).unwrap_or_default(), unit.to_owned()]);
            cells.push(was(earlier_done(book, item, area, period)));
        }
    }
    cells
}

/// What was filed last before the period, in words.
fn last(book: &Book<'_>, period: Period, item: crate::model::ItemKey) -> String {
    let Some((then, filing)) = earlier_filing(book, item, period) else { return String::new() };
    let percent = filing.percent.map(|percent| format!("{}%", plain(percent))).unwrap_or_default();
    let mut said = vec![format!("{} {percent}", ZH.period(then)).trim().to_owned()];
    for (field, text) in
        [(Field::Progress, &filing.progress), (Field::Problems, &filing.problems), (Field::Next, &filing.next)]
    {
        if !text.is_empty() {
            said.push(format!("{}：{text}", ZH.say(field.say())));
        }
    }
    said.join("\n")
}

/// What a target asks for: ≥ 10.
fn asked(target: &Target) -> String {
    let sign = ZH.comparator(target.comparator);
    target.value.map_or_else(|| sign.to_owned(), |value| format!("{sign} {}", plain(value)))
}

/// What a cell takes, with the word for whoever types something else.
fn rule(book: &Book<'_>, about: &About, field: Field) -> Result<DataValidation, XlsxError> {
    let (rule, say) = if about.is_event(book) {
        let answers = [ZH.say(Say::FormYes), ZH.say(Say::FormNo)];
        (DataValidation::new().allow_list_strings(&answers)?, Say::FormRuleYesNo)
    } else if field.is_text() {
        let most = DataValidationRule::LessThanOrEqualTo(u32::try_from(MOST_TEXT).unwrap_or(u32::MAX));
        (DataValidation::new().allow_text_length(most), Say::FormRuleText)
    } else {
        let (low, high, say) = bounds(book, about, field);
        (DataValidation::new().allow_decimal_number(DataValidationRule::Between(low, high)), say)
    };
    rule.set_error_title(ZH.say(Say::FormRuleTitle))?.set_error_message(ZH.say(say))
}

fn bounds(book: &Book<'_>, about: &About, field: Field) -> (f64, f64, Say) {
    let is_rate = match about {
        About::Target(item, no) => book.target(*item, *no).is_some_and(|(target, _)| target.rate),
        About::Item(_) | About::Cell(..) => false,
    };
    match field {
        Field::Percent => (0.0, 999_u16.to_f64().unwrap_or(HIGHEST), Say::FormRulePercent),
        _ if is_rate => (-HIGHEST, HIGHEST, Say::FormRuleRate),
        _ => (0.0, HIGHEST, Say::FormRuleFigure),
    }
}

fn shown(text: &str) -> String {
    sanitise(text).text.chars().take(MOST).collect()
}

/// Paper, margins, foot.
fn dress(sheet: &mut Worksheet, title: &str) {
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.3);
    // `&` begins a code in feet.
    let mark: String = shown(title).replace('&', "&&").chars().take(100).collect();
    sheet.set_footer(format!("&L{mark}&R— &P —"));
}
