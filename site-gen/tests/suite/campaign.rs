//! Freezing a campaign, embedding its bytes, and guarding them while it runs.

use selfcheck::digest::Sha256;
use selfcheck::set::{FrozenSet, Role};
use selfcheck::time::Date;
use site_gen::build::check_content;

use crate::command::site_gen;
use crate::common::{Office, findings};

const CHECKS: &str = r#"
id = "staff"
revision = 1
title = "設問"
[[categories]]
id = "up"
title = "更新"
[[questions]]
id = "up1"
rev = 1
kind = "practice"
category = "up"
weight = 2
prompt = "更新を後回しにしていない。"
explanation = "弱点は知られています。"
page = "rules/update"
action = "更新します。"
allow_na = true
[[questions]]
id = "up2"
rev = 1
kind = "single"
category = "up"
weight = 3
prompt = "正しいものは<どれ>ですか。"
choices = [{ id = "a", text = "放っておく" }, { id = "b", text = "更新する" }]
correct = ["b"]
explanation = "更新が基本です。"
page = "rules/update"
action = "読み直します。"
[[questions]]
id = "mg1"
rev = 1
kind = "practice"
category = "up"
weight = 1
prompt = "部下の更新を確かめている。"
explanation = "見ていないと抜けます。"
page = "rules/update"
action = "確かめます。"
roles = ["manager"]
"#;

const CAMPAIGN: &str = r#"
id = "r8"
title = "令和8年度 自己点検"
nonce = "AAECAwQFBgcICQoLDA0ODw"
fiscal_year = 2026
opens = 2026-11-16
closes = 2026-12-04
grace_days = 14
sets = ["staff"]
[bands]
good = 85
review = 70
[[acknowledgements]]
page = "rules/update"
statement = "守ります。"
"#;

const CHECK_PAGE: &str = r#"+++
title = "自己点検"
summary = "点検のページ。"
owner = "IT推進課 担当"
layer = "解説"
review_due = 2030-03-31
+++

```self-check
```
"#;

fn office() -> Office {
    let office = Office::new();
    office.write("content/checks/staff.toml", CHECKS);
    office.write("content/campaigns/r8.toml", CAMPAIGN);
    office
}

/// A day before the campaign opens.
fn before() -> Date {
    "2026-11-01".parse().unwrap()
}

fn frozen(office: &Office, role: &str) -> Vec<u8> {
    std::fs::read(office.path(&format!("content/archive/r8/set-{role}.json"))).unwrap()
}

#[test]
fn one_set_a_role() {
    let office = office();
    office.freeze("r8", before()).unwrap();
    let questions = |role: &str| -> Vec<String> {
        let set = FrozenSet::parse(&frozen(&office, role)).unwrap().set;
        set.questions.questions().iter().map(|question| question.id.to_string()).collect()
    };
    assert_eq!(questions("general"), ["up1", "up2"]);
    assert_eq!(questions("manager"), ["up1", "up2", "mg1"]);
    assert_eq!(questions("contact"), ["up1", "up2"]);
    let set = FrozenSet::parse(&frozen(&office, "manager-contact")).unwrap().set;
    assert_eq!(set.role, Role::ManagerContact);
    // The policy's hash is that of the Markdown after the front matter.
    let page = std::fs::read_to_string(office.path("content/pages/rules/update.md")).unwrap();
    let body = page.rsplit("+++\n").next().unwrap();
    assert_eq!(set.acknowledgements[0].sha256, Sha256::of(body.as_bytes()));
}

#[test]
fn the_page_embeds_exactly_the_frozen_bytes() {
    let office = office();
    office.freeze("r8", before()).unwrap();
    office.write("content/pages/check.md", CHECK_PAGE);
    let (outcome, _) = office.build();
    assert!(!outcome.report.has_errors(), "{}", findings(&outcome));
    let html = office.output("intranet/check.html");
    let script =
        html.split("<script type=\"application/json\" id=\"set-general\">").nth(1).unwrap();
    let embedded = script.split("</script>").next().unwrap();
    assert_eq!(embedded.as_bytes(), frozen(&office, "general"));
    assert!(embedded.contains("\\u003cどれ>"), "a prompt cannot end the script element");
    // The policy's text lies beside its page, so that anybody can hash it.
    let text = office.output("intranet/rules/update.md");
    let set = FrozenSet::parse(&frozen(&office, "general")).unwrap().set;
    assert_eq!(Sha256::of(text.as_bytes()), set.acknowledgements[0].sha256);
    // The questions are not for residents.
    assert!(!office.path("dist/public/check.html").exists());
}

#[test]
fn a_page_without_frozen_campaign_says_what_to_run() {
    let office = office();
    office.write("content/pages/check.md", CHECK_PAGE);
    let before = check_content(&office.path("content"), "2026-11-15".parse().unwrap()).unwrap();
    let text = findings(&before);
    assert!(text.contains("エラー[campaign]") && text.contains("`site-gen freeze r8`"), "{text}");
    assert!(text.contains("エラー 1 件"), "{text}");
    // When it is over, there is nothing to freeze any more.
    let after = check_content(&office.path("content"), "2026-12-05".parse().unwrap()).unwrap();
    let text = findings(&after);
    assert!(text.contains("エラー[campaign]") && text.contains("`archive/r8` を戻して"), "{text}");
    assert!(text.contains("エラー 1 件"), "{text}");
}

