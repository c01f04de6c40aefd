//! The events of one text, and how a step changes them.

use std::cell::Cell;
use std::ops::{Deref, DerefMut, Range};

use pulldown_cmark::{CowStr, Event};

use super::FigureUse;

/// One event, and the bytes of the prepared text it came from.
pub(super) struct Item<'a> {
    pub(super) node: Node<'a>,
    pub(super) at: Range<usize>,
}

pub(super) enum Node<'a> {
    Event(Event<'a>),
    /// A word with its reading above it.
    Ruby {
        base: CowStr<'a>,
        reading: CowStr<'a>,
    },
    /// Words of a heading, and the same as HTML with the places where a line may break.
    Phrased {
        text: CowStr<'a>,
        html: String,
    },
    Figure(FigureUse),
}

impl<'a> Item<'a> {
    /// The text a reader sees of it.
    pub(super) fn visible(&self) -> Option<&str> {
        self.words().map(|text| &**text)
    }

    /// The same, for those who keep it.
    pub(super) fn words(&self) -> Option<&CowStr<'a>> {
        match &self.node {
            Node::Event(Event::Text(text) | Event::Code(text)) => Some(text),
            Node::Ruby { base: text, .. } | Node::Phrased { text, .. } => Some(text),
            _ => None,
        }
    }
}

/// A piece of an event's text; what stands in the source is not copied.
pub(super) fn piece<'a>(text: &CowStr<'a>, range: Range<usize>) -> CowStr<'a> {
    match text {
        CowStr::Borrowed(text) => CowStr::Borrowed(&text[range]),
        text => CowStr::from(text[range].to_owned()),
    }
}

/// The events of one text, in order. Steps that only look, or that change single events, use it as
/// a slice.
pub(super) struct Items<'a> {
    list: Vec<Item<'a>>,
    /// Empty between steps, but as large as the list was.
    spare: Vec<Item<'a>>,
}

/// What a text may leave behind for the next one; a page of megabytes keeps nothing.
const ROOM: usize = 4096;

thread_local! {
    /// The lists of the last text on this thread, empty. There are thousands of texts, and lists
    /// are large to ask for and to give back.
    static ROOMS: Cell<[Vec<Item<'static>>; 2]> = const { Cell::new([Vec::new(), Vec::new()]) };
}

impl<'a> Items<'a> {
    /// What a parser says; text that it hands out in pieces becomes one event.
    pub(super) fn parse(events: impl Iterator<Item = (Event<'a>, Range<usize>)>) -> Self {
        let [list, spare] = ROOMS.take().map(emptied);
        let mut items = Self { list, spare };
        let mut pieces = Pieces::default();
        for (event, at) in events {
            match (&event, items.list.last_mut()) {
                (
                    Event::Text(text),
                    Some(Item { node: Node::Event(Event::Text(last)), at: whole }),
                ) => {
                    pieces.add(last, text);
                    whole.end = at.end;
                }
                _ => {
                    pieces.join(&mut items.list);
                    items.list.push(Item { node: Node::Event(event), at });
                }
            }
        }
        pieces.join(&mut items.list);
        items
    }

    /// Hands each event to `step` with its position; what is pushed takes its place.
    pub(super) fn rewrite(&mut self, mut step: impl FnMut(usize, Item<'a>, &mut Vec<Item<'a>>)) {
        self.spare.reserve(self.list.len() + 16);
        for (index, item) in self.list.drain(..).enumerate() {
            step(index, item, &mut self.spare);
        }
        std::mem::swap(&mut self.list, &mut self.spare);
    }

    /// The list itself, for steps that take events away or move them.
    pub(super) fn list(&mut self) -> &mut Vec<Item<'a>> {
        &mut self.list
    }
}

impl Drop for Items<'_> {
    fn drop(&mut self) {
        let lists = [&mut self.list, &mut self.spare].map(std::mem::take);
        ROOMS
            .set(lists.map(|list| if list.capacity() > ROOM { Vec::new() } else { emptied(list) }));
    }
}

/// The same list without items: collecting the items of a list into another uses its room, and
/// there are none whose text would have to live long enough.
fn emptied<'b>(mut list: Vec<Item<'_>>) -> Vec<Item<'b>> {
    list.clear();
    list.into_iter().map_while(|_| None).collect()
}

/// The text of the last event, as long as pieces of it come.
#[derive(Default)]
struct Pieces(Option<String>);

impl Pieces {
    fn add(&mut self, last: &str, text: &str) {
        self.0.get_or_insert_with(|| last.to_owned()).push_str(text);
    }

    /// Puts the pieces together; pieces of nothing are no event.
    fn join(&mut self, list: &mut Vec<Item<'_>>) {
        let Some(text) = self.0.take() else { return };
        list.pop_if(|_| text.is_empty());
        if let (false, Some(item)) = (text.is_empty(), list.last_mut()) {
            item.node = Node::Event(Event::Text(text.into()));
        }
    }
}

impl<'a> Deref for Items<'a> {
    type Target = [Item<'a>];

    fn deref(&self) -> &[Item<'a>] {
        &self.list
    }
}

impl<'a> DerefMut for Items<'a> {
    fn deref_mut(&mut self) -> &mut [Item<'a>] {
        &mut self.list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_emptied_list_keeps_its_room() {
        let text = String::from("text");
        let mut list = Vec::with_capacity(100);
        list.push(Item { node: Node::Event(Event::Text(text.as_str().into())), at: 0..4 });
        let list: Vec<Item<'static>> = emptied(list);
        assert_eq!((list.len(), list.capacity()), (0, 100));
    }

    #[test]
    fn text_in_pieces_is_one_event() {
        let text = |text: &'static str| Event::Text(text.into());
        let events = [text("a"), text(""), text("b"), Event::Rule, text(""), text(""), text("c")];
        let events = events.into_iter().enumerate().map(|(at, event)| (event, at..at + 1));
        let items = Items::parse(events);
        let places: Vec<_> = items.iter().map(|item| (item.visible(), item.at.clone())).collect();
        assert_eq!(places, [(Some("ab"), 0..3), (None, 3..4), (Some("c"), 4..7)]);
    }

    #[test]
    fn pieces_of_nothing_are_no_event() {
        let events = [Event::Text("".into()), Event::Text("".into()), Event::Rule];
        let items = Items::parse(events.map(|event| (event, 0..0)).into_iter());
        assert_eq!(items.len(), 1);
    }
}
