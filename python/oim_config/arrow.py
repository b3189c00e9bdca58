"""Columns of payloads in Apache Arrow: an iterator of record batches in, an iterator of record batches out.

``Answers`` gives a row for each payload, with the answer that ``oim process`` prints. ``Changes`` gives a row for each
change that a new configuration makes in alerts. Both are functions of batches, which is what ``DataFrame.mapInArrow`` of
Apache Spark takes, and have a method ``reader`` for DuckDB and for everything else that reads Arrow streams. They can be
pickled. ``coverage`` counts what the rules do over all rows.

Columns that are read:

================  ==============================================================================================
``payload``       JSON text: a type of binaries or strings, dictionary-encoded or not
``received_at``   when the payload was received: a timestamp (one without a time zone is UTC), or an integer,
                  milliseconds since 1970. It is used where no rule finds a time in the payload
others            those named in ``keep`` are passed through, so that rows can be matched
================  ==============================================================================================

The parameters ``payload`` and ``received_at`` give these columns other names. A row does not depend on other rows, so
that batches can come in any order and size; output batches need not have the rows of input batches.

A configuration that does not compile raises a ``ConfigurationError`` at once. A payload that cannot be read does not
raise anything: it has a row that says why.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from . import AdditionalTags, Comparison, Coverage, Program, Text

__all__ = ["ANSWER_FIELDS", "CHANGE_FIELDS", "Answers", "Changes", "coverage"]

ANSWER_FIELDS: list[pa.Field] = [
    pa.field("answer", pa.string()),
    pa.field("problem", pa.string()),
]
"""What ``Answers`` adds to the kept columns.

``answer`` is JSON with ``alerts``, ``rejected`` and ``diagnostics``: byte for byte the line of ``oim process --ndjson``;
of a payload that cannot be read it has the diagnostics. It is null where there is nothing to answer, and only there
``problem`` says why: ``payload-missing`` or ``received-at-missing``.
"""

CHANGE_FIELDS: list[pa.Field] = [
    pa.field("kind", pa.string(), nullable=False),
    pa.field("index", pa.int32()),
    pa.field("tag", pa.string()),
    pa.field("before", pa.string()),
    pa.field("after", pa.string()),
    pa.field("configuration", pa.string()),
    pa.field("pointer", pa.string()),
    pa.field("message", pa.string(), nullable=False),
    pa.field("severity", pa.string(), nullable=False),
    pa.field("code", pa.string()),
]
"""What ``Changes`` adds to the kept columns.

``kind`` is ``tag``, ``status``, ``timestamp``, ``primary``, ``secondary``, ``identity``, ``rejected`` or ``accepted``, as
in ``compare``; ``index`` the place of the alert in the payload's array; ``before`` and ``after`` are JSON; ``pointer`` is
that of the rule in the body that ``configuration`` names (``old``, ``new``).

