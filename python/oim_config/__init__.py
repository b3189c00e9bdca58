"""The engine of oim-config: payloads of monitoring tools to BigPanda alerts, by a configuration of OIM.

>>> from oim_config import Program
>>> program = Program('''{
...   "status": {"source": ["state"], "status_map": {"ok": ["up"]}, "default_to": "critical"},
...   "primary_property": {"name": "host", "source": ["node"]}
... }''')
>>> program.process('{"node": "web-1", "state": "up"}', 1_769_860_800_000)["alerts"][0]["tags"]
{'host': 'web-1'}

Texts are ``str`` or UTF-8 ``bytes``. There is no clock: ``received_at`` says when a payload was received, for those in
which no rule finds a time. It is a ``datetime`` with a time zone, or a number of milliseconds since 1970.

The GIL is released while the engine works, and any number of threads can use one ``Program``. ``oim_config.arrow`` runs
columns of payloads, ``oim_config.spark`` does so in Apache Spark.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, TypeAlias

from . import _engine
from ._errors import ConfigurationError, EngineError

__all__ = [
    "AdditionalTags",
    "Comparison",
    "ConfigurationError",
    "Coverage",
    "EngineError",
    "Program",
    "Text",
    "Time",
    "compare_many",
    "coverage_many",
    "validate",
    "version",
]

Text: TypeAlias = str | bytes
"""JSON text; ``bytes`` are UTF-8."""

Time: TypeAlias = int | float | datetime
"""A ``datetime`` with a time zone, or milliseconds since 1970-01-01 UTC."""

AdditionalTags: TypeAlias = Literal["as-configured", "ignore", "map"]
"""What becomes of fields that no rule names: as the configuration says, left out, or each a tag."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Program:
    """A compiled configuration.

    ``body`` is a request body or a bare configuration. One that does not compile raises a ``ConfigurationError``;
    everything else that is wrong with it is in ``diagnostics``, and it is run all the same.
    """

    def __init__(self, body: Text) -> None:
        self._body = body
        self._program = _engine.Program(body)

    def __reduce__(self) -> tuple[type[Program], tuple[Text]]:
        return Program, (self._body,)

    @property
    def diagnostics(self) -> list[dict[str, Any]]:
        """What is wrong with the configuration although it compiles."""
        return list(json.loads(self._program.diagnostics))

    def process(
        self,
        payload: Text,
        received_at: Time,
        *,
        trace: bool = False,
        additional_tags: AdditionalTags = "as-configured",
    ) -> dict[str, Any]:
        """The alerts of a payload: a dictionary with ``alerts``, ``rejected``, ``diagnostics``, and ``trace`` if asked for.

        A payload that cannot be read raises nothing: its ``diagnostics`` say why.
        """
        answer = self.process_to_json(payload, received_at, trace=trace, additional_tags=additional_tags)
        return dict(json.loads(answer))

    def process_to_json(
        self,
        payload: Text,
        received_at: Time,
        *,
        trace: bool = False,
        additional_tags: AdditionalTags = "as-configured",
    ) -> bytes:
        """As ``process``, as JSON: the bytes that the command ``oim process --ndjson`` prints."""
        if payload is None:
            raise TypeError("payload: expected bytes or str, not None")
        (answer,) = self.process_many([payload], received_at, trace=trace, additional_tags=additional_tags)
        assert answer is not None
        return answer

    def process_many(
        self,
        payloads: Iterable[Text | None],
        received_at: Time | Sequence[Time],
        *,
        trace: bool = False,
        additional_tags: AdditionalTags = "as-configured",
    ) -> list[bytes | None]:
        """The answers to many payloads as JSON, one for each and in their order; ``None`` for ``None``.

        ``received_at`` is one time for all payloads, or a sequence with one for each.
        """
        return self._program.process_many(payloads, _times(received_at), trace, additional_tags)


class Comparison:
    """An old and a new configuration, to see what the new one changes in alerts.

    One that does not compile raises a ``ConfigurationError``.
    """

    def __init__(self, old: Text, new: Text) -> None:
        self._bodies = (old, new)
        self._comparison = _engine.Comparison(old, new)

    def __reduce__(self) -> tuple[type[Comparison], tuple[Text, Text]]:
        return Comparison, self._bodies

    def compare_many(
        self,
        payloads: Iterable[Text | None],
        received_at: Time | Sequence[Time],
        *,
        additional_tags: AdditionalTags = "as-configured",
    ) -> list[bytes | None]:
        """What changes for each payload as JSON, in their order; ``None`` for ``None``.

        Each is an object with ``changes``, ``counts`` of them by kind, ``same`` and ``diagnostics``. The ``payload`` of a
        change is always 0, since each answer is about one payload. At most 1,000 changes of a kind are listed for a
        payload; ``counts`` has all.
        """
        return self._comparison.compare_many(payloads, _times(received_at), additional_tags)


