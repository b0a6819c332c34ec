//! How a form's cells look: grey is locked, white is to be filled in.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// The formats of a form.
#[derive(Debug, Clone)]
pub(super) struct Looks {
    pub(super) title: Format,
    pub(super) plain: Format,
    pub(super) head: Format,
    pub(super) locked: Format,
    pub(super) text: Format,
    pub(super) number: Format,
}

impl Looks {
    pub(super) fn new() -> Self {
        let song = Format::new().set_font_name("宋体").set_font_size(10.5).set_align(FormatAlign::VerticalCenter);
        let cell = song.clone().set_border(FormatBorder::Thin).set_text_wrap();
        let input = cell.clone().set_unlocked().set_background_color(Color::RGB(0x00FF_FBE6));
        let grey = Color::RGB(0x00F2_F2F2);
        Self {
            title: Format::new().set_font_name("黑体").set_font_size(14),
            plain: song.set_text_wrap(),
            head: cell.clone().set_font_name("黑体").set_align(FormatAlign::Center).set_background_color(grey),
            locked: cell.set_background_color(grey),
            // As text: nothing typed there becomes a date or a formula.
            text: input.clone().set_num_format("@"),
            number: input.set_align(FormatAlign::Right).set_num_format("0.######"),
        }
    }
}
