//! Images: each is there, of a kind that browsers show, what its name says, and not too large.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufReader, Read as _, Seek as _};
use std::sync::Arc;

use imagesize::{Compression, ImageType};
use memchr::memmem;

use crate::diagnostic::{Report, did_you_mean, error, nearest, warning};
use crate::load::{Asset, Content};
use crate::markdown::{Body, ImageUse};
use crate::source::Place;

/// Larger files make a page slow on a busy network; a photograph for a page needs a fifth of it.
const MAX_BYTES: u64 = 1_000_000;
/// No screen shows more, and a small device has to unpack it all.
const MAX_PIXELS: usize = 4000;

/// Kinds that every browser shows: how their names end, and what they are called.
const KINDS: [(&str, Kind); 7] = [
    ("svg", Kind::Svg),
    ("png", Kind::Png),
    ("jpg", Kind::Jpeg),
    ("jpeg", Kind::Jpeg),
    ("gif", Kind::Gif),
    ("webp", Kind::Webp),
    ("avif", Kind::Avif),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Svg,
    Png,
    Jpeg,
    Gif,
    Webp,
    Avif,
    Bmp,
    Tiff,
    Heic,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Svg => "SVG",
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::Gif => "GIF",
            Self::Webp => "WebP",
            Self::Avif => "AVIF",
            Self::Bmp => "BMP",
            Self::Tiff => "TIFF",
            Self::Heic => "HEIC",
        }
    }

    fn of(kind: ImageType) -> Option<Self> {
        match kind {
            ImageType::Png => Some(Self::Png),
            ImageType::Jpeg => Some(Self::Jpeg),
            ImageType::Gif => Some(Self::Gif),
            ImageType::Webp => Some(Self::Webp),
            ImageType::Bmp => Some(Self::Bmp),
            ImageType::Tiff => Some(Self::Tiff),
            ImageType::Heif(Compression::Av1) => Some(Self::Avif),
            ImageType::Heif(_) => Some(Self::Heic),
            _ => None,
        }
    }
}

pub(super) fn check(
    content: &Content,
    bodies: &[Arc<Body>],
    definitions: &[Arc<Body>],
    report: &mut Report,
) {
    // Each is judged once, where it is first used.
    let mut used: BTreeMap<&str, Place> = BTreeMap::new();
    for image in bodies.iter().chain(definitions).flat_map(|body| &body.images) {
        if content.assets.iter().any(|asset| asset.path == image.asset) {
            used.entry(&image.asset).or_insert(image.place);
        } else if !content.unread.file(&format!("assets/{}", image.asset)) {
            report_missing(content, image, report);
        }
    }
    for asset in &content.assets {
        if let Some(&place) = used.get(asset.path.as_str())
            && let Err(fault) = check_file(asset, place, report)
        {
            let message = format!("画像 `assets/{}` を読めません: {fault}", asset.path);
            report.push(error("unreadable", place, message));
        }
    }
}

fn report_missing(content: &Content, image: &ImageUse, report: &mut Report) {
    let message = format!("画像 `assets/{}` がありません", image.asset);
    let mut finding = error("unknown-asset", image.place, message);
    let paths = content.assets.iter().map(|asset| asset.path.as_str());
    if let Some(hint) = did_you_mean(&nearest(&image.asset, paths)) {
        finding = finding.hint(hint);
    }
    report.push(finding);
}

fn check_file(asset: &Asset, place: Place, report: &mut Report) -> io::Result<()> {
    let path = &asset.path;
    let end = path.rsplit_once('.').map_or("", |(_, end)| end);
    let named = KINDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(end));
    let Some(&(_, named)) = named else {
        let message =
            format!("画像 `assets/{path}` は、どのブラウザでも見られる種類ではありません");
        report.push(
            error("image-kind", place, message).hint(
                "図なら SVG か PNG、写真なら JPEG（`.jpg`）で保存し直し、その名前で指します。",
            ),
        );
        return Ok(());
    };
    let mut file = BufReader::new(File::open(&asset.file)?);
    let actual = kind_of(&mut file)?;
    if actual != Some(named) {
        report.push(other_kind(path, named, actual, place));
        return Ok(());
    }
    check_size(path, &mut file, named, place, report)
}

/// What a file is by its first bytes.
fn kind_of(file: &mut BufReader<File>) -> io::Result<Option<Kind>> {
    if let Ok(kind) = imagesize::reader_type(&mut *file) {
        return Ok(Kind::of(kind));
    }
    // A licence may stand as a comment before the drawing.
    let mut start = Vec::new();
    file.rewind()?;
    file.by_ref().take(16 * 1024).read_to_end(&mut start)?;
    Ok(memmem::find(&start, b"<svg").map(|_| Kind::Svg))
}

fn other_kind(
    path: &str,
    named: Kind,
    actual: Option<Kind>,
    place: Place,
) -> crate::diagnostic::Diagnostic {
    let (named, end) = (named.name(), KINDS.iter().find(|(_, kind)| Some(*kind) == actual));
    let what = match actual {
        Some(actual) => format!("中身は {} です", actual.name()),
        None => "壊れているか、ほかの種類のファイルです".to_owned(),
    };
    let finding = error(
        "image-kind",
        place,
        format!("画像 `assets/{path}` は、名前は {named} ですが、{what}"),
    );
    match end {
        Some((end, _)) => finding.hint(format!(
            "名前の終わりを `.{end}` に直すか、画像のソフトで開いて {named} で保存し直します。"
        )),
        None => finding.hint(format!("画像のソフトで開き、{named} で保存し直します。")),
    }
}

fn check_size(
    path: &str,
    file: &mut BufReader<File>,
    kind: Kind,
    place: Place,
    report: &mut Report,
) -> io::Result<()> {
    let bytes = file.get_ref().metadata()?.len();
    if bytes > MAX_BYTES {
        let tenths = bytes.div_ceil(MAX_BYTES / 10);
        let message = format!(
            "画像 `assets/{path}` は {}.{} MB あり、開くのに時間がかかります",
            tenths / 10,
            tenths % 10
        );
        report.push(warning("large-image", place, message).hint(
            "横 1600 画素ほどに縮め、1 MB 以下で保存し直します。写真は JPEG にすると小さくなります。",
        ));
        return Ok(());
    }
    file.rewind()?;
    if kind != Kind::Svg
        && let Ok(size) = imagesize::reader_size(file)
        && size.width.max(size.height) > MAX_PIXELS
    {
        let message =
            format!("画像 `assets/{path}` は {} × {} 画素あります", size.width, size.height);
        report.push(
            warning("large-image", place, message)
                .hint(format!("{MAX_PIXELS} 画素以下（ふつうは横 1600 画素ほど）に縮めます。")),
        );
    }
    Ok(())
}
