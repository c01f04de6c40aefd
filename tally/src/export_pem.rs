//! `tally export-pem`: a person's public keys for openssl and other tools.

use std::path::PathBuf;

use selfcheck::id::PersonId;
use selfcheck::keys::KeyId;

use crate::enrol::person_number;
use crate::fault::Fault;
use crate::page;
use crate::roster::{Key, Roster};
use crate::say;
use crate::status_code::Status;

/// 名簿の公開鍵を PEM で出力する（openssl などで署名を確かめるため）
///
/// 監査人などが、tally を使わずに署名を確かめるためのものです。
/// 省けば今の鍵、再発行した人の前の鍵は `--kid` で指定します。結果ファイルの鍵は `protected` に書いてあります。
///
/// 終了コード: 0 出力した、2 実行できなかった
///
/// Print a person's public key as PEM.
#[derive(clap::Args)]
#[command(
    verbatim_doc_comment,
    after_help = "\
例（openssl 3、jq、basenc）:
  tally export-pem --roster roster.json --person 000123 > key.pem
  jq -j '.protected + \".\" + .payload' result.json > signed
  printf '%s==' \"$(jq -j .signature result.json)\" | basenc --base64url -d > signature
  openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in signed -sigfile signature"
)]
pub(crate) struct Args {
    /// 名簿 (roster)
    #[arg(long, value_name = "JSON")]
    roster: PathBuf,
    /// 職員番号 (person number)
    #[arg(long, value_name = "NO", value_parser = person_number)]
    person: PersonId,
    /// 鍵の番号。省くと今の鍵 (key id)
    #[arg(long, value_name = "KID")]
    kid: Option<KeyId>,
}

/// SubjectPublicKeyInfo of Ed25519 up to the 32 bytes of the key (RFC 8410 §4).
const SPKI_HEAD: [u8; 12] =
    [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

pub(crate) fn run(args: &Args) -> Result<Status, Fault> {
    let roster = Roster::read(&args.roster)?.roster;
    let person = roster
        .people
        .iter()
        .find(|person| person.sub == args.person)
        .ok_or_else(|| Fault::UnknownPerson { person: args.person.clone(), place: "名簿" })?;
    let key = match &args.kid {
        None => person.keys.last(),
        Some(kid) => person.keys.iter().find(|key| key.kid == *kid),
    };
    let key = key.ok_or_else(|| match args.kid {
        Some(kid) => Fault::UnknownKey { person: args.person.clone(), kid },
        None => Fault::NoKey(args.person.clone()),
    })?;
    if person.keys.len() > 1 && args.kid.is_none() {
        say::note("この人には再発行前の鍵もあります。`--kid` で指定できます:");
        for Key { kid, epoch, issued, .. } in &person.keys {
            say::note(&format!("  {kid}（{epoch} 回目、{issued} 発行）"));
        }
    }
    let der: Vec<u8> = SPKI_HEAD.into_iter().chain(key.x.0).collect();
    say::results(&format!(
        "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
        page::base64(&der)
    ))?;
    Ok(Status::Good)
}
