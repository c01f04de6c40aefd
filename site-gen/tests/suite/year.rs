//! The committee's year: each figure says what its data file says, and changes with it.

use serde_json::Value;

use crate::common::{Office, findings};

/// What `tally report` writes; its own tests hold it to be so.
const SUMMARY: &str = include_str!("../../../tests/fixtures/summary.json");

/// An office whose first page shows one figure.
fn office(figure: &str, data: &str, text: &str) -> Office {
    let office = Office::new();
    office.edit("content/pages/home.md", "です。", &format!("です。\n\n```{figure}\n```"));
    office.write(&format!("content/data/{data}.toml"), text);
    office
}

fn home(office: &Office) -> String {
    let (outcome, built) = office.build();
    assert_eq!(built.len(), 2, "{}", findings(&outcome));
    office.output("intranet/home.html")
}

/// Every part stands in the page, in this order.
fn in_order(html: &str, parts: &[&str]) {
    let mut from = 0;
    for part in parts {
        let at = html[from..].find(part);
        from += at.unwrap_or_else(|| panic!("no `{part}` after {from} in {html}")) + part.len();
    }
}

#[test]
fn training_says_how_far_the_plan_is() {
    let office = office(
        "training",
        "training",
        r#"
[[courses]]
fiscal_year = 2025
title = "昨年の研修"
audience = "全職員"
method = "講義"
when = "7月"
status = "実施済"
held = 2025-07-10
attended = 90
invited = 120
[[courses]]
fiscal_year = 2026
title = "今年の研修"
audience = "管理者"
method = "講義"
when = "8月"
status = "予定"
"#,
    );
    in_order(
        &home(&office),
        &[
            "令和8年度の研修は1件です（予定 1件）。",
            "<caption>令和8年度の研修計画と実施状況</caption>",
            "令和7年度の研修は1件です（実施済 1件）。",
            "実施済（<time datetime=\"2025-07-10\">令和7年7月10日</time>）",
            "90人／120人（75.0%）",
        ],
    );
    office.edit("content/data/training.toml", "status = \"予定\"", "status = \"実施中\"");
    assert!(home(&office).contains("令和8年度の研修は1件です（実施中 1件）。"));
    office.edit("content/data/training.toml", "status = \"実施中\"", "status = \"実施ずみ\"");
    office.edit("content/data/training.toml", "attended = 90", "attended = 130");
    let text = findings(&office.check());
    assert!(
        text.contains("「実施ずみ」は使えません。「予定」「実施中」「実施済」「中止」のどれか"),
        "{text}"
    );
    assert!(text.contains("エラー[attendance]"), "{text}");
}

#[test]
fn approving_receiving_and_designating_stand_apart() {
    let decision = |act: &str, subject: &str, when: &str| {
        format!(
            "[[decisions]]\nfiscal_year = 2026\nact = \"{act}\"\nsubject = \"{subject}\"\n{when}\n"
        )
    };
    let data = [
        decision("receive", "実施状況", "date = 2026-06-01"),
        decision("approve", "研修計画", "date = 2026-05-20"),
        decision("designate", "監査責任者", "planned = \"6月\""),
        decision("receive", "監査結果", "planned = \"3月\""),
    ];
    let office = office("decisions", "decisions", &data.concat());
    in_order(
        &home(&office),
        &[
            "<caption>委員会の承認（1件）</caption>",
            "研修計画</td><td><time datetime=\"2026-05-20\">令和8年5月20日</time>",
            "<caption>委員会の受理（2件）</caption>",
            "監査結果</td><td>予定：3月",
            "実施状況</td><td><time datetime=\"2026-06-01\">",
            "<caption>委員会の指名（1件）</caption>",
            "監査責任者</td><td>予定：6月",
        ],
    );
    office.edit("content/data/decisions.toml", "planned = \"3月\"", "date = 2027-03-15");
    in_order(&home(&office), &["監査結果</td><td><time datetime=\"2027-03-15\">", "実施状況</td>"]);
}

