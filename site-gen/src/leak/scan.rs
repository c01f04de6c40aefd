//! Holding the files of one site against what it must not show.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher as _, Hash as _, Hasher as _};
use std::sync::{Mutex, MutexGuard, PoisonError};

use foldhash::fast::RandomState;
use memchr::memchr;

use super::forbidden::Forbidden;
use super::html::{Part, push_decoded, push_script, take_apart};
use super::sentence::{Finder, Sentences};
use super::{MIN_SENTENCE_CHARS, address, fold};
use crate::check::Checked;
use crate::diagnostic::{Diagnostic, error};
use crate::load::Site;
use crate::source::Place;

/// One site's secrets, pages it does not have, and files it does have.
pub struct Scanner<'a> {
    site: &'a Site,
    secrets: Finder<'a>,
    forbidden: Vec<Forbidden>,
    hidden: Vec<(&'a str, Place)>,
    /// Output paths of the files seen so far.
    present: Mutex<HashSet<String, RandomState>>,
    /// Output paths that addresses lead to, with where and how they are written.
    wanted: Mutex<HashMap<String, (String, String), RandomState>>,
    /// Whether values seen before are looked at again.
    thorough: bool,
    /// Rooms to work in, one a thread at most.
    rooms: Mutex<Vec<Room>>,
    hasher: RandomState,
}

/// Room to work in, and what was looked at before: navigation repeats on every page.
#[derive(Default)]
struct Room {
    run: Vec<u32>,
    value: Vec<u32>,
    path: String,
    seen: HashSet<u64, RandomState>,
}

/// Values remembered at most; then the memory begins anew.
const MAX_SEEN: usize = 200_000;

impl<'a> Scanner<'a> {
    /// A scanner for the site at `site` of the configuration.
    pub fn new(checked: &'a Checked, sentences: &'a Sentences, site: usize) -> Self {
        let config = &checked.content.config.sites[site];
        let pages = &checked.content.pages;
        let mut hidden: Vec<(&str, Place)> = (0..pages.len())
            .filter(|&page| !checked.sites.holds(site, page))
            .map(|page| &pages[page])
            // A word of one segment (`home`) may be anything; a path is a page.
            .filter(|page| page.visibility > config.level && page.id.as_str().contains('/'))
            .map(|page| (page.id.as_str(), page.title.place))
            .collect();
        hidden.sort_unstable_by_key(|(id, _)| *id);
        Self {
            site: config,
            secrets: sentences.above(config.level),
            forbidden: sentences.forbidden_above(config.level),
            hidden,
            present: Mutex::default(),
            wanted: Mutex::default(),
            thorough: false,
            rooms: Mutex::default(),
            hasher: RandomState::default(),
        }
    }

    /// The same, but naming every file a fault stands in, which takes longer.
    pub fn thorough(self) -> Self {
        Self { thorough: true, present: Mutex::default(), wanted: Mutex::default(), ..self }
    }

    /// Whether one file holds nothing the site must not show.
    pub fn is_clean(&self, path: &str, bytes: &[u8]) -> bool {
        self.scan(path, bytes).is_empty()
    }

    /// What one file holds that the site must not show. Files that are not text hold no sentences.
    pub fn scan(&self, path: &str, bytes: &[u8]) -> Vec<Diagnostic> {
        lock(&self.present).insert(path.to_owned());
        let named = self.forbidden_in_name(path);
        let Ok(text) = simdutf8::basic::from_utf8(bytes) else { return named };
        let room = lock(&self.rooms).pop();
        let mut room = room.unwrap_or_default();
        let mut file = File { scanner: self, path, room: &mut room, findings: named };
        if path.ends_with(".html") || path.ends_with(".xml") || path.ends_with(".svg") {
            file.scan_markup(text);
        } else {
            file.scan_script(text);
        }
        if !self.forbidden.is_empty() {
            file.find_forbidden_as_written(text);
        }
        let findings = file.findings;
        lock(&self.rooms).push(room);
        findings
    }

    /// Forbidden words in the name of a file.
    fn forbidden_in_name(&self, path: &str) -> Vec<Diagnostic> {
        if self.forbidden.is_empty() {
            return Vec::new();
        }
        let mut folded = Vec::new();
        fold::push_text(&mut folded, path);
        let found = self.forbidden.iter().filter(|word| word.is_in(&folded));
        found.map(|word| word.finding(&self.site.id, self.site.level, path)).collect()
    }

