//! What a finished page shows its reader, by section.
//!
//! Read from the HTML that is published and not from its source, so that whatever a step or a
//! figure puts on a page can be found, and nothing else. Controls, contents lists and readings
//! above words are no text of the page; readings are kept apart, for the page is found by them.

use memchr::{memchr, memchr2, memmem};

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

    /// How long all of it is that a reader sees.
    pub fn bytes(&self) -> usize {
        let shown = self.sections().map(|Section { heading, text, readings, .. }| {
            heading.len() + text.len() + readings.len()
        });
        self.title.len() + shown.sum::<usize>()
    }
}

/// Stands on the page of the glossary.
const GLOSSARY: &[u8] = b"class=\"glossary\"";

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
    /// Whether each entry of a list of terms is a section: on the page of the glossary.
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
    /// Reads the article of a page; a page without one has no text.
    pub fn page(&mut self, html: &str) -> PageText {
        if let Some(start) = memmem::find(html.as_bytes(), b"<article") {
            let end = memmem::find(&html.as_bytes()[start..], b"</article>");
            let end = end.map_or(html.len(), |end| start + end);
            self.by_entry = memmem::find(&html.as_bytes()[start..end], GLOSSARY).is_some();
            self.read(&html[start..end]);
        }
        self.finish()
    }

    fn read(&mut self, html: &str) {
        let mut rest = html;
        while let Some(open) = memchr(b'<', rest.as_bytes()) {
            self.text(&rest[..open]);
            let Some(close) = memchr(b'>', &rest.as_bytes()[open..]) else { return };
            let tag = &rest[open + 1..open + close];
            rest = &rest[open + close + 1..];
            if is_skipped(tag, rest) {
                rest = after_element(name_of(tag), rest);
            } else {
                self.tag(tag);
            }
        }
    }

    fn tag(&mut self, tag: &str) {
        match name_of(tag) {
            // Of an entry the word alone is the heading.
            "/dfn" if self.into == Into::Heading => self.into = Into::Text,
            "a" | "/a" | "span" | "/span" | "strong" | "/strong" | "em" | "/em" | "code"
            | "/code" | "ruby" | "/ruby" | "time" | "/time" | "dfn" | "/dfn" | "b" | "/b"
            | "wbr" | "sup" | "/sup" | "sub" | "/sub" | "small" | "/small" | "mark" | "/mark"
            | "del" | "/del" | "ins" | "/ins" | "samp" | "/samp" | "var" | "/var" | "abbr"
            | "/abbr" | "kbd" | "/kbd" | "input" | "img" | "label" | "/label" | "bdi" | "/bdi"
            | "cite" | "/cite" | "q" | "/q" | "i" | "/i" | "/rp" | "output" | "/output" => {}
            "rt" => {
                end_line(&mut self.section.readings);
                self.outer = std::mem::replace(&mut self.into, Into::Reading);
            }
            "/rt" => self.into = self.outer,
            // Cells of a row, and a word with what is said of it, are read in one line.
            "td" | "th" | "dd" | "tspan" => self.blank(),
            "/td" | "/th" | "/dt" | "/tspan" if self.into == Into::Text => self.blank(),
            "h1" => self.into = Into::Title,
            "h2" | "h3" | "h4" | "h5" | "h6" => match attribute(tag, "id") {
                Some(id) => self.open(id),
                None => self.end_block(),
            },
            "dt" if self.by_entry => match attribute(tag, "id") {
                Some(id) => self.open(id),
                None => self.end_block(),
            },
            "/h1" | "/h2" | "/h3" | "/h4" | "/h5" | "/h6" | "/dt" => {
                if self.into == Into::Text {
                    self.end_block();
                }
                self.into = Into::Text;
            }
            name => {
                match name {
                    "pre" => self.in_pre = true,
                    "/pre" => self.in_pre = false,
                    _ => {}
                }
                self.end_block();
            }
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

    /// A blank, unless a line begins here.
    fn blank(&mut self) {
        let target = self.target();
        if !target.is_empty() && !target.ends_with([' ', '\n']) {
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

    fn text(&mut self, mut raw: &str) {
        if self.in_pre {
            return self.pre(raw);
        }
        while !raw.is_empty() {
            let stop = memchr2(b'&', b'\n', raw.as_bytes()).unwrap_or(raw.len());
            let plain = &raw[..stop];
            let target = self.target();
            if target.is_empty() || target.ends_with(['\n', ' ']) {
                target.push_str(plain.trim_start_matches(' '));
            } else {
                target.push_str(plain);
            }
            raw = &raw[stop..];
            if raw.starts_with('\n') {
                self.blank();
                raw = &raw[1..];
            } else if let Some((c, length)) = entity(raw) {
                self.target().push(c);
                raw = &raw[length..];
            }
        }
    }

    fn pre(&mut self, mut raw: &str) {
        while let Some(at) = raw.find('&') {
            self.section.text.push_str(&raw[..at]);
            let Some((c, length)) = entity(&raw[at..]) else { return };
            self.section.text.push(c);
            raw = &raw[at + length..];
        }
        self.section.text.push_str(raw);
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
        (self.into, self.outer, self.in_pre) = (Into::Text, Into::Text, false);
        page
    }
}

fn end_line(text: &mut String) {
    text.truncate(text.trim_end_matches(' ').len());
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

/// `h2` of `h2 id="a"`, `/h2` of `/h2`.
fn name_of(tag: &str) -> &str {
    let end = tag.bytes().position(|b| b == b' ' || b == b'\n').unwrap_or(tag.len());
    tag[..end].trim_end_matches('/')
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let at = tag.find(name)?;
    let value = tag[at + name.len()..].strip_prefix("=\"")?;
    (tag.as_bytes()[at.checked_sub(1)?] == b' ').then(|| value.split('"').next())?
}

/// Elements that are no text of the page: ways about, programs, controls, the mark of a term.
fn is_skipped(tag: &str, after: &str) -> bool {
    match name_of(tag) {
        "nav" | "script" | "style" | "rp" | "title" | "desc" | "button" => true,
        "span" => tag == "span aria-hidden=\"true\"" && after.starts_with('※'),
        "a" => tag.contains("class=\"heading-link\"") || tag.contains("class=\"backlink\""),
        "div" => tag == "div class=\"page-tools\"",
        "sup" => tag == "sup class=\"footnote-ref\"",
        _ => false,
    }
}

/// What follows the end of an element whose start tag has just been read.
fn after_element<'h>(name: &str, html: &'h str) -> &'h str {
    let mut rest = html;
    let mut depth = 1;
    while depth > 0 {
        let Some(at) = rest.find('<') else { return "" };
        let Some(end) = rest[at..].find('>') else { return "" };
        let tag = name_of(&rest[at + 1..at + end]);
        if tag == name {
            depth += 1;
        } else if tag.strip_prefix('/') == Some(name) {
            depth -= 1;
        }
        rest = &rest[at + end + 1..];
    }
    rest
}

/// The character an entity at the start of `text` stands for, and the bytes it takes. Whatever
/// else begins with `&` is itself.
fn entity(text: &str) -> Option<(char, usize)> {
    const NAMED: [(&str, char); 5] =
        [("&amp;", '&'), ("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&nbsp;", ' ')];
    if let Some((name, c)) = NAMED.iter().find(|(name, _)| text.starts_with(name)) {
        return Some((*c, name.len()));
    }
    let numeric = || {
        let (number, _) = text.strip_prefix("&#")?.split_once(';')?;
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        Some((char::from_u32(code)?, number.len() + 3))
    };
    numeric().or_else(|| text.starts_with('&').then_some(('&', 1)))
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
