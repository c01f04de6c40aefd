//! One mistake is told once: what only follows from it is held back.

use std::fs;

use crate::common::{CHECKS, Office, findings};

/// The small content with its ids recorded, and one question that asks about a page.
fn office() -> Office {
    let office = Office::new();
    office.write("content/checks/staff.toml", CHECKS);
    office.write("content/campaigns/r9.toml", CAMPAIGN);
    office.record_ids();
    let outcome = office.check();
    assert!(findings(&outcome).ends_with("エラー 0 件、警告 0 件、お知らせ 0 件\n"));
    office
}

const CAMPAIGN: &str = r#"id = "r9"
title = "自己点検"
nonce = "AAECAwQFBgcICQoLDA0ODw"
fiscal_year = 2026
opens = 2026-12-01
closes = 2026-12-20
grace_days = 14
sets = ["staff"]
[bands]
good = 85
review = 70
[[acknowledgements]]
page = "rules/update"
statement = "守ります。"
"#;

/// What is told after `break_it`, without the counts; notes are left out.
fn told(break_it: impl FnOnce(&Office)) -> String {
    let office = office();
    break_it(&office);
    let text = findings(&office.check());
    let (told, _) = text.rsplit_once("エラー ").unwrap();
    told.to_owned()
}

/// Replaces `from` in a file by each of `to` in turn, and expects one finding there and no other.
fn one_finding(path: &str, from: &str, cases: &[(&str, &str)]) {
    for (to, expected) in cases {
        let told = told(|office| office.edit(path, from, to));
        let starts = told.starts_with(expected);
        let count = told.lines().filter(|line| line.contains("]: ")).count();
        assert!(starts && count == 1 && told.contains(path), "`{from}` → `{to}`:\n{told}");
    }
}

#[test]
fn a_page_that_cannot_be_read_is_not_gone() {
    let update = "content/pages/rules/update.md";
    let line = "review_due = 2030-03-31\n";
    one_finding(
        update,
        line,
        &[
            ("review_due = 2030/03/31\n", "エラー[toml]"),
            ("review_due = \"2030-03-31\"\n", "エラー[date]: `review_due` は日付です"),
            ("", "エラー[missing-key]: `review_due` がありません"),
        ],
    );
    let layer =
        "「対策」は使えません。「基本方針」「対策基準」「実施手順」「解説」のどれかを書きます";
    one_finding(
        update,
        "layer = \"対策基準\"",
        &[("layer = \"対策\"", &format!("エラー[bad-value]: {layer}"))],
    );
    one_finding(update, "+++\n", &[("---\n", "エラー[front-matter]")]);
    // The page that alone uses the term, and is the first of its site.
    for bytes in [&b""[..], b"\x83\x7d\x83\x8b\n"] {
        let told = told(|office| fs::write(office.path("content/pages/home.md"), bytes).unwrap());
        assert_eq!(told.matches("]: ").count(), 1, "{told}");
        assert!(told.contains("content/pages/home.md:1:1"), "{told}");
    }
    let misspelt = "エラー[unknown-key]: `titel` という項目はありません";
    one_finding("content/pages/home.md", "title =", &[("titel =", misspelt)]);
}

#[test]
fn what_does_not_follow_is_told_all_the_same() {
    let told = told(|office| {
        office.edit("content/pages/rules/update.md", "review_due = ", "review_due = x");
        office.edit("content/pages/home.md", "備える", "[備える](rules/updaet.md)。ウイルス※と");
        office.edit("content/ids.toml", "\"malware\"", "\"malware\", \"phishing\"");
    });
    assert!(told.contains("エラー[unknown-page]: ページ「rules/updaet」がありません"), "{told}");
    assert!(told.contains("エラー[unknown-term]: 「ウイルス※」に当たる用語がありません"), "{told}");
    assert!(told.contains("エラー[lost-id]: 公開した用語「phishing」がなくなっています"), "{told}");
    assert_eq!(told.matches("]: ").count(), 4, "{told}");
}

