//! The score: one number, then categories as bars and text in one table.

use selfcheck::grade::{Band, Points};
use yew::Html;

use super::context::Context;
use super::parts::{badge, el, nothing, text, with, words};
use crate::outcome::Outcome;
use crate::run::Run;
use crate::texts::fill;

/// The whole, in large type.
pub fn total(context: &Context, run: &Run, outcome: &Outcome) -> Html {
    let points = outcome.score.total;
    el(
        "p",
        "score-total",
        vec![
            words("span", "score-total__label", context.texts().total()),
            words("span", "score-total__value", share(context, points)),
            band(context, run, points),
        ],
    )
}

/// By category; `bars` beside the numbers.
pub fn table(context: &Context, run: &Run, outcome: &Outcome, bars: bool) -> Html {
    let texts = context.texts();
    let set = run.sheet.set();
    let (good, review) = (set.bands().good.to_string(), set.bands().review.to_string());
    let head = |label| with("th", &["scope"], &["col"], vec![text(label)]);
    let mut rows = Vec::new();
    for (category, (_, points)) in set.categories().iter().zip(&outcome.score.categories) {
        let bar = if bars { bar(run, *points) } else { nothing() };
        rows.push(el(
            "tr",
            "",
            vec![
                with("th", &["scope", "lang"], &["row", "ja"], vec![text(category.title.clone())]),
                el("td", "score__share", vec![text(share(context, *points)), bar]),
                el("td", "", vec![band(context, run, *points)]),
            ],
        ));
    }
    el(
        "table",
        "score",
        vec![
            words("caption", "", fill(texts.score_caption(), &[&good, &review])),
            el(
                "thead",
                "",
                vec![el(
                    "tr",
                    "",
                    vec![head(texts.category()), head(texts.share()), head(texts.band())],
                )],
            ),
            el("tbody", "", rows),
        ],
    )
}

pub fn share(context: &Context, points: Points) -> String {
    match points.percent() {
        Some(percent) => fill(context.texts().out_of_100(), &[&percent.to_string()]),
        None => context.texts().not_applicable().to_owned(),
    }
}

fn band(context: &Context, run: &Run, points: Points) -> Html {
    let band = points.band(run.sheet.set().bands());
    let class = match band {
        Some(Band::Good) => "badge badge--good",
        Some(Band::Review) => "badge badge--review",
        Some(Band::Improve) => "badge badge--improve",
        None => "badge badge--neutral",
    };
    badge(class, context.texts().band_name(band))
}

/// A bar with the lower bounds of the bands marked. SVG attributes, because the page forbids inline
/// styles and printers leave backgrounds out. Hidden from screen readers: the number is beside it.
fn bar(run: &Run, points: Points) -> Html {
    let rect = |class, width: &str| {
        with("rect", &["class", "width", "height"], &[class, width, "100%"], Vec::new())
    };
    let mark = |percent: u8| {
        let x = fill("{}%", &[&percent.to_string()]);
        let keys = &["class", "x1", "x2", "y1", "y2"];
        // Beyond both edges, so that the line is seen on the bar too.
        with("line", keys, &["bar__mark", &x, &x, "-25%", "125%"], Vec::new())
    };
    let bands = run.sheet.set().bands();
    let value = fill("{}%", &[&points.percent().unwrap_or_default().to_string()]);
    let parts = vec![
        rect("bar__track", "100%"),
        rect("bar__value", &value),
        mark(bands.review),
        mark(bands.good),
    ];
    with("svg", &["class", "aria-hidden", "focusable"], &["bar", "true", "false"], parts)
}
