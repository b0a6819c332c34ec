//! What the options of reading documents mean: importing, doubts, names that pass on.

use crate::catalog::Say;

/// What an option or argument means.
pub(super) fn option(verb: &str, id: &str) -> Option<Say> {
    Some(match (verb, id) {
        ("import", "slug") => Say::CliOptAs,
        ("list", "removed") => Say::CliOptRemoved,
        ("doubts", "kind") => Say::CliOptDoubtKind,
        ("doubts", "accept") => Say::CliOptDoubtAccept,
        ("doubts", "read") => Say::CliOptDoubtRead,
        ("doubts", "set") => Say::CliOptDoubtSet,
        ("doubts", "reopen") => Say::CliOptDoubtReopen,
        ("unit", "name") => Say::CliOptUnitName,
        ("leader", "name") => Say::CliOptLeaderName,
        ("unit" | "leader", "to") => Say::CliOptTo,
        ("unit" | "leader", "since") => Say::CliOptFrom,
        ("unit" | "leader", "clear") => Say::CliOptSuccessionClear,
        _ => return None,
    })
}

/// What stands for an option's value.
pub(super) fn value(verb: &str, id: &str) -> Option<Say> {
    Some(match (verb, id) {
        ("import", "slug") => Say::CliValueDoc,
        ("doubts", "kind" | "accept") => Say::CliValueDoubtKind,
        ("doubts", "read" | "reopen") => Say::CliValuePlace,
        ("doubts", "set") => Say::CliValueSet,
        ("unit", "name" | "to") => Say::CliValueUnit,
        ("leader", "name" | "to") => Say::CliValueLeader,
        ("unit" | "leader", "since") => Say::CliValueDate,
        _ => return None,
    })
}
