//! A configuration, ready to run.

use crate::Text;
use crate::column::{self, Column, Part};
use crate::errors::{configuration_error, detached};
use crate::payloads::{Answerer, Times, many, options, test_hook};
use crate::pool::Pool;
use oim_config::{Engine, ProcessOptions, compile};
use pyo3::prelude::*;
use pyo3::types::PyList;

/// Most bytes that each buffer of an idle engine keeps.
const IDLE_BYTES: usize = 1 << 20;

/// A compiled configuration.
#[pyclass(frozen, module = "oim_config._engine")]
pub(crate) struct Program {
    program: oim_config::Program,
    /// What is reported of a configuration that compiles, as JSON.
    diagnostics: String,
    engines: Pool<Engine>,
}

impl Answerer for Program {
    type Worker = Engine;

    fn pool(&self) -> &Pool<Engine> {
        &self.engines
    }

    fn worker(&self) -> Engine {
        Engine::new()
    }

    fn answer(&self, engine: &mut Engine, payload: &[u8], options: &ProcessOptions, out: &mut Vec<u8>) {
        test_hook(payload);
        let answer = engine.process_to_json(&self.program, payload, options);
        out.extend_from_slice(answer);
        if answer.len() > IDLE_BYTES {
            engine.trim(IDLE_BYTES);
        }
    }
}

#[pymethods]
impl Program {
    #[new]
    fn new(py: Python<'_>, body: Text<'_>) -> PyResult<Program> {
        let body = body.bytes()?;
        let compiled = detached(py, || compile(&body))?;
        match compiled.program {
            Some(program) => {
                let diagnostics = serde_json::to_string(&compiled.diagnostics).unwrap_or_default();
                Ok(Program { program, diagnostics, engines: Pool::default() })
            }
            None => Err(configuration_error(py, "", &body, &compiled.diagnostics)),
        }
    }

    #[getter]
    fn diagnostics(&self) -> &str {
        &self.diagnostics
    }

    fn process_many<'py>(
        &self,
        py: Python<'py>,
        payloads: &Bound<'py, PyAny>,
        received_at: Times,
        trace: bool,
        additional_tags: &str,
    ) -> PyResult<Bound<'py, PyList>> {
        many(py, self, payloads, &received_at, &options(trace, additional_tags)?)
    }

    fn process_column<'py>(
        &self,
        py: Python<'py>,
        column: Column,
        start: usize,
        trace: bool,
        additional_tags: &str,
    ) -> PyResult<Part<'py>> {
        column::answer(py, self, &column, start, &options(trace, additional_tags)?)
    }
}
