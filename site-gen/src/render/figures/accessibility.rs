//! The result of the accessibility tests: what was tested, with what, and criterion by criterion.
//!
//! Also in English: the one figure whose data bring words for a translation.

use maud::{Markup, html};

use super::{nothing_yet, table, text};
use crate::load::Version;
use crate::load::data::accessibility::{Conformance, Criterion};
use crate::render::page::date_in;
use crate::render::view::View;
use crate::render::words::{self, Words};

pub(super) fn render(view: &View<'_>, page: usize) -> Markup {
    let version = view.page(page).version;
    let (words, labels) = (words::of(version), Labels::of(version));
    let data = view.content().data.accessibility.as_ref();
    let Some(data) = data.filter(|data| view.shows(data.visibility)) else {
        return nothing_yet(labels.nothing_yet);
    };
    let said = |japanese: &str, english: &Option<String>| said(words, japanese, english.as_deref());
    let tools: Vec<Vec<Markup>> = data
        .tools
        .iter()
        .filter(|tool| view.shows(tool.visibility))
        .map(|tool| {
            let name = match (tool.name.is_ascii(), &tool.name_en) {
                (true, None) => text(&tool.name),
                (_, english) => said(&tool.name, english),
            };
            let version = tool.version.as_deref().unwrap_or("―");
            vec![name, text(version), said(&tool.looks_at, &tool.looks_at_en)]
        })
        .collect();
    let shown = data.criteria.iter().filter(|criterion| view.shows(criterion.visibility));
    let (added, own): (Vec<&Criterion>, Vec<&Criterion>) =
        shown.partition(|criterion| criterion.added_by.is_some());
    let row = |criterion: &&Criterion| {
        let name = html! { (criterion.id) " " (said(&criterion.title, &criterion.title_en)) };
        let by = criterion.added_by.as_deref().map(text);
        let result = text(labels.result(criterion.result));
        let method = said(&criterion.method, &criterion.method_en);
        let cells = [Some(name), by, Some(text(&criterion.level)), Some(result), Some(method)];
        cells.into_iter().flatten().collect()
    };
    let rows = |criteria: &[&Criterion]| criteria.iter().map(row).collect::<Vec<_>>();
    html! {
        dl.facts {
            div { dt { (labels.standard) } dd { (said(&data.standard, &data.standard_en)) } }
            div { dt { (labels.tested) } dd { (date_in(words, data.tested)) } }
            div { dt { (labels.pages) } dd { (view.pages().len()) (labels.all_pages) } }
            div { dt { (labels.outcome) } dd { (labels.counts(&own)) } }
            @if !added.is_empty() {
                div { dt { (labels.added_outcome) } dd { (labels.counts(&added)) } }
            }
        }
        (table(labels.tools, &labels.tools_head, &tools))
        (table(labels.criteria, &labels.criteria_head, &rows(&own)))
        @if !added.is_empty() { (table(labels.added, &labels.added_head, &rows(&added))) }
    }
}

/// A text of the data in the language of the page, or marked as Japanese.
fn said(words: &Words, japanese: &str, english: Option<&str>) -> Markup {
    match english.filter(|_| words.japanese().is_some()) {
        Some(english) => text(english),
        None => words.in_japanese(japanese),
    }
}

/// What the figure says by itself.
struct Labels {
    nothing_yet: &'static str,
    standard: &'static str,
    tested: &'static str,
    pages: &'static str,
    all_pages: &'static str,
    outcome: &'static str,
    added_outcome: &'static str,
    comma: &'static str,
    before_count: &'static str,
    tools: &'static str,
    tools_head: [&'static str; 3],
    criteria: &'static str,
    criteria_head: [&'static str; 4],
    added: &'static str,
    added_head: [&'static str; 5],
    results: [&'static str; 3],
}

impl Labels {
    fn of(version: Version) -> &'static Self {
        match version {
            Version::Original | Version::Easy => &JAPANESE,
            Version::English => &ENGLISH,
        }
    }

    fn result(&self, result: Conformance) -> &'static str {
        let [met, not_met, not_applicable] = self.results;
        match result {
            Conformance::Met => met,
            Conformance::NotMet => not_met,
            Conformance::NotApplicable => not_applicable,
        }
    }

    /// How many criteria have each result.
    fn counts(&self, criteria: &[&Criterion]) -> String {
        let results = [Conformance::Met, Conformance::NotMet, Conformance::NotApplicable];
        let counted = results.map(|result| {
            let count = criteria.iter().filter(|criterion| criterion.result == result).count();
            format!("{}{}{count}", self.result(result), self.before_count)
        });
        counted.join(self.comma)
    }
}

const JAPANESE: Labels = Labels {
    nothing_yet: "アクセシビリティの試験結果はまだ登録されていません。",
    standard: "規格",
    tested: "試験した日",
    pages: "試験したページ",
    all_pages: "ページ（このサイトの全ページ）",
    outcome: "結果",
    added_outcome: "後から加わった達成基準の結果",
    comma: "、",
    before_count: "",
    tools: "試験に使った道具",
    tools_head: ["道具", "版", "見るもの"],
    criteria: "達成基準ごとの結果",
    criteria_head: ["達成基準", "レベル", "結果", "確かめ方"],
    added: "後から加わった達成基準ごとの結果",
    added_head: ["達成基準", "加えた指針", "レベル", "結果", "確かめ方"],
    results: ["適合", "不適合", "適用なし"],
};

const ENGLISH: Labels = Labels {
    nothing_yet: "No results of accessibility tests are registered yet.",
    standard: "Standard",
    tested: "Tested on",
    pages: "Pages tested",
    all_pages: " (all pages of this site)",
    outcome: "Result",
    added_outcome: "Result for criteria added later",
    comma: ", ",
    before_count: ": ",
    tools: "Tools of the test",
    tools_head: ["Tool", "Version", "Looks at"],
    criteria: "Result by success criterion",
    criteria_head: ["Success criterion", "Level", "Result", "How it was tested"],
    added: "Result by success criterion added later",
    added_head: ["Success criterion", "Added by", "Level", "Result", "How it was tested"],
    results: ["met", "not met", "does not apply"],
};
