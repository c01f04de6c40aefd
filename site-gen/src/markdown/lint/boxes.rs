//! Boxes that stayed text: alerts (`> [!NOTE]`) and signs of what is done (`- [x]`).

use pulldown_cmark::{Event, Tag};

use super::super::emphasis::is_escaped;
use super::super::{Item, Node, Work};
use crate::diagnostic::{did_you_mean, nearest, warning};

/// The alerts there are.
const ALERTS: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

/// What they are called in Japanese, on the page and elsewhere.
const NAMES: [(&str, &str); 8] = [
    ("補足", "NOTE"),
    ("メモ", "NOTE"),
    ("こつ", "TIP"),
    ("ヒント", "TIP"),
    ("重要", "IMPORTANT"),
    ("大事", "IMPORTANT"),
    ("注意", "WARNING"),
    ("警告", "CAUTION"),
];

/// Looks at the box that a text begins with; `before` are the events up to it.
pub(in super::super) fn report(item: &Item<'_>, before: &[Item<'_>], work: &mut Work<'_>) {
    let range = work.range(&item.at);
    if is_escaped(work.source.as_bytes(), range.start) {
        return;
    }
    let text = work.source.get(range.clone()).unwrap_or_default();
    let Some((inside, rest)) =
        text.strip_prefix(['[', '［']).and_then(|text| text.split_once([']', '］']))
    else {
        return;
    };
    let place = work.place_of(&(range.start..range.start + text.len() - rest.len()));
    if let Some(name) = inside.strip_prefix(['!', '！']) {
        let finding = match ALERTS.iter().find(|alert| alert.eq_ignore_ascii_case(name)) {
            Some(alert) => {
                let why = if rest.trim().is_empty() {
                    "は"
                } else {
                    "と同じ行に文があるため、"
                };
                warning("literal-alert", place, format!("`[!{name}]` {why}囲みになっていません"))
                    .hint(format!(
                        "`> [!{alert}]` だけの行を置き、文は次の `> ` の行から書きます。"
                    ))
            }
            None => {
                let finding =
                    warning("literal-alert", place, format!("囲み `[!{name}]` はありません"));
                let guess = match meant(name) {
                    Some(hint) => finding.hint(hint),
                    None => finding,
                };
                let names: Vec<String> = ALERTS.iter().map(|name| format!("`[!{name}]`")).collect();
                guess.hint(format!("使えるのは {} です。", names.join("、")))
            }
        };
        work.push(finding);
    } else if is_task(inside) && begins_item(before) {
        let mark = &text[..text.len() - rest.len()];
        let message = format!("`{mark}` で始まる項目は、済みかどうかの印になっていません");
        work.push(warning("literal-task", place, message).hint(
            "半角で `- [x] したこと`、`- [ ] まだのこと` のように、`]` の後にも空白を入れて書きます。",
        ));
    }
}

fn meant(name: &str) -> Option<String> {
    match NAMES.iter().find(|(known, _)| *known == name.trim()) {
        Some((_, alert)) => did_you_mean(&[*alert]),
        None => did_you_mean(&nearest(&name.trim().to_ascii_uppercase(), ALERTS)),
    }
}

/// What people write between the brackets.
fn is_task(inside: &str) -> bool {
    matches!(inside.trim(), "" | "x" | "X" | "ｘ" | "Ｘ" | "✓" | "✔" | "レ")
}

/// Whether a list item begins here.
fn begins_item(before: &[Item<'_>]) -> bool {
    let mut tags = before.iter().rev().map_while(|item| match &item.node {
        Node::Event(Event::Start(tag)) => Some(tag),
        _ => None,
    });
    match tags.next() {
        Some(Tag::Paragraph) => matches!(tags.next(), Some(Tag::Item)),
        tag => matches!(tag, Some(Tag::Item)),
    }
}
