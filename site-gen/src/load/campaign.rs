//! `campaigns/*.toml`: one yearly round each.

use selfcheck::b64::B64;
use selfcheck::id::{CampaignId, PageId};
use selfcheck::set::{Bands, Campaign};

use super::files::Tree;
use super::record::{Record, Toml};
use crate::diagnostic::{Report, error};
use crate::source::{FileId, Located, Place, Sources};

/// One campaign as written.
#[derive(Debug)]
pub struct CampaignSource {
    /// The file.
    pub file: FileId,
    /// The round itself.
    pub campaign: Campaign,
    /// The question sets it is made of.
    pub sets: Vec<Located<String>>,
    /// Bands of the result.
    pub bands: Bands,
    /// Policies to acknowledge.
    pub acknowledgements: Vec<AcknowledgementSource>,
    /// Where the keys of the round stand.
    pub places: [(&'static str, Place); 6],
}

impl CampaignSource {
    /// Where a key of the round stands, else the file.
    pub fn place_of(&self, key: &str) -> Place {
        let place = self.places.iter().find(|(name, _)| *name == key);
        place.map_or(self.file.place(0..0), |(_, place)| *place)
    }
}

/// A policy to acknowledge, as written.
#[derive(Debug)]
pub struct AcknowledgementSource {
    /// The page.
    pub page: Located<PageId>,
    /// The words that are accepted.
    pub statement: String,
    /// Where it stands.
    pub place: Place,
}

pub(super) fn load(tree: &Tree, sources: &Sources, report: &mut Report) -> Vec<CampaignSource> {
    tree.in_folder("campaigns", "toml")
        .filter_map(|(stem, file)| {
            let text = sources.file(file).text.clone();
            Toml::new(file, 0, &text)
                .read(report, |record, report| read(record, report, stem, file))
        })
        .collect()
}

/// 16 new random bytes as a campaign writes them; nothing where the system gives none.
pub(crate) fn fresh_nonce() -> Option<B64<16>> {
    let mut nonce = [0_u8; 16];
    getrandom::fill(&mut nonce).ok().map(|()| B64(nonce))
}

fn read_nonce(record: &Record<'_>, report: &mut Report) -> Option<Located<B64<16>>> {
    let mut faults = Report::default();
    let what = "乱数 16 バイトの base64url（22 字）";
    let nonce = record.parsed::<B64<16>>("nonce", what, &mut faults);
    for finding in faults.iter().cloned() {
        // No clerk makes 16 random bytes by hand.
        report.push(match fresh_nonce() {
            Some(nonce) => finding.hint(format!("新しい乱数の例: `nonce = \"{nonce}\"`")),
            None => finding,
        });
    }
    nonce
}

pub(super) fn read(
    record: &Record<'_>,
    report: &mut Report,
    stem: &str,
    file: FileId,
) -> Option<CampaignSource> {
    let id = record.parsed::<CampaignId>("id", "英小文字、数字、`-` の id", report);
    let title = record.string("title", report);
    let nonce = read_nonce(record, report);
    let fiscal_year = record.integer("fiscal_year", 2000..=9999, report);
    let opens = record.date("opens", report);
    let closes = record.date("closes", report);
    let grace_days = record.integer("grace_days", 0..=366, report);
    let mut faults = Report::default();
    let sets = record.strings("sets", &mut faults);
    if sets.is_empty() && !faults.has_errors() {
        faults.push(
            error("question-set", record.place_of("sets"), "`sets` に設問集がありません")
                .hint("`sets = [\"staff\"]` のように、content/checks の設問集の id を並べます。"),
        );
    }
    report.append(faults);
    let bands = record.table("bands", report, |bands, report| {
        let good = bands.integer("good", 0..=100, report);
        let review = bands.integer("review", 0..=100, report);
        if let (Some(good), Some(review)) = (&good, &review)
            && review.value > good.value
        {
            let message = format!(
                "`review`（{}）が `good`（{}）より大きくなっています",
                review.value, good.value
            );
            report.push(error("bands", review.place, message).with("`good`", good.place).hint(
                "良好は `good` ％以上、要確認は `review` ％以上です。`review` を `good` 以下にします。",
            ));
            return None;
        }
        Some(Bands {
            good: u8::try_from(good?.value).ok()?,
            review: u8::try_from(review?.value).ok()?,
        })
    });
    let acknowledgements = record.tables("acknowledgements", report, |policy, report| {
        let page = policy.parsed::<PageId>("page", "ページの id", report);
        let statement = policy.string("statement", report);
        Some(AcknowledgementSource {
            page: page?,
            statement: statement?.value,
            place: policy.place(),
        })
    });
    let (id, opens, closes) = (id?, opens?, closes?);
    if id.value.as_str() != stem {
        report.push(error(
            "campaign-name",
            id.place,
            format!("`id` の「{}」がファイル名の「{stem}」と違います", id.value),
        ));
    }
    if closes.value < opens.value {
        report.push(error("dates", closes.place, "終了日が開始日より前です"));
    }
    let (nonce, title, fiscal_year, grace_days) = (nonce?, title?, fiscal_year?, grace_days?);
    Some(CampaignSource {
        file,
        places: [
            ("nonce", nonce.place),
            ("title", title.place),
            ("fiscal_year", fiscal_year.place),
            ("opens", opens.place),
            ("closes", closes.place),
            ("grace_days", grace_days.place),
        ],
        campaign: Campaign {
            id: id.value,
            nonce: nonce.value,
            title: title.value,
            fiscal_year: u16::try_from(fiscal_year.value).ok()?,
            opens: opens.value,
            closes: closes.value,
            grace_days: u16::try_from(grace_days.value).ok()?,
        },
        sets,
        bands: bands.unwrap_or(Bands { good: 85, review: 70 }),
        acknowledgements,
    })
}
