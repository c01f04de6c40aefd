//! The organisation chart: an SVG tree laid out from the data, and the same as a nested list.

use maud::{Markup, html};

use crate::load::data::organization::{Line, OrgBox};
use crate::render::view::View;

const BOX_WIDTH: usize = 148;
const BOX_HEIGHT: usize = 112;
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

/// Lines of at most [`LINE_CHARS`] characters, broken where the script changes if possible:
/// 情報セキュリティ／管理者 reads better than 情報セキュリ／ティ管理者.
fn wrap(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line: Vec<char> = Vec::new();
    for c in text.chars() {
        line.push(c);
        if line.len() > LINE_CHARS {
            let last = |starts: fn(char, char) -> bool| {
                (1..line.len()).rev().find(|&at| starts(line[at - 1], line[at]))
            };
            let at = last(starts_phrase).or_else(|| last(starts_katakana)).unwrap_or(LINE_CHARS);
            let rest = line.split_off(at);
            lines.push(line.iter().collect());
            line = rest;
        }
    }
    lines.push(line.iter().collect());
    lines
}

fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー')
}

fn starts_katakana(before: char, after: char) -> bool {
    !is_katakana(before) && is_katakana(after)
}

fn starts_phrase(before: char, after: char) -> bool {
    let is_kana = |c: char| is_katakana(c) || matches!(c, 'ぁ'..='ゖ');
    match after {
        '（' => true,
        _ if is_katakana(before) => !is_kana(after) && after.is_alphabetic(),
        _ => is_kana(before) && !is_kana(after) && after.is_alphabetic() || before == '：',
    }
}

fn list(trees: &[Tree<'_>]) -> Markup {
    html! {
        ul.org-list {
            @for tree in trees {
                li {
                    strong { (tree.one.title) } "（" (tree.one.holder) "）"
                    @match &tree.one.parent {
                        Some((_, Line::Inferred)) => "［線は推定］",
                        Some((_, Line::Stated)) => "［計画に書かれた線］",
                        None => {},
                    }
                    @if !tree.below.is_empty() { (list(&tree.below)) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn breaks_where_the_script_changes() {
        assert_eq!(wrap("情報セキュリティ管理者"), ["情報セキュリティ", "管理者"]);
        assert_eq!(wrap("最高情報セキュリティ責任者"), ["最高情報", "セキュリティ責任者"]);
        assert_eq!(wrap("各部局等の長"), ["各部局等の長"]);
        assert_eq!(wrap("委員10人（事務局：IT推進課）"), ["委員10人", "（事務局：", "IT推進課）"]);
        assert!(
            wrap("一二三四五六七八九十一二三四五六七八九十").iter().all(|l| l.chars().count() <= 9)
        );
    }
}
