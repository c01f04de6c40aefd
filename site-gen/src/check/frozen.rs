//! Guarding frozen campaigns: until the last day, the sources must give what was frozen.
//!
//! The record holds the hashes of the files, and of a policy page the hash of its text alone: that is
//! what people accept, and a review date above it may change. What else of a page, or of a file
//! without a hash, went into the sets is held against the sets themselves.

use selfcheck::id::CampaignId;
use selfcheck::set::{Acknowledgement, Campaign, CampaignSet, Question, QuestionSet};
use selfcheck::time::Date;

use super::campaign::CompiledSets;
use crate::diagnostic::{Diagnostic, Report, error};
use crate::load::{Archive, CampaignSource, Content};
use crate::source::{Place, Sources};

/// A frozen campaign and its sources.
pub(super) struct Guard<'c> {
    pub(super) content: &'c Content,
    pub(super) sources: &'c Sources,
    pub(super) source: &'c CampaignSource,
    pub(super) archive: &'c Archive,
    pub(super) today: Date,
}

impl Guard<'_> {
    /// Tells every difference between the frozen sets and `now`, what the sources give.
    pub(super) fn check(&self, now: &CompiledSets, report: &mut Report) {
        let last_day = self.archive.campaign().unwrap_or(&self.source.campaign).closes;
        if last_day < self.today {
            return;
        }
        self.check_files(report);
        for (role, now) in now {
            let Some((_, then)) = self.archive.sets.get(role) else { continue };
            // Four roles tell most of it four times; the report keeps one.
            self.check_office(now, &then.set, report);
            self.check_round(&then.set.campaign, report);
            self.check_policies(&now.acknowledgements, &then.set.acknowledgements, report);
            self.check_questions(&now.questions, &then.set.questions, report);
        }
    }

    fn check_files(&self, report: &mut Report) {
        for hash in crate::freeze::source_hashes(self.content, self.sources, self.source) {
            let frozen = self.archive.record.sources.iter().find(|known| known.path == hash.path);
            if frozen.is_some_and(|frozen| frozen.sha256 == hash.sha256) {
                continue;
            }
            let file = self.sources.iter().position(|file| file.within == hash.path);
            let place = file.map_or(self.file(), |at| self.sources.id(at).place(0..0));
            let message = format!("`{}` が、凍結した実施回「{}」と違います", hash.path, self.id());
            report.push(
                self.error("frozen-source", place, message)
                    .with("凍結の記録", self.archive.file.place(0..0)),
            );
        }
    }

    fn check_office(&self, now: &CampaignSet, then: &CampaignSet, report: &mut Report) {
        if now.org != then.org {
            report.push(self.differs(
                self.content.config.org_place,
                "組織の `id`",
                now.org.as_str(),
                then.org.as_str(),
            ));
        }
    }

    fn check_round(&self, then: &Campaign, report: &mut Report) {
        let now = &self.source.campaign;
        for (key, now, then) in [
            ("nonce", now.nonce.to_string(), then.nonce.to_string()),
            ("title", now.title.clone(), then.title.clone()),
            ("fiscal_year", now.fiscal_year.to_string(), then.fiscal_year.to_string()),
            ("opens", now.opens.to_string(), then.opens.to_string()),
            ("closes", now.closes.to_string(), then.closes.to_string()),
            ("grace_days", now.grace_days.to_string(), then.grace_days.to_string()),
        ] {
            if now != then {
                let place = self.source.place_of(key);
                report.push(self.differs(place, &format!("`{key}`"), &now, &then));
            }
        }
    }

    fn check_policies(
        &self,
        now: &[Acknowledgement],
        then: &[Acknowledgement],
        report: &mut Report,
    ) {
        let id = self.id();
        for then in then.iter().filter(|then| now.iter().all(|now| now.page != then.page)) {
            let message = format!(
                "凍結した実施回「{id}」が同意を求めるページ「{}」が、`acknowledgements` にありません",
                then.page
            );
            report.push(self.error("frozen-policy", self.file(), message));
        }
        for now in now {
            let mut written = self.source.acknowledgements.iter();
            let written = written.find(|policy| policy.page.value == now.page);
            let place = written.map_or(self.file(), |policy| policy.place);
            let Some(then) = then.iter().find(|then| then.page == now.page) else {
                let message =
                    format!("凍結した実施回「{id}」は、ページ「{}」に同意を求めません", now.page);
                report.push(self.error("frozen-policy", place, message));
                continue;
            };
            if now.title != then.title {
                let page = self.content.page(now.page.as_str());
                let place = page.map_or(place, |page| page.title.place);
                report.push(self.differs(
                    place,
                    "同意を求めるページの `title`",
                    &now.title,
                    &then.title,
                ));
            }
            if now.statement != then.statement {
                report.push(self.differs(place, "`statement`", &now.statement, &then.statement));
            }
        }
    }

    fn check_questions(&self, now: &QuestionSet, then: &QuestionSet, report: &mut Report) {
        let (id, now, then) = (self.id(), now.questions(), then.questions());
        for question in now.iter().filter(|question| !then.contains(question)) {
            let message = format!("設問「{}」が、凍結した実施回「{id}」と違います", question.id);
            report.push(self.error("frozen-question", self.written(question), message));
        }
        for question in then.iter().filter(|then| now.iter().all(|now| now.id != then.id)) {
            let message = format!(
                "凍結した実施回「{id}」の設問「{}」が、いまの設問集（{}）にないか、尋ねる相手が違います",
                question.id,
                self.names_of_sets()
            );
            report.push(self.error("frozen-question", self.written(question), message));
        }
    }

    fn names_of_sets(&self) -> String {
        let names: Vec<&str> = self.source.sets.iter().map(|name| name.value.as_str()).collect();
        names.join("、")
    }

    /// Where the question of this id is written now, else the campaign.
    fn written(&self, question: &Question) -> Place {
        let mut all = self.content.checks.iter().flat_map(|set| &set.questions);
        let written = all.find(|written| written.question.id == question.id);
        written.map_or(self.file(), |written| written.place)
    }

    fn id(&self) -> &CampaignId {
        &self.source.campaign.id
    }

    fn file(&self) -> Place {
        self.source.file.place(0..0)
    }

    fn differs(&self, place: Place, what: &str, now: &str, then: &str) -> Diagnostic {
        let id = self.id();
        let message = format!("{what} が「{now}」ですが、凍結した実施回「{id}」では「{then}」です");
        self.error("frozen-value", place, message)
    }

    fn error(&self, code: &'static str, place: Place, message: String) -> Diagnostic {
        let remedy = if self.today < self.archive.campaign().unwrap_or(&self.source.campaign).opens
        {
            format!("始まる前なので、`site-gen freeze {}` で作り直せます。", self.id())
        } else {
            "実施中は変えられません。元に戻すか、実施が終わってから変えてください。".to_owned()
        };
        error(code, place, message).hint(remedy)
    }
}

