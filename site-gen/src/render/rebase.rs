//! Moves the HTML of one page into another: ids get a prefix, addresses are followed from the new
//! place, headings go down a level.
//!
//! It reads only what this generator wrote: in text `<` is always escaped, in attributes `"` is.

use std::borrow::Cow;

/// What changes on the way.
pub(super) struct Rebase<'a> {
    /// Stands before every id, as `prefix__id`.
    pub(super) prefix: &'a str,
    /// Finds the new form of an address that is not a fragment of the same page.
    pub(super) address: &'a dyn Fn(&str) -> String,
}

impl Rebase<'_> {
    /// The HTML in its new place.
    pub(super) fn html(&self, html: &str) -> String {
        let mut out = String::with_capacity(html.len() + html.len() / 8);
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            out.push_str(&rest[..at]);
            let end = end_of_tag(&rest[at..]);
            self.tag(&rest[at..at + end], &mut out);
            rest = &rest[at + end..];
        }
        out.push_str(rest);
        out
    }

    fn tag(&self, tag: &str, out: &mut String) {
        let name = tag.find([' ', '>', '/']).filter(|&at| at > 1).unwrap_or(tag.len());
        // A closing tag starts with the slash, which is not its end.
        let name = if tag.starts_with("</") { tag.len() } else { name };
        out.push_str(&lower_heading(&tag[..name]));
        let mut rest = &tag[name..];
        while let Some((before, after)) = rest.split_once("=\"") {
            let Some((value, behind)) = after.split_once('"') else { break };
            let key = before.rsplit([' ', '\n']).next().unwrap_or_default();
            out.push_str(before);
            out.push_str("=\"");
            out.push_str(&self.attribute(key, value));
            out.push('"');
            rest = behind;
        }
        out.push_str(rest);
    }

    fn attribute<'v>(&self, key: &str, value: &'v str) -> Cow<'v, str> {
        match key {
            "id" => format!("{}__{value}", self.prefix).into(),
            "aria-labelledby" | "aria-describedby" | "for" | "headers" => {
                let ids: Vec<String> = value
                    .split_ascii_whitespace()
                    .map(|id| format!("{}__{id}", self.prefix))
                    .collect();
                ids.join(" ").into()
            }
            // Terms are explained once, in the appendix.
            "href" if value.starts_with("#t-") => value.into(),
            "href" if value.starts_with('#') => format!("#{}__{}", self.prefix, &value[1..]).into(),
            "href" | "src" if !has_scheme(value) => (self.address)(value).into(),
            _ => value.into(),
        }
    }
}

/// The output path that a relative address on the page `from` leads to.
pub(super) fn resolve(from: &str, address: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn end_of_tag(tag: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in tag.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
    }
    tag.len()
}

/// `<h2` becomes `<h3`; the lowest level stays.
fn lower_heading(name: &str) -> Cow<'_, str> {
    for level in 2..6 {
        for (open, close) in [("<h", ""), ("</h", ">")] {
            if name == format!("{open}{level}{close}") {
                return format!("{open}{}{close}", level + 1).into();
            }
        }
    }
    name.into()
}

fn has_scheme(address: &str) -> bool {
    address.split(['/', '#', '?']).next().is_some_and(|start| start.contains(':'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        let address = |path: &str| format!("moved/{path}");
        assert_eq!(Rebase { prefix: "p", address: &address }.html(html), expected);
    }

    #[test]
    fn moves_ids_addresses_and_headings() {
        check("<h2 id=\"a\">x = \"1\" &lt; 2</h2>", "<h3 id=\"p__a\">x = \"1\" &lt; 2</h3>");
        check("<h6>a</h6><hr><header>", "<h6>a</h6><hr><header>");
        check("<a class=\"k\" href=\"#a\">", "<a class=\"k\" href=\"#p__a\">");
        check("<a href=\"#t-os\" id=\"r-os-1\">", "<a href=\"#t-os\" id=\"p__r-os-1\">");
        check("<a href=\"../b.html#c\">", "<a href=\"moved/../b.html#c\">");
        check("<a href=\"https://x.example/#a\">", "<a href=\"https://x.example/#a\">");
        check("<img src=\"f.png\" alt=\"a > b\">", "<img src=\"moved/f.png\" alt=\"a > b\">");
        check("<p aria-labelledby=\"a b\">", "<p aria-labelledby=\"p__a p__b\">");
        check("<br /><p hidden>", "<br /><p hidden>");
    }
}
