//! 重点工作 and 民生实事: what is done, what is behind, each with its number, lead unit, figure and gap.

use super::{Block, Writer};
use crate::catalog::Say;
use crate::model::{ItemKey, ListKind, Rating, Status};
use crate::report::behind::{Item, Laggard, laggards};
use crate::report::figures::{completion, number};

impl Writer<'_> {
    pub(super) fn key_work(&mut self) {
        let tasks: Vec<ItemKey> = self.scope.tasks().map(|task| task.key).collect();
        if tasks.is_empty() {
            return;
        }
        self.chapter(Say::BulletinWork);
        self.done(&tasks);
        let all: Vec<Laggard<'_>> = laggards(&self.scope, self.period);
        let all: Vec<&Laggard<'_>> = all.iter().filter(|one| matches!(one.item, Item::Task(_))).collect();
        if all.is_empty() {
            self.say(Say::ReportNoneBehind, &[]);
        }
        for status in [Status::NotStarted, Status::FarBehind, Status::Behind] {
            let some: Vec<&Laggard<'_>> = all.iter().copied().filter(|one| one.rating.status == status).collect();
            if some.is_empty() {
                continue;
            }
            let words = self.lang.fill(Say::ReportStatusCount, &[&self.lang.status(status), &some.len()]);
            self.section(&words);
            self.each(some.into_iter());
        }
    }

    pub(super) fn livelihood_items(&mut self) {
        let rows = self.scope.rows();
        if rows.is_empty() {
            return;
        }
        self.chapter(Say::ReportLivelihood);
        let all: Vec<Laggard<'_>> = laggards(&self.scope, self.period);
        let lists = self.book.document().lists.iter().filter(|list| list.kind == ListKind::Livelihood);
        for list in lists {
            let items: Vec<ItemKey> = rows.iter().map(|row| row.key).filter(|key| key.list == list.code).collect();
            if items.is_empty() {
                continue;
            }
            let words = self.lang.fill(Say::BulletinList, &[&list.mark]);
            self.section(words.trim());
            self.done(&items);
            let some: Vec<&Laggard<'_>> = all.iter().filter(|one| items.contains(&one.item.key())).collect();
            if some.is_empty() {
                self.say(Say::ReportNoneBehind, &[]);
                continue;
            }
            let of = |status| some.iter().filter(|one| one.rating.status == status).count();
            let statuses = [Status::NotStarted, Status::FarBehind, Status::Behind];
            let told = statuses.into_iter().filter(|status| of(*status) > 0);
            let parts = told.map(|status| self.lang.fill(Say::BulletinPart, &[&self.lang.status(status), &of(status)]));
            let parts = parts.collect::<Vec<_>>().join(self.lang.say(Say::ReportPartJoin));
            self.say(Say::BulletinRowsBehind, &[&some.len(), &parts]);
            self.each(some.into_iter());
        }
    }

    /// 已完成n项：第3项（市发改委，100.0%）；…
    fn done(&mut self, items: &[ItemKey]) {
        let rated = items.iter().map(|item| (*item, self.scope.rate(*item, self.period)));
        let done: Vec<(ItemKey, Rating)> = rated.filter(|(_, rating)| rating.status.is_complete()).collect();
        if done.is_empty() {
            self.blocks.push(Block::Paragraph(self.lang.say(Say::BulletinNoneDone).to_owned()));
            return;
        }
        let each = done.iter().map(|(item, rating)| {
            let units = self.list(self.book.lead_units(*item));
            let figure =
                if rating.percent.is_some() { completion(*rating) } else { self.lang.status(rating.status).into() };
            self.lang.fill(Say::BulletinDoneOne, &[&number(self.book, *item), &units, &figure])
        });
        let each = each.collect::<Vec<_>>().join(self.lang.say(Say::ReportClauseJoin));
        self.say(Say::BulletinDone, &[&done.len(), &each]);
    }
}
