//! Whom to tell about a page: the `[[feedback]]` rows of `contacts.toml`.

use super::{Record, Report, visibility};
use crate::diagnostic::error;
use crate::source::Located;
use crate::visibility::Visibility;

/// Who hears what readers notice about a page.
#[derive(Debug)]
pub struct Feedback {
    /// Whom, a section and never a person.
    pub who: String,
    /// A mail address, once the city has entered one.
    pub mail: Option<String>,
    /// An extension or telephone number.
    pub phone: Option<String>,
    /// The only kind of site it stands on; `None` for every site that may show it.
    pub audience: Option<Visibility>,
    /// Who may see it.
    pub visibility: Visibility,
}

pub(super) fn read_feedback(record: &Record<'_>, report: &mut Report) -> Option<Feedback> {
    let who = record.string("who", report);
    let mail = record.optional_string("mail", report);
    let phone = record.optional_string("phone", report);
    let audience = record.optional_word("audience", report);
    let visibility = visibility(record, report);
    Some(Feedback {
        who: who?.value,
        mail: mail.filter(|mail| check_mail(mail, report)).map(|mail| mail.value),
        phone: phone.map(|text| text.value),
        audience: audience.map(|level| level.value),
        visibility,
    })
}

/// An address that stands in a link without quoting.
fn check_mail(mail: &Located<String>, report: &mut Report) -> bool {
    let is_atom = |text: &str| {
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_+".contains(&b))
    };
    let good =
        mail.value.split_once('@').is_some_and(|(name, host)| is_atom(name) && is_atom(host));
    if !good {
        report.push(
            error("mail", mail.place, format!("メールアドレス「{}」が使えません", mail.value))
                .hint("`name@example.jp` の形で、半角で書きます。"),
        );
    }
    good
}
