//! Says plainly when answers are not kept.

use std::rc::Rc;

use yew::{Callback, Html, html};

use super::{Context, SECONDARY, button};
use crate::keeping;
use crate::run::{Run, Trouble};
use crate::state::{Action, State};

pub fn view(context: &Context, state: &State) -> Html {
    let texts = context.texts();
    let Some((run, trouble)) = state.run().and_then(|run| Some((run, run.keeping.trouble?))) else {
        return Html::default();
    };
    let text = match trouble {
        Trouble::Refused => texts.refused,
        Trouble::Elsewhere => texts.elsewhere,
        Trouble::Removed => texts.removed,
    };
    html! {
        <div class="self-check__note self-check__note--warning" role="alert">
            <p>{ text }</p>
            if trouble == Trouble::Elsewhere {
                { button(SECONDARY, texts.load_newer, on_load(context, run)) }
            }
        </div>
    }
}

fn on_load(context: &Context, run: &Run) -> Callback<yew::MouseEvent> {
    let dispatch = context.dispatch.clone();
    let run = run.clone();
    Callback::from(move |_| {
        let Some(holder) = run.holder() else { return };
        let store = keeping::store_of(holder, &run.sheet);
        match store.and_then(|store| keeping::load(&store)) {
            Some(record) => {
                let (opened, _) = keeping::take_up(&record, &Rc::clone(holder), &run.sheet);
                dispatch.dispatch(Action::Open(Box::new(opened)));
            }
            None => dispatch.dispatch(Action::NotKept(Trouble::Removed)),
        }
    })
}
