//! Behaviour that screens share.

pub mod use_focus;
pub mod use_keeping;
pub mod use_other_tabs;
