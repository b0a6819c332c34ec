//! What a record is called: `quzhou-2024/T48`, `quzhou-2024/P17.3/江山市@2024Q3`.
//!
//! Keys are what people say on the phone and what the journal holds, so they are readable text there;
//! in memory they are typed.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::period::Period;
use super::succession::Office;

/// Why a key could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a key: {0}")]
pub struct BadKey(pub String);

/// The slug of a document, such as `quzhou-2024`: lower-case letters, digits and `-`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct DocumentId(Arc<str>);

impl Ord for DocumentId {
    fn cmp(&self, other: &Self) -> Ordering {
        // Nearly always they are one and the same text: every look-up of a record compares a dozen.
        if Arc::ptr_eq(&self.0, &other.0) { Ordering::Equal } else { self.0.cmp(&other.0) }
    }
}

impl PartialOrd for DocumentId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl DocumentId {
    /// Reads a slug.
    ///
    /// # Errors
    /// When it is empty, longer than 64 bytes, or has any character but `a-z`, `0-9` and `-`.
    pub fn new(slug: &str) -> Result<Self, BadKey> {
        let fine = !slug.is_empty()
            && slug.len() <= 64
            && slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if fine { Ok(Self(Arc::from(slug))) } else { Err(BadKey(slug.to_owned())) }
    }

    /// The reserved name under which the records of the ledger as a whole stand. No document is called so: a document's slug
    /// ends with its year, and [`super::Record::fits`] refuses one that does not.
    pub fn office() -> Self {
        Self(Arc::from(OFFICE))
    }

    /// Whether this is the reserved name of the ledger as a whole.
    pub fn is_office(&self) -> bool {
        &*self.0 == OFFICE
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for DocumentId {
    type Error = BadKey;
    fn try_from(text: String) -> Result<Self, BadKey> {
        Self::new(&text)
    }
}

impl From<DocumentId> for String {
    fn from(id: DocumentId) -> Self {
        id.0.as_ref().to_owned()
    }
}

/// The letter of a list within a document: `T` tasks, `P` the provincial livelihood list, `C` the city's; a document
/// with more lists uses further letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct ListCode(u8);

impl ListCode {
    /// The main list of tasks.
    pub const TASKS: Self = Self(b'T');
    /// The provincial list of livelihood items.
    pub const PROVINCE: Self = Self(b'P');
    /// The city's list of livelihood items.
    pub const CITY: Self = Self(b'C');
    /// What later readings of the document no longer have: kept with all that was filed, and in no other list.
    pub const DROPPED: Self = Self(b'D');

    /// The list with this letter, `A` to `Z` in either case.
    pub fn new(letter: char) -> Option<Self> {
        let upper = letter.to_ascii_uppercase();
        u8::try_from(upper).ok().filter(u8::is_ascii_uppercase).map(Self)
    }

    /// The letter, in upper case.
    pub fn letter(self) -> char {
        char::from(self.0)
    }
}

/// The key of a task (`T48`), of a livelihood item (`P17`) or of one of its quota rows (`P17.3`).
///
/// Numbers that restart in every chapter carry the chapter: `T2-48` is number 48 of chapter 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct ItemKey {
    /// Which list it stands in.
    pub list: ListCode,
    /// The chapter, where numbers restart in each; 0 where the numbering runs through.
    pub chapter: u16,
    /// The number as printed, 1 and up.
    pub no: u16,
    /// 0 for a task or a whole livelihood item; 1 and up for a quota row (or an unnumbered continuation) of it.
    pub sub: u16,
}

impl ItemKey {
    /// Number `no` of the main list of tasks.
    pub const fn task(no: u16) -> Self {
        Self { list: ListCode::TASKS, chapter: 0, no, sub: 0 }
    }

    /// Row `sub` of livelihood item `no` of a list.
    pub const fn row(list: ListCode, no: u16, sub: u16) -> Self {
        Self { list, chapter: 0, no, sub }
    }

    /// The item that a row belongs to; a task is its own item.
    #[must_use]
    pub const fn item(self) -> Self {
        Self { sub: 0, ..self }
    }

    /// Whether later readings of the document no longer have it.
    pub fn is_dropped(self) -> bool {
        self.list == ListCode::DROPPED
    }

    /// Number and sub-number without the list: `48`, `17.3`.
    pub fn number(self) -> String {
        if self.sub == 0 { self.no.to_string() } else { format!("{}.{}", self.no, self.sub) }
    }
}

impl fmt::Display for ItemKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.list.letter())?;
        if self.chapter > 0 {
            write!(f, "{}-", self.chapter)?;
        }
        write!(f, "{}", self.no)?;
        if self.sub > 0 {
            write!(f, ".{}", self.sub)?;
        }
        Ok(())
    }
}

