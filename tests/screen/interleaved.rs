//! Two people (and somebody at the command line) on one record, their keys in any order. The oracle knows nothing of merging: it
//! reads the pictures that each of them had before their eyes, and the commits.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::support::{Look, Screen, named};
use duban::import;
use duban::model::entry::{Said, file};
use duban::model::{Actor, Batch, Book, Head, Intent, Ledger, Record, Seq};
use duban::store::{MemoryStore, Refused, Sealed, Store, new_batch_id};
use duban::tui::state::{Popup, State};
use proptest::prelude::*;

const NOTICE: &str = "云溪市2024年重点工作责任分解\n\n1. 推进公园城市建设。\n\n牵头市领导：林一舟\n\n责任单位：市住建局\n\n\
    2. 提升城市品质。\n\n牵头市领导：林一舟\n\n责任单位：市建委\n";

/// The fields of a filing in the order of its form.
const FIELDS: [&str; 4] = ["percent", "progress", "problems", "next"];

/// The store of a small invented document.
fn small() -> Arc<MemoryStore> {
    let store = MemoryStore::new();
    let reading = import::read("yunxi-2024.txt", NOTICE.as_bytes(), None).unwrap();
    let batch = reading.batch(&store.snapshot().unwrap(), new_batch_id(), crate::support::now()).unwrap();
    store.commit(&named("li"), &batch).unwrap();
    Arc::new(store)
}

/// A line on which an answer is lost now and then.
struct Line(Arc<MemoryStore>, Mutex<bool>);

impl Store for Line {
    fn snapshot(&self) -> Result<Ledger, Refused> {
        self.0.snapshot()
    }

    fn commit(&self, actor: &Actor, batch: &Batch) -> Result<Head, Refused> {
        let head = self.0.commit(actor, batch)?;
        if *self.1.lock().unwrap() { Err(Refused::Unknown) } else { Ok(head) }
    }

    fn since(&self, after: Seq, max: usize, wait: Duration) -> Result<Vec<Sealed>, Refused> {
        self.0.since(after, max, wait)
    }
}

/// What happens next.
#[derive(Debug, Clone)]
enum Step {
    /// Somebody types a new value into a field.
    Type(usize, usize),
    /// Somebody saves; what is asked is answered by these, one after the other; the answer of the store may be lost.
    Save(usize, Vec<u8>, bool),
    /// The watcher of somebody's screen delivers.
    Sync(usize),
    /// Somebody leaves the form; the draft is there again next time.
    Leave(usize),
    /// Somebody throws away what was typed.
    Discard(usize),
    /// A third one writes a field without a screen.
    Third(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let who = 0..2_usize;
    prop_oneof![
        5 => (who.clone(), 0..4_usize).prop_map(|(who, field)| Step::Type(who, field)),
        4 => (who.clone(), proptest::collection::vec(0..5_u8, 8), proptest::bool::weighted(0.2))
            .prop_map(|(who, answers, lost)| Step::Save(who, answers, lost)),
        2 => who.clone().prop_map(Step::Sync),
        1 => who.clone().prop_map(Step::Leave),
        1 => who.prop_map(Step::Discard),
        1 => (0..4_usize).prop_map(Step::Third),
    ]
}

/// A screen with the person before it.
struct Person {
    screen: Screen,
    line: Arc<Line>,
    name: &'static str,
    /// Every value that has stood on the screen.
    seen: HashSet<String>,
    /// What was typed since the form was opened, by field.
    typed: BTreeMap<usize, String>,
}

struct World {
    store: Arc<MemoryStore>,
    people: Vec<Person>,
    next: u32,
}

/// The values on a picture: all are numbers from 1000 on, each used once. No other number of the screen has four digits but the
/// year.
fn values(picture: &str) -> impl Iterator<Item = String> {
    let numbers = picture.split(|c: char| !c.is_ascii_digit()).filter(|number| number.len() >= 3);
    numbers.map(str::to_owned).collect::<Vec<_>>().into_iter()
}

impl World {
    fn new() -> Self {
        let store = small();
        let people = ["li", "wang"].map(|name| {
            let line = Arc::new(Line(Arc::clone(&store), Mutex::new(false)));
            let screen = Screen::through(&Look::SMALL, Arc::clone(&store), Arc::clone(&line) as Arc<dyn Store>, name);
            Person { screen, line, name, seen: HashSet::new(), typed: BTreeMap::new() }
        });
        Self { store, people: people.into(), next: 100 }
    }

    /// A value that nobody has typed yet. Percentages are below a thousand.
    fn value(&mut self) -> String {
        self.next += 1;
        self.next.to_string()
    }

    fn run(&mut self, step: &Step) -> Result<(), TestCaseError> {
        match step {
            Step::Type(who, field) => {
                let value = self.value();
                let person = self.person(*who);
                person.open();
                person.type_into(*field, &value);
            }
            Step::Save(who, answers, lost) => self.save(*who, answers, *lost)?,
            Step::Sync(who) => {
                let person = self.person(*who);
                person.screen.sync();
                person.look();
            }
            Step::Leave(who) => self.person(*who).keys("<esc>"),
            Step::Discard(who) => {
                let person = self.person(*who);
                if person.has_form() {
                    person.keys("<f8>");
                    person.typed.clear();
                }
            }
            Step::Third(field) => self.third(*field),
        }
        Ok(())
    }

    fn person(&mut self, who: usize) -> &mut Person {
        self.people.get_mut(who).unwrap()
    }

