//! `tally enrol` and `tally revoke` at the command line.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod common;

use std::time::{SystemTime, UNIX_EPOCH};

use common::{HEADER, Office, Ran, STAFF, key_of};
use selfcheck::time::Date;
use serde_json::Value;

const LETTERS_NOTE: &str =
    "通知書を印刷して配り終えたら、通知書のファイルを消してください（ごみ箱からも）\n";

fn roster(office: &Office) -> Value {
    serde_json::from_str(&office.read("roster.json")).unwrap()
}

fn person(roster: &Value, sub: &str) -> Value {
    let people = roster["people"].as_array().unwrap();
    people.iter().find(|person| person["sub"] == sub).unwrap().clone()
}

#[test]
fn first_run_writes_roster_and_letters() {
    let office = Office::empty();
    office.write("staff.csv", format!("\u{feff}{HEADER}{STAFF}").as_bytes());
    let ran = office.enrol("letters.html", &["--office", "上尾市", "--contact", "職員課"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, LETTERS_NOTE));
    assert_eq!(
        ran.stdout,
        "追加 3 人、再発行 0 人、変更 0 人、変わりなし 0 人。名簿 3 人、通知書 3 通\n"
    );
    let roster_text = office.read("roster.json");
    let codes = office.codes("letters.html");
    assert_eq!(codes.len(), 3);
    for (sub, code) in &codes {
        let public = key_of(sub, code).public();
        let entry = &person(&roster(&office), sub)["keys"][0];
        assert_eq!(entry["kid"], public.key_id().to_string());
        assert_eq!(entry["x"], public.x().to_string());
        assert_eq!(entry["issued"], "2026-10-01");
        assert_eq!(entry["revoked"], Value::Null);
        assert!(!roster_text.contains(code), "no code in the roster");
        assert!(!ran.stdout.contains(code));
    }
    for name in ["花子", "太郎", "次郎"] {
        assert!(!roster_text.contains(name), "no name of a person in the roster");
        assert!(office.read("letters.html").contains(name));
    }
    assert_eq!(person(&roster(&office), "000124")["roles"], serde_json::json!(["manager"]));
    let letters = office.read("letters.html");
    assert!(letters.contains("職員課に知らせてください"));
    assert!(letters.contains("令和8年10月1日"));
}

