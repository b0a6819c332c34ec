//! Where the ledger lives.

use std::io;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;

use crate::catalog::{Lang, Say};

use super::fail::{Exit, Stop};

/// Where the office's service listens, unless it is told otherwise. Where this is there, a login without a folder of its own works through
/// it.
pub(super) const OFFICE: &str = "/run/duban/socket";

/// The socket of the office: `--server`, else `DUBAN_SERVER`, else [`OFFICE`] if it is there. A named folder (`--data`, `DUBAN_DATA`) goes before.
pub(super) fn office(wished: Option<PathBuf>, data: Option<&Path>) -> Option<PathBuf> {
    let named = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| !path.as_os_str().is_empty());
    if wished.is_some() {
        return wished;
    }
    if data.is_some() {
        return None;
    }
    named("DUBAN_SERVER").or_else(|| {
        let office = PathBuf::from(OFFICE);
        (named("DUBAN_DATA").is_none() && office.exists()).then_some(office)
    })
}

/// Where a guest of the office keeps what is its own: drafts.
pub(super) fn state_dir(lang: Lang) -> Result<PathBuf, Stop> {
    match etcetera::choose_base_strategy() {
        Ok(strategy) => Ok(strategy.state_dir().unwrap_or_else(|| strategy.data_dir()).join("duban")),
        Err(_) => Err(Stop::new(Exit::Store, lang.say(Say::CliNoHome), lang.say(Say::CliNoHomeTodo))),
    }
}

/// The folder that was asked for: `--data`, else `DUBAN_DATA`.
pub(super) fn named_data(wished: Option<PathBuf>) -> Option<PathBuf> {
    let named = wished.or_else(|| std::env::var_os("DUBAN_DATA").map(PathBuf::from));
    named.filter(|dir| !dir.as_os_str().is_empty())
}

/// The folder that was asked for, else the user's data directory.
pub(super) fn data_dir(lang: Lang, named: Option<PathBuf>) -> Result<PathBuf, Stop> {
    if let Some(dir) = named {
        return Ok(dir);
    }
    match etcetera::choose_base_strategy() {
        Ok(strategy) => Ok(strategy.data_dir().join("duban")),
        Err(_) => Err(Stop::new(Exit::Store, lang.say(Say::CliNoHome), lang.say(Say::CliNoHomeTodo))),
    }
}

/// A folder of our own under the system's temporary folder, gone when this is dropped.
pub(super) struct Throwaway(PathBuf);

impl Throwaway {
    pub(super) fn new() -> io::Result<Self> {
        use std::os::unix::fs::DirBuilderExt as _;
        let name = format!("duban-demo-{}", crate::store::new_batch_id());
        let dir = std::env::temp_dir().join(name);
        std::fs::DirBuilder::new().mode(0o700).create(&dir)?;
        Ok(Self(dir))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Throwaway {
    fn drop(&mut self) {
        // What cannot be removed stays in the temporary folder, which the system clears.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
