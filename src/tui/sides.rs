//! A field that two may be filling in: what is stored, what somebody else made of it meanwhile, and who decides which one stands.

use chrono::{DateTime, FixedOffset};

use crate::model::merge::Side;

/// The other side of a field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sides {
    /// What is stored, as far as this field knows: what is typed is an edit of it.
    pub stored: String,
    /// Who put there what came in while the form was open.
    pub taken: Option<String>,
    /// Both changed it, and nobody has decided yet.
    pub clash: Option<Clash>,
}

/// A field that both changed to different values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// What stood there when it was opened.
    pub base: String,
    /// What the other side put there.
    pub theirs: String,
    /// Who, and when.
    pub by: By,
    /// It was saved: all three stand on the screen, and it can be decided.
    pub asked: bool,
    /// What was typed, where it is typed anew now.
    pub mine: Option<String>,
}

/// Who changed something, and when; empty where nothing is known of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct By {
    /// Who.
    pub who: String,
    /// When.
    pub at: Option<DateTime<FixedOffset>>,
}

impl By {
    /// `李四 11-26 10:20`
    pub fn shown(&self) -> String {
        let at = self.at.map(|at| at.format(" %m-%d %H:%M").to_string()).unwrap_or_default();
        format!("{}{at}", self.who)
    }
}

/// Whose value a field shall have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// 我的.
    Mine,
    /// 对方的.
    Theirs,
    /// 重新填.
    Anew,
}

/// What following the other side means for a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Came {
    /// Nothing new.
    Nothing,
    /// It takes over what is stored now.
    Taken,
    /// Both changed it.
    Clashed,
}

impl Sides {
    /// A field that was opened on this.
    pub fn on(stored: impl Into<String>) -> Self {
        Self { stored: stored.into(), taken: None, clash: None }
    }

    /// Whether something else is typed than what is stored.
    pub fn is_changed(&self, typed: &str) -> bool {
        typed != self.stored
    }

    /// Follows what is stored now, `by` having stored it.
    pub fn follow(&mut self, typed: &str, now: &str, by: impl FnOnce() -> By) -> Came {
        if now == self.stored {
            return Came::Nothing;
        }
        let clash = self.clash.take();
        let base = clash.map_or_else(|| self.stored.clone(), |clash| clash.base);
        now.clone_into(&mut self.stored);
        match Side::of(base.as_str(), typed, now) {
            Side::Neither | Side::Mine | Side::Alike => Came::Nothing,
            Side::Theirs => {
                self.taken = Some(by().who);
                Came::Taken
            }
            Side::Clash => {
                // Whoever is about to decide has not seen this value yet: it is asked anew.
                let clash = Clash { base, theirs: now.to_owned(), by: by(), asked: false, mine: None };
                self.clash = Some(clash);
                Came::Clashed
            }
        }
    }

    /// The field is to be saved as it stands: a clash that was typed anew is decided by that, any other is put to the user.
    /// Answers whether it can be saved.
    pub fn settle(&mut self, typed: &str) -> bool {
        match &mut self.clash {
            None => true,
            Some(clash) if typed == clash.theirs || (clash.mine.is_some() && !typed.is_empty()) => {
                self.clash = None;
                true
            }
            Some(clash) => {
                clash.asked = true;
                false
            }
        }
    }

    /// The clash that the user is asked about now.
    pub fn asked(&self) -> Option<&Clash> {
        self.clash.as_ref().filter(|clash| clash.asked)
    }

    /// Decides the clash that is asked about; answers what the field holds now, if that is another text than before.
    pub fn decide(&mut self, choice: Choice, typed: &str) -> Option<String> {
        let clash = self.clash.as_mut().filter(|clash| clash.asked)?;
        match choice {
            Choice::Mine => {
                let mine = clash.mine.take();
                self.clash = None;
                mine
            }
            Choice::Theirs => {
                self.taken = Some(clash.by.who.clone());
                self.clash = None;
                Some(self.stored.clone())
            }
            Choice::Anew => {
                if clash.mine.is_none() {
                    clash.mine = Some(typed.to_owned());
                }
                Some(String::new())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn li() -> By {
        By { who: "li".into(), at: None }
    }

    #[test]
    fn what_was_not_touched_follows_and_what_was_waits() {
        let mut field = Sides::on("a");
        assert_eq!(field.follow("a", "b", li), Came::Taken);
        assert_eq!((field.stored.as_str(), field.taken.as_deref()), ("b", Some("li")));
        assert_eq!(field.follow("b mine", "c", li), Came::Clashed);
        assert!(field.asked().is_none(), "not before it is saved");
        assert!(!field.settle("b mine"));
        let clash = field.asked().unwrap();
        assert_eq!((clash.base.as_str(), clash.theirs.as_str()), ("b", "c"));
    }

    #[test]
    fn one_choice_decides_and_a_later_value_is_asked_about_anew() {
        for (choice, left) in [(Choice::Mine, None), (Choice::Theirs, Some("c")), (Choice::Anew, Some(""))] {
            let mut field = Sides::on("a");
            field.follow("b", "c", li);
            assert_eq!(field.decide(choice, "b"), None, "nothing was asked yet");
            field.settle("b");
            assert_eq!(field.decide(choice, "b").as_deref(), left);
            let typed = left.unwrap_or("b");
            assert_eq!(field.settle(typed), choice != Choice::Anew, "nothing typed anew yet");
            assert!(field.settle("d"));
        }
        let mut field = Sides::on("a");
        field.follow("b", "c", li);
        field.settle("b");
        field.follow("b", "d", li);
        assert_eq!(field.decide(Choice::Mine, "b"), None, "d was not seen");
        field.settle("b");
        assert_eq!(field.asked().map(|clash| (clash.base.as_str(), clash.theirs.as_str())), Some(("a", "d")));
    }

    #[test]
    fn a_change_that_was_taken_back_is_no_clash() {
        let mut field = Sides::on("a");
        field.follow("b", "c", li);
        assert_eq!(field.follow("b", "a", li), Came::Nothing);
        assert!(field.clash.is_none() && field.settle("b"));
    }
}
