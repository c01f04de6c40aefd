//! Starting content for another office: small, complete and correct.
//!
//! The texts lie in `starter/`, with values that only the office knows between double braces. What
//! has to be replaced stands in one list, in the folder's README.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use selfcheck::b64::B64;
use selfcheck::id::OrgId;
use selfcheck::time::Date;

use crate::build::check_content;
use crate::ids;

/// Whose content it will be.
#[derive(Debug, Clone)]
pub struct Office {
    /// Short id, part of every key and result.
    pub id: OrgId,
    /// As people read it.
    pub name: String,
}

/// Writes the starting content into `folder`; returns the files written, in order.
///
/// Dates follow from `today`: the campaign opens on the next 1 November, reviews are due at the end
/// of the next fiscal year.
///
/// # Errors
/// When the folder holds something already, the name cannot stand in a text, or the disk refuses.
pub fn init(folder: &Path, office: &Office, today: Date) -> anyhow::Result<Vec<PathBuf>> {
    refuse_full(folder)?;
    if office.name.trim().is_empty() || office.name.contains(['"', '\\', '\n', '{', '<', '|']) {
        bail!("組織の名前「{}」は使えません。記号のない名前にしてください", office.name);
    }
    let values = values(office, today)?;
    let mut written = Vec::new();
    for (name, text) in STARTER {
        let fill = |text: &str| {
            values.iter().fold(text.to_owned(), |text, (key, value)| {
                text.replace(&format!("{{{{{key}}}}}"), value)
            })
        };
        // The campaign is named after its year.
        let name = name.replace("campaigns/campaign", "campaigns/{{campaign}}");
        let path = folder.join(fill(&name));
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent)
            .and_then(|()| fs::write(&path, fill(text)))
            .with_context(|| format!("`{}` を書けません", path.display()))?;
        written.push(path);
    }
    // What is published first is promised first.
    let outcome = check_content(folder, today)?;
    if let Some(checked) = &outcome.checked {
        written.push(ids::record(folder, checked, &[])?.path);
    }
    Ok(written)
}

fn refuse_full(folder: &Path) -> anyhow::Result<()> {
    let first = match fs::read_dir(folder) {
        Ok(mut entries) => entries.next(),
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => None,
        Err(fault) => {
            return Err(fault).with_context(|| format!("`{}` を使えません", folder.display()));
        }
    };
    if first.is_some() {
        let folder = folder.display();
        bail!("`{folder}` は空ではないため、何も書きません。新しいフォルダを指定してください");
    }
    Ok(())
}

fn values(office: &Office, today: Date) -> anyhow::Result<Vec<(&'static str, String)>> {
    let year = if today.month() < 11 { today.year() } else { today.year() + 1 };
    let day = |year, month, day| Date::new(year, month, day).context("日付が大きすぎます");
    // 令和 began in 2019; a campaign is named after its year of it.
    let reiwa = year.checked_sub(2018).filter(|&reiwa| reiwa > 0).context("日付が古すぎます")?;
    let mut nonce = [0_u8; 16];
    getrandom::fill(&mut nonce).map_err(|fault| anyhow::anyhow!("乱数を得られません: {fault}"))?;
    Ok(vec![
        ("org_id", office.id.to_string()),
        ("org_name", office.name.clone()),
        ("today", today.to_string()),
        ("review_due", day(today.fiscal_year() + 2, 3, 31)?.to_string()),
        ("campaign", format!("r{reiwa}")),
        ("wareki", format!("令和{reiwa}")),
        ("fiscal_year", year.to_string()),
        ("opens", day(year, 11, 1)?.to_string()),
        ("closes", day(year, 11, 30)?.to_string()),
        ("nonce", B64(nonce).to_string()),
    ])
}

macro_rules! starter {
    ($($path:literal)*) => { &[$(($path, include_str!(concat!("../starter/", $path)))),*] };
}

const STARTER: &[(&str, &str)] = starter!(
    "README.md"
    "site.toml"
    "pages/home.md"
    "pages/open.md"
    "pages/glossary.md"
    "pages/incident.md"
    "pages/check.md"
    "pages/policy/basic.md"
    "pages/policy/standards.md"
    "pages/people/password.md"
    "glossary/malware.md"
    "glossary/phishing.md"
    "glossary/vulnerability.md"
    "glossary/encryption.md"
    "glossary/backup.md"
    "glossary/incident.md"
    "glossary/information-asset.md"
    "glossary/information-security.md"
    "glossary/ciso.md"
    "glossary/self-check.md"
    "checks/staff.toml"
    "campaigns/campaign.toml"
    "data/organization.toml"
    "data/contacts.toml"
);
