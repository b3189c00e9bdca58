//! Functions that JavaScript calls now and then: each takes and gives values of JavaScript.

use super::{argument, from_js, origin, to_js};
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

/// Checks a request body, with several payloads beside its sample. `placed` has one byte for each payload.
///
/// # Errors
/// A `TypeError` for options that are none.
#[wasm_bindgen(js_name = validateWithPayloads)]
pub fn validate_with_payloads(
    body: &[u8],
    body_placed: bool,
    payloads: Vec<js_sys::Uint8Array>,
    placed: &[u8],
    options: JsValue,
) -> Result<JsValue, JsValue> {
    let payloads: Vec<Vec<u8>> = payloads.iter().map(js_sys::Uint8Array::to_vec).collect();
    let payloads: Vec<_> =
        payloads.iter().map(Vec::as_slice).zip(placed.iter().map(|&placed| origin(placed != 0))).collect();
    Ok(to_js(&api::validate_with_payloads_from((body, origin(body_placed)), &payloads, from_js(options)?)))
}

/// Renders diagnostics of a text.
///
/// # Errors
/// A `TypeError` for diagnostics and options that are none.
#[wasm_bindgen]
pub fn render(diagnostics: JsValue, text: &[u8], options: JsValue) -> Result<String, JsValue> {
    let diagnostics: Vec<api::Diagnostic> = argument("diagnostics", diagnostics)?;
    Ok(api::render_with(&diagnostics, &String::from_utf8_lossy(text), &from_js(options)?))
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

/// The value at a pointer, or `undefined`.
#[wasm_bindgen(js_name = valueAt)]
pub fn value_at(text: &[u8], pointer: &str) -> JsValue {
    to_js(&api::value_at(text, pointer))
}

/// The values of a source path.
#[wasm_bindgen(js_name = valuesOf)]
pub fn values_of(payload: &[u8], path: &str, array_source: Option<String>) -> JsValue {
    to_js(&api::values_of(payload, path, array_source.as_deref()))
}

/// The coverage of the payloads of two coverages.
///
/// # Errors
/// A `TypeError` for what is no coverage, and for coverages of different configurations.
#[wasm_bindgen(js_name = mergeCoverage)]
pub fn merge_coverage(first: JsValue, second: JsValue, offset: f64) -> Result<JsValue, JsValue> {
    let mut first: api::Coverage = argument("first", first)?;
    let second: api::Coverage = argument("second", second)?;
    first.merge_at(&second, offset as u64).map_err(|error| js_sys::TypeError::new(&error.to_string()))?;
    Ok(to_js(&first))
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
