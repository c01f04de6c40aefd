//! The life of anchors: recorded, kept through edits, missed when they vanish, led on when they move.

use std::fs;

use crate::common::{Office, findings};

const RULES: &str = "content/pages/rules/update.md";
const NEW_PAGE: &str = "content/pages/rules/patching.md";

fn recorded() -> Office {
    let office = Office::new();
    office.record_ids();
    office
}

fn said(office: &Office) -> String {
    findings(&office.check())
}

fn record(office: &Office) -> String {
    fs::read_to_string(office.path("content/ids.toml")).unwrap()
}

/// Moves the page of rules.
fn move_page(office: &Office, front_matter: &str) {
    let text = fs::read_to_string(office.path(RULES)).unwrap();
    fs::remove_file(office.path(RULES)).unwrap();
    office.write(NEW_PAGE, &text.replacen("+++\n", &format!("+++\n{front_matter}"), 1));
    office.edit("content/pages/home.md", "rules/update.md", "rules/patching.md");
}

#[test]
fn what_is_recorded_and_that_it_is_read_back() {
    let office = recorded();
    let text = record(&office);
    assert!(text.contains("terms = [\n    \"malware\",\n]\n"), "{text}");
    assert!(
        text.contains("[pages.\"rules/update\"]\nids = [\n    \"rules\",\n    \"rule-1\",\n]\n"),
        "{text}"
    );
    office.record_ids();
    assert_eq!(record(&office), text, "the same again");
}

#[test]
fn new_ids_ask_to_be_recorded() {
    let office = Office::new();
    assert!(
        said(&office)
            .contains("お知らせ[unrecorded-id]: 公開する id の記録（ids.toml）がまだありません")
    );
    office.record_ids();
    assert!(!said(&office).contains("unrecorded-id"));
    office.edit(RULES, "通知が出たら", "## 次 {#next}\n\n通知が出たら");
    let text = said(&office);
    assert!(text.contains("警告[unrecorded-id]: 新しい id「next」が ids.toml にありません\n  --> content/pages/rules/update.md:15:1"), "{text}");
    assert!(text.contains("`site-gen ids`"), "{text}");
}

#[test]
fn a_published_id_that_vanished_is_an_error() {
    let office = recorded();
    office.edit(RULES, "{#rule-1}", "{#rule-one}");
    let text = said(&office);
    assert!(
        text.contains(
            "エラー[lost-id]: 公開した見出しの id「rule-1」が、ページ「rules/update」にありません"
        ),
        "{text}"
    );
    assert!(text.contains("id の記録: content/ids.toml:"), "{text}");
    assert!(text.contains("`{#新しいid alias=rule-1}`"), "{text}");
    office.edit(RULES, "{#rule-one}", "{#rule-one alias=rule-1}");
    assert!(said(&office).contains("エラー 0 件"));
    office.build();
    let html = office.output("intranet/rules/update.html");
    assert!(html.contains("<h3 id=\"rule-one\"><span id=\"rule-1\"></span>"), "{html}");
    // Links to the old id still hold, and the record keeps both.
    office.edit("content/pages/home.md", "rules/update.md", "rules/update.md#rule-1");
    assert!(said(&office).contains("エラー 0 件"));
    office.record_ids();
    assert!(record(&office).contains("\"rule-1\",\n    \"rule-one\",\n"));
    office.edit(RULES, " alias=rule-1", "");
    assert!(said(&office).contains("エラー[lost-id]"));
}

#[test]
fn a_moved_page_is_an_error_until_its_old_address_leads_on() {
    let office = recorded();
    move_page(&office, "");
    let text = said(&office);
    assert!(text.contains("エラー[lost-page]: 公開したページ「rules/update」がなくなっています\n  --> content/ids.toml:"), "{text}");
    assert!(text.contains("`aliases = [\"rules/update\"]`"), "{text}");
    let office = recorded();
    move_page(&office, "aliases = [\"rules/update\"]\n");
    assert!(said(&office).contains("エラー 0 件"));
    office.build();
    let old = office.output("intranet/rules/update.html");
    assert!(old.contains("data-moved=\"patching.html\""), "{old}");
    assert!(
        old.contains(
            "<noscript><meta http-equiv=\"refresh\" content=\"0; url=patching.html\"></noscript>"
        ),
        "{old}"
    );
    assert!(old.contains("<a href=\"patching.html\">ページへ進む</a>"), "{old}");
    // Its clauses must be there too.
    office.edit(NEW_PAGE, "{#rule-1}", "{#rule-one}");
    let text = said(&office);
    assert!(
        text.contains(
            "エラー[lost-id]: 公開した見出しの id「rule-1」が、ページ「rules/patching」に"
        ),
        "{text}"
    );
}

