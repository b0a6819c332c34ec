//! Why an item shows its light: the arithmetic of the item, of each target, of each area, and the margins.

use ratatui::style::Style;

use super::super::state::State;
use super::detail::Line;
use crate::catalog::Say;
use crate::model::{Book, ItemKey, QuotaRow, Task};
use crate::report::figures::amount;
use crate::report::why;
use crate::text::wrap::wrap;

/// The arithmetic as lines of at most `columns`.
pub(super) fn lines(state: &State, item: ItemKey, columns: usize) -> Vec<Line> {
    let Some(book) = state.book() else { return Vec::new() };
    let lang = state.lang();
    let theme = state.theme;
    let mut text = Text { columns, lines: Vec::new() };
    text.put(0, &book.title(item).unwrap_or_default(), theme.text());
    text.gap();
    let light = book.rate(item, state.period).light;
    text.put(0, &why::why(&book, item, state.period, lang), theme.tone(light).patch(theme.title()));
    if let Some(task) = book.task(item) {
        text.targets(state, &book, task);
    }
    if let Some(row) = book.row(item) {
        text.areas(state, &book, row);
    }
    text.gap();
    let margins = book.document().settings.thresholds;
    let [behind, far] = [margins.behind, margins.far_behind].map(amount);
    text.put(0, lang.say(Say::WhyMarginsTitle), theme.title());
    text.put(0, &lang.fill(Say::WhyMargins, &[&behind, &behind, &far, &far]), theme.text());
    text.put(0, &lang.fill(Say::WhyMarginsRate, &[&behind, &far]), theme.text());
    text.lines
}

struct Text {
    columns: usize,
    lines: Vec<Line>,
}

impl Text {
    fn gap(&mut self) {
        self.lines.push((String::new(), Style::new()));
    }

    /// A paragraph, all its lines indented.
    fn put(&mut self, indent: usize, text: &str, style: Style) {
        let room = self.columns.saturating_sub(indent).max(1);
        self.lines.extend(wrap(text, room).into_iter().map(|line| (format!("{}{line}", " ".repeat(indent)), style)));
    }

    fn targets(&mut self, state: &State, book: &Book<'_>, task: &Task) {
        let (lang, theme) = (state.lang(), state.theme);
        for (at, (no, _, _)) in book.targets(task.key).enumerate() {
            if at == 0 {
                self.gap();
                self.put(0, lang.say(Say::WhyTargets), theme.title());
            }
            let (sentence, style) = match book.rate_target(task, no, state.period) {
                Some(rating) => (why::of_rating(book, task.key, rating, lang), theme.tone(rating.light)),
                None => (lang.say(Say::WhyNotYet).to_owned(), theme.text()),
            };
            let name = book.target(task.key, no).map(|(target, _)| why::target_text(target, lang)).unwrap_or_default();
            let named = sentence.starts_with(&name);
            let text = if named { format!("{no}. {sentence}") } else { format!("{no}. {name}  {sentence}") };
            self.put(2, &text, style);
        }
    }

    fn areas(&mut self, state: &State, book: &Book<'_>, row: &QuotaRow) {
        let (lang, theme) = (state.lang(), state.theme);
        let rated = row.areas.iter().filter(|cell| cell.quota.target().is_some());
        for (at, cell) in rated.enumerate() {
            if at == 0 {
                self.gap();
                self.put(0, lang.say(Say::WhyAreas), theme.title());
            }
            let rating = book.rate_cell(row, &cell.area, state.period);
            let text = format!("{}  {}", cell.area, why::of_rating(book, row.key, rating, lang));
            self.put(2, &text, theme.tone(rating.light));
        }
    }
}
