//! How much one client may ask for. Whoever wants more is refused, and harms nobody else.

use std::time::Duration;

/// A frame, and so a request of somebody who does not edit: 64 KiB.
pub(super) const FRAME: usize = 64 * 1024;
/// A request of an editor: a document of some thousand pages read in at once. One such request is taken and done at a time.
pub(super) const LARGE: usize = 64 * 1024 * 1024;
/// An answer, for the client: a ledger of a million records.
pub(super) const ANSWER: usize = 1024 * 1024 * 1024;
/// The first words, before anybody is known.
pub(super) const GREETING: usize = 1024;
/// Writes in one batch of somebody who does not edit.
pub(super) const WRITES: usize = 256;
/// The key of what somebody has open, in bytes: every guest is sent those of all others.
pub(super) const TOLD: usize = 1024;
/// Commits in one answer; who wants more asks on.
pub(super) const COMMITS: usize = 1000;

/// Connections at once: a screen takes two.
pub(super) const CONNECTIONS: usize = 256;
/// Connections of one user at once, but for the host's own user.
pub(super) const OF_ONE_USER: usize = 8;
/// Requests a second of one user, but for the host's own user. More are served later, not refused.
pub(super) const A_SECOND: u32 = 50;

/// From a request's first byte to its last; and for taking an answer.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);
/// The same for a large request or answer.
pub(super) const LARGE_PATIENCE: Duration = Duration::from_mins(1);
/// How long a host may be silent before it is asked whether it lives.
pub(super) const SILENCE: Duration = Duration::from_secs(2);
/// How long an answer is waited for from a host that lives.
pub(super) const ANSWERED: Duration = Duration::from_secs(30);
/// How long a new host is looked for when the old one has gone.
pub(super) const TAKEOVER: Duration = Duration::from_secs(5);
/// The same for who waits for news: a screen says sooner that the host is away, and asks again by itself.
pub(super) const SAY_SO: Duration = Duration::from_secs(1);
/// Between two looks.
pub(super) const LOOK: Duration = Duration::from_millis(10);
/// How long a guest waits for news at a time: a host that is stopped meanwhile is noticed then, at the cost of one message a minute.
pub(super) const BEAT: Duration = Duration::from_mins(1);
/// The longest that a request may wait for news: an hour, as screens do.
pub(super) const WATCH: Duration = Duration::from_hours(1);
