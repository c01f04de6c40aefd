//! What the bench of `tally` needs: many signed result files, and the least that judging them can
//! cost.
//!
//! `results sign LETTERS SET OUT COUNT` reads the codes off printed letters, answers the frozen set
//! for one person after the other until there are COUNT signed files: a tenth below `OUT/a`, the
//! rest below `OUT/b`. The answers come out of a counter, so that every run writes the same bytes
//! for the same letters.
//!
//! `results floor ROSTER OUT` checks the signature of each of these files, on two threads and
//! nothing else, and prints the seconds. `cargo xtask bench tally` holds `tally` against it.
//!
//! `results close LEDGER` ends the campaign before its last day, so that `tally report` can be
//! measured on any day.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Instant;
use std::{env, fs, thread};

use selfcheck::b64::{self, B64};
use selfcheck::code::EnrolmentCode;
use selfcheck::digest::Sha256;
use selfcheck::grade::Response;
use selfcheck::id::{ChoiceId, OrgId, PersonId};
use selfcheck::keys::{PersonKey, PublicKey};
use selfcheck::result::{App, Decision, Inputs, Payload, sign};
use selfcheck::set::{FrozenSet, Kind, Question};
use serde_json::Value;

type Done<T> = Result<T, Box<dyn Error + Send + Sync>>;

const THREADS: usize = 2;

fn main() -> Done<()> {
    let args: Vec<String> = env::args().skip(1).collect();
    match args.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["sign", letters, set, out, count] => {
            sign_all(letters, set, Path::new(out), count.parse()?)
        }
        ["floor", roster, out] => floor(roster, Path::new(out)),
        ["close", ledger] => close(Path::new(ledger)),
        _ => Err("results sign LETTERS SET OUT COUNT | floor ROSTER OUT | close LEDGER".into()),
    }
}

fn sign_all(letters: &str, set: &str, out: &Path, count: usize) -> Done<()> {
    let html = fs::read_to_string(letters)?;
    let frozen = FrozenSet::parse(&fs::read(set)?)?;
    let people: Vec<(&str, &str)> = html
        .split("<section class=\"letter\"")
        .skip(1)
        .filter_map(|page| {
            Some((between(page, "<dd class=\"person\">")?, between(page, "<p class=\"code\">")?))
        })
        .collect();
    let parts = [out.join("a"), out.join("b")];
    parts.iter().try_for_each(fs::create_dir_all)?;
    let few = count / 10;
    let (frozen, parts, people) = (&frozen, &parts, &people);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..THREADS)
            .map(|first| {
                scope.spawn(move || -> Done<()> {
                    for index in (first..count).step_by(THREADS) {
                        let (person, code) = people[index % people.len()];
                        let (name, text) = result(frozen, person, code, index)?;
                        fs::write(parts[usize::from(index >= few)].join(name), text)?;
                    }
                    Ok(())
                })
            })
            .collect();
        workers.into_iter().try_for_each(|worker| worker.join().expect("no panic in a worker"))
    })?;
    println!("{count}");
    Ok(())
}

fn between<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    text.split_once(start)?.1.split('<').next()
}

fn result(frozen: &FrozenSet, person: &str, code: &str, index: usize) -> Done<(String, String)> {
    let (org, sub): (&OrgId, PersonId) = (&frozen.set.org, person.parse()?);
    let key = PersonKey::derive(&EnrolmentCode::read(code, org, &sub)?, org, &sub);
    let mut jti = [0; 16];
    jti[..8].copy_from_slice(&(index as u64).to_be_bytes());
    let questions = frozen.set.questions.questions().iter().enumerate();
    let responses =
        questions.map(|(number, question)| Some(answer(question, index + 7 * number))).collect();
    let inputs = Inputs {
        jti,
        sub,
        app: App { version: "0.1.0".parse()?, site: "2026.11.16".parse()? },
        started: "2026-11-20T10:02:11+09:00".parse()?,
        finished: "2026-11-20T10:20:00+09:00".parse()?,
        responses,
        decisions: vec![Decision::Accept; frozen.set.acknowledgements.len()],
    };
    let payload = Payload::compose(frozen, inputs)?;
    // Not the name of the download: its eight letters of a counter would not be unique.
    Ok((format!("r8-{index:08}.selfcheck.json"), sign(&payload, &key)))
}

