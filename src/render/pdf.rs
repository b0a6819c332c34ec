//! PDF: the report typeset by ours in the geometry of GB/T 9704-2012, its fonts embedded and subset. The same report with the same fonts
//! gives the same bytes.
//!
//! ```text
//! report → flow (opening, blocks, table, charts, closing, foot) → sheets: what stands where → paint → the file
//! ```

mod blocks;
mod charts;
mod closing;
mod face;
mod flow;
mod foot;
mod line;
mod opening;
mod paint;
mod sheet;
mod table;
mod title;

use face::Faces;
use flow::Flow;

use super::{Fonts, RenderError, Tell};
use crate::report::Report;

/// The report as a file. Tells how many blocks of text are set, of how many.
///
/// # Errors
/// When a font cannot be used.
pub fn render(report: &Report, fonts: &Fonts, tell: Tell<'_>) -> Result<Vec<u8>, RenderError> {
    let faces = Faces::new(fonts)?;
    let flow = set(report, &faces, tell);
    paint::paint(report, &faces, &flow)
}

/// The characters of a report that none of the fonts has; a `〓` stands in the place of each.
///
/// # Errors
/// When a font cannot be used.
pub fn missing(report: &Report, fonts: &Fonts) -> Result<Vec<char>, RenderError> {
    let faces = Faces::new(fonts)?;
    set(report, &faces, &mut |_, _| {});
    Ok(faces.missing())
}

fn set<'a>(report: &'a Report, faces: &'a Faces<'a>, tell: Tell<'_>) -> Flow<'a> {
    let mut flow = Flow::new(faces, report.lang);
    // Where a wide table is all there is, its title stands with it.
    let bare = report.head.is_none() && report.addressees.is_empty();
    flow.orient(bare && blocks::lies(&report.blocks, false));
    opening::opening(&mut flow, report);
    let mut progress = blocks::Progress { done: 0, all: report.all_blocks().count(), tell };
    blocks::blocks(&mut flow, &report.blocks, "", &mut progress);
    closing::attachment_list(&mut flow, report);
    closing::signature(&mut flow, report);
    for (at, attachment) in report.attachments.iter().enumerate() {
        opening::attachment(&mut flow, report, at, attachment);
        blocks::blocks(&mut flow, &attachment.blocks, &attachment.title, &mut progress);
    }
    closing::colophon(&mut flow, report);
    foot::feet(&mut flow, report);
    flow
}

#[cfg(test)]
mod tests;
