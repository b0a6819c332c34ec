//! One breakdown of invented places in every layout that is read: what each task says, and that nothing is made up.

use duban::import::{Cause, Reading, read};
use duban::model::{BatchId, Ledger, Record};

fn reading(text: &str) -> Reading {
    read("云溪.txt", text.as_bytes(), None).unwrap()
}

/// `key no chapter | text | leaders | lead units > others`, a line a task.
fn told(reading: &Reading) -> Vec<String> {
    let tasks = reading.tasks.iter().map(|task| {
        let units = format!("{}>{}", task.lead_units.join(" "), task.coop_units.join(" "));
        format!("{} {} {}|{}|{}|{units}", task.key, task.no, task.chapter, task.text, task.leaders.join(" "))
    });
    tasks.collect()
}

fn open(reading: &Reading) -> Vec<(u32, &str)> {
    reading
        .findings
        .iter()
        .filter(|finding| finding.is_open())
        .map(|finding| (finding.line, finding.what.as_str()))
        .collect()
}

const HEAD: &str = "云溪市人民政府办公室\n2025年3月1日\n附件\n2025年政府工作报告重点工作责任分解\n";

#[test]
fn chapters_headed_by_a_leader_give_their_tasks_the_leader() {
    let text = format!(
        "附件:1.2025年政府工作报告重点工作责任分解\n2.民生实事责任分解\n{HEAD}一、林一舟市长主抓重点工作\n\
         1.办学3所。\n责任单位:市教育局、市住建局(列第一位者为牵头单位,下同)\n\
         2.修路5公里。\n责任单位:市交通局\n二、何青禾常务副市长主抓重点工作\n3.植树。\n责任单位:市林业局,各县(市、区)政府\n"
    );
    let reading = reading(&text);
    assert_eq!(
        told(&reading),
        [
            "T1 1 一、林一舟市长主抓重点工作|办学3所。|林一舟|市教育局>市住建局",
            "T2 2 一、林一舟市长主抓重点工作|修路5公里。|林一舟|市交通局>",
            "T3 3 二、何青禾常务副市长主抓重点工作|植树。|何青禾|市林业局>各县(市、区)政府",
        ]
    );
    assert_eq!(open(&reading), []);
}

#[test]
fn bracketed_numbers_are_tasks_where_units_follow_and_headings_where_not() {
    let text = format!(
        "一、各单位要高度重视,抓好落实。\n{HEAD}一、主要预期目标\n(一)生产总值增长7%以上\n责任单位:区发改局\n(二)投资增长10%\n责任单位:区统计局\n\
         二、产业\n(一)调整存量\n1.帮扶企业。\n牵头单位:区工信局\n责任单位:区商务局、相关县(市、区)政府\n"
    );
    let reading = reading(&text);
    assert_eq!(
        told(&reading),
        [
            "T1-1 (一) 一、主要预期目标|生产总值增长7%以上||区发改局>",
            "T1-2 (二) 一、主要预期目标|投资增长10%||区统计局>",
            "T3-1 1 二、产业/(一)调整存量|帮扶企业。||区工信局>区商务局 相关县(市、区)政府",
        ]
    );
    assert_eq!(open(&reading), []);
}

#[test]
fn brackets_at_the_end_say_who() {
    let text = "2025年政府工作目标任务分解\n为做好今年工作,现分解如下。\n一、促进发展。\n\
                1、做好调度,完成指标。(牵头单位:发改委、统计局)\n▲增加值增长14%。\n\
                2、办学3所。（市教育局牵头，市住建局、各县（市、区）政府配合）\n\
                3、修路5公里。（责任单位：市交通局）\n";
    let reading = reading(text);
    assert_eq!(
        told(&reading),
        [
            "T1 1 一、促进发展。|做好调度,完成指标。▲增加值增长14%。||发改委 统计局>",
            "T2 2 一、促进发展。|办学3所。||市教育局>市住建局 各县（市、区）政府",
            "T3 3 一、促进发展。|修路5公里。||市交通局>",
        ]
    );
}

