//! What every store does alike, and what the one on disk survives. Places and units are invented.

mod backup;
mod backup_spoilt;
mod backups;
mod conformance;
mod damage;
mod export;
mod export_schema;
mod fields;
mod fuzz;
mod golden;
mod host;
mod hostile;
mod image;
mod lock;
mod open;
mod random;
mod repair;
mod sample;
mod upgrade;
