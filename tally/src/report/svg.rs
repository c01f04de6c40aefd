//! Figures as inline SVG: bars with their numbers beside them, and a text alternative.
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

const ROW: u64 = 30;
const LABEL: u64 = 220;
const PLOT: u64 = 360;

/// Horizontal bars from 0 to 100 %, with lines at the bounds of the bands.
pub(crate) fn bars(id: &str, title: &str, bands: &[u8], bars: &[Bar]) -> Markup {
    let height = bars.len() as u64 * ROW + 30;
    let x = |permille: u64| LABEL + permille.min(1000) * PLOT / 1000;
    let description: Vec<String> = bars.iter().map(describe).collect();
    html! {
        svg class="figure" viewBox=(format!("0 0 {} {height}", LABEL + PLOT + 80)) role="img"
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
                        text x=(x(permille).max(LABEL) + 6) y=(top + 14) class="value" {
                            (permille / 10) "." (permille % 10) "%"
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

fn describe(bar: &Bar) -> String {
    let percent = |permille: u64| format!("{}.{}%", permille / 10, permille % 10);
    let now = bar.permille.map_or_else(|| "表示しません".to_owned(), percent);
    match bar.earlier_permille {
        Some(earlier) => format!("{} {now}（前回 {}）", bar.label, percent(earlier)),
        None => format!("{} {now}", bar.label),
    }
}
