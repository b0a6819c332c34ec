//! Items made up for the benches: many more than any document holds. Texts are made of phrases such as the documents use, each
//! with figures of its own.

use std::sync::Arc;

use chrono::NaiveDate;
use duban::model::{DocumentId, ItemKey, Key, Record, Task};

const PHRASES: [&str; 24] = [
    "坚持重大项目领导挂联、专班攻坚、条块协同，实施重点项目{}个，力争制造业投资增长{}%以上",
    "积极争取和用好国家政策，统筹做好项目甄选、申报等工作，争取地方政府债券资金{}亿元以上",
    "深入实施融资畅通工程，为企业提供多元化接力式金融服务，新增制造业中长期贷款{}亿元",
    "严格执行“过紧日子”的各项要求，全面加强成本控制和预算绩效管理",
    "持续提振新能源汽车、电子产品等大宗消费，新建公共充电桩{}个",
    "完善社会治安防控体系，严厉打击整治电信网络诈骗",
    "创新发展“直播+产业集群”模式，建成电商直播式共富工坊{}家以上，网络零售额增长{}%以上",
    "加大力度招引外资，实际使用外资{}亿美元以上",
    "健全重大项目滚动储备机制，确保新建项目开工率达到{}%",
    "推动传统景区转型提质，壮大复合型旅游业态，过夜游客数增长{}%",
    "新（改）建城市生活污水管网{}公里以上，改造城镇老旧小区{}个",
    "坚持和发展新时代“枫桥经验”，畅通和规范群众诉求表达、利益协调、权益保障通道",
    "完成幸福河湖农村水系整治{}公里以上，更新改造灌溉泵站机埠{}座",
    "推进教育优质均衡发展，义务教育学校校长教师交流轮岗{}人次",
    "加强产业链供应链风险监测分析，引导企业建立风险预警与处置机制",
    "培养持证数字高技能人才{}人以上，新增参保人数{}万人",
    "推动县级医院能力提升，每千人口执业医师数达到{}人",
    "开展阳光食品作坊建设行动，建成示范性食品作坊{}家以上",
    "深化长三角交通一体化，重点推进铁路、高速公路、内河航道建设",
    "实施户外劳动者暖心服务行动，改造提升服务站点{}家以上",
    "推进行政执法监管数字应用，涉企行政检查减少{}%",
    "高质量创建全国法治政府建设示范市",
    "抓好粮食安全，粮食播种面积稳定在{}万亩，建设高标准农田{}万亩",
    "推进全域土地综合整治，盘活存量建设用地{}亩",
];
const UNITS: [&str; 32] = [
    "市财政局",
    "市发改委",
    "市经信局",
    "市商务局",
    "市农业农村局",
    "市文旅局",
    "市住建局",
    "市交通运输局",
    "市水利局",
    "市教育局",
    "市卫健委",
    "市民政局",
    "市公安局",
    "市司法局",
    "市审计局",
    "市统计局",
    "市税务局",
    "市医保局",
    "市残联",
    "市总工会",
    "团市委",
    "市妇联",
    "市体育局",
    "市信访局",
    "市应急管理局",
    "市市场监管局",
    "市生态环境局",
    "市资源规划局",
    "市综合执法局",
    "市人力社保局",
    "市金融监管局",
    "各县（市、区）政府",
];
const LEADERS: [&str; 9] = ["林青", "钱行", "吕重", "周长庚", "郑河", "徐立", "杨清", "田野", "方正"];

/// Numbers that look unordered, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn one_of(&mut self, from: &[&'static str]) -> &'static str {
        from.get(self.below(from.len())).unwrap()
    }

    fn text(&mut self) -> String {
        let mut text = String::new();
        for end in ["，", "。"] {
            let phrase = self.one_of(&PHRASES);
            let mut parts = phrase.split("{}");
            text.push_str(parts.next().unwrap());
            for part in parts {
                text.push_str(&self.below(5_000).to_string());
                text.push_str(part);
            }
            text.push_str(end);
        }
        text
    }

    fn names(&mut self, most: usize, from: &[&'static str]) -> Vec<Arc<str>> {
        (0..=self.below(most)).map(|_| Arc::from(self.one_of(from))).collect()
    }
}

/// So many tasks of a document, the same in every run; their chapters begin at 1, where no printed task is in the way.
pub(crate) fn tasks(id: DocumentId, size: usize) -> impl Iterator<Item = (Key, Record)> {
    let mut dice = Dice(48);
    (0..size).map(move |place| {
        let place = u32::try_from(place).unwrap();
        let no = u16::try_from(place % 60_000 + 1).unwrap();
        let key = ItemKey { chapter: u16::try_from(place / 60_000 + 1).unwrap(), ..ItemKey::task(no) };
        let task = Task {
            key,
            no: no.to_string(),
            chapter: String::new(),
            text: dice.text(),
            leaders: dice.names(2, &LEADERS),
            lead_units: dice.names(1, &UNITS),
            coop_units: dice.names(5, &UNITS),
            deadline: NaiveDate::from_ymd_opt(2024, 12, 31).unwrap(),
            line: place,
        };
        (Key::item(&id, key), Record::Task(task))
    })
}
