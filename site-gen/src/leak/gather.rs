//! Every text of the content, with who may read it.
//!
//! Pages and terms are taken as compiled, since their sentences are published without markup. Data
//! files are read anew, key by key, without knowing what a key means: a record that a later figure
//! shows is guarded before that figure exists.

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::sentence::{Text, Words};
use crate::check::Checked;
use crate::load::Word as _;
use crate::source::{FileId, Sources};
use crate::visibility::Visibility;

/// All texts of a content that was checked.
pub(super) fn texts<'c>(checked: &'c Checked, sources: &'c Sources) -> Vec<Text<'c>> {
    let content = &checked.content;
    let mut texts: Vec<Text<'c>> = Vec::new();
    for (page, body) in content.pages.iter().zip(&checked.bodies) {
        let place = page.title.place;
        texts.push((Words::Html(&body.segments), page.visibility, place));
        texts.push((Words::Title(&page.title.value), page.visibility, place));
        texts.push((Words::plain(&page.summary.value), page.visibility, page.summary.place));
        for revision in &page.revised {
            texts.push((Words::plain(&revision.note), page.visibility, revision.place));
        }
    }
    for (term, body) in content.glossary.iter().zip(&checked.definitions) {
        texts.push((Words::Html(&body.segments), term.visibility, term.term.place));
        texts.push((Words::plain(&term.short.value), term.visibility, term.short.place));
    }
    for (index, file) in sources.iter().enumerate() {
        let inherits = file.within.starts_with("checks/");
        if inherits || file.within.starts_with("data/") {
            // Faults of form have been told; what could be read is guarded.
            let (document, _) = DeTable::parse_recoverable(&file.text);
            let mut reader = Reader { file: sources.id(index), inherits, texts: &mut texts };
            reader.table(document.get_ref(), None);
        }
    }
    texts
}

struct Reader<'r, 'c> {
    file: FileId,
    /// Records of question sets are as visible as their set; those of data say it themselves.
    inherits: bool,
    texts: &'r mut Vec<Text<'c>>,
}

impl Reader<'_, '_> {
    fn table(&mut self, table: &DeTable<'_>, around: Option<Visibility>) {
        let own = table.iter().find(|(key, _)| key.get_ref() == "visibility");
        let own = own.and_then(|(_, value)| Visibility::of(value.get_ref().as_str()?));
        let own = match (own, around) {
            (None, Some(around)) if self.inherits => around,
            (own, _) => own.unwrap_or_default(),
        };
        let visibility = around.map_or(own, |around: Visibility| around.max(own));
        // The top of a data file is a list of records and says nothing itself.
        let inner =
            if around.is_none() && !self.inherits { Visibility::Public } else { visibility };
        for value in table.values() {
            self.value(value, visibility, inner);
        }
    }

    fn value(&mut self, value: &Spanned<DeValue<'_>>, visibility: Visibility, inner: Visibility) {
        match value.get_ref() {
            DeValue::String(text) => {
                let place = self.file.place(value.span());
                self.texts.push((Words::Plain(Cow::Owned(text.to_string())), visibility, place));
            }
            DeValue::Array(items) => {
                for item in items.iter() {
                    self.value(item, visibility, inner);
                }
            }
            DeValue::Table(table) => self.table(table, Some(inner)),
            _ => {}
        }
    }
}
