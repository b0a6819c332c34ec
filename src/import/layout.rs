//! The layout of a document, in the words of its reader, and what was looked for where none is known.

use crate::model::document::LeadCustom;

use super::numbering::PLAIN;
use super::roles::{Role, roles};
use super::scan::{Kind, Part};
use super::tasks::first;
use super::unreadable::{Cause, Unreadable};
use super::vocabulary::Label;

/// Which layout a document is read as, where its reader knows better than the program.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Layout {
    /// As it is recognised; several layouts may stand in one document.
    #[default]
    Auto,
    /// Paragraphs with label lines: tables are left out.
    Labels,
    /// Paragraphs that say in brackets who is responsible: tables are left out, and label lines are text.
    Brackets,
    /// Tables of tasks: paragraphs are left out, but for titles and headings.
    Table,
    /// Tables of quotas alone.
    Quotas,
}

/// What is left of a document where it is read as one layout.
pub(super) fn only(parts: Vec<Part<'_>>, layout: Layout) -> Vec<Part<'_>> {
    let mut in_table = false;
    let kept = move |part: &Part<'_>| {
        let task_table = matches!(part.kind, Kind::Columns(..) | Kind::Cells(_));
        let quota_table = matches!(part.kind, Kind::Head(_) | Kind::Row(_));
        let across = matches!(part.kind, Kind::Across(_));
        in_table |= task_table;
        match layout {
            Layout::Auto => true,
            Layout::Labels => !task_table && !quota_table && !across,
            Layout::Brackets => !task_table && !quota_table && !across && !matches!(part.kind, Kind::Labels(_)),
            Layout::Table => match &part.kind {
                Kind::Numbered(outline, _) => outline.level < PLAIN,
                Kind::Text(_) => !in_table,
                Kind::Labels(_) => false,
                _ => !quota_table,
            },
            Layout::Quotas => !task_table && !matches!(part.kind, Kind::Labels(_)),
        }
    };
    parts.into_iter().filter(kept).collect()
}

/// Tasks or a table of quotas must be there.
pub(super) fn known_layout(parts: &[Part<'_>]) -> Result<(), Unreadable> {
    let has = |wanted: &dyn Fn(&Kind<'_>) -> bool| parts.iter().any(|part| wanted(&part.kind));
    if first(parts).is_some() || has(&|kind| matches!(kind, Kind::Row(_))) {
        return Ok(());
    }
    let labelled = |wanted: &'static [Label]| {
        has(&|kind| matches!(kind, Kind::Labels(labels) if labels.iter().any(|(label, _)| wanted.contains(label))))
    };
    let signs = [
        ("编号段落（如“1. …”），其后有标签行", roles(parts).contains(&Role::Task)),
        ("“责任单位：”或“牵头单位：”一行，或段末括号里的责任单位", labelled(&[Label::Units, Label::Lead])),
        ("表头有“序号、工作任务、责任单位”的任务表", false),
        ("表头有“序号、事项名称、全市任务、牵头单位”的民生实事表", false),
    ];
    let missing = signs.iter().filter(|(_, found)| !found).map(|(sign, _)| *sign).collect();
    Err(Unreadable::new(Cause::UnknownLayout { missing }))
}

/// What a document is made of: 编号段落加标签行；制表符分隔的民生实事表.
pub(super) fn name(parts: &[Part<'_>]) -> String {
    let has = |wanted: &dyn Fn(&Kind<'_>) -> bool| parts.iter().any(|part| wanted(&part.kind));
    let labels = has(&|kind| matches!(kind, Kind::Labels(labels) if !labels.is_empty()));
    let table = has(&|kind| matches!(kind, Kind::Columns(..)));
    let listed = has(&|kind| matches!(kind, Kind::Labels(labels) if labels.is_empty()));
    let said = [
        ("编号段落加标签行", labels),
        ("任务表", table),
        ("没有写明责任单位的编号清单", listed),
        ("段末括号写明责任单位", !labels && !listed && !table && first(parts).is_some()),
        ("民生实事表", has(&|kind| matches!(kind, Kind::Row(_)))),
    ];
    said.iter().filter(|(_, is)| *is).map(|(name, _)| *name).collect::<Vec<_>>().join("；")
}

/// Who leads where no label says so: the first of the list, unless the document says that all do.
pub(super) fn lead_custom(parts: &[Part<'_>]) -> LeadCustom {
    let all = parts.iter().any(|part| match &part.kind {
        Kind::Text(text) | Kind::Numbered(_, text) => says_all(text),
        Kind::Labels(labels) => labels.iter().any(|(_, value)| says_all(value)),
        _ => false,
    });
    if all { LeadCustom::All } else { LeadCustom::First }
}

fn says_all(text: &str) -> bool {
    ["责任单位分别牵头", "各责任单位均为牵头单位", "所列单位均为牵头单位", "分别牵头，下同", "分别牵头,下同"]
        .iter()
        .any(|rule| text.contains(rule))
}
