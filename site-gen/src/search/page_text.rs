//! What a finished page shows its reader, by section.
//!
//! Read from the HTML that is published and not from its source, so that whatever a step or a
//! figure puts on a page can be found, and nothing else. Controls, contents lists and readings
//! above words are no text of the page; readings are kept apart, for the page is found by them.

use memchr::{memchr3, memmem};

use super::markup::{Tag, element, entity};

/// The text of one page, all of it in one piece: thousands of them are kept at once.
#[derive(Debug, Default)]
pub struct PageText {
    /// Its heading of the first level.
    pub title: String,
    /// What the sections say, one part after the other.
    said: Box<str>,
    /// Where the parts of each section end in `said`.
    ends: Box<[[u32; PARTS]]>,
}

/// Anchor, heading, text and readings.
const PARTS: usize = 4;

/// What stands under one heading; the first is what stands before any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Section<'p> {
    /// Its id; empty before the first heading.
    pub anchor: &'p str,
    /// Its heading.
    pub heading: &'p str,
    /// A line a block; a row of a table is one block.
    pub text: &'p str,
    /// Readings above words, a line each.
    pub readings: &'p str,
}

impl PageText {
    /// Its sections, in order.
    pub fn sections(&self) -> impl Iterator<Item = Section<'_>> {
        let mut from = 0;
        self.ends.iter().map(move |ends| {
            let [anchor, heading, text, readings] = ends.map(|end| {
                let part = &self.said[from..end as usize];
                from = end as usize;
                part
            });
            Section { anchor, heading, text, readings }
        })
    }

    /// All of it that a reader can ask for.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        let parts = self
            .sections()
            .flat_map(|Section { heading, text, readings, .. }| [heading, text, readings]);
        std::iter::once(self.title.as_str()).chain(parts)
    }

    /// How long all of it is that a reader sees.
    pub fn bytes(&self) -> usize {
        self.parts().map(str::len).sum()
    }
}

/// Reads the article of a page; a page without one has no text.
pub fn read(html: &str) -> PageText {
    Reader::default().page(html)
}

/// Reads one page after the other, with the same room to work in.
#[derive(Default)]
pub struct Reader {
    title: String,
    /// The finished sections, as [`PageText`] has them.
    said: String,
    ends: Vec<[u32; PARTS]>,
    section: Draft,
    /// Where running text goes.
    into: Into,
    /// Where it goes again after a reading.
    outer: Into,
    /// Whether each entry of a list of terms is a section: in the glossary.
    by_entry: bool,
    in_pre: bool,
}

/// The present section.
#[derive(Default)]
struct Draft {
    anchor: String,
    heading: String,
    text: String,
    readings: String,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Into {
    #[default]
    Text,
    Title,
    Heading,
    Reading,
}

impl Reader {
    /// Reads the article of a page, or of a part of one; what has none has no text.
    pub fn page(&mut self, html: &str) -> PageText {
        if let Some(start) = memmem::find(html.as_bytes(), b"<article") {
            self.read(&html[start..]);
        }
        self.finish()
    }

    fn read(&mut self, html: &str) {
        let bytes = html.as_bytes();
        let mut at = 0;
        while let Some(stop) = memchr3(b'<', b'&', b'\n', &bytes[at..]).map(|to| at + to) {
            self.plain(&html[at..stop]);
            at = match bytes[stop] {
                b'<' => {
                    let Some(tag) = Tag::read(&html[stop + 1..]) else { return };
                    if tag.name == b"/article" {
                        return;
                    }
                    let after = stop + 1 + tag.length();
                    if is_skipped(&tag, &html[after..]) {
                        after + element(tag.name, &bytes[after..])
                    } else {
                        self.tag(&tag);
                        after
                    }
                }
                b'&' => {
                    let (c, length) = entity(&html[stop..]);
                    self.running().push(c);
                    stop + length
                }
                _ => {
                    self.end_source_line();
                    stop + 1
                }
            };
        }
    }

