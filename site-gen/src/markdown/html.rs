//! The last step: events to HTML, cut where figures stand, and the visible text of definitions.

use pulldown_cmark::{Event, Tag};

use super::{Body, Item, Node, Segment};

/// Escapes text for HTML.
pub(super) fn escape(text: &str) -> String {
    maud::Render::render(&text).into_string()
}

/// Writes all items into `body`; the visible text as well when somebody will read it.
pub(super) fn write(items: Vec<Item<'_>>, needs_text: bool, body: &mut Body) {
    let mut run: Vec<Event<'_>> = Vec::new();
    for item in items {
        match item.node {
            Node::Event(event) => {
                if needs_text {
                    push_text(&event, &mut body.text);
                }
                run.push(event);
            }
            Node::Ruby { base, reading } => {
                if needs_text {
                    body.text.push_str(&base);
                }
                run.push(Event::InlineHtml(ruby(&base, &reading).into()));
            }
            Node::Figure(figure) => {
                flush(&mut run, &mut body.segments);
                body.segments.push(Segment::Figure(figure));
            }
        }
    }
    flush(&mut run, &mut body.segments);
}

fn flush(run: &mut Vec<Event<'_>>, segments: &mut Vec<Segment>) {
    if run.is_empty() {
        return;
    }
    let mut html = String::with_capacity(run.len() * 32);
    pulldown_cmark::html::push_html(&mut html, run.drain(..));
    segments.push(Segment::Html(html));
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
