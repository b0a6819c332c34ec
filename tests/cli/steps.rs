//! Steps of a task.

use crate::run::Fresh;

#[test]
fn a_task_is_split_into_steps_and_they_are_ticked_off() {
    let fresh = Fresh::new();
    fresh.fails(1, ["step", "T5"]);
    fresh.ok(["step", "T5", "--add", "完成招标", "--unit", "市交通局建设处", "--deadline", "6-30"]);
    fresh.ok(["step", "T5", "--add", "开工"]);
    let steps = || fresh.json(["step", "T5", "--json"]);
    assert_eq!(steps()[0]["text"], "完成招标");
    assert_eq!((&steps()[0]["unit"], &steps()[0]["deadline"]), (&"市交通局建设处".into(), &"2024-06-30".into()));
    assert_eq!((&steps()[0]["state"], &steps()[1]["no"]), (&"todo".into(), &2.into()));
    fresh.ok(["step", "T5", "1", "--state", "已完成", "--unit", ""]);
    assert_eq!((&steps()[0]["state"], &steps()[0]["unit"]), (&"done".into(), &serde_json::Value::Null));
    assert_eq!(steps()[0]["text"], "完成招标", "what is not given stays");
    fresh.ok(["step", "T5", "1", "--remove"]);
    assert_eq!(steps().as_array().unwrap().len(), 1);
    assert!(fresh.ok(["step", "T5"]).starts_with("no\tstate\ttext\tunit\tdeadline\n2\ttodo\t开工"));
    assert_eq!(fresh.shown("T5", "Q3")["steps"][0]["text"], "开工");
}

#[test]
fn what_is_no_step_is_refused() {
    let fresh = Fresh::new();
    fresh.ok(["step", "T5", "--add", "招标"]);
    let head = fresh.head();
    fresh.fails(2, ["step", "P17.1", "--add", "招标"]);
    fresh.fails(1, ["step", "T5", "9", "--state", "done"]);
    fresh.fails(1, ["step", "T5", "9", "--remove"]);
    fresh.fails(2, ["step", "T5", "1", "--text", " "]);
    fresh.fails(2, ["step", "T5", "--add", &"长".repeat(501)]);
    fresh.fails(2, ["step", "T5", "--state", "done"]);
    fresh.fails(2, ["step", "T5", "1", "--deadline", "下周"]);
    fresh.fails(2, ["step", "T5", "1", "--state", "half"]);
    fresh.fails(1, ["step", "T999", "--add", "x"]);
    assert_eq!(fresh.head(), head);
}
