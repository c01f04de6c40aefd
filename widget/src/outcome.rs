//! A check that is finished: graded, and signed where there is a code.

use std::rc::Rc;

use selfcheck::digest::Sha256;
use selfcheck::grade::{CannotGrade, Score, grade};
use selfcheck::id::Version;
use selfcheck::keys::PersonKey;
use selfcheck::result::{App, Inputs, Payload, sign};
use selfcheck::time::Timestamp;

use crate::run::Run;

/// What the last screen shows.
#[derive(Clone)]
pub struct Outcome {
    /// From `selfcheck`.
    pub score: Rc<Score>,
    /// The signed file; none in trials.
    pub file: Option<Rc<ResultFile>>,
    /// When it was finished, by this PC's clock.
    pub finished: Timestamp,
    /// Whether the file was offered for saving.
    pub offered: bool,
    /// Whether the person has the file, so that the kept answers were removed.
    pub confirmed: bool,
}

/// The signed file, and what the slip says about it.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultFile {
    /// `<campaign>-<first 8 of jti>.selfcheck.json`
    pub name: String,
    /// The id of this result.
    pub jti: String,
    /// SHA-256 of the payload bytes.
    pub payload_sha256: Sha256,
    /// The claimed end that stands in the file.
    pub finished: Timestamp,
    /// The bytes to save.
    pub text: String,
}

/// Grades a run and, for a person with a code, signs it. `jti` is fresh random bytes.
///
/// # Errors
/// [`CannotGrade`] when a question has no answer.
pub fn finish(
    run: &Run,
    site: &Version,
    finished: Timestamp,
    jti: [u8; 16],
) -> Result<Outcome, CannotGrade> {
    // A clock set back during the check would make the file contradict itself.
    let finished = if finished.unix_seconds() < run.started.unix_seconds() {
        run.started.clone()
    } else {
        finished
    };
    let file = signed(run, site, finished.clone(), jti)?;
    reopen(run, file, finished)
}

/// Grades a run whose file, if any, is signed already.
///
/// # Errors
/// [`CannotGrade`] when a question has no answer.
pub fn reopen(
    run: &Run,
    file: Option<ResultFile>,
    finished: Timestamp,
) -> Result<Outcome, CannotGrade> {
    let responses = run.responses();
    let given: Vec<_> = responses.iter().map(Option::as_ref).collect();
    Ok(Outcome {
        score: Rc::new(grade(run.sheet.set(), &given)?),
        file: file.map(Rc::new),
        finished,
        offered: false,
        confirmed: false,
    })
}

fn signed(
    run: &Run,
    site: &Version,
    finished: Timestamp,
    jti: [u8; 16],
) -> Result<Option<ResultFile>, CannotGrade> {
    let (Some(holder), Some(frozen)) = (run.holder(), run.sheet.frozen()) else {
        return Ok(None);
    };
    let payload = Payload::compose(
        frozen,
        Inputs {
            jti,
            sub: holder.person.clone(),
            app: App { version: version(), site: site.clone() },
            started: run.started.clone(),
            finished: finished.clone(),
            responses: run.responses(),
            decisions: run.decisions.iter().filter_map(|decision| *decision).collect(),
        },
    )?;
    let key = PersonKey::derive(&holder.code, &frozen.set.org, &holder.person);
    Ok(Some(ResultFile {
        name: payload.file_name(),
        jti: payload.jti.text(),
        payload_sha256: Sha256::of(&payload.to_bytes()),
        finished,
        text: sign(&payload, &key),
    }))
}

fn version() -> Version {
    env!("CARGO_PKG_VERSION").parse().expect("a Cargo version is a version word")
}
