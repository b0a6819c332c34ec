//! The words by which a document's parts are recognised. Data: a further spelling is a further entry.

impl Label {
    /// Whether it names who answers for a task, or when it is due.
    pub(super) fn is_own(self) -> bool {
        !matches!(self, Label::Progress | Label::Aside)
    }
}

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
    /// Who does the work: 项目责任人. No leader where leaders are named beside.
    Person,
    /// How far it is.
    Progress,
    /// Something that is no part of a task: 工作要求, 联系电话.
    Aside,
}

impl Label {
    /// Whether it names units.
    pub(super) const fn is_of_units(self) -> bool {
        matches!(self, Self::Units | Self::Lead | Self::Coop)
    }
}

/// Labels by what they contain and how they end, the first that fits. A label that begins with 各 (各责任单位：) is an address.
pub(super) const LABELS: [(&[&str], &[&str], Label); 10] = [
    (&["领导", "領導"], &["领导", "领导同志", "領導"], Label::Leaders),
    (&["责任", "负责", "牵头", "具体"], &["责任人", "负责人", "责任人员"], Label::Person),
    (&["责任", "负责", "牵头", "分管", "包抓", "包保", "领办", "领衔"], LEADER_LABEL_ENDS, Label::Leaders),
    (&["牵头和", "牵头及", "牵头、", "牵头(配合", "牵头（配合"], UNIT_LABEL_ENDS, Label::Units),
    (&["责任(配合)", "责任（配合）"], UNIT_LABEL_ENDS, Label::Units),
    (
        &["配合", "协办", "协同", "协助", "协作", "协调", "会办", "参与", "参加", "支持", "其他责任", "其它责任"],
        UNIT_LABEL_ENDS,
        Label::Coop,
    ),
    (&["牵头", "牽頭", "主办", "主辦", "主责", "主要责任", "首要责任", "第一责任"], UNIT_LABEL_ENDS, Label::Lead),
    (&["责任", "責任", "承办", "落实", "实施", "主管", "负责", "分工"], UNIT_LABEL_ENDS, Label::Units),
    (&["完成", "时限", "办结", "时间节点", "时间要求", "截止"], DEADLINE_LABEL_ENDS, Label::Deadline),
    (&["完成", "进展", "推进", "落实"], &["完成情况", "进展情况", "推进情况", "落实情况"], Label::Progress),
];

/// Labels of what is no part of a task.
const ASIDES: [&str; 14] = [
    "工作要求",
    "联系人",
    "联系电话",
    "电话",
    "备注",
    "说明",
    "督查单位",
    "督办单位",
    "督查督办单位",
    "考核单位",
    "监督单位",
    "监督电话",
    "数据来源",
    "资金来源",
];

const UNIT_LABEL_ENDS: &[&str] =
    &["单位", "單位", "部门", "部門", "主体", "科室", "单位（部门）", "单位(部门)", "部门（单位）", "部门(单位)"];
const LEADER_LABEL_ENDS: &[&str] = &["领办人", "领衔人", "包保人", "市长", "县长", "区长"];
const DEADLINE_LABEL_ENDS: &[&str] = &["时限", "时间", "期限", "节点", "日期", "时限要求", "时间要求"];

/// Columns of a table of tasks, besides those that a label names.
pub(super) const FIELDS: [(&str, Field); 43] = [
    ("序号", Field::No),
    ("编号", Field::No),
    ("项目序号", Field::No),
    ("事项分类", Field::Category),
    ("事项类别", Field::Category),
    ("工作类别", Field::Category),
    ("项目类别", Field::Category),
    ("重点领域", Field::Category),
    ("类别", Field::Category),
    ("分类", Field::Category),
    ("领域", Field::Category),
    ("工作任务", Field::Text),
    ("主要工作任务", Field::Text),
    ("重点工作任务", Field::Text),
    ("具体工作任务", Field::Text),
    ("年度工作任务", Field::Text),
    ("主要任务", Field::Text),
    ("重点任务", Field::Text),
    ("具体任务", Field::Text),
    ("任务内容", Field::Text),
    ("任务", Field::Text),
    ("目标与任务", Field::Text),
    ("目标任务", Field::Text),
    ("主要目标任务", Field::Text),
    ("年度目标任务", Field::Text),
    ("工作内容", Field::Text),
    ("工作事项", Field::Text),
    ("重点工作", Field::Text),
    ("项目内容", Field::Text),
    ("项目名称", Field::Text),
    ("事项名称", Field::Text),
    ("事项", Field::Text),
    ("主要内容", Field::Text),
    ("具体内容", Field::Text),
    ("建设内容", Field::Text),
    ("工作目标", Field::Text),
    ("进展情况", Field::Progress),
    ("完成情况", Field::Progress),
    ("备注", Field::Remark),
    ("说明", Field::Remark),
    ("工作标准", Field::Text),
    ("目标值", Field::Text),
    ("指标值", Field::Text),
];

