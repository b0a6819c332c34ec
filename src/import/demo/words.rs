//! Made-up 进展情况, 存在问题 and 下一步打算, composed from an item's own words and what such items usually meet with.

use rust_decimal::Decimal;

use super::dice::Dice;
use crate::model::{Filing, Period, QuotaRow, Status, Task};

/// What usually holds up, and helps, items of one subject.
struct Subject {
    words: &'static [&'static str],
    deeds: &'static [&'static str],
    problems: &'static [&'static str],
    next: &'static [&'static str],
}

const SUBJECTS: [Subject; 7] = [
    Subject {
        words: &["项目", "投资", "招商", "建设", "开工", "铁路", "机场", "电站", "枢纽", "光伏"],
        deeds: &[
            "逐个项目落实责任人和时间节点",
            "实行挂图作战、按月通报",
            "组建工作专班，集中攻坚前期审批",
            "开展集中走访，梳理要素需求清单",
        ],
        problems: &[
            "部分项目受用地报批、林地指标等要素制约，开工时间晚于计划。",
            "个别项目前期论证反复，可研批复滞后，影响后续招标。",
            "受市场环境影响，企业投资决策放缓，在谈项目签约周期拉长。",
            "征迁扫尾难度较大，个别地块尚未交地。",
        ],
        next: &[
            "对重点项目倒排工期，一项目一方案，每半月调度一次",
            "会同资源规划部门加快用地报批，优先保障列入清单的项目",
            "紧盯在谈项目，领导带队上门对接，推动尽早签约落地",
        ],
    },
    Subject {
        words: &["企业", "产业", "工业", "制造", "外贸", "外资", "科技", "科创", "上市", "数字", "人才"],
        deeds: &[
            "建立培育企业库，实行一企一策",
            "组织政策宣讲和上门服务",
            "摸排重点企业经营和订单情况",
            "开展专家诊断服务，帮助企业对标提升",
        ],
        problems: &[
            "部分企业市场需求不足，扩产和技改意愿减弱。",
            "后备企业数量偏少，梯队培育还不够厚实。",
            "申报认定由上级部门统一组织，结果公布时间晚于预期。",
            "中小企业研发投入偏低，高层次人才引进难、留住难。",
        ],
        next: &[
            "加强梯度培育，逐家对照标准补齐短板",
            "主动对接上级主管部门，争取更多企业通过认定",
            "兑现惠企政策，帮助企业稳订单、拓市场",
        ],
    },
    Subject {
        words: &["消费", "文旅", "旅游", "景区", "文化", "体育", "夜间", "美食", "街区"],
        deeds: &[
            "举办主题促消费活动",
            "推出精品线路和联票产品",
            "完善配套设施，优化现场管理",
            "加强宣传推介，引流效果明显",
        ],
        problems: &[
            "客源以周边城市为主，过夜客占比偏低。",
            "业态同质化较为明显，二次消费产品不多。",
            "部分配套工程进度偏慢，影响整体开放时间。",
        ],
        next: &["丰富业态和活动供给，提升过夜率", "加快配套工程扫尾，确保按期开放", "深化与长三角城市客源互送合作"],
    },
    Subject {
        words: &["农", "乡村", "粮", "村", "林", "耕地", "共富"],
        deeds: &[
            "落实到乡镇、到村，建立进度台账",
            "组织技术人员下沉指导",
            "开展现场推进会，推广先行村经验",
            "完成项目选址和方案评审",
        ],
        problems: &[
            "受梅汛期强降雨影响，部分工程施工窗口期缩短。",
            "村集体自筹资金到位较慢。",
            "部分山区村地块零散，规模化推进难度较大。",
        ],
        next: &["抓住秋冬有利时段加快施工", "整合涉农资金，重点支持薄弱村", "加强技术服务，做好验收准备"],
    },
    Subject {
        words: &["生态", "污", "环境", "碳", "水质", "排放", "绿色", "能源", "节能", "能耗", "噪声", "废"],
        deeds: &[
            "开展全面排查，建立问题清单",
            "对重点企业实行驻点帮扶",
            "完成年度改造方案编制并组织实施",
            "加密监测频次，定期会商研判",
        ],
        problems: &[
            "个别点位受气象条件影响波动较大，巩固难度增加。",
            "部分企业改造资金压力较大，改造进度不均衡。",
            "老旧管网底数不清，溯源整治耗时较长。",
        ],
        next: &["对重点点位实行包干，逐个销号", "落实补助资金，督促企业按期完成改造", "加强部门联合执法，严防问题反弹"],
    },
    Subject {
        words: &[
            "教育",
            "医",
            "养老",
            "就业",
            "保障",
            "救助",
            "学校",
            "学生",
            "学位",
            "儿童",
            "老年",
            "社区",
            "住房",
            "公积金",
        ],
        deeds: &[
            "细化实施方案，任务分解到县（市、区）",
            "开展需求摸底，确定服务对象名单",
            "完成采购和人员培训",
            "畅通线上线下办理渠道",
        ],
        problems: &[
            "各县（市、区）推进不平衡，个别地方启动较晚。",
            "专业人员紧缺，基层服务力量不足。",
            "群众知晓率有待提高，主动参与度不高。",
        ],
        next: &["加大对进度靠后地区的督促指导力度", "统筹调配专业力量，开展巡回服务", "加强宣传发动，简化办理手续"],
    },
    Subject {
        words: &["改革", "政策", "服务", "执法", "监管", "信用", "机制", "条例", "治理", "安全"],
        deeds: &[
            "印发工作要点，明确任务清单",
            "建立部门联席会议制度，按月会商",
            "选取试点先行先试，形成阶段性经验",
            "完成系统改造并上线试运行",
        ],
        problems: &[
            "跨部门数据共享还不够顺畅，协同效率有待提升。",
            "试点经验提炼不够，面上推广偏慢。",
            "基层工作力量有限，落实效果不够均衡。",
        ],
        next: &["召开专题协调会，打通数据共享堵点", "总结试点做法，分批在全市推开", "开展落实情况回头看，及时纠偏"],
    },
];

