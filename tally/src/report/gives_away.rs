//! Why a second report is refused, and which reports it was held against.

use std::fmt;
use std::path::PathBuf;

use super::inputs::{GivenAway, Inputs};
use crate::text::{neutral, neutral_name};

/// A report that would give something away together with earlier ones.
#[derive(Debug)]
pub(crate) struct GivesAway {
    what: GivenAway,
    earlier: Vec<Earlier>,
    /// The list beside the ledger, if it has one of them.
    list: Option<PathBuf>,
}

/// A report that was made before.
#[derive(Debug, PartialEq, Eq)]
struct Earlier {
    /// Where it was written; older lists do not say.
    folder: Option<String>,
    scored: usize,
    is_there: bool,
}

impl GivesAway {
    /// `list` is where those of `earlier` are remembered, if they are.
    pub(super) fn new<'a>(
        what: GivenAway,
        earlier: impl Iterator<Item = &'a Inputs>,
        list: Option<PathBuf>,
    ) -> Self {
        let mut told: Vec<Earlier> = Vec::new();
        for inputs in earlier {
            let folder = inputs.folder.clone();
            let is_there = folder.as_ref().is_some_and(|folder| PathBuf::from(folder).is_dir());
            let one = Earlier { folder, scored: inputs.scored(), is_there };
            if !told.contains(&one) {
                told.push(one);
            }
        }
        Self { what, earlier: told, list }
    }

    /// What the operator can do about it. Forgetting a report is safe only where nobody has it.
    pub(crate) fn remedy(&self) -> String {
        let how = match self.what {
            GivenAway::Moved(_) => "部局や所属のまとまりが違う二つの報告を引き算すると",
            GivenAway::People(_) | GivenAway::Hidden => "両方を見比べると",
        };
        let instead = match self.what {
            GivenAway::People(_) => "使うか、変わる人数が 5 人以上になってから作り直してください",
            GivenAway::Hidden => "使ってください",
            GivenAway::Moved(_) => {
                "使うか、前の報告を作ったときの名簿を `--roster` に指定してください"
            }
        };
        let (remembered, forget) = match &self.list {
            Some(list) => {
                let list = neutral_name(list.as_os_str());
                (
                    format!("前の報告は `{list}` が覚えています。"),
                    format!("消した後で `{list}` も消すと"),
                )
            }
            None => (String::new(), "消した後で".to_owned()),
        };
        format!(
            "{how} 5 人未満の結果が分かってしまいます。前の報告を{instead}。{remembered}\
             前の報告をまだ誰にも渡しておらず、写しまですべて消せるときに限り、{forget}作り直せます。\
             一つでも渡した後では、消さないでください"
        )
    }
}

impl fmt::Display for GivesAway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.what {
            GivenAway::People(people) => {
                write!(f, "前の報告から、あるグループの {people} 人だけが変わります: ")?;
            }
            GivenAway::Hidden => {
                f.write_str("前の報告が隠した数字が、引き算で分かるようになります: ")?;
            }
            GivenAway::Moved(people) => {
                write!(f, "前の報告と比べて、{people} 人の入る部局か所属のまとまりが違います: ")?
            }
        }
        for (index, Earlier { folder, scored, is_there }) in self.earlier.iter().enumerate() {
            f.write_str(if index == 0 { "" } else { "、" })?;
            match folder {
                Some(folder) => write!(f, "`{}`（集計 {scored} 人", neutral(folder))?,
                None => write!(f, "前の報告（集計 {scored} 人、場所の記録なし")?,
            }
            f.write_str(if folder.is_some() && !is_there {
                "、今はそこにない）"
            } else {
                "）"
            })?;
        }
        Ok(())
    }
}
