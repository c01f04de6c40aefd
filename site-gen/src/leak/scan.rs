//! Holding the files of one site against what it must not show.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher as _;
use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

use foldhash::fast::RandomState;

use super::file::{File, Room};
use super::fold::Folded;
use super::forbidden::Forbidden;
use super::sentence::{Finder, Sentences};
use crate::check::Checked;
use crate::diagnostic::{Diagnostic, error};
use crate::load::Site;
use crate::source::Place;

/// One site's secrets, pages it does not have, and files it does have.
pub struct Scanner<'a> {
    pub(super) site: &'a Site,
    pub(super) secrets: Finder<'a>,
    pub(super) forbidden: Vec<Forbidden>,
    /// Ids of pages it does not have, in order, and how long they are.
    pub(super) hidden: Vec<(&'a str, Place)>,
    pub(super) hidden_lengths: Range<usize>,
    /// Output paths of the files seen so far.
    present: Mutex<HashSet<String, RandomState>>,
    /// Output paths that addresses lead to, with where and how they are written.
    wanted: Mutex<HashMap<String, (String, String), RandomState>>,
    /// Whether what was seen before is looked at again.
    pub(super) thorough: bool,
    /// Rooms to work in, one a thread at most, the one used last at the end.
    rooms: Mutex<Vec<Room>>,
    hasher: RandomState,
}

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
        let lengths = || hidden.iter().map(|(id, _)| id.len());
        let hidden_lengths =
            lengths().min().unwrap_or_default()..lengths().max().map_or(0, |longest| longest + 1);
        Self {
            site: config,
            secrets: sentences.above(config.level),
            forbidden: sentences.forbidden_above(config.level),
            hidden,
            hidden_lengths,
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
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let room = self.room(folder);
        let mut file = File { scanner: self, path, room, findings: named };
        if path.ends_with(".html") || path.ends_with(".xml") || path.ends_with(".svg") {
            file.scan_markup(folder, text);
        } else {
            file.scan_script(text);
        }
        if !self.forbidden.is_empty() {
            file.find_forbidden_as_written(text);
        }
        let File { room, findings, .. } = file;
        lock(&self.rooms).push(room);
        findings
    }

    /// What stands for a text among those that were seen.
    pub(super) fn hash(&self, text: &str) -> u64 {
        self.hasher.hash_one(text)
    }

    /// Notes that an address of a file leads to an output path.
    pub(super) fn want(&self, target: &str, path: &str, address: &str) {
        let mut wanted = lock(&self.wanted);
        match wanted.get_mut(target) {
            // The first in order of paths is told, whichever thread comes first.
            Some(known) if (known.0.as_str(), known.1.as_str()) > (path, address) => {
                *known = (path.to_owned(), address.to_owned());
            }
            Some(_) => {}
            None => {
                wanted.insert(target.to_owned(), (path.to_owned(), address.to_owned()));
            }
        }
    }

    /// A room that knows a folder, or the one that was not used for the longest time.
    fn room(&self, folder: &str) -> Room {
        let mut rooms = lock(&self.rooms);
        let known = rooms.iter().position(|room| room.memory.folder() == folder);
        if rooms.is_empty() { Room::default() } else { rooms.remove(known.unwrap_or(0)) }
    }

    /// Forbidden words in the name of a file.
    fn forbidden_in_name(&self, path: &str) -> Vec<Diagnostic> {
        if self.forbidden.is_empty() {
            return Vec::new();
        }
        let mut folded = Folded::default();
        folded.push_text(path);
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