#[test]
fn a_draft_is_no_longer_published() {
    let office = recorded();
    office.edit(RULES, "review_due", "status = \"draft\"\nreview_due");
    office.edit("content/pages/home.md", "[決まり](rules/update.md)", "決まり");
    assert!(said(&office).contains("エラー[lost-page]: 公開したページ「rules/update」"));
}

#[test]
fn aliases_are_held_against_pages_and_each_other() {
    let office = Office::new();
    office.edit(RULES, "review_due", "aliases = [\"home\"]\nreview_due");
    assert!(
        said(&office).contains("エラー[page-alias]: `aliases` の「home」というページがあります")
    );
    let office = Office::new();
    office.edit(RULES, "review_due", "aliases = [\"Old Page.html\"]\nreview_due");
    assert!(
        said(&office).contains(
            "エラー[page-alias]: `aliases` の「Old Page.html」はページの id ではありません"
        )
    );
    let office = Office::new();
    office.edit(RULES, "review_due", "aliases = [\"old\"]\nreview_due");
    office.edit("content/pages/home.md", "review_due", "aliases = [\"old\"]\nreview_due");
    assert!(
        said(&office).contains("エラー[page-alias]: `aliases` の「old」が二つのページにあります")
    );
}

#[test]
fn headings_without_ids_get_one_that_stays() {
    let office = recorded();
    office.edit(RULES, "通知が出たら", "## 更新のあとに確かめること\n\n通知が出たら");
    let text = said(&office);
    assert!(
        text.contains("エラー[heading-id]: 見出し「更新のあとに確かめること」に id がありません"),
        "{text}"
    );
    assert!(text.contains("`site-gen ids`"), "{text}");
    office.record_ids();
    assert!(said(&office).contains("エラー 0 件、警告 0 件"), "{}", said(&office));
    office.build();
    let id = |office: &Office| {
        let html = office.output("intranet/rules/update.html");
        let at = html.find("更新の<wbr>あとに").or_else(|| html.find("更新後に<wbr>")).unwrap();
        let start = html[..at].rfind("<h2 id=\"").unwrap() + "<h2 id=\"".len();
        html[start..at].split('"').next().unwrap().to_owned()
    };
    let given = id(&office);
    assert!(given.starts_with("s-") && given.is_ascii(), "{given}");
    // A light edit keeps the id; another page, another order change nothing.
    office.edit(RULES, "更新のあとに確かめること", "更新後に確かめること");
    let text = said(&office);
    assert!(
        text.contains("エラー[lost-id]")
            && text.contains("「更新のあとに確かめること」の文を直したのなら"),
        "{text}"
    );
    office.record_ids();
    assert!(said(&office).contains("エラー 0 件"), "{}", said(&office));
    office.build();
    assert_eq!(id(&office), given);
    // Writing the id down makes it the author's.
    office.edit(RULES, "更新後に確かめること", &format!("更新後に確かめること {{#{given}}}"));
    office.record_ids();
    let text = record(&office);
    assert!(text.contains(&format!("    \"{given}\",\n")) && !text.contains("assigned"), "{text}");
    assert!(said(&office).contains("エラー 0 件"));
}

