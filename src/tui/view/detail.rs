//! An item whole: its text, who owns it, every period's filing, its figures, what was corrected in its reading.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::layout::Layout;
use super::super::state::State;
use super::items::{joined, shown_key};
use crate::catalog::Say;
use crate::model::{Book, CITY_TOTAL, Filing, ItemKey, Period, QuotaRow, Rating, Task};
use crate::search::marks;
use crate::text::number::{percent1, plain};
use crate::text::width::{pad, width};
use crate::text::wrap::wrap;

/// Columns of a label with its colon.
const LABEL: usize = 10;

/// A line of a text on screen.
pub(super) type Line = (String, Style);

/// The pane beside the list, on wide screens.
pub(super) fn beside(state: &State, buffer: &mut Buffer, layout: &Layout) {
    let Some(area) = layout.detail else { return };
    let rule = Rect::new(area.x - 1, area.y, 1, area.height);
    Canvas::new(buffer, rule, state.glyphs()).upright(0, state.theme.text());
    let Some(item) = state.resting_on else { return };
    let text = lines(state, item, usize::from(area.width));
    draw_lines(state, buffer, area, &text, 0);
}

/// Draws lines from the `scroll`-th on, with the search's hits marked.
pub(super) fn draw_lines(state: &State, buffer: &mut Buffer, area: Rect, lines: &[Line], scroll: usize) {
    let mut canvas = Canvas::new(buffer, area, state.glyphs());
    let (columns, rows) = (canvas.columns(), canvas.rows());
    let query = state.list.query.as_str();
    for (y, (line, style)) in lines.iter().skip(scroll).take(rows).enumerate() {
        let hits = if query.is_empty() { Vec::new() } else { marks(query, line) };
        canvas.put_marked((0, y), columns, line, (*style, state.theme.hit()), &hits);
    }
}

/// The item as lines of at most `columns`.
pub(super) fn lines(state: &State, item: ItemKey, columns: usize) -> Vec<Line> {
    let Some(book) = state.book() else { return Vec::new() };
    let mut text = Text { state, columns, lines: Vec::new() };
    if let Some(task) = book.task(item) {
        text.task(&book, task);
    } else if let Some(row) = book.row(item) {
        text.row(&book, row);
    }
    text.filings(&book, item);
    text.findings(&book, item);
    text.lines
}

struct Text<'a> {
    state: &'a State,
    columns: usize,
    lines: Vec<Line>,
}

