//! What the office keeps beside the results, taken from the site's content folder: its name, the
//! improvements it decided (改善策) and what its committee did (承認, 受理, 指名).
//!
//! `site-gen check` is the strict reader of these files; here only what the report shows is read.

use std::path::{Path, PathBuf};

use selfcheck::digest::Sha256;
use selfcheck::time::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, de};

use crate::detail::of_toml;
use crate::fault::Fault;
use crate::files;

/// What stands in the content folder.
#[derive(Debug, Default)]
pub(crate) struct OfficeData {
    /// For example 上尾市.
    pub(crate) name: Option<String>,
    pub(crate) improvements: Vec<Improvement>,
    pub(crate) decisions: Vec<Decision>,
    /// The files that were read, by their path in the folder.
    pub(crate) used: Vec<(String, Sha256)>,
}

/// One improvement, as decided after an earlier check.
#[derive(Debug, Deserialize)]
pub(crate) struct Improvement {
    pub(crate) section: String,
    pub(crate) item: String,
    pub(crate) measure: String,
    pub(crate) owner: String,
    #[serde(deserialize_with = "date")]
    pub(crate) due: Date,
    pub(crate) state: String,
}

/// One act of the committee, planned or done.
#[derive(Debug, Deserialize)]
pub(crate) struct Decision {
    pub(crate) fiscal_year: u16,
    pub(crate) act: Act,
    pub(crate) subject: String,
    pub(crate) planned: Option<String>,
    #[serde(default, deserialize_with = "optional_date")]
    pub(crate) date: Option<Date>,
}

/// Approving and receiving are different acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Act {
    /// 決定
    Decide,
    /// 承認
    Approve,
    /// 受理
    Receive,
    /// 指名
    Designate,
    /// 監査
    Audit,
}

impl Improvement {
    /// Whether the office calls it finished: 完了, 実施済み and the like.
    pub(crate) fn is_done(&self) -> bool {
        self.state.contains("完了") || self.state.contains('済')
    }

    /// Whether it should have been finished by `day` and is not.
    pub(crate) fn is_overdue(&self, day: Date) -> bool {
        !self.is_done() && self.due < day
    }
}

impl OfficeData {
    /// Reads what is there; a missing file is an empty list.
    ///
    /// # Errors
    /// [`Fault::Content`] for a file that cannot be understood.
    pub(crate) fn read(folder: &Path) -> Result<Self, Fault> {
        #[derive(Deserialize)]
        struct Site {
            organization: Organization,
        }
        #[derive(Deserialize)]
        struct Organization {
            name: String,
        }
        #[derive(Deserialize)]
        struct Improvements {
            #[serde(default)]
            improvements: Vec<Improvement>,
        }
        #[derive(Deserialize)]
        struct Decisions {
            #[serde(default)]
            decisions: Vec<Decision>,
        }
        let mut data = Self::default();
        let site: Option<Site> = data.file(folder, "site.toml")?;
        if site.is_none() {
            // Another folder than the site's: the report would lack what it was named for.
            let problem = "サイトの content フォルダではありません".to_owned();
            return Err(Fault::Content { path: folder.join("site.toml"), problem });
        }
        let improvements: Option<Improvements> = data.file(folder, "data/improvements.toml")?;
        let decisions: Option<Decisions> = data.file(folder, "data/decisions.toml")?;
        data.name = site.map(|site| site.organization.name);
        data.improvements = improvements.map(|file| file.improvements).unwrap_or_default();
        data.decisions = decisions.map(|file| file.decisions).unwrap_or_default();
        Ok(data)
    }

    fn file<T: DeserializeOwned>(&mut self, folder: &Path, name: &str) -> Result<Option<T>, Fault> {
        let path: PathBuf = folder.join(name);
        if !path.exists() {
            return Ok(None);
        }
        let bytes = files::read_own(&path, MAX_BYTES)?;
        let parsed = std::str::from_utf8(&bytes)
            .map_err(|_| "UTF-8 ではありません".to_owned())
            .and_then(|text| toml::from_str(text).map_err(|error| of_toml(&error, text)));
        self.used.push((name.to_owned(), Sha256::of(&bytes)));
        parsed.map(Some).map_err(|problem| Fault::Content { path, problem })
    }
}

const MAX_BYTES: u64 = 16 * 1024 * 1024;

fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
    let value = toml::Value::deserialize(deserializer)?;
    let text = match &value {
        toml::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    text.parse().map_err(de::Error::custom)
}

fn optional_date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    date(deserializer).map(Some)
}
