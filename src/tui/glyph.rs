//! The few characters that draw the screen, in two sets.
//!
//! Box-drawing characters and `…` are two columns wide on terminals that take ambiguous characters as wide; the ASCII set
//! is for those. `✓ ✗` have one width everywhere.

use crate::model::Light;

/// A set of drawing characters, each one column wide where it is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyphs {
    /// A horizontal rule.
    pub horizontal: &'static str,
    /// A vertical rule.
    pub vertical: &'static str,
    /// The corners of a frame: top left, top right, bottom left, bottom right.
    pub corners: [&'static str; 4],
    /// Cut text ends with this.
    pub ellipsis: &'static str,
    /// A sum that agrees.
    pub agrees: &'static str,
    /// A sum that differs.
    pub differs: &'static str,
    /// Somebody else is editing this.
    pub edited: &'static str,
    /// Marks of the lights: red, yellow, grey, green.
    lights: [&'static str; 4],
}

impl Glyphs {
    /// Unicode.
    pub const UNICODE: Self = Self {
        horizontal: "─",
        vertical: "│",
        corners: ["┌", "┐", "└", "┘"],
        ellipsis: "…",
        agrees: "✓",
        differs: "≠",
        edited: "✎",
        lights: ["✗", "!", "-", "✓"],
    };

    /// ASCII only, for terminals where box-drawing is two columns wide or missing.
    pub const ASCII: Self = Self {
        horizontal: "-",
        vertical: "|",
        corners: ["+", "+", "+", "+"],
        ellipsis: "~",
        agrees: "=",
        differs: "#",
        edited: "@",
        lights: ["x", "!", "-", "v"],
    };

    /// The mark of a light; its word stands beside it, colour never stands alone.
    pub const fn light(&self, light: Light) -> &'static str {
        let [red, yellow, grey, green] = self.lights;
        match light {
            Light::Red => red,
            Light::Yellow => yellow,
            Light::Grey => grey,
            Light::Green => green,
        }
    }
}
