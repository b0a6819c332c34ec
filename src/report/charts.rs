//! Charts where people look rather than read. The same figures stand in the text or a table beside them; every format and
//! 总览 draw these.

use rust_decimal::Decimal;

use super::areas::{AreaProgress, areas};
use super::figures::percent;
use super::model::{Bar, Chart, Tone};
use super::scope::Scope;
use super::summary::{Counts, Summary, by_lead_unit, summary};
use crate::catalog::{Lang, Say};
use crate::model::{Book, Light, Period};

/// 各地完成率: the mean completion of every area, best first, with the time-proportional share as a line. `None` without areas.
pub fn by_area(book: &Book<'_>, period: Period, lang: Lang) -> Option<Chart> {
    of_areas(&areas(book, period), period, lang)
}

/// The chart of areas that were ranked already.
pub(super) fn of_areas(areas: &[AreaProgress], period: Period, lang: Lang) -> Option<Chart> {
    let bar = |area: &AreaProgress| Bar {
        label: area.area.to_string(),
        parts: vec![(Tone::Plain, area.average.unwrap_or_default().max(Decimal::ZERO))],
        figure: area.average.map_or_else(|| "-".to_owned(), percent),
    };
    let share = period.share();
    (!areas.is_empty()).then(|| Chart {
        caption: lang.say(Say::ChartAreas).to_owned(),
        bars: areas.iter().map(bar).collect(),
        full: Decimal::ONE_HUNDRED,
        reference: Some((share, lang.fill(Say::ChartShare, &[&percent(share)]))),
        legend: Vec::new(),
    })
}

/// 各单位亮灯: each lead unit's items by light, the most red first. `None` without items.
pub fn lights_by_unit(scope: &Scope<'_>, period: Period, lang: Lang) -> Option<Chart> {
    let mut units: Vec<(String, Lights)> = by_lead_unit(scope, period)
        .into_iter()
        .map(|(unit, counts)| (unit.to_string(), Lights::of(&counts)))
        .filter(|(_, lights)| lights.total() > 0)
        .collect();
    units.sort_by_key(|(_, lights)| std::cmp::Reverse((lights.of_light(Light::Red), lights.of_light(Light::Yellow))));
    of_lights(lang.say(Say::ChartUnits), units, lang)
}

/// 与上期相比: all items by light, this period and the one before. `None` in the first period of a year.
pub fn against_last(scope: &Scope<'_>, period: Period, lang: Lang) -> Option<Chart> {
    let before = period.previous()?;
    let bars = [period, before].map(|one| (lang.period(one), Lights::of(&summary(scope, one))));
    if bars.iter().all(|(_, lights)| lights.total() == 0) {
        return None;
    }
    of_lights(lang.say(Say::ChartLast), bars.into(), lang)
}

/// Items by light, in the order of [`Light::ALL`].
#[derive(Debug, Clone, Copy)]
struct Lights([(Light, usize); 4]);

impl Lights {
    fn of(counts: &Summary) -> Self {
        let of = |counts: &Counts, light| counts.light(light);
        Self(Light::ALL.map(|light| (light, of(&counts.tasks, light) + of(&counts.rows, light))))
    }

    fn of_light(&self, light: Light) -> usize {
        self.0.iter().filter(|(one, _)| *one == light).map(|(_, count)| count).sum()
    }

    fn total(&self) -> usize {
        self.0.iter().map(|(_, count)| count).sum()
    }

    /// 红3 黄1 绿8: those that there are.
    fn figure(&self, lang: Lang) -> String {
        let some = self.0.iter().filter(|(_, count)| *count > 0);
        let each = some.map(|(light, count)| lang.fill(Say::ChartLight, &[&lang.light(*light), count]));
        each.collect::<Vec<_>>().join(" ")
    }
}

fn of_lights(caption: &str, bars: Vec<(String, Lights)>, lang: Lang) -> Option<Chart> {
    let full = bars.iter().map(|(_, lights)| lights.total()).max().filter(|most| *most > 0)?;
    let bar = |(label, lights): (String, Lights)| Bar {
        label,
        parts: lights.0.iter().map(|(light, count)| (tone(*light), decimal(*count))).collect(),
        figure: lights.figure(lang),
    };
    Some(Chart {
        caption: caption.to_owned(),
        bars: bars.into_iter().map(bar).collect(),
        full: decimal(full),
        reference: None,
        legend: Light::ALL.map(|light| (tone(light), lang.light(light).to_owned())).to_vec(),
    })
}

