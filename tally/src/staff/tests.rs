//! Lists as offices write them.

use super::*;

const HEADER: &str = "職員番号,氏名,部局コード,部局,所属コード,所属,役割,対象\r\n";
const ROW: &str = "000123,上尾 花子,10,総務部,1010,IT推進課,,\r\n";

fn parse_text(rows: &str) -> Result<Staff, Vec<Problem>> {
    parse(format!("{HEADER}{rows}").as_bytes())
}

/// Checks the places and kinds of all problems, as printed.
fn check_problems(rows: &str, expected: &[&str]) {
    let problems = parse_text(rows).expect_err("there are problems");
    let printed: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(printed, expected);
}

#[test]
fn encodings_agree() {
    let text = format!("{HEADER}{ROW}");
    let utf8 = parse(text.as_bytes()).unwrap();
    assert_eq!(parse(format!("\u{feff}{text}").as_bytes()).unwrap(), utf8);
    let (shift_jis, _, unmappable) = encoding_rs::SHIFT_JIS.encode(&text);
    assert!(!unmappable);
    assert_eq!(parse(&shift_jis).unwrap(), utf8);
    assert_eq!(utf8.members[0].name, "上尾 花子");
}

#[test]
fn headers_in_english_and_any_order() {
    let text = "target,role,section,section_code,bureau,Bureau Code,name,person number\n\
                ,,IT推進課,1010,総務部,10,上尾 花子,000123\n";
    let mut staff = parse(text.as_bytes()).unwrap();
    assert_eq!(staff.members[0].place.index, 7);
    staff.members[0].place.index = 0;
    assert_eq!(staff, parse_text(ROW).unwrap());
}

#[test]
fn full_width_is_folded() {
    let row =
        "０００１２３,上尾 花子,１０,総務部,１０１０,IT推進課,管理者・担当者,いいえ\n,,,,,,,\n";
    let staff = parse_text(row).unwrap();
    assert_eq!(staff.members.len(), 1);
    assert_eq!(staff.members[0].person.as_str(), "000123");
    assert_eq!(staff.members[0].section.as_str(), "1010");
    assert_eq!(staff.members[0].roles, BTreeSet::from([Duty::Manager, Duty::Contact]));
    assert!(staff.members[0].exempt);
}

#[test]
fn every_problem_at_once() {
    check_problems(
        "12-3,,10,総務部,1010,IT推進課,部長,たぶん\n\
         000123,甲,10,総務部,1010,IT推進課,,\n\
         000123,乙,10,総務局,1010,情報課,,\n\
         000124,丙,20,市民部,1010,IT推進課,,\n\
         000125,丁\n\
         \n\
         000126,\"戊\u{202e}\",1 0,総務部,1010,IT推進課,,\r\n",
        &[
            "2 行 A 列（職員番号）: `12-3` は職員番号ではありません",
            "2 行 B 列（氏名）: 空欄です",
            "2 行 G 列（役割）: `部長` は役割ではありません",
            "2 行 H 列（対象）: `たぶん` は対象の有無ではありません",
            "4 行 A 列（職員番号）: `000123` は 3 行にもあります",
            "4 行 D 列（部局）: コード `10` の名前が 2 行の `総務部` と違います: `総務局`",
            "4 行 F 列（所属）: コード `1010` の名前が 2 行の `IT推進課` と違います: `情報課`",
            "5 行 C 列（部局コード）: 所属 `1010` の部局が 2 行の `10` と違います: `20`",
            "6 行: 列の数が 2 です（見出しは 8）",
            "8 行 B 列（氏名）: `戊［見えない文字 U+202E］` に使えない文字があるか、80 文字を超えています",
            "8 行 C 列（部局コード）: `1 0` はコードではありません",
        ],
    );
}

#[test]
fn broken_headers_and_bytes() {
    let printed = |bytes: &[u8]| {
        parse(bytes).unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(printed(b""), ["見出しの行がありません"]);
    assert_eq!(printed(HEADER.as_bytes()), ["職員の行がありません"]);
    assert_eq!(
        printed("職員番号,氏名,部局,所属コード,所属,役割,役割,電話\n".as_bytes()),
        [
            "1 行 G 列: 見出し `役割` が二度あります",
            "1 行: 列 `部局コード` がありません",
            "1 行: 列 `対象` がありません",
        ]
    );
    assert_eq!(printed(b"\xff\xfeA\x00"), ["文字コードが UTF-16 です"]);
    let mut bytes = HEADER.as_bytes().to_vec();
    bytes.extend(b"000123,\xff\xff,10\n000124,\xfd,10\n");
    assert_eq!(
        printed(&bytes),
        [
            "2 行: UTF-8 でも Shift_JIS でもない文字があります",
            "3 行: UTF-8 でも Shift_JIS でもない文字があります",
        ]
    );
}

#[test]
fn a_lost_quotation_mark_hides_no_other_problem() {
    check_problems(
        "000123,\"甲,10,総務部,1010,IT推進課,,\n\
         000124,,10,総務部,1010,IT推進課,,\n\
         12-5,\"丙,10,総務部,1010,IT推進課,,\n",
        &[
            "2 行: 引用符 \" が閉じていません",
            "3 行 B 列（氏名）: 空欄です",
            "4 行: 引用符 \" が閉じていません",
        ],
    );
}

#[test]
fn what_excel_could_not_save_is_doubted() {
    let staff = parse_text("000123,?田 花子,10,総務部,1010,IT推進課,,\n").unwrap();
    let places: Vec<String> = staff.question_marks.iter().map(ToString::to_string).collect();
    assert_eq!(places, ["2 行 B 列（氏名）"]);
}

#[test]
fn machine_dependent_characters_of_excel_are_read() {
    // 髙, 﨑 and ① stand in the extension that Windows adds to Shift_JIS.
    let row = b"000123,\xfb\xfc\xed\x95\x87\x40,10,\x91\x8d,1010,\x89\xdb,,\r\n";
    let (header, _, _) = encoding_rs::SHIFT_JIS.encode(HEADER);
    let staff = parse(&[&header, &row[..]].concat()).unwrap();
    assert_eq!(staff.members[0].name, "髙﨑①");
}