const STEADY: [&str; 4] = [
    "暂无需要市级层面协调解决的问题。",
    "个别子任务进度不够均衡，已督促加快。",
    "后续任务较为集中，需持续加力。",
    "基层反映资料报送频次较高，正在优化。",
];

/// The filing of a task that stands at `percent`.
pub(super) fn filing(task: &Task, period: Period, percent: Option<Decimal>, status: Status, dice: &mut Dice) -> Filing {
    let subject = subject(&task.text);
    let lead = task.lead_units.first().map_or("牵头单位", AsRef::as_ref);
    let with = match (task.coop_units.first(), task.coop_units.len()) {
        (None, _) => String::new(),
        (Some(one), 1) => format!("会同{one}"),
        (Some(first), n) => format!("会同{first}等{n}家单位"),
    };
    let focus = clauses(&task.text).next().map(quoted).unwrap_or_default();
    let deed = dice.pick(subject.deeds);
    let opening = match dice.below(3) {
        0 => format!("{lead}{with}围绕“{focus}”，{deed}。"),
        1 => format!("针对“{focus}”，{lead}{with}{deed}。"),
        _ => format!("{lead}{with}{deed}，推动“{focus}”落到实处。"),
    };
    let percent = percent.unwrap_or_default().normalize();
    let until = format!("截至{}月底", period.months_elapsed());
    let figure = figures(&task.text).map(quoted);
    let state = match (status, figure) {
        (Status::Complete, _) => format!("{until}，年度任务已全部完成，佐证材料已归档。"),
        (Status::Exceeded, _) => format!("{until}，年度任务已超额完成，完成率{percent}%。"),
        (_, Some(figure)) => format!("{until}，对照“{figure}”的目标，累计完成年度任务的{percent}%。"),
        (_, None) => format!("{until}，累计完成年度工作量的{percent}%。"),
    };
    let (problems, next) = rest(subject, period, status, dice);
    Filing { percent: Some(percent), progress: format!("{opening}{state}"), problems, next, ..Filing::default() }
}

/// The filing of a quota row: words only, its figures are the areas'.
pub(super) fn row_filing(row: &QuotaRow, period: Period, status: Status, dice: &mut Dice) -> Filing {
    let subject = subject(&row.name);
    let lead = row.lead_units.first().map_or("牵头单位", AsRef::as_ref);
    let name = quoted(clauses(&row.name).next().unwrap_or(&row.name));
    let deed = dice.pick(subject.deeds);
    let until = format!("截至{}月底", period.months_elapsed());
    let state = if matches!(status, Status::Behind | Status::FarBehind) {
        "总体进度慢于序时要求"
    } else {
        "各地按计划推进"
    };
    let (problems, next) = rest(subject, period, status, dice);
    Filing {
        percent: None,
        progress: format!("{until}，“{name}”{state}。{lead}{deed}。"),
        problems,
        next,
        ..Filing::default()
    }
}

fn rest(subject: &Subject, period: Period, status: Status, dice: &mut Dice) -> (String, String) {
    let next = dice.pick(subject.next);
    let by = format!("{}月底", (period.months_elapsed() + 3).min(12));
    match status {
        Status::Complete | Status::Exceeded => ("无。".to_owned(), "做好总结评估和资料归档，巩固工作成果。".to_owned()),
        Status::FarBehind | Status::NotStarted => (
            dice.pick(subject.problems).to_owned(),
            format!("{next}；主要负责人牵头每周调度，力争{by}前取得明显进展。"),
        ),
        Status::Behind => (dice.pick(subject.problems).to_owned(), format!("{next}；力争{by}前追平序时进度。")),
        _ if dice.below(4) == 0 => (dice.pick(subject.problems).to_owned(), format!("{next}。")),
        _ => (dice.pick(&STEADY).to_owned(), format!("{next}，圆满完成全年任务。")),
    }
}

/// The subject whose words occur most; the last one where none does.
fn subject(text: &str) -> &'static Subject {
    let [.., general] = &SUBJECTS;
    let hits = |subject: &Subject| subject.words.iter().map(|word| text.matches(word).count()).sum::<usize>();
    let best = SUBJECTS.iter().rev().max_by_key(|subject| hits(subject));
    best.filter(|subject| hits(subject) > 0).unwrap_or(general)
}

/// The clauses of a text that say something: four characters or more.
fn clauses(text: &str) -> impl Iterator<Item = &str> {
    text.split(['，', '。', '；', '\n']).map(str::trim).filter(|clause| clause.chars().count() >= 4)
}

/// The first clause with a figure to reach.
fn figures(text: &str) -> Option<&str> {
    clauses(text).find(|clause| clause.chars().count() <= 40 && counts(clause))
}

/// Whether a clause has a figure outside quotation marks: “5020”工程 is a name.
fn counts(clause: &str) -> bool {
    let mut named = false;
    clause.chars().any(|c| {
        named = c == '“' || (named && c != '”');
        !named && c.is_ascii_digit()
    })
}

/// For use within quotation marks: those inside become single ones.
fn quoted(clause: &str) -> String {
    clause.replace('“', "‘").replace('”', "’")
}
