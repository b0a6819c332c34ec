//! What is typed on the command line, and what `--from` reads.

use std::ffi::{OsStr, OsString};

use clap::FromArgMatches as _;

use super::args::{Global, Line};
use super::session::Session;
use super::{batch, figure, localise, login, pick};
use crate::catalog::Lang;
use crate::fuzz::{is_hostile, run};
use crate::import::{read, seed};
use crate::model::{Actor, BatchId, CITY_TOTAL, Hash, Ledger, Period};

fn session() -> Session {
    let global = Global {
        data: None,
        server: None,
        lang: None,
        doc: None,
        demo: true,
        ascii: false,
        no_color: true,
        read_only: true,
        restricted: false,
    };
    Session::new(Lang::Zh, global).unwrap_or_else(|_| panic!("a folder to throw away can be made"))
}

fn ledger() -> Ledger {
    let reading = read(seed::FILE_NAME, seed::TEXT.as_bytes(), Some(seed::CORRECTIONS)).unwrap();
    let mut ledger = Ledger::default();
    let batch = reading.batch(&ledger, BatchId([1; 16]), chrono::DateTime::UNIX_EPOCH.fixed_offset()).unwrap();
    let commit = ledger.prepare(&Actor { uid: 1, name: "li".into() }, &batch).unwrap();
    ledger.apply(&commit, Hash::default()).unwrap();
    ledger
}

fn bytes(texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.as_bytes().to_vec()).collect()
}

#[test]
fn fuzz_batch() {
    let session = session();
    let corpus = bytes(&[
        r#"[{"key":"T48","period":"2024Q3","percent":65.5,"progress":"完成过半\n“开门红”","actual":{"1":"3.5","2":null}}]"#,
        r#"[{"key":"T1","accept":true,"no":3,"text":""},{"key":"P17.1","value":12.50,"area":null}]"#,
        "\u{feff}[{}]",
    ]);
    let words = [
        "[",
        "]",
        "{",
        "}",
        ":",
        ",",
        "\"",
        "null",
        "true",
        "false",
        "\\u202e",
        "\\ud800\\u0000",
        "\\n",
        "1e999999",
        "-0",
        "0.1",
        "18446744073709551616",
        "\"key\"",
        "\"progress\"",
        "\"actual\"",
        "\"no\"",
        "[[[[[[[[[[[[[[[[",
        "{\"a\":{\"a\":{\"a\":",
        "\u{0}",
        "65535",
    ];
    run("batch", &corpus, &words, |input| {
        let Ok(elements) = batch::elements(&session, "x.json", input.to_vec()) else { return false };
        for element in &elements {
            for field in ["key", "period", "percent", "progress", "accept", "no", "text", "value", "area"] {
                if let Ok(Some(text)) = element.text(&session, field) {
                    assert!(!session.lines(&text).contains(is_hostile));
                }
                let (_, _) = (element.flag(&session, field), element.clearable(&session, field));
                assert_ne!(element.number(&session, field).ok().flatten(), Some(0));
            }
            let _ = element.figures(&session, "actual");
        }
        true
    });
}

