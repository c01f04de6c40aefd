//! Why a file was rejected, or counts with a flag: a stable code, a sentence, and what to do.
//!
//! Codes are a promise to scripts and to next year's lists; they are never renamed.

use selfcheck::grade::CannotGrade;
use selfcheck::result::{Mismatch, ReadError};

/// Why a file does not count.
#[derive(Debug, Clone)]
pub(crate) enum Reason {
    /// A link, device, pipe or socket.
    NotRegular,
    /// Below more folders than anybody makes.
    TooDeep,
    /// The system refused; holds its words.
    Unreadable(String),
    /// Written to while it was read.
    Changing,
    /// Larger than any result can be; holds the size.
    TooLarge(u64),
    /// The document is not of this format or its signature does not hold.
    Read(ReadError),
    /// The key is not in the roster.
    UnknownKey,
    /// The roster has the key for another person.
    OtherPerson,
    /// Made for another campaign than the one that is collected.
    OtherCampaign,
    /// The archive has no set of this hash.
    UnknownSet,
    /// Properly signed, but no answer to its set.
    Mismatch(Mismatch),
    /// Good, but the ledger has not seen it.
    NotInLedger,
    /// Nobody sent it: the system or an office program put it there. No rejection.
    SystemFile,
}

impl Reason {
    /// The stable code.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::NotRegular => "not-regular-file",
            Self::TooDeep => "too-deep",
            Self::Unreadable(_) => "unreadable",
            Self::Changing => "changing",
            Self::TooLarge(_) => "too-large",
            Self::Read(error) => error.code(),
            Self::UnknownKey => "unknown-key",
            Self::OtherPerson => "other-person",
            Self::OtherCampaign => "other-campaign",
            Self::UnknownSet => "unknown-set",
            Self::NotInLedger => "not-in-ledger",
            Self::SystemFile => "system-file",
            Self::Mismatch(Mismatch::Answer(CannotGrade::UnknownChoice(..))) => "answer-choice",
            Self::Mismatch(Mismatch::Answer(CannotGrade::TooMany(_))) => "answer-too-many",
            Self::Mismatch(Mismatch::Answer(CannotGrade::Missing(_))) => "answer-missing",
            Self::Mismatch(mismatch) => mismatch.code(),
        }
    }

    /// One sentence.
    pub(crate) fn sentence(&self) -> &'static str {
        match self {
            Self::NotRegular => "通常のファイルではありません（リンクや装置など）",
            Self::TooDeep => "フォルダの階層が深すぎます",
            Self::Unreadable(_) => "ファイルを読めません",
            Self::Changing => "読んでいる間に書き換えられました",
            Self::TooLarge(_) | Self::Read(ReadError::TooLarge(_)) => {
                "64 KiB を超えていて、結果ファイルではあり得ません"
            }
            Self::Read(ReadError::Encoding) => "文字コードが結果ファイルのものではありません",
            Self::Read(ReadError::Outer(_)) => "結果ファイルの形をしていません",
            Self::Read(ReadError::Base64(_)) => "符号化が正しくありません",
            Self::Read(ReadError::Header) => "署名の見出しが結果ファイルのものではありません",
            Self::Read(ReadError::SignatureLength) => "署名の長さが正しくありません",
            Self::Read(ReadError::OtherKey) => "別の登録コードで署名されています",
            Self::Read(ReadError::Version(_)) => "自己点検ページと tally の版が違います",
            Self::Read(ReadError::Signature) => "署名が合いません。作成の後に変えられています",
            Self::Read(ReadError::Payload(_)) => {
                "署名は合いますが、中身が自己点検ページの作るものと違います"
            }
            Self::Read(ReadError::NotCanonical) => {
                "署名は合いますが、書き方が自己点検ページのものと違います"
            }
            Self::UnknownKey => "名簿にない登録コードで署名されています",
            Self::OtherPerson => "登録コードの持ち主と職員番号が違います",
            Self::OtherCampaign => "別の実施回の結果です",
            Self::UnknownSet => "保管されていない設問集に答えています",
            Self::NotInLedger => "台帳に受付の記録がありません",
            Self::SystemFile => "結果ファイルではない（Windows などが置くファイル）",
            Self::Mismatch(Mismatch::Org) => "別の組織の結果です",
            Self::Mismatch(Mismatch::Campaign) => "実施回の番号（ノンス）が設問集と違います",
            Self::Mismatch(Mismatch::Set) => "設問集が違います",
            Self::Mismatch(Mismatch::Role) => "役割が設問集と違います",
            Self::Mismatch(Mismatch::Questions(_)) => "答えた設問が設問集と違います",
            Self::Mismatch(Mismatch::Answer(CannotGrade::UnknownChoice(..))) => {
                "設問にない選択肢を選んでいます"
            }
            Self::Mismatch(Mismatch::Answer(CannotGrade::TooMany(_))) => {
                "一つだけ選ぶ設問で二つ以上選んでいます"
            }
            Self::Mismatch(Mismatch::Answer(CannotGrade::Missing(_))) => "答えのない設問があります",
            Self::Mismatch(Mismatch::Policies(_)) => "確認したポリシーが設問集と違います",
        }
    }

    /// What to tell the sender, or to do oneself.
    pub(crate) fn remedy(&self) -> &'static str {
        match self {
            Self::NotRegular | Self::TooDeep => {
                "ダウンロードした結果ファイルそのものを受付フォルダの直下に置いてもらう"
            }
            Self::Unreadable(_) => "ファイルの場所と権限を確かめ、もう一度実行する",
            Self::Changing => "コピーが終わるのを待って、もう一度実行する",
            Self::TooLarge(_)
            | Self::Read(
                ReadError::TooLarge(_)
                | ReadError::Encoding
                | ReadError::Outer(_)
                | ReadError::Base64(_)
                | ReadError::Header
                | ReadError::SignatureLength,
            ) => {
                "結果ファイル（.selfcheck.json）を開いたり保存し直したりせず、そのまま出してもらう。\
                 手元になければ自己点検ページからもう一度ダウンロードしてもらう"
            }
            Self::Read(ReadError::Version(_)) => "新しい版の `tally` で、もう一度実行する",
            Self::Read(ReadError::OtherKey | ReadError::Signature) => {
                "本人に、自己点検ページからもう一度ダウンロードしたファイルを出してもらう。\
                 続くときは改変を疑い、ファイルを残して事務局で調べる"
            }
            Self::Read(ReadError::Payload(_) | ReadError::NotCanonical) => {
                "自己点検ページ以外で作られた疑いがある。ファイルを残して事務局で調べる"
            }
            Self::UnknownKey => {
                "名簿が最新かを確かめる。最新なら、本人の職員番号と登録コードを確かめ、\
                 必要なら `tally enrol --renew` で再発行する"
            }
            Self::OtherPerson => "本人に職員番号と自分の登録コードで受け直してもらう",
            Self::SystemFile => "そのままでよい",
            Self::NotInLedger => "`tally collect` で受け付けてから、もう一度実行する",
            Self::OtherCampaign => "今回の自己点検を受けたファイルを出してもらう",
            Self::UnknownSet => {
                "`--archive` に今回の設問集があるかを確かめる。あれば、ページを再読込みして受け直してもらう"
            }
            Self::Mismatch(Mismatch::Org | Mismatch::Campaign | Mismatch::Set | Mismatch::Role) => {
                "庁内サイトの今回の自己点検ページで受け直してもらう"
            }
            Self::Mismatch(
                Mismatch::Questions(_) | Mismatch::Answer(_) | Mismatch::Policies(_),
            ) => "自己点検ページ以外で作られた疑いがある。本人に確かめ、受け直してもらう",
        }
    }
}

