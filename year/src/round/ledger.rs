//! The ledger of a campaign, as daily runs of `tally collect` would have written it: by the format
//! of `selfcheck/FORMAT.md` §6, since `collect` itself reads the clock.

use selfcheck::digest::Sha256;
use selfcheck::time::Timestamp;
use serde::Serialize;

use super::Round;

#[derive(Serialize)]
struct Line<'a> {
    seq: usize,
    seen: Timestamp,
    jti: Option<String>,
    payload_sha256: Option<String>,
    kid: Option<&'a str>,
    outcome: String,
    prev: String,
}

impl Round<'_> {
    /// `ledger.jsonl`, closed at the first run after the last day.
    ///
    /// # Panics
    /// Never: lines are plain data.
    pub fn ledger_jsonl(&self) -> String {
        let campaign = self.campaign();
        let closed = super::next_collection(campaign.closes.end_unix_seconds());
        let first = super::next_collection(campaign.opens.end_unix_seconds() - super::DAY);
        let mark = |outcome: String| (None, None, None, outcome);
        let mut events = vec![(first, 0, mark(format!("open:{}", campaign.id)))];
        for handed in &self.handed {
            let Some(seen) = handed.seen else { continue };
            let (jti, sha256) = (handed.payload.jti.to_string(), handed.payload_sha256());
            let event = (Some(jti), Some(sha256), Some(handed.kid.as_str()), "accepted".to_owned());
            events.push((seen, 1, event));
        }
        for odd in &self.odd {
            if let (Some(seen), Some(bytes)) = (odd.seen, &odd.bytes) {
                let outcome = format!("rejected:{}", odd.code);
                events.push((seen, 1, (None, Some(Sha256::of(bytes)), None, outcome)));
            }
        }
        let kids: Vec<String> = self
            .paper
            .iter()
            .map(|&member| self.office.members[member].key(&self.office.org))
            .map(|key| key.public().key_id().to_string())
            .collect();
        let paper = kids
            .iter()
            .map(|kid| (closed, 1, (None, None, Some(kid.as_str()), "paper".to_owned())));
        events.extend(paper);
        events.push((closed, 2, mark("closed".to_owned())));
        events.sort_by_key(|(seen, order, _)| (*seen, *order));
        events.dedup_by(|a, b| a.2 == b.2);

        let (mut text, mut prev) = (String::new(), "0".repeat(64));
        for (seq, (seen, _, (jti, payload_sha256, kid, outcome))) in events.into_iter().enumerate()
        {
            let line = Line {
                seq,
                seen: Timestamp::at_offset(seen, 540).expect("a year of our days"),
                jti,
                payload_sha256: payload_sha256.map(|hash| hash.to_string()),
                kid,
                outcome,
                prev,
            };
            let line = serde_json::to_string(&line).expect("a line is plain data");
            prev = Sha256::of(line.as_bytes()).to_string();
            text.push_str(&line);
            text.push('\n');
        }
        text
    }
}
