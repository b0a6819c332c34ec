//! Styles by meaning. 16 ANSI colours on the terminal's own background; without colour, weight and reverse video alone.

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
        self.tinted(Style::new().add_modifier(Modifier::BOLD), Color::Cyan)
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
        self.tinted(Style::new().add_modifier(Modifier::BOLD), Color::Cyan)
    }

    /// Something that went well.
    pub const fn good(self) -> Style {
        self.tinted(Style::new(), Color::Green)
    }

    /// Something that did not.
    pub const fn bad(self) -> Style {
        self.tinted(Style::new().add_modifier(Modifier::BOLD), Color::Red)
    }

    /// Something to look at.
    pub const fn warn(self) -> Style {
        self.tinted(Style::new(), Color::Yellow)
    }

    /// A light's mark and word.
    pub const fn light(self, light: Light) -> Style {
        match light {
            Light::Red => self.bad(),
            Light::Yellow => self.warn(),
            Light::Grey => Style::new(),
            Light::Green => self.good(),
        }
    }
}
