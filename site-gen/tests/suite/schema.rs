//! The JSON Schemas for editors: as the readers read now, and holding for every file there is.
//!
//! Which schema belongs to which TOML file is asked of `.taplo.toml`, as an editor does.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use serde_json::{Value, json};
use site_gen::init::{Office, init};
use site_gen::load::schemas;
use walkdir::WalkDir;

use crate::common;

const WRITE: &str = "cargo run -p site-gen -- schema";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

#[test]
fn the_kept_schemas_are_those_of_the_readers() {
    let mut kept: BTreeMap<String, String> = BTreeMap::new();
    for entry in fs::read_dir(root().join("docs/schema")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        kept.insert(name, fs::read_to_string(path).unwrap());
    }
    for (name, schema) in schemas() {
        let text = kept.remove(&name).unwrap_or_default();
        assert!(text == format!("{schema:#}\n"), "{name} has changed: `{WRITE}`");
        assert!(jsonschema::meta::is_valid(&schema), "{name}");
    }
    assert!(kept.is_empty(), "no reader has these schemas: {:?}", kept.keys());
}

#[test]
fn every_file_there_is_keeps_its_schema() {
    let place = common::Office::new();
    let starter = place.path("starter/content");
    let office = Office { id: "kawabe".parse().unwrap(), name: "川辺町".to_owned() };
    init(&starter, &office, "2026-11-24".parse().unwrap()).unwrap();
    let editor = Editor::new();
    let mut used = BTreeMap::new();
    let folders = [root().join("content"), root().join("tests/mini/content"), starter];
    for file in folders.iter().flat_map(|folder| files(folder)) {
        let text = fs::read_to_string(&file).unwrap();
        let Some((name, document)) = editor.open(&file, &text) else { continue };
        let faults = editor.faults(&name, &document);
        assert!(faults.is_empty(), "{}: {faults:#?}", file.display());
        *used.entry(name).or_insert(0) += 1;
    }
    let unused: Vec<_> = schemas().into_keys().filter(|name| !used.contains_key(name)).collect();
    assert!(unused.is_empty(), "no file was held against {unused:?}");
}

#[test]
fn faults_that_the_readers_refuse_are_told_by_the_schema() {
    let editor = Editor::new();
    let page = "title = \"題\"\nsummary = \"文。\"\nowner = \"課\"\nreview_due = 2027-03-31\n";
    let guide = format!("{page}layer = \"解説\"\n");
    let rule = format!("{page}layer = \"対策基準\"\n");
    let date = "approver = \"委員会\"\nestablished = 2022-04-01\n";
    let row = "[[courses]]\nfiscal_year = 2026\ntitle = \"題\"\naudience = \"全員\"\n\
               method = \"動画\"\nwhen = \"5月\"\nstatus = \"予定\"\n";
    let cells = "first_fiscal_year = 2022\nlast_fiscal_year = 2026\n[[rows]]\nid = \"a\"\n\
                 title = \"題\"\n[rows.cells]\n2022 = ";
    let ids = "terms = [\"a\"]\n[pages.\"a\"]\nids = [\"b\"]\n";
    for (name, text, good) in [
        ("page", guide.clone(), true),
        ("page", format!("{rule}{date}"), true),
        ("page", rule, false),
        ("page", page.to_owned(), false),
        ("page", format!("{guide}titel = \"題\"\n"), false),
        ("page", format!("{guide}visibility = \"secret\"\n"), false),
        ("page", format!("{guide}order = \"1\"\n"), false),
        ("page", format!("{guide}effective = 2026-04-01T00:00:00\n"), false),
        ("page", format!("{guide}revised = [{{ date = 2026-04-01 }}]\n"), false),
        ("page", guide.replace("文。", " "), false),
        ("page-version", "title = \"T\"\nsummary = \"S\"\n".to_owned(), false),
        (
            "page-version",
            format!("title = \"T\"\nsummary = \"S\"\nlayer = \"解説\"\n{date}"),
            false,
        ),
        ("term", "term = \"語\"\nshort = \"文\"\n".to_owned(), false),
        ("site", "[[navigation]]\nfolder = \"\"\ntitle = \"題\"\n".to_owned(), false),
        ("data-training", row.to_owned(), true),
        ("data-training", row.replace("予定", "未定"), false),
        ("data-training", row.replace("2026", "26"), false),
        ("data-training", row.replace("[[courses]]", "[[course]]"), false),
        ("data-schedule", format!("{cells}\"実施\"\n"), true),
        ("data-schedule", format!("{cells}1\n"), false),
        ("ids", ids.to_owned(), true),
        ("ids", format!("{ids}id = [\"c\"]\n"), false),
    ] {
        let faults = editor.faults(name, &json(&text));
        assert_eq!(faults.is_empty(), good, "{name}: {text}\n{faults:#?}");
    }
}

/// What an editor knows: the kept schemas, and the rules that lead from a file to its schema.
struct Editor {
    /// Pattern within a content folder, and name of the schema.
    rules: Vec<(String, String)>,
    validators: BTreeMap<String, Validator>,
}

impl Editor {
    fn new() -> Self {
        let rules = json(&fs::read_to_string(root().join(".taplo.toml")).unwrap());
        let rules = rules["rule"].as_array().unwrap().iter().map(|rule| {
            let path = root().join(rule["schema"]["path"].as_str().unwrap());
            assert!(path.is_file(), "{}", path.display());
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let pattern = rule["include"][0].as_str().unwrap();
            (pattern.strip_prefix("**/content/").unwrap().to_owned(), name)
        });
        let validators = schemas().into_iter().map(|(name, schema)| {
            let options = jsonschema::options().should_validate_formats(true);
            (name, options.build(&schema).unwrap())
        });
        Self { rules: rules.collect(), validators: validators.collect() }
    }

    /// The schema of a file and what the file says; nothing for files without a schema.
    fn open(&self, file: &Path, text: &str) -> Option<(String, Value)> {
        let path = file.to_str().unwrap().rsplit_once("/content/").unwrap().1;
        if path.ends_with(".toml") {
            let rule = self.rules.iter().find(|(pattern, _)| matches(pattern, path));
            let (_, name) = rule.unwrap_or_else(|| panic!("no rule in .taplo.toml for {path}"));
            return Some((name.clone(), json(text)));
        }
        let name = match path.split_once('/')?.0 {
            "pages" if path.matches('.').count() == 2 => "page-version",
            "pages" => "page",
            "glossary" => "term",
            _ => return None,
        };
        let matter = text.strip_prefix("+++\n")?.split_once("\n+++\n")?.0;
        Some((name.to_owned(), json(matter)))
    }

    fn faults(&self, name: &str, document: &Value) -> Vec<String> {
        let errors = self.validators[name].iter_errors(document);
        errors.map(|error| format!("{error} at {}", error.instance_path())).collect()
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    entries.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path()).collect()
}

fn matches(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        Some((start, end)) => {
            let middle = path.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
            middle.is_some_and(|middle| !middle.contains('/'))
        }
        None => pattern == path,
    }
}

/// TOML as an editor hands it to a validator: dates are text.
fn json(text: &str) -> Value {
    fn plain(value: toml::Value) -> Value {
        match value {
            toml::Value::Datetime(date) => json!(date.to_string()),
            toml::Value::Array(items) => items.into_iter().map(plain).collect(),
            toml::Value::Table(table) => {
                table.into_iter().map(|(key, value)| (key, plain(value))).collect()
            }
            other => serde_json::to_value(other).unwrap(),
        }
    }
    plain(toml::Value::Table(toml::from_str(text).unwrap()))
}
