//! Nothing reaches a site that it may not show: by reference, by copy, by any way out.

use std::collections::BTreeMap;
use std::fs;

use crate::common::{Office, findings};

/// Short, so that no scan for whole sentences finds it.
const SECRET: &str = "金庫番号4711";

const OPEN: &str = r##"+++
title = "市民の皆さんへ"
summary = "公開のページ。"
owner = "IT推進課 担当"
layer = "解説"
review_due = 2030-03-31
visibility = "public"
revised = [{ date = 2026-05-01, note = "窓口を加えた。" }]
legal_basis = ["地方自治法"]
source = "市の計画"
class = "公開"
aliases = ["welcome"]
+++

CSIRT※が、市民の皆さんの{情報|じょうほう}を守ります。

![市役所の写真](../assets/hall.svg)

## 体制 {#people}

```org-chart
```

```contacts
```

```cards
```

```self-check residents
```
"##;

const ENGLISH: &str = r##"+++
title = "To residents"
summary = "A public page."
translated = 2026-05-01
+++

We protect your information.

## People {#people}

Ask us.
"##;

const GLOSSARY: &str = r#"+++
title = "用語集"
summary = "言葉の意味。"
owner = "IT推進課 担当"
layer = "解説"
review_due = 2030-03-31
visibility = "public"
+++

言葉の意味です。

```glossary
```
"#;

const CSIRT: &str = r#"+++
term = "CSIRT"
reading = "しーさーと"
english = "incident team"
aliases = ["対応班"]
short = "事故に対応する人の集まり。"
visibility = "public"
source = "市の計画"
+++

事故に対応する人の集まりです。
"#;

const INSIDE: &str = r#"+++
term = "内線表"
reading = "ないせんひょう"
aliases = ["内線一覧"]
short = "庁内の内線の表。"
+++

庁内の内線の表です。
"#;

const RESIDENTS: &str = r#"
id = "residents"
revision = 1
title = "かんたんチェック"
visibility = "public"
[[categories]]
id = "mail"
title = "メール"
[[questions]]
id = "r-ma1"
rev = 1
kind = "single"
category = "mail"
weight = 1
prompt = "怪しいメールが届きました。"
choices = [{ id = "a", text = "開く" }, { id = "b", text = "開かない" }]
correct = ["b"]
explanation = "開かないのが安全です。"
page = "open"
action = "窓口を控える。"
"#;

const CONTACTS: &str = r#"
[[contacts]]
when = "平日"
who = "市民相談"
how = "電話"
visibility = "public"
[[feedback]]
who = "広報課"
visibility = "public"
"#;

