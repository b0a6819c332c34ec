//! Runs the binary on a ledger of its own.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A machine without a ledger.
pub(crate) struct Fresh {
    home: TempDir,
}

/// What a run printed, and its exit status.
#[derive(Debug)]
pub(crate) struct Ran {
    pub out: String,
    pub err: String,
    pub status: i32,
}

impl Fresh {
    pub(crate) fn new() -> Self {
        Self { home: tempfile::tempdir().unwrap() }
    }

    /// A folder that nothing but this test uses.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// The ledger's folder.
    pub(crate) fn data(&self) -> PathBuf {
        self.home().join("data")
    }

    /// The command, not started yet, with nothing of the caller's environment.
    pub(crate) fn command<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_duban"));
        command
            .args(args)
            .env_clear()
            .env("HOME", self.home())
            .env("TMPDIR", self.home())
            .env("DUBAN_DATA", self.data())
            .current_dir(self.home())
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Ran {
        self.command(args).output().unwrap().into()
    }

    /// Runs what has to succeed, and answers what it printed.
    pub(crate) fn ok<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> String {
        let ran = self.run(args);
        assert_eq!(ran.status, 0, "{ran:?}");
        ran.out
    }

    /// Runs what has to succeed and print JSON.
    pub(crate) fn json<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Value {
        serde_json::from_str(&self.ok(args)).unwrap()
    }

    /// Runs what has to fail with a status: on standard error, one line what, one line what to do.
    pub(crate) fn fails<S: AsRef<OsStr>>(&self, status: i32, args: impl IntoIterator<Item = S>) -> Ran {
        let ran = self.run(args);
        assert_eq!(ran.status, status, "{ran:?}");
        assert_eq!(ran.err.lines().count(), 2, "{ran:?}");
        ran
    }

    /// Runs with a batch on standard input.
    pub(crate) fn batch(&self, args: &[&str], batch: &Value) -> Ran {
        use std::io::Write as _;
        let mut command = self.command(args.iter().copied().chain(["--from", "-"]));
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(batch.to_string().as_bytes()).unwrap();
        child.wait_with_output().unwrap().into()
    }

    /// A task without targets: it is rated on the percentage that is stated.
    pub(crate) fn plain_task(&self) -> String {
        let tasks = self.json(["list", "--json"]);
        let tasks = tasks.as_array().unwrap();
        let plain = tasks.iter().find(|task| task["targets"].as_array().unwrap().is_empty()).unwrap();
        plain["key"].as_str().unwrap().to_owned()
    }

    /// What `show` tells of an item in a period.
    pub(crate) fn shown(&self, key: &str, period: &str) -> Value {
        self.json(["show", key, "--period", period, "--json"])[0].clone()
    }

    /// The number of the last commit.
    pub(crate) fn head(&self) -> u64 {
        self.json(["status", "--json"])["seq"].as_u64().unwrap()
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
            status: output.status.code().unwrap(),
        }
    }
}

/// Whether a text has Chinese characters.
pub(crate) fn has_han(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}
