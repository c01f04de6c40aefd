//! The last step: events to HTML, cut where figures stand, and the visible text of definitions.

use pulldown_cmark::{Event, Tag};

use super::{Body, Items, Node, Segment};

/// Escapes text for HTML.
pub(super) fn escape(text: &str) -> String {
    maud::Render::render(&text).into_string()
}

/// Writes all items into `body`; the visible text as well when somebody will read it.
pub(super) fn write(items: &mut Items<'_>, needs_text: bool, body: &mut Body) {
    let mut html = String::with_capacity(items.len() * 32);
    let mut items = items.list().drain(..);
    loop {
        let mut figure = None;
        // Everything up to the next figure.
        let run = items.by_ref().map_while(|item| match item.node {
            Node::Event(event) => {
                if needs_text {
                    push_text(&event, &mut body.text);
                }
                Some(event)
            }
            Node::Ruby { base, reading } => {
                if needs_text {
                    body.text.push_str(&base);
                }
                Some(Event::InlineHtml(ruby(&base, &reading).into()))
            }
            Node::Phrased { text, html } => {
                if needs_text {
                    body.text.push_str(&text);
                }
                Some(Event::InlineHtml(html.into()))
            }
            Node::Figure(one) => {
                figure = Some(one);
                None
            }
        });
        pulldown_cmark::html::push_html(&mut html, run);
        if !html.is_empty() {
            // No longer than it is: thousands of these are kept at once.
            body.segments.push(Segment::Html(html.as_str().to_owned()));
            html.clear();
        }
        match figure {
            Some(figure) => body.segments.push(Segment::Figure(figure)),
            None => return,
        }
    }
}

/// One reading for the whole word; brackets for those whose browser cannot set it above.
fn ruby(base: &str, reading: &str) -> String {
    format!("<ruby>{}<rp>（</rp><rt>{}</rt><rp>）</rp></ruby>", escape(base), escape(reading))
}

fn push_text(event: &Event<'_>, text: &mut String) {
    match event {
        Event::Text(part) | Event::Code(part) => text.push_str(part),
        Event::SoftBreak => text.push(' '),
        Event::HardBreak | Event::End(_) => end_line(text),
        Event::Start(Tag::Item | Tag::Paragraph) => end_line(text),
        _ => {}
    }
}

fn end_line(text: &mut String) {
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}
