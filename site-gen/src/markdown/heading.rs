//! Headings: ASCII ids that stay, a link to copy, phrase breaks, and the outline of the page.
//!
//! `## 見出し {#id}`; `{#id alias=old}` keeps an earlier id as an anchor. A heading without an id
//! has the one that `ids.toml` records for its text.

use std::collections::HashSet;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::{Item, Node, Work, phrase};
use crate::diagnostic::error;
use crate::load::Version;
use crate::source::Place;

/// One heading of a text.
#[derive(Debug, Clone)]
pub struct Heading {
    /// 2 to 6.
    pub level: u8,
    /// The anchor; empty when none is written or recorded, which is an error.
    pub id: String,
    /// Whether the id stands in the text and not in the record.
    pub is_written: bool,
    /// Earlier ids that lead here.
    pub aliases: Vec<String>,
    /// Text without marks and readings.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

impl Heading {
    /// Whether `#fragment` leads here.
    pub fn answers_to(&self, fragment: &str) -> bool {
        self.id == fragment || self.aliases.iter().any(|alias| alias == fragment)
    }
}

/// Ids of the frame around a text.
const RESERVED: [&str; 2] = ["main", "search"];
/// Starts of ids that the generator gives.
const RESERVED_STARTS: [&str; 9] =
    ["t-", "r-", "fn-", "fnref-", "page-", "toc-", "help-", "row-", "banner-"];

/// Checks levels and ids, writes the anchors and fills the outline.
pub(super) fn anchor<'a>(items: Vec<Item<'a>>, work: &mut Work<'_>) -> Vec<Item<'a>> {
    let mut out = Vec::with_capacity(items.len() + 16);
    let mut seen = HashSet::new();
    let mut items = items.into_iter();
    while let Some(item) = items.next() {
        let Node::Event(Event::Start(Tag::Heading { level, id, classes, attrs })) = &item.node
        else {
            out.push(item);
            continue;
        };
        let level = *level;
        let place = work.place(&item.at);
        let mut inner: Vec<Item<'a>> = items
            .by_ref()
            .take_while(|next| !matches!(next.node, Node::Event(Event::End(TagEnd::Heading(_)))))
            .collect();
        trim_end(&mut inner);
        let text = text_of(&inner);
        if !classes.is_empty() {
            work.push(error(
                "heading-id",
                place,
                "見出しの `{…}` に書けるのは `#id` と `alias=古いid` だけです",
            ));
        }
        let aliases = read_aliases(attrs, place, work);
        let is_written = id.is_some();
        let id = match id {
            Some(id) => {
                check_id(id, place, work);
                id.to_string()
            }
            None => recorded_id(&text, place, work),
        };
        for id in std::iter::once(&id).chain(&aliases).filter(|id| !id.is_empty()) {
            if !seen.insert(id.clone()) {
                report_repeat(id, place, work);
            }
        }
        check_level(level, place, work);
        let heading = Heading { level: level as u8, id, is_written, aliases, text, place };
        write(&heading, inner, &item, work.origin.version, &mut out);
        work.body.outline.push(heading);
    }
    out
}

fn write<'a>(
    heading: &Heading,
    inner: Vec<Item<'a>>,
    item: &Item<'a>,
    version: Version,
    out: &mut Vec<Item<'a>>,
) {
    let html =
        |html: String| Item { node: Node::Event(Event::Html(html.into())), at: item.at.clone() };
    let (label, inner) = label_number(inner);
    let (breaks, name) = match version {
        Version::English => (Vec::new(), format!("Link to “{}”", heading.text)),
        Version::Original | Version::Easy => {
            (phrase::breaks(&text_of(&inner)), format!("「{}」へのリンク", heading.text))
        }
    };
    let class = if breaks.is_empty() { "" } else { " class=\"phrased\"" };
    let mut open = format!("<h{} id=\"{}\"{class}>", heading.level, heading.id);
    for alias in &heading.aliases {
        open.push_str(&format!("<span id=\"{alias}\"></span>"));
    }
    open.push_str(&label);
    out.push(html(open));
    break_phrases(inner, &breaks, out);
    out.push(html(format!(
        " <a class=\"heading-link\" href=\"#{}\" aria-label=\"{}\">#</a></h{}>\n",
        heading.id,
        super::html::escape(&name),
        heading.level
    )));
}

/// `ルール1　使い回さない`: the number of a rule becomes a label of its own.
fn label_number(mut inner: Vec<Item<'_>>) -> (String, Vec<Item<'_>>) {
    let Some(Item { node: Node::Event(Event::Text(text)), .. }) = inner.first_mut() else {
        return (String::new(), inner);
    };
    let Some((number, rest)) = text.split_once('　') else { return (String::new(), inner) };
    if !number.starts_with("ルール") && !number.starts_with('第') {
        return (String::new(), inner);
    }
    let label = format!("<span class=\"rule-number\">{}</span> ", super::html::escape(number));
    let rest = CowStr::from(rest.to_owned());
    *text = rest;
    (label, inner)
}

