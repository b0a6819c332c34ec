//! How cells look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::model::Light;
use crate::report::model::Align;

/// The formats of a workbook.
#[derive(Debug, Clone)]
pub(super) struct Looks {
    pub(super) title: Format,
    pub(super) heading: Format,
    pub(super) text: Format,
    pub(super) head: Format,
    left: Format,
    right: Format,
    middle: Format,
    pub(super) figure: Format,
}

impl Looks {
    pub(super) fn new() -> Self {
        let song = Format::new().set_font_name("宋体").set_font_size(10.5).set_align(FormatAlign::VerticalCenter);
        let cell = song.clone().set_border(FormatBorder::Thin).set_text_wrap();
        Self {
            title: Format::new()
                .set_font_name("方正小标宋简体")
                .set_font_size(18)
                .set_text_wrap()
                .set_align(FormatAlign::Center),
            heading: Format::new().set_font_name("黑体").set_font_size(12).set_text_wrap(),
            text: song.set_text_wrap().set_align(FormatAlign::Top),
            head: cell
                .clone()
                .set_font_name("黑体")
                .set_align(FormatAlign::Center)
                .set_background_color(Color::RGB(0x00F2_F2F2)),
            left: cell.clone().set_align(FormatAlign::Left),
            right: cell.clone().set_align(FormatAlign::Right),
            middle: cell.clone().set_align(FormatAlign::Center),
            figure: cell.set_align(FormatAlign::Right),
        }
    }

    pub(super) const fn cell(&self, align: Align) -> &Format {
        match align {
            Align::Left => &self.left,
            Align::Right => &self.right,
            Align::Center => &self.middle,
        }
    }
}

/// How a light's cell looks by condition: ground and letters.
pub(super) fn of_light(light: Light) -> Format {
    let (ground, letters) = match light {
        Light::Red => (0x00FF_C7CE, 0x009C_0006),
        Light::Yellow => (0x00FF_EB9C, 0x007F_6000),
        Light::Green => (0x00C6_EFCE, 0x0000_6100),
        Light::Grey => (0x00E7_E6E6, 0x0040_4040),
    };
    Format::new().set_background_color(Color::RGB(ground)).set_font_color(Color::RGB(letters))
}