impl FromStr for ItemKey {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, BadKey> {
        let bad = || BadKey(text.to_owned());
        let mut chars = text.chars();
        let list = chars.next().and_then(ListCode::new).ok_or_else(bad)?;
        let rest = chars.as_str();
        let (chapter, rest) = match rest.split_once('-') {
            Some((chapter, rest)) => (positive(chapter).ok_or_else(bad)?, rest),
            None => (0, rest),
        };
        let (no, sub) = match rest.split_once('.') {
            Some((no, sub)) => (no, positive(sub).ok_or_else(bad)?),
            None => (rest, 0),
        };
        Ok(Self { list, chapter, no: positive(no).ok_or_else(bad)?, sub })
    }
}

fn positive(digits: &str) -> Option<u16> {
    let plain = digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
    plain.then(|| digits.parse().ok()).flatten()
}

impl TryFrom<String> for ItemKey {
    type Error = BadKey;
    fn try_from(text: String) -> Result<Self, BadKey> {
        text.parse()
    }
}

impl From<ItemKey> for String {
    fn from(key: ItemKey) -> Self {
        key.to_string()
    }
}

/// The key of a record: the document and what of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct Key {
    /// The document it belongs to.
    pub document: DocumentId,
    /// What it is within the document.
    pub of: Of,
}

/// What a record is within its document. The order of the variants is the order in which a ledger lists them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Of {
    /// The document itself: title, lists, areas, settings.
    Document,
    /// A task or a quota row.
    Item(ItemKey),
    /// What a unit filed on an item for a period.
    Filing(ItemKey, Period),
    /// The figure done by an area (or 全市) on a quota row, cumulative to the end of a period.
    Done(ItemKey, Arc<str>, Period),
    /// A target of a task, by its number within the task.
    Target(ItemKey, u16),
    /// The figure reached on a target, cumulative to the end of a period.
    Actual(ItemKey, u16, Period),
    /// A light set by the office for a period.
    Override(ItemKey, Period),
    /// The chasing of an item in a period.
    Chase(ItemKey, Period),
    /// A step of a task, by its number within the task.
    Step(ItemKey, u16),
    /// A request about an item (延期, 调整, 终止, 办结), by its number within the item.
    Request(ItemKey, u16),
    /// A doubt or a correction of the reading, by the line it is about and a number within it.
    Finding(u32, u16),
    /// A unit with its aliases, by its name.
    Unit(Arc<str>),
    /// A saved view of the task list, by its name.
    View(Arc<str>),
    /// A period's bulletin.
    Bulletin(Period),
    /// A piece of a period's issued bulletin, by its number from 1.
    Frozen(Period, u16),
    /// What somebody may do, by the login name; of the ledger as a whole ([`DocumentId::office`]).
    Role(Arc<str>),
    /// Under which key an item stood in an earlier reading of the document.
    Former(ItemKey),
    /// Who follows on a unit or a leader, by the name that was.
    Successor(Office, Arc<str>),
}

/// See [`DocumentId::office`].
const OFFICE: &str = "office";

/// The words between an item's key and a number in the keys of its parts: `T48/target/1`.
const TARGET: &str = "target";
const STEP: &str = "step";
const REQUEST: &str = "request";
/// The words between an item's key and a period: `T48/light@2024Q3`.
const LIGHT: &str = "light";
const CHASE: &str = "chase";
/// The word of a bulletin: `bulletin@2024Q3`, its pieces `bulletin/1@2024Q3`.
const BULLETIN: &str = "bulletin";
/// The word behind an item's key: `T6/former`.
const FORMER: &str = "former";
/// The words before a name: `successor/unit/市旅游局`.
const SUCCESSOR: &str = "successor/";

impl Of {
    /// The period under which the record stands, if under one.
    pub const fn period(&self) -> Option<Period> {
        match self {
            Self::Filing(_, period)
            | Self::Done(_, _, period)
            | Self::Actual(_, _, period)
            | Self::Override(_, period)
            | Self::Chase(_, period)
            | Self::Bulletin(period)
            | Self::Frozen(period, _) => Some(*period),
            Self::Document
            | Self::Item(_)
            | Self::Target(..)
            | Self::Step(..)
            | Self::Request(..)
            | Self::Former(_)
            | Self::Finding(..)
            | Self::Unit(_)
            | Self::View(_)
            | Self::Role(_)
            | Self::Successor(..) => None,
        }
    }
}

