//! The files of one command held against each other, before any is opened: an output in the place of
//! an input or of another output would take it away.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::fault::Fault;
use crate::files::folder_of;
use crate::text::neutral_name;

/// A file or folder, and how it came to be named.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    /// `` `--roster` ``
    by: &'static str,
    path: PathBuf,
}

/// What was named by an option.
pub(crate) fn named(by: &'static str, path: &Path) -> Named {
    Named { by, path: path.to_owned() }
}

/// Two that would get in each other's way.
#[derive(Debug)]
pub(crate) struct Clash {
    how: How,
    output: Named,
    other: Named,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    /// They are the same.
    Same,
    /// The output is a folder that is replaced as a whole, and the other lies in it.
    Within,
    /// The output lies among the files that people sent.
    Sent,
}

/// Makes sure that no output is an input or another output, or holds one.
///
/// # Errors
/// [`Fault::Clash`] for the first that is.
pub(crate) fn check(outputs: &[Named], inputs: &[Named]) -> Result<(), Fault> {
    for (index, output) in outputs.iter().enumerate() {
        let place = place(&output.path);
        for other in inputs.iter().chain(&outputs[index + 1..]) {
            let how = match place_of(other).strip_prefix(&place) {
                Err(_) => continue,
                Ok(rest) if rest.as_os_str().is_empty() => How::Same,
                Ok(_) => How::Within,
            };
            return Err(clash(how, output, other));
        }
    }
    Ok(())
}

/// Makes sure that an output does not lie in a folder of files that people sent, where it would be
/// judged like them.
///
/// # Errors
/// [`Fault::Clash`].
pub(crate) fn not_sent(output: &Named, sent: &Named) -> Result<(), Fault> {
    match place_of(output).starts_with(place_of(sent)) {
        true => Err(clash(How::Sent, output, sent)),
        false => Ok(()),
    }
}

fn clash(how: How, output: &Named, other: &Named) -> Fault {
    Fault::Clash(Clash { how, output: output.clone(), other: other.clone() })
}

fn place_of(named: &Named) -> PathBuf {
    place(&named.path)
}

/// The one path of a file, whatever it is called. What is not there yet lies in a folder that is.
fn place(path: &Path) -> PathBuf {
    let in_folder = |_: io::Error| {
        let name = path.file_name().unwrap_or_default();
        Ok::<_, io::Error>(folder_of(path).canonicalize()?.join(name))
    };
    let found = path.canonicalize().or_else(in_folder).or_else(|_| std::path::absolute(path));
    let found = found.unwrap_or_else(|_| path.to_owned());
    if cfg!(any(windows, target_os = "macos")) {
        // Two spellings of one name.
        return PathBuf::from(found.to_string_lossy().to_lowercase());
    }
    found
}

impl Clash {
    /// What the operator can do about it.
    pub(crate) fn remedy(&self) -> &'static str {
        match self.how {
            How::Same => {
                "書き出すファイルには、ほかのどれとも違う名前を付けてください。何も書いていません"
            }
            How::Within => {
                "書き出すフォルダは丸ごと入れ替わり、中のものは失われます。別のフォルダを指定してください。\
                 何も書いていません"
            }
            How::Sent => {
                "そこに置くと、届いた結果ファイルとして調べてしまいます。受付フォルダの外に置いてください。\
                 何も書いていません"
            }
        }
    }
}

impl fmt::Display for Clash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { how, output, other } = self;
        let [written, found] = [output, other].map(|named| neutral_name(named.path.as_os_str()));
        match how {
            How::Same => write!(f, "{} と {} が同じ `{found}` です", output.by, other.by),
            How::Within => write!(
                f,
                "{} の `{found}` が、書き出すフォルダ {} `{written}` の中にあります",
                other.by, output.by
            ),
            How::Sent => write!(
                f,
                "書き出す {} `{written}` が、受付フォルダ {} `{found}` の中にあります",
                output.by, other.by
            ),
        }
    }
}
