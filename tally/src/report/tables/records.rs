//! What people said to the policies, what the office and its committee decided, and what became of
//! the files.

use super::{Cell, Table, header};
use crate::report::answers::Questions;
use crate::report::figures::Figures;
use crate::report::load::Campaigned;
use crate::report::office_data::Act;
use crate::report::partition::SMALLEST;
use crate::report::wareki;
use crate::roster::Person;

/// ポリシーの確認.
pub(crate) fn policies(figures: &Figures, questions: &Questions) -> Table {
    let rows = questions.policies.iter().zip(&figures.policies).map(|(policy, counts)| {
        let mut row = vec![Cell::from(policy.title.as_str())];
        row.push(Cell::Text(policy.sha256.to_string()[..12].to_owned()));
        // A policy that only managers confirm may have few who said anything to it.
        if counts.iter().sum::<u64>() < SMALLEST {
            row.extend([Cell::Hidden, Cell::Hidden, Cell::Hidden]);
        } else {
            row.extend(counts.map(Cell::Count));
        }
        row
    });
    Table {
        name: "policies",
        title: "ポリシーの確認",
        header: header(&[
            "ポリシー",
            "版（SHA-256 の先頭）",
            "同意する",
            "同意しない",
            "質問がある",
        ]),
        rows: rows.collect(),
    }
}

/// 改善策 decided after an earlier check, and how far they are on the campaign's last day.
pub(crate) fn improvements(loaded: &Campaigned<'_>) -> Table {
    let rows = loaded.office.improvements.iter().map(|one| {
        let is_overdue = one.is_overdue(loaded.campaign.closes);
        vec![
            Cell::from(one.section.as_str()),
            Cell::from(one.item.as_str()),
            Cell::from(one.measure.as_str()),
            Cell::from(one.owner.as_str()),
            Cell::Text(wareki::date(one.due)),
            Cell::from(one.state.as_str()),
            Cell::from(if is_overdue { "期限切れ" } else { "" }),
        ]
    });
    Table {
        name: "improvements",
        title: "前回までの改善策",
        header: header(&["所属", "弱かった項目", "対策", "担当", "期限", "状態", "期限との関係"]),
        rows: rows.collect(),
    }
}

/// What the committee approves and what it receives, in columns of their own.
pub(crate) fn decisions(loaded: &Campaigned<'_>) -> Table {
    let year = loaded.campaign.fiscal_year;
    let own = loaded.office.decisions.iter().filter(|decision| decision.fiscal_year == year);
    let mut rows: Vec<Vec<Cell>> = own
        .map(|decision| {
            let done =
                decision.date.map_or_else(|| Cell::from(""), |day| Cell::Text(wareki::date(day)));
            let of = |act: Act| if decision.act == act { done.clone() } else { Cell::None };
            let act = match decision.act {
                Act::Decide => "決定",
                Act::Approve => "承認",
                Act::Receive => "受理",
                Act::Designate => "指名",
                Act::Audit => "監査",
            };
            let other = matches!(decision.act, Act::Decide | Act::Designate | Act::Audit);
            vec![
                Cell::from(decision.subject.as_str()),
                Cell::from(act),
                Cell::from(decision.planned.as_deref().unwrap_or_default()),
                of(Act::Approve),
                of(Act::Receive),
                if other { done.clone() } else { Cell::None },
            ]
        })
        .collect();
    if rows.is_empty() {
        for subject in ["自己点検の結果", "結果に基づく改善策"] {
            let blank = || Cell::from("");
            let row = [Cell::from(subject), Cell::from("受理"), blank(), Cell::None, blank()];
            rows.push(row.into_iter().chain([Cell::None]).collect());
        }
    }
    Table {
        name: "decisions",
        title: "委員会の手続",
        header: header(&["事項", "手続", "予定", "承認日", "受理日", "決定・指名日"]),
        rows,
    }
}

/// 受付不可, with what to tell the sender; then what nobody sent.
pub(crate) fn rejected(loaded: &Campaigned<'_>) -> Table {
    let rows = loaded.rejected.iter().chain(&loaded.not_results).map(|rejected| {
        vec![
            Cell::Text(rejected.file.clone()),
            Cell::from(rejected.reason.code()),
            Cell::from(rejected.reason.sentence()),
            Cell::from(rejected.reason.remedy()),
        ]
    });
    Table {
        name: "rejected",
        title: "受付不可のファイル",
        header: header(&["ファイル", "コード", "理由", "対処"]),
        rows: rows.collect(),
    }
}

/// 注意: accepted files to look at; for the secretariat only, since it names person numbers.
pub(crate) fn flags(loaded: &Campaigned<'_>) -> Table {
    let mut rows = Vec::new();
    for flagged in &loaded.flagged {
        let Person { sub, section, .. } = &loaded.roster.roster.people[flagged.person];
        for flag in &flagged.flags {
            rows.push(vec![
                Cell::from(sub.as_str()),
                Cell::from(section.as_str()),
                Cell::Text(flagged.jti.to_string()),
                Cell::from(flag.code()),
                Cell::from(flag.sentence()),
            ]);
        }
    }
    Table {
        name: "flags",
        title: "注意して見る結果",
        header: header(&["職員番号", "所属コード", "結果の番号", "コード", "内容"]),
        rows,
    }
}