#[test]
fn second_run_adds_moves_and_renews_and_leaves_others_alone() {
    let office = Office::enrolled();
    let before = roster(&office);
    // 123 is renewed, 124 moves, 125 is not in the list any more, 126 is new.
    office.write(
        "staff.csv",
        format!(
            "{HEADER}000123,上尾 花子,10,総務部,1010,IT推進課,,\n\
             000124,大宮 太郎,20,市民部,2010,市民課,管理者,\n\
             000126,岩槻 三郎,30,消防本部,3010,消防総務課,,no\n"
        )
        .as_bytes(),
    );
    let ran = office.enrol("letters2.html", &["--renew", "０００１２３"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(
        ran.stdout,
        "追加 1 人、再発行 1 人、変更 1 人、変わりなし 0 人。名簿 4 人、通知書 2 通\n"
    );
    assert!(ran.stderr.contains("名簿にあって CSV にない人は変えていません: `000125`"));
    let after = roster(&office);
    assert_eq!(person(&after, "000125"), person(&before, "000125"));
    assert_eq!(person(&after, "000124")["keys"], person(&before, "000124")["keys"]);
    assert_eq!(person(&after, "000124")["section"], "2010");
    assert_eq!(person(&after, "000126")["exempt"], true);
    let keys = &person(&after, "000123")["keys"];
    assert_eq!(keys[0]["kid"], person(&before, "000123")["keys"][0]["kid"]);
    assert_eq!(keys[0]["revoked"], "2026-10-01");
    assert_eq!((&keys[1]["epoch"], &keys[1]["revoked"]), (&Value::from(2), &Value::Null));
    let printed: Vec<String> = office.codes("letters2.html").into_iter().map(|(s, _)| s).collect();
    assert_eq!(printed, ["000123", "000126"]);
    assert!(office.read("letters2.html").contains("これは 2 回目の発行です"));
}

#[test]
fn nothing_new_writes_no_letters() {
    let office = Office::enrolled();
    let before = office.read("roster.json");
    let ran = office.enrol("letters2.html", &[]);
    assert_eq!(ran.code, 0);
    assert_eq!(office.read("roster.json"), before);
    assert!(!office.path("letters2.html").exists());
}

#[test]
fn a_faulty_list_writes_nothing_and_tells_everything() {
    let office = Office::empty();
    office.write(
        "staff.csv",
        format!("{HEADER}12-3,甲,10,総務部,1010,課,,\n000124,,10,総務部,1010,課,部長,\n")
            .as_bytes(),
    );
    let ran = office.enrol("letters.html", &[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert_eq!(
        ran.stderr,
        "エラー: staff.csv: 2 行 A 列（職員番号）: `12-3` は職員番号ではありません\n  \
         対処: 英数字 1～16 文字で書いてください（先頭の 0 も数えます）\n\
         エラー: staff.csv: 3 行 B 列（氏名）: 空欄です\n  \
         対処: 80 文字までの名前を書いてください（改行や制御文字は使えません）\n\
         エラー: staff.csv: 3 行 G 列（役割）: `部長` は役割ではありません\n  \
         対処: 空欄、管理者、担当者、管理者・担当者 のどれかを書いてください\n\
         問題 3 件。何も書いていません\n"
    );
    assert_eq!(std::fs::read_dir(office.folder.path()).unwrap().count(), 1, "only the list");
}

/// One problem says what the file is and how to save it, not eight that a column is missing.
#[test]
fn what_is_no_staff_list_is_told_once() {
    const RESAVE: &str =
        "Excel の「CSV UTF-8（コンマ区切り）」か「CSV（コンマ区切り）」で保存し直してください";
    const SAVE_AS: &str = "Excel で開き、「名前を付けて保存」で「CSV UTF-8（コンマ区切り）」を選び、\
                           できたファイルを指定してください";
    let list = format!("{HEADER}{STAFF}");
    let workbook = {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        workbook.add_worksheet().write_string(0, 0, "職員番号").unwrap();
        workbook.save_to_buffer().unwrap()
    };
    let title = "その上の行（表題など）をすべて消し、見出しを 1 行目にして保存し直してください";
    let old = [&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], &[0; 600]].concat();
    let office = Office::empty();
    for (bytes, sentence, remedy) in [
        (workbook, "CSV ではなく、Excel のブック（.xlsx）です", SAVE_AS),
        (old, "CSV ではなく、古い形式かパスワード付きの Excel のブックです", SAVE_AS),
        (
            b"%PDF-1.7\n".to_vec(),
            "CSV ではなく、PDF の文書です",
            "もとの Excel などで「CSV UTF-8（コンマ区切り）」で保存し、できたファイルを指定してください",
        ),
        (list.replace(',', "\t").into(), "列がコンマではなく、タブで区切られています", RESAVE),
        (
            format!("職員名簿\n{}", list.replace(',', ";")).into(),
            "列がコンマではなく、セミコロンで区切られています",
            RESAVE,
        ),
        (
            format!("令和8年度 職員名簿,,,,,,,\n\n{list}").into(),
            "見出しが 1 行目ではなく、3 行目にあります",
            title,
        ),
        (
            STAFF.into(),
            "見出しの行がありません",
            "1 行目の見出し: 職員番号,氏名,部局コード,部局,所属コード,所属,役割,対象",
        ),
    ] {
        office.write("staff.csv", &bytes);
        let ran = office.enrol("letters.html", &[]);
        assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{sentence}");
        assert_eq!(
            ran.stderr,
            format!(
                "エラー: staff.csv: {sentence}\n  対処: {remedy}\n問題 1 件。何も書いていません\n"
            )
        );
    }
    assert_eq!(office.names(), ["staff.csv"]);
}

/// As cells are where somebody pressed Alt and Enter, or copied from a web page.
#[test]
fn what_cannot_be_seen_is_told_in_words() {
    let office = Office::empty();
    office.write(
        "staff.csv",
        format!("{HEADER}000123\u{200b},\"上尾\n花子\",10,総務部,1010,課,,\n").as_bytes(),
    );
    let ran = office.enrol("letters.html", &[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert_eq!(
        ran.stderr,
        "エラー: staff.csv: 2 行 A 列（職員番号）: `000123［見えない文字 U+200B］` は職員番号ではありません\n  \
         対処: 英数字 1～16 文字で書いてください（先頭の 0 も数えます）\n\
         エラー: staff.csv: 2 行 B 列（氏名）: `上尾［改行］花子` に使えない文字があるか、80 文字を超えています\n  \
         対処: 80 文字までの名前を書いてください（改行や制御文字は使えません）\n\
         問題 2 件。何も書いていません\n"
    );
}

#[test]
fn unprinted_letters_are_never_overwritten() {
    let office = Office::enrolled();
    let (roster, letters) = (office.read("roster.json"), office.read("letters.html"));
    let ran = office.enrol("letters.html", &["--renew", "000123"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.starts_with("エラー: 通知書 `letters.html` がすでにあります\n  対処: "));
    assert_eq!((office.read("roster.json"), office.read("letters.html")), (roster, letters));
}

#[test]
fn letters_that_cannot_be_written_leave_no_roster() {
    let office = Office::empty();
    office.write("staff.csv", format!("{HEADER}{STAFF}").as_bytes());
    let ran = office.enrol("no-such-folder/letters.html", &[]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("no-such-folder/letters.html` に書けません"), "{}", ran.stderr);
    assert_eq!(office.names(), ["roster.json.lock", "staff.csv"]);
    assert_eq!(office.read("roster.json.lock"), "");
}

#[test]
fn a_roster_that_cannot_be_replaced_takes_the_letters_back() {
    let office = Office::empty();
    office.write("staff.csv", format!("{HEADER}{STAFF}").as_bytes());
    let ran = office.tally(&[
        "enrol",
        "--staff",
        "staff.csv",
        "--roster",
        "no-such-folder/roster.json",
        "--letters",
        "letters.html",
        "--org",
        "ageo",
    ]);
    assert_eq!(ran.code, 2);
    assert!(!office.path("letters.html").exists());
}

#[test]
fn numbers_that_lost_their_zeros_are_pointed_out() {
    let office = Office::empty();
    office.write(
        "staff.csv",
        format!("{HEADER}{STAFF}126,三郎,10,総務部,1010,IT推進課,,\n").as_bytes(),
    );
    let ran = office.enrol("letters.html", &[]);
    assert_eq!(ran.code, 0);
    assert!(ran.stderr.contains("桁数がほかと違う職員番号があります: `126`"), "{}", ran.stderr);
}

#[test]
fn renewing_a_stranger_and_another_org_are_refused() {
    let office = Office::enrolled();
    let ran = office.enrol("l2.html", &["--renew", "999999"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("職員番号 `999999` は職員 CSV にありません"), "{}", ran.stderr);
    let ran = office.tally(&[
        "enrol",
        "--staff",
        "staff.csv",
        "--roster",
        "roster.json",
        "--letters",
        "l3.html",
        "--org",
        "okegawa",
    ]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("名簿 `roster.json` は別の組織 `ageo` のものです"),
        "{}",
        ran.stderr
    );
}

#[test]
fn revoking_dates_the_key_once() {
    let office = Office::enrolled();
    let revoke = |sub: &str| {
        office.tally(&["revoke", "--roster", "roster.json", "--person", sub, "--on", "2026-11-20"])
    };
    assert_eq!(revoke("000123").code, 0);
    let keys = &person(&roster(&office), "000123")["keys"];
    assert_eq!(keys[0]["revoked"], "2026-11-20");
    let again = revoke("000123");
    assert_eq!((again.code, again.stdout.as_str()), (2, ""));
    assert_eq!(
        again.stderr,
        "エラー: 職員番号 `000123` の登録コード: 2026-11-20 を最後の日として止めてあります\n  \
         対処: 新しいコードは `tally enrol --renew` で発行します。止めた日より前に人に見られていたときだけ、\
         `--on` にその前の日を書いて直せます\n"
    );
    assert_eq!(revoke("999999").code, 2);
}

/// A day from today in Japan on, as it is written.
fn in_days(days: u64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let then = i64::try_from(now + days * 86_400).unwrap();
    Date::in_japan(then).unwrap().to_string()
}

fn revoke_on(office: &Office, day: &str, more: &[&str]) -> Ran {
    let mut args = vec!["revoke", "--roster", "roster.json", "--person", "000123", "--on", day];
    args.extend(more);
    office.tally(&args)
}

fn renew(office: &Office, person: &str, issued: &str) -> Ran {
    let mut args =
        vec!["enrol", "--staff", "staff.csv", "--roster", "roster.json", "--org", "ageo"];
    args.extend(["--letters", "renewed.html", "--renew", person, "--issued", issued]);
    office.tally(&args)
}

fn revoked(office: &Office, key: usize) -> Value {
    person(&roster(office), "000123")["keys"][key]["revoked"].clone()
}

#[test]
fn a_mistyped_day_is_refused_and_one_to_come_can_be_changed() {
    let office = Office::enrolled();
    let before = office.read("roster.json");
    let ran = revoke_on(&office, "2126-11-30", &[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    let (today, last) = (in_days(0), in_days(366));
    assert_eq!(
        ran.stderr,
        format!(
            "エラー: 2126-11-30 は 1 年より先の日です\n  対処: 年を確かめてください（今日は {today}。366 日後まで\
             書けます）。名簿は変えていません\n"
        )
    );
    let ran = revoke_on(&office, "2026-09-30", &[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert_eq!(
        ran.stderr,
        "エラー: 職員番号 `000123` の登録コード: 2026-09-30 は発行日 2026-10-01 より前です\n  \
         対処: 2026-10-01 以降の日を書いてください。発行した日に人に見られたときは、発行日を書きます。\
         `tally revoke` では、再発行の前のコードを `--kid` で指定できます。名簿は変えていません\n"
    );
    let ran = renew(&office, "000123", "2126-01-01");
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.starts_with("エラー: 2126-01-01 は 1 年より先の日です\n"), "{}", ran.stderr);
    let ran = renew(&office, "000123", "2026-09-30");
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains(" 2026-09-30 は発行日 2026-10-01 より前です\n"), "{}", ran.stderr);
    assert_eq!(office.read("roster.json"), before);

    assert_eq!(revoke_on(&office, &last, &[]).code, 0);
    assert_eq!(revoked(&office, 0), last);
    // It holds until then, so nobody is told to renew it.
    let ran = office.enrol("none.html", &[]);
    assert!(!ran.stderr.contains("有効なコードのない人"), "{}", ran.stderr);
    let ran = revoke_on(&office, &today, &[]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert!(
        ran.stdout.starts_with(&format!(
            "職員番号 000123 の登録コードを止める日を {last} から {today} に直しました（鍵 "
        )),
        "{}",
        ran.stdout
    );
    assert_eq!(revoked(&office, 0), today);
}

#[test]
fn a_roster_with_a_day_far_ahead_can_be_mended() {
    let office = Office::enrolled();
    // As versions before this one took it.
    let good = office.read("roster.json");
    office.write(
        "roster.json",
        good.replace("\"revoked\": null", "\"revoked\": \"2126-11-30\"").as_bytes(),
    );
    assert_eq!(revoke_on(&office, "2026-11-20", &[]).code, 0);
    assert_eq!(revoked(&office, 0), "2026-11-20");
    // A new code ends the old one on its own day, not years later.
    assert_eq!(renew(&office, "000124", "2026-10-02").code, 0);
    assert_eq!(person(&roster(&office), "000124")["keys"][0]["revoked"], "2026-10-02");
    // The key before the last one, by its id.
    let two = office
        .read("roster.json")
        .replace("\"revoked\": \"2026-10-02\"", "\"revoked\": \"2126-01-01\"");
    office.write("roster.json", two.as_bytes());
    let kid = person(&roster(&office), "000124")["keys"][0]["kid"].as_str().unwrap().to_owned();
    let ran = office.tally(&[
        "revoke",
        "--roster",
        "roster.json",
        "--person",
        "000124",
        "--on",
        "2026-10-02",
        "--kid",
        &kid,
    ]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let keys = &person(&roster(&office), "000124")["keys"];
    assert_eq!(
        (&keys[0]["revoked"], &keys[1]["revoked"]),
        (&Value::from("2026-10-02"), &Value::Null)
    );
}

#[test]
fn a_damaged_roster_is_refused_by_rule() {
    let office = Office::enrolled();
    let good = office.read("roster.json");
    let codes = roster(&office);
    let kid = person(&codes, "000123")["keys"][0]["kid"].as_str().unwrap().to_owned();
    let x = person(&codes, "000123")["keys"][0]["x"].as_str().unwrap().to_owned();
    let neutral = "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    for (from, to, expected) in [
        ("\"v\": 1", "\"v\": 2", "版 2 は読めません"),
        ("\"exempt\": false", "\"exempt\": false, \"name\": \"x\"", "unknown field `name`"),
        ("\"section\": \"2010\"", "\"section\": \"9999\"", "の所属がありません"),
        ("\"bureau\": \"20\"", "\"bureau\": \"99\"", "の部局がありません"),
        ("\"sub\": \"000124\"", "\"sub\": \"000123\"", "`000123` が二度あります"),
        (x.as_str(), neutral, "not a usable Ed25519 public key"),
        (kid.as_str(), neutral, "の鍵の番号 `kid` が、公開鍵と合いません"),
    ] {
        assert!(good.contains(from), "{from}");
        office.write("roster.json", good.replacen(from, to, 1).as_bytes());
        let ran = office.enrol("l.html", &[]);
        assert_eq!(ran.code, 2, "{from}");
        assert!(ran.stderr.contains(expected), "{from}: {}", ran.stderr);
        assert_eq!(office.read("roster.json"), good.replacen(from, to, 1));
    }
}
