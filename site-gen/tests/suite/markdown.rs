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
fn soft_breaks_look_through_tags_readings_and_marks() {
    check("**日本**\n語", "<p><strong>日本</strong>語</p>");
    check(
        "[決まり](https://example.jp/)\nです",
        "<p><a href=\"https://example.jp/\">決まり</a>です</p>",
    );
    check("`コード`\nです", "<p><code>コード</code>です</p>");
    check(
        "{日|に}\n{本|ほん}",
        "<p><ruby>日<rp>（</rp><rt>に</rt><rp>）</rp></ruby><ruby>本<rp>（</rp><rt>ほん</rt><rp>）</rp></ruby></p>",
    );
    check("米印\\※\nです", "<p>米印※です</p>");
    check("a\u{200B}\nb", "<p>a\u{200B}b</p>");
    check("ｶﾅ\n漢字", "<p>ｶﾅ漢字</p>");
    for mark in ["、", "。", "，", "．", "」", "）", "："] {
        check(&format!("文{mark}\nABC"), &format!("<p>文{mark}ABC</p>"));
    }
    check("（\nABC", "<p>（\nABC</p>");
    check("行の\\\n終わり", "<p>行の<br />\n終わり</p>");
}

/// A reading above a word.
fn ruby_of(base: &str, reading: &str) -> String {
    format!("<ruby>{base}<rp>（</rp><rt>{reading}</rt><rp>）</rp></ruby>")
}

#[test]
fn ruby() {
    check("{脆弱|ぜいじゃく}な", &format!("<p>{}な</p>", ruby_of("脆弱", "ぜいじゃく")));
    check("`{a|あ}`と{a|b}", "<p><code>{a|あ}</code>と{a|b}</p>");
    check("    {脆弱|ぜいじゃく}", "<pre><code>{脆弱|ぜいじゃく}</code></pre>");
    check(
        "**{重要|じゅうよう}**です",
        &format!("<p><strong>{}</strong>です</p>", ruby_of("重要", "じゅうよう")),
    );
    check("{A&B|えーびー}", &format!("<p>{}</p>", ruby_of("A&amp;B", "えーびー")));
    check("{未|み{来|らい}", &format!("<p>{{未|み{}</p>", ruby_of("来", "らい")));
}

#[test]
fn ruby_in_tables_needs_no_escape_and_bears_one() {
    for written in ["{脆弱|ぜいじゃく}", "{脆弱\\|ぜいじゃく}"] {
        let fragment = render_fragment(&format!("| 語 | 値 |\n| --- | --- |\n| {written} | 1 |"));
        let row = format!("<tr><td>{}</td><td>1</td></tr>", ruby_of("脆弱", "ぜいじゃく"));
        assert!(fragment.html.contains(&row), "{}", fragment.html);
        check(written, &format!("<p>{}</p>", ruby_of("脆弱", "ぜいじゃく")));
    }
}

#[test]
fn places_are_those_of_the_text_as_written() {
    let fragment = render_fragment("**「a」**と{脆弱|ぜいじゃく}と\\*&amp;と2026年2月30日");
    assert!(fragment.findings.contains("--> text.md:1:28"), "{}", fragment.findings);
}

#[test]
fn footnotes() {
    check(
        "文[^a]と文[^b]と文[^a]。\n\n[^b]: 後の**注**。\n\n[^a]: 先の注[^b]。",
        "<p>文<sup class=\"footnote-ref\"><a id=\"fnref-1-1\" role=\"doc-noteref\" href=\"#fn-1\">注1</a></sup>\
         と文<sup class=\"footnote-ref\"><a id=\"fnref-2-1\" role=\"doc-noteref\" href=\"#fn-2\">注2</a></sup>\
         と文<sup class=\"footnote-ref\"><a id=\"fnref-1-2\" role=\"doc-noteref\" href=\"#fn-1\">注1</a></sup>。</p>\n\
         <section class=\"footnotes\" role=\"doc-endnotes\" aria-labelledby=\"page-notes\"><h2 id=\"page-notes\">注</h2><ol>\n\
         <li id=\"fn-1\">\n<p>先の注<sup class=\"footnote-ref\"><a id=\"fnref-2-2\" role=\"doc-noteref\" href=\"#fn-2\">注2</a></sup>。 \
         <a class=\"backlink\" role=\"doc-backlink\" href=\"#fnref-1-1\" aria-label=\"注1の本文の位置へ戻る（1）\">↩</a> \
         <a class=\"backlink\" role=\"doc-backlink\" href=\"#fnref-1-2\" aria-label=\"注1の本文の位置へ戻る（2）\">↩</a></p>\n</li>\n\
         <li id=\"fn-2\">\n<p>後の<strong>注</strong>。 \
         <a class=\"backlink\" role=\"doc-backlink\" href=\"#fnref-2-1\" aria-label=\"注2の本文の位置へ戻る（1）\">↩</a> \
         <a class=\"backlink\" role=\"doc-backlink\" href=\"#fnref-2-2\" aria-label=\"注2の本文の位置へ戻る（2）\">↩</a></p>\n</li>\n\
         </ol></section>",
    );
}

