use super::*;
use proptest::prelude::*;

fn bar(label: &str, parts: &[(Tone, i64)], figure: &str) -> Bar {
    let parts = parts.iter().map(|(tone, part)| (*tone, Decimal::from(*part))).collect();
    Bar { label: label.into(), parts, figure: figure.into() }
}

fn percents(values: &[i64]) -> Chart {
    let bars = values.iter().map(|of| bar("云山区", &[(Tone::Plain, *of)], &format!("{of}.0%")));
    Chart {
        caption: "各地完成率".into(),
        bars: bars.collect(),
        full: Decimal::ONE_HUNDRED,
        reference: Some((Decimal::from(75), "序时进度75.0%".into())),
        legend: Vec::new(),
    }
}

fn parts(drawing: &Drawing) -> Vec<(Tone, (f64, f64, f64, f64))> {
    let part = |shape: &Shape| match shape {
        Shape::Part { at, tone } => Some((*tone, *at)),
        _ => None,
    };
    drawing.shapes.iter().filter_map(part).collect()
}

fn lines(drawing: &Drawing, wanted: bool) -> Vec<((f64, f64), (f64, f64))> {
    let line = |shape: &Shape| match shape {
        Shape::Line { from, to, dashed } if *dashed == wanted => Some((*from, *to)),
        _ => None,
    };
    drawing.shapes.iter().filter_map(line).collect()
}

fn words(drawing: &Drawing) -> Vec<&str> {
    let mut words = Vec::new();
    for shape in &drawing.shapes {
        if let Shape::Words { text, .. } = shape {
            words.push(text.as_str());
        }
    }
    words
}

#[test]
fn figures_of_hundreds_are_whole_beside_long_labels() {
    for figure in ["红123 黄129 灰119 绿603", "red 123 yellow 29 green 603 grey 19"] {
        let chart =
            Chart { bars: vec![bar("智慧新城管理委员会", &[(Tone::Plain, 5)], figure)], ..percents(&[]) };
        assert!(words(&draw(&chart, 442.2, 10.5)).contains(&figure), "{figure}");
    }
}

#[test]
fn bars_are_as_long_as_their_values_and_the_line_stands_at_its_own() {
    let drawing = draw(&percents(&[100, 50, 25]), 400.0, 10.0);
    let parts = parts(&drawing);
    let lengths: Vec<f64> = parts.iter().map(|(_, at)| at.2).collect();
    assert!((lengths[0] - 2.0 * lengths[1]).abs() < 1e-6 && (lengths[1] - 2.0 * lengths[2]).abs() < 1e-6);
    let dashed = lines(&drawing, true);
    let left = parts[0].1.0;
    assert!((dashed[0].0.0 - (left + lengths[0] * 0.75)).abs() < 1e-6);
    assert_eq!(words(&drawing)[..2], ["各地完成率", "序时进度75.0%"]);
    assert!(words(&drawing).contains(&"25.0%"));
}

#[test]
fn parts_follow_each_other_in_their_tones_and_zero_is_not_drawn() {
    let chart = Chart {
        bars: vec![bar("市发改委", &[(Tone::Green, 5), (Tone::Yellow, 0), (Tone::Red, 3)], "8")],
        full: Decimal::from(16),
        legend: vec![(Tone::Green, "绿".into()), (Tone::Red, "红".into())],
        ..Chart::default()
    };
    let parts = parts(&draw(&chart, 400.0, 10.0));
    // Two samples, then the bar's two parts.
    let tones: Vec<Tone> = parts.iter().map(|(tone, _)| *tone).collect();
    assert_eq!(tones, [Tone::Green, Tone::Red, Tone::Green, Tone::Red]);
    let (green, red) = (parts[2].1, parts[3].1);
    assert!((green.0 + green.2 - red.0).abs() < 1e-6 && (green.2 / red.2 - 5.0 / 3.0).abs() < 1e-6);
}