impl Key {
    /// The key of the document itself.
    pub fn document(document: &DocumentId) -> Self {
        Self { document: document.clone(), of: Of::Document }
    }

    /// The key of a task or quota row.
    pub fn item(document: &DocumentId, item: ItemKey) -> Self {
        Self { document: document.clone(), of: Of::Item(item) }
    }

    /// The key of a filing.
    pub fn filing(document: &DocumentId, item: ItemKey, period: Period) -> Self {
        Self { document: document.clone(), of: Of::Filing(item, period) }
    }

    /// The key of a done figure.
    pub fn done(document: &DocumentId, row: ItemKey, area: &str, period: Period) -> Self {
        Self { document: document.clone(), of: Of::Done(row, Arc::from(area), period) }
    }

    /// The key of a target.
    pub fn target(document: &DocumentId, item: ItemKey, no: u16) -> Self {
        Self { document: document.clone(), of: Of::Target(item, no) }
    }

    /// The key of the figure reached on a target.
    pub fn actual(document: &DocumentId, item: ItemKey, no: u16, period: Period) -> Self {
        Self { document: document.clone(), of: Of::Actual(item, no, period) }
    }

    /// The key of a light set by the office.
    pub fn light(document: &DocumentId, item: ItemKey, period: Period) -> Self {
        Self { document: document.clone(), of: Of::Override(item, period) }
    }

    /// The key of an item's chasing.
    pub fn chase(document: &DocumentId, item: ItemKey, period: Period) -> Self {
        Self { document: document.clone(), of: Of::Chase(item, period) }
    }

    /// The key of a step.
    pub fn step(document: &DocumentId, item: ItemKey, no: u16) -> Self {
        Self { document: document.clone(), of: Of::Step(item, no) }
    }

    /// The key of a request.
    pub fn request(document: &DocumentId, item: ItemKey, no: u16) -> Self {
        Self { document: document.clone(), of: Of::Request(item, no) }
    }

    /// The key of a saved view.
    pub fn view(document: &DocumentId, name: &str) -> Self {
        Self { document: document.clone(), of: Of::View(Arc::from(name)) }
    }

    /// The key of a period's bulletin.
    pub fn bulletin(document: &DocumentId, period: Period) -> Self {
        Self { document: document.clone(), of: Of::Bulletin(period) }
    }

    /// The key of a piece of an issued bulletin.
    pub fn frozen(document: &DocumentId, period: Period, no: u16) -> Self {
        Self { document: document.clone(), of: Of::Frozen(period, no) }
    }

    /// The key of where an item stood before.
    pub fn former(document: &DocumentId, item: ItemKey) -> Self {
        Self { document: document.clone(), of: Of::Former(item) }
    }

    /// The key of who follows on a unit or leader.
    pub fn successor(document: &DocumentId, office: Office, name: &str) -> Self {
        Self { document: document.clone(), of: Of::Successor(office, Arc::from(name)) }
    }

    /// The same of another item; `None` where the record is not about one.
    #[must_use]
    pub fn moved_to(&self, item: ItemKey) -> Option<Self> {
        let of = match &self.of {
            Of::Item(_) => Of::Item(item),
            Of::Filing(_, period) => Of::Filing(item, *period),
            Of::Done(_, area, period) => Of::Done(item, Arc::clone(area), *period),
            Of::Target(_, no) => Of::Target(item, *no),
            Of::Actual(_, no, period) => Of::Actual(item, *no, *period),
            Of::Override(_, period) => Of::Override(item, *period),
            Of::Chase(_, period) => Of::Chase(item, *period),
            Of::Step(_, no) => Of::Step(item, *no),
            Of::Request(_, no) => Of::Request(item, *no),
            Of::Former(_) => Of::Former(item),
            Of::Document
            | Of::Finding(..)
            | Of::Unit(_)
            | Of::View(_)
            | Of::Bulletin(_)
            | Of::Frozen(..)
            | Of::Role(_)
            | Of::Successor(..) => return None,
        };
        Some(Self { document: self.document.clone(), of })
    }

    /// The key of a doubt or correction.
    pub fn finding(document: &DocumentId, line: u32, no: u16) -> Self {
        Self { document: document.clone(), of: Of::Finding(line, no) }
    }

    /// The key of a role.
    pub fn role(name: &str) -> Self {
        Self { document: DocumentId::office(), of: Of::Role(Arc::from(name)) }
    }

    /// The key of a unit.
    pub fn unit(document: &DocumentId, name: &str) -> Self {
        Self { document: document.clone(), of: Of::Unit(Arc::from(name)) }
    }

