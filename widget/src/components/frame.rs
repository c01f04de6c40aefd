//! What surrounds every screen: troubles above, announcements, where answers are kept, 「消す」.

use yew::{Html, html};

use super::{Context, announcer, trouble, wipe};
use crate::run::Who;
use crate::state::State;

pub fn view(context: &Context, state: &State, screen: Html) -> Html {
    let texts = context.texts();
    let kept = state.run().and_then(|run| match run.who {
        _ if run.keeping.trouble.is_some() => None,
        _ if state.outcome().is_some_and(|outcome| outcome.confirmed) => None,
        Who::Holder(_) => Some(texts.saved),
        Who::Trial | Who::Resident => Some(texts.not_kept),
    });
    let residents = context.page.campaign().is_none();
    html! {
        <>
            { trouble::view(context, state) }
            { screen }
            { announcer::view(context, state) }
            <div class="self-check__foot">
                <p class="self-check__kept">{ kept }</p>
                if !residents {
                    <wipe::Wipe context={context.clone()} run={state.run().cloned().map(wipe::OfRun)} />
                }
            </div>
        </>
    }
}