/// Edits a source after freezing and returns what `check` says on `today`.
fn edit_and_check(path: &str, from: &str, to: &str, today: &str) -> String {
    let office = office();
    office.freeze("r8", before()).unwrap();
    office.edit(path, from, to);
    findings(&check_content(&office.path("content"), today.parse().unwrap()).unwrap())
}

#[test]
fn sources_are_guarded_while_the_campaign_is_open() {
    let question = ("content/checks/staff.toml", "後回しにしていない", "先延ばしにしていない");
    let text = edit_and_check(question.0, question.1, question.2, "2026-11-20");
    assert!(text.contains("エラー[frozen-question]: 設問「up1」"), "{text}");
    assert!(text.contains("content/checks/staff.toml:8:1"), "{text}");
    assert!(text.contains("エラー[frozen-source]: `checks/staff.toml`"), "{text}");
    assert!(text.contains("実施中は変えられません"), "{text}");

    let text = edit_and_check(
        "content/pages/rules/update.md",
        "その日のうちに",
        "翌日までに",
        "2026-12-04",
    );
    assert!(text.contains("エラー[frozen-source]: `pages/rules/update.md`"), "{text}");
    // Dates in the front matter are not what people accept.
    let text = edit_and_check("content/pages/rules/update.md", "2030-", "2031-", "2026-12-04");
    assert!(text.contains("エラー 0 件"), "{text}");

    let before = edit_and_check(question.0, question.1, question.2, "2026-11-10");
    assert!(before.contains("`site-gen freeze r8` で作り直せます"), "{before}");
    let after = edit_and_check(question.0, question.1, question.2, "2026-12-05");
    assert!(after.contains("エラー 0 件"), "{after}");
}

/// What a set holds without a hash of its own in the record is held against the set.
#[test]
fn a_title_that_people_accept_is_guarded() {
    let title = ("content/pages/rules/update.md", "更新の決まり", "更新のお願い");
    let text = edit_and_check(title.0, title.1, title.2, "2026-12-04");
    assert!(
        text.contains(
            "エラー[frozen-value]: 同意を求めるページの `title` が「更新のお願い」ですが、\
             凍結した実施回「r8」では「更新の決まり」です\n  \
             --> content/pages/rules/update.md:2:9\n  対処: 実施中は変えられません。"
        ),
        "{text}"
    );
    assert!(text.contains("エラー 1 件"), "once, not once a role: {text}");
    let before = edit_and_check(title.0, title.1, title.2, "2026-11-15");
    assert!(before.contains("`site-gen freeze r8` で作り直せます"), "{before}");
    let after = edit_and_check(title.0, title.1, title.2, "2026-12-05");
    assert!(after.contains("エラー 0 件"), "{after}");
}

#[test]
fn the_office_of_a_frozen_campaign_is_guarded() {
    let text = edit_and_check("content/site.toml", "\"test\"", "\"tast\"", "2026-11-20");
    assert!(
        text.contains(
            "エラー[frozen-value]: 組織の `id` が「tast」ですが、凍結した実施回「r8」では「test」です\n  \
             --> content/site.toml:3:6"
        ),
        "{text}"
    );
}

#[test]
fn every_part_of_an_open_campaign_is_named_with_its_line() {
    for (from, to, told) in [
        ("closes = 2026-12-04", "closes = 2026-12-11", "`closes` が「2026-12-11」ですが"),
        ("grace_days = 14", "grace_days = 7", "`grace_days` が「7」ですが"),
        ("\"守ります。\"", "\"守る。\"", "`statement` が「守る。」ですが"),
        (
            "rules/update",
            "home",
            "エラー[frozen-policy]: 凍結した実施回「r8」が同意を求めるページ「rules/update」が",
        ),
        ("rules/update", "home", "「r8」は、ページ「home」に同意を求めません"),
    ] {
        let text = edit_and_check("content/campaigns/r8.toml", from, to, "2026-11-20");
        assert!(text.contains(told), "{text}");
        assert!(text.contains("エラー[frozen-source]: `campaigns/r8.toml`"), "{text}");
    }
    let text = edit_and_check(
        "content/campaigns/r8.toml",
        "opens = 2026-11-16",
        "opens = 2026-12-01",
        "2026-11-20",
    );
    assert!(text.contains("  --> content/campaigns/r8.toml:6:9"), "{text}");
    assert!(!text.contains("site-gen freeze"), "the day that was frozen counts: {text}");
    let (from, to) = ("roles = [\"manager\"]", "roles = [\"contact\"]");
    let text = edit_and_check("content/checks/staff.toml", from, to, "2026-11-20");
    assert!(text.contains("の設問「mg1」が、いまの設問集（staff）にないか"), "{text}");
}

