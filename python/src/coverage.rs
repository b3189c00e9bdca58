//! What the rules of a configuration do over many payloads.

use crate::Text;
use crate::column::{Column, Rows, too_short};
use crate::errors::{configuration_error, detached};
use crate::payloads::{Parts, Times, options, test_hook};
use oim_config::{Compiled, CoverageBuilder, ProcessOptions, compile};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::sync::{Mutex, PoisonError};

/// A configuration that compiles, and what was counted so far.
#[pyclass(frozen, module = "oim_config._engine")]
pub(crate) struct Coverage {
    body: Vec<u8>,
    /// Locked only while counts are merged or copied, which needs nothing of Python.
    counted: Mutex<Counted>,
}

/// The counts of some payloads.
#[derive(Clone)]
struct Counted {
    coverage: oim_config::Coverage,
    /// How many places there are, with those that hold no payload.
    places: u64,
}

/// Counts payloads one by one.
struct Counter {
    builder: CoverageBuilder,
    places: u64,
}

impl Counter {
    fn new(compiled: Compiled) -> Counter {
        Counter { builder: CoverageBuilder::new(compiled), places: 0 }
    }

    /// Counts the next payload; `None` only takes its place.
    fn add(&mut self, payload: Option<&[u8]>, options: &ProcessOptions) {
        self.places += 1;
        match payload {
            Some(payload) => {
                test_hook(payload);
                self.builder.add(payload, options);
            }
            None => self.builder.skip(),
        }
    }

    fn finish(self) -> Counted {
        Counted { coverage: self.builder.finish(), places: self.places }
    }
}

impl Coverage {
    /// Adds what was counted in the payloads behind those of before.
    fn merge_counted(&self, other: &Counted) -> Result<(), oim_config::CoverageMismatch> {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let offset = counted.places;
        counted.coverage.merge_at(&other.coverage, offset)?;
        counted.places += other.places;
        Ok(())
    }

    fn copy(&self) -> Counted {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn mismatch(error: oim_config::CoverageMismatch) -> PyErr {
    PyValueError::new_err(error.to_string())
}

#[pymethods]
impl Coverage {
    #[new]
    fn new(py: Python<'_>, body: Text<'_>) -> PyResult<Coverage> {
        let body = body.bytes()?.into_owned();
        let compiled = detached(py, || compile(&body))?;
        if compiled.program.is_none() {
            return Err(configuration_error(py, "", &body, &compiled.diagnostics));
        }
        let counted = detached(py, || Counter::new(compiled).finish())?;
        Ok(Coverage { body, counted: Mutex::new(counted) })
    }

    fn add_many(
        &self,
        py: Python<'_>,
        payloads: &Bound<'_, PyAny>,
        received_at: Times,
        additional_tags: &str,
    ) -> PyResult<()> {
        let options = options(false, additional_tags)?;
        let mut parts = Parts::new(payloads)?;
        let mut part = Vec::new();
        let mut counter = Counter::new(compile(&self.body));
        while let Some(first) = parts.read(&mut part, &received_at)? {
            // The counter is moved in and out, so that one whose payload made the engine panic is dropped.
            counter = detached(py, || {
                let mut counter = counter;
                for (place, payload) in part.iter().enumerate() {
                    let options = ProcessOptions { received_at_ms: received_at.of(first + place), ..options };
                    counter.add(payload.as_ref().map(|payload| payload.bytes()), &options);
                }
                counter
            })?;
        }
        detached(py, || self.merge_counted(&counter.finish()))?.map_err(mismatch)
    }

    fn add_column(&self, py: Python<'_>, column: Column, additional_tags: &str) -> PyResult<()> {
        let options = options(false, additional_tags)?;
        let rows = Rows::new(&column)?;
        let counted = detached(py, || {
            let mut counter = Counter::new(compile(&self.body));
            for row in 0..rows.length {
                let given = rows.get(row)?;
                let options = ProcessOptions { received_at_ms: given.map_or(0.0, |(_, time)| time), ..options };
                counter.add(given.map(|(payload, _)| payload), &options);
            }
            Some(counter.finish())
        })?
        .ok_or_else(too_short)?;
        detached(py, || self.merge_counted(&counted))?.map_err(mismatch)
    }

    /// Adds counts that [`Coverage::counted`] of another process gave.
    fn merge(&self, py: Python<'_>, coverage: Text<'_>, places: u64) -> PyResult<()> {
        let coverage = coverage.bytes()?;
        detached(py, || {
            let coverage = serde_json::from_slice(&coverage).map_err(|error| error.to_string())?;
            self.merge_counted(&Counted { coverage, places }).map_err(|error| error.to_string())
        })?
        .map_err(PyValueError::new_err)
    }

    /// The counts as JSON, and how many places there are.
    fn counted(&self, py: Python<'_>) -> PyResult<(Vec<u8>, u64)> {
        detached(py, || {
            let Counted { coverage, places } = self.copy();
            (serde_json::to_vec(&coverage).unwrap_or_default(), places)
        })
    }
}