/// How the heads of other columns with the task itself end.
const TEXT_ENDS: [&str; 17] = [
    "任务",
    "事项",
    "项目",
    "内容",
    "举措",
    "措施",
    "实事",
    "目标",
    "要求",
    "工作",
    "名称",
    "任务分解",
    "目标任务",
    "实事项目",
    "内容及规模",
    "实施计划",
    "推进计划",
];

/// Words that such a head does not have: goals of a quarter, how far it is, who reports.
const NO_TEXT: [&str; 12] =
    ["季度", "完成", "进展", "进度", "投资", "资金", "月", "情况", "来源", "联系", "下一步", "时限"];

/// What the head of a column of progress contains.
const PROGRESS: [&str; 4] = ["进展情况", "完成情况", "推进情况", "落实情况"];

/// What a column of a table of tasks holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// 序号.
    No,
    /// 类别: the chapter.
    Category,
    /// The task; of several such columns the first names it and the others say more.
    Text,
    /// What a label line would say.
    Label(Label),
    /// How far it is, where a table of progress is read.
    Progress,
    /// 备注.
    Remark,
}

/// The posts by which a leader is named in a heading (一、王某市长主抓…), longer ones first.
pub(super) const POSTS: [&str; 31] = [
    "常务副省长",
    "常务副州长",
    "常务副主席",
    "副省长",
    "省长",
    "副主席",
    "主席",
    "副盟长",
    "盟长",
    "副旗长",
    "旗长",
    "常务副市长",
    "常务副县长",
    "常务副区长",
    "副市长",
    "副县长",
    "副区长",
    "副州长",
    "副秘书长",
    "市长",
    "县长",
    "区长",
    "州长",
    "秘书长",
    "副书记",
    "书记",
    "副主任",
    "主任",
    "局长",
    "常委",
    "同志",
];

/// The surnames of most people, without those that other words often begin with.
pub(super) const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁沈姚卢姜崔钟谭陆汪范石廖贾韦夏付邹熊孟秦白邱侯尹薛闫雷段龙史陶贺毛郝顾龚邵覃武钱戴严莫孔汤俞";

/// What follows a leader's name and post in a heading.
pub(super) const IN_CHARGE: [&str; 10] = ["主抓", "牵头", "负责", "分管", "领衔", "领办", "主管", "包抓", "抓", "的"];

/// How the names of areas end.
pub(super) const AREA_ENDS: [&str; 25] = [
    "区",
    "县",
    "市",
    "镇",
    "乡",
    "旗",
    "州",
    "街道",
    "街道办",
    "办事处",
    "新城",
    "管委会",
    "本级",
    "市直",
    "县直",
    "区直",
    "林场",
    "农场",
    "度假区",
    "产业园",
    "经开",
    "高新",
    "示范区",
    "风景区",
    "集聚区",
];

/// Heads of a column of areas.
pub(super) const AREA_HEADS: [&str; 24] = [
    "县区",
    "区县",
    "县市区",
    "县（市、区）",
    "县(市、区)",
    "县（市）区",
    "县（区）",
    "区（县）",
    "各县（市、区）",
    "各县区",
    "县市",
    "镇街",
    "街镇",
    "镇（街道）",
    "镇(街道)",
    "镇（街）",
    "乡镇",
    "乡镇（街道）",
    "乡镇(街道)",
    "乡（镇、街道）",
    "地区",
    "区域",
    "属地",
    "行政区",
];

