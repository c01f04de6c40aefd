//! Internet Information Services: a `web.config` for the folder above the copies of the sites, so
//! that copying a site anew does not wipe it out.

use std::fmt::Write as _;

use super::{HEADERS, Place};

/// Types that IIS does not know or knows by other names.
const TYPES: [(&str, &str); 4] = [
    (".wasm", "application/wasm"),
    (".js", "text/javascript; charset=utf-8"),
    (".md", "text/markdown; charset=utf-8"),
    (".svg", "image/svg+xml"),
];

pub(super) fn render(places: &[Place<'_>]) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <!-- IIS の設定。サイトのフォルダの一つ上に置きます（README.md の「IIS」）。 -->\n\
         <configuration>\n  <system.webServer>\n    <defaultDocument>\n      <files>\n        \
         <clear />\n        <add value=\"index.html\" />\n      </files>\n    </defaultDocument>\n    \
         <directoryBrowse enabled=\"false\" />\n    <staticContent>\n      \
         <clientCache cacheControlMode=\"DisableCache\" />\n",
    );
    for (extension, kind) in TYPES {
        let _ = writeln!(text, "      <remove fileExtension=\"{extension}\" />");
        let _ =
            writeln!(text, "      <mimeMap fileExtension=\"{extension}\" mimeType=\"{kind}\" />");
    }
    text.push_str("    </staticContent>\n    <httpProtocol>\n      <customHeaders>\n");
    text.push_str("        <remove name=\"X-Powered-By\" />\n");
    for (name, value, why) in HEADERS {
        let _ = writeln!(
            text,
            "        <!-- {why} -->\n        <remove name=\"{name}\" />\n        \
             <add name=\"{name}\" value=\"{value}\" />"
        );
    }
    text.push_str(
        "      </customHeaders>\n    </httpProtocol>\n    \
         <urlCompression doStaticCompression=\"true\" />\n  </system.webServer>\n",
    );
    for place in places {
        let id = &place.site.id;
        if place.has_not_found || place.is_restricted() {
            let _ = writeln!(text, "  <location path=\"{id}\">\n    <system.webServer>");
            if place.is_restricted() {
                text.push_str(
                    "      <!-- 委員会とCSIRTの端末のアドレスだけを加えます。 -->\n      <security>\n        \
                     <ipSecurity allowUnlisted=\"false\">\n          \
                     <add ipAddress=\"127.0.0.1\" allowed=\"true\" />\n        </ipSecurity>\n      \
                     </security>\n",
                );
            }
            if place.has_not_found {
                let _ = write!(
                    text,
                    "      <httpErrors errorMode=\"Custom\">\n        <remove statusCode=\"404\" />\n        \
                     <error statusCode=\"404\" path=\"{id}\\404.html\" responseMode=\"File\" />\n      \
                     </httpErrors>\n"
                );
            }
            text.push_str("    </system.webServer>\n  </location>\n");
        }
        // Everything below `assets` carries a fingerprint in its name.
        let _ = write!(
            text,
            "  <location path=\"{id}/assets\">\n    <system.webServer>\n      <staticContent>\n        \
             <clientCache cacheControlMode=\"UseMaxAge\" cacheControlMaxAge=\"365.00:00:00\" \
             cacheControlCustom=\"public, immutable\" />\n      </staticContent>\n    \
             </system.webServer>\n  </location>\n"
        );
    }
    text.push_str("</configuration>\n");
    text
}
