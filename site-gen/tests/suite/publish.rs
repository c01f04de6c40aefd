//! Whole runs: what lands on disk, what never does, and what stays when something is wrong.

use std::collections::BTreeMap;
use std::path::Path;

use crate::common::{Office, findings};

fn snapshot(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().display().to_string();
            (path, std::fs::read(entry.path()).unwrap())
        })
        .collect()
}

#[test]
fn sites_hold_what_their_level_allows() {
    let office = Office::new();
    let (_, built) = office.build();
    assert_eq!(built.len(), 2);
    let pages = |site: &str| -> Vec<String> {
        snapshot(&office.path("dist").join(site))
            .into_keys()
            .filter(|path| path.ends_with(".html"))
            .collect()
    };
    assert_eq!(
        pages("public"),
        ["404.html", "index.html", "open.html", "search.html", "sitemap.html"]
    );
    assert_eq!(
        pages("intranet"),
        [
            "404.html",
            "home.html",
            "index.html",
            "open.html",
            "print.html",
            "rules/update.html",
            "search.html",
            "sitemap.html"
        ]
    );
}

#[test]
fn files_for_web_servers() {
    let office = Office::new();
    office.edit(
        "content/pages/open.md",
        "visibility =",
        "revised = [{ date = 2026-05-01, note = \"窓口を加えた。\" }]\nvisibility =",
    );
    office.build();
    assert_eq!(
        office.output("public/robots.txt"),
        "User-agent: *\nAllow: /\nSitemap: https://public.example/sitemap.xml\n"
    );
    assert_eq!(office.output("intranet/robots.txt"), "User-agent: *\nDisallow: /\n");
    let sitemap = office.output("public/sitemap.xml");
    assert!(
        sitemap
            .contains("<loc>https://public.example/open.html</loc><lastmod>2026-05-01</lastmod>")
    );
    assert!(!sitemap.contains("home.html"));
    let feed = office.output("public/feed.xml");
    assert!(feed.contains("<summary>窓口を加えた。</summary>"), "{feed}");
    let page = office.output("intranet/rules/update.html");
    assert!(
        page.contains("rel=\"canonical\" href=\"http://intra.example/security/rules/update.html\"")
    );
}

#[test]
fn without_base_url_nothing_needs_it() {
    let office = Office::new();
    office.edit("content/site.toml", "base_url = \"https://public.example/\"\n", "");
    let (outcome, _) = office.build();
    assert!(outcome.report.to_text(&outcome.sources).contains("お知らせ[no-base-url]"));
    for file in ["sitemap.xml", "feed.xml", "404.html"] {
        assert!(!office.path("dist/public").join(file).exists(), "{file}");
    }
    assert!(!office.output("public/open.html").contains("canonical"));
}

#[test]
fn same_input_same_bytes_elsewhere() {
    let (here, there) = (Office::new(), Office::new());
    here.build();
    there.build();
    there.build();
    assert_eq!(snapshot(&here.path("dist")), snapshot(&there.path("dist")));
}

#[test]
fn unchanged_files_are_not_written_again() {
    let office = Office::new();
    office.build();
    let (_, again) = office.build();
    assert!(again.iter().all(|site| site.published.changed == 0));
    office.edit("content/pages/open.md", "お知らせです。", "お知らせでした。");
    let (_, changed) = office.build();
    // The page itself, and the index of its site.
    assert!(changed.iter().all(|site| site.published.changed == 2), "{changed:?}");
}

#[test]
fn a_mistake_leaves_the_old_site() {
    let office = Office::new();
    office.build();
    let before = snapshot(&office.path("dist"));
    office.edit("content/pages/home.md", "マルウェア※", "ウイルス※");
    let (outcome, built) = office.build();
    assert!(outcome.report.has_errors() && built.is_empty());
    assert_eq!(snapshot(&office.path("dist")), before);
}

/// A sentence of an intranet page that reaches the public site through a setting, which the typed
/// check cannot know: the scan of the bytes stops it.
#[test]
fn a_copied_secret_stops_the_build() {
    const SECRET: &str = "金庫の合言葉は毎週月曜日の朝に総務課で変えることになっています";
    for from in ["title = \"試験市の情報セキュリティ\"", "label = \"公開\""] {
        let office = Office::new();
        office.edit(
            "content/pages/rules/update.md",
            "通知が出たら、その日のうちに更新します",
            SECRET,
        );
        office.build();
        let before = snapshot(&office.path("dist"));
        let key = from.split(' ').next().unwrap();
        office.edit("content/site.toml", from, &format!("{key} = \"{SECRET}\""));
        let (outcome, built) = office.build();
        let text = outcome.report.to_text(&outcome.sources);
        assert!(text.contains("エラー[leak]: サイト「public」"), "{from}: {text}");
        assert!(built.is_empty());
        assert_eq!(snapshot(&office.path("dist")), before);
    }
}

