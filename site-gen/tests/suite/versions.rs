//! Other versions of a page: `.en.md` and `.easy.md`.

use crate::common::{Office, findings};

const ENGLISH: &str = r#"+++
title = "Rules for updates"
summary = "Update without delay."
translated = 2026-11-01
+++

## Rules {#rules}

### Update at once {#rule-1}

Update on the day you are told to. See the [home page](../home.md#top) and [rule 1](#rule-1).
"#;

const ENGLISH_HOME: &str = r#"+++
title = "Home page"
summary = "A page for tests."
owner = "IT Promotion Section"
translated = 2026-11-01
revised = [{ date = 2026-10-01, note = "Added the rules." }]
+++

## Start {#top}

Read the [rules](rules/update.md) and the [Japanese start](home.md).
"#;

const EASY: &str = r#"+++
title = "新しくする決まり"
summary = "すぐに新しくします。"
translated = 2026-11-01
+++

知らせが来たら、その日に新しくします。マルウェア※に気をつけます。
"#;

fn office() -> Office {
    let office = Office::new();
    office.edit("content/pages/home.md", "マルウェア※", "## 上 {#top}\n\nマルウェア※");
    office.write("content/pages/rules/update.en.md", ENGLISH);
    office.write("content/pages/rules/update.easy.md", EASY);
    office.write("content/pages/home.en.md", ENGLISH_HOME);
    office
}

#[test]
fn versions_stand_beside_their_page() {
    let office = office();
    let (outcome, built) = office.build();
    assert_eq!(built.len(), 2, "{}", findings(&outcome));
    let english = office.output("intranet/rules/update.en.html");
    assert!(english.contains("<html lang=\"en\">"));
    assert!(
        english.contains(">Skip to the text</a>") && !english.contains("<dt>Last revised</dt>")
    );
    assert!(english.contains("<dd lang=\"ja\">IT推進課 担当</dd>"));
    assert!(english.contains("<time datetime=\"2022-04-01\">1 April 2022</time>"));
    let easy = office.output("intranet/rules/update.easy.html");
    assert!(easy.contains("<html lang=\"ja\">") && easy.contains("2022年4月1日"));
    assert!(easy.contains("href=\"#t-malware\""));
    let own = office.output("intranet/home.en.html");
    assert!(
        own.contains("<dd>IT Promotion Section</dd>") && own.contains("<td>Added the rules.</td>")
    );
    for public in ["rules/update.en.html", "rules/update.easy.html", "home.en.html"] {
        assert!(!office.path("dist/public").join(public).exists(), "{public}");
    }
}

#[test]
fn every_version_leads_to_the_others() {
    let office = office();
    office.build();
    for page in ["update", "update.en", "update.easy"] {
        let html = office.output(&format!("intranet/rules/{page}.html"));
        for (file, hreflang, label) in [
            ("update", "ja", "日本語"),
            ("update.en", "en", "English"),
            ("update.easy", "ja", "やさしい日本語"),
        ] {
            let start =
                format!("<a href=\"{file}.html\" hreflang=\"{hreflang}\" lang=\"{hreflang}\"");
            let at = html.find(&start).unwrap_or_else(|| panic!("{page} leads to {file}"));
            let link = &html[at..at + html[at..].find("</a>").unwrap()];
            assert!(link.ends_with(&format!(">{label}")), "{link}");
            assert_eq!(link.contains("aria-current"), file == page, "{link}");
        }
    }
    assert!(!office.output("public/open.html").contains("lang-switch"));
}

#[test]
fn english_pages_prefer_english_pages() {
    let office = office();
    office.build();
    let rules = office.output("intranet/rules/update.en.html");
    assert!(rules.contains("<a href=\"../home.en.html#top\">home page</a>"));
    let home = office.output("intranet/home.en.html");
    assert!(home.contains("<a href=\"rules/update.en.html\">rules</a>"));
    assert!(
        office.output("intranet/home.html").contains("<a href=\"rules/update.html\">決まり</a>")
    );
}

#[test]
fn search_engines_are_told_the_languages() {
    let office = office();
    office.build();
    let base = "http://intra.example/security/rules/update";
    for (file, canonical, alternates) in [
        ("update", format!("{base}.html"), 2),
        ("update.en", format!("{base}.en.html"), 2),
        ("update.easy", format!("{base}.easy.html"), 0),
    ] {
        let html = office.output(&format!("intranet/rules/{file}.html"));
        assert!(html.contains(&format!("<link rel=\"canonical\" href=\"{canonical}\">")), "{file}");
        assert_eq!(html.matches("<link rel=\"alternate\" hreflang=").count(), alternates, "{file}");
    }
    let sitemap = office.output("intranet/sitemap.xml");
    assert!(sitemap.contains(&format!("<loc>{base}.en.html</loc><lastmod>2026-11-01</lastmod><xhtml:link rel=\"alternate\" hreflang=\"ja\" href=\"{base}.html\"/>")), "{sitemap}");
    assert!(sitemap.contains(&format!("<loc>{base}.easy.html</loc>")));
}

#[test]
fn faults_of_versions() {
    for (path, from, to, expected) in [
        ("rules/update.en.md", "translated = 2026-11-01\n", "", "`translated` がありません"),
        (
            "rules/update.en.md",
            "summary",
            "visibility = \"public\"\nsummary",
            "エラー[version-visibility]: 公開範囲（公開）が、元のページ（庁内）と違います",
        ),
        ("rules/update.en.md", "#rule-1)", "#rule-9)", "`#rule-9` という見出しがありません"),
        (
            "rules/update.en.md",
            "../home.md",
            "../home.easy.md",
            "「home」にやさしい日本語の版がありません",
        ),
        (
            "home.en.md",
            "Home page",
            "Rules for updates",
            "題名「Rules for updates」のページが二つあります",
        ),
        (
            "rules/update.md",
            "review_due",
            "revised = [{ date = 2026-11-10, note = \"改めた。\" }]\nreview_due",
            "警告[stale-version]: Englishの版（令和8年11月1日）が、元のページの改定（令和8年11月10日）より古く",
        ),
    ] {
        let office = office();
        office.edit(&format!("content/pages/{path}"), from, to);
        let text = findings(&office.check());
        assert!(text.contains(expected), "{path}: {expected}\n{text}");
    }
}

#[test]
fn versions_without_a_page() {
    let office = office();
    office.write("content/pages/rules/updat.en.md", ENGLISH);
    office.write("content/pages/home.fr.md", ENGLISH);
    let text = findings(&office.check());
    assert!(
        text.contains("エラー[page-version]: 元のページ `rules/updat.md` がありません"),
        "{text}"
    );
    assert!(text.contains("rules/update"), "{text}");
    assert!(text.contains("`名前.en.md`"), "{text}");
}

#[test]
fn a_draft_of_a_page_takes_its_versions_along() {
    let office = office();
    office.edit("content/pages/home.md", "[決まり](rules/update.md)", "決まり");
    office.edit("content/pages/home.en.md", "[rules](rules/update.md)", "rules");
    office.edit("content/pages/rules/update.md", "review_due", "status = \"draft\"\nreview_due");
    let (outcome, _) = office.build();
    assert!(!outcome.report.has_errors(), "{}", findings(&outcome));
    assert!(!office.path("dist/intranet/rules").exists());
}

#[test]
fn the_site_speaks_english_where_it_can() {
    let office = office();
    let plain = {
        office.build();
        office.output("intranet/home.en.html")
    };
    assert!(plain.contains("lang=\"ja\">試験市 庁内</a>"));
    let site = std::fs::read_to_string(office.path("content/site.toml")).unwrap();
    office.write(
        "content/site.toml",
        &(site + "[sites.en]\ntitle = \"Test City\"\nlabel = \"Staff\"\nhelp = [\"Stop.\"]\n"),
    );
    office.build();
    let html = office.output("intranet/home.en.html");
    assert!(html.contains(">Test City</a>") && html.contains("<li>Stop.</li>"), "{html}");
    assert!(html.contains("<title>Home page｜Staff</title>"));
    assert!(!office.output("intranet/home.html").contains("Test City"));
}

#[test]
fn headings_are_those_of_the_original() {
    let office = office();
    assert!(!findings(&office.check()).contains("version-heading"));
    office.edit("content/pages/rules/update.en.md", "{#rule-1}", "{#rule-one}");
    office.edit("content/pages/rules/update.en.md", "(#rule-1)", "(#rule-one)");
    office.edit("content/pages/rules/update.easy.md", "知らせが", "## 次 {#next}\n\n知らせが");
    let text = findings(&office.check());
    for told in [
        "警告[version-heading]: 見出しの id「rule-one」が、元のページにありません\n  --> content/pages/rules/update.en.md:9:1\n  元のページ: content/pages/rules/update.md:2:9\n  対処: 「rule-1」のことですか。\n  対処: 元のページの、同じ内容の見出しと同じ `{#id}` を付けます。\n",
        "警告[version-heading]: 元のページの見出し「ルール1　すぐに更新する」（`#rule-1`）に当たるものが、英語の版にありません\n  --> content/pages/rules/update.en.md:2:9\n  元のページ: content/pages/rules/update.md:2:9\n  対処: 訳を加えるか、当たる見出しに同じ `{#id}` を付けます。\n",
        "警告[version-heading]: 見出しの id「next」が、元のページにありません\n  --> content/pages/rules/update.easy.md:7:1\n",
    ] {
        assert!(text.contains(told), "{text}");
    }
    assert_eq!(text.matches("version-heading").count(), 3, "{text}");
}
