//! The shell of every HTML document `tally` writes: one file, its own strict content policy,
//! no script, nothing loaded from elsewhere.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use selfcheck::b64;
use selfcheck::digest::Sha256;

/// A whole document. `style` is allowed by its hash; everything else is forbidden.
pub(crate) fn document(title: &str, style: &str, body: &Markup) -> String {
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        base64(&Sha256::of(style.as_bytes()).0)
    );
    html! {
        (DOCTYPE)
        html lang="ja" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width";
                meta name="robots" content="noindex, nofollow";
                meta name="referrer" content="no-referrer";
                title { (title) }
                style { (PreEscaped(style)) }
            }
            body { (body) }
        }
    }
    .into_string()
}

/// Standard base64 with padding: browsers print it when they complain about a hash, PEM needs it.
pub(crate) fn base64(bytes: &[u8]) -> String {
    let unpadded = b64::encode(bytes).replace('-', "+").replace('_', "/");
    let padded_length = unpadded.len().next_multiple_of(4);
    format!("{unpadded:=<padded_length$}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hash_as_browsers_write_it() {
        assert_eq!(base64(&Sha256::of(b"").0), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }
}
