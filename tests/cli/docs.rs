//! The command reference that is checked in is the one that the program makes.

use crate::run::Fresh;

#[test]
fn the_command_reference_is_current() {
    let fresh = Fresh::new();
    fresh.ok(["docs", "."]);
    for name in ["commands.zh.md", "commands.en.md"] {
        let made = std::fs::read_to_string(fresh.home().join(name)).unwrap();
        let kept = std::fs::read_to_string(format!("{}/docs/reference/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        assert!(made == kept, "{name} is out of date: run `cargo run -- docs docs/reference`");
    }
}

#[test]
fn completions_know_the_verbs() {
    let fresh = Fresh::new();
    for shell in ["bash", "zsh", "fish"] {
        let script = fresh.ok(["completions", shell]);
        assert!(script.contains("who") && script.contains("livelihood"), "{shell}");
    }
}
