//! The numbers that Word counts itself: they stand in no paragraph, but in its list's definition.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Levels of a list.
const LEVELS: usize = 9;

/// The longest text around a number, in characters.
const LONGEST: usize = 24;

/// How a level of a list is numbered.
#[derive(Debug, Clone, Default)]
struct Level {
    format: String,
    /// `%1.`, `（%1）`: the numbers of the levels, and what stands around them.
    text: String,
    start: u32,
}

/// The lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// Definitions of lists.
    kinds: HashMap<String, Vec<Level>>,
    /// Lists by number: which definition each has.
    lists: HashMap<String, String>,
    /// Styles whose paragraphs belong to a list: its number, and the level.
    styles: HashMap<String, (String, usize)>,
    counts: HashMap<String, [u32; LEVELS]>,
    /// Where a list begins anew on a level, by list and level, until it has begun.
    restarts: HashMap<(String, usize), u32>,
}

impl Numbers {
    /// What `word/numbering.xml` and `word/styles.xml` say; what they do not, is not counted.
    pub(super) fn new(numbering: Option<&[u8]>, styles: Option<&[u8]>) -> Self {
        let mut numbers = Self::default();
        if let Some(xml) = numbering.and_then(|xml| std::str::from_utf8(xml).ok()) {
            numbers.read_lists(xml);
        }
        if let Some(xml) = styles.and_then(|xml| std::str::from_utf8(xml).ok()) {
            numbers.read_styles(xml);
        }
        numbers
    }

    fn read_lists(&mut self, xml: &str) {
        let (mut kind, mut list, mut level) = (String::new(), String::new(), None);
        let number = |start: &BytesStart<'_>, wanted| attribute(start, wanted).and_then(|at| at.parse::<usize>().ok());
        each(xml, |name, start| match name {
            "lvlOverride" => level = number(start, "ilvl"),
            "startOverride" if !list.is_empty() => {
                let from = number(start, "val").and_then(|from| u32::try_from(from).ok());
                if let Some((level, from)) = level.filter(|level| *level < LEVELS).zip(from) {
                    self.restarts.insert((list.clone(), level), from);
                }
            }
            "abstractNum" => {
                kind = attribute(start, "abstractNumId").unwrap_or_default();
                list.clear();
                self.kinds.insert(kind.clone(), vec![Level::default(); LEVELS]);
            }
            "num" => list = attribute(start, "numId").unwrap_or_default(),
            "abstractNumId" if !list.is_empty() => {
                self.lists.insert(list.clone(), attribute(start, "val").unwrap_or_default());
            }
            "lvl" if list.is_empty() => level = number(start, "ilvl"),
            "numFmt" | "lvlText" | "start" if list.is_empty() => {
                let levels = self.kinds.get_mut(&kind);
                let own = levels.and_then(|levels| level.and_then(|level| levels.get_mut(level)));
                if let (Some(own), Some(value)) = (own, attribute(start, "val")) {
                    match name {
                        "numFmt" => own.format = value,
                        // No number is longer: what stands around it is repeated in every paragraph.
                        "lvlText" => own.text = value.chars().take(LONGEST).collect(),
                        _ => own.start = value.parse().unwrap_or(1),
                    }
                }
            }
            _ => {}
        });
    }

    fn read_styles(&mut self, xml: &str) {
        let (mut style, mut level, mut list) = (String::new(), 0, None);
        each(xml, |name, start| match name {
            "style" => {
                style = attribute(start, "styleId").unwrap_or_default();
                (level, list) = (0, None);
            }
            "ilvl" => {
                level = attribute(start, "val").and_then(|at| at.parse().ok()).unwrap_or(0);
                if let Some(list) = &list {
                    self.styles.insert(style.clone(), (String::clone(list), level));
                }
            }
            "numId" => {
                list = attribute(start, "val");
                if let Some(list) = &list {
                    self.styles.insert(style.clone(), (list.clone(), level));
                }
            }
            _ => {}
        });
    }

    /// The list and level that a paragraph belongs to by its style.
    pub(super) fn of_style(&self, style: &str) -> Option<(String, usize)> {
        self.styles.get(style).cloned()
    }