#[test]
fn paragraphs_without_numbers_are_tasks_where_they_say_who() {
    let text = format!(
        "{HEAD}一、办好教育\n新建学校3所。（市教育局负责）\n新增学位。（市教育局牵头）\n二、修好道路\n修路。（市交通局负责）\n"
    );
    let reading = reading(&text);
    assert_eq!(
        told(&reading),
        [
            "T1  一、办好教育|新建学校3所。||市教育局>",
            "T2  一、办好教育|新增学位。||市教育局>",
            "T3  二、修好道路|修路。||市交通局>",
        ]
    );
    assert_eq!(open(&reading), []);
}

#[test]
fn tables_are_read_however_the_page_was_converted() {
    let expected = [
        "T1 1 |办学3所。|林一舟|市教育局>市住建局",
        "T2 2 |修路5公里。|何青 林一舟|市交通局>",
        "T3 3 |植树。|何青|市林业局>各县（市、区）政府",
    ];
    let rows = [
        ["序号", "工作任务", "牵头领导", "牵头单位", "配合单位"],
        ["1", "办学3所。", "林一舟", "市教育局", "市住建局"],
        ["2", "修路5公里。", "何 青林一舟", "市交通局", "/"],
        ["3", "植树。", "何 青", "市林业局", "各县（市、区）政府"],
    ];
    let with = |separator: &str, end: &str| rows.iter().map(|row| row.join(separator) + end + "\n").collect::<String>();
    let stacked = |after: &str| rows.concat().iter().flat_map(|cell| [*cell, after]).collect::<String>();
    for (table, name) in [
        (with("\t", ""), "tabs"),
        (with(" | ", " |"), "bars"),
        (with("|", "|").replace('\n', "\n|").replacen("序号", "|序号", 1), "Markdown"),
        (stacked("\n"), "a cell a line"),
        (stacked("\n\n"), "a cell a line with blank lines"),
        (stacked(" |\n"), "a cell a line with a bar"),
    ] {
        let reading = reading(&format!("{HEAD}{table}抄送：市委各部门。\n"));
        assert_eq!(told(&reading), expected, "{name}");
        assert_eq!(open(&reading), [], "{name}");
    }
}

#[test]
fn rows_parted_by_single_blanks_are_read_from_both_ends() {
    let text =
        format!("{HEAD}序号 主要任务 责任单位 完成时限\n1 办学 3 所 市教育局、市住建局 6月底\n2 修路 市交通局 全年\n");
    let reading = reading(&text);
    assert_eq!(told(&reading), ["T1 1 |办学 3 所||市教育局>市住建局", "T2 2 |修路||市交通局>"]);
    assert_eq!(reading.tasks[0].deadline.to_string(), "2025-06-30");
}

#[test]
fn merged_cells_hold_for_the_rows_below() {
    let text = "2025年民生实事项目进展情况表(截至9月底)\n序号 | 项目内容 | 进展情况 | 责任单位 |\n\
                1 | 办学3所。 | 建成2所。 | 教育局 |\n2 | 托育7家。 | 建成13家。 | 卫健局 |\n\
                新增托位500个。 | 新增600个。 | ||\n3 | 修路。 | 在建。 | ||\n";
    let reading = reading(text);
    assert_eq!(
        told(&reading),
        [
            "T1 1 |办学3所。||教育局>",
            "T2 2 |托育7家。||卫健局>",
            "T2.2 2.2 |新增托位500个。||卫健局>",
            "T3 3 |修路。||卫健局>",
        ]
    );
    assert_eq!(open(&reading), [(6, "责任单位或领导由上一行补入")], "beside a number of its own it is only probable");
    let batch = reading.batch(&Ledger::default(), BatchId([1; 16]), chrono::DateTime::UNIX_EPOCH.into()).unwrap();
    let filed = batch.writes.iter().find(|write| write.key.to_string() == "yunxi-2025/T2.2@2025Q3");
    let filed = filed.or_else(|| batch.writes.iter().find(|write| write.key.to_string().ends_with("/T2.2@2025Q3")));
    let Some(Record::Filing(filing)) = filed.and_then(|write| write.value.as_ref()) else { unreachable!() };
    assert_eq!(filing.progress, "新增600个。");
}

