//! What is on screen: one screen, or part of one, a file.
//!
//! [`app::App`] holds the state and chooses the screen. Everything else has no hooks: plain
//! functions that get a [`Context`] and return HTML, put together from [`parts`].

mod advice;
pub mod app;
mod choices;
mod context;
mod facts;
mod feedback;
mod form;
mod frame;
mod handover;
mod inspection;
mod offer;
mod parts;
mod policies;
mod question;
mod result;
mod review;
mod score;
mod slip;
mod start;
mod trouble;
mod wipe;

/// The heading that takes the focus when a screen changes; each screen has one.
const HEADING: &str = "self-check-heading";
/// What asks before kept answers are removed.
const WIPE: &str = "self-check-wipe";
/// The heading of the feedback on an answer.
const FEEDBACK: &str = "self-check-feedback";
