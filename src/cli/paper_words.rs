//! What the options of reports, bulletins and printing mean.

use crate::catalog::Say;

/// What an option or argument means.
pub(super) fn option(verb: &str, id: &str) -> Option<Say> {
    Some(match (verb, id) {
        ("report", "kind") => Say::CliOptReportKind,
        ("report", "whom") => Say::CliOptFor,
        ("report", "fresh") => Say::CliOptFresh,
        ("report", "items") => Say::CliOptItems,
        ("report", "since") => Say::CliOptSince,
        ("report", "each") => Say::CliOptEach,
        ("report", "output") => Say::CliOptOutput,
        ("report", "print") => Say::CliOptPrint,
        ("report", "sides") => Say::CliOptSides,
        ("report", "copies") => Say::CliOptCopies,
        ("bulletin", "name") => Say::CliOptMasthead,
        ("bulletin", "number") => Say::CliOptIssueNumber,
        ("bulletin", "title") => Say::CliOptTitle,
        ("bulletin", "to") => Say::CliOptAddressees,
        ("bulletin", "opening") => Say::CliOptOpening,
        ("bulletin", "next") => Say::CliOptRequirements,
        ("bulletin", "signature") => Say::CliOptSignature,
        ("bulletin", "signed_on") => Say::CliOptSignedOn,
        ("bulletin", "note") => Say::CliOptRemark,
        ("bulletin", "copied_to") => Say::CliOptCopied,
        ("bulletin", "printed_by") => Say::CliOptPrintedBy,
        ("bulletin", "printed_on") => Say::CliOptPrintedOn,
        ("bulletin", "offer") => Say::CliOptOffer,
        ("bulletin", "issue") => Say::CliOptIssue,
        ("bulletin", "recall") => Say::CliOptRecall,
        ("forms", "deed") => Say::CliOptFormsDeed,
        ("forms", "args") => Say::CliOptFormsArgs,
        ("forms", "unit") => Say::CliOptFormsUnit,
        ("forms", "write") => Say::CliOptFormsWrite,
        ("forms", "mine") => Say::CliOptFormsMine,
        _ => return None,
    })
}

/// What stands for an option's value.
pub(super) fn value(verb: &str, id: &str) -> Option<Say> {
    Some(match (verb, id) {
        ("report", "kind") => Say::CliValueReportKind,
        ("report", "whom") => Say::CliValueFor,
        ("report", "items") => Say::CliValueItems,
        ("report", "since") | ("bulletin", "signed_on" | "printed_on") => Say::CliValueDate,
        ("report", "each") => Say::CliValueEach,
        ("report", "output") => Say::CliValueFile,
        ("report", "print") => Say::CliValuePrinter,
        ("report", "sides") => Say::CliValueSides,
        ("report", "copies") => Say::CliValueCopies,
        ("bulletin", _) => Say::CliValueText,
        ("forms", "deed") => Say::CliValueFormsDeed,
        ("forms", "args") => Say::CliValueForms,
        _ => return None,
    })
}
