//! What the search says, in the languages pages are written in.
//!
//! `{q}` is what was asked, `{n}` a number, `{t}` a term, `{w}` the words a query was cut into.

use serde::Serialize;

/// The sentences of one language.
#[derive(Debug, Serialize)]
pub struct Texts {
    /// The language, for cutting a query into words.
    pub lang: &'static str,
    /// Found as asked.
    pub exact: &'static str,
    /// Found by another word for a term.
    pub term: &'static str,
    /// All words on one page.
    pub every: &'static str,
    /// Some of the words.
    pub some: &'static str,
    /// Nothing.
    pub none: &'static str,
    /// Before the nearest terms.
    pub near: &'static str,
    /// Between the words of `{w}`.
    pub and: &'static str,
    /// Further pages with all words.
    pub also: &'static str,
    /// Pages that may match and have not been read.
    pub rest: &'static str,
    /// The button that reads them.
    pub next: &'static str,
    /// Leads from the box to the page of results.
    pub all: &'static str,
    /// Leads to the lists without a search.
    pub browse: &'static str,
    /// Before a definition.
    pub glossary: &'static str,
    /// Between a page and its section.
    pub part: &'static str,
    /// How to get from the box to the results, spoken only.
    pub keys: &'static str,
}

/// Japanese.
pub const JA: Texts = Texts {
    lang: "ja",
    exact: "「{q}」は {n} ページにあります。",
    term: "「{q}」は、用語集の「{t}」に当たります。この語でも探し、{n} ページ見つかりました。",
    every: "「{w}」のすべてがあるページは {n} ページです。",
    some: "「{w}」のすべてがあるページはありません。どれかがある {n} ページを、近い順に並べました。",
    none: "「{q}」は見つかりません。短い言葉や、別の言い方で探してみてください。",
    near: "近い用語：",
    and: "」「",
    also: "「{w}」のすべてがあるページ {n} ページを、その後に並べました。",
    rest: "ほかに、当たるかもしれないページが {n} あります。",
    next: "続きを見る",
    all: "結果をすべて見る",
    browse: "五十音やページの一覧から探す",
    glossary: "用語",
    part: "：",
    keys: "下矢印キーで結果へ進めます。",
};

/// English.
pub const EN: Texts = Texts {
    lang: "en",
    exact: "“{q}” is on {n} pages.",
    term: "“{q}” is “{t}” in the glossary. Searched for that too: {n} pages.",
    every: "Pages with all of “{w}”: {n}.",
    some: "No page has all of “{w}”. {n} pages have some of them, nearest first.",
    none: "“{q}” was not found. Try a shorter or another word.",
    near: "Terms like it: ",
    and: "”, “",
    also: " {n} more pages have all of “{w}”.",
    rest: " {n} more pages may match.",
    next: "Show more",
    all: "Show all results",
    browse: "Look through the lists of terms and pages",
    glossary: "Term",
    part: ": ",
    keys: "Use the down arrow to reach the results.",
};
