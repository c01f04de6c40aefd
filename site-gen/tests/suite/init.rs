//! The starting content of another office: correct from the first minute.

use site_gen::build::{Paths, build, check_content};
use site_gen::freeze::freeze;
use site_gen::init::{Office, init};

use crate::command::site_gen;
use crate::common;

fn office() -> Office {
    Office { id: "kawabe".parse().unwrap(), name: "川辺町".to_owned() }
}

#[test]
fn builds_without_a_finding_and_freezes_its_campaign() {
    let place = common::Office::new();
    let folder = place.path("starter");
    for day in ["2026-04-01", "2026-11-24", "2027-01-04"] {
        let today = day.parse().unwrap();
        let content = folder.join(day);
        init(&content, &office(), today).unwrap();
        let paths = Paths { content: content.clone(), public: place.path("public"), widget: None };
        let out = place.path("starter-out");
        let (mut outcome, built) = build(&paths, &out, &[], today, &()).unwrap();
        let text = outcome.report.to_text(&outcome.sources);
        assert_eq!(text, "エラー 0 件、警告 0 件、お知らせ 0 件\n", "{day}");
        assert_eq!(built.len(), 2);
        let checked = outcome.checked.take().unwrap();
        let campaign = checked.content.campaigns[0].campaign.id.to_string();
        assert!(checked.content.campaigns[0].campaign.opens > today);
        let sources = &outcome.sources;
        let report = &mut outcome.report;
        freeze(&content, &checked.content, sources, &campaign, today, report).unwrap();
        let again = check_content(&content, today).unwrap();
        assert_eq!(again.report.count(site_gen::diagnostic::Severity::Error), 0);
    }
    assert!(place.path("starter-out/intranet/people/password.html").exists());
    let page = std::fs::read_to_string(place.path("starter-out/public/open.html")).unwrap();
    assert!(page.contains("川辺町") && !page.contains("{{"));
}

/// A newcomer does what the program says, word for word.
#[test]
fn the_command_it_names_works() {
    let place = common::Office::new();
    let init = site_gen(&place).args(["init", "私たちの方針"]).output().unwrap();
    let said = String::from_utf8(init.stderr).unwrap();
    let command = said.split('`').find_map(|part| part.strip_prefix("site-gen ")).unwrap();
    let check = site_gen(&place).args(command.split(' ')).output().unwrap();
    let text = String::from_utf8(check.stdout).unwrap();
    assert_eq!(text, "エラー 0 件、警告 0 件、お知らせ 0 件\n", "{command}");
    assert!(check.status.success() && check.stderr.is_empty());
}

#[test]
fn two_offices_do_not_share_a_nonce() {
    let place = common::Office::new();
    let nonce = |name: &str| {
        let folder = place.path(name);
        let files = init(&folder, &office(), "2026-04-01".parse().unwrap()).unwrap();
        let campaign = files.iter().find(|file| file.ends_with("campaigns/r8.toml")).unwrap();
        std::fs::read_to_string(campaign).unwrap()
    };
    assert_ne!(nonce("a"), nonce("b"));
}

#[test]
fn every_value_to_replace_stands_in_the_readme() {
    let place = common::Office::new();
    let folder = place.path("a");
    init(&folder, &office(), "2026-04-01".parse().unwrap()).unwrap();
    let readme = std::fs::read_to_string(folder.join("README.md")).unwrap();
    let site = std::fs::read_to_string(folder.join("site.toml")).unwrap();
    for line in site.lines().filter(|line| line.starts_with("base_url")) {
        let url = line.split('"').nth(1).unwrap();
        assert!(readme.contains(url), "{url}");
    }
    for value in
        ["kawabe", "川辺町", "2026-04-01", "2028-03-31", "情報推進課", "情報セキュリティ委員会"]
    {
        assert!(readme.contains(value), "{value}");
    }
    // The name stands in texts too: each file that has it is in the list.
    let with_name = init_files(&folder).into_iter().filter(|path| {
        path != "README.md"
            && std::fs::read_to_string(folder.join(path)).unwrap().contains("川辺町")
    });
    let with_name: Vec<String> = with_name.collect();
    assert!(with_name.len() > 3, "{with_name:?}");
    for path in with_name {
        assert!(readme.contains(&format!("`{path}`")), "{path}");
    }
}

/// Every file below `folder`.
fn init_files(folder: &std::path::Path) -> Vec<String> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let name = |entry: walkdir::DirEntry| {
        entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned()
    };
    files.map(name).collect()
}

#[test]
fn a_folder_that_is_not_empty_stays_as_it_is() {
    let place = common::Office::new();
    place.write("full/note.txt", "大切な記録\n");
    let refused = init(&place.path("full"), &office(), "2026-04-01".parse().unwrap());
    assert!(refused.unwrap_err().to_string().contains("空ではない"));
    assert_eq!(std::fs::read_dir(place.path("full")).unwrap().count(), 1);
    let bad = Office { name: "a\"b".into(), ..office() };
    assert!(init(&place.path("new"), &bad, "2026-04-01".parse().unwrap()).is_err());
    assert!(!place.path("new").exists());
}
