//! A report as data: the JSON interface of `duban report`.

use super::RenderError;
use crate::report::Made;

/// The report as JSON, ended by a line break.
///
/// # Errors
/// When the library refuses, which it does not for what reports hold.
pub fn render(made: &Made) -> Result<Vec<u8>, RenderError> {
    let mut bytes = serde_json::to_vec_pretty(made).map_err(|error| RenderError::Library(error.to_string()))?;
    bytes.push(b'\n');
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Lang;
    use crate::report::Report;
    use crate::report::ask::SCHEMA;
    use crate::report::model::{Bar, Block, Cell, Chart, Kind, Tone, Value};
    use rust_decimal::Decimal;

    #[test]
    fn what_is_written_reads_back_the_same() {
        let bar = Bar { label: "云山区".into(), parts: vec![(Tone::Red, Decimal::MAX)], figure: "\u{1b}<>".into() };
        let cells = vec![Cell::worth("25.0%", Value::Percent(Decimal::new(250, 1))), Cell::from("一\n二")];
        let table = crate::report::model::Table { rows: vec![cells], ..Default::default() };
        let chart = Chart { bars: vec![bar], full: Decimal::ONE, ..Chart::default() };
        let blocks = vec![Block::Table(table), Block::Chart(chart), Block::PageBreak];
        let report = Report { blocks, demo: true, ..Report::plain(Lang::Zh, Kind::Bulletin, "通报") };
        let data = [("period".to_owned(), serde_json::json!("2024Q3"))].into_iter().collect();
        let made = Made { schema: SCHEMA, data, report };
        let bytes = render(&made).unwrap();
        assert_eq!(serde_json::from_slice::<Made>(&bytes).unwrap(), made);
        assert!(bytes.ends_with(b"}\n") && !bytes.contains(&0x1b), "controls are escaped");
    }
}