#[test]
fn fuzz_typed() {
    let (session, ledger) = (session(), ledger());
    let book = pick::book(&session, &ledger).unwrap_or_else(|_| panic!("there is a document"));
    let rows: Vec<_> = book.rows().into_iter().take(12).collect();
    let task = book.tasks().next().unwrap().key;
    let corpus = bytes(&[
        "2024Q3",
        "Q3",
        "三季度",
        "2024年三季度",
        "65.5",
        "65.5%",
        "8.2万",
        "1=3.5",
        "2＝－3",
        "2024-12-31",
        "12月31日",
        "2024年12月31日",
        "T48",
        "P17.3",
        "省17-3",
        "云溪市",
        "1",
        "市发改委",
        "充电桩",
    ]);
    let words = [
        "Q",
        "季度",
        "年",
        "月",
        "日",
        "=",
        "＝",
        "-",
        "－",
        "%",
        "万",
        "T",
        "P",
        "C",
        ".",
        "99999",
        "0",
        "\u{202e}",
        "一",
        "上半年",
        "３",
        "65536=",
        "东",
    ];
    let quarter = Period::quarter(2024, 3).unwrap();
    run("typed", &corpus, &words, |input| {
        let text = String::from_utf8_lossy(input).into_owned();
        let mut taken = false;
        if let Ok(period) = pick::period(&session, &book, Some(&text)) {
            assert_eq!(pick::period(&session, &book, Some(&period.to_string())).ok(), Some(period), "{text:?}");
            taken = true;
        }
        if let Ok(Some(percent)) = figure::percentage(&session, &text) {
            assert!((0..=1000).contains(&i64::try_from(percent.trunc()).unwrap()), "{text:?}");
            taken = true;
        }
        for row in &rows {
            taken |= figure::of_cell(&session, &book, (row, CITY_TOTAL, quarter), &text)
                .is_ok_and(|value| !value.is_sign_negative() || value.is_zero());
        }
        taken |= figure::actual(&session, &book, (task, quarter), &text).is_ok();
        if let Ok(day) = figure::date(&session, &book, &text) {
            assert_eq!(figure::date(&session, &book, &day.to_string()).ok(), Some(day), "{text:?}");
            taken = true;
        }
        if let Ok(items) = pick::items(&session, &book, &text) {
            assert!(!items.is_empty(), "{text:?}");
            taken = true;
        }
        taken
    });
}

#[test]
fn fuzz_login() {
    let corpus = bytes(&[
        "duban who 充电桩",
        "duban file T1 --percent 30 --period 2024Q3 --progress '一 二'",
        "duban report 2024Q3 --format pdf",
        "duban log T5 --number 3 --json",
        "duban import /etc/passwd",
        "duban restore x.zip y --at 3",
    ]);
    let words = [
        "--data",
        "--data=",
        "--server",
        "-o",
        "--output",
        "--from",
        "--each",
        "--demo",
        "--dry-run",
        "import ",
        "export ",
        "backup ",
        "serve",
        "login",
        "docs .",
        "restore ",
        "repair --write",
        "'",
        "\"",
        "\\",
        ";",
        "$(id)",
        "`id`",
        "|",
        "\n",
        "--",
        "-",
        "=",
        "forms in ",
        "@",
        "\u{202e}",
        "--lang en",
    ];
    let forbidden =
        ["import", "export", "backup", "restore", "repair", "verify", "serve", "login", "docs", "forms", "completions"];
    let command = localise::command(Lang::Zh);
    run("login", &corpus, &words, |input| {
        use std::os::unix::ffi::OsStrExt as _;
        let Ok(words) = login::words(Lang::Zh, Some(OsStr::from_bytes(input))) else { return false };
        assert_eq!(words.first(), Some(&OsString::from("duban")));
        let Ok(matches) = command.clone().try_get_matches_from(&words) else { return false };
        let Ok(line) = Line::from_arg_matches(&matches) else { return false };
        if login::permit(Lang::Zh, &matches).is_err() {
            return false;
        }
        // Permitted is no verb of the forbidden ones, and nothing that names another ledger.
        let verb = matches.subcommand_name().unwrap_or_default();
        assert!(!forbidden.contains(&verb), "{words:?}");
        assert!(line.global.data.is_none() && line.global.server.is_none() && !line.global.demo, "{words:?}");
        true
    });
}

#[test]
fn a_figure_is_read_in_the_unit_of_its_cell() {
    use crate::report::fixture::{Making, amount, dec, id};
    let mut making = Making::new("东城区");
    let quota = crate::model::Quota::Percent(dec("95"), true);
    making.row("P1.1", "路灯", amount("20"), &[("东城区", quota)]);
    let (session, ledger) = (session(), making.ledger());
    let book = crate::model::Book::open(&ledger, &id()).unwrap();
    let row = book.row("P1.1".parse().unwrap()).unwrap();
    let read = |area: &str, typed: &str| {
        figure::of_cell(&session, &book, (row, area, crate::report::fixture::q(3)), typed).ok()
    };
    assert_eq!(read("东城区", "95%"), Some(dec("95")), "a percentage in a row that is counted");
    assert_eq!(read(CITY_TOTAL, "95%"), None);
    assert_eq!(read(CITY_TOTAL, "12"), Some(dec("12")));
}
