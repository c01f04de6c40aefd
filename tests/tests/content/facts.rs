//! What the city's plan states, to the letter: it may be explained, but never changed by the way.

use site_gen::load::data::{Act, Line, When};

use crate::blocks::{Kind, blocks};
use crate::{checked, markdown, none, page};

#[test]
fn the_chart_has_the_fourteen_boxes_of_the_plan() {
    let boxes: Vec<(&str, &str)> = checked()
        .content
        .data
        .organization
        .boxes
        .iter()
        .map(|one| (one.title.as_str(), one.holder.split('（').next().unwrap_or_default()))
        .collect();
    let manager = "情報セキュリティ管理者";
    let contact = ("情報セキュリティ担当者", "各部局等の担当者");
    assert_eq!(
        boxes,
        [
            ("最高情報セキュリティ責任者", "副市長"),
            ("情報セキュリティ委員会", "委員10人"),
            ("CSIRT", "委員会の全委員と情報システム管理者"),
            ("統括情報セキュリティ責任者", "総務部長"),
            ("情報セキュリティ責任者", "各部局等の長"),
            ("情報システム管理者", "IT推進課長"),
            (manager, "庁舎管理担当課長"),
            (manager, "人事担当課長"),
            (manager, "その他委員長が必要と認めたもの"),
            (manager, "各部局等の所属長"),
            contact,
            contact,
            contact,
            contact,
        ]
    );
}

/// The drawing's lines are lost; only the report of the CSIRT is said in words.
#[test]
fn one_line_is_stated_and_all_others_are_inferred() {
    let stated: Vec<&str> = checked()
        .content
        .data
        .organization
        .boxes
        .iter()
        .filter(|one| matches!(&one.parent, Some((_, Line::Stated))))
        .map(|one| one.id.value.as_str())
        .collect();
    assert_eq!(stated, ["csirt"]);
}

#[test]
fn committee_and_csirt_are_those_of_the_plan() {
    let data = &checked().content.data.committee;
    let members: Vec<&str> = data.members.iter().map(|post| post.post.as_str()).collect();
    assert_eq!(
        members,
        [
            "総務部長",
            "総務課長",
            "職員課長",
            "行政経営課長",
            "市民税課長",
            "福祉総務課長",
            "市民課長",
            "経営総務課長",
            "消防総務課長",
            "教育総務課長",
        ]
    );
    let extra: Vec<&str> = data.csirt_extra.iter().map(|post| post.post.as_str()).collect();
    assert_eq!(extra, ["IT推進課長"], "eleven people in all");
    assert_eq!(data.secretariat.as_deref(), Some("IT推進課"));
    let acts: Vec<Act> = data.duties.iter().map(|duty| duty.act).collect();
    let [decide, approve, receive] = [Act::Decide, Act::Approve, Act::Receive];
    assert_eq!(
        acts,
        [decide, approve, receive, Act::Designate, Act::Audit, receive, receive],
        "承認 and 受理 are different acts"
    );
    assert_eq!(data.csirt_duties.len(), 4);
}

#[test]
fn the_schedule_has_the_rows_of_the_plan() {
    let schedule = checked().content.data.schedule.as_ref().expect("there is a schedule");
    let rows: Vec<&str> = schedule.rows.iter().map(|row| row.title.as_str()).collect();
    assert_eq!(
        rows,
        [
            "研修などの実施",
            "セキュリティ対策の実施",
            "ウイルス対策、セキュリティ対策、資産管理",
            "自治体情報セキュリティクラウド",
        ]
    );
    assert_eq!((schedule.first, schedule.last), (2022, 2026));
}

