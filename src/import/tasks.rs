//! Tasks: numbered paragraphs with their label lines or brackets, and the rows of tables.

mod first;
mod table;

use std::borrow::Cow;

use super::draft::{Draft, Under};
use super::furniture::is_furniture;
use super::inline::{self, Said};
use super::lists::{Lists, Tasks};
use super::names;
use super::notice;
use super::numbering::{Outline, PLAIN};
use super::roles::{Role, is_bullet, names_units, roles};
use super::scan::{Kind, OFTEN, Part, owns};
use super::task_table::Table;
use super::unreadable::Unreadable;
use super::vocabulary::Label;

pub(super) use first::first;
use first::{heads_before, says_who, title_like};
use table::lost_rows;

/// Reads the tasks of a notice.
///
/// # Errors
/// When there are more lists than letters.
pub(super) fn tasks(parts: &[Part<'_>], under: Under, tell: &mut dyn FnMut(usize, usize)) -> Result<Tasks, Unreadable> {
    let mut reader = Reader {
        lists: Lists::new(under),
        draft: None,
        heads: Vec::new(),
        pending: Vec::new(),
        pending_lines: Vec::new(),
        level: 0,
        table: None,
        dashes: Vec::new(),
        below: false,
        asides: false,
    };
    let Some(first) = first(parts) else {
        lost_rows(parts, &mut reader.lists);
        return reader.lists.finish();
    };
    let roles = roles(parts);
    let from = heads_before(parts, first);
    lost_rows(parts.get(..from).unwrap_or_default(), &mut reader.lists);
    for (at, (part, role)) in parts.iter().zip(roles).enumerate().skip(from) {
        if at.is_multiple_of(OFTEN) {
            tell(usize::midpoint(parts.len(), at), parts.len());
        }
        // Nobody may answer for the first of them.
        let role = if at == first && role == Role::Open { Role::Task } else { role };
        reader.part(part, role)?;
    }
    reader.put_dashes();
    reader.close();
    reader.bare_headings(0);
    reader.orphans();
    reader.lists.finish()
}

/// No paragraph that says in brackets who is responsible has more bytes.
const LONGEST_PARAGRAPH: usize = 32 * 1024;

struct Reader<'p> {
    lists: Lists,
    draft: Option<Draft>,
    /// Lines that stand under no task: titles to come, or lines that belong nowhere.
    heads: Vec<(u32, String)>,
    /// Headings over the next task, with what they say about who answers for it.
    pending: Vec<(Outline<'p>, Cow<'p, str>, Said)>,
    /// The lines of `pending`.
    pending_lines: Vec<u32>,
    /// The level of the last task.
    level: u8,
    table: Option<Table>,
    /// Lines that begin with a dash, below the labels of a task: one alone heads what follows, several belong to the task.
    dashes: Vec<(u32, String)>,
    /// Whether the value of the last label stands below it.
    below: bool,
    /// Whether it was said that labels of other matters are not read.
    asides: bool,
}

impl<'p> Reader<'p> {
    fn part(&mut self, part: &'p Part<'p>, role: Role) -> Result<(), Unreadable> {
        if !matches!(part.kind, Kind::Cells(_) | Kind::Across(_) | Kind::Columns(..) | Kind::Numbered(..)) {
            self.table = None;
        }
        match &part.kind {
            Kind::Text(text) if is_dashed(text) && self.labelled() => self.dashes.push((part.line, (*text).to_owned())),
            Kind::Numbered(..) if self.dashes.len() == 1 => {
                self.close();
                self.heads.append(&mut self.dashes);
            }
            _ => self.put_dashes(),
        }
        match &part.kind {
            Kind::Text(text) if is_dashed(text) && !self.dashes.is_empty() => Ok(()),
            Kind::Text(text) => self.text(part.line, text),
            Kind::Numbered(outline, text) => self.numbered(part.line, outline, text, role),
            Kind::Labels(labels) => self.labels(part.line, labels),
            Kind::Columns(columns, heads) => self.columns(part.line, columns, heads),
            Kind::Cells(cells) => {
                self.cells(part.line, cells);
                Ok(())
            }
            Kind::Across(text) => {
                self.across(part.line, text);
                Ok(())
            }
            Kind::Head(_) | Kind::Row(_) => {
                self.quotas();
                Ok(())
            }
        }
    }

    /// Whether the labels of the task that is read have come, and nothing after them.
    fn labelled(&self) -> bool {
        self.heads.is_empty() && self.draft.as_ref().is_some_and(|draft| !draft.labels.is_empty())
    }

    /// Lines that begin with a dash, as part of the task above them.
    fn put_dashes(&mut self) {
        let dashes = std::mem::take(&mut self.dashes);
        match &mut self.draft {
            Some(draft) => draft.text.extend(dashes.into_iter().map(|(_, text)| text)),
            None => self.heads.extend(dashes),
        }
    }

