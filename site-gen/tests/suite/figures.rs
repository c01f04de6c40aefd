//! Figures follow their data: change a row, and the page changes.

use crate::common::{Office, findings};

const CONTACTS: &str = r#"
[[sections]]
section = "IT推進課"
manager = "IT推進課長"
"#;

/// The first page of the intranet with one figure on it and one data file.
fn page_with(figure: &str, data: &str, text: &str) -> String {
    let office = Office::new();
    office.edit("content/pages/home.md", "です。", &format!("です。\n\n```{figure}\n```"));
    office.write(data, text);
    let (outcome, built) = office.build();
    assert_eq!(built.len(), 2, "{}", findings(&outcome));
    office.output("intranet/home.html")
}

#[test]
fn section_contacts_show_posts_and_say_where_to_look_until_one_is_named() {
    let data = "content/data/section-contacts.toml";
    let empty = page_with("section-contacts", data, CONTACTS);
    assert!(empty.contains("<td>IT推進課長</td>"), "{empty}");
    assert!(empty.contains("連絡先カードを見る"), "{empty}");
    let named = format!("{CONTACTS}contact = \"庶務担当\"\nphone = \"内線100\"\n");
    let filled = page_with("section-contacts", data, &named);
    assert!(filled.contains("<td>庶務担当</td><td>内線100</td>"), "{filled}");
    assert!(!filled.contains("連絡先カードを見る"), "{filled}");
}

#[test]
fn a_section_nobody_knows_is_an_error_with_the_nearest_name() {
    let office = Office::new();
    let unknown = CONTACTS.replace("section = \"IT推進課\"", "section = \"IT推進係\"");
    office.write("content/data/section-contacts.toml", &format!("{CONTACTS}{unknown}{CONTACTS}"));
    let text = findings(&office.check());
    assert!(text.contains("所属「IT推進係」がありません"), "{text}");
    assert!(text.contains("「IT推進課」のことですか"), "{text}");
    assert!(text.contains("所属「IT推進課」が二度出てきます"), "{text}");
}

