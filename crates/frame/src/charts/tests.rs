//! Every chart escapes, draws for every width, keeps its labels inside the drawing, and has its figures in a table.

use super::*;

fn about() -> About {
    About {
        language: Language::En,
        title: "<Title>".into(),
        description: "What \"to\" see".into(),
        unit: "people".into(),
        across: "Gate".into(),
    }
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

const LONG: &str = "Secretariat of the Steering Committee on the Park (Innovation, Technology and Industry Bureau)";

fn all() -> Vec<Chart> {
    let hours: Vec<String> = (0..24).map(|hour| format!("{hour:02}:00")).collect();
    let series = [
        Series::new("西橋 <north>", (0..24).map(|hour| f64::from(hour * 7 % 13))),
        Series::new("東橋 <south>", [1.0, f64::NAN, 3.0]),
        Series::new("第三", (0..24).map(f64::from)),
    ];
    let pairs =
        [("從深圳園區前往香港園區的人次".to_owned(), 12.0), ("<b>".to_owned(), f64::NAN), ("c".to_owned(), -1.0)];
    let about = &about();
    vec![
        bars(about, &pairs),
        strip(about, &pairs),
        columns(about, &hours, &series),
        groups(about, &names(&["審計署", LONG, "c"]), &series),
        lines(about, &hours, &series),
        steps(about, &hours, &series),
        areas(about, &hours, &series),
        heat(about, &names(&["西橋", "<east>"]), &hours, &[vec![3.0; 24], vec![f64::NAN, 0.0, 9.0]]),
    ]
}

#[test]
fn no_chart_lets_markup_through_or_draws_what_is_not_a_number() {
    for chart in all() {
        let page = chart.render().into_string();
        assert!(page.contains("<title>&lt;Title&gt;</title>"), "{page}");
        assert_eq!(page.matches("<svg").count(), 3);
        for banned in ["<Title>", "<b>", "<north>", "<east>", "NaN", "inf", "style="] {
            assert!(!page.contains(banned), "{banned} in {page}");
        }
    }
}

#[test]
fn a_chart_without_figures_is_still_a_chart() {
    let about = &about();
    for chart in [
        bars(about, &[]),
        strip(about, &[]),
        columns(about, &[], &[]),
        groups(about, &[], &[]),
        lines(about, &[], &[Series::new("a", [])]),
        areas(about, &[], &[]),
        heat(about, &[], &[], &[]),
    ] {
        assert!(chart.render().into_string().contains("</svg>"));
    }
}

/// Start and end of every text of a drawing, measured as the canvas measures.
fn texts(drawing: &str) -> Vec<(f64, f64, String)> {
    let mut found = Vec::new();
    for part in drawing.split("<text ").skip(1) {
        let attribute = |name: &str| {
            let start = part.find(&format!("{name}=\"")).unwrap() + name.len() + 2;
            part[start..].split('"').next().unwrap().to_owned()
        };
        let x: f64 = attribute("x").parse().unwrap();
        let text =
            part[part.find('>').unwrap() + 1..part.find("</text>").unwrap()].replace("&lt;", "<").replace("&gt;", ">");
        let width = text_width(&text);
        let start = match attribute("text-anchor").as_str() {
            "start" => x,
            "middle" => x - width / 2.0,
            _ => x - width,
        };
        found.push((start, start + width, text));
    }
    found
}

#[test]
fn every_label_stays_inside_its_drawing_at_every_width() {
    for chart in all() {
        for (drawing, width) in chart.drawings.iter().zip(WIDTHS) {
            for (start, end, text) in texts(drawing) {
                assert!(start > -1.5 && end < width + 1.5, "{text} runs from {start} to {end} of {width}");
            }
        }
    }
}

#[test]
fn chinese_labels_are_measured_as_one_em_each() {
    assert_eq!(text_width("河套"), 26.0);
    assert!(text_width("ab") < 16.0);
}

#[test]
fn a_long_name_is_broken_between_words_and_anywhere_in_chinese() {
    let lines = canvas::wrapped(LONG, 304.0);
    assert_eq!(lines.join(" "), LONG);
    assert!(lines.len() > 1 && lines.iter().all(|line| text_width(line) <= 304.0), "{lines:?}");
    assert_eq!(canvas::wrapped("河套區港深創新及科技園", 52.0), ["河套區港", "深創新及", "科技園"]);
    assert_eq!(canvas::wrapped("", 52.0), Vec::<String>::new());
}

#[test]
fn a_standalone_chart_brings_its_own_styles() {
    let file = all()[0].standalone();
    assert!(
        file.starts_with("<svg class=\"drawing\"") && file.contains("xmlns=\"http://www.w3.org/2000/svg\"><style>")
    );
    assert!(file.contains(".fill-0") && file.ends_with("</svg>"));
}

#[test]
fn the_same_figures_make_the_same_drawing() {
    let chart = bars(&about(), &[("西".to_owned(), 12.0), ("東".to_owned(), 3.5)]);
    insta::assert_snapshot!(chart.drawings[0].replace("><", ">\n<"), @r#"
    <svg class="drawing" viewBox="0 0 304 72" width="304" height="72" role="img">
    <title>&lt;Title&gt;</title>
    <desc>What &quot;to&quot; see</desc>
    <text x="13" y="21.5" text-anchor="end" class="label">西</text>
    <rect x="25" y="6" width="246.5" height="22" class="ground"/>
    <rect x="25" y="6" width="236.7" height="22" class="fill-0"/>
    <text x="269.7" y="21.5" text-anchor="start" class="value">12</text>
    <text x="13" y="55.5" text-anchor="end" class="label">東</text>
    <rect x="25" y="40" width="246.5" height="22" class="ground"/>
    <rect x="25" y="40" width="69" height="22" class="fill-0"/>
    <text x="102" y="55.5" text-anchor="start" class="value">3.5</text>
    </svg>
    "#);
    assert_eq!(chart.rows, [["西", "12"], ["東", "3.5"]]);
}