    fn text(&mut self, line: u32, text: &str) -> Result<(), Unreadable> {
        let whole = |draft: &Draft| draft.labels.is_empty() && draft.text.ends_with('。');
        if self.draft.as_ref().is_some_and(whole) && (speaks_to_all(text) || notice::is_signature(text)) {
            self.close();
        }
        match &mut self.draft {
            Some(draft) if draft.labels.is_empty() => {
                draft.text.push_str(text);
                self.absorb();
            }
            Some(draft) if is_bullet(text) && self.heads.is_empty() => draft.text.push_str(text),
            Some(Draft { labels, .. }) if self.heads.is_empty() => match labels.last_mut() {
                // A list that a page break cut, or a value that stands below its label.
                Some((Label::Progress, value)) if !is_attachment(text) => value.push_str(text),
                Some((label, value)) if label.is_of_units() && names::goes_on_in(value, text) => value.push_str(text),
                Some((_, value)) if names::goes_on(value) || value.is_empty() || adds_areas(text) => {
                    value.push_str(text);
                }
                // A name a line, where the first stands below its label.
                Some((label, value)) if label.is_of_units() && self.below && names::names_units(text) => {
                    value.push('、');
                    value.push_str(text);
                }
                _ => self.stray(line, text)?,
            },
            _ => self.stray(line, text)?,
        }
        Ok(())
    }

    /// A line under no task: a paragraph without a number where it says who is responsible.
    fn stray(&mut self, line: u32, text: &str) -> Result<(), Unreadable> {
        if is_furniture(text) {
            return Ok(());
        }
        self.heads.push((line, text.to_owned()));
        let led = self.pending.last().is_some_and(|(outline, ..)| names_units(outline));
        if says_who(text) || led {
            self.unnumbered()?;
            self.absorb();
        }
        Ok(())
    }

    fn labels(&mut self, line: u32, labels: &[(Label, &str)]) -> Result<(), Unreadable> {
        let open = self.draft.as_ref().is_some_and(|draft| draft.labels.is_empty());
        if let Some((_, value)) = labels.iter().find(|(label, _)| *label == Label::Aside)
            && !self.asides
            && !self.lists.out.lists.is_empty()
        {
            self.asides = true;
            let why = "它不是任务、领导、单位或时限；这份文件里同样的行都没有读入".to_owned();
            self.lists.doubt(line, value, "这一行没有读入", why);
        }
        let aside = |label: Label| label == Label::Aside;
        if !labels.is_empty() && labels.iter().all(|(label, _)| aside(*label)) {
            return Ok(());
        }
        let labels: Vec<(Label, &str)> = labels.iter().copied().filter(|(label, _)| !aside(*label)).collect();
        if !owns(&labels) && !self.heads.is_empty() {
            return Ok(());
        }
        // Directly under a heading they hold for what is below it, whatever title stands above the heading.
        let titled = self.heads.last().map_or(0, |(line, _)| *line);
        let held = self.draft.is_none() && self.pending_lines.last().is_some_and(|heading| *heading > titled);
        if !self.heads.is_empty() && !open && !held {
            self.unnumbered()?;
        }
        let Some(draft) = &mut self.draft else {
            // Under a heading and before its first task: they hold for all of them.
            let held = labels.iter().flat_map(|(label, value)| inline::of_label(*label, value));
            match self.pending.last_mut() {
                Some((.., said)) => said.extend(held),
                None if !self.lists.out.lists.is_empty() => {
                    let printed = labels.iter().map(|(_, value)| *value).collect::<Vec<_>>().join("；");
                    self.lists.doubt(line, &printed, "标签行没有归入任何任务", "它前面没有任务的段落".to_owned());
                }
                None => {}
            }
            return Ok(());
        };
        self.below = labels.last().is_some_and(|(_, value)| value.is_empty());
        for (label, value) in &labels {
            if draft.has(*label) && label.is_own() {
                let why = "同一任务之下这一行印了两次，可能漏了一个任务的段落；暂把两行合在一起".to_owned();
                self.lists.doubt(line, value, "同一任务有两行相同的标签", why);
            }
            draft.labels.extend(inline::of_label(*label, value));
        }
        Ok(())
    }

    /// A paragraph whose number is missing: it says who is responsible, so it is a task, kept beside the one before it.
    fn unnumbered(&mut self) -> Result<(), Unreadable> {
        self.close();
        let own = if self.lists.out.lists.is_empty() || !self.pending.is_empty() { self.heads.pop() } else { None };
        let heads = match &own {
            Some(own) => vec![own.clone()],
            None => std::mem::take(&mut self.heads),
        };
        let text: String = heads.iter().map(|(_, text)| text.as_str()).collect();
        let line = heads.first().map_or(0, |(line, _)| *line);
        if own.is_some() {
            self.begin(line, 0, 0)?;
        }
        if self.lists.last > 0 {
            let why = format!("段落之后有标签行，但段落没有编号；暂列在第{}项之下", self.lists.last);
            self.lists.doubt(line, &text, "任务没有编号", why);
        }
        self.draft = Some(Draft { line, text, ..Draft::default() });
        Ok(())
    }

