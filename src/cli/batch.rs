//! `--from FILE|-`: a hundred deeds at once, from a JSON array. All or nothing, one commit.

use std::collections::HashMap;
use std::fmt;
use std::io::{self, BufRead as _, IsTerminal as _, Read as _, Write as _};
use std::path::Path;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::catalog::Say;
use crate::model::entry::Together;
use crate::model::{Book, Intent, Seq, Write};

use super::fail::{Exit, Failure, Stop};
use super::out::note;
use super::session::Session;
use super::{pick, words};

/// More bytes than this are no batch.
const LARGEST: u64 = 16 * 1024 * 1024;

/// What one deed comes to.
pub(super) struct Deed {
    /// What it is about, in words: `T48 2024Q3`. Two deeds of a batch about the same are refused; empty: never the same.
    pub about: String,
    /// What it writes; nothing where nothing would change.
    pub writes: Vec<Write>,
    /// What looks wrong but is not refused, such as a figure lower than before.
    pub doubts: Vec<String>,
}

/// One object of the array: its fields as they are written, so that no number passes through a binary float.
pub(super) struct Element {
    fields: Vec<(String, Box<RawValue>)>,
}

impl<'de> Deserialize<'de> for Element {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Element;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Element, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Element { fields })
            }
        }
        deserializer.deserialize_map(Object)
    }
}

impl Element {
    fn raw(&self, field: &str) -> Option<&str> {
        self.fields.iter().find(|(name, _)| name == field).map(|(_, raw)| raw.get())
    }

    /// Whether a field is there, `null` or not.
    pub(super) fn has(&self, field: &str) -> bool {
        self.raw(field).is_some()
    }

    /// A text, or a number as it is written; `null` and nothing are none.
    pub(super) fn text(&self, session: &Session, field: &'static str) -> Result<Option<String>, Stop> {
        let Some(raw) = self.raw(field).filter(|raw| *raw != "null") else { return Ok(None) };
        plain(raw).map(Some).ok_or_else(|| wrong(session, Say::CliBatchText, field))
    }

    /// A text that has to be there.
    pub(super) fn needed(&self, session: &Session, field: &'static str) -> Result<String, Stop> {
        self.text(session, field)?.ok_or_else(|| wrong(session, Say::CliBatchMissing, field))
    }

    /// As [`Self::text`], but `null` is an empty text: it takes back what was there.
    pub(super) fn clearable(&self, session: &Session, field: &'static str) -> Result<Option<String>, Stop> {
        Ok(self.text(session, field)?.or_else(|| self.has(field).then(String::new)))
    }

    /// `true` or `false`; nothing is `false`.
    pub(super) fn flag(&self, session: &Session, field: &'static str) -> Result<bool, Stop> {
        match self.raw(field) {
            None | Some("null" | "false") => Ok(false),
            Some("true") => Ok(true),
            Some(_) => Err(wrong(session, Say::CliBatchFlag, field)),
        }
    }

    /// A whole number from 1.
    pub(super) fn number(&self, session: &Session, field: &'static str) -> Result<Option<u16>, Stop> {
        let Some(text) = self.text(session, field)? else { return Ok(None) };
        let number = text.parse().ok().filter(|number| *number > 0);
        number.map(Some).ok_or_else(|| wrong(session, Say::CliBatchNumber, field))
    }

    /// An object of numbers and their values, as `NO=VALUE`: `{"1": "3.5", "2": null}`.
    pub(super) fn figures(&self, session: &Session, field: &'static str) -> Result<Vec<String>, Stop> {
        let Some(raw) = self.raw(field).filter(|raw| *raw != "null") else { return Ok(Vec::new()) };
        let refuse = || wrong(session, Say::CliBatchFigures, field);
        let inner: Element = serde_json::from_str(raw).map_err(|_| refuse())?;
        let figure = |(no, raw): &(String, Box<RawValue>)| match raw.get() {
            "null" => Some(format!("{no}=")),
            raw => plain(raw).map(|value| format!("{no}={value}")),
        };
        inner.fields.iter().map(figure).collect::<Option<_>>().ok_or_else(refuse)
    }

