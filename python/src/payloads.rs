//! Lists of payloads in, lists of answers out.

use crate::errors::detached;
use crate::pool::Pool;
use oim_config::{AdditionalTags, ProcessOptions};
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use pyo3::types::{PyBytes, PyIterator, PyList, PyString};
use std::iter::Enumerate;

/// Bytes of payloads that are read from the list before the GIL is released, and of answers after which they are handed
/// over: few enough to stay in the cache of the processor.
const AT_ONCE: usize = 1 << 20;
const ENOUGH: usize = 1 << 20;

/// Answers payloads one by one. What that changes is in a worker, of which each thread has its own.
pub(crate) trait Answerer: Sync {
    /// What one thread needs.
    type Worker: Send;

    /// The workers that are idle.
    fn pool(&self) -> &Pool<Self::Worker>;

    /// A new worker.
    fn worker(&self) -> Self::Worker;

    /// Appends the answer to a payload to `out`.
    fn answer(&self, worker: &mut Self::Worker, payload: &[u8], options: &ProcessOptions, out: &mut Vec<u8>);

    /// Whether the answer says anything. In a column there is no value for one that does not.
    fn says_something(_answer: &[u8]) -> bool {
        true
    }
}

/// A payload of a list.
pub(crate) enum Payload {
    Bytes(PyBackedBytes),
    Str(PyBackedStr),
}

impl Payload {
    /// The payload at a place of the list, if there is one there. A text that UTF-8 cannot have is an error.
    fn of(value: &Bound<'_, PyAny>, place: usize) -> PyResult<Option<Payload>> {
        if value.is_none() {
            return Ok(None);
        }
        if value.is_instance_of::<PyString>() {
            return Ok(Some(Payload::Str(value.extract()?)));
        }
        let wrong = |_| {
            let kind = value.get_type().name().map_or_else(|_| "something else".to_owned(), |name| name.to_string());
            PyTypeError::new_err(format!("payload {place}: expected bytes, str or None, not {kind}"))
        };
        value.extract().map(|bytes| Some(Payload::Bytes(bytes))).map_err(wrong)
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        match self {
            Payload::Bytes(bytes) => bytes,
            Payload::Str(text) => text.as_bytes(),
        }
    }
}

/// When payloads were received, in epoch milliseconds.
#[derive(FromPyObject)]
pub(crate) enum Times {
    All(f64),
    Each(Vec<f64>),
}

/// Where in the list of payloads the counts are compared.
#[derive(PartialEq)]
enum Place {
    Between,
    End,
}

impl Times {
    /// Checks that there are as many times as payloads.
    fn check(&self, payloads: usize, place: Place) -> PyResult<()> {
        match self {
            Times::Each(times) if times.len() < payloads || (place == Place::End && times.len() > payloads) => {
                let message = format!("received_at has {} times for {payloads} payloads or more", times.len());
                Err(PyValueError::new_err(message))
            }
            _ => Ok(()),
        }
    }

    pub(crate) fn of(&self, place: usize) -> f64 {
        match self {
            Times::All(time) => *time,
            Times::Each(times) => times.get(place).copied().unwrap_or_default(),
        }
    }
}

/// The options of processing as Python has them.
pub(crate) fn options(trace: bool, additional_tags: &str) -> PyResult<ProcessOptions> {
    let additional_tags = match additional_tags {
        "as-configured" => AdditionalTags::AsConfigured,
        "ignore" => AdditionalTags::Ignore,
        "map" => AdditionalTags::Map,
        _ => return Err(PyValueError::new_err("additional_tags: expected 'as-configured', 'ignore' or 'map'")),
    };
    Ok(ProcessOptions { trace, additional_tags, ..ProcessOptions::received_at_ms(0.0) })
}

/// Payloads in parts: as many at once as are read before the GIL is released.
pub(crate) struct Parts<'py> {
    payloads: Enumerate<Bound<'py, PyIterator>>,
    /// How many payloads have been read.
    read: usize,
}

impl<'py> Parts<'py> {
    pub(crate) fn new(payloads: &Bound<'py, PyAny>) -> PyResult<Parts<'py>> {
        Ok(Parts { payloads: payloads.try_iter()?.enumerate(), read: 0 })
    }

    /// Reads the next part into `part`. Gives the place of its first payload, or `None` at the end. There have to be as
    /// many times as payloads.
    pub(crate) fn read(&mut self, part: &mut Vec<Option<Payload>>, times: &Times) -> PyResult<Option<usize>> {
        let first = self.read;
        let mut bytes = 0;
        part.clear();
        while bytes < AT_ONCE
            && let Some((place, payload)) = self.payloads.next()
        {
            let payload = Payload::of(&payload?, place)?;
            bytes += size_of::<Payload>() + payload.as_ref().map_or(0, |payload| payload.bytes().len());
            part.push(payload);
        }
        self.read += part.len();
        times.check(self.read, if part.is_empty() { Place::End } else { Place::Between })?;
        Ok((!part.is_empty()).then_some(first))
    }
}

/// The answers to payloads, in their order; `None` for `None`.
pub(crate) fn many<'py, A: Answerer>(
    py: Python<'py>,
    answerer: &A,
    payloads: &Bound<'py, PyAny>,
    times: &Times,
    options: &ProcessOptions,
) -> PyResult<Bound<'py, PyList>> {
    let mut parts = Parts::new(payloads)?;
    let answers = PyList::empty(py);
    let (mut part, mut out, mut ends) = (Vec::new(), Vec::new(), Vec::new());
    while let Some(first) = parts.read(&mut part, times)? {
        let mut done = 0;
        while let Some(rest) = part.get(done..).filter(|rest| !rest.is_empty()) {
            detached(py, || {
                out.clear();
                ends.clear();
                answerer.pool().with(
                    || answerer.worker(),
                    |worker| {
                        for (place, payload) in rest.iter().enumerate() {
                            let begin = out.len();
                            if begin >= ENOUGH {
                                break;
                            }
                            if let Some(payload) = payload {
                                let received_at_ms = times.of(first + done + place);
                                let options = ProcessOptions { received_at_ms, ..*options };
                                answerer.answer(worker, payload.bytes(), &options, &mut out);
                            }
                            ends.push((out.len() > begin).then_some(out.len()));
                        }
                    },
                );
            })?;
            let mut begin = 0;
            for end in &ends {
                let Some(end) = *end else {
                    answers.append(py.None())?;
                    continue;
                };
                answers.append(PyBytes::new(py, out.get(begin..end).unwrap_or_default()))?;
                begin = end;
            }
            done += ends.len();
        }
    }
    Ok(answers)
}

/// Panics, or takes a second, where a test asks for it.
pub(crate) fn test_hook(payload: &[u8]) {
    #[cfg(feature = "test-hooks")]
    match payload {
        #[expect(clippy::panic, reason = "what becomes of a panic is what is tested")]
        b"\0panic" => panic!("asked for by a test"),
        b"\0sleep" => std::thread::sleep(std::time::Duration::from_secs(1)),
        _ => {}
    }
    let _ = payload;
}