#[test]
fn rows_across_the_table_and_a_column_of_kinds_are_chapters() {
    let text = format!(
        "{HEAD}序号\t类别\t任务内容\t责任单位\n一、兴业\t\t\t\n1\t工业\t办厂。\t市工信局\n2\t\t扩产。\t市工信局\n二、惠民\t\t\t\n3\t教育\t办学。\t市教育局\n"
    );
    assert_eq!(
        told(&reading(&text)),
        [
            "T1 1 一、兴业/工业|办厂。||市工信局>",
            "T2 2 一、兴业/工业|扩产。||市工信局>",
            "T3 3 二、惠民/教育|办学。||市教育局>",
        ]
    );
}

#[test]
fn a_document_may_say_that_all_units_lead() {
    let text = format!(
        "{HEAD}1.办学。\n责任单位：市教育局、市住建局（各责任单位均为牵头单位，下同）\n2.修路。\n责任单位：市交通局、市住建局\n"
    );
    assert_eq!(told(&reading(&text)), ["T1 1 |办学。||市教育局 市住建局>", "T2 2 |修路。||市交通局 市住建局>"]);
}

#[test]
fn what_is_missing_is_said_and_nothing_is_made_up() {
    let text = format!(
        "{HEAD}1.办学。\n责任单位：市教育局\n2.修路。\n3.植树。\n责任单位：市林业局\n说明：以上均须落实到位。\n"
    );
    let reading = reading(&text);
    assert_eq!(told(&reading), ["T1 1 |办学。||市教育局>", "T2 2 |修路。||>", "T3 3 |植树。||市林业局>"]);
    assert_eq!(open(&reading), [(7, "没有责任单位"), (10, "这一行没有读入")]);
    let refused = read("x.txt", "2025年工作总结\n一、成绩很大。\n二、问题不少。\n".as_bytes(), None).unwrap_err();
    assert!(matches!(refused.what, Cause::UnknownLayout { .. }));
}

/// `name: total unit; lead units > others`, a line a row.
fn counted(text: &str) -> (Vec<String>, usize) {
    let reading = reading(text);
    let rows = reading.rows.iter().map(|row| {
        let units = format!("{}>{}", row.lead_units.join(" "), row.coop_units.join(" "));
        let total = row.total.amount().map_or_else(|| "-".to_owned(), |total| total.to_string());
        format!("{}: {total} {}; {units}", row.name, row.unit)
    });
    (rows.collect(), open(&reading).len())
}

