//! `checks/*.toml`: question sets as their authors write them.

use selfcheck::id::{CategoryId, ChoiceId, PageId, QuestionId, SetId};
use selfcheck::set::{Category, Choice, Kind, Question};

use super::files::Tree;
use super::record::{Record, Toml, Word};
use crate::diagnostic::{Report, error};
use crate::source::{FileId, Located, Place, Sources};
use crate::visibility::Visibility;

/// One question set as written.
#[derive(Debug)]
pub struct CheckSource {
    /// The file.
    pub file: FileId,
    /// Same as the file name.
    pub id: SetId,
    /// Rises with every change of the set.
    pub revision: i64,
    /// As people read it.
    pub title: String,
    /// Who may read it.
    pub visibility: Visibility,
    /// In order.
    pub categories: Vec<Category>,
    /// In order.
    pub questions: Vec<QuestionSource>,
}

/// One question as written.
#[derive(Debug)]
pub struct QuestionSource {
    /// The checked question.
    pub question: Question,
    /// Where it stands.
    pub place: Place,
    /// Where its page is named.
    pub page: Located<PageId>,
    /// For whom beside everyone; empty for everyone.
    pub audience: Vec<Audience>,
}

/// For whom an extra question is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// 情報セキュリティ管理者
    Manager,
    /// 情報セキュリティ担当者
    Contact,
}

impl Word for Audience {
    const ALL: &'static [Self] = &[Self::Manager, Self::Contact];

    fn word(self) -> &'static str {
        match self {
            Self::Manager => "manager",
            Self::Contact => "contact",
        }
    }
}

/// How a question is put.
#[derive(Clone, Copy)]
enum Form {
    Single,
    Multiple,
    Practice,
    Scenario,
}

impl Word for Form {
    const ALL: &'static [Self] = &[Self::Single, Self::Multiple, Self::Practice, Self::Scenario];

    fn word(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Multiple => "multiple",
            Self::Practice => "practice",
            Self::Scenario => "scenario",
        }
    }
}

pub(super) fn load(tree: &Tree, sources: &Sources, report: &mut Report) -> Vec<CheckSource> {
    tree.in_folder("checks", "toml")
        .filter_map(|(stem, file)| {
            let text = sources.file(file).text.clone();
            Toml::new(file, 0, &text)
                .read(report, |record, report| read(record, report, stem, file))
        })
        .collect()
}

pub(super) fn read(
    record: &Record<'_>,
    report: &mut Report,
    stem: &str,
    file: FileId,
) -> Option<CheckSource> {
    let id = record.parsed::<SetId>("id", "英小文字、数字、`-` の id", report);
    let revision = record.integer("revision", 1..=i64::from(i32::MAX), report);
    let title = record.string("title", report);
    let visibility = record.visibility(Visibility::Intranet, report);
    let categories = record.tables("categories", report, |category, report| {
        let id = category.parsed::<CategoryId>("id", "英小文字、数字、`-` の id", report);
        let title = category.string("title", report);
        Some(Category { id: id?.value, title: title?.value })
    });
    let questions = record.tables("questions", report, read_question);
    let id = id?;
    if id.value.as_str() != stem {
        report.push(error(
            "set-name",
            id.place,
            format!("`id` の「{}」がファイル名の「{stem}」と違います", id.value),
        ));
    }
    Some(CheckSource {
        file,
        id: id.value,
        revision: revision?.value,
        title: title?.value,
        visibility,
        categories,
        questions,
    })
}

fn read_question(record: &Record<'_>, report: &mut Report) -> Option<QuestionSource> {
    let id = record.parsed::<QuestionId>("id", "英小文字、数字、`-` の id", report);
    let rev = record.integer("rev", 1..=1_000_000, report);
    let form = record.word::<Form>("kind", report);
    let category = record.parsed::<CategoryId>("category", "分野の id", report);
    let weight = record.integer("weight", 1..=3, report);
    let prompt = record.string("prompt", report);
    let explanation = record.string("explanation", report);
    let page = record.parsed::<PageId>("page", "ページの id", report);
    let action = record.string("action", report);
    let audience = record.words("roles", report).into_iter().map(|role| role.value).collect();
    let choices = read_choices(record, report);
    let allow_na = record.flag("allow_na", report);
    let choices = choices?;
    let kind = match form?.value {
        Form::Practice if !choices.is_empty() => {
            report.push(error(
                "choices",
                record.place(),
                "実践の設問に選択肢は書きません（はい・いいえ・わからないが付きます）",
            ));
            return None;
        }
        Form::Practice => Kind::Practice { allow_na },
        _ if allow_na => {
            report.push(error("choices", record.place(), "`allow_na` は実践の設問だけに書けます"));
            return None;
        }
        Form::Single => Kind::Single(choices),
        Form::Scenario => Kind::Scenario(choices),
        Form::Multiple => Kind::Multiple(choices),
    };
    let page = page?;
    Some(QuestionSource {
        question: Question {
            id: id?.value,
            rev: u32::try_from(rev?.value).ok()?,
            kind,
            category: category?.value,
            weight: u8::try_from(weight?.value).ok()?,
            prompt: prompt?.value,
            explanation: explanation?.value,
            page: page.value.clone(),
            action: action?.value,
        },
        place: record.place(),
        page,
        audience,
    })
}

/// `None` when one of them has a fault: of the others nothing true could be said.
fn read_choices(record: &Record<'_>, report: &mut Report) -> Option<Vec<Choice>> {
    let correct = record.strings("correct", report);
    let mut faults = Report::default();
    let choices = record.tables("choices", &mut faults, |choice, report| {
        let id = choice.parsed::<ChoiceId>("id", "`a`、`b`、… の id", report);
        let text = choice.string("text", report);
        let id = id?.value;
        let correct = correct.iter().any(|right| right.value == id.as_str());
        Some(Choice { id, text: text?.value, correct })
    });
    let is_whole = !faults.has_errors();
    for right in correct.iter().filter(|_| is_whole) {
        if !choices.iter().any(|choice| choice.id.as_str() == right.value) {
            faults.push(error(
                "choices",
                right.place,
                format!("正答の「{}」という選択肢はありません", right.value),
            ));
        }
    }
    let is_good = !faults.has_errors();
    report.append(faults);
    is_good.then_some(choices)
}