    /// The task or row that the record is about, if it is about one.
    pub fn about(&self) -> Option<ItemKey> {
        match self.of {
            Of::Item(item)
            | Of::Filing(item, _)
            | Of::Done(item, _, _)
            | Of::Target(item, _)
            | Of::Actual(item, _, _)
            | Of::Override(item, _)
            | Of::Chase(item, _)
            | Of::Step(item, _)
            | Of::Request(item, _)
            | Of::Former(item) => Some(item),
            Of::Document
            | Of::Finding(..)
            | Of::Unit(_)
            | Of::View(_)
            | Of::Bulletin(_)
            | Of::Frozen(..)
            | Of::Role(_)
            | Of::Successor(..) => None,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let document = &self.document;
        match &self.of {
            Of::Document => write!(f, "{document}"),
            Of::Item(item) => write!(f, "{document}/{item}"),
            Of::Filing(item, period) => write!(f, "{document}/{item}@{period}"),
            Of::Done(row, area, period) => write!(f, "{document}/{row}/{area}@{period}"),
            Of::Target(item, no) => write!(f, "{document}/{item}/{TARGET}/{no}"),
            Of::Actual(item, no, period) => write!(f, "{document}/{item}/{TARGET}/{no}@{period}"),
            Of::Override(item, period) => write!(f, "{document}/{item}/{LIGHT}@{period}"),
            Of::Chase(item, period) => write!(f, "{document}/{item}/{CHASE}@{period}"),
            Of::Step(item, no) => write!(f, "{document}/{item}/{STEP}/{no}"),
            Of::Request(item, no) => write!(f, "{document}/{item}/{REQUEST}/{no}"),
            Of::Finding(line, no) => write!(f, "{document}/line/{line}.{no}"),
            Of::Unit(name) => write!(f, "{document}/unit/{name}"),
            Of::View(name) => write!(f, "{document}/view/{name}"),
            Of::Bulletin(period) => write!(f, "{document}/{BULLETIN}@{period}"),
            Of::Frozen(period, no) => write!(f, "{document}/{BULLETIN}/{no}@{period}"),
            Of::Role(name) => write!(f, "{document}/role/{name}"),
            Of::Former(item) => write!(f, "{document}/{item}/{FORMER}"),
            Of::Successor(office, name) => write!(f, "{document}/{SUCCESSOR}{office}/{name}"),
        }
    }
}

impl FromStr for Key {
    type Err = BadKey;