#[test]
fn improvements_have_a_state_and_may_be_late() {
    let office = office(
        "improvements",
        "improvements",
        r#"
[[improvements]]
section = "IT推進課"
item = "離席"
cause = "忙しい。"
measure = "自動で閉じる。"
owner = "管理者"
due = 2026-11-10
check = 2027-02-01
state = "実施中"
"#,
    );
    let html = home(&office);
    in_order(
        &html,
        &[
            "改善策は1件です（実施中 1件）。",
            "離席<br>原因：忙しい。",
            "<span data-due=\"2026-11-10\" data-late=\"（期限切れ）\">",
            "実施中（確認 <time datetime=\"2027-02-01\">",
        ],
    );
    let text = findings(&office.check());
    assert!(
        text.contains("警告[overdue]: 改善策「離席」（IT推進課）の期限（令和8年11月10日）"),
        "{text}"
    );
    office.edit("content/data/improvements.toml", "state = \"実施中\"", "state = \"完了\"");
    assert!(
        home(&office).contains("<span data-late=\"（期限切れ）\">"),
        "what is done is not late"
    );
    assert!(!findings(&office.check()).contains("overdue"));
}

#[test]
fn what_an_audit_found_is_for_the_committee_unless_it_says_otherwise() {
    let data = r#"
[[steps]]
when = "1月"
title = "所属での確認"
text = "台帳を見ます。"
[[findings]]
fiscal_year = 2025
section = "IT推進課"
finding = "台帳が古い。"
measure = "改めます。"
due = 2027-01-31
state = "未着手"
"#;
    let office = office("audit", "audit", data);
    let html = home(&office);
    assert!(html.contains("<td>1月</td><td>所属での確認</td><td>台帳を見ます。</td>"), "{html}");
    assert!(!html.contains("台帳が古い。") && !html.contains("指摘事項は"), "{html}");
    office.edit("content/data/audit.toml", "state =", "visibility = \"intranet\"\nstate =");
    in_order(&home(&office), &["監査の指摘事項は1件です（未着手 1件）。", "<td>台帳が古い。</td>"]);
}

fn with_results() -> Office {
    let office =
        office("results", "results", "[[results]]\nfile = \"r8.json\"\nreceived = 2027-01-20\n");
    office.edit("content/site.toml", "id = \"test\"", "id = \"ageo\"");
    office.write("content/data/results/r8.json", SUMMARY);
    office
}

#[test]
fn results_are_what_tally_reckoned() {
    let office = with_results();
    let html = home(&office);
    in_order(
        &html,
        &[
            "令和8年度の自己点検は、対象45人のうち44人が終えました（実施率 97.7%。うち用紙 0人）。",
            "委員会の受理：<time datetime=\"2027-01-20\">",
            "<figcaption>令和8年度の分野ごとの得点率</figcaption>",
            "role=\"img\"",
            ">パスワード　61.0%</text>",
            "width=\"305\"",
            "<td>パスワード</td><td><span class=\"number\">61.0%</span></td></tr>",
            "<caption>年度ごとの実施率と得点率（その年度のすべての設問）</caption>",
            "<caption>得点率の低かった設問</caption>",
            "設問 pw2",
        ],
    );
    assert!(!html.contains("設問 mg1"), "managers' items are no items of all");
    assert!(!html.contains("消防本部"), "groups are for the committee unless it says otherwise");
    office.edit("content/data/results.toml", "received", "groups = \"intranet\"\nreceived");
    office.edit("content/data/results/r8.json", "\"points\": 187996", "\"points\": 308000");
    let html = home(&office);
    assert!(html.contains("消防本部") && html.contains("　100.0%</text>"), "{html}");
}

