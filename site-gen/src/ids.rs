//! Recording the anchors of a content folder in `ids.toml`.
//!
//! Only `site-gen ids` writes: a build that changed its own sources could not be repeated on a
//! machine that may only read, and the author should see in the difference what is promised. The
//! record only grows, unless somebody retires an anchor by its address. A heading without an id gets
//! a short one, and keeps it when its text is edited lightly.

mod retire;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::check::Checked;
use crate::load::ids::IDS_FILE;
use crate::load::{Ids, PageIds};
use crate::markdown::Heading;

/// What the address of a term starts with.
pub const TERM_START: &str = "glossary#t-";

/// What was recorded.
#[derive(Debug)]
pub struct Recorded {
    /// The file.
    pub path: PathBuf,
    /// Addresses that were not in it before.
    pub added: Vec<String>,
    /// Addresses that are no longer in it.
    pub retired: Vec<String>,
}

/// Adds every anchor of `checked` to the record of `content_dir`, and takes out those of `retire`:
/// `people/old`, `people/password#rule-3`, `glossary#t-virus`.
///
/// # Errors
/// When something to be retired is not recorded or still stands in the content, or the file cannot
/// be written.
pub fn record(
    content_dir: &Path,
    checked: &Checked,
    retire: &[String],
) -> anyhow::Result<Recorded> {
    let content = &checked.content;
    let mut added = Vec::new();
    let mut ids = content.ids.clone();
    let mut retired = Vec::new();
    for address in retire {
        retired.extend(retire::take_out(address, &mut ids, checked)?);
    }
    let Ids { mut pages, mut terms, .. } = ids;
    for (page, body) in content.pages.iter().zip(&checked.bodies) {
        let address = page.address();
        let is_new = !pages.contains_key(&address);
        let known = pages.entry(address.clone()).or_default();
        if is_new {
            added.push(address.clone());
        }
        let before: Vec<String> = known.all().map(ToOwned::to_owned).collect();
        add_headings(&address, &body.outline, known);
        let new = known.all().filter(|id| !before.iter().any(|old| old == id));
        added.extend(new.map(|id| format!("{address}#{id}")));
    }
    let of_term = |term: &'_ crate::load::Term| {
        let former = term.former.iter().map(|old| old.value.clone());
        std::iter::once(term.id.clone()).chain(former).collect::<Vec<_>>()
    };
    for id in content.glossary.iter().flat_map(of_term) {
        if !terms.contains(&id) {
            added.push(format!("{TERM_START}{id}"));
            terms.push(id);
        }
    }
    terms.sort();
    let path = content_dir.join(IDS_FILE);
    let text = write(&Ids { file: None, pages, terms });
    crate::write::replace_file(&path, text.as_bytes())?;
    Ok(Recorded { path, added, retired })
}

/// Adds the headings of one page.
fn add_headings(address: &str, outline: &[Heading], known: &mut PageIds) {
    for heading in outline.iter().filter(|heading| heading.is_written) {
        for id in std::iter::once(&heading.id).chain(&heading.aliases) {
            let is_assigned = known.assigned.values().any(|given| given == id);
            if is_valid(id) && !is_assigned && !known.ids.contains(id) {
                known.ids.push(id.clone());
            }
        }
    }
    // An id that was given and is now written is the author's.
    let written = |id: &String| outline.iter().any(|heading| heading.answers_to(id));
    let adopted: Vec<String> = known
        .assigned
        .iter()
        .filter(|(text, id)| {
            written(id) && !outline.iter().any(|one| one.text == **text && !one.is_written)
        })
        .map(|(text, _)| text.clone())
        .collect();
    for text in adopted {
        known.ids.extend(known.assigned.remove(&text));
    }
    let mut new: Vec<&str> = outline
        .iter()
        .filter(|heading| !heading.is_written && !known.assigned.contains_key(&heading.text))
        .map(|heading| heading.text.as_str())
        .collect();
    new.dedup();
    let mut gone: Vec<String> = known
        .assigned
        .keys()
        .filter(|text| !outline.iter().any(|heading| heading.text == **text))
        .cloned()
        .collect();
    for text in new {
        let id = match nearest(text, &gone) {
            Some(index) => {
                let edited = gone.swap_remove(index);
                known.assigned.remove(&edited).unwrap_or_default()
            }
            None => make(address, text, known),
        };
        known.assigned.insert(text.to_owned(), id);
    }
}

/// The heading this one was before a light edit.
fn nearest(text: &str, gone: &[String]) -> Option<usize> {
    let alike = |old: &String| strsim::normalized_damerau_levenshtein(text, old);
    gone.iter()
        .enumerate()
        .map(|(index, old)| (index, alike(old)))
        .filter(|&(_, alike)| alike >= 0.5)
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(index, _)| index)
}

/// A short id from page and text: two authors who record the same heading agree.
fn make(address: &str, text: &str, known: &PageIds) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnopqrstuvwxyz2345678";
    let digest = Sha256::digest(format!("{address}\n{text}"));
    let letters: String =
        digest.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
    (5..=letters.len())
        .map(|length| format!("s-{}", &letters[..length]))
        .find(|id| known.all().all(|other| other != id))
        .unwrap_or(letters)
}

fn is_valid(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn write(ids: &Ids) -> String {
    let mut out = String::from(
        "# 公開したページ、見出し、用語の id の記録です。`site-gen ids` が書き足します。\n\
         # ここにある id がなくなると `site-gen check` が知らせます。消さずに保存してください。\n",
    );
    let quote = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let list = |out: &mut String, name: &str, ids: &[String]| {
        let _ = writeln!(out, "{name} = [");
        for id in ids {
            let _ = writeln!(out, "    {},", quote(id));
        }
        out.push_str("]\n");
    };
    list(&mut out, "terms", &ids.terms);
    for (address, page) in &ids.pages {
        let _ = writeln!(out, "\n[pages.{}]", quote(address));
        list(&mut out, "ids", &page.ids);
        if !page.assigned.is_empty() {
            let _ = writeln!(out, "\n[pages.{}.assigned]", quote(address));
            for (text, id) in &page.assigned {
                let _ = writeln!(out, "{} = {}", quote(text), quote(id));
            }
        }
    }
    out
}
