//! How alike two texts are, by the pairs of characters that they share.

use super::fold_key;

/// A text's pairs of neighbouring characters, for comparing it with many others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairs(Vec<(char, char)>);

impl Pairs {
    /// The pairs of a text; white space and the width of characters do not count.
    pub fn of(text: &str) -> Self {
        let chars: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).map(fold_key).collect();
        let mut pairs: Vec<(char, char)> = match chars.as_slice() {
            [one] => vec![(*one, *one)],
            chars => chars.iter().copied().zip(chars.iter().copied().skip(1)).collect(),
        };
        pairs.sort_unstable();
        Self(pairs)
    }

    /// How alike two texts are in percent: twice the pairs that they share among all pairs of both. Two empty texts are the
    /// same.
    pub fn alike(&self, other: &Self) -> u8 {
        let all = self.0.len() + other.0.len();
        if all == 0 {
            return 100;
        }
        let (mut left, mut right) = (self.0.iter().peekable(), other.0.iter().peekable());
        let mut shared = 0_usize;
        while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => drop(left.next()),
                std::cmp::Ordering::Greater => drop(right.next()),
                std::cmp::Ordering::Equal => {
                    shared += 1;
                    left.next();
                    right.next();
                }
            }
        }
        u8::try_from(200 * shared / all).unwrap_or(100)
    }
}

/// How alike two texts are in percent.
pub fn alike(one: &str, other: &str) -> u8 {
    Pairs::of(one).alike(&Pairs::of(other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_same_but_for_spaces_and_width_is_wholly_alike_and_other_words_are_not() {
        assert_eq!(alike("新建水站 5 个（甲）", "新建水站５个(甲)"), 100);
        assert_eq!(alike("", " "), 100);
        assert_eq!(alike("修路", ""), 0);
        assert_eq!(alike("修路", "造林"), 0);
        assert_eq!(alike("甲", "甲"), 100);
    }

    #[test]
    fn a_changed_figure_leaves_most_of_a_sentence_alike() {
        let percent = alike("新建水站5个以上，改造管网20公里。", "新建水站6个以上，改造管网25公里。");
        assert!((60..100).contains(&percent), "{percent}");
    }

    proptest! {
        #[test]
        fn it_is_the_same_from_both_sides_and_whole_with_itself(one in "[甲乙丙丁 ]{0,12}", other in "[甲乙丙丁 ]{0,12}") {
            prop_assert_eq!(alike(&one, &other), alike(&other, &one));
            prop_assert_eq!(alike(&one, &one), 100);
            prop_assert!(alike(&one, &other) <= 100);
        }
    }
}
