//! What may be asked for as a report, and its making.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::json::data;
use super::model::Report;
use super::scope::For;
use super::{breakdown, bulletin, changed, issue, matrix, person, slips};
use crate::catalog::Lang;
use crate::model::{Book, Commit, ItemKey, Period};

/// A report with the data that it was made from. As JSON it is the interface of `duban report --format json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Made {
    /// The number of this JSON's schema: [`SCHEMA`].
    pub schema: u16,
    /// The data, as it was at that time.
    #[serde(flatten)]
    pub data: serde_json::Map<String, serde_json::Value>,
    /// What is printed.
    pub report: Report,
}

/// The schema of [`Made`] as JSON (`docs/reference/report.schema.json`). A change that a reader could notice raises it.
pub const SCHEMA: u16 = 2;

/// What is asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// 通报: the whole. Once issued, as it was issued.
    Bulletin,
    /// 通报 as the ledger stands now, also where it was issued: for a look at what changed since, and to issue it.
    Fresh,
    /// The page of a leader, the sheet of a unit or of an area; [`For::All`]: the bulletin's facts without the clerk's part.
    Page(For),
    /// 督办单 for what is due for chasing: of somebody, or of these items alone.
    Slips(For, Option<Vec<ItemKey>>),
    /// 责任分解, of everything or of what falls on somebody.
    Breakdown(For),
    /// The matrix of livelihood quotas.
    Matrix(For),
    /// What changed from this day on: these commits, as [`clock::since`](crate::model::clock::since) chooses them, oldest first.
    Changes(NaiveDate, Vec<Commit>),
}

/// Makes a report. `today` is the day it says it was made on. Where an issued bulletin is damaged in the ledger, a page that says
/// so and holds no figure.
pub fn make(book: &Book<'_>, what: &What, period: Period, today: NaiveDate, lang: Lang) -> Made {
    let report = match what {
        What::Bulletin => match issue::issued(book, period) {
            Ok(Some(kept)) => return kept,
            Ok(None) => bulletin::bulletin(book, period, today, lang),
            Err(damaged) => return issue::notice(book, period, &damaged, lang),
        },
        What::Fresh => bulletin::bulletin(book, period, today, lang),
        What::Page(of) => person::page(book, of, period, today, lang),
        What::Slips(of, items) => slips::slips(book, of, items.as_deref(), period, today, lang),
        What::Breakdown(of) => breakdown::breakdown(book, of, today, lang),
        What::Matrix(of) => matrix::matrix(book, of, period, today, lang),
        What::Changes(since, commits) => changed::changed(book, *since, commits, today, lang),
    };
    let of = match what {
        What::Page(of) | What::Slips(of, _) | What::Breakdown(of) | What::Matrix(of) => of,
        What::Bulletin | What::Fresh | What::Changes(..) => &For::All,
    };
    Made { schema: SCHEMA, data: data::data(book, of, period, today), report }
}
