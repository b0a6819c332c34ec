//! Reports made by hand that use everything a report can hold: an ordinary one of an invented city, and a hostile one.

use duban::catalog::Lang;
use duban::model::{Light, Status};
use duban::report::model::{
    Align, Attachment, Bar, Block, Cell, Chart, Colophon, Column, Joined, Kind, Masthead, Report, Signed, Table, Tone,
    Value,
};
use rust_decimal::Decimal;

fn number(text: &str) -> Cell {
    Cell::worth(text, Value::Number(text.parse().unwrap()))
}

fn percent(text: &str) -> Cell {
    Cell::worth(text, Value::Percent(text.trim_end_matches('%').parse().unwrap()))
}

/// Number, category (merged downwards), item, light, target, done, rate, lead unit.
fn items(rows: usize) -> Table {
    let row = |at: usize| {
        let category = Cell::from(format!("类别{}", at / 3 + 1));
        let category = if at.is_multiple_of(3) { category } else { category.joined(Joined::Above) };
        let (light, status) = match at % 4 {
            0 => (Light::Green, Status::OnTime),
            1 => (Light::Yellow, Status::Behind),
            2 => (Light::Red, Status::FarBehind),
            _ => (Light::Grey, Status::Unknown),
        };
        vec![
            Cell::from((at + 1).to_string()),
            category,
            Cell::from(format!("新建第{}所云溪幼儿园，改造老旧管网，完成“一老一小”服务体系建设", at + 1)),
            Cell::worth(Lang::Zh.light(light), Value::Light(light)),
            Cell::worth(Lang::Zh.status(status), Value::Status(status)),
            number("1200.5"),
            number("300"),
            percent("25.0%"),
        ]
    };
    let mut columns = vec![Column::marks(), Column::text(1), Column::text(4), Column::marks(), Column::marks()];
    columns.extend(vec![Column::figures(); 3]);
    Table {
        caption: "重点工作进展表".into(),
        columns,
        frozen: 3,
        head: vec![
            {
                let mut head = Cell::row(["序号", "类别", "事项", "评定", "评定", "进度", "进度", "进度"]);
                for at in [4, 6, 7] {
                    head[at].joined = Joined::Left;
                }
                head
            },
            {
                let mut head = Cell::row(["序号", "类别", "事项", "灯", "状态", "目标", "完成", "%"]);
                for cell in &mut head[0..3] {
                    cell.joined = Joined::Above;
                }
                head
            },
        ],
        rows: (0..rows).map(row).collect(),
    }
}

/// A matrix with a column for each area; each cell `done/quota`, in parts for a workbook.
pub(crate) fn matrix(areas: usize, rows: usize) -> Table {
    let mut columns = vec![Column::marks(), Column::text(3)];
    let parts = vec!["完成".to_owned(), "目标".to_owned()];
    columns.extend(vec![Column { align: Align::Right, share: 0, parts }; areas]);
    columns.push(Column::text(2));
    let names: Vec<String> = (1..=areas).map(|at| format!("云{at}县")).collect();
    let mut head = Cell::row(["序号", "事项"]);
    head.extend(Cell::row(names));
    head.push("牵头单位".into());
    let rows = (0..rows).map(|at| {
        let mut row = vec![Cell::from(format!("省{}", at + 1)), Cell::from("城市燃气管网（公里）")];
        row.extend((0..areas).map(|area| {
            let done = (at + area).to_string();
            Cell::worth(format!("{done}/53.5"), Value::Parts(vec![number(&done), number("53.5")]))
        }));
        row.push("市住建局".into());
        row
    });
    Table { caption: "民生实事进度表".into(), columns, frozen: 2, head: vec![head], rows: rows.collect() }
}

fn charts() -> Vec<Block> {
    let plain = |label: &str, value: i64, figure: &str| Bar {
        label: label.into(),
        parts: vec![(Tone::Plain, Decimal::from(value))],
        figure: figure.into(),
    };
    let areas = Chart {
        caption: "各地完成率".into(),
        bars: vec![plain("云山区", 100, "100.0%"), plain("云水县", 62, "62.0%"), plain("云谷县", 0, "0.0%")],
        full: Decimal::ONE_HUNDRED,
        reference: Some((Decimal::from(75), "序时进度75.0%".into())),
        legend: Vec::new(),
    };
    let tones = [(Tone::Green, "绿"), (Tone::Yellow, "黄"), (Tone::Red, "红"), (Tone::Grey, "灰")];
    let lit = |label: &str, counts: [i64; 4]| Bar {
        label: label.into(),
        parts: tones.iter().zip(counts).map(|((tone, _), count)| (*tone, Decimal::from(count))).collect(),
        figure: counts.iter().sum::<i64>().to_string(),
    };
    let units = Chart {
        caption: "各单位亮灯".into(),
        bars: vec![lit("市发改委", [5, 2, 1, 0]), lit("市住建局", [3, 0, 4, 1]), lit("市教育局", [0, 0, 0, 2])],
        full: Decimal::from(8),
        reference: None,
        legend: tones.map(|(tone, name)| (tone, name.to_owned())).to_vec(),
    };
    vec![Block::Chart(areas), Block::Chart(units)]
}