/// Puts `<wbr>` at `breaks`, bytes of the visible text; words under readings stay whole.
fn break_phrases<'a>(inner: Vec<Item<'a>>, breaks: &[usize], out: &mut Vec<Item<'a>>) {
    let mut at = 0;
    let mut breaks = breaks.iter().copied().peekable();
    for item in inner {
        let Some(text) = item.visible().map(ToOwned::to_owned) else {
            out.push(item);
            continue;
        };
        let end = at + text.len();
        let is_text = matches!(item.node, Node::Event(Event::Text(_)));
        let wbr =
            || Item { node: Node::Event(Event::InlineHtml("<wbr>".into())), at: item.at.clone() };
        let mut from = at;
        while let Some(position) = breaks.next_if(|&position| position < end) {
            if position == at {
                out.push(wbr());
            } else if is_text {
                let part = text[from - at..position - at].to_owned();
                out.push(Item { node: Node::Event(Event::Text(part.into())), at: item.at.clone() });
                out.push(wbr());
                from = position;
            }
        }
        if from == at {
            out.push(item);
        } else {
            let part = text[from - at..].to_owned();
            out.push(Item { node: Node::Event(Event::Text(part.into())), at: item.at.clone() });
        }
        at = end;
    }
}

/// A full-width space before `{#id}` stays in the text otherwise.
fn trim_end(inner: &mut [Item<'_>]) {
    if let Some(Item { node: Node::Event(Event::Text(text)), .. }) = inner.last_mut()
        && text.ends_with(char::is_whitespace)
    {
        let trimmed = text.trim_end().to_owned();
        *text = CowStr::from(trimmed);
    }
}

fn text_of(inner: &[Item<'_>]) -> String {
    inner.iter().filter_map(Item::visible).collect()
}

fn read_aliases(
    attrs: &[(CowStr<'_>, Option<CowStr<'_>>)],
    place: Place,
    work: &mut Work<'_>,
) -> Vec<String> {
    let mut aliases = Vec::new();
    for (name, value) in attrs {
        match value {
            Some(old) if &**name == "alias" && is_id(old) => aliases.push(old.to_string()),
            _ => work.push(
                error(
                    "heading-id",
                    place,
                    format!("見出しの `{{…}}` の中の `{name}` が使えません"),
                )
                .hint("前の id を残すときは `{#新しいid alias=古いid}` のように書きます。"),
            ),
        }
    }
    aliases
}

fn check_id(id: &str, place: Place, work: &mut Work<'_>) {
    if !is_id(id) {
        work.push(
            error("heading-id", place, format!("見出しの id「{id}」が使えません"))
                .hint("英小文字、数字、`-` だけで付けます。"),
        );
    } else if RESERVED.contains(&id) || RESERVED_STARTS.iter().any(|start| id.starts_with(start)) {
        work.push(
            error("heading-id", place, format!("見出しの id「{id}」はページの枠が使います"))
                .hint("別の id を付けます。"),
        );
    }
}

fn is_id(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn recorded_id(text: &str, place: Place, work: &mut Work<'_>) -> String {
    if work.origin.term.is_some() {
        work.push(
            error("heading-level", place, "用語の説明に見出しは書けません")
                .hint("段落か箇条書きにします。"),
        );
        return String::new();
    }
    let recorded = work.dialect.ids.assigned(&work.origin.address(), text);
    if let Some(id) = recorded {
        return id.to_owned();
    }
    work.push(
        error("heading-id", place, format!("見出し「{text}」に id がありません")).hint(
            "`## 見出し {#id}` のように、英小文字、数字、`-` の id を付けます。`site-gen ids` を実行すると、ids.toml に仮の id が記録されます。",
        ),
    );
    String::new()
}

fn report_repeat(id: &str, place: Place, work: &mut Work<'_>) {
    let known = |heading: &&Heading| heading.answers_to(id);
    let other = work.body.outline.iter().find(known).map_or(place, |heading| heading.place);
    work.push(
        error("duplicate-id", place, format!("見出しの id「{id}」が二度出てきます"))
            .with("先の見出し", other),
    );
}

fn check_level(level: HeadingLevel, place: Place, work: &mut Work<'_>) {
    let level = level as u8;
    let previous = work.body.outline.last().map_or(1, |heading| heading.level);
    if level == 1 {
        work.push(
            error(
                "heading-level",
                place,
                "本文に `#` の見出しは書けません（題名がそれに当たります）",
            )
            .hint("`##` から始めます。"),
        );
    } else if level > previous + 1 {
        work.push(
            error("heading-level", place, "見出しの段階が飛んでいます")
                .hint(format!("`{}` にします。", "#".repeat(usize::from(previous) + 1))),
        );
    }
}
