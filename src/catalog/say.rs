//! The names of all texts.

/// A text of the faces. Add an entry here, in `zh.rs` and in `en.rs`, at the same place in the section of its face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the two catalogues say what each entry is")]
pub enum Say {
    // --- words of the field
    ProgramName,
    PeriodMonth,
    PeriodQuarter,
    PeriodHalf,
    StatusFarBehind,
    StatusBehind,
    StatusUnknown,
    StatusOnTime,
    StatusAhead,
    StatusComplete,
    StatusExceeded,
    StatusNotRated,
    LightRed,
    LightYellow,
    LightGrey,
    LightGreen,
    ConfidenceOpen,
    ConfidenceProbable,
    ConfidenceCertain,
    IntentImport,
    IntentFile,
    IntentQuota,
    IntentSettle,
    IntentUndo,
    IntentRedo,
    IntentDemo,
    // --- report
    // --- command line
    // --- screen
}

impl Say {
    /// How many texts there are. The last entry of the enum; the tables' lengths are checked against it by the compiler.
    pub(super) const COUNT: usize = Self::IntentDemo as usize + 1;
}