#[test]
fn a_version_of_a_page_that_cannot_be_read_is_not_gone() {
    let english = "+++\ntitle = \"Updates\"\nsummary = \"Update.\"\ntranslated = 2026-11-01\n+++\n\n\
                   ## Rules {#rules}\n\n### Rule 1 {#rule-1}\n\nUpdate.\n";
    let with_english = |path: &str, from: &str, to: &str| {
        told(|office| {
            office.write("content/pages/rules/update.en.md", english);
            office.edit(
                "content/pages/home.md",
                "に備える",
                "に[英語で](rules/update.en.md)備える",
            );
            office.record_ids();
            office.edit(path, from, to);
        })
    };
    let of_version = with_english("content/pages/rules/update.en.md", "title = \"Updates\"\n", "");
    assert!(of_version.starts_with("エラー[missing-key]: `title` がありません"), "{of_version}");
    assert_eq!(of_version.matches("]: ").count(), 1, "{of_version}");
    let of_original = with_english("content/pages/rules/update.md", "title = ", "title = x");
    assert!(of_original.starts_with("エラー[toml]"), "{of_original}");
    assert_eq!(of_original.matches("]: ").count(), 1, "{of_original}");
}

#[test]
fn a_page_that_has_moved_and_cannot_be_read_is_not_gone() {
    let told = told(|office| {
        let old = fs::read_to_string(office.path("content/pages/rules/update.md")).unwrap();
        let moved = old.replace("review_due = ", "aliases = [\"rules/update\"]\nreview_due = x");
        fs::remove_file(office.path("content/pages/rules/update.md")).unwrap();
        office.write("content/pages/rules/patch.md", &moved);
        office.edit("content/pages/home.md", "update.md", "patch.md");
        office.edit("content/checks/staff.toml", "rules/update", "rules/patch");
        office.edit("content/campaigns/r9.toml", "rules/update", "rules/patch");
    });
    assert!(told.starts_with("エラー[toml]"), "{told}");
    assert_eq!(told.matches("]: ").count(), 1, "{told}");
}

#[test]
fn a_published_page_that_became_a_draft_is_told_once_at_the_page() {
    let update = "content/pages/rules/update.md";
    let draft = |office: &Office| office.edit(update, "owner", "status = \"draft\"\nowner");
    assert_eq!(
        told(draft),
        "エラー[lost-page]: 公開したページ「rules/update」が下書き（`status = \"draft\"`）になっています\n  \
         --> content/pages/rules/update.md:4:10\n  \
         id の記録: content/ids.toml:15:8\n  \
         対処: 載せ続けるなら `status` の行を消します。\n  \
         対処: 載せるのをやめるなら、代わりのページの先頭に `aliases = [\"rules/update\"]` を書きます。\n  \
         対処: 廃止したのなら `site-gen ids --retire rules/update` を実行します。引用された古いアドレスからは、もう開けません。\n"
    );
    // Once another page has its place, whatever names it is told.
    let told = told(|office| {
        office.edit(update, "owner", "status = \"superseded\"\nowner");
        office.edit("content/pages/home.md", "owner", "aliases = [\"rules/update\"]\nowner");
        office.edit("content/pages/home.md", "です。", "です。\n\n## 決まり {#rules alias=rule-1}");
    });
    assert!(!told.contains("lost-page"), "{told}");
    let message =
        "ページ「rules/update」は置き換え済み（`status = \"superseded\"`）のため、載りません";
    for place in ["pages/home.md:10:11", "checks/staff.toml:17:8", "campaigns/r9.toml:13:8"] {
        let expected = format!(
            "エラー[unknown-page]: {message}\n  --> content/{place}\n  \
             そのページ: content/pages/rules/update.md:4:10\n  \
             対処: 載せるなら `status` の行を消し、載せないなら、この参照を外します。\n"
        );
        assert!(told.contains(&expected), "{told}");
    }
}