#[test]
fn tasks_are_signs_with_words() {
    check(
        "- [x] 更新した\n- [ ] 再起動する",
        "<ul>\n<li><span class=\"task\"><span aria-hidden=\"true\">☑</span><span class=\"visually-hidden\">済み：</span></span> 更新した</li>\n\
         <li><span class=\"task\"><span aria-hidden=\"true\">☐</span><span class=\"visually-hidden\">まだ：</span></span> 再起動する</li>\n</ul>",
    );
}

#[test]
fn definition_lists() {
    check(
        "理由\n: 短い語は当たります。\n\n例\n: 一つ目です。\n: 二つ目です。",
        "<dl>\n<dt>理由</dt>\n<dd>短い語は当たります。</dd>\n<dt>例</dt>\n<dd>一つ目です。</dd>\n<dd>二つ目です。</dd>\n</dl>",
    );
}

#[test]
fn dates_in_running_text_are_for_machines_too() {
    check(
        "期間は令和8年4月1日（水）から2027年３月までと、平成30年度です。",
        "<p>期間は<time datetime=\"2026-04-01\">令和8年4月1日</time>（水）から\
         <time datetime=\"2027-03\">2027年３月</time>までと、平成30年度です。</p>",
    );
    check("`令和8年4月1日`", "<p><code>令和8年4月1日</code></p>");
    check(
        "[令和8年4月1日](https://example.jp/)",
        "<p><a href=\"https://example.jp/\">令和8年4月1日</a></p>",
    );
    check("2026年2月30日", "<p>2026年2月30日</p>");
}

#[test]
fn residents_see_the_year_of_the_common_era_beside_that_of_the_era() {
    let office = Office::new();
    office.build();
    let date = "<time datetime=\"2030-03-31\">令和12年3月31日</time>";
    assert!(office.output("public/open.html").contains(&format!("{date}（2030年）")));
    let staff = office.output("intranet/home.html");
    assert!(staff.contains(date) && !staff.contains("（2030年）"), "{staff}");
}

#[test]
fn raw_html_is_off() {
    for text in [
        "<b>太字</b>",
        "<script>alert(1)</script>",
        "<!-- 注 -->",
        "a<br>b",
        "<kbd>Ctrl</kbd>",
        "<details>\n\n続き\n\n</details>",
    ] {
        let findings = render_fragment(text).findings;
        assert!(findings.contains("エラー[raw-html]"), "{text}: {findings}");
    }
    check("1 \\< 2 と `<b>`", "<p>1 &lt; 2 と <code>&lt;b&gt;</code></p>");
}

