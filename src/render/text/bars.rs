//! A chart as bars of characters that every line printer has; the tones differ by character.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::report::model::{Chart, Tone};
use crate::text::one_line;
use crate::text::width::{centre, pad, truncate, width};

/// The most of the line that labels take, and the least that is kept for the bars, in parts of it. Figures take what they need
/// of the rest: a figure that is cut is not there at all.
const LABELS: usize = 3;
const BARS: usize = 4;

/// The lines of a chart: caption, legend, bars; the reference line as `|`.
pub fn lines(chart: &Chart, cols: usize) -> Vec<String> {
    if chart.bars.is_empty() {
        return Vec::new();
    }
    let label = widest(chart.bars.iter().map(|bar| bar.label.as_str())).min(cols / LABELS);
    let figure = widest(chart.bars.iter().map(|bar| bar.figure.as_str()));
    let figure = figure.min(cols.saturating_sub(label + 4 + cols / BARS));
    let room = cols.saturating_sub(label + figure + 4).max(1);
    let mut lines = vec![centre(&truncate(&one_line(&chart.caption).text, cols, "…"), cols)];
    let legend = chart.legend.iter().map(|(tone, name)| format!("{}{}", glyph(*tone), one_line(name).text));
    let mut notes: Vec<String> = legend.collect();
    notes.extend(chart.reference.iter().map(|(_, words)| format!("|{}", one_line(words).text)));
    if !notes.is_empty() {
        lines.push(centre(&truncate(&notes.join("  "), cols, "…"), cols));
    }
    let mark = chart.reference.as_ref().map(|(value, _)| place(*value, chart.full, room));
    for bar in &chart.bars {
        let mut drawn: Vec<char> = Vec::with_capacity(room);
        let mut sum = Decimal::ZERO;
        for (tone, part) in &bar.parts {
            sum = sum.saturating_add(*part);
            let until = place(sum, chart.full, room);
            // What there is at all is seen.
            let until = if *part > Decimal::ZERO { until.max(drawn.len() + 1).min(room) } else { until };
            drawn.resize(until.max(drawn.len()), glyph(*tone));
        }
        drawn.resize(room, ' ');
        if let Some(cell) = mark.and_then(|at| drawn.get_mut(at.min(room - 1))) {
            *cell = '|';
        }
        let name = pad(&truncate(&one_line(&bar.label).text, label, "…"), label);
        let figure = truncate(&one_line(&bar.figure).text, figure, "…").into_owned();
        let drawn: String = drawn.into_iter().collect();
        lines.push(format!("{name} [{drawn}] {figure}").trim_end().to_owned());
    }
    lines
}

fn widest<'a>(texts: impl Iterator<Item = &'a str>) -> usize {
    texts.map(|text| width(&one_line(text).text)).max().unwrap_or(0)
}

/// The character of a tone.
const fn glyph(tone: Tone) -> char {
    match tone {
        Tone::Plain => '=',
        Tone::Green => '+',
        Tone::Yellow => 'o',
        Tone::Red => '#',
        Tone::Grey => '.',
    }
}

/// How many characters a value takes of the full room.
fn place(value: Decimal, full: Decimal, room: usize) -> usize {
    let whole = u32::try_from(room).map_or(Decimal::ONE, Decimal::from);
    let share = value.checked_div(full).unwrap_or_default().clamp(Decimal::ZERO, Decimal::ONE);
    (share * whole).round().to_usize().unwrap_or(0).min(room)
}