    fn numbered(&mut self, line: u32, outline: &Outline<'p>, text: &'p str, role: Role) -> Result<(), Unreadable> {
        if let Some(draft) = &mut self.draft
            && draft.labels.is_empty()
            && role != Role::Heading
        {
            let whole = draft.text.ends_with(['。', '；', '.', ';']) || draft.text.ends_with(inline::CLOSE);
            let follows = outline.level == self.level && outline.value == draft.no.saturating_add(1);
            if role == Role::Open && !(whole && follows) {
                // A number in the middle of a paragraph that a page break cut, or a list within it.
                draft.text.push_str(text);
                self.absorb();
                return Ok(());
            }
        }
        if role == Role::Heading {
            self.close();
            // What brackets say about everybody below is not part of the heading.
            let mut pieces = inline::pieces(text);
            let (words, said) = match pieces.len() {
                1 => pieces.pop().unwrap_or_default(),
                _ => (Cow::Borrowed(text), Vec::new()),
            };
            self.bare_headings(outline.level);
            self.pending.push((outline.clone(), words, said));
            self.pending_lines.push(line);
            return Ok(());
        }
        self.close();
        let next = outline.level == self.level && outline.value == self.lists.last.saturating_add(1);
        let first = outline.value == 1 && !self.pending.is_empty() && self.level == outline.level;
        if role == Role::Open && !next && !first {
            // Nobody answers for it and it goes on from no task: a note, or a list of something else.
            self.heads.push((line, text.to_owned()));
            return Ok(());
        }
        self.table = None;
        self.begin(line, outline.value, outline.level)?;
        self.lists.chapters.leave(outline.level);
        let printed = if outline.level == PLAIN { outline.value.to_string() } else { outline.printed.to_owned() };
        self.draft =
            Some(Draft { no: outline.value, printed, line, text: outline.rest.to_owned(), ..Draft::default() });
        self.level = outline.level;
        self.absorb();
        Ok(())
    }

    /// Takes from the open draft what its brackets say. Sentences with brackets of their own become tasks of their own.
    fn absorb(&mut self) {
        let Some(draft) = &mut self.draft else { return };
        let words = draft.text.trim_end_matches(['。', '；', ';', '.']);
        let bracket = words.ends_with(inline::CLOSE);
        let sentence = inline::SENTENCE_ENDS.iter().any(|end| words.ends_with(end));
        if !(bracket || sentence) || draft.text.len() > LONGEST_PARAGRAPH {
            return;
        }
        let pieces: Vec<(String, Said)> =
            inline::pieces(&draft.text).into_iter().map(|(text, said)| (text.into_owned(), said)).collect();
        if pieces.last().is_none_or(|(_, said)| said.is_empty()) {
            return;
        }
        let (no, line, printed) = (draft.no, draft.line, draft.printed.clone());
        for (at, (text, said)) in pieces.into_iter().enumerate() {
            if at > 0 {
                self.close();
            }
            let printed = if at == 0 || no == 0 { printed.clone() } else { format!("{printed}.{}", at + 1) };
            let row = u16::try_from(at).unwrap_or(u16::MAX).saturating_add(u16::from(at > 0));
            self.draft = Some(Draft { no, row, line, printed, text, labels: said, ..Draft::default() });
        }
    }

