//! 五十音 order of readings.
//!
//! First by kana without voicing and with small kana as large ones, a long mark as the vowel before
//! it; ties by the reading as written. Tested against the order dictionaries use.

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

    #[test]
    fn rows() {
        assert_eq!(row("でぃーどす"), Some("た"));
        assert_eq!(row("ぱーそなる"), Some("は"));
        assert_eq!(row("abc"), None);
    }
}
