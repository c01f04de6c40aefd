//! Figures as inline SVG: bars and lines with their numbers beside them, and a text alternative.
//!
//! No style attributes: the page's content policy would block them.

use maud::{Markup, html};

/// One bar, and for comparison the mark of an earlier year.
pub(crate) struct Bar {
    pub(crate) label: String,
    /// Tenths of a percent; `None` is drawn as a note.
    pub(crate) permille: Option<u64>,
    pub(crate) earlier_permille: Option<u64>,
}

/// One year of the trend.
pub(crate) struct Year {
    pub(crate) label: String,
    /// Tenths of a percent, by the order of the lines; `None` leaves a gap.
    pub(crate) permille: Vec<Option<u64>>,
}

const ROW: u64 = 30;
const LABEL: u64 = 250;
const PLOT: u64 = 330;
/// Room for the numbers, right of everything that is drawn.
const VALUE: u64 = 70;

/// Horizontal bars from 0 to 100 %, with lines at the bounds of the bands.
pub(crate) fn bars(id: &str, title: &str, bands: &[u8], bars: &[Bar]) -> Markup {
    let height = bars.len() as u64 * ROW + 30;
    let x = |permille: u64| LABEL + permille.min(1000) * PLOT / 1000;
    let description: Vec<String> = bars.iter().map(describe).collect();
    html! {
        svg class="figure" viewBox=(format!("0 0 {} {height}", LABEL + PLOT + VALUE + 10)) role="img"
            aria-labelledby=(format!("{id}-title {id}-text")) {
            title id=(format!("{id}-title")) { (title) }
            desc id=(format!("{id}-text")) { (description.join("、")) }
            @for &percent in [0, 50, 100].iter().chain(bands) {
                @let at = x(u64::from(percent) * 10);
                line x1=(at) y1="4" x2=(at) y2=(height - 22)
                    class=(if bands.contains(&percent) { "band" } else { "axis" }) {}
                text x=(at) y=(height - 6) text-anchor="middle" class="tick" { (percent) "%" }
            }
            @for (index, bar) in bars.iter().enumerate() {
                @let top = index as u64 * ROW + 8;
                text x=(LABEL - 8) y=(top + 14) text-anchor="end" { (bar.label) }
                @match bar.permille {
                    Some(permille) => {
                        rect x=(LABEL) y=(top) width=(x(permille) - LABEL) height="18" class="bar" {}
                        text x=(LABEL + PLOT + VALUE) y=(top + 14) text-anchor="end" class="value" {
                            (percent(permille))
                        }
                    }
                    None => text x=(LABEL + 6) y=(top + 14) class="value" { "＊" },
                }
                @if let Some(earlier) = bar.earlier_permille {
                    rect x=(x(earlier).saturating_sub(1)) y=(top - 3) width="3" height="24"
                        class="earlier" {}
                }
            }
        }
    }
}

const WIDTH: u64 = 660;
const TOP: u64 = 24;
const TALL: u64 = 200;
const LEFT: u64 = 50;
const RIGHT: u64 = 190;

/// Lines over the years from 0 to 100 %; each is named at its end and has marks of its own, so that
/// it can be told without colour. At most four lines.
pub(crate) fn lines(id: &str, title: &str, names: &[&str], years: &[Year]) -> Markup {
    let y = |permille: u64| TOP + (1000 - permille.min(1000)) * TALL / 1000;
    let step = (WIDTH - LEFT - RIGHT) / (years.len() as u64).max(1);
    let x = |index: usize| LEFT + step / 2 + index as u64 * step;
    let series: Vec<Vec<(u64, u64, u64)>> = (0..names.len())
        .map(|line| {
            let points = years.iter().enumerate().filter_map(|(index, year)| {
                let permille = year.permille.get(line).copied().flatten()?;
                Some((x(index), y(permille), permille))
            });
            points.collect()
        })
        .collect();
    let ends: Vec<u64> =
        spread(series.iter().map(|line| line.last().map_or(0, |end| end.1)).collect());
    html! {
        svg class="figure" viewBox=(format!("0 0 {WIDTH} {}", TOP + TALL + 34)) role="img"
            aria-labelledby=(format!("{id}-title {id}-text")) {
            title id=(format!("{id}-title")) { (title) }
            desc id=(format!("{id}-text")) { (describe_lines(names, years)) }
            @for percent in [0, 25, 50, 75, 100_u64] {
                line x1=(LEFT) x2=(WIDTH - RIGHT) y1=(y(percent * 10)) y2=(y(percent * 10)) class="axis" {}
                text x=(LEFT - 8) y=(y(percent * 10) + 5) text-anchor="end" class="tick" { (percent) "%" }
            }
            @for (index, year) in years.iter().enumerate() {
                text x=(x(index)) y=(TOP + TALL + 24) text-anchor="middle" { (year.label) }
            }
            @for (line, points) in series.iter().enumerate() {
                polyline class=(format!("line line-{line}")) points=(path(points)) {}
                @for &(x, y, permille) in points {
                    (mark(line, x, y))
                    @if line == 0 || points.len() == 1 {
                        text x=(x) y=(y - 9) text-anchor="middle" class="value" { (percent(permille)) }
                    } @else {
                        text x=(x) y=(y + 20) text-anchor="middle" class="value" { (percent(permille)) }
                    }
                }
                @if let Some(&(x, _, _)) = points.last() {
                    text x=(x + 36) y=(ends[line] + 5) { (names[line]) }
                }
            }
        }
    }
}

/// Moves labels apart that would lie on each other.
fn spread(mut at: Vec<u64>) -> Vec<u64> {
    let mut order: Vec<usize> = (0..at.len()).collect();
    order.sort_by_key(|&index| at[index]);
    for pair in order.windows(2) {
        at[pair[1]] = at[pair[1]].max(at[pair[0]] + 20);
    }
    at
}

fn path(points: &[(u64, u64, u64)]) -> String {
    let points: Vec<String> = points.iter().map(|(x, y, _)| format!("{x},{y}")).collect();
    points.join(" ")
}

fn mark(line: usize, x: u64, y: u64) -> Markup {
    let class = format!("mark line-{line}");
    html! {
        @match line {
            0 => circle cx=(x) cy=(y) r="5" class=(class) {},
            1 => rect x=(x - 5) y=(y - 5) width="10" height="10" class=(class) {},
            _ => polygon class=(class)
                points=(format!("{},{} {},{} {},{}", x, y - 6, x + 6, y + 5, x - 6, y + 5)) {},
        }
    }
}

fn percent(permille: u64) -> String {
    format!("{}.{}%", permille / 10, permille % 10)
}

fn describe(bar: &Bar) -> String {
    let now = bar.permille.map_or_else(|| "表示しません".to_owned(), percent);
    match bar.earlier_permille {
        Some(earlier) => format!("{} {now}（前回 {}）", bar.label, percent(earlier)),
        None => format!("{} {now}", bar.label),
    }
}

fn describe_lines(names: &[&str], years: &[Year]) -> String {
    let of_year = |year: &Year| {
        let values = names.iter().zip(&year.permille).map(|(name, permille)| {
            let value = permille.map_or_else(|| "値なし".to_owned(), percent);
            format!("{name} {value}")
        });
        format!("{}：{}", year.label, values.collect::<Vec<_>>().join("、"))
    };
    years.iter().map(of_year).collect::<Vec<_>>().join("。")
}
