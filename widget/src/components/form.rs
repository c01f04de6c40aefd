//! Role, number and code. The fields are read when the form is sent; what is typed into them is
//! no part of the state.

use selfcheck::code::BadCode;
use selfcheck::set::Role;
use yew::Html;

use super::context::Context;
use super::parts::{
    choice, details, el, error, field, form, note, nothing, p, subheading, submit, words,
};
use crate::effects::{CODE, Intent, NUMBER};
use crate::state::{Action, Start};
use crate::texts::{Texts, fill};

pub fn view(context: &Context, start: &Start) -> Html {
    let texts = context.texts();
    let found = start.errors.unwrap_or_default();
    let wrong_number = if found.number { texts.number_error() } else { "" };
    let wrong_code = found.code.map(|code| code_error(texts, code)).unwrap_or_default();
    form(
        "start__form",
        "self-check-form",
        context.submit(Intent::Begin),
        vec![
            subheading("self-check-form", texts.form_title()),
            roles(context, start),
            field(NUMBER, texts.number(), texts.number_hint(), wrong_number, true),
            field(CODE, texts.code(), texts.code_hint(), &wrong_code, true),
            details(texts.about_code(), vec![p("", texts.about_code_text())]),
            if context.page.plain_http { note(texts.about_http()) } else { nothing() },
            submit(texts.begin()),
        ],
    )
}

fn roles(context: &Context, start: &Start) -> Html {
    let texts = context.texts();
    let missing = start.errors.is_some() && start.role.is_none();
    let mut all = vec![
        words("legend", "field__label", texts.role()),
        error("role-error", if missing { texts.role_missing() } else { "" }),
    ];
    for role in Role::ALL {
        let checked = start.role == Some(role);
        let id = fill("role-{}", &[role.as_str()]);
        let on = context.choose(Action::ChooseRole(role));
        all.push(choice(
            "radio",
            &id,
            "role",
            checked,
            words("span", "choice__text", texts.role_name(role)),
            on,
        ));
    }
    el("fieldset", "field", all)
}

/// What is wrong with a code.
fn code_error(texts: &Texts, wrong: BadCode) -> String {
    match wrong {
        BadCode::Length(found) => fill(texts.code_length(), &[&found.to_string()]),
        BadCode::Character(c, position) => {
            fill(texts.code_character(), &[&position.to_string(), c.encode_utf8(&mut [0; 4])])
        }
        BadCode::Check => texts.code_check().to_owned(),
    }
}