#[test]
fn an_office_may_allow_a_few_tags_and_nothing_in_them() {
    let office = Office::new();
    let site = std::fs::read_to_string(office.path("content/site.toml")).unwrap();
    office.write(
        "content/site.toml",
        &format!("{site}\n[markdown]\nhtml = [\"kbd\", \"br\", \"q\"]\n"),
    );
    let say = |markdown: &str| {
        let page = std::fs::read_to_string(office.path("content/pages/open.md")).unwrap();
        let (head, _) = page.rsplit_once("+++\n").unwrap();
        office.write("content/pages/open.md", &format!("{head}+++\n\n{markdown}\n"));
        let (outcome, built) = office.build();
        let findings = outcome.report.to_text(&outcome.sources);
        if built.is_empty() { Err(findings) } else { Ok(office.output("public/open.html")) }
    };
    let html = say("**<kbd>Ctrl</kbd>**を押し<br>て、<q lang=\"en\">A</q>です。").unwrap();
    assert!(
        html.contains(
            "<p><strong><kbd>Ctrl</kbd></strong>を押し<br>て、<q lang=\"en\">A</q>です。</p>"
        ),
        "{html}"
    );
    for (text, words) in [
        ("<b>太字</b>", "`<b>`"),
        ("<kbd onclick=\"x()\">a</kbd>", "`<kbd onclick=\"x()\">`"),
        ("<kbd style=\"color:red\">a</kbd>", "そのまま書けません"),
        ("<q cite=\"javascript:x\">a</q>", "そのまま書けません"),
        ("a<!-- 注 -->b", "そのまま書けません"),
        ("<kbd>閉じない", "`<kbd>` が閉じられていません"),
        ("閉じるだけ</kbd>", "`</kbd>`"),
        ("<kbd><q>入れ違い</kbd></q>", "`</kbd>`"),
    ] {
        let found = say(text).unwrap_err();
        assert!(found.contains("エラー[raw-html]") && found.contains(words), "{text}: {found}");
        assert!(
            found.contains("使えるタグ: kbd、br、q") || found.contains("閉じられて"),
            "{found}"
        );
    }
    office.edit("content/site.toml", "\"kbd\"", "\"script\"");
    let found = crate::common::findings(&office.check());
    assert!(found.contains("エラー[raw-html]: HTML のタグ `script` は許せません"), "{found}");
}

#[test]
fn strict_line_ends_are_warnings() {
    let office = Office::new();
    let site = std::fs::read_to_string(office.path("content/site.toml")).unwrap();
    office.write("content/site.toml", &format!("{site}\n[markdown]\nstrict_breaks = true\n"));
    office.edit("content/pages/open.md", "お知らせです", "お知らせ\nAです");
    let found = crate::common::findings(&office.check());
    assert!(found.contains("警告[soft-break]"), "{found}");
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
fn long_headings_break_between_phrases() {
    check(
        "## {標的型|ひょうてきがた}攻撃メールを`受け取った`ときの対応 {#a}",
        &format!(
            "<h2 id=\"a\" class=\"phrased\">{}攻撃メールを<wbr><code>受け取った</code><wbr>ときの<wbr>対応 \
             <a class=\"heading-link\" href=\"#a\" aria-label=\"「標的型攻撃メールを受け取ったときの対応」へのリンク\">#</a></h2>",
            ruby_of("標的型", "ひょうてきがた")
        ),
    );
}

#[test]
fn phrase_breaks_reach_no_text_alternative() {
    let html =
        render_fragment("## ![標的型攻撃メールを受け取ったときの対応](../assets/a.png) {#a}").html;
    assert!(html.contains("alt=\"標的型攻撃メールを受け取ったときの対応\""), "{html}");
}

#[test]
fn phrase_breaks_reach_no_title_and_no_search_text() {
    let office = Office::new();
    office.edit("content/pages/open.md", "市民の皆さんへ", "市民の皆さんへのとても大切なお知らせ");
    office.build();
    let html = office.output("public/open.html");
    assert!(
        html.contains(
            "<h1 class=\"phrased\">市民の<wbr>皆さんへの<wbr>とても<wbr>大切な<wbr>お知らせ</h1>"
        ),
        "{html}"
    );
    assert!(html.contains("<title>市民の皆さんへのとても大切なお知らせ｜"), "{html}");
    assert!(office.output("public/search/ja.js").contains("市民の皆さんへのとても大切なお知らせ"));
}

#[test]
fn admonitions() {
    for (kind, name, title) in [
        ("NOTE", "note", "補足"),
        ("TIP", "tip", "こつ"),
        ("IMPORTANT", "important", "重要"),
        ("WARNING", "warning", "注意"),
        ("CAUTION", "caution", "警告"),
    ] {
        check(
            &format!("> [!{kind}]\n> 気を付けます。"),
            &format!(
                "<div class=\"admonition admonition--{name}\" role=\"note\">\
                 <p class=\"admonition__title\">{title}</p>\n<p>気を付けます。</p>\n</div>"
            ),
        );
    }
    check("> 引用です。", "<blockquote>\n<p>引用です。</p>\n</blockquote>");
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
