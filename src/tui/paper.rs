//! What takes a while to make of the ledger and is shown as lines of text: the report of 通报 as pages, the charts of 总览, a commit that
//! brought a document. Made when it is looked at, and again when the ledger has changed.

use std::cell::RefCell;
use std::sync::Arc;

use chrono::NaiveDate;
use ratatui::style::Style;

use super::state::{State, Widths};
use crate::model::{DocumentId, Period, Seq};
use crate::render::{bars, text_pages};
use crate::report::charts::{against_last, by_area, lights_by_unit};
use crate::report::{For, Scope, What, make};

/// Text, and what it was made from.
#[derive(Debug)]
pub(super) struct Memo<K, T>(RefCell<Option<(K, Arc<Vec<T>>)>>);

impl<K, T> Default for Memo<K, T> {
    fn default() -> Self {
        Self(RefCell::new(None))
    }
}

impl<K: PartialEq, T> Memo<K, T> {
    fn get(&self, from: K, make: impl FnOnce() -> Vec<T>) -> Arc<Vec<T>> {
        if let Some((of, text)) = &*self.0.borrow()
            && *of == from
        {
            return Arc::clone(text);
        }
        let text = Arc::new(make());
        *self.0.borrow_mut() = Some((from, Arc::clone(&text)));
        text
    }
}

/// The document, the state of the ledger, the period, the day, and how wide the terminal shows characters of ambiguous width.
type Now = (DocumentId, Seq, Period, NaiveDate, Widths);
/// The pages of a report.
pub(super) type Pages = Memo<(Now, What), String>;
/// The charts of 总览 at a width in columns.
pub(super) type Charts = Memo<(Now, usize), String>;
/// A commit whole, at a width in columns and with so many commits known.
pub(super) type Told = Memo<(Now, Seq, usize, usize), (String, Style)>;

fn now(state: &State) -> Now {
    (state.document.clone(), state.ledger.head().seq, state.period, state.setup.today, state.widths)
}

/// The pages of what 通报 shows; none without a document.
pub(super) fn pages(state: &State) -> Arc<Vec<String>> {
    state.pages.get((now(state), state.shown.clone()), || {
        let made = state.book().map(|book| make(&book, &state.shown, state.period, state.setup.today, state.lang()));
        made.map(|made| text_pages(&made.report)).unwrap_or_default()
    })
}

/// The charts of the bulletin as lines, with an empty line behind each: the same figures as in print.
pub(super) fn charts(state: &State, columns: usize) -> Arc<Vec<String>> {
    state.charts.get((now(state), columns), || {
        let Some(book) = state.book() else { return Vec::new() };
        let (scope, period, lang) = (Scope::new(&book, &For::All), state.period, state.lang());
        let all =
            [by_area(&book, period, lang), against_last(&scope, period, lang), lights_by_unit(&scope, period, lang)];
        let mut lines = Vec::new();
        for chart in all.iter().flatten() {
            lines.extend(bars::lines(chart, columns));
            lines.push(String::new());
        }
        lines
    })
}

/// A commit whole, as `make` tells it.
pub(super) fn told(
    state: &State,
    (seq, columns): (Seq, usize),
    make: impl FnOnce() -> Vec<(String, Style)>,
) -> Arc<Vec<(String, Style)>> {
    state.told.get((now(state), seq, columns, state.commits.len()), make)
}
