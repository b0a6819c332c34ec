//! What it is: nouns, rules, changes. No I/O, no clock, no terminal.

pub mod book;
pub mod change;
pub mod document;
pub mod entry;
pub mod filing;
pub mod finding;
pub mod history;
pub mod key;
pub mod ledger;
pub mod period;
pub mod quota;
pub mod rating;
pub mod record;
pub mod target;
pub mod task;
pub mod unit;

pub use book::{Book, CellState, Tally};
pub use change::{Actor, Batch, BatchId, Change, Commit, Hash, Head, Intent, Seq, Write};
pub use document::{CITY_TOTAL, Document, List, ListKind, Settings, Source};
pub use filing::Filing;
pub use finding::{Alternative, Confidence, Finding, Fix};
pub use history::UndoStack;
pub use key::{BadKey, DocumentId, ItemKey, Key, ListCode, Of};
pub use ledger::{Clash, Entry, Ledger, Misfit};
pub use period::{Period, Span};
pub use quota::{AreaQuota, Done, Quota, QuotaRow, RowKind, SumCheck};
pub use rating::{Light, Rating, Status, Thresholds};
pub use record::Record;
pub use target::{Comparator, Target};
pub use task::Task;
pub use unit::{Aliases, Unit};
