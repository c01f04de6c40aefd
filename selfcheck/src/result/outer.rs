//! The outer object of a result file: three members with plain strings, and nothing else.
//!
//! Read by hand instead of by a general parser, because less is allowed than in JSON: no escapes,
//! no other members, no member twice; and because the page reads result files too, where a general
//! parser would be a fifth of its Wasm.

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
/// What is wrong, in words.
pub(super) fn read(text: &str) -> Result<Outer<'_>, &'static str> {
    let mut rest = Rest(text);
    rest.take('{', "not an object")?;
    let [mut payload, mut protected, mut signature] = [None; 3];
    loop {
        let slot = match rest.string()? {
            "payload" => &mut payload,
            "protected" => &mut protected,
            "signature" => &mut signature,
            _ => return Err("an unknown member"),
        };
        rest.take(':', "no value after a name")?;
        if slot.replace(rest.string()?).is_some() {
            return Err("a member twice");
        }
        if !rest.next_is(',') {
            break;
        }
    }
    rest.take('}', "the object does not end")?;
    if !rest.0.trim_start_matches(SPACE).is_empty() {
        return Err("something after the object");
    }
    let (Some(payload), Some(protected), Some(signature)) = (payload, protected, signature) else {
        return Err("a member is missing");
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

    fn take(&mut self, sign: char, otherwise: &'static str) -> Result<(), &'static str> {
        if self.next_is(sign) { Ok(()) } else { Err(otherwise) }
    }

    /// base64url needs no escapes; allowing them would give every value further spellings.
    fn string(&mut self) -> Result<&'a str, &'static str> {
        self.take('"', "not a string")?;
        let (string, after) = self.0.split_once('"').ok_or("a string does not end")?;
        if string.bytes().any(|byte| byte == b'\\' || byte < b' ') {
            return Err("escaped or control characters");
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
        let check = |text: &str, words: &str| assert_eq!(read(text), Err(words), "{text}");
        check("", "not an object");
        check("[]", "not an object");
        check("{}", "not a string");
        check(r#"{"payload":"p"}"#, "a member is missing");
        check(r#"{"payload":"p","payload":"p"}"#, "a member twice");
        check(r#"{"payload":"p","kid":"k"}"#, "an unknown member");
        check(r#"{"payload":1}"#, "not a string");
        check(r#"{"payload" "p"}"#, "no value after a name");
        check(r#"{"payload":"p"#, "a string does not end");
        check(r#"{"payload":"p\/"}"#, "escaped or control characters");
        check("{\"payload\":\"p\n\"}", "escaped or control characters");
        check(r#"{"payload":"p","#, "not a string");
        check(r#"{"payload":"p""protected":"h"}"#, "the object does not end");
        let whole = r#"{"payload":"p","protected":"h","signature":"s"}"#;
        check(&format!("{whole}{{"), "something after the object");
        check(&format!("{whole}\u{3000}"), "something after the object");
    }
}
