//! A campaign copied from last year: what has to change is told before it is frozen.

use selfcheck::b64::B64;
use selfcheck::time::Date;
use site_gen::build::check_content;

use crate::common::{CHECKS, Office, findings};

const CAMPAIGN: &str = r#"id = "r8"
title = "自己点検"
nonce = "AAECAwQFBgcICQoLDA0ODw"
fiscal_year = 2026
opens = 2026-11-16
closes = 2026-12-04
grace_days = 14
sets = ["staff"]
"#;

const R9: &str = "content/campaigns/r9.toml";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// Last year's campaign, frozen and over, and this year's, with a nonce and days of its own.
fn office() -> Office {
    let office = Office::new();
    office.write("content/checks/staff.toml", CHECKS);
    office.write("content/campaigns/r8.toml", CAMPAIGN);
    office.record_ids();
    office.freeze("r8", day("2026-11-01")).unwrap();
    let next = CAMPAIGN.replace("r8", "r9").replace("2026", "2027").replace("AAEC", "BBEC");
    office.write(R9, &next);
    office
}

/// What `check` tells on a day between both, after one edit.
fn told(path: &str, from: &str, to: &str) -> String {
    let office = office();
    office.edit(path, from, to);
    let text = findings(&check_content(&office.path("content"), day("2027-06-01")).unwrap());
    text.rsplit_once("エラー ").unwrap().0.to_owned()
}

#[test]
fn a_new_campaign_with_all_its_own_is_frozen() {
    assert_eq!(told(R9, "自己点検", "二度目の自己点検"), "");
    office().freeze("r9", day("2027-06-01")).unwrap();
}

#[test]
fn a_nonce_of_another_campaign_is_told_with_a_new_one() {
    let text = told(R9, "BBEC", "AAEC");
    let expected = "エラー[same-nonce]: `nonce` が、実施回「r8」と同じです\n  \
                    --> content/campaigns/r9.toml:3:9\n  \
                    先の実施回: content/campaigns/r8.toml:3:9\n  \
                    対処: 回ごとに違う乱数が要ります。同じだと、結果ファイルがどの回のものか見分けられません。\n  \
                    対処: 新しい乱数の例: `nonce = \"";
    let (before, rest) = text.split_at(expected.len());
    assert_eq!(before, expected);
    let offered = rest.strip_suffix("\"`\n").unwrap();
    let offered: B64<16> = offered.parse().unwrap();
    assert_ne!(offered.to_string(), "AAECAwQFBgcICQoLDA0ODw");
    // What is offered can be used, and what is told keeps the campaign from being frozen.
    assert_eq!(told(R9, "BBECAwQFBgcICQoLDA0ODw", &offered.to_string()), "");
    let office = office();
    office.edit(R9, "BBEC", "AAEC");
    let refused = office.freeze("r9", day("2027-06-01")).unwrap_err();
    assert_eq!(refused.to_string(), "実施回「r9」を凍結できません");
}

#[test]
fn a_nonce_that_is_none_is_told_with_a_new_one() {
    let text = told(R9, "BBECAwQFBgcICQoLDA0ODw", "?");
    let expected = "エラー[bad-value]: 「?」は使えません。乱数 16 バイトの base64url（22 字）を書きます\n  \
                    --> content/campaigns/r9.toml:3:9\n  対処: 新しい乱数の例: `nonce = \"";
    assert!(text.starts_with(expected), "{text}");
}

#[test]
fn a_nonce_of_an_archived_campaign_is_told() {
    let office = office();
    std::fs::remove_file(office.path("content/campaigns/r8.toml")).unwrap();
    office.edit(R9, "BBEC", "AAEC");
    let text = findings(&check_content(&office.path("content"), day("2027-06-01")).unwrap());
    assert!(text.contains("先の実施回: content/archive/r8/campaign.json:1:1"), "{text}");
}

#[test]
fn a_fiscal_year_that_does_not_fit_the_days_is_a_warning() {
    assert_eq!(
        told(R9, "fiscal_year = 2027", "fiscal_year = 2026"),
        "警告[fiscal-year]: `fiscal_year` が 2026 ですが、2027-11-16 から 2027-12-04 までは 2027 年度です\n  \
         --> content/campaigns/r9.toml:4:15\n  \
         対処: 年度は 4 月から翌年 3 月までです。前の回から写した値なら直します。\n"
    );
    // January belongs to the year that began in April before.
    assert_eq!(told(R9, "closes = 2027-12-04", "closes = 2028-01-31"), "");
}

#[test]
fn a_question_that_changed_needs_another_revision() {
    let staff = "content/checks/staff.toml";
    for (from, to) in [
        ("どれですか", "どちらですか"),
        ("放っておく", "忘れる"),
        ("correct = [\"b\"]", "correct = [\"a\"]"),
        ("rev = 2", "rev = 1"),
    ] {
        let rev = if from == "rev = 2" { 1 } else { 2 };
        assert_eq!(
            told(staff, from, to),
            format!(
                "エラー[question-rev]: 設問「up1」が実施回「r8」の文や選択肢と違いますが、`rev` は {rev} のままです\n  \
                 --> content/checks/staff.toml:7:1\n  \
                 先の実施回: content/archive/r8/campaign.json:1:1\n  \
                 対処: `rev = 3` にします。年度の比較は、id と `rev` が同じ設問だけで行うためです。\n"
            ),
            "{from}"
        );
    }
    assert_eq!(told(staff, "弱点は", "穴は"), "");
    let office = office();
    office.edit(staff, "どれですか", "どちらですか");
    let refused = office.freeze("r9", day("2027-06-01")).unwrap_err();
    assert_eq!(refused.to_string(), "実施回「r9」を凍結できません");
    office.edit(staff, "rev = 2", "rev = 3");
    office.freeze("r9", day("2027-06-01")).unwrap();
}
