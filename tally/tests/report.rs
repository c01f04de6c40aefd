//! `tally report` at the command line.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use common::{Office, Signed, key_of, payload, some_answers};
use selfcheck::set::Role;
use serde_json::Value;

/// Every file of a report with its bytes.
fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                files.insert(name, fs::read(path).unwrap());
            }
        }
    }
    files
}

fn summary(office: &Office) -> Value {
    serde_json::from_str(&office.read("out/committee/summary.json")).unwrap()
}

#[test]
fn a_year_has_its_report() {
    let (office, signed) = Office::closed_year();
    office.write("inbox/broken.json", b"{}");
    let ran = office.report("out", &[]);
    assert_eq!((ran.code, ran.stderr.as_str()), (1, ""), "{}", ran.stdout);
    assert_eq!(
        ran.stdout,
        "実施率 97.7%、集計 44 人、受付不可 1 件、台帳にあって見当たらない 0 件、注意 0 件\n"
    );
    assert_eq!(signed.len(), 44);
    let files: Vec<String> = tree(&office.path("out")).into_keys().collect();
    assert_eq!(
        files,
        [
            "committee/bureaus.csv",
            "committee/categories.csv",
            "committee/changes.csv",
            "committee/completion.csv",
            "committee/decisions.csv",
            "committee/figures.csv",
            "committee/groups.csv",
            "committee/improvements.csv",
            "committee/policies.csv",
            "committee/questions.csv",
            "committee/report.html",
            "committee/report.xlsx",
            "committee/summary.json",
            "committee/trend.csv",
            "committee/weak.csv",
            "improvement/index.csv",
            "improvement/section-1010.md",
            "improvement/section-1010.xlsx",
            "improvement/section-1020.md",
            "improvement/section-1020.xlsx",
            "improvement/section-1030.md",
            "improvement/section-1030.xlsx",
            "improvement/section-2010.md",
            "improvement/section-2010.xlsx",
            "improvement/section-2020.md",
            "improvement/section-2020.xlsx",
            "improvement/section-3010.md",
            "improvement/section-3010.xlsx",
            "secretariat/flags.csv",
            "secretariat/inputs.json",
            "secretariat/rejected.csv",
            "secretariat/secretariat.xlsx",
            "site/results.toml",
            "site/results/r8.json",
        ]
    );
}

/// The site draws its figure of results from this file; its sample is what we write.
#[test]
fn the_summary_is_the_sample_that_the_site_reads() {
    const ACCEPT: &str = "TENKEN_ACCEPT=1 cargo test -p tally --test report";
    let (office, _) = Office::closed_year();
    office.report("out", &[]);
    let written = office.read("out/committee/summary.json");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/summary.json");
    if std::env::var_os("TENKEN_ACCEPT").is_some() {
        fs::write(&sample, &written).unwrap();
    }
    assert_eq!(fs::read_to_string(&sample).unwrap(), written, "accept it by `{ACCEPT}`");
}

#[test]
fn points_are_those_of_the_answers() {
    let (office, _) = Office::closed_year();
    assert_eq!(office.report("out", &[]).code, 0);
    let summary = summary(&office);
    // Reckoned here from the answers alone: question `pw1` is worth 2000, right is `b`.
    let answered = (0..45).filter(|&index| index != 9);
    let right = answered.clone().filter(|&index| some_answers(index)[0].1 == "b").count();
    assert_eq!(
        summary["questions"][0]["score"],
        serde_json::json!({"points": 2000 * right, "max": 2000 * 44, "people": 44})
    );
    let na = answered.clone().filter(|&index| some_answers(index)[4].1 == "na").count();
    assert_eq!(summary["questions"][4]["not_applicable_permille"], 1000 * na / 44);
    assert_eq!(summary["questions"][4]["score"]["people"], 44 - na);
    let dk = answered.filter(|&index| some_answers(index)[1].1 == "dk").count();
    assert_eq!(summary["questions"][1]["dont_know_permille"], 1000 * dk / 44);
    // Groups: `ia2` is hidden where few of it apply, scores of the whole and of categories stand.
    let groups = summary["groups"].as_array().unwrap();
    let ids: Vec<&str> = groups.iter().map(|group| group["id"].as_str().unwrap()).collect();
    assert_eq!(
        ids,
        [
            "bureau-10",
            "section-1010",
            "rest-10",
            "bureau-20",
            "section-2010",
            "section-2020",
            "bureau-30",
            "section-3010"
        ]
    );
    for group in groups {
        assert!(group["people"].as_u64().unwrap() >= 5);
        assert!(group["total_permille"].is_u64(), "{group}");
        assert!(group["categories_permille"].as_array().unwrap().iter().all(Value::is_u64));
    }
    let sheet = office.read("out/improvement/section-3010.md");
    assert!(!sheet.contains("ia2"), "few answers apply there: {sheet}");
    // Six managers: shown for the whole city, in no group.
    assert_eq!(summary["questions"][5]["score"]["people"], 6);
    assert_eq!(summary["questions"][5]["of_all"], false);
}