/// The right answer mostly, another one now and then.
fn answer(question: &Question, turn: usize) -> Response {
    let right = !turn.is_multiple_of(5);
    let picked: Vec<ChoiceId> = match &question.kind {
        Kind::Single(choices) | Kind::Scenario(choices) | Kind::Multiple(choices) if right => {
            choices.iter().filter(|choice| choice.correct).map(|choice| choice.id.clone()).collect()
        }
        _ => {
            let offered = question.choice_ids();
            vec![offered[if right { 0 } else { turn % offered.len() }].clone()]
        }
    };
    Response::new(picked).expect("one choice, or the right ones")
}

fn floor(roster: &str, out: &Path) -> Done<()> {
    let roster: Value = serde_json::from_slice(&fs::read(roster)?)?;
    let mut keys = BTreeMap::new();
    for person in roster["people"].as_array().ok_or("no people")? {
        for key in person["keys"].as_array().ok_or("no keys")? {
            let text = |member: &str| key[member].as_str().unwrap_or_default().to_owned();
            let x: B64<32> = text("x").parse()?;
            keys.insert(text("kid"), PublicKey::from_x(&x)?);
        }
    }
    let mut checks: Vec<(Vec<u8>, B64<64>, PublicKey)> = Vec::new();
    for file in ["a", "b"]
        .into_iter()
        .map(|part| files(&out.join(part)))
        .collect::<Done<Vec<_>>>()?
        .concat()
    {
        let outer: Value = serde_json::from_slice(&fs::read(file)?)?;
        let part = |member: &str| outer[member].as_str().unwrap_or_default();
        let header: Value = serde_json::from_slice(&b64::decode(part("protected"))?)?;
        let key = keys.get(header["kid"].as_str().unwrap_or_default()).ok_or("unknown key")?;
        let message = format!("{}.{}", part("protected"), part("payload")).into_bytes();
        checks.push((message, part("signature").parse()?, *key));
    }
    let began = Instant::now();
    let share = checks.len().div_ceil(THREADS).max(1);
    thread::scope(|scope| {
        let workers: Vec<_> = checks
            .chunks(share)
            .map(|part| {
                scope.spawn(move || {
                    part.iter().all(|(message, signature, key)| {
                        key.verify_strict(message, signature).is_ok()
                    })
                })
            })
            .collect();
        let all = workers.into_iter().all(|worker| worker.join().expect("no panic in a worker"));
        if all { Ok::<(), Box<dyn Error + Send + Sync>>(()) } else { Err("a bad signature".into()) }
    })?;
    println!("{}", began.elapsed().as_secs_f64());
    Ok(())
}

/// Adds the line that the first `collect` after the last day would write, at the time of the line
/// before it.
fn close(ledger: &Path) -> Done<()> {
    let mut text = fs::read_to_string(ledger)?;
    let last = text.lines().last().ok_or("an empty ledger")?;
    let before: Value = serde_json::from_str(last)?;
    let (seq, seen) = (before["seq"].as_u64().ok_or("no seq")? + 1, &before["seen"]);
    let prev = Sha256::of(last.as_bytes());
    text += &format!(
        "{{\"seq\":{seq},\"seen\":{seen},\"jti\":null,\"payload_sha256\":null,\"kid\":null,\
         \"outcome\":\"closed\",\"prev\":\"{prev}\"}}\n"
    );
    Ok(fs::write(ledger, text)?)
}

fn files(folder: &Path) -> Done<Vec<PathBuf>> {
    fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect()
}
