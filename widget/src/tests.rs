//! Tests over several modules: a check from the first question to the signed file, and the HTML of
//! every screen, without a browser.

mod fixtures;
mod flow;
mod inspection;
mod screens;
mod words;