#[test]
fn same_inputs_same_bytes() {
    let (office, _) = Office::closed_year();
    assert_eq!(office.report("out", &[]).code, 0);
    let first = tree(&office.path("out"));
    // Other names and another order of files on disk; what they hold is the same.
    fs::rename(office.path("inbox/101000.json"), office.path("inbox/zzz.json")).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert_eq!(office.report("again", &[]).code, 0);
    assert_eq!(tree(&office.path("again")), first);
    assert_eq!(office.report("out", &[]).code, 0, "the same again may replace itself");
    assert_eq!(tree(&office.path("out")), first);
}

#[test]
fn scores_come_after_closing_only() {
    let (office, signed) = Office::closed_year();
    let seen = "2026-11-25T09:00:00+09:00";
    let lines = [(seen, "open:r8", None), (seen, "accepted", Some(&signed[0]))];
    office.write("r8.jsonl", common::ledger(&lines).as_bytes());
    let ran = office.report("out", &[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("台帳 `r8.jsonl` はまだ締め切られていません"), "{}", ran.stderr);
    assert!(!office.path("out").exists());
}

#[test]
fn nothing_is_lost_between_ledger_and_folder() {
    let (office, _) = Office::closed_year();
    fs::remove_file(office.path("inbox/101000.json")).unwrap();
    let codes: BTreeMap<String, String> = office.codes("letters.html").into_iter().collect();
    let unseen = Signed::new(
        &payload(Role::General, "101009", 99, &some_answers(0)),
        &key_of("101009", &codes["101009"]),
    );
    office.write("inbox/unseen.json", unseen.file.as_bytes());
    let ran = office.report("out", &["--missing", "1"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stdout.contains("集計 43 人、受付不可 1 件、台帳にあって見当たらない 1 件"));
    assert!(office.read("out/secretariat/rejected.csv").contains("\r\nunseen.json,not-in-ledger,"));
}

#[test]
fn knowledge_counts_from_the_first_file_and_practice_from_the_last() {
    let (office, mut signed) = Office::closed_year();
    let codes: BTreeMap<String, String> = office.codes("letters.html").into_iter().collect();
    let key = key_of("101001", &codes["101001"]);
    let first = some_answers(1);
    assert_eq!((first[0], first[1]), (("pw1", "b"), ("pw2", "yes")));
    let mut second = first.clone();
    (second[0], second[1]) = (("pw1", "a"), ("pw2", "no"));
    let before = {
        assert_eq!(office.report("before", &[]).code, 0);
        let summary = office.read("before/committee/summary.json");
        serde_json::from_str::<Value>(&summary).unwrap()
    };
    // As if that report had never been.
    fs::remove_file(office.path("r8.jsonl.reports.json")).unwrap();
    let later = Signed::new(&payload(Role::General, "101001", 200, &second), &key);
    office.write("inbox/later.json", later.file.as_bytes());
    signed.push(later);
    office.write_ledger(&signed);
    assert_eq!(office.report("out", &[]).code, 0);
    let after = summary(&office);
    let points = |summary: &Value, index: usize| {
        summary["questions"][index]["score"]["points"].as_u64().unwrap()
    };
    assert_eq!(points(&after, 0), points(&before, 0), "knowledge stays");
    assert_eq!(points(&after, 1), points(&before, 1) - 3000, "practice is the last");
    assert_eq!(after["scored"], before["scored"]);
}

#[test]
fn a_second_report_may_not_show_a_few_people() {
    let (office, mut signed) = Office::closed_year();
    assert_eq!(office.report("out", &[]).code, 0);
    let first = tree(&office.path("out"));
    let codes: BTreeMap<String, String> = office.codes("letters.html").into_iter().collect();
    let late = Signed::new(
        &payload(Role::General, "101009", 99, &some_answers(0)),
        &key_of("101009", &codes["101009"]),
    );
    office.write("inbox/late.json", late.file.as_bytes());
    signed.push(late);
    office.write_ledger(&signed);
    let ran = office.report("out", &[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    let made = office.folder.path().canonicalize().unwrap().join("out");
    let made = made.display();
    let told = |is_there: &str| {
        format!(
            "エラー: 前の報告から、あるグループの 1 人だけが変わります: `{made}`（集計 44 人{is_there}）\n  \
             対処: 両方を見比べると 5 人未満の結果が分かってしまいます。前の報告を使うか、変わる人数が 5 人\
             以上になってから作り直してください。前の報告は `r8.jsonl.reports.json` が覚えています。\
             前の報告をまだ誰にも渡しておらず、写しまですべて消せるときに限り、消した後で \
             `r8.jsonl.reports.json` も消すと作り直せます。一つでも渡した後では、消さないでください\n"
        )
    };
    assert_eq!(ran.stderr, told(""));
    assert_eq!(tree(&office.path("out")), first);
    // Nor in another folder, which the committee would hold beside the first; the one that is named
    // is the one that was made.
    fs::rename(office.path("out"), office.path("moved")).unwrap();
    let ran = office.report("beside", &[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert_eq!(ran.stderr, told("、今はそこにない"));
    assert!(!office.path("beside").exists());
    office.write("other/note.txt", b"mine");
    let ran = office.report("other", &[]);
    assert_eq!(ran.code, 2);
    assert_eq!(office.read("other/note.txt"), "mine");
}

#[test]
fn earlier_years_stand_beside_where_questions_are_the_same() {
    let (office, _) = Office::closed_year();
    assert_eq!(office.report("now", &[]).code, 0);
    // Last year: everything as now, but `pw1` had another revision and `ia1` did not exist.
    let mut earlier: Value =
        serde_json::from_str(&office.read("now/committee/summary.json")).unwrap();
    earlier["campaign"] = "r7".into();
    earlier["fiscal_year"] = 2025.into();
    earlier["questions"][0]["rev"] = 9.into();
    earlier["questions"][1]["score"]["points"] = 0.into();
    earlier["questions"].as_array_mut().unwrap().remove(3);
    office.write("r7/committee/summary.json", earlier.to_string().as_bytes());
    assert_eq!(office.report("out", &["--previous", "r7"]).code, 0);
    let categories = office.read("out/committee/categories.csv");
    let lines: Vec<&str> = categories.lines().collect();
    assert_eq!(
        lines[0],
        "\u{feff}分野,R8,判定,R7（共通の設問）,R8（共通の設問）,差（ポイント）,共通の設問数"
    );
    assert!(lines[1].starts_with("パスワード,") && lines[1].ends_with(",2"), "{}", lines[1]);
    assert!(lines[2].starts_with("情報資産,") && lines[2].ends_with(",1"), "{}", lines[2]);
    let html = office.read("out/committee/report.html");
    assert!(html.contains("R7 と同じ 3 問では"));
    earlier["v"] = 2.into();
    office.write("r7/committee/summary.json", earlier.to_string().as_bytes());
    let ran = office.report("out2", &["--previous", "r7"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("版 2 は読めません"), "{}", ran.stderr);
}

#[test]
fn late_revoked_and_mistaken_roles_are_flags_for_the_secretariat() {
    let (office, signed) = Office::closed_year();
    let revoke = ["revoke", "--roster", "roster.json", "--person", "101001", "--on", "2026-11-24"];
    assert_eq!(office.tally(&revoke).code, 0);
    let (early, late) = ("2026-11-25T09:00:00+09:00", "2026-12-19T00:00:00+09:00");
    let mut lines = vec![(early, "open:r8", None)];
    lines.extend(signed[..43].iter().map(|signed| (early, "accepted", Some(signed))));
    lines.extend([(late, "accepted", Some(&signed[43])), (late, "closed", None)]);
    office.write("r8.jsonl", common::ledger(&lines).as_bytes());
    assert_eq!(office.report("out", &[]).code, 0);
    let flags = office.read("out/secretariat/flags.csv");
    let found: Vec<(&str, &str)> = flags
        .lines()
        .skip(1)
        .map(|line| line.split(',').collect::<Vec<_>>())
        .map(|cells| (cells[0], cells[3]))
        .collect();
    assert_eq!(found, [("101001", "key-revoked"), ("301005", "seen-late")]);
    let committee = tree(&office.path("out/committee"));
    for (name, bytes) in committee.iter().filter(|(name, _)| !name.ends_with(".xlsx")) {
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(!text.contains("101001") && !text.contains("301005"), "{name} names a person");
    }
}

#[test]
fn the_page_loads_nothing_and_runs_nothing() {
    let (office, _) = Office::closed_year();
    assert_eq!(office.report("out", &[]).code, 0);
    let html = office.read("out/committee/report.html");
    assert!(html.contains("default-src 'none'; style-src 'sha256-"));
    for forbidden in ["<script", " style=", " onload", " src=", " href=", "http:", "https:"] {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
    assert!(html.contains("令和8年度 自己点検結果報告書"));
}

#[test]
fn edge_years_have_a_report_too() {
    let office = Office::enrolled();
    fs::create_dir(office.path("inbox")).unwrap();
    office.write_ledger(&[]);
    let ran = office.report("out", &[]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert!(ran.stdout.starts_with("実施率 0.0%、集計 0 人"));
    assert_eq!(summary(&office)["total"], Value::Null);
    // Three people: counted, and no score of theirs anywhere.
    let signed: Vec<Signed> = [("000123", 1), ("000124", 2), ("000125", 3)]
        .iter()
        .map(|(sub, jti)| {
            Signed::new(&payload(Role::General, sub, *jti, &some_answers(1)), &office.key(sub))
        })
        .collect();
    for (index, signed) in signed.iter().enumerate() {
        office.write(&format!("inbox/{index}.json"), signed.file.as_bytes());
    }
    office.write_ledger(&signed);
    assert!(!office.path("r8.jsonl.reports.json").exists(), "a report on nobody is in no way");
    assert_eq!(office.report("few", &[]).code, 0);
    let summary: Value = serde_json::from_str(&office.read("few/committee/summary.json")).unwrap();
    assert_eq!(summary["scored"], 3);
    for hidden in ["total", "knowledge", "practice"] {
        assert_eq!(summary[hidden], Value::Null);
    }
    for question in summary["questions"].as_array().unwrap() {
        assert_eq!(
            (&question["score"], &question["dont_know_permille"]),
            (&Value::Null, &Value::Null)
        );
    }
    assert_eq!(summary["groups"], serde_json::json!([]));
}

#[test]
fn names_from_outside_stay_text() {
    let (office, _) = Office::closed_year();
    let roster = office.read("roster.json");
    let hostile = roster
        .replace("\"総務部\"", "\"=HYPERLINK(1)\"")
        .replace("\"市民課\"", "\"<script>alert(1)</script>\"")
        .replace("\"保険年金課\"", "\"a|b\\\"c\"");
    assert_ne!(hostile, roster);
    office.write("roster.json", hostile.as_bytes());
    office.write("inbox/=cmd\u{202e}.json", b"{}");
    assert_eq!(office.report("out", &[]).code, 1);
    let completion = office.read("out/committee/completion.csv");
    assert!(completion.contains("\r\n'=HYPERLINK(1),"), "{completion}");
    assert!(completion.contains(",\"a|b\"\"c\","), "{completion}");
    let html = office.read("out/committee/report.html");
    assert!(html.contains("&lt;script&gt;alert(1)") && !html.contains("<script"));
    let sheet = office.read("out/improvement/section-2020.md");
    assert!(sheet.starts_with("# a\\|b\"c 改善策票"), "{sheet}");
    let rejected = office.read("out/secretariat/rejected.csv");
    assert!(rejected.contains("\r\n'=cmd［見えない文字 U+202E］.json,outer-format,"), "{rejected}");
}

#[test]
fn a_year_in_which_everybody_was_late_is_counted_and_flagged() {
    let (office, signed) = Office::closed_year();
    let late = "2027-01-10T09:00:00+09:00";
    let mut lines = vec![(late, "open:r8", None), (late, "closed", None)];
    lines.extend(signed.iter().map(|signed| (late, "accepted", Some(signed))));
    office.write("r8.jsonl", common::ledger(&lines).as_bytes());
    let ran = office.report("out", &[]);
    assert_eq!(ran.code, 0);
    assert!(ran.stdout.starts_with("実施率 97.7%、集計 44 人"), "{}", ran.stdout);
    assert!(ran.stdout.contains("注意 44 件"));
    let html = office.read("out/committee/report.html");
    assert!(
        html.contains("締切と猶予の日数を過ぎてから受け付けました</td><td class=\"number\">44<")
    );
}

#[test]
fn that_everybody_answered_not_applicable_is_not_shown() {
    let office = Office::enrolled();
    let mut answers = some_answers(1);
    answers[4] = ("ia2", "na");
    let signed: Vec<Signed> = ["000123", "000124", "000125"]
        .iter()
        .map(|sub| Signed::new(&payload(Role::General, sub, 1, &answers), &office.key(sub)))
        .collect();
    for (index, signed) in signed.iter().enumerate() {
        office.write(&format!("inbox/{index}.json"), signed.file.as_bytes());
    }
    office.write_ledger(&signed);
    assert_eq!(office.report("out", &[]).code, 0);
    let question = &summary(&office)["questions"][4];
    assert_eq!(question["id"], "ia2");
    for hidden in ["score", "not_applicable_permille", "dont_know_permille"] {
        assert_eq!(question[hidden], Value::Null, "{hidden}");
    }
}
