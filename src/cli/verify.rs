//! `duban verify`: do journal, fold and sled agree?

use std::io::Write;

use crate::catalog::Say;
use crate::store::{self, SledVerdict, Unsound};

use super::fail::{Exit, Stop};
use super::session::Session;
use super::words;

pub(super) fn run(session: &Session) -> Result<Exit, Stop> {
    let lang = session.lang;
    if session.is_demo() {
        // The throw-away ledger has to be made before it can be looked at.
        drop(session.read()?);
    }
    let verdict = store::verify(session.folder("verify")?).map_err(|error| Stop::opening(lang, &error))?;
    let mut lines = vec![lang.fill(Say::CliVerifyHead, &[&verdict.head.seq, &verdict.head.hash, &verdict.records])];
    for damage in verdict.damages.iter().chain(&verdict.unfinished) {
        let what = words::bad_line(lang, &damage.what);
        lines.push(lang.fill(Say::CliVerifyDamage, &[&words::path(&damage.file), &damage.line, &what]));
    }
    if verdict.damages.is_empty() {
        lines.push(lang.say(Say::CliVerifyJournalGood).to_owned());
    }
    let (sled, sled_fine) = match &verdict.sled {
        SledVerdict::Agrees => (lang.say(Say::CliVerifySledAgrees).to_owned(), true),
        SledVerdict::Behind(seq) => (lang.fill(Say::CliVerifySledBehind, &[seq]), true),
        SledVerdict::NotChecked(why) => (lang.fill(Say::CliVerifySledNotChecked, &[why]), true),
        SledVerdict::Ahead(seq) => (lang.fill(Say::CliVerifySledAhead, &[seq]), false),
        SledVerdict::Unsound(Unsound::Missing) => (lang.say(Say::CliVerifySledMissing).to_owned(), true),
        SledVerdict::Unsound(why) => (lang.fill(Say::CliVerifySledUnsound, &[&words::unsound(lang, why)]), false),
    };
    lines.push(sled);
    let image = verdict.image.as_ref().map(|image| match image {
        SledVerdict::Agrees => (lang.say(Say::CliVerifyImageAgrees).to_owned(), true),
        SledVerdict::Behind(seq) => (lang.fill(Say::CliVerifyImageBehind, &[seq]), true),
        SledVerdict::Ahead(seq) => {
            (lang.fill(Say::CliVerifyImageUnsound, &[&lang.fill(Say::CliVerifySledAhead, &[seq])]), false)
        }
        SledVerdict::Unsound(why) => (lang.fill(Say::CliVerifyImageUnsound, &[&words::unsound(lang, why)]), false),
        SledVerdict::NotChecked(why) => (lang.fill(Say::CliVerifyImageUnsound, &[why]), false),
    });
    let image_fine = image.as_ref().is_none_or(|(_, fine)| *fine);
    lines.extend(image.map(|(text, _)| text));
    let mut out = session.out();
    writeln!(out, "{}", lines.join("\n")).and_then(|()| out.flush()).map_err(|error| Stop::output(lang, &error))?;
    if verdict.damages.is_empty() && sled_fine && image_fine {
        return Ok(Exit::Done);
    }
    let todo = match verdict.damages.is_empty() {
        false => Say::CliVerifyJournalTodo,
        true if sled_fine => Say::CliVerifyImageTodo,
        true => Say::CliVerifySledTodo,
    };
    Err(Stop::new(Exit::Store, lang.say(Say::CliVerifyBad), lang.say(todo)))
}