/// A public site with every way out, and an intranet that knows more.
fn office() -> Office {
    let office = Office::new();
    for (path, text) in [
        ("pages/open.md", OPEN),
        ("pages/open.en.md", ENGLISH),
        ("pages/glossary.md", GLOSSARY),
        ("glossary/csirt.md", CSIRT),
        ("glossary/inside.md", INSIDE),
        ("checks/residents.toml", RESIDENTS),
        ("data/contacts.toml", CONTACTS),
        ("assets/hall.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ] {
        office.write(&format!("content/{path}"), text);
    }
    office.edit("content/pages/home.md", "マルウェア※に", "マルウェア※と内線表※に");
    office.edit(
        "content/pages/rules/update.md",
        "通知が出たら",
        &format!("{SECRET}。通知が出たら"),
    );
    let site = fs::read_to_string(office.path("content/site.toml")).unwrap();
    let site = site.replacen(
        "report = \"open\"\n",
        "report = \"open\"\nhelp = [\"電話する。\"]\n[[sites.cards]]\npage = \"open\"\ntitle = \"読む\"\n\
         text = \"はじめに。\"\n[sites.banner]\ntitle = \"停電\"\ntext = \"夕方まで。\"\ndate = 2026-11-01\n\
         [sites.en]\ntitle = \"Test City\"\n",
        1,
    );
    office.write("content/site.toml", &format!("{site}[[forbidden]]\ntext = \"{SECRET}\"\n"));
    office
}

fn snapshot(office: &Office, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let root = office.path(folder);
    walkdir::WalkDir::new(&root)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'))
        .map(|entry| {
            let path = entry.path().strip_prefix(&root).unwrap().display().to_string();
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// The right content, published once; spoiled again and again.
struct Published {
    office: Office,
    content: BTreeMap<String, Vec<u8>>,
    output: BTreeMap<String, Vec<u8>>,
}

impl Published {
    fn new() -> Self {
        let office = office();
        let (outcome, built) = office.build();
        assert_eq!(built.len(), 2, "the right content\n{}", findings(&outcome));
        let (content, output) = (snapshot(&office, "content"), snapshot(&office, "dist"));
        Self { office, content, output }
    }

    /// Spoils the content and builds: nothing may be published, and the findings must name every
    /// part of `named`. Then the content is right again.
    fn refuses(&self, what: &str, spoil: impl FnOnce(&Office), named: &[&str]) {
        spoil(&self.office);
        let (outcome, built) = self.office.build();
        let text = findings(&outcome);
        assert!(outcome.report.has_errors() && built.is_empty(), "{what} was published\n{text}");
        for part in named {
            assert!(text.contains(part), "{what}: no `{part}`\n{text}");
        }
        assert_eq!(snapshot(&self.office, "dist"), self.output, "{what} changed the output");
        let content = self.office.path("content");
        fs::remove_dir_all(&content).unwrap();
        for (path, bytes) in &self.content {
            fs::create_dir_all(content.join(path).parent().unwrap()).unwrap();
            fs::write(content.join(path), bytes).unwrap();
        }
    }
}

fn refuses(what: &str, spoil: impl FnOnce(&Office), named: &[&str]) {
    Published::new().refuses(what, spoil, named);
}

#[test]
fn the_right_site_is_published_and_residents_read_of_csirt() {
    let office = office();
    let (outcome, built) = office.build();
    assert_eq!(built.len(), 2, "{}", findings(&outcome));
    assert!(office.output("public/open.html").contains("CSIRT"));
    for (path, bytes) in snapshot(&office, "dist") {
        let found = String::from_utf8_lossy(&bytes).contains(SECRET);
        assert!(!found || !path.starts_with("public/"), "{path}");
    }
    assert!(office.output("intranet/rules/update.html").contains(SECRET), "staff may read it");
    // Built without the program of the self-check, which the page asks for.
    let said = findings(&outcome);
    assert!(said.contains("お知らせ[no-widget]"), "{said}");
    assert!(said.contains("--> content/pages/open.md:") && said.contains("`--widget "), "{said}");
}

/// A secret planted in each place that reaches a public file: each stops the build, and both the
/// place that says it is secret and the place that has it are named.
#[test]
fn a_secret_stops_the_build_wherever_it_is_planted() {
    let plants: [(&str, &str, &str, &str); 29] = [
        ("title", "pages/open.md", "title = \"市民の", "title = \"@市民の"),
        ("summary", "pages/open.md", "公開のページ。", "@"),
        ("owner", "pages/open.md", "IT推進課 担当", "IT推進課 @"),
        ("class", "pages/open.md", "class = \"公開\"", "class = \"@\""),
        ("law", "pages/open.md", "地方自治法", "@"),
        ("source", "pages/open.md", "市の計画", "@"),
        ("feed", "pages/open.md", "窓口を加えた。", "@を加えた。"),
        ("body", "pages/open.md", "を守ります。", "を守ります。@です。"),
        ("marked up", "pages/open.md", "を守ります。", "を守ります。**金庫**番号`4711`"),
        ("full width", "pages/open.md", "を守ります。", "を守ります。金庫番号４７１１"),
        ("reading", "pages/open.md", "じょうほう", "@"),
        ("alt text", "pages/open.md", "市役所の写真", "@の写真"),
        ("heading", "pages/open.md", "## 体制", "## @の体制"),
        ("English title", "pages/open.en.md", "To residents", "@"),
        ("English version", "pages/open.en.md", "Ask us.", "Ask @."),
        ("term", "glossary/csirt.md", "term = \"CSIRT\"", "term = \"CSIRT\"\naliases = [\"@\"]#"),
        ("term alias", "glossary/csirt.md", "対応班", "@"),
        ("term, English", "glossary/csirt.md", "incident team", "@"),
        ("short definition", "glossary/csirt.md", "short = \"", "short = \"@"),
        ("definition", "glossary/csirt.md", "集まりです。", "集まりです。@。"),
        ("question", "checks/residents.toml", "怪しいメールが届きました。", "@が届きました。"),
        ("choice", "checks/residents.toml", "開かない", "@"),
        ("explanation", "checks/residents.toml", "安全です。", "安全です。@。"),
        ("data file", "data/contacts.toml", "市民相談", "@"),
        ("feedback", "data/contacts.toml", "広報課", "@"),
        ("figure", "data/organization.toml", "副市長", "@"),
        ("card", "site.toml", "はじめに。", "@"),
        ("banner", "site.toml", "夕方まで。", "@"),
        ("site, in English", "site.toml", "Test City", "@"),
    ];
    let published = Published::new();
    for (what, file, from, to) in plants {
        // The word itself stands in site.toml as forbidden; there the output names the other place.
        let file_named = format!("--> content/{file}:");
        let planted = to.replace('@', SECRET);
        // What markup or width hide in the source is found in the output alone.
        let is_plain = planted.contains(SECRET);
        let named: &[&str] = if is_plain {
            &["エラー[leak]", "サイト「public」の `", &file_named, "site.toml"]
        } else {
            &["エラー[leak]", "サイト「public」の `open.html`", "site.toml"]
        };
        published.refuses(
            what,
            |office| {
                // An unused glossary page keeps terms in the page's own list and the search records.
                if what == "term" {
                    office.edit("content/glossary/csirt.md", "aliases = [\"対応班\"]\n", "");
                    office.edit(
                        "content/glossary/csirt.md",
                        "term = \"CSIRT\"",
                        &format!("term = \"{SECRET}\""),
                    );
                    office.edit("content/pages/open.md", "CSIRT※", &format!("{SECRET}※"));
                } else {
                    office.edit(&format!("content/{file}"), from, &planted);
                }
            },
            named,
        );
    }
}

#[test]
fn a_secret_in_the_name_of_a_file_stops_the_build() {
    let secret = "vault4711";
    let plant = |office: &Office| {
        let site = fs::read_to_string(office.path("content/site.toml")).unwrap();
        office.write("content/site.toml", &format!("{site}[[forbidden]]\ntext = \"{secret}\"\n"));
    };
    refuses(
        "asset name",
        |office| {
            plant(office);
            office.write(&format!("content/assets/{secret}.svg"), "<svg/>");
            office.edit("content/pages/open.md", "hall.svg", &format!("{secret}.svg"));
        },
        &["サイト「public」の `files/vault4711.svg`", "--> content/pages/open.md:", "site.toml"],
    );
    refuses(
        "redirect",
        |office| {
            plant(office);
            office.edit("content/pages/open.md", "\"welcome\"", &format!("\"{secret}\""));
        },
        &["サイト「public」の `vault4711.html`", "--> content/pages/open.md:", "site.toml"],
    );
    refuses(
        "anchor",
        |office| {
            plant(office);
            office.edit("content/pages/open.md", "{#people}", "{#vault4711}");
        },
        &["サイト「public」の `open.html`", "--> content/pages/open.md:", "site.toml"],
    );
}

/// Public things that refer to things of the intranet: told before anything is rendered, with the
/// place that refers and the place referred to.
#[test]
fn no_reference_leads_from_less_to_more_restricted() {
    let references: [(&str, &str, &str, &str, &[&str]); 11] = [
        (
            "link",
            "pages/open.md",
            "を守ります。",
            "を[守る](rules/update.md)。",
            &["rules/update.md:2:"],
        ),
        (
            "English link",
            "pages/open.en.md",
            "Ask us.",
            "[Ask us](rules/update.md).",
            &["rules/update.md:2:"],
        ),
        (
            "related page",
            "pages/open.md",
            "class =",
            "related = [\"rules/update\"]\nclass =",
            &["rules/update.md:2:"],
        ),
        ("term", "pages/open.md", "CSIRT※", "内線表※", &["glossary/inside.md:2:"]),
        ("alias", "pages/open.md", "CSIRT※", "内線一覧※", &["glossary/inside.md:2:"]),
        (
            "term in a definition",
            "glossary/csirt.md",
            "集まりです。",
            "内線表※です。",
            &["glossary/inside.md:2:"],
        ),
        (
            "question",
            "checks/residents.toml",
            "page = \"open\"",
            "page = \"rules/update\"",
            &["rules/update.md:2:"],
        ),
        (
            "visibility of a version",
            "pages/open.en.md",
            "translated",
            "visibility = \"intranet\"\ntranslated",
            &["pages/open.md:2:"],
        ),
        ("card", "site.toml", "page = \"open\"", "page = \"rules/update\"", &["site.toml:"]),
        ("first page", "site.toml", "home = \"open\"", "home = \"home\"", &["site.toml:"]),
        (
            "box",
            "data/organization.toml",
            "visibility = \"public\"",
            "[[boxes]]\nid = \"below\"\ntitle = \"下\"\nholder = \"係\"\nparent = \"ciso\"\nvisibility = \"public\"",
            &["organization.toml:3:", "箱「下」（公開）の上の箱「最高責任者」（庁内）が見えません"],
        ),
    ];
    let published = Published::new();
    for (what, file, from, to, named) in references {
        let here = format!("--> content/{file}:");
        let named: Vec<&str> =
            std::iter::once(here.as_str()).chain(named.iter().copied()).collect();
        published.refuses(what, |office| office.edit(&format!("content/{file}"), from, to), &named);
    }
}

/// Duties of a role lead to rules; a public duty must not lead to a rule of the intranet.
#[test]
fn records_of_data_files_are_held_to_their_own_visibility() {
    const ROLES: &str = "[[roles]]\nid = \"staff\"\nname = \"職員\"\nvisibility = \"public\"\n\
                         [[roles.duties]]\nwhen = \"4月\"\ntext = \"読む。\"\npage = \"rules/update\"\n";
    let office = office();
    office.write("content/data/roles.toml", ROLES);
    let (outcome, built) = office.build();
    assert_eq!(built.len(), 2, "the duty is for staff\n{}", findings(&outcome));
    refuses(
        "duty",
        |office| {
            office.write("content/data/roles.toml", &format!("{ROLES}visibility = \"public\"\n"))
        },
        &["エラー[leak]", "roles.toml:", "rules/update.md:2:"],
    );
}

/// The questions for staff are no reading for residents, whatever the page.
#[test]
fn the_staff_check_stands_on_no_public_page() {
    let staff = RESIDENTS
        .replace("\"residents\"", "\"staff\"")
        .replace("visibility = \"public\"\n", "")
        .replace("r-ma1", "ma1");
    refuses(
        "staff check",
        |office| {
            office.write("content/checks/staff.toml", &staff);
            office.write(
                "content/campaigns/r9.toml",
                "id = \"r9\"\ntitle = \"令和9年度\"\nnonce = \"AAECAwQFBgcICQoLDA0ODw\"\n\
                 fiscal_year = 2027\nopens = 2027-11-16\ncloses = 2027-12-04\ngrace_days = 14\n\
                 sets = [\"staff\"]\n[bands]\ngood = 85\nreview = 70\n",
            );
            office.edit("content/pages/open.md", "self-check residents", "self-check");
        },
        &[
            "設問集「staff」（庁内）を、このページ（公開）には載せられません",
            "--> content/pages/open.md:",
            "checks/staff.toml:",
        ],
    );
}

/// Every figure on a public page, from data nobody made public: not a word of them is there.
#[test]
fn figures_leave_out_what_the_site_may_not_show() {
    let record = |name: &str, keys: &str| {
        let keys = keys.replace('@', SECRET);
        format!("[[{name}]]\n{keys}\n")
    };
    let office = office();
    for (file, text) in [
        (
            "schedule",
            "first_fiscal_year = 2025\nlast_fiscal_year = 2026\n".to_owned()
                + &record("rows", "id = \"a\"\ntitle = \"@\"\ncells = { 2025 = \"@\" }"),
        ),
        (
            "committee",
            record("duties", "act = \"approve\"\ntext = \"@\"")
                + &record("members", "role = \"@\"\npost = \"@\"")
                + &record("csirt_extra", "role = \"@\"\npost = \"@\"")
                + &record("csirt_duties", "text = \"@\""),
        ),
        (
            "section-contacts",
            record("sections", "section = \"IT推進課\"\nmanager = \"@\"\nphone = \"@\""),
        ),
        (
            "incident-form",
            record("groups", "title = \"票\"\n[[groups.fields]]\nlabel = \"@\"\nhint = \"@\""),
        ),
        (
            "roles",
            record(
                "roles",
                "id = \"x\"\nname = \"@\"\n[[roles.duties]]\nwhen = \"4月\"\ntext = \"@\"",
            ),
        ),
        (
            "training",
            record(
                "courses",
                "fiscal_year = 2026\ntitle = \"@\"\naudience = \"@\"\nmethod = \"@\"\nwhen = \"@\"\nstatus = \"予定\"",
            ),
        ),
        (
            "decisions",
            record(
                "decisions",
                "fiscal_year = 2026\nact = \"receive\"\nsubject = \"@\"\nnote = \"@\"",
            ),
        ),
        (
            "improvements",
            record(
                "improvements",
                "section = \"@\"\nitem = \"@\"\nmeasure = \"@\"\nowner = \"@\"\ndue = 2027-01-01\nstate = \"実施中\"",
            ),
        ),
        (
            "audit",
            record("steps", "when = \"@\"\ntitle = \"@\"\ntext = \"@\"")
                + &record(
                    "findings",
                    "fiscal_year = 2026\nsection = \"@\"\nfinding = \"@\"\nmeasure = \"@\"\ndue = 2027-01-01\nstate = \"実施中\"\nvisibility = \"restricted\"",
                ),
        ),
        ("confirm", record("confirm", "what = \"@\"\nproposal = \"@\"\nwho = \"@\"")),
    ] {
        office.write(&format!("content/data/{file}.toml"), &text);
    }
    let more = "\n[[contacts]]\nwhen = \"夜間\"\nwho = \"@\"\nhow = \"@\"\nphone = \"@\"\n";
    office.write("content/data/contacts.toml", &format!("{CONTACTS}{}", more.replace('@', SECRET)));
    let figures = [
        "schedule",
        "committee",
        "csirt",
        "section-contacts",
        "contact-card",
        "incident-form",
        "months",
        "roles",
        "training",
        "decisions",
        "improvements",
        "audit",
        "results",
        "review-list",
        "history",
        "clauses",
        "confirm",
        "campaign",
        "cards",
    ];
    let blocks: String = figures.iter().map(|name| format!("\n```{name}\n```\n")).collect();
    for page in ["open", "home"] {
        let path = office.path(&format!("content/pages/{page}.md"));
        fs::write(&path, fs::read_to_string(&path).unwrap() + &blocks).unwrap();
    }
    let (outcome, built) = office.build();
    assert_eq!(built.len(), 2, "{}", findings(&outcome));
    assert!(!office.output("public/open.html").contains(SECRET));
    // The same figures on a page for staff do have the words: the test would see them.
    let staff = office.output("intranet/home.html");
    assert!(staff.matches(SECRET).count() > 25, "{}", staff.matches(SECRET).count());
}

#[test]
fn a_word_may_be_forbidden_to_staff_too() {
    refuses(
        "word for the committee",
        |office| {
            office.edit(
                "content/site.toml",
                "[[forbidden]]\n",
                "[[forbidden]]\nvisibility = \"restricted\"\n",
            );
        },
        &["サイト「intranet」の `rules/update.html`", "--> content/pages/rules/update.md:"],
    );
    let office = office();
    office.edit("content/site.toml", SECRET, "金庫");
    assert!(findings(&office.check()).contains("「金庫」は載せない言葉にできません"));
}
