//! What an attacker writes where a name or a sentence is due.

/// A piece of each kind: escapes of terminals (colour, title, clipboard, link, device control, bare), bell, backspace, return, form feed,
/// C1 controls, direction, zero width, tags, shape selectors, other line ends, and letters buried under marks.
pub(crate) const PIECES: [&str; 26] = [
    "\u{1b}[31m",
    "\u{1b}]0;被改的标题\u{7}",
    "\u{1b}]52;c;cm0gLXJmIH4K\u{7}",
    "\u{1b}]8;;http://evil.example/\u{1b}\\",
    "\u{1b}P$q\u{1b}\\",
    "\u{1b}",
    "\u{7}",
    "\u{8}\u{8}",
    "\r",
    "\u{c}",
    "\u{0}",
    "\u{7f}",
    "\u{85}",
    "\u{9b}31m",
    "\u{9d}0;x\u{9c}",
    "\u{202e}",
    "\u{2066}",
    "\u{200f}",
    "\u{200b}",
    "\u{2060}",
    "\u{feff}",
    "\u{e0041}\u{e007f}",
    "\u{fe0f}",
    "\u{ad}",
    "\u{2028}",
    "\u{336}\u{336}\u{336}\u{336}\u{336}\u{336}\u{336}\u{336}\u{336}\u{336}\u{336}\u{336}",
];

/// All of them, with visible characters around: what is left of it is what may be shown.
pub(crate) fn all() -> String {
    format!("恶{}意", PIECES.concat())
}

/// Without the zero byte, which no argument of a program can hold.
pub(crate) fn argument() -> String {
    all().replace('\0', "")
}

/// A name of the length that names may have.
pub(crate) fn name() -> String {
    "恶\u{1b}]0;x\u{7}\u{9b}31m\u{202e}\u{200b}\u{2028}\u{e0041}\r\n意".to_owned()
}
