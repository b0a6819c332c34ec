//! The arrows of `src/lib.rs`: every `use crate::…` points down.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Component, Path, PathBuf};

/// Each layer with those that it may use. Two lists could disagree with the drawing; this one is the rule.
const MAY_USE: [(&str, &[&str]); 13] = [
    ("text", &[]),
    ("caught", &[]),
    ("model", &["text"]),
    ("catalog", &["model"]),
    ("store", &["model", "text", "caught"]),
    ("search", &["model", "text"]),
    ("import", &["model", "text", "caught"]),
    ("report", &["model", "text", "catalog", "import"]),
    ("render", &["model", "text", "catalog", "report"]),
    ("forms", &["model", "text", "catalog", "report"]),
    ("output", &["model", "text", "catalog", "store", "report", "render"]),
    ("tui", &["model", "text", "catalog", "store", "search", "import", "report", "render", "output"]),
    ("cli", &["model", "text", "catalog", "store", "search", "import", "report", "render", "forms", "output", "tui"]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// A source without its tests: those that stand in it are its end; where they are files of their own, only the line that names them goes.
fn code(text: &str) -> String {
    let mut code = String::new();
    let mut pieces = text.split("#[cfg(test)]\n");
    code.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (first, rest) = piece.split_once('\n').unwrap_or((piece, ""));
        if first.ends_with('{') && first.contains("mod ") {
            break;
        }
        code.push_str(rest);
    }
    code
}

/// The layers that a source names outside its tests and comments.
fn named(text: &str) -> Vec<String> {
    let code = code(text);
    let code: Vec<&str> = code.lines().map(str::trim).filter(|line| !line.starts_with("//")).collect();
    let mut layers = Vec::new();
    for after in code.join(" ").split("crate::").skip(1) {
        let names = after.strip_prefix('{').map_or_else(|| vec![after], first_of_each);
        let layer = |name: &str| name.trim().chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        layers.extend(names.into_iter().map(layer).filter(|name: &String| !name.is_empty()));
    }
    layers
}

/// The names that a group in braces begins with: of `model::{A, B}, report}` these are `model::…` and `report`.
fn first_of_each(group: &str) -> Vec<&str> {
    let (mut depth, mut start, mut names) = (0_u32, 0, Vec::new());
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            '}' | ',' if depth == 0 => {
                names.push(group.get(start..at).unwrap_or_default());
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names
}

#[test]
fn arrows_point_down_only() {
    for (layer, allowed) in MAY_USE {
        let mut files = Vec::new();
        let folder = Path::new("src").join(layer);
        if folder.is_dir() {
            sources(&folder, &mut files);
        } else {
            // A layer of one file.
            files.push(folder.with_extension("rs"));
        }
        assert!(!files.is_empty(), "no layer {layer}");
        for file in files {
            // Tests, and what is fuzzed (`src/fuzz.rs` is no layer: it is there in tests only).
            let is_test =
                |part: Component| ["tests.rs", "tests", "fuzz.rs"].iter().any(|name| part.as_os_str() == *name);
            if file.components().any(is_test) {
                continue;
            }
            for used in named(&fs::read_to_string(&file).unwrap()) {
                let fine = used == layer || allowed.contains(&used.as_str());
                assert!(fine, "{} ({layer}) uses {used}", file.display());
            }
        }
    }
}

#[test]
fn the_test_would_see_an_arrow_that_points_up() {
    let up = "use crate::tui::run;\nuse crate::{\n    model::Book,\n    report,\n};\nfn f() { crate::cli::main(); }\n// crate::store\n";
    assert_eq!(named(up), ["tui", "model", "report", "cli"]);
    let nested = "#[cfg(test)]\nmod tests;\nuse crate::{model::{Book, Key}, report::make};\n#[cfg(test)]\nmod more {\n use crate::cli;\n}\n";
    assert_eq!(named(nested), ["model", "report"]);
}

#[test]
fn one_file_names_sled_and_one_names_bincode() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    for (word, home) in [("sled::", "sled_state"), ("bincode::", "codec")] {
        let naming: Vec<String> = files
            .iter()
            .filter(|file| fs::read_to_string(file).unwrap().contains(word))
            .map(|file| file.display().to_string())
            .collect();
        let ok = naming.len() == 1 && naming.iter().all(|file| file.contains(home));
        assert!(ok, "{word} is named in {naming:?}");
    }
}

#[test]
fn one_file_catches_what_unwinds() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    let catching = files.iter().filter(|file| fs::read_to_string(file).unwrap().contains("catch_unwind("));
    let catching: Vec<String> = catching.map(|file| file.display().to_string()).collect();
    assert_eq!(catching, ["src/caught.rs"]);
}

#[test]
fn the_main_file_is_short() {
    assert!(fs::read_to_string("src/main.rs").unwrap().lines().count() < 60);
}

#[test]
fn one_file_asks_what_time_it_is() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    let asks = |text: &str| {
        let code = code(text);
        ["SystemTime::now", "Local::now", "Utc::now"].iter().any(|word| code.contains(word))
    };
    let asking: Vec<String> = files
        .iter()
        .filter(|file| !file.components().any(|part| part.as_os_str() == "tests"))
        .filter(|file| asks(&fs::read_to_string(file).unwrap()))
        .map(|file| file.display().to_string())
        .collect();
    assert_eq!(
        asking,
        ["src/store/clock.rs"],
        "whatever else asks may come to order or to wait by a clock that is set"
    );
}
