//! What is read from a text, case by case, in texts of invented places.

use super::targets;
use proptest::prelude::*;

/// The targets in short: metric, sign, value, unit, deadline.
fn read(text: &str) -> Vec<String> {
    let short = |one: crate::model::Target| {
        let value = one.value.map(|value| value.to_string()).unwrap_or_default();
        let due = one.deadline.map(|day| format!(" @{}", day.format("%m-%d"))).unwrap_or_default();
        format!("{} {}{value}{}{due}", one.metric, one.comparator, one.unit)
    };
    targets(text, 2025).into_iter().map(short).collect()
}

#[test]
fn words_of_comparison() {
    for (text, found) in [
        ("力争工业投资增长 8%以上。", "工业投资增长 >=8%"),
        ("出口总额突破 300 亿元。", "出口总额 >300亿元"),
        ("云河港吞吐量超过1.2亿吨", "云河港吞吐量 >1.2亿吨"),
        ("绿化覆盖率达到40%", "绿化覆盖率 >=40%"),
        ("新建口袋公园 12 个", "新建口袋公园 =12个"),
        ("失业率控制在 5%以内", "失业率 <=5%"),
        ("细颗粒物浓度低于30微克/立方米", "细颗粒物浓度 <30微克/立方米"),
        ("工业电价再降 0.2 分/千瓦时", "工业电价再降 =0.2分/千瓦时"),
        ("经济增长6%左右", "经济增长 ~6%"),
        ("优良天数比例不低于９０％", "优良天数比例 >=90%"),
        ("新增贷款两百亿元以上", "新增贷款 >=200亿元"),
        ("完成投资8000万至1.2亿元", "完成投资 >=8000万元"),
        ("完成投资8000万元至1.2亿元", "完成投资 >=8000万元"),
        ("惠及群众8000至1.2万人", "惠及群众 >=8000人"),
        ("惠及群众5至8万人", "惠及群众 >=5万人"),
    ] {
        assert_eq!(read(text), [found], "{text}");
    }
}

#[test]
fn lists() {
    assert_eq!(read("新增甲类企业、乙类企业各2家以上"), ["新增甲类企业 >=2家", "新增乙类企业 >=2家"]);
    assert_eq!(read("消费、投资分别增长8%、9%"), ["消费 =8%", "投资 =9%"].map(|one| one.replace(' ', "增长 ")));
    assert_eq!(read("创建示范县1个、示范镇8个以上"), ["创建示范县 =1个", "创建示范镇 >=8个"]);
    assert_eq!(read("进出口总额增长5%以上、突破80亿元"), ["进出口总额增长 >=5%", "进出口总额 >80亿元"]);
}

#[test]
fn without_a_figure() {
    assert_eq!(read("实现上市企业“零突破”"), ["上市企业 first"]);
    assert_eq!(read("实现社区食堂全覆盖"), ["社区食堂 all"]);
    assert_eq!(read("确保火灾起数、伤亡人数“双下降”"), ["火灾起数 down", "伤亡人数 down"]);
    assert_eq!(read("新增上市公司“保2争3拼4”"), ["新增上市公司 tiers2"]);
    assert_eq!(read("居民收入增速高于全省平均"), ["居民收入增速高于全省平均 >"]);
}

#[test]
fn milestones() {
    let steps = ["开工率 >=30% @03-31", "开工率 >=60% @06-30", "全部开工 done @10-31"];
    assert_eq!(read("开工率一季度达到 30%、二季度达到60%，10 月底前全部开工"), steps);
    assert_eq!(read("力争6月底完成一期工程"), ["完成一期工程 done @06-30"]);
    assert_eq!(read("9月底前新建站点5个"), ["新建站点 =5个 @09-30"]);
}

#[test]
fn figures_before_what_they_count() {
    assert_eq!(read("建成 3 家托育中心"), ["建成托育中心 =3家"]);
    assert_eq!(read("储备5000亩左右工业用地"), ["储备工业用地 ~5000亩"]);
    assert_eq!(read("95%的村实现收入 30 万元以上"), ["村实现收入30万元以上 =95%"]);
}

#[test]
fn what_only_looks_like_a_target() {
    for text in [
        "承接省“8+4”政策体系，推进县域“5020”工程。",
        "推进8+4体系和1+8+N机制",
        "迭代“四大专项”政策，实施三年行动，深化六大产业链。",
        "培育超10亿元企业和亿元以上项目",
        "创建5A级景区，办好第十二届运动会，服务60周岁以上人群",
        "落实民营经济“32条”，打造长三角“第一城”",
        "2025年是“十四五”收官之年",
        "",
    ] {
        assert_eq!(read(text), Vec::<String>::new(), "{text}");
    }
    assert_eq!(read("引进超百亿项目4个以上"), ["引进超百亿项目 >=4个"], "a qualifier, and a target behind it");
}

proptest! {
    #[test]
    fn any_text_is_answered_and_a_phrase_stands_in_it(
        text in "[0-9０-９.,，。、%以上达到超各分别季度月底前双下降零突破全覆盖保争家个亿元的和“”（）新增 Ⅱ类一三千-]{0,40}|\\PC{0,40}",
        year in 0_u16..,
    ) {
        for one in targets(&text, year) {
            prop_assert!(text.contains(&one.phrase) && !one.phrase.is_empty());
            prop_assert!(!one.comparator.has_value() || one.value.is_some() || !one.metric.is_empty());
        }
    }
}
