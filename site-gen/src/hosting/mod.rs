//! Settings for web servers, written beside the sites as `web-server/`: never into a site, because
//! they say how the office's server is set up.
//!
//! The pages carry their own policy and work without any of this; a server adds what only a header
//! can say (who may frame the page), the types of files, and how long copies may be kept.

mod apache;
mod iis;
mod nginx;
mod readme;

use crate::load::{Site, SiteConfig};
use crate::render::SiteFiles;
use crate::visibility::Visibility;

/// The folder beside the sites.
pub const FOLDER: &str = "web-server";

/// Everything that lies in [`FOLDER`].
pub fn files(config: &SiteConfig) -> SiteFiles {
    let places: Vec<Place<'_>> = config.sites.iter().map(Place::new).collect();
    [
        ("README.md", readme::render(&places)),
        ("nginx.conf", nginx::render(&places)),
        ("apache.conf", apache::render(&places)),
        ("web.config", iis::render(&places)),
    ]
    .into_iter()
    .map(|(name, text)| (name.to_owned(), text.into_bytes()))
    .collect()
}

/// Where a site stands, as far as its `base_url` says so.
struct Place<'a> {
    site: &'a Site,
    /// Host name, or an example.
    host: &'a str,
    /// Starts and ends with `/`.
    path: String,
    /// Only sites that know their address have a page for lost readers.
    has_not_found: bool,
}

impl Place<'_> {
    /// Whether only some machines of the office may read the site.
    fn is_restricted(&self) -> bool {
        self.site.level == Visibility::Restricted
    }
}

impl<'a> Place<'a> {
    fn new(site: &'a Site) -> Self {
        let address = site.base_url.as_deref().and_then(|url| url.split_once("://"));
        let (host, path) = match address.and_then(|(_, rest)| rest.split_once('/')) {
            Some((host, path)) => (host, format!("/{path}")),
            None => ("www.example.jp", format!("/{}/", site.id)),
        };
        let host = host.split(':').next().unwrap_or(host);
        Self { site, host, path, has_not_found: site.base_url.is_some() }
    }
}

/// Headers that go with every answer: name, value, why.
const HEADERS: [(&str, &str, &str); 5] = [
    ("Content-Security-Policy", "frame-ancestors 'none'", "他のページの枠の中に表示させない"),
    ("X-Content-Type-Options", "nosniff", "ファイルの種類を推測させない"),
    ("Referrer-Policy", "no-referrer", "どのページを読んでいたかを、リンク先に伝えない"),
    ("Cross-Origin-Opener-Policy", "same-origin", "開いた窓どうしを切り離す"),
    (
        "Permissions-Policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "カメラや位置などの機能を使わせない",
    ),
];

/// Names of files that carry a fingerprint: their content never changes.
const FINGERPRINTED: &str = r"-[0-9a-f]{8}\.(css|js|svg|wasm)$";

/// A year: such files may be kept as long as anybody likes.
const KEEP: &str = "public, max-age=31536000, immutable";

/// Pages are asked for again each time; the server answers 304 when they have not changed.
const ASK: &str = "no-cache";
