//! Where reports go, and what they take from the system: fonts, printers, files, the pager. The one place of I/O that both faces
//! share. Programs are started directly, never through a shell.

pub mod fonts;
pub mod host;
pub mod pager;
pub mod printer;
pub mod save;
pub mod terminal;
