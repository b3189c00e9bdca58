//! The fix that adds a missing field to the sample, if nothing is in its way.

use crate::diagnostic::Fix;
use crate::diagnostic::edit::insert_member;
use crate::json::Kind;
use crate::json::escape::json_string;
use crate::json::members::Value;
use crate::path::SourcePath;
use core::ops::Range;

/// The title of the fix. It makes up a value, so it is applied only on request.
pub(crate) const ADD_FIELD: &str = "add the field to the sample, with a value to be replaced";

/// Adds the field of a path, with a value, to a sample that begins at `start` in the body. With `array`, to the first alert
/// in the array at that place: a field is in the sample if one alert has it. `None` if another value is in the way.
pub(super) fn add_field(
    sample: &[u8],
    start: usize,
    array: Option<&Range<usize>>,
    path: &str,
    value: &str,
) -> Option<Fix> {
    let path = SourcePath::parse(path).ok()?;
    let root = Value::whole(sample)?;
    let mut object = match array {
        None => root,
        Some(array) => {
            // An empty place: the payload is the array.
            let array = if array.is_empty() { root } else { Value::at(sample, array.start)? };
            array.items().find(|item| item.kind == Kind::Object)?
        }
    };
    let mut segments = path.segments.as_slice();
    loop {
        if object.kind != Kind::Object {
            return None;
        }
        let (first, rest) = segments.split_first()?;
        let known = object.unique_members(&mut |_| ()).into_iter().find(|member| member.key.text() == **first);
        let Some(member) = known else {
            break;
        };
        object = member.value;
        segments = rest;
    }
    let mut member = json_string(value).to_string();
    for (number, segment) in segments.iter().enumerate().rev() {
        member = format!("{}: {member}", json_string(segment));
        if number > 0 {
            member = format!("{{ {member} }}");
        }
    }
    let (at, text) = insert_member(sample, object.start, &member);
    Some(Fix::new(ADD_FIELD, (at.start + start..at.end + start, text)))
}