/// Names that stand in the plan, on the pages that speak of them.
#[test]
fn names_of_the_plan_are_not_changed() {
    let measure = "セキュリティ対策及び個人情報等の適正な取扱い";
    let basic = "デジタル社会に向けた基盤整備";
    let mut faults = Vec::new();
    for (id, words) in [
        (
            "plan/measure-7",
            &[
                measure,
                basic,
                "令和4年度",
                "令和8年度",
                "未然防止",
                "拡大防止",
                "復旧",
                "再発防止",
                "実効性",
                "Computer Security Incident Response Team",
            ][..],
        ),
        ("public/measure-7", &[measure, basic][..]),
        (
            "beginner/three-principles",
            &[
                "原則１　ソフトウェアの更新",
                "原則２　ウイルス対策ソフト（ウイルス対策サービス）の導入",
                "原則３　IDとパスワードの適切な管理",
                "国民のための情報セキュリティサイト",
                "国民のためのサイバーセキュリティサイト",
                "ぜいじゃくせい",
            ][..],
        ),
        (
            "public/three-principles",
            &["国民のための情報セキュリティサイト", "国民のためのサイバーセキュリティサイト"][..],
        ),
        ("check/self-check", &["自己点検", "セキュリティチェック"][..]),
    ] {
        let text: String = page(id)
            .map(|page| blocks(markdown(page)).into_iter().map(|block| block.text).collect())
            .unwrap_or_default();
        for word in words.iter().filter(|word| !text.contains(**word)) {
            faults.push(format!("{id}: 「{word}」がない"));
        }
    }
    none(&faults);
}

/// The times of the first hours are the same wherever they stand.
#[test]
fn times_agree_on_every_page() {
    let mut faults = Vec::new();
    for (id, times) in [
        ("home", &["10分以内"][..]),
        ("incident/report", &["10分以内", "30分以内", "2時間以内"][..]),
        ("org/csirt", &["10分以内", "30分以内", "2時間以内", "24時間以内"][..]),
        (
            "incident/response-plan",
            &[
                "10分以内",
                "30分以内",
                "2時間以内",
                "24時間",
                "30日以内",
                "3日から5日以内",
                "60日以内",
                "100人を超える",
            ][..],
        ),
    ] {
        let text = page(id).map_or("", markdown);
        for time in times.iter().filter(|time| !text.contains(**time)) {
            faults.push(format!("{id}: 「{time}」がない"));
        }
    }
    let help = checked().content.config.sites.iter().filter(|site| site.id != "public");
    faults.extend(
        help.filter(|site| !site.help.iter().any(|step| step.contains("10分以内")))
            .map(|site| format!("site.toml {}: 「10分以内」がない", site.id)),
    );
    none(&faults);
}

/// What the committee's calendar, the roles and the campaign say of the year is one story.
#[test]
fn the_months_of_the_self_check_are_those_of_the_campaign() {
    let content = &checked().content;
    let campaign = &content.campaigns.last().expect("a campaign").campaign;
    let staff = content.data.roles.iter().find(|role| role.id == "all_staff").expect("staff");
    let duty = staff
        .duties
        .iter()
        .find(|duty| {
            duty.page.as_ref().is_some_and(|page| page.value.as_str() == "check/self-check")
                && duty.when.iter().any(|when| matches!(when, When::Month(_)))
        })
        .expect("staff take the check in a month");
    assert_eq!(duty.when, [campaign.opens, campaign.closes].map(|day| When::Month(day.month())));
}

/// Every ※ of the plan's principles stands on our page, too.
#[test]
fn the_principles_mark_the_terms_the_plan_marks() {
    let source = page("beginner/three-principles").map_or("", markdown);
    let marks = [
        ("ソフトウェア", 5),
        ("OS", 1),
        ("Webブラウザ", 1),
        ("インターネットサービスプロバイダ", 1),
        ("パーソナルファイアウォール", 1),
        ("フィルタリング", 1),
        ("フィッシング詐欺", 2),
    ];
    let faults: Vec<String> = marks
        .iter()
        .filter(|(term, count)| source.matches(&format!("{term}※")).count() < *count)
        .map(|(term, count)| format!("「{term}※」が {count} 回ない"))
        .collect();
    none(&faults);
    let headings = blocks(source).into_iter().filter(|block| block.kind == Kind::Heading);
    assert!(headings.filter(|block| block.text.starts_with("原則")).count() == 3);
}
