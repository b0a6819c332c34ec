//! From one frame to the next in few bytes: what a slow line carries.
//!
//! Three things that a stock backend does not do: no cursor move before each wide glyph; the rest of a line is erased
//! rather than overwritten with spaces; lines that moved as a whole are moved by the terminal (its scroll region) and only
//! the new one is sent. An identical frame sends nothing.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier};

use crate::output::terminal::Ability;
use crate::text::is_unwanted;
use crate::text::width::{is_ambiguous, width};

/// Rows that have to match before moving lines is worth its bytes.
const WORTH_SCROLLING: u16 = 3;
/// The farthest that lines are looked for, in rows.
const FARTHEST_SCROLL: u16 = 4;
/// As many blanks cost no more than a cursor move.
const CHEAP_BLANKS: u16 = 3;
/// A frame longer than this is sent as one synchronized update, so that it does not tear.
const SYNCHRONIZED_FROM: usize = 200;

/// Turns frames into bytes, knowing what the terminal shows already.
#[derive(Debug)]
pub struct Painter {
    ability: Ability,
    /// Whether the terminal has said how wide it shows what it was asked about.
    told: bool,
    shown: Buffer,
    cursor: Option<Position>,
    at: Option<Position>,
    fresh: bool,
    cursor_visible: bool,
    fg: Color,
    bg: Color,
    modifier: Modifier,
    out: String,
}

impl Painter {
    /// A painter for a terminal that can do so much, and of which it is not known what it shows.
    pub fn new(ability: Ability) -> Self {
        Self {
            ability,
            told: false,
            shown: Buffer::empty(Rect::ZERO),
            cursor: None,
            at: None,
            fresh: true,
            cursor_visible: true,
            fg: Color::Reset,
            bg: Color::Reset,
            modifier: Modifier::empty(),
            out: String::new(),
        }
    }

    /// Whether the terminal has said how wide it shows characters of ambiguous width.
    pub fn knows_widths(&mut self, told: bool) {
        self.told = told;
    }

    /// Forgets what the terminal shows: the next frame is sent whole.
    pub fn forget(&mut self) {
        self.fresh = true;
    }

    /// The bytes that bring the terminal from the last frame to this one; empty when nothing differs. `cursor` is where the
    /// real cursor stands while a field is edited, so that the input method's window follows it.
    pub fn frame(&mut self, next: &Buffer, cursor: Option<Position>) -> String {
        self.out.clear();
        if self.fresh || self.shown.area != next.area {
            self.start_over(next.area);
        } else if let Some(scroll) = find_scroll(&self.shown, next).filter(|_| self.ability.scrolls) {
            self.scroll(&scroll);
        }
        for y in 0..next.area.height {
            self.row(next, y);
        }
        self.place_cursor(cursor);
        self.shown.clone_from(next);
        if self.ability.synchronized && self.out.len() > SYNCHRONIZED_FROM {
            return format!("\x1b[?2026h{}\x1b[?2026l", self.out);
        }
        std::mem::take(&mut self.out)
    }

    fn start_over(&mut self, area: Rect) {
        self.out.push_str("\x1b[0m\x1b[H\x1b[2J");
        self.fg = Color::Reset;
        self.bg = Color::Reset;
        self.modifier = Modifier::empty();
        self.at = Some(Position::ORIGIN);
        self.shown = Buffer::empty(area);
        self.fresh = false;
    }

    fn row(&mut self, next: &Buffer, y: u16) {
        let columns = next.area.width;
        let blank_from = trailing_blank(next, y);
        let mut x = 0;
        // Beyond this column the terminal has lost half of a wide glyph, so the cell is sent whether it changed or not.
        let mut lost_until = 0;
        while x < columns {
            let Some(cell) = next.cell((x, y)) else { return };
            let wide = cell_width(cell);
            let before = self.shown.cell((x, y));
            let changed = x < lost_until || before != Some(cell);
            if !changed {
                x += wide;
                continue;
            }
            if x >= blank_from {
                self.style(&Cell::EMPTY);
                self.go(x, y);
                self.out.push_str("\x1b[K");
                return;
            }
            self.step_over(next, x, y);
            self.put(cell, x, y, wide, columns);
            for column in x..x + wide {
                let was = self.shown.cell((column, y)).map_or(1, cell_width);
                lost_until = lost_until.max(column + was);
            }
            x += wide;
        }
    }

    /// A few blanks that stand already are cheaper to send again than a cursor move.
    fn step_over(&mut self, next: &Buffer, x: u16, y: u16) {
        let Some(at) = self.at.filter(|at| at.y == y && at.x < x && x - at.x <= CHEAP_BLANKS) else { return };
        let plain = (self.fg, self.bg, self.modifier) == (Color::Reset, Color::Reset, Modifier::empty());
        if plain && (at.x..x).all(|column| next.cell((column, y)) == Some(&Cell::EMPTY)) {
            self.out.push_str(&" ".repeat(usize::from(x - at.x)));
            self.at = Some(Position::new(x, y));
        }
    }