#[test]
fn a_campaign_that_is_gone_while_it_is_frozen_is_told() {
    let office = office();
    office.freeze("r8", before()).unwrap();
    std::fs::remove_file(office.path("content/campaigns/r8.toml")).unwrap();
    let text_on = |day: &str| {
        findings(&check_content(&office.path("content"), day.parse().unwrap()).unwrap())
    };
    let text = text_on("2026-12-04");
    assert!(
        text.contains(
            "エラー[frozen-source]: 凍結した実施回「r8」（2026-12-04 まで）の `campaigns/r8.toml` \
             がありません\n  --> content/archive/r8/campaign.json:1:1\n  \
             対処: 控えか版の履歴から `campaigns/r8.toml` を戻してください。"
        ),
        "{text}"
    );
    assert!(!text.contains("取りやめる回なら"), "{text}");
    assert!(text_on("2026-11-15").contains("取りやめる回なら、`archive/r8` も消します。"));
    assert!(text_on("2026-12-05").contains("エラー 0 件"));
}

#[test]
fn a_lost_archive_is_not_made_anew() {
    let office = office();
    office.write("content/pages/check.md", CHECK_PAGE);
    office.freeze("r8", before()).unwrap();
    std::fs::remove_dir_all(office.path("content/archive/r8")).unwrap();
    let told = "エラー[archive]: 実施回「r8」は 2026-11-16 に始まりましたが、凍結した設問集（`archive/r8`）\
                を読めません\n  --> content/campaigns/r8.toml:6:9\n  \
                対処: 控えか版の履歴から `archive/r8` を戻してください。";
    let text = findings(&office.check());
    assert!(text.contains(told) && text.contains("エラー 1 件"), "{text}");
    let output =
        site_gen(&office).args(["freeze", "r8", "--today", "2026-11-30"]).output().unwrap();
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains(told), "{text}");
    assert!(text.contains("エラー: 実施回「r8」を凍結できません"), "{text}");
    assert_eq!(output.status.code(), Some(2));
    assert!(!office.path("content/archive/r8").exists());
    // An office that begins late moves the first day.
    office.edit("content/campaigns/r8.toml", "2026-11-16", "2026-12-01");
    office.freeze("r8", "2026-11-30".parse().unwrap()).unwrap();
    assert!(findings(&office.check()).contains("エラー 0 件"));
}

#[test]
fn moving_the_first_day_is_no_way_round() {
    let office = office();
    office.freeze("r8", before()).unwrap();
    let first = frozen(&office, "general");
    office.edit("content/campaigns/r8.toml", "2026-11-16", "2026-12-01");
    let refused = office.freeze("r8", "2026-11-20".parse().unwrap());
    assert!(refused.unwrap_err().to_string().contains("もう始まっています"));
    assert_eq!(frozen(&office, "general"), first);
}

#[test]
fn an_open_campaign_cannot_be_frozen_anew() {
    let office = office();
    office.freeze("r8", before()).unwrap();
    let first = frozen(&office, "general");
    office.edit("content/checks/staff.toml", "更新する", "すぐ更新する");
    office.freeze("r8", "2026-11-15".parse().unwrap()).unwrap();
    assert_ne!(frozen(&office, "general"), first, "not open yet");
    let second = frozen(&office, "general");
    office.edit("content/checks/staff.toml", "すぐ更新する", "後で更新する");
    let refused = office.freeze("r8", "2026-11-16".parse().unwrap());
    assert!(refused.unwrap_err().to_string().contains("もう始まっています"));
    assert_eq!(frozen(&office, "general"), second);
}

#[test]
fn a_damaged_archive_is_told() {
    let office = office();
    office.freeze("r8", before()).unwrap();
    office.edit("content/archive/r8/set-general.json", "更新する", "更新せぬ");
    let text = findings(&office.check());
    assert!(text.contains("エラー[archive]: 凍結した設問集が記録のハッシュ値と違います"), "{text}");
    assert!(text.contains("content/archive/r8/set-general.json"), "{text}");
}

#[test]
fn a_page_tells_which_of_its_questions_wait_for_the_next_round() {
    let office = office();
    office.write("content/pages/check/self-check.md", CHECK_PAGE);
    office.freeze("r8", before()).unwrap();
    let later = CHECKS
        .replace("id = \"staff\"", "id = \"later\"")
        .replace("id = \"up1\"", "id = \"up3\"")
        .replace("更新を後回しにしていない。", "更新の日を決めている。");
    let (only_one, _) = later.split_once("[[questions]]\nid = \"up2\"").unwrap();
    office.write("content/checks/later.toml", only_one);
    let (outcome, built) = office.build();
    assert_eq!(built.len(), 2, "{}", findings(&outcome));
    let html = office.output("intranet/rules/update.html");
    assert!(html.contains("<li>更新を後回しにしていない。</li>"), "{html}");
    assert!(html.contains("<li>更新の日を決めている。（次の回から）</li>"), "{html}");
}
