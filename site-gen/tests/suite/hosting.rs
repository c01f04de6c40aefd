//! Settings for web servers, beside the sites.

use crate::common::{Office, findings};

const FILES: [&str; 4] = ["README.md", "nginx.conf", "apache.conf", "web.config"];

#[test]
fn settings_lie_beside_the_sites_and_never_in_one() {
    let office = Office::new();
    office.build();
    for file in FILES {
        assert!(!office.output(&format!("web-server/{file}")).is_empty());
        for site in ["public", "intranet"] {
            assert!(!office.path("dist").join(site).join(file).exists(), "{site}/{file}");
        }
    }
}

#[test]
fn settings_name_the_sites_and_their_addresses() {
    let office = Office::new();
    office.build();
    let nginx = office.output("web-server/nginx.conf");
    for part in [
        "server_name public.example;",
        "server_name intra.example;",
        "location / {\n        alias /srv/tenken/public/;",
        "location /security/ {\n        alias /srv/tenken/intranet/;",
        "error_page 404 /security/404.html;",
        "application/wasm wasm;",
    ] {
        assert!(nginx.contains(part), "{part}\n{nginx}");
    }
    let apache = office.output("web-server/apache.conf");
    for part in [
        "Alias \"/\" \"/srv/tenken/public/\"",
        "Alias \"/security\" \"/srv/tenken/intranet\"",
        "ErrorDocument 404 /security/404.html",
        "AddType application/wasm .wasm",
    ] {
        assert!(apache.contains(part), "{part}\n{apache}");
    }
    let at = |part: &str| apache.find(part).unwrap();
    assert!(at("Alias \"/security\"") < at("Alias \"/\""), "the first alias that fits wins");
    let iis = office.output("web-server/web.config");
    assert!(iis.contains("<location path=\"intranet/assets\">"), "{iis}");
    assert!(iis.contains("fileExtension=\".wasm\" mimeType=\"application/wasm\""));
    for text in [nginx, apache, iis] {
        assert!(text.contains("frame-ancestors 'none'") && text.contains("nosniff"));
    }
    office.edit(
        "content/site.toml",
        "http://intra.example/security/",
        "http://intra.example/rules/",
    );
    office.build();
    assert!(office.output("web-server/nginx.conf").contains("location /rules/ {"));
    assert!(office.output("web-server/README.md").contains("http://intra.example/rules/"));
}

#[test]
fn a_restricted_site_is_closed_until_machines_are_named() {
    let office = Office::new();
    office.edit("content/site.toml", "level = \"intranet\"", "level = \"restricted\"");
    office.build();
    let nginx = office.output("web-server/nginx.conf");
    let intranet = &nginx[nginx.find("location /security/").unwrap()..];
    assert!(intranet.contains("allow 127.0.0.1;\n        deny all;"), "{nginx}");
    assert_eq!(nginx.matches("deny all;").count(), 1, "the public site stays open");
    let apache = office.output("web-server/apache.conf");
    assert!(apache.contains("Require local") && apache.contains("Require all granted"), "{apache}");
    assert!(office.output("web-server/web.config").contains("allowUnlisted=\"false\""));
}

#[test]
fn a_site_without_address_gets_an_example() {
    let office = Office::new();
    office.edit("content/site.toml", "base_url = \"http://intra.example/security/\"\n", "");
    office.build();
    let nginx = office.output("web-server/nginx.conf");
    assert!(
        nginx.contains("server_name www.example.jp;") && nginx.contains("location /intranet/ {")
    );
    assert!(!nginx.contains("error_page 404 /intranet"), "{nginx}");
}

#[test]
fn the_id_of_a_site_is_a_plain_folder_name() {
    for id in ["../elsewhere", "web-server", "Öffentlich", "a/b"] {
        let office = Office::new();
        office.edit("content/site.toml", "id = \"public\"", &format!("id = \"{id}\""));
        let text = findings(&office.check());
        assert!(
            text.contains(&format!("エラー[site-id]: サイトの id「{id}」は使えません")),
            "{text}"
        );
    }
    let office = Office::new();
    office.edit("content/site.toml", "id = \"public\"", "id = \"intranet\"");
    assert!(findings(&office.check()).contains("サイトの id「intranet」が二度出てきます"));
}