#[test]
fn months_gather_the_duties_of_all_roles_in_fiscal_order() {
    let roles = r#"
[[roles]]
id = "staff"
name = "全職員"
[[roles.duties]]
when = ["1月", "11月"]
text = "点検する。"
page = "rules/update"
[[roles.duties]]
when = "随時"
text = "知らせる。"
[[roles]]
id = "boss"
name = "所属長"
[[roles.duties]]
when = "11月"
text = "見届ける。"
"#;
    let html = page_with("months", "content/data/roles.toml", roles);
    let at = |words: &str| html.find(words).unwrap_or_else(|| panic!("no `{words}` in {html}"));
    assert!(at("11月の仕事") < at("1月の仕事"), "November comes before January");
    assert!(html.contains(r##"<a href="#month-11" data-month="11">11月</a>"##), "{html}");
    assert_eq!(html.matches("点検する。").count(), 2, "once a month");
    assert_eq!(html.matches("見届ける。").count(), 1);
    assert!(!html.contains("知らせる。"), "what has no month stands with its role only");
    assert!(!html.contains("4月の仕事"), "months without duties are left out");
}

#[test]
fn the_incident_form_has_what_its_file_says() {
    let form = r#"
[[groups]]
title = "一報"
[[groups.fields]]
label = "発見した時刻"
hint = "分まで"
lines = 3
[[groups.fields]]
label = "種類"
choices = ["紛失", "感染"]
"#;
    let html = page_with("incident-form", "content/data/incident-form.toml", form);
    assert!(html.contains("<caption>一報</caption>"), "{html}");
    assert_eq!(html.matches("record-form__line").count(), 3, "{html}");
    assert!(html.contains("<span>□ 紛失</span> <span>□ 感染</span>"), "{html}");
    let office = Office::new();
    office.write("content/data/incident-form.toml", &form.replace("lines = 3", "lines = 300"));
    assert!(findings(&office.check()).contains("`lines` は 1 から 40 までの整数です"));
}

#[test]
fn cards_carry_the_steps_of_the_site_and_the_contacts_in_order() {
    let contacts = r#"
[[contacts]]
when = "平日の日中"
who = "担当者"
how = "内線へ電話"
phone = "内線100"
[[contacts]]
when = "夜間・休日"
who = "IT推進課"
how = "電話連絡網"
"#;
    let html = page_with("contact-card", "content/data/contacts.toml", contacts);
    assert_eq!(html.matches("contact-card__title").count(), 2, "desk and wallet");
    assert_eq!(html.matches(">内線100</td>").count(), 2, "{html}");
    assert!(html.contains("contact-card--wallet"), "{html}");
}

#[test]
fn accessibility_results_are_counted_from_the_data() {
    let data = r#"
standard = "JIS X 8341-3:2016"
tested = 2026-11-24
[[tools]]
name = "axe-core"
version = "4.14.1"
looks_at = "全ページ"
[[criteria]]
id = "1.1.1"
title = "非テキストコンテンツ"
level = "A"
result = "適合"
method = "目視"
[[criteria]]
id = "1.4.2"
title = "音声の制御"
level = "A"
result = "適用なし"
method = "音声がない"
"#;
    let file = "content/data/accessibility.toml";
    let html = page_with("accessibility", file, data);
    assert!(html.contains("適合1、不適合0、適用なし1"), "{html}");
    assert!(html.contains("<td>axe-core</td><td>4.14.1</td>"), "{html}");
    assert!(!html.contains("後から加わった"), "{html}");
    let failed = page_with("accessibility", file, &data.replacen("適合", "不適合", 1));
    assert!(failed.contains("適合0、不適合1、適用なし1"), "{failed}");
    let added = format!(
        "{data}[[criteria]]\nid = \"2.5.8\"\ntitle = \"ターゲットの大きさ\"\nlevel = \"AA\"\n\
         added_by = \"WCAG 2.2\"\nresult = \"不適合\"\nmethod = \"目視\"\n"
    );
    let added = page_with("accessibility", file, &added);
    assert!(added.contains("適合1、不適合0、適用なし1"), "its own counts: {added}");
    assert!(added.contains("適合0、不適合1、適用なし0"), "{added}");
    assert!(
        added.contains(
            "<td>2.5.8 ターゲットの大きさ</td><td>WCAG 2.2</td><td>AA</td><td>不適合</td>"
        ),
        "{added}"
    );
    let office = Office::new();
    office.write(file, &data.replacen("\"適合\"", "\"だいたい\"", 1));
    assert!(findings(&office.check()).contains("「適合」「不適合」「適用なし」のどれか"));
}

const TESTED: &str = r#"
standard = "JIS X 8341-3:2016 適合レベルAA"
standard_en = "JIS X 8341-3:2016, level AA"
tested = 2026-11-24

[[tools]]
name = "検査"
looks_at = "全ページ"
looks_at_en = "All pages"

[[criteria]]
id = "1.4.5"
title = "文字画像"
title_en = "Images of Text"
level = "AA"
result = "適用なし"
method = "目視"
"#;

#[test]
fn a_translation_shows_test_results_in_english_and_marks_what_is_japanese() {
    let office = Office::new();
    office.write("content/data/accessibility.toml", TESTED);
    office.write(
        "content/pages/home.en.md",
        "+++\ntitle = \"Home\"\nsummary = \"Start here.\"\ntranslated = 2026-11-24\n+++\n\n\
         Start here.\n\n```accessibility\n```\n",
    );
    let (outcome, built) = office.build();
    assert!(!built.is_empty(), "{}", findings(&outcome));
    let english = office.output("intranet/home.en.html");
    for wanted in [
        "<dd>JIS X 8341-3:2016, level AA</dd>",
        "24 November 2026",
        "met: 0, not met: 0, does not apply: 1",
        "<td><span lang=\"ja\">検査</span></td><td>―</td><td>All pages</td>",
        "<td>1.4.5 Images of Text</td><td>AA</td><td>does not apply</td>\
         <td><span lang=\"ja\">目視</span></td>",
    ] {
        assert!(english.contains(wanted), "{wanted} in {english}");
    }
    let figure = page_with("accessibility", "content/data/accessibility.toml", TESTED);
    assert!(figure.contains("適合0、不適合0、適用なし1"), "{figure}");
    assert!(!figure.contains("Images of Text"), "{figure}");
}

#[test]
fn a_month_that_no_figure_would_show_is_an_error() {
    let words = "「随時」「毎月」「4月」「5月」「6月」「7月」「8月」「9月」「10月」「11月」「12月」「1月」「2月」「3月」のどれか";
    for (when, wrong) in [("\"４月\"", "４月"), ("[\"4月\", \"13月\"]", "13月")] {
        let office = Office::new();
        let roles = format!(
            "[[roles]]\nid = \"staff\"\nname = \"全職員\"\n[[roles.duties]]\nwhen = {when}\ntext = \"点検する。\"\n"
        );
        office.write("content/data/roles.toml", &roles);
        let text = findings(&office.check());
        assert!(text.contains(&format!("エラー[bad-value]: 「{wrong}」")), "{text}");
        assert!(text.contains("--> content/data/roles.toml:5:"), "{text}");
        assert!(text.contains(words), "{text}");
    }
}
