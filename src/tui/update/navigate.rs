//! Moving about: screens, panes, cursors, filters, the search.

use super::super::deed::{Deed, Focus, Motion, Screen};
use super::super::field::Field;
use super::super::layout::Layout;
use super::super::sheet::Picking;
use super::super::state::{Cursor, Mode, Popup, State};
use super::super::view::PAGE;
use super::marks;

/// Carries out a deed that only moves about.
pub(super) fn perform(state: &mut State, deed: Deed) {
    match deed {
        Deed::Back => back(state),
        Deed::Help => state.popups.push(Popup::Help(0)),
        Deed::Palette => state.popups.push(Popup::Palette(Box::new(Field::line("")), Cursor::default())),
        Deed::Find => find(state),
        Deed::Go(screen) => go(state, screen),
        Deed::Focus(focus) => {
            go(state, Screen::Tasks);
            state.focus = focus;
        }
        Deed::NextPane(forward) => next_pane(state, forward),
        Deed::Step(motion) => step(state, motion),
        Deed::Narrow => {
            if let Some(board) = state.board_mut() {
                board.part = super::super::board::Part::Chase;
                board.narrow_on();
            }
        }
        Deed::Page(of) => super::board::open(state, of),
        Deed::Open(item) => state.popups.push(Popup::Detail(item, 0)),
        Deed::OpenCommit(seq) => state.popups.push(Popup::Commit(seq, 0)),
        Deed::ByLeader(leader) => {
            state.list.leader = leader;
            state.list.unit = None;
            filtered(state);
        }
        Deed::ByUnit(unit) => {
            state.list.unit = unit;
            state.list.leader = None;
            filtered(state);
        }
        Deed::ShowAll => {
            unfilter(state);
            state.list.query.clear();
            state.refill();
        }
        Deed::Sort => {
            (state.list.sort, state.list.reversed) = (state.list.sort.next(), false);
            state.refill();
            state.list.to_top();
        }
        Deed::Reverse => {
            state.list.reversed = !state.list.reversed;
            state.refill();
            state.list.to_top();
        }
        Deed::Mark => marks::one(state),
        Deed::MarkRange => marks::range(state),
        Deed::MarkAll => marks::all(state),
        Deed::Mode => {
            state.matrix.mode = match state.matrix.mode {
                Mode::Both => Mode::Target,
                Mode::Target => Mode::Done,
                Mode::Done => Mode::Percent,
                Mode::Percent => Mode::Gap,
                Mode::Gap => Mode::Both,
            };
        }
        Deed::Period(period) => {
            if matches!(state.popups.last(), Some(Popup::Pick(pick)) if pick.of == Picking::Periods) {
                state.popups.pop();
            }
            state.show_period(period);
        }
        // The others are carried out elsewhere.
        _ => {}
    }
}

fn go(state: &mut State, screen: Screen) {
    state.popups.clear();
    state.find = None;
    state.screen = screen;
    state.focus = Focus::List;
    (state.shown, state.scroll) = (crate::report::What::Bulletin, 0);
    state.board.part = super::super::board::Part::Chase;
    (state.board.lost, state.lost) = (false, false);
}

fn filtered(state: &mut State) {
    state.list.query.clear();
    state.refill();
    state.list.to_top();
    state.focus = Focus::List;
}

fn find(state: &mut State) {
    if !matches!(state.screen, Screen::Tasks | Screen::Matrix) {
        go(state, Screen::Tasks);
    }
    state.popups.clear();
    state.focus = Focus::List;
    let query = if state.screen == Screen::Matrix { &state.matrix.query } else { &state.list.query };
    state.find = Some(Field::line(query));
}

/// Takes one thing away at a time: popup, marks, search line, search, filter, pane.
fn back(state: &mut State) {
    if state.popups.pop().is_some() {
        return;
    }
    let in_list = state.screen == Screen::Tasks && state.focus == Focus::List && state.find.is_none();
    if in_list && marks::drop_all(state) {
        return;
    }
    let searched = state.screen == Screen::Matrix && !state.matrix.query.is_empty();
    if state.find.take().is_some() || searched {
        set_query(state, String::new());
    } else if state.screen != Screen::Tasks {
        go(state, Screen::Tasks);
    } else if state.focus != Focus::List {
        state.focus = Focus::List;
    } else if !state.list.query.is_empty() {
        set_query(state, String::new());
    } else if state.list.is_filtered() {
        unfilter(state);
        state.refill();
    }
}

/// No filter; the search and the order stay.
fn unfilter(state: &mut State) {
    let list = &mut state.list;
    (list.leader, list.unit) = (None, None);
    (list.light, list.status, list.filing, list.late) = (None, None, None, false);
}

/// Searches for something else on the screen shown.
pub(super) fn set_query(state: &mut State, query: String) {
    let searching = !query.is_empty();
    if state.screen == Screen::Matrix {
        state.matrix.query = query;
    } else {
        state.list.query = query;
    }
    state.refill();
    state.lost = false;
    // The best hit is the one wanted.
    match (searching, state.screen) {
        (false, _) => {}
        (true, Screen::Matrix) => state.matrix.cursor = Cursor::default(),
        (true, _) => state.list.to_top(),
    }
}

