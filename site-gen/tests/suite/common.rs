//! A small, correct content folder that tests change in one place to see what the generator says.

use std::fs;
use std::path::PathBuf;

use selfcheck::time::Date;
use site_gen::build::{Built, Outcome, Paths, build, check_content};
use site_gen::freeze::freeze;
use tempfile::TempDir;

/// A content folder in a temporary place.
pub struct Office {
    folder: TempDir,
}

const SITE: &str = r#"
[organization]
id = "test"
name = "試験市"
[[navigation]]
folder = ""
title = "はじめに"
[[navigation]]
folder = "rules"
title = "決まり"
[[sites]]
id = "public"
level = "public"
base_url = "https://public.example/"
title = "試験市の情報セキュリティ"
label = "公開"
home = "open"
report = "open"
[[sites]]
id = "intranet"
level = "intranet"
base_url = "http://intra.example/security/"
title = "試験市 庁内"
label = "庁内"
home = "home"
report = "home"
"#;

const HOME: &str = r#"+++
title = "トップ"
summary = "試験のためのページ。"
owner = "IT推進課 担当"
layer = "解説"
review_due = 2030-03-31
+++

マルウェア※に備える[決まり](rules/update.md)です。
"#;

const OPEN: &str = r#"+++
title = "市民の皆さんへ"
summary = "公開のページ。"
owner = "IT推進課 担当"
layer = "解説"
review_due = 2030-03-31
visibility = "public"
+++

市民の皆さんへのお知らせです。
"#;

const RULE: &str = r#"+++
title = "更新の決まり"
summary = "更新を後回しにしません。"
owner = "IT推進課 担当"
layer = "対策基準"
approver = "委員会"
established = 2022-04-01
review_due = 2030-03-31
+++

## 決まり {#rules}

### ルール1　すぐに更新する {#rule-1}

通知が出たら、その日のうちに更新します。
"#;

const MALWARE: &str = r#"+++
term = "マルウェア"
reading = "まるうぇあ"
aliases = ["不正プログラム"]
short = "害を与えるプログラムの総称。"
visibility = "public"
+++

害を与える目的で作られたプログラムです。
"#;

const ORGANIZATION: &str = r#"
[[boxes]]
id = "ciso"
title = "最高責任者"
holder = "副市長"
visibility = "public"
[[sections]]
name = "IT推進課"
"#;

impl Office {
    /// The correct content.
    pub fn new() -> Self {
        let office = Self { folder: TempDir::new().unwrap() };
        for (path, text) in [
            ("content/site.toml", SITE),
            ("content/pages/home.md", HOME),
            ("content/pages/open.md", OPEN),
            ("content/pages/rules/update.md", RULE),
            ("content/glossary/malware.md", MALWARE),
            ("content/data/organization.toml", ORGANIZATION),
            ("public/style/00.css", "body { margin: 0 }\n"),
            ("public/page.js", "'use strict';\n"),
            ("public/search.js", "'use strict';\n"),
            ("public/search-large.js", "'use strict';\n"),
            ("public/boot.js", "'use strict';\n"),
            ("public/icon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n"),
        ] {
            office.write(path, text);
        }
        office
    }

    /// Writes a file below the temporary folder.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Replaces `from` by `to` in a content file; both must make a difference.
    pub fn edit(&self, path: &str, from: &str, to: &str) {
        let path = self.path(path);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "`{from}` is not in {}", path.display());
        fs::write(path, text.replacen(from, to, 1)).unwrap();
    }

    /// A path below the temporary folder.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Checks as of a fixed day.
    pub fn check(&self) -> Outcome {
        check_content(&self.path("content"), day()).unwrap()
    }

    /// Builds all sites as of a fixed day.
    pub fn build(&self) -> (Outcome, Vec<Built>) {
        let paths =
            Paths { content: self.path("content"), public: self.path("public"), widget: None };
        build(&paths, &self.path("dist"), &[], day(), &()).unwrap()
    }

    /// Does what `site-gen ids` does.
    pub fn record_ids(&self) {
        let outcome = self.check();
        site_gen::ids::record(&self.path("content"), &outcome.checked.unwrap(), &[]).unwrap();
    }

    /// Records all ids, where the content is good enough for that.
    pub fn record_ids_if_possible(&self) {
        if let Some(checked) = &self.check().checked {
            site_gen::ids::record(&self.path("content"), checked, &[]).unwrap();
        }
    }

    /// Does what `site-gen freeze` does.
    pub fn freeze(&self, campaign: &str, today: Date) -> anyhow::Result<()> {
        let content = self.path("content");
        let mut outcome = check_content(&content, today)?;
        let checked = outcome.checked.take().unwrap();
        let (sources, report) = (&outcome.sources, &mut outcome.report);
        freeze(&content, &checked.content, sources, campaign, today, report).map(drop)
    }

    /// A published file.
    pub fn output(&self, path: &str) -> String {
        let path = self.path("dist").join(path);
        fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} is missing", path.display()))
    }
}

/// A set of one question that asks about a page.
pub const CHECKS: &str = r#"id = "staff"
revision = 1
title = "設問"
[[categories]]
id = "up"
title = "更新"
[[questions]]
id = "up1"
rev = 2
kind = "single"
category = "up"
weight = 2
prompt = "正しいものはどれですか。"
choices = [{ id = "a", text = "放っておく" }, { id = "b", text = "更新する" }]
correct = ["b"]
explanation = "弱点は知られています。"
page = "rules/update"
action = "更新します。"
"#;

/// The day all tests live on.
pub fn day() -> Date {
    "2026-11-20".parse().unwrap()
}

/// The findings as text, without the closing counts.
pub fn findings(outcome: &Outcome) -> String {
    outcome.report.to_text(&outcome.sources)
}
