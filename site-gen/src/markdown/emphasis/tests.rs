//! Cases after the rules of the specification: source on the left, HTML on the right.

use super::super::shim::{prepare, restore};

fn check(markdown: &str, expected: &str) {
    let (prepared, _) = prepare(markdown);
    let parser = pulldown_cmark::Parser::new_ext(&prepared, super::super::options()).map(restore);
    let mut html = String::new();
    pulldown_cmark::html::push_html(&mut html, parser);
    let html = html.trim().trim_start_matches("<p>").trim_end_matches("</p>").to_owned();
    assert_eq!(html, expected, "{markdown}");
}

/// `<…>` stands for strong, `/[…]/` for emphasis, `-[…]-` for struck text.
fn check_all(cases: &[(&str, &str)]) {
    for (markdown, expected) in cases {
        let html = expected
            .replace('>', "\u{0}")
            .replace('<', "<strong>")
            .replace('\u{0}', "</strong>")
            .replace("/[", "<em>")
            .replace("]/", "</em>")
            .replace("-[", "<del>")
            .replace("]-", "</del>");
        check(markdown, &html);
    }
}

#[test]
fn strong_beside_japanese_punctuation() {
    check_all(&[
        ("**重要。**詳細", "<重要。>詳細"),
        ("これは**「重要」**です", "これは<「重要」>です"),
        ("**個人情報（氏名等）**を", "<個人情報（氏名等）>を"),
        ("税込**¥10,000**で", "税込<¥10,000>で"),
        ("**禁止：**外部", "<禁止：>外部"),
        ("**マルウェア※**に", "<マルウェア※>に"),
        ("**マルウェア**※に", "<マルウェア>※に"),
        ("※**重要**です", "※<重要>です"),
        ("文。**次の文。**その次", "文。<次の文。>その次"),
        ("**「始め」**と**「終わり」**", "<「始め」>と<「終わり」>"),
        ("（**注**）と**（注）**", "（<注>）と<（注）>"),
        ("**（1）**から**(2)**まで", "<（1）>から<(2)>まで"),
        ("**100%**です", "<100%>です"),
        ("価格は**$5**と**5€**です", "価格は<$5>と<5€>です"),
        ("**『書名』**、**【至急】**、**〔注〕**", "<『書名』>、<【至急】>、<〔注〕>"),
        ("中黒**・**と波線**～**と長音**ー**", "中黒<・>と波線<～>と長音<ー>"),
        ("**ＡＢＣ！**を", "<ＡＢＣ！>を"),
        ("**ｶﾅ。｡**を", "<ｶﾅ。｡>を"),
        ("**\"引用\"**を", "<\"引用\">を"),
        ("**‘引用’**を**“引用”**と", "<‘引用’>を<“引用”>と"),
        ("**a)**は", "<a)>は"),
        ("**(a)**は", "<(a)>は"),
        ("は**(a)**", "は<(a)>"),
        ("𠮷**「𠮷」**𠮷", "𠮷<「𠮷」>𠮷"),
        ("**𠮷。**𠮷", "<𠮷。>𠮷"),
    ]);
}

#[test]
fn emphasis_and_nesting() {
    check_all(&[
        ("*重要。*詳細", "/[重要。]/詳細"),
        ("これは*「重要」*です", "これは/[「重要」]/です"),
        ("***「両方」***です", "/[<「両方」>]/です"),
        ("**外「*内*」外。**後", "<外「/[内]/」外。>後"),
        ("**外*「内」*外。**後", "<外/[「内」]/外。>後"),
        ("は**~~「旧」~~**です", "は<-[「旧」]->です"),
        ("は~~**「旧」**~~です", "は-[<「旧」>]-です"),
        ("は~~**旧。**~~です", "は-[<旧。>]-です"),
    ]);
}

#[test]
fn struck_text() {
    check_all(&[
        ("~~旧規定。~~削除", "-[旧規定。]-削除"),
        ("これは~~「旧」~~です", "これは-[「旧」]-です"),
        ("~~旧※~~を", "-[旧※]-を"),
        ("~~a.~~です", "-[a.]-です"),
        ("9時~17時と10時~18時", "9時~17時と10時~18時"),
    ]);
}

#[test]
fn code_links_and_images_inside() {
    check("**`コード`**を", "<strong><code>コード</code></strong>を");
    check("は**`コード`**", "は<strong><code>コード</code></strong>");
    check("は**[表](a.md)**です", "は<strong><a href=\"a.md\">表</a></strong>です");
    check("`は**「x」**で`", "<code>は**「x」**で</code>");
    check("[は**「x」**で](a(b).md)", "<a href=\"a(b).md\">は<strong>「x」</strong>で</a>");
    check(
        "<https://a.example/は**「x>",
        "<a href=\"https://a.example/%E3%81%AF**%E3%80%8Cx\">https://a.example/は**「x</a>",
    );
    check("[は](a.md \"は**「x」**で\")", "<a href=\"a.md\" title=\"は**「x」**で\">は</a>");
}

#[test]
fn korean_and_chinese() {
    check_all(&[
        ("**스크립트(script)**라고", "<스크립트(script)>라고"),
        ("패키지를**\"발행\"**하려면", "패키지를<\"발행\">하려면"),
        ("**这。**那", "<这。>那"),
        ("这**“那”**这", "这<“那”>这"),
    ]);
}

#[test]
fn variation_selectors_belong_to_the_character_before() {
    check_all(&[
        ("葛\u{E0100}**(a)**の", "葛\u{E0100}<(a)>の"),
        ("禰\u{FE00}**(a)**の", "禰\u{FE00}<(a)>の"),
    ]);
}

#[test]
fn pictures_are_no_letters() {
    check("a**(b)**😀", "a**(b)**😀");
    check("**(b)😀**x", "**(b)😀**x");
}

#[test]
fn english_keeps_its_rules() {
    check_all(&[
        ("a**(b)**c", "a**(b)**c"),
        ("**bold.** next", "<bold.> next"),
        ("a ** b ** c", "a ** b ** c"),
        ("2 * 3 * 4", "2 * 3 * 4"),
    ]);
    let text = "a * b ** c **bold** `**` * x";
    assert!(super::marks(text).is_empty());
}

#[test]
fn escapes_and_lists_and_fences_stay() {
    check("\\**重要*。", "*<em>重要</em>。");
    check("は\\*\\*「x」\\*\\*です", "は**「x」**です");
    check("は\\\\**「x」**です", "は\\<strong>「x」</strong>です");
    check("* 「項目」\n* 項目", "<ul>\n<li>「項目」</li>\n<li>項目</li>\n</ul>");
    check("~~~「\n本文**\n~~~", "<pre><code class=\"language-「\">本文**\n</code></pre>");
    check("あ\n\n***\n\nい", "あ</p>\n<hr />\n<p>い");
}

#[test]
fn keeps_positions() {
    for (text, needle) in [
        ("これは**「重要」**です※", "※"),
        ("税込**¥10,000**で※。**「次」**です", "次"),
        ("は~~**「旧」**~~です※", "※"),
        ("**重要。**詳細**「x」**※", "詳細"),
    ] {
        let (prepared, edits) = prepare(text);
        let at = prepared.find(needle).unwrap();
        assert_eq!(edits.original(at), text.find(needle).unwrap(), "{text}");
        assert_eq!(edits.original(prepared.len()), text.len(), "{text}");
    }
}
