//! The Markdown dialect: source on the left, HTML on the right.

use crate::common::Office;
use site_gen::build::render_fragment;

fn check(markdown: &str, expected: &str) {
    let fragment = render_fragment(markdown);
    assert_eq!(fragment.html.trim(), expected, "{}", fragment.findings);
}

#[test]
fn soft_breaks() {
    check("日本語の\n文です", "<p>日本語の文です</p>");
    check("文です。\nWindowsの", "<p>文です。Windowsの</p>");
    check("English\ntext", "<p>English\ntext</p>");
    check("日本\nEnglish", "<p>日本\nEnglish</p>");
    check("日本**語**\nです", "<p>日本<strong>語</strong>です</p>");
    check("한국\n어", "<p>한국\n어</p>");
}

#[test]
fn ruby() {
    check(
        "{脆弱|ぜいじゃく}な",
        "<p><ruby>脆弱<rp>（</rp><rt>ぜいじゃく</rt><rp>）</rp></ruby>な</p>",
    );
    check("`{a|あ}`と{a|b}", "<p><code>{a|あ}</code>と{a|b}</p>");
}

#[test]
fn readings_in_headings_stay_out_of_contents_and_names() {
    let office = Office::new();
    let heading =
        "## {困|こま}ったとき {#help}\n\n本文です。\n\n## {電話|でんわ} {#phone}\n\nマルウェア※";
    office.edit("content/pages/home.md", "マルウェア※", heading);
    office.build();
    let html = office.output("intranet/home.html");
    assert!(html.contains("<a href=\"#help\">困ったとき</a>"), "{html}");
    assert!(html.contains("「困ったとき」へのリンク"), "{html}");
    assert!(html.contains("<h2 id=\"help\"><ruby>困"), "{html}");
}

#[test]
fn headings() {
    check(
        "## 見出し　{#intro}",
        "<h2 id=\"intro\">見出し <a class=\"heading-link\" href=\"#intro\" \
         aria-label=\"「見出し」へのリンク\">#</a></h2>",
    );
}

#[test]
fn admonitions() {
    check(
        "> [!WARNING]\n> 気を付けます。",
        "<div class=\"admonition admonition--warning\" role=\"note\">\
         <p class=\"admonition__title\">注意</p>\n<p>気を付けます。</p>\n</div>",
    );
}

#[test]
fn tables_have_scopes_and_scroll() {
    check(
        "| 列 |\n| --- |\n| 値 |",
        "<div class=\"table-scroll\" role=\"group\" aria-label=\"表\" tabindex=\"0\"><table>\n\
         <thead><tr><th scope=\"col\">列</th></tr></thead>\n<tbody>\n<tr><td>値</td></tr>\n\
         </tbody></table></div>",
    );
}

/// Builds a page whose body is `markdown` and returns its prose.
fn page(markdown: &str) -> String {
    let office = Office::new();
    office.edit(
        "content/pages/home.md",
        "マルウェア※に備える[決まり](rules/update.md)です。",
        markdown,
    );
    let (outcome, _) = office.build();
    assert!(!outcome.report.has_errors(), "{}", outcome.report.to_text(&outcome.sources));
    let html = office.output("intranet/home.html");
    let prose = html.split("<div class=\"prose\">").nth(1).unwrap();
    prose.split("</div>").next().unwrap().trim().to_owned()
}

/// The link a marked use becomes.
fn term(word: &str, count: usize) -> String {
    format!(
        "<a class=\"term\" role=\"doc-glossref\" id=\"r-malware-{count}\" href=\"#t-malware\">\
         {word}<span aria-hidden=\"true\">※</span></a>"
    )
}

#[test]
fn marked_terms_become_links() {
    assert_eq!(page("マルウェア※です"), format!("<p>{}です</p>", term("マルウェア", 1)));
    assert_eq!(
        page("マルウェア※とマルウェア※"),
        format!("<p>{}と{}</p>", term("マルウェア", 1), term("マルウェア", 2))
    );
    assert_eq!(page("不正プログラム※"), format!("<p>{}</p>", term("不正プログラム", 1)));
    assert_eq!(page("不正ﾌﾟﾛｸﾞﾗﾑ※"), format!("<p>{}</p>", term("不正ﾌﾟﾛｸﾞﾗﾑ", 1)));
}

#[test]
fn marks_look_back_through_closing_emphasis() {
    let expected = format!("<p><strong>{}</strong>に</p>", term("マルウェア", 1));
    assert_eq!(page("**マルウェア**※に"), expected);
    assert_eq!(page("**マルウェア※**に"), expected);
}

#[test]
fn marks_bind_to_words_with_readings() {
    let html = page("{不正|ふせい}な{マルウェア|まるうぇあ}※です");
    let word = "<ruby>マルウェア<rp>（</rp><rt>まるうぇあ</rt><rp>）</rp></ruby>";
    assert!(html.ends_with(&format!("な{}です</p>", term(word, 1))), "{html}");
}

#[test]
fn note_marks_and_code_stay() {
    assert_eq!(page("※ 注です"), "<p>※ 注です</p>");
    assert_eq!(page("表※1のとおり"), "<p>表※1のとおり</p>");
    assert_eq!(page("※印の語"), "<p>※印の語</p>");
    assert_eq!(page("米印は\\※です"), "<p>米印は※です</p>");
    assert_eq!(page("`マルウェア※`"), "<p><code>マルウェア※</code></p>");
}

#[test]
fn headings_drop_marks() {
    let html = page("## マルウェア※対策 {#m}\n\nです");
    assert!(html.starts_with("<h2 id=\"m\">マルウェア対策 "), "{html}");
}
