//! Charts as charts of the office's own program: bars that lie, with their values, so that they can be edited there.

use rust_decimal::Decimal;

use super::xml::{text, whole};
use crate::render::chart::{Fill, Hatch, fill};
use crate::report::model::{Chart, Tone};

/// English Metric Units of a point.
const EMU: f64 = 12_700.0;
/// The height of a bar with what is left free, and of what stands around the bars, in points.
const BAR: f64 = 18.0;
const AROUND: f64 = 60.0;
/// No chart is higher than a page.
const HIGHEST: f64 = 560.0;

/// The paragraph that shows the chart of a number, from 1.
pub(super) fn inline(chart: &Chart, no: usize, room: f64) -> String {
    let bars = f64::from(u16::try_from(chart.bars.len()).unwrap_or(u16::MAX));
    let height = whole(BAR.mul_add(bars, AROUND).min(HIGHEST) * EMU);
    let width = whole(room * EMU);
    let told: Vec<String> = chart.bars.iter().map(|bar| format!("{} {}", bar.label, bar.figure)).collect();
    format!(
        "<w:p><w:pPr><w:spacing w:line=\"240\" w:lineRule=\"auto\"/><w:jc w:val=\"center\"/></w:pPr><w:r><w:drawing>\
         <wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{width}\" cy=\"{height}\"/>\
         <wp:docPr id=\"{no}\" name=\"chart{no}\" descr=\"{}\"/><a:graphic><a:graphicData \
         uri=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"><c:chart r:id=\"chart{no}\"/></a:graphicData></a:graphic>\
         </wp:inline></w:drawing></w:r></w:p>",
        text(&format!("{}: {}", chart.caption, told.join("; ")))
    )
}

/// The part of the package that holds the chart. Labels have their figure beside them, as it is read elsewhere.
pub(super) fn part(chart: &Chart) -> String {
    let labels: Vec<String> = chart.bars.iter().map(|bar| text(&format!("{} {}", bar.label, bar.figure))).collect();
    let points: String =
        labels.iter().enumerate().map(|(at, label)| format!("<c:pt idx=\"{at}\"><c:v>{label}</c:v></c:pt>")).collect();
    let count = labels.len();
    let categories = format!("<c:cat><c:strLit><c:ptCount val=\"{count}\"/>{points}</c:strLit></c:cat>");
    let mut tones: Vec<Tone> = Vec::new();
    for (tone, _) in chart.bars.iter().flat_map(|bar| &bar.parts) {
        if !tones.contains(tone) {
            tones.push(*tone);
        }
    }
    let series: String = tones.iter().enumerate().map(|(at, tone)| one(chart, at, *tone, &categories)).collect();
    let reference = chart.reference.as_ref().map(|(_, words)| words.as_str()).unwrap_or_default();
    let title: Vec<&str> = [chart.caption.as_str(), reference].into_iter().filter(|words| !words.is_empty()).collect();
    let legend =
        if tones.len() > 1 { "<c:legend><c:legendPos val=\"b\"/><c:overlay val=\"0\"/></c:legend>" } else { "" };
    let full = chart.full.normalize();
    let words = "<a:rPr lang=\"zh-CN\" sz=\"1050\" b=\"0\"/>";
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" \
         xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><c:roundedCorners val=\"0\"/><c:chart>\
         <c:title><c:tx><c:rich><a:bodyPr/><a:p><a:r>{words}<a:t>{}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val=\"0\"/></c:title>\
         <c:autoTitleDeleted val=\"0\"/><c:plotArea><c:layout/><c:barChart><c:barDir val=\"bar\"/><c:grouping val=\"stacked\"/>\
         <c:varyColors val=\"0\"/>{series}<c:gapWidth val=\"40\"/><c:overlap val=\"100\"/><c:axId val=\"1\"/><c:axId val=\"2\"/></c:barChart>\
         <c:catAx><c:axId val=\"1\"/><c:scaling><c:orientation val=\"maxMin\"/></c:scaling><c:delete val=\"0\"/><c:axPos val=\"l\"/>\
         <c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"low\"/><c:crossAx val=\"2\"/>\
         <c:crosses val=\"autoZero\"/><c:tickLblSkip val=\"1\"/></c:catAx>\
         <c:valAx><c:axId val=\"2\"/><c:scaling><c:orientation val=\"minMax\"/><c:max val=\"{full}\"/><c:min val=\"0\"/></c:scaling>\
         <c:delete val=\"0\"/><c:axPos val=\"b\"/><c:numFmt formatCode=\"General\" sourceLinked=\"0\"/><c:majorTickMark val=\"out\"/>\
         <c:minorTickMark val=\"none\"/><c:tickLblPos val=\"nextTo\"/><c:crossAx val=\"1\"/><c:crosses val=\"max\"/></c:valAx>\
         </c:plotArea>{legend}<c:plotVisOnly val=\"1\"/></c:chart><c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr sz=\"900\"/></a:pPr>\
         <a:endParaRPr lang=\"zh-CN\"/></a:p></c:txPr></c:chartSpace>",
        text(&title.join("　"))
    )
}

/// The parts of one tone, one value a bar.
fn one(chart: &Chart, at: usize, tone: Tone, categories: &str) -> String {
    let name = chart.legend.iter().find(|(own, _)| *own == tone).map_or("", |(_, name)| name.as_str());
    let values: String = chart
        .bars
        .iter()
        .enumerate()
        .map(|(no, bar)| {
            let own = bar.parts.iter().filter(|(own, _)| *own == tone).map(|(_, value)| *value);
            let value = own.fold(Decimal::ZERO, Decimal::saturating_add).normalize();
            format!("<c:pt idx=\"{no}\"><c:v>{value}</c:v></c:pt>")
        })
        .collect();
    format!(
        "<c:ser><c:idx val=\"{at}\"/><c:order val=\"{at}\"/><c:tx><c:v>{}</c:v></c:tx><c:spPr>{}<a:ln w=\"6350\"><a:solidFill>\
         <a:srgbClr val=\"333333\"/></a:solidFill></a:ln></c:spPr><c:invertIfNegative val=\"0\"/>{categories}<c:val><c:numLit>\
         <c:formatCode>General</c:formatCode><c:ptCount val=\"{}\"/>{values}</c:numLit></c:val></c:ser>",
        text(name),
        filled(tone),
        chart.bars.len()
    )
}

/// How a tone is filled, in the words of the format.
fn filled(tone: Tone) -> String {
    let Fill { ground, ink, hatch } = fill(tone);
    let colour = |[red, green, blue]: [u8; 3]| format!("<a:srgbClr val=\"{red:02X}{green:02X}{blue:02X}\"/>");
    let pattern = match hatch {
        Hatch::None => return format!("<a:solidFill>{}</a:solidFill>", colour(ground)),
        Hatch::Rising => "wdUpDiag",
        Hatch::Falling => "wdDnDiag",
        Hatch::Crossed => "diagCross",
    };
    format!(
        "<a:pattFill prst=\"{pattern}\"><a:fgClr>{}</a:fgClr><a:bgClr>{}</a:bgClr></a:pattFill>",
        colour(ink),
        colour(ground)
    )
}
