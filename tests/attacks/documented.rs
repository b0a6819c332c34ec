//! `docs/THREATS.md` names a test for each attack; each is there.

use std::fs;
use std::path::Path;

#[test]
fn every_test_that_the_page_of_threats_names_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let named = |page: &str| -> Vec<(String, String)> {
        let text = fs::read_to_string(root.join(page)).unwrap();
        let quoted = text.split('`').skip(1).step_by(2);
        quoted
            .filter_map(|word| word.split_once(".rs::").map(|(file, test)| (format!("{file}.rs"), test.to_owned())))
            .collect()
    };
    let all = named("docs/THREATS.md");
    assert!(all.len() > 30, "{}", all.len());
    for (file, test) in &all {
        let code = fs::read_to_string(root.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert!(code.contains(&format!("fn {test}(")), "{file} has no test {test}");
    }
    let mut chinese = named("docs/THREATS.zh-CN.md");
    chinese.retain(|one| !all.contains(one));
    assert_eq!(chinese, [], "the Chinese page names no others");
}
