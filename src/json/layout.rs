//! JSON text laid out for people.

/// Largest text that is laid out, in bytes: a larger one is nothing to read, and of deep lists the layout alone could
/// be a hundred times the text.
const LARGEST: usize = 1 << 20;

/// Appends a JSON text with two spaces for each level, as `JSON.stringify` does; every value keeps its bytes. What would
/// become too large is appended unchanged.
pub(crate) fn lay_out(json: &[u8], depth: usize, out: &mut Vec<u8>) {
    let before = out.len();
    if json.len() > LARGEST || laid_out(json, depth, out).is_none() {
        out.truncate(before);
        out.extend_from_slice(json);
    }
}
fn laid_out(json: &[u8], mut depth: usize, out: &mut Vec<u8>) -> Option<()> {
    let most = out.len() + LARGEST;
    let (mut in_string, mut escaped, mut opened) = (false, false, false);
    for &b in json {
        if in_string {
            in_string = escaped || b != b'"';
            escaped = !escaped && b == b'\\';
            out.push(b);
            continue;
        }
        if b <= b' ' {
            continue;
        }
        let closes = matches!(b, b']' | b'}');
        if closes {
            depth = depth.saturating_sub(1);
        }
        if opened != closes && (opened || closes) {
            line(depth, out);
        }
        opened = false;
        in_string = b == b'"';
        out.push(b);
        match b {
            b'[' | b'{' => {
                depth += 1;
                opened = true;
            }
            b',' => line(depth, out),
            b':' => out.push(b' '),
            _ => {}
        }
        if out.len() > most {
            return None;
        }
    }
    Some(())
}
fn line(depth: usize, out: &mut Vec<u8>) {
    out.push(b'\n');
    out.resize(out.len() + depth * 2, b' ');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(json: &str) -> String {
        let mut out = Vec::new();
        lay_out(json.as_bytes(), 0, &mut out);
        String::from_utf8_lossy(&out).into_owned()
    }

    #[test]
    fn values_keep_their_bytes() {
        assert_eq!(
            of(r#"{"a" :[1.10,"\u00e9 , {"],"b":{ },"c":[]}"#),
            "{\n  \"a\": [\n    1.10,\n    \"\\u00e9 , {\"\n  ],\n  \"b\": {},\n  \"c\": []\n}"
        );
    }

    #[test]
    fn what_would_be_too_large_stays_as_it_is() {
        let deep = [&*"[".repeat(120), &*"1,".repeat(10_000), "1", &*"]".repeat(120)].concat();
        assert_eq!(of(&deep), deep);
    }

    proptest! {
        #[test]
        fn laid_out_as_others_do(json in "(\\[|\\]|\\{|\\}|1|\"a \\\\\"\"|,){0,8}") {
            if let Ok(value) = serde_json::from_str::<serde_json::Value>(&json) {
                prop_assert_eq!(of(&json), serde_json::to_string_pretty(&value).unwrap_or_default());
            }
        }
    }
}
