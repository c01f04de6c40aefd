//! Everything a report is made from, read and judged again: files, ledger, roster, sets.

use std::collections::BTreeMap;

use selfcheck::b64::B64;
use selfcheck::digest::Sha256;
use selfcheck::set::Campaign;
use selfcheck::time::Date;

use super::answers::{Answers, Questions};
use crate::archive::Archive;
use crate::examine::Examiner;
use crate::inbox::{self, Sent};
use crate::ledger::{Ledger, Outcome};
use crate::reason::{Flag, Reason};
use crate::roster::ReadRoster;

/// The campaign as the secretariat holds it.
pub(crate) struct Campaigned<'a> {
    pub(crate) campaign: &'a Campaign,
    pub(crate) roster: &'a ReadRoster,
    pub(crate) ledger: &'a Ledger,
    pub(crate) questions: &'a Questions,
    /// People with a score, by their index in the roster.
    pub(crate) people: BTreeMap<usize, Answered>,
    pub(crate) flagged: Vec<Flagged>,
    pub(crate) rejected: Vec<Rejected>,
    /// Accepted once, and not among the files now.
    pub(crate) missing: Vec<Sha256>,
}

/// A person's answers and the files they come from.
pub(crate) struct Answered {
    pub(crate) answers: Answers,
    pub(crate) payloads: Vec<Sha256>,
}

/// A file that counts and should be looked at.
pub(crate) struct Flagged {
    pub(crate) person: usize,
    pub(crate) jti: B64<16>,
    pub(crate) flags: Vec<Flag>,
}

/// A file that does not count.
pub(crate) struct Rejected {
    pub(crate) file: String,
    pub(crate) reason: Reason,
}

struct Judged {
    person: usize,
    jti: B64<16>,
    payload_sha256: Sha256,
    revoked: Option<Date>,
    flags: Vec<Flag>,
    answers: Answers,
}

impl<'a> Campaigned<'a> {
    /// Judges every file again and puts each person's answers together.
    pub(crate) fn load(
        sent: &[Sent],
        archive: &Archive,
        campaign: &'a Campaign,
        roster: &'a ReadRoster,
        ledger: &'a Ledger,
        questions: &'a Questions,
    ) -> Self {
        let examiner = Examiner::new(roster, archive, Some(&campaign.id));
        let judged = inbox::map(sent, |sent| judge(sent, &examiner, questions));
        let mut loaded = Self {
            campaign,
            roster,
            ledger,
            questions,
            people: BTreeMap::new(),
            flagged: Vec::new(),
            rejected: Vec::new(),
            missing: Vec::new(),
        };
        let mut by_identity = BTreeMap::new();
        for (sent, judged) in sent.iter().zip(judged) {
            match judged {
                Ok(judged) => {
                    let identity = (judged.jti, judged.payload_sha256);
                    by_identity.entry(identity).or_insert((sent, judged));
                }
                Err(reason) => loaded.reject(sent, reason),
            }
        }
        for line in ledger.lines.iter().filter(|line| line.outcome == Outcome::Accepted) {
            let (Some(jti), Some(payload_sha256)) = (line.jti, line.payload_sha256) else {
                continue;
            };
            match by_identity.remove(&(jti, payload_sha256)) {
                Some((_, judged)) => loaded.take(judged, line.seen.unix_seconds()),
                None => loaded.missing.push(payload_sha256),
            }
        }
        for (_, (sent, _)) in by_identity {
            loaded.reject(sent, Reason::NotInLedger);
        }
        loaded.rejected.sort_by(|a, b| a.file.cmp(&b.file));
        loaded
    }

    fn reject(&mut self, sent: &Sent, reason: Reason) {
        self.rejected.push(Rejected { file: sent.shown(), reason });
    }

    fn take(&mut self, judged: Judged, seen: i64) {
        let Judged { person, jti, payload_sha256, revoked, mut flags, answers } = judged;
        flags.retain(|flag| *flag != Flag::KeyRevoked);
        if revoked.is_some_and(|day| seen >= day.end_unix_seconds()) {
            flags.push(Flag::KeyRevoked);
        }
        let grace = i64::from(self.campaign.grace_days) * 86_400;
        if seen >= self.campaign.closes.end_unix_seconds() + grace {
            flags.push(Flag::SeenLate);
        }
        if !flags.is_empty() {
            self.flagged.push(Flagged { person, jti, flags });
        }
        match self.people.get_mut(&person) {
            Some(answered) => {
                answered.answers.fold(&answers, self.questions);
                answered.payloads.push(payload_sha256);
            }
            None => {
                self.people.insert(person, Answered { answers, payloads: vec![payload_sha256] });
            }
        }
    }
}

fn judge(sent: &Sent, examiner: &Examiner<'_>, questions: &Questions) -> Result<Judged, Reason> {
    let accepted = examiner.examine_file(sent)?;
    Ok(Judged {
        person: accepted.person_index,
        jti: accepted.result.jti,
        payload_sha256: accepted.result.payload_sha256(),
        revoked: accepted.key.revoked,
        flags: accepted.flags(),
        answers: Answers::of(&accepted, questions),
    })
}
