//! Rules of the data files: the chart is one tree, and nothing refers to less visible things.

use std::collections::HashMap;

use selfcheck::time::Date;

use super::{Reader, Sites, resolve_page};
use crate::diagnostic::{Report, did_you_mean, error, nearest, warning};
use crate::load::Content;
use crate::wareki;

const ORGANIZATION: &str = "data/organization.toml";

pub(super) fn check(content: &Content, sites: &Sites, today: Date, report: &mut Report) {
    check_chart(content, report);
    check_overdue(content, today, report);
    check_results(content, report);
    for role in &content.data.roles {
        for duty in &role.duties {
            if let Some(page) = &duty.page {
                let reader = Reader::Level(duty.visibility.max(role.visibility));
                resolve_page(content, sites, page.value.as_str(), page.place, reader, report);
            }
        }
    }
    check_section_contacts(content, report);
    check_contacts(content, report);
    for value in &content.data.to_confirm {
        if let Some(page) = &value.page
            && sites.find(page.value.as_str()).is_none()
        {
            let reader = Reader::Level(value.visibility);
            resolve_page(content, sites, page.value.as_str(), page.place, reader, report);
        }
    }
}

/// What should be done by now and is not.
fn check_overdue(content: &Content, today: Date, report: &mut Report) {
    let improvements = content
        .data
        .improvements
        .iter()
        .map(|one| (format!("改善策「{}」（{}）", one.item, one.section), &one.due, one.state));
    let findings = content.data.audit.findings.iter().map(|one| {
        (format!("監査の指摘「{}」（{}）", one.finding, one.section), &one.due, one.state)
    });
    for (name, due, state) in improvements.chain(findings) {
        if state.is_open() && due.value < today {
            let message =
                format!("{name}の期限（{}）が過ぎています", wareki::format_date(due.value));
            report.push(
                warning("overdue", due.place, message)
                    .hint("終わっていれば `state` を「完了」に、そうでなければ期限を見直します。"),
            );
        }
    }
}

/// Results of another office, or of one campaign twice, were put here by mistake.
fn check_results(content: &Content, report: &mut Report) {
    let results = &content.data.results;
    for (index, one) in results.iter().enumerate() {
        let summary = &one.summary;
        if summary.org != content.config.org {
            let message = format!(
                "組織「{}」の結果です（この組織は「{}」）",
                summary.org, content.config.org
            );
            report.push(error("results", one.file.place, message));
        }
        if let Some(other) =
            results[..index].iter().find(|other| other.summary.campaign == summary.campaign)
        {
            let message = format!("実施回「{}」の結果が二度出てきます", summary.campaign);
            report.push(
                error("duplicate-id", one.file.place, message).with("先の結果", other.file.place),
            );
        }
    }
}

/// A row that was copied and still has the id of the first.
fn check_contacts(content: &Content, report: &mut Report) {
    let mut seen = HashMap::new();
    for id in content.data.contacts.iter().filter_map(|contact| contact.id.as_ref()) {
        if let Some(other) = seen.insert(id.value.as_str(), id.place) {
            let message = format!("連絡先の id「{}」が二度出てきます", id.value);
            report.push(error("duplicate-id", id.place, message).with("先の連絡先", other));
        }
    }
}

/// A section that is not in the list is a slip of the pen, or a rename that was made once only.
fn check_section_contacts(content: &Content, report: &mut Report) {
    let sections = &content.data.organization.sections;
    let mut seen = HashMap::new();
    for row in &content.data.section_contacts {
        let name = row.section.value.as_str();
        if let Some(other) = seen.insert(name, row.section.place) {
            let message = format!("所属「{name}」が二度出てきます");
            report.push(error("duplicate-id", row.section.place, message).with("先の行", other));
        }
        let is_known = sections.iter().any(|known| known.value == name);
        if sections.is_empty() || is_known || content.unread.file(ORGANIZATION) {
            continue;
        }
        let message = format!("所属「{name}」がありません");
        let mut finding = error("unknown-owner", row.section.place, message);
        let names = sections.iter().map(|known| known.value.as_str());
        if let Some(hint) = did_you_mean(&nearest(name, names)) {
            finding = finding.hint(hint);
        }
        report.push(
            finding.hint("課は content/data/organization.toml の `[[sections]]` に書きます。"),
        );
    }
}

fn check_chart(content: &Content, report: &mut Report) {
    let boxes = &content.data.organization.boxes;
    let mut by_id = HashMap::new();
    for (index, one) in boxes.iter().enumerate() {
        if let Some(other) = by_id.insert(one.id.value.as_str(), index) {
            let message = format!("体制図の箱「{}」が二度出てきます", one.id.value);
            report.push(
                error("duplicate-id", one.place(), message).with("先の箱", boxes[other].place()),
            );
        }
    }
    for one in boxes {
        let Some((parent, _)) = &one.parent else { continue };
        let Some(&above) = by_id.get(parent.value.as_str()) else {
            if content.unread.file(ORGANIZATION) {
                continue;
            }
            let message = format!("上の箱「{}」がありません", parent.value);
            let mut finding = error("unknown-box", parent.place, message);
            let ids = boxes.iter().map(|one| one.id.value.as_str());
            if let Some(hint) = did_you_mean(&nearest(&parent.value, ids)) {
                finding = finding.hint(hint);
            }
            report.push(finding);
            continue;
        };
        if boxes[above].visibility > one.visibility {
            let message = format!(
                "箱「{}」（{}）の上の箱「{}」（{}）が見えません",
                one.title,
                one.visibility.label(),
                boxes[above].title,
                boxes[above].visibility.label()
            );
            report.push(error("leak", parent.place, message).with("上の箱", boxes[above].place()));
        }
        let mut seen = 0;
        let mut at = Some(above);
        while let Some(index) = at {
            seen += 1;
            if seen > boxes.len() {
                let message = format!("箱「{}」の線をたどると元に戻ってしまいます", one.id.value);
                report.push(error("circular-chart", parent.place, message));
                break;
            }
            at = boxes[index]
                .parent
                .as_ref()
                .and_then(|(parent, _)| by_id.get(parent.value.as_str()).copied());
        }
    }
}
