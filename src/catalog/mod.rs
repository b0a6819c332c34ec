//! Every text that a person reads, in Chinese (`zh.rs`) and in English (`en.rs`), by one list of names ([`Say`]).
//!
//! Both tables have an entry for each [`Say`], in its order; the tests of this module prove it, and that both texts of an
//! entry have the same number of `{}` places.

mod en;
mod say;
mod words;
mod zh;

pub use say::Say;

/// A language of the faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    /// 中文, the default.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The language called `zh` or `en` (also `zh_CN.UTF-8`, `en-US`).
    pub fn named(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        if name.starts_with("zh") {
            Some(Self::Zh)
        } else if name.starts_with("en") {
            Some(Self::En)
        } else {
            None
        }
    }

    /// A text in this language.
    pub fn say(self, what: Say) -> &'static str {
        let table: &[(Say, &str)] = match self {
            Self::Zh => &zh::ZH,
            Self::En => &en::EN,
        };
        table.get(what as usize).map_or("", |(_, text)| text)
    }

    /// A text with its `{}` places filled, in order.
    pub fn fill(self, what: Say, values: &[&dyn std::fmt::Display]) -> String {
        debug_assert_eq!(self.say(what).matches("{}").count(), values.len(), "{what:?}");
        let mut pieces = self.say(what).split("{}");
        let mut text = pieces.next().unwrap_or_default().to_owned();
        let mut values = values.iter();
        for piece in pieces {
            if let Some(value) = values.next() {
                text.push_str(&value.to_string());
            }
            text.push_str(piece);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_catalogues_have_every_entry_in_order() {
        assert_eq!(zh::ZH.len(), en::EN.len());
        for (at, ((zh, zh_text), (en, en_text))) in zh::ZH.iter().zip(&en::EN).enumerate() {
            assert_eq!((*zh as usize, *en as usize), (at, at), "{zh:?} / {en:?} is out of place");
            assert!(!zh_text.is_empty() && !en_text.is_empty(), "{zh:?} is empty");
            assert_eq!(zh_text.matches("{}").count(), en_text.matches("{}").count(), "places of {zh:?}");
        }
    }

    #[test]
    fn english_has_no_chinese_but_for_the_terms_that_stay() {
        // Chinese that an English screen may show: the program's own name.
        for (say, text) in &en::EN {
            let han = text.replace("督办", "").chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            assert!(!han, "{say:?}: {text}");
        }
    }

    #[test]
    fn places_are_filled_in_order() {
        assert_eq!(Lang::Zh.fill(Say::PeriodQuarter, &[&2024, &"三"]), "2024年三季度");
    }
}
