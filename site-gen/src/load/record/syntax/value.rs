//! Values that are none: dates in other forms, words without quotation marks, numbers with units.

use selfcheck::time::Date;
use unicode_normalization::UnicodeNormalization as _;

use super::line::{Line, open_brackets};
use super::{Told, lookalike};

/// What is wrong with the value at byte `at` of the text.
pub(super) fn explain(line: &Line<'_>, at: usize) -> Option<Told> {
    let at = at.checked_sub(line.start)?.min(line.text.len());
    if line.equals().is_some_and(|equals| at < equals) {
        return None;
    }
    let is_edge = |c: char| "=,[]{}".contains(c);
    let outside: Vec<(usize, char)> = line.outside().collect();
    let edge = |&&(_, c): &&(usize, char)| is_edge(c);
    // The parser stops behind what it could read: a word that begins before may go on here.
    let before = outside.iter().rev().filter(|(edge, _)| *edge < at).find(edge);
    let from = before.map_or(0, |&(edge, c)| edge + c.len_utf8());
    let after = outside.iter().filter(|(edge, _)| *edge >= from.max(at)).find(edge);
    let note = line.text.find('#').filter(|&note| note >= at);
    let to = after.map(|&(edge, _)| edge).or(note).unwrap_or(line.text.len()).max(from);
    let start =
        from + line.text[from..to].len() - line.text[from..to].trim_start_matches(' ').len();
    let word = line.text[from..to].trim_matches(' ');
    let place = line.start + start..line.start + start + word.len();
    if let Some((message, hint)) = date(word) {
        return Some(Told::new(place, message, hint));
    }
    let is_meant = |&&(inside, c): &&(usize, char)| {
        inside >= start && inside < to && lookalike::meant(c).is_some() && !lookalike::is_dash(c)
    };
    let digits: String = word.nfkc().collect();
    if !word.is_ascii() && digits.chars().all(|c| c.is_ascii_digit()) {
        let message = format!("数「{word}」が全角です");
        return Some(Told::new(place, message, format!("半角で `{digits}` と書きます。")));
    }
    // Marks within bare words are the author's; at their ends they were meant for the parser, as
    // all those outside quotation marks are.
    let has_quotes = word.contains('"');
    let is_end = |&&(inside, c): &&(usize, char)| {
        has_quotes || inside == start || inside + c.len_utf8() == start + word.len()
    };
    if let Some(&(inside, c)) = outside.iter().filter(is_meant).find(is_end) {
        return Some(lookalike::told(line.start + inside, c, line));
    }
    if (at > start || word.is_empty())
        && let Some(told) = behind(line, at, word)
    {
        return Some(told);
    }
    if word.is_empty() && line.text[..start].trim_end_matches(' ').ends_with('=') {
        let message = format!("`{}` の値がありません", line.key());
        let hint = "値を書きます。書くことがなければ、この行を消します。";
        return Some(Told::new(place, message, hint));
    }
    if word.is_empty() {
        return None;
    }
    let (message, hint) = bare(line.key(), word)?;
    Some(Told::new(place, message, hint))
}

/// What stands behind a value that was whole.
fn behind(line: &Line<'_>, at: usize, word: &str) -> Option<Told> {
    let rest = &line.text[at..];
    let blanks = rest.len() - rest.trim_start_matches(' ').len();
    let c = rest[blanks..].chars().next()?;
    let found = line.start + at + blanks;
    let place = found..found + c.len_utf8();
    let after = &rest[blanks + c.len_utf8()..];
    let is_digit = |c: &char| c.is_ascii_digit();
    match c {
        ',' if word.ends_with(|c: char| is_digit(&c))
            && after.chars().next().is_some_and(|c| is_digit(&c)) =>
        {
            let start = line.text[..at].rfind(|c: char| !is_digit(&c)).map_or(0, |at| at + 1);
            let all = &line.text[start..];
            let end = all.find(|c: char| !is_digit(&c) && c != ',').unwrap_or(all.len());
            let number = all[..end].replace(',', "");
            Some(Told::new(
                place,
                "数に桁区切りの `,` は書けません",
                format!("`{number}` と書きます。"),
            ))
        }
        ',' if after.trim().is_empty() || after.trim_start().starts_with('#') => {
            Some(Told::new(place, "行の終わりに `,` は要りません", "`,` を消します。"))
        }
        ',' if line.text[..at].trim_end().ends_with(['[', ',', '{']) => {
            Some(Told::new(place, "`,` の前に値がありません", "`,` を消すか、値を書きます。"))
        }
        ',' => Some(Told::new(
            place,
            "値を並べる所ではありません",
            format!("並べるなら `{} = [ … ]` と、全体を `[` と `]` で囲みます。", line.key()),
        )),
        ']' | '}' => {
            let open = if c == ']' { '[' } else { '{' };
            if open_brackets(&line.text[..at]).iter().any(|&(_, bracket)| bracket == open) {
                return None;
            }
            let message = format!("`{c}` に当たる `{open}` がありません");
            Some(Told::new(
                place,
                message,
                format!("`{c}` を消すか、始まりに `{open}` を書きます。"),
            ))
        }
        '"' | '\'' if line.text[..at].trim_end().ends_with([',', '[']) => None,
        '"' | '\'' => {
            let is_apart = blanks > 0 || line.text[..at].ends_with(' ');
            let (message, hint) = if is_apart && line.text[..at].contains('[') {
                (
                    "値の間に `,` がありません".to_owned(),
                    "`\"…\", \"…\"` のように `,` で区切ります。",
                )
            } else {
                let hint = "文の中の引用には「」を使います。`\"` を書くなら `\\\"` とします。";
                (format!("引用符 `{c}` が余分です"), hint)
            };
            Some(Told::new(place, message, hint))
        }
        _ if word.ends_with(['"', '\''])
            || line.text[..at].trim_end().ends_with(['"', '\'', ']', '}']) =>
        {
            let extra = rest.trim();
            let message = format!("値の後に余分な「{extra}」があります");
            let hint = "文は全体を `\"` で囲み、覚え書きは `#` の後に書きます。";
            Some(Told::new(found..found + extra.len(), message, hint))
        }
        _ => None,
    }
}