#[test]
fn a_term_that_cannot_be_read_is_not_unknown() {
    let malware = "content/glossary/malware.md";
    let reading = "reading = \"まるうぇあ\"\n";
    one_finding(malware, reading, &[("", "エラー[missing-key]: `reading` がありません")]);
    one_finding(
        malware,
        "\"マルウェア\"",
        &[("マルウェア", "エラー[toml]"), ("“マルウェア”", "エラー[toml]")],
    );
    one_finding(malware, "+++\n", &[("---\n", "エラー[front-matter]")]);
    let told = told(|office| {
        office.edit("content/pages/home.md", "\"トップ\"", "\"不正プログラム※とは\"");
        office.write(malware, "");
    });
    assert_eq!(told.matches("]: ").count(), 1, "{told}");
    assert!(told.contains("content/glossary/malware.md:1:1"), "{told}");
}

#[test]
fn a_question_that_cannot_be_read_leaves_its_campaign_alone() {
    let staff = "content/checks/staff.toml";
    one_finding(
        staff,
        "correct = [\"b\"]",
        &[
            ("correct = [\"c\"]", "エラー[choices]: 正答の「c」という選択肢はありません"),
            ("correct = [\"a\", \"b\"]", "エラー[question]: 設問「up1」が成り立ちません"),
        ],
    );
    one_finding(
        staff,
        "text = \"更新する\" ",
        &[("text = 8 ", "エラー[wrong-type]: `text` には文字列を書きます")],
    );
    one_finding(staff, "revision = 1", &[("revision = ", "エラー[toml]")]);
    one_finding(
        staff,
        "id = \"staff\"",
        &[("id = \"staf\"", "エラー[set-name]: `id` の「staf」がファイル名の「staff」と違います")],
    );
}

#[test]
fn what_is_wrong_with_a_campaign_is_told_once_where_it_is() {
    let r9 = "content/campaigns/r9.toml";
    let told = |from: &str, to: &str| told(|office| office.edit(r9, from, to));
    assert_eq!(
        told("good = 85", "good = 60"),
        "エラー[bands]: `review`（70）が `good`（60）より大きくなっています\n  \
         --> content/campaigns/r9.toml:11:10\n  \
         `good`: content/campaigns/r9.toml:10:8\n  \
         対処: 良好は `good` ％以上、要確認は `review` ％以上です。`review` を `good` 以下にします。\n"
    );
    assert_eq!(
        told("[\"staff\"]", "[\"staff\", \"staff\"]"),
        "エラー[duplicate-id]: 設問集「staff」が二度書かれています\n  \
         --> content/campaigns/r9.toml:8:18\n  対処: 片方を消します。\n"
    );
}

#[test]
fn sets_that_do_not_fit_together_are_told_once() {
    let other = CHECKS.replace("\"staff\"", "\"other\"").replace("\"up1\"", "\"up2\"");
    let both = |office: &Office| {
        office.write("content/checks/other.toml", &other);
        office.edit("content/campaigns/r9.toml", "[\"staff\"]", "[\"staff\", \"other\"]");
    };
    assert_eq!(
        told(both),
        "エラー[question-set]: 分野「up」が二度出てきます（staff、other）\n  \
         --> content/campaigns/r9.toml:8:9\n  \
         対処: 一つの実施回の中では、分野の id は設問集ごとに違うものにします。\n"
    );
    let for_some = |office: &Office| {
        office.edit("content/checks/staff.toml", "action", "roles = [\"manager\"]\naction");
    };
    assert_eq!(
        told(for_some),
        "エラー[question-set]: 一般の職員、担当者に出す設問が一つもありません\n  \
         --> content/campaigns/r9.toml:8:9\n  \
         対処: `sets` の設問集に、`roles` を書かない設問（全員のもの）を加えます。\n"
    );
}

#[test]
fn a_policy_that_is_not_there_keeps_a_campaign_from_being_frozen() {
    let office = office();
    office.edit("content/campaigns/r9.toml", "rules/update", "rules/updaet");
    let content = office.path("content");
    let day = "2026-11-20".parse().unwrap();
    let mut outcome = office.check();
    let checked = outcome.checked.take().unwrap();
    let (sources, report) = (&outcome.sources, &mut outcome.report);
    let done = site_gen::freeze::freeze(&content, &checked.content, sources, "r9", day, report);
    assert_eq!(done.unwrap_err().to_string(), "実施回「r9」を凍結できません");
    assert!(!content.join("archive").exists());
}

