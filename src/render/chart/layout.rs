//! Where the bars of a chart, their labels and their figures stand.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::words::{estimate, short};
use super::{Anchor, Drawing, Shape};
use crate::report::model::{Bar, Chart, Tone};

/// From one line of writing to the next, in sizes.
const LEADING: f64 = 1.5;
/// From one bar to the next, and how thick it is, in sizes.
const ROW: f64 = 1.7;
const THICK: f64 = 1.1;
/// What is left free between labels, bars and figures, in sizes.
const GAP: f64 = 0.6;
/// From the middle of a line of writing to the foot of its letters, in sizes.
const FOOT: f64 = 0.36;
/// The most that labels and figures take of the width. A figure that is cut is not there at all, so they may take a good part.
const LABELS: f64 = 0.32;
const FIGURES: f64 = 0.42;

/// Lays a chart out to a width in points, with words of a size. From the top: caption, legend, the words of the reference line, the
/// bars. A bar longer than the full width ends there with an arrowhead; its figure says how long it is. A chart without bars is an
/// empty drawing of no height.
pub fn draw(chart: &Chart, width: f64, size: f64) -> Drawing {
    if chart.bars.is_empty() {
        return Drawing { width, ..Drawing::default() };
    }
    Frame::of(chart, width, size).draw(chart, &chart.bars)
}

/// As [`draw`], cut between bars into drawings no higher than `most` (one bar at least stands in each); caption, legend and reference
/// line stand in each, and bars of one length are equally long in all.
pub fn draw_pages(chart: &Chart, width: f64, size: f64, most: f64) -> Vec<Drawing> {
    let frame = Frame::of(chart, width, size);
    let room = most - frame.draw(chart, &[]).height;
    let fit = (room / frame.row()).floor().max(1.0).to_usize().unwrap_or(1);
    chart.bars.chunks(fit).map(|bars| frame.draw(chart, bars)).collect()
}

/// What all pieces of a chart share.
struct Frame {
    width: f64,
    size: f64,
    /// Where bars begin, and where those of the full value end.
    left: f64,
    right: f64,
    /// The value of the full width; more than zero.
    full: f64,
}

impl Frame {
    fn of(chart: &Chart, width: f64, size: f64) -> Self {
        let (width, size) = (positive(width), positive(size));
        let widest = |text: fn(&Bar) -> &String| {
            chart.bars.iter().map(|bar| estimate(text(bar), size)).fold(0.0, f64::max) + GAP * size
        };
        let left = widest(|bar| &bar.label).min(width * LABELS);
        // Behind the full value there is room for the arrowhead.
        let right = width - widest(|bar| &bar.figure).min(width * FIGURES) - GAP * size;
        let full = positive(value(chart.full));
        Self { width, size, left, right: right.max(left), full }
    }

    fn row(&self) -> f64 {
        ROW * self.size
    }

    /// Where a value stands, never outside of the bars' room.
    fn place(&self, value: f64) -> f64 {
        (value / self.full).clamp(0.0, 1.0).mul_add(self.right - self.left, self.left)
    }

    fn draw(&self, chart: &Chart, bars: &[Bar]) -> Drawing {
        let mut sheet = Sheet { shapes: Vec::new(), size: self.size, y: 0.0 };
        if !chart.caption.is_empty() {
            let caption = short(&chart.caption, self.size, self.width);
            sheet.line((self.width / 2.0, Anchor::Middle, caption));
        }
        self.legend(&chart.legend, &mut sheet);
        if let Some((at, words)) = &chart.reference {
            let (x, words) = (self.place(value(*at)), short(words, self.size, self.width));
            // Words never leave the drawing, however near to its edge the line stands.
            let half = estimate(&words, self.size) / 2.0;
            let middle = x.min(self.width - half).max(half);
            sheet.line((middle, Anchor::Middle, words));
        }
        let top = sheet.y;
        for bar in bars {
            self.bar(bar, &mut sheet);
        }
        let bottom = sheet.y;
        sheet.rule((self.left, top), (self.left, bottom), false);
        if let Some((at, _)) = &chart.reference {
            let x = self.place(value(*at));
            sheet.rule((x, top), (x, bottom), true);
        }
        Drawing { width: self.width, height: sheet.y + 0.3 * self.size, shapes: sheet.shapes }
    }

