//! What a report was made from, as data.

use chrono::NaiveDate;

use super::{AreaView, RowView, TaskView};
use crate::model::{Book, Period};
use crate::report::areas::areas;
use crate::report::scope::{For, Scope};

/// `document`, `title`, `demo`, `period`, `made_on`, `tasks`, `quota_rows`, `areas`: what falls on somebody in a period.
pub fn data(book: &Book<'_>, of: &For, period: Period, today: NaiveDate) -> serde_json::Map<String, serde_json::Value> {
    let scope = Scope::new(book, of);
    let document = book.document();
    let tasks: Vec<_> = scope.tasks().map(|task| TaskView::of(book, task, period, today)).collect();
    let rows: Vec<_> = scope.rows().iter().map(|row| RowView::of(book, row, period, today)).collect();
    let standings = areas(book, period);
    let areas: Vec<_> = standings
        .iter()
        .filter(|standing| match of {
            For::Area(area) => standing.area == *area,
            For::All => true,
            For::Leader(_) | For::Unit(_) => false,
        })
        .map(AreaView::of)
        .collect();
    let value = serde_json::json!({
        "document": document.id.to_string(),
        "title": document.title,
        "demo": document.demo,
        "period": period.to_string(),
        "made_on": today.to_string(),
        "tasks": tasks,
        "quota_rows": rows,
        "areas": areas,
    });
    match value {
        serde_json::Value::Object(map) => map,
        _ => serde_json::Map::new(),
    }
}