/// Years are compared over the questions of all that both have with the same revision, and what is
/// not compared says so.
#[test]
fn two_years_are_compared_over_the_questions_they_share() {
    let office = with_results();
    let mut before: Value = serde_json::from_str(SUMMARY).unwrap();
    before["campaign"] = "r7".into();
    before["fiscal_year"] = 2025.into();
    // One question was put in other words; managers' items are no items of all.
    for asked in before["questions"].as_array_mut().unwrap() {
        match asked["id"].as_str().unwrap() {
            "pw1" => asked["rev"] = 9.into(),
            "pw2" => asked["score"]["points"] = 33_000.into(),
            _ => {}
        }
    }
    office.write("content/data/results/r7.json", &before.to_string());
    let data = std::fs::read_to_string(office.path("content/data/results.toml")).unwrap();
    office.write("content/data/results.toml", &format!("[[results]]\nfile = \"r7.json\"\n{data}"));
    let row = |cells: &[&str]| {
        let cells = cells.iter().map(|cell| format!("<span class=\"number\">{cell}</span></td>"));
        cells.collect::<Vec<_>>().join("<td>") + "</tr>"
    };
    let html = home(&office);
    in_order(
        &html,
        &[
            "令和8年度の自己点検は",
            &format!("<td>パスワード</td><td>{}", row(&["61.0%"])),
            "令和7年度との比較は、両方の年度で全員に尋ねた、内容の変わらない設問（共通の設問）だけで行います。",
            "<caption>分野ごとの令和7年度との比較（共通の設問）</caption>",
            &format!("<td>パスワード</td><td>{}", row(&["40.4%", "55.4%", "2問"])),
            &format!("<td>情報資産</td><td>{}", row(&["73.9%", "73.9%", "2問"])),
            "設問は年度ごとに入れ替わるため、上下に比べられません。",
            "<caption>年度ごとの実施率と得点率（その年度のすべての設問）</caption>",
            "<td>令和8年度</td>",
            "<td>令和7年度</td>",
            "<caption>年度ごとの令和8年度との比較（共通の設問）</caption>",
            &format!("<td>令和7年度</td><td>全体</td><td>{}", row(&["57.1%", "64.6%", "4問"])),
            &format!("<td>知識の設問</td><td>{}", row(&["73.1%", "73.1%", "2問"])),
            &format!("<td>実践の設問</td><td>{}", row(&["41.0%", "56.1%", "2問"])),
        ],
    );
}

