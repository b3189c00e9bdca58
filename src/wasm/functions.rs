//! Functions that JavaScript calls now and then: each takes and gives values of JavaScript.

use super::{from_js, origin, to_js};
use crate::api;
use wasm_bindgen::prelude::*;

/// The version of the package.
#[wasm_bindgen]
pub fn version() -> String {
    api::version().to_owned()
}

/// Checks a request body.
///
/// # Errors
/// A `TypeError` for options that are none.
#[wasm_bindgen]
pub fn validate(body: &[u8], placed: bool, options: JsValue) -> Result<JsValue, JsValue> {
    Ok(to_js(&api::validate_from(body, origin(placed), from_js(options)?)))
}

/// Checks a request body, with a payload beside its sample.
///
/// # Errors
/// A `TypeError` for options that are none.
#[wasm_bindgen(js_name = validateWithPayload)]
pub fn validate_with_payload(
    body: &[u8],
    placed: bool,
    payload: &[u8],
    payload_placed: bool,
    options: JsValue,
) -> Result<JsValue, JsValue> {
    let (body, payload) = ((body, origin(placed)), (payload, origin(payload_placed)));
    Ok(to_js(&api::validate_with_payload_from(body, payload, from_js(options)?)))
}

/// Applies suggestions. `codes`: a list of codes, or `undefined`.
///
/// # Errors
/// A `TypeError` for options that are none.
#[wasm_bindgen]
pub fn fix(body: &[u8], placed: bool, codes: JsValue, options: JsValue) -> Result<JsValue, JsValue> {
    let codes: Option<Vec<String>> = from_js(codes)?;
    let codes: Option<Vec<&str>> = codes.as_ref().map(|codes| codes.iter().map(String::as_str).collect());
    Ok(to_js(&api::fix_from(body, origin(placed), codes.as_deref(), from_js(options)?)))
}

/// Makes code.
///
/// # Errors
/// A `TypeError` for options that are none.
#[wasm_bindgen]
pub fn generate(body: &[u8], placed: bool, options: JsValue) -> Result<JsValue, JsValue> {
    Ok(to_js(&api::generate_from(body, origin(placed), &from_js(options)?)))
}

/// What code can be made for.
#[wasm_bindgen]
pub fn targets() -> JsValue {
    to_js(api::targets())
}

/// A time given as text, in epoch milliseconds; NaN when it cannot be read.
#[wasm_bindgen(js_name = readTime)]
pub fn read_time(text: &str) -> f64 {
    // Milliseconds until the year 9999 are exact in a double.
    api::read_time(text).map_or(f64::NAN, |ms| ms as f64)
}

/// Finds the request body in a text.
#[wasm_bindgen(js_name = importBody)]
pub fn import_body(text: &str) -> JsValue {
    to_js(&api::import_body(text))
}

/// Finds out what a text is.
#[wasm_bindgen]
pub fn inspect(text: &[u8]) -> JsValue {
    to_js(&api::inspect(text))
}

/// Proposes a body of a version. The other payloads are bytes of UTF-8.
///
/// # Errors
/// A `TypeError` for a version that is none.
#[wasm_bindgen]
pub fn suggest(
    payload: &[u8],
    others: Vec<js_sys::Uint8Array>,
    placed: bool,
    version: JsValue,
) -> Result<JsValue, JsValue> {
    let others: Vec<Vec<u8>> = others.iter().map(js_sys::Uint8Array::to_vec).collect();
    let others: Vec<&[u8]> = others.iter().map(Vec::as_slice).collect();
    Ok(to_js(&api::suggest_from(payload, &others, origin(placed), from_js(version)?)))
}

/// Rewrites a configuration of version 1 as one of version 2. The payloads are bytes of UTF-8.
///
/// # Errors
/// A `TypeError` for options that are none.
#[wasm_bindgen]
pub fn migrate(
    body: &[u8],
    placed: bool,
    payloads: Vec<js_sys::Uint8Array>,
    options: JsValue,
) -> Result<JsValue, JsValue> {
    let payloads: Vec<Vec<u8>> = payloads.iter().map(js_sys::Uint8Array::to_vec).collect();
    let payloads: Vec<&[u8]> = payloads.iter().map(Vec::as_slice).collect();
    Ok(to_js(&api::migrate_from(body, &payloads, origin(placed), from_js(options)?)))
}

/// Lists the fields of a payload.
#[wasm_bindgen]
pub fn fields(payload: &[u8], array_source: Option<String>) -> JsValue {
    to_js(&api::fields(payload, array_source.as_deref()))
}

/// Puts a sample together. The payloads are bytes of UTF-8.
///
/// # Errors
/// A `TypeError` for values that are none.
#[wasm_bindgen]
pub fn sample(
    body: &[u8],
    placed: bool,
    payloads: Vec<js_sys::Uint8Array>,
    values: JsValue,
) -> Result<JsValue, JsValue> {
    let payloads: Vec<Vec<u8>> = payloads.iter().map(js_sys::Uint8Array::to_vec).collect();
    let payloads: Vec<&[u8]> = payloads.iter().map(Vec::as_slice).collect();
    let options = api::SampleOptions { values: from_js(values)? };
    Ok(to_js(&api::sample_from(body, &payloads, origin(placed), options)))
}