#[test]
fn ids_of_the_frame_are_refused() {
    for id in ["main", "t-malware", "page-terms", "fn-1"] {
        let office = Office::new();
        office.edit(RULES, "{#rule-1}", &format!("{{#{id}}}"));
        assert!(
            said(&office).contains(&format!(
                "エラー[heading-id]: 見出しの id「{id}」はページの枠が使います"
            )),
            "{id}"
        );
    }
    let office = Office::new();
    office.edit(RULES, "{#rule-1}", "{#rules}");
    assert!(said(&office).contains("エラー[duplicate-id]: 見出しの id「rules」が二度出てきます"));
    office.edit(
        RULES,
        "ルール1　すぐに更新する {#rules}",
        "ルール1　すぐに更新する {#rule-1 .big}",
    );
    assert!(said(&office).contains("書けるのは `#id` と `alias=古いid` だけ"));
}

#[test]
fn a_damaged_record_is_told() {
    let office = recorded();
    office.edit("content/ids.toml", "terms = [", "terms = [[");
    let text = said(&office);
    assert!(text.contains("エラー[ids]: id の記録を読めません"), "{text}");
    assert!(text.contains("content/ids.toml:"), "{text}");
}

/// What `site-gen ids --retire` says and does.
fn retire(office: &Office, address: &str) -> Result<Vec<String>, String> {
    let checked = office.check().checked.unwrap();
    site_gen::ids::record(&office.path("content"), &checked, &[address.to_owned()])
        .map(|recorded| recorded.retired)
        .map_err(|fault| fault.to_string())
}

#[test]
fn what_is_abolished_leaves_the_record() {
    let office = recorded();
    office.write(
        "content/pages/rules/update.en.md",
        "+++\ntitle = \"Updates\"\nsummary = \"Now.\"\ntranslated = 2026-11-20\n+++\n\n## Rules {#rules}\n\nUpdate.\n",
    );
    office.record_ids();
    fs::remove_file(office.path("content/pages/rules/update.en.md")).unwrap();
    fs::remove_file(office.path(RULES)).unwrap();
    fs::remove_file(office.path("content/glossary/malware.md")).unwrap();
    office.edit("content/pages/home.md", "マルウェア※に備える[決まり](rules/update.md)", "決まり");
    let text = said(&office);
    for address in ["rules/update", "rules/update.en", "glossary#t-malware"] {
        let hint = format!(
            "  対処: 廃止したのなら `site-gen ids --retire {address}` を実行します。引用された古いアドレスからは、もう開けません。\n"
        );
        assert!(text.contains(&hint), "{text}");
    }
    assert_eq!(retire(&office, "rules/update").unwrap(), ["rules/update", "rules/update.en"]);
    assert_eq!(retire(&office, "glossary#t-malware").unwrap(), ["glossary#t-malware"]);
    assert!(said(&office).contains("エラー 0 件、警告 0 件"), "{}", said(&office));
    assert!(!record(&office).contains("update") && !record(&office).contains("malware"));
}

#[test]
fn a_heading_that_is_abolished_leaves_the_record() {
    let office = recorded();
    office.edit(RULES, " {#rule-1}", " {#rule-2}");
    assert!(
        said(&office)
            .contains("対処: 廃止したのなら `site-gen ids --retire rules/update#rule-1` を実行")
    );
    assert_eq!(retire(&office, "rules/update#rule-1").unwrap(), ["rules/update#rule-1"]);
    assert!(said(&office).contains("エラー 0 件、警告 0 件"), "{}", said(&office));
    assert!(record(&office).contains("\"rules\",\n    \"rule-2\",\n"), "{}", record(&office));
}

#[test]
fn what_still_stands_or_was_never_recorded_is_not_retired() {
    let office = recorded();
    let before = record(&office);
    let still = |address: &str| {
        format!(
            "`{address}` はまだあります。先に、ページ、見出し、用語と、`aliases`、`alias`、`former` から消してください。"
        )
    };
    for address in ["rules/update", "rules/update#rule-1", "glossary#t-malware"] {
        assert_eq!(retire(&office, address), Err(still(address)));
    }
    assert_eq!(
        retire(&office, "rules/updates"),
        Err("`rules/updates` は ids.toml にありません。「rules/update」「rules/update#rules」「rules/update#rule-1」のことですか。".to_owned())
    );
    assert_eq!(record(&office), before);
    move_page(&office, "aliases = [\"rules/update\"]\n");
    assert_eq!(retire(&office, "rules/update"), Err(still("rules/update")));
}