fn next_pane(state: &mut State, forward: bool) {
    if let Some(Popup::Form(form)) = state.popups.last_mut() {
        form.step(forward);
        return;
    }
    if let Some(Popup::Sheet(sheet)) = state.popups.last_mut() {
        sheet.step(forward);
        return;
    }
    if state.board_here().is_some() {
        super::board::next_part(state, forward);
        return;
    }
    if !state.popups.is_empty() {
        return;
    }
    if state.screen == Screen::Check {
        (state.checks_targets, state.lost) = (!state.checks_targets, false);
    } else if state.screen == Screen::Tasks {
        state.focus = match (state.focus, forward) {
            (Focus::List, true) | (Focus::Units, false) => Focus::Leaders,
            (Focus::Leaders, true) | (Focus::List, false) => Focus::Units,
            (Focus::Units, true) | (Focus::Leaders, false) => Focus::List,
        };
    } else if state.screen == Screen::Matrix {
        step(state, if forward { Motion::Right } else { Motion::Left });
    }
}

/// `at` after a motion over lines of which `page` are shown.
pub(super) fn moved(at: usize, motion: Motion, page: usize) -> usize {
    match motion {
        Motion::Up => at.saturating_sub(1),
        Motion::Down => at.saturating_add(1),
        Motion::PageUp => at.saturating_sub(page.max(1)),
        Motion::PageDown => at.saturating_add(page.max(1)),
        Motion::Top => 0,
        Motion::Bottom => usize::MAX,
        Motion::Left | Motion::Right => at,
    }
}

fn step(state: &mut State, motion: Motion) {
    let layout = Layout::of(state);
    let page = Layout::list_rows(layout.main);
    let limit = super::super::view::scroll_limit(state, &layout);
    if let Some(scroll) = state.popups.last_mut().and_then(Popup::scroll_mut) {
        *scroll = moved(*scroll, motion, page).min(limit);
        return;
    }
    match state.popups.last_mut() {
        Some(Popup::Block(pasted)) => {
            pasted.scroll = moved(pasted.scroll, motion, page).min(limit);
            return;
        }
        Some(Popup::Palette(_, cursor)) => {
            cursor.at = moved(cursor.at, motion, page).min(limit);
            return;
        }
        Some(Popup::Drafts(drafts, at)) => {
            *at = moved(*at, motion, page).min(drafts.len().saturating_sub(1));
            return;
        }
        Some(Popup::Pick(pick)) => {
            // What came up from below is the next one.
            if !(std::mem::take(&mut pick.lost) && motion == Motion::Down) {
                pick.cursor.at = moved(pick.cursor.at, motion, page).min(limit);
            }
            return;
        }
        Some(Popup::Board(_)) => {
            super::board::step(state, motion);
            return;
        }
        Some(_) => return,
        None => {}
    }
    if std::mem::take(&mut state.lost) && motion == Motion::Down {
        // What came up from below is the next one.
        return;
    }
    match (state.screen, state.focus) {
        (Screen::Tasks, Focus::List) => advance(&mut state.list.cursor, motion, page, state.list.items.len()),
        (Screen::Tasks, Focus::Leaders) => {
            advance(&mut state.leaders, motion, page, state.cache.leaders.len() + 1);
        }
        (Screen::Tasks, Focus::Units) => advance(&mut state.units, motion, page, state.cache.units.len() + 1),
        (Screen::Matrix, _) => match motion {
            Motion::Left => state.matrix.column = state.matrix.column.saturating_sub(1),
            Motion::Right => state.matrix.column += 1,
            _ => advance(&mut state.matrix.cursor, motion, page, state.matrix.rows.len()),
        },
        (Screen::Log, _) => advance(&mut state.log, motion, page, state.commits.len()),
        (Screen::Check, _) if state.checks_targets => {
            advance(&mut state.targets, motion, page, state.cache.targets.len());
        }
        (Screen::Overview, _) => super::board::step(state, motion),
        (Screen::Check, _) => advance(&mut state.check, motion, page, state.cache.findings.len()),
        (Screen::Bulletin, _) => {
            // A page of paper at a time; the tops of pages are where it stops.
            let turned = match motion {
                Motion::PageDown => (state.scroll / PAGE + 1) * PAGE,
                Motion::PageUp => (state.scroll.saturating_sub(1) / PAGE) * PAGE,
                _ => moved(state.scroll, motion, page),
            };
            state.scroll = turned.min(limit);
        }
    }
}

pub(super) fn advance(cursor: &mut Cursor, motion: Motion, page: usize, len: usize) {
    cursor.at = moved(cursor.at, motion, page).min(len.saturating_sub(1));
    if matches!(motion, Motion::PageUp | Motion::PageDown) {
        cursor.top = moved(cursor.top, motion, page);
    }
}