Three more kinds say what the table cannot show: ``diagnostic``, a problem of the payload with its ``code``, under the
configuration that is named, or under both; ``missing``, a payload or a time that is null (``code``: ``payload-missing``,
``received-at-missing``); ``not-listed``, that a payload has more than 1,000 changes of a kind, and how many.
"""


class _Transform:
    """What both have in common: which columns are read and kept, and how batches are cut."""

    _fields: list[pa.Field]

    def __init__(self, payload: str, received_at: str, keep: Sequence[str], additional_tags: AdditionalTags) -> None:
        if isinstance(keep, str):
            raise TypeError("keep: expected a list of names of columns, not a single name")
        self.payload = payload
        self.received_at = received_at
        self.keep = list(keep)
        self.additional_tags: AdditionalTags = additional_tags
        names = [*self.keep, *(field.name for field in self._fields)]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"keep: the output would have two columns `{twice[0]}`; rename that column first")

    def schema(self, schema: pa.Schema) -> pa.Schema:
        """The schema of the output for input of a schema."""
        _check_columns(schema, self.payload, self.received_at)
        for name in self.keep:
            _place(schema, name)
        return pa.schema([*(schema.field(name) for name in self.keep), *self._fields])

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The output for batches, one by one as they are asked for."""
        for batch in batches:
            yield from self._batch(batch)

    def reader(self, source: pa.RecordBatchReader | pa.Table) -> pa.RecordBatchReader:
        """The output for a reader or a table, as a reader that makes it while it is read."""
        batches = source.to_batches() if isinstance(source, pa.Table) else source
        return pa.RecordBatchReader.from_batches(self.schema(source.schema), self(batches))

    def _batch(self, batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        schema = self.schema(batch.schema)
        payloads, times = _read_columns(batch, self.payload, self.received_at)
        kept = batch.select([_place(batch.schema, name) for name in self.keep])
        column = _column(payloads, times)
        start = 0
        while start < len(payloads):
            rows, validity, offsets, data = self._part(column, start)
            buffers = [pa.py_buffer(validity), pa.py_buffer(offsets), pa.py_buffer(data)]
            answers = pa.Array.from_buffers(pa.string(), rows, buffers)
            output = self._output(answers, payloads.slice(start, rows), times.slice(start, rows), kept.slice(start, rows))
            if output is not None:
                yield pa.RecordBatch.from_arrays(output, schema=schema)
            start += rows

    def _part(self, column: dict[str, Any], start: int) -> tuple[int, bytes, bytes, bytes]:
        raise NotImplementedError

    def _output(
        self, answers: pa.Array, payloads: pa.Array, times: pa.Array, kept: pa.RecordBatch
    ) -> list[pa.Array] | None:
        raise NotImplementedError


class Answers(_Transform):
    """A row for each payload: the kept columns and ``ANSWER_FIELDS``. ``trace`` explains every value in the answers."""

    _fields = ANSWER_FIELDS

    def __init__(
        self,
        body: Text,
        *,
        payload: str = "payload",
        received_at: str = "received_at",
        keep: Sequence[str] = (),
        trace: bool = False,
        additional_tags: AdditionalTags = "as-configured",
    ) -> None:
        super().__init__(payload, received_at, keep, additional_tags)
        self.trace = trace
        self._program = Program(body)

    def _part(self, column: dict[str, Any], start: int) -> tuple[int, bytes, bytes, bytes]:
        return self._program._program.process_column(column, start, self.trace, self.additional_tags)

    def _output(
        self, answers: pa.Array, payloads: pa.Array, times: pa.Array, kept: pa.RecordBatch
    ) -> list[pa.Array] | None:
        return [*kept.columns, answers, _missing(payloads, times)]


class Changes(_Transform):
    """A row for each change that the new configuration makes: the kept columns and ``CHANGE_FIELDS``.

    A payload whose alerts stay the same has no row.
    """

    _fields = CHANGE_FIELDS

    def __init__(
        self,
        old: Text,
        new: Text,
        *,
        payload: str = "payload",
        received_at: str = "received_at",
        keep: Sequence[str] = (),
        additional_tags: AdditionalTags = "as-configured",
    ) -> None:
        super().__init__(payload, received_at, keep, additional_tags)
        self._comparison = Comparison(old, new)

    def _part(self, column: dict[str, Any], start: int) -> tuple[int, bytes, bytes, bytes]:
        return self._comparison._comparison.compare_column(column, start, self.additional_tags)

    def _output(
        self, answers: pa.Array, payloads: pa.Array, times: pa.Array, kept: pa.RecordBatch
    ) -> list[pa.Array] | None:
        missing = _missing(payloads, times)
        said = pc.indices_nonzero(pc.or_(answers.is_valid(), missing.is_valid()))
        places: list[int] = []
        rows: list[dict[str, Any]] = []
        for place, answer, code in zip(
            said.to_pylist(), answers.take(said).to_pylist(), missing.take(said).to_pylist(), strict=True
        ):
            found = [_missing_row(code)] if answer is None else list(_rows(json.loads(answer)))
            places += [place] * len(found)
            rows += found
        if not rows:
            return None
        columns = [pa.array([row.get(field.name) for row in rows], field.type) for field in self._fields]
        return [*kept.take(pa.array(places, pa.int64())).columns, *columns]


def coverage(
    source: pa.RecordBatchReader | pa.Table | Iterable[pa.RecordBatch],
    body: Text,
    *,
    payload: str = "payload",
    received_at: str = "received_at",
    additional_tags: AdditionalTags = "as-configured",
) -> Coverage:
    """What the rules of a configuration do over all rows. A row in which a column is null only takes a place."""
    coverage = Coverage(body)
    if isinstance(source, (pa.RecordBatchReader, pa.Table)):
        _check_columns(source.schema, payload, received_at)
    for batch in source.to_batches() if isinstance(source, pa.Table) else source:
        _check_columns(batch.schema, payload, received_at)
        column = _column(*_read_columns(batch, payload, received_at))
        coverage._coverage.add_column(column, additional_tags)
    return coverage


def _rows(answer: dict[str, Any]) -> Iterator[dict[str, Any]]:
    listed: dict[str, int] = {}
    for change in answer["changes"]:
        listed[change["kind"]] = listed.get(change["kind"], 0) + 1
        values = {name: _json(change[name]) for name in ("before", "after")}
        yield {**change, **values}
    for kind, count in answer["counts"].items():
        more = count - listed.get(kind, 0)
        if more > 0:
            message = f"{more} more changes of kind `{kind}` are not listed"
            yield {"kind": "not-listed", "message": message, "severity": "info"}
    for diagnostic in answer["diagnostics"]:
        yield {**diagnostic, "kind": "diagnostic"}


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _missing_row(code: str) -> dict[str, Any]:
    what = {"payload-missing": "the payload is null", "received-at-missing": "the time of receipt is null"}
    return {"kind": "missing", "code": code, "message": what[code], "severity": "error"}


def _missing(payloads: pa.Array, times: pa.Array) -> pa.Array:
    if payloads.null_count + times.null_count == 0:
        return pa.nulls(len(payloads), pa.string())
    none = pa.scalar(None, pa.string())
    of_time = pc.if_else(times.is_null(), "received-at-missing", none)
    return pc.if_else(payloads.is_null(), "payload-missing", of_time)


def _place(schema: pa.Schema, name: str) -> int:
    places = schema.get_all_field_indices(name)
    if len(places) == 1:
        return int(places[0])
    if places:
        raise ValueError(f"there are {len(places)} columns `{name}`: rename all but one of them")
    raise ValueError(f"there is no column `{name}`: there are {', '.join(f'`{each}`' for each in schema.names)}")


def _check_columns(schema: pa.Schema, payload: str, received_at: str) -> None:
    for name in (payload, received_at):
        _place(schema, name)
    _payload_type(payload, schema.field(payload).type)
    _time_type(received_at, schema.field(received_at).type)


def _payload_type(name: str, type_: pa.DataType) -> None:
    value = type_.value_type if pa.types.is_dictionary(type_) else type_
    tests = (
        pa.types.is_binary,
        pa.types.is_large_binary,
        pa.types.is_binary_view,
        pa.types.is_string,
        pa.types.is_large_string,
        pa.types.is_string_view,
        pa.types.is_null,
    )
    if not any(test(value) for test in tests):
        raise TypeError(f"column `{name}` has the type {type_}: payloads are strings or binaries")


def _time_type(name: str, type_: pa.DataType) -> None:
    if not (pa.types.is_timestamp(type_) or pa.types.is_integer(type_) or pa.types.is_null(type_)):
        raise TypeError(
            f"column `{name}` has the type {type_}: the time of receipt is a timestamp, or an integer of milliseconds"
        )


def _read_columns(batch: pa.RecordBatch, payload: str, received_at: str) -> tuple[pa.Array, pa.Array]:
    payloads = _payloads(batch.column(_place(batch.schema, payload)))
    return payloads, _times(batch.column(_place(batch.schema, received_at)))


def _column(payloads: pa.Array, times: pa.Array) -> dict[str, Any]:
    """What the extension reads of the two arrays."""
    payload_validity, payload_offsets, payload_data = map(_bytes, payloads.buffers())
    time_validity, time_data = map(_bytes, times.buffers())
    return {
        "length": len(payloads),
        "payload_offset": payloads.offset,
        "payload_validity": payload_validity,
        "payload_offsets": payload_offsets,
        "payload_data": payload_data,
        "time_offset": times.offset,
        "time_validity": time_validity,
        "times": time_data,
    }


def _bytes(buffer: pa.Buffer | None) -> memoryview | None:
    # Arrow calls its bytes signed, which the extension refuses, and lets those be written to that it has just made. An
    # array never changes: the extension, which reads without the GIL, has to have that as a promise.
    return None if buffer is None else memoryview(buffer).cast("B").toreadonly()


def _payloads(column: pa.Array) -> pa.Array:
    if isinstance(column, pa.DictionaryArray):
        column = column.dictionary_decode()
    return column.cast(pa.large_binary())


def _times(column: pa.Array) -> pa.Array:
    if pa.types.is_timestamp(column.type):
        # Less than a millisecond is cut off: alerts have seconds.
        column = column.cast(pa.timestamp("ms", column.type.tz), safe=False)
    return column.cast(pa.int64())
