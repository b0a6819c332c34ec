//! Radicals that a PDF names in place of the characters that are drawn like them: fonts have one shape for both.

use unicode_normalization::UnicodeNormalization as _;

/// The character that a radical of the supplement (U+2E80..2EFF) stands for. The others (U+2F00..2FD5) have theirs in Unicode.
const SUPPLEMENT: [(char, char); 90] = [
    ('⺁', '厂'),
    ('⺄', '乙'),
    ('⺆', '冂'),
    ('⺈', '刀'),
    ('⺊', '卜'),
    ('⺋', '卩'),
    ('⺌', '小'),
    ('⺍', '小'),
    ('⺎', '兀'),
    ('⺏', '尢'),
    ('⺒', '巳'),
    ('⺓', '幺'),
    ('⺔', '彑'),
    ('⺖', '忄'),
    ('⺘', '扌'),
    ('⺙', '攵'),
    ('⺛', '无'),
    ('⺝', '月'),
    ('⺟', '母'),
    ('⺠', '民'),
    ('⺡', '氵'),
    ('⺢', '水'),
    ('⺣', '灬'),
    ('⺤', '爪'),
    ('⺥', '爫'),
    ('⺦', '丬'),
    ('⺨', '犭'),
    ('⺩', '王'),
    ('⺫', '目'),
    ('⺬', '示'),
    ('⺭', '礻'),
    ('⺮', '竹'),
    ('⺯', '糸'),
    ('⺰', '纟'),
    ('⺱', '罓'),
    ('⺳', '罒'),
    ('⺶', '羊'),
    ('⺷', '羊'),
    ('⺸', '羊'),
    ('⺹', '老'),
    ('⺼', '月'),
    ('⺾', '艹'),
    ('⻁', '虎'),
    ('⻂', '衤'),
    ('⻃', '覀'),
    ('⻄', '西'),
    ('⻅', '见'),
    ('⻆', '角'),
    ('⻇', '角'),
    ('⻈', '讠'),
    ('⻉', '贝'),
    ('⻊', '足'),
    ('⻋', '车'),
    ('⻌', '辶'),
    ('⻍', '辶'),
    ('⻎', '辶'),
    ('⻏', '阝'),
    ('⻐', '钅'),
    ('⻑', '長'),
    ('⻓', '长'),
    ('⻔', '门'),
    ('⻖', '阝'),
    ('⻗', '雨'),
    ('⻘', '青'),
    ('⻙', '韦'),
    ('⻚', '页'),
    ('⻛', '风'),
    ('⻜', '飞'),
    ('⻝', '食'),
    ('⻞', '食'),
    ('⻟', '飠'),
    ('⻠', '饣'),
    ('⻢', '马'),
    ('⻣', '骨'),
    ('⻤', '鬼'),
    ('⻥', '鱼'),
    ('⻦', '鸟'),
    ('⻧', '卤'),
    ('⻨', '麦'),
    ('⻩', '黄'),
    ('⻪', '黾'),
    ('⻫', '斉'),
    ('⻬', '齐'),
    ('⻭', '歯'),
    ('⻮', '齿'),
    ('⻯', '竜'),
    ('⻰', '龙'),
    ('⻱', '龜'),
    ('⻲', '亀'),
    ('⻳', '龟'),
];

/// A character as it is written: ⻘ and ⼀ as 青 and 一.
pub(super) fn written(c: char) -> char {
    match c {
        '\u{2E80}'..='\u{2EFF}' => {
            SUPPLEMENT.iter().find(|(radical, _)| *radical == c).map_or(c, |(_, written)| *written)
        }
        // Unicode gives these their old forms.
        '⼾' => '户',
        '⾭' => '青',
        '⿈' => '黄',
        '\u{2F00}'..='\u{2FDF}' => std::iter::once(c).nfkc().next().unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_become_the_characters_that_are_drawn_like_them() {
        let written: String = "何⻘禾、市⺠政局、⼀、民".chars().map(written).collect();
        assert_eq!(written, "何青禾、市民政局、一、民");
    }
}
