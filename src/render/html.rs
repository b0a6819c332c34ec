//! One page for browsers, without anything from elsewhere and without a script; printed, it stands on the page of GB/T 9704.

mod svg;

use std::fmt::Write as _;

use super::page;
use super::text::annex_name;
use super::unfold::spans;
use crate::catalog::{Lang, Say};
use crate::model::Light;
use crate::report::Report;
use crate::report::model::{Align, Block, Cell, Chart, Masthead, Table, Value};
use crate::text::sanitise;

/// The report as a file.
pub fn render(report: &Report) -> Vec<u8> {
    let mut page = Page { html: String::new(), report };
    page.head();
    page.body();
    page.html.into_bytes()
}

struct Page<'a> {
    html: String,
    report: &'a Report,
}

impl Page<'_> {
    fn put(&mut self, html: &str) {
        self.html.push_str(html);
    }

    /// An element around a text; nothing where there is none.
    fn element(&mut self, tag: &str, class: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
        let _ = writeln!(self.html, "<{tag}{class}>{}</{tag}>", escaped(text));
    }

    fn head(&mut self) {
        let lang = match self.report.lang {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        };
        let title = escaped(&self.report.title);
        let _ = write!(
            self.html,
            "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<style>\n{}</style>\n</head>\n<body>\n",
            style()
        );
    }

    fn body(&mut self) {
        let report = self.report;
        let demo = if report.demo { report.lang.say(Say::ReportDemo) } else { "" };
        let mark: Vec<&str> = [demo, report.mark.as_str()].into_iter().filter(|mark| !mark.is_empty()).collect();
        let mark = mark.join(" ");
        self.put("<main>\n");
        if let Some(head) = &report.head {
            self.masthead(head);
        }
        self.element("h1", "", &report.title);
        for line in &report.subtitle {
            self.element("p", "under", line);
        }
        if !report.addressees.is_empty() {
            self.element("p", "to", &report.lang.fill(Say::ReportAddressees, &[&report.addressees]));
        }
        self.blocks(&report.blocks);
        if !report.attachments.is_empty() {
            self.put("<ul class=\"annexes\">\n");
            for (at, attachment) in report.attachments.iter().enumerate() {
                self.element("li", "", &format!("{}　{}", annex_name(report, at), attachment.title));
            }
            self.put("</ul>\n");
        }
        self.element("p", "signed", &report.signed.by);
        self.element("p", "signed", &report.signed.on);
        if !report.signed.note.is_empty() {
            self.element("p", "", &report.lang.fill(Say::ReportRemark, &[&report.signed.note]));
        }
        for (at, attachment) in report.attachments.iter().enumerate() {
            self.put("<section class=\"annex\">\n");
            self.element("p", "name", &annex_name(report, at));
            self.element("h2", "title", &attachment.title);
            self.blocks(&attachment.blocks);
            self.put("</section>\n");
        }
        self.colophon();
        self.element("footer", "", &mark);
        self.put("</main>\n</body>\n</html>\n");
    }

    fn masthead(&mut self, head: &Masthead) {
        self.put("<header>\n");
        self.element("p", "name", &head.name);
        self.element("p", "number", &head.number);
        let _ = writeln!(
            self.html,
            "<p class=\"line\"><span>{}</span><span>{}</span></p>",
            escaped(&head.left),
            escaped(&head.right)
        );
        self.put("</header>\n");
    }

    fn colophon(&mut self) {
        let (lang, colophon) = (self.report.lang, &self.report.colophon);
        if colophon.copied_to.is_empty() && colophon.printed_by.is_empty() {
            return;
        }
        self.put("<aside>\n");
        if !colophon.copied_to.is_empty() {
            self.element("p", "", &lang.fill(Say::ReportCopied, &[&colophon.copied_to]));
        }
        if !colophon.printed_by.is_empty() {
            let day = match colophon.printed_on.as_str() {
                "" => String::new(),
                day => lang.fill(Say::ReportPrintedOn, &[&day]),
            };
            let (by, day) = (escaped(&colophon.printed_by), escaped(&day));
            let _ = writeln!(self.html, "<p class=\"line\"><span>{by}</span><span>{day}</span></p>");
        }
        self.put("</aside>\n");
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading { level, text } => {
                    let level = (*level).clamp(1, 4) + 1;
                    self.element(&format!("h{level}"), "", text);
                }
                Block::Title(text) => self.element("h2", "title", text),
                Block::Paragraph(text) => self.element("p", "", text),
                Block::Note(text) => {
                    self.element("p", "note", &format!("{}{text}", self.report.lang.say(Say::ReportNote)));
                }
                Block::Table(table) => self.table(table),
                Block::Chart(chart) => self.chart(chart),
                Block::PageBreak => self.put("<hr class=\"page\">\n"),
            }
        }
    }

    fn table(&mut self, table: &Table) {
        let class = if table.is_wide() { "wide" } else { "upright" };
        let _ = writeln!(self.html, "<div class=\"table {class}\"><table>");
        self.element("caption", "", &table.caption);
        self.put("<thead>\n");
        self.rows(table, &table.head, "th");
        self.put("</thead>\n<tbody>\n");
        self.rows(table, &table.rows, "td");
        self.put("</tbody>\n</table></div>\n");
    }

    fn rows(&mut self, table: &Table, rows: &[Vec<Cell>], tag: &str) {
        for (at, row) in rows.iter().enumerate() {
            self.put("<tr>");
            for (column, cell) in row.iter().enumerate() {
                let (across, down) = spans(rows, at, column);
                if across == 0 {
                    continue;
                }
                let mut attributes = String::new();
                for (name, span) in [("colspan", across), ("rowspan", down)] {
                    if span > 1 {
                        let _ = write!(attributes, " {name}=\"{span}\"");
                    }
                }
                let align = table.columns.get(column).map_or(Align::Left, |column| column.align);
                let mut class = if tag == "th" { "" } else { align_class(align) }.to_owned();
                if let Value::Light(light) = cell.value {
                    class.push(' ');
                    class.push_str(light_class(light));
                }
                if !class.trim().is_empty() {
                    let _ = write!(attributes, " class=\"{}\"", class.trim());
                }
                let text = escaped(&cell.text).replace('\n', "<br>");
                let _ = write!(self.html, "<{tag}{attributes}>{text}</{tag}>");
            }
            self.put("</tr>\n");
        }
    }

    fn chart(&mut self, chart: &Chart) {
        if chart.bars.is_empty() {
            return;
        }
        self.put("<figure>\n");
        let drawn = svg::svg(chart, self.html.len());
        self.put(&drawn);
        self.put("</figure>\n");
    }
}

