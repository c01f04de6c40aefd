//! Images: names in Japanese, kinds that browsers show, sizes that a page bears.

use std::fs;

use crate::common::{Office, findings};

const HOME: &str = "content/pages/home.md";
const RULE: &str = "content/pages/rules/update.md";
const SVG: &str = "<!-- 庁舎 --><svg xmlns=\"http://www.w3.org/2000/svg\"/>";

/// A page that shows the image at `address`, beside the file `name` with `bytes`.
fn office(page: &str, address: &str, name: &str, bytes: &[u8]) -> Office {
    let office = Office::new();
    let text = fs::read_to_string(office.path(page)).unwrap();
    office.write(page, &format!("{text}\n![庁舎の入口の様子]({address})\n"));
    office.write(&format!("content/assets/{name}"), "");
    fs::write(office.path(&format!("content/assets/{name}")), bytes).unwrap();
    office.record_ids_if_possible();
    office
}

/// What is said of images.
fn said(office: &Office) -> String {
    let outcome = office.check();
    let mut text = findings(&outcome);
    text.truncate(text.rfind("エラー ").unwrap_or(0));
    let about_ids = text
        .find("  対処: `site-gen ids`")
        .and_then(|at| text[at..].find('\n').map(|end| at + end + 1));
    text.split_off(about_ids.unwrap_or(0)).trim_end().to_owned()
}

#[test]
fn a_file_may_have_a_japanese_name() {
    let shown =
        "<img src=\"../files/%E4%BD%93%E5%88%B6%E5%9B%B3%201%EF%BC%88%E5%8D%97%EF%BC%89.svg\"";
    for address in [
        "<../../assets/体制図 1（南）.svg>",
        "../../assets/体制図%201（南）.svg",
        "../../assets/%E4%BD%93%E5%88%B6%E5%9B%B3%201%EF%BC%88%E5%8D%97%EF%BC%89.svg",
    ] {
        let office = office(RULE, address, "体制図 1（南）.svg", SVG.as_bytes());
        let (outcome, built) = office.build();
        assert_eq!(built.len(), 2, "{}", findings(&outcome));
        assert!(findings(&outcome).contains("エラー 0 件、警告 0 件"), "{}", findings(&outcome));
        let page = office.output("intranet/rules/update.html");
        assert!(page.contains(shown), "{page}");
        assert_eq!(office.output("intranet/files/体制図 1（南）.svg"), SVG);
    }
}

#[test]
fn a_name_is_found_however_its_marks_are_kept() {
    let apart = "か\u{3099}いかん.svg";
    let office = office(HOME, "../assets/がいかん.svg", apart, SVG.as_bytes());
    assert_eq!(said(&office), "");
    office.build();
    assert_eq!(office.output("intranet/files/がいかん.svg"), SVG);
}

#[test]
fn a_sign_that_ends_an_address_is_part_of_a_name() {
    let office = office(HOME, "../assets/c%23.svg", "c#.svg", SVG.as_bytes());
    office.build();
    assert!(office.output("intranet/home.html").contains("<img src=\"files/c%23.svg\""));
}

#[test]
fn a_definition_shows_its_image() {
    let office = Office::new();
    office.edit(
        "content/glossary/malware.md",
        "プログラムです。",
        "プログラムです。![広がり方を示した絵](../assets/広がり方.svg)",
    );
    office.write("content/assets/広がり方.svg", SVG);
    office.write(
        "content/pages/glossary.md",
        "+++\ntitle = \"用語集\"\nsummary = \"言葉。\"\nowner = \"IT推進課\"\nlayer = \"解説\"\nreview_due = 2030-03-31\nvisibility = \"public\"\n+++\n\n```glossary\n```\n",
    );
    let (outcome, built) = office.build();
    assert_eq!(built.len(), 2, "{}", findings(&outcome));
    assert_eq!(office.output("public/files/広がり方.svg"), SVG);
}

