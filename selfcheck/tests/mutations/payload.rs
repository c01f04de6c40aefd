//! Properly signed payloads that are wrong in themselves: members, values, spelling.

use crate::{Case, resigned, signed_payload};

pub fn cases() -> Vec<Case> {
    [shape(), values(), lists(), spelling()].concat()
}

fn good() -> String {
    String::from_utf8(crate::common::payload().to_bytes()).unwrap()
}

fn shape() -> Vec<Case> {
    const CODE: &str = "payload-format";
    vec![
        ("payload empty", signed_payload(b""), CODE),
        ("payload only v", signed_payload(br#"{"v":1}"#), CODE),
        ("payload a string", signed_payload(b"\"ok\""), CODE),
        ("payload with mark", signed_payload(format!("\u{feff}{}", good()).as_bytes()), CODE),
        ("payload not UTF-8", resigned_bytes(b"0.1.0", b"0.\xff.0"), CODE),
        ("payload deep arrays", signed_payload(&[b'['; 40_000]), CODE),
        ("payload deep objects", signed_payload(r#"{"campaign":"#.repeat(3_000).as_bytes()), CODE),
        ("deep unknown member", resigned("\"v\":1", &deep_member()), CODE),
        ("payload twice over", signed_payload(good().repeat(2).as_bytes()), CODE),
        ("v 0", resigned("\"v\":1", "\"v\":0"), "version"),
        ("v 2", resigned("\"v\":1", "\"v\":2"), "version"),
        ("v 257", resigned("\"v\":1", "\"v\":257"), "version"),
        ("another version", signed_payload(br#"{"v":2,"answers":"elsewhere"}"#), "version"),
        ("v a string", resigned("\"v\":1", "\"v\":\"1\""), CODE),
        ("unknown member", resigned("\"v\":1", "\"v\":1,\"name\":\"上尾 花子\""), CODE),
        ("unknown inner member", resigned("\"id\":\"r8\"", "\"id\":\"r8\",\"x\":1"), CODE),
        ("unknown member of an answer", resigned("\"q\":\"pw1\"", "\"q\":\"pw1\",\"rev\":1"), CODE),
        ("member twice", resigned("\"v\":1", "\"v\":1,\"v\":1"), CODE),
        ("inner member twice", resigned("\"id\":\"r8\"", "\"id\":\"r8\",\"id\":\"r8\""), CODE),
        ("role missing", resigned("\"role\":\"general\",", ""), CODE),
        ("nonce missing", resigned(",\"nonce\":\"ISIjJCUmJygpKissLS4vMA\"", ""), CODE),
        ("decision missing", resigned(",\"decision\":\"accept\"", ""), CODE),
        ("role null", resigned("\"general\"", "null"), CODE),
    ]
}

fn resigned_bytes(from: &[u8], to: &[u8]) -> Vec<u8> {
    let payload = good().into_bytes();
    let at = payload.windows(from.len()).position(|window| window == from).unwrap();
    signed_payload(&[&payload[..at], to, &payload[at + from.len()..]].concat())
}

fn deep_member() -> String {
    format!("\"v\":1,\"x\":{}{}", "[".repeat(20_000), "]".repeat(20_000))
}

fn values() -> Vec<Case> {
    const CODE: &str = "payload-format";
    let sub = |text: &str| resigned("\"000123\"", &format!("\"{text}\""));
    let max = |text: &str| resigned("\"max\":10000", &format!("\"max\":{text}"));
    let finished = |text: &str| resigned("2026-11-20T10:14:52+09:00", text);
    vec![
        ("jti short", resigned("AQIDBAUGBwgJCgsMDQ4PEA", "AQIDBAUGBwgJCgsMDQ4P"), CODE),
        ("jti padded", resigned("AQIDBAUGBwgJCgsMDQ4PEA", "AQIDBAUGBwgJCgsMDQ4PEA=="), CODE),
        ("jti, unused bits", resigned("AQIDBAUGBwgJCgsMDQ4PEA", "AQIDBAUGBwgJCgsMDQ4PEB"), CODE),
        ("nonce long", resigned("\"nonce\":\"", "\"nonce\":\"AAAA"), CODE),
        ("org with a capital", resigned("\"ageo\"", "\"Ageo\""), CODE),
        ("org of one letter", resigned("\"ageo\"", "\"a\""), CODE),
        ("sub with a capital", sub("000A23"), CODE),
        ("sub empty", sub(""), CODE),
        ("sub of 17", sub("00000000000000123"), CODE),
        ("sub huge", sub(&"0".repeat(40_000)), CODE),
        ("sub full-width", sub("０００１２３"), CODE),
        ("sub with a line end", sub("000123\\n"), CODE),
        ("sub a number", resigned("\"000123\"", "123"), CODE),
        ("role unknown", resigned("\"general\"", "\"mayor\""), CODE),
        ("role with a capital", resigned("\"general\"", "\"General\""), CODE),
        ("campaign of 41", resigned("\"r8\"", &format!("\"{}\"", "r".repeat(41))), CODE),
        ("hash in capitals", resigned("0d1f4f5d4a6f", "0D1F4F5D4A6F"), CODE),
        ("hash short", resigned("0d1f4f5d4a6f", "0d1f4f5d4a"), CODE),
        ("hash in base64", resigned(&set_hash(), "ISIjJCUmJygpKissLS4vMA"), CODE),
        ("version empty", resigned("\"0.1.0\"", "\"\""), CODE),
        ("version of 65", resigned("\"0.1.0\"", &format!("\"{}\"", "1".repeat(65))), CODE),
        ("version with markup", resigned("\"0.1.0\"", "\"<b>\""), CODE),
        ("page upwards", resigned("\"policy/basic\"", "\"../basic\""), CODE),
        ("page of 201", resigned("policy/basic", &format!("a/{}", "b".repeat(199))), CODE),
        ("time Z", finished("2026-11-20T01:14:52Z"), CODE),
        ("time in small letters", finished("2026-11-20t10:14:52+09:00"), CODE),
        ("time with a fraction", finished("2026-11-20T10:14:52.5+09:00"), CODE),
        ("time without offset", finished("2026-11-20T10:14:52"), CODE),
        ("time with -00:00", finished("2026-11-20T10:14:52-00:00"), CODE),
        ("time with a leap second", finished("2026-11-20T10:14:60+09:00"), CODE),
        ("time at 24:00", finished("2026-11-20T24:00:00+09:00"), CODE),
        ("date that is none", finished("2026-02-29T10:14:52+09:00"), CODE),
        ("month 13", finished("2026-13-20T10:14:52+09:00"), CODE),
        ("time a number", resigned("\"2026-11-20T10:14:52+09:00\"", "1795137292"), CODE),
        ("number a float", max("10000.0"), CODE),
        ("number with exponent", max("1e4"), CODE),
        ("number with leading zero", max("010000"), CODE),
        ("number with plus", max("+10000"), CODE),
        ("number negative", max("-1"), CODE),
        ("number minus zero", max("-0"), CODE),
        ("number over 32 bits", max("4294967296"), CODE),
        ("number a string", max("\"10000\""), CODE),
        ("decision unknown", resigned("\"accept\"", "\"maybe\""), CODE),
    ]
}

fn set_hash() -> String {
    crate::common::frozen().sha256.to_string()
}

fn lists() -> Vec<Case> {
    const CODE: &str = "payload-format";
    let picks = |text: &str| resigned(r#"["a","b","d"]"#, text);
    vec![
        ("answer empty", picks("[]"), CODE),
        ("answer null", picks("null"), CODE),
        ("answer a string", picks("\"a\""), CODE),
        ("answer positions", picks("[0,1,3]"), CODE),
        ("picks descending", picks(r#"["b","a","d"]"#), CODE),
        ("pick twice", picks(r#"["a","a","d"]"#), CODE),
        ("pick of two letters", picks(r#"["ab"]"#), CODE),
        ("pick with a capital", picks(r#"["A"]"#), CODE),
        ("question with a capital", resigned("\"q\":\"pw1\"", "\"q\":\"PW1\""), CODE),
        ("question of 41", resigned("\"pw1\"", &format!("\"{}\"", "q".repeat(41))), CODE),
        ("answers an object", resigned("\"answers\":[", "\"answers\":{"), CODE),
    ]
}

fn spelling() -> Vec<Case> {
    const CODE: &str = "not-canonical";
    let indented: serde_json::Value = serde_json::from_str(&good()).unwrap();
    let indented = serde_json::to_string_pretty(&indented).unwrap();
    vec![
        ("space", resigned("\"v\":1", "\"v\": 1"), CODE),
        ("space before", signed_payload(format!(" {}", good()).as_bytes()), CODE),
        ("line end after", signed_payload(format!("{}\n", good()).as_bytes()), CODE),
        ("indented", signed_payload(indented.as_bytes()), CODE),
        ("escaped letter", resigned("\"ageo\"", "\"\\u0061geo\""), CODE),
        ("escaped name", resigned("\"org\"", "\"\\u006frg\""), CODE),
        ("escaped solidus in page", resigned("policy/basic", "policy\\/basic"), CODE),
        ("v and jti changed round", resigned(&v_and_jti(true), &v_and_jti(false)), CODE),
        (
            "members of an answer changed round",
            resigned(r#"{"q":"pw1","a":["b"]}"#, r#"{"a":["b"],"q":"pw1"}"#),
            CODE,
        ),
        ("answer as an array", resigned(r#"{"q":"pw1","a":["b"]}"#, r#"["pw1",["b"]]"#), CODE),
        ("role as an object", resigned("\"general\"", r#"{"general":null}"#), CODE),
    ]
}

fn v_and_jti(in_order: bool) -> String {
    let jti = "\"jti\":\"AQIDBAUGBwgJCgsMDQ4PEA\"";
    if in_order { format!("\"v\":1,{jti}") } else { format!("{jti},\"v\":1") }
}