#[test]
fn rows_that_cannot_be_read_are_not_missing() {
    one_finding(
        "content/data/organization.toml",
        "name = \"IT推進課\"",
        &[("name = 8", "エラー[wrong-type]: `name` には文字列を書きます")],
    );
    let child = "[[boxes]]\nid = \"cio\"\ntitle = \"補佐\"\nholder = \"部長\"\nparent = \"ciso\"\n";
    let told = told(|office| {
        let organization = "content/data/organization.toml";
        office.edit(organization, "[[sections]]", &format!("{child}[[sections]]"));
        office.edit(organization, "title = \"最高責任者\"\n", "");
    });
    assert!(told.starts_with("エラー[missing-key]: `title` がありません"), "{told}");
    assert_eq!(told.matches("]: ").count(), 1, "{told}");
    let told = self::told(|office| {
        office.write(
            "content/data/schedule.toml",
            "first_fiscal_year = 2026\nlast_fiscal_year = 2027\n\
             [[rows]]\nid = \"a\"\n[[rows]]\nid = \"b\"\ntitle = \"点検\"\ngroup = \"a\"\n",
        );
    });
    assert!(told.starts_with("エラー[missing-key]: `title` がありません"), "{told}");
    assert_eq!(told.matches("]: ").count(), 1, "{told}");
}

#[test]
fn a_site_file_that_cannot_be_read_is_not_missing() {
    let site = "content/site.toml";
    let told = told(|office| fs::write(office.path(site), b"# \x8e\x73\n").unwrap());
    assert!(told.starts_with("エラー[not-utf-8]: UTF-8 ではありません"), "{told}");
    assert_eq!(told.matches("]: ").count(), 1, "{told}");
    let value = "エラー[bad-value]: 「Test」は使えません。英小文字と数字 2〜16 字を書きます";
    one_finding(site, "id = \"test\"", &[("id = \"Test\"", value)]);
    let url = "エラー[base-url]: `base_url` の「www.example」が使えません";
    one_finding(site, "https://public.example/", &[("www.example", url)]);
    let level =
        "エラー[bad-value]: 「inside」は使えません。`public`、`intranet`、`restricted` のどれか";
    one_finding(site, "level = \"intranet\"", &[("level = \"inside\"", level)]);
    let group = "エラー[missing-key]: `title` がありません";
    one_finding(site, "title = \"決まり\"", &[("", group)]);
}

#[test]
fn a_record_of_ids_that_cannot_be_read_is_told_alone() {
    let told = told(|office| office.edit("content/ids.toml", "terms = [", "terms = x"));
    assert!(told.contains("エラー[ids]: id の記録を読めません"), "{told}");
    assert!(told.contains("エラー[toml]"), "{told}");
    assert!(!told.contains("unrecorded-id"), "{told}");
}

#[test]
fn a_data_file_with_nearly_the_right_name_is_told_the_right_one() {
    let told = told(|office| {
        office.write("content/data/contact.toml", "[[contacts]]\n");
    });
    let expected = "エラー[unknown-data]: このファイルは使われません\n  \
                    --> content/data/contact.toml:1:1\n  対処: 「contacts.toml」のことですか。\n  \
                    対処: data に置く TOML の名前: organization、committee、contacts、schedule、";
    assert!(told.starts_with(expected), "{told}");
    assert_eq!(told.matches("]: ").count(), 1, "{told}");
}

#[test]
fn two_contacts_with_one_id_are_told() {
    let row = "[[contacts]]\nid = \"day\"\nwhen = \"昼\"\nwho = \"係\"\nhow = \"内線\"\n";
    let told = told(|office| office.write("content/data/contacts.toml", &row.repeat(2)));
    assert_eq!(
        told,
        "エラー[duplicate-id]: 連絡先の id「day」が二度出てきます\n  \
         --> content/data/contacts.toml:7:6\n  先の連絡先: content/data/contacts.toml:2:6\n"
    );
}
