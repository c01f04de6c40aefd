//! JSON Schemas of every file that authors write, for editors: told by the readers themselves.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::files::Tree;
use super::record::Toml;
use super::{campaign, data, glossary, ids, page, question, site, version};
use crate::source::Sources;

/// The schemas by name, which is that of their file without `.json`.
///
/// Data files are named `data-…`. A schema says which keys there are, their types, words and
/// bounds, and what is required; whether a page that is named exists is for `check` to say.
pub fn schemas() -> BTreeMap<String, Value> {
    let sources = Sources::default();
    let file = sources.id(0);
    let id = "page".parse().expect("a plain word is an id of a page");
    let tree = Tree { texts: BTreeMap::new(), assets: Vec::new(), unreadable: BTreeSet::new() };
    let page = Toml::schema(|record, report| page::read(record, report, id, file, 0));
    let version = Toml::schema(|record, report| Some(version::read(record, report)));
    let term = Toml::schema(|record, report| glossary::read(record, report, "", file, 0));
    let check = Toml::schema(|record, report| question::read(record, report, "", file));
    let campaign = Toml::schema(|record, report| campaign::read(record, report, "", file));
    let mut schemas: BTreeMap<String, Value> = [
        ("page", "pages/**/*.md", "ページの先頭の項目", page),
        ("page-version", "pages/**/*.*.md", "英語版、やさしい日本語版の先頭の項目", version),
        ("term", "glossary/*.md", "用語の先頭の項目", term),
        ("check", "checks/*.toml", "自己点検の設問集", check),
        ("campaign", "campaigns/*.toml", "年度ごとの実施回", campaign),
        ("site", "site.toml", "組織、サイト、案内", Toml::schema(site::read)),
        ("ids", "ids.toml", "公開した id の記録（手では書かない）", Toml::schema(ids::read)),
    ]
    .into_iter()
    .map(|(name, files, what, schema)| (name.to_owned(), titled(schema, files, what)))
    .collect();
    for (name, schema) in data::schemas(&tree, &sources) {
        let files = format!("data/{name}.toml");
        schemas.insert(format!("data-{name}"), titled(schema, &files, "図や一覧のデータ"));
    }
    schemas
}

fn titled(mut schema: Value, files: &str, what: &str) -> Value {
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!(files);
    schema["description"] = json!(what);
    schema
}
