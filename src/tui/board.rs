//! 总览 and the pages of a leader, a unit, an area: one board, narrowed to whom it is for.

mod figures;

use std::sync::Arc;

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
        let of = |entries: &[Entry], cursor: Cursor| entries.get(cursor.at).and_then(Entry::item);
        match self.part {
            Part::Chase => {
                let at = self.chased.get(self.chase.at)?;
                self.figures.chase.get(*at).map(|one| one.item)
            }
            Part::Lights | Part::Charts => None,
            Part::Items => of(&self.figures.items, self.items),
            Part::Heat => self.figures.heat.get(self.heat.at).map(|(item, _)| *item),
            Part::Compare => of(&self.figures.compare, self.compare),
        }
    }

    /// Whose page would be opened from here: a bar's, or the area's under the cursor of the heat map.
    pub fn page(&self) -> Option<For> {
        match self.part {
            Part::Lights => match self.figures.lights.get(self.lights.at) {
                Some(Entry::Bar { of, .. }) => Some(of.clone()),
                _ => None,
            },
            Part::Heat => {
                let area = self.column.checked_sub(1).and_then(|at| self.figures.areas.get(at))?;
                Some(For::Area(Arc::clone(area)))
            }
            Part::Chase | Part::Items | Part::Compare | Part::Charts => None,
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
        self.chase = Cursor::default();
        self.refill();
    }

    /// Takes new figures; the cursor of 催办 stays on its item where that is still listed.
    pub fn take(&mut self, figures: Arc<Figures>) {
        let item = self.chased.get(self.chase.at).and_then(|at| self.figures.chase.get(*at)).map(|one| one.item);
        self.figures = figures;
        if self.narrow.is_some_and(|kind| self.figures.kinds.iter().all(|(known, _)| *known != kind)) {
            self.narrow = None;
        }
        self.refill();
        let same = |at: &usize| self.figures.chase.get(*at).map(|one| one.item) == item;
        if let Some(place) = self.chased.iter().position(same) {
            self.chase.at = place;
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
