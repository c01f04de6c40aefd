//! The parts screens are made of.
//!
//! Not by `html!`: it writes the building of every element out in full, about a quarter of a
//! kilobyte each time, and over this many screens that alone would break the budget of the page
//! (DESIGN.md §13). Here an element is a call.

use selfcheck::id::PageId;
use yew::virtual_dom::{AttributeOrProperty, Attributes, Key, VTag, VText};
use yew::{AttrValue, Html};

use super::HEADING;
use super::context::{Context, On};
use crate::texts::fill;

pub const PRIMARY: &str = "button button--primary";
pub const SECONDARY: &str = "button button--secondary";
pub const QUIET: &str = "button button--quiet";
pub const DANGER: &str = "button button--danger";

/// Text.
pub fn text(words: impl Into<AttrValue>) -> Html {
    VText::new(words.into()).into()
}

/// Nothing.
pub fn nothing() -> Html {
    Html::default()
}

/// An element; an empty class is left out.
pub fn el(tag: &'static str, class: &'static str, children: Vec<Html>) -> Html {
    if class.is_empty() {
        return with(tag, &[], &[], children);
    }
    with(tag, &["class"], &[class], children)
}

/// An element with attributes.
pub fn with(
    tag: &'static str,
    keys: &'static [&'static str],
    values: &[&str],
    children: Vec<Html>,
) -> Html {
    let mut element = tag_with(tag, keys, values);
    element.add_children(children);
    element.into()
}

