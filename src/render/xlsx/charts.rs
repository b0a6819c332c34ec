//! Charts as the workbook's own, over figures on the sheet.

use rust_decimal::prelude::ToPrimitive as _;
use rust_xlsxwriter::{
    Chart as Drawn, ChartFormat, ChartLegendPosition, ChartPatternFill, ChartPatternFillType, ChartSolidFill,
    ChartType, Color, Worksheet, XlsxError,
};

use super::looks::Looks;
use super::sheet::{Put, shown};
use crate::render::chart::{Fill, Hatch, fill};
use crate::report::model::{Chart, Tone};

/// Columns from here on hold the figures that a chart is drawn from.
const FIGURES: u16 = 3;
/// The size of a chart in pixels: its width, what a bar takes, what stands around them.
const WIDTH: u32 = 490;
const BAR: u32 = 24;
const AROUND: u32 = 110;
/// Rows of the sheet that a chart covers are this high, in pixels.
const ROW: u32 = 20;

/// Puts a chart below what is written, its figures beside it.
pub(super) fn put(sheet: &mut Worksheet, chart: &Chart, looks: &Looks, line: Put<'_>) -> Result<(), XlsxError> {
    if chart.bars.is_empty() {
        return Ok(());
    }
    let name = sheet.name();
    let mut tones: Vec<Tone> = Vec::new();
    for (tone, _) in chart.bars.iter().flat_map(|bar| &bar.parts) {
        if !tones.contains(tone) {
            tones.push(*tone);
        }
    }
    let first = line(sheet, &chart.caption, &looks.heading)?;
    let reference = chart.reference.as_ref().map(|(_, words)| words.as_str()).unwrap_or_default();
    line(sheet, reference, &looks.text)?;
    // Names are given as cells: as text, one that begins with `=` would be taken for a reference.
    for (column, tone) in (FIGURES + 1..).zip(&tones) {
        let title = chart.legend.iter().find(|(own, _)| own == tone).map_or("", |(_, name)| name.as_str());
        sheet.write_string(first, column, brief(title))?;
    }
    let top = first.saturating_add(1);
    for (row, bar) in (top..).zip(&chart.bars) {
        let label = brief(&format!("{} {}", bar.label, bar.figure));
        sheet.write_string(row, FIGURES, label)?;
        for (column, tone) in (FIGURES + 1..).zip(&tones) {
            let parts = bar.parts.iter().filter(|(own, _)| own == tone);
            let value: f64 = parts.filter_map(|(_, value)| value.to_f64()).sum();
            sheet.write_number(row, column, value)?;
        }
    }
    let count = u32::try_from(chart.bars.len()).map_err(|_| XlsxError::RowColumnLimitError)?;
    let last = top.saturating_add(count - 1);
    let mut drawn = Drawn::new(ChartType::BarStacked);
    for (column, tone) in (FIGURES + 1..).zip(&tones) {
        let series = drawn.add_series();
        series
            .set_categories((name.as_str(), top, FIGURES, last, FIGURES))
            .set_values((name.as_str(), top, column, last, column))
            .set_format(&mut filled(*tone))
            .set_gap(40)
            .set_overlap(100);
        if !chart.legend.is_empty() {
            series.set_name((name.as_str(), first, column));
        }
    }
    if chart.caption.is_empty() {
        drawn.title().set_hidden();
    } else {
        drawn.title().set_name((name.as_str(), first, 0));
    }
    // Lying bars: names stand along the upright axis, the first on top.
    drawn.y_axis().set_reverse();
    if let Some(full) = chart.full.to_f64() {
        drawn.x_axis().set_min(0).set_max(full);
    }
    if tones.len() > 1 {
        drawn.legend().set_position(ChartLegendPosition::Bottom);
    } else {
        drawn.legend().set_hidden();
    }
    let height = AROUND.saturating_add(BAR.saturating_mul(count)).min(4_000);
    drawn.set_width(WIDTH).set_height(height);
    let told: Vec<String> = chart.bars.iter().map(|bar| format!("{} {}", bar.label, bar.figure)).collect();
    drawn.set_alt_text(shown(&told.join("; ")).chars().take(250).collect::<String>());
    sheet.insert_chart(first.saturating_add(1), 0, &drawn)?;
    // What follows stands below it.
    for _ in 0..height / ROW + 2 {
        line(sheet, " ", &looks.text)?;
    }
    Ok(())
}

/// As much of a text as stands beside a bar.
fn brief(text: &str) -> String {
    shown(text).chars().take(200).collect()
}

fn filled(tone: Tone) -> ChartFormat {
    let Fill { ground, ink, hatch } = fill(tone);
    let colour = |[red, green, blue]: [u8; 3]| Color::RGB(u32::from_be_bytes([0, red, green, blue]));
    let pattern = match hatch {
        Hatch::None => {
            let mut format = ChartFormat::new();
            format.set_solid_fill(ChartSolidFill::new().set_color(colour(ground)));
            return format;
        }
        Hatch::Rising => ChartPatternFillType::DiagonalStripesWideUpwards,
        Hatch::Falling => ChartPatternFillType::DiagonalStripesWideDownwards,
        Hatch::Crossed => ChartPatternFillType::OutlinedDiamondGrid,
    };
    let mut format = ChartFormat::new();
    format.set_pattern_fill(
        ChartPatternFill::new()
            .set_pattern(pattern)
            .set_foreground_color(colour(ink))
            .set_background_color(colour(ground)),
    );
    format
}
