//! 五十音 order of readings.
//!
//! First by kana without voicing and with small kana as large ones, a long mark as the vowel before
//! it; ties by the reading as written. Tested against the order dictionaries use.

use crate::markdown::fold;

/// The sort key of a hiragana reading.
pub(super) fn sort_key(reading: &str) -> (String, String) {
    let mut plain = String::new();
    for c in reading.chars() {
        let c = match c {
            'ー' => plain.chars().next_back().map_or('ー', vowel),
            _ => base(c),
        };
        plain.push(c);
    }
    (plain, reading.to_owned())
}

/// The sort key of a term: 英数字 first by their letters, then all others by reading.
pub(super) fn term_key(term: &str, reading: &str) -> (u8, String, String) {
    if is_latin(term) {
        return (0, fold(term), reading.to_owned());
    }
    let (plain, reading) = sort_key(reading);
    (1, plain, reading)
}

/// The row a term stands under, `None` for 英数字.
pub(super) fn group(term: &str, reading: &str) -> Option<&'static str> {
    if is_latin(term) { None } else { row(reading) }
}

/// Whether a term starts with a letter of the alphabet or a digit, half or full width.
fn is_latin(term: &str) -> bool {
    fold(term).starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// The row (行) a reading belongs to, `None` when it does not start with kana.
pub(super) fn row(reading: &str) -> Option<&'static str> {
    let first = base(reading.chars().next()?);
    ROWS.iter().find(|(_, members)| members.contains(first)).map(|&(name, _)| name)
}

/// The rows in order, with their members.
pub(super) const ROWS: [(&str, &str); 10] = [
    ("あ", "あいうえお"),
    ("か", "かきくけこ"),
    ("さ", "さしすせそ"),
    ("た", "たちつてと"),
    ("な", "なにぬねの"),
    ("は", "はひふへほ"),
    ("ま", "まみむめも"),
    ("や", "やゆよ"),
    ("ら", "らりるれろ"),
    ("わ", "わゐゑをん"),
];

/// A kana without voicing, and large.
fn base(c: char) -> char {
    const PAIRS: &str = "がかぎきぐくげけごこざさじしずすぜせぞそだたぢちづつでてどとばはびひぶふべへぼほ\
                         ぱはぴひぷふぺへぽほぁあぃいぅうぇえぉおっつゃやゅゆょよゎわゔう";
    let mut pairs = PAIRS.chars();
    while let (Some(from), Some(to)) = (pairs.next(), pairs.next()) {
        if from == c {
            return to;
        }
    }
    c
}

fn vowel(c: char) -> char {
    const BY_VOWEL: [(char, &str); 5] = [
        ('あ', "あかさたなはまやらわ"),
        ('い', "いきしちにひみり"),
        ('う', "うくすつぬふむゆる"),
        ('え', "えけせてねへめれ"),
        ('お', "おこそとのほもよろを"),
    ];
    BY_VOWEL.iter().find(|(_, members)| members.contains(c)).map_or(c, |&(vowel, _)| vowel)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dictionary_order() {
        let mut readings =
            ["ばっくあっぷ", "はっしゅち", "でぃー", "ていあん", "おーえす", "あんごうか", "わ"];
        readings.sort_by_key(|reading| sort_key(reading));
        assert_eq!(
            readings,
            ["あんごうか", "おーえす", "ていあん", "でぃー", "ばっくあっぷ", "はっしゅち", "わ"]
        );
    }

    /// Voiced after unvoiced, small as large, a long mark as its vowel; the order of a collation
    /// for Japanese but for ties of the long mark.
    #[test]
    fn ties_and_long_marks() {
        let mut readings = ["はつ", "はっぱ", "ばつ", "はあと", "はーと", "ぱす", "はす", "ばす"];
        readings.sort_by_key(|reading| sort_key(reading));
        assert_eq!(
            readings,
            ["はあと", "はーと", "はす", "ばす", "ぱす", "はつ", "ばつ", "はっぱ"]
        );
    }

    #[test]
    fn letters_come_first() {
        let mut terms = [
            ("多要素認証", "たようそにんしょう"),
            ("ＯＳ", "おーえす"),
            ("DDoS攻撃", "でぃーどすこうげき"),
        ];
        terms.sort_by_key(|(term, reading)| term_key(term, reading));
        assert_eq!(terms.map(|(term, _)| term), ["DDoS攻撃", "ＯＳ", "多要素認証"]);
        assert_eq!(group("ＯＳ", "おーえす"), None);
        assert_eq!(group("多要素認証", "たようそにんしょう"), Some("た"));
    }

    #[test]
    fn rows() {
        assert_eq!(row("でぃーどす"), Some("た"));
        assert_eq!(row("ぱーそなる"), Some("は"));
        assert_eq!(row("abc"), None);
    }
}