    /// Counts a paragraph of a list; answers its number as it is printed. Empty for bullets and lists that are not known.
    pub(super) fn next(&mut self, list: &str, level: usize) -> String {
        let Some(kind) = self.lists.get(list) else { return String::new() };
        let Some(levels) = self.kinds.get(kind) else { return String::new() };
        let Some(own) = levels.get(level).filter(|own| !matches!(own.format.as_str(), "bullet" | "none" | "")) else {
            return String::new();
        };
        let restart = self.restarts.remove(&(list.to_owned(), level));
        let counts = self.counts.entry(kind.clone()).or_default();
        for (at, count) in counts.iter_mut().enumerate() {
            let start = levels.get(at).map_or(1, |level| level.start.max(1));
            match at.cmp(&level) {
                std::cmp::Ordering::Less if *count == 0 => *count = start,
                std::cmp::Ordering::Less => {}
                std::cmp::Ordering::Equal if restart.is_some() => *count = restart.unwrap_or(start),
                std::cmp::Ordering::Equal => *count = if *count == 0 { start } else { count.saturating_add(1) },
                std::cmp::Ordering::Greater => *count = 0,
            }
        }
        let mut text = own.text.clone();
        for (at, (count, level)) in counts.iter().zip(levels).enumerate() {
            let mark = format!("%{}", at + 1);
            if text.contains(&mark) {
                text = text.replace(&mark, &printed(*count, &level.format));
            }
        }
        text
    }
}

/// Calls for every element that begins. What is damaged ends it.
fn each(xml: &str, mut call: impl FnMut(&str, &BytesStart<'_>)) {
    let mut reader = Reader::from_str(xml);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(start) | Event::Empty(start) => {
                let name = start.name();
                call(name.as_ref().rsplit(':').next().unwrap_or_default(), &start);
            }
            Event::Eof => return,
            _ => {}
        }
    }
}

fn attribute(start: &BytesStart<'_>, wanted: &str) -> Option<String> {
    let found = start.attributes().flatten().find(|attribute| {
        let key: &str = attribute.key.as_ref();
        key.rsplit(':').next() == Some(wanted)
    })?;
    Some(found.value.as_ref().to_owned())
}

/// A number in a format of Word: plain, Chinese, circled.
fn printed(number: u32, format: &str) -> String {
    let circled = |from: char| char::from_u32(u32::from(from) + number.saturating_sub(1)).filter(|_| number <= 20);
    match format {
        _ if number == 0 => String::new(),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "ideographDigital"
        | "chineseLegalSimplified" => han(number),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => {
            circled('①').map_or_else(|| number.to_string(), String::from)
        }
        _ => number.to_string(),
    }
}

/// 1 to 99 as 一 to 九十九; larger ones in digits.
fn han(number: u32) -> String {
    let digit = |value: u32| "〇一二三四五六七八九".chars().nth(usize::try_from(value).unwrap_or(0)).unwrap_or('〇');
    match (number / 10, number % 10) {
        (0, ones) => digit(ones).to_string(),
        (1, 0) => "十".to_owned(),
        (1, ones) => format!("十{}", digit(ones)),
        (tens @ 2..=9, 0) => format!("{}十", digit(tens)),
        (tens @ 2..=9, ones) => format!("{}十{}", digit(tens), digit(ones)),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_count_as_word_counts_them() {
        let level = |at: usize, format: &str, text: &str| {
            format!(
                r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/></w:lvl>"#
            )
        };
        let xml = format!(
            r#"<w:numbering><w:abstractNum w:abstractNumId="4">{}{}{}</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="4"/></w:num></w:numbering>"#,
            level(0, "chineseCounting", "%1、"),
            level(1, "decimal", "%2."),
            level(2, "bullet", "●"),
        );
        let styles = r#"<w:styles><w:style w:styleId="a3"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="7"/></w:numPr></w:pPr></w:style></w:styles>"#;
        let mut numbers = Numbers::new(Some(xml.as_bytes()), Some(styles.as_bytes()));
        assert_eq!(numbers.of_style("a3"), Some(("7".to_owned(), 1)));
        let counted: Vec<String> = [0, 1, 1, 2, 0, 1].map(|level| numbers.next("7", level)).to_vec();
        assert_eq!(counted, ["一、", "1.", "2.", "", "二、", "1."]);
        assert_eq!(numbers.next("9", 0), "", "a list that is not defined");
        let again = r#"<w:num w:numId="8"><w:abstractNumId w:val="4"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>"#;
        let xml = xml.replace("</w:numbering>", again);
        let mut numbers = Numbers::new(Some(xml.as_bytes()), None);
        let counted: Vec<String> = ["7", "7", "8", "8", "7"].map(|list| numbers.next(list, 0)).to_vec();
        assert_eq!(counted, ["一、", "二、", "一、", "二、", "三、"], "a list that begins anew");
        assert_eq!([han(10), han(12), han(20), han(35)], ["十", "十二", "二十", "三十五"]);
    }
}