    /// Addresses of the files scanned so far that lead to none of them.
    pub fn dead_links(&self) -> Vec<Diagnostic> {
        let present = lock(&self.present);
        let wanted = lock(&self.wanted);
        let dead = wanted.iter().filter(|(target, _)| !present.contains(*target));
        let site = &self.site.id;
        let finding = |(_, (path, address)): (&String, &(String, String))| {
            let message = format!(
                "サイト「{site}」の `{path}` から `{address}` へのリンクが、このサイトにありません"
            );
            error("dead-link", None, message)
        };
        dead.map(finding).collect()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

struct File<'f, 'a> {
    scanner: &'f Scanner<'a>,
    path: &'f str,
    room: &'f mut Room,
    findings: Vec<Diagnostic>,
}

impl File<'_, '_> {
    /// Forbidden words count in every byte: in readings, short attributes and comments too.
    fn find_forbidden_as_written(&mut self, text: &str) {
        let mut folded = std::mem::take(&mut self.room.value);
        folded.clear();
        push_decoded(&mut folded, text);
        self.find_forbidden(&folded);
        self.room.value = folded;
    }

    fn find_forbidden(&mut self, text: &[u32]) {
        let (site, level) = (&self.scanner.site.id, self.scanner.site.level);
        for word in self.scanner.forbidden.iter().filter(|word| word.is_in(text)) {
            self.findings.push(word.finding(site, level, self.path));
        }
    }

    fn scan_markup(&mut self, text: &str) {
        let mut run = std::mem::take(&mut self.room.run);
        let folder = self.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        take_apart(text, &mut run, |part| match part {
            Part::Text(text) => self.find_secrets(text),
            Part::Attribute(name, value) => self.check_value(folder, name, value),
            Part::Script(script) => self.scan_script(script),
        });
        self.room.run = run;
        if self.path.ends_with(".xml")
            && let Some(base) = &self.scanner.site.base_url
        {
            for rest in text.split(base.as_str()).skip(1) {
                let length = rest.find(['"', '<', '#', '?']).unwrap_or(rest.len());
                self.check_address(&format!("{base}{}", &rest[..length]));
            }
        }
    }

    fn scan_script(&mut self, text: &str) {
        if self.needs_look(text, b'\\') {
            let mut value = std::mem::take(&mut self.room.value);
            value.clear();
            push_script(&mut value, text);
            self.find_secrets(&value);
            self.room.value = value;
        }
        let mut quoted = text.split('"');
        let mut key = quoted.next().unwrap_or_default();
        let mut name = "";
        for part in quoted {
            // `"href":"a.html"`: the quote before the address follows a lone colon.
            if key.trim() == ":" && address::is_address(name) {
                self.check_address(part);
            }
            self.check_id(part);
            (name, key) = (key, part);
        }
    }

    fn check_value(&mut self, folder: &str, name: &str, value: &str) {
        // What leads to another place on the page names no file.
        let is_address = address::is_address(name) && !value.starts_with('#');
        let is_read = value.len() >= MIN_SENTENCE_CHARS && self.needs_look(value, b'&');
        if !is_address && !is_read && memchr(b'/', value.as_bytes()).is_none() {
            return;
        }
        let mut hasher = self.scanner.hasher.build_hasher();
        (if is_address { folder } else { "\0" }).hash(&mut hasher);
        value.hash(&mut hasher);
        let is_new = self.room.seen.insert(hasher.finish());
        if !is_new && !self.scanner.thorough {
            return;
        }
        if self.room.seen.len() > MAX_SEEN {
            self.room.seen.clear();
        }
        if is_address {
            self.check_address(value);
        }
        self.check_id(value);
        if is_read {
            let mut folded = std::mem::take(&mut self.room.value);
            folded.clear();
            push_decoded(&mut folded, value);
            self.find_secrets(&folded);
            self.room.value = folded;
        }
    }

    /// Whether something forbidden or secret may stand in a text as written.
    fn needs_look(&self, text: &str, escape: u8) -> bool {
        !self.scanner.forbidden.is_empty() || self.scanner.secrets.may_stand_in(text, escape)
    }

    fn check_id(&mut self, value: &str) {
        let hidden = &self.scanner.hidden;
        if hidden.is_empty() || memchr(b'/', value.as_bytes()).is_none() {
            return;
        }
        if let Ok(index) = hidden.binary_search_by_key(&value, |(id, _)| id) {
            let message = format!(
                "サイト「{}」の `{}` に、載っていないページ「{value}」の名があります",
                self.scanner.site.id, self.path
            );
            self.findings.push(error("leak", hidden[index].1, message));
        }
    }

    fn check_address(&mut self, address: &str) {
        let base = self.scanner.site.base_url.as_deref();
        let path = &mut self.room.path;
        if !address::resolve(self.path, address, base, path) {
            return;
        }
        let mut wanted = lock(&self.scanner.wanted);
        match wanted.get_mut(path.as_str()) {
            // The first in order of paths is told, whichever thread comes first.
            Some(known) if (known.0.as_str(), known.1.as_str()) > (self.path, address) => {
                *known = (self.path.to_owned(), address.to_owned());
            }
            Some(_) => {}
            None => {
                wanted.insert(path.clone(), (self.path.to_owned(), address.to_owned()));
            }
        }
    }

    fn find_secrets(&mut self, text: &[u32]) {
        self.find_forbidden(text);
        let (site, path) = (&self.scanner.site.id, self.path);
        let secrets = &self.scanner.secrets;
        secrets.find(text, |index, found| {
            let start: String = found.iter().take(30).filter_map(|&c| char::from_u32(c)).collect();
            let message =
                format!("サイト「{site}」の `{path}` に、載せてはいけない文「{start}…」があります");
            self.findings.push(
                error("leak", secrets.place(index), message)
                    .hint("この文の元の公開範囲を確かめ、公開する側から取り除いてください。"),
            );
        });
    }
}
