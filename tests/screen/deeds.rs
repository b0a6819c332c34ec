//! What the office does to an item: from the keys to the ledger's record, and what is shown of it.

use crate::support::{Look, Screen};

#[test]
fn look() {
    for keys in ["w", "!", "c", "S", "Sa", "D", "Da", "t", "ta", "ee50<c-s>R"] {
        let mut screen = Screen::new(&Look::SMALL, true);
        println!("=== {keys}\n{}", screen.keys(keys));
    }
}
