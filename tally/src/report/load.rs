//! Everything a report is made from, read and judged again: files, ledger, roster, sets.
//!
//! Files come in batches and leave a row of answers each; documents are let go of at once.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::path::Path;

use selfcheck::b64::B64;
use selfcheck::digest::Sha256;
use selfcheck::set::Campaign;

use super::answers::{Answers, Graded, Questions, Rows};
use super::office_data::OfficeData;
use super::receipts::{Identity, Person, Receipts, Run};
use crate::examine::{self, Examiner};
use crate::inbox::{self, Sent};
use crate::ledger::Ledger;
use crate::reason::{Flag, Reason};
use crate::roster::ReadRoster;
use crate::status::Completion;
use crate::timing::Stage;

/// What is known before the first file is read.
pub(crate) struct Known<'a> {
    pub(crate) campaign: &'a Campaign,
    pub(crate) roster: &'a ReadRoster,
    pub(crate) ledger: &'a Ledger,
    pub(crate) questions: &'a Questions,
    pub(crate) office: &'a OfficeData,
    pub(crate) completion: Completion,
    /// The folder with the files; they are called by their paths in it.
    pub(crate) inbox: &'a Path,
}

/// The campaign as the secretariat holds it.
pub(crate) struct Campaigned<'a> {
    pub(crate) campaign: &'a Campaign,
    pub(crate) roster: &'a ReadRoster,
    pub(crate) ledger: &'a Ledger,
    pub(crate) questions: &'a Questions,
    pub(crate) office: &'a OfficeData,
    pub(crate) completion: Completion,
    /// People with a score, by their index in the roster.
    pub(crate) people: Vec<Answered>,
    pub(crate) flagged: Vec<Flagged>,
    pub(crate) rejected: Vec<Rejected>,
    /// Files that nobody sent.
    pub(crate) not_results: Vec<Rejected>,
    /// Accepted once, and not among the files now.
    pub(crate) missing: Vec<Identity>,
    /// Files that hold a result which another file holds too.
    pub(crate) duplicates: usize,
    inbox: &'a Path,
    rows: Rows,
}

/// A person's answers and the files they come from.
pub(crate) struct Answered {
    /// Index of the person in the roster.
    pub(crate) person: usize,
    row: u32,
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

/// A good file, until its answers are in a row.
struct Judged {
    identity: Identity,
    graded: Graded,
    noted: Noted,
    person: Person,
    finished: i64,
    /// The run that rejected the very same file at first.
    rejected: Option<Run>,
}

/// What somebody should know of a good file.
struct Noted {
    flags: Vec<Flag>,
    /// When its key was revoked, in seconds since the Unix epoch.
    revoked: Option<i64>,
}

impl<'a> Campaigned<'a> {
    /// Judges every file again and puts each person's answers together.
    pub(crate) fn load(
        sent: Vec<Sent>,
        examiner: &Examiner<'_>,
        mut receipts: Receipts,
        known: Known<'a>,
    ) -> Self {
        let Known { campaign, roster, ledger, questions, office, completion, inbox } = known;
        receipts.sort();
        let mut loaded = Self {
            campaign,
            roster,
            ledger,
            questions,
            office,
            completion,
            people: Vec::new(),
            flagged: Vec::new(),
            rejected: Vec::new(),
            not_results: Vec::new(),
            missing: Vec::new(),
            duplicates: 0,
            inbox,
            rows: Rows::new(receipts.len(), questions),
        };
        let noted = loaded.read(&sent, examiner, &mut receipts);
        drop(sent);
        loaded.list_missing(&receipts);
        loaded.take_all(receipts, &noted);
        loaded.people.sort_unstable_by_key(|answered| answered.person);
        for files in [&mut loaded.rejected, &mut loaded.not_results] {
            files.sort_by(|a, b| a.file.cmp(&b.file));
        }
        loaded
    }

    /// Answers of a person.
    pub(crate) fn answers(&self, answered: &Answered) -> Answers<'_> {
        self.rows.get(answered.row as usize)
    }

