//! The ※ glossary, point by point. What needs a browser (points 9 and 11, and the audits of 25)
//! is in `tests/browser/glossary.test.mjs`.

use proptest::prelude::{ProptestConfig, Strategy, any, proptest};
use proptest::sample::select;
use serde_json::Value;

use crate::common::{Office, findings};

const PAGE: &str = "content/pages/home.md";
const TEXT: &str = "マルウェア※に備える[決まり](rules/update.md)です。";

const VIRUS: &str = "+++
term = \"ウイルス\"
reading = \"ういるす\"
short = \"増えるプログラム。\"
visibility = \"public\"
source = \"市の計画\"
date = 2026-04-01
see_also = [\"malware\"]
+++

ほかのファイルに入り込んで増えるマルウェア※です。
";

const CSIRT: &str = "+++
term = \"CSIRT\"
reading = \"しーさーと\"
aliases = [\"シーサート\"]
short = \"事故に対応する<人>の集まり。\"
visibility = \"intranet\"
+++

事故が起きたときに対応します。
";

const GLOSSARY: &str = "+++
title = \"用語集\"
summary = \"言葉の意味。\"
owner = \"IT推進課 担当\"
layer = \"解説\"
review_due = 2030-03-31
visibility = \"public\"
+++

```glossary
```
";

/// The fixture with three terms, a glossary page, and `markdown` as the text of its home page.
fn office(markdown: &str) -> Office {
    let office = Office::new();
    office.write("content/glossary/virus.md", VIRUS);
    office.write("content/glossary/csirt.md", CSIRT);
    office.write("content/pages/glossary.md", GLOSSARY);
    office.edit(PAGE, TEXT, markdown);
    office
}

/// The prose of the home page.
fn prose(markdown: &str) -> String {
    let office = office(markdown);
    built(&office);
    let html = office.output("intranet/home.html");
    let prose = html.split("<div class=\"prose\">").nth(1).unwrap();
    let end =
        prose.find("<section class=\"page-terms\"").or_else(|| prose.find("<dl class=\"facts\">"));
    prose[..end.unwrap()].trim().trim_end_matches("</div>").trim().to_owned()
}

fn built(office: &Office) {
    let (outcome, built) = office.build();
    assert!(!built.is_empty(), "{}", findings(&outcome));
}

/// What `check` says of `markdown` on the home page.
fn said(markdown: &str) -> String {
    findings(&office(markdown).check())
}

fn link(word: &str, id: &str, count: usize) -> String {
    format!(
        "<a class=\"term\" role=\"doc-glossref\" id=\"r-{id}-{count}\" href=\"#t-{id}\">\
         {word}<span aria-hidden=\"true\">※</span></a>"
    )
}

/// What a reader sees of HTML.
fn visible(html: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    text
}

#[test]
fn point_01_a_term_is_a_file_with_everything_the_glossary_needs() {
    let said = |from: &str, to: &str| {
        let office = office(TEXT);
        office.edit("content/glossary/virus.md", from, to);
        findings(&office.check())
    };
    assert!(said("reading = \"ういるす\"\n", "").contains("エラー[missing-key]: `reading`"));
    assert!(said("term = \"ウイルス\"\n", "").contains("エラー[missing-key]: `term`"));
    assert!(said("short = \"増えるプログラム。\"\n", "").contains("エラー[missing-key]: `short`"));
    assert!(said("ういるす", "ウイルス").contains("エラー[reading]"));
    let long = "長".repeat(81);
    assert!(said("増えるプログラム。", &long).contains("エラー[too-long]: `short` は 80 字まで"));
    assert!(
        said("see_also = [\"malware\"]", "see_also = [\"malwere\"]").contains("「malware」のこと")
    );
}

#[test]
fn point_02_the_mark_binds_to_the_longest_term_after_nfkc_and_looks_back_through_emphasis() {
    let office =
        office("コンピュータウイルス※とウイルス※と**マルウェア**※とﾏﾙｳｪｱ※とＣＳＩＲＴ※です。");
    office.edit("content/glossary/malware.md", "\"不正プログラム\"", "\"コンピュータウイルス\"");
    built(&office);
    let html = office.output("intranet/home.html");
    for link in [
        link("コンピュータウイルス", "malware", 1),
        link("ウイルス", "virus", 1),
        format!("<strong>{}</strong>", link("マルウェア", "malware", 2)),
        link("ﾏﾙｳｪｱ", "malware", 3),
        link("ＣＳＩＲＴ", "csirt", 1),
    ] {
        assert!(html.contains(&link), "{link}\n{html}");
    }
}

#[test]
fn point_02_readings_above_a_part_of_the_term_are_looked_through() {
    let ruby = "<ruby>正<rp>（</rp><rt>せい</rt><rp>）</rp></ruby>";
    assert_eq!(
        prose("この不{正|せい}プログラム※です。"),
        format!("<p>この{}です。</p>", link(&format!("不{ruby}プログラム"), "malware", 1))
    );
}

#[test]
fn point_03_other_marks_are_note_marks() {
    for text in ["※ 注です。", "表※1のとおり。", "※印の語。", "（※任意）です。", "値※　注です。"]
    {
        assert_eq!(prose(text), format!("<p>{text}</p>"));
    }
    assert_eq!(prose("米印は\\※です。"), "<p>米印は※です。</p>");
    assert_eq!(prose("マルウェア\\※です。"), "<p>マルウェア※です。</p>");
    let said = said("マルウェア※ は危険です。");
    assert!(said.contains("警告[term-before-space]: 「マルウェア※」の後に空白がある"), "{said}");
    assert!(said.contains("home.md:9:6"), "{said}");
}

#[test]
fn point_04_unknown_terms_are_told_all_at_once_with_the_nearest() {
    let said = said("マルウエア※とウィルス※と\nCSIRD※です。");
    for words in [
        "エラー[unknown-term]: 「マルウエア※」に当たる用語がありません\n  --> content/pages/home.md:9:6\n  対処: 「マルウェア」のことですか。",
        "「ウィルス※」に当たる用語がありません\n  --> content/pages/home.md:9:12\n  対処: 「ウイルス」のことですか。",
        "に当たる用語がありません\n  --> content/pages/home.md:10:6\n  対処: 「csirt」のことですか。",
        "エラー 3 件",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
}

#[test]
fn point_05_one_meaning_a_word() {
    let said = |from: &str, to: &str| {
        let office = office(TEXT);
        office.edit("content/glossary/csirt.md", from, to);
        findings(&office.check())
    };
    assert!(
        said("\"CSIRT\"", "\"ウイルス\"")
            .contains("エラー[duplicate-term]: 用語「ウイルス」が二度")
    );
    assert!(
        said("\"シーサート\"", "\"不正プログラム\"").contains("エラー[duplicate-term]"),
        "aliases"
    );
    assert!(
        said("\"シーサート\"", "\"ﾏﾙｳｪｱ\"").contains("エラー[duplicate-term]"),
        "an alias is a term"
    );
    assert!(said("しーさーと", "ういるす").contains("エラー[duplicate-reading]"));
    assert!(
        said("事故が起きたときに対応します。\n", "").contains("エラー[empty]: 説明がありません")
    );
    let said = said("事故が起きたとき", "シーサート※は事故のとき");
    assert!(said.contains("エラー[circular-term]: 「CSIRT」の説明に「CSIRT※」"), "{said}");
    let office = office(TEXT);
    office.edit("content/glossary/virus.md", "[\"malware\"]", "[\"virus\"]");
    assert!(findings(&office.check()).contains("エラー[unknown-term]: `see_also`"));
}

#[test]
fn point_06_the_html_of_a_use() {
    assert_eq!(
        prose("マルウェア※です。"),
        "<p><a class=\"term\" role=\"doc-glossref\" id=\"r-malware-1\" href=\"#t-malware\">マルウェア\
         <span aria-hidden=\"true\">※</span></a>です。</p>"
    );
}

#[test]
fn point_07_terms_stand_at_the_end_of_the_page() {
    let office = office("マルウェア※です。");
    built(&office);
    let html = office.output("intranet/home.html");
    let section = html.split("<section class=\"page-terms\" role=\"doc-glossary\"").nth(1).unwrap();
    assert!(
        section.contains("<dt id=\"t-malware\"><dfn>マルウェア</dfn>（まるうぇあ）</dt>"),
        "{section}"
    );
    assert!(section.contains("害を与えるプログラムの総称。"));
    assert!(section.contains("<a href=\"glossary.html#t-malware\">用語集の「マルウェア」</a>"));
    assert!(html.find("<section class=\"page-terms\"") > html.find("id=\"r-malware-1\""));
}

#[test]
fn point_08_the_mark_is_explained_once_and_only_where_it_stands() {
    let explained = |markdown: &str| {
        let office = office(markdown);
        built(&office);
        office.output("intranet/home.html").matches("※印の語").count()
    };
    assert_eq!(explained("マルウェア※とウイルス※です。"), 1);
    assert_eq!(explained("印のない文です。"), 0);
}

#[test]
fn point_10_no_description_is_spoken_at_every_use() {
    let office = office("マルウェア※とマルウェア※です。");
    built(&office);
    let html = office.output("intranet/home.html");
    for link in html.split("<a class=\"term\"").skip(1) {
        let tag = link.split('>').next().unwrap();
        assert!(!tag.contains("title=") && !tag.contains("aria-describedby"), "{tag}");
    }
}

#[test]
fn point_12_ways_back_are_named_one_a_use() {
    let office = office("マルウェア※、マルウェア※、ウイルス※です。");
    built(&office);
    let html = office.output("intranet/home.html");
    for link in [
        "role=\"doc-backlink\" href=\"#r-malware-1\" aria-label=\"『マルウェア』の本文の位置へ戻る 1\">↩1</a>",
        "role=\"doc-backlink\" href=\"#r-malware-2\" aria-label=\"『マルウェア』の本文の位置へ戻る 2\">↩2</a>",
        "role=\"doc-backlink\" href=\"#r-virus-1\" aria-label=\"『ウイルス』の本文の位置へ戻る\">↩</a>",
    ] {
        assert!(html.contains(link), "{link}\n{html}");
    }
}

#[test]
fn point_13_the_glossary_lists_the_pages_and_unused_terms_are_a_warning() {
    let office = office("マルウェア※です。");
    let said = findings(&office.check());
    assert!(
        said.contains("警告[unused-term]: 用語「ウイルス」はどのページでも使われていません"),
        "{said}"
    );
    assert!(!said.contains("用語「マルウェア」はどの"), "{said}");
    built(&office);
    let html = office.output("intranet/glossary.html");
    assert!(
        html.contains("使われているページ：<a href=\"home.html#t-malware\">トップ</a>"),
        "{html}"
    );
    // The public site has no page that uses it.
    assert!(!office.output("public/glossary.html").contains("使われているページ"));
}

#[test]
fn point_14_the_whole_policy_prints_one_appendix_with_references() {
    let office = office(TEXT);
    office.edit(
        "content/pages/rules/update.md",
        "通知が出たら",
        "マルウェア※を防ぐため、通知が出たら",
    );
    built(&office);
    let html = office.output("intranet/print.html");
    assert_eq!(html.matches("<dt id=\"t-malware\">").count(), 1, "{html}");
    let appendix = html.split("role=\"doc-glossary\"").nth(1).unwrap();
    let references = appendix.split("whole__reference").nth(1).unwrap();
    assert!(references.contains("href=\"#rules_update\">1"), "{references}");
    assert!(html.contains("href=\"#t-malware\">マルウェア<span"), "{html}");
}

#[test]
fn point_15_headings_titles_and_everything_made_of_them_go_without_marks() {
    let office = office(
        "## マルウェア※の種類 {#kinds}\n\n### ウイルス※ {#virus}\n\n## 次 {#next}\n\nです。",
    );
    office.edit(PAGE, "title = \"トップ\"", "title = \"マルウェア※に備える\"");
    office.edit(PAGE, "試験のためのページ。", "ウイルス※と不正プログラム※の説明。");
    office.edit(
        PAGE,
        "review_due",
        "revised = [{ date = 2026-04-01, note = \"CSIRT※を加えた。\" }]\nreview_due",
    );
    built(&office);
    for path in ["home.html", "feed.xml", "sitemap.html", "search/ja.js"] {
        let text = office.output(&format!("intranet/{path}"));
        let marks = text.matches('※').count();
        assert_eq!(marks, 0, "{path}: {text}");
    }
    let html = office.output("intranet/home.html");
    assert!(html.contains("<title>マルウェアに備える｜"), "{html}");
    assert!(html.contains("content=\"ウイルスと不正プログラムの説明。\""), "{html}");
    assert!(html.contains("<a href=\"#kinds\">マルウェアの種類</a>"), "{html}");
    assert!(!html.contains("doc-glossref"), "{html}");
    let said = said("## マルウエア※ {#a}\n\nです。");
    assert!(said.contains("エラー[unknown-term]"), "unknown even where it is not shown: {said}");
}

#[test]
fn point_16_links_lose_the_mark_with_a_warning_and_code_keeps_it() {
    let said = said("[マルウェア※の決まり](rules/update.md)です。");
    assert!(said.contains("警告[term-in-link]: リンクの中の ※ は付きません"), "{said}");
    assert!(said.contains("home.md:9:7"), "{said}");
    assert_eq!(
        prose("[マルウェア※の決まり](rules/update.md)です。"),
        "<p><a href=\"rules/update.html\">マルウェアの決まり</a>です。</p>"
    );
    assert_eq!(prose("`マルウエア※`です。"), "<p><code>マルウエア※</code>です。</p>");
    assert_eq!(prose("```\nマルウエア※\n```"), "<pre><code>マルウエア※\n</code></pre>");
    let address = prose("<https://example.jp/マルウエア※>です。");
    assert!(address.contains(">https://example.jp/マルウエア※</a>"), "{address}");
    let title = prose("[決まり](rules/update.md \"マルウエア※\")です。");
    assert!(title.contains("title=\"マルウエア※\""), "{title}");
    assert_eq!(
        prose("- マルウェア※\n- ウイルス※"),
        format!(
            "<ul>\n<li>{}</li>\n<li>{}</li>\n</ul>",
            link("マルウェア", "malware", 1),
            link("ウイルス", "virus", 1)
        )
    );
    assert!(
        prose("| 語 |\n| --- |\n| ウイルス※ |")
            .contains(&format!("<td>{}</td>", link("ウイルス", "virus", 1)))
    );
}

#[test]
fn point_17_definitions_link_to_each_other_within_the_glossary() {
    let office = office("ウイルス※です。");
    built(&office);
    let html = office.output("intranet/glossary.html");
    let use_in_definition =
        "<a class=\"term\" role=\"doc-glossref\" href=\"#t-malware\">マルウェア";
    assert!(html.contains(use_in_definition), "{html}");
    assert!(html.contains("<dt id=\"t-malware\">") && !html.contains("id=\"r-malware"), "{html}");
    let office = self::office("ウイルス※です。");
    office.edit("content/glossary/virus.md", "マルウェア※です", "CSIRT※が扱います");
    assert!(findings(&office.check()).contains("エラー[leak]: 用語「CSIRT」（庁内）"));
}

#[test]
fn point_18_the_first_plain_use_is_told() {
    let said = |markdown: &str| {
        let said = said(markdown);
        let found = said.find("お知らせ[unmarked-term]").map(|at| said[at..].to_owned());
        found.map(|text| text.lines().take(2).collect::<Vec<_>>().join("\n"))
    };
    assert_eq!(
        said("これはマルウェアとウイルスです。マルウェアです。").unwrap(),
        "お知らせ[unmarked-term]: 用語「マルウェア」「ウイルス」に ※ がありません\n  --> content/pages/home.md:9:4"
    );
    for text in [
        "マルウェア※です。次のマルウェアは二度目です。",
        "{マルウェア|まるうぇあ}※です。",
        "**マルウェア**※です。",
        "ネットウイルスです。",
        "アンチウイルスソフトです。",
        "XCSIRTとCSIRTSです。",
        "`マルウェア`です。",
        "[マルウェア](rules/update.md)です。",
        "## マルウェア {#m}\n\nです。",
        "不正プログラム※です。マルウェアです。",
    ] {
        assert_eq!(said(text), None, "{text}");
    }
    let residents = office(TEXT);
    residents.edit("content/pages/open.md", "お知らせです", "マルウェアとCSIRTのお知らせです");
    let said = findings(&residents.check());
    assert!(
        said.contains("お知らせ[unmarked-term]: 用語「マルウェア」に ※ がありません"),
        "{said}"
    );
    assert!(said.contains("まず、やさしい言い方に替えられないか"), "{said}");
}

#[test]
fn point_19_only_the_first_mark_of_a_section_stays_if_the_office_wants() {
    let markdown = "マルウェア※とマルウェア※です。\n\n## 次 {#next}\n\nマルウェア※です。";
    let office = office(markdown);
    let every = prose(markdown);
    assert_eq!(every.matches("※").count(), 3);
    assert_eq!(every.matches("doc-glossref").count(), 3);
    let site = std::fs::read_to_string(office.path("content/site.toml")).unwrap();
    office.write("content/site.toml", &format!("{site}\n[markdown]\nterm_marks = \"first\"\n"));
    built(&office);
    let html = office.output("intranet/home.html");
    let first = &html[html.find("<div class=\"prose\">").unwrap()
        ..html.find("<section class=\"page-terms").unwrap()];
    assert_eq!(first.matches("※").count(), 2, "{first}");
    assert_eq!(first.matches("doc-glossref").count(), 3, "{first}");
    assert!(first.contains("href=\"#t-malware\">マルウェア</a>です。</p>"), "{first}");
}

/// The terms of a glossary page in order.
fn order(html: &str) -> Vec<&str> {
    html.split("<dfn>").skip(1).map(|rest| rest.split('<').next().unwrap()).collect()
}

#[test]
fn point_20_the_order_is_that_of_a_dictionary() {
    let office = office(TEXT);
    for (id, term, reading) in [
        ("os", "ＯＳ", "おーえす"),
        ("backup", "バックアップ", "ばっくあっぷ"),
        ("hash", "ハッシュ値", "はっしゅち"),
        ("encryption", "暗号化", "あんごうか"),
        ("audit", "監査", "かんさ"),
    ] {
        let text = VIRUS.replace("ウイルス", term).replace("ういるす", reading);
        office.write(&format!("content/glossary/{id}.md"), &text);
    }
    built(&office);
    assert_eq!(
        order(&office.output("intranet/glossary.html")),
        ["CSIRT", "ＯＳ", "暗号化", "ウイルス", "監査", "バックアップ", "ハッシュ値", "マルウェア"]
    );
}

#[test]
fn point_21_rows_lead_on_and_empty_ones_are_text() {
    let office = office(TEXT);
    built(&office);
    let html = office.output("intranet/glossary.html");
    for words in [
        "<li><a href=\"#row-az\">A–Z</a></li>",
        "<h2 id=\"row-az\">英数字</h2>",
        "<li><a href=\"#row-a\">あ</a></li>",
        "<li><span>か</span></li>",
        // CSIRT is read しーさーと.
        "<li><a href=\"#row-sa\">さ</a></li>",
        "英数字で書く語：<a href=\"#t-csirt\">しーさーと（CSIRT）</a>",
        "<h2 id=\"row-ma\">ま行</h2>",
    ] {
        assert!(html.contains(words), "{words}\n{html}");
    }
    let public = office.output("public/glossary.html");
    assert!(public.contains("<li><span>A–Z</span></li>") && !public.contains("CSIRT"), "{public}");
}

#[test]
fn point_22_ids_of_terms_are_recorded_and_renamed_terms_are_still_found() {
    let office = office("ウイルス※です。");
    office.record_ids();
    assert!(
        std::fs::read_to_string(office.path("content/ids.toml"))
            .unwrap()
            .contains("    \"virus\",\n")
    );
    std::fs::remove_file(office.path("content/glossary/virus.md")).unwrap();
    office.write("content/glossary/computer-virus.md", VIRUS);
    let said = findings(&office.check());
    assert!(
        said.contains(
            "エラー[lost-id]: 公開した用語「virus」がなくなっています\n  --> content/ids.toml:"
        ),
        "{said}"
    );
    assert!(said.contains("`former = [\"virus\"]`"), "{said}");
    office.write(
        "content/glossary/computer-virus.md",
        &VIRUS.replacen("term =", "former = [\"virus\"]\nterm =", 1),
    );
    built(&office);
    for path in ["intranet/home.html", "intranet/glossary.html"] {
        let html = office.output(path);
        assert!(
            html.contains("<dt id=\"t-computer-virus\"><span id=\"t-virus\"></span>"),
            "{path}: {html}"
        );
    }
}

#[test]
fn point_23_terms_aliases_and_readings_are_found() {
    let office = office("マルウェア※です。");
    built(&office);
    let script = office.output("intranet/search/ja.js");
    let json = script.strip_prefix("siteSearch.index(").unwrap().strip_suffix(");\n").unwrap();
    let index: Value = serde_json::from_str(json).unwrap();
    let terms = index["terms"].as_array().unwrap();
    let malware = terms.iter().find(|term| term["term"] == "マルウェア").unwrap();
    let names = malware["names"].to_string();
    assert!(names.contains("まるうぇあ") && names.contains("不正プログラム"), "{malware}");
    assert!(malware.to_string().contains("害を与えるプログラムの総称。"), "{malware}");
}

#[test]
fn point_24_the_glossary_is_there_for_reuse() {
    let office = office("マルウェア※とウイルス※です。");
    built(&office);
    let html = office.output("intranet/glossary.html");
    let data = html.split("<script type=\"application/ld+json\">").nth(1).unwrap();
    let set: Value = serde_json::from_str(data.split("</script>").next().unwrap()).unwrap();
    assert_eq!(set["@type"], "DefinedTermSet");
    assert_eq!(set["hasDefinedTerm"][0]["name"], "CSIRT");
    assert_eq!(set["hasDefinedTerm"][0]["description"], "事故に対応する<人>の集まり。");
    assert_eq!(set["hasDefinedTerm"][2]["@id"], "#t-malware");

    let json: Value = serde_json::from_str(&office.output("intranet/glossary.json")).unwrap();
    let virus = &json["terms"][1];
    assert_eq!((&virus["id"], &virus["date"]), (&"virus".into(), &"2026-04-01".into()));
    assert_eq!(virus["source"], "市の計画");
    assert_eq!(virus["definition"], "ほかのファイルに入り込んで増えるマルウェアです。");
    assert_eq!(virus["url"], "glossary.html#t-virus");
    assert!(
        html.contains("出どころ：市の計画（<time datetime=\"2026-04-01\">令和8年4月1日</time>）"),
        "{html}"
    );

    let csv = office.output("intranet/glossary.csv");
    assert!(csv.starts_with("\u{FEFF}id,用語,読み,"), "{csv}");
    assert!(csv.contains("\r\nvirus,ウイルス,ういるす,,,増えるプログラム。,"), "{csv}");
    // The public copies hold public terms only.
    assert!(!office.output("public/glossary.json").contains("csirt"));
    assert!(!office.output("public/glossary.csv").contains("CSIRT"));
    // A cell is never a formula.
    office.edit("content/glossary/virus.md", "増えるプログラム。", "=1+1です、\\\"例\\\"。");
    built(&office);
    assert!(office.output("intranet/glossary.csv").contains(",\"'=1+1です、\"\"例\"\"。\","));
}

#[test]
fn point_25_every_fragment_of_a_term_is_there() {
    let office = office("マルウェア※、ウイルス※、CSIRT※、[語](glossary.md)です。");
    built(&office);
    for site in ["intranet", "public"] {
        for page in ["home", "open", "glossary", "print", "rules/update"] {
            if site == "public" && matches!(page, "home" | "rules/update" | "print") {
                continue;
            }
            let html = office.output(&format!("{site}/{page}.html"));
            for rest in html.split("href=\"#t-").skip(1) {
                let id = format!("id=\"t-{}\"", rest.split('"').next().unwrap());
                assert!(html.contains(&id), "{site}/{page}: {id}");
            }
            for rest in html.split("href=\"#r-").skip(1) {
                let id = format!("id=\"r-{}\"", rest.split('"').next().unwrap());
                assert!(html.contains(&id), "{site}/{page}: {id}");
            }
        }
    }
}

/// Pieces that may meet in a text.
const PIECES: [&str; 24] = [
    "マルウェア※",
    "ウイルス※",
    "**マルウェア**※と",
    "**ウイルス※**",
    "～～",
    "文です。",
    "、",
    "「",
    "」",
    "※ 注",
    "※1",
    "\\※",
    "`語※`",
    "[決まり](rules/update.md)",
    "\n",
    "\n\n",
    "- ",
    "{不正|ふせい}",
    "2026年4月1日",
    "*",
    "(",
    "CSIRT※",
    "a ",
    "ネット",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Marks are an addition: without them the visible text is the same.
    #[test]
    fn point_25_without_marks_the_visible_text_is_the_same(
        pieces in proptest::collection::vec(select(&PIECES[..]), 1..12),
    ) {
        let text = pieces.concat();
        let html = compiled(&text);
        let plain = compiled(&without_term_marks(&text));
        let words = |html: &str| -> String {
            visible(html).chars().filter(|&c| c != '※' && !c.is_whitespace()).collect()
        };
        proptest::prop_assert_eq!(words(&html), words(&plain), "{}", text);
    }

    /// No text breaks the dialect, and every place it tells of lies within the text.
    #[test]
    fn any_text_compiles(text in any_text()) {
        let fragment = site_gen::build::render_fragment(&text);
        if text.contains(['\u{E000}', '\u{E001}']) {
            proptest::prop_assert!(fragment.findings.contains("エラー[private-use]"), "{}", text);
        } else {
            proptest::prop_assert!(!fragment.html.contains(['\u{E000}', '\u{E001}']), "{}", text);
        }
    }
}

/// The text without the marks that stand behind a term; note marks are the author's words. In one
/// pass: what removing one mark brings together is no term of the author's.
fn without_term_marks(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let marked = ["マルウェア**※", "マルウェア※", "ウイルス※"];
        let found = marked.iter().find_map(|marked| {
            let behind = rest.strip_prefix(marked)?;
            let is_note = behind.starts_with(|c: char| c.is_whitespace() || c.is_ascii_digit());
            (!is_note).then(|| (marked.trim_end_matches('※'), behind))
        });
        match found {
            Some((term, behind)) => {
                plain.push_str(term);
                rest = behind;
            }
            None => {
                plain.push(first);
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    plain
}

fn any_text() -> impl Strategy<Value = String> {
    let signs = select(
        &[
            "*", "**", "~~", "※", "{", "|", "}", "[^", "]", "(", ")", "<", ">", "&", "#", "-",
            "年", "令和", "8", "月", "日", "\n", "\n\n", "　", " ", "\\", "`", "$", "語", "ご",
            "。", "ﾊﾟ", "①", "😀", "\u{FE01}", "\u{E000}", "\u{E001}", "http://", "::", "| --- |",
            ": ", "[x]", "{#a}", "alias=b",
        ][..],
    );
    let letters = any::<char>().prop_map(String::from);
    let piece = proptest::strategy::Union::new_weighted(vec![
        (8, signs.prop_map(ToOwned::to_owned).boxed()),
        (1, letters.boxed()),
    ]);
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// The prose of `text` with the fixture's glossary, errors or not.
fn compiled(text: &str) -> String {
    let office = office(TEXT);
    let page = std::fs::read_to_string(office.path(PAGE)).unwrap();
    office.write(PAGE, &page.replace(TEXT, text));
    let outcome = office.check();
    let checked = outcome.checked.unwrap();
    let index = checked.sites.find("home").unwrap();
    checked.bodies[index]
        .segments
        .iter()
        .map(|segment| match segment {
            site_gen::markdown::Segment::Html(html) => html.as_str(),
            site_gen::markdown::Segment::Figure(_) => "",
        })
        .collect()
}
