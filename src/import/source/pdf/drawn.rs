//! What a page draws: characters with their places, ruled lines, pictures. Everything else is let go.

use super::radicals::written;
use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point};

use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};

/// A character on a page. Lengths are in points, from the upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    pub(super) c: char,
    pub(super) x: f64,
    /// Its base line.
    pub(super) y: f64,
    pub(super) size: f64,
    pub(super) width: f64,
}

/// A ruled line: where it stands, and from where to where it goes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    pub(super) at: f64,
    pub(super) from: f64,
    pub(super) to: f64,
}

/// What was drawn on a page.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub(super) glyphs: Vec<Glyph>,
    /// Ruled lines from left to right.
    pub(super) across: Vec<Rule>,
    /// Ruled lines from top to bottom.
    pub(super) down: Vec<Rule>,
    pub(super) pictures: usize,
    /// Characters of which the font does not say what they are.
    pub(super) unknown: usize,
    /// Characters whose lines go down or up the page, by quarters of a turn.
    turned: [Vec<Glyph>; 3],
    /// How much has been drawn on all pages.
    work: usize,
}

/// More drawing than a notice of a thousand pages has, counted in characters; forms that draw each other over and over are
/// stopped there.
const MOST_WORK: usize = 6_000_000;
/// What a picture or a form costs, in characters.
const FORM: usize = 40;
/// More ruled lines than a page has.
const MOST_RULES: usize = 20_000;
/// A line is no thicker, in points.
const THICKEST: f64 = 2.5;
/// A shorter stroke is part of a drawing.
const SHORTEST: f64 = 4.0;
/// Nothing of a page lies further out, in points.
const FURTHEST: f64 = 20_000.0;

/// What unwinds out of the library when a page draws without end.
pub(super) struct TooMuch;

impl Drawn {
    /// A page to draw on, after pages on which so much was drawn.
    pub(super) fn after(work: usize) -> Self {
        Self { work, ..Self::default() }
    }

    /// The page as it is read: where most characters stand on their side, the page is turned.
    pub(super) fn upright(mut self) -> (Self, usize) {
        let work = self.work;
        let most = self.turned.iter().map(Vec::len).max().unwrap_or(0);
        let turn = self.turned.iter().position(|glyphs| glyphs.len() == most && most > self.glyphs.len());
        if let Some(glyphs) = turn.and_then(|turn| self.turned.get_mut(turn)) {
            self.glyphs = std::mem::take(glyphs);
            let (across, down) = (std::mem::take(&mut self.across), std::mem::take(&mut self.down));
            let moved = |rule: Rule| Rule { at: -rule.at, ..rule };
            let turned = |rule: Rule| Rule { at: rule.at, from: -rule.to, to: -rule.from };
            let both = |rule: Rule| Rule { at: -rule.at, from: -rule.to, to: -rule.from };
            let all = |rules: Vec<Rule>, how: &dyn Fn(Rule) -> Rule| rules.into_iter().map(how).collect();
            (self.across, self.down) = match turn {
                // Lines of text go down the page: what was across is down.
                Some(0) => (all(down, &moved), all(across, &turned)),
                Some(1) => (all(across, &both), all(down, &both)),
                _ => (all(down, &turned), all(across, &moved)),
            };
        }
        (self, work)
    }

    fn worked(&mut self, more: usize) {
        self.work = self.work.saturating_add(more);
        if self.work > MOST_WORK {
            // The library asks nobody whether to go on. This is no panic: no hook runs, and `caught` is waiting for it.
            std::panic::resume_unwind(Box::new(TooMuch));
        }
    }

    fn rule(&mut self, a: Point, b: Point) {
        let (dx, dy) = ((a.x - b.x).abs(), (a.y - b.y).abs());
        let sound = [a.x, a.y, b.x, b.y].iter().all(|value| value.abs() < FURTHEST);
        if !sound || self.across.len() + self.down.len() >= MOST_RULES {
            return;
        }
        if dy <= THICKEST && dx >= SHORTEST {
            self.across.push(Rule { at: f64::midpoint(a.y, b.y), from: a.x.min(b.x), to: a.x.max(b.x) });
        } else if dx <= THICKEST && dy >= SHORTEST {
            self.down.push(Rule { at: f64::midpoint(a.x, b.x), from: a.y.min(b.y), to: a.y.max(b.y) });
        }
    }

