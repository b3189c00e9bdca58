//! An old and a new configuration, ready to be compared.

use crate::Text;
use crate::column::{self, Column, Part};
use crate::errors::{configuration_error, detached};
use crate::payloads::{Answerer, Times, many, options, test_hook};
use crate::pool::Pool;
use oim_config::{ProcessOptions, compile};
use pyo3::prelude::*;
use pyo3::types::PyList;

/// How the answer ends where there is nothing to say about a payload.
const NOTHING: &[u8] = b"\"same\":true,\"diagnostics\":[]}";

/// Two configurations that compile.
#[pyclass(frozen, module = "oim_config._engine")]
pub(crate) struct Comparison {
    old: Vec<u8>,
    new: Vec<u8>,
    comparisons: Pool<oim_config::Comparison>,
}

impl Answerer for Comparison {
    type Worker = oim_config::Comparison;

    fn pool(&self) -> &Pool<oim_config::Comparison> {
        &self.comparisons
    }

    fn worker(&self) -> oim_config::Comparison {
        let mut comparison = oim_config::Comparison::new(compile(&self.old), compile(&self.new));
        // What is reported of the configurations belongs to no payload.
        comparison.take();
        comparison
    }

    fn answer(
        &self,
        comparison: &mut oim_config::Comparison,
        payload: &[u8],
        options: &ProcessOptions,
        out: &mut Vec<u8>,
    ) {
        test_hook(payload);
        comparison.add(payload, options);
        out.extend_from_slice(&comparison.take());
    }

    fn says_something(answer: &[u8]) -> bool {
        !answer.ends_with(NOTHING)
    }
}

#[pymethods]
impl Comparison {
    #[new]
    fn new(py: Python<'_>, old: Text<'_>, new: Text<'_>) -> PyResult<Comparison> {
        let [old, new] = [old.bytes()?.into_owned(), new.bytes()?.into_owned()];
        for (name, body) in [("old", &old), ("new", &new)] {
            let compiled = detached(py, || compile(body))?;
            if compiled.program.is_none() {
                return Err(configuration_error(py, name, body, &compiled.diagnostics));
            }
        }
        Ok(Comparison { old, new, comparisons: Pool::default() })
    }

    fn compare_many<'py>(
        &self,
        py: Python<'py>,
        payloads: &Bound<'py, PyAny>,
        received_at: Times,
        additional_tags: &str,
    ) -> PyResult<Bound<'py, PyList>> {
        many(py, self, payloads, &received_at, &options(false, additional_tags)?)
    }

    fn compare_column<'py>(
        &self,
        py: Python<'py>,
        column: Column,
        start: usize,
        additional_tags: &str,
    ) -> PyResult<Part<'py>> {
        column::answer(py, self, &column, start, &options(false, additional_tags)?)
    }
}