/// Something to know about a file that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Flag {
    /// The role chosen on the page is not that of the roster.
    RoleDiffers,
    /// The page claimed another score than the answers give.
    ClaimDiffers,
    /// The claimed end lies after the last day.
    FinishedLate,
    /// The claimed end lies before the claimed start.
    EndsBeforeStart,
    /// First seen after the last day and the days of grace.
    SeenLate,
    /// The key has been revoked.
    KeyRevoked,
    /// The person is out of the denominator (対象外).
    Exempt,
    /// The same result was given in another file too.
    Duplicate,
}

impl Flag {
    /// The stable code.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::RoleDiffers => "role-differs",
            Self::ClaimDiffers => "claim-differs",
            Self::FinishedLate => "finished-late",
            Self::EndsBeforeStart => "ends-before-start",
            Self::SeenLate => "seen-late",
            Self::KeyRevoked => "key-revoked",
            Self::Exempt => "exempt",
            Self::Duplicate => "duplicate",
        }
    }

    /// One sentence.
    pub(crate) fn sentence(self) -> &'static str {
        match self {
            Self::RoleDiffers => "選んだ役割が名簿と違います",
            Self::ClaimDiffers => "表示された得点が回答と合いません（回答から採点し直しています）",
            Self::FinishedLate => "終了時刻が締切より後です",
            Self::EndsBeforeStart => {
                "終了時刻が開始時刻より前です（PC の時計が途中で変わっています）"
            }
            Self::SeenLate => "締切と猶予の日数を過ぎてから受け付けました",
            Self::KeyRevoked => "失効した登録コードで署名されています",
            Self::Exempt => "名簿では対象外の人です",
            Self::Duplicate => "同じ結果が別のファイルにもあります",
        }
    }
}
