//! Phrase breaks for headings: a long heading should break between phrases, not inside a word.
//!
//! Browsers that can find phrases themselves need `lang` and a recent version; the breaks are found
//! here and written as `<wbr>`. They never reach titles, ids or the text for search.

use std::collections::HashMap;
use std::sync::LazyLock;

use budoux_phf_rs::{Parser, ScoreMap};
use foldhash::fast::RandomState;

use super::html::escape;

/// A heading this short fits one line of a phone.
const SHORT_CHARS: usize = 8;

/// The boundaries that a run of characters says something about: from two before its first
/// character to three behind it.
const REACH: usize = 6;

static SCORES: LazyLock<Scores> = LazyLock::new(Scores::load);

/// The scores of the model by runs of one, two and three characters.
///
/// The model has thirteen maps, one for each place of a run beside a boundary, and its own parser
/// asks all of them at each boundary. Every page has headings, so each run is looked up once here,
/// for all the boundaries around it.
struct Scores {
    /// Below this there is no boundary.
    base: i32,
    runs: HashMap<u64, [i16; REACH], RandomState>,
}

impl Scores {
    fn load() -> Self {
        let model = Parser::japanese_parser().model;
        // Each map with the place of its boundary: 2 is the one before the run.
        let maps: [(usize, &ScoreMap); 13] = [
            (5, model.uw1),
            (4, model.uw2),
            (3, model.uw3),
            (2, model.uw4),
            (1, model.uw5),
            (0, model.uw6),
            (4, model.bw1),
            (3, model.bw2),
            (2, model.bw3),
            (5, model.tw1),
            (4, model.tw2),
            (3, model.tw3),
            (2, model.tw4),
        ];
        let mut runs: HashMap<u64, [i16; REACH], RandomState> = HashMap::default();
        for (place, map) in maps {
            for (run, score) in map.entries() {
                runs.entry(run.chars().fold(0, append)).or_default()[place] = *score;
            }
        }
        Self { base: model.total_score / 2, runs }
    }

    /// The score of each boundary; number 2 is the one before the first character.
    fn of(&self, chars: &[(usize, char)]) -> Vec<i32> {
        let mut scores = vec![-self.base; chars.len() + REACH];
        for start in 0..chars.len() {
            let mut run = 0;
            for &(_, c) in chars[start..].iter().take(3) {
                run = append(run, c);
                let Some(found) = self.runs.get(&run) else { continue };
                for (score, &more) in scores[start..].iter_mut().zip(found) {
                    *score += i32::from(more);
                }
            }
        }
        scores
    }
}

/// A run of characters and one more as a number.
fn append(run: u64, c: char) -> u64 {
    run << 21 | u64::from(c)
}

/// Bytes at which a line may break, ascending; empty for short texts.
pub(super) fn breaks(text: &str) -> Vec<usize> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    if chars.len() <= SHORT_CHARS {
        return Vec::new();
    }
    let scores = SCORES.of(&chars);
    let boundaries = chars.windows(2).zip(&scores[3..]);
    boundaries
        .filter(|&(pair, &score)| score > 0 && !pair[0].1.is_whitespace())
        .map(|(pair, _)| pair[1].0)
        .collect()
}

/// A title as HTML with its phrase breaks, and whether it has any.
pub fn phrased(text: &str) -> (String, bool) {
    let breaks = breaks(text);
    let mut html = String::with_capacity(text.len() + breaks.len() * "<wbr>".len());
    let mut from = 0;
    for &at in &breaks {
        html.push_str(&escape(&text[from..at]));
        html.push_str("<wbr>");
        from = at;
    }
    html.push_str(&escape(&text[from..]));
    (html, !breaks.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(phrased(text).0.replace("<wbr>", "｜"), expected);
    }

    /// The library's own parser says the same.
    #[test]
    fn scores_are_those_of_the_model() {
        let parser = Parser::japanese_parser();
        let texts = include_str!("phrase.rs").lines().chain([
            "これ以上利用する場合は教えてください。",
            "来ていた。もう来ていた。駒子はもう来ていた。",
            "パスワードを使い回さず、多要素認証を有効にする",
            "USBメモリを拾ったときは、決して差さずに担当へ渡す",
        ]);
        for text in texts.filter(|text| text.chars().count() > SHORT_CHARS) {
            let mut at = 0;
            let mut expected = Vec::new();
            for phrase in parser.parse(text) {
                if at > 0 && !text[..at].ends_with(char::is_whitespace) {
                    expected.push(at);
                }
                at += phrase.len();
            }
            assert_eq!(breaks(text), expected, "{text}");
        }
    }

    #[test]
    fn long_headings_break_between_phrases() {
        check(
            "標的型攻撃メールを受け取ったときの対応",
            "標的型攻撃メールを｜受け取った｜ときの｜対応",
        );
        check("パスワード", "パスワード");
        check("A < B の場合はどうするかを決める", "A &lt; B の｜場合は｜どうするかを｜決める");
    }
}