    fn tag(&mut self, tag: &Tag<'_>) {
        match tag.name {
            // Of an entry the word alone is the heading.
            b"/dfn" if self.into == Into::Heading => self.into = Into::Text,
            b"a" | b"/a" | b"span" | b"/span" | b"strong" | b"/strong" | b"em" | b"/em"
            | b"code" | b"/code" | b"ruby" | b"/ruby" | b"time" | b"/time" | b"dfn" | b"/dfn"
            | b"b" | b"/b" | b"wbr" | b"sup" | b"/sup" | b"sub" | b"/sub" | b"small"
            | b"/small" | b"mark" | b"/mark" | b"del" | b"/del" | b"ins" | b"/ins" | b"samp"
            | b"/samp" | b"var" | b"/var" | b"abbr" | b"/abbr" | b"kbd" | b"/kbd" | b"input"
            | b"img" | b"label" | b"/label" | b"bdi" | b"/bdi" | b"cite" | b"/cite" | b"q"
            | b"/q" | b"i" | b"/i" | b"/rp" | b"output" | b"/output" => {}
            b"rt" => {
                end_line(&mut self.section.readings);
                self.outer = std::mem::replace(&mut self.into, Into::Reading);
            }
            b"/rt" => self.into = self.outer,
            // Cells of a row, and a word with what is said of it, are read in one line.
            b"td" | b"th" | b"dd" | b"tspan" => self.blank(),
            b"/td" | b"/th" | b"/dt" | b"/tspan" if self.into == Into::Text => self.blank(),
            b"h1" => self.into = Into::Title,
            b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => self.open_at(tag),
            b"dt" if self.by_entry => self.open_at(tag),
            b"/h1" | b"/h2" | b"/h3" | b"/h4" | b"/h5" | b"/h6" | b"/dt" => {
                if self.into == Into::Text {
                    self.end_block();
                }
                self.into = Into::Text;
            }
            name => {
                match name {
                    b"pre" => self.in_pre = true,
                    b"/pre" => self.in_pre = false,
                    b"div" if tag.inner() == b"div class=\"glossary\"" => self.by_entry = true,
                    _ => {}
                }
                self.end_block();
            }
        }
    }

    /// A section begins at what has an id.
    fn open_at(&mut self, tag: &Tag<'_>) {
        match tag.attribute("id") {
            Some(id) => self.open(id),
            None => self.end_block(),
        }
    }

    /// Begins the section under a heading.
    fn open(&mut self, id: &str) {
        self.close();
        self.section.anchor.push_str(id);
        self.into = Into::Heading;
    }

    /// Ends the present section; one without words is none.
    fn close(&mut self) {
        let Draft { anchor, heading, text, readings } = &mut self.section;
        let parts = [anchor.as_str(), heading.trim_end(), text.trim_end(), readings.trim_end()];
        if parts.iter().any(|part| !part.is_empty()) {
            self.ends.push(parts.map(|part| {
                self.said.push_str(part);
                u32::try_from(self.said.len()).unwrap_or(u32::MAX)
            }));
        }
        [anchor, heading, text, readings].into_iter().for_each(String::clear);
    }

    fn target(&mut self) -> &mut String {
        match self.into {
            Into::Text => &mut self.section.text,
            Into::Title => &mut self.title,
            Into::Heading => &mut self.section.heading,
            Into::Reading => &mut self.section.readings,
        }
    }

    /// Where the characters of the page go as they are.
    fn running(&mut self) -> &mut String {
        if self.in_pre { &mut self.section.text } else { self.target() }
    }

    /// A blank, unless a line begins here.
    fn blank(&mut self) {
        let target = self.target();
        if !is_at_start(target) {
            target.push(' ');
        }
    }

    fn end_block(&mut self) {
        if self.into == Into::Text {
            end_line(&mut self.section.text);
        } else {
            self.blank();
        }
    }

    /// Characters that stand for themselves.
    fn plain(&mut self, text: &str) {
        let keeps_blanks = self.in_pre;
        let target = self.running();
        let text = match is_at_start(target) && !keeps_blanks {
            true => text.trim_start_matches(' '),
            false => text,
        };
        target.push_str(text);
    }

    fn end_source_line(&mut self) {
        if self.in_pre { self.section.text.push('\n') } else { self.blank() }
    }

