//! A page for browsers: one file without scripts or anything from elsewhere, that prints on A4 in the geometry of GB/T 9704 (wide tables
//! across). Page numbers and what stands beside them print where the browser knows margin boxes.

mod chart;
mod table;
mod text;

use text::{css, escape, paragraph};

use crate::catalog::{Lang, Say};
use crate::render::text::annex_name;
use crate::report::Report;
use crate::report::model::{Block, Colophon, Masthead};

const STYLE: &str = include_str!("html/style.css");

/// The report as a file.
pub fn render(report: &Report) -> Vec<u8> {
    let lang = report.lang;
    let name = match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{name}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
         base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>\n{STYLE}{}</style>\n</head>\n<body>\n<main>\n",
        escape(&report.title).replace('\n', " "),
        foot(report),
    );
    if report.demo {
        page.push_str(&paragraph("demo", lang.say(Say::ReportDemo)));
    }
    if let Some(head) = &report.head {
        masthead(head, &mut page);
    }
    page.extend([format!("<h1>{}</h1>\n", escape(&report.title))]);
    for line in &report.subtitle {
        page.push_str(&paragraph("subtitle", line));
    }
    if !report.addressees.is_empty() {
        page.push_str(&paragraph("addressees", &lang.fill(Say::PrintAddressees, &[&report.addressees])));
    }
    blocks(&report.blocks, lang, &mut page);
    for line in [&report.signed.by, &report.signed.on] {
        page.push_str(&paragraph("signed", line));
    }
    if !report.signed.note.is_empty() {
        page.push_str(&paragraph("remark", &lang.fill(Say::PrintRemark, &[&report.signed.note])));
    }
    for (at, attachment) in report.attachments.iter().enumerate() {
        // The title of a wide table stands on its page, not on an upright one before it.
        let wide = attachment.blocks.iter().any(|block| matches!(block, Block::Table(table) if table.is_wide()));
        page.push_str(if wide { "<section class=\"attachment wide\">\n" } else { "<section class=\"attachment\">\n" });
        page.push_str(&paragraph("addressees", &annex_name(report, at)));
        page.extend([format!("<h1>{}</h1>\n", escape(&attachment.title))]);
        blocks(&attachment.blocks, lang, &mut page);
        page.push_str("</section>\n");
    }
    page.push_str("</main>\n");
    colophon(report, &mut page);
    page.push_str(&paragraph("mark", &report.mark));
    page.push_str("</body>\n</html>\n");
    page.into_bytes()
}

/// The rules for the foot of printed pages: the number right on odd pages, left on even ones, mark and demonstration opposite.
fn foot(report: &Report) -> String {
    let demo = if report.demo { report.lang.say(Say::ReportDemo) } else { "" };
    let beside = css(format!("{demo} {}", report.mark).trim());
    let number = "font-size: 14pt; content: \"— \" counter(page) \" —\"";
    let small = format!("font-size: 9pt; content: \"{beside}\"");
    format!(
        "@page :right {{ @bottom-right {{ {number} }} @bottom-left {{ {small} }} }}\n\
         @page :left {{ @bottom-left {{ {number} }} @bottom-right {{ {small} }} }}\n"
    )
}

fn masthead(head: &Masthead, page: &mut String) {
    let (left, right) = (escape(&head.left), escape(&head.right));
    page.push_str("<header class=\"masthead\">\n");
    page.push_str(&paragraph("name", &head.name));
    page.push_str(&paragraph("number", &head.number));
    page.extend([format!("<p class=\"line\"><span>{left}</span><span>{right}</span></p>\n</header>\n")]);
}

fn blocks(blocks: &[Block], lang: Lang, page: &mut String) {
    for block in blocks {
        match block {
            Block::Heading { level, text } => {
                let level = level.clamp(&1, &4) + 1;
                page.extend([format!("<h{level}>{}</h{level}>\n", escape(text))]);
            }
            Block::Title(text) => page.extend([format!("<h2 class=\"title\">{}</h2>\n", escape(text))]),
            Block::Paragraph(text) => page.push_str(&paragraph("text", text)),
            Block::Note(text) => page.push_str(&paragraph("note", &format!("{}{text}", lang.say(Say::ReportNote)))),
            Block::Table(one) => table::tables(one, page),
            Block::Chart(chart) => chart::chart(chart, page),
            Block::PageBreak => page.push_str("<div class=\"break\"></div>\n"),
        }
    }
}

fn colophon(report: &Report, page: &mut String) {
    let (lang, colophon) = (report.lang, &report.colophon);
    if *colophon == Colophon::default() {
        return;
    }
    page.push_str("<footer class=\"colophon\">\n");
    if !colophon.copied_to.is_empty() {
        page.push_str(&paragraph("copied", &lang.fill(Say::PrintCopiedTo, &[&colophon.copied_to])));
    }
    let day = match colophon.printed_on.as_str() {
        "" => String::new(),
        day => lang.fill(Say::PrintPrintedOn, &[&day]),
    };
    let (by, day) = (escape(&colophon.printed_by), escape(&day));
    page.extend([format!("<p class=\"line\"><span>{by}</span><span>{day}</span></p>\n</footer>\n")]);
}

#[cfg(test)]
mod tests;
