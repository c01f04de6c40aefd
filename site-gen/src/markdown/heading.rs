//! Headings: ASCII ids that stay, a link to copy, phrase breaks, and the outline of the page.
//!
//! `## 見出し {#id}`; `{#id alias=old}` keeps an earlier id as an anchor. A heading without an id
//! has the one that `ids.toml` records for its text.

use std::borrow::Cow;
use std::collections::HashSet;
use std::iter::once;

use foldhash::fast::RandomState;
use pulldown_cmark::html::push_html;
use pulldown_cmark::{CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::html::escape;
use super::items::piece;
use super::{Item, Items, Node, Work, phrase};
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
pub(super) fn anchor(items: &mut Items<'_>, work: &mut Work<'_>) {
    let mut seen: HashSet<CowStr<'_>, RandomState> = HashSet::default();
    let mut breaks = Vec::new();
    for start in 0..items.len() {
        let Node::Event(Event::Start(Tag::Heading { level, id, classes, attrs })) =
            &mut items[start].node
        else {
            continue;
        };
        let (level, id, attrs) = (*level, id.take(), std::mem::take(attrs));
        let has_classes = !classes.is_empty();
        let at = items[start].at.clone();
        let place = work.place(&at);
        let end = start + items[start..].iter().take_while(|item| !is_end(item)).count();
        let inner = &mut items[start + 1..end];
        trim_end(inner);
        let text = text_of(inner).into_owned();
        if has_classes {
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
                check_id(&id, place, work);
                id
            }
            None => match full_width_id(work.written(&at)) {
                Some(id) => {
                    let id = id.to_owned();
                    report_full_width(&id, place, work);
                    id.into()
                }
                None => recorded_id(&text, place, work).into(),
            },
        };
        for id in once(&id).chain(&aliases).filter(|id| !id.is_empty()) {
            if !seen.insert(id.clone()) {
                report_repeat(id, place, work);
            }
        }
        check_level(level, place, work);
        let aliases = aliases.iter().map(ToString::to_string).collect();
        let id = id.to_string();
        let heading = Heading { level: level as u8, id, is_written, aliases, text, place };
        let [open, close] = write(&heading, inner, start + 1, work.origin.version, &mut breaks);
        items[start].node = Node::Event(Event::Html(open.into()));
        if let Some(item) = items.get_mut(end) {
            item.node = Node::Event(Event::Html(close.into()));
        }
        work.body.outline.push(heading);
    }
    if breaks.is_empty() {
        return;
    }
    let mut breaks = breaks.into_iter().peekable();
    items.rewrite(|index, item, out| {
        if breaks.next_if_eq(&index).is_some() {
            let node = Node::Event(Event::InlineHtml("<wbr>".into()));
            out.push(Item { node, at: item.at.clone() });
        }
        out.push(item);
    });
}

fn is_end(item: &Item<'_>) -> bool {
    matches!(item.node, Node::Event(Event::End(TagEnd::Heading(_))))
}