    /// What was read; the room is empty again.
    fn finish(&mut self) -> PageText {
        self.close();
        let page = PageText {
            title: self.title.trim_end().to_owned(),
            said: self.said.as_str().into(),
            ends: self.ends.as_slice().into(),
        };
        self.title.clear();
        self.said.clear();
        self.ends.clear();
        (self.into, self.outer) = (Into::Text, Into::Text);
        (self.in_pre, self.by_entry) = (false, false);
        page
    }
}

/// Whether a line begins here, or a blank stands before.
fn is_at_start(text: &str) -> bool {
    matches!(text.as_bytes().last(), None | Some(b' ' | b'\n'))
}

fn end_line(text: &mut String) {
    while text.as_bytes().last() == Some(&b' ') {
        text.pop();
    }
    if !is_at_start(text) {
        text.push('\n');
    }
}

/// Elements that are no text of the page: ways about, programs, controls, the mark of a term.
fn is_skipped(tag: &Tag<'_>, after: &str) -> bool {
    match tag.name {
        b"nav" | b"script" | b"style" | b"rp" | b"title" | b"desc" | b"button" => true,
        b"span" => tag.inner() == b"span aria-hidden=\"true\"" && after.starts_with('※'),
        b"a" => matches!(tag.attribute("class"), Some("heading-link" | "backlink")),
        b"div" => tag.inner() == b"div class=\"page-tools\"",
        b"sup" => tag.inner() == b"sup class=\"footnote-ref\"",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section<'p>(anchor: &'p str, heading: &'p str, text: &'p str) -> Section<'p> {
        Section { anchor, heading, text, readings: "" }
    }

    fn first(page: &PageText) -> Section<'_> {
        page.sections().next().unwrap()
    }

    fn article(inner: &str) -> PageText {
        read(&format!("<body><nav>案内</nav><article>{inner}</article><p>後</p></body>"))
    }

    #[test]
    fn sections_begin_at_headings_with_an_id() {
        let page = article(
            "<header><p>対策基準</p><h1>更新</h1><div class=\"page-tools\"><div><button>印刷</button>\
             </div><a>全体</a></div><dl><div><dt>所管</dt><dd>IT推進課</dd></div></dl>\
             </header><nav><ol><li>目次</li></ol></nav><p>前文\n続き</p>\n<h2 id=\"a\">\
             <span class=\"rule-number\">ルール1</span> すぐ <a class=\"heading-link\" \
             href=\"#a\">#</a></h2>\n<p>本文</p><h3>無印</h3><p>更に<br>次</p>\
             <script type=\"application/json\">{\"a\":\"</b>\"}</script><h2 id=\"b\">空</h2>",
        );
        assert_eq!(page.title, "更新");
        assert_eq!(
            page.sections().collect::<Vec<_>>(),
            [
                section("", "", "対策基準\n所管 IT推進課\n前文 続き"),
                section("a", "ルール1 すぐ", "本文\n無印\n更に\n次"),
                section("b", "空", ""),
            ]
        );
    }

    #[test]
    fn readings_marks_and_entities() {
        let page = article(
            "<h1>A&amp;B</h1><p><ruby>脆弱<rp>（</rp><rt>ぜいじゃく</rt><rp>）</rp></ruby>性と\
             <a class=\"term\" href=\"#t-m\">マルウェア<span aria-hidden=\"true\">※</span></a>\
             &lt;x&gt; &#x27;&#39; ※ 注</p>",
        );
        assert_eq!(page.title, "A&B");
        assert_eq!(first(&page).text, "脆弱性とマルウェア<x> '' ※ 注");
        assert_eq!(first(&page).readings, "ぜいじゃく");
    }

    #[test]
    fn a_row_of_a_table_is_one_line_and_code_keeps_its_lines() {
        let page = article(
            "<h1>表</h1><table><thead><tr><th>甲</th><th>乙</th></tr></thead><tbody><tr><td>一</td>\
             <td>二</td></tr></tbody></table><pre><code>a &amp; b\n  c\n</code></pre>",
        );
        assert_eq!(first(&page).text, "甲 乙\n一 二\na & b\n  c");
    }

    #[test]
    fn entries_of_the_glossary_are_sections() {
        let page = article(
            "<h1>用語集</h1><div class=\"glossary\"><h2 id=\"row-ma\">ま行</h2><dl><dt id=\"t-m\">\
             <dfn>マルウェア</dfn> <span>まるうぇあ</span></dt><dd>説明</dd></dl></div>",
        );
        assert_eq!(
            page.sections().collect::<Vec<_>>(),
            [section("row-ma", "ま行", ""), section("t-m", "マルウェア", "まるうぇあ 説明")]
        );
    }
}