#[test]
fn labels_and_figures_that_fit_are_not_shortened() {
    for size in [7.5, 9.0, 10.5, 12.0, 14.0] {
        let said = draw(&percents(&[100, 62]), 442.2, size);
        assert!(!words(&said).iter().any(|text| text.contains('…')), "{size}: {:?}", words(&said));
    }
}

#[test]
fn a_bar_that_is_too_long_ends_at_the_full_width_with_an_arrowhead() {
    let within = draw(&percents(&[100]), 400.0, 10.0);
    let beyond = draw(&percents(&[130]), 400.0, 10.0);
    assert_eq!(parts(&within), parts(&beyond));
    assert_eq!(lines(&within, false).len() + 2, lines(&beyond, false).len());
}

#[test]
fn a_chart_without_bars_takes_no_room() {
    let drawing = draw(&percents(&[]), 400.0, 10.0);
    assert_eq!((drawing.height, drawing.shapes.len()), (0.0, 0));
    assert!(draw_pages(&percents(&[]), 400.0, 10.0, 100.0).is_empty());
}

#[test]
fn a_long_chart_is_cut_between_bars_and_none_is_lost() {
    let chart = percents(&[50; 60]);
    let pieces = draw_pages(&chart, 400.0, 10.0, 300.0);
    assert!(pieces.len() > 3 && pieces.iter().all(|piece| piece.height <= 300.0));
    assert_eq!(pieces.iter().map(|piece| parts(piece).len()).sum::<usize>(), 60);
    assert!(pieces.iter().all(|piece| words(piece)[0] == "各地完成率"));
    assert_eq!(draw_pages(&chart, 400.0, 10.0, 1.0).len(), 60, "one bar stands on a page however low it is");
}

fn amounts() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        Just(Decimal::ZERO),
        Just(Decimal::MAX),
        Just(Decimal::MIN),
        Just(Decimal::new(1, 28)),
        (-5i64..500).prop_map(Decimal::from),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn whatever_it_holds_everything_stands_within_the_drawing(
        bars in prop::collection::vec((".{0,40}", prop::collection::vec(amounts(), 0..5), ".{0,20}"), 0..70),
        full in amounts(), at in amounts(), caption in ".{0,80}", width in 60.0..800.0, size in 5.0..16.0,
        legend in prop::collection::vec(".{0,30}", 0..6),
    ) {
        let chart = Chart {
            caption: caption.clone(),
            bars: bars
                .into_iter()
                .map(|(label, parts, figure)| Bar {
                    label,
                    parts: parts.into_iter().map(|part| (Tone::Red, part)).collect(),
                    figure,
                })
                .collect(),
            full,
            reference: Some((at, caption)),
            legend: legend.into_iter().map(|words| (Tone::Grey, words)).collect(),
        };
        let drawing = draw(&chart, width, size);
        let inside = |x: f64, y: f64| {
            x >= -1e-6 && x <= drawing.width + 1e-6 && y >= -1e-6 && y <= drawing.height + 1e-6
        };
        for shape in &drawing.shapes {
            match shape {
                Shape::Part { at: (x, y, wide, high), .. } => {
                    prop_assert!(inside(*x, *y) && inside(x + wide, y + high) && *wide > 0.0, "{shape:?}");
                }
                Shape::Line { from, to, .. } => prop_assert!(inside(from.0, from.1) && inside(to.0, to.1), "{shape:?}"),
                Shape::Words { at, size, anchor, text } => {
                    let wide = estimate(text, *size);
                    let left = match anchor {
                        Anchor::Start => at.0,
                        Anchor::Middle => at.0 - wide / 2.0,
                        Anchor::End => at.0 - wide,
                    };
                    prop_assert!(inside(left, at.1) && inside(left + wide, at.1 - size * 0.8), "{shape:?}");
                    prop_assert!(!text.contains(['\n', '\u{202e}', '\u{1b}']), "{shape:?}");
                }
            }
        }
    }
}
