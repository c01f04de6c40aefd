//! What Japanese authors trip over: one rule a test, with the whole finding as the author reads it.

use site_gen::build::render_fragment;

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
fn full_width_heading() {
    let remedy = "\n  対処: 半角の `#` と半角の空白で `## 見出し {#id}` のように書きます。";
    check(
        "文です。\n\n##　見出し",
        &format!(
            "警告[full-width-heading]: `##` で始まる行は見出しになっていません\n  --> text.md:3:1{remedy}"
        ),
    );
    check(
        "##見出し",
        &format!(
            "警告[full-width-heading]: `##` で始まる行は見出しになっていません\n  --> text.md:1:1{remedy}"
        ),
    );
    check(
        "＃ 見出し",
        &format!(
            "警告[full-width-heading]: `＃` で始まる行は見出しになっていません\n  --> text.md:1:1{remedy}"
        ),
    );
    quiet("#1 の要望です。");
    quiet("```\n##　見出し\n```");
    quiet("```\n    ##　字下げした囲み\n```");
}

#[test]
fn full_width_lists() {
    check(
        "次のとおりです。\n\n・一つ目\n・二つ目\n・三つ目",
        "警告[full-width-list]: `・` で始まる行は箇条書きになっていません（ここから 3 行）\n  --> text.md:3:1\n  対処: 半角で `- 項目` のように書きます。",
    );
    for mark in ["●", "■", "◆", "＊　", "－ "] {
        let shown = mark.trim_end();
        check(
            &format!("{mark}項目"),
            &format!(
                "警告[full-width-list]: `{shown}` で始まる行は箇条書きになっていません\n  --> text.md:1:1\n  対処: 半角で `- 項目` のように書きます。"
            ),
        );
    }
    for mark in ["１．", "1．", "（１）".strip_prefix('（').unwrap(), "２）"] {
        check(
            &format!("{mark}はじめに"),
            &format!(
                "警告[full-width-list]: `{mark}` で始まる行は番号の箇条書きになっていません\n  --> text.md:1:1\n  対処: 半角で `1. 項目` のように書きます。"
            ),
        );
    }
    quiet("- 項目\n- 項目");
    quiet("1. 項目\n2. 項目");
    quiet("１．５倍です。");
    quiet("文の中の・は区切りです。");
}

#[test]
fn missing_space_of_a_list() {
    check(
        "1.項目",
        "警告[list-space]: `1.` で始まる行は番号の箇条書きになっていません\n  --> text.md:1:1\n  対処: `1.` の後に半角の空白を入れます。",
    );
    check(
        "> -項目",
        "警告[list-space]: `-` で始まる行は箇条書きになっていません\n  --> text.md:1:3\n  対処: `-` の後に半角の空白を入れます。",
    );
    quiet("1.5倍です。");
    quiet("2026.4の版です。");
    quiet("**強調**です。");
}

#[test]
fn full_width_table() {
    check(
        "｜列｜列｜\n｜値｜値｜",
        "警告[full-width-table]: `｜` で始まる行は表になっていません（ここから 2 行）\n  --> text.md:1:1\n  対処: 半角の `|` で `| 列 | 列 |` のように書き、2 行目に `| --- | --- |` を置きます。",
    );
}

#[test]
fn full_width_definition() {
    check(
        "用語\n：説明です。",
        "警告[full-width-definition]: `：` で始まる行は用語と説明の組になっていません\n  --> text.md:2:1\n  対処: 半角の `:` と半角の空白で `: 説明` のように書きます。",
    );
    quiet("用語\n: 説明です。");
}

#[test]
fn full_width_quote_and_indent() {
    check(
        "＞引用です。",
        "警告[full-width-quote]: `＞` で始まる行は引用になっていません\n  --> text.md:1:1\n  対処: 半角で `> 文` のように書きます。",
    );
    check(
        "- 項目\n　続きです。",
        "警告[full-width-indent]: 行の先頭に全角の空白があります\n  --> text.md:2:1\n  対処: 空白を消します。段落の字下げは要りません。箇条書きの続きは半角の空白で字下げします。",
    );
}

#[test]
fn literal_emphasis() {
    check(
        "これは** 強調 **です。",
        "エラー[literal-emphasis]: `**` が文字のまま残っています\n  --> text.md:1:4\n  対処: 始めと終わりの数をそろえ、内側に空白を入れないでください。文字なら `\\*` と書きます。",
    );
    check(
        "税込**¥10**で、~~旧 規定です。",
        "エラー[literal-emphasis]: `~~` が文字のまま残っています\n  --> text.md:1:12\n  対処: 始めと終わりの数をそろえ、内側に空白を入れないでください。文字なら `\\*` と書きます。\n警告[word-space]: 語の途中に空白があります「旧 規」\n  --> text.md:1:14\n  対処: 空白を消します。空白があると、読み上げと検索で別の語になります。",
    );
    quiet("\\*\\*は強調の印です。`**`も同じです。");
}

