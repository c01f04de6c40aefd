//! The fences around the front matter: which one is wrong, where, and how to mend it.

use crate::common::{Office, findings};

/// What is told when the first page is `text`; nothing when it is as it should be.
fn told(text: &str) -> String {
    let office = Office::new();
    office.record_ids();
    office.write("content/pages/home.md", text);
    let text = findings(&office.check());
    text.rsplit_once("エラー ").unwrap().0.to_owned()
}

const ITEMS: &str = "title = \"トップ\"\nsummary = \"試し。\"\nowner = \"IT推進課 担当\"\n\
                     layer = \"解説\"\nreview_due = 2030-03-31\n";
const BODY: &str = "\nマルウェア※に備えます。\n";

#[test]
fn each_mistake_is_told_by_its_name() {
    for (first, last, at, message, hint) in [
        (
            "---",
            "---",
            "1:1",
            "先頭の `---` は `+++` と書きます",
            "`---` の行を二つとも `+++` に直し、項目は `title = \"…\"` の形で書きます。",
        ),
        ("＋＋＋", "+++", "1:1", "先頭の `+++` が全角です", "半角の `+++` に直します。"),
        (
            "\n+++",
            "+++",
            "1:1",
            "先頭に空の行があります",
            "空の行を消し、1 行目を `+++` にします。",
        ),
        (
            " +++",
            "+++",
            "1:1",
            "先頭の `+++` の前か後に空白があります",
            "空白を消し、`+++` だけの行にします。",
        ),
        ("++++", "+++", "1:1", "先頭の `+` が 4 つあります", "`+++` と、三つだけ書きます。"),
        (
            "+++",
            "+++ ",
            "7:1",
            "項目の終わりの `+++` の前か後に空白があります",
            "空白を消し、`+++` だけの行にします。",
        ),
        ("+++", "＋＋＋", "7:1", "項目の終わりの `+++` が全角です", "半角の `+++` に直します。"),
        (
            "+++",
            "---",
            "7:1",
            "項目の終わりの `---` は `+++` と書きます",
            "`---` の行を二つとも `+++` に直し、項目は `title = \"…\"` の形で書きます。",
        ),
        (
            "+++",
            "",
            "7:1",
            "項目の終わりの `+++` がありません",
            "項目の後、本文の前に、`+++` だけの行を置きます。",
        ),
        (
            "# トップ",
            "",
            "1:1",
            "先頭に `+++` で囲んだ項目がありません",
            "1 行目に `+++`、項目の後にもう一度 `+++` だけの行を置きます。",
        ),
    ] {
        assert_eq!(
            told(&format!("{first}\n{ITEMS}{last}\n{BODY}")),
            format!(
                "エラー[front-matter]: {message}\n  --> content/pages/home.md:{at}\n  対処: {hint}\n"
            ),
            "{first} … {last}"
        );
    }
    for empty in ["", "\n \n"] {
        assert_eq!(
            told(empty),
            "エラー[front-matter]: ファイルが空です\n  --> content/pages/home.md:1:1\n  \
             対処: `+++` で囲んだ項目と本文を書きます。要らないファイルなら消します。\n"
        );
    }
}

#[test]
fn a_last_line_needs_no_end() {
    let text = told(&format!("+++\n{ITEMS}+++"));
    assert!(text.contains("警告[empty-page]: このページには本文がありません"), "{text}");
    assert!(!text.contains("エラー"), "{text}");
    assert_eq!(told(&format!("+++\n{ITEMS}+++\n{BODY}")), "");
}
