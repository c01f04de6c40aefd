//! Number and code as a person types them.

use selfcheck::code::{BadCode, EnrolmentCode};
use selfcheck::id::{OrgId, PersonId};

use crate::run::Holder;

/// What is wrong with the two fields.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FieldErrors {
    /// Whether the number is no person number.
    pub number: bool,
    /// What is wrong with the code.
    pub code: Option<BadCode>,
}

/// Reads both fields (NFKC text). With a number that cannot be one, the code is looked at all the
/// same, so that both mistakes are shown at once; its check letters need the number and must wait.
pub fn read(number: &str, code: &str, org: &OrgId) -> Result<Holder, FieldErrors> {
    let person = PersonId::read(number);
    let any_person = || "0".parse().expect("a digit is a person number");
    let read = EnrolmentCode::read(code, org, person.as_ref().unwrap_or(&any_person()));
    match (person, read) {
        (Ok(person), Ok(code)) => Ok(Holder { person, code }),
        (Ok(_), Err(code)) => Err(FieldErrors { number: false, code: Some(code) }),
        (Err(_), Err(code)) if code != BadCode::Check => {
            Err(FieldErrors { number: true, code: Some(code) })
        }
        (Err(_), _) => Err(FieldErrors { number: true, code: None }),
    }
}