    fn put(&mut self, cell: &Cell, x: u16, y: u16, wide: u16, columns: u16) {
        self.style(cell);
        self.go(x, y);
        self.symbol(cell.symbol(), wide);
        let after = x + wide;
        // In the last column terminals differ about where the cursor is, and after an ambiguous glyph about how far it went.
        let unsure = |c: char| is_ambiguous(c) && !(self.told && was_asked_about(c));
        let sure = after < columns && !cell.symbol().chars().any(unsure);
        self.at = sure.then_some(Position::new(after, y));
    }

    /// A glyph. What acts on a terminal stops here, from wherever it got into the frame.
    fn symbol(&mut self, symbol: &str, wide: u16) {
        let acts = |c: char| c == '\n' || is_unwanted(c);
        if !symbol.contains(acts) {
            self.out.push_str(symbol);
            return;
        }
        let safe: String = symbol.chars().filter(|c| !acts(*c)).collect();
        self.out.push_str(&safe);
        self.out.push_str(&" ".repeat(usize::from(wide).saturating_sub(width(&safe))));
    }

    fn go(&mut self, x: u16, y: u16) {
        let target = Position::new(x, y);
        match self.at {
            Some(at) if at == target => {}
            Some(at) if at.y == y && at.x < x => {
                let _ = write!(self.out, "\x1b[{}C", x - at.x);
            }
            Some(at) if at.y + 1 == y && x == 0 => self.out.push_str("\r\n"),
            _ if x == 0 => {
                let _ = write!(self.out, "\x1b[{}H", y + 1);
            }
            _ => {
                let _ = write!(self.out, "\x1b[{};{}H", y + 1, x + 1);
            }
        }
        self.at = Some(target);
    }

    fn style(&mut self, cell: &Cell) {
        let modifier = cell.modifier & (Modifier::BOLD | Modifier::UNDERLINED | Modifier::REVERSED);
        if (cell.fg, cell.bg, modifier) == (self.fg, self.bg, self.modifier) {
            return;
        }
        let mut codes: Vec<u8> = Vec::new();
        let dropped = !(self.modifier - modifier).is_empty();
        let to_default = (cell.fg == Color::Reset && self.fg != Color::Reset)
            || (cell.bg == Color::Reset && self.bg != Color::Reset);
        let (mut fg, mut bg, mut has) = (self.fg, self.bg, self.modifier);
        if dropped || to_default {
            codes.push(0);
            (fg, bg, has) = (Color::Reset, Color::Reset, Modifier::empty());
        }
        let added = modifier - has;
        for (flag, code) in [(Modifier::BOLD, 1), (Modifier::UNDERLINED, 4), (Modifier::REVERSED, 7)] {
            if added.contains(flag) {
                codes.push(code);
            }
        }
        if cell.fg != fg {
            codes.push(30 + ansi(cell.fg));
        }
        if cell.bg != bg {
            codes.push(40 + ansi(cell.bg));
        }
        let codes: Vec<String> =
            codes.iter().map(|code| if *code == 0 { String::new() } else { code.to_string() }).collect();
        let _ = write!(self.out, "\x1b[{}m", codes.join(";"));
        (self.fg, self.bg, self.modifier) = (cell.fg, cell.bg, modifier);
    }

    fn scroll(&mut self, scroll: &Scroll) {
        self.style(&Cell::EMPTY);
        let _ = write!(self.out, "\x1b[{};{}r", scroll.top + 1, scroll.bottom + 1);
        // Line feeds at the bottom and reverse line feeds at the top move the region on every terminal since the VT100.
        if scroll.up {
            let _ = write!(self.out, "\x1b[{}H", scroll.bottom + 1);
        } else {
            let _ = write!(self.out, "\x1b[{}H", scroll.top + 1);
        }
        for _ in 0..scroll.by {
            self.out.push_str(if scroll.up { "\n" } else { "\x1bM" });
        }
        self.out.push_str("\x1b[r");
        self.at = Some(Position::ORIGIN);
        let before = self.shown.clone();
        for y in scroll.top..=scroll.bottom {
            let from = if scroll.up { y.checked_add(scroll.by) } else { y.checked_sub(scroll.by) };
            let from = from.filter(|from| (scroll.top..=scroll.bottom).contains(from));
            for x in 0..before.area.width {
                let moved = from.and_then(|from| before.cell((x, from))).cloned().unwrap_or(Cell::EMPTY);
                if let Some(cell) = self.shown.cell_mut((x, y)) {
                    *cell = moved;
                }
            }
        }
    }