#[test]
fn a_column_says_what_the_rows_count() {
    let head = "2025年市民生实事项目任务分解表\n";
    let strict = "序号\t事项名称\t计量单位\t全市任务\t东桥区\t西岭县\t牵头单位\n\
                  1\t新建停车位\t个\t300\t200\t100\t市住建局\n2\t助餐服务\t万人次\t12\t5\t7\t市民政局\n\
                  3\t惠民演出\t/\t100%\t100%\t100%\t市文旅局\n";
    assert_eq!(
        counted(&format!("{head}{strict}")),
        (
            vec![
                "新建停车位: 300 个; 市住建局>".to_owned(),
                "助餐服务: 12 万人次; 市民政局>".to_owned(),
                "惠民演出: - ; 市文旅局>".to_owned(),
            ],
            0
        )
    );
    // Behind the total, without a column of areas of that name.
    let behind = "序号\t事项名称\t全市任务\t单位\t东桥区\t西岭县\t牵头单位\n1\t修路\t50\t公里\t20\t30\t市交通局\n";
    let reading = reading(&format!("{head}{behind}"));
    assert_eq!(reading.document.areas.join(" "), "东桥区 西岭县");
    assert_eq!((reading.rows[0].unit.as_str(), reading.rows[0].areas.len()), ("公里", 2));
    // Where organs stand under 单位, they answer for the row.
    let organs = "序号\t项目\t东桥区\t西岭县\t合计\t单位\n1\t修路50公里\t20\t30\t50\t市交通局\n";
    assert_eq!(counted(&format!("{head}{organs}")), (vec!["修路50公里: 50 公里; 市交通局>".to_owned()], 0));
    // A table without 序号 numbers its items by their names.
    let bare = "项目名称\t计量单位\t目标值\t东桥区\t西岭县\t责任单位\n停车位\t个\t300\t200\t100\t市住建局\n\
                修路\t公里\t50\t20\t30\t市交通局\n修路\t座\t5\t2\t3\t市交通局\n";
    let reading = self::reading(&format!("{head}{bare}"));
    let keys: Vec<_> = reading.rows.iter().map(|row| format!("{} {}", row.key, row.unit)).collect();
    assert_eq!(keys, ["C1.1 个", "C2.1 公里", "C2.2 座"]);
    // One column of each, and cells that end like no organ; a merged measure, and one of an item's further row.
    let both = "序号\t项目\t计量单位\t东桥区\t西岭县\t合计\t单位\n1\t修路\t公里\t20\t30\t50\t各乡镇\n\
                2\t建站\t座\t2\t3\t5\t市城投\n\t\t\t1\t1\t2\t\n";
    assert_eq!(
        counted(&format!("{head}{both}")),
        (
            vec![
                "修路: 50 公里; 各乡镇>".to_owned(),
                "建站: 5 座; 市城投>".to_owned(),
                "建站: 2 座; 市城投>".to_owned()
            ],
            0
        )
    );
    let merged = "<table><tr><td>2025年市民生实事项目</td></tr></table><table>\
                  <tr><td>序号<td>项目<td>单位<td>东桥区<td>西岭县<td>责任单位</tr>\
                  <tr><td>1<td>修路<td rowspan=2>公里<td>2<td>3<td>市交通局</tr>\
                  <tr><td>2<td>修渠<td>4<td>5<td>市水利局</tr></table>";
    let reading = read("甲.html", merged.as_bytes(), None).unwrap();
    let units: Vec<_> = reading.rows.iter().map(|row| row.unit.as_str()).collect();
    assert_eq!(units, ["公里", "公里"], "without a total, too");
    // The city's total goes before what may be another's; what is not read of two is said.
    let two = "序号\t项目\t计划总数\t全市\t东桥区\t西岭县\t责任单位\n1\t修路5公里\t120\t50\t20\t30\t市交通局\n";
    assert_eq!(counted(&format!("{head}{two}")), (vec!["修路5公里: 50 公里; 市交通局>".to_owned()], 1));
    // Further rows of an item are called the same, in the same category.
    let categories = "类别\t项目\t东桥区\t西岭县\t合计\t责任单位\n农村\t道路维修\t1\t2\t3\t市交通局\n\
                      城市\t道路维修\t4\t5\t9\t市住建局\n";
    let reading = self::reading(&format!("{head}{categories}"));
    let keys: Vec<_> = reading.rows.iter().map(|row| row.key.to_string()).collect();
    assert_eq!(keys, ["C1.1", "C2.1"]);
    // What is neither is said, not taken.
    let neither =
        "序号\t项目\t单位\t东桥区\t西岭县\t合计\t责任单位\n1\t修路\t按有关规定和程序计算\t20\t30\t50\t市交通局\n";
    assert_eq!(counted(&format!("{head}{neither}")), (vec!["修路: 50 ; 市交通局>".to_owned()], 1));
}

#[test]
fn a_merged_cell_is_offered_with_what_it_holds() {
    let page = "<table><tr><td>2025年民生实事项目</td></tr></table><table>\
                <tr><td>序号<td>事项名称<td>全市任务<td>东桥区<td>西岭县<td>牵头单位<td>配合单位</tr>\
                <tr><td>1<td>新建学校<td>8<td>5<td>3<td rowspan=2>市教育局 市住建局<td></tr>\
                <tr><td>2<td>新建食堂<td>9<td>4<td>5<td></tr></table>";
    let reading = read("甲.html", page.as_bytes(), None).unwrap();
    let doubts: Vec<_> = reading.findings.iter().filter(|one| one.is_open()).collect();
    assert_eq!(doubts.len(), 2, "what is doubtful of a merged cell is so for each of its rows");
    for doubt in doubts {
        let best = doubt.alternatives.first().unwrap();
        assert!(best.reading.ends_with("牵头单位：市教育局；配合单位：市住建局"), "{}", best.reading);
    }
}

