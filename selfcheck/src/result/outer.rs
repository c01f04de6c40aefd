//! The outer object of a result file: three members with plain strings, and nothing else.
//!
//! Read by hand instead of by a general parser, because less is allowed than in JSON: no escapes,
//! no other members, no member twice; and because the page reads result files too, where a general
//! parser would be a fifth of its Wasm.

use std::fmt;

/// What is wrong with the outer object. One cause, one variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OuterError {
    /// It does not begin as an object.
    NoObject,
    /// The name or value of a member is no string.
    NoString,
    /// A string does not end.
    StringNoEnd,
    /// A string has escapes or control characters.
    Escaped,
    /// A name has no value.
    NoValue,
    /// A member has another name than the three.
    UnknownMember,
    /// A member stands twice.
    Twice,
    /// The object does not end, or a comma is missing.
    NoEnd,
    /// Something stands after the object.
    Trailing,
    /// Members are missing.
    Missing(Members),
}

/// Some of the three members.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Members([bool; 3]);

impl fmt::Display for Members {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = ["payload", "protected", "signature"].into_iter().zip(self.0);
        for (place, (name, _)) in names.filter(|(_, is_in)| *is_in).enumerate() {
            write!(f, "{}{name}", if place == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

impl fmt::Display for OuterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Missing(members) => return write!(f, "without {members}"),
            Self::NoObject => "not an object",
            Self::NoString => "not a string",
            Self::StringNoEnd => "a string does not end",
            Self::Escaped => "escaped or control characters",
            Self::NoValue => "no value after a name",
            Self::UnknownMember => "an unknown member",
            Self::Twice => "a member twice",
            Self::NoEnd => "the object does not end",
            Self::Trailing => "something after the object",
        })
    }
}

/// The values of the three members, as they are spelt in the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Outer<'a> {
    pub(super) payload: &'a str,
    pub(super) protected: &'a str,
    pub(super) signature: &'a str,
}

/// Reads the object. The members may stand in any order: an object of JSON has none (RFC 8259 §1),
/// and other tools write them in theirs.
///
/// # Errors
/// [`OuterError`], the first thing wrong.
pub(super) fn read(text: &str) -> Result<Outer<'_>, OuterError> {
    let mut rest = Rest(text);
    rest.take('{', OuterError::NoObject)?;
    let [mut payload, mut protected, mut signature] = [None; 3];
    let mut is_over = rest.next_is('}');
    while !is_over {
        let slot = match rest.string()? {
            "payload" => &mut payload,
            "protected" => &mut protected,
            "signature" => &mut signature,
            _ => return Err(OuterError::UnknownMember),
        };
        rest.take(':', OuterError::NoValue)?;
        if slot.replace(rest.string()?).is_some() {
            return Err(OuterError::Twice);
        }
        is_over = !rest.next_is(',');
        if is_over {
            rest.take('}', OuterError::NoEnd)?;
        }
    }
    if !rest.0.trim_start_matches(SPACE).is_empty() {
        return Err(OuterError::Trailing);
    }
    let (Some(payload), Some(protected), Some(signature)) = (payload, protected, signature) else {
        let missing = [payload, protected, signature].map(|member| member.is_none());
        return Err(OuterError::Missing(Members(missing)));
    };
    Ok(Outer { payload, protected, signature })
}

/// JSON's white space (RFC 8259 §2), which may stand between any two signs of the object.
const SPACE: [char; 4] = [' ', '\t', '\n', '\r'];

/// What is still to be read.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    fn next_is(&mut self, sign: char) -> bool {
        let after = self.0.trim_start_matches(SPACE).strip_prefix(sign);
        if let Some(after) = after {
            self.0 = after;
        }
        after.is_some()
    }

    fn take(&mut self, sign: char, otherwise: OuterError) -> Result<(), OuterError> {
        if self.next_is(sign) { Ok(()) } else { Err(otherwise) }
    }

    /// base64url needs no escapes; allowing them would give every value further spellings.
    fn string(&mut self) -> Result<&'a str, OuterError> {
        self.take('"', OuterError::NoString)?;
        let (string, after) = self.0.split_once('"').ok_or(OuterError::StringNoEnd)?;
        if string.bytes().any(|byte| byte == b'\\' || byte < b' ') {
            return Err(OuterError::Escaped);
        }
        self.0 = after;
        Ok(string)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_order_and_white_space() {
        let expected = Ok(Outer { payload: "p", protected: "h", signature: "s" });
        for text in [
            r#"{"payload":"p","protected":"h","signature":"s"}"#,
            r#"{"payload":"p","signature":"s","protected":"h"}"#,
            r#"{"protected":"h","payload":"p","signature":"s"}"#,
            r#"{"protected":"h","signature":"s","payload":"p"}"#,
            r#"{"signature":"s","payload":"p","protected":"h"}"#,
            r#"{"signature":"s","protected":"h","payload":"p"}"#,
            "\r\n{ \"payload\" :\t\"p\"\n,\"protected\": \"h\" , \"signature\":\"s\" } \n",
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        let check = |text: &str, error: OuterError| assert_eq!(read(text), Err(error), "{text}");
        check("", OuterError::NoObject);
        check("[]", OuterError::NoObject);
        check("{}", OuterError::Missing(Members([true; 3])));
        check("{ }x", OuterError::Trailing);
        check("{,}", OuterError::NoString);
        check(r#"{"payload":"p"}"#, OuterError::Missing(Members([false, true, true])));
        check(
            r#"{"signature":"s","payload":"p"}"#,
            OuterError::Missing(Members([false, true, false])),
        );
        assert_eq!(Members([true, false, true]).to_string(), "payload, signature");
        check(r#"{"payload":"p","payload":"p"}"#, OuterError::Twice);
        check(r#"{"payload":"p","kid":"k"}"#, OuterError::UnknownMember);
        check(r#"{"payload":1}"#, OuterError::NoString);
        check(r#"{"payload" "p"}"#, OuterError::NoValue);
        check(r#"{"payload":"p"#, OuterError::StringNoEnd);
        check(r#"{"payload":"p\/"}"#, OuterError::Escaped);
        check("{\"payload\":\"p\n\"}", OuterError::Escaped);
        check(r#"{"payload":"p","#, OuterError::NoString);
        check(r#"{"payload":"p""protected":"h"}"#, OuterError::NoEnd);
        let whole = r#"{"payload":"p","protected":"h","signature":"s"}"#;
        check(&format!("{whole}{{"), OuterError::Trailing);
        check(&format!("{whole}\u{3000}"), OuterError::Trailing);
    }
}
