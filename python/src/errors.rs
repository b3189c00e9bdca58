//! What is raised, and how work is run: without the GIL, and so that a panic becomes an exception.

use oim_config::{Diagnostic, render};
use pyo3::prelude::*;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs work that needs nothing of Python without the GIL. A panic, which is a mistake of ours, becomes an
/// `oim_config.EngineError`: PyO3 would make a `BaseException` of it, which ends the worker of a cluster.
///
/// Whatever `work` has in use when it panics is dropped with it. It must wait for nothing that another thread holds
/// while it waits for the GIL; the only lock here, that of [`Pool`](crate::pool::Pool), is never held while waiting for it.
pub(crate) fn detached<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> PyResult<T> {
    py.detach(|| catch_unwind(AssertUnwindSafe(work)).map_err(message)).map_err(|message| {
        match error_class(py, "EngineError").and_then(|class| class.call1((message,))) {
            Ok(error) => PyErr::from_value(error),
            Err(error) => error,
        }
    })
}

fn message(panic: Box<dyn Any + Send>) -> String {
    let text = match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(panic) => panic.downcast::<&str>().map_or_else(|_| "no message".to_owned(), |text| (*text).to_owned()),
    };
    format!("a mistake in oim-config, please report it: the engine panicked: {text}")
}

/// The `oim_config.ConfigurationError` of a configuration that does not compile. `name` says which one it is, where
/// there are two.
pub(crate) fn configuration_error(py: Python<'_>, name: &str, body: &[u8], diagnostics: &[Diagnostic]) -> PyErr {
    let of_name = if name.is_empty() { String::new() } else { format!("{name} ") };
    let rendered = render(diagnostics, &String::from_utf8_lossy(body));
    let text = format!("the {of_name}configuration does not compile\n{rendered}");
    let raised = error_class(py, "ConfigurationError")
        .and_then(|class| class.call1((text.trim_end(), json_loads(py, diagnostics)?)));
    match raised {
        Ok(error) => PyErr::from_value(error),
        Err(error) => error,
    }
}

fn error_class<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    PyModule::import(py, "oim_config._errors")?.getattr(name)
}

/// Diagnostics as Python's own types.
fn json_loads<'py>(py: Python<'py>, diagnostics: &[Diagnostic]) -> PyResult<Bound<'py, PyAny>> {
    let text = serde_json::to_string(diagnostics).unwrap_or_else(|_| "[]".to_owned());
    PyModule::import(py, "json")?.call_method1("loads", (text,))
}
