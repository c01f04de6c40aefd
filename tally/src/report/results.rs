//! `site/results.toml`: the figures that a page of the site shows (```` ```results ````), for
//! `content/data/results.toml`. The format is the generator's: `site-gen/src/load/data/results.rs`.
//!
//! City and bureaus only, this year and the earlier years given; nothing that the committee's
//! tables hide. It is for the restricted site until somebody says otherwise: results are for
//! others only after the committee has received them.

use std::fmt::Write as _;

use super::figures::Figures;
use super::summary::{QuestionScore, Score, Summary};

/// The bytes of the file, newest year first.
pub(crate) fn write(figures: &Figures, now: &Summary, earlier: &[Summary]) -> Vec<u8> {
    let mut text = "\
# 自己点検の結果。tally report が書いたもので、content/data/results.toml に置くと、庁内のページの
# 結果の図（```results）に載ります。委員会が受理するまでは visibility を restricted のままにします。
"
    .to_owned();
    push_year(&mut text, now);
    for bureau in figures.bureaus.iter().filter(|bureau| bureau.done.target > 0) {
        text.push_str("\n[[results.bureaus]]\n");
        push_text(&mut text, "title", &bureau.name);
        let _ = writeln!(text, "target = {}", bureau.done.target);
        let _ = writeln!(text, "done = {}", bureau.done.file + bureau.done.paper);
    }
    for group in now.groups.iter().filter(|group| group.level == "bureau") {
        text.push_str("\n[[results.scores]]\n");
        push_text(&mut text, "title", &group.title);
        let _ = writeln!(text, "people = {}", group.people);
        push_permille(&mut text, "total", group.total_permille);
    }
    for year in earlier.iter().rev() {
        push_year(&mut text, year);
    }
    text.into_bytes()
}

fn push_year(text: &mut String, year: &Summary) {
    text.push_str("\n[[results]]\n");
    let _ = writeln!(text, "fiscal_year = {}", year.fiscal_year);
    push_text(text, "title", &year.title);
    let _ = writeln!(text, "opens = {}\ncloses = {}", year.opens, year.closes);
    let done = year.completion;
    let _ = writeln!(text, "target = {}\ndone = {}", done.target, done.file + done.paper);
    let permille = |score: Option<Score>| score.and_then(|score| score.rate().permille());
    push_permille(text, "total", permille(year.total));
    push_permille(text, "knowledge", permille(year.knowledge));
    push_permille(text, "practice", permille(year.practice));
    text.push_str("visibility = \"restricted\"\n");
    for category in year.categories_of_all() {
        text.push_str("\n[[results.categories]]\n");
        push_text(text, "title", &category.title);
        push_permille(text, "total", permille(category.score));
    }
    for question in year.weakest().into_iter().take(5) {
        push_question(text, "weakest", question);
    }
    for question in year.priority() {
        push_question(text, "priority", question);
    }
}

fn push_question(text: &mut String, kind: &str, question: &QuestionScore) {
    let _ = writeln!(text, "\n[[results.{kind}]]");
    push_text(text, "prompt", &question.prompt);
    push_text(text, "page", question.page.as_str());
    push_permille(text, "total", question.score.and_then(|score| score.rate().permille()));
}

/// A rate in tenths of a percent; left out where it is hidden.
fn push_permille(text: &mut String, key: &str, permille: Option<u64>) {
    if let Some(permille) = permille {
        let _ = writeln!(text, "{key}_permille = {permille}");
    }
}

fn push_text(text: &mut String, key: &str, value: &str) {
    let _ = writeln!(text, "{key} = {}", toml::Value::from(value));
}
