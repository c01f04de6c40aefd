//! A report from which people would be left out unawares: the roster does not know the keys of the
//! ledger, or accepted results are not in the folder.
//!
//! Asked before anything is written or remembered. A report on a wrong or half-copied folder looks
//! like any other, and once it is remembered, the rule about a second report (`inputs`) may refuse
//! the right one for good.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use super::load::Campaigned;
use super::receipts::Identity;
use crate::reason::Reason;
use crate::status::Completion;
use crate::text::neutral_name;

/// What is not there.
#[derive(Debug)]
pub(crate) enum Incomplete {
    /// So many lines of the ledger are of keys that the roster does not have.
    Roster { path: PathBuf, strangers: usize, lines: usize },
    /// Accepted results that are not in the folder.
    Files(MissingFiles),
}

/// Accepted results that are not in the folder, and what else is known of it.
#[derive(Debug)]
pub(crate) struct MissingFiles {
    folder: PathBuf,
    accepted: usize,
    missing: usize,
    /// How many were said to be gone.
    told: Option<usize>,
    /// The first of them, by the names they were handed out under.
    names: Vec<String>,
    /// Files of the folder that do not count, and why most of them do not.
    rejected: Option<(usize, &'static str)>,
}

impl Incomplete {
    /// Whether the roster knows whoever handed in.
    ///
    /// # Errors
    /// [`Incomplete::Roster`].
    pub(crate) fn roster(path: &Path, completion: &Completion) -> Result<(), Self> {
        match *completion {
            Completion { strangers: 0, .. } => Ok(()),
            Completion { strangers, lines, .. } => {
                Err(Self::Roster { path: path.to_owned(), strangers, lines })
            }
        }
    }

    /// Whether all accepted results are in the folder but those that were said to be gone. The
    /// number has to be the right one: whoever names it has seen it, and a folder that is missing
    /// more another day is told again.
    ///
    /// # Errors
    /// [`Incomplete::Files`].
    pub(crate) fn files(
        folder: &Path,
        told: Option<usize>,
        accepted: usize,
        loaded: &Campaigned<'_>,
    ) -> Result<(), Self> {
        let missing = loaded.missing.len();
        if missing == told.unwrap_or_default() {
            return Ok(());
        }
        Err(Self::Files(MissingFiles {
            folder: folder.to_owned(),
            accepted,
            missing,
            told,
            names: loaded.missing.iter().take(SHOWN).map(|one| name(loaded, one)).collect(),
            rejected: most_frequent(loaded),
        }))
    }

    /// What the operator can do about it.
    pub(crate) fn remedy(&self) -> String {
        match self {
            Self::Roster { .. } => "報告は書いていません。`--roster` が別の名簿か、古い控えです。受付（`tally collect`）に\
                 使った名簿か、それを `tally enrol` で新しくした名簿を指定してください"
                .to_owned(),
            Self::Files(files) => files.remedy(),
        }
    }
}

/// How many names are listed.
const SHOWN: usize = 5;

/// The name a result is downloaded under (FORMAT.md §4).
fn name(loaded: &Campaigned<'_>, (jti, _): &Identity) -> String {
    let jti: String = jti.to_string().chars().take(8).collect();
    format!("{}-{jti}.selfcheck.json", loaded.campaign.id)
}

fn most_frequent(loaded: &Campaigned<'_>) -> Option<(usize, &'static str)> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    // A result that the ledger does not know stands for none that it knows.
    let rejected = loaded.rejected.iter().filter(|one| !matches!(one.reason, Reason::NotInLedger));
    for rejected in rejected {
        *counts.entry(rejected.reason.sentence()).or_default() += 1;
    }
    let most = counts.iter().max_by_key(|(_, count)| **count)?;
    Some((counts.values().sum(), *most.0))
}

impl MissingFiles {
    fn remedy(&self) -> String {
        let Self { missing, names, .. } = self;
        let mut text = String::from("報告は書いていません。");
        if *missing == 0 {
            return text + "`--missing` を除いて、もう一度実行してください";
        }
        text += "`--files` が別のフォルダか、コピーの途中ではありませんか。";
        if self.accepted != *missing {
            let more = missing.saturating_sub(names.len());
            let more = if more == 0 { String::new() } else { format!(" ほか {more} 件") };
            text += &format!("もとの名前は `{}`{more} です。", names.join("`、`"));
        }
        if let Some((count, reason)) = self.rejected {
            text += &format!(
                "このフォルダの {count} 件は受付不可です（最も多い理由は「{reason}」）。\
                 その中にあるかもしれず、`tally verify` で名前と対処が分かります。"
            );
        }
        text + &format!(
            "保存期間を過ぎて消したものなど、もうないと分かっているときだけ `--missing {missing}` を加えると、\
             その結果を除いて作ります"
        )
    }
}

impl fmt::Display for Incomplete {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Roster { path, strangers, lines } => write!(
                f,
                "台帳に記された提出 {lines} 件のうち {strangers} 件が、名簿 `{}` にない鍵のものです",
                neutral_name(path.as_os_str())
            ),
            Self::Files(MissingFiles { folder, accepted, missing, told, .. }) => {
                let folder = neutral_name(folder.as_os_str());
                write!(
                    f,
                    "台帳が受理した結果 {accepted} 件のうち {missing} 件が、`{folder}` に見当たりません"
                )?;
                match told {
                    Some(told) => write!(f, "（`--missing` は {told} 件）"),
                    None => Ok(()),
                }
            }
        }
    }
}
