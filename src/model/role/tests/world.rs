//! An invented office: two units, two areas, somebody of every role.

use chrono::{DateTime, FixedOffset};

use super::super::*;
use crate::model::*;
use crate::report::fixture::{Making, amount, cells, day, dec, id, q, target};

pub(super) const OWNER: u32 = 900;

/// Who there is, with their numbers.
pub(super) const PEOPLE: [(&str, u32); 10] = [
    ("root", 0),
    ("owner", OWNER),
    ("admin", 2002),
    ("editor", 2003),
    ("fagai", 2004),
    ("zhujian", 2005),
    ("dong", 2006),
    ("nanxi", 2007),
    ("reader", 2008),
    ("nobody", 2009),
];

/// What [`sample`] knows, in the order of the table.
pub(super) const KINDS: [&str; 30] = [
    "settings",
    "document",
    "task",
    "row",
    "unit",
    "finding",
    "target",
    "view",
    "bulletin",
    "frozen",
    "light",
    "chase",
    "accepted",
    "returned",
    "decision",
    "role",
    "filing-led",
    "filing-supported",
    "filing-foreign",
    "filing-row",
    "actual-led",
    "actual-foreign",
    "step-led",
    "step-supported",
    "step-foreign",
    "request-led",
    "request-foreign",
    "request-row",
    "done-东城区",
    "done-南溪县",
];

pub(super) fn actor(uid: u32, name: &str) -> Actor {
    Actor { uid, name: name.to_owned() }
}

pub(super) fn person(name: &str) -> Actor {
    let (_, uid) = PEOPLE.into_iter().find(|(one, _)| *one == name).unwrap();
    actor(uid, name)
}

pub(super) fn contact(unit: Option<&str>, area: Option<&str>) -> May {
    May::Contact(Contact { unit: unit.map(Arc::from), area: area.map(Arc::from) })
}

/// T1 is led by 市发改委; T2 is supported by it, under another spelling; T3 is 市教育局's; P1.1 is led by 市住建局 and supported by
/// 各县（市、区）政府.
pub(super) fn making() -> Making {
    let mut making = Making::new("市本级 东城区 南溪县");
    making
        .task(1, "促进投资", "张三", "市发改委 市财政局")
        .task(2, "修建公路", "张三", "市交通局 市发展改革委")
        .task(3, "建设学校", "李四", "市教育局")
        .unit("市发改委", "市发展改革委")
        .row("P1.1", "路灯", amount("20"), &cells(&["市本级", "东城区", "南溪县"], "/ 10 10"))
        .doubt(810, "P1.1", None);
    for task in 1..=3 {
        making.target(task, 1, (Comparator::AtLeast, "4", "个"));
    }
    let roles = [
        ("admin", May::Admin),
        ("editor", May::Editor),
        ("fagai", contact(Some("市发改委"), None)),
        ("zhujian", contact(Some("市住建局"), None)),
        ("dong", contact(None, Some("东城区"))),
        ("nanxi", contact(Some("各县（市、区）政府"), Some("南溪县"))),
        ("reader", May::Reader),
    ];
    for (name, may) in roles {
        let role = Role { uid: person(name).uid, name: name.into(), may };
        making.put(Key::role(name), Record::Role(role));
    }
    making
}

pub(super) fn ledger() -> Ledger {
    making().ledger()
}

pub(super) fn task(no: u16) -> ItemKey {
    ItemKey::task(no)
}

pub(super) fn row() -> ItemKey {
    ItemKey::row(ListCode::PROVINCE, 1, 1)
}

pub(super) fn words(text: &str, review: Review) -> Record {
    Record::Filing(Filing { progress: text.into(), review, ..Filing::default() })
}

pub(super) fn filed(text: &str) -> Record {
    words(text, Review::Pending)
}

pub(super) fn figure(value: &str) -> Record {
    Record::Done(Done { value: dec(value) })
}

pub(super) fn asked(outcome: Outcome) -> Record {
    let until = Some(day(12, 31));
    Record::Request(Request {
        kind: RequestKind::Extend, since: q(3), reason: "审批未完成".into(), until, outcome
    })
}

