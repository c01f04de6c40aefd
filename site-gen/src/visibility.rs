//! Who may read what: `public` < `intranet` < `restricted`, and the sites built from it.

use std::fmt;
use std::str::FromStr;

/// How far a page, term or record may travel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Visibility {
    /// Residents.
    Public,
    /// All staff; the default, so that nothing becomes public by forgetting.
    #[default]
    Intranet,
    /// Committee and CSIRT.
    Restricted,
}

impl Visibility {
    /// The written form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Intranet => "intranet",
            Self::Restricted => "restricted",
        }
    }

    /// As readers see it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Public => "公開",
            Self::Intranet => "庁内",
            Self::Restricted => "委員会・CSIRT限り",
        }
    }
}

impl fmt::Display for Visibility {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Not the name of a visibility.
#[derive(Debug)]
pub struct UnknownVisibility;

impl FromStr for Visibility {
    type Err = UnknownVisibility;

    fn from_str(text: &str) -> Result<Self, UnknownVisibility> {
        match text {
            "public" => Ok(Self::Public),
            "intranet" => Ok(Self::Intranet),
            "restricted" => Ok(Self::Restricted),
            _ => Err(UnknownVisibility),
        }
    }
}