    fn put(&mut self, c: char, place: &Affine, advance: f64) {
        let c = written(c);
        let [right, down, up, upright, x, y] = place.as_coeffs();
        // A glyph's own space has a thousand units.
        let (wide, high) = (right.hypot(down) * 1000.0, up.hypot(upright) * 1000.0);
        let sound = x.abs() < FURTHEST && y.abs() < FURTHEST && (0.5..2000.0).contains(&high);
        if !sound {
            return;
        }
        let width = (wide * advance / 1000.0).clamp(0.0, 4.0 * high);
        let slant = 0.2 * right.abs().max(down.abs());
        let glyph = |x, y| Glyph { c, x, y, size: high, width };
        if down.abs() < slant && right > 0.0 {
            self.glyphs.push(glyph(x, y));
        } else if right.abs() < slant && down > 0.0 {
            self.turned[0].push(glyph(y, -x));
        } else if down.abs() < slant {
            self.turned[1].push(glyph(-x, -y));
        } else if right.abs() < slant {
            self.turned[2].push(glyph(-y, x));
        }
    }
}

impl<'a> Device<'a> for Drawn {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.worked(path.elements().len());
        if matches!(mode, DrawMode::Invisible) || path.elements().len() > 2000 {
            return;
        }
        if matches!(mode, DrawMode::Fill(_)) {
            // A filled box as thin as a line is one. Each box of the path by itself.
            let mut corners: Vec<Point> = Vec::new();
            for element in path.elements() {
                match element {
                    PathEl::MoveTo(to) => {
                        self.thin_box(&corners);
                        corners = vec![props.transform * *to];
                    }
                    PathEl::LineTo(to) => corners.push(props.transform * *to),
                    PathEl::QuadTo(..) | PathEl::CurveTo(..) => corners.push(Point::new(f64::NAN, f64::NAN)),
                    PathEl::ClosePath => {}
                }
            }
            self.thin_box(&corners);
            return;
        }
        let (mut first, mut last) = (None, None);
        for element in path.elements() {
            match element {
                PathEl::MoveTo(to) => {
                    let to = props.transform * *to;
                    (first, last) = (Some(to), Some(to));
                }
                PathEl::LineTo(to) => {
                    let to = props.transform * *to;
                    if let Some(from) = last {
                        self.rule(from, to);
                    }
                    last = Some(to);
                }
                PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => last = Some(props.transform * *to),
                PathEl::ClosePath => {
                    if let (Some(from), Some(to)) = (last, first) {
                        self.rule(from, to);
                    }
                    last = first;
                }
            }
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.worked(FORM);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.worked(FORM);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        self.worked(run.glyphs().len());
        for glyph in run.glyphs() {
            let advance = match &**glyph {
                hayro_interpret::font::Glyph::Outline(outline) => outline.advance_width(),
                hayro_interpret::font::Glyph::Type3(_) => None,
            };
            let advance = advance.map_or(1000.0, f64::from);
            let place = props.transform * glyph.transform();
            match glyph.as_unicode() {
                Some(BfString::Char(c)) => self.put(c, &place, advance),
                Some(BfString::String(text)) => {
                    // A ligature: its characters share its width.
                    let share = advance / f64::from(u32::try_from(text.chars().count().max(1)).unwrap_or(1));
                    let mut at = place;
                    for c in text.chars() {
                        self.put(c, &at, share);
                        at *= Affine::translate((share, 0.0));
                    }
                }
                None => self.unknown += 1,
            }
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.worked(FORM);
        self.pictures += 1;
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

impl Drawn {
    fn thin_box(&mut self, corners: &[Point]) {
        let sides = |of: fn(&Point) -> f64| {
            let low = corners.iter().map(of).fold(f64::INFINITY, f64::min);
            let high = corners.iter().map(of).fold(f64::NEG_INFINITY, f64::max);
            (low, high)
        };
        if !(2..=6).contains(&corners.len()) || corners.iter().any(|corner| !corner.is_finite()) {
            return;
        }
        let ((left, right), (top, bottom)) = (sides(|corner| corner.x), sides(|corner| corner.y));
        let (x, y) = (f64::midpoint(left, right), f64::midpoint(top, bottom));
        if bottom - top <= THICKEST {
            self.rule(Point::new(left, y), Point::new(right, y));
        } else if right - left <= THICKEST {
            self.rule(Point::new(x, top), Point::new(x, bottom));
        }
    }
}