    /// Samples with their words, as many on a line as there is room for.
    fn legend(&self, legend: &[(Tone, String)], sheet: &mut Sheet) {
        let size = self.size;
        let sample = 2.0 * size;
        let items: Vec<(Tone, String, f64)> = legend
            .iter()
            .map(|(tone, words)| {
                let words = short(words, size, self.width - sample - GAP * size);
                let wide = sample + 0.4f64.mul_add(size, estimate(&words, size)) + size;
                (*tone, words, wide)
            })
            .collect();
        let mut rest = items.as_slice();
        while !rest.is_empty() {
            let mut used = 0.0;
            let fits = |(_, _, wide): &&(Tone, String, f64)| {
                used += wide;
                used - size <= self.width
            };
            let count = rest.iter().take_while(fits).count().max(1);
            let (line, behind) = rest.split_at(count.min(rest.len()));
            let all = line.iter().map(|(_, _, wide)| wide).sum::<f64>() - size;
            let mut x = ((self.width - all) / 2.0).max(0.0);
            let middle = sheet.y + LEADING * size / 2.0;
            for (tone, words, wide) in line {
                let at = (x, middle - 0.4 * size, sample, 0.8 * size);
                sheet.shapes.push(Shape::Part { at, tone: *tone });
                sheet.words((x + sample + 0.4 * size, middle), Anchor::Start, words.clone());
                x += wide;
            }
            sheet.y += LEADING * size;
            rest = behind;
        }
    }

    fn bar(&self, bar: &Bar, sheet: &mut Sheet) {
        let size = self.size;
        let middle = sheet.y + self.row() / 2.0;
        let label = short(&bar.label, size, self.left - GAP * size);
        sheet.words((self.left - GAP * size, middle), Anchor::End, label);
        let mut sum = 0.0;
        for (tone, part) in &bar.parts {
            let from = self.place(sum);
            sum += value(*part).max(0.0);
            let to = self.place(sum);
            if to > from {
                let at = (from, middle - THICK * size / 2.0, to - from, THICK * size);
                sheet.shapes.push(Shape::Part { at, tone: *tone });
            }
        }
        if sum > self.full * (1.0 + 1e-9) {
            let (back, high) = (self.right + 0.1 * size, THICK * size / 2.0);
            let tip = (self.right + (GAP - 0.1) * size, middle);
            sheet.rule((back, middle - high), tip, false);
            sheet.rule((back, middle + high), tip, false);
        }
        let figure = short(&bar.figure, size, self.width - self.right - GAP * size);
        sheet.words((self.width, middle), Anchor::End, figure);
        sheet.y += self.row();
    }
}

/// Shapes being gathered, from the top.
struct Sheet {
    shapes: Vec<Shape>,
    size: f64,
    y: f64,
}

impl Sheet {
    /// Words on a line of their own.
    fn line(&mut self, (x, anchor, text): (f64, Anchor, String)) {
        self.words((x, self.y + LEADING * self.size / 2.0), anchor, text);
        self.y += LEADING * self.size;
    }

    /// Words whose middle stands at this height.
    fn words(&mut self, (x, middle): (f64, f64), anchor: Anchor, text: String) {
        if !text.is_empty() {
            let at = (x, FOOT.mul_add(self.size, middle));
            self.shapes.push(Shape::Words { at, size: self.size, anchor, text });
        }
    }

    fn rule(&mut self, from: (f64, f64), to: (f64, f64), dashed: bool) {
        self.shapes.push(Shape::Line { from, to, dashed });
    }
}

fn value(of: Decimal) -> f64 {
    of.to_f64().unwrap_or(0.0)
}

/// The number, or 1 where it is none or not above zero.
fn positive(number: f64) -> f64 {
    if number.is_finite() && number > 0.0 { number } else { 1.0 }
}

#[cfg(test)]
mod tests;
