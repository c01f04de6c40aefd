//! What every part of the screen needs.

use std::rc::Rc;

use web_sys::Event;
use yew::html::Scope;
use yew::virtual_dom::{Listener, ListenerKind};

use super::app::App;
use crate::effects::Intent;
use crate::page::Page;
use crate::state::Action;
use crate::texts::Texts;

/// The page, and the way to the app.
#[derive(Clone)]
pub struct Context {
    /// What the page was built with.
    pub page: Rc<Page>,
    /// Sends intents to the app.
    pub link: Scope<App>,
}

/// What happens on an event.
pub type On = Rc<dyn Listener>;

impl Context {
    /// The words of the page's language.
    pub fn texts(&self) -> &'static Texts {
        self.page.texts
    }

    /// On a press.
    pub fn press(&self, intent: Intent) -> On {
        self.on(Kind::Press, intent)
    }

    /// On a press that only changes the state.
    pub fn act(&self, action: Action) -> On {
        self.press(Intent::Do(action))
    }

    /// On a choice.
    pub fn change(&self, intent: Intent) -> On {
        self.on(Kind::Change, intent)
    }

    /// On a choice that only changes the state.
    pub fn choose(&self, action: Action) -> On {
        self.change(Intent::Do(action))
    }

    /// On sending a form; the browser itself sends nothing.
    pub fn submit(&self, intent: Intent) -> On {
        self.on(Kind::Submit, intent)
    }

    fn on(&self, kind: Kind, intent: Intent) -> On {
        Rc::new(OnEvent { kind, intent: Rc::new(intent), link: self.link.clone() })
    }
}

enum Kind {
    Press,
    Change,
    Submit,
}

/// One listener for every kind of event. A `Callback` a kind, each with its own closure and its own
/// conversion of the event, would be several KB of Wasm, and no intent looks at the event.
struct OnEvent {
    kind: Kind,
    intent: Rc<Intent>,
    link: Scope<App>,
}

impl Listener for OnEvent {
    fn kind(&self) -> ListenerKind {
        match self.kind {
            Kind::Press => ListenerKind::onclick,
            Kind::Change => ListenerKind::onchange,
            Kind::Submit => ListenerKind::onsubmit,
        }
    }

    fn handle(&self, event: Event) {
        if matches!(self.kind, Kind::Submit) {
            event.prevent_default();
        }
        self.link.send_message(Rc::clone(&self.intent));
    }

    fn passive(&self) -> bool {
        false
    }
}
