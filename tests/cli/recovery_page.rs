//! The pages for the person who has lost something: every command in them does what they say, and every sentence is one that the program says.

use std::path::Path;
use std::process::Command;

use crate::run::Fresh;

const PAGES: [(&str, &str, &str); 2] = [
    ("zh", include_str!("../../docs/RECOVERY.zh-CN.md"), include_str!("../../src/catalog/zh.rs")),
    ("en", include_str!("../../docs/RECOVERY.md"), include_str!("../../src/catalog/en.rs")),
];

/// A user's home with a ledger in its usual place, and the program on the path.
struct Home(Fresh);

impl Home {
    /// A ledger with two commits beside its seed, a backup, and the database as a screen or the service leaves it.
    fn new() -> Self {
        let home = Self(Fresh::new());
        home.ok("duban file T5 --period 2024Q3 --progress 已开工");
        home.ok("duban file T5 --period 2024Q3 --progress 已完工");
        home.ok("duban backup duban-2024-10-24.zip");
        drop(duban::store::open_to_write(&home.ledger(), duban::store::Purpose::Screen).unwrap());
        home
    }

    /// Another home with the same in it.
    fn again(&self) -> Self {
        let home = Self(Fresh::new());
        let from = format!("cp -a {}/. ~", self.0.home().display());
        home.ok(&from);
        home
    }

    /// The beginning of the last commit's hash, as it stands in the foot of a page.
    fn hash(&self) -> String {
        let log: serde_json::Value = serde_json::from_str(&self.ok("duban log -n 1 --json")).unwrap();
        log[0]["hash"].as_str().unwrap().get(..12).unwrap().to_owned()
    }

    fn ledger(&self) -> std::path::PathBuf {
        self.0.home().join(".local/share/duban")
    }

    /// Runs a line as a shell does; answers its status and what it printed.
    fn shell(&self, line: &str, more: &[(&str, &str)]) -> (i32, String) {
        let program = Path::new(env!("CARGO_BIN_EXE_duban")).parent().unwrap();
        let output = Command::new("sh")
            .args(["-c", line])
            .env_clear()
            .env("HOME", self.0.home())
            .env("TMPDIR", self.0.home())
            .env("PATH", format!("{}:/usr/bin:/bin", program.display()))
            .envs(more.iter().copied())
            .current_dir(self.0.home())
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        (output.status.code().unwrap(), text)
    }

    fn ok(&self, line: &str) -> String {
        let (status, text) = self.shell(line, &[]);
        assert_eq!(status, 0, "{line}: {text}");
        text
    }

    /// Puts the ledger into the state that a block of the page is about.
    fn put(&self, state: &str) {
        let journal = self.ledger().join("journal/000001.jsonl");
        let spoil = || {
            let mut bytes = std::fs::read(&journal).unwrap();
            let at = bytes.len() - 100;
            bytes[at] ^= 1;
            std::fs::write(&journal, bytes).unwrap();
        };
        let sled = self.ledger().join("sled");
        match state {
            "worked" | "backed-up" | "printed" => {}
            "damaged" => spoil(),
            "damaged-without-copies" => {
                std::fs::remove_dir_all(&sled).unwrap();
                spoil();
            }
            "database-damaged" => std::fs::write(sled.join("db"), "spoilt").unwrap(),
            "gone" => std::fs::remove_dir_all(self.ledger()).unwrap(),
            "original-damaged" => {
                let folder = self.ledger().join("originals");
                let file = std::fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
                std::fs::write(file, "spoilt").unwrap();
            }
            other => panic!("no such state: {other}"),
        }
    }
}

/// The blocks of commands of a page, each with the state that it is for.
fn blocks(page: &str) -> Vec<(&str, Vec<&str>)> {
    let mut found = Vec::new();
    for part in page.split("<!-- state: ").skip(1) {
        let (state, rest) = part.split_once(" -->\n```sh\n").unwrap();
        let (commands, _) = rest.split_once("```").unwrap();
        found.push((state, commands.lines().collect()));
    }
    found
}

#[test]
fn every_command_of_the_pages_does_what_it_is_for() {
    let whole = Home::new();
    let hash = whole.hash();
    for (lang, page, _) in PAGES {
        let blocks = blocks(page);
        assert_eq!(blocks.len(), page.matches("```sh").count(), "each block says its state");
        for (state, commands) in blocks {
            let home = whole.again();
            home.put(state);
            for line in commands {
                let wanted = line.split_once("# exit status ").map_or(0, |(_, status)| status.trim().parse().unwrap());
                let (status, text) = home.shell(line, &[("DUBAN_LANG", lang), ("HASH", &hash)]);
                assert_eq!(status, wanted, "{lang}, {state}: {line}: {text}");
            }
        }
    }
}

#[test]
fn both_pages_have_the_same_commands() {
    let [zh, en] = PAGES.map(|(_, page, _)| {
        let all = blocks(page).into_iter().flat_map(|(state, lines)| lines.into_iter().map(move |line| (state, line)));
        let plain = all.map(|(state, line)| (state, line.split(" #").next().unwrap().trim_end().to_owned()));
        plain.collect::<Vec<_>>()
    });
    assert_eq!(zh, en);
    assert!(zh.len() > 25);
}

/// Whether the pieces stand in a text one after the other, with something between.
fn in_order(text: &str, pieces: &[&str]) -> bool {
    let mut rest = text;
    pieces.iter().all(|piece| match rest.split_once(piece) {
        Some((_, behind)) => {
            rest = behind;
            true
        }
        None => false,
    })
}

#[test]
fn every_sentence_of_the_pages_is_the_programs() {
    for (lang, page, catalogue) in PAGES {
        let sentences: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("> ")).collect();
        assert!(sentences.len() > 15);
        for sentence in sentences {
            let pieces: Vec<&str> = sentence.split('…').map(str::trim).filter(|piece| !piece.is_empty()).collect();
            let places = sentence.matches('…').count();
            let said = catalogue.lines().any(|line| line.matches("{}").count() == places && in_order(line, &pieces));
            assert!(said, "{lang}: {sentence}");
        }
    }
}
