//! Which report is meant by what was typed.

use chrono::NaiveDate;
use clap::ValueEnum as _;

use crate::catalog::{Lang, Say};
use crate::model::{Book, Commit, ItemKey, Period, clock};
use crate::report::{For, Scope, What, chase_list};

use crate::cli::args::{KindName, Report};
use crate::cli::fail::Stop;
use crate::cli::session::{Desk, Session};
use crate::cli::{figure, log, pick};

/// What was asked for, understood.
pub(super) struct Asked {
    pub period: Period,
    pub kind: KindName,
    /// The printer, where one was named.
    pub printer: Option<String>,
    of: For,
    /// As the ledger stands now, though it was issued.
    fresh: bool,
    items: Option<Vec<ItemKey>>,
    /// Since when, and what was done from then on.
    changes: Option<(NaiveDate, Vec<Commit>)>,
    lang: Lang,
}

impl Asked {
    /// The report for whom it was asked.
    pub(super) fn what(&self) -> Result<What, Stop> {
        self.of(self.of.clone())
    }

    /// The same report for somebody else.
    pub(super) fn of(&self, of: For) -> Result<What, Stop> {
        Ok(match self.kind {
            KindName::Bulletin | KindName::Changes if of != For::All => {
                let what = self.lang.fill(Say::CliForAll, &[&self.kind.word()]);
                return Err(Stop::input(what, self.lang.say(Say::CliForAllTodo)));
            }
            KindName::Bulletin if self.fresh => What::Fresh,
            KindName::Bulletin => What::Bulletin,
            KindName::Page => What::Page(of),
            KindName::Slips => What::Slips(of, self.items.clone()),
            KindName::Breakdown => What::Breakdown(of),
            KindName::Matrix => What::Matrix(of),
            KindName::Changes => {
                let (since, commits) = self.changes.clone().unwrap_or_default();
                What::Changes(since, commits)
            }
        })
    }
}

/// The words that may stand in each other's place, each where it was meant.
pub(super) struct Typed {
    pub period: Option<String>,
    kind: Option<KindName>,
    printer: Option<String>,
}

/// Sorts the words: period, kind and printer may stand in each other's place where only one of them was meant.
pub(super) fn typed(book: &Book<'_>, args: &Report) -> Typed {
    let kind_of = |word: &str| KindName::from_str(word, true).ok();
    let (mut printer, mut period, mut kind) = (args.print.clone().flatten(), args.period.clone(), args.kind);
    // `report slips`: a kind is no period.
    if kind.is_none()
        && let Some(word) = period.as_deref().and_then(kind_of)
    {
        (kind, period) = (Some(word), None);
    }
    // `report --print 2024Q3`: a period is no printer.
    if period.is_none() && printer.as_deref().is_some_and(|word| pick::is_period(book, word)) {
        period = printer.take();
    }
    Typed { period, kind, printer }
}

/// Understands what was asked for.
pub(super) fn read(
    session: &Session,
    desk: &Desk,
    book: &Book<'_>,
    args: &Report,
    Typed { period, kind, printer }: Typed,
) -> Result<Asked, Stop> {
    let lang = session.lang;
    let kind = kind.unwrap_or(match (&args.items[..], &args.since, &args.whom, args.each) {
        ([_, ..], ..) => KindName::Slips,
        (_, Some(_), ..) => KindName::Changes,
        (_, _, None, None) => KindName::Bulletin,
        _ => KindName::Page,
    });
    let only = |option: &str, kind: KindName| {
        Stop::input(lang.fill(Say::CliOptionOnly, &[&option, &kind.word()]), lang.say(Say::CliOptionOnlyTodo))
    };
    if !args.items.is_empty() && kind != KindName::Slips {
        return Err(only("--items", KindName::Slips));
    }
    if args.since.is_some() && kind != KindName::Changes {
        return Err(only("--since", KindName::Changes));
    }
    if args.fresh && kind != KindName::Bulletin {
        return Err(only("--fresh", KindName::Bulletin));
    }
    let period = pick::period(session, book, period.as_deref())?;
    let of = args.whom.as_deref().map_or(Ok(For::All), |typed| whom(session, book, typed))?;
    let changes = if kind == KindName::Changes { Some(changes(session, desk, book, period, args)?) } else { None };
    let items = if args.items.is_empty() { None } else { Some(items(session, book, &args.items)?) };
    let printer = printer.map(|name| session.line(&name));
    Ok(Asked { period, kind, printer, of, fresh: args.fresh, items, changes, lang })
}

/// `leader:…`, `unit:…` or `area:…`.
fn whom(session: &Session, book: &Book<'_>, typed: &str) -> Result<For, Stop> {
    let typed = session.line(typed).replace('：', ":");
    match typed.split_once(':').map(|(kind, name)| (kind.trim(), name.trim())) {
        Some(("leader" | "领导", name)) => pick::leader(session, book, name).map(For::Leader),
        Some(("unit" | "单位", name)) => pick::unit(session, book, name).map(For::Unit),
        Some(("area" | "地区", name)) => pick::area(session, book, name).map(For::Area),
        _ => Err(Stop::input(session.lang.fill(Say::CliBadFor, &[&typed]), session.lang.say(Say::CliBadForTodo))),
    }
}

/// The items of `--items T48,P17`: a key may name all rows of an item.
fn items(session: &Session, book: &Book<'_>, typed: &[String]) -> Result<Vec<ItemKey>, Stop> {
    let mut keys: Vec<ItemKey> = Vec::new();
    let words = typed.iter().flat_map(|typed| typed.split([',', '，', '、', ' ', '　']));
    for word in words.filter(|word| !word.is_empty()) {
        for item in pick::items(session, book, word)? {
            if !keys.contains(&item.key()) {
                keys.push(item.key());
            }
        }
    }
    Ok(keys)
}

/// The day, and the commits from it on. Without a day it is the first of the period.
fn changes(
    session: &Session,
    desk: &Desk,
    book: &Book<'_>,
    period: Period,
    args: &Report,
) -> Result<(NaiveDate, Vec<Commit>), Stop> {
    let begins = period
        .previous()
        .map_or_else(|| NaiveDate::from_ymd_opt(i32::from(period.year()), 1, 1), |before| before.end().succ_opt());
    let since = match &args.since {
        Some(typed) => figure::date(session, book, typed)?,
        None => begins.unwrap_or_default(),
    };
    let all = log::all(desk.store.as_ref()).map_err(|refused| Stop::refused(session.lang, &refused))?;
    let commits = all.iter().map(|sealed| sealed.commit.as_ref());
    let from = clock::since(commits, since, pick::today(session, book));
    Ok((since, from.into_iter().cloned().collect()))
}

/// Whether a report for somebody would hold nothing: nothing falls on them, or nothing is to be chased.
pub(super) fn is_empty(book: &Book<'_>, what: &What, period: Period, today: NaiveDate) -> bool {
    let scope = |of: &For| Scope::new(book, of);
    match what {
        What::Bulletin | What::Fresh | What::Changes(..) | What::Slips(_, Some(_)) => false,
        What::Slips(of, None) => chase_list(book, &scope(of), period, today).is_empty(),
        What::Matrix(of) => scope(of).rows().is_empty(),
        What::Page(of) | What::Breakdown(of) => {
            let scope = scope(of);
            scope.tasks().next().is_none() && scope.rows().is_empty()
        }
    }
}