impl Text<'_> {
    fn plain(&mut self, text: &str) {
        self.styled(text, self.state.theme.text());
    }

    fn styled(&mut self, text: &str, style: Style) {
        self.lines.extend(wrap(text, self.columns).into_iter().map(|line| (line, style)));
    }

    fn gap(&mut self) {
        self.lines.push((String::new(), Style::new()));
    }

    /// A label and its value, the value's further lines indented under its first.
    fn labelled(&mut self, label: Say, value: &str) {
        if value.is_empty() {
            return;
        }
        let label = pad(self.state.lang().say(label), LABEL);
        let room = self.columns.saturating_sub(LABEL).max(1);
        for (at, line) in wrap(value, room).into_iter().enumerate() {
            let head = if at == 0 { label.clone() } else { " ".repeat(LABEL) };
            self.lines.push((format!("{head}{line}"), self.state.theme.text()));
        }
    }

    fn head(&mut self, key: &str, rating: Rating) {
        let lang = self.state.lang();
        let light = rating.light;
        let mut head = format!("{key}  {}{}", self.state.glyphs().light(light), lang.status(rating.status));
        if let Some(percent) = rating.percent {
            let _ = write!(head, "  {}", percent1(percent));
        }
        self.styled(&head, self.state.theme.light(light).patch(self.state.theme.title()));
    }

    fn task(&mut self, book: &Book<'_>, task: &Task) {
        self.head(&shown_key(book, task.key), book.rate_task(task, self.state.period));
        self.plain(&task.text);
        self.gap();
        self.labelled(Say::LabelLeaders, &joined(&task.leaders));
        self.labelled(Say::LabelLead, &joined(&task.lead_units));
        self.labelled(Say::LabelCoop, &joined(&task.coop_units));
        self.labelled(Say::LabelDeadline, &task.deadline.to_string());
        self.labelled(Say::LabelSource, &self.state.lang().fill(Say::SourceLine, &[&task.line]));
    }

    fn row(&mut self, book: &Book<'_>, row: &QuotaRow) {
        let lang = self.state.lang();
        self.head(&shown_key(book, row.key), book.rate_row(row, self.state.period));
        self.plain(&row.name);
        if let Some(goal) = &row.goal {
            self.plain(goal);
        }
        self.gap();
        if !row.category.is_empty() {
            self.labelled(Say::LabelCategory, &row.category);
        }
        self.labelled(Say::LabelLead, &joined(&row.lead_units));
        self.labelled(Say::LabelCoop, &joined(&row.coop_units));
        self.labelled(Say::LabelSource, &lang.fill(Say::SourceLine, &[&row.line]));
        self.gap();
        let unit = if row.unit.is_empty() { String::new() } else { format!("（{}）", row.unit) };
        self.styled(&format!("{}{unit}", lang.period(self.state.period)), self.state.theme.title());
        let names = std::iter::once(CITY_TOTAL).chain(row.areas.iter().map(|cell| &*cell.area));
        for name in names {
            let Some(cell) = book.cell(row, name, self.state.period) else { continue };
            let done = if name == CITY_TOTAL { book.row_done(row, self.state.period) } else { cell.done };
            let mut line = format!("{} {}", pad(name, LABEL), super::matrix::quota_text(cell.quota));
            if let Some(done) = done {
                let _ = write!(line, "  {} {}", lang.say(Say::ModeDone), plain(done));
            }
            if let Some(percent) = book.cell_completion(row, name, self.state.period) {
                let _ = write!(line, "  {}", percent1(percent));
            }
            self.plain(&line);
        }
        if let Some(check) = row.sum_check() {
            let glyphs = self.state.glyphs();
            let (mark, style) = if check.agrees() {
                (glyphs.agrees, self.state.theme.good())
            } else {
                (glyphs.differs, self.state.theme.warn())
            };
            let text = lang.fill(Say::SumOfAreas, &[&plain(check.sum), &mark, &plain(check.total)]);
            self.styled(&text, style);
        }
    }

    fn filings(&mut self, book: &Book<'_>, item: ItemKey) {
        let document = book.document();
        for period in Period::all(document.year, document.settings.span) {
            let Some((filing, _)) = book.filing(item, period) else { continue };
            self.filing(period, filing);
        }
    }

    fn filing(&mut self, period: Period, filing: &Filing) {
        self.gap();
        let percent = filing.percent.map(|percent| format!("  {}", percent1(percent))).unwrap_or_default();
        self.styled(&format!("{}{percent}", self.state.lang().period(period)), self.state.theme.title());
        let parts = [
            (Say::LabelProgress, &filing.progress),
            (Say::LabelProblems, &filing.problems),
            (Say::LabelNext, &filing.next),
        ];
        for (label, text) in parts {
            if !text.is_empty() {
                self.labelled(label, text);
            }
        }
    }

    fn findings(&mut self, book: &Book<'_>, item: ItemKey) {
        let lang = self.state.lang();
        for finding in book.findings().filter(|finding| finding.item == Some(item)) {
            self.gap();
            let kind = if finding.is_open() { Say::OpenDoubt } else { Say::Correction };
            let style = if finding.is_open() { self.state.theme.warn() } else { self.state.theme.title() };
            let head = lang.fill(kind, &[&finding.line, &lang.confidence(finding.confidence)]);
            self.styled(&format!("{head} {}", finding.what), style);
            self.labelled(Say::LabelPrinted, &finding.printed.replace('\t', "|"));
            self.labelled(Say::LabelReading, &finding.reading);
            self.labelled(Say::LabelWhy, &finding.why);
        }
    }
}

/// What `y` puts on the clipboard: the item and who owns it, in one line.
pub(in super::super) fn copied_text(state: &State, item: ItemKey) -> Option<String> {
    let book = state.book()?;
    let lang = state.lang();
    let (text, leaders, lead, coop) = if let Some(task) = book.task(item) {
        (task.text.clone(), joined(&task.leaders), joined(&task.lead_units), joined(&task.coop_units))
    } else {
        let row = book.row(item)?;
        (row.title(), String::new(), joined(&row.lead_units), joined(&row.coop_units))
    };
    let mut line = format!("{} {text}", shown_key(&book, item));
    for (label, names) in [(Say::LabelLeaders, leaders), (Say::LabelLead, lead), (Say::LabelCoop, coop)] {
        if width(&names) > 0 {
            let _ = write!(line, " {}：{names}", lang.say(label));
        }
    }
    Some(line)
}
