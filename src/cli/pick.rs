//! What a typed word means in a document: which document, period, item, area, leader, unit. Exact first, then by a part of
//! the name or its pinyin where only one name fits.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::catalog::{Lang, Say};
use crate::model::{Book, CITY_TOTAL, DocumentId, ItemKey, Ledger, ListKind, Office, Period, QuotaRow, Successions};
use crate::search::{self, NotNamed};
use crate::text::{self, fold_key};

use super::fail::{Exit, Stop};
use super::item::{Item, rows_of};
use super::out::note;
use super::session::Session;

/// The document of `--doc`, else the newest.
pub(super) fn book<'a>(session: &Session, ledger: &'a Ledger) -> Result<Book<'a>, Stop> {
    let lang = session.lang;
    let found = match &session.doc {
        Some(slug) => DocumentId::new(slug).ok().and_then(|id| Book::open(ledger, &id)),
        None => Book::newest(ledger),
    };
    found.ok_or_else(|| {
        let known: Vec<&str> = ledger.documents().map(|document| document.id.as_str()).collect();
        match &session.doc {
            Some(slug) => Stop::input(
                lang.fill(Say::CliNoDocument, &[slug]),
                lang.fill(Say::CliNoDocumentTodo, &[&known.join(" ")]),
            ),
            None => Stop::new(Exit::Nothing, lang.say(Say::CliNoDocuments), lang.say(Say::CliNoDocumentsTodo)),
        }
    })
}

/// The typed period, else the document's current one. `2024Q3`, `Q3`, 三季度 and 2024年三季度 are the same.
pub(super) fn period(session: &Session, book: &Book<'_>, typed: Option<&str>) -> Result<Period, Stop> {
    let document = book.document();
    let lang = session.lang;
    let Some(typed) = typed.map(|typed| session.line(typed)) else {
        return document
            .current_period(today(session, book))
            .ok_or_else(|| Stop::input(lang.say(Say::CliNoPeriod), lang.say(Say::CliNoPeriodTodo)));
    };
    period_named(book, &typed).ok_or_else(|| {
        let known = Period::all(document.year, document.settings.span);
        let names: Vec<String> = known.map(|period| period.to_string()).collect();
        let todo = lang.fill(Say::CliNotAPeriodTodo, &[&names.join(" ")]);
        Stop::input(lang.fill(Say::CliNotAPeriod, &[&typed]), with_others(session, book, todo))
    })
}

/// What is to be done, and which other documents may be meant, where there are any.
fn with_others(session: &Session, book: &Book<'_>, todo: String) -> String {
    let others = book.ledger().documents().filter(|document| document.id != *book.id());
    let others: Vec<String> = others.map(|document| document.id.to_string()).collect();
    if others.is_empty() {
        return todo;
    }
    session.lang.fill(Say::CliOtherDocuments, &[&todo, book.id(), &others.join(" ")])
}

/// The filing period of the document that a word names.
pub(super) fn period_named(book: &Book<'_>, typed: &str) -> Option<Period> {
    let (wished, document) = (plain(typed), book.document());
    Period::all(document.year, document.settings.span).find(|period| spellings(*period).contains(&wished))
}

/// Whether a word names a filing period of the document.
pub(super) fn is_period(book: &Book<'_>, typed: &str) -> bool {
    period_named(book, typed).is_some()
}

/// Today; in a throw-away ledger the last day for which progress was made up, whatever the year is now.
pub(super) fn today(session: &Session, book: &Book<'_>) -> NaiveDate {
    if !session.is_demo() {
        return session.now.date_naive();
    }
    let document = book.document();
    let filed = |period: &Period| book.tasks().any(|task| book.filing(task.key, *period).is_some());
    let last = Period::all(document.year, document.settings.span).filter(filed).last();
    last.map_or_else(|| session.now.date_naive(), Period::end)
}

fn spellings(period: Period) -> Vec<String> {
    let year = period.year().to_string();
    let mut all = Vec::new();
    for name in [period.to_string(), Lang::Zh.period(period), Lang::En.period(period)] {
        let name = plain(&name);
        if let Some(rest) = name.strip_prefix(&year) {
            all.push(rest.strip_prefix('年').unwrap_or(rest).to_owned());
        }
        all.push(name);
    }
    all
}

/// Without spaces and dashes, full-width forms folded, lower case.
fn plain(text: &str) -> String {
    text.chars().map(fold_key).filter(|c| !matches!(c, ' ' | '-' | '第')).flat_map(char::to_lowercase).collect()
}

/// The key of a typed item: `T48`, `t48`, `48`, `P17.3`, 省17-3. It need not exist.
pub(super) fn item_key(session: &Session, book: &Book<'_>, typed: &str) -> Result<ItemKey, Stop> {
    let typed = session.line(typed);
    let text: String = typed.chars().map(fold_key).collect();
    read_key(book, text.trim()).ok_or_else(|| {
        Stop::input(session.lang.fill(Say::CliNotAKey, &[&typed]), session.lang.say(Say::CliNotAKeyTodo))
    })
}

fn read_key(book: &Book<'_>, text: &str) -> Option<ItemKey> {
    if let Ok(key) = text.parse() {
        return Some(key);
    }
    for list in &book.document().lists {
        let rest = text.strip_prefix(list.mark.as_str()).unwrap_or(text);
        if list.mark.is_empty() == (rest == text) {
            let number = if list.kind == ListKind::Livelihood { rest.replacen('-', ".", 1) } else { rest.to_owned() };
            if let Ok(key) = format!("{}{number}", list.code.letter()).parse() {
                return Some(key);
            }
        }
    }
    None
}