    /// Decides what the lines before a number are: a new list's title, a chapter's head, or lines that belong nowhere. A number
    /// of 0 is none.
    fn begin(&mut self, line: u32, no: u16, level: u8) -> Result<(), Unreadable> {
        let (dashed, heads): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.heads).into_iter().partition(|(_, text)| is_dashed(text));
        let mut lines: Vec<&str> = heads.iter().map(|(_, text)| text.as_str()).collect();
        lines.retain(|text| !is_attachment(text) && (title_like(text) || text.contains("分解")));
        // A page saved from the web says its title twice.
        lines.dedup();
        let title = lines.concat();
        let deeper = level > self.level && self.level > 0 && self.lists.last > 0;
        let restarts = no == 1 && !deeper && (!title.is_empty() || self.pending.is_empty());
        let mut follows = self.lists.last.saturating_add(1);
        if self.lists.out.lists.is_empty() || restarts || title.contains("分解") {
            self.heads = heads.into_iter().filter(|(_, text)| !title.contains(text.as_str())).collect();
            self.orphans();
            self.lists.open(&title)?;
            // Numbers may run on from list to list.
            follows = if no == follows { no } else { 1 };
        } else {
            let named = heads.iter().all(|(_, text)| is_plain_heading(text)) && heads.len() <= 2;
            for (_, text) in heads.iter().filter(|_| named) {
                // A few words between two tasks head what follows.
                let outline = Outline { level: 2, value: 1, printed: "", rest: text };
                self.lists.chapters.enter(&outline, text, Vec::new());
            }
            self.heads = if named { Vec::new() } else { heads };
            self.orphans();
        }
        let headed = !self.pending.is_empty() || deeper;
        if deeper && self.pending.is_empty() {
            self.lists.chapters.count = self.lists.chapters.count.saturating_add(1);
        }
        self.enter_pending();
        if let Some((_, text)) = dashed.last() {
            let outline = Outline { level: PLAIN - 1, value: 1, printed: "", rest: text };
            self.lists.chapters.enter(&outline, text, Vec::new());
        }
        if headed && no > 0 && no <= self.lists.last {
            self.lists.restarts.extend(self.lists.code());
            follows = 1;
        }
        if level > 0 && no > 0 {
            if no != follows && !(self.lists.out.items.is_empty()) {
                let why = format!("按顺序应是第{follows}项，这一项印作第{no}项");
                self.lists.doubt(line, &no.to_string(), "序号不连续", why);
            }
            self.lists.last = no;
        }
        Ok(())
    }

    /// Headings that end here without a task below them may have been tasks: that is said.
    fn bare_headings(&mut self, level: u8) {
        while let Some((outline, text, _)) = self.pending.last() {
            if outline.level < level {
                return;
            }
            let why = "它有编号，但它和下一个标题之间没有任务，也没有写明由谁负责；没有读入".to_owned();
            let line = self.pending_lines.last().copied().unwrap_or_default();
            self.lists.doubt(line, text, "这一条没有读作任务", why);
            self.pending.pop();
            self.pending_lines.pop();
        }
    }

    fn enter_pending(&mut self) {
        self.pending_lines.clear();
        for (outline, text, said) in std::mem::take(&mut self.pending) {
            self.lists.chapters.enter(&outline, &text, said);
        }
    }

    fn close(&mut self) {
        if let Some(mut draft) = self.draft.take() {
            if draft.labels.is_empty()
                && let Some((text, said)) = inline::unclosed(&draft.text)
            {
                (draft.text, draft.labels) = (text.to_owned(), said);
            }
            self.lists.push(draft);
        }
    }

    fn orphans(&mut self) {
        for (line, text) in std::mem::take(&mut self.heads) {
            if is_attachment(&text) || notice::is_signature(&text) {
                continue;
            }
            let why = "它前面的任务已经列完责任单位，它本身又不是标题".to_owned();
            self.lists.doubt(line, &text, "这一行没有归入任何任务", why);
        }
    }
}

/// Whether a paragraph behind the last task is none of it, but speaks to all who are named: 各牵头单位要于3月底前制定方案.
fn speaks_to_all(text: &str) -> bool {
    let begins: String = text.trim_start().chars().take(12).collect();
    let all = begins.starts_with('各') || begins.starts_with("请各") || begins.starts_with("要求各");
    all && ["单位", "部门", "县区", "县（市"].iter().any(|word| begins.contains(word))
        && text.trim_end().ends_with('。')
}

/// A line that a dash sets off from those around it: ——加快建设健康城市.
fn is_dashed(text: &str) -> bool {
    let rest = text.trim_start_matches(['—', '－']);
    rest.len() < text.len()
        && (4..=30).contains(&rest.chars().count())
        && !rest.ends_with(['。', '；', ';', '，', '：', ':', '—'])
}

/// A heading that has no number: a few words, no sentence.
fn is_plain_heading(text: &str) -> bool {
    let text = text.trim_end_matches('。');
    let len = text.chars().count();
    let words =
        |c: char| c.is_alphanumeric() && !c.is_ascii_digit() || "“”、（）()·—-".contains(c) || c.is_whitespace();
    (4..=24).contains(&len) && text.chars().all(words) && !is_attachment(text) && !notice::is_signature(text)
}

/// Brackets that a line's width cut off from the name before them: 各镇 / （街道）.
fn adds_areas(text: &str) -> bool {
    let inner = text.strip_prefix(['（', '(']).and_then(|rest| rest.split_once(['）', ')']));
    inner.is_some_and(|(inner, _)| inner.split(['、', '，']).all(names::is_area_office))
}

/// `附件`, `附件2`: a line above a title that is not part of it.
fn is_attachment(text: &str) -> bool {
    let rest = text.strip_prefix("附件").or_else(|| text.strip_prefix("附表"));
    rest.is_some_and(|rest| rest.chars().all(|c| c.is_numeric() || c.is_whitespace() || "：:一二三四五".contains(c)))
}
