//! The index of a site: what stands in it, what never does, and how a large one is cut.

use std::fmt::Write as _;

use serde_json::Value;

use crate::common::Office;

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

/// The data of an index.
fn index(office: &Office, path: &str) -> Value {
    let script = office.output(path);
    let json = script
        .strip_prefix("siteSearch.index(")
        .and_then(|rest| rest.strip_suffix(");\n"))
        .expect("an index is one call");
    serde_json::from_str(json).expect("its argument is JSON")
}

fn page<'i>(index: &'i Value, id: &str) -> Option<&'i Value> {
    index["pages"].as_array().unwrap().iter().find(|page| page[0] == id)
}

#[test]
fn a_record_a_section() {
    let office = Office::new();
    office.write("content/pages/glossary.md", GLOSSARY);
    office.build();
    let index = index(&office, "intranet/search/ja.js");
    let update = page(&index, "rules/update").unwrap();
    assert_eq!(update[1], "更新の決まり");
    let sections: Vec<&Value> = update[2].as_array().unwrap().iter().collect();
    assert!(sections[0][2].as_str().unwrap().contains("更新を後回しにしません。"), "{update}");
    assert_eq!((&sections[1][0], &sections[1][1]), (&"rules".into(), &"決まり".into()));
    assert_eq!(sections[2][0], "rule-1");
    assert_eq!(sections[2][2], "通知が出たら、その日のうちに更新します。");
    let malware = &index["terms"][0];
    assert_eq!(malware["term"], "マルウェア");
    assert_eq!(malware["names"], serde_json::json!(["まるうぇあ", "不正プログラム"]));
}

#[test]
fn an_index_holds_what_its_site_shows() {
    let office = Office::new();
    office.write("content/pages/glossary.md", GLOSSARY);
    office.edit("content/glossary/malware.md", "visibility = \"public\"", "");
    office.build();
    let public = index(&office, "public/search/ja.js");
    assert!(page(&public, "open").is_some());
    assert_eq!(public["pages"].as_array().unwrap().len(), 2);
    assert_eq!(public["terms"], serde_json::json!([]));
    assert!(!office.output("public/search/ja.js").contains("更新"));
}

#[test]
fn every_language_has_its_own_index() {
    let office = Office::new();
    office.write(
        "content/pages/open.en.md",
        "+++\ntitle = \"To residents\"\nsummary = \"A public page.\"\ntranslated = 2026-04-01\n\
         +++\n\nNews for residents.\n",
    );
    office.write(
        "content/pages/open.easy.md",
        "+++\ntitle = \"みなさんへ\"\nsummary = \"みんなのページ。\"\ntranslated = 2026-04-01\n\
         +++\n\nおしらせです。\n",
    );
    office.build();
    let english = index(&office, "public/search/en.js");
    assert_eq!(english["pages"].as_array().unwrap().len(), 1);
    assert_eq!(page(&english, "open.en").unwrap()[1], "To residents");
    let japanese = index(&office, "public/search/ja.js");
    assert!(page(&japanese, "open.en").is_none());
    assert_eq!(page(&japanese, "open.easy").unwrap()[1], "みなさんへ（やさしい日本語）");
    assert!(office.output("public/open.en.html").contains("action=\"search.en.html\""));
    assert!(office.output("public/open.easy.html").contains("action=\"search.html\""));
    assert!(office.output("public/search.en.html").contains("lang=\"en\""));
}

#[test]
fn a_large_site_is_cut_into_pieces() {
    let office = Office::new();
    for number in 0..1001 {
        let mut text = format!(
            "+++\ntitle = \"通知{number}\"\nsummary = \"通知{number}の内容。\"\n\
             owner = \"IT推進課 担当\"\nlayer = \"解説\"\nreview_due = 2030-03-31\n+++\n\n"
        );
        write!(text, "これは{number}番目の通知です。").unwrap();
        office.write(&format!("content/pages/rules/n{number}.md"), &text);
    }
    office.build();
    let index = index(&office, "intranet/search/ja.js");
    assert_eq!(page(&index, "rules/n7").unwrap(), &serde_json::json!(["rules/n7", "通知7"]));
    let pieces = index["large"]["pieces"].as_array().unwrap();
    let last = office.output(&format!("intranet/search/ja-t{}.js", pieces.len() - 1));
    assert!(last.starts_with(&format!("siteSearch.piece({},[[[", pieces.len() - 1)));
    let lists = index["large"]["lists"].as_u64().unwrap();
    assert!(lists.is_power_of_two());
    let list = office.output(&format!("intranet/search/ja-g{}.js", lists - 1));
    assert!(list.starts_with(&format!("siteSearch.list({},\"", lists - 1)));
    assert!(
        office
            .output(&format!("intranet/{}", index["large"]["script"].as_str().unwrap()))
            .contains("use strict")
    );
    // The public site has one page still.
    assert!(!office.path("dist/public/search/ja-t0.js").exists());
}
