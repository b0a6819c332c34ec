//! An item whole: its text, who owns it, every period's filing, its figures, what was corrected in its reading.

mod office;

use std::fmt::Write as _;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::canvas::Canvas;
use super::super::layout::Layout;
use super::super::state::State;
use super::items::{joined, shown_key};
use crate::catalog::Say;
use crate::model::{Book, CITY_TOTAL, Filing, ItemKey, Period, Quota, QuotaRow, Rating, Target, Task};
use crate::report::areas::hidden_zeros;
use crate::report::year;
use crate::search::marks;
use crate::text::number::{percent1, plain};
use crate::text::one_line;
use crate::text::width::{pad, width};
use crate::text::wrap::{ranges, wrap};

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
    draw(state, buffer, area, item, 0);
}

/// Draws an item from the `scroll`-th line on, with the words that its targets were read from marked; answers how many lines it has.
pub(super) fn draw(state: &State, buffer: &mut Buffer, area: Rect, item: ItemKey, scroll: usize) -> usize {
    let Some(text) = text(state, item, usize::from(area.width)) else { return 0 };
    draw_lines(state, buffer, area, &text.lines, scroll);
    let mut canvas = Canvas::new(buffer, area, state.glyphs());
    let rows = canvas.rows();
    for (at, range) in &text.marks {
        let Some(y) = at.checked_sub(scroll).filter(|y| *y < rows) else { continue };
        let Some((line, style)) = text.lines.get(*at) else { continue };
        if let (Some(before), Some(words)) = (line.get(..range.start), line.get(range.clone())) {
            canvas.put(width(before), y, width(words), words, style.patch(state.theme.phrase()));
        }
    }
    text.lines.len()
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
    text(state, item, columns).map(|text| text.lines).unwrap_or_default()
}

fn text(state: &State, item: ItemKey, columns: usize) -> Option<Text<'_>> {
    let book = state.book()?;
    let mut text = Text { state, columns, lines: Vec::new(), marks: Vec::new() };
    text.editors(item);
    text.former(&book, item);
    if let Some(task) = book.task(item) {
        text.task(&book, task);
    } else if let Some(row) = book.row(item) {
        text.row(&book, row);
    }
    text.last_year(&book, item);
    text.steps(&book, item);
    text.requests(&book, item);
    text.filings(&book, item);
    text.findings(&book, item);
    Some(text)
}

struct Text<'a> {
    state: &'a State,
    columns: usize,
    lines: Vec<Line>,
    /// Parts of lines that are marked: the line, and which of its bytes.
    marks: Vec<(usize, Range<usize>)>,
}

