//! What surrounds the text of every page.

use sha2::{Digest as _, Sha256};

use crate::common::{Office, findings};

const CONTACTS: &str = r#"
[[contacts]]
when = "平日の日中"
who = "担当者"
how = "内線へ電話"
phone = "内線100"
[[contacts]]
when = "夜間・休日"
who = "守衛室"
how = "電話"
[[contacts]]
when = "平日の日中"
who = "市民相談"
how = "電話"
visibility = "public"
audience = "public"
[[feedback]]
who = "IT推進課"
phone = "内線200"
mail = "it+page@example.jp"
"#;

const BASIC: &str = r##"+++
title = "基本の方針"
summary = "守る目的。"
owner = "IT推進課 担当"
layer = "基本方針"
approver = "委員会"
established = 2022-04-01
review_due = 2030-03-31
revised = [{ date = 2025-04-01, note = "文を改めた。" }, { date = 2025-04-01, note = "目次を付けた。" }]
+++

## 目的 {#aim}

マルウェア※から守ります。[ルール1](rules/update.md#rule-1)と[トップ](home.md)を読み、[目的](#aim)に戻ります。
"##;

#[test]
fn contacts_stand_on_every_page_by_day_and_by_night() {
    let office = Office::new();
    office.write("content/data/contacts.toml", CONTACTS);
    office.build();
    for page in ["home", "rules/update", "open"] {
        let html = office.output(&format!("intranet/{page}.html"));
        let day = "<dt>平日の日中</dt><dd>担当者（内線100）</dd></div>";
        assert!(html.contains(day), "{page}: {html}");
        assert!(html.contains("<dt>夜間・休日</dt><dd>守衛室</dd>"), "{page}");
    }
    let public = office.output("public/open.html");
    assert!(public.contains("<dd>市民相談</dd>") && !public.contains("守衛室"), "{public}");
    office.edit("content/data/contacts.toml", "内線100", "内線101");
    office.build();
    assert!(office.output("intranet/home.html").contains("担当者（内線101）"));
}

#[test]
fn feedback_names_the_page() {
    let office = Office::new();
    office.write("content/data/contacts.toml", CONTACTS);
    office.build();
    let html = office.output("intranet/rules/update.html");
    assert!(html.contains("知らせる先：IT推進課（内線200）"), "{html}");
    assert!(html.contains("<code data-clause>rules/update</code>"));
    let start = html.find("mailto:it+page@example.jp?subject=").unwrap();
    let link = &html[start..start + html[start..].find('"').unwrap()];
    assert!(link.contains("rules%2Fupdate") && !link.contains(char::is_whitespace), "{link}");
    assert!(link.contains("%E6%B1%BA%E3%81%BE%E3%82%8A%EF%BC%9A"), "ends with the clause: {link}");
    assert!(!office.output("public/open.html").contains("page-feedback"), "intranet by default");
    office.edit("content/data/contacts.toml", "it+page@example.jp", "it@a@b");
    assert!(
        findings(&office.check()).contains("エラー[mail]: メールアドレス「it@a@b」が使えません")
    );
}

#[test]
fn paper_says_which_text_it_is() {
    let office = Office::new();
    office.write("content/pages/basic.md", BASIC);
    office.build();
    let html = office.output("intranet/basic.html");
    let text = BASIC.split("+++\n").nth(2).unwrap();
    let digest: String =
        Sha256::digest(text.as_bytes()).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    assert!(html.contains(&format!("本文の版：{digest}")), "{html}");
    assert!(html.contains("このページ：http://intra.example/security/basic.html"));
    assert!(html.contains("最終改定日 令和7年4月1日"));
}

#[test]
fn all_rules_on_one_page() {
    let office = Office::new();
    office.write("content/pages/basic.md", BASIC);
    office.build();
    let html = office.output("intranet/print.html");
    let at = |words: &str| html.find(words).unwrap_or_else(|| panic!("no `{words}` in {html}"));
    assert!(at("id=\"basic\"") < at("id=\"rules_update\""), "the basic policy comes first");
    assert!(
        html.contains("<h3 id=\"basic__aim\">")
            && html.contains("<h4 id=\"rules_update__rule-1\">")
    );
    // Within the book a link stays in the book, elsewhere it leads to the page.
    assert!(html.contains("<a href=\"#rules_update__rule-1\">ルール1</a>"), "{html}");
    assert!(html.contains("<a href=\"#basic__aim\">目的</a>"));
    assert!(html.contains("<a href=\"home.html\">トップ</a>"));
    // The terms of all rules once, with the numbers of the rules that use them.
    assert!(html.contains("href=\"#t-malware\"") && html.matches("id=\"t-malware\"").count() == 1);
    assert!(
        html.contains(
            "<a href=\"#basic\">1<span class=\"visually-hidden\">「基本の方針」</span></a>"
        )
    );
    // Every rule page leads here, others do not.
    assert!(office.output("intranet/rules/update.html").contains("href=\"../print.html\""));
    assert!(!office.path("dist/public/print.html").exists(), "no rules, no book");
    assert!(!office.output("public/open.html").contains("print.html"));
}

#[test]
fn the_site_map_lists_every_page() {
    let office = Office::new();
    office.write(
        "content/pages/elsewhere/far.md",
        &BASIC.replace("rules/", "../rules/").replace("home.md", "../home.md"),
    );
    office.build();
    let html = office.output("intranet/sitemap.html");
    for page in ["home", "open", "rules/update", "elsewhere/far"] {
        assert!(html.contains(&format!("<a href=\"{page}.html\">")), "{page}: {html}");
    }
    assert!(html.contains("href=\"feed.xml\"") && html.contains("href=\"print.html\""));
    assert!(!office.output("public/sitemap.html").contains("rules/update"));
    assert!(office.output("intranet/rules/update.html").contains("<a href=\"../sitemap.html\">"));
}

#[test]
fn names_of_generated_pages_are_taken() {
    let office = Office::new();
    office.write("content/pages/print.md", BASIC);
    office.edit("content/pages/home.md", "review_due", "aliases = [\"sitemap\"]\nreview_due");
    let text = findings(&office.check());
    for name in ["print", "sitemap"] {
        assert!(text.contains(&format!("エラー[reserved-name]: 「{name}」")), "{text}");
    }
}

#[test]
fn readings_can_be_put_away_where_there_are_some() {
    let office = Office::new();
    office.edit(
        "content/pages/open.md",
        "市民の皆さんへのお知らせ",
        "{市民|しみん}の皆さんへのお知らせ",
    );
    office.build();
    assert!(office.output("public/open.html").contains("data-ruby aria-pressed=\"true\" hidden"));
    assert!(!office.output("intranet/home.html").contains("data-ruby"));
}

#[test]
fn an_urgent_notice_stands_on_every_page() {
    let office = Office::new();
    let site = std::fs::read_to_string(office.path("content/site.toml")).unwrap();
    let banner =
        "[sites.banner]\ntitle = \"停電\"\ntext = \"夕方まで止まります。\"\ndate = 2026-11-20\n";
    office.write("content/site.toml", &(site + banner));
    office.build();
    for page in ["home", "open", "rules/update", "sitemap", "print"] {
        let html = office.output(&format!("intranet/{page}.html"));
        assert!(html.contains("緊急のお知らせ：<span>停電</span>"), "{page}: {html}");
    }
    assert!(!office.output("public/open.html").contains("停電"));
}

#[test]
fn two_changes_of_a_day_are_two_entries_of_the_feed() {
    let office = Office::new();
    office.write("content/pages/basic.md", BASIC);
    office.build();
    let feed = office.output("intranet/feed.xml");
    let base = "http://intra.example/security/basic.html#2025-04-01";
    assert!(
        feed.contains(&format!("<id>{base}</id>")) && feed.contains(&format!("<id>{base}-2</id>")),
        "{feed}"
    );
}

#[test]
fn a_lost_reader_finds_the_way_from_any_address() {
    let office = Office::new();
    office.build();
    let html = office.output("intranet/404.html");
    for target in ["home.html", "sitemap.html", "assets/style-"] {
        assert!(
            html.contains(&format!("href=\"http://intra.example/security/{target}")),
            "{target}: {html}"
        );
    }
    assert!(!html.contains("href=\"home") && !html.contains("src="));
}

/// Whatever may run or be fetched is named; nothing may be sent.
#[test]
fn the_policy_of_every_page_is_strict() {
    let office = Office::new();
    office.build();
    for page in ["home", "sitemap", "print", "index", "404"] {
        let html = office.output(&format!("intranet/{page}.html"));
        assert!(
            html.contains("http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'"),
            "{page}"
        );
        for loose in ["unsafe", "data:", "http:;", "*"] {
            let policy = html.split("Content-Security-Policy\" content=\"").nth(1).unwrap();
            let policy = policy.split('"').next().unwrap();
            assert!(!policy.contains(loose), "{page}: {policy}");
        }
        for inline in [" style=\"", "<style", " onclick=", "<script>"] {
            assert!(!html.contains(inline), "{page} has {inline}");
        }
    }
}

#[test]
fn marks_in_an_urgent_notice_would_be_shown_as_they_are() {
    for (text, mark) in [
        ("**夕方**まで止まります。", "**"),
        ("[停電の案内](https://example.jp/)を見ます。", "]("),
        ("マルウェア※に注意。", "※"),
        ("{夕方|ゆうがた}まで。", "{…|…}"),
    ] {
        let office = Office::new();
        let site = std::fs::read_to_string(office.path("content/site.toml")).unwrap();
        let banner = format!(
            "[sites.banner]\ntitle = \"停電\"\ntext = \"{text}\"\ndate = 2026-11-20\n[sites.en]\nbanner_text = \"{text}\"\n"
        );
        office.write("content/site.toml", &(site + &banner));
        let told = findings(&office.check());
        for line in [29, 32] {
            let expected = format!(
                "警告[literal-mark]: ここでは `{mark}` が文字のまま出ます\n  --> content/site.toml:{line}:"
            );
            assert!(told.contains(&expected), "{told}");
        }
        assert!(told.contains("  対処: お知らせの題と文には、強調、リンク、※、読みを書けません。ふつうの文にします。\n"), "{told}");
    }
}
