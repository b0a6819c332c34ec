//! How a sheet shows the numbers of its cells, as far as it changes what a person reads.

use calamine::NumberFormat;

use super::cells::folded;

/// How the numbers of a cell are shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Shown {
    /// As they are kept, or in a way that tells the same.
    #[default]
    Plain,
    /// A share of one as a percentage: 0.95 as 95%.
    Percent,
    /// Words behind them that say how much they are: `95%` where 95 is kept, `3.5亿元`.
    Before(String),
    /// A day as its month: 2025年6月.
    Month,
    /// A day as its year.
    Year,
}

/// Formats of Chinese sheets that show a day as its month and are known by their number alone (ECMA-376 part 1, 18.8.30), and
/// `mmm-yy`.
const MONTHS: [u32; 6] = [17, 27, 36, 50, 52, 57];

/// A unit has no more characters.
const LONGEST_WORDS: usize = 8;

impl Shown {
    /// What a format says.
    pub(super) fn of(format: &NumberFormat) -> Self {
        let code = format.format_code.as_str();
        if code == "General" && format.format_id.is_some_and(|id| MONTHS.contains(&id)) {
            return Self::Month;
        }
        Self::of_code(code)
    }

    /// What the code of a format says: of its first section, that of numbers above nothing.
    fn of_code(code: &str) -> Self {
        let (signs, words) = parted(code);
        let has = |wanted: &[char]| signs.contains(wanted);
        if signs.contains('%') {
            return Self::Percent;
        }
        if has(&['y', 'm']) && !has(&['d', 'h', 's']) {
            return if signs.contains('m') { Self::Month } else { Self::Year };
        }
        // A comma at the end, or a point among the words, shows thousands: such a number is not shown as it is kept.
        let number = signs.chars().all(|c| "#0?,. ".contains(c)) && !signs.trim_end().ends_with(',');
        let says = ["%", "％", "万", "亿"].iter().any(|word| words.starts_with(word));
        let short = words.chars().take(LONGEST_WORDS + 1).count() <= LONGEST_WORDS;
        if number && says && short { Self::Before(folded(&words)) } else { Self::Plain }
    }
}

/// The signs of the first section of a code, without colours and places, and the words that it prints as they are.
fn parted(code: &str) -> (String, String) {
    let (mut signs, mut words) = (String::new(), String::new());
    let (mut quoted, mut bracketed) = (false, false);
    let mut rest = code.chars();
    while let Some(c) = rest.next() {
        match c {
            '"' if !bracketed => quoted = !quoted,
            _ if quoted => words.push(c),
            '[' => bracketed = true,
            ']' => bracketed = false,
            _ if bracketed => {}
            '\\' | '!' => words.extend(rest.next()),
            // The width of a sign, or a sign that fills.
            '_' | '*' => drop(rest.next()),
            ';' => break,
            _ if c.is_ascii() => signs.push(c.to_ascii_lowercase()),
            _ => words.push(c),
        }
    }
    (signs, words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_format_shows() {
        let before = |words: &str| Shown::Before(words.to_owned());
        for (code, shown) in [
            ("General", Shown::Plain),
            ("0.0%", Shown::Percent),
            ("0%;[Red]-0%", Shown::Percent),
            ("0\"%\"", before("%")),
            ("0\\%", before("%")),
            ("#,##0.0\"亿元\"", before("亿元")),
            ("0万", before("万")),
            ("0\"家\"", Shown::Plain),
            ("0!.0,\"万\"", Shown::Plain),
            ("0,\"万\"", Shown::Plain),
            ("#,##0_ ", Shown::Plain),
            ("yyyy\"年\"m\"月\"", Shown::Month),
            ("[$-804]yyyy\"年\"m\"月\";@", Shown::Month),
            ("yyyy/m", Shown::Month),
            ("yyyy\"年\"", Shown::Year),
            ("yyyy\"年\"m\"月\"d\"日\"", Shown::Plain),
            ("m\"月\"d\"日\"", Shown::Plain),
            ("h:mm", Shown::Plain),
        ] {
            assert_eq!(Shown::of_code(code), shown, "{code}");
        }
    }
}