/// Frozen campaigns that are not over need the file that they came from: without it nothing would be
/// held against the sets.
pub(super) fn check_campaigns_exist(
    content: &Content,
    sources: &Sources,
    today: Date,
    report: &mut Report,
) {
    for archive in &content.archive {
        let id = &archive.record.campaign;
        let path = format!("campaigns/{id}.toml");
        let Some(campaign) = archive.campaign().filter(|campaign| campaign.closes >= today) else {
            continue;
        };
        // A file that is there and cannot be read has been told.
        if sources.iter().any(|file| file.within == path) {
            continue;
        }
        let message =
            format!("凍結した実施回「{id}」（{} まで）の `{path}` がありません", campaign.closes);
        let finding = error("frozen-source", archive.file.place(0..0), message)
            .hint(format!("控えか版の履歴から `{path}` を戻してください。"));
        report.push(if today < campaign.opens {
            finding.hint(format!("取りやめる回なら、`archive/{id}` も消します。"))
        } else {
            finding
        });
    }
}

/// A campaign that is open and not frozen has lost its archive, or its first day came too soon.
pub(super) fn check_not_lost(
    sources: &Sources,
    source: &CampaignSource,
    today: Date,
    report: &mut Report,
) {
    if is_lost(sources, source, today) {
        report.push(lost(source));
    }
}

/// Whether that is so of any campaign.
pub(super) fn any_is_lost(content: &Content, sources: &Sources, today: Date) -> bool {
    let mut campaigns = content.campaigns.iter();
    campaigns.any(|source| is_lost(sources, source, today))
}

fn is_lost(sources: &Sources, source: &CampaignSource, today: Date) -> bool {
    let is_open = (source.campaign.opens..=source.campaign.closes).contains(&today);
    let record = format!("archive/{}/campaign.json", source.campaign.id);
    // A record that is there and cannot be read has been told.
    is_open && sources.iter().all(|file| file.within != record)
}

/// That a campaign has begun, and that there are no frozen sets to be found.
pub(crate) fn lost(source: &CampaignSource) -> Diagnostic {
    let Campaign { id, opens, .. } = &source.campaign;
    let message = format!(
        "実施回「{id}」は {opens} に始まりましたが、凍結した設問集（`archive/{id}`）を読めません"
    );
    let mut finding = error("archive", source.place_of("opens"), message);
    finding.hints = remedies(source);
    finding
}

/// What to do about it: sets made anew could differ from those that people have answered.
pub(super) fn remedies(source: &CampaignSource) -> Vec<String> {
    let id = &source.campaign.id;
    vec![
        format!(
            "控えか版の履歴から `archive/{id}` を戻してください。作り直すと、提出済みの結果ファイルを受け付けられなくなることがあります。"
        ),
        format!(
            "まだ誰にも設問を配っていない回なら、`opens` を今日より後の日に直してから、`site-gen freeze {id}` を実行します。"
        ),
    ]
}
