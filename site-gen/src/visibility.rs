//! Who may read what: `public` < `intranet` < `restricted`, and the sites built from it.

use std::fmt;

use crate::load::Word;

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

impl Word for Visibility {
    const ALL: &'static [Self] = &[Self::Public, Self::Intranet, Self::Restricted];

    fn word(self) -> &'static str {
        self.as_str()
    }
}