/// The task or the rows that a key names: `P17` names all rows of the item.
pub(super) fn items<'a>(session: &Session, book: &Book<'a>, typed: &str) -> Result<Vec<Item<'a>>, Stop> {
    let key = item_key(session, book, typed)?;
    let found: Vec<Item<'a>> = match Item::of(book, key) {
        Some(item) => vec![item],
        None if key.sub == 0 => rows_of(book, key).into_iter().map(Item::Row).collect(),
        None => Vec::new(),
    };
    if found.is_empty() {
        let todo = with_others(session, book, session.lang.say(Say::CliNoItemTodo).to_owned());
        return Err(Stop::new(Exit::Nothing, session.lang.fill(Say::CliNoItem, &[&key]), todo));
    }
    Ok(found)
}

/// The one task or row that a key names.
pub(super) fn one_item<'a>(session: &Session, book: &Book<'a>, typed: &str) -> Result<Item<'a>, Stop> {
    let found = items(session, book, typed)?;
    match found.as_slice() {
        [one] => Ok(*one),
        several => {
            let keys: Vec<String> = several.iter().map(|item| item.key().to_string()).collect();
            let lang = session.lang;
            Err(Stop::input(
                lang.fill(Say::CliSeveralRows, &[&text::one_line(typed).text]),
                lang.fill(Say::CliCandidates, &[&keys.join(" ")]),
            ))
        }
    }
}

/// The one quota row that a key names.
pub(super) fn row<'a>(session: &Session, book: &Book<'a>, typed: &str) -> Result<&'a QuotaRow, Stop> {
    match one_item(session, book, typed)? {
        Item::Row(row) => Ok(row),
        Item::Task(task) => {
            let lang = session.lang;
            Err(Stop::input(lang.fill(Say::CliNotARow, &[&task.key]), lang.say(Say::CliNotARowTodo)))
        }
    }
}

/// The area that is meant.
pub(super) fn area(session: &Session, book: &Book<'_>, typed: &str) -> Result<Arc<str>, Stop> {
    name(session, Say::CliNoArea, &book.document().areas, typed)
}

/// The area of a cell that is meant, or 全市.
pub(super) fn cell_area(session: &Session, book: &Book<'_>, typed: &str) -> Result<Arc<str>, Stop> {
    let city = Arc::from(CITY_TOTAL);
    if ["city", "total", "all"].contains(&typed.to_ascii_lowercase().as_str()) {
        return Ok(city);
    }
    let names: Vec<Arc<str>> = book.document().areas.iter().cloned().chain([city]).collect();
    name(session, Say::CliNoArea, &names, typed)
}

/// The leader that is meant.
pub(super) fn leader(session: &Session, book: &Book<'_>, typed: &str) -> Result<Arc<str>, Stop> {
    let names: Vec<Arc<str>> = book.leaders().into_iter().map(|tally| tally.name).collect();
    // Who led before finds who leads now.
    let known = Successions::of(book.ledger(), book.id());
    let last = known.on(Office::Leader, &Arc::from(session.line(typed).as_str()), NaiveDate::MAX);
    if names.contains(&last) {
        return Ok(last);
    }
    name(session, Say::CliNoLeader, &names, typed)
}

/// The unit that is meant, by its listed name; any of its spellings will do.
pub(super) fn unit(session: &Session, book: &Book<'_>, typed: &str) -> Result<Arc<str>, Stop> {
    let aliases = book.aliases();
    let typed_name: Arc<str> = Arc::from(session.line(typed).as_str());
    let listed: Vec<Arc<str>> = book.units().into_iter().map(|tally| tally.name).collect();
    let known = aliases.name(&typed_name);
    if listed.contains(known) {
        return Ok(Arc::clone(known));
    }
    // In a period before it had its name, a unit is meant by the name that it had then.
    let later = Successions::of(book.ledger(), book.id());
    let becomes = |unit: &&Arc<str>| later.until(Office::Unit, unit, NaiveDate::MAX).any(|name| *name == typed_name);
    if let [one] = listed.iter().filter(becomes).collect::<Vec<_>>().as_slice() {
        return Ok(Arc::clone(one));
    }
    name(session, Say::CliNoUnit, &listed, typed)
}

/// The one of `names` that is meant: exactly, else from its beginning, else by a part or pinyin.
fn name(session: &Session, none: Say, names: &[Arc<str>], typed: &str) -> Result<Arc<str>, Stop> {
    let lang = session.lang;
    let typed = session.line(typed);
    if typed.is_empty() {
        return Err(Stop::input(lang.fill(none, &[&typed]), lang.fill(Say::CliCandidates, &[&some(names)])));
    }
    match search::named(names, &typed) {
        Ok(one) => {
            if *one != *typed {
                note(&lang.fill(Say::CliTakenFor, &[&typed, &one]));
            }
            Ok(one)
        }
        Err(NotNamed::Ambiguous(several)) => {
            Err(Stop::input(lang.fill(Say::CliAmbiguous, &[&typed]), lang.fill(Say::CliCandidates, &[&some(&several)])))
        }
        Err(NotNamed::Unknown) => {
            Err(Stop::new(Exit::Nothing, lang.fill(none, &[&typed]), lang.fill(Say::CliCandidates, &[&some(names)])))
        }
    }
}

/// The first names of a list, as many as fit a line.
fn some(names: &[Arc<str>]) -> String {
    let shown: Vec<&str> = names.iter().take(12).map(|name| &**name).collect();
    let more = if names.len() > shown.len() { " …" } else { "" };
    format!("{}{more}", shown.join(" "))
}
