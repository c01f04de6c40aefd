//! The words of the frame, in the language of the page's version.

use maud::{Markup, html};
use selfcheck::time::Date;

use crate::load::Version;
use crate::load::page::Layer;
use crate::wareki;

/// Everything the frame says by itself.
#[derive(Debug)]
pub(super) struct Words {
    version: Version,
    pub(super) skip: &'static str,
    pub(super) menu: &'static str,
    pub(super) menu_name: &'static str,
    pub(super) home: &'static str,
    pub(super) here: &'static str,
    pub(super) languages: &'static str,
    pub(super) report: &'static str,
    pub(super) emergency: &'static str,
    pub(super) help: &'static str,
    pub(super) other_pages: &'static str,
    pub(super) owner: &'static str,
    pub(super) approver: &'static str,
    pub(super) class: &'static str,
    pub(super) established: &'static str,
    pub(super) effective: &'static str,
    pub(super) last_revised: &'static str,
    pub(super) review_due: &'static str,
    pub(super) translated: &'static str,
    pub(super) contents: &'static str,
    pub(super) terms: &'static str,
    pub(super) terms_intro: &'static str,
    pub(super) questions: &'static str,
    pub(super) related: &'static str,
    pub(super) legal_basis: &'static str,
    pub(super) source: &'static str,
    pub(super) history: &'static str,
    pub(super) history_date: &'static str,
    pub(super) history_note: &'static str,
    pub(super) pager: &'static str,
    pub(super) previous: &'static str,
    pub(super) next: &'static str,
    pub(super) this_page: &'static str,
    pub(super) changes: &'static str,
    /// After the title of a translation: which text counts.
    pub(super) original_counts: &'static str,
    pub(super) to_original: &'static str,
    pub(super) print: &'static str,
    pub(super) print_whole: &'static str,
    pub(super) ruby: &'static str,
    pub(super) text_version: &'static str,
    pub(super) printed: &'static str,
    pub(super) site_map: &'static str,
    pub(super) feed: &'static str,
    pub(super) contacts: &'static str,
    pub(super) feedback: &'static str,
    /// Between whom to tell and what: 「へ」.
    pub(super) feedback_to: &'static str,
    pub(super) feedback_what: &'static str,
    pub(super) feedback_page: &'static str,
    pub(super) feedback_clause: &'static str,
    pub(super) feedback_text: &'static str,
}

/// The words of one version.
pub(super) fn of(version: Version) -> &'static Words {
    match version {
        Version::Original => &ORIGINAL,
        Version::English => &ENGLISH,
        Version::Easy => &EASY,
    }
}

impl Words {
    /// A date as readers of this version write it.
    pub(super) fn date(&self, date: Date) -> String {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        match self.version {
            Version::Original => wareki::format_date(date),
            Version::English => {
                let month = MONTHS[usize::from(date.month() - 1) % MONTHS.len()];
                format!("{} {month} {}", date.day(), date.year())
            }
            Version::Easy => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        }
    }

    /// The name of a layer of the policy.
    pub(super) fn layer(&self, layer: Layer) -> &'static str {
        match (self.version, layer) {
            (Version::English, Layer::BasicPolicy) => "Basic policy",
            (Version::English, Layer::Standard) => "Standards",
            (Version::English, Layer::Procedure) => "Procedures",
            (Version::English, Layer::Guide) => "Guide",
            _ => layer.as_str(),
        }
    }

    /// A text in Japanese among these words.
    pub(super) fn in_japanese(&self, text: &str) -> Markup {
        match self.japanese() {
            Some(lang) => html! { span lang=(lang) { (text) } },
            None => html! { (text) },
        }
    }

    /// `lang` for a text in Japanese that stands among these words.
    pub(super) fn japanese(&self) -> Option<&'static str> {
        (self.version.lang() != "ja").then_some("ja")
    }
}

const ORIGINAL: Words = Words {
    version: Version::Original,
    skip: "本文へ移動",
    menu: "メニュー",
    menu_name: "サイト内のページ",
    home: "トップ",
    here: "現在の場所",
    languages: "このページの言語",
    report: "おかしいと思ったら",
    emergency: "緊急のお知らせ：",
    help: "困ったとき",
    other_pages: "サイト内のページ",
    owner: "所管",
    approver: "決裁",
    class: "分類",
    established: "制定日",
    effective: "施行日",
    last_revised: "最終改定日",
    review_due: "次回見直し",
    translated: "訳した日",
    contents: "このページの内容",
    terms: "このページの用語",
    terms_intro: "※印の語の短い説明です。",
    questions: "この決まりに関係する自己点検の設問",
    related: "関係するページ",
    legal_basis: "根拠：",
    source: "出典：",
    history: "改定の記録",
    history_date: "日付",
    history_note: "変わったこと",
    pager: "前後のページ",
    previous: "前：",
    next: "次：",
    this_page: "このページ：",
    changes: "更新",
    original_counts: "",
    to_original: "",
    print: "このページを印刷",
    print_whole: "決まりの全体を印刷",
    ruby: "ふりがな",
    text_version: "本文の版：",
    printed: "印刷日：",
    site_map: "サイトマップ",
    feed: "更新の配信（Atom）",
    contacts: "連絡先",
    feedback: "このページについて知らせる",
    feedback_to: "知らせる先：",
    feedback_what: "伝えること：ページ ",
    feedback_page: "ページ：",
    feedback_clause: "決まり：",
    feedback_text: "気づいたこと：",
};

