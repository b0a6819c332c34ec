//! What only the terminal itself knows: whether it reads UTF-8, and in how many columns it shows characters of ambiguous width. It is
//! asked with the first frame, and answers when it likes: nothing waits for it.

/// Two Han characters, a quotation mark, a line; after each, where the cursor is. The second row, so that no key looks like the answer.
/// The Han characters are such that their bytes are whole characters in GBK and in Latin-1 as well: none swallows the question.
pub(super) const ASK: &str = "\x1b[2H\u{4e2d}\u{4e2d}\x1b[6n\x1b[2H\u{201c}\x1b[6n\x1b[2H\u{2500}\x1b[6n";
/// So many questions are in it.
pub(super) const QUESTIONS: u8 = 3;
/// The row of the answers.
const ROW: u16 = 2;
/// Where the cursor is behind the Han characters if each of their six bytes took a column: shown one by one, or by twos in two. No other
/// column says so: what a bad line makes up is no reason to leave.
const BEHIND_BYTES: u16 = 7;

/// What an answer tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// The terminal takes the bytes of a character for several.
    NotUtf8,
    /// Characters of ambiguous width are two columns wide.
    WideText,
    /// Lines are, and not those of texts.
    WideLines,
    /// They are one column wide.
    Narrow,
}

/// The questions that have been asked and not answered.
#[derive(Debug, Default)]
pub(super) struct Probe {
    answered: u8,
    /// The columns that a quotation mark took.
    text: u16,
}

impl Probe {
    /// Whether an answer may still come.
    pub(super) const fn waits(&self) -> bool {
        self.answered < QUESTIONS
    }

    /// Takes an answer: row and column of the cursor, counted from one.
    pub(super) fn take(&mut self, (row, column): (u16, u16)) -> Option<Found> {
        if !self.waits() || row != ROW {
            return None;
        }
        self.answered += 1;
        if self.answered == 2 {
            self.text = column.saturating_sub(1);
        }
        match (self.answered, self.text, column) {
            (1, _, BEHIND_BYTES) => Some(Found::NotUtf8),
            (3, 2, _) => Some(Found::WideText),
            (3, _, 3) => Some(Found::WideLines),
            (3, 1, 2) => Some(Found::Narrow),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(columns: [u16; 3]) -> Vec<Found> {
        let mut probe = Probe::default();
        columns.into_iter().filter_map(|column| probe.take((2, column))).collect()
    }

    #[test]
    fn answers_are_read_in_the_order_of_the_questions() {
        assert_eq!(found([5, 2, 2]), [Found::Narrow], "a terminal as most are");
        assert_eq!(found([5, 3, 3]), [Found::WideText]);
        assert_eq!(found([5, 2, 3]), [Found::WideLines]);
        assert_eq!(found([7, 4, 4]), [Found::NotUtf8], "each byte a character, or each two");
        assert_eq!(found([3, 2, 2]), [Found::Narrow], "no wide characters at all");
        assert_eq!(found([40, 2, 2]), [Found::Narrow], "noise on the line");
    }

    #[test]
    fn what_was_not_asked_for_is_no_answer() {
        let mut probe = Probe::default();
        assert_eq!(probe.take((7, 4)), None);
        assert!(probe.waits());
        for _ in 0..3 {
            probe.take((2, 3));
        }
        assert_eq!((probe.take((2, 3)), probe.waits()), (None, false));
    }
}
