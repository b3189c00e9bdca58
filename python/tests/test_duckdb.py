"""DuckDB: archives as NDJSON and Parquet in, tables of answers and of changes out."""

import json

import duckdb
import pytest
from conftest import NEW, OLD, RECEIVED_AT, by_command

from oim_config import coverage_many
from oim_config.arrow import Answers, Changes, coverage

COUNT = 25_000


@pytest.fixture
def archive(tmp_path):
    states = ("up", "down", "slow")
    payloads = [json.dumps({"node": f"n{n}", "check": "load", "state": states[n % 3]}) for n in range(COUNT)]
    (tmp_path / "archive.ndjson").write_text("\n".join(payloads) + "\n")
    return tmp_path, [payload.encode() for payload in payloads]


# Each line as it is: a reader of JSON would write numbers anew.
LINES = """
    select column0 as payload, epoch_ms({time}) as received_at, row_number() over () as id
    from read_csv('{file}', header = false, delim = '', quote = '', escape = '', columns = {{'column0': 'varchar'}})
"""


def test_answers_are_those_of_the_command(archive):
    folder, payloads = archive
    source, target = duckdb.connect(), duckdb.connect()
    rows = source.sql(LINES.format(file=folder / "archive.ndjson", time=RECEIVED_AT))
    answers = Answers(OLD, keep=["id"]).reader(rows.to_arrow_reader(10_000))
    target.sql("create table answers as select * from answers order by id")
    found = [answer.encode() for (answer,) in target.sql("select answer from answers order by id").fetchall()]
    assert found == by_command(OLD.encode(), payloads, folder)
    statuses = target.sql("select answer->>'$.alerts[0].status' as status, count(*) from answers group by 1 order by 1")
    assert statuses.fetchall() == [("critical", 16_666), ("ok", 8_334)]


def test_a_table_of_changes_from_parquet(archive):
    folder, _ = archive
    source, target = duckdb.connect(), duckdb.connect()
    rows = LINES.format(file=folder / "archive.ndjson", time=RECEIVED_AT)
    source.sql(f"copy ({rows}) to '{folder}/archive.parquet'")
    archived = source.sql(f"from '{folder}/archive.parquet'")
    changes = Changes(OLD, NEW, keep=["id"]).reader(archived.to_arrow_reader(10_000))
    target.sql(f"copy (select * from changes) to '{folder}/changes.parquet'")
    grouped = target.sql(f"select kind, before, after, count(*), min(id) from '{folder}/changes.parquet' group by all")
    assert grouped.fetchall() == [("status", '"critical"', '"warning"', COUNT // 3, 3)]


def test_coverage_of_parquet(archive):
    folder, payloads = archive
    source = duckdb.connect()
    rows = source.sql(LINES.format(file=folder / "archive.ndjson", time=RECEIVED_AT)).order("id")
    counted = coverage(rows.to_arrow_reader(10_000), OLD).to_dict()
    assert counted == coverage_many(OLD, payloads, RECEIVED_AT)
    assert counted["payloads"] == COUNT
