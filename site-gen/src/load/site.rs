//! `site.toml`: the organisation, its sites and the order of their navigation.

use selfcheck::id::{OrgId, PageId};
use std::collections::BTreeMap;

use super::files::Tree;
use super::record::{Record, Toml, Word};
use super::version::Version;
use crate::diagnostic::{Report, error, note};
use crate::markdown::{ALLOWABLE_HTML, check_plain};
use crate::source::{Located, Place, Sources};
use crate::visibility::Visibility;

/// `site.toml`.
#[derive(Debug)]
pub struct SiteConfig {
    /// Short id, part of every key and result.
    pub org: OrgId,
    /// Where that stands.
    pub org_place: Place,
    /// As people read it, for example 上尾市.
    pub org_name: String,
    /// Groups of the navigation, in order.
    pub navigation: Vec<NavigationGroup>,
    /// The sites to build, in order.
    pub sites: Vec<Site>,
    /// Words that must not appear, wherever they come from.
    pub forbidden: Vec<Forbidden>,
    /// How Markdown is read.
    pub markdown: MarkdownOptions,
}

/// `[markdown]`: the office's choices where the dialect leaves one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MarkdownOptions {
    /// Which uses of a marked term keep their ※.
    pub term_marks: TermMarks,
    /// Whether a line end between Japanese and Latin is a warning instead of a note.
    pub strict_breaks: bool,
    /// HTML tags that authors may write.
    pub html: Vec<String>,
}

/// Which uses of a marked term keep their ※; all of them stay links.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TermMarks {
    /// All.
    #[default]
    Every,
    /// The first one after each heading.
    First,
}

impl Word for TermMarks {
    const ALL: &'static [Self] = &[Self::Every, Self::First];

    fn word(self) -> &'static str {
        match self {
            Self::Every => "every",
            Self::First => "first",
        }
    }
}

/// A word that less visible sites must never show: a machine's name, a number, a code name.
#[derive(Debug)]
pub struct Forbidden {
    /// The word.
    pub text: Located<String>,
    /// Sites of this level and above may show it.
    pub visibility: Visibility,
}

/// One folder of pages in the navigation.
#[derive(Debug)]
pub struct NavigationGroup {
    /// Folder under `pages`, empty for the top.
    pub folder: String,
    /// As readers see it.
    pub title: String,
}

/// One site.
#[derive(Debug)]
pub struct Site {
    /// Name of the output folder and of `only`.
    pub id: String,
    /// Where the id stands.
    pub place: Place,
    /// What the site may show at most.
    pub level: Visibility,
    /// In the header and after each page title.
    pub title: String,
    /// Beside the title: who it is for.
    pub label: String,
    /// Where the site will stand, ending in `/`; sitemap, feed, 404 page and canonical need it.
    pub base_url: Option<String>,
    /// The first page.
    pub home: Located<PageId>,
    /// The page to turn to when something is wrong.
    pub report: Located<PageId>,
    /// What to do first when something is wrong, step by step.
    pub help: Vec<String>,
    /// Ways in on the first page, in order.
    pub cards: Vec<Card>,
    /// An urgent notice on every page.
    pub banner: Option<Banner>,
    /// What the site says of itself in other versions.
    pub translations: BTreeMap<Version, SiteWords>,
}

/// The words of a site in another version; what is missing is said in Japanese.
#[derive(Debug, Default)]
pub struct SiteWords {
    /// In the header and after each page title.
    pub title: Option<String>,
    /// Who it is for.
    pub label: Option<String>,
    /// What to do first when something is wrong.
    pub help: Vec<String>,
    /// Heading of the urgent notice.
    pub banner_title: Option<String>,
    /// Text of the urgent notice.
    pub banner_text: Option<String>,
}

/// One way in on the first page.
#[derive(Debug)]
pub struct Card {
    /// Where it leads.
    pub page: Located<PageId>,
    /// The task in the reader's words.
    pub title: String,
    /// One sentence more.
    pub text: String,
    /// How it stands out.
    pub kind: CardKind,
}

/// How a card stands out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CardKind {
    /// Not at all.
    #[default]
    Plain,
    /// Something went wrong: act now.
    Danger,
    /// The open campaign, with its dates.
    Campaign,
}

