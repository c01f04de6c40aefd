//! What stops a command, in the operator's words, each with its remedy.

use std::fmt;
use std::io;
use std::path::PathBuf;

use selfcheck::id::{CampaignId, OrgId, PersonId};
use selfcheck::keys::KeyId;

use crate::apart::Clash;
use crate::detail::of_system;
use crate::report::{GivesAway, Incomplete};
use crate::roster::UnitCode;
use crate::text::{neutral, neutral_name};
use crate::validity::BadDay;

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
    /// The ledger cannot be written.
    WriteLedger { path: PathBuf, error: io::Error },
    /// An output would take the place of something else.
    Clash(Clash),
    /// A file was written to while it was read.
    Changing(PathBuf),
    /// Standard output cannot be written.
    Stdout(io::Error),
    /// The clock of this PC stands nowhere near a possible date.
    Clock,
    /// The system gives no random bytes.
    Random(getrandom::Error),
    /// The roster is damaged; holds what is wrong.
    Roster { path: PathBuf, problem: String },
    /// Another `enrol` or `revoke` holds the roster.
    RosterBusy(PathBuf),
    /// A killed run left letters, and the roster is not the one it began with.
    IssueBroken { roster: PathBuf, letters: PathBuf },
    /// The roster belongs to another organisation.
    OtherOrg { path: PathBuf, found: OrgId, wanted: OrgId },
    /// The letters file exists; it may hold codes that nobody has printed yet.
    LettersExist(PathBuf),
    /// A person to renew or revoke is not where they have to be.
    UnknownPerson { person: PersonId, place: &'static str },
    /// A person has no key at all.
    NoKey(PersonId),
    /// A code cannot be issued or stopped on this day.
    BadDay(BadDay),
    /// The archive holds no set at all.
    EmptyArchive(PathBuf),
    /// A file of the archive is not a frozen set, or does not fit the others.
    Archive { path: PathBuf, problem: String },
    /// The archive has no such campaign.
    UnknownCampaign { campaign: CampaignId, path: PathBuf },
    /// The archive has no sets of the ledger's campaign.
    LedgerNotInArchive { path: PathBuf, campaign: CampaignId, archive: PathBuf },
    /// The roster is of another organisation than the archive's sets.
    RosterOfOther { path: PathBuf, found: OrgId, wanted: OrgId, archive: PathBuf },
    /// No files to look at.
    NoFiles,
    /// The ledger's chain does not hold from this line on.
    Ledger { path: PathBuf, line: u64, problem: String },
    /// Another `collect` holds the ledger.
    LedgerBusy(PathBuf),
    /// The clock stands before the ledger's last line.
    ClockBehind(PathBuf),
    /// The ledger belongs to another campaign.
    LedgerOfOther { path: PathBuf, found: CampaignId, wanted: CampaignId },
    /// The campaign has no set for general staff.
    NoGeneralSet(CampaignId),
    /// Scores are shown once, after the last day.
    NotClosed(PathBuf),
    /// A report would leave people out unawares.
    Incomplete(Incomplete),
    /// A second report would show what fewer than five people changed.
    GivesAway(GivesAway),
    /// The folder for the report holds something else.
    NotAReport(PathBuf),
    /// A summary of an earlier year cannot be used.
    Previous { path: PathBuf, problem: String },
    /// The list of reports made so far cannot be understood.
    Reported { path: PathBuf, problem: String },
    /// A file of the site's content cannot be understood.
    Content { path: PathBuf, problem: String },
    /// The workbook cannot be made.
    Workbook(String),
    /// The person has no key of this id.
    UnknownKey { person: PersonId, kid: KeyId },
    /// The campaign is still going on.
    StillOpen(PathBuf),
    /// The roster has no such section.
    UnknownSection(UnitCode),
    /// A person's answers were asked for without a purpose, and there is nobody to ask for it.
    NoPurpose,
    /// The purpose that was typed is none.
    BadPurpose,
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
            Self::WriteLedger { .. } => "フォルダの有無、空き容量、権限を確かめ、もう一度実行してください。\
                 書けたところまでは正しく、続きは次の実行で記します"
                .to_owned(),
            Self::Clash(clash) => clash.remedy().to_owned(),
            Self::Changing(_) => "書込みが終わるのを待って、もう一度実行してください".to_owned(),
            Self::Clock => "PC の日付と時刻を合わせてください".to_owned(),
            Self::Roster { .. } => {
                "名簿は tally が書いたものをそのまま使います。控えから戻してください".to_owned()
            }
            Self::RosterBusy(_) => {
                "動いている `tally enrol` か `tally revoke` が終わるのを待ってください".to_owned()
            }
            Self::IssueBroken { roster, letters } => format!(
                "通知書 `{}` は配らずに破棄し、`{}.lock` を消してから、`tally enrol` をやり直してください",
                neutral_name(letters.as_os_str()),
                neutral_name(roster.as_os_str())
            ),
            Self::OtherOrg { wanted, .. } => {
                format!("`--org {wanted}` の名簿を `--roster` に指定してください")
            }
            Self::LettersExist(_) => "未配付の登録コードが入っているかもしれません。印刷と配付を終えて\
                 破棄するか、`--letters` に別の名前を指定してください"
                .to_owned(),
            Self::UnknownPerson { .. } => "職員番号（先頭の 0 も数えます）を確かめてください".to_owned(),
            Self::BadDay(bad) => bad.remedy(),
            Self::NoKey(_) => "新しいコードは `tally enrol --renew` で発行します".to_owned(),
            Self::EmptyArchive(_) | Self::Archive { .. } => {
                "`--archive` には `site-gen freeze` が書いた content/archive をそのまま指定してください"
                    .to_owned()
            }
            Self::UnknownCampaign { .. } => "`--campaign` の綴りを確かめてください".to_owned(),
            Self::LedgerNotInArchive { .. } => {
                "`--archive` に、この実施回の設問集がある content/archive を指定してください".to_owned()
            }
            Self::RosterOfOther { .. } => {
                "`--roster` と `--archive` に、同じ組織のものを指定してください".to_owned()
            }
            Self::NoFiles => "結果ファイルか、それが入ったフォルダを指定してください".to_owned(),
            Self::Ledger { .. } => "台帳は tally が書いたものをそのまま使います。控えと比べ、変えられた疑い\
                 として記録してください"
                .to_owned(),
            Self::LedgerBusy(_) => "動いている `tally collect` が終わるのを待ってください".to_owned(),
            Self::ClockBehind(_) => {
                "この PC の日付と時刻を合わせてから、もう一度実行してください".to_owned()
            }
            Self::LedgerOfOther { .. } => {
                "実施回ごとに別の台帳を `--ledger` に指定してください".to_owned()
            }
            Self::NoGeneralSet(_) => "`--archive` に一般職員の設問集 set-general.json を置いてください".to_owned(),
            Self::NotClosed(_) => "得点の集計は締切の後に一度だけ行います。締切の翌日以降に `tally collect` を\
                 一度実行してから、もう一度実行してください。途中の状況は `tally status` で見られます"
                .to_owned(),
            Self::Incomplete(incomplete) => incomplete.remedy(),
            Self::GivesAway(gives_away) => gives_away.remedy(),
            Self::NotAReport(_) => "`--out` には、まだないフォルダを指定してください".to_owned(),
            Self::Previous { .. } => {
                "`--previous` には、この組織の前の年度の報告のフォルダをそのまま指定してください".to_owned()
            }
            Self::Reported { .. } => {
                "これまでの報告の控えです。控えのコピーから戻してください".to_owned()
            }
            Self::Content { .. } => {
                "`--content` にはサイトの content フォルダを指定し、`site-gen check` で確かめてください".to_owned()
            }
            Self::Workbook(_) => return None,
            Self::UnknownKey { .. } => {
                "`--kid` を省くと今の鍵を使います。持っている鍵は `tally export-pem` が挙げます".to_owned()
            }
            Self::StillOpen(_) => "締切の翌日以降に `tally collect` を一度実行し、報告を作ってから消してください"
                .to_owned(),
            Self::UnknownSection(_) => "所属コードを確かめてください".to_owned(),
            Self::NoPurpose => {
                "見る目的を `--purpose` に書いてください。端末では、省くと尋ねます".to_owned()
            }
            Self::BadPurpose => {
                "4～200 文字で、制御文字を使わずに書いてください。何も表示せず、記録していません".to_owned()
            }
            Self::Stdout(_) | Self::Random(_) => return None,
        })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { path, error } => {
                write!(f, "`{}` を読めません。{}", neutral_name(path.as_os_str()), of_system(error))
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
                write!(f, "`{}` に書けません。{}", neutral_name(path.as_os_str()), of_system(error))
            }
            Self::WriteLedger { path, error } => {
                write!(
                    f,
                    "台帳 `{}` に書けません。{}",
                    neutral_name(path.as_os_str()),
                    of_system(error)
                )
            }
            Self::Clash(clash) => clash.fmt(f),
            Self::Changing(path) => {
                write!(f, "`{}` は読んでいる間に書き換えられました", neutral_name(path.as_os_str()))
            }
            Self::Stdout(error) => write!(f, "結果を出力できません。{}", of_system(error)),
            Self::Clock => f.write_str("この PC の時計が正しくありません"),
            Self::Random(error) => write!(f, "乱数を得られません（{error}）"),
            Self::Roster { path, problem } => write!(
                f,
                "名簿 `{}` が正しくありません: {}",
                neutral_name(path.as_os_str()),
                neutral(problem)
            ),
            Self::RosterBusy(path) => {
                write!(f, "名簿 `{}` は使用中です", neutral_name(path.as_os_str()))
            }
            Self::IssueBroken { roster, .. } => write!(
                f,
                "途中で止まった発行の後に、名簿 `{}` が入れ替えられています",
                neutral_name(roster.as_os_str())
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
            Self::BadDay(bad) => bad.fmt(f),
            Self::NoKey(person) => write!(f, "職員番号 `{person}` に登録コードはありません"),
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
            Self::LedgerNotInArchive { path, campaign, archive } => write!(
                f,
                "台帳 `{}` の実施回 `{campaign}` の設問集が `{}` にありません",
                neutral_name(path.as_os_str()),
                neutral_name(archive.as_os_str())
            ),
            Self::RosterOfOther { path, found, wanted, archive } => write!(
                f,
                "名簿 `{}` は組織 `{found}` のもので、`{}` の設問集は `{wanted}` のものです",
                neutral_name(path.as_os_str()),
                neutral_name(archive.as_os_str())
            ),
            Self::NoFiles => f.write_str("見るべきファイルがありません"),
            Self::Ledger { path, line, problem } => write!(
                f,
                "台帳 `{}` の {line} 行目が正しくありません: {}",
                neutral_name(path.as_os_str()),
                neutral(problem)
            ),
            Self::LedgerBusy(path) => {
                write!(f, "台帳 `{}` は使用中です", neutral_name(path.as_os_str()))
            }
            Self::ClockBehind(path) => write!(
                f,
                "この PC の時計が台帳 `{}` の最後の行より前です",
                neutral_name(path.as_os_str())
            ),
            Self::LedgerOfOther { path, found, wanted } => write!(
                f,
                "台帳 `{}` は実施回 `{found}` のものです（指定は `{wanted}`）",
                neutral_name(path.as_os_str())
            ),
            Self::NoGeneralSet(campaign) => {
                write!(f, "実施回 `{campaign}` に一般職員の設問集がありません")
            }
            Self::NotClosed(path) => {
                write!(f, "台帳 `{}` はまだ締め切られていません", neutral_name(path.as_os_str()))
            }
            Self::Incomplete(incomplete) => incomplete.fmt(f),
            Self::GivesAway(gives_away) => gives_away.fmt(f),
            Self::NotAReport(path) => write!(
                f,
                "`{}` には、この実施回の報告でないものがあります",
                neutral_name(path.as_os_str())
            ),
            Self::Previous { path, problem } => write!(
                f,
                "前の年度の `{}` を使えません: {}",
                neutral_name(path.as_os_str()),
                neutral(problem)
            ),
            Self::Content { path, problem } | Self::Reported { path, problem } => {
                write!(f, "`{}` を使えません: {}", neutral_name(path.as_os_str()), neutral(problem))
            }
            Self::Workbook(problem) => write!(f, "Excel ファイルを作れません: {problem}"),
            Self::UnknownKey { person, kid } => {
                write!(f, "職員番号 `{person}` に鍵 `{kid}` はありません")
            }
            Self::StillOpen(path) => write!(
                f,
                "台帳 `{}` はまだ締め切られていないので、結果ファイルを消せません",
                neutral_name(path.as_os_str())
            ),
            Self::NoPurpose => f.write_str("必要な指定がありません: --purpose <TEXT>"),
            Self::BadPurpose => f.write_str("目的が書かれていません"),
            Self::UnknownSection(section) => write!(f, "所属コード `{section}` は名簿にありません"),
        }
    }
}

impl std::error::Error for Fault {}
