//! Marks that were meant and stayed text, or took text away: nobody would see it on the page.

use site_gen::build::render_fragment;

use crate::common::{Office, findings};

/// Expects exactly `expected` among the findings of `markdown`, which is line 1 of a text.
fn check(markdown: &str, expected: &str) {
    let found = render_fragment(markdown).findings;
    let found = found.rsplit_once("エラー ").map_or("", |(found, _)| found);
    assert_eq!(found.trim_end(), expected, "{markdown}");
}

/// Expects no finding.
fn quiet(markdown: &str) {
    check(markdown, "");
}

#[test]
fn rows_with_more_cells_than_the_head_lose_text() {
    check(
        "| 名 | 値 |\n| --- | --- |\n| 甲 | 1 | **消える**文 | 2 |",
        "エラー[table-cells]: 表の列が見出しの行（2 列）より多く、「**消える**文 | 2」は載りません\n  --> text.md:3:11\n  対処: 列の数を見出しの行とそろえます。文字の `|` は `\\|` と書きます。",
    );
    check(
        "> | 名 | 値 |\n> | --- | --- |\n> | {脆弱|ぜいじゃく} | `a|b` |",
        "エラー[table-cells]: 表の列が見出しの行（2 列）より多く、「b`」は載りません\n  --> text.md:3:21\n  対処: 列の数を見出しの行とそろえます。文字の `|` は `\\|` と書きます。",
    );
    quiet(
        "| 名 | 値 |\n| --- | --- |\n| 甲 | 1 | |\n| 乙 | `a\\|b` |\n| {脆弱|ぜいじゃく} | 2\n| 丙 ||",
    );
}

#[test]
fn rows_with_fewer_cells_than_the_head() {
    check(
        "| 名 | 値 | 備考 |\n| --- | --- | --- |\n| 甲 | 1 |\n| 乙 | 2 | |\n丙\n",
        "警告[table-cells]: 表の行が 2 列で、見出しの行の 3 列より少なくなっています（このページに 2 か所）\n  --> text.md:3:1\n  対処: 空の欄にも `| |` のように区切りを書き、列の数をそろえます。",
    );
}

#[test]
fn lines_that_look_like_a_table() {
    let told = |line, rule| {
        format!(
            "警告[literal-table]: `|` で始まる行は表になっていません\n  --> text.md:{line}:1\n  対処: 見出しの行のすぐ下に、半角で、同じ列の数だけ `{rule}` と置きます。\n  対処: 上の表の続きなら、間の空の行を消します。文字なら `\\|` と書きます。"
        )
    };
    check("| 名 | 値 |\n| 甲 | 1 |\n| 乙 | 2 |", &told(1, "| --- | --- |"));
    check("| 名 | {値|あたい} |\n| --- |\n| 甲 | 1 |", &told(1, "| --- | --- |"));
    check("| 名 | **値** | 備考 |\n|－－－|－－－|－－－|", &told(1, "| --- | --- | --- |"));
    check(
        "| 名 |\n| --- |\n| 甲 |\n\n| 乙 |\n| 丙 |\n\n| 丁 |",
        &[told(5, "| --- |"), told(8, "| --- |")].join("\n"),
    );
    quiet("\\|甲\\|と、|を使う式です。|");
    quiet("| は縦の線です。");
    quiet("`|` と ||です。");
    quiet("```\n| 甲 |\n```");
}

#[test]
fn links_that_stayed_text() {
    let told = |written: &str, column, how: &str, right: &str| {
        let what = if written.starts_with('!') { "画像" } else { "リンク" };
        format!(
            "警告[literal-link]: `{written}` は{what}になっていません\n  --> text.md:1:{column}\n  対処: {how}`{right}` と書きます。文字なら `\\[` と書きます。"
        )
    };
    let brackets = "括弧は半角で、間に空白を入れずに ";
    for written in [
        "[基本]（../policy/basic.md）",
        "［基本］(../policy/basic.md)",
        "[基本] (../policy/basic.md)",
        "［基本］（../policy/basic.md）",
    ] {
        let expected = told(written, 2, brackets, "[基本](../policy/basic.md)");
        check(&format!("・{written}です。"), &["警告[full-width-list]: `・` で始まる行は箇条書きになっていません\n  --> text.md:1:1\n  対処: 半角で `- 項目` のように書きます。", &expected].join("\n"));
        check(
            &format!("文、{written}です。"),
            &told(written, 3, brackets, "[基本](../policy/basic.md)"),
        );
    }
    check(
        "文、[基本](../policy/basic.mdを読みます。",
        &told("[基本](../policy/basic.md", 3, "`)` で閉じて ", "[基本](../policy/basic.md)"),
    );
    check(
        "![図](../../assets/zu 1.png)",
        &told(
            "![図](../../assets/zu 1.png)",
            1,
            "空白のあるアドレスは `<` と `>` で囲み、",
            "![図](<../../assets/zu 1.png>)",
        ),
    );
    check(
        "[**基本**](../a b.md)",
        &told(
            "](../a b.md)",
            10,
            "空白のあるアドレスは `<` と `>` で囲み、",
            "[行き先の題名](<../a b.md>)",
        )
        .replace("1:10", "1:8"),
    );
    check(
        "[様式](様式 1.docx)",
        "警告[literal-link]: `[様式](様式 1.docx)` はリンクになっていません\n  --> text.md:1:1\n  対処: ファイルは載せられません。内容をページに書くか、置き場所とファイルの名前を文で書きます。ほかのサイトにあるものは `https://` から書きます。",
    );
    quiet("［別表］（第3条）と[様式] (第1号)と`[基本]（../a.md）`です。");
    quiet("\\[基本](../a b.md)と[基本\\]（../a.md）です。");
}

