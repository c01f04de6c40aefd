//! One result file, from bytes to a verdict.
//!
//! The steps, each of which can end it: shape, key by its id, signature, person, campaign, set,
//! answers. All of them are `selfcheck`'s; here is only where keys and sets come from.

use selfcheck::id::CampaignId;
use selfcheck::result::{
    Judgement, MAX_FILE_BYTES, Mismatch, ReadError, Untrusted, Verified, judge,
};
use selfcheck::set::FrozenSet;

use crate::archive::Archive;
use crate::detail;
use crate::files::{self, Unreadable};
use crate::inbox::Sent;
use crate::reason::{Flag, Reason};
use crate::roster::{Found, Key, Person, ReadRoster};
use crate::system_file::{self, is_system_file};
use crate::timing::{Stage, Timings};

/// What a file is held against.
pub(crate) struct Examiner<'a> {
    roster: &'a ReadRoster,
    archive: &'a Archive,
    campaign: Option<&'a CampaignId>,
    /// How long it all took.
    pub(crate) timings: Timings,
}

/// A file that counts.
pub(crate) struct Accepted<'a> {
    pub(crate) result: Verified,
    pub(crate) judgement: Judgement,
    /// Index of the person in the roster.
    pub(crate) person_index: usize,
    pub(crate) person: &'a Person,
    pub(crate) key: &'a Key,
    pub(crate) set: &'a FrozenSet,
}

impl<'a> Examiner<'a> {
    /// Only results of `campaign` are taken, if one is given.
    pub(crate) fn new(
        roster: &'a ReadRoster,
        archive: &'a Archive,
        campaign: Option<&'a CampaignId>,
    ) -> Self {
        Self { roster, archive, campaign, timings: Timings::default() }
    }

    /// Reads and judges a file that someone sent.
    ///
    /// # Errors
    /// [`Reason`], the first rule broken.
    pub(crate) fn examine_file(&self, sent: &Sent) -> Result<Accepted<'a>, Reason> {
        self.examine(sent, &self.timings.time(Stage::Read, || read(sent))?)
    }

    /// Judges a file by its bytes; its name matters only when they are no result document.
    ///
    /// # Errors
    /// [`Reason`], the first rule broken.
    pub(crate) fn examine(&self, sent: &Sent, bytes: &[u8]) -> Result<Accepted<'a>, Reason> {
        let timings = &self.timings;
        let untrusted =
            timings.time(Stage::Parse, || Untrusted::read(bytes)).map_err(|error| match error {
                ReadError::Encoding | ReadError::Outer(_)
                    if is_system_file(&sent.path, bytes, bytes.len() as u64) =>
                {
                    Reason::SystemFile
                }
                error => Reason::Read(error),
            })?;
        let found = self.roster.find(&untrusted.kid()).ok_or(Reason::UnknownKey)?;
        let result =
            timings.time(Stage::Verify, || untrusted.verify(found.public)).map_err(Reason::Read)?;
        if result.sub != found.person.sub {
            return Err(Reason::OtherPerson);
        }
        if self.campaign.is_some_and(|campaign| *campaign != result.campaign.id) {
            return Err(Reason::OtherCampaign);
        }
        if result.org != self.roster.roster.org {
            return Err(Reason::Mismatch(Mismatch::Org));
        }
        let set = self.archive.find(&result.set.sha256).ok_or(Reason::UnknownSet)?;
        let judgement =
            timings.time(Stage::Grade, || judge(&result, set)).map_err(Reason::Mismatch)?;
        let Found { index: person_index, person, key, .. } = found;
        Ok(Accepted { result, judgement, person_index, person, key, set })
    }
}

/// Reads a file that someone sent.
///
/// # Errors
/// [`Reason`] when there are no bytes to judge.
pub(crate) fn read(sent: &Sent) -> Result<Vec<u8>, Reason> {
    if let Some(problem) = &sent.problem {
        return Err(Reason::clone(problem));
    }
    files::read_sent(&sent.path, MAX_FILE_BYTES as u64).map_err(|error| match error {
        Unreadable::NotRegular => Reason::NotRegular,
        Unreadable::TooLarge(bytes) => {
            let head = files::read_head(&sent.path, system_file::HEAD_BYTES).unwrap_or_default();
            match is_system_file(&sent.path, &head, bytes) {
                true => Reason::SystemFile,
                false => Reason::TooLarge(bytes),
            }
        }
        Unreadable::Changing => Reason::Changing,
        Unreadable::Io(error) => Reason::Unreadable(detail::of_system(&error)),
    })
}

impl Accepted<'_> {
    /// What the secretariat should know about a file that counts all the same.
    pub(crate) fn flags(&self) -> Vec<Flag> {
        [
            (self.result.role != self.person.role(), Flag::RoleDiffers),
            (self.judgement.claim_differs, Flag::ClaimDiffers),
            (self.judgement.finished_late, Flag::FinishedLate),
            (self.judgement.ends_before_start, Flag::EndsBeforeStart),
            (self.key.revoked.is_some(), Flag::KeyRevoked),
            (self.person.exempt, Flag::Exempt),
        ]
        .into_iter()
        .filter_map(|(holds, flag)| holds.then_some(flag))
        .collect()
    }
}
