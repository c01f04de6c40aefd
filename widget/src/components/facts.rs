//! Period, time, purpose, privacy: what a person wants to know before beginning.

use yew::Html;

use super::context::Context;
use super::parts;
use crate::texts::fill;

pub fn view(context: &Context) -> Html {
    let texts = context.texts();
    let facts = match context.page.campaign() {
        Some(campaign) => {
            let (opens, closes) = (texts.date(campaign.opens), texts.date(campaign.closes));
            vec![
                (texts.period(), fill(texts.period_value(), &[&opens, &closes])),
                (texts.time_needed(), texts.time_value().to_owned()),
                (texts.purpose(), texts.purpose_value().to_owned()),
                (texts.privacy(), texts.privacy_value().to_owned()),
                (texts.readers(), texts.readers_value().to_owned()),
            ]
        }
        None => {
            let questions = context.page.first_sheet().questions().len().to_string();
            vec![
                (texts.time_needed(), fill(texts.residents_time_value(), &[&questions])),
                (texts.purpose(), texts.residents_purpose_value().to_owned()),
                (texts.privacy(), texts.residents_privacy_value().to_owned()),
            ]
        }
    };
    parts::facts("self-check__facts", facts)
}