    fn from_str(text: &str) -> Result<Self, BadKey> {
        let bad = || BadKey(text.to_owned());
        let Some((document, rest)) = text.split_once('/') else {
            return Ok(Self { document: DocumentId::new(text)?, of: Of::Document });
        };
        let document = DocumentId::new(document)?;
        Ok(Self { document, of: read_of(rest).ok_or_else(bad)? })
    }
}

/// What stands after the document in a key's text.
fn read_of(rest: &str) -> Option<Of> {
    let named = |name: &str| (!name.is_empty()).then(|| Arc::from(name));
    if let Some(place) = rest.strip_prefix("line/") {
        let (line, no) = place.split_once('.')?;
        return Some(Of::Finding(line.parse().ok()?, no.parse().ok()?));
    }
    if let Some(name) = rest.strip_prefix("unit/") {
        return named(name).map(Of::Unit);
    }
    if let Some(name) = rest.strip_prefix("view/") {
        return named(name).map(Of::View);
    }
    if let Some(name) = rest.strip_prefix("role/") {
        return named(name).map(Of::Role);
    }
    if let Some(rest) = rest.strip_prefix(SUCCESSOR) {
        let (office, name) = rest.split_once('/')?;
        return Some(Of::Successor(office.parse().ok()?, named(name)?));
    }
    let Some((what, period)) = rest.rsplit_once('@') else {
        let Some((item, part)) = rest.split_once('/') else {
            return rest.parse().ok().map(Of::Item);
        };
        let item = item.parse().ok()?;
        if part == FORMER {
            return Some(Of::Former(item));
        }
        let (kind, no) = part.split_once('/')?;
        let no = positive(no)?;
        return match kind {
            TARGET => Some(Of::Target(item, no)),
            STEP => Some(Of::Step(item, no)),
            REQUEST => Some(Of::Request(item, no)),
            _ => None,
        };
    };
    let period = period.parse().ok()?;
    match what.split_once('/') {
        None if what == BULLETIN => return Some(Of::Bulletin(period)),
        Some((BULLETIN, no)) => return Some(Of::Frozen(period, positive(no)?)),
        _ => {}
    }
    let Some((item, part)) = what.split_once('/') else {
        return what.parse().ok().map(|item| Of::Filing(item, period));
    };
    let item = item.parse().ok()?;
    match part.split_once('/') {
        Some((TARGET, no)) if positive(no).is_some() => Some(Of::Actual(item, positive(no)?, period)),
        Some((STEP | REQUEST, no)) if positive(no).is_some() => None,
        None if part == LIGHT => Some(Of::Override(item, period)),
        None if part == CHASE => Some(Of::Chase(item, period)),
        // The head of a column may hold a slash: 高新区/经开区.
        _ => named(part).map(|area| Of::Done(item, area, period)),
    }
}

impl TryFrom<String> for Key {
    type Error = BadKey;
    fn try_from(text: String) -> Result<Self, BadKey> {
        text.parse()
    }
}

impl From<Key> for String {
    fn from(key: Key) -> Self {
        key.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_key_reads_back_as_written() {
        for text in [
            "quzhou-2024",
            "quzhou-2024/T48",
            "quzhou-2024/T2-48",
            "quzhou-2024/P17.3",
            "quzhou-2024/T48@2024Q3",
            "quzhou-2024/P17.3/江山市@2024Q3",
            "quzhou-2024/T7/target/2",
            "quzhou-2024/T7/target/2@2024Q3",
            "quzhou-2024/T2-7/light@2024Q3",
            "quzhou-2024/P17.3/chase@2024M09",
            "quzhou-2024/T7/step/12",
            "quzhou-2024/T7/request/1",
            "quzhou-2024/view/红灯 滞后在前",
            "quzhou-2024/D3@2024Q1",
            "quzhou-2024/T2-7/former",
            "quzhou-2024/successor/unit/市旅游局",
            "quzhou-2024/successor/leader/张三",
            "quzhou-2024/bulletin@2024Q3",
            "quzhou-2024/bulletin/12@2024Q3",
            "quzhou-2024/line/843.1",
            "office/role/wang.li",
            "office/role/DOMAIN/li@2024Q3",
            "quzhou-2024/unit/各县（市、区）政府",
            "quzhou-2024/P17.3/高新区/经开区@2024Q3",
            "quzhou-2024/P17.3/target/二期@2024Q3",
        ] {
            assert_eq!(text.parse::<Key>().unwrap().to_string(), text);
        }
    }

    proptest::proptest! {
        /// Columns, units, views, people: their names are whatever a page or a system has.
        #[test]
        fn a_key_with_any_name_is_read_as_itself_or_as_nothing_else(name in "\\PC{1,12}|[a-z/@0-9.区]{1,9}") {
            let document = DocumentId::new("a-2024").unwrap();
            let period = Period::quarter(2024, 3).unwrap();
            let row: ItemKey = "P1".parse().unwrap();
            let name: Arc<str> = name.into();
            let key = |of| Key { document: document.clone(), of };
            for of in [
                Of::Unit(Arc::clone(&name)),
                Of::View(Arc::clone(&name)),
                Of::Role(Arc::clone(&name)),
                Of::Successor(Office::Unit, Arc::clone(&name)),
            ] {
                let key = key(of);
                proptest::prop_assert_eq!(key.to_string().parse(), Ok(key));
            }
            // An area may bear the name of another record of the row; then nothing is written (`store::rules`).
            let done = key(Of::Done(row, Arc::clone(&name), period));
            let numbered = name.split_once('/').filter(|(kind, _)| matches!(*kind, TARGET | STEP | REQUEST));
            let taken = matches!(&*name, LIGHT | CHASE) || numbered.is_some_and(|(_, no)| positive(no).is_some());
            proptest::prop_assert_eq!(done.to_string().parse() == Ok(done), !taken);
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for text in [
            "",
            "Quzhou",
            "a/",
            "a/T",
            "a/T0",
            "a/T01",
            "a/48",
            "a/T1.",
            "a/T1@2024Q5",
            "a/P1/@2024Q1",
            "a/unit/",
            "a/view/",
            "office/role/",
            "a/T1/step/0",
            "a/T1/other/1",
            "a/successor/mayor/张三",
            "a/successor/unit/",
            "a/T1/step/1@2024Q1",
        ] {
            assert!(text.parse::<Key>().is_err(), "{text}");
        }
    }

    #[test]
    fn items_sort_by_number_not_by_letter() {
        let mut keys: Vec<ItemKey> = ["P17.3", "T10", "P2.1", "T9", "P17.1"].map(|k| k.parse().unwrap()).to_vec();
        keys.sort();
        let shown: Vec<String> = keys.iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["P2.1", "P17.1", "P17.3", "T9", "T10"]);
    }
}
