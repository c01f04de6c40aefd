//! Bytes of a CSV to text: UTF-8 with or without BOM, else Shift_JIS, the two that Excel in Japan
//! saves.

use encoding_rs::SHIFT_JIS;

use super::{Problem, kind};

/// Decodes strictly: a character that cannot be read is a problem, never a replacement mark.
///
/// # Errors
/// [`Problem::NoCsv`], [`Problem::Utf16`], or [`Problem::Undecodable`] for every line at fault.
pub(crate) fn decode(bytes: &[u8]) -> Result<String, Vec<Problem>> {
    kind::check(bytes)?;
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(vec![Problem::Utf16]);
    }
    let (body, promised_utf8) = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(body) => (body, true),
        None => (bytes, false),
    };
    if let Ok(text) = std::str::from_utf8(body) {
        return Ok(text.to_owned());
    }
    if !promised_utf8
        && let Some(text) = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(body)
    {
        return Ok(text.into_owned());
    }
    Err(faulty_lines(body, promised_utf8))
}

/// The lines that are neither. A line feed byte is never the second half of a character in either
/// encoding, so lines can be looked at one by one. A file is one encoding: where some lines are
/// UTF-8 only and others Shift_JIS only, all lines of the rarer one are at fault.
fn faulty_lines(body: &[u8], promised_utf8: bool) -> Vec<Problem> {
    let lines = || (1_u64..).zip(body.split(|&byte| byte == b'\n'));
    let is_utf8 = |line: &[u8]| std::str::from_utf8(line).is_ok();
    let is_shift_jis =
        |line: &[u8]| SHIFT_JIS.decode_without_bom_handling_and_without_replacement(line).is_some();
    let bad_as_utf8 = lines().filter(|(_, line)| !is_utf8(line)).count();
    let bad_as_shift_jis = lines().filter(|(_, line)| !is_shift_jis(line)).count();
    let as_utf8 = promised_utf8 || bad_as_utf8 <= bad_as_shift_jis;
    lines()
        .filter(|(_, line)| if as_utf8 { !is_utf8(line) } else { !is_shift_jis(line) })
        .map(|(line, _)| Problem::Undecodable(line))
        .collect()
}
