//! One mistake a case: what the author is told, with place and remedy.

use crate::common::{Office, findings};

/// Makes one change and expects exactly these words among the findings.
fn check(path: &str, from: &str, to: &str, expected: &[&str]) {
    let office = Office::new();
    office.edit(path, from, to);
    let text = findings(&office.check());
    for words in expected {
        assert!(text.contains(words), "expected `{words}` in:\n{text}");
    }
}

#[test]
fn correct_content_has_no_findings() {
    let office = Office::new();
    office.record_ids();
    assert_eq!(findings(&office.check()), "エラー 0 件、警告 0 件、お知らせ 0 件\n");
}

#[test]
fn unknown_term() {
    check(
        "content/pages/home.md",
        "マルウェア※",
        "マルウエア※",
        &[
            "エラー[unknown-term]: 「マルウエア※」",
            "content/pages/home.md:9:6",
            "「マルウェア」のことですか",
        ],
    );
}

#[test]
fn broken_link() {
    check(
        "content/pages/home.md",
        "rules/update.md",
        "rules/updates.md",
        &["エラー[unknown-page]", "content/pages/home.md:9:", "「rules/update」のことですか"],
    );
}

#[test]
fn broken_fragment() {
    check(
        "content/pages/home.md",
        "rules/update.md",
        "rules/update.md#rule-2",
        &["エラー[unknown-fragment]", "`#rule-2`", "「rule-1」"],
    );
}

#[test]
fn unknown_key() {
    check(
        "content/pages/home.md",
        "owner =",
        "ownr =",
        &["エラー[unknown-key]: `ownr`", "home.md:4:1", "「owner」のことですか"],
    );
}

#[test]
fn missing_approver_of_a_rule() {
    check(
        "content/pages/rules/update.md",
        "approver = \"委員会\"\n",
        "",
        &["エラー[missing-key]: `approver`"],
    );
}

#[test]
fn unknown_owner() {
    check(
        "content/pages/home.md",
        "IT推進課 担当",
        "IT推進科 担当",
        &["エラー[unknown-owner]", "「IT推進課」のことですか"],
    );
}

#[test]
fn overdue_review() {
    check(
        "content/pages/home.md",
        "2030-03-31",
        "2026-03-31",
        &["警告[review-overdue]", "令和8年3月31日", "  --> content/pages/home.md:6:14\n"],
    );
}

#[test]
fn heading_without_id() {
    check(
        "content/pages/rules/update.md",
        "## 決まり {#rules}",
        "## 決まり",
        &["エラー[heading-id]: 見出し「決まり」", "update.md:11:1"],
    );
}

#[test]
fn literal_emphasis() {
    check(
        "content/pages/home.md",
        "です。",
        "です。** 強調 **です。",
        &["エラー[literal-emphasis]", "home.md:9:"],
    );
}

#[test]
fn raw_html() {
    check("content/pages/home.md", "です。", "です。<b>太字</b>", &["エラー[raw-html]", "`<b>`"]);
}

#[test]
fn public_page_links_to_intranet_page() {
    check(
        "content/pages/open.md",
        "お知らせ",
        "[お知らせ](home.md)",
        &[
            "エラー[leak]: ページ「home」（庁内）",
            "public",
            "指されたページ: content/pages/home.md:2:9",
        ],
    );
}

#[test]
fn public_page_uses_intranet_term() {
    let office = Office::new();
    office.edit("content/glossary/malware.md", "visibility = \"public\"\n", "");
    office.edit("content/pages/open.md", "お知らせ", "マルウェア※のお知らせ");
    let text = findings(&office.check());
    assert!(text.contains("エラー[leak]: 用語「マルウェア」（庁内）"), "{text}");
}

#[test]
fn circular_chart() {
    check(
        "content/data/organization.toml",
        "holder = \"副市長\"",
        "holder = \"副市長\"\nparent = \"ciso\"",
        &["エラー[circular-chart]"],
    );
}

#[test]
fn duplicate_titles() {
    check(
        "content/pages/rules/update.md",
        "更新の決まり",
        "トップ",
        &["エラー[duplicate-title]: 題名「トップ」", "先のページ: content/pages/home.md:2:9"],
    );
}

#[test]
fn all_mistakes_are_told_at_once() {
    let office = Office::new();
    office.edit("content/pages/home.md", "マルウェア※", "ウイルス※");
    office.edit("content/pages/home.md", "rules/update.md", "rules/none.md");
    office.edit("content/pages/open.md", "title =", "titel =");
    office.edit("content/pages/open.md", "summary = \"公開のページ。\"\n", "");
    office.edit("content/glossary/malware.md", "まるうぇあ", "マルウェア");
    let text = findings(&office.check());
    for code in ["unknown-term", "unknown-page", "unknown-key", "missing-key", "reading"] {
        assert!(text.contains(&format!("エラー[{code}]")), "{code} in:\n{text}");
    }
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let office = Office::new();
    std::fs::write(office.path("content/pages/sjis.md"), [0x83, 0x65]).unwrap();
    office.write("content/pages/Upper.md", "+++\n+++\n");
    let text = findings(&office.check());
    assert!(text.contains("エラー[not-utf-8]"), "{text}");
    assert!(text.contains("content/pages/sjis.md"), "{text}");
    assert!(text.contains("エラー[page-name]"), "{text}");
}

#[test]
fn a_stray_file_with_a_wrong_end_is_told_the_right_one() {
    let hidden = "Windows では、エクスプローラの「表示」で「ファイル名拡張子」を出すと、名前の終わりが見えます。";
    let elsewhere = "pages、glossary、checks、campaigns、data、assets のどれかに置きます。";
    let taken = |right: &str| format!("名前の終わりの `.txt` を取り、`{right}` にします。{hidden}");
    let mended = |right: &str| format!("名前の終わりを直し、`{right}` にします。{hidden}");
    for (path, remedy) in [
        ("pages/people/x.md.txt", taken("pages/people/x.md")),
        ("data/training.toml.txt", taken("data/training.toml")),
        ("README.md.txt", taken("README.md")),
        ("glossary/virus.txt", mended("glossary/virus.md")),
        ("pages/v1.0/x", mended("pages/v1.0/x.md")),
        ("checks/staff2.TOML", mended("checks/staff2.toml")),
        ("data/memo.md", elsewhere.to_owned()),
        ("data/training.toml.bak", elsewhere.to_owned()),
        ("memo.txt", elsewhere.to_owned()),
    ] {
        let office = Office::new();
        office.write(&format!("content/{path}"), "");
        let text = findings(&office.check());
        let expected = format!(
            "警告[stray-file]: このファイルは使われません\n  --> content/{path}:1:1\n  対処: {remedy}\n"
        );
        assert!(text.contains(&expected), "{text}");
    }
}