/// A record of a kind, where it belongs, and what it is written for.
pub(super) fn sample(kind: &str) -> (Intent, Key, Record) {
    let id = id();
    let making = making().ledger();
    let now = |key: Key| (making.get(&key).unwrap().record.as_ref().clone(), key);
    let step = || {
        Record::Step(Step {
            text: "招标".into(),
            unit: Some("市发改委".into()),
            deadline: None,
            state: StepState::Todo,
        })
    };
    let item = |name: &str| match name {
        "led" => task(1),
        "supported" => task(2),
        "foreign" => task(3),
        _ => row(),
    };
    if let Some((what, of)) = kind.split_once('-') {
        return match what {
            "filing" => (Intent::File, Key::filing(&id, item(of), q(3)), filed("开工")),
            "actual" => (Intent::Target, Key::actual(&id, item(of), 1, q(3)), figure("2")),
            "step" => (Intent::Step, Key::step(&id, item(of), 1), step()),
            "request" => (Intent::Ask, Key::request(&id, item(of), 1), asked(Outcome::Asked)),
            _ => (Intent::Quota, Key::done(&id, row(), of, q(3)), figure("5")),
        };
    }
    let (record, key) = match kind {
        "settings" => {
            let (record, key) = now(Key::document(&id));
            let Record::Document(mut document) = record else { panic!() };
            document.settings.due_day = 8;
            (Record::Document(document), key)
        }
        "document" => {
            let (record, _) = now(Key::document(&id));
            let Record::Document(mut document) = record else { panic!() };
            document.id = DocumentId::new("yunhe-2025").unwrap();
            let key = Key::document(&document.id);
            (Record::Document(document), key)
        }
        "task" => now(Key::item(&id, task(1))),
        "row" => now(Key::item(&id, row())),
        "unit" => now(Key::unit(&id, "市发改委")),
        "finding" => now(Key::finding(&id, 810, 1)),
        "target" => (Record::Target(target(Comparator::AtLeast, "1", "个")), Key::target(&id, task(1), 1)),
        "view" => (Record::View(View { name: "红灯".into(), ..View::default() }), Key::view(&id, "红灯")),
        "bulletin" => (Record::Bulletin(Box::default()), Key::bulletin(&id, q(3))),
        "frozen" => (Record::Frozen("x".into()), Key::frozen(&id, q(3), 1)),
        "light" => {
            let set = Override { light: Light::Green, reason: "已核实".into() };
            (Record::Override(set), Key::light(&id, task(1), q(3)))
        }
        "chase" => (Record::Chase(Chase { times: 1, ..Chase::default() }), Key::chase(&id, task(1), q(3))),
        "accepted" => (words("开工", Review::Accepted), Key::filing(&id, task(1), q(3))),
        "returned" => (words("开工", Review::Returned("不实".into())), Key::filing(&id, task(1), q(3))),
        "decision" => {
            let granted = Outcome::Granted { approver: String::new(), note: String::new() };
            (asked(granted), Key::request(&id, task(1), 1))
        }
        "role" => now(Key::role("fagai")),
        _ => panic!("{kind}"),
    };
    let intent = match kind {
        "settings" => Intent::Settings,
        "finding" => Intent::Settle,
        "target" => Intent::Target,
        "view" => Intent::View,
        "bulletin" => Intent::Bulletin,
        "frozen" => Intent::Issue,
        "light" => Intent::Override,
        "chase" => Intent::Chase,
        "accepted" | "returned" => Intent::Review,
        "decision" => Intent::Decide,
        "role" => Intent::Role,
        _ => Intent::Import,
    };
    (intent, key, record)
}

pub(super) fn at() -> DateTime<FixedOffset> {
    DateTime::UNIX_EPOCH.fixed_offset()
}

pub(super) fn write(ledger: &Ledger, key: &Key, value: Option<Record>) -> Write {
    Write { key: key.clone(), base: ledger.version(key), value }
}

pub(super) fn batch(intent: Intent, writes: Vec<Write>) -> Batch {
    Batch { id: BatchId::default(), at: at(), intent, undoes: None, writes }
}
