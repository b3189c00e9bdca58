//! Columns of payloads in, a column of answers out, in the memory layout of Apache Arrow.

use crate::errors::detached;
use crate::payloads::Answerer;
use oim_config::ProcessOptions;
use pyo3::buffer::PyBuffer;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

/// Bytes of answers after which a part is handed over. One answer has 256 MiB at most, so that offsets of 32 bits are
/// enough, and memory is bounded.
const ENOUGH: usize = 16 << 20;

/// The buffers of two arrays of equal length: `large_binary` payloads, and `int64` times in epoch milliseconds.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Column {
    length: usize,
    payload_offset: usize,
    payload_validity: Option<PyBuffer<u8>>,
    payload_offsets: PyBuffer<u8>,
    payload_data: Option<PyBuffer<u8>>,
    time_offset: usize,
    time_validity: Option<PyBuffer<u8>>,
    times: PyBuffer<u8>,
}

/// How many rows were read, and of their answers the validity, the offsets and the data.
pub(crate) type Part<'py> = (usize, Bound<'py, PyBytes>, Bound<'py, PyBytes>, Bound<'py, PyBytes>);

/// Answers the rows from `start` on until there are enough answers. A row without a payload, a time or anything to say
/// has no answer.
pub(crate) fn answer<'py, A: Answerer>(
    py: Python<'py>,
    answerer: &A,
    column: &Column,
    start: usize,
    options: &ProcessOptions,
) -> PyResult<Part<'py>> {
    let rows = Rows::new(column)?;
    let answers = detached(py, || {
        answerer.pool().with(
            || answerer.worker(),
            |worker| {
                let mut answers = Answers::default();
                for row in start..rows.length {
                    if answers.data.len() >= ENOUGH {
                        break;
                    }
                    let begin = answers.data.len();
                    let given = rows.get(row)?;
                    if let Some((payload, received_at_ms)) = given {
                        let options = ProcessOptions { received_at_ms, ..*options };
                        answerer.answer(worker, payload, &options, &mut answers.data);
                        if !A::says_something(answers.data.get(begin..).unwrap_or_default()) {
                            answers.data.truncate(begin);
                        }
                    }
                    answers.end_row(begin);
                }
                Some(answers)
            },
        )
    })?;
    let Answers { rows, validity, offsets, data } = answers.ok_or_else(too_short)?;
    Ok((rows, PyBytes::new(py, &validity), PyBytes::new(py, &offsets), PyBytes::new(py, &data)))
}

/// The error of buffers that [`Rows::get`] finds too short.
pub(crate) fn too_short() -> PyErr {
    PyValueError::new_err("the buffers are too short for their offsets")
}

/// The buffers as bytes.
pub(crate) struct Rows<'b> {
    /// How many rows there are.
    pub(crate) length: usize,
    payload_offset: usize,
    payload_validity: Option<&'b [u8]>,
    payload_offsets: &'b [u8],
    payload_data: &'b [u8],
    time_offset: usize,
    time_validity: Option<&'b [u8]>,
    times: &'b [u8],
}

impl<'b> Rows<'b> {
    pub(crate) fn new(column: &'b Column) -> PyResult<Rows<'b>> {
        Ok(Rows {
            length: column.length,
            payload_offset: column.payload_offset,
            payload_validity: column.payload_validity.as_ref().map(bytes).transpose()?,
            payload_offsets: bytes(&column.payload_offsets)?,
            payload_data: column.payload_data.as_ref().map(bytes).transpose()?.unwrap_or_default(),
            time_offset: column.time_offset,
            time_validity: column.time_validity.as_ref().map(bytes).transpose()?,
            times: bytes(&column.times)?,
        })
    }

    /// The payload and the time of a row, if it has both. The outer `None`: a buffer is too short.
    pub(crate) fn get(&self, row: usize) -> Option<Option<(&'b [u8], f64)>> {
        let (payload, time) = (self.payload_offset.checked_add(row)?, self.time_offset.checked_add(row)?);
        if !is_valid(self.payload_validity, payload)? || !is_valid(self.time_validity, time)? {
            return Some(None);
        }
        let place = |number| usize::try_from(int64(self.payload_offsets, number)?).ok();
        let bytes = self.payload_data.get(place(payload)?..place(payload.checked_add(1)?)?)?;
        Some(Some((bytes, int64(self.times, time)? as f64)))
    }
}

fn is_valid(validity: Option<&[u8]>, row: usize) -> Option<bool> {
    let Some(validity) = validity else { return Some(true) };
    Some(validity.get(row / 8)? >> (row % 8) & 1 == 1)
}

fn int64(buffer: &[u8], number: usize) -> Option<i64> {
    let begin = number.checked_mul(8)?;
    Some(i64::from_ne_bytes(buffer.get(begin..begin.checked_add(8)?)?.try_into().ok()?))
}

/// The buffers of a `string` array in the making.
struct Answers {
    rows: usize,
    validity: Vec<u8>,
    offsets: Vec<u8>,
    data: Vec<u8>,
}

impl Default for Answers {
    fn default() -> Self {
        Answers { rows: 0, validity: Vec::new(), offsets: 0_i32.to_ne_bytes().to_vec(), data: Vec::new() }
    }
}

impl Answers {
    /// Ends a row whose answer, if there is one, begins at `begin`.
    fn end_row(&mut self, begin: usize) {
        if self.rows.is_multiple_of(8) {
            self.validity.push(0);
        }
        if let Some(last) = self.validity.last_mut() {
            *last |= u8::from(self.data.len() > begin) << (self.rows % 8);
        }
        // Less than `ENOUGH` and one answer: it fits.
        self.offsets.extend_from_slice(&(self.data.len() as i32).to_ne_bytes());
        self.rows += 1;
    }
}

/// The bytes of a buffer of an Arrow array.
fn bytes(buffer: &PyBuffer<u8>) -> PyResult<&[u8]> {
    if !buffer.readonly() || !buffer.is_c_contiguous() {
        return Err(PyValueError::new_err("expected a view of an Arrow array for reading only"));
    }
    if buffer.len_bytes() == 0 {
        return Ok(&[]);
    }
    // SAFETY: the memory is of `len_bytes` initialized bytes in a row, and stays as long as the view of it, which
    // `buffer` holds and the slice borrows. Nobody writes to it meanwhile: Arrow's arrays never change, and only
    // `oim_config.arrow` makes views of them for reading only, as the promise that this is one.
    Ok(unsafe { std::slice::from_raw_parts(buffer.buf_ptr().cast::<u8>(), buffer.len_bytes()) })
}
