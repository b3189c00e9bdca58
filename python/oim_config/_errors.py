"""What this package raises. The extension raises these too."""

from __future__ import annotations

from typing import Any


class ConfigurationError(ValueError):
    """A configuration does not compile.

    Its text shows each problem with its place. ``diagnostics`` has the same as data, each a dictionary with the members
    ``code``, ``severity``, ``message``, ``pointer`` and, where there is one, ``range``, ``help`` and ``suggestion``.
    """

    diagnostics: list[dict[str, Any]]

    def __init__(self, message: str, diagnostics: list[dict[str, Any]]) -> None:
        # Both are in `args`, so that the exception can be pickled.
        super().__init__(message, diagnostics)
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        return str(self.args[0])


class EngineError(RuntimeError):
    """A mistake in this package: the engine panicked. The process and the program can be used as before."""
