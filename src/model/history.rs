//! What a person can undo and redo, from the commits alone. An undo is a commit of its own, never a removal.

use super::change::{Actor, Commit, Intent, Seq};

/// A person's commits that can be undone, and undos that can be redone; the last of each comes first to hand.
#[derive(Debug, Clone, Default)]
pub struct UndoStack {
    undo: Vec<Seq>,
    redo: Vec<Seq>,
}

impl UndoStack {
    /// Takes note of a commit, in order. Other people's commits, and the reading-in of a document, are not undone by `u`.
    pub fn note(&mut self, actor: &Actor, commit: &Commit) {
        let own = commit.actor.uid == actor.uid;
        match commit.undoes {
            Some(undone) => {
                self.undo.retain(|seq| *seq != undone);
                let redone = self.redo.contains(&undone);
                self.redo.retain(|seq| *seq != undone);
                if own {
                    if redone || commit.intent == Intent::Redo { &mut self.undo } else { &mut self.redo }
                        .push(commit.seq);
                }
            }
            None if own && !matches!(commit.intent, Intent::Import | Intent::Demo) => {
                self.undo.push(commit.seq);
                self.redo.clear();
            }
            None => {}
        }
    }

    /// The commit that undo takes back next.
    pub fn undoable(&self) -> Option<Seq> {
        self.undo.last().copied()
    }

    /// The undo that redo takes back next.
    pub fn redoable(&self) -> Option<Seq> {
        self.redo.last().copied()
    }
}