impl Text<'_> {
    fn plain(&mut self, text: &str) {
        self.styled(text, self.state.theme.text());
    }

    fn styled(&mut self, text: &str, style: Style) {
        self.lines.extend(wrap(text, self.columns).into_iter().map(|line| (line, style)));
    }

    /// Who else is editing it.
    fn editors(&mut self, item: ItemKey) {
        let names = self.state.editors(item).join(self.state.lang().say(Say::Names));
        if !names.is_empty() {
            let text = format!("{}{}", self.state.glyphs().edited, self.state.lang().fill(Say::EditedBy, &[&names]));
            self.styled(&text, self.state.theme.warn());
        }
    }

    /// A paragraph with phrases of it marked.
    fn marked(&mut self, text: &str, phrases: &[&str]) {
        let found = phrases.iter().filter(|phrase| !phrase.is_empty());
        let found: Vec<Range<usize>> =
            found.filter_map(|phrase| text.find(phrase).map(|start| start..start + phrase.len())).collect();
        for range in ranges(text, self.columns) {
            for phrase in &found {
                let (start, end) = (phrase.start.max(range.start), phrase.end.min(range.end));
                if start < end {
                    self.marks.push((self.lines.len(), start - range.start..end - range.start));
                }
            }
            let line = text.get(range).unwrap_or_default().to_owned();
            self.lines.push((line, self.state.theme.text()));
        }
    }

    /// A head and its text, the text's further lines indented under its first.
    fn indented(&mut self, head: &str, text: &str, style: Style) {
        let indent = width(head);
        for (at, line) in wrap(text, self.columns.saturating_sub(indent).max(1)).into_iter().enumerate() {
            let head = if at == 0 { head.to_owned() } else { " ".repeat(indent) };
            self.lines.push((format!("{head}{line}"), style));
        }
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

    /// Where it stood in an earlier reading of the document.
    fn former(&mut self, book: &Book<'_>, item: ItemKey) {
        let Some(former) = book.former(item) else { return };
        let say = if item.is_dropped() { Say::FormerDropped } else { Say::FormerMoved };
        self.plain(&self.state.lang().fill(say, &[&former.was, &former.on]));
    }

    /// What it continues of the year before, and how that ended.
    fn last_year(&mut self, book: &Book<'_>, item: ItemKey) {
        for (at, line) in year::lines(book, item, self.state.lang()).iter().enumerate() {
            if at == 0 {
                self.gap();
            }
            self.plain(line);
        }
    }

    fn head(&mut self, key: &str, rating: Rating) {
        let lang = self.state.lang();
        let light = rating.light;
        let mark = if rating.status.has_light() { self.state.glyphs().light(light) } else { "" };
        let word = if rating.status.has_light() { lang.light(light) } else { "" };
        let by_hand = if rating.by_hand { lang.say(Say::LightByHand) } else { "" };
        let mut head = format!("{key}  {mark}{word}{by_hand} {}", lang.status(rating.status));
        if let Some(percent) = rating.percent {
            let _ = write!(head, "  {}", percent1(percent));
        }
        self.styled(&head, self.state.theme.tone(light).patch(self.state.theme.title()));
    }

    fn task(&mut self, book: &Book<'_>, task: &Task) {
        self.head(&shown_key(book, task.key), book.rate_task(task, self.state.period));
        self.why(book, task.key);
        self.gap();
        let targets: Vec<&Target> = book.targets(task.key).map(|(_, target, _)| target).collect();
        let phrases: Vec<&str> = targets.iter().map(|target| target.phrase.as_str()).collect();
        self.marked(&task.text, &phrases);
        self.gap();
        self.labelled(Say::LabelLeaders, &joined(&task.leaders));
        self.labelled(Say::LabelLead, &joined(&task.lead_units));
        self.labelled(Say::LabelCoop, &joined(&task.coop_units));
        self.deadline(book, task.key);
        self.filing_state(book, task.key);
        self.labelled(Say::LabelSource, &self.state.lang().fill(Say::SourceLine, &[&task.line]));
        self.targets(book, task);
    }

    fn row(&mut self, book: &Book<'_>, row: &QuotaRow) {
        let lang = self.state.lang();
        self.head(&shown_key(book, row.key), book.rate_row(row, self.state.period));
        self.why(book, row.key);
        self.hidden_zeros(book, row);
        self.gap();
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
        self.deadline(book, row.key);
        self.filing_state(book, row.key);
        self.labelled(Say::LabelSource, &lang.fill(Say::SourceLine, &[&row.line]));
        self.gap();
        let unit = if row.unit.is_empty() { String::new() } else { format!("（{}）", row.unit) };
        self.styled(&format!("{}{unit}", lang.period(self.state.period)), self.state.theme.title());
        let names = std::iter::once(CITY_TOTAL).chain(row.areas.iter().map(|cell| &*cell.area));
        for name in names {
            let Some(cell) = book.cell(row, name, self.state.period) else { continue };
            let done = if name == CITY_TOTAL { book.row_done(row, self.state.period) } else { cell.done };
            let rating = if name == CITY_TOTAL {
                book.rate_row(row, self.state.period)
            } else {
                book.rate_cell(row, name, self.state.period)
            };
            let has_light = rating.status.has_light();
            let mark = if has_light { self.state.glyphs().light(rating.light) } else { " " };
            let mut line = format!("{mark} {} {}", pad(name, LABEL), super::matrix::quota_text(cell.quota));
            if let Some(done) = done {
                let _ = write!(line, "  {} {}", lang.say(Say::ModeDone), plain(done));
            }
            if let Some(percent) = book.cell_completion(row, name, self.state.period) {
                let _ = write!(line, "  {}", percent1(percent));
            }
            if let Quota::Amount(_, Some(note)) = cell.quota {
                let _ = write!(line, "  {note}");
            }
            let style = if has_light { self.state.theme.tone(rating.light) } else { self.state.theme.text() };
            self.styled(&line, style);
        }
        if let Some(check) = row.divided_sum() {
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

    /// A row that is green although areas stand at nothing.
    fn hidden_zeros(&mut self, book: &Book<'_>, row: &QuotaRow) {
        for hidden in hidden_zeros(book, &[row], self.state.period) {
            let text = self.state.lang().fill(Say::HiddenZeros, &[&joined(&hidden.areas)]);
            self.styled(&text, self.state.theme.warn());
        }
    }

    /// The period's filing, then the others, newest first: where nothing is filed yet, last period's words follow.
    fn filings(&mut self, book: &Book<'_>, item: ItemKey) {
        let document = book.document();
        let mut periods: Vec<Period> = Period::all(document.year, document.settings.span).collect();
        periods.reverse();
        periods.sort_by_key(|period| *period > self.state.period);
        for period in periods {
            match book.filing(item, period) {
                Some((filing, _)) => self.filing(book, item, period, filing),
                None if period == self.state.period => self.filing(book, item, period, &Filing::default()),
                None => {}
            }
        }
    }

    fn filing(&mut self, book: &Book<'_>, item: ItemKey, period: Period, filing: &Filing) {
        self.gap();
        let lang = self.state.lang();
        let percent = filing.percent.map(|percent| format!("  {}", percent1(percent))).unwrap_or_default();
        let state = lang.filing_state(book.filing_state(item, period, self.state.setup.today));
        self.styled(&format!("{}{percent}  {state}", lang.period(period)), self.state.theme.title());
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
    // Whoever pastes it into a shell must not run its second line.
    Some(one_line(&line).text)
}
