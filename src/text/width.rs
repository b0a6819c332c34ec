//! Columns of a terminal, not characters.

use std::borrow::Cow;
use std::cell::Cell;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

thread_local! {
    /// Whether this thread is drawing for a terminal that shows characters of ambiguous width in two columns.
    static AMBIGUOUS_IS_WIDE: Cell<bool> = const { Cell::new(false) };
}

/// While this lives, characters of ambiguous width count as two columns in its thread, or as one. A screen draws for its terminal; what
/// is written into files at the same time, by another thread, is the same everywhere.
#[derive(Debug)]
#[must_use = "when it is dropped, widths are as before"]
pub struct Ambiguous {
    before: bool,
}

impl Ambiguous {
    /// From now on.
    pub fn wide(wide: bool) -> Self {
        Self { before: AMBIGUOUS_IS_WIDE.replace(wide) }
    }

    /// Whether they count as two columns now.
    pub fn is_wide() -> bool {
        AMBIGUOUS_IS_WIDE.get()
    }
}

impl Drop for Ambiguous {
    fn drop(&mut self) {
        AMBIGUOUS_IS_WIDE.set(self.before);
    }
}

/// The columns that a text takes: two for Han characters and full-width forms, none for combining marks. Characters of
/// ambiguous width ([`is_ambiguous`]) count as one, but on terminals that show them in two ([`Ambiguous`]).
pub fn width(text: &str) -> usize {
    if AMBIGUOUS_IS_WIDE.get() { text.width_cjk() } else { text.width() }
}

/// Whether a character is one column to us but two on a terminal set to "ambiguous is wide" (`│ … ① “ ≥`). Keep them
/// out of tables there.
pub fn is_ambiguous(c: char) -> bool {
    c.width() != c.width_cjk()
}

/// What must stay together on screen: a character with the zero-width marks that follow it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cluster<'a> {
    /// Where it begins, in bytes.
    pub start: usize,
    /// Its characters.
    pub text: &'a str,
    /// Its columns.
    pub cols: usize,
}

impl Cluster<'_> {
    /// Where it ends, in bytes.
    pub const fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The clusters of a text in order; together they are the text.
pub fn clusters(text: &str) -> impl Iterator<Item = Cluster<'_>> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = chars.next()?;
        let mut end = start + first.len_utf8();
        while let Some((at, mark)) = chars.next_if(|(_, c)| c.width() == Some(0)) {
            end = at + mark.len_utf8();
        }
        let text = text.get(start..end)?;
        Some(Cluster { start, text, cols: width(text) })
    })
}

/// The longest beginning of a text that fits, never half a wide character.
pub fn head(text: &str, cols: usize) -> &str {
    let mut used = 0;
    let mut end = 0;
    for cluster in clusters(text) {
        used += cluster.cols;
        if used > cols {
            break;
        }
        end = cluster.end();
    }
    text.get(..end).unwrap_or_default()
}

/// The text where it fits, else as much of its beginning as fits with `ellipsis` behind it. Never wider than `cols`; where
/// not even the ellipsis fits, it is left out.
pub fn truncate<'a>(text: &'a str, cols: usize, ellipsis: &str) -> Cow<'a, str> {
    if width(text) <= cols {
        return Cow::Borrowed(text);
    }
    match cols.checked_sub(width(ellipsis)) {
        Some(room) => Cow::Owned(format!("{}{ellipsis}", head(text, room))),
        None => Cow::Borrowed(head(text, cols)),
    }
}

/// The text with spaces behind it up to `cols`; unchanged where it is wider.
pub fn pad(text: &str, cols: usize) -> String {
    format!("{text}{}", " ".repeat(cols.saturating_sub(width(text))))
}

/// The text with spaces before it up to `cols`, for figures; unchanged where it is wider.
pub fn pad_start(text: &str, cols: usize) -> String {
    format!("{}{text}", " ".repeat(cols.saturating_sub(width(text))))
}

/// The text in the middle of `cols`; unchanged where it is wider.
pub fn centre(text: &str, cols: usize) -> String {
    let room = cols.saturating_sub(width(text));
    format!("{}{text}{}", " ".repeat(room / 2), " ".repeat(room - room / 2))
}

/// Exactly `cols` columns: cut with the ellipsis where wider, padded behind where narrower.
pub fn fit(text: &str, cols: usize, ellipsis: &str) -> String {
    pad(&truncate(text, cols, ellipsis), cols)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn han_takes_two_columns_and_marks_none() {
        assert_eq!(width("市财政局ab"), 10);
        assert_eq!(width("e\u{301}"), 1);
        assert_eq!(width("／１"), 4);
    }

    #[test]
    fn ambiguous_characters_are_known() {
        for c in "│─…①≥“”—×→".chars() {
            assert!(is_ambiguous(c), "{c}");
        }
        for c in "市aＡ-✓".chars() {
            assert!(!is_ambiguous(c), "{c}");
        }
    }

    #[test]
    fn a_cut_never_halves_a_wide_character() {
        assert_eq!(truncate("市财政局", 8, "…"), "市财政局");
        assert_eq!(truncate("市财政局", 7, "…"), "市财政…");
        assert_eq!(truncate("市财政局", 6, "…"), "市财…");
        assert_eq!(truncate("市财政局", 1, "…"), "…");
        assert_eq!(truncate("市财政局", 1, ".."), "");
        assert_eq!(truncate("市财政局", 0, "…"), "");
    }

    #[test]
    fn fields_are_exactly_as_wide_as_asked() {
        assert_eq!(pad("市", 4), "市  ");
        assert_eq!(pad_start("8.2", 5), "  8.2");
        assert_eq!(centre("市", 5), " 市  ");
        assert_eq!(fit("市财政局", 6, "…"), "市财… ");
    }

    #[test]
    fn ambiguous_characters_are_wide_only_where_and_as_long_as_that_is_said() {
        {
            let _wide = Ambiguous::wide(true);
            assert_eq!(width("“市”a"), 7);
            assert_eq!(truncate("“市”", 5, "~"), "“市~");
            assert_eq!(std::thread::spawn(|| width("“")).join().unwrap(), 1, "not for others");
            let narrow = Ambiguous::wide(false);
            assert_eq!(width("“"), 1);
            drop(narrow);
            assert_eq!(width("“"), 2);
        }
        assert_eq!(width("“市”a"), 5);
    }

    proptest! {
        #[test]
        fn truncated_text_fits(text in "[a-z 市财政局，。①ée\u{301}\u{fe0f}☺👍Ａ]{0,20}", cols in 0_usize..20) {
            prop_assert!(width(&truncate(&text, cols, "…")) <= cols);
            prop_assert!(width(&truncate(&text, cols, "...")) <= cols);
            prop_assert_eq!(width(&fit(&text, cols, "…")), cols);
        }

        #[test]
        fn clusters_are_the_text(text in any::<String>()) {
            let joined: String = clusters(&text).map(|cluster| cluster.text).collect();
            prop_assert_eq!(joined, text);
        }
    }
}
