//! The glossary: the terms of the plan and of our pages, each whole and in our own words.

use std::collections::BTreeMap;

use site_gen::load::Term;
use site_gen::visibility::Visibility;

use crate::blocks::blocks;
use crate::{checked, none, ours};

/// The eleven terms the city's plan marks with ※.
const OF_THE_PLAN: [&str; 11] = [
    "マルウェア",
    "DDoS攻撃",
    "情報セキュリティポリシー",
    "CSIRT",
    "ソフトウェア",
    "OS",
    "Webブラウザ",
    "インターネットサービスプロバイダ",
    "パーソナルファイアウォール",
    "フィルタリング",
    "フィッシング詐欺",
];

/// The others that our pages need.
const FURTHER: [&str; 45] = [
    "情報セキュリティ",
    "情報資産",
    "機密性",
    "完全性",
    "可用性",
    "情報セキュリティインシデント",
    "基本方針",
    "対策基準",
    "実施手順",
    "脆弱性",
    "修正プログラム",
    "ウイルス",
    "ウイルス対策ソフト",
    "ランサムウェア",
    "標的型攻撃メール",
    "不正アクセス",
    "なりすまし",
    "ソーシャルエンジニアリング",
    "多要素認証",
    "暗号化",
    "外部記憶媒体",
    "三層の対策",
    "無害化",
    "マイナンバー利用事務系",
    "LGWAN接続系",
    "インターネット接続系",
    "自治体情報セキュリティクラウド",
    "CISO",
    "情報セキュリティ委員会",
    "自己点検",
    "情報セキュリティ監査",
    "改善策",
    "例外措置",
    "業務委託",
    "クラウドサービス",
    "生成AI",
    "テレワーク",
    "個人情報",
    "要配慮個人情報",
    "特定個人情報",
    "ログ",
    "バックアップ",
    "資産管理",
    "電子署名",
    "ハッシュ値",
];

fn terms() -> &'static [Term] {
    &checked().content.glossary
}

fn find(name: &str) -> Option<&'static Term> {
    terms().iter().find(|term| term.term.value == name)
}

#[test]
fn all_fifty_six_terms_are_there() {
    let missing: Vec<String> = OF_THE_PLAN
        .iter()
        .chain(&FURTHER)
        .filter(|name| find(name).is_none())
        .map(|name| format!("「{name}」がない"))
        .collect();
    none(&missing);
    assert!(terms().len() >= OF_THE_PLAN.len() + FURTHER.len());
}

#[test]
fn every_entry_is_whole() {
    let mut faults = Vec::new();
    for term in terms() {
        let mut missing = |what: &str| faults.push(format!("{}: {what}", term.id));
        if term.reading.value.chars().any(|c| !matches!(c, 'ぁ'..='ん' | 'ー')) {
            missing("読みがひらがなでない");
        }
        if term.english.as_ref().is_none_or(|english| !english.is_ascii()) {
            missing("英語がない");
        }
        if !(10..=80).contains(&term.short.value.chars().count()) {
            missing("`short` が10字から80字でない");
        }
        if term.source.is_none() || term.date.is_none() {
            missing("出どころか日付がない");
        }
        if term.see_also.is_empty() {
            missing("`see_also` がない");
        }
        let body: String =
            blocks(term.body(&ours().sources)).into_iter().map(|block| block.text).collect();
        if body.chars().filter(|c| *c == '。').count() < 2 {
            missing("説明が二文より短い");
        }
        if body.contains(&term.short.value) {
            missing("説明が `short` を繰り返している");
        }
    }
    none(&faults);
}

#[test]
fn the_plan_is_named_as_the_source_of_its_terms() {
    let faults: Vec<String> = OF_THE_PLAN
        .iter()
        .filter_map(|name| find(name))
        .filter(|term| term.source.as_deref().is_none_or(|source| !source.contains("市の計画")))
        .map(|term| term.id.clone())
        .collect();
    none(&faults);
}

#[test]
fn every_term_on_a_residents_page_can_be_read_by_residents() {
    let used = checked().bodies.iter().zip(&checked().content.pages);
    let faults: Vec<String> = used
        .filter(|(_, page)| page.visibility == Visibility::Public)
        .flat_map(|(body, page)| body.terms.iter().map(move |used| (page, &terms()[used.term])))
        .filter(|(_, term)| term.visibility != Visibility::Public)
        .map(|(page, term)| format!("{}: 「{}」", page.id, term.term.value))
        .collect();
    none(&faults);
}

/// Words of the office's own networks and registers are of no use to residents.
#[test]
fn residents_get_a_subset() {
    const INSIDE: [&str; 7] = [
        "マイナンバー利用事務系",
        "LGWAN接続系",
        "インターネット接続系",
        "無害化",
        "例外措置",
        "資産管理",
        "ハッシュ値",
    ];
    let faults: Vec<String> = terms()
        .iter()
        .filter(|term| {
            let inside = INSIDE.contains(&term.term.value.as_str());
            term.visibility != if inside { Visibility::Intranet } else { Visibility::Public }
        })
        .map(|term| format!("{}: {}", term.id, term.visibility.label()))
        .collect();
    none(&faults);
}

/// No definition rests on itself by way of others: the short forms, and the first sentences.
#[test]
fn no_definition_goes_in_a_circle() {
    let short = |term: &Term| term.short.value.clone();
    let first = |term: &Term| {
        let blocks = blocks(term.body(&ours().sources));
        let text = blocks.first().map(|block| block.text.clone()).unwrap_or_default();
        text.split('。').next().unwrap_or_default().to_owned()
    };
    let mut faults = circles(&short);
    faults.extend(circles(&first));
    none(&faults);
}

fn circles(definition: &dyn Fn(&Term) -> String) -> Vec<String> {
    let rests_on: BTreeMap<&str, Vec<&str>> =
        terms().iter().map(|term| (term.id.as_str(), named_in(&definition(term), term))).collect();
    let mut faults = Vec::new();
    for start in rests_on.keys() {
        let mut seen: Vec<&str> = Vec::new();
        let mut next: Vec<&str> = rests_on[start].clone();
        while let Some(id) = next.pop() {
            if id == *start {
                faults.push(format!("{start}: {}", seen.join(" → ")));
                break;
            }
            if !seen.contains(&id) {
                seen.push(id);
                next.extend(&rests_on[id]);
            }
        }
    }
    faults
}

/// The terms a definition names, the longest at each place.
fn named_in(text: &str, own: &Term) -> Vec<&'static str> {
    let mut names: Vec<(&str, &str)> =
        terms().iter().map(|term| (term.term.value.as_str(), term.id.as_str())).collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    let mut rest = text.to_owned();
    let mut found = Vec::new();
    for (name, id) in names {
        // A name inside a longer word of katakana is another word.
        if rest.contains(name) {
            rest = rest.replace(name, "　");
            if id != own.id {
                found.push(id);
            }
        }
    }
    found
}
