//! The pure core of the self-check: what a question set is, how it is graded, and how a signed
//! result document is made and read.
//!
//! Nothing here touches a file, a clock, a random source or the DOM: bytes, time and randomness
//! come in as arguments, so the page (`widget`), the generator (`site-gen`) and the collector
//! (`tally`) run the very same rules. The formats are written down in `selfcheck/FORMAT.md`.
//!
//! In reading order:
//! 1. [`id`], [`b64`], [`digest`], [`time`]: the small values everything else is made of.
//! 2. [`code`] and [`keys`]: the enrolment code on the letter and the keys derived from it.
//! 3. [`set`]: the frozen question set; [`order`]: the order of choices on screen.
//! 4. [`grade`]: responses to milli-points, bands and priority items.
//! 5. [`result`]: compose, sign, read, verify and judge a result document.
//! 6. [`store`]: answers kept in the browser, encrypted under the person's code.

#![forbid(unsafe_code)]

pub mod b64;
pub mod code;
pub mod digest;
pub mod grade;
pub mod id;
pub mod keys;
pub mod order;
pub mod result;
pub mod set;
pub mod store;
pub mod time;