#[test]
fn a_wrong_path_is_told_with_the_right_one() {
    for (page, line, written, right) in [
        (RULE, 17, "../assets/zu.svg", "../../assets/zu.svg"),
        (RULE, 17, "zu.svg", "../../assets/zu.svg"),
        (HOME, 11, "assets/a/zu.svg", "../assets/a/zu.svg"),
        (HOME, 11, "..\\assets\\zu.svg", "../assets/zu.svg"),
        (HOME, 11, "https://example.jp/zu.svg", "../assets/zu.svg"),
    ] {
        let office = office(page, written, "zu.svg", SVG.as_bytes());
        assert_eq!(
            said(&office),
            format!(
                "エラー[image]: 画像 `{written}` は使えません\n  --> {page}:{line}:1\n  対処: 画像は content/assets に置き、このページからは `{right}` のように指します。"
            )
        );
    }
}

/// The first bytes of a picture with so many pixels, enough to be known by.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
    bytes
}

/// What is said of a file on the first page.
fn said_of(name: &str, bytes: &[u8]) -> String {
    said(&office(HOME, &format!("../assets/{name}"), name, bytes))
}

#[test]
fn kinds_that_browsers_do_not_show() {
    for name in ["a.bmp", "a.TIF", "a.heic", "a"] {
        assert_eq!(
            said_of(name, b"BM"),
            format!(
                "エラー[image-kind]: 画像 `assets/{name}` は、どのブラウザでも見られる種類ではありません\n  --> {HOME}:11:1\n  対処: 図なら SVG か PNG、写真なら JPEG（`.jpg`）で保存し直し、その名前で指します。"
            )
        );
    }
}

#[test]
fn a_name_that_does_not_say_what_the_file_is() {
    let gif = b"GIF89a\x01\0\x01\0\0\0\0;".as_slice();
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".as_slice();
    for (name, bytes, what, remedy) in [
        (
            "a.png",
            gif,
            "名前は PNG ですが、中身は GIF です",
            "名前の終わりを `.gif` に直すか、画像のソフトで開いて PNG で保存し直します。",
        ),
        (
            "a.jpg",
            &png(1, 1),
            "名前は JPEG ですが、中身は PNG です",
            "名前の終わりを `.png` に直すか、画像のソフトで開いて JPEG で保存し直します。",
        ),
        (
            "a.jpg",
            heic,
            "名前は JPEG ですが、中身は HEIC です",
            "画像のソフトで開き、JPEG で保存し直します。",
        ),
        (
            "a.png",
            SVG.as_bytes(),
            "名前は PNG ですが、中身は SVG です",
            "名前の終わりを `.svg` に直すか、画像のソフトで開いて PNG で保存し直します。",
        ),
        (
            "a.svg",
            b"",
            "名前は SVG ですが、壊れているか、ほかの種類のファイルです",
            "画像のソフトで開き、SVG で保存し直します。",
        ),
        (
            "a.webp",
            b"PK\x03\x04",
            "名前は WebP ですが、壊れているか、ほかの種類のファイルです",
            "画像のソフトで開き、WebP で保存し直します。",
        ),
    ] {
        assert_eq!(
            said_of(name, bytes),
            format!(
                "エラー[image-kind]: 画像 `assets/{name}` は、{what}\n  --> {HOME}:11:1\n  対処: {remedy}"
            )
        );
    }
    assert_eq!(said_of("a.PNG", &png(1, 1)), "");
    assert_eq!(said_of("a.gif", gif), "");
}

#[test]
fn images_too_large_for_a_page() {
    let mut heavy = png(100, 100);
    heavy.resize(2_345_678, 0);
    assert_eq!(
        said_of("a.png", &heavy),
        format!(
            "警告[large-image]: 画像 `assets/a.png` は 2.4 MB あり、開くのに時間がかかります\n  --> {HOME}:11:1\n  対処: 横 1600 画素ほどに縮め、1 MB 以下で保存し直します。写真は JPEG にすると小さくなります。"
        )
    );
    heavy.truncate(1_000_000);
    assert_eq!(said_of("a.png", &heavy), "");
    assert_eq!(
        said_of("a.png", &png(6000, 4000)),
        format!(
            "警告[large-image]: 画像 `assets/a.png` は 6000 × 4000 画素あります\n  --> {HOME}:11:1\n  対処: 4000 画素以下（ふつうは横 1600 画素ほど）に縮めます。"
        )
    );
    assert_eq!(said_of("a.png", &png(4000, 4000)), "");
}
