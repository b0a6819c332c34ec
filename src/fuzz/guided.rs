//! What libFuzzer is given: the corpus as files, the words as a dictionary, and its options.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::Original;
use super::package::{open, words as words_of_parts};

/// The longest entry of a dictionary that libFuzzer takes.
const LONGEST_WORD: usize = 64;

/// Where what a target found is kept between runs, when a run is to be guided.
pub(super) fn asked(name: &str) -> Option<PathBuf> {
    std::env::var_os("DUBAN_GUIDED").map(|folder| Path::new(&folder).join(name))
}

/// Writes what libFuzzer reads into the folder, and answers its arguments. `found` in it grows from run to run; `seeds` are of the corpus;
/// an input that fails is kept beside them.
pub(super) fn prepare(folder: &Path, corpus: &[Original], words: &[&str]) -> Vec<String> {
    let (found, seeds, dictionary) = (folder.join("found"), folder.join("seeds"), folder.join("words"));
    let _ = fs::remove_dir_all(&seeds);
    fs::create_dir_all(&found).unwrap();
    fs::create_dir_all(&seeds).unwrap();
    let inputs: Vec<Vec<u8>> = corpus.iter().flat_map(inputs).collect();
    for (no, input) in inputs.iter().enumerate() {
        fs::write(seeds.join(format!("{no:03}")), input).unwrap();
    }
    let packages = corpus.iter().filter(|original| !original.parts.is_empty());
    let parts = packages.flat_map(|original| words_of_parts(&original.parts));
    let all: BTreeSet<Vec<u8>> = words.iter().map(|word| word.as_bytes().to_vec()).chain(parts).collect();
    let entries = all.iter().filter(|word| (1..=LONGEST_WORD).contains(&word.len())).map(|word| entry(word));
    fs::write(&dictionary, entries.collect::<String>()).unwrap();
    let longest = inputs.iter().map(Vec::len).max().unwrap_or_default();
    let mut arguments = vec![
        found.display().to_string(),
        seeds.display().to_string(),
        format!("-dict={}", dictionary.display()),
        format!("-artifact_prefix={}/", folder.display()),
        format!("-max_len={}", (2 * longest).max(4096)),
        "-timeout=30".to_owned(),
        "-rss_limit_mb=2048".to_owned(),
        "-detect_leaks=0".to_owned(),
        "-print_final_stats=1".to_owned(),
    ];
    // Later ones win over these.
    let more = std::env::var("DUBAN_GUIDED_OPTIONS").unwrap_or_default();
    arguments.extend(more.split_whitespace().map(str::to_owned));
    arguments
}

/// Packages are given as they are and laid open.
fn inputs(original: &Original) -> Vec<Vec<u8>> {
    let laid_open = (!original.parts.is_empty()).then(|| open(&original.parts));
    [original.bytes.clone()].into_iter().chain(laid_open).collect()
}

/// A line of a dictionary, in which every byte may be written as a number.
fn entry(word: &[u8]) -> String {
    let bytes: Vec<String> = word.iter().map(|byte| format!("\\x{byte:02X}")).collect();
    format!("\"{}\"\n", bytes.concat())
}

#[test]
fn libfuzzer_is_given_the_corpus_and_the_words() {
    let folder = tempfile::tempdir().unwrap();
    let zip = super::package::package(&[("a".to_owned(), b"b".to_vec())]);
    let corpus = [Original::of(b"text"), Original::of(&zip)];
    let arguments = prepare(folder.path(), &corpus, &["a\"", ""]);
    assert_eq!(arguments[0], folder.path().join("found").display().to_string());
    let seed = |no: &str| fs::read(folder.path().join("seeds").join(no)).unwrap();
    assert_eq!((seed("000"), seed("001")), (b"text".to_vec(), zip.clone()));
    assert_eq!(super::package::closed(&seed("002")), zip, "the package, laid open");
    let words = fs::read_to_string(folder.path().join("words")).unwrap();
    assert_eq!(words, "\"\\x01\\x02\"\n\"\\x01\\x02\\x61\\x0A\"\n\"\\x50\\x4B\\x0A\"\n\"\\x61\\x22\"\n");
}
