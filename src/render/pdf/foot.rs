//! The feet of the pages: the number, and opposite what the report was made from and whether it is made up.

use super::flow::Flow;
use super::line::{Line, Type};
use super::sheet::{BLACK, Item, Shape, area, mm};
use crate::catalog::Say;
use crate::render::fonts::Face;
use crate::render::page::{SIZE_4, SIZE_5_SMALL};
use crate::report::Report;
use crate::text::one_line;

/// How far the dashes are below the area, in millimetres (7.5).
const BELOW: f64 = 7.0;
/// How high the dashes are over the line of writing, in parts of the size.
const DASH: f64 = 0.36;

/// Numbers all pages: right on odd ones, left on even ones, one character free (7.5). On a page that lies the foot is where it is on
/// the others (clause 8).
pub(super) fn feet(flow: &mut Flow<'_>, report: &Report) {
    let demo = if report.demo { report.lang.say(Say::ReportDemo) } else { "" };
    let mark = one_line(&report.mark).text;
    let words = [demo, &mark].into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join("　");
    let upright = area(false);
    let y = upright.top + upright.height + mm(BELOW) + DASH * SIZE_4;
    let (left, right) = (upright.left + SIZE_4, upright.left + upright.width - SIZE_4);
    let (large, small) = (Type::of(Face::Song, SIZE_4), Type::of(Face::Song, SIZE_5_SMALL));
    let faces = flow.faces;
    for (at, sheet) in flow.sheets.iter_mut().enumerate() {
        let number = faces.line(&format!("— {} —", at + 1), large);
        let mark = faces.short(&words, small, right - left - number.width - SIZE_4 * 2.0);
        let odd = at % 2 == 0;
        let turned = sheet.lies;
        let mut put = |line: Line, kind: Type, at_right: bool| {
            let x = if at_right { right - line.width } else { left };
            if !line.glyphs.is_empty() {
                sheet.items.push(Item { of: None, turned, shape: Shape::Words { at: (x, y), line, kind, ink: BLACK } });
            }
        };
        put(number, large, odd);
        put(mark, small, !odd);
    }
}