/// A word that is neither string, number nor date.
fn bare(key: &str, word: &str) -> Option<(String, String)> {
    let small = word.to_lowercase();
    if ["true", "yes", "on", "はい"].contains(&small.as_str()) {
        return Some((
            format!("「{word}」は使えません"),
            "`true` と、小文字で書きます。".to_owned(),
        ));
    }
    if ["false", "no", "off", "いいえ"].contains(&small.as_str()) {
        return Some((
            format!("「{word}」は使えません"),
            "`false` と、小文字で書きます。".to_owned(),
        ));
    }
    if word.contains(" //") {
        return Some((
            "値の後に「//」があります".to_owned(),
            "覚え書きは `#` の後に書きます。".to_owned(),
        ));
    }
    let digits = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    if digits == word.len() && word.starts_with('0') {
        let number =
            Some(word.trim_start_matches('0')).filter(|rest| !rest.is_empty()).unwrap_or("0");
        let hint = format!("数なら `{number}`、番号なら `\"{word}\"` と書きます。");
        return Some((format!("数「{word}」が 0 で始まっています"), hint));
    }
    if digits > 0 {
        let number = &word[..digits];
        let hint = format!("数なら `{number}`、文なら `\"{word}\"` と書きます。");
        return Some((format!("「{word}」は数ではありません"), hint));
    }
    if word.ends_with(['"', '\'']) && !word.starts_with(['"', '\'']) {
        let quote = &word[word.len() - 1..];
        let hint = format!("文の始めにも `{quote}` を書きます。");
        return Some((format!("始まりの引用符 `{quote}` がありません"), hint));
    }
    if word.contains(['"', '\'']) {
        return None;
    }
    let hint = if word.chars().count() <= 20 && !key.is_empty() {
        format!("`{key} = \"{word}\"` のように `\"` で囲みます。")
    } else {
        "全体を `\"` で囲みます。".to_owned()
    };
    Some((format!("文「{}」が引用符で囲まれていません", short(word)), hint))
}

fn short(word: &str) -> String {
    match word.char_indices().nth(20) {
        Some((at, _)) => format!("{}…", &word[..at]),
        None => word.to_owned(),
    }
}

/// A date in another form than `2028-03-31`: what is wrong, and what to write.
fn date(word: &str) -> Option<(String, String)> {
    let (year, month, day) = read_date(&plain(word))?;
    match Date::new(year, month, day) {
        Some(date) => Some((
            format!("日付「{word}」の書き方が違います"),
            format!("半角の数字とハイフンで `{date}` と書きます。引用符や時刻は付けません。"),
        )),
        None => Some((
            format!("{year}年{month}月{day}日という日はありません"),
            "日を確かめ、`2028-03-31` の形で書きます。".to_owned(),
        )),
    }
}

/// The day that `word` stands for, however it is written.
pub(in super::super) fn date_in(word: &str) -> Option<Date> {
    let word = plain(word);
    let digits = word.len() == 8 && word.bytes().all(|b| b.is_ascii_digit());
    let (year, month, day) = if digits {
        (word[..4].parse().ok()?, word[4..6].parse().ok()?, word[6..].parse().ok()?)
    } else {
        read_date(&word)?
    };
    Date::new(year, month, day)
}

fn plain(word: &str) -> String {
    word.nfkc().map(|c| if lookalike::is_dash(c) { '-' } else { c }).collect()
}

/// Years before the first of each era, with the letter that stands for it.
const ERAS: [(&str, u16); 6] =
    [("令和", 2018), ("平成", 1988), ("昭和", 1925), ("R", 2018), ("H", 1988), ("S", 1925)];

fn read_date(word: &str) -> Option<(u16, u8, u8)> {
    let of_era = ERAS.iter().find_map(|&(era, base)| Some((base, word.strip_prefix(era)?)));
    let (base, rest) = of_era.unwrap_or((0, word));
    let rest = rest.replacen("元年", "1年", 1);
    let is_part = |c: char| c.is_ascii_digit() || "/-.年月日 ".contains(c);
    let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
    let mut numbers =
        rest[..end].split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let year: u16 = numbers.next()?.parse().ok()?;
    let (month, day) = (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
    let is_year = base > 0 && year < 100 || (1000..=9999).contains(&year);
    is_year.then_some((base + year, month, day))
}
