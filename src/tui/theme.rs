//! Styles by meaning. Without colour, weight, underlines and reverse video alone.
//!
//! The terminal's background is its owner's choice: black, white, something between. Of the eight colours only red and magenta can be read
//! on both as text. What is yellow or green is black text on that colour, which can be read anywhere.

use ratatui::style::{Color, Modifier, Style};

use crate::model::Light;

/// What a piece of the screen looks like, by what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    color: bool,
}

impl Theme {
    /// With or without colour (`NO_COLOR`).
    pub const fn new(color: bool) -> Self {
        Self { color }
    }

    const fn tinted(self, style: Style, color: Color) -> Style {
        if self.color { style.fg(color) } else { style }
    }

    const fn painted(self, style: Style, (text, ground): (Color, Color)) -> Style {
        if self.color { style.fg(text).bg(ground) } else { style }
    }

    /// Ordinary text.
    pub const fn text(self) -> Style {
        Style::new()
    }

    /// The bar at the top.
    pub const fn bar(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// Titles and column heads.
    pub const fn title(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The title of the pane that has the keyboard.
    pub const fn focused(self) -> Style {
        self.key()
    }

    /// What is under the cursor.
    pub const fn selected(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// A hit of the search. Without a colour: a screen full of hits has to stay within its bytes.
    pub const fn hit(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED))
    }

    /// Words of a text that a target was read from.
    pub const fn phrase(self) -> Style {
        Style::new().add_modifier(Modifier::UNDERLINED)
    }

    /// A key in hints and help.
    pub const fn key(self) -> Style {
        if self.color { self.tinted(Style::new(), Color::Magenta) } else { Style::new().add_modifier(Modifier::BOLD) }
    }

    /// Something that went well.
    pub const fn good(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// Something that did not.
    pub const fn bad(self) -> Style {
        self.tinted(Style::new().add_modifier(Modifier::BOLD), Color::Red)
    }

    /// Something to look at.
    pub const fn warn(self) -> Style {
        self.painted(Style::new(), (Color::Black, Color::Yellow))
    }

    /// A line of an original that is spoken of.
    pub const fn marked(self) -> Style {
        if self.color { self.warn() } else { self.title() }
    }

    /// What is told of a light at length: nobody reads a page of yellow.
    pub const fn tone(self, light: Light) -> Style {
        match light {
            Light::Red => self.bad(),
            Light::Yellow => self.title(),
            Light::Grey | Light::Green => Style::new(),
        }
    }

    /// A light's mark and word. Nothing bold is to be laid over it: many terminals show bold black as grey.
    pub const fn light(self, light: Light) -> Style {
        match light {
            Light::Red => self.bad(),
            Light::Yellow => self.warn(),
            Light::Grey => Style::new(),
            Light::Green => self.painted(Style::new(), (Color::Black, Color::Green)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Colours of a terminal as it comes, 0 to 7 and bright: black, red, green, yellow, blue, magenta, cyan, white.
    type Palette = [u32; 16];

    const XTERM: Palette = [
        0x00_00_00, 0xcd_00_00, 0x00_cd_00, 0xcd_cd_00, 0x00_00_ee, 0xcd_00_cd, 0x00_cd_cd, 0xe5_e5_e5, 0x7f_7f_7f,
        0xff_00_00, 0x00_ff_00, 0xff_ff_00, 0x5c_5c_ff, 0xff_00_ff, 0x00_ff_ff, 0xff_ff_ff,
    ];
    const PUTTY: Palette = [
        0x00_00_00, 0xbb_00_00, 0x00_bb_00, 0xbb_bb_00, 0x00_00_bb, 0xbb_00_bb, 0x00_bb_bb, 0xbb_bb_bb, 0x55_55_55,
        0xff_55_55, 0x55_ff_55, 0xff_ff_55, 0x55_55_ff, 0xff_55_ff, 0x55_ff_ff, 0xff_ff_ff,
    ];
    const LINUX: Palette = [
        0x00_00_00, 0xaa_00_00, 0x00_aa_00, 0xaa_55_00, 0x00_00_aa, 0xaa_00_aa, 0x00_aa_aa, 0xaa_aa_aa, 0x55_55_55,
        0xff_55_55, 0x55_ff_55, 0xff_ff_55, 0x55_55_ff, 0xff_55_ff, 0x55_ff_ff, 0xff_ff_ff,
    ];

    /// The relative luminance of WCAG 2.
    fn luminance(color: u32) -> f64 {
        let channel = |shift: u32| {
            let value = f64::from((color >> shift) & 0xff) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
    }

    fn contrast(one: u32, other: u32) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn number(color: Color) -> usize {
        [Color::Black, Color::Red, Color::Green, Color::Yellow, Color::Blue, Color::Magenta, Color::Cyan, Color::White]
            .iter()
            .position(|one| *one == color)
            .unwrap()
    }

    /// All styles of a theme.
    fn styles(theme: Theme) -> Vec<Style> {
        let lights = Light::ALL.map(|light| theme.light(light));
        let others = [
            theme.text(),
            theme.bar(),
            theme.title(),
            theme.focused(),
            theme.selected(),
            theme.hit(),
            theme.phrase(),
            theme.key(),
            theme.good(),
            theme.bad(),
            theme.warn(),
        ];
        let tones = Light::ALL.map(|light| theme.tone(light).patch(theme.title()));
        lights.into_iter().chain(tones).chain(others).chain([theme.marked()]).collect()
    }

    #[test]
    fn every_colour_can_be_read_on_black_and_on_white() {
        const BLACK: u32 = 0;
        const WHITE: u32 = 0xff_ff_ff;
        for palette in [XTERM, PUTTY, LINUX] {
            for style in styles(Theme::new(true)) {
                let Some(fg) = style.fg else {
                    assert_eq!(style.bg, None, "text of the terminal's own colour on one of ours");
                    continue;
                };
                // Many terminals show bold text brighter, others do not.
                let bold = style.add_modifier.contains(Modifier::BOLD);
                let texts = [palette[number(fg)], palette[number(fg) + if bold { 8 } else { 0 }]];
                let grounds = style.bg.map_or(vec![BLACK, WHITE], |bg| vec![palette[number(bg)]]);
                for text in texts {
                    for ground in &grounds {
                        // 3 is enough for large text; the dark red of the Linux console, which shows bold text bright, is a little less.
                        let found = contrast(text, *ground);
                        assert!(found >= 2.7, "{style:?}: {text:06x} on {ground:06x}: {found:.1}");
                    }
                }
            }
        }
    }

    #[test]
    fn without_colour_there_is_none_and_what_differs_still_does() {
        let theme = Theme::new(false);
        assert!(styles(theme).iter().all(|style| style.fg.is_none() && style.bg.is_none()));
        assert_ne!(theme.focused(), theme.text());
        assert_ne!(theme.bad(), theme.text());
    }
}