#[test]
fn a_number_under_a_goal_is_the_total_and_rows_that_head_or_add_up_are_no_items() {
    let text = "2025年区民生实事项目任务分解表\n序号\t事项\t单位\t年度任务\t河东街道\t石桥镇\t区直\t责任单位\n\
                一\t就业类\t\t\t\t\t\t\n1\t城镇新增就业\t人\t900\t500\t300\t100\t区人社局\n小计\t\t\t\t\t\t\t\n\
                二\t养老类\t\t\t\t\t\t\n2\t助餐点\t个\t7\t4\t3\t/\t区民政局\n3\t自来水普及率\t%\t96\t95\t97\t96\t同上\n";
    let reading = reading(text);
    assert_eq!(reading.document.areas.join(" "), "河东街道 石桥镇 区直");
    let rows: Vec<_> = reading
        .rows
        .iter()
        .map(|row| format!("{} {} {} {}", row.category, row.name, row.unit, row.lead_units.join(" ")))
        .collect();
    assert_eq!(
        rows,
        ["就业类 城镇新增就业 人 区人社局", "养老类 助餐点 个 区民政局", "养老类 自来水普及率 % 区民政局"]
    );
    assert_eq!(reading.rows[0].total.amount().unwrap().to_string(), "900");
    assert!(reading.rows[0].sum_check().unwrap().agrees());
    assert_eq!(reading.rows[2].sum_check(), None, "rates are not added up");
}

#[test]
fn a_head_over_two_columns_is_that_of_both() {
    let page = "<table><tr><td>2025年重点工作任务分解表</td></tr></table><table>\
                <tr><td>序号<td colspan=2>重点任务<td>牵头领导<td>牵头单位</tr>\
                <tr><td>1<td>工业强市<td>新增上市企业2家<td>林一舟<td>市金融办负责</tr></table>";
    let reading = read("甲.html", page.as_bytes(), None).unwrap();
    assert_eq!(told(&reading), ["T1 1 |工业强市：新增上市企业2家|林一舟|市金融办>"]);
}

#[test]
fn a_task_may_end_in_a_bracket_that_says_nothing() {
    let text = format!(
        "{HEAD}1.引进博士80名。（牵头单位：市人社局）\n2.办学3所。（夏某；市教育局、市财政局）\n3.建园3个。（市住建局）（2025年11月底前）\n"
    );
    let reading = reading(&text);
    let texts: Vec<_> = reading.tasks.iter().map(|task| (task.no.as_str(), task.text.as_str())).collect();
    assert_eq!(texts[2], ("3", "建园3个。"));
    assert_eq!(reading.tasks.len(), 3);
}

#[test]
fn names_that_go_on_in_the_next_line_are_no_paragraph_of_their_own() {
    let text = "2025年江州市重点任务分工\n一、完成固定资产投资600亿元。\n责任单位：市发改委、市统\n计局\n完成时限：11月底\n\
                二、新建学校20所。\n责任单位：市教育局、市住建局、\n市财政局、\n市审计局\n完成时限：8月底\n";
    assert_eq!(
        told(&reading(text)),
        [
            "T1 一 |完成固定资产投资600亿元。||市发改委>市统计局",
            "T2 二 |新建学校20所。||市教育局>市住建局 市财政局 市审计局"
        ]
    );
}

#[test]
fn a_task_above_the_first_one_that_names_units_is_one_too_over_a_heading() {
    let text = format!(
        "{HEAD}一、工业\n1.扩产，产值40亿元。\n二、农业\n2.种茶2万亩。（县农业农村局牵头）\n三、商贸\n3.建市场3个。（县商务局牵头）\n"
    );
    let reading = reading(&text);
    let tasks: Vec<_> = reading.tasks.iter().map(|task| format!("{} {}", task.key, task.text)).collect();
    assert_eq!(tasks, ["T1 扩产，产值40亿元。", "T2 种茶2万亩。", "T3 建市场3个。"]);
    assert!(open(&reading).iter().any(|(_, what)| *what == "没有责任单位"));
}