/// How a heading ends that names the unit which leads what follows: （二）市审计局牵头的工作.
pub(super) const LED_BY: [&str; 12] = [
    "牵头负责的重点工作",
    "牵头负责的工作",
    "牵头负责的任务",
    "牵头的重点工作",
    "牵头的工作",
    "牵头的任务",
    "牵头的事项",
    "牵头工作",
    "牵头任务",
    "负责的工作",
    "负责的任务",
    "承担的任务",
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
    /// 单位, 计量单位: what the amounts of its row count.
    Measure,
    /// 全市任务.
    Total,
    /// 牵头单位.
    Lead,
    /// 配合单位.
    Coop,
}

/// The heads of the columns.
pub(super) const COLUMNS: [(&str, Column); 16] = [
    ("序号", Column::No),
    ("事项分类", Column::Category),
    ("事项类别", Column::Category),
    ("类别", Column::Category),
    ("事项名称", Column::Name),
    ("项目名称", Column::Name),
    ("工作目标", Column::Goal),
    ("目标任务", Column::Goal),
    ("单位", Column::Measure),
    ("计量单位", Column::Measure),
    ("全市目标任务", Column::Total),
    ("全市任务", Column::Total),
    ("全县任务", Column::Total),
    ("全区任务", Column::Total),
    ("牵头单位", Column::Lead),
    ("配合单位", Column::Coop),
];

/// Further heads of the columns of a quota table. They only count where areas stand beside them.
pub(super) const MORE_COLUMNS: [(&str, Column); 46] = [
    ("编号", Column::No),
    ("项目分类", Column::Category),
    ("分类", Column::Category),
    ("领域", Column::Category),
    ("项目", Column::Name),
    ("事项", Column::Name),
    ("指标", Column::Name),
    ("指标名称", Column::Name),
    ("任务名称", Column::Name),
    ("工作任务", Column::Name),
    ("民生实事", Column::Name),
    ("实事项目", Column::Name),
    ("项目内容", Column::Name),
    ("工作内容", Column::Name),
    ("主要内容", Column::Name),
    ("建设内容", Column::Goal),
    ("实施内容", Column::Name),
    ("年度目标", Column::Goal),
    // Words or a number: a number under them is the total where no column is one.
    ("目标", Column::Goal),
    ("总目标", Column::Goal),
    ("全县目标", Column::Goal),
    ("全区目标", Column::Goal),
    ("年度任务", Column::Goal),
    ("全年任务", Column::Goal),
    ("全年目标", Column::Goal),
    ("年度计划", Column::Goal),
    ("合计", Column::Total),
    ("总计", Column::Total),
    ("总数", Column::Total),
    ("任务数", Column::Total),
    ("总任务", Column::Total),
    ("全市", Column::Total),
    ("全县", Column::Total),
    ("全区", Column::Total),
    ("全市合计", Column::Total),
    ("全县合计", Column::Total),
    ("全区合计", Column::Total),
    ("全市目标", Column::Total),
    ("全县目标任务", Column::Total),
    ("全区目标任务", Column::Total),
    ("责任单位", Column::Lead),
    ("牵头部门", Column::Lead),
    ("责任部门", Column::Lead),
    ("主管部门", Column::Lead),
    ("主办单位", Column::Lead),
    ("市级牵头单位", Column::Lead),
];

/// Heads of a total where no other column is one: beside 全市 or 合计 they are something else.
const WEAK_TOTALS: [&str; 8] = ["目标值", "目标数", "目标总数", "任务总数", "任务量", "计划数", "计划总数", "总量"];