/// An ordinary bulletin with every part that a report can have; its table has a hundred rows, its matrix nine areas.
pub(crate) fn sample() -> Report {
    let long =
        "云州市各地各部门认真贯彻落实全年工作部署，抢抓时间节点，细化工作举措，压实工作责任，各项任务推进有力有序。";
    let mut blocks = vec![
        Block::Paragraph(long.repeat(2)),
        Block::Heading { level: 1, text: "一、总体情况".into() },
        Block::Paragraph(long.into()),
        Block::Heading { level: 2, text: "（一）滞后2项".into() },
        Block::Paragraph(format!("1. {long}")),
        Block::Heading { level: 3, text: "1. 云溪大桥".into() },
        Block::Heading { level: 4, text: "（1）主桥合龙".into() },
        Block::Paragraph(long.into()),
        Block::Table(items(7)),
        Block::Note("完成率按各项指标平均。".into()),
    ];
    blocks.extend(charts());
    blocks.push(Block::Heading { level: 1, text: "二、下一步工作要求".into() });
    blocks.extend(["一是", "二是", "三是"].map(|word| Block::Paragraph(format!("{word}{long}"))));
    let attachments = vec![
        Attachment { title: "重点工作进展表".into(), blocks: vec![Block::Table(items(100))] },
        Attachment { title: "民生实事进度表".into(), blocks: vec![Block::Table(matrix(9, 60))] },
    ];
    Report {
        head: Some(Masthead {
            name: "政务督查".into(),
            number: "（第3期）".into(),
            left: "云州市人民政府办公室".into(),
            right: "2024年10月25日".into(),
        }),
        addressees: "各县（市、区）人民政府，市政府各部门、直属各单位".into(),
        blocks,
        signed: Signed {
            by: "云州市人民政府办公室".into(), on: "2024年10月25日".into(), note: "此件公开发布".into()
        },
        attachments,
        colophon: Colophon {
            copied_to: "市委各部门，市人大常委会、市政协办公室，市监委、市法院、市检察院".into(),
            printed_by: "云州市人民政府办公室".into(),
            printed_on: "2024年10月28日".into(),
        },
        mark: "#1284 9f86d081884c".into(),
        ..Report::plain(Lang::Zh, Kind::Bulletin, "关于2024年三季度政府工作报告重点工作和民生实事推进情况的通报")
    }
}

/// What a spiteful text can be: a formula, markup, controls that turn the writing round, an escape, pipes, and characters that
/// few fonts have.
pub(crate) const HOSTILE: [&str; 10] = [
    "=cmd|'/c calc'!A1",
    "+1+1",
    "@SUM(A1:A9)",
    "<script>alert(1)</script>",
    "]]>&lt;&amp;\"'",
    "a\u{202e}gnp.exe",
    "\u{1b}[31mred\u{7}\u{0}\u{fffe}",
    "| --- | `x` **b** [l](javascript:alert(1)) ![i](http://x) <img src=x>",
    "𠮷𠀋㊣①Ⅲ㎡é🀄\u{200b}\u{feff}",
    "第一行\n第二行\r\n\t第三行",
];

/// A report whose every text is spiteful, with a task of 5,000 characters and a matrix of 60 areas.
pub(crate) fn hostile() -> Report {
    let long: String = "督查".repeat(2_500);
    let mut blocks: Vec<Block> = HOSTILE.iter().map(|text| Block::Paragraph((*text).into())).collect();
    blocks.push(Block::Heading { level: 1, text: HOSTILE.concat() });
    let rows =
        HOSTILE.iter().map(|text| vec![Cell::from(*text), Cell::from(text.repeat(3)), Cell::from(long.as_str())]);
    blocks.push(Block::Table(Table {
        caption: HOSTILE[3].into(),
        columns: vec![Column::marks(), Column::text(1), Column::text(3)],
        frozen: 1,
        head: vec![Cell::row(["序号", HOSTILE[0], HOSTILE[3]])],
        rows: rows.collect(),
    }));
    blocks.push(Block::Table(matrix(60, 12)));
    blocks.push(Block::Paragraph(long.clone()));
    blocks.push(Block::Chart(Chart {
        caption: HOSTILE[3].into(),
        bars: HOSTILE
            .iter()
            .map(|text| Bar {
                label: (*text).into(),
                parts: vec![(Tone::Red, Decimal::MAX), (Tone::Plain, Decimal::ZERO)],
                figure: (*text).into(),
            })
            .collect(),
        full: Decimal::ONE,
        reference: Some((Decimal::MAX, HOSTILE[0].into())),
        legend: vec![(Tone::Red, HOSTILE[3].into())],
    }));
    Report {
        head: Some(Masthead {
            name: HOSTILE[3].into(),
            number: HOSTILE[0].into(),
            left: HOSTILE[5].into(),
            right: HOSTILE[6].into(),
        }),
        subtitle: HOSTILE.map(String::from).to_vec(),
        addressees: long.clone(),
        blocks,
        signed: Signed { by: HOSTILE[3].into(), on: HOSTILE[0].into(), note: HOSTILE[7].into() },
        attachments: vec![Attachment { title: HOSTILE[7].into(), blocks: vec![Block::Paragraph(HOSTILE[3].into())] }],
        colophon: Colophon { copied_to: long, printed_by: HOSTILE[3].into(), printed_on: HOSTILE[0].into() },
        mark: HOSTILE[3].into(),
        demo: true,
        ..Report::plain(Lang::Zh, Kind::Bulletin, HOSTILE.concat())
    }
}