/// What stands before and after the words of a heading, which get their breaks; those that need an
/// event of their own go to `breaks`. `first` is the position of the first event inside.
fn write(
    heading: &Heading,
    inner: &mut [Item<'_>],
    first: usize,
    version: Version,
    breaks: &mut Vec<usize>,
) -> [String; 2] {
    let label = label_number(inner);
    let (phrases, name) = match version {
        Version::English => (Vec::new(), ["Link to “", &heading.text, "”"].concat()),
        Version::Original | Version::Easy => {
            (phrase::breaks(&text_of(inner)), ["「", &heading.text, "」へのリンク"].concat())
        }
    };
    break_phrases(inner, &phrases, |index| breaks.push(first + index));
    let level = heading.level.to_string();
    let class = if phrases.is_empty() { "\">" } else { "\" class=\"phrased\">" };
    let mut open = ["<h", &level, " id=\"", &heading.id, class].concat();
    for alias in &heading.aliases {
        open.push_str(&format!("<span id=\"{alias}\"></span>"));
    }
    open.push_str(&label);
    let close = [
        " <a class=\"heading-link\" href=\"#",
        &heading.id,
        "\" aria-label=\"",
        &escape(&name),
        "\">#</a></h",
        &level,
        ">\n",
    ];
    [open, close.concat()]
}

/// `ルール1　使い回さない`: the number of a rule becomes a label of its own.
fn label_number(inner: &mut [Item<'_>]) -> String {
    let Some(Item { node: Node::Event(Event::Text(text)), .. }) = inner.first_mut() else {
        return String::new();
    };
    let Some((number, rest)) = text.split_once('　') else { return String::new() };
    if !number.starts_with("ルール") && !number.starts_with('第') {
        return String::new();
    }
    let label = format!("<span class=\"rule-number\">{}</span> ", escape(number));
    *text = piece(text, text.len() - rest.len()..text.len());
    label
}

/// Puts a `<wbr>` at each of `breaks`, bytes of the visible text; words under readings and code
/// stay whole, and one before them goes to `before`, as positions of events. A text alternative is
/// no place for tags.
fn break_phrases(inner: &mut [Item<'_>], breaks: &[usize], mut before: impl FnMut(usize)) {
    let mut breaks = breaks.iter().copied().peekable();
    let mut end = 0;
    let mut in_image = false;
    for (index, item) in inner.iter_mut().enumerate() {
        match &item.node {
            Node::Event(Event::Start(Tag::Image { .. })) => in_image = true,
            Node::Event(Event::End(TagEnd::Image)) => in_image = false,
            _ => {}
        }
        let Some(text) = item.words() else { continue };
        let start = end;
        end += text.len();
        let inside: Vec<usize> = std::iter::from_fn(|| breaks.next_if(|&at| at < end)).collect();
        match &mut item.node {
            _ if inside.is_empty() || in_image => {}
            Node::Event(Event::Text(text)) => {
                let html = with_breaks(text, inside.iter().map(|at| at - start));
                let text = text.clone();
                item.node = Node::Phrased { text, html };
            }
            _ if inside[0] == start => before(index),
            _ => {}
        }
    }
}

/// A text as HTML with a `<wbr>` at each of `breaks`.
fn with_breaks(text: &CowStr<'_>, breaks: impl Iterator<Item = usize>) -> String {
    let mut html = String::with_capacity(text.len() + 32);
    let mut copied = 0;
    for at in breaks {
        push_html(&mut html, once(Event::Text(piece(text, copied..at))));
        html.push_str("<wbr>");
        copied = at;
    }
    push_html(&mut html, once(Event::Text(piece(text, copied..text.len()))));
    html
}

/// A full-width space before `{#id}` stays in the text otherwise.
fn trim_end(inner: &mut [Item<'_>]) {
    if let Some(Item { node: Node::Event(Event::Text(text)), .. }) = inner.last_mut()
        && text.ends_with(char::is_whitespace)
    {
        *text = piece(text, 0..text.trim_end().len());
    }
}

/// The visible text of some events.
pub(super) fn text_of<'i>(items: &'i [Item<'_>]) -> Cow<'i, str> {
    let mut texts = items.iter().filter_map(Item::visible);
    let first = texts.next().unwrap_or_default();
    texts.fold(Cow::Borrowed(first), |text, more| text + more)
}

fn read_aliases<'a>(
    attrs: Vec<(CowStr<'a>, Option<CowStr<'a>>)>,
    place: Place,
    work: &mut Work<'_>,
) -> Vec<CowStr<'a>> {
    let mut aliases = Vec::new();
    for (name, value) in attrs {
        match value {
            Some(old) if &*name == "alias" && is_id(&old) => aliases.push(old),
            // Told as the id it was meant for.
            None if name.starts_with('＃') => {}
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

/// The id in `｛#id｝` or `{＃id}`, which is text to the parser.
fn full_width_id(heading: &str) -> Option<&str> {
    let start = heading.rfind(['{', '｛'])?;
    let inside = heading[start..].trim_start_matches(['{', '｛']).strip_prefix(['#', '＃'])?;
    let id = inside.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next()?;
    (!id.is_empty()).then_some(id)
}

fn report_full_width(id: &str, place: Place, work: &mut Work<'_>) {
    work.push(
        error(
            "heading-id",
            place,
            format!("見出しの id「{id}」が、全角の印のため文字になっています"),
        )
        .hint(format!("半角で `{{#{id}}}` と書きます。")),
    );
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
