//! Chinese by default, English complete.

use crate::run::{Fresh, has_han};

/// Every verb, as the help lists them.
fn verbs(fresh: &Fresh) -> Vec<String> {
    let help = fresh.ok(["--lang", "en", "help"]);
    let list = help.split("Commands:").nth(1).unwrap().split("\n\n").next().unwrap().to_owned();
    let words = list.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next().map(str::to_owned));
    words.filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase())).collect()
}

#[test]
fn every_help_page_is_in_the_language() {
    let fresh = Fresh::new();
    let verbs = verbs(&fresh);
    assert!(verbs.len() > 35, "{verbs:?}");
    for verb in &verbs {
        let verb = verb.as_str();
        let zh = fresh.ok([verb, "--help"]);
        assert!(zh.contains("用法：") && !zh.contains("Usage"), "{zh}");
        assert_eq!(zh, fresh.ok(["help", verb]));
        let en = fresh.ok(["--lang", "en", verb, "-h"]);
        assert!(en.contains("Usage:") && !has_han(&en), "{en}");
        assert!(!has_han(&fresh.ok(["man", verb, "--lang=en"])), "{verb}");
    }
    let zh = fresh.ok(["--help"]);
    let en = fresh.ok(["--help", "--lang", "en"]);
    assert!(verbs.iter().all(|verb| zh.contains(verb) && en.contains(verb)));
    assert!(!has_han(&en), "{en}");
}

#[test]
fn the_language_comes_from_the_option_then_the_environment_then_is_chinese() {
    let fresh = Fresh::new();
    let help = |vars: &[(&str, &str)], args: &[&str]| {
        let output = fresh.command(args).envs(vars.iter().copied()).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(has_han(&help(&[("LANG", "en_US.UTF-8")], &["--help"])));
    assert!(!has_han(&help(&[("DUBAN_LANG", "en_US.UTF-8")], &["--help"])));
    assert!(has_han(&help(&[("DUBAN_LANG", "en")], &["--help", "--lang", "zh"])));
    assert!(has_han(&help(&[("DUBAN_LANG", "fr")], &["--help"])));
}

#[test]
fn english_messages_have_no_chinese_of_ours() {
    let fresh = Fresh::new();
    fresh.ok(["list"]);
    std::fs::write(fresh.home().join("empty.txt"), "").unwrap();
    let cases: [&[&str]; 24] = [
        &["who", "zzzzzz"],
        &["lst"],
        &["list", "--light", "purple"],
        &["list", "--nothing"],
        &["list", "--json", "--format", "csv"],
        &["list", "--light", "red"],
        &["list", "--period", "2030Q1"],
        &["list", "--doc", "nowhere"],
        &["show", "T999"],
        &["show", "?"],
        &["file", "T5"],
        &["file", "T5", "--percent", "abc"],
        &["file", "T5", "--percent", "60", "--period", "2024Q3"],
        &["file", "T5", "--percent", "60", "--period", "2024Q3"],
        &["file", "P17.1", "--percent", "60"],
        &["quota", "P17.1", "city", "8.2x"],
        &["quota", "P17", "jiangshan", "8.2"],
        &["quota", "T5", "jiangshan", "8.2"],
        &["undo", "1"],
        &["undo", "99"],
        &["redo"],
        &["doubts", "--settle", "7.7", "1"],
        &["verify"],
        &["import", "empty.txt"],
    ];
    for args in cases {
        let ran = fresh.run([&["--lang", "en"], args].concat());
        // 全市 and the areas are the document's own words.
        let ours = format!("{}{}", ran.out, ran.err).replace("全市", "").replace("江山市", "");
        assert!(!has_han(&ours), "{args:?}: {ran:?}");
        assert!(!ours.is_empty(), "{args:?}");
    }
}

#[test]
fn english_tables_have_english_heads() {
    let fresh = Fresh::new();
    for args in [&["list"][..], &["list", "--livelihood"], &["log"], &["who", "czj"]] {
        let out = fresh.ok([&["--lang", "en"], args, &["--format", "table"]].concat());
        let head = out.lines().next().unwrap().replace("省", "").replace("市", "");
        assert!(!has_han(&head), "{head}");
    }
}
