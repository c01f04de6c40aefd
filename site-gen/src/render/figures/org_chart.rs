//! The organisation chart: an SVG tree laid out from the data, and the same as a nested list.

use maud::{Markup, html};

use crate::load::data::organization::{Line, OrgBox};
use crate::render::view::View;

const BOX_WIDTH: usize = 148;
const BOX_HEIGHT: usize = 96;
const GAP_X: usize = 9;
const GAP_Y: usize = 40;
/// Full-width characters of 14 px that fit one line of a box.
const LINE_CHARS: usize = 9;
const LINE_HEIGHT: usize = 18;

/// A box and what hangs below it.
struct Tree<'a> {
    one: &'a OrgBox,
    below: Vec<Tree<'a>>,
}

/// A box with its place in the drawing; `x` is its centre.
struct Placed<'a> {
    one: &'a OrgBox,
    x: usize,
    level: usize,
    parent: Option<(usize, Line)>,
}

pub(super) fn render(view: &View<'_>) -> Markup {
    let visible: Vec<&OrgBox> = view
        .content()
        .data
        .organization
        .boxes
        .iter()
        .filter(|one| view.shows(one.visibility))
        .collect();
    let trees = children(&visible, None);
    if trees.is_empty() {
        return super::nothing_yet("体制図はまだ登録されていません。");
    }
    let mut placed = Vec::new();
    let mut next_column = 0;
    for tree in &trees {
        place(tree, 0, None, &mut next_column, &mut placed);
    }
    let width = next_column * (BOX_WIDTH + GAP_X) - GAP_X + 4;
    let levels = placed.iter().map(|one| one.level + 1).max().unwrap_or(1);
    let height = levels * (BOX_HEIGHT + GAP_Y) - GAP_Y + 4;
    let inferred = placed.iter().any(|one| matches!(one.parent, Some((_, Line::Inferred))));
    let title = format!("{}の情報セキュリティ体制図", view.content().config.org_name);
    html! {
        figure.figure.figure--org-chart {
            figcaption { (title) }
            div.figure__scroll role="group" aria-label=(title) tabindex="0" {
                svg.org-chart xmlns="http://www.w3.org/2000/svg" role="img"
                    aria-label={ (title) "。同じ内容を下の一覧で読めます。" }
                    width=(width) height=(height) viewBox={ "-2 -2 " (width) " " (height) } {
                    @for one in &placed { (line(one)) }
                    @for one in &placed { (draw(one)) }
                }
            }
            @if inferred {
                ul.figure__legend {
                    li { "計画に書かれた線" }
                    li.inferred { "役職の段階などから補った線（推定）" }
                }
            }
            details.figure__text open {
                summary { "体制図を文章で読む" }
                (list(&trees))
            }
        }
    }
}

fn children<'a>(boxes: &[&'a OrgBox], parent: Option<&str>) -> Vec<Tree<'a>> {
    boxes
        .iter()
        .filter(|one| one.parent.as_ref().map(|(above, _)| above.value.as_str()) == parent)
        .map(|&one| Tree { one, below: children(boxes, Some(&one.id.value)) })
        .collect()
}

/// Leaves take the next column; a box stands over the middle of what is below it.
fn place<'a>(
    tree: &Tree<'a>,
    level: usize,
    parent: Option<usize>,
    next_column: &mut usize,
    placed: &mut Vec<Placed<'a>>,
) -> usize {
    let index = placed.len();
    let line = tree.one.parent.as_ref().map_or(Line::Stated, |(_, line)| *line);
    placed.push(Placed { one: tree.one, x: 0, level, parent: parent.map(|_| (0, line)) });
    let below: Vec<usize> = tree
        .below
        .iter()
        .map(|below| place(below, level + 1, Some(index), next_column, placed))
        .collect();
    let x = match (below.first(), below.last()) {
        (Some(first), Some(last)) => (first + last) / 2,
        _ => {
            let x = *next_column * (BOX_WIDTH + GAP_X) + BOX_WIDTH / 2;
            *next_column += 1;
            x
        }
    };
    placed[index].x = x;
    for one in &mut placed[index + 1..] {
        if one.level == level + 1
            && let Some((above, _)) = &mut one.parent
            && *above == 0
        {
            *above = x;
        }
    }
    x
}

fn top(level: usize) -> usize {
    level * (BOX_HEIGHT + GAP_Y)
}

fn line(one: &Placed<'_>) -> Markup {
    let Some((above, line)) = one.parent else { return html! {} };
    let from = top(one.level) - GAP_Y;
    let middle = from + GAP_Y / 2;
    let path = format!("M{above} {from}V{middle}H{}V{}", one.x, top(one.level));
    let class = match line {
        Line::Stated => "org-line",
        Line::Inferred => "org-line org-line--inferred",
    };
    html! { path class=(class) d=(path) fill="none" {} }
}

fn draw(one: &Placed<'_>) -> Markup {
    let (left, y) = (one.x - BOX_WIDTH / 2, top(one.level));
    let mut lines: Vec<(&str, String)> =
        wrap(&one.one.title).into_iter().map(|line| ("org-box__title", line)).collect();
    lines.extend(wrap(&one.one.holder).into_iter().map(|line| ("org-box__holder", line)));
    let start = y + BOX_HEIGHT / 2 - (lines.len() - 1) * LINE_HEIGHT / 2 + 5;
    html! {
        g class=(if one.parent.is_none() { "org-box org-box--top" } else { "org-box" }) {
            rect x=(left) y=(y) width=(BOX_WIDTH) height=(BOX_HEIGHT) rx="6" {}
            @for (index, (class, text)) in lines.iter().enumerate() {
                text class=(class) x=(one.x) y=(start + index * LINE_HEIGHT) text-anchor="middle" { (text) }
            }
        }
    }
}

/// Lines of about [`LINE_CHARS`] full-width characters, of equal length where possible.
fn wrap(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let lines = chars.len().div_ceil(LINE_CHARS).max(1);
    chars.chunks(chars.len().div_ceil(lines).max(1)).map(|line| line.iter().collect()).collect()
}

fn list(trees: &[Tree<'_>]) -> Markup {
    html! {
        ul.org-list {
            @for tree in trees {
                li {
                    strong { (tree.one.title) } "（" (tree.one.holder) "）"
                    @if let Some((_, Line::Inferred)) = &tree.one.parent { "［線は推定］" }
                    @if !tree.below.is_empty() { (list(&tree.below)) }
                }
            }
        }
    }
}
