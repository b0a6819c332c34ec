//! Three quarters of a year and the end of it, once through the screen and once through the command line: filed, returned,
//! filed again, accepted, gone red, chased, set by hand, recovered, extended, closed. Both ledgers are equal in the end.

use std::path::Path;

use duban::model::{Change, Intent, Key, Record, Seq};
use duban::store;

use crate::terminal::{Terminal, duban};

/// A breakdown of an invented place with one task that has one target.
const NOTICE: &str = "云溪市2024年重点工作责任分解\n\n\
    1. 推进公园城市建设，新建城市公园20个以上。\n\n牵头市领导：林一舟\n\n责任单位：市住建局、市财政局\n";

/// A ledger with the invented breakdown alone.
fn ledger() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let notice = folder.path().join("yunxi-2024.txt");
    std::fs::write(&notice, NOTICE).unwrap();
    let (status, _, error) = duban(&folder.path().join("data"), &["import", notice.to_str().unwrap()]);
    assert_eq!(status, 0, "{error}");
    folder
}

type Commits = Vec<(Seq, Intent, Vec<Change>)>;
type Records = Vec<(Key, Seq, Record)>;

/// What a ledger holds and how it came there; not when, by which process, or under which ids.
fn contents(folder: &Path) -> (Commits, Records) {
    let opened = store::open_to_read(&folder.join("data")).unwrap();
    let commits = opened.store.since(Seq::ZERO, usize::MAX, std::time::Duration::ZERO).unwrap();
    let commits =
        commits.into_iter().map(|one| (one.commit.seq, one.commit.intent, one.commit.changes.clone())).collect();
    let ledger = opened.store.snapshot().unwrap();
    let records = ledger.entries();
    let records = records.map(|(key, entry)| (key.clone(), entry.version, entry.record.as_ref().clone())).collect();
    (commits, records)
}

fn by_command_line(folder: &Path) {
    let data = folder.join("data");
    let run = |arguments: &[&str]| {
        let (status, out, error) = duban(&data, arguments);
        assert_eq!(status, 0, "{arguments:?}\n{out}{error}");
        out
    };
    let state = |period: &str| {
        let json: serde_json::Value = serde_json::from_str(&run(&["list", "--period", period, "--json"])).unwrap();
        let task = json.get(0).unwrap();
        let word = |name: &str| task.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
        (word("filing"), word("status"), word("light"))
    };
    let is = |period: &str, filing: &str, status: &str, light: &str| {
        assert_eq!(state(period), (filing.to_owned(), status.to_owned(), light.to_owned()), "{period}");
    };
    run(&["file", "T1", "--period", "2024Q1", "--progress", "已建成5个。", "--actual", "1=5"]);
    is("2024Q1", "待审核", "按序时推进", "绿");
    run(&["review", "T1", "--period", "2024Q1", "--return", "请附验收证明"]);
    is("2024Q1", "退回", "按序时推进", "绿");
    run(&["file", "T1", "--period", "2024Q1", "--progress", "已建成5个，验收证明已附。"]);
    run(&["review", "T1", "--period", "2024Q1", "--accept"]);
    is("2024Q1", "已审核", "按序时推进", "绿");
    run(&["file", "T1", "--period", "2024Q2", "--progress", "无新增。", "--actual", "1=5"]);
    is("2024Q2", "待审核", "滞后", "黄");
    run(&["review", "T1", "--period", "2024Q2", "--accept"]);
    run(&["file", "T1", "--period", "2024Q3", "--progress", "新增1个。", "--actual", "1=6"]);
    is("2024Q3", "待审核", "严重滞后", "红");
    run(&["chase", "T1", "--period", "2024Q3", "--note", "已电话联系"]);
    run(&["light", "T1", "--period", "2024Q3", "yellow", "用地已批，十月集中开工"]);
    is("2024Q3", "待审核", "严重滞后", "黄");
    run(&["file", "T1", "--period", "2024Q3", "--progress", "集中建成，累计16个。", "--actual", "1=16"]);
    run(&["light", "T1", "--period", "2024Q3", "--clear"]);
    is("2024Q3", "待审核", "按序时推进", "绿");
    run(&["review", "T1", "--period", "2024Q3", "--accept"]);
    run(&["request", "T1", "extend", "两个公园雨季停工", "--until", "2025-03-31", "--period", "2024Q4"]);
    run(&["decide", "T1", "1", "--grant", "同意", "--approver", "林一舟"]);
    run(&["file", "T1", "--period", "2024Q4", "--progress", "20个全部建成。", "--actual", "1=20"]);
    run(&["request", "T1", "close", "已全部建成", "--period", "2024Q4"]);
    run(&["decide", "T1", "2", "--grant", "同意销号", "--approver", "林一舟"]);
    run(&["review", "T1", "--period", "2024Q4", "--accept"]);
    is("2024Q4", "已审核", "已完成", "绿");
    let chased = duban(&data, &["chase", "--period", "2024Q4"]);
    assert_eq!(chased.0, 1, "a closed item is not chased: {}", chased.1);
}

fn by_keys(folder: &Path) {
    let mut terminal = Terminal::start(&folder.join("data"));
    terminal.shows("任务 1/1");
    let mut commits = 1;
    // Opened after the year: it stands at the last quarter.
    terminal.send("[[[");
    terminal.shows("2024年一季度");
    let mut save = |terminal: &mut Terminal, keys: &str, then: &str| {
        commits += 1;
        terminal.send(keys);
        terminal.shows(&format!("已存 #{commits}"));
        terminal.send(then);
        terminal.settle();
    };
    let filing = |progress: &str, figure: &str| format!("e\t\x15{progress}\t\t\t{figure}\x13");
    save(&mut terminal, &filing("已建成5个。", "5"), "");
    save(&mut terminal, "R请附验收证明\r", "");
    save(&mut terminal, "e\t\x15已建成5个，验收证明已附。\x13", "");
    save(&mut terminal, "A", "]");
    terminal.shows("2024年二季度");
    save(&mut terminal, &filing("无新增。", "5"), "");
    save(&mut terminal, "A", "]");
    terminal.shows("2024年三季度");
    save(&mut terminal, &filing("新增1个。", "6"), "w");
    terminal.shows("完成率 30.0%，序时进度 75%");
    terminal.send("\x1b");
    terminal.settle();
    save(&mut terminal, "c已电话联系\r", "");
    save(&mut terminal, "!\x1b[C\x1b[C\r用地已批，十月集中开工\r", "");
    save(&mut terminal, &filing("集中建成，累计16个。", "16"), "");
    save(&mut terminal, "!\x1b[D\x1b[D\x13", "");
    save(&mut terminal, "A", "]");
    terminal.shows("2024年四季度");
    save(&mut terminal, "Da\t两个公园雨季停工\t2025-03-31\r", "");
    save(&mut terminal, "\r\t林一舟\t同意\r\r", "\x1b");
    save(&mut terminal, &filing("20个全部建成。", "20"), "");
    save(&mut terminal, "Da4\t已全部建成\x13", "j");
    save(&mut terminal, "\r\t林一舟\t同意销号\x13", "\x1b");
    save(&mut terminal, "A", "5");
    terminal.shows("没有需要催办的事项");
    terminal.send("q");
    assert_eq!(terminal.ended(), 0);
}

#[test]
fn a_year_of_a_task_by_keys_and_by_commands_makes_equal_ledgers() {
    let (keys, commands) = (ledger(), ledger());
    by_command_line(commands.path());
    by_keys(keys.path());
    assert_eq!(contents(keys.path()), contents(commands.path()));
}
