//! The list of people who answered on paper (紙で実施): a CSV with the column 職員番号.

use std::path::Path;

use selfcheck::id::PersonId;
use selfcheck::keys::KeyId;

use crate::fault::Fault;
use crate::files;
use crate::roster::Roster;
use crate::say;
use crate::staff::{decode, records};
use crate::text::{neutral, neutral_name, nfkc};

const MAX_LIST_BYTES: u64 = 16 * 1024 * 1024;

/// Reads the list; each person stands for their newest key. `None` when it has problems, all of
/// which have been printed.
///
/// # Errors
/// [`Fault::Read`] and its like.
pub(crate) fn read(path: &Path, roster: &Roster) -> Result<Option<Vec<KeyId>>, Fault> {
    let shown = neutral_name(path.as_os_str());
    match parse(&files::read_own(path, MAX_LIST_BYTES)?, roster) {
        Ok(keys) => Ok(Some(keys)),
        Err(problems) => {
            for problem in &problems {
                say::warning(&format!("{shown}: {problem}"));
            }
            Ok(None)
        }
    }
}

fn parse(bytes: &[u8], roster: &Roster) -> Result<Vec<KeyId>, Vec<String>> {
    let text = decode(bytes)
        .map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>())?;
    let mut rows = records(&text).into_iter();
    let column = rows
        .next()
        .and_then(|(_, header)| header.iter().position(|heading| nfkc(heading) == "職員番号"))
        .ok_or_else(|| vec!["1 行: 見出し `職員番号` がありません".to_owned()])?;
    let (mut keys, mut problems) = (Vec::new(), Vec::new());
    for (line, record) in rows {
        let field = record.get(column).unwrap_or_default();
        let person = PersonId::read(&nfkc(field)).ok();
        let person = person.and_then(|sub| roster.people.iter().find(|person| person.sub == sub));
        match person.and_then(|person| person.keys.last()) {
            Some(key) => keys.push(key.kid),
            None => problems.push(format!("{line} 行: `{}` は名簿にありません", neutral(field))),
        }
    }
    if problems.is_empty() { Ok(keys) } else { Err(problems) }
}
