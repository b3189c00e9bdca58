//! The Python extension `oim_config._engine`. What users import is in the folder `oim_config`, which documents it.

mod column;
mod comparison;
mod coverage;
mod errors;
mod payloads;
mod pool;
mod program;

use pyo3::prelude::*;
use pyo3::types::PyString;
use std::borrow::Cow;

/// A text that is given as `str` or `bytes`.
#[derive(FromPyObject)]
enum Text<'py> {
    #[pyo3(annotation = "str")]
    Str(Bound<'py, PyString>),
    #[pyo3(annotation = "bytes")]
    Bytes(pyo3::pybacked::PyBackedBytes),
}

impl Text<'_> {
    fn bytes(&self) -> PyResult<Cow<'_, [u8]>> {
        Ok(match self {
            Text::Str(text) => match text.to_cow()? {
                Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
                Cow::Owned(text) => Cow::Owned(text.into_bytes()),
            },
            Text::Bytes(bytes) => Cow::Borrowed(bytes),
        })
    }
}

/// The engine of oim_config; import oim_config instead.
#[pymodule(gil_used = true)]
mod _engine {
    use super::Text;
    #[pymodule_export]
    use super::comparison::Comparison;
    #[pymodule_export]
    use super::coverage::Coverage;
    use super::errors::detached;
    #[pymodule_export]
    use super::program::Program;
    use oim_config::{Mode, SampleCoverage, ValidateOptions, Version};
    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;

    /// The answer of `validate` as JSON.
    #[pyfunction]
    fn validate(
        py: Python<'_>,
        body: Text<'_>,
        mode: &str,
        sample_coverage: &str,
        version: Option<&str>,
    ) -> PyResult<Vec<u8>> {
        let options = ValidateOptions {
            mode: match mode {
                "create" => Mode::Create,
                "update" => Mode::Update,
                _ => return Err(PyValueError::new_err("mode: expected 'create' or 'update'")),
            },
            sample_coverage: match sample_coverage {
                "strict" => SampleCoverage::Strict,
                "lenient" => SampleCoverage::Lenient,
                _ => return Err(PyValueError::new_err("sample_coverage: expected 'strict' or 'lenient'")),
            },
            version: match version {
                None => None,
                Some("1") => Some(Version::V1),
                Some("2") => Some(Version::V2),
                Some(_) => return Err(PyValueError::new_err("version: expected None, '1' or '2'")),
            },
        };
        let body = body.bytes()?;
        detached(py, || {
            let validated = oim_config::validate(&body, options);
            serde_json::to_vec(&validated).unwrap_or_default()
        })
    }

    /// The version of the engine.
    #[pyfunction]
    fn version() -> &'static str {
        oim_config::version()
    }
}