impl Word for CardKind {
    const ALL: &'static [Self] = &[Self::Plain, Self::Danger, Self::Campaign];

    fn word(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Danger => "danger",
            Self::Campaign => "campaign",
        }
    }
}

/// An urgent notice.
#[derive(Debug)]
pub struct Banner {
    /// Heading.
    pub title: String,
    /// One or two sentences.
    pub text: String,
    /// When it was put up.
    pub date: selfcheck::time::Date,
}

pub(super) fn load(tree: &Tree, sources: &Sources, report: &mut Report) -> Option<SiteConfig> {
    let Some(&file) = tree.texts.get("site.toml") else {
        if tree.holds("site.toml") {
            return None;
        }
        report.push(
            error("missing-site", None, "コンテンツのフォルダに `site.toml` がありません")
                .hint("`--content` で指したフォルダを確かめてください。"),
        );
        return None;
    };
    let text = sources.file(file).text.clone();
    Toml::new(file, 0, &text).read(report, read)
}

pub(super) fn read(record: &Record<'_>, report: &mut Report) -> Option<SiteConfig> {
    let organization = record.table("organization", report, |organization, report| {
        let id = organization.parsed::<OrgId>("id", "英小文字と数字 2〜16 字", report);
        let name = organization.string("name", report);
        Some((id?, name?.value))
    });
    let navigation = record.tables("navigation", report, |group, report| {
        // The top folder is written as the empty string, which `string` would refuse.
        let folder = group.string_or_empty("folder", report);
        let title = group.string("title", report);
        Some(NavigationGroup { folder: folder?, title: title?.value })
    });
    let markdown = record.table("markdown", report, read_markdown).unwrap_or_default();
    let mut faults = Report::default();
    let sites = record.tables("sites", &mut faults, read_site);
    record.require("sites");
    // A site with a fault of its own is not missing.
    if sites.is_empty() && !faults.has_errors() {
        faults.push(
            error("missing-site", record.place(), "サイトが一つもありません")
                .hint("`[[sites]]` を加えてください。"),
        );
    }
    report.append(faults);
    check_ids(&sites, report);
    let forbidden = record.tables("forbidden", report, read_forbidden);
    let homeless: Vec<&str> =
        sites.iter().filter(|site| site.base_url.is_none()).map(|site| site.id.as_str()).collect();
    if !homeless.is_empty() {
        let message = format!(
            "サイト（{}）に `base_url` がないため、サイトマップ、更新の配信、404 のページは作りません",
            homeless.join("、")
        );
        report.push(
            note("no-base-url", record.place().start(), message)
                .hint("公開する場所が決まったら、`base_url = \"https://…/\"` を加えます。"),
        );
    }
    record.require("organization");
    if !record.has("organization") {
        report.push(
            error("missing-key", record.place(), "`[organization]` がありません")
                .hint("`id` と `name` を書きます。"),
        );
    }
    let (org, org_name) = organization?;
    let (org, org_place) = (org.value, org.place);
    Some(SiteConfig { org, org_place, org_name, navigation, sites, forbidden, markdown })
}

fn read_markdown(record: &Record<'_>, report: &mut Report) -> Option<MarkdownOptions> {
    let term_marks = record.optional_word("term_marks", report);
    let strict_breaks = record.flag("strict_breaks", report);
    let mut html = Vec::new();
    for tag in record.strings("html", report) {
        if ALLOWABLE_HTML.contains(&tag.value.as_str()) {
            html.push(tag.value);
            continue;
        }
        report.push(
            error("raw-html", tag.place, format!("HTML のタグ `{}` は許せません", tag.value))
                .hint(format!("許せるタグ: {}", ALLOWABLE_HTML.join("、"))),
        );
    }
    Some(MarkdownOptions {
        term_marks: term_marks.map_or(TermMarks::Every, |marks| marks.value),
        strict_breaks,
        html,
    })
}

/// Shorter words would be found in innocent ones.
const MIN_FORBIDDEN_CHARS: usize = 3;

