//! 「全体を印刷」: every rule of a site on one page, in order, with one glossary at the end.
//!
//! Browsers cannot print the number of the page a link leads to, so chapters are numbered and the
//! glossary refers to their numbers.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};

use super::figures;
use super::kana::term_key;
use super::layout::{self, Frame, raw};
use super::page::date;
use super::rebase::{Rebase, resolve};
use super::view::View;
use crate::check::{WHOLE_PAGE, page_text_hash};
use crate::load::page::Layer;
use crate::load::{Page, Version};
use crate::markdown::{Segment, relative_href};

/// Output path.
pub(super) const FILE: &str = "print.html";

/// The rules of a site in the order of the book: by layer, the policy's folder first, then as in
/// the navigation.
fn chapters(view: &View<'_>) -> Vec<usize> {
    let mut chapters: Vec<usize> =
        view.pages().iter().copied().filter(|&page| view.page(page).layer.is_rule()).collect();
    // What stands beside the basic policy comes before what stands elsewhere.
    let policy = chapters.iter().find(|&&page| view.page(page).layer == Layer::BasicPolicy);
    let folder = policy.map(|&page| view.page(page).folder().to_owned());
    chapters.sort_by_key(|&page| {
        let page = view.page(page);
        (rank(page.layer), folder.as_deref() != Some(page.folder()))
    });
    chapters
}

fn rank(layer: Layer) -> u8 {
    match layer {
        Layer::BasicPolicy => 0,
        Layer::Standard => 1,
        Layer::Procedure => 2,
        Layer::Guide => 3,
    }
}

/// The page; `None` when there are no rules, or so many that no browser would print them.
pub(super) fn render(view: &View<'_>) -> Option<String> {
    if !view.has_whole() {
        return None;
    }
    let chapters = chapters(view);
    let title = format!("{} 決まりの全体", view.content().config.org_name);
    let book = Book { view, chapters: &chapters, anchors: anchors(view, &chapters) };
    let main = html! {
        article.whole {
            header.page-header {
                h1 { (title) }
                p.page-header__summary {
                    "基本方針、対策基準、実施手順を、順に一つにまとめたページです。印刷してお使いください。"
                }
                div.page-tools { button.button.button--primary type="button" data-print hidden { "全体を印刷する" } }
            }
            (book.contents())
            @for number in 1..=chapters.len() { (book.chapter(number)) }
            (book.glossary())
        }
    };
    let frame = Frame {
        page: None,
        address: WHOLE_PAGE,
        version: Version::Original,
        title: &title,
        summary: "基本方針、対策基準、実施手順のすべてを一つにまとめた、印刷のためのページ。",
        runs_wasm: false,
        scripts: Vec::new(),
        main: &main,
    };
    Some(layout::page(view, &frame))
}

fn anchors<'a>(view: &View<'a>, chapters: &[usize]) -> BTreeMap<&'a str, String> {
    chapters
        .iter()
        .map(|&page| view.page(page).id.as_str())
        .map(|id| (id, id.replace('/', "_")))
        .collect()
}

struct Book<'v, 'a> {
    view: &'v View<'a>,
    chapters: &'v [usize],
    /// By page id.
    anchors: BTreeMap<&'a str, String>,
}

impl Book<'_, '_> {
    fn page(&self, number: usize) -> &Page {
        self.view.page(self.chapters[number - 1])
    }

    fn contents(&self) -> Markup {
        html! {
            nav.whole__contents aria-labelledby="whole-contents" {
                h2 #whole-contents { "目次" }
                ol {
                    @for number in 1..=self.chapters.len() {
                        @let page = self.page(number);
                        li {
                            a href={ "#" (self.anchors[page.id.as_str()]) } { (page.title.value) }
                            "（" (page.layer.as_str()) "）"
                        }
                    }
                }
            }
        }
    }

    fn chapter(&self, number: usize) -> Markup {
        let page = self.page(number);
        let anchor = &self.anchors[page.id.as_str()];
        let text = page_text_hash(page, self.view.sources).to_string();
        html! {
            section.whole__chapter aria-labelledby=(anchor) {
                h2 #(anchor) { span.rule-number { (number) } " " (page.title.value) }
                p.whole__facts {
                    (page.layer.as_str()) "／所管：" (page.owner.value)
                    @if let Some(approver) = &page.approver { "／決裁：" (approver) }
                    @if let Some(day) = page.established { "／制定：" (date(day)) }
                    @if let Some(day) = page.last_revised() { "／最終改定：" (date(day)) }
                    "／本文の版：" (text[..8])
                }
                div.prose { (raw(&self.text(number, anchor))) }
            }
        }
    }

    /// The text of a chapter in its new place.
    fn text(&self, number: usize, anchor: &str) -> String {
        let index = self.chapters[number - 1];
        let id = self.page(number).id.as_str();
        let address = |path: &str| self.address(id, path);
        let rebase = Rebase { prefix: anchor, address: &address };
        self.view.checked.bodies[index]
            .segments
            .iter()
            .map(|segment| match segment {
                Segment::Html(html) => rebase.html(html),
                Segment::Figure(used) => {
                    rebase.html(&figures::render(self.view, index, used.figure).into_string())
                }
            })
            .collect()
    }

    /// An address written on the page `from`: within the book if it leads there.
    fn address(&self, from: &str, path: &str) -> String {
        let (file, fragment) = path.split_once('#').map_or((path, None), |(a, b)| (a, Some(b)));
        let target = resolve(from, file);
        let anchor = target.strip_suffix(".html").and_then(|id| self.anchors.get(id));
        match (anchor, fragment) {
            (Some(_), Some(term)) if term.starts_with("t-") => format!("#{term}"),
            (Some(anchor), Some(fragment)) => format!("#{anchor}__{fragment}"),
            (Some(anchor), None) => format!("#{anchor}"),
            (None, fragment) => {
                let mut href = relative_href(WHOLE_PAGE, &target);
                if let Some(fragment) = fragment {
                    href.push('#');
                    href.push_str(fragment);
                }
                href
            }
        }
    }

    /// The terms of all chapters, with the numbers of the chapters that use them.
    fn glossary(&self) -> Markup {
        let mut used: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (at, &page) in self.chapters.iter().enumerate() {
            for term in &self.view.checked.bodies[page].terms {
                used.entry(term.term).or_default().insert(at + 1);
            }
        }
        if used.is_empty() {
            return html! {};
        }
        let glossary = &self.view.content().glossary;
        let mut terms: Vec<(usize, BTreeSet<usize>)> = used.into_iter().collect();
        terms.sort_by_cached_key(|(term, _)| {
            term_key(&glossary[*term].term.value, &glossary[*term].reading.value)
        });
        html! {
            section.page-terms.whole__glossary role="doc-glossary" aria-labelledby="whole-glossary" {
                h2 #whole-glossary { "用語集" }
                p { "※印の語の短い説明です。数字は、その語を使っている決まりの番号です。" }
                dl {
                    @for (term, chapters) in terms {
                        @let term = &glossary[term];
                        dt #{ "t-" (term.id) } { dfn { (term.term.value) } "（" (term.reading.value) "）" }
                        dd {
                            (term.short.value) "［"
                            @for (position, &number) in chapters.iter().enumerate() {
                                @if position > 0 { "、" }
                                span.whole__reference {
                                    a href={ "#" (self.anchors[self.page(number).id.as_str()]) } {
                                        (number) span.visually-hidden { "「" (self.page(number).title.value) "」" }
                                    }
                                }
                            }
                            "］"
                        }
                    }
                }
            }
        }
    }
}
