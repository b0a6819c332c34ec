//! 督办 duban.

fn main() {}
