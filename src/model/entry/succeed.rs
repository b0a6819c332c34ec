//! 更名、接任: who follows on a unit or a leader, as the writes it takes.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{LONGEST_NAME, NoDeed};
use crate::model::{Book, Key, Office, Record, Successions, Successor, Write};

/// The writes that say who follows on a unit or a leader from a day on; `None` takes back what was said.
///
/// # Errors
/// When no item names it, the name is empty or too long, or the names would follow each other in a ring.
pub fn succeed(
    book: &Book<'_>,
    (office, name): (Office, &Arc<str>),
    next: Option<(&str, NaiveDate)>,
) -> Result<Vec<Write>, NoDeed> {
    let known = Successions::of(book.ledger(), book.id());
    let key = Key::successor(book.id(), office, name);
    let value = match next {
        None => None,
        Some((to, since)) => {
            let to: Arc<str> = Arc::from(to.trim());
            if to.is_empty() {
                return Err(NoDeed::NoReason);
            }
            if to.chars().count() > LONGEST_NAME || to.contains('\n') {
                return Err(NoDeed::TooLong);
            }
            if !named(book, &known, office, name) {
                return Err(NoDeed::NoItem);
            }
            if known.leads_back(office, name, &to) {
                return Err(NoDeed::OutOfRange);
            }
            Some(Record::Successor(Successor { to, since }))
        }
    };
    let now = book.ledger().get(&key);
    if now.map(|entry| entry.record.as_ref()) == value.as_ref() {
        return Ok(Vec::new());
    }
    Ok(vec![Write { base: now.map_or(crate::model::Seq::ZERO, |entry| entry.version), key, value }])
}

/// Whether an item names the unit or leader, or somebody is followed by it.
fn named(book: &Book<'_>, known: &Successions, office: Office, name: &Arc<str>) -> bool {
    let listed = match office {
        Office::Unit => book.units().iter().any(|tally| tally.name == *name),
        Office::Leader => book.leaders().iter().any(|tally| tally.name == *name),
    };
    listed || known.iter().any(|(of, _, next)| of == office && next.to == *name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Ledger;
    use crate::model::succession::as_of;
    use crate::report::fixture::{Making, amount, cells, day, id};

    fn ledger() -> Ledger {
        let mut making = Making::new("东城区");
        making.task(1, "修路", "张三 李四", "市交通局 市旅游局 市文旅局");
        making.task(2, "造林", "李四", "市林业局");
        making.row("P1.1", "路灯", amount("20"), &cells(&["东城区"], "20"));
        making.unit("市旅游局", "市旅委");
        making.ledger()
    }

    fn say(ledger: &mut Ledger, office: Office, name: &str, to: &str, since: NaiveDate) {
        let writes = succeed(&Book::open(ledger, &id()).unwrap(), (office, &name.into()), Some((to, since))).unwrap();
        assert_eq!(writes.len(), 1);
        ledger.suppose(&writes);
    }

    fn shown(ledger: &Ledger, on: NaiveDate) -> (String, String, String) {
        let day = as_of(ledger, &id(), on);
        let book = Book::open(day.as_ref().unwrap_or(ledger), &id()).unwrap();
        let task = book.task("T1".parse().unwrap()).unwrap();
        (task.leaders.join("、"), task.lead_units.join("、"), task.coop_units.join("、"))
    }

    #[test]
    fn what_is_shown_has_the_names_of_its_day_and_the_ledger_keeps_those_printed() {
        let mut ledger = ledger();
        say(&mut ledger, Office::Unit, "市交通局", "市交通运输局", day(7, 1));
        say(&mut ledger, Office::Leader, "张三", "王五", day(9, 1));
        let of = |leaders: &str, lead: &str| (leaders.to_owned(), lead.to_owned(), "市旅游局、市文旅局".to_owned());
        assert_eq!(shown(&ledger, day(6, 30)), of("张三、李四", "市交通局"));
        assert_eq!(shown(&ledger, day(7, 1)), of("张三、李四", "市交通运输局"));
        assert_eq!(shown(&ledger, day(9, 1)), of("王五、李四", "市交通运输局"));
        let kept = Book::open(&ledger, &id()).unwrap();
        assert_eq!(kept.task("T1".parse().unwrap()).unwrap().leaders.join("、"), "张三、李四");
    }

    #[test]
    fn an_old_name_still_finds_the_unit_and_two_that_become_one_stand_once() {
        let mut ledger = ledger();
        say(&mut ledger, Office::Unit, "市旅游局", "市文旅局", day(3, 1));
        say(&mut ledger, Office::Leader, "张三", "李四", day(3, 1));
        assert_eq!(shown(&ledger, day(4, 1)), ("李四".into(), "市交通局".into(), "市文旅局".into()));
        let day = as_of(&ledger, &id(), day(4, 1)).unwrap();
        let book = Book::open(&day, &id()).unwrap();
        let aliases = book.aliases();
        assert_eq!(&**aliases.name(&"市旅委".into()), "市文旅局");
        assert_eq!(&**aliases.name(&"市旅游局".into()), "市文旅局");
        assert_eq!(book.leaders().len(), 1);
    }

    #[test]
    fn names_follow_on_each_other_step_by_step_but_never_in_a_ring() {
        let mut ledger = ledger();
        say(&mut ledger, Office::Unit, "市交通局", "市交通运输局", day(3, 1));
        say(&mut ledger, Office::Unit, "市交通运输局", "市大交通委", day(6, 1));
        assert_eq!(shown(&ledger, day(5, 1)).1, "市交通运输局");
        assert_eq!(shown(&ledger, day(7, 1)).1, "市大交通委");
        let book = Book::open(&ledger, &id()).unwrap();
        let ask = |name: &str, to: &str| succeed(&book, (Office::Unit, &name.into()), Some((to, day(8, 1))));
        assert_eq!(ask("市大交通委", "市交通局"), Err(NoDeed::OutOfRange));
        assert_eq!(ask("市交通运输局", "市交通局"), Err(NoDeed::OutOfRange), "nor in place of who follows on it now");
        assert_eq!(ask("市林业局", "市林业局"), Err(NoDeed::OutOfRange));
        assert_eq!(ask("市水利局", "市水务局"), Err(NoDeed::NoItem));
        assert_eq!(ask("市林业局", " "), Err(NoDeed::NoReason));
        let back = succeed(&book, (Office::Unit, &"市交通运输局".into()), None).unwrap();
        ledger.suppose(&back);
        assert_eq!(shown(&ledger, day(7, 1)).1, "市交通运输局");
    }
}
