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
    /// By user and session: the number of a session is the client's own word, and nobody speaks for another user by it.
    guests: BTreeMap<(u32, Session), Guest>,
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
        let bells = &mut self.state().bells;
        // Nobody may ring for long, and who asks again and again leaves one each time.
        bells.retain(|bell| bell.strong_count() > 0);
        bells.push(Arc::downgrade(&bell));
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
        if let Some(guest) = state.guests.get_mut(&(actor.uid, session)) {
            guest.connections += 1;
            return;
        }
        state
            .guests
            .insert((actor.uid, session), Guest { actor: actor.clone(), at: Whereabouts::default(), connections: 1 });
        self.changed(&mut state);
    }

    /// A connection that had entered has gone; with a session's last one its user has.
    pub(super) fn leave(&self, who: (u32, Session)) {
        let mut state = self.state();
        let Some(guest) = state.guests.get_mut(&who) else { return };
        guest.connections -= 1;
        if guest.connections == 0 {
            state.guests.remove(&who);
            self.changed(&mut state);
        }
    }

    /// What a session has open.
    pub(super) fn tell(&self, who: (u32, Session), at: &Whereabouts) {
        let mut state = self.state();
        if let Some(guest) = state.guests.get_mut(&who).filter(|guest| guest.at != *at) {
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
    pub(super) fn others(&self, than: (u32, Session)) -> (Vec<Other>, u64) {
        let state = self.state();
        let others = state.guests.iter().filter(|(who, _)| **who != than);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_waits_again_and_again_leaves_nothing_behind() {
        let hub = Hub::default();
        let kept = hub.bell().unwrap();
        (0..100).for_each(|_| drop(hub.bell().unwrap()));
        assert!(hub.state().bells.len() <= 2, "{}", hub.state().bells.len());
        hub.ring();
        let mut rung = [0; 8];
        assert_eq!(rustix::io::read(&*kept, &mut rung), Ok(8), "the one that somebody waits for rings");
    }

    #[test]
    fn nobody_speaks_for_another_user_by_the_number_of_his_session() {
        let hub = Hub::default();
        let session = [7; 16];
        let actor = |uid| Actor { uid, name: format!("user{uid}") };
        let here = |key: &str| Whereabouts { key: key.parse().ok(), editing: true };
        hub.enter(session, &actor(1));
        hub.tell((1, session), &here("yunxi-2024/T1"));
        hub.enter(session, &actor(2));
        hub.tell((2, session), &here("yunxi-2024/T2"));
        let seen = || hub.others((3, session)).0.into_iter().map(|one| (one.actor.uid, one.at)).collect::<Vec<_>>();
        assert_eq!(seen(), [(1, here("yunxi-2024/T1")), (2, here("yunxi-2024/T2"))]);
        assert_eq!(hub.others((2, session)).0.len(), 1, "each sees the other");
        hub.leave((2, session));
        assert_eq!(seen(), [(1, here("yunxi-2024/T1"))]);
    }
}
