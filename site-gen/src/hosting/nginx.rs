//! nginx: one file to include in the `http` block.

use std::fmt::Write as _;

use super::{ASK, FINGERPRINTED, HEADERS, KEEP, Place};

pub(super) fn render(places: &[Place<'_>]) -> String {
    let mut text = format!(
        "# nginx の設定。http ブロックの中で include します（例: /etc/nginx/conf.d/tenken.conf）。\n\
         # 置き場所は /srv/tenken/<サイト> としています。違うときは alias を直してください。\n\n\
         # 名前に指紋の付いたファイルは変わらないので一年、ほかは毎回確かめさせます。\n\
         map $uri $tenken_cache {{\n    \"~{FINGERPRINTED}\" \"{KEEP}\";\n    default \"{ASK}\";\n}}\n"
    );
    let mut hosts: Vec<&str> = Vec::new();
    for place in places {
        if !hosts.contains(&place.host) {
            hosts.push(place.host);
        }
    }
    for host in hosts {
        server(&mut text, host, places.iter().filter(|place| place.host == host));
    }
    text
}

fn server<'p>(text: &mut String, host: &str, places: impl Iterator<Item = &'p Place<'p>>) {
    let _ = write!(
        text,
        "\nserver {{\n    listen 80;\n    listen [::]:80;\n    server_name {host};\n\n    \
         # https にするときは、次の四行の # を外し、証明書の場所を書きます（README.md の「https」）。\n    \
         # listen 443 ssl;\n    # listen [::]:443 ssl;\n    \
         # ssl_certificate /etc/ssl/tenken/fullchain.pem;\n    \
         # ssl_certificate_key /etc/ssl/tenken/key.pem;\n\n    \
         charset utf-8;\n    charset_types text/css text/javascript application/javascript \
         text/markdown text/plain application/json;\n    server_tokens off;\n    etag on;\n    \
         gzip on;\n    gzip_vary on;\n    gzip_types text/css text/javascript application/javascript \
         application/json application/wasm image/svg+xml text/markdown application/xml;\n\n    \
         include mime.types;\n    \
         # 古い nginx は wasm を知りません。新しいものでは重なりの警告が出ますが、害はありません。\n    types {{\n        application/wasm wasm;\n        \
         text/markdown md;\n    }}\n\n"
    );
    for (name, value, why) in HEADERS {
        let _ = writeln!(text, "    # {why}\n    add_header {name} \"{value}\" always;");
    }
    let _ = writeln!(text, "    add_header Cache-Control $tenken_cache always;");
    for place in places {
        let (path, id) = (&place.path, &place.site.id);
        let _ = write!(
            text,
            "\n    # {}（{}）\n    location {path} {{\n        alias /srv/tenken/{id}/;\n        \
             index index.html;\n",
            place.site.title, place.site.label
        );
        if place.is_restricted() {
            text.push_str(
                "        # 委員会とCSIRTの端末のアドレスだけを allow で加えます。\n        \
                 allow 127.0.0.1;\n        deny all;\n",
            );
        }
        if place.has_not_found {
            let _ = writeln!(text, "        error_page 404 {path}404.html;");
        }
        let _ = writeln!(text, "    }}");
    }
    text.push_str("}\n");
}
