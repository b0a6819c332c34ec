//! Who is in, and waking those who wait for news.

use std::collections::BTreeMap;
use std::os::fd::OwnedFd;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use rustix::event::{EventfdFlags, eventfd};

use super::super::{Other, Whereabouts};
use super::talk::Session;
use crate::model::Actor;

/// Something that can be waited for together with a socket; readable after a ring.
pub(super) type Bell = Arc<OwnedFd>;

/// See the module.
#[derive(Debug, Default)]
pub(super) struct Hub {
    state: Mutex<State>,
    rung: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// Counts the changes of `guests`, from 1.
    heard: u64,
    guests: BTreeMap<Session, Guest>,
    bells: Vec<Weak<OwnedFd>>,
}

#[derive(Debug)]
struct Guest {
    actor: Actor,
    at: Whereabouts,
    connections: usize,
}

impl Hub {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new bell, which rings until it is dropped.
    pub(super) fn bell(&self) -> std::io::Result<Bell> {
        let bell = Arc::new(eventfd(0, EventfdFlags::NONBLOCK | EventfdFlags::CLOEXEC)?);
        self.state().bells.push(Arc::downgrade(&bell));
        Ok(bell)
    }

    /// Wakes everybody who waits for news.
    pub(super) fn ring(&self) {
        Self::ring_all(&mut self.state());
        self.rung.notify_all();
    }

    fn ring_all(state: &mut State) {
        state.bells.retain(|bell| {
            let Some(bell) = bell.upgrade() else { return false };
            // It fails only when it has been rung beyond counting: then it rings already.
            let _ = rustix::io::write(&*bell, &1u64.to_ne_bytes());
            true
        });
    }

    /// A connection of a session begins to follow along.
    pub(super) fn enter(&self, session: Session, actor: &Actor) {
        let mut state = self.state();
        if let Some(guest) = state.guests.get_mut(&session) {
            guest.connections += 1;
            return;
        }
        state.guests.insert(session, Guest { actor: actor.clone(), at: Whereabouts::default(), connections: 1 });
        self.changed(&mut state);
    }

    /// A connection that had entered has gone; with a session's last one its user has.
    pub(super) fn leave(&self, session: Session) {
        let mut state = self.state();
        let Some(guest) = state.guests.get_mut(&session) else { return };
        guest.connections -= 1;
        if guest.connections == 0 {
            state.guests.remove(&session);
            self.changed(&mut state);
        }
    }

    /// What a session has open.
    pub(super) fn tell(&self, session: Session, at: &Whereabouts) {
        let mut state = self.state();
        if let Some(guest) = state.guests.get_mut(&session).filter(|guest| guest.at != *at) {
            guest.at = at.clone();
            self.changed(&mut state);
        }
    }

    fn changed(&self, state: &mut State) {
        state.heard += 1;
        Self::ring_all(state);
        self.rung.notify_all();
    }

    /// Everybody but one session, by name, and the number of this state of things.
    pub(super) fn others(&self, than: Session) -> (Vec<Other>, u64) {
        let state = self.state();
        let others = state.guests.iter().filter(|(session, _)| **session != than);
        let mut others: Vec<Other> =
            others.map(|(_, guest)| Other { actor: guest.actor.clone(), at: guest.at.clone() }).collect();
        others.sort_by(|a, b| a.actor.name.cmp(&b.actor.name));
        (others, state.heard)
    }

    /// Sleeps until `is_news` holds (asked at every ring) or the time is up.
    pub(super) fn wait(&self, wait: Duration, is_news: impl Fn(u64) -> bool) {
        let (state, _) = self
            .rung
            .wait_timeout_while(self.state(), wait, |state| !is_news(state.heard))
            .unwrap_or_else(PoisonError::into_inner);
        drop(state);
    }
}