#[test]
fn brackets_on_a_line_of_their_own_belong_to_the_task_above() {
    let text = format!("{HEAD}1.保护耕地。\n（县自然资源局牵头，县财政局配合）\n2.建医院3所。\n（县卫健局）\n");
    assert_eq!(told(&reading(&text)), ["T1 1 |保护耕地。||县自然资源局>县财政局", "T2 2 |建医院3所。||县卫健局>"]);
}

#[test]
fn a_table_whose_rows_are_the_areas_is_turned() {
    let told = |reading: &Reading| -> Vec<String> {
        let rows = reading.rows.iter().map(|row| {
            let areas: Vec<_> =
                row.areas.iter().map(|one| format!("{} {}", one.area, one.quota.amount().unwrap())).collect();
            let total = row.total.amount().map_or_else(|| "-".to_owned(), |total| total.to_string());
            format!("{} {total} {}: {}; {}", row.name, row.unit, areas.join(" "), row.lead_units.join(" "))
        });
        rows.collect()
    };
    let piped = reading(
        "2025年东湖区民生实事任务分解表\n镇（街道）|新增学位（个）|助餐点（个）\n中山街道|800|2\n东湖镇|400|3\n合计|1200|5\n",
    );
    assert_eq!(told(&piped), ["新增学位 1200 个: 中山街道 800 东湖镇 400; ", "助餐点 5 个: 中山街道 2 东湖镇 3; "]);
    let page = "<p>2025年泰宁市民生实事任务分解表</p><table>\
                <tr><td rowspan=2>县（市、区）<td colspan=2>就业<td>教育</tr>\
                <tr><td>新增就业（人）<td>技能培训（人次）<td>新增学位（个）</tr>\
                <tr><td>泰东区<td>3000<td>500<td>800</tr><tr><td>泰西县<td>2000<td>400<td>600</tr>\
                <tr><td>牵头单位<td colspan=2>市人社局<td>市教育局</tr></table>";
    let reading = read("甲.html", page.as_bytes(), None).unwrap();
    assert_eq!(
        told(&reading),
        [
            "新增就业 - 人: 泰东区 3000 泰西县 2000; 市人社局",
            "技能培训 - 人次: 泰东区 500 泰西县 400; 市人社局",
            "新增学位 - 个: 泰东区 800 泰西县 600; 市教育局"
        ]
    );
}

#[test]
fn a_paragraph_that_speaks_to_all_is_no_part_of_the_last_task() {
    let text = format!(
        "{HEAD}一、改革（市委改革办牵头）\n1.深化国企改革。\n2.推进数据要素改革。\n\
         各牵头单位要于3月底前制定工作方案，并于每月5日前报送进展情况。\n"
    );
    let reading = reading(&text);
    let last = reading.tasks.last().unwrap();
    assert_eq!((last.text.as_str(), last.deadline.to_string().as_str()), ("推进数据要素改革。", "2025-12-31"));
    assert!(!open(&reading).is_empty(), "it is said that it was not read");
}

#[test]
fn the_name_of_an_area_holds_no_tab() {
    // A unit stands among the figures, so that other readings are offered, which name the areas as well.
    let text = "2025年市民生实事项目任务分解表\n序号|项目|全市|东城区|西\t县|责任单位|配合单位|\n\
                1|公路|150|20|市住建局|市交通局|市民政局|\n";
    let reading = reading(text);
    assert_eq!(reading.document.areas.join("、"), "东城区、西 县");
    let offered: Vec<_> = reading.findings.iter().flat_map(|one| &one.alternatives).collect();
    let areas: Vec<_> = offered.iter().filter_map(|one| one.fix.areas.as_ref()).flatten().collect();
    assert!(!areas.is_empty() && areas.iter().all(|one| !one.area.contains('\t')), "{areas:?}");
}