    fn third(&mut self, field: usize) {
        let value = self.value();
        let mut said = Said::default();
        match field {
            0 => said.percent = Some(Some(value.parse().unwrap())),
            1 => said.progress = Some(value),
            2 => said.problems = Some(value),
            _ => said.next = Some(value),
        }
        let ledger = self.store.snapshot().unwrap();
        let book = Book::newest(&ledger).unwrap();
        let writes = file(&book, "T1".parse().unwrap(), "2024Q3".parse().unwrap(), &said).unwrap();
        let batch = Batch { id: new_batch_id(), at: crate::support::now(), intent: Intent::File, undoes: None, writes };
        self.store.commit(&named("third"), &batch).unwrap();
    }

    fn save(&mut self, who: usize, answers: &[u8], lost: bool) -> Result<(), TestCaseError> {
        if !self.person(who).has_form() {
            return Ok(());
        }
        for answer in answers.iter().chain(&[0; 40]) {
            let person = self.person(who);
            if let Some((field, theirs)) = person.asked() {
                prop_assert!(
                    person.seen.contains(&theirs) || theirs.is_empty(),
                    "asked about what is not shown: {theirs}"
                );
                match answer {
                    0 | 1 => person.keys("<f3>"),
                    2 => {
                        person.keys("<f4>");
                        person.typed.remove(&field);
                    }
                    3 => {
                        let value = self.value();
                        let person = self.person(who);
                        person.keys(&format!("<f7>{value}"));
                        person.typed.insert(field, value);
                        // Somebody typed it anew: it is saved like that.
                        person.keys("<c-s>");
                    }
                    // Somebody else is faster while the question stands.
                    _ => {
                        self.third(field);
                        self.run(&Step::Sync(who))?;
                    }
                }
                continue;
            }
            *person.line.1.lock().unwrap() = lost;
            person.keys("<c-s>");
            *person.line.1.lock().unwrap() = false;
            person.screen.headless.later();
            person.look();
            if !person.has_form() {
                return self.saved(who);
            }
        }
        prop_assert!(false, "never saved:\n{}", self.person(who).screen.headless.picture());
        Ok(())
    }

    /// What was typed and not given up stands in the record when the form says that it is saved.
    fn saved(&mut self, who: usize) -> Result<(), TestCaseError> {
        let ledger = self.store.snapshot().unwrap();
        let book = Book::newest(&ledger).unwrap();
        let filing = book.filing("T1".parse().unwrap(), "2024Q3".parse().unwrap()).map(|(filing, _)| filing.clone());
        let now = texts(filing.map(Record::Filing).as_ref());
        for (field, value) in std::mem::take(&mut self.person(who).typed) {
            prop_assert!(
                now.get(field) == Some(&value),
                "field {field}: {value} was typed and saved, {now:?} is there"
            );
        }
        Ok(())
    }

    /// Nobody's value was overwritten by somebody who had not seen it; and every batch was written once.
    fn judge(&self) -> Result<(), TestCaseError> {
        let commits = self.store.since(Seq(1), usize::MAX, Duration::ZERO).unwrap();
        let mut ids = HashSet::new();
        for sealed in &commits {
            let commit = &sealed.commit;
            prop_assert!(ids.insert(commit.id));
            let Some(person) = self.people.iter().find(|person| named(person.name) == commit.actor) else { continue };
            for change in &commit.changes {
                let (old, new) = (texts(change.old.as_deref()), texts(change.new.as_deref()));
                for (old, new) in old.iter().zip(&new).filter(|(old, new)| old != new && !old.is_empty()) {
                    prop_assert!(
                        person.seen.contains(old),
                        "{} wrote {new} over {old} in #{} without having seen it",
                        person.name,
                        commit.seq
                    );
                }
            }
        }
        Ok(())
    }
}

/// The texts of a filing in the order of the form.
fn texts(record: Option<&Record>) -> [String; 4] {
    match record {
        Some(Record::Filing(filing)) => [
            filing.percent.map(|percent| percent.to_string()).unwrap_or_default(),
            filing.progress.clone(),
            filing.problems.clone(),
            filing.next.clone(),
        ],
        _ => Default::default(),
    }
}

impl Person {
    fn state(&self) -> &State {
        &self.screen.headless.state
    }

    fn keys(&mut self, keys: &str) {
        self.screen.keys(keys);
        self.look();
    }

    /// Remembers what stands on the screen.
    fn look(&mut self) {
        self.seen.extend(values(&self.screen.headless.picture()));
    }

    fn has_form(&self) -> bool {
        matches!(self.state().popups.last(), Some(Popup::Form(_)))
    }

    fn open(&mut self) {
        if !self.has_form() {
            self.keys("e");
        }
    }

    fn type_into(&mut self, field: usize, value: &str) {
        while let Some(Popup::Form(form)) = self.state().popups.last()
            && form.parts.get(form.focus).is_none_or(|part| Some(part.name.as_str()) != FIELDS.get(field).copied())
        {
            self.screen.headless.keys("<tab>").unwrap();
        }
        self.keys(&format!("<end><c-u>{value}"));
        self.typed.insert(field, value.to_owned());
    }

    /// The field that is asked about, and what the others put there.
    fn asked(&self) -> Option<(usize, String)> {
        let Some(Popup::Form(form)) = self.state().popups.last() else { return None };
        let part = form.parts.get(form.focus)?;
        let clash = part.sides.asked()?;
        let waits = clash.mine.is_none();
        let field = FIELDS.iter().position(|field| *field == part.name)?;
        waits.then(|| (field, clash.theirs.clone()))
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, max_shrink_iters: 2000, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_was_saved_is_lost_unseen(steps in proptest::collection::vec(step(), 4..28)) {
        let mut world = World::new();
        for step in &steps {
            world.run(step)?;
        }
        // Whatever is still open is saved in the end.
        for who in 0..2 {
            world.save(who, &[], false)?;
        }
        world.judge()?;
    }
}