#[test]
fn figures_follow_the_data() {
    let office = Office::new();
    office.edit("content/pages/home.md", "です。", "です。\n\n```org-chart\n```");
    office.build();
    let before = office.output("intranet/home.html");
    assert!(before.contains(">最高責任者</text>") && before.contains("（副市長）"));
    office.edit("content/data/organization.toml", "最高責任者", "情報責任者");
    office.write(
        "content/data/organization.toml",
        &(std::fs::read_to_string(office.path("content/data/organization.toml")).unwrap()
            + "[[boxes]]\nid = \"chief\"\ntitle = \"統括責任者\"\nholder = \"総務部長\"\nparent = \"ciso\"\nline = \"inferred\"\n"),
    );
    office.build();
    let after = office.output("intranet/home.html");
    assert!(after.contains(">情報責任者</text>") && after.contains(">統括責任者</text>"));
    assert!(after.contains("<strong>統括責任者</strong>（総務部長）［線は推定］"));
    assert_eq!(after.matches("org-line--inferred").count(), 1);
}

/// A sentence of the staff site is no secret where the public site says the same.
#[test]
fn what_the_public_says_is_open_everywhere() {
    let (title, part) = (
        "市民の皆さんのための情報セキュリティの手引き",
        "困ったときはすぐに警察と市役所の両方へ知らせます",
    );
    let office = Office::new();
    office.edit(
        "content/pages/home.md",
        "マルウェア※に備える",
        &format!("- {title}\n- {part}\n\nマルウェア※に備える"),
    );
    let from = "title = \"市民の皆さんへ\"";
    office.edit("content/pages/open.md", from, &format!("title = \"{title}\""));
    office.edit("content/pages/open.md", "お知らせ", &format!("お知らせに{part}と書いた記事"));
    let (outcome, built) = office.build();
    assert_eq!(built.len(), 2, "{}", outcome.report.to_text(&outcome.sources));
}

/// The scan of finished bytes knows nothing of how they came about.
#[test]
fn the_scan_finds_what_rendering_should_never_write() {
    use site_gen::leak::{Scanner, Sentences};
    let office = Office::new();
    office.edit(
        "content/pages/home.md",
        "マルウェア※に備える",
        "この文は庁内で働く職員の人だけが読むものです。",
    );
    let outcome = office.check();
    let checked = outcome.checked.as_ref().unwrap();
    let sentences =
        Sentences::gather(checked, &outcome.sources, site_gen::visibility::Visibility::Public);
    let scanner = Scanner::new(checked, &sentences, 0);
    let told = |path: &str, text: &str| -> Vec<String> {
        let found = scanner.scan(path, text.as_bytes());
        found.iter().map(|finding| format!("[{}] {}", finding.code, finding.message)).collect()
    };
    let secret = "この文は庁内で働く職員の<b>人だけが</b>読む<ruby>もの<rt>もの</rt></ruby>です。";
    let secret = secret.replace("<b>", "<a href=\"b.html\">").replace("</b>", "</a>");
    for (path, text) in [
        ("a.html", format!("<p>{secret}</p>")),
        ("a.html", "<img alt=\"この文は庁内で働く職員の人だけが読むものです\">".to_owned()),
        ("a.js", r#"["この文は庁内で働く職員の人\u3060けが読むものです"]"#.to_owned()),
        ("a.txt", "この文は、いいえ。この文は庁内で働く職員の人だけが読むものです".to_owned()),
    ] {
        let found = told(path, &text);
        assert!(
            found.iter().any(|words| words.contains("[leak] サイト「public」")),
            "{text}: {found:?}"
        );
    }
    assert!(
        told("c.js", r#"{"page":"rules/update"}"#)[0]
            .contains("載っていないページ「rules/update」")
    );
    assert!(told("b.html", "<p>この文は市内に住む市民の皆さんが読むものです。</p>").is_empty());
    // `a.html` leads to `b.html`, which is there; this leads nowhere.
    assert!(scanner.dead_links().is_empty());
    told("d.html", "<a href=\"none.html#x\">先</a>");
    let dead: Vec<_> = scanner.dead_links();
    assert_eq!(format!("[{}]", dead[0].code), "[dead-link]");
    assert!(dead[0].message.contains("`d.html` から `none.html#x`"), "{}", dead[0].message);
}

#[test]
fn a_book_of_too_many_rules_is_not_made() {
    let office = Office::new();
    let rule = std::fs::read_to_string(office.path("content/pages/rules/update.md")).unwrap();
    for page in 0..320 {
        let text = rule.replace("更新の決まり", &format!("決まり{page}"));
        office.write(&format!("content/pages/rules/p{page}.md"), &text);
    }
    let text = findings(&office.check());
    assert!(text.contains("お知らせ[no-whole-page]: サイト「intranet」の決まりは"), "{text}");
}
