//! What comes from the others: their commits, who is in, and whether the host answers.

use std::collections::BTreeSet;

use super::super::deed::Screen;
use super::super::layout::Layout;
use super::super::original::Original;
use super::super::state::{Popup, State};
use super::{Effect, clash, edit};
use crate::catalog::Say;
use crate::model::{ItemKey, Of};
use crate::report::figures::number;
use crate::store::{Other, Refused, Sealed, Seat};

/// The most items that are named when somebody changed several.
const NAMED: usize = 3;

/// Follows commits; what somebody else changed of what is shown is said once, quietly.
pub(super) fn commits(state: &mut State, commits: Vec<Sealed>) {
    let fresh = state.follow(commits);
    if fresh.is_empty() {
        return;
    }
    if state.live.away.is_some() {
        state.live.missed += fresh.len();
    }
    let said = fresh.iter().rev().filter(|sealed| !state.is_own(sealed)).find_map(|sealed| concerns(state, sealed));
    if said.is_some() {
        state.live.news = said;
    }
    edit::recognise(state, &fresh);
    clash::follow(state);
}

/// Who is in now, and who keeps the ledger.
pub(super) fn news(state: &mut State, others: Vec<Other>, seat: Seat) {
    state.live.silent = None;
    let before = state.live.seat.replace(seat);
    state.live.others = others;
    if matches!(before, Some(Seat::Guest { .. })) && seat == Seat::Host {
        state.live.news = Some(state.lang().say(Say::SeatTaken).to_owned());
    }
}

/// The link is gone, or back: then what could not be sent is sent again.
pub(super) fn link(state: &mut State, outcome: Result<(), Refused>) -> Vec<Effect> {
    if let Err(why) = outcome {
        state.live.others.clear();
        state.live.missed = 0;
        state.live.away = Some(why);
        return Vec::new();
    }
    (state.live.away, state.live.silent) = (None, None);
    // The host that answers now may be another one, which has not heard of this screen.
    state.live.told = None;
    // What could not be fetched from a host that was away is asked for again.
    if matches!(state.checking.original, Original::Missing(_)) {
        state.checking.original = Original::Unasked;
    }
    let lang = state.lang();
    let text = match std::mem::take(&mut state.live.missed) {
        0 => lang.say(Say::LinkBack).to_owned(),
        missed => lang.fill(Say::LinkBackWith, &[&missed]),
    };
    state.live.news = Some(text);
    edit::send_again(state)
}

/// Tells the others what is open here, if it has changed and there can be any.
pub(super) fn tell(state: &mut State) -> Option<Effect> {
    let here = state.here();
    if !state.live.is_shared() || state.live.told.as_ref() == Some(&here) {
        return None;
    }
    state.live.told = Some(here.clone());
    Some(Effect::Here(here))
}

/// What to say of a commit, if it concerns what is shown.
fn concerns(state: &State, sealed: &Sealed) -> Option<String> {
    let lang = state.lang();
    let commit = &sealed.commit;
    let shown = shown(state);
    let mut items: BTreeSet<ItemKey> = BTreeSet::new();
    let mut wording = false;
    for change in commit.changes.iter().filter(|change| change.key.document == state.document) {
        items.extend(change.key.about());
        wording |= matches!(&change.key.of, Of::Bulletin(period) if *period == state.period);
    }
    let whole = matches!(state.screen, Screen::Overview | Screen::Bulletin) && state.popups.is_empty();
    let what = if wording && state.screen == Screen::Bulletin {
        lang.say(Say::NewsBulletin).to_owned()
    } else if items.iter().any(|item| whole || shown.contains(item)) {
        let book = state.book()?;
        let first = items.iter().filter(|item| shown.contains(item));
        let rest = items.iter().filter(|item| !shown.contains(item));
        let names: Vec<String> = first.chain(rest).take(NAMED).map(|item| number(&book, *item)).collect();
        let names = names.join(lang.say(Say::Names));
        if items.len() > NAMED { lang.fill(Say::NewsMany, &[&names, &items.len()]) } else { names }
    } else {
        return None;
    };
    Some(lang.fill(Say::NewsChanged, &[&commit.actor.name, &what]))
}

/// The items that stand on the screen.
fn shown(state: &State) -> BTreeSet<ItemKey> {
    let layout = Layout::of(state);
    let rows = Layout::list_rows(layout.main);
    let mut shown: BTreeSet<ItemKey> = state.item().into_iter().collect();
    match state.popups.last() {
        Some(Popup::Form(form)) => shown.extend(form.item()),
        Some(Popup::Figure(figure)) => {
            shown.insert(figure.row);
        }
        Some(Popup::Sheet(sheet)) => {
            let key = sheet.purpose.key(&state.document, sheet.period);
            shown.extend(key.and_then(|key| key.about()));
        }
        _ => {}
    }
    let (items, top) = match state.screen {
        Screen::Tasks => (&state.list.items, state.list.cursor.top),
        Screen::Matrix => (&state.matrix.rows, state.matrix.cursor.top),
        _ => return shown,
    };
    shown.extend(items.iter().skip(top).take(rows));
    shown
}
