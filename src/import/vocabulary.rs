//! The words by which a document's parts are recognised. Data: a further spelling is a further entry.

/// What a label line gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// The leaders.
    Leaders,
    /// The responsible units; the first leads by custom.
    Units,
    /// The lead units, named apart.
    Lead,
    /// The supporting units.
    Coop,
    /// When it is due.
    Deadline,
}

/// The labels. None begins with another.
pub(super) const LABELS: [(&str, Label); 21] = [
    ("牵头市领导", Label::Leaders),
    ("牵头县领导", Label::Leaders),
    ("牵头区领导", Label::Leaders),
    ("牵头领导", Label::Leaders),
    ("责任市领导", Label::Leaders),
    ("责任县领导", Label::Leaders),
    ("责任区领导", Label::Leaders),
    ("责任领导", Label::Leaders),
    ("分管市领导", Label::Leaders),
    ("分管领导", Label::Leaders),
    ("责任单位", Label::Units),
    ("责任部门", Label::Units),
    ("牵头责任单位", Label::Lead),
    ("牵头单位", Label::Lead),
    ("牵头部门", Label::Lead),
    ("配合责任单位", Label::Coop),
    ("配合单位", Label::Coop),
    ("配合部门", Label::Coop),
    ("协办单位", Label::Coop),
    ("完成时限", Label::Deadline),
    ("完成时间", Label::Deadline),
];

/// A column of a quota table, besides the areas between 全市 and 牵头单位.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    /// 序号.
    No,
    /// 事项分类.
    Category,
    /// 事项名称.
    Name,
    /// 工作目标.
    Goal,
    /// 全市任务.
    Total,
    /// 牵头单位.
    Lead,
    /// 配合单位.
    Coop,
}

/// The heads of the columns.
pub(super) const COLUMNS: [(&str, Column); 14] = [
    ("序号", Column::No),
    ("事项分类", Column::Category),
    ("事项类别", Column::Category),
    ("类别", Column::Category),
    ("事项名称", Column::Name),
    ("项目名称", Column::Name),
    ("工作目标", Column::Goal),
    ("目标任务", Column::Goal),
    ("全市目标任务", Column::Total),
    ("全市任务", Column::Total),
    ("全县任务", Column::Total),
    ("全区任务", Column::Total),
    ("牵头单位", Column::Lead),
    ("配合单位", Column::Coop),
];

/// Words in which quotas are counted.
pub(super) const MEASURES: [&str; 27] = [
    "公里",
    "平方米",
    "平方公里",
    "人次",
    "千瓦",
    "亩",
    "家",
    "个",
    "座",
    "台",
    "人",
    "名",
    "栋",
    "幢",
    "处",
    "条",
    "户",
    "起",
    "所",
    "项",
    "件",
    "辆",
    "套",
    "场",
    "张",
    "吨",
    "元",
];

/// Ends of unit names: a cell that ends so is a list of units, not a quota.
pub(super) const UNIT_ENDS: [&str; 24] = [
    "政府",
    "管委会",
    "局",
    "委",
    "办",
    "厅",
    "院",
    "中心",
    "集团",
    "公司",
    "支队",
    "残联",
    "妇联",
    "工商联",
    "总工会",
    "红十字会",
    "海关",
    "党委",
    "宣传部",
    "组织部",
    "社工部",
    "团市委",
    "供销社",
    "学院",
];

/// Ends of the names of offices that sign notices.
pub(super) const ISSUER_ENDS: [&str; 4] = ["人民政府", "办公室", "委员会", "政府办"];

/// Place names whose usual romanisation is not that of their characters one by one.
pub(super) const PLACES: [(&str, &str); 12] = [
    ("重庆", "chongqing"),
    ("厦门", "xiamen"),
    ("长沙", "changsha"),
    ("长春", "changchun"),
    ("六安", "luan"),
    ("蚌埠", "bengbu"),
    ("台州", "taizhou"),
    ("丽水", "lishui"),
    ("乐清", "yueqing"),
    ("东莞", "dongguan"),
    ("西安", "xian"),
    ("陕西", "shaanxi"),
];

/// The labels at the start of a line and after white space within it, each with what follows it.
pub(super) fn labels(line: &str) -> Vec<(Label, &str)> {
    let mut found = Vec::new();
    let mut rest = line.trim();
    while let Some((label, value)) = label(rest) {
        // A second label may stand on the same line, after white space.
        let next = value
            .char_indices()
            .filter(|(_, c)| c.is_whitespace())
            .filter_map(|(at, _)| value.split_at_checked(at))
            .find(|(_, after)| self::label(after.trim_start()).is_some());
        let (own, after) = next.unwrap_or((value, ""));
        found.push((label, own.trim()));
        rest = after.trim();
    }
    found
}

fn label(text: &str) -> Option<(Label, &str)> {
    LABELS.iter().find_map(|(word, label)| {
        let rest = text.strip_prefix(word)?.trim_start();
        Some((*label, rest.strip_prefix(['：', ':', '︰', '﹕'])?))
    })
}

/// What a column is by its head; `None`: an area.
pub(super) fn column(head: &str) -> Option<Column> {
    let bare: String = head.chars().filter(|c| !c.is_whitespace()).collect();
    COLUMNS.iter().find(|(word, _)| *word == bare).map(|(_, column)| *column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_needs_its_colon_full_or_half_width() {
        assert_eq!(labels("牵头市领导：甲、乙"), [(Label::Leaders, "甲、乙")]);
        assert_eq!(labels(" 责任单位: 市财政局 "), [(Label::Units, "市财政局")]);
        assert_eq!(labels("责任单位要高度重视"), []);
        assert_eq!(labels("牵头领导：甲　责任单位：市财政局"), [(Label::Leaders, "甲"), (Label::Units, "市财政局")]);
    }

    #[test]
    fn column_heads_may_be_spaced_out() {
        assert_eq!(column("序 号"), Some(Column::No));
        assert_eq!(column("柯城区"), None);
    }
}