    /// Refuses fields that the verb does not know, and a field that is there twice.
    fn checked(&self, session: &Session, known: &[&'static str]) -> Result<(), Stop> {
        let lang = session.lang;
        for (at, (name, _)) in self.fields.iter().enumerate() {
            let name = crate::text::one_line(name).text;
            if !known.contains(&name.as_str()) {
                let what = lang.fill(Say::CliBatchUnknown, &[&name]);
                return Err(Stop::input(what, lang.fill(Say::CliBatchFields, &[&known.join(" ")])));
            }
            if self.fields.iter().take(at).any(|(earlier, _)| *earlier == name) {
                return Err(Stop::input(lang.fill(Say::CliBatchTwice, &[&name]), lang.say(Say::CliBatchTodo)));
            }
        }
        Ok(())
    }
}

/// A JSON text or number, as text.
fn plain(raw: &str) -> Option<String> {
    if raw.starts_with('"') {
        return serde_json::from_str(raw).ok();
    }
    raw.starts_with(|c: char| c == '-' || c.is_ascii_digit()).then(|| raw.to_owned())
}

fn wrong(session: &Session, say: Say, field: &'static str) -> Stop {
    Stop::input(session.lang.say(say), session.lang.say(Say::CliBatchTodo)).in_field(field)
}

/// Does what the file asks for: `deed` makes of each element what it comes to.
pub(super) fn run(
    session: &Session,
    (from, intent): (&Path, Intent),
    known: &[&'static str],
    mut deed: impl FnMut(&Book<'_>, &Element) -> Result<Deed, Stop>,
) -> Result<Exit, Stop> {
    let lang = session.lang;
    let elements = read(session, from)?;
    let mut desk = session.write()?;
    let before = desk.ledger.clone();
    let id = pick::book(session, &before)?.id().clone();
    let mut together = Together::new(&before);
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut doubts = Vec::new();
    let mut same = 0_usize;
    for (at, element) in elements.iter().enumerate() {
        let no = at + 1;
        let book = together.book(&id).ok_or_else(|| Stop::input(lang.say(Say::CliNoDocuments), ""))?;
        let done = element.checked(session, known).and_then(|()| deed(&book, element));
        let done = done.map_err(|stop| placed(session, no, element, stop))?;
        if !done.about.is_empty()
            && let Some(earlier) = seen.insert(done.about.clone(), no)
        {
            let stop = Stop::input(lang.fill(Say::CliBatchSame, &[&done.about, &earlier]), lang.say(Say::CliBatchTodo));
            return Err(placed(session, no, element, stop));
        }
        doubts.extend(done.doubts.iter().map(|doubt| lang.fill(Say::CliBatchDoubt, &[&no, doubt])));
        same += usize::from(done.writes.is_empty());
        together.add(&done.writes);
    }
    session.tell_dropped();
    agreed(session, &doubts)?;
    let writes = together.writes();
    let said = if writes.is_empty() {
        lang.fill(Say::CliBatchNothing, &[&elements.len()])
    } else {
        let seq = desk.commit(session, intent, None, writes)?;
        let done = elements.len() - same;
        lang.fill(Say::CliBatchDone, &[&lang.intent(intent), &done, &same, &seq])
    };
    say(session, &said)
}

/// Does one deed, and says what was done: `told` makes the sentence from the commit's number.
pub(super) fn single(
    session: &Session,
    desk: &mut super::session::Desk,
    intent: Intent,
    deed: Deed,
    told: impl FnOnce(Seq) -> String,
) -> Result<Exit, Stop> {
    session.tell_dropped();
    if deed.writes.is_empty() {
        return say(session, &session.lang.fill(Say::CliNothingChanged, &[&deed.about]));
    }
    agreed(session, &deed.doubts)?;
    let seq = desk.commit(session, intent, None, deed.writes)?;
    say(session, &told(seq))
}

/// Does the same to several items as one commit; `told` makes the sentence from their names and the commit's number.
pub(super) fn keys(
    session: &Session,
    intent: Intent,
    keys: &[String],
    mut deed: impl FnMut(&Book<'_>, &str) -> Result<Deed, Stop>,
    told: impl FnOnce(&str, Seq) -> String,
) -> Result<Exit, Stop> {
    let lang = session.lang;
    let mut desk = session.write()?;
    let before = desk.ledger.clone();
    let book = pick::book(session, &before)?;
    let mut deeds: Vec<Deed> = Vec::new();
    for key in keys {
        let one = deed(&book, key)?;
        // The same item twice on a command line is once too often, not an error.
        if deeds.iter().all(|other| other.about != one.about) {
            deeds.push(one);
        }
    }
    let names = |deeds: &[Deed]| deeds.iter().map(|deed| deed.about.clone()).collect::<Vec<_>>().join("、");
    let all = names(&deeds);
    deeds.retain(|deed| !deed.writes.is_empty());
    if deeds.is_empty() {
        return say(session, &lang.fill(Say::CliNothingChanged, &[&all]));
    }
    let names = names(&deeds);
    let mut together = Together::new(&before);
    for deed in &deeds {
        together.add(&deed.writes);
    }
    let seq = desk.commit(session, intent, None, together.writes())?;
    say(session, &told(&names, seq))
}

/// One line of output.
pub(super) fn say(session: &Session, text: &str) -> Result<Exit, Stop> {
    let mut out = session.out();
    writeln!(out, "{text}").and_then(|()| out.flush()).map_err(|error| Stop::output(session.lang, &error))?;
    Ok(Exit::Done)
}

/// Tells what looks wrong; where somebody sits at a terminal, asks whether it is meant.
pub(super) fn agreed(session: &Session, doubts: &[String]) -> Result<(), Stop> {
    for doubt in doubts {
        note(doubt);
    }
    let lang = session.lang;
    if doubts.is_empty() || !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Ok(());
    }
    let mut answer = String::new();
    let asked = write!(io::stderr(), "{}", lang.say(Say::CliAskSure)).and_then(|()| io::stderr().flush());
    // Without an answer nothing is written.
    let read = asked.and_then(|()| io::stdin().lock().take(64).read_line(&mut answer));
    match answer.trim().to_lowercase().as_str() {
        "y" | "yes" | "是" | "ｙ" if read.is_ok() => Ok(()),
        _ => Err(Stop::new(Exit::Refused, lang.say(Say::CliNotSure), lang.say(Say::CliNotSureTodo))),
    }
}

/// With the number of the element, its key and the field in front.
fn placed(session: &Session, no: usize, element: &Element, stop: Stop) -> Stop {
    let Stop::Failed(failure) = stop else { return stop };
    let lang = session.lang;
    let key = element.raw("key").and_then(plain).map(|key| session.line(&key)).filter(|key| !key.is_empty());
    let mut place = lang.fill(Say::CliBatchPlace, &[&no]);
    for part in [key.as_deref(), failure.field].into_iter().flatten() {
        place = lang.fill(Say::CliBatchPart, &[&place, &part]);
    }
    let exit = if failure.exit == Exit::Nothing { Exit::BadInput } else { failure.exit };
    let what = lang.fill(Say::CliBatchWrong, &[&place, &failure.what]);
    Stop::Failed(Failure { what, exit, ..failure })
}

fn read(session: &Session, from: &Path) -> Result<Vec<Element>, Stop> {
    let lang = session.lang;
    let name = words::path(from);
    let mut bytes = Vec::new();
    let read = if from.as_os_str() == "-" {
        io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(from).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| Stop::file(lang, from, &error))?;
    elements(session, &name, bytes)
}

/// The objects of a file of that name.
pub(super) fn elements(session: &Session, name: &str, bytes: Vec<u8>) -> Result<Vec<Element>, Stop> {
    let lang = session.lang;
    let todo = lang.say(Say::CliBatchTodo);
    if u64::try_from(bytes.len()).is_ok_and(|length| length > LARGEST) {
        return Err(Stop::input(lang.fill(Say::CliBatchTooLarge, &[&name, &LARGEST]), todo));
    }
    let text = String::from_utf8(bytes).map_err(|_| Stop::input(lang.fill(Say::CliBatchNotUtf8, &[&name]), todo))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let list: Vec<Box<RawValue>> = serde_json::from_str(text).map_err(|error| {
        Stop::input(lang.fill(Say::CliBatchNotAnArray, &[&name, &error.line(), &error.column()]), todo)
    })?;
    if list.is_empty() {
        return Err(Stop::input(lang.fill(Say::CliBatchEmpty, &[&name]), todo));
    }
    let element = |(at, raw): (usize, Box<RawValue>)| {
        let no = at + 1;
        serde_json::from_str(raw.get()).map_err(|_| Stop::input(lang.fill(Say::CliBatchNotAnObject, &[&no]), todo))
    };
    list.into_iter().enumerate().map(element).collect()
}
