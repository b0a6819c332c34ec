//! An office's server: the service under an account of its own, a real sshd on the loopback with the project's snippet, real accounts.

use std::fs::{self, Permissions};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::CommandBuilder;

use crate::terminal::Terminal;

/// How long anything may take before the test gives up. Nothing is asserted about time.
const PATIENCE: Duration = Duration::from_secs(20);

/// Whether the accounts are there; a word where they are not. Where they have to be (`.ci/run`), it fails.
pub(crate) fn can_be_tried() -> bool {
    let root = rustix::process::getuid().is_root();
    let there = root && uzers::get_user_by_name("dubt-host").is_some() && Path::new("/usr/sbin/sshd").exists();
    if !there {
        assert!(std::env::var_os("DUBAN_NEED_PROGRAMS").is_none(), "needed: root, sshd, tests/pty/accounts.sh");
        eprintln!("not tried: needs root, sshd and the accounts of tests/pty/accounts.sh");
    }
    there
}

pub(crate) struct Server {
    dir: tempfile::TempDir,
    port: u16,
    service: Child,
    sshd: Child,
}

impl Server {
    /// A server with the document read in and a role for each account.
    pub(crate) fn start() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path();
        // The accounts have to reach the program and the socket; what else is here they may not read.
        fs::set_permissions(path, Permissions::from_mode(0o755)).unwrap();
        fs::copy(env!("CARGO_BIN_EXE_duban"), path.join("duban")).unwrap();
        for (name, owner) in [("data", "dubt-host"), ("run", "dubt-host")] {
            fs::create_dir(path.join(name)).unwrap();
            run("chown", &[&format!("{owner}:dubt-users"), &path.join(name).display().to_string()]);
        }
        fs::set_permissions(path.join("run"), Permissions::from_mode(0o750)).unwrap();
        let port = free_port();
        write_sshd_config(path, port);
        let service = serve(path);
        let sshd = Command::new("/usr/sbin/sshd")
            .args(["-D", "-e", "-f", &path.join("sshd_config").display().to_string()])
            .stderr(fs::File::create(path.join("sshd.log")).unwrap())
            .spawn()
            .unwrap();
        let server = Self { dir, port, service, sshd };
        wait_for("the socket", || server.socket().exists());
        wait_for("sshd", || TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok());
        let seed = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/quzhou-2024.txt");
        fs::copy(seed, server.path("quzhou-2024.txt")).unwrap();
        server.as_host(&["import", &server.path("quzhou-2024.txt")]);
        server.as_host(&["role", "add", "dubt-admin", "admin"]);
        server.as_host(&["role", "add", "dubt-editor", "editor"]);
        server.as_host(&["role", "add", "dubt-contact", "contact", "--unit", "市发改委"]);
        server.as_host(&["role", "add", "dubt-reader", "reader"]);
        server
    }

    pub(crate) fn socket(&self) -> PathBuf {
        self.dir.path().join("run/socket")
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.dir.path().join(name).display().to_string()
    }

    /// The program under the service's own account; it has to succeed.
    pub(crate) fn as_host(&self, args: &[&str]) -> String {
        let output = self.as_user("dubt-host", args);
        assert!(output.status.success(), "{args:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// The program under an account, on the server itself: nothing between it and the socket.
    pub(crate) fn as_user(&self, user: &str, args: &[&str]) -> Output {
        let socket = self.socket().display().to_string();
        let all: Vec<&str> = ["--server", &socket].iter().chain(args).copied().collect();
        Self::program_as(user, &self.path("duban"), &all)
    }

    /// Any program under an account.
    pub(crate) fn program_as(user: &str, program: &str, args: &[&str]) -> Output {
        under(user, program).args(args).current_dir("/").output().unwrap()
    }

    /// What `ssh` is called with, up to the host.
    fn ssh_args(&self, user: &str, more: &[&str]) -> Vec<String> {
        let mut args: Vec<String> = Vec::new();
        for option in ["StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "LogLevel=ERROR", "BatchMode=yes"] {
            args.extend(["-o".to_owned(), option.to_owned()]);
        }
        args.extend(["-F", "/dev/null", "-i"].map(str::to_owned));
        args.extend([self.path("key"), "-p".to_owned(), self.port.to_string()]);
        args.extend(more.iter().map(|&word| word.to_owned()));
        args.push(format!("{user}@127.0.0.1"));
        args
    }

    /// A command over SSH, as a person would type it.
    pub(crate) fn ssh(&self, user: &str, command: &str) -> Output {
        Command::new("ssh").args(self.ssh_args(user, &[])).arg(command).stdin(Stdio::null()).output().unwrap()
    }

    /// `ssh` with options of its own, started and not waited for.
    pub(crate) fn ssh_with(&self, user: &str, options: &[&str]) -> Child {
        let mut command = Command::new("ssh");
        command.args(self.ssh_args(user, options)).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().unwrap()
    }

    pub(crate) fn sftp(&self, user: &str) -> Output {
        let mut args = self.ssh_args(user, &["-s"]);
        args.push("sftp".to_owned());
        Command::new("ssh").args(args).stdin(Stdio::null()).output().unwrap()
    }

    /// The screen, over SSH, on a terminal of 80×24.
    pub(crate) fn screen(&self, user: &str) -> Terminal {
        let mut command = CommandBuilder::new("ssh");
        command.args(self.ssh_args(user, &["-tt"]));
        Terminal::run(command)
    }

    /// Stops the service as systemd does, and starts it again.
    pub(crate) fn restart(&mut self) {
        run("kill", &["-TERM", &self.service.id().to_string()]);
        assert!(self.service.wait().unwrap().success());
        assert!(!self.socket().exists(), "no stale socket");
        self.service = serve(self.dir.path());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        for child in [&mut self.sshd, &mut self.service] {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// A program under an account, with its groups.
fn under(user: &str, program: &str) -> Command {
    let mut command = Command::new("setpriv");
    let home = format!("/home/{user}");
    command.args(["--reuid", user, "--regid", user, "--init-groups", "--reset-env", program]).env("HOME", home);
    command
}

fn serve(path: &Path) -> Child {
    let in_dir = |name: &str| path.join(name).display().to_string();
    let mut command = Command::new("setpriv");
    command.args(["--reuid", "dubt-host", "--regid", "dubt-users", "--init-groups", "--reset-env"]);
    command.args([&in_dir("duban"), "--data", &in_dir("data"), "serve", "--socket", &in_dir("run/socket"), "--group"]);
    command.stdout(Stdio::null()).spawn().unwrap()
}

/// The shipped snippet, with the names of the test's program, socket and group.
fn write_sshd_config(path: &Path, port: u16) {
    let in_dir = |name: &str| path.join(name).display().to_string();
    for key in ["host_key", "key"] {
        run("ssh-keygen", &["-q", "-t", "ed25519", "-N", "", "-f", &in_dir(key)]);
    }
    fs::create_dir_all("/run/sshd").unwrap();
    let snippet = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/packaging/sshd/50-duban.conf")).unwrap();
    let login = format!("{} login --server {}", in_dir("duban"), in_dir("run/socket"));
    let ours =
        snippet.replace("Match Group duban-only", "Match Group dubt-only").replace("/usr/bin/duban login", &login);
    assert_ne!(snippet, ours);
    let config = format!(
        "Port {port}\nListenAddress 127.0.0.1\nHostKey {}\nPidFile none\nUsePAM no\nStrictModes no\n\
         AuthorizedKeysFile {}\nSubsystem sftp internal-sftp\n{ours}",
        in_dir("host_key"),
        in_dir("key.pub"),
    );
    fs::write(path.join("sshd_config"), config).unwrap();
}

fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}

fn run(program: &str, args: &[&str]) {
    let output = Command::new(program).args(args).output().unwrap();
    assert!(output.status.success(), "{program} {args:?}: {output:?}");
}

fn wait_for(what: &str, is_there: impl Fn() -> bool) {
    let until = Instant::now() + PATIENCE;
    while !is_there() {
        assert!(Instant::now() < until, "{what} did not come");
        thread::sleep(Duration::from_millis(10));
    }
}
