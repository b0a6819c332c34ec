//! The clock: the only place that asks it what time it is.
//!
//! It is asked for what people read: when something was written, which day it is. Nothing is ordered by it, nothing waits by it and nothing
//! expires by it; that goes by numbers, and by the time since the machine was started (`Instant`), which nobody can set.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, FixedOffset, Local, Utc};

/// Now, in the zone of this machine. A clock that stands before 1970 or beyond what a calendar holds says 1970.
pub fn now() -> DateTime<FixedOffset> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let seconds = i64::try_from(since.as_secs()).unwrap_or_default();
    let utc: DateTime<Utc> = DateTime::from_timestamp(seconds, since.subsec_nanos()).unwrap_or_default();
    utc.with_timezone(&Local).fixed_offset()
}