const fn tone(light: Light) -> Tone {
    match light {
        Light::Red => Tone::Red,
        Light::Yellow => Tone::Yellow,
        Light::Grey => Tone::Grey,
        Light::Green => Tone::Green,
    }
}

fn decimal(count: usize) -> Decimal {
    Decimal::from(u64::try_from(count).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::For;
    use crate::report::fixture::{Making, amount, cells, dec, id, q};

    fn making() -> Making {
        let areas = ["市本级", "东城区", "南溪县"];
        let mut making = Making::new(&areas.join(" "));
        for (no, (unit, before, now)) in (1..).zip([
            ("市发改委", "50", "75"),
            ("市商务局", "50", "10"),
            ("市人社局", "10", "10"),
            ("市人力社保局", "0", "50"),
        ]) {
            making.task(no, "任务", "张三", unit).filed(no, q(2), Some(before)).filed(no, q(3), Some(now));
        }
        making.task(5, "任务", "李四", "市发改委").unit("市人力社保局", "市人社局");
        making.row("P1.1", "路灯", amount("30"), &cells(&areas, "10 10 10"));
        making.done("P1.1", "市本级", q(3), "10").done("P1.1", "东城区", q(3), "4").done(
            "P1.1",
            "南溪县",
            q(3),
            "8.15",
        );
        making
    }

    fn told(chart: &Chart) -> Vec<String> {
        chart.bars.iter().map(|bar| format!("{} {}", bar.label, bar.figure)).collect()
    }

    #[test]
    fn areas_stand_as_in_their_ranking_with_the_share_of_time_as_a_line() {
        let making = making();
        let ledger = making.ledger();
        let book = Book::open(&ledger, &id()).unwrap();
        let chart = by_area(&book, q(3), Lang::Zh).unwrap();
        assert_eq!(told(&chart), ["南溪县 81.5%", "东城区 40.0%", "市本级 100.0%"]);
        assert_eq!(chart.bars.first().unwrap().parts, [(Tone::Plain, dec("81.5"))]);
        assert_eq!((chart.full, chart.reference), (dec("100"), Some((dec("75"), "序时进度75.0%".to_owned()))));
        let first = by_area(&book, q(1), Lang::Zh).unwrap();
        assert!(first.bars.iter().all(|bar| bar.figure == "-"), "nothing is reported: no figure, not zero");
        let bare = Making::new("").ledger();
        assert_eq!(by_area(&Book::open(&bare, &id()).unwrap(), q(3), Lang::Zh), None);
    }

    #[test]
    fn the_unit_with_most_red_comes_first_under_its_listed_name() {
        let making = making();
        let ledger = making.ledger();
        let book = Book::open(&ledger, &id()).unwrap();
        let chart = lights_by_unit(&Scope::new(&book, &For::All), q(3), Lang::Zh).unwrap();
        // The row stands at 22.15 of 30: 73.8%, on time.
        assert_eq!(told(&chart), ["市人力社保局 红1 黄1", "市商务局 红1", "市发改委 灰1 绿1", "市住建局 绿1"]);
        assert_eq!(chart.full, dec("2"));
        let legend: Vec<&str> = chart.legend.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(legend, ["红", "黄", "灰", "绿"]);
        let leader = lights_by_unit(&Scope::new(&book, &For::Leader("李四".into())), q(3), Lang::Zh).unwrap();
        assert_eq!(told(&leader), ["市发改委 灰1"]);
        assert_eq!(lights_by_unit(&Scope::new(&book, &For::Leader("王五".into())), q(3), Lang::Zh), None);
    }

    #[test]
    fn this_period_stands_over_the_one_before_and_the_first_alone_has_none() {
        let making = making();
        let ledger = making.ledger();
        let book = Book::open(&ledger, &id()).unwrap();
        let scope = Scope::new(&book, &For::All);
        let chart = against_last(&scope, q(3), Lang::Zh).unwrap();
        assert_eq!(told(&chart), ["2024年三季度 红2 黄1 灰1 绿2", "2024年二季度 红2 灰2 绿2"]);
        assert_eq!(chart.full, dec("6"));
        let parts: Decimal = chart.bars.iter().flat_map(|bar| &bar.parts).map(|(_, value)| *value).sum();
        assert_eq!(parts, dec("12"), "five tasks and a row, each once a period");
        assert_eq!(against_last(&scope, q(1), Lang::Zh), None);
    }
}
