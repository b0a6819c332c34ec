//! Up to where a ledger is restored, as it is typed.

use std::path::Path;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use crate::catalog::Say;
use crate::cli::backup_words;
use crate::cli::fail::Stop;
use crate::cli::session::Session;
use crate::model::Seq;
use crate::store::backup;
use crate::text::fold_key;

/// How a moment is written, and how many milliseconds belong to it: a minute is meant to its end, as a day is.
const MOMENTS: [(&str, i64); 4] =
    [("%Y-%m-%dT%H:%M", 59_999), ("%Y-%m-%d %H:%M", 59_999), ("%Y-%m-%dT%H:%M:%S", 999), ("%Y-%m-%d %H:%M:%S", 999)];

/// The commit that is meant by its number, or by a day or moment: the last one up to the end of it.
pub(super) fn last(session: &Session, file: &Path, typed: &str) -> Result<Seq, Stop> {
    let lang = session.lang;
    let typed = session.line(typed);
    let folded: String = typed.chars().map(fold_key).collect();
    let folded = folded.replace(['/', '.'], "-");
    if let Ok(seq) = folded.trim_start_matches('#').parse() {
        return Ok(Seq(seq));
    }
    let moments = MOMENTS.iter().find_map(|(form, end)| {
        let moment = NaiveDateTime::parse_from_str(&folded, form).ok()?;
        Some(moment + TimeDelta::milliseconds(*end))
    });
    let day = || NaiveDate::parse_from_str(&folded, "%Y-%m-%d").ok();
    let end = NaiveTime::from_hms_milli_opt(23, 59, 59, 999).unwrap_or_default();
    let Some(moment) = moments.or_else(|| Some(day()?.and_time(end))) else {
        let what = lang.fill(Say::CliRestoreBadAt, &[&typed]);
        return Err(Stop::input(what, lang.say(Say::CliRestoreBadAtTodo)));
    };
    backup::last_by(file, moment).map_err(|error| backup_words::stop(lang, file, &error))
}
