"""Apache Spark: DataFrames of payloads, classic, over Spark Connect, and as streams.

The functions take and give DataFrames, by ``DataFrame.mapInArrow``. Columns and rows are those of ``oim_config.arrow``.
A configuration that does not compile raises a ``ConfigurationError`` at once, before there is a job. Each worker needs
this package, installed as your platform installs packages of Python.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pyarrow as pa
from pyspark.sql.types import IntegerType, StringType, StructField, StructType

from . import AdditionalTags, Coverage, Text, arrow
from .arrow import Answers, Changes

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

__all__ = ["ANSWER_TYPE", "answers", "changes", "coverage"]

ANSWER_TYPE = (
    "alerts ARRAY<STRUCT<index: INT, status: STRING, timestamp: BIGINT, primary_property: STRING, "
    "secondary_property: STRING, incident_identifier: ARRAY<STRING>, tags: MAP<STRING, STRING>>>, "
    "rejected ARRAY<STRUCT<index: INT, code: STRING, message: STRING, pointer: STRING>>, "
    "diagnostics ARRAY<STRUCT<code: STRING, severity: STRING, message: STRING, pointer: STRING>>"
)
"""The type of an answer for ``from_json``. A tag or an identifying value that is a list becomes JSON text."""


def answers(
    frame: DataFrame,
    body: Text,
    *,
    payload: str = "payload",
    received_at: str = "received_at",
    keep: Sequence[str] = (),
    trace: bool = False,
    additional_tags: AdditionalTags = "as-configured",
) -> DataFrame:
    """A row for each payload, with its answer: see ``oim_config.arrow.Answers``."""
    transform = Answers(
        body, payload=payload, received_at=received_at, keep=keep, trace=trace, additional_tags=additional_tags
    )
    return _map(frame, transform)


def changes(
    frame: DataFrame,
    old: Text,
    new: Text,
    *,
    payload: str = "payload",
    received_at: str = "received_at",
    keep: Sequence[str] = (),
    additional_tags: AdditionalTags = "as-configured",
) -> DataFrame:
    """A row for each change that the new configuration makes: see ``oim_config.arrow.Changes``."""
    transform = Changes(
        old, new, payload=payload, received_at=received_at, keep=keep, additional_tags=additional_tags
    )
    return _map(frame, transform)


def coverage(
    frame: DataFrame,
    body: Text,
    *,
    payload: str = "payload",
    received_at: str = "received_at",
    additional_tags: AdditionalTags = "as-configured",
) -> Coverage:
    """What the rules of a configuration do over all rows: see ``oim_config.arrow.coverage``.

    Each partition is counted where it is; the driver merges the counts, which are small. Runs a job at once.
    """
    merged = Coverage(body)
    columns = _columns(frame, [payload, received_at])

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        counted = arrow.coverage(
            batches, body, payload=payload, received_at=received_at, additional_tags=additional_tags
        )
        text, places = counted._coverage.counted()
        yield pa.RecordBatch.from_pylist([{"coverage": text, "places": places}])

    for row in frame.select(*columns).mapInArrow(run, "coverage binary, places long").collect():
        merged._coverage.merge(bytes(row.coverage), row.places)
    return merged


def _columns(frame: DataFrame, names: Sequence[str]) -> list[Column]:
    known = [field.name for field in frame.schema.fields]
    for name in names:
        if name not in known:
            raise ValueError(f"there is no column `{name}`: there are {', '.join(f'`{each}`' for each in known)}")
    # In back-ticks a dot is part of the name.
    return [frame["`" + name.replace("`", "``") + "`"] for name in names]


def _map(frame: DataFrame, transform: Answers | Changes) -> DataFrame:
    fields = {field.name: field for field in frame.schema.fields}
    needed = list(dict.fromkeys([transform.payload, transform.received_at, *transform.keep]))
    columns = _columns(frame, needed)
    types = {pa.string(): StringType(), pa.int32(): IntegerType()}
    added = [StructField(field.name, types[field.type], field.nullable) for field in transform._fields]
    schema = StructType([*(fields[name] for name in transform.keep), *added])

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return transform(batches)

    return frame.select(*columns).mapInArrow(run, schema)