#[test]
fn spaces_inside_words() {
    check(
        "旅 行と日　時です。",
        "警告[word-space]: 語の途中に空白があります「旅 行」「日　時」（このページに 2 か所）\n  --> text.md:1:1\n  対処: 空白を消します。空白があると、読み上げと検索で別の語になります。",
    );
    quiet("Windows の設定、**手を止める。** 操作をやめます。");
    quiet("第1章　組織体制と、東京都　千代田区です。");
}

#[test]
fn characters_that_do_not_reach_everybody() {
    check(
        "㈱と㈱と№と㎡とⅣです。",
        "警告[packed-character]: 読み上げや検索で通じない文字「㈱」「№」「㎡」「Ⅳ」があります（このページに 5 か所）\n  --> text.md:1:1\n  対処: 「(株)」「No」「m2」「IV」のように、ふつうの文字で書きます。",
    );
    check(
        "手順①と②です。",
        "お知らせ[circled-number]: 丸数字「①」「②」は、読み上げ方が一つに決まりません（このページに 2 か所）\n  --> text.md:1:3\n  対処: 順序のあるものは `1. ` で始まる箇条書きにします。",
    );
    check(
        "\\*印とﾊﾟｽﾜｰﾄﾞです。",
        "警告[half-width-kana]: 半角カタカナ「ﾊﾟｽﾜｰﾄﾞ」があります\n  --> text.md:1:5\n  対処: 全角で「パスワード」と書きます。",
    );
    check(
        "外字\u{E123}です。",
        "エラー[private-use]: 外字（ほかの端末では出ない文字）があります\n  --> text.md:1:3\n  対処: 一般の漢字に直すか、読みを添えたかなで書きます。",
    );
    quiet("`㈱`と→と…と℃です。");
}

#[test]
fn bare_addresses() {
    check(
        "&lt;詳細&gt;はhttps://example.jp/a?b=c#dを参照します。",
        "警告[bare-url]: アドレス `https://example.jp/a?b=c#d` がリンクになっていません\n  --> text.md:1:12\n  対処: `<https://example.jp/a?b=c#d>` か `[行き先の名前](https://example.jp/a?b=c#d)` の形で書きます。",
    );
    quiet("<https://example.jp/>と[例](https://example.jp/)と`https://example.jp/`です。");
    quiet("https:// で始まるアドレスです。");
}

#[test]
fn link_texts() {
    check(
        "[こちら](https://example.jp/a)です。",
        "警告[link-text]: リンクの文字「こちら」では行き先が分かりません\n  --> text.md:1:1\n  対処: 行き先のページ名を書きます。",
    );
    for text in ["ここ", "詳しくは", "詳しくはこちら", "詳細", "**こちら**"] {
        let found = render_fragment(&format!("[{text}](https://example.jp/a)")).findings;
        assert!(found.contains("警告[link-text]"), "{text}");
    }
    check(
        "[](https://example.jp/a)です。",
        "エラー[link-text]: リンク `https://example.jp/a` に文字がありません\n  --> text.md:1:1\n  対処: `[行き先のページ名](アドレス)` の形で書きます。",
    );
    check(
        "[様式](https://example.jp/a)と[様式](https://example.jp/b)です。",
        "お知らせ[link-text]: 同じ文字「様式」のリンクが、別の所も指しています\n  --> text.md:1:28\n  対処: 先のリンクは `https://example.jp/a` を指します。文字を変えて見分けられるようにします。",
    );
    quiet("[様式](https://example.jp/a)と[様式](https://example.jp/a#b)です。");
}

#[test]
fn text_alternatives() {
    check(
        "![](../assets/a.png)",
        "エラー[missing-alt]: 画像 `../assets/a.png` に代わりの文がありません\n  --> text.md:1:1\n  対処: `![何が写っているか](ファイル)` の形で書きます。",
    );
    for text in ["map.png", "MAP.JPG", "map", "画像"] {
        check(
            &format!("![{text}](../assets/map.png)"),
            &format!(
                "警告[alt-text]: 画像の代わりの文「{text}」では中身が伝わりません\n  --> text.md:1:1\n  対処: 見えない人に伝えたいことを一文で書きます。"
            ),
        );
    }
    quiet("![避難所の地図](../assets/map.png)");
}

#[test]
fn long_sentences() {
    let long = format!("{}です。", "長".repeat(58));
    check(
        &format!("短い文です。{long}\n\n{}です。", "長".repeat(64)),
        "お知らせ[long-sentence]: 60 字を超える文が 2 あります（ここの文が最長で 67 字）\n  --> text.md:3:1\n  対処: 一つの文に一つの事だけを書き、文を分けます。",
    );
    check(
        &format!("短い文です。{long}"),
        "お知らせ[long-sentence]: 60 字を超える文があります（61 字）\n  --> text.md:1:7\n  対処: 一つの文に一つの事だけを書き、文を分けます。",
    );
    quiet(&format!("{}です。", "長".repeat(57)));
    // Readings and marks are no letters of the sentence.
    quiet(&format!("{{語|ごごごごごごごごごご}}{}です。", "長".repeat(56)));
    // Cells and items are texts of their own.
    quiet(&format!("- {0}\n- {0}", "長".repeat(50)));
}

