//! The layout of a document, in the words of its reader, and what was looked for where none is known.

use crate::model::document::LeadCustom;

use super::roles::{Role, roles};
use super::scan::{Kind, Part};
use super::tasks::first;
use super::unreadable::{Cause, Unreadable};
use super::vocabulary::Label;

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
    let labels = has(&|kind| matches!(kind, Kind::Labels(_)));
    let table = has(&|kind| matches!(kind, Kind::Columns(_)));
    let said = [
        ("编号段落加标签行", labels),
        ("任务表", table),
        ("段末括号写明责任单位", !labels && !table && first(parts).is_some()),
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