#[test]
fn results_that_do_not_belong_here() {
    for (path, from, to, expected) in [
        ("results.toml", "r8.json", "r9.json", "`data/results/r9.json` がありません"),
        ("results/r8.json", "\"v\": 1", "\"v\": 2", "版 2 の結果は読めません"),
        ("results/r8.json", "\"scored\"", "\"scord\"", "結果のファイルとして読めません"),
        ("results/r8.json", "\"ageo\"", "\"else\"", "組織「else」の結果です（この組織は「ageo」）"),
    ] {
        let office = with_results();
        office.edit(&format!("content/data/{path}"), from, to);
        let text = findings(&office.check());
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    let office = with_results();
    office.edit(
        "content/data/results.toml",
        "[[results]]",
        "[[results]]\nfile = \"r8.json\"\n[[results]]",
    );
    assert!(findings(&office.check()).contains("実施回「r8」の結果が二度出てきます"));
}

#[test]
fn reviews_are_listed_by_page_and_by_owner() {
    let office = office("review-list", "unused", "");
    std::fs::remove_file(office.path("content/data/unused.toml")).unwrap();
    office.edit("content/pages/open.md", "2030-03-31", "2027-03-31");
    in_order(
        &home(&office),
        &[
            "<caption>所管ごとの見直しの予定</caption>",
            "<td>IT推進課 担当</td><td><span class=\"number\">3ページ</span></td><td><span data-due=\"2027-03-31\">",
            "<caption>見直しの予定</caption>",
            "市民の皆さんへ",
            "更新の決まり",
        ],
    );
}

#[test]
fn changes_of_all_pages_newest_first() {
    let office = office("history", "unused", "");
    std::fs::remove_file(office.path("content/data/unused.toml")).unwrap();
    for (page, date, note) in
        [("open", "2026-05-01", "窓口を加えた。"), ("rules/update", "2026-06-01", "期限を改めた。")]
    {
        let revised = format!("revised = [{{ date = {date}, note = \"{note}\" }}]\nreview_due");
        office.edit(&format!("content/pages/{page}.md"), "review_due", &revised);
    }
    in_order(
        &home(&office),
        &["<caption>改定の記録</caption>", "期限を改めた。", "窓口を加えた。"],
    );
    assert!(!office.output("public/open.html").contains("期限を改めた。"));
}

#[test]
fn committee_and_csirt_follow_their_data() {
    let data = r#"
secretariat = "総務課"
[[duties]]
act = "approve"
text = "研修計画を承認する。"
[[members]]
role = "統括"
post = "総務部長"
[[csirt_extra]]
role = "管理者"
post = "IT推進課長"
[[csirt_duties]]
text = "評価する。"
"#;
    let office = office("committee", "committee", data);
    office.edit("content/pages/home.md", "```committee\n```", "```committee\n```\n\n```csirt\n```");
    in_order(
        &home(&office),
        &[
            "<td>承認</td><td>研修計画を承認する。</td>",
            "<caption>委員（1人）</caption>",
            "事務局は総務課です。",
            "<li>評価する。</li>",
            "<caption>CSIRTの構成（2人）</caption>",
            "<td>総務部長</td>",
            "<td>IT推進課長</td>",
        ],
    );
    office.edit(
        "content/data/committee.toml",
        "総務部長\"",
        "総務部長\"\n[[members]]\nrole = \"人事\"\npost = \"職員課長\"",
    );
    in_order(
        &home(&office),
        &["<caption>委員（2人）</caption>", "<td>職員課長</td>", "CSIRTの構成（3人）"],
    );
}

#[test]
fn the_schedule_is_a_table_and_sentences() {
    let data = r#"
first_fiscal_year = 2025
last_fiscal_year = 2026
[[rows]]
id = "training"
title = "研修"
cells = { 2025 = "準備", 2026 = "実施" }
inferred = true
"#;
    let office = office("schedule", "schedule", data);
    in_order(
        &home(&office),
        &[
            "<caption>年度計画（令和7年度から令和8年度まで）</caption>",
            "<th scope=\"col\" data-fiscal-year=\"2025\">R7年度</th>",
            "<td class=\"inferred\">準備</td><td class=\"inferred\">実施</td>",
            "案として示しています",
            "研修：令和7年度に準備、令和8年度に実施。",
        ],
    );
    office.edit("content/data/schedule.toml", "inferred = true", "");
    office.edit("content/data/schedule.toml", "2025 = \"準備\"", "2025 = \"実施\"");
    let html = home(&office);
    in_order(&html, &["<td>実施</td><td>実施</td>", "令和7年度から令和8年度まで毎年度実施。"]);
    assert!(!html.contains("案として示しています"));
}

/// A figure without data says so; it is never a hole in the page.
#[test]
fn figures_without_data_say_so() {
    for figure in [
        "schedule",
        "committee",
        "csirt",
        "contacts",
        "roles",
        "months",
        "training",
        "decisions",
        "improvements",
        "audit",
        "results",
        "confirm",
        "section-contacts",
        "contact-card",
        "incident-form",
    ] {
        let office = Office::new();
        office.edit("content/pages/home.md", "です。", &format!("です。\n\n```{figure}\n```"));
        let (outcome, built) = office.build();
        assert_eq!(built.len(), 2, "{figure}: {}", findings(&outcome));
        let html = office.output("intranet/home.html");
        let empty = html.contains("class=\"nothing-yet\"");
        assert!(empty, "{figure}: {html}");
    }
}