    /// Judges the files and notes with its receipt whose each is; returns what to know by receipt. Of
    /// several files with one result the first is taken, any would do; it was seen when the first of
    /// them was.
    fn read(
        &mut self,
        sent: &[Sent],
        examiner: &Examiner<'_>,
        receipts: &mut Receipts,
    ) -> BTreeMap<usize, Noted> {
        let (mut strangers, mut all_noted) = (BTreeSet::new(), BTreeMap::new());
        let (questions, rejected) = (self.questions, receipts.take_rejected());
        let work = |sent: &Sent| judge(sent, examiner, questions, &rejected);
        let Ok(()) = inbox::each(sent, work, |batch, judged| {
            for (sent, judged) in batch.iter().zip(judged) {
                let judged = match judged {
                    Ok(judged) => judged,
                    Err(reason) => {
                        self.reject(sent, reason);
                        continue;
                    }
                };
                let Some(at) = receipts.find(&judged.identity) else {
                    if strangers.insert(judged.identity) {
                        self.reject(sent, Reason::NotInLedger);
                    } else {
                        self.duplicates += 1;
                    }
                    continue;
                };
                let receipt = receipts.get_mut(at);
                receipt.run = judged.rejected.map_or(receipt.run, |run| run.min(receipt.run));
                if receipt.person.is_some() {
                    self.duplicates += 1;
                    continue;
                }
                (receipt.person, receipt.finished) = (Some(judged.person), judged.finished);
                self.rows.set(at, &judged.graded);
                if !judged.noted.flags.is_empty() {
                    all_noted.insert(at, judged.noted);
                }
            }
            Ok::<(), Infallible>(())
        });
        all_noted
    }

    fn reject(&mut self, sent: &Sent, reason: Reason) {
        let list = match reason {
            Reason::SystemFile => &mut self.not_results,
            _ => &mut self.rejected,
        };
        list.push(Rejected { file: sent.shown_in(self.inbox), reason });
    }

    fn list_missing(&mut self, receipts: &Receipts) {
        for receipt in (0..receipts.len()).map(|at| receipts.get(at)) {
            // A result that stands twice in the ledger is found with its first line.
            let first = receipts.find(&receipt.identity).map(|first| receipts.get(first));
            if first.is_none_or(|first| first.person.is_none()) {
                self.missing.push(receipt.identity);
            }
        }
    }

    /// Folds the answers by person, in the order in which results were first seen.
    fn take_all(&mut self, mut receipts: Receipts, noted: &BTreeMap<usize, Noted>) {
        // Places in `people`, by the index in the roster.
        let mut places: Vec<Option<u32>> = vec![None; self.roster.roster.people.len()];
        let grace = i64::from(self.campaign.grace_days) * 86_400;
        let late = self.campaign.closes.end_unix_seconds() + grace;
        for at in receipts.in_order() {
            let at = at as usize;
            let receipt = receipts.get(at);
            let Some(person) = receipt.person else { continue };
            let ((jti, payload_sha256), person) = (receipt.identity, person.index());
            let (seen, noted) = (receipts.seen(receipt), noted.get(&at));
            let mut flags = noted.map(|noted| noted.flags.clone()).unwrap_or_default();
            let revoked = noted.and_then(|noted| noted.revoked);
            if revoked.is_none_or(|revoked| seen < revoked) {
                flags.retain(|flag| *flag != Flag::KeyRevoked);
            }
            if seen >= late {
                flags.push(Flag::SeenLate);
            }
            if !flags.is_empty() {
                self.flagged.push(Flagged { person, jti, flags });
            }
            let small = |index| u32::try_from(index).expect("a ledger has fewer lines");
            if let Some(place) = places[person] {
                let answered = &mut self.people[place as usize];
                self.rows.fold(answered.row as usize, at, self.questions);
                answered.digest = Sha256::of_fields(&[&answered.digest.0, &payload_sha256.0]);
            } else {
                places[person] = Some(small(self.people.len()));
                self.people.push(Answered { person, row: small(at), digest: payload_sha256 });
            }
        }
    }
}

fn judge(
    sent: &Sent,
    examiner: &Examiner<'_>,
    questions: &Questions,
    rejected: &BTreeMap<Sha256, Run>,
) -> Result<Judged, Reason> {
    let bytes = examiner.timings.time(Stage::Read, || examine::read(sent))?;
    let accepted = examiner.examine(sent, &bytes)?;
    let revoked = accepted.key.revoked.map(|day| day.end_unix_seconds());
    // Hashed only when there is something to find.
    let run = (!rejected.is_empty()).then(|| rejected.get(&Sha256::of(&bytes)).copied());
    Ok(Judged {
        identity: (accepted.result.jti, accepted.result.payload_sha256()),
        graded: Graded::of(&accepted, questions),
        noted: Noted { flags: accepted.flags(), revoked },
        person: Person::new(accepted.person_index),
        finished: accepted.result.finished.unix_seconds(),
        rejected: run.flatten(),
    })
}
