//! Addresses within a site.

use memchr::memchr;
use percent_encoding::percent_decode_str;

/// Attributes that hold an address.
pub(super) fn is_address(attribute: &str) -> bool {
    matches!(attribute, "href" | "src" | "data-wasm" | "data-embedded")
}

/// Writes the output path an address names into `path`; false for other hosts and for fragments of
/// the same page. `base` is where the site stands.
pub(super) fn resolve(from: &str, address: &str, base: Option<&str>, path: &mut String) -> bool {
    path.clear();
    let inside = base.and_then(|base| address.strip_prefix(base));
    let address = inside.unwrap_or(address).split(['#', '?']).next().unwrap_or_default();
    if inside.is_none() {
        if address.is_empty() || address.contains(':') {
            return false;
        }
        path.push_str(from.rsplit_once('/').map_or("", |(folder, _)| folder));
    }
    for part in address.split('/') {
        match part {
            ".." => path.truncate(path.rfind('/').unwrap_or(0)),
            "." => {}
            _ => {
                if !path.is_empty() {
                    path.push('/');
                }
                path.push_str(part);
            }
        }
    }
    if memchr(b'%', path.as_bytes()).is_some() {
        *path = percent_decode_str(path).decode_utf8_lossy().into_owned();
    }
    // The site's own address is its first page.
    if path.is_empty() {
        path.push_str("index.html");
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_relative_and_whole_addresses() {
        let check = |from: &str, address: &str, expected: Option<&str>| {
            let mut path = String::new();
            let found = resolve(from, address, Some("https://a.example/x/"), &mut path);
            assert_eq!(found.then_some(path.as_str()), expected, "{address} from {from}");
        };
        check("a/b.html", "c.html#d", Some("a/c.html"));
        check("a/b.html", "../c/d.html", Some("c/d.html"));
        check("b.html", "c.html?q=1", Some("c.html"));
        check("a/b.html", "https://a.example/x/c/d.html", Some("c/d.html"));
        check("a/b.html", "https://a.example/x/", Some("index.html"));
        check("a/b.html", "https://b.example/", None);
        check("a/b.html", "../files/%E5%9B%B3%201.svg", Some("files/図 1.svg"));
        check("a/b.html", "#top", None);
        check("a/b.html", "tel:119", None);
    }
}