def compare_many(
    old: Text,
    new: Text,
    payloads: Iterable[Text | None],
    received_at: Time | Sequence[Time],
    *,
    additional_tags: AdditionalTags = "as-configured",
) -> list[bytes | None]:
    """As ``Comparison(old, new).compare_many(payloads, received_at)``; a ``Comparison`` compiles only once."""
    return Comparison(old, new).compare_many(payloads, received_at, additional_tags=additional_tags)


class Coverage:
    """What the rules of a configuration do over many payloads: which sources give values, and which never do.

    >>> coverage = Coverage('''{
    ...   "status": {"source": ["state"], "status_map": {"ok": ["up"]}, "default_to": "critical"},
    ...   "primary_property": {"name": "host", "source": ["node"]}
    ... }''')
    >>> coverage.add_many(['{"node": "web-1", "state": "up"}', '{"node": "web-2", "state": "gone"}'], received_at=0)
    >>> coverage.to_dict()["defaultWords"]["words"]
    [{'word': 'gone', 'count': 1, 'payloads': [1]}]

    Memory is bounded, however many payloads there are. Coverages of parts of an archive merge into that of the whole. A
    configuration that does not compile raises a ``ConfigurationError``.
    """

    def __init__(self, body: Text) -> None:
        self._body = body
        self._coverage = _engine.Coverage(body)

    def __reduce__(self) -> tuple[Any, tuple[Text, bytes, int]]:
        return _counted, (self._body, *self._coverage.counted())

    def add_many(
        self,
        payloads: Iterable[Text | None],
        received_at: Time | Sequence[Time],
        *,
        additional_tags: AdditionalTags = "as-configured",
    ) -> None:
        """Counts payloads, which come behind those that were counted before. ``None`` only takes a place."""
        self._coverage.add_many(payloads, _times(received_at), additional_tags)

    def merge(self, other: Coverage) -> None:
        """Adds the counts of payloads that come behind those of this one.

        Raises a ``ValueError`` if the other one is of another configuration.
        """
        self._coverage.merge(*other._coverage.counted())

    def to_json(self) -> bytes:
        """The counts as JSON: what ``oim coverage --format json`` prints as ``coverage``."""
        return self._coverage.counted()[0]

    def to_dict(self) -> dict[str, Any]:
        """The counts, as ``coverage`` in JavaScript gives them. Payloads are named by their places, from 0 on."""
        return dict(json.loads(self.to_json()))


def _counted(body: Text, coverage: bytes, places: int) -> Coverage:
    made = Coverage(body)
    made._coverage.merge(coverage, places)
    return made


def coverage_many(
    body: Text,
    payloads: Iterable[Text | None],
    received_at: Time | Sequence[Time],
    *,
    additional_tags: AdditionalTags = "as-configured",
) -> dict[str, Any]:
    """The coverage of payloads as a dictionary; a ``Coverage`` can be added to and merged."""
    coverage = Coverage(body)
    coverage.add_many(payloads, received_at, additional_tags=additional_tags)
    return coverage.to_dict()


def validate(
    body: Text,
    *,
    mode: Literal["create", "update"] = "create",
    sample_coverage: Literal["strict", "lenient"] = "strict",
    version: Literal["1", "2"] | None = None,
) -> dict[str, Any]:
    """Checks a request body: a dictionary with ``valid`` and ``diagnostics``.

    ``mode`` says what the body is for: a first configuration, or the change of one. ``version`` is the version that the
    configuration is to be of; without it, its attributes decide.
    """
    return dict(json.loads(_engine.validate(body, mode, sample_coverage, version)))


def version() -> str:
    """The version of the engine."""
    return _engine.version()


def _times(received_at: Time | Sequence[Time]) -> float | list[float]:
    if isinstance(received_at, (int, float, datetime)):
        return _milliseconds(received_at)
    if isinstance(received_at, (str, bytes)) or not isinstance(received_at, Iterable):
        raise TypeError(f"received_at: expected a datetime, milliseconds or a sequence, not {type(received_at).__name__}")
    return [_milliseconds(time) for time in received_at]


def _milliseconds(time: Time) -> float:
    if isinstance(time, datetime):
        if time.tzinfo is None:
            raise ValueError("received_at: a datetime needs a time zone, such as datetime.UTC")
        return float((time - _EPOCH) // timedelta(milliseconds=1))
    if isinstance(time, bool) or not isinstance(time, (int, float)):
        raise TypeError(f"received_at: expected a datetime or milliseconds, not {type(time).__name__}")
    if not math.isfinite(time):
        raise ValueError(f"received_at: {time} is no time")
    return float(time)