    fn place_cursor(&mut self, cursor: Option<Position>) {
        if !self.ability.hides_cursor {
            // Where no field is edited it stands in the corner, out of the way.
            let area = self.shown.area;
            let corner = Position::new(0, area.height.saturating_sub(1));
            let place = cursor.unwrap_or(corner);
            if self.at != Some(place) {
                self.go(place.x, place.y);
            }
            return;
        }
        match cursor {
            Some(position) => {
                if self.at != Some(position) || self.cursor != cursor {
                    self.go(position.x, position.y);
                }
                if !self.cursor_visible {
                    self.out.push_str("\x1b[?25h");
                }
            }
            None if self.cursor_visible => self.out.push_str("\x1b[?25l"),
            None => {}
        }
        self.cursor_visible = cursor.is_some();
        self.cursor = cursor;
    }
}

/// Whether the terminal was asked how wide it shows characters like this one: punctuation and lines.
const fn was_asked_about(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{203e}' | '\u{2500}'..='\u{257f}')
}

/// Columns of a cell's glyph, at least one.
fn cell_width(cell: &Cell) -> u16 {
    u16::try_from(width(cell.symbol())).unwrap_or(1).clamp(1, 2)
}

/// The column from which a row is blank in the default style.
fn trailing_blank(buffer: &Buffer, y: u16) -> u16 {
    let mut from = buffer.area.width;
    while from > 0 {
        let blank = buffer.cell((from - 1, y)).is_some_and(|cell| *cell == Cell::EMPTY);
        // The cell behind a wide glyph is blank too, but belongs to the glyph.
        let tail = from >= 2 && buffer.cell((from - 2, y)).is_some_and(|cell| cell_width(cell) == 2);
        if !blank || tail {
            break;
        }
        from -= 1;
    }
    from
}

/// The last digit of a colour's SGR code.
const fn ansi(color: Color) -> u8 {
    match color {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::White | Color::Gray => 7,
        _ => 9,
    }
}

/// Lines `top..=bottom` move by some rows.
#[derive(Debug, PartialEq, Eq)]
struct Scroll {
    top: u16,
    bottom: u16,
    by: u16,
    up: bool,
}

/// Looks for lines of the last frame that stand some rows higher or lower in this one. Whatever it answers, the frame comes
/// out right: cells that differ after the move are sent.
fn find_scroll(shown: &Buffer, next: &Buffer) -> Option<Scroll> {
    let rows = next.area.height;
    let changed: Vec<u16> = (0..rows).filter(|y| !same_row(shown, *y, next, *y)).collect();
    let (first, last) = (*changed.first()?, *changed.last()?);
    if last - first < WORTH_SCROLLING {
        return None;
    }
    let mut best: Option<(u16, Scroll)> = None;
    for by in 1..=FARTHEST_SCROLL {
        for up in [true, false] {
            let source = |y: u16| if up { y.checked_add(by).filter(|y| *y < rows) } else { y.checked_sub(by) };
            let matching: Vec<u16> = changed
                .iter()
                .copied()
                .filter(|y| source(*y).is_some_and(|from| same_row(shown, from, next, *y) && !blank_row(next, *y)))
                .collect();
            let gain = u16::try_from(matching.len()).unwrap_or(0);
            if gain < WORTH_SCROLLING || best.as_ref().is_some_and(|(most, _)| gain <= *most) {
                continue;
            }
            let (Some(a), Some(b)) = (matching.first(), matching.last()) else { continue };
            let (top, bottom) = if up { (*a, *b + by) } else { (*a - by, *b) };
            best = Some((gain, Scroll { top, bottom, by, up }));
        }
    }
    best.map(|(_, scroll)| scroll)
}

fn same_row(a: &Buffer, a_row: u16, b: &Buffer, b_row: u16) -> bool {
    (0..b.area.width).all(|x| a.cell((x, a_row)) == b.cell((x, b_row)))
}

fn blank_row(buffer: &Buffer, y: u16) -> bool {
    trailing_blank(buffer, y) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_a_cell_never_acts_and_moves_nothing() {
        for (symbol, sent) in [
            ("\u{1b}[6n", "[6n"),
            ("\u{9b}31m", "31m"),
            ("\u{7}", " "),
            ("\n", " "),
            ("\u{202e}", " "),
            ("督\u{200b}", "督"),
        ] {
            let mut next = Buffer::empty(Rect::new(0, 0, 8, 1));
            let mut painter = Painter::new(Ability::FULL);
            painter.frame(&next, None);
            if let Some(cell) = next.cell_mut((2, 0)) {
                cell.set_symbol(symbol);
            }
            assert_eq!(painter.frame(&next, None), format!("  {sent}"), "{symbol:?}");
        }
    }
}