const fn align_class(align: Align) -> &'static str {
    match align {
        Align::Left => "",
        Align::Right => "right",
        Align::Center => "middle",
    }
}

const fn light_class(light: Light) -> &'static str {
    match light {
        Light::Red => "red",
        Light::Yellow => "yellow",
        Light::Green => "green",
        Light::Grey => "grey",
    }
}

/// A text in which nothing is markup, without what is not to be seen.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in sanitise(text).text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

/// The style: the screen's, and the paper's with the lengths of [`page`].
fn style() -> String {
    let [top, left] = [page::TOP, page::LEFT];
    let right = page::PAPER.0 - page::LEFT - page::TEXT.0;
    let bottom = page::PAPER.1 - page::TOP - page::TEXT.1;
    let line = page::LINE;
    format!(
        "@page {{ size: A4; margin: {top}mm {right}mm {bottom}mm {left}mm; @bottom-center {{ content: \"— \" counter(page) \" —\"; \
         font: 14pt SimSun, \"Noto Serif CJK SC\", serif; }} }}\n\
         @page wide {{ size: A4 landscape; margin: {left}mm {top}mm {right}mm {bottom}mm; }}\n{}",
        STYLE.replace("LINE", &format!("{line:.3}mm"))
    )
}

const STYLE: &str = "\
body { margin: 0; color: #000; background: #fff; }
main { max-width: 156mm; margin: 2em auto; padding: 0 1em; font: 16pt/LINE FangSong_GB2312, 仿宋_GB2312, FangSong, STFangsong, FandolFang, \"Noto Serif CJK SC\", serif; }
header { text-align: center; border-bottom: 0.7mm solid #f00; margin-bottom: 2em; }
header .name { color: #f00; font: 48pt/1.4 FZXiaoBiaoSong-B05S, 方正小标宋简体, STZhongsong, \"Noto Serif CJK SC\", serif; letter-spacing: 0.2em; margin: 0.5em 0 0; }
.line { display: flex; justify-content: space-between; padding: 0 1em; margin: 0.3em 0; }
h1, h2.title { font: 22pt/1.5 FZXiaoBiaoSong-B05S, 方正小标宋简体, STZhongsong, \"Noto Serif CJK SC\", serif; text-align: center; text-indent: 0; text-wrap: balance; margin: 1em 0 0.5em; }
h2, h3, h4, h5 { font-size: 16pt; font-weight: normal; text-indent: 2em; margin: 0; break-after: avoid; }
h2 { font-family: SimHei, 黑体, FandolHei, \"Noto Sans CJK SC\", sans-serif; }
h3 { font-family: KaiTi_GB2312, 楷体_GB2312, KaiTi, FandolKai, serif; }
p { margin: 0; text-indent: 2em; overflow-wrap: anywhere; text-align: justify; }
p.under, p.to, p.name, .line, header p { text-indent: 0; }
p.under, p.number { text-align: center; }
p.name { font-family: SimHei, 黑体, FandolHei, \"Noto Sans CJK SC\", sans-serif; }
p.note { font-size: 10.5pt; line-height: 1.5; }
p.signed { text-align: right; padding-right: 2em; text-indent: 0; break-before: avoid; }
ul.annexes { list-style: none; margin: LINE 0; padding-left: 2em; }
.annex { break-before: page; }
hr.page { border: 0; break-after: page; }
.table { overflow-x: auto; margin: 0.5em 0; }
table { border-collapse: collapse; width: 100%; font: 10.5pt/1.4 SimSun, 宋体, FandolSong, \"Noto Serif CJK SC\", serif; }
caption { font-family: SimHei, 黑体, FandolHei, \"Noto Sans CJK SC\", sans-serif; padding: 0.3em; break-after: avoid; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th { font-family: SimHei, 黑体, FandolHei, \"Noto Sans CJK SC\", sans-serif; font-weight: normal; }
th, td { border: 0.2mm solid #000; padding: 0.2em 0.3em; overflow-wrap: anywhere; vertical-align: middle; }
td.right { text-align: right; white-space: nowrap; overflow-wrap: normal; }
td.middle { text-align: center; white-space: nowrap; }
td.red { background: #ffd6d6; } td.yellow { background: #fff3bf; } td.green { background: #d8f5d8; } td.grey { background: #eee; }
figure { margin: 0.5em 0; break-inside: avoid; }
figure svg { width: 100%; height: auto; }
aside { border-top: 0.35mm solid #000; border-bottom: 0.35mm solid #000; margin-top: 3em; font-size: 14pt; break-inside: avoid; }
aside p { text-indent: 0; padding: 0 1em; } aside p + p { border-top: 0.25mm solid #000; }
footer { margin-top: 1em; font-size: 9pt; color: #555; }
@media screen { .wide table { font-size: 9pt; } }
@media print { main { max-width: none; margin: 0; padding: 0; } .wide { page: wide; } .wide table { font-size: 9pt; } .table { overflow: visible; } td.red, td.yellow, td.green, td.grey { print-color-adjust: exact; } }
";