#[test]
fn alerts_that_stayed_text() {
    let write = |alert: &str| {
        format!("対処: `> [!{alert}]` だけの行を置き、文は次の `> ` の行から書きます。")
    };
    let known =
        "対処: 使えるのは `[!NOTE]`、`[!TIP]`、`[!IMPORTANT]`、`[!WARNING]`、`[!CAUTION]` です。";
    check(
        "> [!NOTE] 大事です。",
        &format!(
            "警告[literal-alert]: `[!NOTE]` と同じ行に文があるため、囲みになっていません\n  --> text.md:1:3\n  {}",
            write("NOTE")
        ),
    );
    check(
        "[!warning]\n文です。",
        &format!(
            "警告[literal-alert]: `[!warning]` は囲みになっていません\n  --> text.md:1:1\n  {}",
            write("WARNING")
        ),
    );
    for (name, meant) in [("IMPORTNAT", "IMPORTANT"), ("重要", "IMPORTANT"), ("Notes", "NOTE")] {
        check(
            &format!("> [!{name}]\n> 文です。"),
            &format!(
                "警告[literal-alert]: 囲み `[!{name}]` はありません\n  --> text.md:1:3\n  対処: 「{meant}」のことですか。\n  {known}"
            ),
        );
    }
    check(
        "> ［！連絡］\n> 文です。",
        &format!("警告[literal-alert]: 囲み `[!連絡]` はありません\n  --> text.md:1:3\n  {known}"),
    );
    quiet("> [!NOTE]\n> 文です。");
    quiet("> \\[!NOTE]\n> 文です。");
}

#[test]
fn signs_of_what_is_done_that_stayed_text() {
    for (item, mark) in [
        ("[ｘ] したこと", "[ｘ]"),
        ("[] まだのこと", "[]"),
        ("[X]したこと", "[X]"),
        ("［ ］まだのこと", "［ ］"),
    ] {
        let expected = format!(
            "警告[literal-task]: `{mark}` で始まる項目は、済みかどうかの印になっていません\n  --> text.md:1:3\n  対処: 半角で `- [x] したこと`、`- [ ] まだのこと` のように、`]` の後にも空白を入れて書きます。"
        );
        check(&format!("- {item}"), &expected);
        check(&format!("- {item}\n\n- 次"), &expected);
    }
    quiet("- [x] したこと\n- [ ] まだのこと\n- [1]の要望");
    quiet("[]は配列です。");
}

#[test]
fn readings_that_stayed_text() {
    for written in
        ["{脆弱｜ぜいじゃく}", "{脆弱|}", "{脆弱|脆い}", "｛脆弱｜ぜいじゃく｝", "{脆弱|ぜいじゃく"]
    {
        check(
            &format!("文、{written}"),
            &format!(
                "警告[literal-reading]: `{written}` は読みになっていません\n  --> text.md:1:3\n  対処: 半角で `{{脆弱|ぜいじゃく}}` のように書き、読みはかなだけにします。文字なら `\\{{` と書きます。"
            ),
        );
    }
    quiet("{脆弱|ぜいじゃく}と{a|b}と｛その他｝と\\{脆弱|}と`{脆弱|}`です。");
}

#[test]
fn full_width_emphasis_and_fence() {
    check(
        "これは＊＊大事＊＊です。",
        "警告[full-width-emphasis]: `＊＊大事＊＊` は強調になっていません\n  --> text.md:1:4\n  対処: 半角で `**大事**` と書きます。",
    );
    quiet("番号は＊＊＊＊、名は＊＊です。");
    check(
        "｀｀｀\n文です。\n｀｀｀",
        "警告[full-width-fence]: `｀｀｀` で始まる行は囲みになっていません（ここから 2 行）\n  --> text.md:1:1\n  対処: 半角の ``` だけの行で始め、同じ行で終えます。",
    );
}

#[test]
fn full_width_ids_of_headings() {
    for written in ["｛#rule-1｝", "{＃rule-1}", "｛＃rule-1｝"] {
        check(
            &format!("## 決まり {written}\n\n文です。"),
            "エラー[heading-id]: 見出しの id「rule-1」が、全角の印のため文字になっています\n  --> text.md:1:1\n  対処: 半角で `{#rule-1}` と書きます。",
        );
    }
}

#[test]
fn paragraphs_that_became_code() {
    check(
        "文です。\n\n    字下げです。\n\n\tタブです。\n\n文です。\n\n    字下げです。",
        "警告[indented-code]: 字下げした段落が、プログラムの囲みになっています（このページに 2 か所）\n  --> text.md:3:5\n  対処: 行の先頭の空白やタブを消します。プログラムなら、前後に ``` だけの行を置きます。",
    );
    quiet("- 項目\n\n    続きです。");
}

#[test]
fn a_page_without_text() {
    let told = "警告[empty-page]: このページには本文がありません\n  --> content/pages/rules/empty.md:8:1\n  対処: `+++` の下に文を書くか、まだ載せないのなら、できるまでファイルを pages の外に置きます。";
    let office = Office::new();
    let front_matter = "+++\ntitle = \"空\"\nsummary = \"空のページ。\"\nowner = \"IT推進課 担当\"\nlayer = \"解説\"\nreview_due = 2030-03-31\n+++\n";
    office.write("content/pages/rules/empty.md", front_matter);
    assert!(findings(&office.check()).contains(told), "{}", findings(&office.check()));
    office.write("content/pages/rules/empty.md", &format!("{front_matter}\n\n```org-chart\n```\n"));
    assert!(!findings(&office.check()).contains("empty-page"));
    let heading = render_fragment("## 見出し {#a}");
    assert!(heading.findings.contains("警告[empty-page]"), "{}", heading.findings);
}