fn read_forbidden(record: &Record<'_>, report: &mut Report) -> Option<Forbidden> {
    let text = record.string("text", report);
    let visibility = record.visibility(Visibility::Intranet, report);
    let text = text?;
    if visibility == Visibility::Public || text.value.chars().count() < MIN_FORBIDDEN_CHARS {
        report.push(
            error("forbidden", text.place, format!("「{}」は載せない言葉にできません", text.value))
                .hint(format!(
                    "{MIN_FORBIDDEN_CHARS} 字以上で、`visibility` は `intranet`（公開サイトに載せない）か \
                     `restricted`（委員会のサイトだけに載せてよい）です。"
                )),
        );
        return None;
    }
    Some(Forbidden { text, visibility })
}

/// The id of a site becomes a folder beside the others.
fn check_ids(sites: &[Site], report: &mut Report) {
    for (index, site) in sites.iter().enumerate() {
        let id = &site.id;
        if sites[..index].iter().any(|other| other.id == *id) {
            let message = format!("サイトの id「{id}」が二度出てきます");
            report.push(error("duplicate-id", site.place, message));
        }
        let is_plain =
            id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !is_plain || id == crate::hosting::FOLDER {
            report.push(
                error("site-id", site.place, format!("サイトの id「{id}」は使えません"))
                    .hint("英小文字、数字、`-` だけで付けます。この名のフォルダに書き出します。"),
            );
        }
    }
}

fn read_site(record: &Record<'_>, report: &mut Report) -> Option<Site> {
    let id = record.string("id", report);
    let level = record.word("level", report);
    let title = record.string("title", report);
    let label = record.string("label", report);
    let base_url = read_base_url(record, report);
    let home = record.parsed("home", "ページの id", report);
    let report_page = record.parsed("report", "ページの id", report);
    let help = record.strings("help", report).into_iter().map(|step| step.value).collect();
    let cards = record.tables("cards", report, read_card);
    let banner = record.table("banner", report, |banner, report| {
        let title = banner.string("title", report);
        let text = banner.string("text", report);
        let date = banner.date("date", report);
        title.iter().chain(&text).for_each(|words| check_plain(words, report));
        Some(Banner { title: title?.value, text: text?.value, date: date?.value })
    });
    let translations = [Version::English, Version::Easy]
        .into_iter()
        .filter_map(|version| {
            let key = if version == Version::English { "en" } else { "easy" };
            Some((version, record.table(key, report, read_words)?))
        })
        .collect();
    let id = id?;
    Some(Site {
        id: id.value,
        place: id.place,
        level: level?.value,
        title: title?.value,
        label: label?.value,
        base_url,
        home: home?,
        report: report_page?,
        help,
        cards,
        banner,
        translations,
    })
}

fn read_words(record: &Record<'_>, report: &mut Report) -> Option<SiteWords> {
    let mut text = |key| record.optional_string(key, report);
    let (title, label) = (text("title"), text("label"));
    let (banner_title, banner_text) = (text("banner_title"), text("banner_text"));
    banner_title.iter().chain(&banner_text).for_each(|words| check_plain(words, report));
    let value = |text: Option<Located<String>>| text.map(|text| text.value);
    let (title, label) = (value(title), value(label));
    let (banner_title, banner_text) = (value(banner_title), value(banner_text));
    let help = record.strings("help", report).into_iter().map(|step| step.value).collect();
    Some(SiteWords { title, label, help, banner_title, banner_text })
}

/// One that cannot be used is told and kept: it is wrong, not missing.
fn read_base_url(record: &Record<'_>, report: &mut Report) -> Option<String> {
    let url = record.optional_string("base_url", report)?;
    let is_web = url.value.starts_with("https://") || url.value.starts_with("http://");
    if !is_web || !url.value.ends_with('/') || url.value.contains(['"', '<', ' ']) {
        report.push(
            error("base-url", url.place, format!("`base_url` の「{}」が使えません", url.value))
                .hint("`https://` か `http://` で始まり、`/` で終わるアドレスを書きます。"),
        );
    }
    Some(url.value)
}

fn read_card(record: &Record<'_>, report: &mut Report) -> Option<Card> {
    let page = record.parsed("page", "ページの id", report);
    let title = record.string("title", report);
    let text = record.string("text", report);
    let kind = record.optional_word("kind", report);
    Some(Card {
        page: page?,
        title: title?.value,
        text: text?.value,
        kind: kind.map_or(CardKind::Plain, |kind| kind.value),
    })
}
