//! English texts.

use super::Say;

pub(super) const EN: [(Say, &str); Say::COUNT] = [
    // --- words of the field
    (Say::ProgramName, "duban"),
    (Say::PeriodMonth, "{}-{}"),
    (Say::PeriodQuarter, "{} Q{}"),
    (Say::PeriodHalf, "{} H{}"),
    (Say::StatusFarBehind, "far behind"),
    (Say::StatusBehind, "behind"),
    (Say::StatusUnknown, "not filed"),
    (Say::StatusOnTime, "on time"),
    (Say::StatusAhead, "ahead"),
    (Say::StatusComplete, "complete"),
    (Say::StatusExceeded, "exceeded"),
    (Say::StatusNotRated, "not rated"),
    (Say::LightRed, "red"),
    (Say::LightYellow, "yellow"),
    (Say::LightGrey, "grey"),
    (Say::LightGreen, "green"),
    (Say::ConfidenceOpen, "open"),
    (Say::ConfidenceProbable, "probable"),
    (Say::ConfidenceCertain, "certain"),
    (Say::IntentImport, "import"),
    (Say::IntentFile, "filing"),
    (Say::IntentQuota, "figure done"),
    (Say::IntentSettle, "doubt settled"),
    (Say::IntentUndo, "undo"),
    (Say::IntentRedo, "redo"),
    (Say::IntentDemo, "demo data"),
    // --- report
    // --- command line
    // --- screen
];
