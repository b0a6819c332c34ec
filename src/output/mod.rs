//! Where reports go, and what they take from the system: fonts, printers, files, the pager. The one place of I/O that both faces
//! share.

pub mod fonts;
pub mod printer;
pub mod save;
