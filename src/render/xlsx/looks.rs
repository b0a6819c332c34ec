//! How cells look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use crate::model::Light;
use crate::report::model::Align;

/// How a line of running text looks.
#[derive(Debug, Clone)]
pub(super) struct Look {
    pub(super) format: Format,
    /// The size of its type, in points.
    pub(super) size: f64,
}

/// The size of the type in tables and running text, in points.
pub(super) const SIZE: f64 = 10.5;

/// The formats of a workbook.
#[derive(Debug, Clone)]
pub(super) struct Looks {
    pub(super) title: Look,
    pub(super) heading: Look,
    pub(super) text: Look,
    pub(super) head: Format,
    left: Format,
    right: Format,
    middle: Format,
    pub(super) figure: Format,
}

impl Looks {
    pub(super) fn new() -> Self {
        let song = Format::new().set_font_name("宋体").set_font_size(SIZE).set_align(FormatAlign::VerticalCenter);
        let cell = song.clone().set_border(FormatBorder::Thin).set_text_wrap();
        Self {
            title: look("方正小标宋简体", 18.0, FormatAlign::Center),
            heading: look("黑体", 12.0, FormatAlign::Left),
            text: look("宋体", SIZE, FormatAlign::Left),
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

fn look(font: &str, size: f64, align: FormatAlign) -> Look {
    let format = Format::new().set_font_name(font).set_font_size(size).set_text_wrap();
    Look { format: format.set_align(align).set_align(FormatAlign::VerticalCenter), size }
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
