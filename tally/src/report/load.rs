//! Everything a report is made from, read and judged again: files, ledger, roster, sets.

use std::collections::BTreeMap;

use selfcheck::b64::B64;
use selfcheck::digest::Sha256;
use selfcheck::set::Campaign;

use super::answers::{Answers, Questions};
use super::office_data::OfficeData;
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
    pub(crate) office: &'a OfficeData,
    /// People with a score, by their index in the roster.
    pub(crate) people: BTreeMap<usize, Answered>,
    pub(crate) flagged: Vec<Flagged>,
    pub(crate) rejected: Vec<Rejected>,
    /// Accepted once, and not among the files now.
    pub(crate) missing: Vec<Sha256>,
    /// Files that hold a result which another file holds too.
    pub(crate) duplicates: usize,
}

/// A person's answers and the files they come from.
pub(crate) struct Answered {
    pub(crate) answers: Answers,
    /// SHA-256 over the payloads that count, each folded into the one before.
    pub(crate) digest: Sha256,
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

/// `jti` and hash of the payload.
type Identity = (B64<16>, Sha256);

/// A good file; there may be a hundred thousand, so flags are there only when there are any.
struct Judged {
    identity: Identity,
    answers: Answers,
    flags: Option<Box<[Flag]>>,
    /// Index among the files, then of the person.
    file: u32,
    person: u32,
}

impl<'a> Campaigned<'a> {
    /// Judges every file again and puts each person's answers together.
    pub(crate) fn load(
        sent: &[Sent],
        examiner: &Examiner<'_>,
        campaign: &'a Campaign,
        roster: &'a ReadRoster,
        ledger: &'a Ledger,
        questions: &'a Questions,
        office: &'a OfficeData,
    ) -> Self {
        let mut loaded = Self {
            campaign,
            roster,
            ledger,
            questions,
            office,
            people: BTreeMap::new(),
            flagged: Vec::new(),
            rejected: Vec::new(),
            missing: Vec::new(),
            duplicates: 0,
        };
        let mut good = Vec::new();
        let judged = inbox::map(sent, |sent| judge(sent, examiner, questions));
        for (file, judged) in (0..).zip(judged) {
            match judged {
                Ok(judged) => good.push(Judged { file, ..judged }),
                Err(reason) => loaded.reject(&sent[file as usize], reason),
            }
        }
        // By identity, to be found from the ledger; of several files with one result any will do.
        good.sort_unstable_by_key(|judged| (judged.identity, judged.file));
        let files = good.len();
        good.dedup_by_key(|judged| judged.identity);
        loaded.duplicates = files - good.len();
        let mut is_taken = vec![false; good.len()];
        for line in ledger.lines.iter().filter(|line| line.outcome == Outcome::Accepted) {
            let (Some(jti), Some(payload_sha256)) = (line.jti, line.payload_sha256) else {
                continue;
            };
            match good.binary_search_by_key(&(jti, payload_sha256), |judged| judged.identity) {
                Ok(at) if !is_taken[at] => {
                    is_taken[at] = true;
                    let revoked = line.kid.and_then(|kid| roster.find(&kid)?.key.revoked);
                    let seen = line.seen.unix_seconds();
                    let is_revoked = revoked.is_some_and(|day| seen >= day.end_unix_seconds());
                    loaded.take(&mut good[at], seen, is_revoked);
                }
                Ok(_) => {}
                Err(_) => loaded.missing.push(payload_sha256),
            }
        }
        for (judged, _) in good.iter().zip(&is_taken).filter(|(_, is_taken)| !**is_taken) {
            loaded.reject(&sent[judged.file as usize], Reason::NotInLedger);
        }
        loaded.rejected.sort_by(|a, b| a.file.cmp(&b.file));
        loaded
    }

    fn reject(&mut self, sent: &Sent, reason: Reason) {
        self.rejected.push(Rejected { file: sent.shown(), reason });
    }

    fn take(&mut self, judged: &mut Judged, seen: i64, is_revoked: bool) {
        let (jti, payload_sha256) = judged.identity;
        let person = judged.person as usize;
        let mut flags: Vec<Flag> = judged.flags.iter().flatten().copied().collect();
        flags.retain(|flag| *flag != Flag::KeyRevoked);
        if is_revoked {
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
                answered.answers.fold(&judged.answers, self.questions);
                answered.digest = Sha256::of_fields(&[&answered.digest.0, &payload_sha256.0]);
            }
            None => {
                let answers = judged.answers.take();
                self.people.insert(person, Answered { answers, digest: payload_sha256 });
            }
        }
    }
}

fn judge(sent: &Sent, examiner: &Examiner<'_>, questions: &Questions) -> Result<Judged, Reason> {
    let accepted = examiner.examine_file(sent)?;
    let flags = accepted.flags();
    Ok(Judged {
        identity: (accepted.result.jti, accepted.result.payload_sha256()),
        answers: Answers::of(&accepted, questions),
        flags: (!flags.is_empty()).then(|| flags.into_boxed_slice()),
        file: 0,
        person: u32::try_from(accepted.person_index).expect("a roster has fewer people"),
    })
}
