//! Apache httpd 2.4: one file to include.

use std::fmt::Write as _;

use super::{ASK, FINGERPRINTED, HEADERS, KEEP, Place};

pub(super) fn render(places: &[Place<'_>]) -> String {
    let mut text = String::from(
        "# Apache httpd 2.4 の設定。VirtualHost の中か、conf.d に置きます。\n\
         # 要るモジュール: alias、dir、headers、mime、deflate（圧縮する場合）\n\
         # 置き場所は /srv/tenken/<サイト> としています。違うときは直してください。\n",
    );
    // The first alias that fits wins, so the deeper paths come first.
    let mut deepest_first: Vec<&Place<'_>> = places.iter().collect();
    deepest_first.sort_by_key(|place| std::cmp::Reverse(place.path.len()));
    for place in deepest_first {
        let (path, id) = (&place.path, &place.site.id);
        let folder = path.trim_end_matches('/');
        let alias = if folder.is_empty() { "/" } else { folder };
        let slash = if folder.is_empty() { "/" } else { "" };
        let access = if place.is_restricted() {
            "# 委員会とCSIRTの端末のアドレスを Require ip で加えます。\n    Require local"
        } else {
            "Require all granted"
        };
        let _ = write!(
            text,
            "\n# {}（{}） http://{}{path}\nAlias \"{alias}\" \"/srv/tenken/{id}{slash}\"\n\
             <Directory \"/srv/tenken/{id}\">\n    {access}\n    Options None\n    \
             AllowOverride None\n    DirectoryIndex index.html\n    AddDefaultCharset utf-8\n    \
             AddCharset utf-8 .css .js .json .md\n    AddType application/wasm .wasm\n    \
             AddType text/markdown .md\n    AddType image/svg+xml .svg\n",
            place.site.title, place.site.label, place.host
        );
        for (name, value, why) in HEADERS {
            let _ = writeln!(text, "    # {why}\n    Header always set {name} \"{value}\"");
        }
        let _ = write!(
            text,
            "    # 名前に指紋の付いたファイルは変わらないので一年、ほかは毎回確かめさせます。\n    \
             Header set Cache-Control \"{ASK}\"\n    <FilesMatch \"{FINGERPRINTED}\">\n        \
             Header set Cache-Control \"{KEEP}\"\n    </FilesMatch>\n    \
             <IfModule mod_deflate.c>\n        AddOutputFilterByType DEFLATE text/html text/css \
             text/javascript application/javascript application/json application/wasm \
             image/svg+xml text/markdown application/xml\n    </IfModule>\n"
        );
        if place.has_not_found {
            let _ = writeln!(text, "    ErrorDocument 404 {path}404.html");
        }
        text.push_str("</Directory>\n");
    }
    text
}
