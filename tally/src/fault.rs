//! What stops a command, in the operator's words, each with its remedy.

use std::fmt;
use std::io;
use std::path::PathBuf;

use selfcheck::id::{CampaignId, OrgId, PersonId};

use crate::text::{neutral, neutral_name};

/// Why a command could not be done.
#[derive(Debug)]
pub(crate) enum Fault {
    /// A file or folder cannot be read.
    Read { path: PathBuf, error: io::Error },
    /// A file is larger than it can sensibly be.
    TooLarge { path: PathBuf, max_bytes: u64 },
    /// A file was named and something else stands there.
    NotAFile(PathBuf),
    /// A file cannot be written; nothing was left half-way.
    Write { path: PathBuf, error: io::Error },
    /// Standard output cannot be written.
    Stdout(io::Error),
    /// The clock of this PC stands nowhere near a possible date.
    Clock,
    /// The system gives no random bytes.
    Random(getrandom::Error),
    /// The roster is damaged; holds what is wrong.
    Roster { path: PathBuf, problem: String },
    /// The roster belongs to another organisation.
    OtherOrg { path: PathBuf, found: OrgId, wanted: OrgId },
    /// The letters file exists; it may hold codes that nobody has printed yet.
    LettersExist(PathBuf),
    /// A person to renew or revoke is not where they have to be.
    UnknownPerson { person: PersonId, place: &'static str },
    /// A person has no key that could be revoked.
    NothingToRevoke(PersonId),
    /// The archive holds no set at all.
    EmptyArchive(PathBuf),
    /// A file of the archive is not a frozen set, or does not fit the others.
    Archive { path: PathBuf, problem: String },
    /// The archive has no such campaign.
    UnknownCampaign { campaign: CampaignId, path: PathBuf },
    /// No files to look at.
    NoFiles,
}

impl Fault {
    /// What the operator can do about it.
    pub(crate) fn remedy(&self) -> Option<String> {
        Some(match self {
            Self::Read { .. } => "パスの綴りと、読み取りの権限を確かめてください".to_owned(),
            Self::TooLarge { .. } | Self::NotAFile(_) => {
                "ファイルの指定を確かめてください".to_owned()
            }
            Self::Write { .. } => "書込先のフォルダの有無、空き容量、権限、同じ名前のファイルの有無を\
                 確かめてください。書きかけのものは残していません"
                .to_owned(),
            Self::Clock => "PC の日付と時刻を合わせてください".to_owned(),
            Self::Roster { .. } => {
                "名簿は tally が書いたものをそのまま使います。控えから戻してください".to_owned()
            }
            Self::OtherOrg { wanted, .. } => {
                format!("`--org {wanted}` の名簿を `--roster` に指定してください")
            }
            Self::LettersExist(_) => "未配付の登録コードが入っているかもしれません。印刷と配付を終えて\
                 破棄するか、`--letters` に別の名前を指定してください"
                .to_owned(),
            Self::UnknownPerson { .. } => "職員番号（先頭の 0 も数えます）を確かめてください".to_owned(),
            Self::NothingToRevoke(_) => "新しいコードは `tally enrol --renew` で発行します".to_owned(),
            Self::EmptyArchive(_) | Self::Archive { .. } => {
                "`--archive` には `site-gen freeze` が書いた content/archive をそのまま指定してください"
                    .to_owned()
            }
            Self::UnknownCampaign { .. } => "`--campaign` の綴りを確かめてください".to_owned(),
            Self::NoFiles => "結果ファイルか、それが入ったフォルダを指定してください".to_owned(),
            Self::Stdout(_) | Self::Random(_) => return None,
        })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { path, error } => {
                write!(f, "`{}` を読めません（{error}）", neutral_name(path.as_os_str()))
            }
            Self::TooLarge { path, max_bytes } => write!(
                f,
                "`{}` は {max_bytes} バイトを超えています",
                neutral_name(path.as_os_str())
            ),
            Self::NotAFile(path) => {
                write!(f, "`{}` は通常のファイルではありません", neutral_name(path.as_os_str()))
            }
            Self::Write { path, error } => {
                write!(f, "`{}` に書けません（{error}）", neutral_name(path.as_os_str()))
            }
            Self::Stdout(error) => write!(f, "結果を出力できません（{error}）"),
            Self::Clock => f.write_str("この PC の時計が正しくありません"),
            Self::Random(error) => write!(f, "乱数を得られません（{error}）"),
            Self::Roster { path, problem } => write!(
                f,
                "名簿 `{}` が正しくありません: {}",
                neutral_name(path.as_os_str()),
                neutral(problem)
            ),
            Self::OtherOrg { path, found, .. } => {
                write!(
                    f,
                    "名簿 `{}` は別の組織 `{found}` のものです",
                    neutral_name(path.as_os_str())
                )
            }
            Self::LettersExist(path) => {
                write!(f, "通知書 `{}` がすでにあります", neutral_name(path.as_os_str()))
            }
            Self::UnknownPerson { person, place } => {
                write!(f, "職員番号 `{person}` は{place}にありません")
            }
            Self::NothingToRevoke(person) => {
                write!(f, "職員番号 `{person}` に有効な登録はありません")
            }
            Self::EmptyArchive(path) => {
                write!(f, "`{}` に設問集がありません", neutral_name(path.as_os_str()))
            }
            Self::Archive { path, problem } => write!(
                f,
                "設問集 `{}` が正しくありません: {}",
                neutral_name(path.as_os_str()),
                neutral(problem)
            ),
            Self::UnknownCampaign { campaign, path } => write!(
                f,
                "実施回 `{campaign}` は `{}` にありません",
                neutral_name(path.as_os_str())
            ),
            Self::NoFiles => f.write_str("見るべきファイルがありません"),
        }
    }
}

impl std::error::Error for Fault {}
