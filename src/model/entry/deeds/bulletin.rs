//! The clerk's part of a bulletin, its issue, and taking an issued one back.

use chrono::NaiveDate;

use super::{LONGEST_REASON, LONGEST_TEXT, NoDeed, Writes, changed, within};
use crate::model::{Book, Bulletin, Hash, Issued, Key, Period, Record, Wording};

/// The longest piece of what is kept of an issued bulletin, in bytes: well within a record.
const PIECE: usize = 48 * 1024;

/// The writes that put down the clerk's part of a period's bulletin.
///
/// # Errors
/// When a text is too long, or the bulletin was issued.
pub fn put_wording(book: &Book<'_>, period: Period, wording: &Wording) -> Writes {
    if book.bulletin(period).is_some_and(|(bulletin, _)| bulletin.issued.is_some()) {
        return Err(NoDeed::Issued);
    }
    let line = |text: &str| within(text, LONGEST_REASON);
    let wording = Wording {
        name: line(&wording.name)?,
        number: line(&wording.number)?,
        title: line(&wording.title)?,
        addressees: line(&wording.addressees)?,
        opening: within(&wording.opening, LONGEST_TEXT)?,
        next: within(&wording.next, LONGEST_TEXT)?,
        signature: line(&wording.signature)?,
        note: line(&wording.note)?,
        copied_to: line(&wording.copied_to)?,
        printed_by: line(&wording.printed_by)?,
        signed_on: wording.signed_on,
        printed_on: wording.printed_on,
    };
    Ok(put(book, period, Bulletin { wording, issued: None }))
}

/// The writes that issue a period's bulletin as `kept`, the finished report in a form of ASCII text (`report::issue`), made
/// from the ledger as `book` has it.
///
/// # Errors
/// When it was issued already, or it takes more pieces than can be numbered.
pub fn issue(book: &Book<'_>, period: Period, on: NaiveDate, kept: &str, sha256: Hash) -> Writes {
    let wording = match book.bulletin(period) {
        Some((Bulletin { issued: Some(_), .. }, _)) => return Err(NoDeed::Issued),
        Some((bulletin, _)) => bulletin.wording.clone(),
        None => book.wording(period),
    };
    let pieces: Vec<&[u8]> = kept.as_bytes().chunks(PIECE).collect();
    let count = u16::try_from(pieces.len()).map_err(|_| NoDeed::TooLong)?;
    let issued = Issued { on, from: book.ledger().head(), sha256, pieces: count };
    let mut writes = put(book, period, Bulletin { wording, issued: Some(issued) });
    for (no, piece) in (1..=count).zip(pieces) {
        let piece = Record::Frozen(String::from_utf8_lossy(piece).into_owned());
        writes.extend(changed(book, Key::frozen(book.id(), period, no), Some(piece)));
    }
    Ok(writes)
}

/// The writes that take an issued bulletin back: it follows the ledger again. What was issued stays in the journal.
///
/// # Errors
/// When it is not issued.
pub fn recall(book: &Book<'_>, period: Period) -> Writes {
    let Some((Bulletin { wording, issued: Some(issued) }, _)) = book.bulletin(period) else {
        return Err(NoDeed::NotIssued);
    };
    let mut writes = put(book, period, Bulletin { wording: wording.clone(), issued: None });
    for no in 1..=issued.pieces {
        writes.extend(changed(book, Key::frozen(book.id(), period, no), None));
    }
    Ok(writes)
}

fn put(book: &Book<'_>, period: Period, bulletin: Bulletin) -> Vec<crate::model::Write> {
    changed(book, Key::bulletin(book.id(), period), Some(Record::Bulletin(Box::new(bulletin))))
}