const EASY: Words = Words {
    version: Version::Easy,
    skip: "本文へ行く",
    menu: "メニュー",
    menu_name: "やさしい日本語のページ",
    home: "はじめのページ",
    here: "今いるところ",
    languages: "ことばをえらぶ",
    report: "おかしいと思ったら",
    emergency: "大切なお知らせ：",
    help: "こまったとき",
    other_pages: "日本語のページを見る",
    owner: "このページを作ったところ",
    approver: "決めたところ",
    class: "分類",
    established: "作った日",
    effective: "始まった日",
    last_revised: "最後に変えた日",
    review_due: "次に見直す日",
    translated: "このことばにした日",
    contents: "このページに書いてあること",
    terms: "このページのことば",
    terms_intro: "※がついたことばの説明です。",
    questions: "自己点検の質問",
    related: "いっしょに読むページ",
    legal_basis: "もとになる法律：",
    source: "もとの文：",
    history: "変えたことの記録",
    history_date: "日",
    history_note: "変えたこと",
    pager: "前と次のページ",
    previous: "前：",
    next: "次：",
    this_page: "このページ：",
    changes: "新しくなったこと",
    original_counts: "このページは、やさしい日本語で書いています。正しい文は、日本語のページです。",
    to_original: "日本語のページを読む",
    print: "このページを印刷する",
    print_whole: "決まりをぜんぶ印刷する",
    ruby: "ふりがな",
    text_version: "文の版：",
    printed: "印刷した日：",
    site_map: "ページの一覧",
    feed: "新しくなったこと（Atom）",
    contacts: "電話するところ",
    feedback: "このページについて知らせる",
    feedback_to: "知らせるところ：",
    feedback_what: "つたえること：ページ ",
    feedback_page: "ページ：",
    feedback_clause: "決まり：",
    feedback_text: "気がついたこと：",
};

const ENGLISH: Words = Words {
    version: Version::English,
    skip: "Skip to the text",
    menu: "Menu",
    menu_name: "Pages in English",
    home: "Home",
    here: "You are here",
    languages: "Languages of this page",
    report: "Report a problem",
    emergency: "Urgent notice: ",
    help: "If something is wrong",
    other_pages: "All pages (in Japanese)",
    owner: "Owner",
    approver: "Approved by",
    class: "Classification",
    established: "Established",
    effective: "In force since",
    last_revised: "Last revised",
    review_due: "Next review",
    translated: "Translated",
    contents: "On this page",
    terms: "Terms on this page",
    terms_intro: "Short explanations of the words marked with ※.",
    questions: "Self-check questions about these rules",
    related: "Related pages",
    legal_basis: "Legal basis: ",
    source: "Source: ",
    history: "Revision history",
    history_date: "Date",
    history_note: "What changed",
    pager: "Previous and next page",
    previous: "Previous: ",
    next: "Next: ",
    this_page: "This page: ",
    changes: "Changes",
    original_counts: "This page is a translation. The Japanese text is the one that counts.",
    to_original: "Read the Japanese page",
    print: "Print this page",
    print_whole: "Print all rules (in Japanese)",
    ruby: "Readings",
    text_version: "Version of the text: ",
    printed: "Printed: ",
    site_map: "Site map (in Japanese)",
    feed: "Changes (Atom feed)",
    contacts: "Contacts",
    feedback: "Tell us about this page",
    feedback_to: "Tell: ",
    feedback_what: "Say which page: ",
    feedback_page: "Page: ",
    feedback_clause: "Clause: ",
    feedback_text: "What I noticed: ",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_by_version() {
        let day: Date = "2026-04-01".parse().unwrap();
        assert_eq!(of(Version::Original).date(day), "令和8年4月1日");
        assert_eq!(of(Version::English).date(day), "1 April 2026");
        assert_eq!(of(Version::Easy).date(day), "2026年4月1日");
    }
}