#[test]
fn line_ends_between_scripts() {
    check(
        "設定は\nWindowsで行い、IDと\nパスワードを使う。",
        "お知らせ[soft-break]: 和文と英数字の間の改行は、空白になります\n  --> text.md:1:4\n  対処: 空白が要らなければ、改行を「、」や「。」の後か、和文の途中に移します。",
    );
    quiet("設定です。\nWindowsで行う。");
}

#[test]
fn dates() {
    check(
        "会議は\\*2026年4月1日（月）です。",
        "エラー[date]: 「2026年4月1日（月）」の曜日が違います\n  --> text.md:1:6\n  対処: 2026年4月1日は水曜日です。",
    );
    check(
        "平成32年3月31日まで。",
        "警告[date]: 「平成32年3月31日」はありません（平成は元年1月8日から31年4月30日まで）\n  --> text.md:1:1\n  対処: 「令和2年3月31日」のことですか。",
    );
    quiet("`2026年2月30日`と令和8年4月1日（水）です。");
}

#[test]
fn notes_without_their_text() {
    check(
        "文です[^a]。\n\n[^b]: 使わない注。",
        "エラー[footnote]: 注 `[^a]` の中身がありません\n  --> text.md:1:4\n  対処: ページの終わりに `[^a]: 注の文` の行を加えます。\n警告[footnote]: 注「b」は本文で使われていません\n  --> text.md:3:1\n  対処: 本文に `[^b]` を置くか、注を消します。",
    );
    check(
        "文です[^a]。\n\n[^a]: 一つ。\n\n[^a]: 二つ。",
        "エラー[footnote]: 注「a」が二度書かれています\n  --> text.md:5:1\n  先の注: text.md:3:1\n  対処: 名前を変えるか、一つにまとめます。",
    );
}

#[test]
fn links_that_lead_nowhere() {
    let told = |message: &str, remedy: &str| {
        format!("エラー[link]: {message}\n  --> text.md:1:1\n  対処: {remedy}")
    };
    let file = "ファイルは載せられません。内容をページに書くか、置き場所とファイルの名前を文で書きます。ほかのサイトにあるものは `https://` から書きます。";
    for name in ["../../assets/様式第1号.docx", "youshiki.PDF#page=2", "files/a.xlsx"] {
        let message = format!("リンク先 `{name}` はページではなく、リンクできません");
        check(&format!("[様式]({name})"), &told(&message, file));
    }
    check(
        "[様式の絵](../../assets/a.png)",
        &told(
            "リンク先 `../../assets/a.png` は画像で、リンクできません",
            "画像は `![何が写っているか](ファイル)` の形で、ページの中に載せます。",
        ),
    );
    for address in ["www.example.jp", "city.example.lg.jp/a/b.pdf", "www.example.test/#a"] {
        check(
            &format!("[市の例]({address})"),
            &told(
                &format!("リンク先 `{address}` に `https://` がありません"),
                &format!("`https://{address}` と書きます。"),
            ),
        );
    }
    check(
        "[担当](it@example.jp)",
        &told(
            "リンク先 `it@example.jp` に `mailto:` がありません",
            "`mailto:it@example.jp` と書きます。",
        ),
    );
    for (written, address) in [
        (r"<\\\\share\\様式>", r"\\share\様式"),
        ("//share/a", "//share/a"),
        ("C:/a/b.docx", "C:/a/b.docx"),
        ("file:///C:/a", "file:///C:/a"),
    ] {
        check(
            &format!("[様式]({written})"),
            &told(
                &format!("リンク先 `{address}` は共有フォルダや端末の中で、リンクできません"),
                "置き場所とファイルの名前を文で書くか、内容をこのサイトのページにします。",
            ),
        );
    }
    for address in ["", "#"] {
        check(
            &format!("[様式]({address})"),
            &told(
                "リンク「様式」に行き先がありません",
                "`[様式](../people/password.md)` のように、行き先を丸括弧の中に書きます。",
            ),
        );
    }
    for (written, half) in [
        ("ｈｔｔｐｓ://example.jp/", "https://example.jp/"),
        ("mailto：it@example.jp", "mailto:it@example.jp"),
        ("../policy/basic．md", "../policy/basic.md"),
    ] {
        check(
            &format!("[案内]({written})"),
            &told(
                &format!("リンク先 `{written}` に全角の文字があります"),
                &format!("半角で `{half}` と書きます。"),
            ),
        );
    }
    for (written, right) in [
        ("people/password", "people/password.md"),
        ("people/password.html#rule-1", "people/password.md#rule-1"),
        ("/content/pages/people/password.md", "people/password.md"),
        (r"people\password.md", "people/password.md"),
        ("基本.md", "../people/password.md"),
    ] {
        check(
            &format!("[決まり]({written})"),
            &told(
                &format!("リンク先 `{written}` をたどれません"),
                &format!("ページへは `{right}` のように、元の Markdown ファイルで指します。"),
            ),
        );
    }
}
