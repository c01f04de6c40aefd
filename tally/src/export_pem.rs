//! `tally export-pem`: a person's public keys for openssl and other tools.

use std::fmt::Write as _;
use std::path::PathBuf;

use selfcheck::id::PersonId;

use crate::enrol::person_number;
use crate::fault::Fault;
use crate::page;
use crate::roster::Roster;
use crate::say;
use crate::status_code::Status;

/// Print a person's public keys as PEM, oldest first.
///
/// 名簿の公開鍵を PEM で出力します。監査人などが、openssl だけで署名を確かめるために使います。
#[derive(clap::Args)]
#[command(after_help = "\
Example / 例 (openssl 3, jq, basenc):
  tally export-pem --roster roster.json --person 000123 > key.pem
  jq -j '.protected + \".\" + .payload' result.json > signed
  printf '%s==' \"$(jq -j .signature result.json)\" | basenc --base64url -d > signature
  openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in signed -sigfile signature")]
pub(crate) struct Args {
    /// Roster / 名簿
    #[arg(long, value_name = "JSON")]
    roster: PathBuf,
    /// Person number / 職員番号
    #[arg(long, value_name = "SUB", value_parser = person_number)]
    person: PersonId,
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
    let mut text = String::new();
    for key in &person.keys {
        let der: Vec<u8> = SPKI_HEAD.into_iter().chain(key.x.0).collect();
        let _ = writeln!(
            text,
            "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----",
            page::base64(&der)
        );
    }
    say::results(&text)?;
    Ok(Status::Good)
}
