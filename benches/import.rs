//! How fast notices of any size are read, and tables of every conversion.
//!
//! `cargo bench --bench import`; the sizes of the texts are printed with the names. For the memory of a whole process:
//! `--write FILE MEGABYTES` writes such a notice, and `--read FILE` reads one, under `/usr/bin/time -v`.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a bench fails by panicking")]

use std::fmt::Write as _;
use std::path::Path;

use chrono::DateTime;
use divan::Bencher;
use divan::counter::BytesCount;
use duban::import::read;
use duban::model::{BatchId, Ledger};
use duban::store::{MemoryStore, Store as _, current_actor};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--write") {
        let megabytes: usize = arguments[at + 2].parse().unwrap();
        std::fs::write(Path::new(&arguments[at + 1]), notice(megabytes << 20)).unwrap();
        return;
    }
    if let Some(at) = arguments.iter().position(|argument| argument == "--read") {
        let bytes = std::fs::read(&arguments[at + 1]).unwrap();
        let reading = read("notice", &bytes, None).unwrap();
        println!("{} tasks, {} findings of {} bytes", reading.tasks.len(), reading.findings.len(), bytes.len());
        return;
    }
    divan::main();
}

/// So many mebibytes of a notice.
#[divan::bench(args = [1, 10, 100], sample_count = 3)]
fn paragraphs(bencher: Bencher<'_, '_>, megabytes: usize) {
    let text = notice(megabytes << 20);
    bencher.counter(BytesCount::of_str(&text)).bench(|| read("notice.txt", text.as_bytes(), None).unwrap());
}

#[divan::bench(args = ["\t", " | ", "\n"], sample_count = 3)]
fn ten_megabytes_of_a_table(bencher: Bencher<'_, '_>, separator: &str) {
    let text = table(10 << 20, separator);
    bencher.counter(BytesCount::of_str(&text)).bench(|| read("notice.txt", text.as_bytes(), None).unwrap());
}

/// The commit of a notice of so many tasks, into an empty ledger.
#[divan::bench(args = [2_000, 20_000], sample_count = 3)]
fn prepared(bencher: Bencher<'_, '_>, tasks: usize) {
    let reading = read("notice.txt", numbered(tasks, usize::MAX).as_bytes(), None).unwrap();
    bencher.bench(|| reading.prepare(&Ledger::default(), BatchId::default(), DateTime::UNIX_EPOCH.fixed_offset()));
}

/// The same into the ledger that holds it, every so many texts another.
#[divan::bench(args = [(2_000, 20), (20_000, 20), (20_000, 4)], sample_count = 3)]
fn prepared_again(bencher: Bencher<'_, '_>, (tasks, every): (usize, usize)) {
    let at = DateTime::UNIX_EPOCH.fixed_offset();
    let first = read("notice.txt", numbered(tasks, usize::MAX).as_bytes(), None).unwrap();
    let store = MemoryStore::new();
    let batch = first.prepare(&Ledger::default(), BatchId::default(), at).batch.unwrap();
    store.commit(&current_actor(), &batch).unwrap();
    let ledger = store.snapshot().unwrap();
    let again = read("notice.txt", numbered(tasks, every).as_bytes(), None).unwrap();
    bencher.bench(|| again.prepare(&ledger, BatchId::default(), at));
}

/// A notice of so many tasks, every so many of them with another figure.
fn numbered(tasks: usize, every: usize) -> String {
    let mut out = String::from("云溪市人民政府办公室\n2025年3月1日\n2025年政府工作报告重点工作责任分解\n");
    for at in 0..tasks {
        let (no, text) = (at + 1, text(at));
        let more = if (at + 1) % every == 0 { "，新增试点两处" } else { "" };
        write!(out, "{no}. {text}{more}。\n牵头市领导：林一舟、何青禾\n责任单位：市教育局、市住建局\n").unwrap();
    }
    out
}

const TEXTS: [&str; 4] = [
    "坚持重大项目领导挂联、专班攻坚、条块协同，实施重点项目{}个，力争制造业投资增长12%以上",
    "新（改）建城市生活污水管网{}公里以上，改造城镇老旧小区35个，6月底前开工率达到80%以上",
    "完善社会治安防控体系，严厉打击整治电信网络诈骗，开展宣传{}场次",
    "推进教育优质均衡发展，新建改扩建中小学、幼儿园{}所，新增学位1.2万个",
];

fn text(at: usize) -> String {
    TEXTS[at % TEXTS.len()].replace("{}", &(at % 900 + 2).to_string())
}

/// A notice of at least so many bytes: paragraphs with their labels, numbered again in every chapter.
fn notice(bytes: usize) -> String {
    let mut out = String::from("云溪市人民政府办公室\n2025年3月1日\n2025年政府工作报告重点工作责任分解\n");
    for at in 0.. {
        if out.len() >= bytes {
            break;
        }
        if at % 2000 == 0 {
            out += "一、办好下面的事\n";
        }
        let (no, text) = (at % 2000 + 1, text(at));
        write!(out, "{no}. {text}。\n牵头市领导：林一舟、何青禾\n责任单位：市教育局、市住建局，各县（市、区）政府\n")
            .unwrap();
    }
    out
}

/// A table of tasks of at least so many bytes, its cells parted by a sign.
fn table(bytes: usize, separator: &str) -> String {
    let row = |cells: [&str; 4]| cells.join(separator) + "\n";
    let mut out =
        "2025年政府工作报告重点工作责任分解\n".to_owned() + &row(["序号", "工作任务", "牵头领导", "责任单位"]);
    for at in 0.. {
        if out.len() >= bytes {
            break;
        }
        out += &row([&(at % 60_000 + 1).to_string(), &format!("{}。", text(at)), "林一舟", "市教育局、市住建局"]);
    }
    out
}
