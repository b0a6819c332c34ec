//! A commit whole: who, when, what for, and each change with its words in full.

use std::sync::Arc;

use super::super::paper;
use super::super::state::State;
use super::chain::worded;
use super::detail::Line;
use super::items::shown_key;
use crate::catalog::Say;
use crate::model::{Book, Change, Commit, Seq, clock};
use crate::report::chain::link;
use crate::report::changes::describe;
use crate::text::width::truncate;
use crate::text::wrap::wrap;

/// At most this many changes are told: a document that is read in brings as many as it has items.
const TOLD: usize = 500;

/// The commit as lines of at most `columns`; none where it is not here.
pub(super) fn lines(state: &State, seq: Seq, columns: usize) -> Arc<Vec<Line>> {
    paper::told(state, (seq, columns), || made(state, seq, columns))
}

fn made(state: &State, seq: Seq, columns: usize) -> Vec<Line> {
    let (lang, theme) = (state.lang(), state.theme);
    let Some(at) = state.commits.iter().position(|sealed| sealed.commit.seq == seq) else { return Vec::new() };
    let (before, after) = state.commits.split_at(at);
    let Some((sealed, after)) = after.split_first() else { return Vec::new() };
    let commit = sealed.commit.as_ref();
    let mut lines: Vec<Line> = Vec::new();
    let mut say = |label: &str, text: &str| lines.extend(worded(label, text, columns, theme.text()));
    say(lang.say(Say::CommitAt), &commit.at.format("%Y-%m-%d %H:%M:%S %:z").to_string());
    if let Some(back) = clock::set_back(before.last().map(|sealed| sealed.commit.as_ref()), commit) {
        say("", &lang.fill(Say::LogSetBack, &[&back.format("%Y-%m-%d %H:%M"), &""]));
    }
    say(lang.say(Say::CommitBy), &format!("{} ({})", commit.actor.name, commit.actor.uid));
    let undone = commit.undoes.map(|undone| format!(" #{undone}")).unwrap_or_default();
    say(lang.say(Say::CommitWhat), &format!("{}{undone}", lang.intent(commit.intent)));
    if let Some(by) = after.iter().rev().find(|later| later.commit.undoes == Some(seq)) {
        say("", &lang.fill(Say::CommitUndone, &[&by.commit.seq]));
    }
    say(lang.say(Say::CommitHash), &sealed.hash.to_string());
    // What has words stands by itself; phrases stand close together.
    let mut apart = true;
    for change in commit.changes.iter().take(TOLD) {
        let told = told(state, commit, change, columns);
        if apart || told.len() > 1 {
            lines.push((String::new(), theme.text()));
        }
        apart = told.len() > 1;
        lines.extend(told);
    }
    if let Some(more) = commit.changes.len().checked_sub(TOLD).filter(|more| *more > 0) {
        lines.push((String::new(), theme.text()));
        lines.push((lang.fill(Say::CommitMore, &[&more]), theme.text()));
    }
    lines
}

/// One change: of what is filed or kept of an item, and of a bulletin's words, as in a chain; of anything else in a phrase.
fn told(state: &State, commit: &Commit, change: &Change, columns: usize) -> Vec<Line> {
    let (lang, theme) = (state.lang(), state.theme);
    let phrase = || {
        let lines = wrap(&describe(lang, change), columns);
        lines.into_iter().map(|line| (line, theme.text())).collect()
    };
    let Some(book) = Book::open(state.reading(), &change.key.document) else { return phrase() };
    let link = link(&book, commit.intent, change, lang);
    let item = change.key.about();
    let title = item.and_then(|item| book.title(item)).unwrap_or_default();
    let named = |head: &str, style| {
        let whole = format!("{head}  {title}");
        (truncate(whole.trim_end(), columns, state.glyphs().ellipsis).into_owned(), style)
    };
    if link.what == lang.intent(commit.intent) {
        // It has no words but the phrase.
        return if item.is_some() { vec![named(&describe(lang, change), theme.text())] } else { phrase() };
    }
    let number = item.map(|item| format!("{} ", shown_key(&book, item))).unwrap_or_default();
    let head = named(&format!("{number}{}", link.what), theme.title());
    let words = link.words.iter().flat_map(|(label, text)| worded(label, text, columns, theme.text()));
    [head].into_iter().chain(words).collect()
}
