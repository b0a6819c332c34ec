//! The document that the program is born with: the notice as published, and what was settled about it.

/// The name of its file.
pub const FILE_NAME: &str = "quzhou-2024.txt";
/// The notice as published.
pub const TEXT: &str = include_str!("../../seeds/quzhou-2024.txt");
/// The corrections beside it.
pub const CORRECTIONS: &str = include_str!("../../seeds/quzhou-2024.corrections.toml");