/// Words that stand in a column of measures besides [`MEASURES`]. In a text they are no measure for certain.
const MORE_MEASURES: [&str; 37] = [
    "%",
    "％",
    "次",
    "间",
    "床",
    "口",
    "盏",
    "株",
    "头",
    "只",
    "艘",
    "期",
    "轮",
    "米",
    "立方米",
    "公顷",
    "兆瓦",
    "千瓦时",
    "度",
    "对",
    "批",
    "份",
    "片",
    "宗",
    "支",
    "组",
    "队",
    "村",
    "部",
    "块",
    "门",
    "类",
    "种",
    "册",
    "本",
    "场次",
    "车次",
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
pub(super) const UNIT_ENDS: [&str; 52] = [
    "办公室",
    "委员会",
    "管理处",
    "管理站",
    "管理所",
    "派出所",
    "党校",
    "银行",
    "分行",
    "支行",
    "统战部",
    "武装部",
    "工作部",
    "总队",
    "联合会",
    "工会",
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
    "指挥部",
    "办事处",
    "街道办",
    "专班",
    "工委",
    "分局",
    "大队",
    "协会",
    "科协",
    "文联",
    "侨联",
    "人武部",
];

/// Ends of names that stand for several units: 各有关部门, 县直有关单位, 各街道.
pub(super) const GROUP_ENDS: [&str; 20] = [
    "部门",
    "单位",
    "街道",
    "乡镇",
    "镇街",
    "县区",
    "区县",
    "县市区",
    "园区",
    "开发区",
    "县（市、区）",
    "高新区",
    "经开区",
    "新区",
    "示范区",
    "度假区",
    "合作区",
    "街办",
    "国有企业",
    "工作组",
];

/// Ends of names that are no names of their own: 市政府 办公室.
pub(super) const TAILS: [&str; 9] =
    ["办公室", "委员会", "人民政府", "管委会", "管理局", "管理委员会", "办事处", "分局", "支队"];

/// What follows the last of several units and names none: 市财政局等部门.
pub(super) const AND_OTHERS: [&str; 14] = [
    "等",
    "等部门",
    "等单位",
    "等部门单位",
    "等有关部门",
    "等有关单位",
    "等相关部门",
    "等相关单位",
    "等部门和单位",
    "等市直部门",
    "等市直有关部门",
    "等县直有关部门",
    "等区直有关部门",
    "等市级有关部门",
];

/// Words of notes that stand among units and are none: 以下均需各县市区落实，不再逐项列出.
pub(super) const NOTES: [&str; 7] = ["下同", "以下", "不再", "另有", "均需", "除外", "注明"];

/// What marks a unit of a list as helping: 市总工会（配合）.
pub(super) const COOP_MARKS: [&str; 5] = ["配合", "配合单位", "协助", "协办", "参与"];

/// The first cell of a row that adds up those above it.
pub(super) const SUMS: [&str; 5] = ["合计", "总计", "小计", "共计", "累计"];

/// What a cell says that holds what the one above it holds.
pub(super) const AS_ABOVE: [&str; 2] = ["同上", "同前"];

/// What marks a unit of a list as leading: 市环保局（牵头）.
pub(super) const LEAD_MARKS: [&str; 6] = ["牵头", "牵头单位", "牵头部门", "主办", "主责", "分别牵头"];

/// How a sentence goes on that begins like a label: 责任单位：要加强协调.
const NO_NAME: [&str; 14] = ["要", "应", "须", "需", "请", "将", "按", "对", "在", "是", "为", "认真", "切实", "加强"];

/// What a deadline says that names no day within the year.
pub(super) const OPEN_ENDED: [&str; 18] = [
    "全年",
    "本年",
    "今年",
    "年度",
    "年底",
    "年末",
    "年内",
    "年终",
    "长期",
    "常年",
    "常态",
    "持续",
    "贯穿",
    "每",
    "序时",
    "按计划",
    "适时",
    "随时",
];

/// Signs in place of a deadline.
pub(super) const NO_DEADLINE: [&str; 8] = ["", "/", "／", "-", "—", "——", "无", "\\"];

/// Lines that end a page of the web, below the document.
pub(super) const PAGE_ENDS: [&str; 16] = [
    "扫一扫",
    "分享到",
    "上一篇",
    "下一篇",
    "上一条",
    "下一条",
    "打印本页",
    "关闭窗口",
    "关闭本页",
    "返回顶部",
    "网站标识码",
    "ICP备",
    "公网安备",
    "版权所有",
    "网站地图",
    "相关附件下载",
];

/// How the lines begin that say who keeps a site, at the end of its pages.
pub(super) const SITE_OWNERS: [&str; 6] = ["主办单位", "主办：", "主办:", "承办单位", "主管单位", "版权"];

/// Words of those that keep the sites of governments.
pub(super) const SITE_KEEPERS: [&str; 9] = ["政府", "政务", "数据", "信息", "网", "媒体", "宣传", "委办", "党委"];

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

/// The labels at the start of a line and after white space within it, each with what follows it. A line may stand in
/// brackets as a whole: （责任单位：市某局）.
pub(super) fn labels(line: &str) -> Vec<(Label, &str)> {
    let mut found = Vec::new();
    let mut rest = unbracketed(line.trim().trim_start_matches(BEFORE_LABELS).trim_start());
    while let Some((label, value)) = label(rest).filter(|_| found.len() < MOST_LABELS) {
        // A second label may stand on the same line, after white space or a semicolon.
        let next = value
            .char_indices()
            .filter(|(_, c)| c.is_whitespace() || "；;。，,".contains(*c))
            .filter_map(|(at, c)| Some((value.split_at_checked(at)?.0, value.split_at_checked(at + c.len_utf8())?.1)))
            .find(|(_, after)| self::label(after.trim_start()).is_some());
        let (own, after) = next.unwrap_or((value, ""));
        found.push((label, own.trim()));
        rest = after.trim();
    }
    found
}

/// Labels, where one of them names who answers for a task or when it is due.
pub(super) fn own_labels(text: &str) -> Vec<(Label, &str)> {
    let found = labels(text);
    if found.iter().any(|(label, _)| label.is_own()) { found } else { Vec::new() }
}

/// A line has no more labels.
const MOST_LABELS: usize = 16;

/// A line without the brackets that it stands in as a whole.
fn unbracketed(line: &str) -> &str {
    let inner = [('（', '）'), ('(', ')')].into_iter().find_map(|(open, close)| {
        let inner = line.strip_prefix(open)?.strip_suffix(close)?;
        // `（一）甲（乙）` is no line in brackets.
        (inner.matches(open).count() == inner.matches(close).count() && !closes_early(inner, open, close))
            .then_some(inner.trim())
    });
    inner.unwrap_or(line)
}

fn closes_early(inner: &str, open: char, close: char) -> bool {
    let mut depth = 0_i32;
    inner.chars().any(|c| {
        depth += i32::from(c == open) - i32::from(c == close);
        depth < 0
    })
}

/// A label and what follows it: `责任单位：…`, `【责任单位】…`.
fn label(text: &str) -> Option<(Label, &str)> {
    let framed = [('【', '】'), ('[', ']'), ('［', '］'), ('〔', '〕')].into_iter().find_map(|(open, close)| {
        let inner = text.strip_prefix(open)?;
        let at = inner.char_indices().take(2 * LONGEST_LABEL).find(|(_, c)| *c == close)?.0;
        let rest = inner.get(at..)?.strip_prefix(close)?;
        Some((inner.get(..at)?, rest.trim_start().trim_start_matches(COLONS)))
    });
    let (word, value) = framed.or_else(|| {
        // Never further than a label can be: a long line is looked at from many places.
        let colon = text.char_indices().take(2 * LONGEST_LABEL).find(|(_, c)| COLONS.contains(c));
        if let Some((at, _)) = colon {
            // A name that stands before a label is not part of it: 相关管委会 项目责任人：.
            let word = text.get(..at)?;
            let named = word.trim().split_once(char::is_whitespace).filter(|(name, _)| super::names::names_units(name));
            return named.is_none().then_some((word, text.get(at..)?.trim_start_matches(COLONS)));
        }
        // A blank instead of a colon, where names of units follow.
        let (at, _) = text.char_indices().take(7).find(|(_, c)| c.is_whitespace())?;
        let (word, value) = text.split_at_checked(at)?;
        let fits = match meaning(word).filter(|_| word.chars().count() >= 4)? {
            Label::Leaders | Label::Person => super::names::names_leaders(begin(value)),
            Label::Deadline => super::deadline::is_deadline(value.trim()),
            Label::Progress | Label::Aside => false,
            Label::Units | Label::Lead | Label::Coop => super::names::names_units(begin(value)),
        };
        fits.then_some((word, value.trim_start()))
    })?;
    let short = || {
        let known = SHORT_LABELS.iter().find(|(short, _)| word.trim() == *short);
        known.filter(|_| super::names::names_units(begin(value))).map(|(_, label)| *label)
    };
    let label = meaning(word).or_else(short)?;
    let named = !NO_NAME.iter().any(|word| value.trim_start().starts_with(word));
    (named || matches!(label, Label::Deadline | Label::Progress | Label::Aside)).then_some((label, value))
}

/// The beginning of a value: enough to see whether it names units, however long the line is.
fn begin(value: &str) -> &str {
    let end = value.char_indices().nth(200).map_or(value.len(), |(at, _)| at);
    value.get(..end).unwrap_or(value)
}

const COLONS: [char; 6] = ['：', ':', '︰', '﹕', '∶', '꞉'];

/// Signs before a label that are none of it: ——责任单位：…, ▲责任单位：….
const BEFORE_LABELS: [char; 14] = ['—', '–', '-', '▲', '△', '●', '○', '■', '◆', '★', '•', '·', '※', '>'];

/// Labels of one word, where names of units follow: 牵头：市教育局.
const SHORT_LABELS: [(&str, Label); 8] = [
    ("牵头", Label::Lead),
    ("主办", Label::Lead),
    ("主责", Label::Lead),
    ("责任", Label::Units),
    ("负责", Label::Units),
    ("配合", Label::Coop),
    ("协办", Label::Coop),
    ("协同", Label::Coop),
];

/// The longest word of a label, in characters.
const LONGEST_LABEL: usize = 12;

/// What a word means as a label or the head of a column.
fn meaning(word: &str) -> Option<Label> {
    let bare: String = word.chars().filter(|c| !c.is_whitespace()).collect();
    let fits = bare.chars().count() <= LONGEST_LABEL && !bare.starts_with(['各', '由', '以', '，', '、'])
        // A label is one word: what stands before a sign is not part of it.
        && !bare.contains(['，', ',', '；', ';', '。', '《', '“', '【', '】', '〔', '〕', '[', ']'])
        && (!bare.contains('、') || bare.contains("牵头、"))
        && bare.matches(['（', '(']).count() == bare.matches(['）', ')']).count();
    let found = LABELS.iter().find(|(contained, ends, _)| {
        contained.iter().any(|part| bare.contains(part)) && ends.iter().any(|end| bare.ends_with(end))
    });
    let aside = || ASIDES.contains(&bare.as_str()).then_some(Label::Aside);
    found.map(|(_, _, label)| *label).or_else(aside).filter(|_| fits)
}

/// What the head of a table of tasks says of its column.
pub(super) fn field(head: &str) -> Option<Field> {
    let bare: String = head.chars().filter(|c| !c.is_whitespace()).collect();
    let known = FIELDS.iter().find(|(word, _)| *word == bare).map(|(_, field)| *field);
    let labelled = || match meaning(&bare) {
        Some(Label::Progress) | None => None,
        Some(Label::Aside) => Some(Field::Remark),
        Some(label) => Some(Field::Label(label)),
    };
    known.or_else(labelled).or_else(|| {
        let short = bare.chars().count() <= LONGEST_HEAD;
        let has = |words: &[&str]| words.iter().any(|word| bare.contains(word));
        if short && has(&PROGRESS) && !bare.starts_with("目标") {
            return Some(Field::Progress);
        }
        // A heading between the rows may end like the head of a column: 林某市长主抓重点工作.
        let heading = || super::chapters::leader(&bare).is_some() || super::numbering::outline(&bare).is_some();
        let text = short && !has(&NO_TEXT) && TEXT_ENDS.iter().any(|end| bare.ends_with(end)) && !heading();
        text.then_some(Field::Text)
    })
}

/// The longest head of a column, in characters.
const LONGEST_HEAD: usize = 18;

/// What a column is by its head; `None`: another one, such as an area.
pub(super) fn column(head: &str) -> Option<Column> {
    let bare: String = head.chars().filter(|c| !c.is_whitespace()).collect();
    let (bare, _) = measured(&bare);
    COLUMNS.iter().find(|(word, _)| *word == bare).map(|(_, column)| *column)
}

/// The words of a head or a name, and what they say in brackets at their end that is counted: 全市任务（万人）, 事项名称（单位）.
pub(super) fn measured(head: &str) -> (&str, Option<&str>) {
    let head = head.trim_end();
    let parted = head.strip_suffix(['）', ')']).and_then(|inner| inner.rsplit_once(['（', '(']));
    let Some((words, unit)) = parted else { return (head, None) };
    let unit = unit.trim().trim_start_matches("单位").trim_start_matches(['：', ':']).trim();
    let known = unit.is_empty() || MEASURES.contains(&unit.trim_start_matches(['万', '亿']));
    if known { (words, (!unit.is_empty()).then_some(unit)) } else { (head, None) }
}

/// What a column is by its head, in a table whose head names areas.
pub(super) fn column_by_areas(head: &str) -> Option<Column> {
    let bare: String = head.chars().filter(|c| !c.is_whitespace()).collect();
    let (bare, _) = measured(&bare);
    let more = || MORE_COLUMNS.iter().find(|(word, _)| *word == bare).map(|(_, column)| *column);
    column(head).or_else(more).or_else(|| is_weak_total(head).then_some(Column::Total))
}

/// Whether a head is that of a total only where no other column is one.
pub(super) fn is_weak_total(head: &str) -> bool {
    let bare: String = head.chars().filter(|c| !c.is_whitespace()).collect();
    WEAK_TOTALS.contains(&measured(&bare).0)
}

/// Whether a cell of a column of measures is one: 个, 万人次, 平方米/人, %.
pub(super) fn is_measure(cell: &str) -> bool {
    let known = |word: &str| {
        let bare = word.trim().trim_start_matches(['万', '亿', '千', '百']);
        MEASURES.contains(&bare) || MORE_MEASURES.contains(&bare) || (bare.is_empty() && !word.trim().is_empty())
    };
    !cell.trim().is_empty() && cell.split(['/', '、']).all(known)
}

/// Whether a head is the name of an area.
pub(super) fn is_area(head: &str) -> bool {
    let bare: String = head.chars().filter(|c| !c.is_whitespace()).collect();
    (2..=8).contains(&bare.chars().count())
        && !bare.starts_with(['各', '全'])
        && column_by_areas(&bare).is_none()
        && field(&bare).is_none()
        && AREA_ENDS.iter().any(|end| bare.ends_with(end))
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
    fn other_words_for_the_same_labels() {
        assert_eq!(labels("县分管领导：甲"), [(Label::Leaders, "甲")]);
        assert_eq!(labels("【牵头责任单位】县财政局"), [(Label::Lead, "县财政局")]);
        assert_eq!(labels("（责任单位：县财政局）"), [(Label::Units, "县财政局")]);
        assert_eq!(
            labels("(牵头单位：发改委、统计局；配合单位:各街镇)"),
            [(Label::Lead, "发改委、统计局"), (Label::Coop, "各街镇")]
        );
        assert_eq!(labels("协同部门：县财政局"), [(Label::Coop, "县财政局")]);
        assert_eq!(labels("办结时限：6月底"), [(Label::Deadline, "6月底")]);
        assert_eq!(labels("各责任单位：请抓好落实"), [], "an address");
        assert_eq!(labels("（一）甲（乙）"), []);
    }

    #[test]
    fn columns_of_a_table_of_tasks() {
        assert_eq!(field("主 要 工 作 任 务"), Some(Field::Text));
        assert_eq!(field("分 管 县领导"), Some(Field::Label(Label::Leaders)));
        assert_eq!(field("牵头责任单位"), Some(Field::Label(Label::Lead)));
        assert_eq!(field("柯城区"), None);
    }

    #[test]
    fn column_heads_may_be_spaced_out() {
        assert_eq!(column("序 号"), Some(Column::No));
        assert_eq!(column("柯城区"), None);
        assert_eq!(column("全市任务（万人）"), Some(Column::Total));
        assert_eq!(column("事项名称（单位：个）"), Some(Column::Name));
        assert_eq!(column("全市任务（2025年）"), None);
    }
}
