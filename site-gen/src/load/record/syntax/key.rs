//! Lines that are no items: without a `=`, or with a name that cannot be one.

use super::line::Line;
use super::{Told, is_key_char};

/// What is wrong before the value.
pub(super) fn explain(line: &Line<'_>) -> Option<Told> {
    if line.is_header() {
        return header(line);
    }
    let first = line.text.find(|c| c != ' ')?;
    let at = |range: std::ops::Range<usize>| line.start + range.start..line.start + range.end;
    let key = line.key();
    let stop = key.find(|c| !is_key_char(c));
    let Some(equals) = line.equals() else {
        let colon = line.outside().find(|&(_, c)| c == ':').map(|(at, _)| at);
        if let (Some(colon), Some(_)) = (colon, stop.filter(|&stop| stop > 0)) {
            let hint = format!("`{} = …` の形で書きます。", line.text[first..colon].trim_end());
            let message = "`:` ではなく `=` で書きます";
            return Some(Told::new(at(colon..colon + 1), message, hint));
        }
        if line.text[first..].starts_with(['"', '\'', '{', '}', ']']) {
            return None;
        }
        return Some(Told::new(
            at(first..line.text.len()),
            "`=` のない行です",
            "一行に一つずつ `項目 = 値` の形で書きます。覚え書きの行は `#` で始めます。",
        ));
    };
    if key.is_empty() {
        let message = "`=` の前に項目の名前がありません";
        return Some(Told::new(at(equals..equals + 1), message, "`項目 = 値` の形で書きます。"));
    }
    if line.text[equals + 1..].trim_start_matches(' ').starts_with('=') {
        let message = "`=` が続いています";
        return Some(Told::new(at(equals..equals + 1), message, "`=` は一つだけ書きます。"));
    }
    // Dots and quotation marks make names of several parts, braces stand in lists.
    let stop =
        stop.filter(|&stop| !key[stop..].starts_with(['.', '"', '\'', '{', '[', ']', '}']))?;
    if key[stop..].starts_with(' ') {
        let message = format!("項目の名前「{key}」に空白があります");
        return Some(Told::new(
            at(first + stop..first + stop + 1),
            message,
            "項目の名前は一語です。語を分けるなら `_` を使います。",
        ));
    }
    Some(Told::new(
        at(first..first + key.len()),
        format!("項目の名前「{key}」は使えません"),
        "項目の名前は `title` のような、決まった半角の英字です。",
    ))
}

/// `[[rows]`, `[rows`, or something behind the brackets.
fn header(line: &Line<'_>) -> Option<Told> {
    let text = line.text.trim_start();
    let first = line.text.len() - text.len();
    let start = line.start + first;
    let opened = text.len() - text.trim_start_matches('[').len();
    let name_end = text[opened..].find(|c| !is_key_char(c) && !" .\"".contains(c));
    let name_end = name_end.map_or(text.len(), |end| opened + end);
    let name = text[opened..name_end].trim();
    let closed = text[name_end..].len() - text[name_end..].trim_start_matches(']').len();
    let right = format!("{}{name}{}", &"[["[..opened.min(2)], &"]]"[..opened.min(2)]);
    if closed != opened && !name.is_empty() {
        let message = format!("`{}` の数が合いません", if closed < opened { '[' } else { ']' });
        let hint = format!("`{right}` と、同じ数のかっこで囲みます。");
        return Some(Told::new(start..start + opened, message, hint));
    }
    let behind = name_end + closed;
    let rest = text[behind..].trim_start();
    let at = start + text.len() - rest.len();
    (!rest.is_empty()).then(|| {
        let message = format!("`{right}` の後に続けては書けません");
        Told::new(at..at + rest.len(), message, "次の行に書きます。")
    })
}
