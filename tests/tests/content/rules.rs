//! Pages that lay down rules: numbered, with reason and example, and asked about.

use site_gen::load::page::Layer;

use crate::blocks::{Block, Kind, blocks};
use crate::{checked, markdown, none, originals};

/// Rule pages without reason and example beside each article, and why.
const ARTICLES_ONLY: [(&str, &str); 1] = [(
    "policy/basic",
    "the 方針 of the city has articles; reasons and examples stand in the standards below it",
)];

#[test]
fn a_rule_page_has_three_numbered_rules_with_reason_and_example() {
    let mut faults = Vec::new();
    for page in originals().filter(|page| page.layer.is_rule()) {
        let blocks = blocks(markdown(page));
        let articles = ARTICLES_ONLY.iter().any(|(id, _)| *id == page.id.as_str());
        let prefix = if articles { "art-" } else { "rule-" };
        let rules: Vec<&Block> = blocks
            .iter()
            .filter(|block| block.kind == Kind::Heading && block.under.starts_with(prefix))
            .collect();
        if rules.len() < 3 {
            faults.push(format!("{}: {} 個のルール", page.id, rules.len()));
        }
        for (index, rule) in rules.iter().enumerate() {
            faults.extend(numbering(page.id.as_str(), index, rule, articles));
            if !articles {
                faults.extend(reason_and_example(page.id.as_str(), &blocks, rule));
            }
        }
    }
    none(&faults);
}

/// The number in the words is the number in the address, and none is left out.
fn numbering(page: &str, index: usize, rule: &Block, articles: bool) -> Option<String> {
    let number = rule.under.split_once('-').map_or("", |(_, number)| number);
    let words = if articles { format!("第{number}　") } else { format!("ルール{number}　") };
    let follows = number.contains('-') || number == (index + 1).to_string();
    (!rule.text.starts_with(&words) || !follows)
        .then(|| format!("{page}#{}: 「{}」の番号が合わない", rule.under, rule.text))
}

fn reason_and_example(page: &str, blocks: &[Block], rule: &Block) -> Vec<String> {
    let under: Vec<&Block> = blocks.iter().filter(|block| block.under == rule.under).collect();
    let shape: Vec<(Kind, &str)> =
        under.iter().map(|block| (block.kind, block.text.as_str())).collect();
    let mut faults = Vec::new();
    if !matches!(shape.get(1), Some((Kind::Paragraph, _))) {
        faults.push(format!("{page}#{}: 決まりの文がない", rule.under));
    }
    for word in ["理由", "例"] {
        let beside = shape.windows(2).any(|pair| {
            pair[0] == (Kind::Word, word)
                && pair[1].0 == Kind::Definition
                && pair[1].1.chars().count() >= 10
        });
        if !beside {
            faults.push(format!("{page}#{}: 「{word}」がない", rule.under));
        }
    }
    faults
}

#[test]
fn a_rule_page_is_asked_about() {
    let asked: Vec<&str> = checked()
        .content
        .checks
        .iter()
        .flat_map(|set| &set.questions)
        .map(|question| question.question.page.as_str())
        .collect();
    // Its readers are the CSIRT; a question of all staff may not lead to a restricted page.
    let restricted = "incident/response-plan";
    let faults: Vec<String> = originals()
        .filter(|page| page.layer.is_rule() && page.id.as_str() != restricted)
        .filter(|page| !asked.contains(&page.id.as_str()))
        .map(|page| format!("{}: 関係する設問がない", page.id))
        .collect();
    none(&faults);
}

#[test]
fn procedures_and_standards_say_who_must_act() {
    let faults: Vec<String> = originals()
        .filter(|page| matches!(page.layer, Layer::Standard | Layer::Procedure))
        .filter(|page| page.roles.is_empty() || page.related.is_empty())
        .map(|page| format!("{}: `roles` か `related` がない", page.id))
        .collect();
    none(&faults);
}
