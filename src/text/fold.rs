//! Keys typed with the Chinese input method on act as the keys they sit on.

/// The ASCII character on the key that produced `c` with a Chinese input method on: full-width ASCII (U+FF01–FF5E), the
/// ideographic space, and the Chinese punctuation of the usual input methods. Everything else is itself.
///
/// `、` is `/`: several input methods put it there, and `/` finds while `\` does nothing.
pub const fn fold_key(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => match char::from_u32(c as u32 - 0xFEE0) {
            Some(ascii) => ascii,
            None => c,
        },
        '\u{3000}' => ' ',
        '。' => '.',
        '、' => '/',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        '《' => '<',
        '》' => '>',
        '【' => '[',
        '】' => ']',
        '「' => '{',
        '」' => '}',
        '…' => '^',
        '¥' | '￥' => '$',
        '—' => '_',
        '·' => '`',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::fold_key;

    #[test]
    fn full_width_keys_are_their_ascii_twins() {
        let folded: String = "：／？１ｑＱ，。　！（）；《》、".chars().map(fold_key).collect();
        assert_eq!(folded, ":/?1qQ,. !();<>/");
    }

    #[test]
    fn letters_and_han_stay() {
        for c in ['a', 'Z', '衢', 'é', '\n'] {
            assert_eq!(fold_key(c), c);
        }
    }
}