fn tag_with(tag: &'static str, keys: &'static [&'static str], values: &[&str]) -> VTag {
    let mut element = VTag::new(tag);
    let owned = |value: &&str| AttrValue::from((*value).to_owned());
    let values = values.iter().map(|value| Some(AttributeOrProperty::Attribute(owned(value))));
    element.set_attributes(Attributes::Dynamic { keys, values: values.collect() });
    element
}

/// An element that is made anew whenever `key` changes: page translators put their own nodes in the
/// place of text, and what is written into the old text is then seen by nobody.
pub fn anew(tag: &'static str, key: &str, child: Html) -> Html {
    let mut element = VTag::new(tag);
    element.key = Some(Key::from(key));
    element.add_child(child);
    element.into()
}

/// Words that change while the place they stand in stays; nothing when there are none.
pub fn said(words: &str) -> Html {
    if words.is_empty() {
        return nothing();
    }
    anew("span", words, text(words.to_owned()))
}

/// A paragraph.
pub fn p(class: &'static str, words: impl Into<AttrValue>) -> Html {
    el("p", class, vec![text(words)])
}

/// An element with nothing but words.
pub fn words(tag: &'static str, class: &'static str, words: impl Into<AttrValue>) -> Html {
    el(tag, class, vec![text(words)])
}

/// Words of the question set, which are Japanese on the English page too.
pub fn asked(tag: &'static str, class: &'static str, words: impl Into<AttrValue>) -> Html {
    with(tag, &["class", "lang"], &[class, "ja"], vec![text(words)])
}

/// The heading of a screen.
pub fn heading(words: impl Into<AttrValue>) -> Html {
    let values = ["self-check__heading", HEADING, "-1"];
    with("h2", &["class", "id", "tabindex"], &values, vec![text(words)])
}

/// A section named by the element with the id `heading`.
pub fn section(class: &'static str, heading: &str, children: Vec<Html>) -> Html {
    with("section", &["class", "aria-labelledby"], &[class, heading], children)
}

/// A heading below that of the screen; names a section.
pub fn subheading(id: &str, words: impl Into<AttrValue>) -> Html {
    with("h3", &["id"], &[id], vec![text(words)])
}

/// Something to take notice of.
pub fn note(words: impl Into<AttrValue>) -> Html {
    p("self-check__note", words)
}

/// Something to be careful about.
pub fn warning(words: impl Into<AttrValue>) -> Html {
    p("self-check__note self-check__note--warning", words)
}

/// A short mark beside something.
pub fn badge(class: &'static str, words: &'static str) -> Html {
    el("span", class, vec![text(words)])
}

/// A button.
pub fn button(class: &'static str, words: &'static str, on: On) -> Html {
    button_for(class, words, "", on)
}

/// A button whose spoken name begins with its words and says more.
pub fn button_for(class: &'static str, label: &'static str, about: &str, on: On) -> Html {
    let mut element = tag_with("button", &["type", "class"], &["button", class]);
    element.add_child(text(label));
    if !about.is_empty() {
        element.add_child(words("span", "visually-hidden", fill("：{}", &[about])));
    }
    element.add_listener(on);
    element.into()
}

/// The button that sends its form.
pub fn submit(label: &'static str) -> Html {
    let values = ["submit", PRIMARY];
    let button = with("button", &["type", "class"], &values, vec![text(label)]);
    el("div", "self-check__buttons", vec![button])
}

/// A form named by the element with the id `heading`. Enter sends it too.
pub fn form(class: &'static str, heading: &str, on: On, children: Vec<Html>) -> Html {
    let keys = &["class", "aria-labelledby", "autocomplete", "novalidate"];
    let mut element = tag_with("form", keys, &[class, heading, "off", ""]);
    element.add_children(children);
    element.add_listener(on);
    element.into()
}

/// A radio button or checkbox with its label; the whole row can be pressed.
pub fn choice(
    kind: &'static str,
    id: &str,
    name: &str,
    checked: bool,
    label: Html,
    on: On,
) -> Html {
    let mut input = tag_with("input", &["type", "id", "name"], &[kind, id, name]);
    input.set_checked(checked);
    input.add_listener(on);
    let children = vec![input.into(), label];
    with("label", &["class", "for"], &["choice", id], children)
}

/// A text field with its label; hint and error are tied to it, so that they are read with it.
pub fn field(
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    wrong: &str,
    required: bool,
) -> Html {
    let (hint_id, error_id) = (fill("{}-hint", &[id]), fill("{}-error", &[id]));
    let keys = &[
        "id",
        "class",
        "type",
        "autocomplete",
        "autocapitalize",
        "spellcheck",
        "aria-required",
        "aria-describedby",
        "aria-invalid",
    ];
    let described_by = fill("{} {}", &[&hint_id, &error_id]);
    let word = |is: bool| if is { "true" } else { "false" };
    let (required, invalid) = (word(required), word(!wrong.is_empty()));
    let values =
        [id, "field__input", "text", "off", "off", "false", required, &described_by, invalid];
    el(
        "div",
        "field",
        vec![
            with("label", &["class", "for"], &["field__label", id], vec![text(label)]),
            with("p", &["class", "id"], &["field__hint", &hint_id], vec![text(hint)]),
            error(&error_id, wrong),
            with("input", keys, &values, Vec::new()),
        ],
    )
}

/// A field for a file. Browsers take a file that is dropped on it too, so nothing else is needed.
pub fn file_field(id: &'static str, label: &'static str, hint: &'static str, on: On) -> Html {
    let hint_id = fill("{}-hint", &[id]);
    let keys = &["id", "class", "type", "accept", "aria-describedby"];
    let mut input = tag_with("input", keys, &[id, "field__file", "file", ".json", &hint_id]);
    input.add_listener(on);
    el(
        "div",
        "field",
        vec![
            with("label", &["class", "for"], &["field__label", id], vec![text(label)]),
            with("p", &["class", "id"], &["field__hint", &hint_id], vec![text(hint)]),
            input.into(),
        ],
    )
}

/// Terms and values.
pub fn facts(class: &'static str, facts: Vec<(&'static str, String)>) -> Html {
    let row = |(term, value): (&'static str, String)| {
        el("div", "", vec![words("dt", "", term), words("dd", "", value)])
    };
    el("dl", class, facts.into_iter().map(row).collect())
}

/// The place of an error, announced when words come into it.
pub fn error(id: &str, wrong: &str) -> Html {
    let values = ["field__error", id, "alert"];
    with("p", &["class", "id", "role"], &values, vec![said(wrong)])
}

/// More for those who want it.
pub fn details(summary: impl Into<AttrValue>, children: Vec<Html>) -> Html {
    let mut all = vec![words("summary", "", summary)];
    all.extend(children);
    el("details", "self-check__more", all)
}

/// A link to a page of the site, in a new tab: the check stays where it is. Nothing where the page
/// is not known; `template` has a place for the title.
pub fn page_link(context: &Context, page: &PageId, template: &str) -> Html {
    let Some(link) = context.page.link(page) else { return nothing() };
    let words = fill(template, &[&link.title]) + context.texts().new_tab();
    let values = [link.href.as_str(), "_blank", "noopener"];
    let link = with("a", &["href", "target", "rel"], &values, vec![text(words)]);
    el("p", "self-check__link", vec![link])
}
