"""The extension: the engine with the fewest conversions. Use ``oim_config`` instead; this may change at any time."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias, final

__all__ = ["Comparison", "Program", "validate", "version"]

_Column: TypeAlias = dict[str, Any]
_Part: TypeAlias = tuple[int, bytes, bytes, bytes]

@final
class Program:
    def __new__(cls, body: str | bytes) -> Program: ...
    @property
    def diagnostics(self) -> str: ...
    def process_many(
        self,
        payloads: Iterable[bytes | str | None],
        received_at: float | Sequence[float],
        trace: bool,
        additional_tags: str,
    ) -> list[bytes | None]: ...
    def process_column(self, column: _Column, start: int, trace: bool, additional_tags: str) -> _Part: ...

@final
class Comparison:
    def __new__(cls, old: str | bytes, new: str | bytes) -> Comparison: ...
    def compare_many(
        self, payloads: Iterable[bytes | str | None], received_at: float | Sequence[float], additional_tags: str
    ) -> list[bytes | None]: ...
    def compare_column(self, column: _Column, start: int, additional_tags: str) -> _Part: ...

def validate(body: str | bytes, mode: str, sample_coverage: str, version: str | None) -> bytes: ...
def version() -> str: ...
