use super::*;
use crate::model::{
    Comparator, Document, Done, DueMonth, ItemKey, Light, Period, RequestKind, Seq, Settings, Span, StepState, View,
};
use crate::report::fixture::{Making, day as on, dec, id, q};

fn item() -> ItemKey {
    ItemKey::task(5)
}

fn told(key: Key, old: Option<Record>, new: Option<Record>) -> [String; 2] {
    let change = Change { key, base: Seq::ZERO, old: old.map(Into::into), new: new.map(Into::into) };
    [Lang::Zh, Lang::En].map(|lang| describe(lang, &change))
}

fn period() -> Period {
    q(3)
}

fn filing(review: Review) -> Record {
    Record::Filing(Filing { percent: Some(dec("60")), review, ..Filing::default() })
}

#[test]
fn a_review_and_its_reopening_are_told() {
    let key = || Key::filing(&id(), item(), period());
    let returned = || Review::Returned("请补充\n开工时间".into());
    assert_eq!(
        told(key(), Some(filing(Review::Pending)), Some(filing(Review::Accepted))),
        ["T5 2024Q3 审核通过", "T5 2024Q3 accepted"]
    );
    let [zh, en] = told(key(), Some(filing(Review::Pending)), Some(filing(returned())));
    assert!(zh.contains("退回：请补充") && zh.contains("开工时间") && !zh.contains('\n'), "{zh}");
    assert!(en.contains("returned: 请补充"), "{en}");
    let again = Some(Record::Filing(Filing { percent: Some(dec("75")), ..Filing::default() }));
    assert_eq!(told(key(), Some(filing(returned())), again)[0], "T5 2024Q3 完成率 60% -> 75%, 重新待审核");
    assert_eq!(told(key(), None, Some(filing(Review::Pending)))[0], "T5 2024Q3 完成率 - -> 60%");
}

#[test]
fn figures_and_targets_are_told_from_what_to_what() {
    let done = |value: &str| Some(Record::Done(Done { value: dec(value) }));
    let key = Key::actual(&id(), item(), 1, period());
    assert_eq!(told(key, done("0"), done("3")), ["T5 指标1 2024Q3 0 -> 3", "T5 target 1 2024Q3 0 -> 3"]);
    let target = |value: &str| Target {
        metric: "引进项目".into(),
        comparator: Comparator::AtLeast,
        value: Some(dec(value)),
        tiers: vec![],
        unit: "个".into(),
        rate: false,
        deadline: None,
        phrase: String::new(),
        by_hand: true,
    };
    let key = || Key::target(&id(), item(), 2);
    let record = |value: &str| Some(Record::Target(target(value)));
    assert_eq!(told(key(), record("4"), record("5"))[0], "T5 指标2 引进项目 ≥4个 -> 引进项目 ≥5个");
    assert_eq!(told(key(), None, record("4"))[0], "T5 指标2 新增 引进项目 ≥4个");
    assert_eq!(told(key(), record("4"), None)[1], "T5 target 2 removed 引进项目 ≥4个");
    let later = Some(Record::Target(Target { deadline: Some(on(10, 31)), ..target("4") }));
    assert_eq!(told(key(), record("4"), later)[0], "T5 指标2 - -> 2024-10-31");
}

#[test]
fn a_light_set_and_a_chasing_are_told() {
    let set = Some(Record::Override(Override { light: Light::Yellow, reason: "已现场核实".into() }));
    let key = || Key::light(&id(), item(), period());
    assert_eq!(told(key(), None, set.clone())[0], "T5 2024Q3 调为黄灯：已现场核实");
    assert_eq!(told(key(), set, None)[0], "T5 2024Q3 取消所调的灯");
    let chase = |times, note: &str| Some(Record::Chase(Chase { times, last: Some(on(10, 25)), note: note.into() }));
    let key = || Key::chase(&id(), item(), period());
    assert_eq!(told(key(), chase(1, ""), chase(2, "已电话"))[0], "T5 2024Q3 催办 第2次 “已电话”");
    assert_eq!(told(key(), chase(1, ""), None)[0], "T5 2024Q3 删除");
}

#[test]
fn a_step_is_told_with_what_changed_of_it() {
    let step = |state, unit: Option<&str>| {
        let unit = unit.map(std::sync::Arc::from);
        Some(Record::Step(Step { text: "完成选址".into(), unit, deadline: None, state }))
    };
    let key = || Key::step(&id(), item(), 1);
    assert_eq!(
        told(key(), step(StepState::Todo, None), step(StepState::Done, None)),
        ["T5 举措1 “完成选址” 未启动 -> 已完成".to_owned(), told_en()]
    );
    assert_eq!(told(key(), None, step(StepState::Todo, None))[0], "T5 举措1 “完成选址” 新增");
    let units = told(key(), step(StepState::Todo, None), step(StepState::Todo, Some("市住建局")));
    assert_eq!(units[0], "T5 举措1 “完成选址” - -> 市住建局");
}

fn told_en() -> String {
    let [todo, done] = [StepState::Todo, StepState::Done].map(|state| Lang::En.step_state(state));
    format!("T5 step 1 “完成选址” {todo} -> {done}")
}

#[test]
fn a_request_is_told_as_asked_granted_and_refused() {
    let request = |kind, outcome| {
        let until = Some(on(12, 20)).filter(|_| kind == RequestKind::Extend);
        Some(Record::Request(Request { kind, since: period(), reason: "审批未完成".into(), until, outcome }))
    };
    let key = || Key::request(&id(), item(), 1);
    let granted = Outcome::Granted { approver: "分管领导".into(), note: String::new() };
    let refused = Outcome::Refused { approver: String::new(), note: "理由不足".into() };
    let asked = || request(RequestKind::Extend, Outcome::Asked);
    assert_eq!(told(key(), None, asked())[0], "T5 申请1 申请延期 2024-12-20：审批未完成");
    assert_eq!(told(key(), asked(), request(RequestKind::Extend, granted))[0], "T5 申请1 同意延期 2024-12-20 分管领导");
    let stop = request(RequestKind::Stop, refused);
    assert_eq!(told(key(), request(RequestKind::Stop, Outcome::Asked), stop)[0], "T5 申请1 不同意终止：理由不足");
    assert!(told(key(), asked(), None)[0].contains("删除"), "an undone request");
}

#[test]
fn views_and_settings_are_told() {
    let view = || Some(Record::View(View { name: "红灯".into(), ..View::default() }));
    assert_eq!(told(Key::view(&id(), "红灯"), None, view())[0], "视图“红灯” 新增");
    assert_eq!(told(Key::view(&id(), "红灯"), view(), None)[1], "view `红灯` removed");
    let ledger = Making::new("东城区").ledger();
    let document = crate::model::Book::newest(&ledger).unwrap().document().clone();
    let record = |document: &Document| Some(Record::Document(Box::new(document.clone())));
    let settings = Settings { span: Span::Month, due_month: DueMonth::Last, due_day: 25, ..Settings::default() };
    let set = Document { settings, ..document.clone() };
    let [zh, en] = told(Key::document(&id()), record(&document), record(&set));
    assert_eq!(zh, "yunhe-2024 填报周期 季 -> 月, 报送月份 期后次月 -> 期末当月, 报送日 20 -> 25");
    assert!(en.contains("day due 20 -> 25"), "{en}");
    let renamed = Document { title: "另名".into(), ..document.clone() };
    assert_eq!(told(Key::document(&id()), record(&document), record(&renamed))[0], "yunhe-2024 修改");
}
