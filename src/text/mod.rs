//! Text as a terminal and a clerk see it: columns, line breaks, full-width keys, sanitising, numbers. A leaf: it knows
//! nothing else of the program.

pub mod alike;
pub mod date;
pub mod fold;
pub mod formula;
pub mod number;
mod numeral;
pub mod sanitise;
pub mod width;
pub mod wrap;

pub use alike::{Pairs, alike};
pub use date::{parse_date, typed_date};
pub use fold::fold_key;
pub use formula::harmless;
pub use number::{Amount, BadNumber, Scale, parse_amount};
pub use sanitise::{Cleaned, drop_surplus, is_sanitised, is_unwanted, one_line, sanitise};
pub use width::{truncate, width};
pub use wrap::wrap;
