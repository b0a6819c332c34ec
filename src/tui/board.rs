//! 总览 and the pages of a leader, a unit, an area: one board, narrowed to whom it is for.

mod figures;

use std::sync::Arc;

use super::stand::on_its_line;
use super::state::Cursor;
use crate::model::ItemKey;
use crate::report::For;

pub use figures::{Change, Counted, Entry, Figures};

/// A part of a board, in the order of Tab.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// 催办: what needs a phone call, and why.
    Chase,
    /// 亮灯: bars of lights by leader, unit and area.
    Lights,
    /// The items of a page, the worst first.
    Items,
    /// 热图: rows × areas.
    Heat,
    /// 对比: this period beside the one before.
    Compare,
    /// 图: the charts of the bulletin.
    Charts,
}

impl Part {
    const ALL: [Self; 6] = [Self::Chase, Self::Lights, Self::Items, Self::Heat, Self::Compare, Self::Charts];
}

/// A board: what it is for, its figures, where its cursors stand.
#[derive(Debug, Clone)]
pub struct Board {
    /// For whom.
    pub of: For,
    /// The part that has the keyboard.
    pub part: Part,
    /// 催办: only what has this reason (by [`Reason::name`](crate::report::Reason::name)).
    pub narrow: Option<&'static str>,
    /// What it shows, as of one state of the ledger.
    pub figures: Arc<Figures>,
    /// 催办: the places in the chase list that are shown.
    pub chased: Vec<usize>,
    /// 催办.
    pub chase: Cursor,
    /// 亮灯.
    pub lights: Cursor,
    /// The items.
    pub items: Cursor,
    /// 对比.
    pub compare: Cursor,
    /// 图: lines scrolled.
    pub scroll: usize,
    /// 热图: the row.
    pub heat: Cursor,
    /// 热图: the column; 0 is 全市.
    pub column: usize,
    /// 热图: the first area shown.
    pub left: usize,
    /// Somebody else's commit took what stood under the cursor out of its list: nothing is under it until it moves.
    pub lost: bool,
}

/// What a line of a board is about, wherever it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
enum About {
    Item(ItemKey),
    Bar(For),
}

impl Board {
    /// A board for somebody, not filled yet.
    pub fn new(of: For) -> Self {
        Self {
            of,
            part: Part::Chase,
            narrow: None,
            figures: Arc::default(),
            chased: Vec::new(),
            chase: Cursor::default(),
            lights: Cursor::default(),
            items: Cursor::default(),
            compare: Cursor::default(),
            scroll: 0,
            heat: Cursor::default(),
            column: 0,
            left: 0,
            lost: false,
        }
    }

    /// Its parts, in the order of Tab. A page has its items in place of the bars; who has no rows has no heat map.
    pub fn parts(&self) -> Vec<Part> {
        let second = if self.of == For::All { Part::Lights } else { Part::Items };
        let heat = (!self.figures.heat.is_empty()).then_some(Part::Heat);
        let charts = (self.of == For::All).then_some(Part::Charts);
        [Some(Part::Chase), Some(second), heat, Some(Part::Compare), charts].into_iter().flatten().collect()
    }

    /// The item under the cursor.
    pub fn item(&self) -> Option<ItemKey> {
        match self.under(self.part).filter(|_| !self.lost)? {
            About::Item(item) => Some(item),
            About::Bar(_) => None,
        }
    }

    /// Whose page would be opened from here: a bar's, or the area's under the cursor of the heat map.
    pub fn page(&self) -> Option<For> {
        match (self.part, self.under(self.part).filter(|_| !self.lost)?) {
            (Part::Lights, About::Bar(of)) => Some(of),
            (Part::Heat, _) => {
                let area = self.column.checked_sub(1).and_then(|at| self.figures.areas.get(at))?;
                Some(For::Area(Arc::clone(area)))
            }
            _ => None,
        }
    }

    /// What stands under the cursor of a part.
    fn under(&self, part: Part) -> Option<About> {
        self.about(part, self.cursor(part).at)
    }

    /// What a line of a part is about; 图 has none.
    fn about(&self, part: Part, at: usize) -> Option<About> {
        let figures = &self.figures;
        match part {
            Part::Chase => self.chased.get(at).and_then(|at| figures.chase.get(*at)).map(|one| About::Item(one.item)),
            Part::Lights => figures.lights.get(at).and_then(Entry::about),
            Part::Items => figures.items.get(at).and_then(Entry::about),
            Part::Heat => figures.heat.get(at).map(|(item, _)| About::Item(*item)),
            Part::Compare => figures.compare.get(at).and_then(Entry::about),
            Part::Charts => None,
        }
    }

    /// The lines of a part.
    fn len(&self, part: Part) -> usize {
        match part {
            Part::Chase => self.chased.len(),
            Part::Lights => self.figures.lights.len(),
            Part::Items => self.figures.items.len(),
            Part::Heat => self.figures.heat.len(),
            Part::Compare => self.figures.compare.len(),
            Part::Charts => 0,
        }
    }

    fn cursor(&self, part: Part) -> Cursor {
        match part {
            Part::Chase => self.chase,
            Part::Lights => self.lights,
            Part::Items => self.items,
            Part::Heat => self.heat,
            Part::Compare => self.compare,
            Part::Charts => Cursor::default(),
        }
    }

    fn put_cursor(&mut self, part: Part, cursor: Cursor) {
        match part {
            Part::Chase => self.chase = cursor,
            Part::Lights => self.lights = cursor,
            Part::Items => self.items = cursor,
            Part::Heat => self.heat = cursor,
            Part::Compare => self.compare = cursor,
            Part::Charts => {}
        }
    }

    /// Narrows 催办 to the next reason that is there; after the last one everything is shown again.
    pub fn narrow_on(&mut self) {
        let kinds = &self.figures.kinds;
        let next = match self.narrow {
            None => 0,
            Some(kind) => kinds.iter().position(|(known, _)| *known == kind).map_or(0, |at| at + 1),
        };
        self.narrow = kinds.get(next).map(|(kind, _)| *kind);
        (self.chase, self.lost) = (Cursor::default(), false);
        self.refill();
    }

    /// Takes new figures. Every cursor stays on what it stands on, and that on its line of the screen. What somebody else's
    /// commit (`foreign`) took out of the list under the cursor leaves nothing there; after one's own the cursor is on what comes
    /// next.
    pub fn take(&mut self, figures: Arc<Figures>, foreign: bool) {
        let stood = Part::ALL.map(|part| (part, self.under(part)));
        self.figures = figures;
        if self.narrow.is_some_and(|kind| self.figures.kinds.iter().all(|(known, _)| *known != kind)) {
            self.narrow = None;
        }
        self.refill();
        for (part, about) in stood.into_iter().filter(|(_, about)| about.is_some()) {
            let cursor = self.cursor(part);
            let places = (0..self.len(part)).filter(|at| self.about(part, *at) == about);
            // 对比 may list an item twice.
            match places.min_by_key(|at| at.abs_diff(cursor.at)) {
                Some(at) => self.put_cursor(part, on_its_line(cursor, at)),
                None => self.lost |= foreign && part == self.part,
            }
        }
        if !self.parts().contains(&self.part) {
            self.part = Part::Chase;
        }
    }

    fn refill(&mut self) {
        let wanted = |one: &crate::report::ToChase| {
            self.narrow.is_none_or(|kind| one.reasons.iter().any(|reason| reason.name() == kind))
        };
        let list = self.figures.chase.iter().enumerate();
        self.chased = list.filter(|(_, one)| wanted(one)).map(|(at, _)| at).collect();
    }
}
