//! 附件: the table of tasks, and the matrix of quotas with every area's target, figure and rate.

use rust_decimal::Decimal;

use super::{Block, Writer};
use crate::catalog::Say;
use crate::model::{CITY_TOTAL, ListKind, Quota, QuotaRow, Task};
use crate::report::figures::{completion, done, number, percent};
use crate::report::json::open_doubts;
use crate::report::model::{Align, Attachment, Cell, Column, Joined, Table, Value};
use crate::report::paper::flat;
use crate::report::why::target_text;

impl Writer<'_> {
    pub(super) fn attachments(&self) -> Vec<Attachment> {
        let mut attachments = Vec::new();
        let mut attach = |title, blocks: Vec<Block>| {
            if !blocks.is_empty() {
                attachments
                    .push(Attachment { title: self.lang.fill(title, &[&self.lang.period(self.period)]), blocks });
            }
        };
        attach(Say::BulletinTasksTable, self.task_table());
        attach(Say::BulletinRowsTable, self.matrices(&self.scope.rows()));
        attachments
    }

    fn task_table(&self) -> Vec<Block> {
        let rows: Vec<Vec<Cell>> = self.scope.tasks().map(|task| self.task_row(task)).collect();
        if rows.is_empty() {
            return Vec::new();
        }
        let head = [
            Say::ReportColNo,
            Say::ReportColTask,
            Say::ReportColLeaders,
            Say::BulletinColUnits,
            Say::BulletinColGoal,
            Say::BulletinColProgress,
            Say::ReportColRate,
            Say::BulletinColState,
            Say::ReportColLight,
        ];
        let columns = vec![
            Column::marks(),
            Column::text(5),
            Column::text(1),
            Column::text(2),
            Column::text(2),
            Column::text(6),
            Column::figures(),
            Column::marks(),
            Column::marks(),
        ];
        let head = vec![Cell::row(head.map(|say| self.lang.say(say)))];
        vec![Block::Table(Table { caption: String::new(), columns, frozen: 1, head, rows })]
    }

    fn task_row(&self, task: &Task) -> Vec<Cell> {
        let rating = self.scope.rate_task(task, self.period);
        let units: Vec<&str> = task.units().map(AsRef::as_ref).collect();
        let rate = rating.percent.map_or(Value::Text, Value::Percent);
        let light = if rating.status.has_light() {
            Cell::worth(self.lang.light(rating.light), Value::Light(rating.light))
        } else {
            "-".into()
        };
        vec![
            number(self.book, task.key).into(),
            flat(&task.text).into(),
            self.list(&task.leaders).into(),
            self.list(units).into(),
            self.goal(task).into(),
            self.said(task).into(),
            Cell::worth(completion(rating), rate),
            Cell::worth(self.lang.status(rating.status), Value::Status(rating.status)),
            light,
        ]
    }

    /// 季度目标: the targets, the steps that are due by the end of the period, and what time asks for by then.
    fn goal(&self, task: &Task) -> String {
        let targets = self.book.targets(task.key).map(|(_, target, _)| target_text(target, self.lang));
        let due = |day: Option<chrono::NaiveDate>| day.is_some_and(|day| day <= self.period.end());
        let steps = self.book.steps(task.key).filter(|(_, step, _)| due(step.deadline));
        let steps = steps.map(|(_, step, _)| flat(&step.text));
        let share = percent(self.book.share(task.key, self.period));
        targets.chain(steps).chain([self.lang.fill(Say::ChartShare, &[&share])]).collect::<Vec<_>>().join("\n")
    }

    /// 进展情况, 存在问题, 下一步打算 as filed; else that nothing is.
    fn said(&self, task: &Task) -> String {
        let filing = self.book.filing(task.key, self.period).map(|(filing, _)| filing);
        let Some(filing) = filing.filter(|filing| !filing.is_empty()) else {
            return self.lang.say(Say::BulletinNotFiled).to_owned();
        };
        let parts = [
            (Say::BulletinProgress, &filing.progress),
            (Say::BulletinProblems, &filing.problems),
            (Say::BulletinPlans, &filing.next),
        ];
        let told = parts.iter().filter(|(_, text)| !text.trim().is_empty());
        told.map(|(say, text)| self.lang.fill(*say, &[&flat(text)])).collect::<Vec<_>>().join("\n")
    }

    /// A table of these rows for each list of livelihood items.
    pub(super) fn matrices(&self, rows: &[&QuotaRow]) -> Vec<Block> {
        let mut blocks = Vec::new();
        for list in self.book.document().lists.iter().filter(|list| list.kind == ListKind::Livelihood) {
            let rows: Vec<&QuotaRow> = rows.iter().copied().filter(|row| row.key.list == list.code).collect();
            if rows.is_empty() {
                continue;
            }
            let mut notes = Vec::new();
            let caption = self.lang.fill(Say::BulletinMatrix, &[&list.mark]).trim().to_owned();
            blocks.push(Block::Table(self.matrix(caption, &rows, &mut notes)));
            blocks.extend(notes.into_iter().map(Block::Note));
            let doubtful = rows.iter().filter(|row| open_doubts(self.book, row.key) > 0);
            let doubtful: Vec<String> = doubtful.map(|row| number(self.book, row.key)).collect();
            if !doubtful.is_empty() {
                blocks.push(Block::Note(self.lang.fill(Say::ReportDoubtful, &[&self.list(doubtful)])));
            }
        }
        blocks
    }

    fn matrix(&self, caption: String, rows: &[&QuotaRow], notes: &mut Vec<String>) -> Table {
        let say = |what: Say| self.lang.say(what).to_owned();
        let areas = &self.book.document().areas;
        let parts: Vec<String> = [Say::ReportColTarget, Say::ReportColDone, Say::ReportColRate].map(say).to_vec();
        let mut columns = vec![Column::marks(), Column::text(1), Column::text(4)];
        columns.extend(vec![Column::figures(); 3]);
        columns.extend(vec![Column { align: Align::Right, share: 0, parts: parts.clone() }; areas.len()]);
        columns.extend([Column::marks(), Column::text(2)]);

        let names = [Say::ReportColNo, Say::BulletinColCategory, Say::ReportColItem].map(say);
        let ends = [Say::ReportColLight, Say::ReportColLead].map(say);
        let above = |name: &String| Cell::from(name.as_str()).joined(Joined::Above);
        let mut upper = Cell::row(names.clone());
        let city = say(Say::ReportCity);
        upper.push(city.as_str().into());
        upper.extend(vec![Cell::from(city.as_str()).joined(Joined::Left); 2]);
        upper.extend(areas.iter().map(|area| Cell::from(area.as_ref())));
        upper.extend(Cell::row(ends.clone()));
        let mut lower: Vec<Cell> = names.iter().map(above).collect();
        lower.extend(Cell::row(parts));
        lower.extend(vec![Cell::from(self.lang.say(Say::BulletinDoneOfTarget)); areas.len()]);
        lower.extend(ends.iter().map(above));

        let mut table = Table { caption, columns, frozen: 3, head: vec![upper, lower], rows: Vec::new() };
        let mut last: Option<&QuotaRow> = None;
        for row in rows.iter().copied() {
            let name = Self::told_apart(row, rows);
            let category = last.filter(|last| !row.category.is_empty() && last.category == row.category);
            let item = last.filter(|last| last.key.item() == row.key.item() && Self::told_apart(last, rows) == name);
            let join = |same: bool| if same { Joined::Above } else { Joined::No };
            let mut line = vec![
                number(self.book, row.key).into(),
                Cell::from(row.category.as_str()).joined(join(category.is_some())),
                Cell::from(name).joined(join(item.is_some())),
            ];
            line.extend(self.three(row, CITY_TOTAL, notes));
            line.extend(areas.iter().map(|area| self.of_area(row, area, notes)));
            let rating = self.scope.rate_row(row, self.period);
            line.push(if rating.status.has_light() {
                Cell::worth(self.lang.light(rating.light), Value::Light(rating.light))
            } else {
                "-".into()
            });
            line.push(self.list(&row.lead_units).into());
            table.rows.push(line);
            last = Some(row);
        }
        table
    }

    /// What a row is about; with its goal where another row of its item has the same name and unit.
    fn told_apart(row: &QuotaRow, rows: &[&QuotaRow]) -> String {
        let name = super::table::name(row);
        let twin = |other: &&&QuotaRow| other.key != row.key && other.key.item() == row.key.item();
        let same = rows.iter().filter(twin).any(|other| super::table::name(other) == name);
        if !same || row.goal.is_none() {
            return name;
        }
        let title = row.title();
        if row.unit.is_empty() { title } else { format!("{title}（{}）", row.unit) }
    }

    /// 目标, 完成, 完成率 of the city or of an area.
    fn three(&self, row: &QuotaRow, place: &str, notes: &mut Vec<String>) -> [Cell; 3] {
        let (asked, reached) = match place {
            CITY_TOTAL => (&row.total, self.book.row_done(row, self.period)),
            area => (
                row.quota(area).unwrap_or(&Quota::NotAssigned),
                self.book.done(row.key, area, self.period).map(|(d, _)| d),
            ),
        };
        let value = |value: Decimal| match asked {
            Quota::Percent(..) => Value::Percent(value),
            _ => Value::Number(value),
        };
        let target = match asked {
            Quota::Amount(amount, _) | Quota::Percent(amount, _) => value(*amount),
            _ => Value::Text,
        };
        let rating = match place {
            CITY_TOTAL => self.book.rate_row(row, self.period),
            area => self.book.rate_cell(row, area, self.period),
        };
        // Where nothing is asked for nothing is missing.
        let silent = asked.target().is_none() && reached.is_none();
        let figure = |text: String, value: Value| if silent { Cell::default() } else { Cell::worth(text, value) };
        [
            Cell::worth(self.short(row, asked, place, notes), target),
            figure(done(reached, asked), reached.map_or(Value::Text, value)),
            figure(completion(rating), rating.percent.map_or(Value::Text, Value::Percent)),
        ]
    }

    /// 12/16, in parts for a workbook. A quota of nothing stands alone until something is done there all the same.
    fn of_area(&self, row: &QuotaRow, area: &str, notes: &mut Vec<String>) -> Cell {
        let parts = self.three(row, area, notes);
        let [target, reached, _] = &parts;
        let text = if reached.text.is_empty() {
            target.text.clone()
        } else if target.text.is_empty() {
            reached.text.clone()
        } else {
            format!("{}/{}", reached.text, target.text)
        };
        Cell::worth(text, Value::Parts(parts.to_vec()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Lang;
    use crate::model::Book;
    use crate::report::bulletin::bulletin;
    use crate::report::fixture::{Making, amount, cells, day, dec, id, q};

    #[test]
    fn the_matrix_has_two_head_rows_and_cells_that_carry_their_worth() {
        let areas = ["市本级", "东城区", "南溪县"];
        let mut making = Making::new(&areas.join(" "));
        making.row("P1.1", "路灯", amount("20"), &cells(&areas, "10 10 /"));
        making.row("P1.2", "路灯", amount("5"), &cells(&areas, "0 5 /"));
        making.row("P2.1", "比例", Quota::Percent(dec("95"), true), &[("东城区", Quota::Percent(dec("95"), true))]);
        making.done("P1.1", "市本级", q(3), "10").done("P1.1", "东城区", q(3), "4.5");
        let ledger = making.ledger();
        let report = bulletin(&Book::open(&ledger, &id()).unwrap(), q(3), day(10, 25), Lang::Zh);
        let table = report.tables().last().unwrap();
        for row in table.head.iter().chain(&table.rows) {
            assert_eq!(row.len(), table.columns.len());
        }
        let text = |row: &[Cell]| row.iter().map(|cell| cell.text.clone()).collect::<Vec<_>>().join("|");
        assert_eq!(text(&table.head[0]), "序号|事项分类|事项|全市|全市|全市|市本级|东城区|南溪县|亮灯|牵头单位");
        assert_eq!(table.head[0][5].joined, Joined::Left);
        assert_eq!(table.head[1][2].joined, Joined::Above);
        assert_eq!(text(&table.rows[0]), "省1-1||路灯（个）|20|14.5|72.5%|10/10|4.5/10|/|绿|市住建局");
        assert_eq!((&table.rows[1][2].joined, table.rows[1][2].text.as_str()), (&Joined::Above, "路灯（个）"));
        assert_eq!(table.rows[1][6].text, "0", "a quota of nothing stands alone");
        assert_eq!(table.rows[0][5].value, Value::Percent(dec("72.5")));
        let Value::Parts(parts) = &table.rows[0][7].value else { panic!() };
        let worth = [Value::Number(dec("10")), Value::Number(dec("4.5")), Value::Percent(dec("45"))];
        assert_eq!(parts.iter().map(|part| part.value.clone()).collect::<Vec<_>>(), worth);
        assert_eq!(table.rows[2][3].text, "≥95%");
        assert_eq!(table.rows[2][7].text, "-/≥95%");
    }
}
