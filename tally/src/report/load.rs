//! Everything a report is made from, read and judged again: files, ledger, roster, sets.
//!
//! Files come in batches and leave a row of answers each; documents are let go of at once.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use selfcheck::b64::B64;
use selfcheck::digest::Sha256;
use selfcheck::set::Campaign;

use super::answers::{Answers, Graded, Questions, Rows};
use super::office_data::OfficeData;
use super::receipts::{Identity, Person, Receipts};
use crate::examine::Examiner;
use crate::inbox::{self, Sent};
use crate::ledger::Ledger;
use crate::reason::{Flag, Reason};
use crate::roster::ReadRoster;
use crate::status::Completion;

/// What is known before the first file is read.
pub(crate) struct Known<'a> {
    pub(crate) campaign: &'a Campaign,
    pub(crate) roster: &'a ReadRoster,
    pub(crate) ledger: &'a Ledger,
    pub(crate) questions: &'a Questions,
    pub(crate) office: &'a OfficeData,
    pub(crate) completion: Completion,
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
    flags: Vec<Flag>,
    person: Person,
}

impl<'a> Campaigned<'a> {
    /// Judges every file again and puts each person's answers together.
    pub(crate) fn load(
        sent: Vec<Sent>,
        examiner: &Examiner<'_>,
        mut receipts: Receipts,
        known: Known<'a>,
    ) -> Self {
        let Known { campaign, roster, ledger, questions, office, completion } = known;
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
            rows: Rows::new(receipts.len(), questions),
        };
        let flags = loaded.read(&sent, examiner, &mut receipts);
        drop(sent);
        loaded.take_all(&receipts, &flags);
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

    /// Judges the files and notes with its receipt whose each is; returns flags by receipt. Of
    /// several files with one result the first is taken, any would do.
    fn read(
        &mut self,
        sent: &[Sent],
        examiner: &Examiner<'_>,
        receipts: &mut Receipts,
    ) -> BTreeMap<usize, Vec<Flag>> {
        let (mut strangers, mut all_flags) = (BTreeSet::new(), BTreeMap::new());
        let questions = self.questions;
        let work = |sent: &Sent| judge(sent, examiner, questions);
        let Ok(()) = inbox::each(sent, work, |batch, judged| {
            for (sent, judged) in batch.iter().zip(judged) {
                let Judged { identity, graded, flags, person } = match judged {
                    Ok(judged) => judged,
                    Err(reason) => {
                        self.reject(sent, reason);
                        continue;
                    }
                };
                match receipts.find(&identity) {
                    Some(at) if receipts.get(at).person.is_none() => {
                        receipts.get_mut(at).person = Some(person);
                        self.rows.set(at, &graded);
                        if !flags.is_empty() {
                            all_flags.insert(at, flags);
                        }
                    }
                    None if strangers.insert(identity) => self.reject(sent, Reason::NotInLedger),
                    _ => self.duplicates += 1,
                }
            }
            Ok::<(), Infallible>(())
        });
        all_flags
    }

    fn reject(&mut self, sent: &Sent, reason: Reason) {
        let list = match reason {
            Reason::SystemFile => &mut self.not_results,
            _ => &mut self.rejected,
        };
        list.push(Rejected { file: sent.shown(), reason });
    }

    /// Folds the answers by person, in the order of the ledger.
    fn take_all(&mut self, receipts: &Receipts, flags: &BTreeMap<usize, Vec<Flag>>) {
        // Places in `people`, by the index in the roster.
        let mut places: Vec<Option<u32>> = vec![None; self.roster.roster.people.len()];
        for at in 0..receipts.len() {
            let receipt = receipts.get(at);
            let Some(person) = receipt.person else {
                // A result that stands twice in the ledger is found with its first line.
                let first = receipts.find(&receipt.identity).map(|first| receipts.get(first));
                if first.is_none_or(|first| first.person.is_none()) {
                    self.missing.push(receipt.identity);
                }
                continue;
            };
            let ((jti, payload_sha256), person) = (receipt.identity, person.index());
            let mut flags: Vec<Flag> = flags.get(&at).into_iter().flatten().copied().collect();
            flags.retain(|flag| *flag != Flag::KeyRevoked);
            if receipt.is_revoked {
                flags.push(Flag::KeyRevoked);
            }
            let grace = i64::from(self.campaign.grace_days) * 86_400;
            if receipt.seen >= self.campaign.closes.end_unix_seconds() + grace {
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

fn judge(sent: &Sent, examiner: &Examiner<'_>, questions: &Questions) -> Result<Judged, Reason> {
    let accepted = examiner.examine_file(sent)?;
    Ok(Judged {
        identity: (accepted.result.jti, accepted.result.payload_sha256()),
        graded: Graded::of(&accepted, questions),
        flags: accepted.flags(),
        person: Person::new(accepted.person_index),
    })
}
