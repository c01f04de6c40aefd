//! Search without a server: everything a site says, as classic scripts that its pages load.
//!
//! 1. [`page_text`] reads from a finished page what it shows, by section.
//! 2. [`index`] writes a site's whole text into one script, which the search box loads when it is
//!    first used; the page folds it ([`fold`](mod@fold)) and looks through all of it, so nothing
//!    is missed.
//! 3. Sites too large for that ([`index::is_large`]) get their text in pieces ([`pieces`]) and
//!    lists of the pages that hold each pair of letters ([`grams`]); the page reads what may match
//!    and looks as closely.
//!
//! Since records are read from the site's own pages, an index cannot hold what its site does not
//! show. `public/search.js` is the other half.

pub mod fold;
pub mod grams;
pub mod index;
mod markup;
pub mod page_text;
mod pieces;
pub mod texts;

pub use fold::fold;
pub use index::{Source, Term};
