//! 总览, the pages of leaders, units and areas, and the detail.

use crate::support::{Look, Screen};

#[test]
#[ignore]
fn show() {
    for look in [&Look::SMALL, &Look::LARGE] {
        let mut screen = Screen::new(look, true);
        for keys in ["5", "f", "<tab>jj", "o", "<tab>jj", "<esc><tab>jjll", "<tab>jj", "12jo", "13jjo"] {
            println!("== {keys}\n{}", screen.keys(keys));
        }
    }
}
