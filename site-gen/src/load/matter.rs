//! The fences around the front matter: `+++` alone on the first line, and on one after the items.

use memchr::memmem;
use unicode_normalization::UnicodeNormalization as _;

use crate::diagnostic::{Diagnostic, Report, error};
use crate::source::FileId;

/// Byte positions of the front matter and of the body.
pub(super) struct Matter {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) body: usize,
}

const FENCE: &str = "+++";
const FIRST: &str = "+++\n";
const LAST: &str = "\n+++\n";

pub(super) fn split(file: FileId, text: &str, report: &mut Report) -> Option<Matter> {
    let matter = text.strip_prefix(FIRST).and_then(|rest| {
        let start = FIRST.len();
        if rest.starts_with(FIRST) {
            return Some(Matter { start, end: start, body: start + FIRST.len() });
        }
        if let Some(end) = memmem::find(rest.as_bytes(), LAST.as_bytes()) {
            return Some(Matter { start, end: start + end + 1, body: start + end + LAST.len() });
        }
        // An editor may leave the last line without its end.
        let items = rest.strip_suffix(FENCE).filter(|items| items.ends_with('\n'))?;
        Some(Matter { start, end: start + items.len(), body: text.len() })
    });
    if matter.is_none() {
        report.push(diagnose(file, text));
    }
    matter
}

/// Which of the two fences is not there, and what stands there instead.
fn diagnose(file: FileId, text: &str) -> Diagnostic {
    if text.trim().is_empty() {
        return error("front-matter", file.place(0..0), "ファイルが空です")
            .hint("`+++` で囲んだ項目と本文を書きます。要らないファイルなら消します。");
    }
    if text.starts_with(FIRST) {
        return diagnose_last(file, text);
    }
    let blank: usize =
        text.split_inclusive('\n').take_while(|l| l.trim().is_empty()).map(str::len).sum();
    let line = text[blank..].lines().next().unwrap_or_default();
    match nearly(line) {
        Some(_) if blank > 0 => error("front-matter", file.place(0..0), "先頭に空の行があります")
            .hint("空の行を消し、1 行目を `+++` にします。"),
        Some(fault) => told(file, 0, line, "先頭", fault),
        None => error("front-matter", file.place(0..0), "先頭に `+++` で囲んだ項目がありません")
            .hint("1 行目に `+++`、項目の後にもう一度 `+++` だけの行を置きます。"),
    }
}

fn diagnose_last(file: FileId, text: &str) -> Diagnostic {
    let mut at = 0;
    let mut first_blank = None;
    for line in text.split_inclusive('\n') {
        if at > 0
            && let Some(fault) = nearly(line.trim_end_matches('\n'))
        {
            return told(file, at, line.trim_end_matches('\n'), "項目の終わり", fault);
        }
        if line.trim().is_empty() {
            first_blank.get_or_insert(at);
        }
        at += line.len();
    }
    let at = first_blank.unwrap_or(text.len());
    error("front-matter", file.place(at..at), "項目の終わりの `+++` がありません")
        .hint("項目の後、本文の前に、`+++` だけの行を置きます。")
}

/// What keeps a line from being a fence that was meant as one.
enum Nearly {
    Dashes,
    Wide,
    Blanks,
    Count(usize),
}

fn nearly(line: &str) -> Option<Nearly> {
    let word = line.trim();
    let plain: String = word.nfkc().collect();
    let is_all = |c: char| plain.len() > 1 && plain.chars().all(|one| one == c);
    if plain.len() == FENCE.len() && is_all('-') {
        return Some(Nearly::Dashes);
    }
    if !is_all('+') {
        return None;
    }
    Some(if plain != word {
        Nearly::Wide
    } else if word != FENCE {
        Nearly::Count(word.len())
    } else {
        Nearly::Blanks
    })
}

fn told(file: FileId, at: usize, line: &str, place: &str, fault: Nearly) -> Diagnostic {
    let (message, hint) = match fault {
        Nearly::Dashes => (
            format!("{place}の `---` は `+++` と書きます"),
            "`---` の行を二つとも `+++` に直し、項目は `title = \"…\"` の形で書きます。",
        ),
        Nearly::Wide => (format!("{place}の `+++` が全角です"), "半角の `+++` に直します。"),
        Nearly::Count(count) => {
            (format!("{place}の `+` が {count} つあります"), "`+++` と、三つだけ書きます。")
        }
        Nearly::Blanks => (
            format!("{place}の `+++` の前か後に空白があります"),
            "空白を消し、`+++` だけの行にします。",
        ),
    };
    error("front-matter", file.place(at..at + line.len()), message).hint(hint)
}
